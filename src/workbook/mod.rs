//! A model as a workbook that an office can fill in, print and send back; the reading is in [`input`](crate::input).
//!
//! The sheets and columns are those of `input::workbook::layout`, in Italian or English. A workbook read again gives the same
//! model; its bytes follow from the model and the language alone.

mod content;
mod legend;
mod lists;
mod look;
mod merge;
mod template;
mod write;
mod zone;

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;
use thiserror::Error;

use crate::input::read_model_from;
use crate::model::{Language, Model};
use crate::report::words::workbook as words;
pub use merge::{Merged, Taken, merge};
pub use template::{template_files, template_workbook};
pub use zone::{zone_sheets, zone_workbook};

use content::{Content, Told, contents};
use look::Looks;
use write::Rows;

/// Why a workbook cannot be written.
#[derive(Debug, Error)]
#[error("the workbook cannot be written: {0}")]
pub struct WorkbookError(#[from] XlsxError);

impl WorkbookError {
    /// Why, in a language.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let reason = self.0.to_string();
        words::CANNOT_BE_WRITTEN.fill(language, &[("reason", &reason)])
    }
}

/// The workbook of a model, from its files by name: names of sheets and columns, and numbers in texts, in a language.
///
/// The files should be those of a valid model: what cannot be read as its column wants is written as the text it is.
///
/// # Errors
/// [`WorkbookError`] if a sheet cannot hold the model: a text of more than 32,767 characters, more than 1,048,575 rows.
pub fn model_workbook(
    files: &BTreeMap<String, Vec<u8>>,
    language: Language,
) -> Result<Vec<u8>, WorkbookError> {
    workbook_of(files, language, |files, model| {
        contents(files, model, Told(language))
    })
}

fn workbook_of(
    files: &BTreeMap<String, Vec<u8>>,
    language: Language,
    contents: impl Fn(&BTreeMap<String, Vec<u8>>, Option<&Model>) -> Vec<Content>,
) -> Result<Vec<u8>, WorkbookError> {
    let model = read_model_from(files).ok();
    let told = Told(language);
    let contents = contents(files, model.as_ref());
    let looks = Looks::new();
    let title = model.map_or_else(String::new, |model| model.title);
    let mut workbook = look::workbook(&title)?;
    let rows = rows_of(&contents);
    for content in &contents {
        write::sheet(&mut workbook, content, rows, &looks, told)?;
    }
    legend::write(&mut workbook, &contents, &looks, told)?;
    Ok(workbook.save_to_buffer()?)
}

fn rows_of(contents: &[Content]) -> Rows {
    use crate::input::workbook::layout::Holds;
    let of = |file: &str| {
        let found = contents
            .iter()
            .find(|content| matches!(content.sheet.holds, Holds::Table(own) if own == file));
        found.map_or(0, |content| {
            u32::try_from(content.rows.len()).unwrap_or(u32::MAX)
        })
    };
    Rows {
        zones: of("zones.csv"),
        funds: of("funds.csv"),
        actions: of("actions.csv"),
    }
}
