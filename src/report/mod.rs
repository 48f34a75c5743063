//! 6. Proposals to bytes: the files of a result, the folder that holds them, the summary on the terminal.
//!
//! The writers are functions of the model and the proposal; only [`folder`] touches the disk. No clock, environment or chance:
//! the same proposal gives the same bytes.

pub(crate) mod chart;
pub mod conflict;
#[cfg(feature = "cli")]
pub mod conflict_text;
pub mod document;
pub mod document_csv;
pub mod document_json;
pub mod docx;
pub mod dossier;
#[cfg(feature = "cli")]
pub mod explain_text;
pub mod explanation;
#[cfg(test)]
mod fixture;
pub mod folder;
pub mod formula_text;
pub mod html;
#[cfg(feature = "cli")]
pub mod impossible_text;
pub mod number;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod riparto_steps;
pub mod scenarios;
pub mod summary;
pub mod summary_pick;
#[cfg(feature = "cli")]
pub mod summary_text;
pub mod summary_whole;
pub mod tables;
pub mod text;
pub mod totals;
pub mod words;
pub mod xlsx;

pub use dossier::{Files, infeasible_files, proposal_files};
pub use folder::{FolderError, OutputFolder};
pub use scenarios::{Applied, difference_text, with_scenarios};

use thiserror::Error;

/// A file that could not be written in memory: a fault of ours.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReportError {
    /// A table or a JSON file.
    #[error("{table} could not be written: {reason}")]
    Table {
        /// Which file.
        table: &'static str,
        /// What the writer said.
        reason: String,
    },
    /// More rows than a sheet of a workbook has.
    #[error("{what}: {rows} rows are more than a sheet has")]
    TooLarge {
        /// Which section.
        what: String,
        /// How many rows.
        rows: usize,
    },
}
