//! Where the numbers of a programme are: its rows and columns, and the factor of its normal equations. Found once, shared by
//! every scenario of the same structure.

use amd::{Control, order};

use super::super::scaled::SparseRows;

/// The pattern of a sparse matrix and of the factor of `matrix x diagonal x transposed matrix`.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) n_columns: usize,
    pub(crate) n_rows: usize,
    /// Start of each row among the nonzeros.
    pub(crate) row_start: Vec<u32>,
    /// Column of each nonzero, row by row.
    pub(crate) row_index: Vec<u32>,
    /// Start of each column among its nonzeros.
    pub(crate) column_start: Vec<u32>,
    /// Row of each nonzero, column by column; in the order of elimination.
    pub(crate) column_row: Vec<u32>,
    /// Where the nonzero stands in the row-wise order.
    pub(crate) column_at: Vec<u32>,
    /// Place of each product of two nonzeros of a column: pairs (second, first <= second), column by column. Below
    /// `n_rows` it is a pivot, else an entry of the factor, offset by `n_rows`.
    pub(crate) product_place: Vec<u32>,
    pub(crate) factor: FactorPattern,
    /// Columns that are the total of a row, with that row.
    pub(crate) totals: Vec<(u32, u32)>,
    /// Columns that are eliminated after their rows, not before: with the rows they are the nodes of the factor.
    pub(crate) late: Vec<u32>,
    /// Of each late column its cells: place in the factor and where the nonzero stands in the row-wise order.
    pub(crate) late_start: Vec<u32>,
    pub(crate) late_cell: Vec<(u32, u32)>,
    /// Places of the rows of late columns.
    pub(crate) late_rows: Vec<u32>,
    /// Whether a column is late.
    pub(crate) is_late: Vec<bool>,
}

/// The pattern of a lower triangular factor with unit diagonal, column by column.
#[derive(Clone, Debug)]
pub(crate) struct FactorPattern {
    /// Position of each row in the order of elimination.
    pub(crate) place: Vec<u32>,
    /// Start of each column.
    pub(crate) start: Vec<u32>,
    /// Row of each entry, ascending.
    pub(crate) index: Vec<u32>,
    /// Start of each row among the entries left of the diagonal.
    pub(crate) left_start: Vec<u32>,
    /// Column of each entry left of the diagonal.
    pub(crate) left_column: Vec<u32>,
    /// Where it is stored.
    pub(crate) left_at: Vec<u32>,
}

fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl Pattern {
    /// The pattern of some rows; `None` where it is too large for 32 bits or cannot be ordered. `late` columns are kept out of the
    /// normal equations.
    pub(crate) fn new(rows: &SparseRows, n_columns: usize, late: &[usize]) -> Option<Self> {
        let n_rows = rows.n_rows();
        let mut columns: Vec<Vec<(usize, usize)>> = vec![Vec::new(); n_columns];
        for row in 0..n_rows {
            for at in rows.start[row]..rows.start[row + 1] {
                columns[rows.index[at]].push((row, at));
            }
        }
        let mut is_late = vec![false; n_columns];
        for &column in late {
            is_late[column] = true;
        }
        // Ordered as if no column were late; then each comes right after the last of its rows.
        let order = elimination_order(&neighbours(columns.iter(), n_rows))?;
        let place = with_late(&order, late.iter().map(|&column| &columns[column]));
        let early = columns.iter().zip(&is_late).filter(|(_, late)| !**late);
        let mut near = neighbours(early.map(|(cells, _)| cells), n_rows);
        near.resize(n_rows + late.len(), Vec::new());
        for (position, &column) in late.iter().enumerate() {
            for &(row, _) in &columns[column] {
                near[row].push(n_rows + position);
                near[n_rows + position].push(row);
            }
        }
        let mut factor = FactorPattern::new(&near, place)?;
        factor.add_left();
        let mut pattern = Self {
            n_columns,
            n_rows,
            row_start: rows.start.iter().map(|&at| small(at)).collect(),
            row_index: rows.index.iter().map(|&column| small(column)).collect(),
            column_start: vec![0],
            column_row: Vec::new(),
            column_at: Vec::new(),
            product_place: Vec::new(),
            factor,
            totals: Vec::new(),
            late: late.iter().map(|&column| small(column)).collect(),
            late_start: vec![0],
            late_cell: Vec::new(),
            late_rows: Vec::new(),
            is_late,
        };
        for (position, &column) in late.iter().enumerate() {
            for &(row, at) in &columns[column] {
                let place = pattern.factor.find(row, n_rows + position)?;
                pattern.late_cell.push((place, small(at)));
                pattern.late_rows.push(pattern.factor.place[row]);
            }
            pattern.late_start.push(small(pattern.late_cell.len()));
        }
        pattern.late_rows.sort_unstable();
        pattern.late_rows.dedup();
        for (column, mut cells) in columns.into_iter().enumerate() {
            cells.sort_unstable_by_key(|cell| pattern.factor.place[cell.0]);
            for (k, &(row, at)) in cells.iter().enumerate() {
                pattern.column_row.push(small(row));
                pattern.column_at.push(small(at));
                if pattern.is_late[column] {
                    continue;
                }
                for &(earlier, _) in &cells[..=k] {
                    let place = pattern.factor.find(row, earlier)?;
                    pattern.product_place.push(place);
                }
            }
            pattern.column_start.push(small(pattern.column_row.len()));
        }
        Some(pattern)
    }
}

/// Places of rows and late columns, each late column right after the last of its rows.
fn with_late<'c>(order: &[u32], late: impl Iterator<Item = &'c Vec<(usize, usize)>>) -> Vec<u32> {
    let n_rows = order.len();
    let mut keys: Vec<(u32, usize)> = order
        .iter()
        .enumerate()
        .map(|(node, &at)| (at, node))
        .collect();
    for (position, cells) in late.enumerate() {
        let last = cells.iter().map(|&(row, _)| order[row]).max().unwrap_or(0);
        keys.push((last, n_rows + position));
    }
    keys.sort_unstable();
    let mut place = vec![0; keys.len()];
    for (at, (_, node)) in keys.into_iter().enumerate() {
        place[node] = small(at);
    }
    place
}

/// For each row, the rows that share a column with it.
fn neighbours<'c>(
    columns: impl Iterator<Item = &'c Vec<(usize, usize)>>,
    n_rows: usize,
) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); n_rows];
    for cells in columns {
        for &(row, _) in cells {
            for &(other, _) in cells {
                if other != row {
                    neighbours[row].push(other);
                }
            }
        }
    }
    for rows in &mut neighbours {
        rows.sort_unstable();
        rows.dedup();
    }
    neighbours
}

/// Approximate minimum degree.
fn elimination_order(neighbours: &[Vec<usize>]) -> Option<Vec<u32>> {
    let mut start = vec![0_i64];
    let mut index = Vec::new();
    for (own, rows) in neighbours.iter().enumerate() {
        // With its diagonal: the crate takes the size of the matrix from the number of entries.
        let before = rows.partition_point(|&row| row < own);
        for row in rows[..before].iter().chain([&own]).chain(&rows[before..]) {
            index.push(i64::try_from(*row).ok()?);
        }
        start.push(i64::try_from(index.len()).ok()?);
    }
    let n = i64::try_from(neighbours.len()).ok()?;
    let (_, inverse, _) = order(n, &start, &index, &Control::default()).ok()?;
    inverse
        .iter()
        .map(|&place| u32::try_from(place).ok())
        .collect()
}

impl FactorPattern {
    fn new(neighbours: &[Vec<usize>], place: Vec<u32>) -> Option<Self> {
        let n = neighbours.len();
        let mut row_at = vec![0; n];
        for (row, &place) in place.iter().enumerate() {
            row_at[place as usize] = row;
        }
        // Column by column: its own neighbours and what its children in the elimination tree hand on.
        let mut columns: Vec<Vec<u32>> = vec![Vec::new(); n];
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); n];
        for column in 0..n {
            let mut below: Vec<u32> = neighbours[row_at[column]]
                .iter()
                .map(|&row| place[row])
                .filter(|&place| place as usize > column)
                .collect();
            for &child in &children[column] {
                below.extend(columns[child].iter().filter(|&&row| row as usize > column));
            }
            below.sort_unstable();
            below.dedup();
            if let Some(&parent) = below.first() {
                children[parent as usize].push(column);
            }
            columns[column] = below;
        }
        let total: usize = columns.iter().map(Vec::len).sum();
        u32::try_from(total + n).ok()?;
        let mut start = vec![0];
        let mut index = Vec::with_capacity(total);
        for column in columns {
            index.extend(column);
            start.push(small(index.len()));
        }
        Some(Self {
            place,
            start,
            index,
            left_start: Vec::new(),
            left_column: Vec::new(),
            left_at: Vec::new(),
        })
    }

    fn add_left(&mut self) {
        let n = self.place.len();
        let mut rows: Vec<Vec<(u32, u32)>> = vec![Vec::new(); n];
        for column in 0..n {
            for at in self.start[column]..self.start[column + 1] {
                rows[self.index[at as usize] as usize].push((small(column), at));
            }
        }
        self.left_start.push(0);
        for row in rows {
            for (column, at) in row {
                self.left_column.push(column);
                self.left_at.push(at);
            }
            self.left_start.push(small(self.left_column.len()));
        }
    }

    /// Place of the product of two rows: a pivot, or an entry of the factor offset by the number of rows.
    fn find(&self, row: usize, other: usize) -> Option<u32> {
        let (a, b) = (self.place[row], self.place[other]);
        if a == b {
            return Some(a);
        }
        let (low, high) = (a.min(b) as usize, a.max(b));
        let (from, to) = (self.start[low] as usize, self.start[low + 1] as usize);
        let at = self.index[from..to].binary_search(&high).ok()?;
        Some(small(self.place.len() + from + at))
    }
}
