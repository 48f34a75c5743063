//! The optimality system of a least-squares problem with a given active set, factorised once and refined to the last digits.

use clarabel::algebra::CscMatrix;
use clarabel::qdldl::{QDLDLFactorisation, QDLDLSettingsBuilder};

use super::extended::Sum;
use super::quadratic::Quadratic;
use crate::tolerance::PICK_REGULARISATION;

/// An elimination order of all columns and rows of a problem: what is free or active keeps it, so that it is found once.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// Columns, then rows (counted on), first to last.
    sequence: Vec<usize>,
}

impl Order {
    /// An order with little fill-in; `None` where there is none.
    pub(crate) fn new(problem: &Quadratic) -> Option<Self> {
        let n = problem.n();
        let is_equal = |c: usize| problem.lower[c] >= problem.upper[c];
        let (mut start, mut index) = (vec![0], Vec::new());
        for column in 0..n {
            index.push(column);
            start.push(index.len());
        }
        for row in 0..problem.rows.n_rows() {
            let cells = problem.rows.row(row).map(|cell| cell.0);
            let mut cells: Vec<usize> = cells.filter(|&c| !is_equal(c)).collect();
            cells.sort_unstable();
            index.append(&mut cells);
            index.push(n + row);
            start.push(index.len());
        }
        let size = start.len() - 1;
        let found = amd::order(size, &start, &index, &amd::Control::default());
        found.ok().map(|(sequence, _, _)| Self { sequence })
    }

    /// The order of a system with some of the columns and rows.
    fn of(&self, n: usize, place: &[Option<usize>], active: &[(usize, f64)]) -> Vec<usize> {
        let n_free = place.iter().flatten().count();
        let n_rows = self.sequence.len() - n;
        let mut rows = vec![None; n_rows];
        for (position, &(row, _)) in active.iter().enumerate() {
            rows[row] = Some(n_free + position);
        }
        let at = |&unknown: &usize| match unknown.checked_sub(n) {
            Some(row) => rows[row],
            None => place[unknown],
        };
        self.sequence.iter().filter_map(at).collect()
    }
}

/// Unknowns: the free columns, then the multipliers of the active rows.
pub(crate) struct Kkt {
    free: Vec<usize>,
    active: Vec<(usize, f64)>,
    factor: QDLDLFactorisation<f64>,
    /// Position of each column among the free ones.
    place: Vec<Option<usize>>,
}

impl Kkt {
    /// Factorises the system; `active` names rows with the bound they are held at.
    pub(crate) fn new(
        problem: &Quadratic,
        free: Vec<usize>,
        active: Vec<(usize, f64)>,
        order: Option<&Order>,
    ) -> Option<Self> {
        let mut place = vec![None; problem.n()];
        for (position, &column) in free.iter().enumerate() {
            place[column] = Some(position);
        }
        let n = free.len() + active.len();
        if n == 0 {
            return None;
        }
        let mut start = vec![0];
        let mut index = Vec::new();
        let mut value = Vec::new();
        for (position, &column) in free.iter().enumerate() {
            index.push(position);
            value.push(problem.weight[column] + PICK_REGULARISATION);
            start.push(index.len());
        }
        for (position, &(row, _)) in active.iter().enumerate() {
            let mut cells: Vec<(usize, f64)> = problem
                .rows
                .row(row)
                .filter_map(|(column, coefficient)| Some((place[column]?, coefficient)))
                .collect();
            cells.sort_unstable_by_key(|cell| cell.0);
            for (column, coefficient) in cells {
                index.push(column);
                value.push(coefficient);
            }
            index.push(free.len() + position);
            value.push(-PICK_REGULARISATION);
            start.push(index.len());
        }
        let signs = (0..n)
            .map(|k| if k < free.len() { 1 } else { -1 })
            .collect();
        let mut settings = QDLDLSettingsBuilder::default().Dsigns(signs).build().ok()?;
        settings.perm = order.map(|order| order.of(problem.n(), &place, &active));
        let matrix = CscMatrix::new(n, n, start, index, value);
        let factor = QDLDLFactorisation::new(&matrix, Some(settings)).ok()?;
        Some(Self {
            free,
            active,
            factor,
            place,
        })
    }

    /// Improves `point` (its free columns) and `row` (the multipliers of the active rows) until the system holds to the last
    /// digits; gives the largest residual left.
    pub(crate) fn solve(&mut self, problem: &Quadratic, point: &mut [f64], row: &mut [f64]) -> f64 {
        let mut best = f64::INFINITY;
        for _ in 0..30 {
            let mut residual = self.residual(problem, point, row);
            let size = residual.iter().fold(0.0_f64, |most, r| most.max(r.abs()));
            if size < 1e-15 || size > 0.9 * best {
                return size.min(best);
            }
            best = best.min(size);
            self.factor.solve(&mut residual);
            let n_free = self.free.len();
            for (&column, step) in self.free.iter().zip(&residual) {
                point[column] += step;
            }
            for (&(active, _), step) in self.active.iter().zip(&residual[n_free..]) {
                row[active] += step;
            }
        }
        best
    }

    /// What is missing to `weight (v - target) + transposed rows x multiplier = 0` and `rows v = bound`.
    fn residual(&self, problem: &Quadratic, point: &[f64], row: &[f64]) -> Vec<f64> {
        let n_free = self.free.len();
        let mut sums: Vec<Sum> = Vec::with_capacity(n_free + self.active.len());
        for &column in &self.free {
            let mut sum = Sum::default();
            sum.add_product(-problem.weight[column], point[column]);
            sum.add_product(problem.weight[column], problem.target[column]);
            sums.push(sum);
        }
        let mut held = Vec::with_capacity(self.active.len());
        for &(active, bound) in &self.active {
            let mut sum = Sum::of(bound);
            for (column, coefficient) in problem.rows.row(active) {
                sum.add_product(-coefficient, point[column]);
                if let Some(position) = self.place[column] {
                    sums[position].add_product(-coefficient, row[active]);
                }
            }
            held.push(sum);
        }
        sums.extend(held);
        sums.into_iter().map(Sum::value).collect()
    }
}
