//! The whole numbers of a proposal in `summary.json`.

use serde::{Deserialize, Serialize};

use crate::proposal::{WholeBound, WholeLine};
use crate::report::number::{Rounding, file_decimal_rounded};

/// The whole numbers of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryWhole {
    /// `chosen`, or `limit` when a limit was reached before the choice was finished.
    pub status: String,
    /// Whole numbers in the programme.
    pub numbers: usize,
    /// Units bought.
    pub units: i64,
    /// Projects paid.
    pub projects: i64,
    /// The solver's own word on each goal, over all choices: it is not proved.
    pub bounds: Vec<SummaryBound>,
}

/// No choice of whole numbers does better than `bound`, the solver says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryBound {
    /// `leps`, `targets`, `wishes`, `leximin`, `value`, `at_risk`.
    pub kind: String,
    /// Of a leximin goal, how many of the worst coverages are summed; 0 for the others.
    pub level: u32,
    /// What the choice reaches, before cents.
    pub value: String,
    /// What no choice goes beyond.
    pub bound: String,
    /// `euro`, `bound` or `level`.
    pub unit: String,
}

/// What is told of them.
pub(crate) fn whole(line: &WholeLine) -> SummaryWhole {
    let bound = |bound: &WholeBound| SummaryBound {
        kind: bound.kind.to_owned(),
        level: bound.level,
        value: file_decimal_rounded(&bound.value, Rounding::HalfUp),
        bound: file_decimal_rounded(&bound.bound, Rounding::Up),
        unit: bound.unit.to_owned(),
    };
    SummaryWhole {
        status: if line.complete { "chosen" } else { "limit" }.to_owned(),
        numbers: line.columns,
        units: line.units,
        projects: line.projects,
        bounds: line.goals.iter().map(bound).collect(),
    }
}
