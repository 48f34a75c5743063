//! Collects every problem instead of stopping at the first.

use std::collections::BTreeSet;

use super::files::rank;
use crate::problem::{InvalidModel, Place, Problem, ProblemKind, Severity};

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    /// Adds a problem.
    pub(crate) fn push(&mut self, place: Place, kind: impl Into<ProblemKind>) {
        self.list.push(Problem::new(place, kind));
    }

    /// Keeps the value, or adds the problem.
    pub(crate) fn keep<T, K: Into<ProblemKind>>(
        &mut self,
        place: &Place,
        result: Result<T, K>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(kind) => {
                self.push(place.clone(), kind);
                None
            }
        }
    }

    /// Whether any of them refuses the model.
    pub(crate) fn any_error(&self) -> bool {
        self.list.iter().any(|p| p.severity() == Severity::Error)
    }

    /// How many there are, errors and warnings.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    /// Files with at least one error so far.
    pub(crate) fn broken_files(&self) -> BTreeSet<String> {
        let errors = self.list.iter().filter(|p| p.severity() == Severity::Error);
        errors.map(|p| p.place().file.to_string()).collect()
    }

    /// Whether a key path of `model.toml` begins any error so far.
    pub(crate) fn broken_key(&self, start: &str) -> bool {
        self.list.iter().any(|p| {
            p.severity() == Severity::Error
                && p.place()
                    .column
                    .as_ref()
                    .is_some_and(|c| c.starts_with(start))
        })
    }

    /// The warnings in file order, or everything if there is an error.
    pub(crate) fn finish(self) -> Result<Vec<Problem>, InvalidModel> {
        let refused = self.any_error();
        let problems = self.sorted();
        if refused {
            Err(InvalidModel { problems })
        } else {
            Ok(problems)
        }
    }

    fn sorted(mut self) -> Vec<Problem> {
        self.list.sort_by(|a, b| order(a).cmp(&order(b)));
        self.list.dedup();
        self.list
    }
}

fn order(problem: &Problem) -> (usize, &Place, &'static str) {
    (rank(&problem.place().file), problem.place(), problem.code())
}
