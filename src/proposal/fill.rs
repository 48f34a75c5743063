//! Gives back what rounding and repair left unspent: cents that a fund was to pay in the picked plan and that no row forbids.

use std::collections::BTreeMap;

use super::cents::{Group, Rounded, broken, merit};
use super::derived::Derivation;
use crate::lp::{ColumnKey, LinearProgram, Objective, activity};
use crate::tolerance::SAME_CENTS;

/// Raises cells of the groups that got less than the picked plan gives them, largest shortfall first, as long as every row holds
/// as well as before and the goals, in their order, gain.
pub(crate) fn fill(
    derivation: &Derivation<'_>,
    groups: &BTreeMap<Group, Vec<usize>>,
    objectives: &[&Objective],
    picked: &[f64],
    rounded: Rounded,
) -> Rounded {
    let program = derivation.program;
    let mut bench = Bench {
        program,
        derivation,
        objectives,
        rows_of: BTreeMap::new(),
        best: rounded,
    };
    let short: Vec<(&Vec<usize>, i64)> = groups
        .values()
        .map(|columns| (columns, bench.missing(columns, picked)))
        .filter(|short| short.1 > 0)
        .collect();
    bench.rows_of = own_rows(program, short.iter().flat_map(|short| short.0));
    for (columns, missing) in short {
        bench.fill(columns, missing, picked);
    }
    bench.best
}

/// Rows without derived columns, of some payments: what a payment does to them is all that is done to them.
fn own_rows<'a>(
    program: &LinearProgram,
    columns: impl Iterator<Item = &'a usize>,
) -> BTreeMap<usize, Vec<(usize, i64)>> {
    let mut rows_of: BTreeMap<usize, Vec<(usize, i64)>> =
        columns.map(|&column| (column, Vec::new())).collect();
    for (row, entry) in program.rows.iter().enumerate() {
        let is_pay = |&(column, _): &(usize, i64)| {
            matches!(program.columns[column].key, ColumnKey::Pay { .. })
        };
        if entry.cells.iter().all(is_pay) {
            for &(column, coefficient) in &entry.cells {
                if let Some(rows) = rows_of.get_mut(&column) {
                    rows.push((row, coefficient));
                }
            }
        }
    }
    rows_of
}

struct Bench<'a> {
    program: &'a LinearProgram,
    derivation: &'a Derivation<'a>,
    objectives: &'a [&'a Objective],
    rows_of: BTreeMap<usize, Vec<(usize, i64)>>,
    best: Rounded,
}

impl Bench<'_> {
    /// Whole cents that the picked plan gives a group and the rounded one does not.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a saturating cast of a plan's amount; rows and goals decide in whole numbers"
    )]
    fn missing(&self, columns: &[usize], picked: &[f64]) -> i64 {
        let wanted: f64 = columns.iter().map(|&column| picked[column]).sum();
        let there: i64 = columns.iter().map(|&column| self.best.values[column]).sum();
        ((wanted + SAME_CENTS).floor() as i64).saturating_sub(there)
    }

    fn fill(&mut self, columns: &[usize], mut missing: i64, picked: &[f64]) {
        let mut order = columns.to_vec();
        let shortfall = |column: usize, values: &[i64]| {
            #[expect(clippy::cast_precision_loss, reason = "an order of preference")]
            let value = values[column] as f64;
            picked[column] - value
        };
        order.sort_by(|&a, &b| {
            let values = &self.best.values;
            shortfall(b, values)
                .total_cmp(&shortfall(a, values))
                .then(a.cmp(&b))
        });
        let mut step = missing;
        while missing > 0 && step > 0 {
            let step_now = step.min(missing);
            if order.iter().any(|&column| self.raise(column, step_now)) {
                missing -= step_now;
            } else {
                step = step_now / 2;
            }
        }
    }

    /// Raises one payment, if that is better.
    fn raise(&mut self, column: usize, by: i64) -> bool {
        let value = self.best.values[column].saturating_add(by);
        if value > self.program.columns[column].upper || !self.has_room(column, by) {
            return false;
        }
        let mut values = self.best.values.clone();
        values[column] = value;
        self.derivation.apply(&mut values);
        let raised = Rounded {
            excess: broken(self.program, &values),
            values,
        };
        let better = merit(self.program, &raised, self.objectives)
            > merit(self.program, &self.best, self.objectives);
        if better {
            self.best = raised;
        }
        better
    }

    /// Whether the rows of payments alone allow it.
    fn has_room(&self, column: usize, by: i64) -> bool {
        let rows = self.rows_of.get(&column).map_or(&[][..], Vec::as_slice);
        rows.iter().all(|&(row, coefficient)| {
            let entry = &self.program.rows[row];
            let step = i128::from(coefficient) * i128::from(by);
            let value = activity(&entry.cells, &self.best.values) + step;
            let play = i128::from(entry.play);
            let above = entry
                .upper
                .is_some_and(|upper| value > i128::from(upper) + play);
            let below = entry
                .lower
                .is_some_and(|lower| value < i128::from(lower) - play);
            !(step > 0 && above || step < 0 && below)
        })
    }
}
