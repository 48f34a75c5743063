//! Long rows that repeat other rows are said by their totals: a proportion between funds is a row of three totals, not of all payments
//! of three funds. Shorter rows are faster; above all, in the normal equations a proportion and the funds it speaks of are nearly the same row,
//! and what sets them apart, a few cents left of a fund, is lost against all its payments.

use std::collections::BTreeMap;

use super::super::scaled::{Scaled, SparseRows};
use super::narrow::Sides;
use crate::tolerance::BATCH_SAME;

/// Rows worth a total have at least so many cells, and saying another row by it has to save as many.
const WORTH: usize = 8;

/// Equalities of at most so many cells are looked at for what they repeat.
const FEW: usize = 16;

/// Which rows have a column for their total, and how other rows are said by them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Totals {
    /// Rows with a total; the column of each comes after those of the programme.
    pub(crate) of: Vec<usize>,
    /// Rows said by totals.
    said: Vec<Said>,
    /// The rows as they are now: where each starts, and its columns.
    start: Vec<usize>,
    index: Vec<usize>,
}

/// A row said by totals.
#[derive(Clone, Debug)]
struct Said {
    row: usize,
    /// Totals, by position, each with a column from which its part is read.
    by: Vec<(usize, usize)>,
}

/// Cells of a row by column.
type Cells = BTreeMap<usize, f64>;

impl Totals {
    /// Finds the rows of a programme that repeat others.
    pub(crate) fn new(rows: &SparseRows, n_columns: usize) -> Self {
        let mut of_column: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n_columns];
        let long = |row: usize| rows.start[row + 1] - rows.start[row] >= WORTH;
        for row in (0..rows.n_rows()).filter(|&row| long(row)) {
            for (column, value) in rows.row(row) {
                of_column[column].push((row, value));
            }
        }
        let mut totals = Self::default();
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        let mut longest: Vec<usize> = (0..rows.n_rows()).filter(|&row| long(row)).collect();
        longest.sort_by_key(|&row| {
            (
                std::cmp::Reverse(rows.start[row + 1] - rows.start[row]),
                row,
            )
        });
        let mut is_said = vec![false; rows.n_rows()];
        for row in longest {
            if place.contains_key(&row) {
                continue;
            }
            let mut cells: Cells = rows.row(row).collect();
            let mut by = Vec::new();
            while let Some((total, column)) = repeated(rows, &of_column, &cells, (row, &is_said)) {
                let next = place.len();
                let position = *place.entry(total).or_insert(next);
                if position == next {
                    totals.of.push(total);
                }
                say(&mut cells, rows, (total, column), n_columns + position);
                by.push((position, column));
            }
            if !by.is_empty() {
                is_said[row] = true;
                totals.said.push(Said { row, by });
            }
        }
        totals.said.sort_by_key(|said| said.row);
        totals.start.push(0);
        let mut said = totals.said.iter().peekable();
        for row in 0..rows.n_rows() {
            match said.next_if(|said| said.row == row) {
                Some(said) => {
                    let cells = totals.cells(said, rows, n_columns);
                    totals.index.extend(cells.keys());
                }
                None => totals.index.extend(rows.row(row).map(|cell| cell.0)),
            }
            if let Some(position) = totals.position(row) {
                totals.index.push(n_columns + position);
            }
            totals.start.push(totals.index.len());
        }
        totals
    }

    /// The cells of a row said by totals, those that vanish left out.
    fn cells(&self, said: &Said, rows: &SparseRows, n_columns: usize) -> Cells {
        let mut cells: Cells = rows.row(said.row).collect();
        for &(position, column) in &said.by {
            let total = (self.of[position], column);
            say(&mut cells, rows, total, n_columns + position);
        }
        cells.retain(|_, value| value.abs() > BATCH_SAME);
        cells
    }

    /// Columns that stand in rows said by totals: in the normal equations one of them, if it is far from its bounds, would drown
    /// what sets those rows apart.
    pub(crate) fn late(&self, n_columns: usize) -> Vec<usize> {
        let mut cells = vec![0_u32; n_columns + self.of.len()];
        for said in &self.said {
            let row = &self.index[self.start[said.row]..self.start[said.row + 1]];
            for &column in row.iter().filter(|_| row.len() <= FEW) {
                cells[column] += 1;
            }
        }
        let late = |column: &usize| cells[*column] > 1 && *column < n_columns;
        (0..cells.len()).filter(late).collect()
    }

    /// The rows of a programme said by totals; `None` where they are not those of the base.
    pub(crate) fn rows(&self, rows: &SparseRows, n_columns: usize) -> Option<SparseRows> {
        let mut value = Vec::with_capacity(self.index.len());
        let mut said = self.said.iter().peekable();
        for (row, ends) in self.start.windows(2).enumerate() {
            match said.next_if(|said| said.row == row) {
                Some(said) => {
                    let cells = self.cells(said, rows, n_columns);
                    if !cells.keys().eq(self.index.get(ends[0]..ends[1])?) {
                        return None;
                    }
                    value.extend(cells.values());
                }
                None => {
                    value.extend(rows.row(row).map(|cell| cell.1));
                    // The column of its total comes last.
                    value.resize(ends[1], -1.0);
                }
            }
        }
        Some(SparseRows {
            start: self.start.clone(),
            index: self.index.clone(),
            value,
        })
    }

    /// Where columns, totals after them, and rows of a face may go, as far as they are there.
    pub(crate) fn sides(&self, face: &Scaled, there: (usize, usize)) -> Sides {
        let mut sides = Sides {
            lower: face.lower.clone(),
            upper: face.upper.clone(),
            row_lower: face.row_lower.clone(),
            row_upper: face.row_upper.clone(),
        };
        for column in there.0..face.n_columns() {
            (sides.lower[column], sides.upper[column]) = (0.0, 0.0);
        }
        for row in there.1..face.n_rows() {
            sides.free_row(row);
        }
        for &row in &self.of {
            sides.lower.push(sides.row_lower[row]);
            sides.upper.push(sides.row_upper[row]);
            (sides.row_lower[row], sides.row_upper[row]) = (0.0, 0.0);
        }
        sides
    }

    /// The position of a row's total.
    pub(crate) fn position(&self, row: usize) -> Option<usize> {
        self.of.iter().position(|&of| of == row)
    }

    /// Multipliers of the rows as the programme has them, from those of the rows said by totals.
    pub(crate) fn restore(&self, said_rows: &SparseRows, n_columns: usize, dual: &mut [f64]) {
        for said in &self.said {
            let multiplier = dual[said.row];
            for (column, part) in said_rows.row(said.row) {
                if let Some(position) = column.checked_sub(n_columns) {
                    dual[self.of[position]] -= part * multiplier;
                }
            }
        }
    }
}

/// Equalities of few cells that are sums of earlier ones: of three parts that make a whole, the third says nothing.
pub(crate) fn spare(rows: &SparseRows, sides: &Sides) -> Vec<usize> {
    let mut spare = Vec::new();
    // By the column in which a row is one: its other cells, and its right-hand side.
    let mut pivots: BTreeMap<usize, (Cells, f64)> = BTreeMap::new();
    for row in 0..rows.n_rows() {
        let few = rows.start[row + 1] - rows.start[row] <= FEW;
        if !few || sides.row_lower[row] < sides.row_upper[row] {
            continue;
        }
        let mut cells: Cells = rows.row(row).collect();
        let mut side = sides.row_lower[row];
        while let Some((column, part)) = cells
            .iter()
            .find(|(column, value)| value.abs() > BATCH_SAME && pivots.contains_key(column))
            .map(|(&column, &value)| (column, value))
        {
            let (other, other_side) = &pivots[&column];
            for (&column, value) in other {
                *cells.entry(column).or_default() -= part * value;
            }
            cells.remove(&column);
            side -= part * other_side;
            if cells.len() > 4 * FEW {
                break;
            }
        }
        cells.retain(|_, value| value.abs() > BATCH_SAME);
        let largest = cells.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        match largest.map(|(&column, &value)| (column, value)) {
            None if side.abs() <= BATCH_SAME => spare.push(row),
            Some((column, value))
                if cells.len() <= FEW && !cells.keys().any(|c| pivots.contains_key(c)) =>
            {
                cells.values_mut().for_each(|cell| *cell /= value);
                pivots.insert(column, (cells, side / value));
            }
            _ => {}
        }
    }
    spare
}

/// Takes a row's part of a total out of its cells, and puts the total in.
fn say(cells: &mut Cells, rows: &SparseRows, (total, column): (usize, usize), place: usize) {
    let own = cells.get(&column).copied().unwrap_or(0.0);
    let of = rows.row(total).find(|cell| cell.0 == column);
    let Some((_, of)) = of else { return };
    let part = own / of;
    for (column, value) in rows.row(total) {
        *cells.entry(column).or_default() -= part * value;
    }
    *cells.entry(place).or_default() += part;
}

/// The row that says most of some cells, and a column in which it does.
fn repeated(
    rows: &SparseRows,
    of_column: &[Vec<(usize, f64)>],
    cells: &Cells,
    (own, is_said): (usize, &[bool]),
) -> Option<(usize, usize)> {
    // By row and part: how many cells, and the first of them.
    let mut found: BTreeMap<(usize, i64), (usize, usize)> = BTreeMap::new();
    for (&column, &value) in cells {
        if value.abs() <= BATCH_SAME {
            continue;
        }
        for &(row, of) in of_column.get(column).map_or(&[][..], |rows| rows) {
            if row == own || is_said[row] {
                continue;
            }
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a key: parts that are equal but for their last digits"
            )]
            let part = (value / of * 1e9).round() as i64;
            found.entry((row, part)).or_insert((0, column)).0 += 1;
        }
    }
    let saved = |(&(row, _), &(cells, column)): (&(usize, i64), &(usize, usize))| {
        let length = rows.start[row + 1] - rows.start[row];
        let saved = (2 * cells).checked_sub(length)?;
        (saved >= WORTH).then_some((saved, std::cmp::Reverse(row), column))
    };
    let (_, row, column) = found.iter().filter_map(saved).max()?;
    Some((row.0, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two funds of ten payments, the second a half of the first; a whole and its two parts, of which the second says nothing new.
    fn funds() -> SparseRows {
        let mut rows = SparseRows::new();
        rows.push((0..10).map(|column| (column, 1.0)));
        rows.push((10..20).map(|column| (column, 1.0)));
        let half = (0..20).map(|column| (column, if column < 10 { -0.5 } else { 1.0 }));
        rows.push(half);
        rows
    }

    #[test]
    fn a_proportion_of_two_funds_is_a_row_of_two_totals() {
        let rows = funds();
        let totals = Totals::new(&rows, 20);
        let said = totals.rows(&rows, 20).unwrap();
        assert_eq!(totals.of.len(), 2);
        let cells: Vec<(usize, f64)> = said.row(2).collect();
        let place = |row| 20 + totals.position(row).unwrap();
        let mut expected = vec![(place(0), -0.5), (place(1), 1.0)];
        expected.sort_by_key(|cell| cell.0);
        assert_eq!(cells, expected);
    }

    #[test]
    fn restored_multipliers_give_every_column_the_same_reduced_cost() {
        let rows = funds();
        let totals = Totals::new(&rows, 20);
        let said = totals.rows(&rows, 20).unwrap();
        let pulls = |rows: &SparseRows, dual: &[f64]| {
            let mut pulls = [0.0; 22];
            for (row, multiplier) in dual.iter().enumerate() {
                for (column, value) in rows.row(row) {
                    pulls[column] += value * multiplier;
                }
            }
            pulls
        };
        let dual = [3.0, 5.0, 2.0];
        let before = pulls(&said, &dual);
        let mut after = dual;
        totals.restore(&said, 20, &mut after);
        let restored = pulls(&rows, &after);
        assert!((0..20).all(|column| (before[column] - restored[column]).abs() < 1e-12));
    }

    #[test]
    fn of_three_parts_that_make_a_whole_the_third_is_spare() {
        let mut rows = SparseRows::new();
        rows.push([(0, 0.6), (1, -0.4), (2, -0.4)]);
        rows.push([(0, -0.42), (1, 0.58), (2, -0.42)]);
        rows.push([(0, -0.18), (1, -0.18), (2, 0.82)]);
        let sides = |last: f64| Sides {
            lower: vec![0.0; 3],
            upper: vec![1.0; 3],
            row_lower: vec![0.0, 0.0, last],
            row_upper: vec![0.0, 0.0, last],
        };
        assert_eq!(spare(&rows, &sides(0.0)), [2]);
        assert!(
            spare(&rows, &sides(1e-6)).is_empty(),
            "it says something else"
        );
    }

    #[test]
    fn rows_that_repeat_in_the_base_alone_are_another_structure() {
        let rows = funds();
        let totals = Totals::new(&rows, 20);
        let mut other = rows.clone();
        *other.value.last_mut().unwrap() = 2.0;
        assert!(totals.rows(&other, 20).is_none());
    }
}
