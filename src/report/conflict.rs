//! Why there is no plan, as the file `conflict.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ReportError;
use super::dossier::{Files, complete, json};
use super::explanation::{ConflictJson, conflict as for_programs};
use crate::explain::Conflict;
use crate::model::Model;

/// Version of the form of `conflict.json`.
pub const CONFLICT_FORMAT: u32 = 1;

/// The file `conflict.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictFile {
    /// [`CONFLICT_FORMAT`].
    pub format: u32,
    /// Title of the model.
    pub title: String,
    /// What cannot hold together, and what would mend it.
    pub conflict: ConflictJson,
}

/// The same result with `conflict.json`.
///
/// # Errors
/// [`ReportError`] if a file cannot be written in memory.
pub fn with_conflict(
    files: Files,
    model: &Model,
    conflict: &Conflict,
) -> Result<Files, ReportError> {
    let Files { mut files, summary } = files;
    files.remove("dossier/manifest.json");
    let file = ConflictFile {
        format: CONFLICT_FORMAT,
        title: model.title.clone(),
        conflict: for_programs(model, conflict),
    };
    files.insert("conflict.json".to_owned(), json("conflict.json", &file)?);
    let solver = summary.versions.solver.clone();
    complete(files, summary, &solver)
}
