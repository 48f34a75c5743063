//! Tables of the document as rows of HTML. The cells are written here, each text escaped, because a page has tens of thousands.

use std::fmt::Write;

use crate::model::Language;
use crate::report::document::{Cell, Column, Kind, Role, Table};

/// A table of the page.
#[derive(Debug)]
pub(super) struct TableView {
    pub(super) id: String,
    pub(super) anchor: String,
    pub(super) title: String,
    /// How wide it is, for paper: a class after a blank, or nothing.
    pub(super) width: &'static str,
    pub(super) columns: Vec<ColumnView>,
    pub(super) rows: Vec<RowView>,
    pub(super) notes: Vec<String>,
    /// Headings with what they mean.
    pub(super) meanings: Vec<(String, String)>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct ColumnView {
    pub(super) title: String,
    pub(super) is_number: bool,
}

/// A row.
#[derive(Debug)]
pub(super) struct RowView {
    pub(super) class: &'static str,
    /// Its cells as HTML, escaped.
    pub(super) cells: String,
}

/// A table as the page has it: columns without anything are left out, and codes whose names stand beside them.
pub(super) fn view(language: Language, table: &Table) -> TableView {
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|at| !is_named(table, *at) && !is_empty(table, *at))
        .collect();
    let columns: Vec<&Column> = shown
        .iter()
        .filter_map(|at| table.columns.get(*at))
        .collect();
    let meanings = columns.iter().filter(|column| !column.meaning.is_empty());
    TableView {
        id: table.id.clone(),
        anchor: anchor("t", &table.id),
        title: table.title.clone(),
        width: match columns.len() {
            0..=8 => "",
            9..=15 => " wide",
            _ => " vast",
        },
        rows: table
            .rows
            .iter()
            .map(|row| RowView {
                class: match row.role {
                    Role::Body => "",
                    role => role.word(),
                },
                cells: cells(language, table, &shown, &row.cells),
            })
            .collect(),
        notes: table.notes.clone(),
        meanings: meanings
            .map(|column| (column.title.clone(), column.meaning.clone()))
            .collect(),
        columns: columns
            .iter()
            .map(|column| ColumnView {
                title: column.title.clone(),
                is_number: column.kind.is_number(),
            })
            .collect(),
    }
}

/// Whether nothing stands in a column.
fn is_empty(table: &Table, at: usize) -> bool {
    !table.rows.is_empty()
        && table
            .rows
            .iter()
            .all(|row| row.cells.get(at).is_none_or(|cell| *cell == Cell::Empty))
}

/// Whether a column holds codes and the next one the names of the same things. (A sum has its label where the code would be.)
fn is_named(table: &Table, at: usize) -> bool {
    let of = |at: usize| table.columns.get(at);
    let (Some(code), Some(name)) = (of(at), of(at + 1)) else {
        return false;
    };
    let is_pair = code.kind == Kind::Code
        && name.kind == Kind::Text
        && (name.id == format!("{}_name", code.id) || matches!(name.id.as_str(), "name" | "title"));
    is_pair
        && table.rows.iter().all(|row| {
            let words = |at: usize| row.cells.get(at).and_then(Cell::words);
            row.role != Role::Body || words(at).is_none() || words(at + 1).is_some()
        })
}

/// An id for the page: letters, digits and hyphens.
pub(super) fn anchor(prefix: &str, id: &str) -> String {
    let mut anchor = String::from(prefix);
    anchor.push('-');
    for character in id.chars() {
        if character.is_ascii_alphanumeric() {
            anchor.push(character);
        } else if character == '-' {
            anchor.push_str("--");
        } else {
            // A code point, so that no two ids become one.
            let _ = write!(anchor, "-{:x}-", u32::from(character));
        }
    }
    anchor
}

/// The first cell heads its row. HTML lets the ends of cells be left out, and there are tens of thousands of them.
fn cells(language: Language, table: &Table, shown: &[usize], cells: &[Cell]) -> String {
    let mut html = String::new();
    let has_closed = cells.contains(&Cell::Closed);
    for (place, &at) in shown.iter().enumerate() {
        let Some(mut cell) = cells.get(at) else {
            continue;
        };
        // The label of a sum, where the code that headed the row is not shown.
        if let Some(before) = at
            .checked_sub(1)
            .filter(|before| *cell == Cell::Empty && !shown.contains(before))
        {
            cell = cells.get(before).unwrap_or(cell);
        }
        let kind = table
            .columns
            .get(at)
            .map_or(Kind::Text, |column| column.kind);
        html.push('<');
        html.push_str(if place == 0 { "th scope=row" } else { "td" });
        let text = match cell {
            // Where some cells are closed, nothing in an open one is a dash: the notes of such tables say so.
            Cell::Euro(0) if has_closed => "–".to_owned(),
            cell => cell.shown(language),
        };
        let class = match cell {
            Cell::Closed => "x",
            _ if cell.value().is_some() || kind.is_number() => "n",
            Cell::Text(_) | Cell::Law(_) if text.chars().count() > LONG => "w",
            _ => "",
        };
        if !class.is_empty() {
            let _ = write!(html, " class={class}");
        }
        html.push('>');
        match cell {
            Cell::Law(link) => law(&mut html, &text, link.url.as_deref()),
            _ => escape(&mut html, &text),
        }
    }
    html
}

/// Letters from which a cell needs room.
const LONG: usize = 24;

/// A citation leads only to the web.
fn law(html: &mut String, text: &str, url: Option<&str>) {
    let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    if let Some(url) = url {
        html.push_str("<a rel=\"noreferrer\" href=\"");
        escape(html, url);
        html.push_str("\">");
        escape(html, text);
        html.push_str("</a>");
    } else {
        escape(html, text);
    }
}

fn escape(into: &mut String, text: &str) {
    let Ok(escaped) = askama::filters::escape(text, askama::filters::Html);
    let _ = write!(into, "{escaped}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Link;

    #[test]
    fn texts_are_escaped_and_links_lead_only_to_the_web() {
        let mut table = Table::new(
            "t:a",
            "T",
            vec![
                Column::new("law", "Law", Kind::Law),
                Column::new("euro", "Euro", Kind::Euro),
            ],
        );
        let link = |url: &str| {
            Cell::Law(Link {
                text: "<b>".to_owned(),
                url: Some(url.to_owned()),
            })
        };
        table.row([link("javascript:alert(1)"), Cell::Euro(-5)]);
        table.row([link("https://a.it/?\"><script>"), Cell::Empty]);
        let view = view(Language::Italian, &table);
        assert_eq!(view.anchor, "t-t-3a-a");
        assert_eq!(
            view.rows[0].cells,
            "<th scope=row>&#60;b&#62;<td class=n>-0,05"
        );
        assert_eq!(
            view.rows[1].cells,
            "<th scope=row><a rel=\"noreferrer\" href=\"https://a.it/?&#34;&#62;&#60;script&#62;\">&#60;b&#62;</a><td class=n>"
        );
    }
}
