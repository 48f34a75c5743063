//! Where everything stands: rows of each table in its sheet, widths of columns.

use std::collections::{BTreeMap, BTreeSet};

use super::paper;
use crate::model::Language;
use crate::report::document::{Cell, Document, Kind, Role, Section, Table};

/// Rows above the first table: title, what the document is, an empty one. Notes come between.
const TITLE_ROWS: usize = 3;

/// The highest row: a longer text is read in the cell.
const MOST_LINES: u32 = 12;

/// The widest column where several tables stand one below the other.
const SHARED_WIDTH: u16 = 46;

/// The narrowest column of texts, where they are made to fit on paper.
const LEAST_TEXT: u16 = 14;

/// Rows looked at for the width of a column.
const SAMPLE: usize = 400;

/// Where a table stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Which sheet.
    pub(super) sheet: usize,
    /// Row of its headings; its title, if it has one of its own, is above, and its rows follow.
    pub(super) headings: usize,
    /// The column of the sheet of each of its columns: those on paper first, codes beside names last.
    pub(super) columns: Vec<usize>,
    /// How many of them are on paper.
    pub(super) on_paper: usize,
}

/// A sheet.
#[derive(Clone, Debug)]
pub(super) struct SheetLayout {
    /// Rows in all.
    pub(super) rows: usize,
    /// Width of each column, in characters.
    pub(super) widths: Vec<u16>,
    /// How many of its columns are printed.
    pub(super) printed: usize,
    /// Whether its tables have titles of their own.
    pub(super) titled: bool,
}

impl SheetLayout {
    /// Lines that a row of a table needs: of its longest text on paper, in the width of its column.
    pub(super) fn lines<'t>(
        &self,
        placed: &Placed,
        texts: impl Iterator<Item = Option<&'t str>>,
    ) -> u32 {
        let on_paper = texts
            .zip(&placed.columns)
            .filter(|(_, column)| **column < placed.on_paper);
        let needed = on_paper.map(|(text, column)| {
            // Most letters are narrower than the digit that widths count in.
            let room = self.widths.get(*column).copied().map_or(0, usize::from);
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
                let placed = Placed {
                    sheet: position,
                    headings,
                    columns: columns(table),
                    on_paper: table.reading().0.len(),
                };
                layout.tables.insert(&table.id, placed);
                row = headings + 1 + table.rows.len() + 1;
            }
            layout.sheets.push(SheetLayout {
                rows: row,
                printed: printed(section),
                widths: widths(section),
                titled,
            });
        }
        layout
    }

    pub(super) fn table(&self, id: &str) -> Option<&Placed> {
        self.tables.get(id)
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

/// How many columns of a section are printed; all where none of its tables is.
fn printed(section: &Section) -> usize {
    let paper = section.tables.iter().filter(|table| table.on_paper);
    let columns = paper.map(|table| table.reading().0.len()).max();
    columns.unwrap_or(usize::MAX)
}

/// The column of the sheet of each column of a table.
fn columns(table: &Table) -> Vec<usize> {
    let (paper, aside) = table.reading();
    let mut columns = vec![0; table.columns.len()];
    for (place, at) in paper.into_iter().chain(aside).enumerate() {
        if let Some(column) = columns.get_mut(at) {
            *column = place;
        }
    }
    columns
}

/// What is printed says how wide the columns are; texts of the other tables are wrapped in them.
fn widths(section: &Section) -> Vec<u16> {
    let mut widths: Vec<u16> = Vec::new();
    let alone = section.tables.len() == 1;
    let (paper, screen): (Vec<&Table>, Vec<&Table>) =
        section.tables.iter().partition(|table| table.on_paper);
    let (mut printed, mut numbers) = (0, BTreeSet::new());
    for table in paper.iter().chain(&screen) {
        let (on_paper, aside) = table.reading();
        let places = on_paper.iter().chain(&aside).enumerate();
        for (place, at) in places {
            let Some(column) = table.columns.get(*at) else {
                continue;
            };
            let is_wrapped = matches!(column.kind, Kind::Text | Kind::Law | Kind::Code);
            let beside = on_paper.len();
            let is_aside = place >= beside;
            let wanted = width(table, *at, (column.kind, is_aside, beside), &column.title);
            let wanted = if alone || is_aside {
                wanted
            } else {
                wanted.min(SHARED_WIDTH)
            };
            match widths.get_mut(place) {
                Some(_) if is_wrapped && !table.on_paper && place < printed => {}
                Some(widest) => *widest = wanted.max(*widest),
                None => widths.push(wanted),
            }
        }
        if table.on_paper {
            printed = printed.max(on_paper.len());
            for (place, at) in on_paper.iter().enumerate() {
                let kind = table.columns.get(*at).map(|column| column.kind);
                if !matches!(kind, Some(Kind::Text | Kind::Law)) {
                    numbers.insert(place);
                }
            }
        }
    }
    shrink(&mut widths, printed, &numbers);
    widths
}

/// Makes columns of texts narrower where the printed ones would not fit on a sheet of paper, and then do.
fn shrink(widths: &mut [u16], printed: usize, numbers: &BTreeSet<usize>) {
    let room = usize::from(paper::MOST_CHARACTERS);
    let sum = |widths: &[u16], of: bool| -> usize {
        let own = widths.iter().take(printed).enumerate();
        own.filter(|(place, _)| numbers.contains(place) == of)
            .map(|(_, width)| usize::from(*width))
            .sum()
    };
    let (fixed, texts) = (sum(widths, true), sum(widths, false));
    let n_texts = printed.saturating_sub(numbers.len());
    let Some(left) = room.checked_sub(fixed) else {
        return;
    };
    if texts <= left || left < n_texts * usize::from(LEAST_TEXT) {
        return;
    }
    for (_, width) in widths
        .iter_mut()
        .take(printed)
        .enumerate()
        .filter(|(place, _)| !numbers.contains(place))
    {
        let part = usize::from(*width) * left / texts;
        *width = u16::try_from(part).unwrap_or(*width).max(LEAST_TEXT);
    }
}

/// Characters that a column needs; long texts are wrapped.
fn width(
    table: &Table,
    column: usize,
    (kind, is_aside, beside): (Kind, bool, usize),
    title: &str,
) -> u16 {
    // A number that does not fit is not shown at all.
    let is_number = kind.is_number();
    let cells = table
        .rows
        .iter()
        .take(if is_number { usize::MAX } else { SAMPLE })
        .filter(|row| is_number || row.role == Role::Body)
        .filter_map(|row| row.cells.get(column));
    let length = |cell: &Cell| match (cell.value(), cell.words()) {
        (Some(value), _) if is_number => value.shown(Language::Italian).chars().count(),
        (_, Some(text)) => text.chars().count(),
        _ => 0,
    };
    let longest = cells.map(length).max().unwrap_or(0);
    let title = title
        .split_whitespace()
        .map(|word| word.chars().count())
        .max()
        .unwrap_or(0);
    let (least, most) = match kind {
        // What is aside does not make rows higher: it has room.
        Kind::Text | Kind::Law if is_aside => (10, 100),
        Kind::Text => (10, if beside > 8 { 30 } else { 60 }),
        Kind::Law => (16, if beside > 8 { 26 } else { 50 }),
        Kind::Code => (9, if table.columns.len() > 3 { 22 } else { 68 }),
        Kind::Euro | Kind::Number => (10, 24),
        Kind::Share => (9, 12),
        Kind::Count | Kind::Year => (8, 12),
    };
    // Signs that part digits are narrow: a number has room in as many characters as it has.
    let padding = if is_number { 0 } else { 2 };
    let wanted = longest.saturating_add(padding).max(title.saturating_add(2));
    u16::try_from(wanted.clamp(least, most)).unwrap_or(u16::MAX)
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
