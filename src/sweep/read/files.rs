//! Files that a sweep names.

use std::cell::RefCell;

use crate::input::{At, Change, Problems, read_changes};
use crate::problem::{Shown, SweepProblem};
use crate::scenario::{Files, Scenario};

/// Gives the bytes of a file beside the sweep file.
pub(super) struct Beside<'f> {
    give: &'f dyn Fn(&str) -> Option<Vec<u8>>,
    /// Tables that scenario files name in their turn.
    tables: RefCell<Files>,
}

impl<'f> Beside<'f> {
    pub(super) fn new(give: &'f dyn Fn(&str) -> Option<Vec<u8>>) -> Self {
        Self {
            give,
            tables: RefCell::default(),
        }
    }

    /// The tables that were named so far.
    pub(super) fn tables(&self) -> Files {
        self.tables.borrow().clone()
    }

    /// The bytes of a file, or a problem.
    pub(super) fn bytes(&self, name: &At<String>, problems: &mut Problems) -> Option<Vec<u8>> {
        let shown = Shown::new(&name.value);
        let is_plain = !name.value.contains(['/', '\\', ':']) && !name.value.starts_with("..");
        if !is_plain {
            let problem = SweepProblem::OutsideFile { name: shown };
            problems.push(name.place.clone(), problem);
            return None;
        }
        let bytes = (self.give)(&name.value);
        if bytes.is_none() {
            let problem = SweepProblem::NoFile { name: shown };
            problems.push(name.place.clone(), problem);
        }
        bytes
    }

    /// A scenario file, and its changes as they are written.
    pub(super) fn scenario(
        &self,
        name: &At<String>,
        problems: &mut Problems,
    ) -> Option<(Scenario, Vec<Change>)> {
        let bytes = self.bytes(name, problems)?;
        let before = problems.count();
        let changes = read_changes(&name.value, &bytes, problems);
        if problems.count() > before {
            return None;
        }
        if changes.is_empty() {
            let shown = Shown::new(&name.value);
            let problem = SweepProblem::NoChanges { name: shown };
            problems.push(name.place.clone(), problem);
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        match Scenario::parse_beside(&name.value, text, self.give) {
            Ok(scenario) => {
                let tables = scenario.beside().clone();
                self.tables.borrow_mut().extend(tables);
                Some((scenario, changes))
            }
            Err(invalid) => {
                for problem in invalid.problems {
                    problems.push(problem.place().clone(), problem.kind().clone());
                }
                None
            }
        }
    }
}
