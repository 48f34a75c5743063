//! Files that a sweep names.

use crate::input::{At, Change, Problems, read_changes};
use crate::problem::{Shown, SweepProblem};

/// Gives the bytes of a file beside the sweep file.
pub(super) struct Beside<'f>(pub(super) &'f dyn Fn(&str) -> Option<Vec<u8>>);

impl Beside<'_> {
    /// The bytes of a file, or a problem.
    pub(super) fn bytes(&self, name: &At<String>, problems: &mut Problems) -> Option<Vec<u8>> {
        let shown = || Shown::new(&name.value);
        let leaves = |part: &str| part.is_empty() || part == "..";
        if name.value.contains(['\\', ':']) || name.value.split('/').any(leaves) {
            let name_shown = shown();
            problems.push(
                name.place.clone(),
                SweepProblem::OutsideFile { name: name_shown },
            );
            return None;
        }
        let bytes = (self.0)(&name.value);
        if bytes.is_none() {
            let name_shown = shown();
            problems.push(
                name.place.clone(),
                SweepProblem::NoFile { name: name_shown },
            );
        }
        bytes
    }

    /// Name and text of a scenario file.
    pub(super) fn scenario(
        &self,
        name: &At<String>,
        problems: &mut Problems,
    ) -> Option<(String, String)> {
        let (_, text) = self.changes(name, problems)?;
        Some((name.value.clone(), text))
    }

    /// Changes of a scenario file, and its text.
    pub(super) fn changes(
        &self,
        name: &At<String>,
        problems: &mut Problems,
    ) -> Option<(Vec<Change>, String)> {
        let bytes = self.bytes(name, problems)?;
        let before = problems.count();
        let changes = read_changes(&name.value, &bytes, problems);
        if changes.is_empty() && problems.count() == before {
            let name_shown = Shown::new(&name.value);
            problems.push(
                name.place.clone(),
                SweepProblem::NoChanges { name: name_shown },
            );
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        Some((changes, text.to_owned()))
    }
}
