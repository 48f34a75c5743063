//! Sheets that become CSV tables, in the default dialect, with the cell of every field kept.

use std::collections::BTreeSet;

use csv::{Terminator, WriterBuilder};

use super::layout::{Holds, Kind, MARK, MARK_ELSEWHERE, UNIT_COST, plain};
use super::places::{CellAt, Places};
use super::rows::{Head, Rows};
use super::text::{TextNumbers, ids, is_number, raw, text_of};
use super::value::{Cell, Value};
use crate::input::collect::Problems;
use crate::input::number::meant_as_number;
use crate::problem::{Nearest, ReferenceProblem, Shown, Things, WorkbookProblem};

/// A table being written.
#[derive(Debug)]
pub(super) struct TableText {
    file: &'static str,
    header: Vec<String>,
    text: Vec<u8>,
    line: u32,
}

impl TableText {
    /// A table with its header.
    pub(super) fn new(file: &'static str, header: Vec<String>) -> Self {
        let mut table = Self {
            file,
            text: Vec::new(),
            line: 1,
            header: Vec::new(),
        };
        table.push(&header);
        table.header = header;
        table
    }

    /// Adds a row; gives the line it begins on.
    fn push(&mut self, cells: &[String]) -> u32 {
        let line = self.line;
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::Any(b'\n'))
            .flexible(true)
            .from_writer(Vec::new());
        // Writing into memory does not fail.
        let _ = writer.write_record(cells);
        let record = writer.into_inner().unwrap_or_default();
        let lines = record.iter().filter(|byte| **byte == b'\n').count();
        self.line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.text.extend(record);
        line
    }

    /// Whether anything follows the header.
    pub(super) fn has_rows(&self) -> bool {
        self.line > 2
    }

    /// The bytes of the file.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.text
    }
}

/// Where tables are written to.
pub(super) struct Tables<'p> {
    pub(super) places: &'p mut Places,
    pub(super) problems: &'p mut Problems,
    pub(super) numbers: TextNumbers,
}

impl Tables<'_> {
    /// A sheet as its table.
    pub(super) fn table(&mut self, file: &'static str, rows: &Rows<'_>) -> TableText {
        let header: Vec<String> = rows
            .heads
            .values()
            .map(|head| head.key().to_owned())
            .collect();
        self.places.sheet(file, &rows.name);
        for (column, head) in &rows.heads {
            self.places.column(file, head.key(), *column);
        }
        self.places.row(file, 1, rows.header);
        let kinds: Vec<(u32, Kind)> = rows
            .heads
            .iter()
            .map(|(column, head)| (*column, kind_of(head, *column, rows, self.numbers)))
            .collect();
        let mut table = TableText::new(file, header);
        for (row, cells) in &rows.rows {
            let mut record = Vec::with_capacity(kinds.len());
            for (column, kind) in &kinds {
                let Some(cell) = cells.get(column) else {
                    record.push(String::new());
                    continue;
                };
                let text = text_of(&cell.value, *kind, self.numbers);
                let place = rows.at(*row, *column).place();
                record.push(self.problems.keep(&place, text).unwrap_or_default());
            }
            let line = table.push(&record);
            self.places.row(file, line, *row);
        }
        table
    }

    /// Adds the marks of the matrix to the rows of eligibility; its funds and actions are those of their sheets.
    pub(super) fn matrix(&mut self, rows: &Rows<'_>, all: &[Rows<'_>], table: &mut TableText) {
        let Some(actions) = rows.position("action") else {
            return;
        };
        let (known_funds, known_actions) =
            (named_in(all, "funds.csv"), named_in(all, "actions.csv"));
        let mut unknown = Vec::new();
        for (column, head) in rows.heads.iter().filter(|(column, _)| **column != actions) {
            let at = rows.at(rows.header, *column);
            if !self.is_known(Things::Funds, head.key(), &known_funds, &at) {
                unknown.push(*column);
            }
        }
        for (row, cells) in &rows.rows {
            let action = cells.get(&actions).map(|cell| raw(&cell.value));
            let at = rows.at(*row, actions);
            let name = action.as_deref().unwrap_or_default();
            if !name.is_empty() && !self.is_known(Things::Actions, name, &known_actions, &at) {
                continue;
            }
            for (column, head) in rows.heads.iter().filter(|(c, _)| !unknown.contains(c)) {
                let Some(cell) = cells.get(column).filter(|_| *column != actions) else {
                    continue;
                };
                let place = rows.at(*row, *column);
                match mark_of(cell) {
                    Mark::Open => {}
                    Mark::Elsewhere => continue,
                    Mark::Wrong => {
                        let value = cell.value.shown();
                        self.problems
                            .push(place.place(), WorkbookProblem::Mark { value });
                        continue;
                    }
                }
                let record: Vec<String> = table
                    .header
                    .iter()
                    .map(|name| match name.as_str() {
                        "fund" => head.key().to_owned(),
                        "action" => action.clone().unwrap_or_default(),
                        _ => String::new(),
                    })
                    .collect();
                let line = table.push(&record);
                self.places.cell(table.file, line, place);
            }
        }
    }
}

impl Tables<'_> {
    /// Whether a name is that of something; told where it is not.
    fn is_known(
        &mut self,
        things: Things,
        name: &str,
        known: &BTreeSet<String>,
        at: &CellAt,
    ) -> bool {
        if known.is_empty() || known.contains(name) {
            return true;
        }
        let problem = ReferenceProblem::UnknownSelection {
            things,
            id: Shown::new(name),
            nearest: Nearest::of(name, known.iter().map(String::as_str)),
        };
        self.problems.push(at.place(), problem);
        false
    }
}

/// Codes and tags in the sheet of a table, and the names of groups; nothing where there is no such sheet.
fn named_in(all: &[Rows<'_>], file: &str) -> BTreeSet<String> {
    let is_table = |rows: &&Rows<'_>| matches!(rows.sheet.holds, Holds::Table(own) if own == file);
    let is_groups =
        |rows: &&Rows<'_>| matches!(rows.sheet.holds, Holds::List(list) if list.path == "group");
    let Some(table) = all.iter().find(is_table) else {
        return BTreeSet::new();
    };
    let key = table.sheet.columns.first().map_or("", |column| column.key);
    let mut names = BTreeSet::new();
    let groups = all.iter().find(is_groups).map(|groups| (groups, "id"));
    for (rows, column) in [(table, key), (table, "tags")].into_iter().chain(groups) {
        let Some(column) = rows.position(column) else {
            continue;
        };
        for cell in rows.rows.iter().filter_map(|(_, cells)| cells.get(&column)) {
            let text = raw(&cell.value);
            if ids(&text).any(|id| crate::input::ids::id(id).is_err()) {
                // A code that is wrong is told where it is, not at whatever names it.
                return BTreeSet::new();
            }
            names.extend(ids(&text).map(str::to_owned));
        }
    }
    names
}

enum Mark {
    Open,
    Elsewhere,
    Wrong,
}

fn mark_of(cell: &Cell) -> Mark {
    let text = raw(&cell.value);
    match plain(&text).as_str() {
        MARK | "si" | "yes" | "1" => Mark::Open,
        "no" | "0" => Mark::Elsewhere,
        _ if text == MARK_ELSEWHERE => Mark::Elsewhere,
        _ => Mark::Wrong,
    }
}

/// What a column takes; of a free column all values together decide.
fn kind_of(head: &Head, column: u32, rows: &Rows<'_>, numbers: TextNumbers) -> Kind {
    let name = match head {
        Head::Known(known) => return known.kind,
        Head::Free(name) => name,
    };
    if name.starts_with(UNIT_COST) {
        return Kind::Money;
    }
    let mut values = rows.rows.iter().filter_map(|(_, cells)| cells.get(&column));
    let counts = values.all(|cell| match &cell.value {
        Value::Number(_) | Value::Percent(_) | Value::Code { .. } => true,
        Value::Text(text) => is_number(text, numbers) || meant_as_number(text),
        Value::Error(_) | Value::NoResult => true,
        // One day among numbers is a number shown as a day; of days alone the column holds days.
        Value::Day(_) | Value::Time(_) => true,
        Value::Truth(_) => false,
    });
    let mut values = rows.rows.iter().filter_map(|(_, cells)| cells.get(&column));
    let only_days = values.all(|cell| matches!(cell.value, Value::Day(_)));
    if counts && !only_days {
        Kind::Number
    } else {
        Kind::Text
    }
}
