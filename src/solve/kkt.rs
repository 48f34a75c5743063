//! The optimality system of a least-squares problem with a given active set, factorised once and refined to the last digits.

use super::extended::Sum;
use super::normal::{Normal, RowPattern};
use super::quadratic::Quadratic;

/// Unknowns: the free columns and the multipliers of the active rows. Columns are eliminated by hand: what is factorised has one
/// unknown a row.
pub(crate) struct Kkt<'p> {
    normal: Normal<'p>,
    /// Free columns, and the inverse weight of every column: zero where it is not free.
    free: Vec<usize>,
    inverse: Vec<f64>,
    /// Active rows with the bound they are held at.
    active: Vec<(usize, f64)>,
    extra: Vec<f64>,
}

impl<'p> Kkt<'p> {
    /// Room for the systems of a problem.
    pub(crate) fn new(problem: &Quadratic, pattern: &'p RowPattern) -> Self {
        Self {
            normal: Normal::new(pattern, problem.n(), &problem.rows),
            free: Vec::new(),
            inverse: vec![0.0; problem.n()],
            active: Vec::new(),
            extra: vec![f64::INFINITY; problem.rows.n_rows()],
        }
    }

    /// Factorises the system of these free columns and active rows, named with the bound they are held at.
    pub(crate) fn factor(
        &mut self,
        problem: &Quadratic,
        free: Vec<usize>,
        active: Vec<(usize, f64)>,
    ) {
        self.inverse.fill(0.0);
        for &column in &free {
            self.inverse[column] = 1.0 / problem.weight[column];
        }
        self.extra.fill(f64::INFINITY);
        for &(row, _) in &active {
            self.extra[row] = 0.0;
        }
        (self.free, self.active) = (free, active);
        self.normal
            .factor(&problem.rows, &self.inverse, &self.extra);
    }

    /// Improves `point` (its free columns) and `row` (the multipliers of the active rows) until the system holds to a digit or,
    /// `fine`, to the last ones; gives the largest residual left.
    pub(crate) fn solve(
        &mut self,
        problem: &Quadratic,
        point: &mut [f64],
        row: &mut [f64],
        fine: bool,
    ) -> f64 {
        let mut best = f64::INFINITY;
        let mut pull = vec![0.0; problem.n()];
        let mut held = vec![0.0; row.len()];
        let enough = if fine { 1e-15 } else { 1e-13 };
        for _ in 0..30 {
            if fine {
                self.residual(problem, point, row, (&mut pull, &mut held));
            } else {
                self.rough(problem, point, row, (&mut pull, &mut held));
            }
            let largest = |most: f64, r: f64| most.max(r.abs());
            // A column that minds much goes so much less far for what pulls it.
            let way = |&c: &usize| pull[c] / problem.weight[c].max(1.0);
            let columns = self.free.iter().map(way).fold(0.0, largest);
            let rows = self.active.iter().map(|&(r, _)| held[r]);
            let size = rows.fold(columns, largest);
            if size < enough || size > 0.9 * best {
                return size.min(best);
            }
            best = best.min(size);
            self.improve(problem, point, row, (&mut pull, &mut held));
        }
        best
    }

    /// One step of refinement from what is missing.
    fn improve(
        &mut self,
        problem: &Quadratic,
        point: &mut [f64],
        row: &mut [f64],
        (pull, held): (&mut [f64], &mut [f64]),
    ) {
        for &(active, _) in &self.active {
            let cells = problem.rows.row(active);
            let sum: f64 = cells
                .map(|(c, cell)| cell * self.inverse[c] * pull[c])
                .sum();
            held[active] = sum - held[active];
        }
        self.normal.solve(held);
        for &(active, _) in &self.active {
            let step = held[active];
            row[active] += step;
            for (column, cell) in problem.rows.row(active) {
                pull[column] -= cell * step;
            }
        }
        for &column in &self.free {
            point[column] += self.inverse[column] * pull[column];
        }
    }

    /// What is missing to `weight (v - target) + transposed rows x multiplier = 0` and `rows v = bound`, in the working precision.
    fn rough(
        &self,
        problem: &Quadratic,
        point: &[f64],
        row: &[f64],
        (pull, held): (&mut [f64], &mut [f64]),
    ) {
        held.fill(0.0);
        for &column in &self.free {
            pull[column] = problem.weight[column] * (problem.target[column] - point[column]);
        }
        for &(active, bound) in &self.active {
            let mut missing = bound;
            let multiplier = row[active];
            for (column, cell) in problem.rows.row(active) {
                missing -= cell * point[column];
                pull[column] -= cell * multiplier;
            }
            held[active] = missing;
        }
    }

    /// The same in twice the working precision.
    fn residual(
        &self,
        problem: &Quadratic,
        point: &[f64],
        row: &[f64],
        (pull, held): (&mut [f64], &mut [f64]),
    ) {
        held.fill(0.0);
        let mut sums = vec![Sum::default(); problem.n()];
        for &column in &self.free {
            let sum = &mut sums[column];
            sum.add_product(-problem.weight[column], point[column]);
            sum.add_product(problem.weight[column], problem.target[column]);
        }
        for &(active, bound) in &self.active {
            let mut sum = Sum::of(bound);
            for (column, cell) in problem.rows.row(active) {
                sum.add_product(-cell, point[column]);
                if self.inverse[column] > 0.0 {
                    sums[column].add_product(-cell, row[active]);
                }
            }
            held[active] = sum.value();
        }
        for &column in &self.free {
            pull[column] = sums[column].value();
        }
    }
}
