//! A table cell by cell, to be changed and written again in its own dialect and encoding.

use std::collections::BTreeMap;

use csv::{QuoteStyle, ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use jiff::civil::Date;

use super::collect::Problems;
use super::decode::{Encoding, decode};
use super::entries::{Formats, read_model_file};
use super::number::{self, Dialect, Format};
use super::row;
use crate::units::{Euro, Exact, Year};

/// Cells of a table as texts, without blanks around them.
#[derive(Clone, Debug)]
pub(crate) struct RawTable {
    format: Format,
    encoding: Encoding,
    header: Vec<String>,
    /// Rows, each with as many cells as the header.
    pub(crate) rows: Vec<Vec<String>>,
}

impl RawTable {
    /// A table of a valid model; one without rows and with these columns where the model has no such file.
    pub(crate) fn of(files: &BTreeMap<String, Vec<u8>>, name: &str, columns: &[&str]) -> Self {
        Self::read(files, name, columns, &Formats::of_model(files))
    }

    /// The same, where it is known how each table is written.
    pub(crate) fn read(
        files: &BTreeMap<String, Vec<u8>>,
        name: &str,
        columns: &[&str],
        formats: &Formats,
    ) -> Self {
        let table = name.strip_suffix(".csv").unwrap_or(name);
        let (dialect, encoding) = formats.0.get(table).copied().unwrap_or_default();
        let mut raw = Self {
            format: Format {
                dialect,
                table: table.to_owned(),
            },
            encoding,
            header: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
        };
        let text = files
            .get(name)
            .and_then(|bytes| decode(bytes, encoding, Some(table)).ok());
        let Some(text) = text else { return raw };
        let mut reader = ReaderBuilder::new()
            .delimiter(dialect.separator())
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = reader.records().filter_map(Result::ok).map(cells);
        let mut records = records
            .by_ref()
            .filter(|cells| cells.iter().any(|cell| !cell.is_empty()));
        if let Some(header) = records.next() {
            raw.header = header;
        }
        raw.rows = records.collect();
        raw
    }

    /// The text of a cell; empty where there is none.
    pub(crate) fn cell<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        let position = self.header.iter().position(|name| name == column);
        position
            .and_then(|position| row.get(position))
            .map_or("", String::as_str)
    }

    /// The year in a cell.
    pub(crate) fn year(&self, row: &[String], column: &str) -> Option<Year> {
        row::year_of(self.cell(row, column)).ok()
    }

    /// The amount in a cell.
    pub(crate) fn euro(&self, row: &[String], column: &str) -> Option<Euro> {
        number::amount(self.cell(row, column), &self.format).ok()
    }

    /// The date in a cell.
    pub(crate) fn date(&self, row: &[String], column: &str) -> Option<Date> {
        row::date(self.cell(row, column), &self.format).ok()
    }

    /// Names of the columns.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// Adds a column that is not there yet, empty in every row.
    pub(crate) fn add_column(&mut self, column: &str) {
        if !self.header.iter().any(|name| name == column) {
            self.header.push(column.to_owned());
            self.rows.iter_mut().for_each(|row| row.push(String::new()));
        }
    }

    /// Puts a text into a cell.
    pub(crate) fn set(&self, row: &mut [String], column: &str, text: &str) {
        let position = self.header.iter().position(|name| name == column);
        if let Some(cell) = position.and_then(|position| row.get_mut(position)) {
            text.clone_into(cell);
        }
    }

    /// The text of a cell by the position of its row.
    pub(crate) fn at(&self, row: usize, column: &str) -> &str {
        self.rows.get(row).map_or("", |row| self.cell(row, column))
    }

    /// Puts a text into a cell by the position of its row.
    pub(crate) fn put(&mut self, row: usize, column: &str, text: &str) {
        let position = self.header.iter().position(|name| name == column);
        let cell = position.and_then(|position| self.rows.get_mut(row)?.get_mut(position));
        if let Some(cell) = cell {
            text.clone_into(cell);
        }
    }

    /// Adds a row; columns that are not named stay empty.
    pub(crate) fn push(&mut self, cells: &[(&str, &str)]) {
        let row = self.header.iter().map(|name| {
            let cell = cells.iter().find(|(column, _)| column == name);
            cell.map_or_else(String::new, |(_, text)| (*text).to_owned())
        });
        self.rows.push(row.collect());
    }

    /// An amount as this file writes it.
    pub(crate) fn money(&self, euro: Euro) -> String {
        match self.format.dialect {
            Dialect::Italian => euro.to_string().replace('.', ","),
            Dialect::Undeclared | Dialect::English => euro.to_string(),
        }
    }

    /// An exact number from zero up.
    pub(crate) fn quantity(&self, row: &[String], column: &str) -> Option<Exact> {
        number::quantity(self.cell(row, column), &self.format).ok()
    }

    /// An exact number of either sign.
    pub(crate) fn number(&self, row: &[String], column: &str) -> Option<Exact> {
        number::number(self.cell(row, column), &self.format).ok()
    }

    /// A share.
    pub(crate) fn share(&self, row: &[String], column: &str) -> Option<Exact> {
        self.share_of(self.cell(row, column))
    }

    /// A share as this file writes it.
    pub(crate) fn share_of(&self, text: &str) -> Option<Exact> {
        number::ratio(text, &self.format).ok()
    }

    /// A number of this file, alone or in a fraction or percentage, with a point for its decimals.
    pub(crate) fn with_point(&self, text: &str) -> String {
        match self.format.dialect {
            Dialect::Italian => text.replace('.', "").replace(',', "."),
            Dialect::Undeclared | Dialect::English => text.to_owned(),
        }
    }

    /// A decimal with a point, as this file writes it.
    pub(crate) fn decimal(&self, plain: &str) -> String {
        match self.format.dialect {
            Dialect::Italian => plain.replace('.', ","),
            Dialect::Undeclared => number::unmistakable(plain.to_owned()),
            Dialect::English => plain.to_owned(),
        }
    }

    /// The file; LF between lines.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut writer = WriterBuilder::new()
            .delimiter(self.format.dialect.separator())
            .quote_style(QuoteStyle::Necessary)
            .terminator(Terminator::Any(b'\n'))
            .flexible(true)
            .from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            // Writing into memory does not fail.
            let _ = writer.write_record(row);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        match self.encoding {
            Encoding::Utf8 => bytes,
            Encoding::Windows1252 => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
            }
        }
    }
}

impl Formats {
    /// How each table of a valid model is written.
    pub(crate) fn of_model(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut unheard = Problems::default();
        let (model, _) = read_model_file(files, &mut unheard);
        Self::of(model.files.as_ref(), &mut unheard)
    }
}

fn cells(record: StringRecord) -> Vec<String> {
    let trimmed = |field: &str| field.trim_matches([' ', '\t', '\r', '\n']).to_owned();
    record.iter().map(trimmed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_as_it_was_declared() {
        let toml = "[model]\nformat = 1\ntitle = \"x\"\n[plan]\nstart = 2026-01-01\nmonths = 12\n\
                    [files.amounts]\ndialect = \"it\"\nencoding = \"windows-1252\"\n";
        let written = b"fund;year;euro;act\nfnps;2026;1.234,50;Citt\xe0; \"x\"\n";
        let mut files = BTreeMap::from([("model.toml".to_owned(), toml.as_bytes().to_vec())]);
        files.insert("amounts.csv".to_owned(), written.to_vec());
        let mut table = RawTable::of(&files, "amounts.csv", &[]);
        assert_eq!(
            table.euro(&table.rows[0], "euro"),
            Some(Euro::from_cents(123_450))
        );
        let euro = table.money(Euro::from_cents(7));
        table.rows.clear();
        table.push(&[("act", "Citt\u{e0}"), ("fund", "b"), ("euro", &euro)]);
        assert_eq!(table.bytes(), b"fund;year;euro;act\nb;;0,07;Citt\xe0\n");
    }
}
