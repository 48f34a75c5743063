//! Reading a finished run: its manifest, once every part is known to be as it was written.

use std::path::Path;

use super::folder::{RunError, finished, is_as_written, read_manifest};
use super::manifest::Manifest;

/// The manifest of a run that came to its end and was not changed since.
///
/// # Errors
/// [`RunError`] when the folder holds no run, one that is not finished, or one of whose parts is not as the journal says.
pub fn finished_run(folder: &Path) -> Result<Manifest, RunError> {
    let manifest = read_manifest(folder)?;
    let state = finished(folder, &manifest)?;
    for block in manifest.blocks() {
        let is_whole = match state.finished.get(&block) {
            Some(parts) => is_as_written(folder, parts)?,
            None => false,
        };
        if !is_whole {
            return Err(RunError::Damaged {
                path: folder.to_owned(),
                why: format!("part {block}"),
            });
        }
    }
    Ok(manifest)
}
