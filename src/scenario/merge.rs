//! `merge_zones`: several zones become one. Numbers add up or follow a stated rule, texts are stated, everything follows.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::CheckedAdd;

use super::columns::{Column, Stated, columns, number as of_value, stated};
use super::follow::{Heirs, follow};
use super::ground::{Ground, OWN_COLUMNS, ground, value};
use super::indicators;
use super::number;
use super::select::Names;
use super::state::State;
use crate::input::{At, MergeEntry, Problems};
use crate::model::expression::{Expression, Value};
use crate::problem::{ScenarioProblem, Shown};
use crate::units::{Exact, Year, parse_exact};

/// What becomes of a column of numbers.
enum Rule {
    Sum,
    Largest,
    Smallest,
    Computed(Expression),
}

/// Merges zones.
pub(super) fn merge(
    entry: &At<MergeEntry>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let merge = &entry.value;
    let names = Names::zones(state);
    let zones = names.select(&merge.zones, problems)?;
    let id = &merge.id.value.0;
    if zones.len() < 2 {
        problems.push(entry.place.clone(), ScenarioProblem::OneZone);
        return None;
    }
    if names.knows(id) && !zones.contains(id) {
        let id = Shown::new(id);
        problems.push(merge.id.place.clone(), ScenarioProblem::Taken { id });
        return None;
    }
    if is_called(&merge.name.0, &zones, state) {
        let name = Shown::new(&merge.name.0);
        problems.push(entry.place.clone(), ScenarioProblem::NameTaken { name });
        return None;
    }
    same_dates(&zones, entry, state, problems)?;
    let before = ground(state);
    let columns = columns(state, &before);
    let stated = stated(merge.columns.as_ref(), &columns, problems)?;
    let texts = texts(&zones, &columns, &stated, (entry, state), problems);
    let rules = rules(&columns, &stated, entry, problems);
    let (texts, rules) = (texts?, rules?);
    let undated = |name: &str, zone: &str| of_value(before.0.get(zone)?.get(name));
    let values = combine(
        &rules,
        &zones,
        &stated,
        &undated,
        state.years().first().copied(),
        problems,
    )?;
    dated(&rules, &zones, &stated, &before, id, state, problems)?;
    row(&zones, merge, &values, &texts, state)?;
    let one = Exact::from_integer(1);
    let heirs: Heirs = zones
        .iter()
        .map(|zone| (zone.clone(), vec![(id.clone(), one)]))
        .collect();
    follow(&heirs, &names, state)?;
    state.touched.count(true);
    Some(())
}

/// Whether a zone that stays has a name, capitals aside.
pub(super) fn is_called(name: &str, going: &BTreeSet<String>, state: &State<'_>) -> bool {
    let table = state.table("zones.csv");
    let mut staying = table
        .rows
        .iter()
        .filter(|row| !going.contains(table.cell(row, "zone")));
    let name = name.trim().to_lowercase();
    staying.any(|row| table.cell(row, "name").trim().to_lowercase() == name)
}

fn same_dates(
    zones: &BTreeSet<String>,
    entry: &At<MergeEntry>,
    state: &State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let table = state.table("zones.csv");
    let mut rows = table
        .rows
        .iter()
        .filter(|row| zones.contains(table.cell(row, "zone")));
    let first = rows.next()?;
    let dates = |row: &Vec<String>| (table.year(row, "from"), table.year(row, "to"));
    let other = rows.find(|row| dates(row) != dates(first));
    let Some(other) = other else { return Some(()) };
    let zone = Shown::new(table.cell(first, "zone"));
    let other = Shown::new(table.cell(other, "zone"));
    problems.push(
        entry.place.clone(),
        ScenarioProblem::ZoneDates { zone, other },
    );
    None
}

/// The texts of the new zone: stated, or the same in all of them.
fn texts(
    zones: &BTreeSet<String>,
    columns: &[Column],
    stated: &Stated,
    (entry, state): (&At<MergeEntry>, &State<'_>),
    problems: &mut Problems,
) -> Option<BTreeMap<String, String>> {
    let table = state.table("zones.csv");
    let rows = || {
        table
            .rows
            .iter()
            .filter(|row| zones.contains(table.cell(row, "zone")))
    };
    let mut texts = BTreeMap::new();
    let mut good = true;
    for column in columns.iter().filter(|column| !column.is_number) {
        let mut cells: BTreeSet<&str> = rows().map(|row| table.cell(row, &column.name)).collect();
        let only = cells.pop_first().filter(|_| cells.is_empty());
        let text = stated
            .get(&column.name)
            .map(|at| at.value.as_str())
            .or(only);
        match text {
            Some(text) => drop(texts.insert(column.name.clone(), text.to_owned())),
            None => {
                good = false;
                let column = Shown::new(&column.name);
                problems.push(entry.place.clone(), ScenarioProblem::TextColumn { column });
            }
        }
    }
    good.then_some(texts)
}

fn rules(
    columns: &[Column],
    stated: &Stated,
    entry: &At<MergeEntry>,
    problems: &mut Problems,
) -> Option<Vec<(String, Rule)>> {
    let mut rules = Vec::new();
    let mut good = true;
    for column in columns.iter().filter(|column| column.is_number) {
        let name = column.name.clone();
        let rule = match stated.get(&name) {
            None if column.is_mark => Rule::Largest,
            None if column.is_switch => {
                good = false;
                let column = Shown::new(&name);
                problems.push(
                    entry.place.clone(),
                    ScenarioProblem::SwitchColumn { column },
                );
                continue;
            }
            None => Rule::Sum,
            Some(at) => match at.value.as_str() {
                "sum" => Rule::Sum,
                "max" => Rule::Largest,
                "min" => Rule::Smallest,
                text => match Expression::parse(text) {
                    Ok(expression) => Rule::Computed(expression),
                    Err(_) => {
                        good = false;
                        let (column, value) = (Shown::new(&name), Shown::new(text));
                        let wrong = ScenarioProblem::ColumnRule { column, value };
                        problems.push(at.place.clone(), wrong);
                        continue;
                    }
                },
            },
        };
        rules.push((name, rule));
    }
    good.then_some(rules)
}

/// The values of the new zone: sums, largest and smallest first, then what is computed from them.
fn combine(
    rules: &[(String, Rule)],
    zones: &BTreeSet<String>,
    stated: &Stated,
    of: &dyn Fn(&str, &str) -> Option<Exact>,
    year: Option<Year>,
    problems: &mut Problems,
) -> Option<BTreeMap<String, Exact>> {
    let mut values = BTreeMap::new();
    for (name, rule) in rules {
        let mut given = zones.iter().filter_map(|zone| of(name, zone));
        let found = match rule {
            Rule::Sum => given.try_fold(None, |sum: Option<Exact>, next| {
                Some(Some(sum.unwrap_or_default().checked_add(&next)?))
            })?,
            Rule::Largest => given.max(),
            Rule::Smallest => given.min(),
            Rule::Computed(_) => None,
        };
        values.extend(found.map(|value| (name.clone(), value)));
    }
    let plain = values.clone();
    for (name, rule) in rules {
        let Rule::Computed(expression) = rule else {
            continue;
        };
        let computed = expression.number(&|wanted| match (wanted, year) {
            ("year", Some(year)) => Some(Value::Number(Exact::from_integer(i128::from(year)))),
            _ => plain.get(wanted).copied().map(Value::Number),
        });
        match computed {
            Ok(value) => drop(values.insert(name.clone(), value)),
            Err(_) => {
                let at = stated.get(name)?;
                let (column, value) = (Shown::new(name), Shown::new(&at.value));
                problems.push(
                    at.place.clone(),
                    ScenarioProblem::ColumnRule { column, value },
                );
                return None;
            }
        }
    }
    Some(values)
}

/// The dated values: for every year in which any of the zones has one, from what is in force in each.
fn dated(
    rules: &[(String, Rule)],
    zones: &BTreeSet<String>,
    stated: &Stated,
    before: &Ground,
    id: &str,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let mut years: BTreeMap<&str, BTreeSet<Year>> = BTreeMap::new();
    for ((zone, name), by_year) in &before.1 {
        if zones.contains(zone) {
            years.entry(name).or_default().extend(by_year.keys());
        }
    }
    let table = state.table("indicators.csv");
    if !table
        .rows
        .iter()
        .any(|row| zones.contains(table.cell(row, "zone")))
    {
        return Some(());
    }
    let table = state.table_mut("indicators.csv");
    let mut rows = std::mem::take(&mut table.rows);
    rows.retain(|row| !zones.contains(table.cell(row, "zone")));
    table.rows = rows;
    for (name, years) in years {
        for year in years {
            let of = |name: &str, zone: &str| of_value(value(before, name, zone, year).as_ref());
            let values = combine(rules, zones, stated, &of, Some(year), problems)?;
            if let Some(value) = values.get(name) {
                indicators::put(name, id, year, &number::decimal(value)?, state);
            }
        }
    }
    Some(())
}

/// The row of the new zone stands where the first of the old ones stood.
fn row(
    zones: &BTreeSet<String>,
    merge: &MergeEntry,
    values: &BTreeMap<String, Exact>,
    texts: &BTreeMap<String, String>,
    state: &mut State<'_>,
) -> Option<()> {
    let table = state.table_mut("zones.csv");
    let all = std::mem::take(&mut table.rows);
    let (old, mut rest): (Vec<_>, Vec<_>) = all
        .into_iter()
        .enumerate()
        .partition(|(_, row)| zones.contains(table.cell(row, "zone")));
    let (first, mut cells) = old.first().cloned()?;
    for column in OWN_COLUMNS {
        let mut joined: Vec<&str> = Vec::new();
        for (_, row) in &old {
            let cell = table.cell(row, column);
            if !cell.is_empty() && !joined.contains(&cell) {
                joined.push(cell);
            }
        }
        let text = match column {
            "zone" => merge.id.value.0.clone(),
            "name" => merge.name.0.clone(),
            "replaces" => String::new(),
            _ => joined.join("; "),
        };
        table.set(&mut cells, column, &text);
    }
    let header: Vec<String> = table.header().to_vec();
    for column in header
        .iter()
        .filter(|name| !OWN_COLUMNS.contains(&name.as_str()))
    {
        let text = match (texts.get(column), values.get(column)) {
            (Some(text), _) => text.clone(),
            (None, Some(value)) => table.decimal(&number::decimal(value)?),
            (None, None) => String::new(),
        };
        table.set(&mut cells, column, &text);
    }
    let place = rest
        .iter()
        .filter(|(position, _)| *position < first)
        .count();
    rest.insert(place, (first, cells));
    table.rows = rest.into_iter().map(|(_, row)| row).collect();
    debug_assert!(
        values
            .values()
            .all(|value| parse_exact(&crate::units::exact_text(value)).is_some())
    );
    Some(())
}
