//! Collects every problem instead of stopping at the first.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::files::{FILES, rank};
use super::workbook::Places;
use crate::problem::{
    InvalidModel, MoneyProblem, NeedProblem, Place, Problem, ProblemKind, ReferenceProblem,
    Severity,
};

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    /// Where the lines of the files came from, where they came from a workbook.
    places: Option<Arc<Places>>,
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

    /// From now on problems of files are told at the cells they came from.
    pub(crate) fn set_places(&mut self, places: Arc<Places>) {
        self.places = Some(places);
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

    /// Everything, in file order.
    pub(crate) fn into_list(self) -> Vec<Problem> {
        self.sorted()
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
        match &self.places {
            Some(places) => at_cells(&self.list, places),
            None => self.list,
        }
    }
}

/// The same problems at their cells; a cell that could not be read is told of once.
fn at_cells(list: &[Problem], places: &Places) -> Vec<Problem> {
    let mut told = BTreeSet::new();
    for problem in list.iter().filter(|p| rank(&p.place().file) == FILES.len()) {
        if problem.severity() == Severity::Error {
            told.insert(problem.place().clone());
        }
    }
    let mut found: Vec<Problem> = Vec::new();
    for problem in list {
        let place = places.of(problem.place());
        let is_echo = place != *problem.place() && told.contains(&place);
        let moved = if place == *problem.place() {
            problem.clone()
        } else {
            Problem::in_workbook(place, in_rows(problem, places))
        };
        if !is_echo && !found.contains(&moved) {
            found.push(moved);
        }
    }
    found
}

/// The same kind of problem, naming rows of the sheet where it named lines of the file.
fn in_rows(problem: &Problem, places: &Places) -> ProblemKind {
    let file = problem.place().file.as_ref();
    let mut kind = problem.kind().clone();
    let lines: [Option<&mut u32>; 2] = match &mut kind {
        ProblemKind::Reference(ReferenceProblem::Duplicate { first, second, .. }) => {
            [Some(first), Some(second)]
        }
        ProblemKind::Money(MoneyProblem::PoolAndZones { pool, zone, .. }) => {
            [Some(pool), Some(zone)]
        }
        ProblemKind::Need(
            NeedProblem::TwoSources { line, .. } | NeedProblem::TwoFormulas { line, .. },
        ) => [Some(line), None],
        _ => [None, None],
    };
    for line in lines.into_iter().flatten() {
        *line = places.row_of(file, *line).unwrap_or(*line);
    }
    kind
}

fn order(problem: &Problem) -> (usize, &Place, &'static str) {
    (rank(&problem.place().file), problem.place(), problem.code())
}
