//! No plan: the least total violation, an irreducible set of rules that cannot hold together, and the multipliers that prove it.

use std::collections::BTreeSet;

use super::engine::{Engine, engine};
use super::scaled::Scaled;
use crate::lp::{LinearProgram, Origin, loosen};
use crate::model::Model;
use crate::tolerance::{CENTS_PER_UNIT, INFEASIBLE};

/// What cannot hold together.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Origins of the rows in conflict, ascending; without any one of them the others can hold.
    pub origins: Vec<Origin>,
    /// Row and multiplier, positive for its lower bound, negative for its upper bound: their sum cannot be reached within the
    /// bounds of the columns. To be checked exactly.
    pub multipliers: Vec<(usize, f64)>,
    /// Whether it is a conflict of whole numbers alone: without them the rows can hold, and there are no multipliers.
    pub whole: bool,
    /// Least total violation of these rows, in cents of each row's largest coefficient.
    pub violation_cents: f64,
}

/// The conflict of a programme, or `None` if its rows can hold.
///
/// A need is named only where it has a row: the programme has to be built [in full](crate::lp::build_in_full).
#[must_use]
pub fn conflict(model: &Model, program: &LinearProgram) -> Option<Conflict> {
    let mut elastic = Elastic::new(model, program);
    let (violation, multipliers) = elastic.violation(&all(program))?;
    if violation <= INFEASIBLE {
        return None;
    }
    // Only rows with a multiplier matter; among their origins, drop one after the other while the rest still cannot hold.
    let mut kept: Vec<Origin> = involved(program, &multipliers).into_iter().collect();
    kept.retain(|origin| *origin != Origin::Whole);
    kept = in_order_of_dropping(&kept.into_iter().collect());
    let mut position = 0;
    while position < kept.len() {
        let mut without: BTreeSet<Origin> = kept.iter().copied().collect();
        without.remove(&kept[position]);
        match elastic.violation(&without) {
            Some((violation, _)) if violation > INFEASIBLE => {
                kept.remove(position);
            }
            _ => position += 1,
        }
    }
    let last: BTreeSet<Origin> = kept.iter().copied().collect();
    let (violation, multipliers) = elastic.violation(&last)?;
    let (mut origins, multipliers) = (last.into_iter().collect::<Vec<_>>(), multipliers);
    origins.sort_unstable();
    Some(Conflict {
        origins,
        multipliers,
        whole: false,
        violation_cents: violation * CENTS_PER_UNIT,
    })
}

/// Origins, first those whose being in a conflict tells an officer least.
pub(crate) fn in_order_of_dropping(origins: &BTreeSet<Origin>) -> Vec<Origin> {
    let weight = |origin: &Origin| match origin {
        Origin::Need(_) | Origin::Eligibility(..) | Origin::Goal(_) | Origin::Whole => 0,
        Origin::Fund(_) => 1,
        Origin::Claim(_) | Origin::FlatRate(_) | Origin::Match(_) | Origin::Rule(_) => 2,
    };
    let mut order: Vec<Origin> = origins.iter().copied().collect();
    order.sort_by_key(|origin| (weight(origin), *origin));
    order
}

fn all(program: &LinearProgram) -> BTreeSet<Origin> {
    program.rows.iter().map(|row| row.origin).collect()
}

fn involved(program: &LinearProgram, multipliers: &[(usize, f64)]) -> BTreeSet<Origin> {
    multipliers
        .iter()
        .map(|&(row, _)| program.rows[row].origin)
        .collect()
}

/// The programme with a violation column on each side of each row.
struct Elastic<'p> {
    program: &'p LinearProgram,
    scaled: Scaled,
    cost: Vec<f64>,
    engine: Box<dyn Engine>,
}

impl<'p> Elastic<'p> {
    fn new(model: &Model, program: &'p LinearProgram) -> Self {
        let most: f64 = 1.0 + Scaled::new(program).upper.iter().sum::<f64>();
        let mut loose = program.clone();
        loosen(model, &mut loose);
        let mut scaled = Scaled::with_play(&loose);
        let n_columns = scaled.n_columns();
        let plain = std::mem::replace(&mut scaled.matrix, super::scaled::SparseRows::new());
        for row in 0..plain.n_rows() {
            let mut cells: Vec<(usize, f64)> = plain.row(row).collect();
            for (bounded, sign) in [
                (scaled.row_lower[row].is_finite(), 1.0),
                (scaled.row_upper[row].is_finite(), -1.0),
            ] {
                if bounded {
                    cells.push((scaled.lower.len(), sign));
                    scaled.lower.push(0.0);
                    scaled
                        .upper
                        .push(10.0 * most + scaled.row_lower[row].abs().min(1e9));
                }
            }
            scaled.matrix.push(cells);
        }
        let mut cost = vec![0.0; scaled.n_columns()];
        cost[n_columns..].fill(-1.0);
        Self {
            program,
            scaled,
            cost,
            engine: engine(),
        }
    }

    /// Least total violation of the rows of `origins`, and the multipliers of those rows for the integer programme.
    fn violation(&mut self, origins: &BTreeSet<Origin>) -> Option<(f64, Vec<(usize, f64)>)> {
        let mut relaxed = self.scaled.clone();
        for (row, entry) in self.program.rows.iter().enumerate() {
            if !origins.contains(&entry.origin) && entry.origin != Origin::Whole {
                relaxed.row_lower[row] = f64::NEG_INFINITY;
                relaxed.row_upper[row] = f64::INFINITY;
            }
        }
        let answer = self.engine.maximise(&relaxed, &self.cost, None);
        let (primal, dual) = (answer.primal?, answer.dual?);
        let violation = -primal
            .iter()
            .zip(&self.cost)
            .map(|(value, cost)| value * cost)
            .sum::<f64>();
        let multipliers = dual
            .iter()
            .enumerate()
            .filter(|(row, multiplier)| {
                let origin = self.program.rows[*row].origin;
                multiplier.abs() > 1e-9 && (origins.contains(&origin) || origin == Origin::Whole)
            })
            .map(|(row, multiplier)| (row, -multiplier / relaxed.row_size[row]))
            .collect();
        Some((violation, multipliers))
    }
}
