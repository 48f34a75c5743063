//! The cells of the sheets, each where it stands: no range is ever filled in, however far the last cell is.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use jiff::civil::Date;

use crate::problem::{ProblemKind, Shown, WorkbookProblem};

/// Most cells of all sheets together.
const CELLS: u64 = 5_000_000;
/// Rows and columns of the largest sheet.
pub(super) const ROWS: u32 = 1_048_576;
pub(super) const COLUMNS: u32 = 16_384;
/// Most text in the cells, in MB.
const TEXT_MB: u64 = 256;
const TEXT_BYTES: u64 = TEXT_MB * 1_000_000;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text, without blanks around it.
    Text(String),
    /// A number: the shortest decimal that is nearest to the number stored.
    Number(String),
    /// True or false.
    Truth(bool),
    /// A day.
    Day(Date),
    /// An error, as a sheet writes it.
    Error(&'static str),
    /// A formula without a result.
    NoResult,
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// What it holds.
    pub(crate) value: Value,
    /// Whether a formula gave it.
    pub(crate) is_formula: bool,
}

/// The cells of a sheet that are not empty, by row and column from 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// Name of the sheet.
    pub(crate) name: String,
    /// Cells by row, then by column.
    pub(crate) rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
}

impl Value {
    /// The value without any meaning.
    pub(crate) fn text(&self) -> String {
        super::text::raw(self)
    }

    /// The value as a message repeats it.
    pub(crate) fn shown(&self) -> Shown {
        match self {
            Self::Text(text) | Self::Number(text) => Shown::new(text),
            Self::Truth(truth) => Shown::new(&truth.to_string()),
            Self::Day(day) => Shown::new(&day.to_string()),
            Self::Error(error) => Shown::new(error),
            Self::NoResult => Shown::new(""),
        }
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
    };
    if is_open_document {
        return super::ods::read(bytes, wanted, &mut left);
    }
    // What calamine counts may overflow on hostile numbers: a panic there is a damaged file.
    let read = AssertUnwindSafe(|| read_excel(bytes, wanted, &mut left));
    catch_unwind(read).unwrap_or_else(|_| Err(out_of_range()))
}

fn out_of_range() -> ProblemKind {
    WorkbookProblem::Damaged {
        reason: Shown::new("xl/worksheets"),
    }
    .into()
}

fn read_excel(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    left: &mut Left,
) -> Result<(Vec<Grid>, Vec<String>), ProblemKind> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let (names, others): (Vec<String>, Vec<String>) = book
        .sheet_names()
        .into_iter()
        .partition(|name| wanted(name));
    let mut grids = Vec::new();
    for name in names {
        let mut grid = Grid {
            name: name.clone(),
            rows: BTreeMap::new(),
        };
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart on a sheet of its own.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(&error).into()),
        };
        loop {
            let next = cells.next_cell_with_formula_metadata();
            let Some(record) = next.map_err(|error| damaged(&error))? else {
                break;
            };
            left.take_cell()?;
            let is_formula = record.formula.is_some();
            let value = match value_of(record.value) {
                Some(value) => value,
                None if is_formula => Value::NoResult,
                None => continue,
            };
            if let Value::Text(text) = &value {
                left.take_text(text)?;
            }
            let (row, column) = record.pos;
            if row >= ROWS || column >= COLUMNS {
                return Err(out_of_range());
            }
            let cell = Cell { value, is_formula };
            grid.rows
                .entry(row)
                .or_default()
                .entry(column)
                .or_insert(cell);
        }
        grids.push(grid);
    }
    Ok((grids, others))
}

/// How much more may be read.
#[derive(Debug)]
pub(super) struct Left {
    cells: u64,
    text: u64,
}

impl Left {
    /// Counts a cell.
    pub(super) fn take_cell(&mut self) -> Result<(), WorkbookProblem> {
        let left = self.cells.checked_sub(1);
        self.cells = left.ok_or(WorkbookProblem::TooManyCells { limit: CELLS })?;
        Ok(())
    }

    /// Counts a text.
    pub(super) fn take_text(&mut self, text: &str) -> Result<(), WorkbookProblem> {
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        let left = self.text.checked_sub(length);
        self.text = left.ok_or(WorkbookProblem::TooMuchText { limit: TEXT_MB })?;
        Ok(())
    }
}

fn damaged(error: &XlsxError) -> WorkbookProblem {
    WorkbookProblem::Damaged {
        reason: Shown::new(&error.to_string()),
    }
}

fn value_of(data: DataRef<'_>) -> Option<Value> {
    match data {
        DataRef::Empty => None,
        DataRef::String(text) => text_of(&text),
        DataRef::SharedString(text) => text_of(text),
        DataRef::Int(whole) => Some(Value::Number(whole.to_string())),
        DataRef::Float(float) => Some(number_of(float)),
        DataRef::Bool(truth) => Some(Value::Truth(truth)),
        DataRef::DateTime(moment) => Some(day_of(&moment)),
        DataRef::DateTimeIso(text) => Some(
            text.get(..10)
                .and_then(|day| day.parse().ok())
                .map_or(Value::Text(text), Value::Day),
        ),
        DataRef::DurationIso(text) => Some(Value::Text(text)),
        DataRef::Error(error) => Some(Value::Error(match error {
            CellErrorType::Div0 => "#DIV/0!",
            CellErrorType::NA => "#N/D",
            CellErrorType::Name => "#NOME?",
            CellErrorType::Null => "#NULLO!",
            CellErrorType::Num => "#NUM!",
            CellErrorType::Ref => "#RIF!",
            CellErrorType::Value => "#VALORE!",
            CellErrorType::GettingData => "#DATA!",
        })),
    }
}

/// A text without blanks around it; `None` where nothing is left.
pub(super) fn text_of(text: &str) -> Option<Value> {
    let text = text.trim_matches([' ', '\t', '\r', '\n', '\u{A0}']);
    if text.is_empty() {
        return None;
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Some(Value::Text(text))
}

/// A number as a file writes it.
pub(super) fn number_text(text: &str) -> Value {
    text.parse().map_or(Value::Error("#NUM!"), number_of)
}

/// The shortest decimal that is nearest to the number; Rust writes it without an exponent.
fn number_of(float: f64) -> Value {
    if !float.is_finite() {
        return Value::Error("#NUM!");
    }
    let text = float.to_string();
    Value::Number(if text == "-0" { "0".to_owned() } else { text })
}

/// A day; a number in the format of a time or of a length of time stays a number.
fn day_of(moment: &ExcelDateTime) -> Value {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let date = match parts {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    match date {
        Some(date) if moment.is_datetime() && moment.as_f64() >= 1.0 => Value::Day(date),
        _ => number_of(moment.as_f64()),
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

    #[test]
    fn a_number_is_its_shortest_decimal() {
        assert_eq!(number_of(94_592.18), Value::Number("94592.18".to_owned()));
        assert_eq!(
            number_of(0.1 + 0.2),
            Value::Number("0.30000000000000004".to_owned())
        );
        assert_eq!(
            number_of(1e21),
            Value::Number("1000000000000000000000".to_owned())
        );
        assert_eq!(number_of(f64::NAN), Value::Error("#NUM!"));
    }
}
