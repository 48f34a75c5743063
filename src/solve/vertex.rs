//! A plan next to the picked one that is whole cents wherever the rows are those of a network: a vertex of the box of cents around
//! it, on the locked face. Where several funds pay whole units together, rounding one fund after the other would lose cents.

use super::engine::engine;
use super::integers::fine_unit;
use super::scaled::Scaled;
use crate::lp::{ColumnKey, LinearProgram};
use crate::tolerance::{SAME_CENTS, SNAP_CENTS};

/// The vertex in cents; `None` where the box has no plan.
pub(crate) fn vertex(program: &LinearProgram, face: &Scaled, picked: &[f64]) -> Option<Vec<f64>> {
    // In a unit in which the solver's tolerances are far below a cent.
    let unit = fine_unit(program);
    let mut scaled = face.clone();
    let finer = face.unit / unit;
    for bounds in [
        &mut scaled.lower,
        &mut scaled.upper,
        &mut scaled.row_lower,
        &mut scaled.row_upper,
    ] {
        bounds.iter_mut().for_each(|bound| *bound *= finer);
    }
    let mut cost = vec![0.0; scaled.n_columns()];
    for (column, entry) in program.columns.iter().enumerate() {
        if !matches!(entry.key, ColumnKey::Pay { .. }) {
            continue;
        }
        let value = picked[column];
        let (floor, ceil) = ((value + SAME_CENTS).floor(), (value - SAME_CENTS).ceil());
        let (floor, ceil) = (floor.min(ceil), floor.max(ceil));
        scaled.lower[column] = scaled.lower[column].max(floor / unit);
        scaled.upper[column] = scaled.upper[column].min(ceil / unit);
        let crossed = scaled.lower[column] - scaled.upper[column];
        if crossed * unit > SNAP_CENTS {
            return None;
        }
        // A bound of the face and the cent it stands for may differ in their last digits.
        if crossed > 0.0 {
            scaled.lower[column] = scaled.upper[column];
        }
        // What is nearer to the next cent goes there first.
        cost[column] = value - floor - 0.5;
    }
    let mut engine = engine();
    // Nearly every column stands on the side its cost wants: the dual method has a start, and looking for rows that depend on
    // others costs four times what is left to do.
    engine.without_presolve();
    let answer = engine.maximise(&scaled, &cost, None);
    let snapped = |value: f64| {
        let cents = value * unit;
        if (cents - cents.round()).abs() <= SNAP_CENTS {
            cents.round()
        } else {
            cents
        }
    };
    Some(answer.primal?.into_iter().map(snapped).collect())
}
