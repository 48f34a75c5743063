//! A reader of the page, as strict as the page is plain: tags with their attributes, and the tables cell by cell.

use std::collections::BTreeMap;

/// A tag or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Open(String, BTreeMap<String, String>),
    Close(String),
    Text(String),
}

/// A table: its rows of the body, each with its class and its cells.
#[derive(Debug, Default)]
pub(crate) struct HtmlTable {
    pub(crate) headings: Vec<String>,
    pub(crate) rows: Vec<(String, Vec<String>)>,
}

/// The page in pieces. Panics on anything that is not well formed.
pub(crate) fn pieces(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            pieces.push(Piece::Text(unescaped(rest)));
            break;
        };
        if at > 0 {
            pieces.push(Piece::Text(unescaped(&rest[..at])));
        }
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('/') {
            let end = after.find('>').expect("an end of a tag");
            pieces.push(Piece::Close(after[..end].to_owned()));
            rest = &after[end + 1..];
            continue;
        }
        let (tag, attributes, after) = tag(rest);
        rest = after;
        let is_raw = tag == "style" || tag == "script";
        pieces.push(Piece::Open(tag.clone(), attributes));
        if is_raw {
            let end = rest
                .find(&format!("</{tag}>"))
                .expect("the end of a raw text");
            pieces.push(Piece::Text(rest[..end].to_owned()));
            rest = &rest[end..];
        }
    }
    pieces
}

fn tag(text: &str) -> (String, BTreeMap<String, String>, &str) {
    let name: String = text
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    assert!(!name.is_empty(), "a tag at {}", &text[..text.len().min(40)]);
    let mut rest = &text[name.len()..];
    let mut attributes = BTreeMap::new();
    loop {
        let trimmed = rest.trim_start();
        if let Some(after) = trimmed.strip_prefix("/>").or(trimmed.strip_prefix('>')) {
            return (name, attributes, after);
        }
        assert!(
            trimmed.len() < rest.len(),
            "a blank before an attribute in {name}: {}",
            &rest[..rest.len().min(40)]
        );
        let end = trimmed.find(['=', '>', ' ']).unwrap();
        let key = trimmed[..end].to_owned();
        rest = &trimmed[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            if let Some(quoted) = after.strip_prefix('"') {
                let end = quoted.find('"').unwrap();
                value = unescaped(&quoted[..end]);
                rest = &quoted[end + 1..];
            } else {
                let end = after.find([' ', '>']).unwrap();
                value = after[..end].to_owned();
                rest = &after[end..];
            }
        }
        assert!(
            attributes.insert(key, value).is_none(),
            "an attribute twice in {name}"
        );
    }
}

/// Adds the next part of a wide table, whose rows begin with the same name.
fn join(whole: &mut HtmlTable, part: HtmlTable) {
    if whole.headings.is_empty() {
        *whole = part;
        return;
    }
    assert_eq!(whole.headings[0], part.headings[0]);
    assert_eq!(whole.rows.len(), part.rows.len());
    whole.headings.extend(part.headings.into_iter().skip(1));
    for (row, more) in whole.rows.iter_mut().zip(part.rows) {
        assert_eq!((&row.0, &row.1[0]), (&more.0, &more.1[0]));
        row.1.extend(more.1.into_iter().skip(1));
    }
}

/// The tables of a page by their code, parts of one together.
pub(crate) fn tables(page: &str) -> BTreeMap<String, HtmlTable> {
    let mut tables = BTreeMap::new();
    let mut current: Option<(String, HtmlTable)> = None;
    let (mut in_body, mut in_cell) = (false, false);
    for piece in pieces(page) {
        match piece {
            Piece::Open(tag, attributes) if tag == "table" => {
                current = Some((attributes["data-table"].clone(), HtmlTable::default()));
                in_body = false;
            }
            Piece::Close(tag) if tag == "table" => {
                let (id, table) = current.take().unwrap();
                join(tables.entry(id).or_insert_with(HtmlTable::default), table);
            }
            Piece::Open(tag, attributes) => {
                let Some((_, table)) = &mut current else {
                    continue;
                };
                match tag.as_str() {
                    "tbody" => in_body = true,
                    "tr" if in_body => {
                        table.rows.push((
                            attributes.get("class").cloned().unwrap_or_default(),
                            Vec::new(),
                        ));
                        in_cell = false;
                    }
                    "th" if !in_body => {
                        table.headings.push(String::new());
                        in_cell = true;
                    }
                    "td" | "th" => {
                        let scope = attributes.get("scope").map(String::as_str);
                        let row = &mut table.rows.last_mut().unwrap().1;
                        assert_eq!(
                            scope == Some("row"),
                            row.is_empty(),
                            "the first cell heads its row"
                        );
                        row.push(String::new());
                        in_cell = true;
                    }
                    _ => {}
                }
            }
            Piece::Close(tag) if tag == "tbody" || tag == "th" || tag == "thead" => in_cell = false,
            Piece::Close(_) => {}
            Piece::Text(text) => {
                let Some((_, table)) = current.as_mut().filter(|_| in_cell) else {
                    continue;
                };
                let cell = match table.rows.last_mut() {
                    Some((_, cells)) => cells.last_mut(),
                    None => table.headings.last_mut(),
                };
                if let Some(cell) = cell {
                    cell.push_str(text.trim_end_matches('\n'));
                }
            }
        }
    }
    tables
}

/// A text without its references.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, next) = after
            .split_once(';')
            .expect("an ampersand is the start of a reference");
        out.push(match name {
            "amp" | "#38" => '&',
            "lt" | "#60" => '<',
            "gt" | "#62" => '>',
            "quot" | "#34" => '"',
            "#39" => '\'',
            other => panic!("&{other};"),
        });
        rest = next;
    }
    out.push_str(rest);
    out
}

/// Whole cents of `1.234,56`; `None` where it is no amount.
pub(crate) fn cents(text: &str) -> Option<i128> {
    let (whole, decimals) = text.rsplit_once(',')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let digits = whole.trim_start_matches('-').replace('.', "");
    if decimals.len() != 2 || !is_number(decimals) || !is_number(&digits) {
        return None;
    }
    let size: i128 = format!("{digits}{decimals}").parse().unwrap();
    Some(if whole.starts_with('-') { -size } else { size })
}
