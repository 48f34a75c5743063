//! A document as CSV: the tables one after the other, each with its title above and an empty line below.
//!
//! The dialect `it` is what an Italian Excel opens with a double click: semicolons, decimal commas, and the mark that says UTF-8
//! (without it Excel takes the file for Windows-1252, which cannot hold every name). The dialect `en` has commas and decimal points
//! and no mark. Numbers have no thousands, shares are fractions of one; a text that a spreadsheet would run begins with an apostrophe.

use super::ReportError;
use super::document::{Cell, Document, Table};
use super::text::csv_text;
use crate::model::Language;

/// How numbers and columns are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `;` and `,`, with the mark of UTF-8.
    Italian,
    /// `,` and `.`.
    English,
}

impl From<Language> for Dialect {
    fn from(language: Language) -> Self {
        match language {
            Language::Italian => Self::Italian,
            Language::English => Self::English,
        }
    }
}

impl Dialect {
    fn separator(self) -> u8 {
        match self {
            Self::Italian => b';',
            Self::English => b',',
        }
    }

    fn point(self) -> char {
        match self {
            Self::Italian => ',',
            Self::English => '.',
        }
    }
}

/// The tables of a document.
///
/// # Errors
/// [`ReportError::Table`] if the text cannot be written in memory.
pub fn csv(document: &Document, dialect: Dialect) -> Result<Vec<u8>, ReportError> {
    let mut bytes = match dialect {
        Dialect::Italian => "\u{feff}".as_bytes().to_vec(),
        Dialect::English => Vec::new(),
    };
    for (position, (section, table)) in document.tables().enumerate() {
        if position > 0 {
            bytes.extend(b"\r\n");
        }
        let first = section.tables.first().map(|table| &table.id) == Some(&table.id);
        let title = if first || section.tables.len() == 1 {
            section.title.clone()
        } else {
            format!("{}: {}", section.title, table.title)
        };
        write(&mut bytes, &title, table, dialect).map_err(|error| ReportError::Table {
            table: "csv",
            reason: error.to_string(),
        })?;
    }
    Ok(bytes)
}

fn write(
    bytes: &mut Vec<u8>,
    title: &str,
    table: &Table,
    dialect: Dialect,
) -> Result<(), csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(dialect.separator())
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Necessary)
        .flexible(true)
        .from_writer(bytes);
    writer.write_record([csv_text(&table.id).as_ref(), csv_text(title).as_ref()])?;
    let titles = table.columns.iter().map(|column| csv_text(&column.title));
    writer.write_record(titles.map(|title| title.into_owned()))?;
    for row in &table.rows {
        let cells = row.cells.iter().map(|cell| text(cell, dialect));
        writer.write_record(cells)?;
    }
    writer.flush()?;
    Ok(())
}

fn text(cell: &Cell, dialect: Dialect) -> String {
    let plain = cell.plain(dialect.point());
    if cell.words().is_some() {
        csv_text(&plain).into_owned()
    } else {
        plain
    }
}
