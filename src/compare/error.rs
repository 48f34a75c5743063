//! Why results cannot be compared.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::model::Language;
use crate::report::text::terminal_text;
use crate::report::words::{Text, compare as words};

/// Why results cannot be compared. Nothing is ever written when one of these is given.
#[derive(Debug, Error)]
pub enum CompareError {
    /// A folder that neither `solve` nor `sweep` wrote.
    #[error("{} is not a folder of solve or sweep", folder.display())]
    NotOurs {
        /// The folder.
        folder: PathBuf,
    },
    /// A sweep that has not come to its end.
    #[error("{} is not finished", folder.display())]
    Unfinished {
        /// The folder.
        folder: PathBuf,
    },
    /// A single shard of a sweep.
    #[error("{} is shard {shard} of a sweep", folder.display())]
    IsShard {
        /// The folder.
        folder: PathBuf,
        /// Which, of how many.
        shard: String,
    },
    /// A plan after a sweep.
    #[error("{} is a plan, and the first is a sweep", folder.display())]
    PlanAfterSweep {
        /// The folder of the plan.
        folder: PathBuf,
    },
    /// A result of another version of the format.
    #[error("{} has format {found}, not {known}", path.display())]
    Format {
        /// The file that says so.
        path: PathBuf,
        /// The format found.
        found: u32,
        /// The format this program reads.
        known: u32,
    },
    /// A file that is not as it was written.
    #[error("{} was changed after it was written", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A file that cannot be understood.
    #[error("{} is damaged: {place}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Line and column, or what the reader said.
        place: String,
    },
    /// The disk said no.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// A single result has nothing to be compared with.
    #[error("one plan has nothing to be compared with")]
    Alone,
}

impl CompareError {
    /// What cannot be compared and what to do about it; `None` for the disk, whose reasons the program words.
    #[must_use]
    pub fn sentence(&self, language: Language) -> Option<String> {
        let fill = |text: Text, path: &Path, more: &[(&str, &str)]| {
            let path = terminal_text(&path.display().to_string()).into_owned();
            let values: Vec<(&str, &str)> = [("path", path.as_str())]
                .into_iter()
                .chain(more.iter().copied())
                .collect();
            text.fill(language, &values)
        };
        Some(match self {
            Self::NotOurs { folder } => fill(words::NOT_OURS, folder, &[]),
            Self::Unfinished { folder } => fill(words::UNFINISHED, folder, &[]),
            Self::IsShard { folder, shard } => fill(words::IS_SHARD, folder, &[("shard", shard)]),
            Self::PlanAfterSweep { folder } => fill(words::PLAN_AFTER_SWEEP, folder, &[]),
            Self::Format { path, found, known } => {
                let (found, known) = (found.to_string(), known.to_string());
                fill(
                    words::OTHER_FORMAT,
                    path,
                    &[("found", &found), ("known", &known)],
                )
            }
            Self::Changed { path } => fill(words::CHANGED_FILE, path, &[]),
            Self::Damaged { path, place } => fill(
                words::DAMAGED_FILE,
                path,
                &[("place", &terminal_text(place))],
            ),
            Self::Alone => words::ALONE.say(language).to_owned(),
            Self::Io { .. } => return None,
        })
    }
}

pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> CompareError {
    let path = path.to_owned();
    move |error| CompareError::Io { path, error }
}
