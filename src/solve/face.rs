//! Locks a goal: fixes the optimal face of a checked answer, so that later goals cannot give any of it away.
//!
//! A column that sits on a bound with a reduced cost that is not noise stays there; a row that is tight with a multiplier
//! that is not noise becomes an equality. By complementary slackness the plans that remain are exactly the optimal ones,
//! without a number that could be off by a rounding error.

use super::answer::Answer;
use super::scaled::{Scaled, float};
use crate::lp::Objective;
use crate::tolerance::{AT_BOUND, FACE_ABSOLUTE, FACE_RELATIVE, INTERIOR_SIDE};

/// What a lock fixed: columns with their reduced cost, rows with their multiplier, in the units of the scaled programme.
#[derive(Clone, Debug, Default)]
pub(crate) struct Face {
    pub(crate) columns: Vec<(usize, f64)>,
    pub(crate) rows: Vec<(usize, f64)>,
}

/// A bound that may be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hold {
    /// Of a row; else of a column.
    pub(crate) is_row: bool,
    pub(crate) position: usize,
    pub(crate) is_upper: bool,
}

/// Locks `cost` at the optimum that `answer` claims.
pub(crate) fn lock(scaled: &mut Scaled, cost: &[f64], answer: &Answer) -> Face {
    lock_where(scaled, cost, answer, |_| true)
}

/// Locks a goal at the optimum that `answer` claims; one with a tolerance may give away that much: its only column stays above what
/// is left.
pub(crate) fn lock_goal(
    scaled: &mut Scaled,
    objective: &Objective,
    cost: &[f64],
    answer: &Answer,
    tight: impl Fn(Hold) -> bool,
) -> Face {
    let (true, &[(column, _)], Some(point)) = (
        objective.tolerance > 0,
        objective.cost.as_slice(),
        &answer.primal,
    ) else {
        return lock_where(scaled, cost, answer, tight);
    };
    let room = float(objective.tolerance) / scaled.column_size[column];
    scaled.lower[column] = scaled.lower[column].max(point[column] - room);
    Face::default()
}

/// As [`lock`], only bounds that `tight` confirms.
pub(crate) fn lock_where(
    scaled: &mut Scaled,
    cost: &[f64],
    answer: &Answer,
    tight: impl Fn(Hold) -> bool,
) -> Face {
    let (Some(primal), Some(dual)) = (&answer.primal, &answer.dual) else {
        return Face::default();
    };
    let (reduced, size) = scaled.reduced(cost, dual);
    let mut face = Face::default();
    for column in 0..scaled.n_columns() {
        let (lower, upper) = (scaled.lower[column], scaled.upper[column]);
        let (value, price) = (primal[column], reduced[column]);
        let noise = FACE_ABSOLUTE + FACE_RELATIVE * size[column];
        let near = if answer.interior {
            price.abs().min(INTERIOR_SIDE * (upper - lower))
        } else {
            AT_BOUND
        };
        let hold = Hold {
            is_row: false,
            position: column,
            is_upper: price > 0.0,
        };
        if upper <= lower || price.abs() <= noise || !tight(hold) {
            continue;
        }
        if price < 0.0 && value - lower <= near {
            scaled.upper[column] = lower;
            face.columns.push((column, price));
        } else if price > 0.0 && upper - value <= near {
            scaled.lower[column] = upper;
            face.columns.push((column, price));
        }
    }
    for (row, &price) in dual.iter().enumerate() {
        let (lower, upper) = (scaled.row_lower[row], scaled.row_upper[row]);
        let hold = Hold {
            is_row: true,
            position: row,
            is_upper: price > 0.0,
        };
        if upper <= lower || price.abs() <= FACE_ABSOLUTE || !tight(hold) {
            continue;
        }
        let value: f64 = scaled
            .matrix
            .row(row)
            .map(|(column, coefficient)| coefficient * primal[column])
            .sum();
        let near = if answer.interior {
            price.abs().min(INTERIOR_SIDE * (upper - lower))
        } else {
            AT_BOUND * 100.0
        };
        if price > 0.0 && upper - value <= near {
            scaled.row_lower[row] = upper;
            face.rows.push((row, price));
        } else if price < 0.0 && value - lower <= near {
            scaled.row_upper[row] = lower;
            face.rows.push((row, price));
        }
    }
    face
}
