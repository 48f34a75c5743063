//! The CSV tables of a result, read back: figures as whole cents.

use std::path::{Path, PathBuf};

use num_traits::CheckedMul;

use super::error::CompareError;
use crate::units::{Exact, Year, parse_exact};

/// A table with the place of everything in it.
#[derive(Debug)]
pub(crate) struct Rows {
    path: PathBuf,
    rows: Vec<csv::StringRecord>,
    columns: Vec<usize>,
    names: &'static [&'static str],
}

/// One row; cells are named by their position in the list given to [`Rows::read`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'t> {
    table: &'t Rows,
    number: usize,
}

impl Rows {
    /// Reads a table that has at least these columns.
    pub(crate) fn read(
        path: &Path,
        bytes: &[u8],
        names: &'static [&'static str],
    ) -> Result<Self, CompareError> {
        let damaged = |place: String| CompareError::Damaged {
            path: path.to_owned(),
            place,
        };
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader
            .headers()
            .map_err(|error| damaged(error.to_string()))?;
        let find = |name: &&str| {
            let found = header.iter().position(|cell| cell == *name);
            found.ok_or_else(|| damaged(format!("column {name}")))
        };
        let columns = names.iter().map(find).collect::<Result<_, _>>()?;
        let rows = reader.records().collect::<Result<_, _>>();
        Ok(Self {
            path: path.to_owned(),
            rows: rows.map_err(|error| damaged(error.to_string()))?,
            columns,
            names,
        })
    }

    /// The rows in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|number| Row {
            table: self,
            number,
        })
    }
}

impl Row<'_> {
    /// A text.
    pub(crate) fn text(self, column: usize) -> String {
        let position = self.table.columns.get(column).copied();
        let row = self.table.rows.get(self.number);
        let cell = row
            .zip(position)
            .and_then(|(row, position)| row.get(position));
        cell.unwrap_or_default().to_owned()
    }

    /// A year.
    pub(crate) fn year(self, column: usize) -> Result<Year, CompareError> {
        let year = self.text(column).parse().ok();
        year.ok_or_else(|| self.damaged(column))
    }

    /// An amount.
    pub(crate) fn cents(self, column: usize) -> Result<i128, CompareError> {
        cents(&self.text(column)).ok_or_else(|| self.damaged(column))
    }

    fn damaged(self, column: usize) -> CompareError {
        let name = self.table.names.get(column).copied().unwrap_or_default();
        // Counted as an editor does, with the header as line 1.
        CompareError::Damaged {
            path: self.table.path.clone(),
            place: format!("{name}, {}", self.number + 2),
        }
    }
}

/// Whole cents from `1234.56` or `-0.05`; `None` for anything else.
pub(crate) fn cents(text: &str) -> Option<i128> {
    let hundred = Exact::from_integer(100);
    let cents = parse_exact(text)?.checked_mul(&hundred)?;
    cents.is_integer().then(|| *cents.numer())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_cent_or_not_at_all() {
        assert_eq!(cents("1234.56"), Some(123_456));
        assert_eq!(cents("-0.05"), Some(-5));
        assert_eq!(cents("7"), Some(700));
        for text in ["", "1,5", "0.005", "x", "1/3", "--1"] {
            assert_eq!(cents(text), None, "{text}");
        }
    }
}
