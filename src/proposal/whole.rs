//! The whole numbers of a plan, as told to people.

use super::lines::{WholeBound, WholeLine};
use crate::lp::{ColumnKey, LinearProgram};
use crate::solve::{Whole, WholeGoal};
use crate::units::Exact;

/// What is told of a choice of whole numbers.
pub(crate) fn line(program: &LinearProgram, whole: &Whole) -> WholeLine {
    let sum = |of: fn(&ColumnKey) -> bool| {
        let own = whole
            .values
            .iter()
            .filter(|(column, _)| of(&program.columns[*column].key));
        own.fold(0_i64, |sum, (_, value)| sum.saturating_add(*value))
    };
    WholeLine {
        units: sum(|key| matches!(key, ColumnKey::Units { .. })),
        projects: sum(|key| matches!(key, ColumnKey::Project { .. })),
        columns: whole.values.len(),
        complete: whole.complete,
        goals: whole.goals.iter().map(bound).collect(),
    }
}

fn bound(goal: &WholeGoal) -> WholeBound {
    let scale = i128::from(goal.scale);
    let (unit, scale) = match goal.unit {
        "cent" => ("euro", scale * 100),
        unit => (unit, scale),
    };
    // Levels are parts of one: a whole number of millionths is as fine as they are told.
    let fine = if goal.unit == "level" { 1_000_000 } else { 1 };
    let exact = |value: f64, up: bool| {
        let value = value * f64::from(fine);
        let near = value.round();
        let whole = if up && value - near > NOISE {
            near + 1.0
        } else {
            near
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a saturating cast of the solver's word, told as such"
        )]
        let whole = whole as i128;
        Exact::new(whole, scale * i128::from(fine))
    };
    WholeBound {
        kind: goal.kind,
        level: goal.level,
        value: exact(goal.value, false),
        bound: exact(goal.bound, true),
        unit,
    }
}

/// What lies this near to a whole number of cents, or millionths, is that number: the solver's tolerance is a tenth of a cent.
const NOISE: f64 = 0.2;
