//! The whole numbers of a plan, as told to people.

use super::lines::{WholeBound, WholeLine};
use crate::lp::{ColumnKey, LinearProgram};
use crate::solve::{Whole, WholeGoal};

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
    let (value, bound, unit) = goal.told();
    WholeBound {
        kind: goal.kind,
        level: goal.level,
        value,
        bound,
        unit,
    }
}
