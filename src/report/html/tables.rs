//! Tables of the document as rows of HTML. The cells are written here, each text escaped, because a page has tens of thousands.

use std::fmt::Write;

use crate::model::Language;
use crate::report::document::{Cell, Column, Kind, Role, Table};
use crate::report::words::pdf as words;

/// A table of the page.
#[derive(Debug)]
pub(super) struct TableView {
    pub(super) id: String,
    pub(super) anchor: String,
    pub(super) title: String,
    /// How it is printed: a class after a blank, or nothing.
    pub(super) paper: &'static str,
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

/// Columns that are read beside each other, and printed in letters of seven points.
const NUMBERS_ACROSS: usize = 9;

/// A table as the page has it: columns without anything are left out, and codes whose names stand beside them.
pub(super) fn views(language: Language, table: &Table) -> Vec<TableView> {
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|at| !table.is_named(*at) && !is_empty(table, *at))
        .collect();
    let is_number = |at: &&usize| {
        table
            .columns
            .get(**at)
            .is_some_and(|of| of.kind.is_number())
    };
    let numbers = shown.iter().filter(is_number).count();
    let Some((names, rest)) = shown.split_first().filter(|_| numbers > NUMBERS_ACROSS) else {
        return vec![view(language, table, &shown, "")];
    };
    // As many columns as can be read beside each other, on paper too; each part names its rows.
    let pieces = rest.len().div_ceil(NUMBERS_ACROSS);
    let parts = rest.chunks(rest.len().div_ceil(pieces)).zip(1..);
    let parts = parts.map(|(columns, n): (&[usize], usize)| {
        let shown: Vec<usize> = std::iter::once(names).chain(columns).copied().collect();
        let values = [("n", n.to_string()), ("of", pieces.to_string())];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        view(
            language,
            table,
            &shown,
            &words::SLICE.fill(language, &values),
        )
    });
    parts.collect()
}

/// Some columns of a table.
fn view(language: Language, table: &Table, shown: &[usize], which: &str) -> TableView {
    let columns: Vec<&Column> = shown
        .iter()
        .filter_map(|at| table.columns.get(*at))
        .collect();
    let meanings = columns.iter().filter(|column| !column.meaning.is_empty());
    TableView {
        id: table.id.clone(),
        anchor: anchor("t", &format!("{}{which}", table.id)),
        title: format!("{} {which}", table.title).trim_end().to_owned(),
        paper: match columns.len() {
            _ if !table.on_paper => " screen",
            0..=7 => "",
            8..=11 => " wide",
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
                cells: cells(language, table, shown, &row.cells),
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
        let Some(cell) = cells.get(at) else {
            continue;
        };
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
            Cell::Blank => "b",
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
        let views = views(Language::Italian, &table);
        let view = views.first().unwrap();
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
