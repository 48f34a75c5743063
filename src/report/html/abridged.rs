//! What of a document a page or an annex shows. A short document is shown whole. Of a long one the page leaves out what stands elsewhere in
//! it, and what nobody reads row by row: the other formats have everything.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::document::{Cell, Column, Document, Kind, Role, Section, Table, Topic, Value};
use crate::report::words::{Text, page as words};

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
        .filter(|section| section.topic != Topic::Ledger);
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
            Topic::Riparto => {
                let sums = [
                    ("riparto_zones", "assigned", words::RIPARTO_ZONES),
                    ("riparto_planned", "planned", words::RIPARTO_PLANNED),
                ];
                let sums: Vec<Table> = sums
                    .into_iter()
                    .filter_map(|sum| by_zone(document, table, sum))
                    .collect();
                if sums.is_empty() {
                    short.tables.push(table.clone());
                } else {
                    left_out.push(words::RIPARTO_SHORT.say(language).to_owned());
                    short.tables.extend(sums);
                }
            }
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

/// What a column of the table of zones, funds and years comes to over the plan, for each zone and fund. What is for all zones
/// together has the last row.
fn by_zone(
    document: &Document,
    table: &Table,
    (id, column, title): (&str, &str, Text),
) -> Option<Table> {
    let language = document.language;
    let (fund, zone, amount) = (
        table.column("fund")?,
        table.column("zone")?,
        table.column(column)?,
    );
    let (fund_name, zone_name) = (table.column("fund_name")?, table.column("zone_name")?);
    let act = table.column("act");
    let mut funds: BTreeMap<&str, &str> = BTreeMap::new();
    let mut acts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut zones: BTreeMap<(bool, &str), &str> = BTreeMap::new();
    let mut sums: BTreeMap<((bool, &str), &str), i128> = BTreeMap::new();
    for row in table.rows.iter().filter(|row| row.role == Role::Body) {
        let word = |at: usize| row.cells.get(at).and_then(Cell::words);
        let (Some(of), Some(name)) = (word(fund), word(zone_name)) else {
            continue;
        };
        let to = (word(zone).is_none(), word(zone).unwrap_or_default());
        funds.insert(of, word(fund_name).unwrap_or(of));
        acts.entry(of).or_default().extend(act.and_then(word));
        let cents = row.cells.get(amount).and_then(Cell::value);
        let cents = cents.and_then(Value::cents);
        if cents.is_some() || !to.0 {
            zones.insert(to, name);
        }
        *sums.entry((to, of)).or_default() += cents.unwrap_or(0);
    }
    let heading = |at: usize| table.columns.get(at).cloned();
    let mut columns = vec![heading(zone_name)?];
    columns.extend(funds.iter().map(|(id, name)| {
        let acts = acts.get(id).into_iter().flatten().copied();
        let acts: Vec<&str> = acts.collect();
        Column::new(*id, *name, Kind::Euro).meaning(acts.join("; "))
    }));
    columns.push(Column::new(
        "total",
        words::ALL_FUNDS.say(language),
        Kind::Euro,
    ));
    let mut short = Table::new(id, title.say(language), columns);
    let line = |cents: &[i128]| {
        let total: i128 = cents.iter().sum();
        cents
            .iter()
            .copied()
            .chain([total])
            .map(Cell::Euro)
            .collect::<Vec<Cell>>()
    };
    let of = |zone: (bool, &str), fund: &str| sums.get(&(zone, fund)).copied().unwrap_or(0);
    for (zone, name) in &zones {
        let cents: Vec<i128> = funds.keys().map(|fund| of(*zone, fund)).collect();
        short.row([Cell::text(*name)].into_iter().chain(line(&cents)));
    }
    let all = funds
        .keys()
        .map(|fund| zones.keys().map(|zone| of(*zone, fund)).sum());
    let all: Vec<i128> = all.collect();
    short.row_as(
        Role::Total,
        [Cell::text(words::ALL_ZONES.say(language))]
            .into_iter()
            .chain(line(&all)),
    );
    // The first note is of the rows that are left out.
    short.notes.extend(table.notes.iter().skip(1).cloned());
    Some(short)
}
