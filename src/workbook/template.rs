//! A model to start from: a few rows, each marked as an example, that are valid and can be planned.

use std::collections::BTreeMap;

use super::WorkbookError;
use super::content::{Told, contents_to_fill};
use crate::model::Language;

macro_rules! files {
    ($language:literal) => {
        &[
            files!($language, "model.toml"),
            files!($language, "zones.csv"),
            files!($language, "funds.csv"),
            files!($language, "amounts.csv"),
            files!($language, "actions.csv"),
            files!($language, "eligibility.csv"),
            files!($language, "needs.csv"),
            files!($language, "assumptions.csv"),
        ]
    };
    ($language:literal, $name:literal) => {
        (
            $name,
            include_str!(concat!("template/", $language, "/", $name)),
        )
    };
}

const ITALIAN: &[(&str, &str)] = files!("it");
const ENGLISH: &[(&str, &str)] = files!("en");

/// The files of a model to start from, by name. Every figure is invented and says so.
///
/// ```
/// use mappafondo::{input::read_model_from, model::Language, workbook::template_files};
/// assert!(read_model_from(&template_files(Language::Italian)).is_ok());
/// ```
#[must_use]
pub fn template_files(language: Language) -> BTreeMap<String, Vec<u8>> {
    let files = match language {
        Language::Italian => ITALIAN,
        Language::English => ENGLISH,
    };
    let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    files.iter().map(file).collect()
}

/// The same model as a workbook, with every sheet that offices use, empty ones too.
///
/// # Errors
/// [`WorkbookError`] if it cannot be written in memory.
pub fn template_workbook(language: Language) -> Result<Vec<u8>, WorkbookError> {
    let files = template_files(language);
    super::workbook_of(&files, language, |files, model| {
        contents_to_fill(files, model, Told(language))
    })
}
