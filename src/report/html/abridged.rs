//! What of a document a page or an annex shows. A short document is shown whole. Of a long one the page leaves out what stands elsewhere in
//! it, and what nobody reads row by row: the other formats have everything.

use crate::report::document::{Cell, Document, Role, Section, Table, Topic};
use crate::report::words::page as words;

/// Cells a page shows without leaving anything out.
const MOST_CELLS: usize = 8_000;

/// Rows of one table of a long document.
const MOST_ROWS: usize = 2_000;

/// The sections of the page.
pub(in crate::report) fn sections(document: &Document) -> Vec<Section> {
    let cells = document
        .tables()
        .map(|(_, table)| table.rows.len() * table.columns.len());
    if cells.sum::<usize>() <= MOST_CELLS {
        return document.sections.clone();
    }
    let kept = document
        .sections
        .iter()
        .filter(|section| !matches!(section.topic, Topic::Ledger | Topic::Calculation));
    kept.map(|section| abridged(document, section)).collect()
}

fn abridged(document: &Document, section: &Section) -> Section {
    let language = document.language;
    let mut short = Section {
        tables: Vec::new(),
        ..section.clone()
    };
    let has_zones = document.about(Topic::Zone).any(|zone| zone.zone.is_some());
    let mut left_out = Vec::new();
    for table in &section.tables {
        match section.topic {
            Topic::Rules if has_zones => {
                left_out.push(words::RULES_SHORT.say(language).to_owned());
                short.tables.push(without_zones(table));
            }
            Topic::Zone if table.id.ends_with(":funds") || table.id.ends_with(":indicators") => {}
            Topic::Zone if table.id.ends_with(":plan") => short.tables.push(without(table, "law")),
            _ => short.tables.push(table.clone()),
        }
    }
    for table in &mut short.tables {
        if table.rows.len() > MOST_ROWS {
            let n = table.rows.len();
            table.rows.retain(|row| row.role == Role::Total);
            table.notes.push(words::TOO_LONG.say(language, n));
        }
    }
    short.notes.append(&mut left_out);
    short
}

/// A table without a column.
fn without(table: &Table, id: &str) -> Table {
    let mut short = table.clone();
    if let Some(at) = table.column(id) {
        short.columns.remove(at);
        for row in &mut short.rows {
            if at < row.cells.len() {
                row.cells.remove(at);
            }
        }
    }
    short
}

/// The rows of a table of rules that are about no single zone; those that fall short stay.
fn without_zones(table: &Table) -> Table {
    let mut short = table.clone();
    let zone = table.column("zone");
    short.rows.retain(|row| {
        let cell = zone.and_then(|zone| row.cells.get(zone));
        row.role == Role::Failed || cell.is_none_or(|cell| *cell == Cell::Empty)
    });
    short
}
