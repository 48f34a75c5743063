//! A table as written: columns by name, rows with their physical lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};
use unicode_normalization::UnicodeNormalization;

use super::collect::Problems;
use super::number::{Dialect, Format};
use super::source::Source;
use crate::problem::{Nearest, Place, Shown, TableProblem, TextProblem, WordList};

/// Largest field, in MB.
const FIELD_MB: u64 = 1;
const FIELD_BYTES: usize = 1_000_000;
/// Most columns of a table.
const MOST_COLUMNS: usize = 10_000;
/// Columns that every table may have, kept for reading.
pub(super) const COMMON: [&str; 3] = ["source", "confidence", "note"];

/// The columns a table must and may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// Without these the table is not read.
    pub(super) required: &'static [&'static str],
    /// These may be left out.
    pub(super) optional: &'static [&'static str],
    /// Which other columns are taken.
    pub(super) others: fn(&str) -> bool,
}

/// No other columns.
pub(super) fn none(_: &str) -> bool {
    false
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// File name.
    pub(super) file: Arc<str>,
    /// How its numbers are written.
    pub(super) format: Format,
    /// Column names in the order of the file.
    pub(super) names: Vec<Arc<str>>,
    /// Position of each column.
    pub(super) positions: BTreeMap<Arc<str>, usize>,
    /// Rows in the order of the file.
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    /// Its first physical line.
    pub(super) line: u32,
    /// Its cells, without blanks around them.
    pub(super) cells: Vec<String>,
}

impl Table {
    /// Reads a table. Rows that cannot be used are left out, with a problem each; `None` if the columns are wrong.
    pub(super) fn read(
        source: &Source,
        format: Format,
        columns: Columns,
        problems: &mut Problems,
    ) -> Option<Self> {
        let before = problems.count();
        let mut records = Records::new(source, format.dialect);
        let mut header = records.next(problems)?;
        for name in &mut header.cells {
            *name = name.nfc().collect();
        }
        check_separator(source, &format, &header, problems)?;
        let names = column_names(source, &header, columns, problems)?;
        let mut table = Self {
            file: Arc::clone(&source.name),
            format,
            positions: names.iter().cloned().zip(0..).collect(),
            names,
            rows: Vec::new(),
        };
        while let Some(row) = records.next(problems) {
            if table.accepts(&row, problems) {
                table.rows.push(row);
            }
        }
        if table.rows.is_empty() && problems.count() == before {
            problems.push(Place::file(Arc::clone(&source.name)), TableProblem::NoRows);
        }
        Some(table)
    }

    fn accepts(&self, row: &Row, problems: &mut Problems) -> bool {
        let place = Place::line(Arc::clone(&self.file), row.line);
        let (found, expected) = (row.cells.len(), self.names.len());
        if found != expected {
            problems.push(place, TableProblem::Ragged { found, expected });
            return false;
        }
        let first = row.cells.iter().find(|cell| !cell.is_empty());
        if let Some(value) = first.filter(|cell| is_total(cell)) {
            let value = Shown::new(value);
            problems.push(place, TableProblem::Total { value });
            return false;
        }
        true
    }
}

/// Records of a CSV text with the lines they begin on, blank ones left out.
struct Records<'s> {
    source: &'s Source,
    reader: csv::Reader<&'s [u8]>,
    record: StringRecord,
}

impl<'s> Records<'s> {
    fn new(source: &'s Source, dialect: Dialect) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(dialect.separator())
            .has_headers(false)
            .flexible(true)
            .from_reader(source.text.as_bytes());
        Self {
            source,
            reader,
            record: StringRecord::new(),
        }
    }

    /// The next record that is not blank and whose cells can be taken.
    fn next(&mut self, problems: &mut Problems) -> Option<Row> {
        loop {
            let start = self.position();
            // The text is UTF-8 and any number of fields is taken, so nothing can fail but the end.
            if !self.reader.read_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            let raw = self
                .source
                .text
                .get(start..self.position())
                .unwrap_or_default();
            let blank = raw
                .len()
                .saturating_sub(raw.trim_start_matches(['\r', '\n']).len());
            let place = self.source.place_of(start.saturating_add(blank));
            let line = place.line.unwrap_or_default();
            if !raw.matches('"').count().is_multiple_of(2) {
                problems.push(place, TableProblem::Quote);
                continue;
            }
            if self.record.len() > MOST_COLUMNS {
                problems.push(
                    place,
                    TableProblem::TooManyColumns {
                        limit: MOST_COLUMNS,
                    },
                );
                continue;
            }
            if self.record.iter().any(|field| field.len() > FIELD_BYTES) {
                problems.push(place, TextProblem::TooLong { limit: FIELD_MB });
                continue;
            }
            let trimmed = |field: &str| field.trim_matches([' ', '\t', '\r', '\n']).to_owned();
            let cells: Vec<String> = self.record.iter().map(trimmed).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                return Some(Row { line, cells });
            }
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }
}

/// A header that is one field with other separators inside was written in another dialect.
fn check_separator(
    source: &Source,
    format: &Format,
    header: &Row,
    problems: &mut Problems,
) -> Option<()> {
    let [only] = header.cells.as_slice() else {
        return Some(());
    };
    let place = Place::line(Arc::clone(&source.name), header.line);
    let other = |separator: &char| {
        only.contains(*separator) && u32::from(format.dialect.separator()) != u32::from(*separator)
    };
    match [';', '\t', ',', '|'].iter().find(|c| other(c)) {
        None => Some(()),
        Some(_) if format.dialect == Dialect::Italian => {
            problems.push(place, TableProblem::SeparatorItalian);
            None
        }
        Some(separator) => {
            let separator = Shown::new(&separator.to_string());
            if format.table.is_empty() {
                problems.push(place, TableProblem::SeparatorRun { separator });
            } else {
                let table = Shown::new(&format.table);
                problems.push(place, TableProblem::Separator { separator, table });
            }
            None
        }
    }
}

fn column_names(
    source: &Source,
    header: &Row,
    columns: Columns,
    problems: &mut Problems,
) -> Option<Vec<Arc<str>>> {
    let before = problems.count();
    let line = |name: &str| Place::cell(Arc::clone(&source.name), header.line, name);
    let known = || {
        columns
            .required
            .iter()
            .chain(columns.optional)
            .chain(&COMMON)
            .copied()
    };
    let mut first_of: BTreeMap<&str, usize> = BTreeMap::new();
    // Columns that a misspelt name was meant for.
    let mut meant: Vec<Shown> = Vec::new();
    for (position, name) in (1..).zip(&header.cells) {
        if name.is_empty() {
            let place = Place::line(Arc::clone(&source.name), header.line);
            problems.push(place, TableProblem::UnnamedColumn { position });
        } else if let Some(first) = first_of.insert(name, position) {
            let second = position;
            let shown = Shown::new(name);
            problems.push(
                line(shown.as_str()),
                TableProblem::DuplicateColumn {
                    name: shown.clone(),
                    first,
                    second,
                },
            );
        } else if !known().any(|column| column == name) && !(columns.others)(name) {
            let shown = Shown::new(name);
            let free = known().filter(|c| !header.cells.iter().any(|cell| cell == c));
            let mut nearest = Nearest::of(name, free);
            if nearest.0.is_none() {
                nearest.0 = only_one(&header.cells, columns);
            }
            meant.extend(nearest.0.clone());
            let different: Vec<&str> = columns
                .required
                .iter()
                .chain(columns.optional)
                .copied()
                .collect();
            let common = COMMON.iter().filter(|name| !different.contains(name));
            let unknown = TableProblem::UnknownColumn {
                nearest,
                known: WordList::of(different.iter().chain(common).copied()),
                name: shown.clone(),
            };
            problems.push(line(shown.as_str()), unknown);
        }
    }
    for name in columns.required {
        let is_meant = meant.iter().any(|meant| meant.as_str() == *name);
        if !first_of.contains_key(name) && !is_meant {
            let place = Place::line(Arc::clone(&source.name), header.line);
            problems.push(
                place,
                TableProblem::MissingColumn {
                    name: Shown::new(name),
                },
            );
        }
    }
    let names = header.cells.iter().map(|name| Arc::from(name.as_str()));
    (problems.count() == before).then(|| names.collect())
}

/// The column that is missing, where one name is unknown and one column is missing: it was meant by it.
fn only_one(header: &[String], columns: Columns) -> Option<Shown> {
    let own = |name: &str| {
        let mut known = columns
            .required
            .iter()
            .chain(columns.optional)
            .chain(&COMMON);
        known.any(|column| *column == name) || (columns.others)(name)
    };
    let unknown = header.iter().filter(|name| !own(name)).count();
    let is_there = |name: &str| header.iter().any(|cell| cell == name);
    let mut missing = columns.required.iter().filter(|name| !is_there(name));
    let first = missing.next()?;
    (unknown == 1 && missing.next().is_none()).then(|| Shown::new(first))
}

pub(super) fn is_total(cell: &str) -> bool {
    const TOTALS: [&str; 14] = [
        "totale",
        "totali",
        "totale generale",
        "total",
        "totals",
        "tot",
        "tot.",
        "somma",
        "totale complessivo",
        "totale parziale",
        "subtotale",
        "sub-totale",
        "subtotal",
        "grand total",
    ];
    TOTALS.contains(&cell.trim_end_matches(':').to_lowercase().as_str())
}
