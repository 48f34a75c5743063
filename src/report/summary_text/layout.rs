//! Tables and paragraphs within a width.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle,
};

use super::Layout;
use crate::report::text::terminal_text;

/// Columns a paragraph or list entry is moved in.
const INDENT: &str = "  ";

/// How a column of a table is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text: to the left, on several lines if it must.
    Left,
    /// A number: to the right, never broken.
    Right,
}

/// A table for people.
#[derive(Debug)]
pub struct Grid {
    table: Table,
    aligns: Vec<Align>,
}

impl Grid {
    /// A table with a heading for each column.
    #[must_use]
    pub fn new(layout: Layout, columns: &[(&str, Align)]) -> Self {
        let style = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
        let mut table = Table::new();
        table
            .force_no_tty()
            .load_style(style)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(layout.width.saturating_sub(1));
        let aligns: Vec<Align> = columns.iter().map(|(_, align)| *align).collect();
        table.set_header(columns.iter().map(|(heading, align)| cell(heading, *align)));
        for (position, align) in aligns.iter().enumerate() {
            if let (Align::Right, Some(column)) = (align, table.column_mut(position)) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        Self { table, aligns }
    }

    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) {
        let cells = cells.into_iter().zip(&self.aligns);
        let cells: Vec<Cell> = cells
            .map(|(text, align)| cell(text.as_ref(), *align))
            .collect();
        self.table.add_row(cells);
    }

    /// The table as lines.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in self.table.lines() {
            // The first column of padding is the indent of the whole table.
            text.push(' ');
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn cell(text: &str, align: Align) -> Cell {
    let cell = Cell::new(terminal_text(text));
    match align {
        Align::Left => cell,
        Align::Right => cell.set_alignment(CellAlignment::Right),
    }
}

/// A paragraph, indented, on as many lines as it needs.
#[must_use]
pub fn paragraph(text: &str, layout: Layout) -> String {
    hanging(text, INDENT, INDENT, layout)
}

/// An entry of a list: `mark` before its first line, blanks before the others.
#[must_use]
pub fn entry(mark: &str, text: &str, layout: Layout) -> String {
    let first = format!("{INDENT}{mark} ");
    let next = " ".repeat(first.chars().count());
    hanging(text, &first, &next, layout)
}

fn hanging(text: &str, first: &str, next: &str, layout: Layout) -> String {
    let width = usize::from(layout.width);
    let mut lines = String::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push_str(line.trim_end());
            lines.push('\n');
            line = next.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push_str(line.trim_end());
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn a_paragraph_keeps_within_the_width() {
        let layout = Layout {
            language: Language::Italian,
            width: 12,
            full: true,
        };
        assert_eq!(
            paragraph("uno due tre quattro", layout),
            "  uno due\n  tre\n  quattro\n"
        );
        assert_eq!(
            entry("1.", "uno due tre", layout),
            "  1. uno due\n     tre\n"
        );
    }
}
