//! A model that was refused, with everything that is wrong with it.

use std::fmt;

use super::{Place, Problem, ProblemReport, Severity};
use crate::model::Language;

/// How many problems a printed refusal shows; all are counted.
pub const SHOWN_PROBLEMS: usize = 50;

/// Every problem found in a model, in the order of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvalidModel {
    /// All problems, errors and warnings, in file order; at least one error.
    pub problems: Vec<Problem>,
}

impl InvalidModel {
    /// How many of the problems are errors.
    #[must_use]
    pub fn n_errors(&self) -> usize {
        self.problems
            .iter()
            .filter(|p| p.severity() == Severity::Error)
            .count()
    }

    /// Whether the files could not be read at all (a missing folder, a permission, a failing disk), as against being wrong.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.problems
            .iter()
            .any(|p| p.code() == "model::unreadable")
    }

    /// The lines a person reads: the first problems, then how many there are in all.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        for problem in self.problems.iter().take(SHOWN_PROBLEMS) {
            text.push_str(&problem.text(language));
            text.push('\n');
        }
        let n = self.problems.len();
        let shown = n.min(SHOWN_PROBLEMS);
        let count = match language {
            Language::Italian if n == 1 => "1 problema.".to_owned(),
            Language::English if n == 1 => "1 problem.".to_owned(),
            Language::Italian if shown < n => format!("{n} problemi, mostrati i primi {shown}."),
            Language::English if shown < n => format!("{n} problems, the first {shown} shown."),
            Language::Italian => format!("{n} problemi."),
            Language::English => format!("{n} problems."),
        };
        text.push_str(&count);
        text.push('\n');
        text
    }

    /// The same content for programs.
    #[must_use]
    pub fn report(&self, language: Language) -> ProblemReport {
        ProblemReport::new(&self.problems, language)
    }
}

impl From<Problem> for InvalidModel {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

impl fmt::Display for InvalidModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.problems.len();
        write!(f, "the model is not valid: {n} problem")?;
        if n != 1 {
            f.write_str("s")?;
        }
        match self.problems.first().map(Problem::place) {
            Some(place) if *place != Place::default() => {
                write!(f, ", the first at {}", place.text(Language::English))
            }
            _ => Ok(()),
        }
    }
}

impl std::error::Error for InvalidModel {}

impl miette::Diagnostic for InvalidModel {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new("model::invalid"))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        let shown = self.problems.iter().take(SHOWN_PROBLEMS);
        Some(Box::new(shown.map(|p| p as &dyn miette::Diagnostic)))
    }
}
