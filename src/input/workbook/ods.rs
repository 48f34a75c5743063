//! The cells of an OpenDocument spreadsheet, streamed: what is repeated is counted before it is written out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::grid::{COLUMNS, Grid, Left, Merged, ROWS};
use super::value::{Cell, Day, Value, double, error_named, number_of, number_of_day, text_of};
use super::xml::{Xml, Zip, open};
use crate::problem::{ProblemKind, WorkbookProblem};

/// Longest run of blanks that a text may stand for.
const BLANKS: usize = 1_000;
/// The part with the cells.
const CONTENT: &str = "content.xml";

/// The cells of the wanted sheets, in the order of the workbook, and the names of the others.
pub(super) fn read(
    zip: &mut Zip<'_>,
    wanted: impl Fn(&str) -> bool,
    left: &mut Left,
) -> Result<(Vec<Grid>, Vec<String>), ProblemKind> {
    let mut xml = open(zip, CONTENT)?.ok_or(WorkbookProblem::NotAWorkbook)?;
    let (mut grids, mut others) = (Vec::new(), Vec::new());
    let mut hidden_styles = BTreeSet::new();
    let mut style = String::new();
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(start) => match start.name().as_ref() {
                "style:style" => style = xml.attribute(&start, "style:name")?.unwrap_or_default(),
                "style:table-properties" => {
                    let display = xml.attribute(&start, "table:display")?;
                    let is_hidden = display.as_deref() == Some("false");
                    hidden_styles.extend(is_hidden.then(|| style.clone()));
                }
                "table:table" => {
                    let name = xml.attribute(&start, "table:name")?.unwrap_or_default();
                    if !wanted(&name) {
                        xml.skip()?;
                        others.push(name);
                        continue;
                    }
                    let style = xml.attribute(&start, "table:style-name")?;
                    left.begin(&name);
                    let grid = Grid {
                        name,
                        is_hidden: style.is_some_and(|style| hidden_styles.contains(&style)),
                        ..Grid::default()
                    };
                    let mut sheet = Sheet {
                        xml: &mut xml,
                        left,
                        grid,
                        row: 0,
                        column: 0,
                    };
                    sheet.rows()?;
                    grids.push(sheet.grid);
                }
                // Deleted cells of tracked changes, and tables of other files.
                "table:tracked-changes" | "table:dde-links" => xml.skip()?,
                _ => {}
            },
            Event::Eof => return Ok((grids, others)),
            _ => {}
        }
    }
}

/// How many times an element stands, at most a limit.
fn repeats<R: BufRead>(
    xml: &Xml<R>,
    start: &BytesStart<'_>,
    name: &str,
    limit: u32,
) -> Result<u32, ProblemKind> {
    let text = xml.attribute(start, name)?;
    let number = text.map_or(Ok(1), |text| text.parse::<u32>().map_err(|_| xml.damaged()))?;
    Ok(number.min(limit))
}

/// Whether a row or a column is hidden, by hand or by a filter.
fn is_hidden<R: BufRead>(xml: &Xml<R>, start: &BytesStart<'_>) -> Result<bool, ProblemKind> {
    let said = xml.attribute(start, "table:visibility")?;
    Ok(matches!(said.as_deref(), Some("collapse" | "filter")))
}

/// A day written as `2026-06-30` or `2026-06-30T23:59:00`.
pub(super) fn day(text: &str) -> Option<Value> {
    let date = text.get(..10)?.parse().ok()?;
    Some(Value::Day(Day {
        date,
        number: number_of_day(date),
        is_year: false,
    }))
}

struct Sheet<'r, R: BufRead> {
    xml: &'r mut Xml<R>,
    left: &'r mut Left,
    grid: Grid,
    row: u32,
    column: u32,
}

type Cells = BTreeMap<u32, Cell>;

impl<R: BufRead> Sheet<'_, R> {
    fn rows(&mut self) -> Result<(), ProblemKind> {
        let outside = self.xml.depth().saturating_sub(1);
        let mut buffer = Vec::new();
        while self.xml.depth() > outside {
            let Event::Start(start) = self.xml.next(&mut buffer)? else {
                continue;
            };
            match start.name().as_ref() {
                "table:table-row" => {
                    let number = repeats(self.xml, &start, "table:number-rows-repeated", ROWS)?;
                    let is_hidden = is_hidden(self.xml, &start)?;
                    let cells = self.cells()?;
                    if !cells.is_empty() {
                        self.repeat(&cells, number, is_hidden)?;
                    }
                    self.row = self.row.saturating_add(number);
                }
                "table:table-column" => {
                    let name = "table:number-columns-repeated";
                    let number = repeats(self.xml, &start, name, COLUMNS)?;
                    let after = self.column.saturating_add(number);
                    if is_hidden(self.xml, &start)? {
                        self.grid.hidden_columns.push(self.column..after);
                    }
                    self.column = after;
                }
                // Notes and drawings of the sheet as a whole.
                "office:annotation" | "table:shapes" => self.xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn repeat(&mut self, cells: &Cells, number: u32, is_hidden: bool) -> Result<(), ProblemKind> {
        for row in self.row..self.row.saturating_add(number) {
            if row >= ROWS {
                return Err(self.xml.damaged());
            }
            // The first was counted as it was read.
            if row != self.row {
                for cell in cells.values() {
                    self.left.take(&cell.value)?;
                }
            }
            if is_hidden {
                self.grid.hidden_rows.insert(row);
            }
            self.grid.rows.insert(row, cells.clone());
        }
        Ok(())
    }

    /// The cells of a row.
    fn cells(&mut self) -> Result<Cells, ProblemKind> {
        let outside = self.xml.depth().saturating_sub(1);
        let mut cells = Cells::new();
        let mut column: u32 = 0;
        let mut buffer = Vec::new();
        while self.xml.depth() > outside {
            let Event::Start(start) = self.xml.next(&mut buffer)? else {
                continue;
            };
            let is_cell = ["table:table-cell", "table:covered-table-cell"];
            if !is_cell.contains(&start.name().as_ref()) {
                continue;
            }
            let number = repeats(self.xml, &start, "table:number-columns-repeated", COLUMNS)?;
            let rows = repeats(self.xml, &start, "table:number-rows-spanned", ROWS)?;
            let columns = repeats(self.xml, &start, "table:number-columns-spanned", COLUMNS)?;
            let head = Head::of(self.xml, &start)?;
            let text = self.text()?;
            if rows > 1 || columns > 1 {
                let last = |first: u32, n: u32| first.saturating_add(n.saturating_sub(1));
                self.grid.merged.push(Merged {
                    first: (self.row, column),
                    last: (last(self.row, rows), last(column, columns)),
                });
            }
            match head.cell(text) {
                Ok(Some(cell)) => {
                    for position in column..column.saturating_add(number) {
                        if position >= COLUMNS {
                            return Err(self.xml.damaged());
                        }
                        self.left.take(&cell.value)?;
                        cells.insert(position, cell.clone());
                    }
                }
                Ok(None) => {}
                Err(kind) => self.grid.faults.push((self.row, column, kind)),
            }
            column = column.saturating_add(number);
        }
        Ok(cells)
    }

    /// The text of a cell, without its note.
    fn text(&mut self) -> Result<String, ProblemKind> {
        let outside = self.xml.depth().saturating_sub(1);
        let mut text = String::new();
        let mut paragraphs: u32 = 0;
        let mut buffer = Vec::new();
        while self.xml.depth() > outside {
            let event = self.xml.next(&mut buffer)?;
            match &event {
                Event::Start(start) => match start.name().as_ref() {
                    "office:annotation" | "draw:frame" | "draw:custom-shape" => self.xml.skip()?,
                    "text:p" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs = paragraphs.saturating_add(1);
                    }
                    "text:s" => {
                        let number = self.xml.attribute(start, "text:c")?;
                        let number = number.and_then(|c| c.parse().ok());
                        text.push_str(&" ".repeat(number.unwrap_or(1).min(BLANKS)));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                },
                other => self.xml.push_text(other, &mut text)?,
            }
        }
        Ok(text)
    }
}

/// What the element of a cell says.
struct Head {
    kind: Option<String>,
    /// The value of its kind, as written.
    value: Option<String>,
    is_formula: bool,
    is_error: bool,
}

impl Head {
    fn of<R: BufRead>(xml: &Xml<R>, start: &BytesStart<'_>) -> Result<Self, ProblemKind> {
        let kind = xml.attribute(start, "office:value-type")?;
        let error = xml.attribute(start, "calcext:value-type")?;
        let name = match kind.as_deref() {
            Some("float" | "percentage" | "currency") => "office:value",
            Some("date") => "office:date-value",
            Some("time") => "office:time-value",
            Some("boolean") => "office:boolean-value",
            _ => "office:string-value",
        };
        Ok(Self {
            value: xml.attribute(start, name)?,
            kind,
            is_formula: xml.attribute(start, "table:formula")?.is_some(),
            is_error: error.as_deref() == Some("error"),
        })
    }

    fn cell(self, text: String) -> Result<Option<Cell>, WorkbookProblem> {
        let is_formula = self.is_formula;
        let value = self.value(&text)?;
        Ok(value.map(|value| Cell { value, is_formula }))
    }

    fn value(self, seen: &str) -> Result<Option<Value>, WorkbookProblem> {
        let seen = seen.trim();
        if self.is_error {
            return Ok(Some(Value::Error(error_named(seen))));
        }
        let value = self.value.unwrap_or_default();
        let odd = || WorkbookProblem::OddCell {
            value: crate::problem::Shown::new(&value),
        };
        let number = || double(value.trim()).map(number_of).ok_or_else(odd);
        match self.kind.as_deref() {
            Some("float" | "currency") => number().map(|number| Some(as_seen(number, seen))),
            Some("percentage") => Ok(Some(match number()? {
                Value::Number(number) => Value::Percent(number),
                other => other,
            })),
            Some("date") => match day(&value).ok_or_else(odd)? {
                Value::Day(day) => Ok(Some(Value::Day(Day {
                    is_year: seen == day.date.year().to_string(),
                    ..day
                }))),
                other => Ok(Some(other)),
            },
            Some("time") => Ok(Some(Value::Time(value))),
            Some("boolean") => match value.as_str() {
                "true" => Ok(Some(Value::Truth(true))),
                "false" => Ok(Some(Value::Truth(false))),
                _ => Err(odd()),
            },
            None | Some("string" | "void") => {
                let own = if value.is_empty() { seen } else { &value };
                let no_result = self.is_formula && self.kind.is_none();
                Ok(text_of(own).or(no_result.then_some(Value::NoResult)))
            }
            Some(_) => Err(odd()),
        }
    }
}

/// A number that is seen as a code, with zeros in front, is that code.
fn as_seen(number: Value, seen: &str) -> Value {
    let Value::Number(number) = number else {
        return number;
    };
    let is_code =
        seen.len() > 1 && seen.starts_with('0') && seen.bytes().all(|b| b.is_ascii_digit());
    let digits = seen.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    if is_code && digits == number {
        let shown = seen.to_owned();
        Value::Code { shown, number }
    } else {
        Value::Number(number)
    }
}
