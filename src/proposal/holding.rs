//! Plans in whole cents in which some rows hold: what shows that a conflict does without none of its members, and that a repair
//! is one.

use std::collections::BTreeSet;

use super::cents::{broken, round};
use crate::lp::{LinearProgram, Origin, loosen};
use crate::model::Model;
use crate::solve::{SearchLimit, points_of};

/// A plan in whole cents in which every row of these origins holds, exactly, whatever the others say; `None` where none was
/// found.
pub(crate) fn plan_with(
    model: &Model,
    program: &LinearProgram,
    kept: &BTreeSet<Origin>,
    limit: &SearchLimit,
) -> Option<Vec<i64>> {
    let mut part = program.clone();
    loosen(model, &mut part);
    part.rows
        .retain(|row| row.origin == Origin::Whole || kept.contains(&row.origin));
    let holds = |values: &[i64]| {
        let within = part
            .columns
            .iter()
            .zip(values)
            .all(|(column, value)| (column.lower..=column.upper).contains(value));
        within && broken(&part, values).is_empty()
    };
    let points = points_of(model, program, kept, limit);
    for point in &points {
        let values = nearest(&part, point);
        if holds(&values) {
            return Some(values);
        }
    }
    for point in &points {
        let mut chosen = part.clone();
        for (column, value) in chosen.columns.iter_mut().zip(nearest(&part, point)) {
            if column.is_whole() {
                (column.lower, column.upper) = (value, value);
            }
        }
        let rounded = round(model, &chosen, &[], point, None);
        if holds(&rounded.values) {
            return Some(rounded.values);
        }
    }
    None
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a saturating cast of the solver's point; every row is checked in whole numbers"
)]
fn nearest(program: &LinearProgram, point: &[f64]) -> Vec<i64> {
    program
        .columns
        .iter()
        .zip(point)
        .map(|(column, value)| (value.round() as i64).clamp(column.lower, column.upper))
        .collect()
}
