//! Texts that try to act on who opens the page do nothing.

use mappafondo::model::Language;
use mappafondo::report::document::{Cell, Column, Document, Kind, Link, Table};
use mappafondo::report::html::page;

use crate::html::{Piece, pieces};
use crate::plan::{here, tiny, told};

fn payloads() -> Vec<String> {
    let text = std::fs::read_to_string(here("tests/data/payloads.json")).unwrap();
    let list: Vec<String> = serde_json::from_str(&text).unwrap();
    assert_eq!(list.len(), 22);
    list
}

/// The document of `tiny` with a text in the place of every text.
fn filled(payload: &str) -> Document {
    let mut document = told(tiny(), Language::Italian);
    let put = |text: &mut String| payload.clone_into(text);
    for text in [
        &mut document.title,
        &mut document.subtitle,
        &mut document.hash,
        &mut document.version,
    ] {
        put(text);
    }
    document.summary.iter_mut().for_each(put);
    for section in &mut document.sections {
        put(&mut section.name);
        put(&mut section.title);
        section.notes = vec![payload.to_owned()];
        for table in &mut section.tables {
            fill(table, payload);
        }
    }
    let flow = &mut document.flow;
    for (_, name) in flow.funds.iter_mut().chain(&mut flow.actions) {
        put(name);
    }
    for zone in &mut flow.zones {
        put(&mut zone.name);
        zone.attributes.values_mut().for_each(put);
    }
    let tiles =
        flow.zones
            .iter()
            .zip(0..)
            .map(|(zone, column)| mappafondo::report::document::FlowTile {
                zone: zone.id.clone(),
                row: 0,
                column,
                outline: vec![vec![(0, 0), (9, 0), (9, 9)]],
                source: payload.to_owned(),
            });
    flow.tiles = tiles.collect();
    document
}

fn fill(table: &mut Table, payload: &str) {
    table.title = payload.to_owned();
    table.notes = vec![payload.to_owned()];
    for column in &mut table.columns {
        column.title = payload.to_owned();
        column.meaning = payload.to_owned();
    }
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        match cell {
            Cell::Text(text) | Cell::Code(text) => payload.clone_into(text),
            Cell::Law(link) => {
                *link = Link {
                    text: payload.to_owned(),
                    url: Some(payload.to_owned()),
                };
            }
            _ => {}
        }
    }
}

/// Every element and attribute a page may have.
const TAGS: [&str; 49] = [
    "a",
    "body",
    "caption",
    "circle",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "g",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "li",
    "line",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "path",
    "rect",
    "script",
    "section",
    "span",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "b",
    "i",
    "em",
    "strong",
    "br",
    "hr",
];

fn check_inert(page: &str, payload: &str) {
    let mut scripts = 0;
    for piece in pieces(page) {
        let Piece::Open(tag, attributes) = piece else {
            continue;
        };
        assert!(TAGS.contains(&tag.as_str()), "{payload}: <{tag}>");
        if tag == "script" {
            assert_eq!(attributes["type"], "application/json", "{payload}");
            scripts += 1;
        }
        if tag == "meta" {
            let equivalent = attributes.get("http-equiv").map(String::as_str);
            assert!(
                matches!(equivalent, None | Some("Content-Security-Policy")),
                "{payload}"
            );
        }
        for (name, value) in &attributes {
            assert!(
                !name.starts_with("on") && name != "style" && name != "src" && name != "srcdoc",
                "{payload}: {name}"
            );
            if name == "href" {
                assert!(
                    value.starts_with('#')
                        || value.starts_with("https://")
                        || value.starts_with("http://"),
                    "{payload}: {value}"
                );
            }
        }
    }
    assert!(scripts > 2, "the specifications of the pictures");
    assert_eq!(page.matches("<style>").count(), 1);
}

#[test]
fn payloads_in_every_text_do_nothing() {
    for payload in payloads() {
        let page = page(&filled(&payload)).unwrap();
        check_inert(&page, &payload);
    }
}

#[test]
fn a_citation_leads_only_to_the_web() {
    let mut table = Table::new("t", "T", vec![Column::new("law", "L", Kind::Law)]);
    for url in [
        "javascript:window.hit=1",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.invalid",
        " https://a",
    ] {
        table.row([Cell::Law(Link {
            text: "x".to_owned(),
            url: Some(url.to_owned()),
        })]);
    }
    let mut document = told(tiny(), Language::English);
    document.sections[0].tables = vec![table];
    let page = page(&document).unwrap();
    assert!(
        !page.contains("javascript:")
            && !page.contains("data:text")
            && !page.contains("file:")
            && !page.contains("example.invalid")
    );
}
