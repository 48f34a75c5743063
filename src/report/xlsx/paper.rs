//! How a sheet is printed: on A4, upright or lying, as small as is still read, wide tables on several sheets of paper that repeat the
//! names of the rows, long ones on several that repeat the headings. What is not for paper is left out of the printed area.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::layout::{Layout, SheetLayout};
use super::sheet::{
    column_number, heading_points, note_columns, note_points, row_number, row_points,
};
use super::style::TEXT_POINTS;
use crate::report::document::{Section, Table};

/// The smallest text that is printed, in tenths of a point.
const LEAST_PRINTED: u16 = 70;

/// The smallest scale, in hundredths.
const LEAST_SCALE: u16 = LEAST_PRINTED * 10 / TEXT_POINTS;

/// Lengths are whole tenths of a point. The sides of A4, and its margins: at either side, at the top, at the bottom.
const A4: (u32, u32) = (5953, 8419);
const SIDE: u32 = 288;
const TOP: u32 = 216;
const BOTTOM: u32 = 324;
const PAPER_A4: u8 = 9;

/// A character of a column and its padding. Where Calibri is missing, columns count in the digits of a wider font: in DejaVu Sans 7
/// points for the 5.25 of Calibri.
const CHARACTER: u32 = 71;
const PADDING: u32 = 51;

/// Heights are as written, but for what programs round: so many hundredths of the paper are used.
const USED_HEIGHT: u32 = 99;

/// Characters that fit beside each other on a lying sheet of paper in the smallest text, in whatever font.
pub(super) const MOST_CHARACTERS: u16 = 146;

/// Points of the rows above the notes: title, what the document is; and of the title of a table.
const HEAD: u32 = 21 + 15;
const TABLE_TITLE: u32 = 16;
/// Points of an empty row.
const EMPTY: u32 = 15;
/// Tenths of a point.
const POINT: u32 = 10;

/// How a sheet is printed.
#[derive(Debug)]
pub(super) struct Paper {
    is_landscape: bool,
    /// In hundredths.
    scale: u16,
    /// Last row and column of what is printed.
    last: (usize, usize),
    /// Headings that are repeated.
    headings: Option<usize>,
    /// Whether the names of the rows are repeated.
    repeats_names: bool,
    /// Columns and rows that begin a sheet of paper.
    columns: Vec<usize>,
    rows: Vec<usize>,
}

/// What has to be printed.
struct Matter {
    /// Of each printed column.
    widths: Vec<u32>,
    /// Above the first table.
    head: u32,
    tables: Vec<Block>,
}

/// A table: its first row in the sheet, its heights.
struct Block {
    first: usize,
    headings: usize,
    /// Title, notes, headings.
    top: u32,
    rows: Vec<u32>,
}

impl Paper {
    pub(super) fn of(section: &Section, layout: &Layout<'_>, own: &SheetLayout) -> Self {
        let tables: Vec<&Table> = section
            .tables
            .iter()
            .filter(|table| table.on_paper)
            .collect();
        let widths = own.widths.iter().take(own.printed);
        let points = |width: &u16| u32::from(*width) * CHARACTER + PADDING;
        let single = match section.tables.as_slice() {
            [table] => &table.notes[..],
            _ => &[],
        };
        let notes = section.notes.iter().chain(single);
        let head: u32 = notes.map(|text| note_points(own, text)).sum();
        let blocks = tables.iter().filter_map(|table| {
            let placed = layout.table(&table.id)?;
            let notes = if own.titled { table.notes.len() } else { 0 };
            let above: u32 = table
                .notes
                .iter()
                .take(notes)
                .map(|text| note_points(own, text))
                .sum();
            let title = if own.titled { TABLE_TITLE } else { 0 };
            let heights = table
                .rows
                .iter()
                .map(|row| row_points(own, placed, row) * POINT);
            Some(Block {
                first: placed.headings - notes - usize::from(own.titled),
                headings: placed.headings,
                top: (title + above + heading_points(own, placed, table)) * POINT,
                rows: heights.collect(),
            })
        });
        let matter = Matter {
            widths: widths.map(points).collect(),
            head: (HEAD + head + EMPTY) * POINT,
            tables: blocks.collect(),
        };
        let last_row = matter.tables.last().map(|of| of.headings + of.rows.len());
        let last_row = last_row.unwrap_or(2 + section.notes.len() + single.len());
        let last_column = match tables.is_empty() {
            true => note_columns(own).0,
            false => matter.widths.len().saturating_sub(1),
        };
        let last = (last_row, last_column);
        if tables.is_empty() {
            return Self::whole(true, LEAST_SCALE, last);
        }
        matter.paper(last)
    }

    /// On paper as it is.
    fn whole(is_landscape: bool, scale: u16, last: (usize, usize)) -> Self {
        Self {
            is_landscape,
            scale,
            last,
            headings: None,
            repeats_names: false,
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn set(&self, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
        worksheet.set_paper_size(PAPER_A4);
        if self.is_landscape {
            worksheet.set_landscape();
        }
        worksheet.set_print_center_horizontally(true);
        // In inches, as in the constants above.
        worksheet.set_margins(0.4, 0.4, 0.3, 0.45, 0.2, 0.2);
        worksheet.set_print_scale(self.scale);
        let (row, column) = self.last;
        worksheet.set_print_area(0, 0, row_number(row), column_number(column))?;
        if let Some(headings) = self.headings {
            worksheet.set_repeat_rows(row_number(headings), row_number(headings))?;
        }
        if self.repeats_names {
            worksheet.set_repeat_columns(0, 0)?;
            // The parts of a row lie beside each other.
            worksheet.set_page_order(false);
        }
        let rows: Vec<u32> = self.rows.iter().copied().map(row_number).collect();
        worksheet.set_page_breaks(&rows)?;
        let columns: Vec<u32> = self.columns.iter().copied().map(row_number).collect();
        worksheet.set_vertical_page_breaks(&columns)?;
        Ok(())
    }
}

/// Width and height that a sheet of paper has for what is printed at a scale.
fn room(is_landscape: bool, scale: u16) -> (u32, u32) {
    let (width, height) = if is_landscape { (A4.1, A4.0) } else { A4 };
    let scaled = |length: u32| length * 100 / u32::from(scale);
    let height = scaled(height - TOP - BOTTOM) * USED_HEIGHT / 100;
    (scaled(width - 2 * SIDE), height)
}

impl Matter {
    /// Upright or lying, and the largest scale at which all columns fit on one sheet of paper.
    fn fitting(&self) -> Option<(bool, u16)> {
        let width: u32 = self.widths.iter().sum();
        let sides = [false, true].into_iter();
        sides
            .flat_map(|lying| (LEAST_SCALE..=100).rev().map(move |scale| (lying, scale)))
            .find(|(lying, scale)| room(*lying, *scale).0 >= width)
    }

    fn paper(&self, last: (usize, usize)) -> Paper {
        let Some((lying, largest)) = self.fitting() else {
            // Several sheets beside each other, whichever way takes fewer.
            let sheets = |lying: &bool| {
                let (width, height) = room(*lying, LEAST_SCALE);
                (self.column_breaks(width).len() + 1) * self.rows_on(height).1
            };
            let lying = [true, false].into_iter().min_by_key(sheets).unwrap_or(true);
            return Paper {
                repeats_names: true,
                columns: self.column_breaks(room(lying, LEAST_SCALE).0),
                ..self.at(lying, LEAST_SCALE, last)
            };
        };
        // As large as takes no more paper than the smallest.
        let pages = |scale: &u16| self.rows_on(room(lying, *scale).1).1;
        let least = pages(&LEAST_SCALE);
        let scale = (LEAST_SCALE..=largest)
            .rev()
            .find(|scale| pages(scale) <= least);
        self.at(lying, scale.unwrap_or(LEAST_SCALE), last)
    }

    fn at(&self, lying: bool, scale: u16, last: (usize, usize)) -> Paper {
        let height = room(lying, scale).1;
        let mut paper = Paper::whole(lying, scale, last);
        paper.rows = self.rows_on(height).0;
        // On the sheets that follow the last table its headings are repeated.
        let long = self.tables.last().filter(|table| table.height() > height);
        let alone = self.tables.first().filter(|_| self.tables.len() == 1);
        paper.headings = long.or(alone).map(|table| table.headings);
        paper
    }

    /// Rows that begin a sheet of paper of a height, since a table begins there that would be cut; and how many sheets there are.
    fn rows_on(&self, height: u32) -> (Vec<usize>, usize) {
        let (mut used, mut pages, mut breaks) = (self.head, 1, Vec::new());
        for table in &self.tables {
            let whole = table.height();
            let is_cut = used + whole > height && used > self.head;
            let begins = table.top + table.rows.iter().take(3).sum::<u32>();
            if is_cut && (whole <= height || used + begins > height) {
                breaks.push(table.first);
                (used, pages) = (0, pages + 1);
            }
            used += table.top;
            for row in &table.rows {
                if used + row > height {
                    (used, pages) = (table.top, pages + 1);
                }
                used += row;
            }
            used += EMPTY * POINT;
        }
        (breaks, pages)
    }

    /// Columns that begin a sheet of paper of a width: as few as can be, and as even.
    fn column_breaks(&self, width: u32) -> Vec<usize> {
        let Some((names, columns)) = self.widths.split_first() else {
            return Vec::new();
        };
        let cut = |most: u32| {
            let (mut used, mut breaks) = (0, Vec::new());
            for (at, column) in columns.iter().enumerate() {
                if used > 0 && used + column > most {
                    breaks.push(at + 1);
                    used = 0;
                }
                used += column;
            }
            breaks
        };
        let most = width.saturating_sub(*names);
        let fewest = cut(most).len();
        // The narrowest at which no more are needed, in steps of a point.
        let all: u32 = columns.iter().sum();
        let parts = u32::try_from(fewest + 1).unwrap_or(u32::MAX);
        let mut even = all / parts;
        while even < most && cut(even).len() > fewest {
            even += POINT;
        }
        cut(even.min(most))
    }
}

impl Block {
    fn height(&self) -> u32 {
        self.top + self.rows.iter().sum::<u32>()
    }
}
