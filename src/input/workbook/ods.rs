//! The cells of an OpenDocument spreadsheet, streamed: what is repeated is counted before it is written out.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::grid::{COLUMNS, Cell, Grid, Left, ROWS, Value, number_text, text_of};
use crate::problem::{ProblemKind, Shown, WorkbookProblem};

/// Longest run of blanks that a text may stand for.
const BLANKS: usize = 1_000;

/// The cells of the wanted sheets, in the order of the workbook, and the names of the others.
pub(super) fn read(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    left: &mut Left,
) -> Result<(Vec<Grid>, Vec<String>), ProblemKind> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let part = zip
        .by_name("content.xml")
        .map_err(|error| damaged(&error))?;
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;
    let (mut grids, mut others) = (Vec::new(), Vec::new());
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match next(&mut reader, &mut buffer)? {
            Event::Start(start) if start.name().as_ref() == "table:table" => {
                let name = attribute(&start, "table:name")?.unwrap_or_default();
                if wanted(&name) {
                    let mut sheet = Sheet {
                        reader: &mut reader,
                        left,
                        row: 0,
                    };
                    let rows = sheet.rows()?;
                    grids.push(Grid { name, rows });
                } else {
                    let mut inside = Vec::new();
                    let end = start.name().to_owned_name();
                    skip(&mut reader, &end, &mut inside)?;
                    others.push(name);
                }
            }
            Event::Eof => return Ok((grids, others)),
            _ => {}
        }
    }
}

/// The name of an element, kept after the buffer goes.
trait OwnedName {
    fn to_owned_name(&self) -> String;
}

impl OwnedName for quick_xml::name::QName<'_> {
    fn to_owned_name(&self) -> String {
        self.as_ref().to_owned()
    }
}

fn damaged(error: &dyn std::error::Error) -> ProblemKind {
    WorkbookProblem::Damaged {
        reason: Shown::new(&error.to_string()),
    }
    .into()
}

fn cut_short() -> ProblemKind {
    WorkbookProblem::Damaged {
        reason: Shown::new("content.xml"),
    }
    .into()
}

fn next<'b, R: BufRead>(
    reader: &mut Reader<R>,
    buffer: &'b mut Vec<u8>,
) -> Result<Event<'b>, ProblemKind> {
    reader
        .read_event_into(buffer)
        .map_err(|error| damaged(&error))
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, ProblemKind> {
    let found = start
        .try_get_attribute(name)
        .map_err(|error| damaged(&error))?;
    let Some(found) = found else {
        return Ok(None);
    };
    let value = found
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .map_err(|error| damaged(&error))?;
    Ok(Some(value.into_owned()))
}

/// How many times an element stands, at most a limit.
fn repeats(start: &BytesStart<'_>, name: &str, limit: u32) -> Result<u32, ProblemKind> {
    let text = attribute(start, name)?;
    let number = text.map_or(Ok(1), |text| {
        text.parse::<u32>().map_err(|error| damaged(&error))
    })?;
    Ok(number.min(limit))
}

/// Leaves an element that has begun, with all that is in it.
fn skip<R: BufRead>(
    reader: &mut Reader<R>,
    name: &str,
    buffer: &mut Vec<u8>,
) -> Result<(), ProblemKind> {
    let mut depth: u32 = 1;
    while depth > 0 {
        buffer.clear();
        match next(reader, buffer)? {
            Event::Start(start) if start.name().as_ref() == name => depth = depth.saturating_add(1),
            Event::End(end) if end.name().as_ref() == name => depth = depth.saturating_sub(1),
            Event::Eof => return Err(cut_short()),
            _ => {}
        }
    }
    Ok(())
}

struct Sheet<'r, R: BufRead> {
    reader: &'r mut Reader<R>,
    left: &'r mut Left,
    row: u32,
}

type Cells = BTreeMap<u32, Cell>;

impl<R: BufRead> Sheet<'_, R> {
    fn rows(&mut self) -> Result<BTreeMap<u32, Cells>, ProblemKind> {
        let mut rows = BTreeMap::new();
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match next(self.reader, &mut buffer)? {
                Event::Start(start) if start.name().as_ref() == "table:table-row" => {
                    let number = repeats(&start, "table:number-rows-repeated", ROWS)?;
                    let cells = self.cells()?;
                    if !cells.is_empty() {
                        for row in self.row..self.row.saturating_add(number) {
                            // The first was counted as it was read.
                            if row != self.row {
                                cells.values().try_for_each(|cell| self.take(cell))?;
                            }
                            rows.insert(row, cells.clone());
                        }
                    }
                    self.row = self.row.saturating_add(number);
                }
                // A table inside a cell, or what belongs to the sheet as a whole.
                Event::Start(start) if start.name().as_ref() == "office:annotation" => {
                    let mut inside = Vec::new();
                    skip(self.reader, "office:annotation", &mut inside)?;
                }
                Event::End(end) if end.name().as_ref() == "table:table" => return Ok(rows),
                Event::Eof => return Err(cut_short()),
                _ => {}
            }
        }
    }

    fn take(&mut self, cell: &Cell) -> Result<(), ProblemKind> {
        self.left.take_cell()?;
        if let Value::Text(text) = &cell.value {
            self.left.take_text(text)?;
        }
        Ok(())
    }

    /// The cells of a row.
    fn cells(&mut self) -> Result<Cells, ProblemKind> {
        let mut cells = Cells::new();
        let mut column: u32 = 0;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match next(self.reader, &mut buffer)? {
                Event::Start(start)
                    if ["table:table-cell", "table:covered-table-cell"]
                        .contains(&start.name().as_ref()) =>
                {
                    let number = repeats(&start, "table:number-columns-repeated", COLUMNS)?;
                    let head = Head::of(&start)?;
                    let name = start.name().to_owned_name();
                    let text = self.text(&name)?;
                    if let Some(cell) = head.cell(text) {
                        for position in column..column.saturating_add(number) {
                            self.take(&cell)?;
                            cells.insert(position, cell.clone());
                        }
                    }
                    column = column.saturating_add(number);
                }
                Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(cells),
                Event::Eof => return Err(cut_short()),
                _ => {}
            }
        }
    }

    /// The text of a cell, without its note.
    fn text(&mut self, end_name: &str) -> Result<String, ProblemKind> {
        let mut text = String::new();
        let mut paragraphs: u32 = 0;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match next(self.reader, &mut buffer)? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(part) => match part.resolve_char_ref() {
                    Ok(Some(character)) => text.push(character),
                    Ok(None) => {
                        let entity = quick_xml::escape::resolve_predefined_entity(part.as_ref());
                        text.push_str(entity.unwrap_or_default());
                    }
                    Err(error) => return Err(damaged(&error)),
                },
                Event::Start(start) => match start.name().as_ref() {
                    "office:annotation" | "draw:frame" | "draw:custom-shape" => {
                        let name = start.name().to_owned_name();
                        let mut inside = Vec::new();
                        skip(self.reader, &name, &mut inside)?;
                    }
                    "text:p" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs = paragraphs.saturating_add(1);
                    }
                    "text:s" => {
                        let number = attribute(&start, "text:c")?.and_then(|c| c.parse().ok());
                        text.push_str(&" ".repeat(number.unwrap_or(1).min(BLANKS)));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                },
                Event::End(end) if end.name().as_ref() == end_name => return Ok(text),
                Event::Eof => return Err(cut_short()),
                _ => {}
            }
        }
    }
}

/// What the element of a cell says.
struct Head {
    value: Option<Value>,
    is_formula: bool,
    is_error: bool,
}

impl Head {
    fn of(start: &BytesStart<'_>) -> Result<Self, ProblemKind> {
        let kind = attribute(start, "office:value-type")?;
        let error = attribute(start, "calcext:value-type")?;
        let value = match kind.as_deref() {
            Some("float" | "percentage" | "currency") => {
                attribute(start, "office:value")?.map(|text| number_text(&text))
            }
            Some("date") => attribute(start, "office:date-value")?.map(|text| {
                let day = text.get(..10).and_then(|day| day.parse().ok());
                day.map_or(Value::Text(text), Value::Day)
            }),
            Some("boolean") => {
                attribute(start, "office:boolean-value")?.map(|text| Value::Truth(text == "true"))
            }
            Some("string") => attribute(start, "office:string-value")?
                .filter(|text| !text.is_empty())
                .and_then(|text| text_of(&text)),
            _ => None,
        };
        Ok(Self {
            value,
            is_formula: attribute(start, "table:formula")?.is_some(),
            is_error: error.as_deref() == Some("error"),
        })
    }

    fn cell(self, text: String) -> Option<Cell> {
        let is_formula = self.is_formula;
        let value = if self.is_error {
            Some(Value::Error(error_named(text.trim())))
        } else {
            self.value.or_else(|| text_of(&text))
        };
        let value = value.or(is_formula.then_some(Value::NoResult))?;
        Some(Cell { value, is_formula })
    }
}

/// The error that a text names, in any of the languages LibreOffice has it.
fn error_named(text: &str) -> &'static str {
    match text {
        "#DIV/0!" => "#DIV/0!",
        "#N/A" | "#N/D" => "#N/D",
        "#NAME?" | "#NOME?" => "#NOME?",
        "#REF!" | "#RIF!" => "#RIF!",
        "#VALUE!" | "#VALORE!" => "#VALORE!",
        "#NUM!" => "#NUM!",
        _ => "#ERR",
    }
}
