//! The rows of a sheet: where its header is, which columns it has, which cells are no data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::grid::Grid;
use super::layout::{Column, Holds, Kind, Sheet, UNIT_COST, own_name, plain};
use super::places::CellAt;
use super::speak::{columns, unknown_column};
use super::text::raw;
use super::totals::Totals;
use super::value::{Cell, Value};
use crate::input::collect::Problems;
use crate::model::Language;
use crate::model::expression::{Expression, comma_between_digits};
use crate::problem::{Shown, TableProblem, WorkbookProblem, WorkbookRemark};

/// The header stands within so many rows.
const HEADER_WITHIN: u32 = 30;

/// What a column of a sheet is.
#[derive(Clone, Debug)]
pub(crate) enum Head {
    /// One of the columns of the sheet.
    Known(&'static Column),
    /// Any other, by its name in the text format.
    Free(String),
}

impl Head {
    /// Its name in the text format.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Known(column) => column.key,
            Self::Free(name) => name,
        }
    }
}

/// A sheet whose header was found.
#[derive(Debug)]
pub(crate) struct Rows<'g> {
    /// What it is.
    pub(crate) sheet: &'static Sheet,
    /// Its name in this workbook.
    pub(crate) name: Arc<str>,
    /// Its columns by position.
    pub(crate) heads: BTreeMap<u32, Head>,
    /// The row of the header.
    pub(crate) header: u32,
    /// Rows of data in order.
    pub(crate) rows: Vec<(u32, &'g BTreeMap<u32, Cell>)>,
}

impl<'g> Rows<'g> {
    /// Finds the header and the rows. `None` where the sheet is empty, or with a problem.
    pub(crate) fn read(
        sheet: &'static Sheet,
        grid: &'g Grid,
        book: Language,
        problems: &mut Problems,
    ) -> Option<Self> {
        let name: Arc<str> = grid.name.as_str().into();
        for (row, column, kind) in &grid.faults {
            problems.push(at(&name, *row, *column).place(), kind.clone());
        }
        let first = *grid.rows.keys().next()?;
        let Some(header) = header_of(sheet, grid) else {
            let known = columns(sheet, book);
            let place = at(&name, first, 0).place();
            problems.push(place, WorkbookProblem::NoHeader { known });
            return None;
        };
        let cells = grid.rows.get(&header)?;
        let mut heads = BTreeMap::new();
        for (column, cell) in cells {
            heads.insert(*column, head_of(sheet, &cell.value));
        }
        let after = header.saturating_add(1);
        let mut rows = Self {
            sheet,
            name,
            heads,
            header,
            rows: grid
                .rows
                .range(after..)
                .map(|(row, cells)| (*row, cells))
                .collect(),
        };
        rows.check_heads(book, problems);
        let merged = rows.tell_merged(grid, problems);
        rows.check_rows(&merged, problems);
        rows.tell_hidden(grid, problems);
        rows.tell_formulas(problems);
        rows.tell_commas(problems);
        Some(rows)
    }

    /// A cell of this sheet.
    pub(crate) fn at(&self, row: u32, column: u32) -> CellAt {
        at(&self.name, row, column)
    }

    /// The first column with a key.
    pub(crate) fn position(&self, key: &str) -> Option<u32> {
        let mut heads = self.heads.iter();
        heads.find(|(_, head)| head.key() == key).map(|(p, _)| *p)
    }

    /// Columns nobody knows and columns named twice; tables are told of by their reader.
    fn check_heads(&self, book: Language, problems: &mut Problems) {
        if matches!(
            self.sheet.holds,
            Holds::Table(_) | Holds::Matrix | Holds::Model
        ) {
            return;
        }
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        for (column, head) in &self.heads {
            let place = self.at(self.header, *column).place();
            match head {
                Head::Free(name) => {
                    problems.push(place, unknown_column(name, self.sheet, book));
                }
                Head::Known(own) => {
                    if let Some(first) = seen.insert(own.key, *column) {
                        let number =
                            |column: u32| usize::try_from(column).unwrap_or(0).saturating_add(1);
                        let problem = TableProblem::DuplicateColumn {
                            name: Shown::new(own.name.say(book)),
                            first: number(first),
                            second: number(*column),
                        };
                        problems.push(place, problem);
                    }
                }
            }
        }
    }

    /// Values outside the table, and rows of totals where no reader of tables sees them.
    fn check_rows(&mut self, merged: &[u32], problems: &mut Problems) {
        let by_us = !matches!(self.sheet.holds, Holds::Table(_));
        let (sheet, heads, name) = (self.sheet, &self.heads, &self.name);
        let mut totals = Totals::default();
        let mut unnamed = BTreeSet::new();
        self.rows.retain(|(row, cells)| {
            for (column, cell) in *cells {
                if heads.contains_key(column) {
                    continue;
                }
                let place = at(name, *row, *column).place();
                // One column without a name, one problem.
                if unnamed.insert(*column) {
                    let value = cell.value.shown();
                    problems.push(place, WorkbookProblem::Unnamed { value });
                } else {
                    problems.hush(place);
                }
            }
            let own = || {
                cells
                    .iter()
                    .filter(|(column, _)| heads.contains_key(column))
            };
            let Some((column, first)) = own().next() else {
                return false;
            };
            let text = raw(&first.value);
            if by_us && crate::input::table::is_total(&text) {
                let value = Shown::new(&text);
                problems.push(
                    at(name, *row, *column).place(),
                    TableProblem::Total { value },
                );
                return false;
            }
            let is_split = merged.binary_search(row).is_ok();
            if !is_split && let Some((column, value)) = totals.of(sheet, heads, cells) {
                let place = at(name, *row, column).place();
                problems.push(place, TableProblem::Total { value });
                return false;
            }
            true
        });
    }

    /// Commas between digits in expressions: two arguments where one decimal may be meant.
    fn tell_commas(&self, problems: &mut Problems) {
        for (row, cells) in &self.rows {
            for (column, cell) in *cells {
                let Some(Head::Known(own)) = self.heads.get(column) else {
                    continue;
                };
                let (Kind::Formula, Value::Text(text)) = (own.kind, &cell.value) else {
                    continue;
                };
                let comma = comma_between_digits(text).filter(|_| Expression::parse(text).is_ok());
                if comma.is_some() {
                    let value = Shown::new(text);
                    let place = self.at(*row, *column).place();
                    problems.push(place, WorkbookRemark::Commas { value });
                }
            }
        }
    }

    /// One remark for each column with formulas.
    fn tell_formulas(&self, problems: &mut Problems) {
        let mut found: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
        for (row, cells) in &self.rows {
            for (column, cell) in *cells {
                if cell.is_formula && cell.value != Value::NoResult {
                    let entry = found.entry(*column).or_insert((*row, 0));
                    entry.1 = entry.1.saturating_add(1);
                }
            }
        }
        for (column, (row, number)) in found {
            let place = self.at(row, column).place();
            problems.push(place, WorkbookRemark::Formulas { number });
        }
    }
}

fn at(name: &Arc<str>, row: u32, column: u32) -> CellAt {
    CellAt {
        sheet: Arc::clone(name),
        row,
        column,
    }
}

/// The row with the most names of columns, the first of them; merged titles stand above it.
fn header_of(sheet: &Sheet, grid: &Grid) -> Option<u32> {
    let first = *grid.rows.keys().next()?;
    let last = first.saturating_add(HEADER_WITHIN);
    let score = |cells: &BTreeMap<u32, Cell>| {
        let named = cells.values().filter(|cell| match &cell.value {
            Value::Text(text) => sheet.column_named(text).is_some(),
            _ => false,
        });
        named.count()
    };
    let wanted = sheet.columns.len().min(2);
    let mut best: Option<(usize, u32)> = None;
    for (row, cells) in grid.rows.range(first..=last) {
        let score = score(cells);
        if score >= wanted && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, *row));
        }
    }
    best.map(|(_, row)| row)
}

fn head_of(sheet: &'static Sheet, value: &Value) -> Head {
    let name: String = raw(value).nfc().collect();
    if let Some(own) = own_name(&name) {
        return Head::Free(own.to_owned());
    }
    if let Some(column) = sheet.column_named(&name) {
        return Head::Known(column);
    }
    Head::Free(cost_year(sheet, &name).unwrap_or(name))
}

/// `Costo unitario 2022` is `unit_cost_2022`.
fn cost_year(sheet: &Sheet, name: &str) -> Option<String> {
    let cost = sheet.column(UNIT_COST)?;
    let name = plain(name);
    let (start, year) = name.rsplit_once(' ')?;
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let is_cost = [cost.name.it, cost.name.en, cost.key]
        .iter()
        .any(|own| plain(own) == start);
    (is_year && is_cost).then(|| format!("{UNIT_COST}_{year}"))
}
