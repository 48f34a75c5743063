//! Whether some rows of a programme can hold together, in exact fractions: the simplex of Dutertre and de Moura with Bland's rule.
//!
//! # Source
//! Dutertre and de Moura, *A fast linear-arithmetic solver for DPLL(T)*, CAV 2006, section 3.

use std::collections::BTreeMap;

use mappafondo::lp::{LinearProgram, Row};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// Whether the rows that are kept can all hold, columns between their bounds, proportions with their play.
pub(crate) fn can_hold(program: &LinearProgram, keep: impl Fn(&Row) -> bool) -> bool {
    let rows: Vec<&Row> = program.rows.iter().filter(|row| keep(row)).collect();
    let mut columns: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for (position, row) in rows.iter().enumerate() {
        for &(column, coefficient) in &row.cells {
            columns
                .entry(column)
                .or_default()
                .push((position, coefficient));
        }
    }
    // Columns that are alike in every row are one column with the sum of their bounds.
    let mut alike: BTreeMap<Vec<(usize, i64)>, (i128, i128)> = BTreeMap::new();
    for (column, cells) in columns {
        let entry = alike.entry(cells).or_default();
        entry.0 += i128::from(program.columns[column].lower);
        entry.1 += i128::from(program.columns[column].upper);
    }
    let mut simplex = Simplex::default();
    for (lower, upper) in alike.values() {
        simplex
            .bounds
            .push((Some(whole(*lower)), Some(whole(*upper))));
        simplex.values.push(whole(*lower));
    }
    let n = alike.len();
    for row in &rows {
        let bound = |bound: Option<i64>, by: i64| {
            bound.map(|bound| whole(i128::from(bound) + i128::from(by)))
        };
        simplex
            .bounds
            .push((bound(row.lower, -row.play), bound(row.upper, row.play)));
    }
    for position in 0..rows.len() {
        let mut line = vec![BigRational::zero(); n];
        for (column, cells) in alike.keys().enumerate() {
            for &(row, coefficient) in cells {
                if row == position {
                    line[column] += whole(i128::from(coefficient));
                }
            }
        }
        let value = line.iter().zip(&simplex.values).map(|(a, x)| a * x).sum();
        simplex.values.push(value);
        simplex.table.push(line);
        simplex.basic.push(n + position);
    }
    simplex.free = (0..n).collect();
    simplex.is_feasible()
}

fn whole(number: i128) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

#[derive(Default)]
struct Simplex {
    /// Bounds and value of every variable: columns, then rows.
    bounds: Vec<(Option<BigRational>, Option<BigRational>)>,
    values: Vec<BigRational>,
    /// Basic variables as sums of the free ones.
    table: Vec<Vec<BigRational>>,
    basic: Vec<usize>,
    free: Vec<usize>,
}

impl Simplex {
    fn is_feasible(&mut self) -> bool {
        loop {
            let broken = (0..self.basic.len())
                .filter_map(|row| Some((self.basic[row], row, self.wanted(row)?)));
            let Some((_, row, (target, up))) = broken.min_by_key(|broken| broken.0) else {
                return true;
            };
            let helps = (0..self.free.len()).filter(|&column| {
                let entry = &self.table[row][column];
                if entry.is_zero() {
                    return false;
                }
                let (variable, rises) = (self.free[column], entry.is_positive() == up);
                let (lower, upper) = &self.bounds[variable];
                let bound = if rises { upper } else { lower };
                bound
                    .as_ref()
                    .is_none_or(|bound| *bound != self.values[variable])
            });
            let Some(column) = helps.min_by_key(|&column| self.free[column]) else {
                return false;
            };
            self.pivot(row, column, &target);
        }
    }

    /// The bound that a basic variable breaks, and whether it has to rise.
    fn wanted(&self, row: usize) -> Option<(BigRational, bool)> {
        let variable = self.basic[row];
        let (value, (lower, upper)) = (&self.values[variable], &self.bounds[variable]);
        if let Some(lower) = lower.as_ref().filter(|lower| value < lower) {
            return Some((lower.clone(), true));
        }
        upper
            .as_ref()
            .filter(|upper| value > upper)
            .map(|upper| (upper.clone(), false))
    }

    fn pivot(&mut self, row: usize, column: usize, target: &BigRational) {
        let (leaves, enters) = (self.basic[row], self.free[column]);
        let step = (target - &self.values[leaves]) / &self.table[row][column];
        self.values[leaves] = target.clone();
        self.values[enters] += &step;
        for other in 0..self.basic.len() {
            if other != row && !self.table[other][column].is_zero() {
                let change = &self.table[other][column] * &step;
                self.values[self.basic[other]] += change;
            }
        }
        let pivot = self.table[row][column].clone();
        for (position, entry) in self.table[row].iter_mut().enumerate() {
            *entry = if position == column {
                pivot.recip()
            } else {
                -(&*entry / &pivot)
            };
        }
        let line = self.table[row].clone();
        for other in 0..self.basic.len() {
            let factor = self.table[other][column].clone();
            if other == row || factor.is_zero() {
                continue;
            }
            for (position, entry) in self.table[other].iter_mut().enumerate() {
                if position == column {
                    *entry = &factor * &line[column];
                } else if !line[position].is_zero() {
                    *entry += &factor * &line[position];
                }
            }
        }
        self.basic[row] = enters;
        self.free[column] = leaves;
    }
}
