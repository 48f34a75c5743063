//! The cells of one sheet of an Excel workbook.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::formats::Formats;
use super::strings;
use crate::input::workbook::grid::{COLUMNS, Grid, Left, Merged, ROWS};
use crate::input::workbook::value::{Cell, Value, double, error_named, text_of};
use crate::input::workbook::xml::Xml;
use crate::problem::{ProblemKind, Shown, WorkbookProblem};

/// A sheet being read.
pub(super) struct Sheet<'s, R: BufRead> {
    pub(super) xml: &'s mut Xml<R>,
    pub(super) grid: &'s mut Grid,
    pub(super) left: &'s mut Left,
    pub(super) texts: &'s [Box<str>],
    pub(super) formats: &'s Formats,
}

/// A cell as the file has it.
#[derive(Default)]
struct Raw {
    kind: Option<String>,
    style: Option<String>,
    is_formula: bool,
    value: Option<String>,
    text: Option<String>,
}

impl<R: BufRead> Sheet<'_, R> {
    pub(super) fn read(mut self) -> Result<(), ProblemKind> {
        let mut next_row: u32 = 0;
        let mut rows_are_hidden = false;
        let mut buffer = Vec::new();
        loop {
            match self.xml.next(&mut buffer)? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "sheetFormatPr" => rows_are_hidden = self.says(&start, "zeroHeight")?,
                    "col" => self.columns(&start)?,
                    "row" => {
                        let number = self.number(&start, "r")?;
                        let row = match number {
                            Some(number) => number.checked_sub(1),
                            None => Some(next_row),
                        };
                        let row = row.filter(|row| *row < ROWS);
                        let row = row.ok_or_else(|| self.xml.damaged())?;
                        let height = self.xml.attribute(&start, "ht")?;
                        let is_flat = height
                            .as_deref()
                            .and_then(double)
                            .map_or(rows_are_hidden, |height| height <= 0.0);
                        let is_hidden = self.says(&start, "hidden")? || is_flat;
                        let before = self.cells(row, row < next_row)?;
                        if is_hidden && before {
                            self.grid.hidden_rows.insert(row);
                        }
                        next_row = row.saturating_add(1).max(next_row);
                    }
                    "mergeCell" => {
                        if let Some(area) = self.xml.attribute(&start, "ref")? {
                            let merged = area_of(&area).ok_or_else(|| self.xml.damaged())?;
                            self.grid.merged.push(merged);
                        }
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn says(&self, start: &BytesStart<'_>, name: &str) -> Result<bool, ProblemKind> {
        let said = self.xml.attribute(start, name)?;
        Ok(matches!(said.as_deref(), Some("1" | "true" | "on")))
    }

    fn number(&self, start: &BytesStart<'_>, name: &str) -> Result<Option<u32>, ProblemKind> {
        let text = self.xml.attribute(start, name)?;
        let number = text.map(|text| text.parse().map_err(|_| self.xml.damaged()));
        number.transpose()
    }

    fn columns(&mut self, start: &BytesStart<'_>) -> Result<(), ProblemKind> {
        let width = self.xml.attribute(start, "width")?;
        let is_flat = width.as_deref().and_then(double) == Some(0.0);
        if !is_flat && !self.says(start, "hidden")? {
            return Ok(());
        }
        let (first, last) = (self.number(start, "min")?, self.number(start, "max")?);
        if let (Some(first), Some(last)) = (first, last) {
            let columns = first.saturating_sub(1)..last.min(COLUMNS);
            self.grid.hidden_columns.push(columns);
        }
        Ok(())
    }

    /// The cells of a row; whether any holds something.
    fn cells(&mut self, row: u32, is_out_of_order: bool) -> Result<bool, ProblemKind> {
        let outside = self.xml.depth().saturating_sub(1);
        let mut next: u32 = 0;
        let mut any = false;
        let mut buffer = Vec::new();
        while self.xml.depth() > outside {
            let Event::Start(start) = self.xml.next(&mut buffer)? else {
                continue;
            };
            if start.local_name().as_ref() != "c" {
                continue;
            }
            let name = self.xml.attribute(&start, "r")?;
            let (own_row, column) = match &name {
                Some(name) => cell_of(name).ok_or_else(|| self.xml.damaged())?,
                None => (row, next),
            };
            if column >= COLUMNS {
                return Err(self.xml.damaged());
            }
            let raw = Raw {
                kind: self.xml.attribute(&start, "t")?,
                style: self.xml.attribute(&start, "s")?,
                ..Raw::default()
            };
            let fault = |kind: WorkbookProblem| (own_row, column, kind);
            let raw = match self.inside(raw)? {
                Ok(raw) => raw,
                Err(kind) => {
                    self.grid.faults.push(fault(kind));
                    any = true;
                    continue;
                }
            };
            if own_row != row || column < next || is_out_of_order {
                self.grid.faults.push(fault(WorkbookProblem::OutOfPlace));
            }
            next = next.max(column.saturating_add(1));
            let is_formula = raw.is_formula;
            let value = match self.value(raw) {
                Ok(Some(value)) => value,
                Ok(None) => continue,
                Err(kind) => {
                    self.grid.faults.push(fault(kind));
                    any = true;
                    continue;
                }
            };
            any = true;
            self.left.take(&value)?;
            let cell = Cell { value, is_formula };
            let cells = self.grid.rows.entry(own_row).or_default();
            if cells.insert(column, cell).is_some() {
                self.grid.faults.push(fault(WorkbookProblem::CellTwice));
            }
        }
        Ok(any)
    }

    /// What is inside a cell that has just begun.
    fn inside(&mut self, mut raw: Raw) -> Result<Result<Raw, WorkbookProblem>, ProblemKind> {
        let outside = self.xml.depth().saturating_sub(1);
        let mut is_twice = false;
        let mut in_value = false;
        let mut buffer = Vec::new();
        while self.xml.depth() > outside {
            let event = self.xml.next(&mut buffer)?;
            match &event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "f" => {
                        raw.is_formula = true;
                        self.xml.skip()?;
                    }
                    "v" => {
                        is_twice |= raw.value.replace(String::new()).is_some();
                        in_value = true;
                    }
                    "is" => {
                        let text = strings::text(self.xml)?;
                        is_twice |= raw.text.replace(text).is_some();
                    }
                    _ => {}
                },
                Event::End(end) if end.local_name().as_ref() == "v" => in_value = false,
                other if in_value => {
                    let value = raw.value.get_or_insert_default();
                    self.xml.push_text(other, value)?;
                }
                _ => {}
            }
        }
        Ok(if is_twice {
            Err(WorkbookProblem::CellTwice)
        } else {
            Ok(raw)
        })
    }

    fn value(&self, raw: Raw) -> Result<Option<Value>, WorkbookProblem> {
        let kind = raw.kind.as_deref().unwrap_or("n");
        if kind == "inlineStr" || (raw.value.is_none() && raw.text.is_some()) {
            return Ok(text_of(&raw.text.unwrap_or_default()));
        }
        let value = raw.value.unwrap_or_default();
        let value = value.trim();
        let odd = || WorkbookProblem::OddCell {
            value: Shown::new(value),
        };
        if kind == "str" {
            return Ok(text_of(&strings::unescaped(value)));
        }
        if value.is_empty() {
            return Ok(raw.is_formula.then_some(Value::NoResult));
        }
        match kind {
            "s" => {
                let is_whole = value.bytes().all(|b| b.is_ascii_digit());
                let position: Option<usize> = value.parse().ok().filter(|_| is_whole);
                let text = position.and_then(|position| self.texts.get(position));
                let text = text.ok_or_else(|| WorkbookProblem::NoSharedText {
                    value: Shown::new(value),
                })?;
                Ok(text_of(text))
            }
            "b" => match value {
                "1" | "true" => Ok(Some(Value::Truth(true))),
                "0" | "false" => Ok(Some(Value::Truth(false))),
                _ => Err(odd()),
            },
            "e" => Ok(Some(Value::Error(error_named(value)))),
            "n" => {
                let number = double(value).ok_or_else(odd)?;
                let shown = self.formats.value(number, raw.style.as_deref());
                shown.map(Some).map_err(|_| odd())
            }
            "d" => crate::input::workbook::ods::day(value)
                .map(Some)
                .ok_or_else(odd),
            _ => Err(odd()),
        }
    }
}

/// Row and column of `C14`.
fn cell_of(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = name.split_at_checked(digits)?;
    if letters.is_empty() || letters.len() > 3 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A')?;
        let digit = u32::from(digit)
            .checked_add(1)
            .filter(|digit| *digit <= 26)?;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    let row = number.parse::<u32>().ok()?.checked_sub(1)?;
    (row < ROWS).then_some((row, column.saturating_sub(1)))
}

/// The area of `A2:B3`.
fn area_of(name: &str) -> Option<Merged> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    Some(Merged {
        first: cell_of(first)?,
        last: cell_of(last)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        assert_eq!(cell_of("A1"), Some((0, 0)));
        assert_eq!(cell_of("AA14"), Some((13, 26)));
        assert_eq!(cell_of("XFD1048576"), Some((1_048_575, 16_383)));
        for name in [
            "", "A", "1", "A0", "A1048577", "A-1", "$A$1", "ABCD1", "é1", "A1B",
        ] {
            assert_eq!(cell_of(name), None, "{name}");
        }
    }
}
