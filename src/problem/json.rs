//! Problems for programs: what `--format json` prints.

use serde::Serialize;

use super::{Problem, Severity};
use crate::model::Language;

/// Problems of one reading, with the version of this form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemReport {
    /// Version of this form.
    pub version: u32,
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// All of them, in file order.
    pub problems: Vec<ProblemRow>,
}

/// One problem as plain fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemRow {
    /// `error` or `warning`, in every language.
    pub severity: &'static str,
    /// The stable code.
    pub code: &'static str,
    /// File, empty when the problem belongs to none.
    pub file: String,
    /// Physical line, from 1.
    pub line: Option<u32>,
    /// Column of a table, or path of a key.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl ProblemReport {
    /// The report of some problems in a language.
    #[must_use]
    pub fn new(problems: &[Problem], language: Language) -> Self {
        let rows: Vec<ProblemRow> = problems.iter().map(|p| row(p, language)).collect();
        let errors = rows.iter().filter(|row| row.severity == "error").count();
        Self {
            version: 1,
            errors,
            warnings: rows.len().saturating_sub(errors),
            problems: rows,
        }
    }
}

fn row(problem: &Problem, language: Language) -> ProblemRow {
    let place = problem.place();
    ProblemRow {
        severity: match problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        code: problem.code(),
        file: place.file.to_string(),
        line: place.line,
        column: place.column.as_deref().map(str::to_owned),
        message: problem.message(language),
        remedy: problem.remedy(language),
    }
}
