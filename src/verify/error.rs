//! Why a dossier could not be verified at all. A dossier that can be read and is wrong is a [`Report`](super::Report) instead.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::disk::DiskFault;
use crate::model::Language;

/// Nothing could be said about a dossier.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// The disk refused.
    #[error("cannot read {path}: {source}")]
    Io {
        /// What was being read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not a dossier, or not one that may be opened.
    #[error("{}: {}", super::gather::short(path), refusal.message(Language::English))]
    Refused {
        /// Where.
        path: PathBuf,
        /// Why.
        refusal: Refusal,
    },
}

/// Why files were not opened as a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no `manifest.json`, or more than one.
    NotADossier,
    /// Not a readable zip.
    BrokenZip,
    /// More than [`LARGEST_TOTAL`](super::LARGEST_TOTAL) bytes.
    TooLarge,
    /// More than [`MOST_FILES`](super::MOST_FILES) files.
    TooManyFiles,
    /// Folders in folders in folders.
    TooDeep,
    /// A name that leads outside, or is not text.
    BadName,
    /// The same name twice.
    DuplicateName,
    /// A link, a device or a pipe.
    NotAFile,
}

impl Refusal {
    /// The reason in a language.
    #[must_use]
    pub fn message(self, language: Language) -> &'static str {
        let (italian, english) = match self {
            Self::NotADossier => (
                "non è un dossier: manca manifest.json (indicare la cartella scritta da solve, il suo dossier, o uno zip)",
                "not a dossier: no manifest.json (name the folder written by solve, its dossier, or a zip of either)",
            ),
            Self::BrokenZip => ("non è uno zip leggibile", "not a readable zip"),
            Self::TooLarge => ("più di 256 MB di contenuto", "more than 256 MB of content"),
            Self::TooManyFiles => ("più di 10.000 file", "more than 10,000 files"),
            Self::TooDeep => (
                "troppe cartelle una nell'altra",
                "folders nested too deeply",
            ),
            Self::BadName => (
                "nome di file che porta fuori dal dossier o che non è testo",
                "a file name that leads outside the dossier or is not text",
            ),
            Self::DuplicateName => ("nome di file ripetuto", "a file name occurs twice"),
            Self::NotAFile => (
                "collegamento o dispositivo al posto di un file",
                "a link or device in place of a file",
            ),
        };
        match language {
            Language::Italian => italian,
            Language::English => english,
        }
    }
}

impl VerifyError {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_path_buf(),
            source,
        }
    }

    pub(crate) fn refused(path: &Path, refusal: Refusal) -> Self {
        Self::Refused {
            path: path.to_path_buf(),
            refusal,
        }
    }

    /// The program's exit code: 74 when the disk refused, 3 when there is no dossier to verify.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Io { .. } => 74,
            Self::Refused { .. } => 3,
        }
    }

    /// What happened, in a language.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match self {
            Self::Io { path, source } => {
                let why = DiskFault::from(source).message(language);
                match language {
                    Language::Italian => format!("impossibile leggere {}: {why}", path.display()),
                    Language::English => format!("cannot read {}: {why}", path.display()),
                }
            }
            Self::Refused { path, refusal } => {
                format!(
                    "{}: {}",
                    super::gather::short(path),
                    refusal.message(language)
                )
            }
        }
    }
}
