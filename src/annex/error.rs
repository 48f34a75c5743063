//! Why a plan cannot be told in tables.

use std::path::PathBuf;

use thiserror::Error;

use crate::compare::CompareError;
use crate::model::Language;
use crate::problem::InvalidModel;
use crate::report::text::terminal_text;
use crate::report::words::{annex as words, compare as compare_words, roll as roll_words};

/// Why a plan cannot be told in tables. Nothing is written when one of these is given.
#[derive(Debug, Error)]
pub enum AnnexError {
    /// No plan was possible.
    #[error("{} has no plan", folder.display())]
    NoPlan {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder lacks a file that `solve` wrote beside the dossier.
    #[error("{} has no {file}", folder.display())]
    NotWhole {
        /// The folder.
        folder: PathBuf,
        /// What is missing.
        file: String,
    },
    /// A file that cannot be understood.
    #[error("{file} is damaged: {place}")]
    Damaged {
        /// The file.
        file: String,
        /// Where, or what was found.
        place: String,
    },
    /// Explanations of another model.
    #[error("{file} explains another model")]
    OtherModel {
        /// The file.
        file: String,
    },
    /// The model of the dossier is not valid.
    #[error("the model is not valid")]
    Invalid(InvalidModel),
    /// Amounts add up beyond the largest.
    #[error("the figures exceed the largest amount")]
    Overflow,
    /// A table or another plan that cannot be read.
    #[error(transparent)]
    Compare(#[from] CompareError),
}

impl AnnexError {
    /// What is wrong and what to do about it; `None` for the disk, whose reasons the program words, and for a model, which has its
    /// own report.
    #[must_use]
    pub fn sentence(&self, language: Language) -> Option<String> {
        let shown = |path: &PathBuf| terminal_text(&path.display().to_string()).into_owned();
        Some(match self {
            Self::NoPlan { folder } => words::NO_PLAN.fill(language, &[("folder", &shown(folder))]),
            Self::NotWhole { folder, file } => words::NOT_WHOLE.fill(
                language,
                &[("folder", &shown(folder)), ("file", &terminal_text(file))],
            ),
            Self::Damaged { file, place } => compare_words::DAMAGED_FILE.fill(
                language,
                &[
                    ("path", &terminal_text(file)),
                    ("place", &terminal_text(place)),
                ],
            ),
            Self::OtherModel { file } => {
                words::OTHER_MODEL.fill(language, &[("file", &terminal_text(file))])
            }
            Self::Overflow => roll_words::OVERFLOW.say(language).to_owned(),
            Self::Compare(error) => return error.sentence(language),
            Self::Invalid(_) => return None,
        })
    }
}
