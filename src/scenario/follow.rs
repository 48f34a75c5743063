//! What follows when zones take the place of zones: tables by zone, lists of zones, lists in `model.toml`.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, One};
use toml_edit::TableLike;

use super::number;
use super::select::Names;
use super::state::State;
use super::toml_text as toml;
use crate::input::RawTable;
use crate::units::{Euro, Exact, parse_exact};

/// For each old zone the new ones, each with the share it takes.
pub(super) type Heirs = BTreeMap<String, Vec<(String, Exact)>>;

/// Tables with a zone in each row: their key beside the zone, and the columns that are sums.
const BY_ZONE: [(&str, &[&str], &[&str]); 4] = [
    ("needs.csv", &["action", "year"], &["units"]),
    ("amounts.csv", &["fund", "year", "act"], &["euro"]),
    ("previous.csv", &["fund", "action", "year"], &["euro"]),
    (
        "actuals.csv",
        &["fund", "action", "date"],
        &["assigned", "committed", "paid", "reported"],
    ),
];

/// Everything that names the zones, but for `zones.csv` and `indicators.csv`.
pub(super) fn follow(heirs: &Heirs, names: &Names, state: &mut State<'_>) -> Option<()> {
    for (file, key, sums) in BY_ZONE {
        let table = state.table(file);
        let named = table
            .rows
            .iter()
            .any(|row| heirs.contains_key(table.cell(row, "zone")));
        if named {
            let table = state.table_mut(file);
            rows(table, key, sums, heirs)?;
        }
    }
    drawing(heirs, state);
    for file in ["projects.csv", "agreements.csv"] {
        for row in 0..state.table(file).rows.len() {
            let table = state.table(file);
            let cell = table.at(row, "zones");
            if let Some(new) = list(cell, file == "projects.csv", heirs, names, table) {
                state.table_mut(file).put(row, "zones", &new);
            }
        }
    }
    for row in 0..state.table("zones.csv").rows.len() {
        let table = state.table("zones.csv");
        if let Some(new) = list(table.at(row, "replaces"), false, heirs, names, table) {
            state.table_mut("zones.csv").put(row, "replaces", &new);
        }
    }
    document(heirs, state);
    Some(())
}

/// Tiles and outlines go to the zone that takes the place; where several do, the zone is no longer drawn.
fn drawing(heirs: &Heirs, state: &mut State<'_>) {
    let named = |table: &RawTable| {
        let mut rows = table.rows.iter();
        rows.any(|row| heirs.contains_key(table.cell(row, "zone")))
    };
    if !named(state.table("map.csv")) {
        return;
    }
    let table = state.table_mut("map.csv");
    let mut rows = std::mem::take(&mut table.rows);
    rows.retain_mut(|row| match heirs.get(table.cell(row, "zone")) {
        None => true,
        Some(new) => match new.as_slice() {
            [(zone, _)] => {
                table.set(row, "zone", zone);
                true
            }
            _ => false,
        },
    });
    table.rows = rows;
}

fn rows(table: &mut RawTable, key: &[&str], sums: &[&str], heirs: &Heirs) -> Option<()> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    // The row of each key, and of how many it is made.
    let mut places: BTreeMap<Vec<String>, (usize, usize)> = BTreeMap::new();
    for row in std::mem::take(&mut table.rows) {
        let Some(new) = heirs.get(table.cell(&row, "zone")) else {
            rows.push(row);
            continue;
        };
        let mut parts = vec![row.clone(); new.len()];
        for ((zone, _), part) in new.iter().zip(&mut parts) {
            table.set(part, "zone", zone);
        }
        for column in sums {
            let texts = shared(table, &row, column, new)?;
            for (part, text) in parts.iter_mut().zip(texts) {
                table.set(part, column, &text);
            }
        }
        for part in parts {
            let mut own: Vec<String> = key
                .iter()
                .map(|name| table.cell(&part, name).to_owned())
                .collect();
            own.push(table.cell(&part, "zone").to_owned());
            let place = places.entry(own).or_insert((rows.len(), 0));
            place.1 = place.1.saturating_add(1);
            match rows.get_mut(place.0) {
                Some(first) => add(table, first, &part, sums)?,
                None => rows.push(part),
            }
        }
    }
    // A row in place of a formula stands for a new zone only where each zone it is made of had one; else row and formula are two
    // needs of one cell, which is refused.
    for (own, (place, had)) in places {
        let zone = own.last();
        let made_of = heirs
            .values()
            .flatten()
            .filter(|(new, _)| Some(new) == zone);
        if let Some(row) = rows.get_mut(place).filter(|_| had < made_of.count()) {
            table.set(row, "replaces", "");
        }
    }
    table.rows = rows;
    Some(())
}

/// The texts of a cell shared out: units exactly, money to the cent.
fn shared(
    table: &RawTable,
    row: &[String],
    column: &str,
    new: &[(String, Exact)],
) -> Option<Vec<String>> {
    let value = if column == "units" {
        table.quantity(row, column)
    } else {
        table.euro(row, column).map(Euro::to_exact)
    };
    let Some(value) = value.filter(|_| new.len() > 1) else {
        return Some(vec![table.cell(row, column).to_owned(); new.len()]);
    };
    let exact: Option<Vec<Exact>> = new
        .iter()
        .map(|(_, share)| value.checked_mul(share))
        .collect();
    let exact = exact?;
    if column == "units" {
        let texts = exact.iter().map(number::decimal);
        return texts.map(|text| Some(table.decimal(&text?))).collect();
    }
    let parts = number::parts(&exact)?;
    Some(parts.into_iter().map(|euro| table.money(euro)).collect())
}

/// Adds a row to the first of the same key; `unlimited` stays so, and the less sure of two figures says how sure the sum is.
fn add(table: &RawTable, first: &mut [String], other: &[String], sums: &[&str]) -> Option<()> {
    for column in sums {
        if *column == "units" {
            let (a, b) = (table.quantity(first, column), table.quantity(other, column));
            let text = match (a, b) {
                (Some(a), Some(b)) => table.decimal(&number::decimal(&a.checked_add(&b)?)?),
                _ => "unlimited".to_owned(),
            };
            table.set(first, column, &text);
        } else if let Some(b) = table.euro(other, column) {
            let a = table.euro(first, column).unwrap_or(Euro::ZERO);
            let text = table.money(a.checked_add(b)?);
            table.set(first, column, &text);
        }
    }
    let sure = |row: &[String]| {
        let word = table.cell(row, "confidence").to_owned();
        let words = ["official", "derived", "estimate"];
        words.iter().position(|known| *known == word).unwrap_or(0)
    };
    if sure(other) > sure(first) {
        let word = table.cell(other, "confidence").to_owned();
        table.set(first, "confidence", &word);
    }
    Some(())
}

/// A list of zones in a cell with the heirs in place; `None` if none of them is named. Where zones had equal parts each heir
/// keeps what it inherits, as a weight.
fn list(
    cell: &str,
    has_weights: bool,
    heirs: &Heirs,
    names: &Names,
    table: &RawTable,
) -> Option<String> {
    let mut entries: Vec<(String, Option<Exact>)> = Vec::new();
    for word in cell.split_whitespace() {
        match word.split_once(':') {
            Some((zone, weight)) => {
                let weight = parse_exact(&weight.replace(',', "."));
                entries.push((zone.to_owned(), weight));
            }
            None if heirs.contains_key(word) => entries.push((word.to_owned(), None)),
            None => {
                // A group is followed where it is declared, unless its members weigh here.
                let members = names.expand(word);
                let touched = has_weights && members.iter().any(|zone| heirs.contains_key(zone));
                if touched {
                    entries.extend(members.into_iter().map(|zone| (zone, None)));
                } else {
                    entries.push((word.to_owned(), None));
                }
            }
        }
    }
    if !entries.iter().any(|(zone, _)| heirs.contains_key(zone)) {
        return None;
    }
    let was_weighted = entries.iter().any(|(_, weight)| weight.is_some());
    let mut order: Vec<String> = Vec::new();
    let mut weights: BTreeMap<String, Exact> = BTreeMap::new();
    for (zone, weight) in entries {
        let weight = weight.unwrap_or_else(Exact::one);
        let own = vec![(zone.clone(), Exact::one())];
        for (new, share) in heirs.get(&zone).unwrap_or(&own) {
            let part = weight.checked_mul(share)?;
            let sum = weights.entry(new.clone()).or_default();
            *sum = sum.checked_add(&part)?;
            if !order.contains(new) {
                order.push(new.clone());
            }
        }
    }
    let mut all = weights.values();
    let first = all.next().copied();
    let is_equal = all.all(|weight| Some(*weight) == first);
    let words = order.into_iter().map(|zone| {
        if !has_weights || (is_equal && !was_weighted) {
            return Some(zone);
        }
        let weight = number::decimal(weights.get(&zone)?)?;
        Some(format!("{zone}:{}", table.decimal(&weight)))
    });
    let words: Option<Vec<String>> = words.collect();
    Some(words?.join(" "))
}

/// Lists of zones in `model.toml`: members of groups, what rules and matches measure and take a share of, where rules are waived.
fn document(heirs: &Heirs, state: &mut State<'_>) {
    let names_one = |table: &dyn TableLike, key: &str| {
        let names = toml::names(table, key).unwrap_or_default();
        names.iter().any(|name| heirs.contains_key(name))
    };
    deductions(heirs, state);
    let spots: [(&str, Option<&str>, &str); 8] = [
        ("group", None, "members"),
        ("match", None, "zone"),
        ("rule", Some("measure"), "zone"),
        ("rule", Some("at_least"), "zone"),
        ("rule", Some("at_most"), "zone"),
        ("rule", Some("below"), "zone"),
        ("rule", Some("equal"), "zone"),
        ("rule", Some("waived"), "zones"),
    ];
    for (name, inside, key) in spots {
        let touched = toml::list(state.document(), name)
            .iter()
            .any(|table| match inside {
                Some(inside) => {
                    toml::inside(*table, inside).is_some_and(|table| names_one(table, key))
                }
                None => names_one(*table, key),
            });
        if !touched {
            continue;
        }
        for table in toml::list_mut(state.document_mut(), name) {
            let is_other = name == "group" && toml::text(table, "kind").as_deref() != Some("zone");
            let table = match inside {
                Some(inside) => toml::inside_mut(table, inside),
                None => Some(table),
            };
            let Some(table) = table.filter(|table| !is_other && names_one(*table, key)) else {
                continue;
            };
            with_heirs(table, key, heirs);
        }
    }
}

/// Zones that get something of a fund before its formula.
fn deductions(heirs: &Heirs, state: &mut State<'_>) {
    let names_one = |table: &dyn TableLike| {
        let names = toml::names(table, "zone").unwrap_or_default();
        names.iter().any(|name| heirs.contains_key(name))
    };
    let touched = toml::list(state.document(), "riparto")
        .into_iter()
        .filter_map(|riparto| riparto.get("deductions"))
        .flat_map(toml::tables)
        .any(names_one);
    if !touched {
        return;
    }
    for riparto in toml::list_mut(state.document_mut(), "riparto") {
        let deductions = riparto.get_mut("deductions").map(toml::tables_mut);
        for table in deductions.unwrap_or_default() {
            if names_one(table) {
                with_heirs(table, "zone", heirs);
            }
        }
    }
}

/// Puts the heirs in the place of the zones of a list.
fn with_heirs(table: &mut dyn TableLike, key: &str, heirs: &Heirs) {
    let mut new: Vec<String> = Vec::new();
    for zone in toml::names(table, key).unwrap_or_default() {
        let own = vec![(zone.clone(), Exact::one())];
        for (heir, _) in heirs.get(&zone).unwrap_or(&own) {
            if !new.contains(heir) {
                new.push(heir.clone());
            }
        }
    }
    toml::set(table, key, toml::texts(new.iter().map(String::as_str)));
}
