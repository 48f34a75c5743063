//! A separable least-squares problem over linear rows, and the interior-point guess of its solution by Clarabel.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettingsBuilder, DefaultSolver, IPSolver as _, NonnegativeConeT, SolverStatus, ZeroConeT,
};

use super::scaled::SparseRows;
use crate::tolerance::INTERIOR_GAP;

/// Minimise `1/2 sum(weight (v - target)^2)` subject to `row_lower <= rows v <= row_upper`, `lower <= v <= upper`.
#[derive(Clone, Debug)]
pub(crate) struct Quadratic {
    pub(crate) weight: Vec<f64>,
    pub(crate) target: Vec<f64>,
    /// How much each column minds to move: its weight, or that of a sum it is part of where it has none.
    pub(crate) stiffness: Vec<f64>,
    pub(crate) lower: Vec<f64>,
    pub(crate) upper: Vec<f64>,
    pub(crate) rows: SparseRows,
    pub(crate) row_lower: Vec<f64>,
    pub(crate) row_upper: Vec<f64>,
}

/// A point with the multipliers of its rows and bounds; positive speaks of an upper bound, negative of a lower one.
#[derive(Clone, Debug)]
pub(crate) struct Guess {
    pub(crate) point: Vec<f64>,
    pub(crate) row: Vec<f64>,
    pub(crate) column: Vec<f64>,
}

/// One side of a constraint as Clarabel sees it.
#[derive(Clone, Copy)]
enum Side {
    Row(usize, f64),
    Column(usize, f64),
}

impl Quadratic {
    pub(crate) fn n(&self) -> usize {
        self.weight.len()
    }

    /// Clarabel's answer, or `None` where it has none.
    pub(crate) fn guess(&self) -> Option<Guess> {
        if self.n() == 0 {
            // Everything is fixed already; Clarabel panics on a problem without columns.
            return Some(Guess {
                point: Vec::new(),
                row: vec![0.0; self.rows.n_rows()],
                column: Vec::new(),
            });
        }
        let mut sides: Vec<(Side, f64)> = Vec::new();
        for row in 0..self.rows.n_rows() {
            if self.row_lower[row] >= self.row_upper[row] {
                sides.push((Side::Row(row, 1.0), self.row_upper[row]));
            }
        }
        let n_equal = sides.len();
        for row in 0..self.rows.n_rows() {
            if self.row_lower[row] >= self.row_upper[row] {
                continue;
            }
            if self.row_upper[row].is_finite() {
                sides.push((Side::Row(row, 1.0), self.row_upper[row]));
            }
            if self.row_lower[row].is_finite() {
                sides.push((Side::Row(row, -1.0), -self.row_lower[row]));
            }
        }
        for column in 0..self.n() {
            sides.push((Side::Column(column, 1.0), self.upper[column]));
            sides.push((Side::Column(column, -1.0), -self.lower[column]));
        }
        sides.retain(|side| side.1.is_finite());
        self.ask(&sides, n_equal)
    }

    fn ask(&self, sides: &[(Side, f64)], n_equal: usize) -> Option<Guess> {
        let mut by_column: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.n()];
        for (position, (side, _)) in sides.iter().enumerate() {
            match *side {
                Side::Row(row, sign) => {
                    for (column, value) in self.rows.row(row) {
                        by_column[column].push((position, sign * value));
                    }
                }
                Side::Column(column, sign) => by_column[column].push((position, sign)),
            }
        }
        let matrix = compress(sides.len(), &by_column);
        let weights: Vec<Vec<(usize, f64)>> = self
            .weight
            .iter()
            .enumerate()
            .map(|(column, &weight)| vec![(column, weight)])
            .collect();
        let hessian = compress(self.n(), &weights);
        let linear: Vec<f64> = self
            .weight
            .iter()
            .zip(&self.target)
            .map(|(weight, target)| -weight * target)
            .collect();
        let right: Vec<f64> = sides.iter().map(|side| side.1).collect();
        let cones = [ZeroConeT(n_equal), NonnegativeConeT(sides.len() - n_equal)];
        let settings = DefaultSettingsBuilder::default()
            .verbose(false)
            .tol_feas(INTERIOR_GAP)
            .tol_gap_abs(INTERIOR_GAP)
            .tol_gap_rel(INTERIOR_GAP)
            .build()
            .ok()?;
        let mut solver =
            DefaultSolver::new(&hessian, &linear, &matrix, &right, &cones, settings).ok()?;
        solver.solve();
        let found = matches!(
            solver.solution.status,
            SolverStatus::Solved | SolverStatus::AlmostSolved | SolverStatus::InsufficientProgress
        );
        found.then(|| self.read(sides, &solver.solution.x, &solver.solution.z))
    }

    fn read(&self, sides: &[(Side, f64)], point: &[f64], multipliers: &[f64]) -> Guess {
        let mut guess = Guess {
            point: point.to_vec(),
            row: vec![0.0; self.rows.n_rows()],
            column: vec![0.0; self.n()],
        };
        for ((side, _), &multiplier) in sides.iter().zip(multipliers) {
            match *side {
                Side::Row(row, sign) => guess.row[row] += sign * multiplier,
                Side::Column(column, sign) => guess.column[column] += sign * multiplier,
            }
        }
        guess
    }
}

fn compress(n_rows: usize, by_column: &[Vec<(usize, f64)>]) -> CscMatrix<f64> {
    let mut start = vec![0];
    let mut index = Vec::new();
    let mut value = Vec::new();
    for cells in by_column {
        for &(row, coefficient) in cells {
            index.push(row);
            value.push(coefficient);
        }
        start.push(index.len());
    }
    CscMatrix::new(n_rows, by_column.len(), start, index, value)
}
