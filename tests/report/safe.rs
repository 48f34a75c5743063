//! Nothing that stands in a text runs in a spreadsheet.

use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx};
use mappafondo::model::Language;
use mappafondo::report::document::{Cell, Document, Link};
use mappafondo::report::document_csv::{Dialect, csv};
use mappafondo::report::text::terminal_text;
use mappafondo::report::xlsx::xlsx;

use crate::payloads::PAYLOADS;
use crate::shared::told;

/// A document with a text in every place where there is one.
fn poisoned(payload: &str) -> Document {
    let mut document = told(Language::Italian);
    let text = || payload.to_owned();
    (document.title, document.subtitle) = (text(), text());
    for section in &mut document.sections {
        section.title = text();
        for note in &mut section.notes {
            *note = text();
        }
        for table in &mut section.tables {
            table.title = text();
            table.notes = vec![text()];
            for column in &mut table.columns {
                (column.title, column.meaning) = (text(), text());
            }
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                match cell {
                    Cell::Text(own) | Cell::Code(own) => *own = text(),
                    Cell::Law(link) => {
                        *link = Link {
                            text: text(),
                            url: Some(text()),
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    document
}

#[test]
fn no_text_runs_in_a_csv() {
    for payload in PAYLOADS {
        let document = poisoned(payload);
        for (dialect, separator) in [(Dialect::Italian, b';'), (Dialect::English, b',')] {
            let bytes = csv(&document, dialect).unwrap();
            let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(separator)
                .has_headers(false)
                .flexible(true)
                .from_reader(bytes);
            let mut seen = 0;
            for row in reader.records() {
                for cell in row.unwrap().iter() {
                    let number = cell.replace([',', '.'], "").parse::<i128>().is_ok();
                    let first = cell.chars().next().unwrap_or('x');
                    let acts = "=+-@\t\r\n\0＝＋－＠".contains(first);
                    assert!(number || !acts, "{payload:?}: {cell:?}");
                    seen += usize::from(cell.contains(payload));
                }
            }
            assert!(seen > 100, "{payload:?} was written {seen} times");
        }
    }
}

/// The files of a workbook that are XML, by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = Vec::new();
    for position in 0..zip.len() {
        let mut file = zip.by_index(position).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        found.push((file.name().unwrap().into_owned(), text));
    }
    found
}

#[test]
fn no_text_runs_in_a_workbook() {
    for payload in PAYLOADS {
        let document = poisoned(payload);
        let bytes = xlsx(&document).unwrap();
        for (name, text) in parts(&bytes) {
            assert!(
                !name.contains("externalLink") && !name.contains("vbaProject"),
                "{name}"
            );
            // Links lead to the web or nowhere, and no payload is an address.
            assert!(
                !text.contains("TargetMode=\"External\""),
                "{payload:?} in {name}"
            );
            for formula in text.split("<f>").skip(1) {
                let formula = formula.split("</f>").next().unwrap();
                let own = ["SUM(", "SUMIFS(", "SUMPRODUCT(", "ROUND(", "IF(", "'", "0"];
                let is_ours = own.iter().any(|start| formula.starts_with(start))
                    || formula
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "+-()".contains(c));
                assert!(
                    is_ours && !formula.contains("cmd"),
                    "{payload:?}: {formula}"
                );
            }
            let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            assert!(!text.contains(control), "{payload:?} in {name}");
        }
        // It is well-formed, and the text is there to be read as text.
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("Registro").unwrap();
        let shown = terminal_text(payload).into_owned();
        let there = range
            .cells()
            .filter(|(.., cell)| cell.to_string() == shown)
            .count();
        assert!(there > 20, "{payload:?} was written {there} times");
    }
}
