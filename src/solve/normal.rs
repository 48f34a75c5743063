//! The rows of a least-squares problem as a symmetric system: `rows x inverse weights x transposed rows`. Its order of elimination
//! and the pattern of its factor depend on which columns each row has, so they are found once for all scenarios of a model; what
//! is not active or not free is left out as the numbers come, and costs nothing.
//!
//! # Source
//! T. A. Davis, *Direct Methods for Sparse Linear Systems*, SIAM 2006, chapters 2 and 4 (elimination tree, up-looking factor).

use super::scaled::SparseRows;
use crate::tolerance::PICK_REGULARISATION;

/// The pattern of the factor of rows, whatever their numbers.
#[derive(Clone, Debug)]
pub(crate) struct RowPattern {
    /// Rows, first to last eliminated.
    sequence: Vec<usize>,
    /// Position of each row in the sequence.
    place: Vec<usize>,
    /// Positions that each position depends on, increasing: row of the factor.
    row_start: Vec<usize>,
    row_index: Vec<u32>,
    /// Where each column of the factor begins.
    column_start: Vec<usize>,
    /// The columns each row had.
    of: (Vec<usize>, Vec<usize>),
}

impl RowPattern {
    /// An order with little fill-in, and its pattern; `None` where there is no order.
    pub(crate) fn new(n_columns: usize, rows: &SparseRows) -> Option<Self> {
        let n = rows.n_rows();
        if n == 0 {
            return Some(Self::empty());
        }
        u32::try_from(n).ok()?;
        let columns = Columns::new(n_columns, rows);
        let (mut start, mut index) = (vec![0], Vec::new());
        let mut seen = vec![usize::MAX; n];
        for row in 0..n {
            for (column, _) in rows.row(row) {
                for (other, _) in columns.column(column) {
                    if other < row && seen[other] != row {
                        seen[other] = row;
                        index.push(other);
                    }
                }
            }
            let from = start.last().copied().unwrap_or(0);
            index[from..].sort_unstable();
            index.push(row);
            start.push(index.len());
        }
        let (sequence, _, _) = amd::order(n, &start, &index, &amd::Control::default()).ok()?;
        let mut place = vec![0; n];
        for (position, &row) in sequence.iter().enumerate() {
            place[row] = position;
        }
        // Neighbours of each position, whichever of the two comes later.
        let mut earlier: Vec<Vec<usize>> = vec![Vec::new(); n];
        for row in 0..n {
            for &other in &index[start[row]..start[row + 1]] {
                let (a, b) = (place[row], place[other]);
                if a != b {
                    earlier[a.max(b)].push(a.min(b));
                }
            }
        }
        let mut parent = vec![usize::MAX; n];
        let mut marked = vec![usize::MAX; n];
        let (mut row_start, mut row_index) = (vec![0], Vec::new());
        let mut column_start = vec![0; n + 1];
        for position in 0..n {
            marked[position] = position;
            let from = row_index.len();
            for &neighbour in &earlier[position] {
                let mut at = neighbour;
                while marked[at] != position {
                    marked[at] = position;
                    row_index.push(small(at));
                    column_start[at + 1] += 1;
                    if parent[at] == usize::MAX {
                        parent[at] = position;
                    }
                    at = parent[at];
                }
            }
            row_index[from..].sort_unstable();
            row_start.push(row_index.len());
        }
        for position in 0..n {
            column_start[position + 1] += column_start[position];
        }
        Some(Self {
            sequence,
            place,
            row_start,
            row_index,
            column_start,
            of: (rows.start.clone(), rows.index.clone()),
        })
    }

    fn empty() -> Self {
        Self {
            sequence: Vec::new(),
            place: Vec::new(),
            row_start: vec![0],
            row_index: Vec::new(),
            column_start: vec![0],
            of: (vec![0], Vec::new()),
        }
    }

    /// Whether it is the pattern of these rows.
    pub(crate) fn is_of(&self, rows: &SparseRows) -> bool {
        self.of.0 == rows.start && self.of.1 == rows.index
    }
}

/// A position in four bytes: what is read most is the index of the factor. [`RowPattern::new`] sees to it that all fit.
fn small(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// The columns of some rows, with the row of each cell.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    start: Vec<usize>,
    index: Vec<u32>,
    value: Vec<f64>,
}

impl Columns {
    pub(crate) fn new(n: usize, rows: &SparseRows) -> Self {
        Self::in_order(n, rows, 0..rows.n_rows(), |row| row)
    }

    /// Rows in an order, and what each is called.
    fn in_order(
        n: usize,
        rows: &SparseRows,
        order: impl Iterator<Item = usize>,
        name: impl Fn(usize) -> usize,
    ) -> Self {
        let mut start = vec![0; n + 1];
        for &column in &rows.index {
            start[column + 1] += 1;
        }
        for column in 0..n {
            start[column + 1] += start[column];
        }
        let mut next = start.clone();
        let mut index = vec![0_u32; rows.index.len()];
        let mut value = vec![0.0; rows.index.len()];
        for row in order {
            for (column, cell) in rows.row(row) {
                index[next[column]] = small(name(row));
                value[next[column]] = cell;
                next[column] += 1;
            }
        }
        Self {
            start,
            index,
            value,
        }
    }

    fn column(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.start[column]..self.start[column + 1];
        self.index[range.clone()]
            .iter()
            .map(|&at| at as usize)
            .zip(self.value[range].iter().copied())
    }
}

/// The factor of a system: lower triangle and inverse pivots, in the sequence of the pattern.
#[derive(Clone, Debug)]
pub(crate) struct Normal<'p> {
    pattern: &'p RowPattern,
    columns: Columns,
    /// Entries of each column of the factor so far.
    end: Vec<usize>,
    index: Vec<u32>,
    value: Vec<f64>,
    /// Inverse pivots; zero where a row is left out or has nothing free.
    pivot: Vec<f64>,
    work: Vec<f64>,
}

impl<'p> Normal<'p> {
    /// Room for the systems of a problem with these rows, which are of the pattern or have fewer cells.
    pub(crate) fn new(pattern: &'p RowPattern, n_columns: usize, rows: &SparseRows) -> Self {
        let n = pattern.sequence.len();
        let size = pattern.row_index.len();
        Self {
            pattern,
            columns: Columns::in_order(n_columns, rows, pattern.sequence.iter().copied(), |row| {
                pattern.place[row]
            }),
            end: vec![0; n],
            index: vec![0; size],
            value: vec![0.0; size],
            pivot: vec![0.0; n],
            work: vec![0.0; n],
        }
    }

    /// Factorises: `inverse` is the inverse weight of each column, zero where it does not move; `extra` is added to the diagonal of
    /// each row, infinite where the row is left out.
    pub(crate) fn factor(&mut self, rows: &SparseRows, inverse: &[f64], extra: &[f64]) {
        let pattern = self.pattern;
        let n = pattern.sequence.len();
        self.end.copy_from_slice(&pattern.column_start[..n]);
        let work = &mut self.work;
        for position in 0..n {
            let row = pattern.sequence[position];
            self.pivot[position] = 0.0;
            if extra[row].is_infinite() {
                continue;
            }
            for (column, cell) in rows.row(row) {
                let scaled = cell * inverse[column];
                if scaled == 0.0 {
                    continue;
                }
                for (other, value) in self.columns.column(column) {
                    if other > position {
                        break;
                    }
                    work[other] += scaled * value;
                }
            }
            let own = std::mem::take(&mut work[position]) + extra[row];
            let mut pivot = own;
            let range = pattern.row_start[position]..pattern.row_start[position + 1];
            for &earlier in &pattern.row_index[range] {
                let earlier = earlier as usize;
                let value = std::mem::take(&mut work[earlier]);
                if value == 0.0 || self.pivot[earlier] == 0.0 {
                    continue;
                }
                let cells = pattern.column_start[earlier]..self.end[earlier];
                for (&at, cell) in self.index[cells.clone()].iter().zip(&self.value[cells]) {
                    work[at as usize] -= cell * value;
                }
                let cell = value * self.pivot[earlier];
                pivot -= value * cell;
                let end = self.end[earlier];
                self.index[end] = small(position);
                self.value[end] = cell;
                self.end[earlier] = end + 1;
            }
            if own > 0.0 {
                // A row that is a sum of earlier ones keeps what regularises it.
                let least = (PICK_REGULARISATION * own.min(1.0)).max(f64::EPSILON * 16.0 * own);
                self.pivot[position] = 1.0 / (pivot.max(0.0) + least);
            }
        }
    }

    /// Solves for one right-hand side, by row.
    pub(crate) fn solve(&mut self, right: &mut [f64]) {
        let pattern = self.pattern;
        let work = &mut self.work;
        for (at, &row) in work.iter_mut().zip(&pattern.sequence) {
            *at = right[row];
        }
        let n = pattern.sequence.len();
        for position in 0..n {
            let value = work[position];
            let cells = pattern.column_start[position]..self.end[position];
            for (&at, cell) in self.index[cells.clone()].iter().zip(&self.value[cells]) {
                work[at as usize] -= cell * value;
            }
        }
        for position in (0..n).rev() {
            let cells = pattern.column_start[position]..self.end[position];
            let cells = self.index[cells.clone()].iter().zip(&self.value[cells]);
            let later: f64 = cells.map(|(&at, cell)| cell * work[at as usize]).sum();
            work[position] = work[position] * self.pivot[position] - later;
        }
        for (at, &row) in work.iter_mut().zip(&pattern.sequence) {
            right[row] = std::mem::take(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows `x + 2 y`, `y - z` and twice the first.
    fn rows() -> SparseRows {
        let mut rows = SparseRows::new();
        rows.push([(0, 1.0), (1, 2.0)]);
        rows.push([(1, 1.0), (2, -1.0)]);
        rows.push([(0, 2.0), (1, 4.0)]);
        rows
    }

    /// `rows x inverse x transposed rows`, of the rows that are there, times a vector.
    fn times(rows: &SparseRows, inverse: &[f64], there: &[usize], by: &[f64]) -> Vec<f64> {
        let mut columns = vec![0.0; inverse.len()];
        for &row in there {
            for (column, cell) in rows.row(row) {
                columns[column] += cell * by[row];
            }
        }
        let sum = |&row: &usize| -> f64 {
            let cells = rows.row(row);
            cells.map(|(c, cell)| cell * inverse[c] * columns[c]).sum()
        };
        there.iter().map(sum).collect()
    }

    #[test]
    fn a_row_left_out_costs_nothing_and_the_others_are_solved() {
        let rows = rows();
        let pattern = RowPattern::new(3, &rows).unwrap();
        assert!(pattern.is_of(&rows));
        let mut normal = Normal::new(&pattern, 3, &rows);
        let inverse = [1.0, 0.5, 2.0];
        normal.factor(&rows, &inverse, &[0.0, 0.0, f64::INFINITY]);
        let mut by = [3.0, -1.0, 0.0];
        normal.solve(&mut by);
        let found = times(&rows, &inverse, &[0, 1], &by);
        // What regularises a row is a part of it.
        assert!((found[0] - 3.0).abs() < 1e-6 && (found[1] + 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_row_that_repeats_another_does_no_harm() {
        let rows = rows();
        let pattern = RowPattern::new(3, &rows).unwrap();
        let mut normal = Normal::new(&pattern, 3, &rows);
        let inverse = [1.0, 0.5, 2.0];
        normal.factor(&rows, &inverse, &[0.0; 3]);
        let mut by = [3.0, -1.0, 6.0];
        normal.solve(&mut by);
        let found = times(&rows, &inverse, &[0, 1, 2], &by);
        for (found, wanted) in found.iter().zip([3.0, -1.0, 6.0]) {
            assert!((found - wanted).abs() < 1e-6, "{found} instead of {wanted}");
        }
    }

    #[test]
    fn rows_of_other_columns_are_not_of_the_pattern() {
        let mut other = rows();
        other.push([(2, 1.0)]);
        assert!(!RowPattern::new(3, &rows()).unwrap().is_of(&other));
    }
}
