//! Every number on the page is parsed back and equals the plan's.

use std::collections::BTreeMap;

use mappafondo::annex::{Source, zone_document};
use mappafondo::model::Language;
use mappafondo::report::document::{Cell, Document, Role, Table, Value};
use mappafondo::report::html::page;

use crate::html::{HtmlTable, Piece, cents, pieces, tables};
use crate::plan::{tiny, told, toscana};

/// Columns of a table that the page shows, found by their headings, in order.
fn shown(table: &Table, html: &HtmlTable) -> Vec<usize> {
    let mut next = 0;
    let mut found = Vec::new();
    for heading in &html.headings {
        let at = (next..table.columns.len()).find(|at| table.columns[*at].title == *heading);
        let at = at.unwrap_or_else(|| panic!("{}: no column {heading}", table.id));
        found.push(at);
        next = at + 1;
    }
    found
}

fn amount(cell: &Cell) -> Option<i128> {
    match cell.value() {
        Some(Value::Euro(cents)) => Some(cents),
        _ => None,
    }
}

/// Holds the tables of a page against those of its document; gives how many numbers were held.
fn hold(document: &Document, page: &str) -> usize {
    let mut numbers = 0;
    let on_page = tables(page);
    for (id, html) in &on_page {
        let table = document.table(id).unwrap_or_else(|| panic!("{id}"));
        let columns = shown(table, html);
        // A shortened table has some of the rows, in order.
        let mut rows = table.rows.iter();
        for (class, cells) in &html.rows {
            let row = rows
                .find(|row| {
                    columns.iter().zip(cells).all(|(at, text)| {
                        let cell = &row.cells[*at];
                        match cell {
                            Cell::Closed => text.is_empty(),
                            Cell::Euro(0) if row.cells.contains(&Cell::Closed) => text == "–",
                            Cell::Empty | Cell::Blank => text.is_empty(),
                            cell => cell.shown(Language::Italian) == *text,
                        }
                    })
                })
                .unwrap_or_else(|| panic!("{id}: no such row: {cells:?}"));
            assert_eq!(class == "total", row.role == Role::Total, "{id}: {cells:?}");
            for (at, text) in columns.iter().zip(cells) {
                if let Some(exact) = amount(&row.cells[*at]).filter(|_| text != "–") {
                    assert_eq!(cents(text), Some(exact), "{id}: {text}");
                    numbers += 1;
                }
            }
        }
        let is_whole = html.rows.len() == table.rows.len();
        assert!(
            is_whole || id == "rules",
            "{id}: {} of {} rows",
            html.rows.len(),
            table.rows.len()
        );
    }
    numbers
}

/// What a plan pays, by some key.
fn paid<K: Ord>(source: &Source, key: impl Fn(&str, &str, &str) -> K) -> BTreeMap<K, i128> {
    let model = &source.model;
    let mut sums = BTreeMap::new();
    for line in &source.ledger {
        let names = (
            &model.fund(line.fund).name,
            &model.action(line.action).name,
            &model.zone(line.zone).name,
        );
        *sums.entry(key(names.0, names.1, names.2)).or_insert(0) += i128::from(line.euro.cents());
    }
    sums
}

/// Amounts in the pictures, by their words: `data-euro` of the element, the title inside it.
fn drawn(page: &str) -> Vec<(String, i128)> {
    let pieces = pieces(page);
    let mut found = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Open(_, attributes) = piece else {
            continue;
        };
        let Some(euro) = attributes.get("data-euro") else {
            continue;
        };
        let title = pieces[at + 1..].iter().find_map(|piece| match piece {
            Piece::Text(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        });
        let exact: i128 = euro.replace('.', "").parse().unwrap();
        let title = title.unwrap();
        // What one reads when pointing at it is the same number.
        let said = title.trim_end_matches(" euro").rsplit(' ').next().unwrap();
        assert_eq!(cents(said), Some(exact), "{title}");
        found.push((title, exact));
    }
    found
}

/// The table of actions by funds, and the pictures, say what the ledger says.
fn hold_against_the_ledger(source: &Source, page: &str) {
    let all: i128 = source
        .ledger
        .iter()
        .map(|line| i128::from(line.euro.cents()))
        .sum();
    let cells = paid(source, |fund, action, _| {
        (action.to_owned(), fund.to_owned())
    });
    let html = &tables(page)["map"];
    let mut sum = 0;
    for (class, row) in &html.rows {
        for (heading, text) in html.headings.iter().zip(row) {
            let is_fund = source.model.funds.iter().any(|fund| fund.name == *heading);
            if let (true, Some(found)) = (is_fund && class != "total", cents(text)) {
                let key = (row[0].clone(), heading.clone());
                assert_eq!(found, cells.get(&key).copied().unwrap_or(0), "{key:?}");
                sum += found;
            }
        }
    }
    assert_eq!(sum, all);
    let drawn = drawn(page);
    for ((action, fund), exact) in &cells {
        let link = format!("Da {fund} a {action}: ");
        assert!(
            drawn
                .iter()
                .any(|(title, cents)| title.starts_with(&link) && cents == exact),
            "{link}"
        );
        let cell = format!("{action}, {fund}: ");
        assert!(
            drawn
                .iter()
                .any(|(title, cents)| title.starts_with(&cell) && cents == exact),
            "{cell}"
        );
    }
    let links: i128 = drawn
        .iter()
        .filter(|(title, _)| title.starts_with("Da "))
        .map(|(_, cents)| cents)
        .sum();
    assert_eq!(
        links,
        2 * all,
        "from funds to actions, and from actions to zones"
    );
}

#[test]
fn a_short_plan_is_on_the_page_whole_and_to_the_cent() {
    let document = told(tiny(), Language::Italian);
    let page = page(&document).unwrap();
    assert!(hold(&document, &page) > 100);
    let on_page = tables(&page);
    for (_, table) in document.tables() {
        assert!(on_page.contains_key(&table.id), "{}", table.id);
    }
    hold_against_the_ledger(tiny(), &page);
    let ledger = &on_page["ledger"];
    let lines: Vec<i128> = ledger
        .rows
        .iter()
        .filter(|(class, _)| class.is_empty())
        .map(|(_, row)| cents(row.last().unwrap()).unwrap())
        .collect();
    let exact: Vec<i128> = tiny()
        .ledger
        .iter()
        .map(|line| i128::from(line.euro.cents()))
        .collect();
    assert_eq!(lines, exact);
}

#[test]
fn the_page_of_toscana_is_small_and_says_what_the_ledger_says() {
    let source = toscana();
    let document = told(source, Language::Italian);
    let page = page(&document).unwrap();
    assert!(page.len() <= 1_500_000, "{} bytes", page.len());
    assert!(hold(&document, &page) > 5_000);
    hold_against_the_ledger(source, &page);
    // The sheets of the zones have every payment: each zone's is the sum of its ledger.
    let on_page = tables(&page);
    let by_zone = paid(source, |_, _, zone| zone.to_owned());
    for zone in &source.model.zones {
        let plan = &on_page[&format!("zone:{}:plan", zone.id)];
        let total = plan
            .headings
            .iter()
            .position(|heading| heading == "Totale")
            .unwrap();
        let rows = plan.rows.iter().filter(|(class, _)| class.is_empty());
        let sum: i128 = rows.map(|(_, row)| cents(&row[total]).unwrap()).sum();
        assert_eq!(
            sum,
            by_zone.get(&zone.name).copied().unwrap_or(0),
            "{}",
            zone.name
        );
    }
    // Sums over the years: what is planned is the ledger's, what is assigned the acts'.
    let sums = |id: &str| -> BTreeMap<String, i128> {
        let short = &on_page[id];
        let rows = short.rows.iter().map(|(class, row)| {
            // A fund that has nothing to do with a zone says nothing there.
            let cents = |text: &String| {
                if text.is_empty() {
                    0
                } else {
                    cents(text).unwrap()
                }
            };
            let across: i128 = row[1..row.len() - 1].iter().map(cents).sum();
            assert_eq!(cents(row.last().unwrap()), across, "{class} {}", row[0]);
            (row[0].clone(), across)
        });
        rows.collect()
    };
    let mut planned = sums("riparto_planned");
    let all: i128 = by_zone.values().sum();
    assert_eq!(planned.remove("Tutte le zone"), Some(all));
    assert_eq!(planned, by_zone);
    let assigned = sums("riparto_zones");
    let money = source.model.money.iter();
    let in_plan = money.filter(|((_, year), _)| source.model.years.contains(year));
    let total: i128 = in_plan.map(|(_, m)| i128::from(m.total.cents())).sum();
    assert_eq!(assigned["Tutte le zone"], total);
    assert_eq!(assigned.values().sum::<i128>(), 2 * total);
    assert_eq!(total, 105_001_963_738);
    // 28 zones with their outlines, and one tile each.
    assert_eq!(page.matches("class=\"land ").count(), 28);
}

#[test]
fn the_page_of_a_zone_has_its_payments_alone() {
    let source = tiny();
    for zone in source.model.zone_indices() {
        let document = zone_document(source, zone, Language::Italian);
        let page = page(&document).unwrap();
        assert!(hold(&document, &page) > 10);
        let name = &source.model.zone(zone).name;
        assert!(page.contains(&format!("<h1>Scheda della zona {name}</h1>")));
        let own = paid(source, |_, _, zone| zone.to_owned())[name];
        let links: i128 = drawn(&page)
            .iter()
            .filter(|(title, _)| title.starts_with("Da "))
            .map(|(_, cents)| cents)
            .sum();
        assert_eq!(links, 2 * own);
    }
}
