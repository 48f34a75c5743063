//! Rows that say something of one column only are bounds of that column, and better said as such: a fund that a cap on each of its
//! payments nearly exhausts leaves a few cents, and in the normal equations those few cents are lost against the whole fund.

use super::super::scaled::SparseRows;
use crate::tolerance::BATCH_SAME;

/// Where columns and rows of a lane may go.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sides {
    pub(crate) lower: Vec<f64>,
    pub(crate) upper: Vec<f64>,
    pub(crate) row_lower: Vec<f64>,
    pub(crate) row_upper: Vec<f64>,
}

impl Sides {
    pub(crate) fn free_row(&mut self, row: usize) {
        (self.row_lower[row], self.row_upper[row]) = (f64::NEG_INFINITY, f64::INFINITY);
    }

    fn is_open(&self, column: usize) -> bool {
        self.lower[column] < self.upper[column]
    }
}

/// What became of the rows of a lane: which are free now, and which column each of them bounded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Narrow {
    pub(crate) sides: Sides,
    /// Rows turned into bounds, in the order in which they were.
    turned: Vec<Turned>,
    /// By row, its position in `turned`.
    position: Vec<Option<usize>>,
    /// The row, by position in `turned`, that gives each column its bound.
    lower_by: Vec<Option<usize>>,
    upper_by: Vec<Option<usize>>,
    /// The most by which a row whose columns are all fixed misses its bounds.
    pub(crate) off: f64,
}

/// A row turned into bounds of its one column that is not fixed.
#[derive(Clone, Copy, Debug)]
struct Turned {
    row: usize,
    column: usize,
    coefficient: f64,
}

/// Cells by column.
#[derive(Clone, Debug)]
pub(crate) struct Cells<'a> {
    /// Start of each column among its cells.
    pub(crate) start: &'a [u32],
    /// Where each cell stands in the row-wise order.
    pub(crate) at: &'a [u32],
    /// Row of each cell, row-wise.
    pub(crate) row_of: &'a [u32],
}

impl Narrow {
    /// Turns what rows say of single columns into bounds, again and again.
    pub(crate) fn new(rows: &SparseRows, sides: Sides, cells: &Cells<'_>) -> Self {
        let (n_columns, n_rows) = (sides.lower.len(), rows.n_rows());
        let mut narrow = Self {
            sides,
            turned: Vec::new(),
            position: vec![None; n_rows],
            lower_by: vec![None; n_columns],
            upper_by: vec![None; n_columns],
            off: 0.0,
        };
        let mut open: Vec<u32> = vec![0; n_rows];
        let mut held = vec![0.0; n_rows];
        for row in 0..n_rows {
            for (column, value) in rows.row(row) {
                if narrow.sides.is_open(column) {
                    open[row] += 1;
                } else {
                    held[row] += value * narrow.sides.lower[column];
                }
            }
        }
        let mut waiting: Vec<usize> = (0..n_rows).filter(|&row| open[row] <= 1).collect();
        while let Some(row) = waiting.pop() {
            let cell = rows.row(row).find(|cell| narrow.sides.is_open(cell.0));
            let Some((column, coefficient)) = cell else {
                narrow.judge(row, held[row]);
                continue;
            };
            if open[row] != 1 || !narrow.turn(row, (column, coefficient), held[row]) {
                continue;
            }
            if narrow.sides.is_open(column) {
                continue;
            }
            let range = cells.start[column] as usize..cells.start[column + 1] as usize;
            for &at in &cells.at[range] {
                let other = cells.row_of[at as usize] as usize;
                open[other] -= 1;
                held[other] += rows.value[at as usize] * narrow.sides.lower[column];
                if open[other] == 1 {
                    waiting.push(other);
                }
            }
        }
        narrow
    }

    /// Frees a row that has no column to move, and keeps by how much it does not hold.
    fn judge(&mut self, row: usize, held: f64) {
        let (lower, upper) = (self.sides.row_lower[row], self.sides.row_upper[row]);
        self.off = self.off.max(lower - held).max(held - upper);
        self.sides.free_row(row);
    }

    /// Turns a row into bounds of its column; not where they cross by more than the last digits.
    fn turn(&mut self, row: usize, (column, coefficient): (usize, f64), held: f64) -> bool {
        let sides = &mut self.sides;
        let (below, above) = (
            (sides.row_lower[row] - held) / coefficient,
            (sides.row_upper[row] - held) / coefficient,
        );
        let (below, above) = (below.min(above), below.max(above));
        let (was_lower, was_upper) = (sides.lower[column], sides.upper[column]);
        let (lower, upper) = (was_lower.max(below), was_upper.min(above));
        if lower.is_nan() || upper.is_nan() || lower - upper > BATCH_SAME {
            return false;
        }
        let position = self.turned.len();
        if below > was_lower {
            self.lower_by[column] = Some(position);
        }
        if above < was_upper {
            self.upper_by[column] = Some(position);
        }
        (sides.lower[column], sides.upper[column]) = if upper - lower <= BATCH_SAME {
            let value = if above < was_upper { upper } else { lower };
            let value = value.clamp(was_lower, was_upper);
            (value, value)
        } else {
            (lower, upper)
        };
        sides.free_row(row);
        self.position[row] = Some(position);
        self.turned.push(Turned {
            row,
            column,
            coefficient,
        });
        true
    }

    /// Gives the turned rows the multipliers of the bounds they became.
    pub(crate) fn restore(
        &self,
        rows: &SparseRows,
        cells: &Cells<'_>,
        cost: &[f64],
        dual: &mut [f64],
    ) {
        for turned in &self.turned {
            dual[turned.row] = 0.0;
        }
        for (position, turned) in self.turned.iter().enumerate().rev() {
            let Turned {
                row,
                column,
                coefficient,
            } = *turned;
            let (by_lower, by_upper) = (
                self.lower_by[column] == Some(position),
                self.upper_by[column] == Some(position),
            );
            if !by_lower && !by_upper {
                continue;
            }
            let range = cells.start[column] as usize..cells.start[column + 1] as usize;
            let pulled: f64 = cells.at[range]
                .iter()
                .map(|&at| rows.value[at as usize] * dual[cells.row_of[at as usize] as usize])
                .sum();
            let price = cost.get(column).copied().unwrap_or(0.0) - pulled;
            if (price > 0.0 && by_upper) || (price < 0.0 && by_lower) {
                dual[row] = price / coefficient;
            }
        }
    }

    /// The bound of a column that a turned row stands for: which column, and whether it is its upper one.
    pub(crate) fn stands_for(&self, row: usize, is_upper: bool) -> Option<(usize, bool)> {
        let turned = self.turned[self.position[row]?];
        Some((turned.column, is_upper == (turned.coefficient > 0.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `2 x <= 4` and `x + y <= 5`, both columns up to 5.
    fn narrow(cost: [f64; 2]) -> (Narrow, Vec<f64>) {
        let mut rows = SparseRows::new();
        rows.push([(0, 2.0)]);
        rows.push([(0, 1.0), (1, 1.0)]);
        let sides = Sides {
            lower: vec![0.0, 5.0],
            upper: vec![5.0, 5.0],
            row_lower: vec![f64::NEG_INFINITY; 2],
            row_upper: vec![4.0, 6.0],
        };
        let cells = Cells {
            start: &[0, 2, 3],
            at: &[0, 1, 2],
            row_of: &[0, 1, 1],
        };
        let narrow = Narrow::new(&rows, sides, &cells);
        let mut dual = vec![0.0; 2];
        narrow.restore(&rows, &cells, &cost, &mut dual);
        (narrow, dual)
    }

    #[test]
    fn a_row_of_one_open_column_becomes_its_bound_and_is_free() {
        let (narrow, _) = narrow([1.0, 0.0]);
        assert_eq!(narrow.sides.upper, [1.0, 5.0]);
        assert_eq!(narrow.sides.row_upper, [f64::INFINITY; 2]);
        assert_eq!(narrow.stands_for(1, true), Some((0, true)));
    }

    #[test]
    fn a_row_without_an_open_column_tells_by_how_much_it_does_not_hold() {
        let mut rows = SparseRows::new();
        rows.push([(0, 2.0)]);
        let sides = Sides {
            lower: vec![0.0],
            upper: vec![0.0],
            row_lower: vec![f64::NEG_INFINITY],
            row_upper: vec![-3.0],
        };
        let cells = Cells {
            start: &[0, 1],
            at: &[0],
            row_of: &[0],
        };
        let narrow = Narrow::new(&rows, sides, &cells);
        assert_eq!(
            (narrow.off, narrow.sides.row_upper[0]),
            (3.0, f64::INFINITY)
        );
    }

    #[test]
    fn the_row_that_gives_the_bound_gets_its_multiplier() {
        assert_eq!(narrow([3.0, 0.0]).1, [0.0, 3.0]);
        assert_eq!(
            narrow([-3.0, 0.0]).1,
            [0.0, 0.0],
            "its lower bound is its own"
        );
    }
}
