//! Where everything stands: rows of each table in its sheet, widths of columns.

use std::collections::BTreeMap;

use crate::report::document::{Cell, Document, Kind, Role, Section, Table};

/// Rows above the first table: title, what the document is, an empty one. Notes come between.
const TITLE_ROWS: usize = 3;

/// The highest row: a longer text is read in the cell.
const MOST_LINES: u32 = 12;

/// The widest column where several tables stand one below the other.
const SHARED_WIDTH: u16 = 46;

/// Rows looked at for the width of a column.
const SAMPLE: usize = 400;

/// Where a table stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    /// Which sheet.
    pub(super) sheet: usize,
    /// Row of its headings; its title, if it has one of its own, is above, and its rows follow.
    pub(super) headings: usize,
}

/// A sheet.
#[derive(Clone, Debug)]
pub(super) struct SheetLayout {
    /// Rows in all.
    pub(super) rows: usize,
    /// Columns in all.
    pub(super) columns: usize,
    /// Width of each column, in characters.
    pub(super) widths: Vec<u16>,
    /// Whether its tables have titles of their own.
    pub(super) titled: bool,
}

impl SheetLayout {
    /// Lines that a row needs: of its longest text, in the width of its column.
    pub(super) fn lines<'t>(&self, texts: impl Iterator<Item = Option<&'t str>>) -> u32 {
        let needed = texts.zip(&self.widths).map(|(text, width)| {
            // Most letters are narrower than the digit that widths count in.
            let room = usize::from(*width);
            let room = (room + room / 4).saturating_sub(2).max(4);
            text.map_or(1, |text| wrapped(text, room))
        });
        u32::try_from(needed.max().unwrap_or(1))
            .unwrap_or(1)
            .min(MOST_LINES)
    }
}

/// Lines of a text in so many characters, broken between words, a longer word anywhere.
fn wrapped(text: &str, room: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            lines += 1;
            used = 0;
        }
        lines += length.saturating_sub(1) / room;
        used += length % (room + 1) + usize::from(used > 0);
    }
    lines
}

/// All sheets.
#[derive(Clone, Debug)]
pub(super) struct Layout<'d> {
    pub(super) sheets: Vec<SheetLayout>,
    tables: BTreeMap<&'d str, Placed>,
    names: Vec<&'d str>,
}

impl<'d> Layout<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut layout = Self {
            sheets: Vec::new(),
            tables: BTreeMap::new(),
            names: document
                .sections
                .iter()
                .map(|section| &*section.name)
                .collect(),
        };
        for (position, section) in document.sections.iter().enumerate() {
            let titled = section.tables.len() > 1;
            let mut row = TITLE_ROWS + notes(section);
            for table in &section.tables {
                let headings = row + usize::from(titled) + table_notes(table, titled);
                layout.tables.insert(
                    &table.id,
                    Placed {
                        sheet: position,
                        headings,
                    },
                );
                row = headings + 1 + table.rows.len() + 1;
            }
            layout.sheets.push(SheetLayout {
                rows: row,
                columns: section
                    .tables
                    .iter()
                    .map(|t| t.columns.len())
                    .max()
                    .unwrap_or(1),
                widths: widths(section),
                titled,
            });
        }
        layout
    }

    pub(super) fn table(&self, id: &str) -> Option<Placed> {
        self.tables.get(id).copied()
    }

    pub(super) fn name(&self, sheet: usize) -> &str {
        self.names.get(sheet).copied().unwrap_or_default()
    }
}

/// Rows of notes under the title: those of the section, and of its table where it has one alone.
pub(super) fn notes(section: &Section) -> usize {
    let own = match section.tables.as_slice() {
        [table] => table.notes.len(),
        _ => 0,
    };
    section.notes.len() + own
}

/// Rows of notes above the headings of a table that has a title of its own.
pub(super) fn table_notes(table: &Table, titled: bool) -> usize {
    if titled { table.notes.len() } else { 0 }
}

fn widths(section: &Section) -> Vec<u16> {
    let mut widths: Vec<u16> = Vec::new();
    let alone = section.tables.len() == 1;
    for table in &section.tables {
        for (position, column) in table.columns.iter().enumerate() {
            let width = width(table, position, column.kind, &column.title).min(if alone {
                u16::MAX
            } else {
                SHARED_WIDTH
            });
            match widths.get_mut(position) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    widths
}

/// Characters that a column needs; long texts are wrapped.
fn width(table: &Table, column: usize, kind: Kind, title: &str) -> u16 {
    let cells = table
        .rows
        .iter()
        .take(SAMPLE)
        .filter(|row| row.role != Role::Total);
    let longest = cells
        .filter_map(|row| row.cells.get(column))
        .filter_map(Cell::words)
        .map(|text| text.chars().count())
        .max()
        .unwrap_or(0);
    let title = title
        .split_whitespace()
        .map(|word| word.chars().count())
        .max()
        .unwrap_or(0);
    let (least, most) = match kind {
        Kind::Text => (10, if table.columns.len() > 8 { 30 } else { 60 }),
        Kind::Law => (16, if table.columns.len() > 8 { 26 } else { 50 }),
        Kind::Code => (9, if table.columns.len() > 3 { 22 } else { 68 }),
        Kind::Euro => (15, 16),
        Kind::Number => (13, 16),
        Kind::Share => (10, 12),
        Kind::Count | Kind::Year => (9, 12),
    };
    let wanted = longest.max(title).saturating_add(2).clamp(least, most);
    u16::try_from(wanted).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_the_lines_its_words_need() {
        for (text, room, lines) in [
            ("", 10, 1),
            ("Fondo", 10, 1),
            ("Fondo nazionale politiche", 10, 3),
            ("amiata-grossetana-metallifere", 10, 3),
        ] {
            assert_eq!(wrapped(text, room), lines, "{text}");
        }
    }
}
