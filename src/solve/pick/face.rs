//! The face of the plans equally good for every goal, without its fixed columns, and the problems the pick solves there.

use std::collections::BTreeMap;

use super::super::measure::Group;
use super::super::quadratic::Quadratic;
use super::super::scaled::{Scaled, SparseRows, float};
use super::Sum;
use crate::lp::{ColumnKey, LinearProgram};
use crate::model::Model;

/// The locked face without its fixed columns.
pub(super) struct Face {
    /// Free columns of the programme.
    pub(super) free: Vec<usize>,
    /// Value of every column, fixed ones at their bound.
    pub(super) fixed: Vec<f64>,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
    pub(super) rows: SparseRows,
    pub(super) row_lower: Vec<f64>,
    pub(super) row_upper: Vec<f64>,
    pub(super) place: Vec<Option<usize>>,
    /// Rows of the programme; held totals come after.
    pub(super) n_rows: usize,
    /// Cents in the unit of amounts.
    pub(super) unit: f64,
}

impl Face {
    pub(super) fn new(program: &LinearProgram, scaled: &Scaled, guess: &[f64]) -> Self {
        let free: Vec<usize> = (0..scaled.n_columns())
            .filter(|&c| scaled.lower[c] < scaled.upper[c])
            .collect();
        let mut place = vec![None; scaled.n_columns()];
        for (position, &column) in free.iter().enumerate() {
            place[column] = Some(position);
        }
        let mut rows = SparseRows::new();
        let (mut row_lower, mut row_upper) = (Vec::new(), Vec::new());
        for row in 0..scaled.n_rows() {
            let mut constant = 0.0;
            let mut cells = Vec::new();
            for (column, coefficient) in scaled.matrix.row(row) {
                match place[column] {
                    Some(position) => cells.push((position, coefficient)),
                    None => constant += coefficient * scaled.lower[column],
                }
            }
            let empty = cells.is_empty();
            rows.push(cells);
            // A row whose columns are all fixed says nothing any more.
            row_lower.push(if empty {
                f64::NEG_INFINITY
            } else {
                scaled.row_lower[row] - constant
            });
            row_upper.push(if empty {
                f64::INFINITY
            } else {
                scaled.row_upper[row] - constant
            });
        }
        let fixed = (0..program.columns.len())
            .map(|c| {
                if place[c].is_some() {
                    guess[c]
                } else {
                    scaled.lower[c]
                }
            })
            .collect();
        Self {
            lower: free.iter().map(|&c| scaled.lower[c]).collect(),
            upper: free.iter().map(|&c| scaled.upper[c]).collect(),
            free,
            fixed,
            rows,
            row_lower,
            row_upper,
            place,
            n_rows: scaled.n_rows(),
            unit: scaled.unit,
        }
    }

    pub(super) fn n(&self) -> usize {
        self.free.len()
    }

    /// First step: one more column per group and per square over several, its total, as near as can be to its target.
    pub(super) fn nearest(
        &self,
        groups: &BTreeMap<Group, Vec<usize>>,
        squares: &[Sum],
    ) -> Quadratic {
        let n = self.n();
        let mut problem = Quadratic {
            weight: vec![0.0; n],
            target: vec![0.0; n],
            stiffness: vec![1.0; n],
            lower: self.lower.clone(),
            upper: self.upper.clone(),
            rows: self.rows.clone(),
            row_lower: self.row_lower.clone(),
            row_upper: self.row_upper.clone(),
        };
        let mut add = |cells: Vec<(usize, f64)>, constant: f64, most: f64| {
            let total = problem.n();
            problem.weight.push(0.0);
            problem.target.push(0.0);
            problem.stiffness.push(0.0);
            problem.lower.push(-1.0);
            problem.upper.push(most + constant + 1.0);
            problem.rows.push(cells.into_iter().chain([(total, -1.0)]));
            problem.row_lower.push(-constant);
            problem.row_upper.push(-constant);
            most + constant
        };
        let mut most_of = Vec::with_capacity(groups.len());
        for columns in groups.values() {
            let (cells, constant, most) = self.total(columns);
            most_of.push(add(cells, constant, most));
        }
        for square in squares.iter().filter(|square| square.of.len() > 1) {
            let cells = square.of.iter().map(|&(group, _)| (n + group, 1.0));
            let most = square.of.iter().map(|&(group, _)| most_of[group]).sum();
            add(cells.collect(), 0.0, most);
        }
        let mut longer = n + groups.len();
        for square in squares {
            let total = match square.of[..] {
                [(group, _)] => n + group,
                _ => {
                    longer += 1;
                    longer - 1
                }
            };
            problem.weight[total] = square.weight;
            problem.stiffness[total] = square.weight;
            problem.target[total] = square.target;
            for &(group, _) in &square.of {
                problem.stiffness[n + group] = square.weight;
            }
        }
        // A column that is only drawn moves its total.
        for (position, columns) in groups.values().enumerate() {
            for &column in columns {
                if let Some(place) = self.place[column] {
                    problem.stiffness[place] = problem.stiffness[n + position];
                }
            }
        }
        problem
    }

    /// Free cells of a group, what its fixed ones give, and the most its free ones can.
    pub(super) fn total(&self, columns: &[usize]) -> (Vec<(usize, f64)>, f64, f64) {
        let (mut cells, mut constant, mut most) = (Vec::new(), 0.0, 0.0);
        for &column in columns {
            match self.place[column] {
                Some(position) => {
                    cells.push((position, 1.0));
                    most += self.upper[position];
                }
                None => constant += self.fixed[column],
            }
        }
        (cells, constant, most)
    }

    /// Holds the totals of the first step; sums of them say nothing more.
    pub(super) fn hold(
        &mut self,
        groups: &BTreeMap<Group, Vec<usize>>,
        totals: &[f64],
        longer: usize,
    ) {
        for (columns, &total) in groups.values().zip(totals) {
            let (cells, constant, _) = self.total(columns);
            let says_nothing = cells.is_empty();
            self.rows.push(cells);
            let (lower, upper) = if says_nothing {
                (f64::NEG_INFINITY, f64::INFINITY)
            } else {
                (total - constant, total - constant)
            };
            self.row_lower.push(lower);
            self.row_upper.push(upper);
        }
        for _ in 0..longer {
            self.rows.push([]);
            self.row_lower.push(f64::NEG_INFINITY);
            self.row_upper.push(f64::INFINITY);
        }
    }

    /// What the second step weighs the square of each free column with: one by its need.
    pub(super) fn weights(&self, model: &Model, program: &LinearProgram) -> Vec<f64> {
        let weight = |&column: &usize| {
            let entry = &program.columns[column];
            let size = match entry.key {
                ColumnKey::Pay { demand, .. } => model.demands[demand]
                    .euro
                    .map_or(entry.upper, |euro| euro.cents()),
                _ => entry.upper,
            };
            self.unit / float(size.max(1))
        };
        self.free.iter().map(weight).collect()
    }

    /// Second step: the smallest sum of `amount^2 / need`, so that equal claims get amounts in proportion to need.
    pub(super) fn proportional(&self, weight: Vec<f64>) -> Quadratic {
        Quadratic {
            stiffness: weight.clone(),
            weight,
            target: vec![0.0; self.n()],
            lower: self.lower.clone(),
            upper: self.upper.clone(),
            rows: self.rows.clone(),
            row_lower: self.row_lower.clone(),
            row_upper: self.row_upper.clone(),
        }
    }

    /// Values of all columns in cents.
    pub(super) fn values(&self, point: &[f64]) -> Vec<f64> {
        let mut values = self.fixed.clone();
        for (&column, value) in self.free.iter().zip(point) {
            values[column] = *value;
        }
        values.iter().map(|value| value * self.unit).collect()
    }
}
