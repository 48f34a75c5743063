//! The cells of the sheets, each where it stands, and what is not seen of a sheet: no range is ever filled in, however far the last
//! cell is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::ops::Range;

use zip::ZipArchive;

use super::value::{Cell, Value};
use crate::problem::{ProblemKind, Shown, WorkbookProblem};

/// Most cells of all sheets together.
const CELLS: u64 = 2_000_000;
/// Rows and columns of the largest sheet.
pub(super) const ROWS: u32 = 1_048_576;
pub(super) const COLUMNS: u32 = 16_384;
/// Most text in the cells, in MB.
const TEXT_MB: u64 = 64;
const TEXT_BYTES: u64 = TEXT_MB * 1_000_000;

/// The cells of a sheet that are not empty, by row and column from 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// Name of the sheet.
    pub(crate) name: String,
    /// Cells by row, then by column.
    pub(crate) rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// Whether the sheet is hidden.
    pub(super) is_hidden: bool,
    /// Rows with cells that are hidden, by hand or by a filter.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Columns that are hidden.
    pub(super) hidden_columns: Vec<Range<u32>>,
    /// Areas of cells made one.
    pub(super) merged: Vec<Merged>,
    /// Cells that the file itself has wrong.
    pub(super) faults: Vec<(u32, u32, WorkbookProblem)>,
}

/// An area of cells made one: rows and columns of its first and last cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merged {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

impl Grid {
    /// Whether a column is hidden.
    pub(super) fn hides(&self, column: u32) -> bool {
        self.hidden_columns
            .iter()
            .any(|range| range.contains(&column))
    }
}

impl Merged {
    /// Whether a cell lies in the area and is not its first, which alone holds its value.
    pub(super) fn covers(&self, row: u32, column: u32) -> bool {
        let inside = (self.first.0..=self.last.0).contains(&row)
            && (self.first.1..=self.last.1).contains(&column);
        inside && (row, column) != self.first
    }

    /// As people name it: `A2:A3`.
    pub(super) fn name(&self) -> String {
        let name =
            |(row, column): (u32, u32)| format!("{}{}", column_name(column), row.saturating_add(1));
        format!("{}:{}", name(self.first), name(self.last))
    }
}

/// The cells of the wanted sheets, in the order of the workbook, and the names of the others.
pub(super) fn read(
    bytes: &[u8],
    is_open_document: bool,
    wanted: impl Fn(&str) -> bool,
) -> Result<(Vec<Grid>, Vec<String>), ProblemKind> {
    let mut left = Left {
        cells: CELLS,
        text: TEXT_BYTES,
        sheet: String::new(),
    };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookProblem::NotWhole)?;
    if is_open_document {
        super::ods::read(&mut zip, wanted, &mut left)
    } else {
        super::excel::read(&mut zip, wanted, &mut left)
    }
}

/// How much more may be read.
#[derive(Debug)]
pub(super) struct Left {
    cells: u64,
    text: u64,
    sheet: String,
}

impl Left {
    /// Another sheet begins.
    pub(super) fn begin(&mut self, sheet: &str) {
        sheet.clone_into(&mut self.sheet);
    }

    /// Counts a cell that holds something, and its text.
    pub(super) fn take(&mut self, value: &Value) -> Result<(), WorkbookProblem> {
        let sheet = || Shown::new(&self.sheet);
        let left = self.cells.checked_sub(1);
        self.cells = left.ok_or_else(|| WorkbookProblem::TooManyCells {
            limit: CELLS,
            sheet: sheet(),
        })?;
        if let Value::Text(text) = value {
            let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
            let left = self.text.checked_sub(length);
            self.text = left.ok_or_else(|| WorkbookProblem::TooMuchText {
                limit: TEXT_MB,
                sheet: sheet(),
            })?;
        }
        Ok(())
    }
}

/// The name of a column: 0 is `A`, 26 is `AA`.
pub(crate) fn column_name(column: u32) -> String {
    let mut name = Vec::new();
    let mut left = column.saturating_add(1);
    while left > 0 {
        let digit = u8::try_from(left.saturating_sub(1) % 26).unwrap_or_default();
        name.push(char::from(b'A'.saturating_add(digit)));
        left = left.saturating_sub(1) / 26;
    }
    name.iter().rev().collect()
}

/// A cell as people name it: `Importi!C14`; a name with blanks stands in quotes.
pub(crate) fn cell_name(sheet: &str, row: u32, column: u32) -> String {
    let row = row.saturating_add(1);
    format!("{}!{}{row}", sheet_name(sheet), column_name(column))
}

/// A sheet as people name it in a formula.
pub(crate) fn sheet_name(sheet: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let starts_well = !sheet.starts_with(|c: char| c.is_ascii_digit());
    let shown = Shown::new(sheet);
    if starts_well && sheet.chars().all(plain) {
        shown.as_str().to_owned()
    } else {
        format!("'{}'", shown.as_str().replace('\'', "''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_sheets_name_them() {
        assert_eq!(cell_name("Importi", 13, 2), "Importi!C14");
        assert_eq!(cell_name("Anno precedente", 0, 26), "'Anno precedente'!AA1");
        assert_eq!(column_name(16_383), "XFD");
        assert_eq!(column_name(701), "ZZ");
    }
}
