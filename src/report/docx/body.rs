//! What the short annex tells, as the XML of its text.

use std::fmt::Write;

use crate::model::Language;
use crate::report::document::{Cell, Document, Role, Row, Table, Topic};
use crate::report::text::terminal_text;
use crate::report::words::pdf as words;

/// Width of the text on A4 and of a column of numbers, in twentieths of a point.
const WIDTH: usize = 9638;
const NUMBER: usize = 1290;

/// The narrowest column of texts.
const LEAST: usize = 900;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
    xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";
const TAIL: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/>\
    <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" \
    w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>";

pub(super) fn body(document: &Document) -> String {
    let language = document.language;
    let mut xml = String::from(HEAD);
    let title = words::TITLE.fill(language, &[("plan", &document.title)]);
    paragraph(&mut xml, "Title", &title);
    paragraph(&mut xml, "Normal", &document.subtitle);
    told(&mut xml, document, "act");
    for sentence in &document.summary {
        paragraph(&mut xml, "Normal", sentence);
    }
    paragraph(&mut xml, "Heading1", words::WHO_GETS.say(language));
    for section in document.about(Topic::Zone) {
        // The first table of a zone is what it gets.
        if let Some(first) = section.tables.first() {
            if section.zone.is_some() {
                paragraph(&mut xml, "Heading2", &section.title);
            }
            table(&mut xml, language, first);
        }
    }
    for id in ["binding", "unmet", "assumptions"] {
        if let Some(told) = document.table(id) {
            paragraph(&mut xml, "Heading1", &told.title);
        }
        told(&mut xml, document, id);
    }
    let made = [("version", &*document.version), ("hash", &document.hash)];
    paragraph(&mut xml, "Cell", &words::MADE.fill(language, &made));
    xml.push_str(TAIL);
    xml
}

fn told(xml: &mut String, document: &Document, id: &str) {
    if let Some(own) = document.table(id) {
        table(xml, document.language, own);
    }
}

fn paragraph(xml: &mut String, style: &str, text: &str) {
    let text = escaped(text);
    let _ = write!(
        xml,
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    );
}

/// The columns of a table that are for paper.
fn table(xml: &mut String, language: Language, table: &Table) {
    let (columns, _) = table.reading();
    let is_number = |at: usize| table.columns.get(at).is_some_and(|of| of.kind.is_number());
    let numbers = columns.iter().filter(|at| is_number(**at)).count();
    let texts = (columns.len() - numbers).max(1);
    let rest = WIDTH.saturating_sub(numbers * NUMBER) / texts;
    let widths: Vec<usize> = columns
        .iter()
        .map(|at| {
            if is_number(*at) {
                NUMBER
            } else {
                rest.max(LEAST)
            }
        })
        .collect();
    xml.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
    for side in ["top", "bottom", "insideH"] {
        let _ = write!(
            xml,
            "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A96A3\"/>"
        );
    }
    xml.push_str("</w:tblBorders></w:tblPr><w:tblGrid>");
    for width in &widths {
        let _ = write!(xml, "<w:gridCol w:w=\"{width}\"/>");
    }
    xml.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (at, width) in columns.iter().zip(&widths) {
        let title = table.columns.get(*at).map_or("", |column| &column.title);
        cell(xml, *width, title, (true, is_number(*at), Some("E6ECF2")));
    }
    xml.push_str("</w:tr>");
    for row in &table.rows {
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (at, width) in columns.iter().zip(&widths) {
            let (text, right) = shown(row, *at, language);
            let (bold, fill) = match row.role {
                Role::Total => (true, Some("E6ECF2")),
                Role::Subtotal => (true, Some("F4F6F8")),
                _ => (false, None),
            };
            cell(xml, *width, &text, (bold, right || is_number(*at), fill));
        }
        xml.push_str("</w:tr>");
    }
    // A paragraph keeps two tables apart.
    xml.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>");
}

/// The text of a cell, and whether it is a number.
fn shown(row: &Row, at: usize, language: Language) -> (String, bool) {
    let cell = row.cells.get(at).unwrap_or(&Cell::Empty);
    (cell.shown(language), cell.value().is_some())
}

fn cell(
    xml: &mut String,
    width: usize,
    text: &str,
    (bold, right, fill): (bool, bool, Option<&str>),
) {
    let _ = write!(xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if let Some(fill) = fill {
        let _ = write!(
            xml,
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"
        );
    }
    xml.push_str("</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/>");
    if right {
        xml.push_str("<w:jc w:val=\"right\"/>");
    }
    xml.push_str("</w:pPr><w:r>");
    if bold {
        xml.push_str("<w:rPr><w:b/></w:rPr>");
    }
    let text = escaped(text);
    let _ = write!(
        xml,
        "<w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p></w:tc>"
    );
}

/// A text in XML: on one line, control characters shown.
pub(super) fn escaped(text: &str) -> String {
    let text = terminal_text(text);
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML has no place for these two.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}
