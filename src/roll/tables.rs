//! The tables of the new model: rows of past years go, what is carried comes in.

use std::collections::{BTreeMap, BTreeSet};

use super::carried::{Carried, Earned};
use super::spent::Spent;
use super::todo::{Item, Kind};
use super::zones::Zones;
use crate::input::{RawTable, year_of};
use crate::model::{FundIdx, Language, Model, ZoneIdx};
use crate::report::words::roll as words;
use crate::units::{Euro, Year};

/// Where a row of this program says it comes from.
const SOURCE: &str = "mappafondo roll";

/// The year that the act of carried money names.
pub(super) fn tag(act: &str) -> Option<Year> {
    let of = |text: &str| act.strip_prefix(text.split('{').next()?);
    let year = of(words::ACT.it).or_else(|| of(words::ACT.en))?;
    year_of(year).ok()
}

/// `amounts.csv` without past years, but for those a gate looks at.
pub(super) fn amounts(table: &mut RawTable, gates: &BTreeMap<String, Year>, to: Year) {
    let rows = std::mem::take(&mut table.rows);
    let is_kept = |row: &Vec<String>| {
        let back = gates.get(table.cell(row, "fund")).copied().unwrap_or(0);
        let year = table.year(row, "year");
        year.is_none_or(|year| year >= to.saturating_add(back.min(0)))
    };
    table.rows = rows.into_iter().filter(is_kept).collect();
}

/// Adds what was earned and what is carried; gives what is carried, and what stands in the way.
pub(super) fn carry(
    table: &mut RawTable,
    (model, zones): (&Model, &Zones),
    left: &[((FundIdx, Option<ZoneIdx>), Year, Year, i128)],
    earned: &[Earned],
    to: Year,
) -> Option<(Vec<Carried>, Vec<Item>)> {
    let language = model.language;
    let mut items = Vec::new();
    let mut pools = BTreeSet::new();
    let mut shared = BTreeSet::new();
    let current = |row: &&Vec<String>| table.year(row, "year") == Some(to);
    for row in table.rows.iter().filter(current) {
        let fund = table.cell(row, "fund").to_owned();
        if table.cell(row, "zone").is_empty() {
            pools.insert(fund);
        } else {
            shared.insert(fund);
        }
    }
    if left.iter().any(|((_, zone), ..)| zone.is_some()) || !earned.is_empty() {
        table.add_column("zone");
    }
    for entry in earned.iter().filter(|entry| entry.year >= to) {
        let (fund, zone) = (&model.fund(entry.fund).id, &model.zone(entry.zone).id);
        let zone = zones.heir(zone, entry.year).unwrap_or(zone).to_owned();
        let of = entry.of_year.to_string();
        let act = words::ACT_EARNED.fill(language, &[("year", &of)]);
        write(table, (fund, Some(&zone), entry.year), entry.euro, &act);
        shared.insert(fund.clone());
        let values = [
            ("fund", fund.clone()),
            ("zone", zone),
            ("euro", entry.euro.to_string()),
            ("of_year", of),
            ("year", entry.year.to_string()),
        ];
        items.push(Item::new(Kind::Earned, values));
    }
    // By zone first: a fund that carries both ways cannot have both in one year.
    let mut sums: BTreeMap<(bool, String, Option<String>, Year, Year, bool), i128> =
        BTreeMap::new();
    for ((fund, zone), of, until, cents) in left {
        let id = zone.map(|zone| model.zone(zone).id.as_str());
        let heir = id.and_then(|id| zones.heir(id, to));
        let placed = id.is_none() || heir.is_some();
        let zone = heir.or(id).map(str::to_owned);
        let fund = model.fund(*fund).id.clone();
        let sum = sums
            .entry((zone.is_none(), fund, zone, *of, *until, placed))
            .or_default();
        *sum = sum.checked_add(*cents)?;
    }
    let mut found = Vec::new();
    for ((_, fund, zone, of_year, until, placed), cents) in sums {
        let euro = i64::try_from(cents).map(Euro::from_cents).ok()?;
        let why = match &zone {
            _ if !placed => Some(words::WHY_NO_ZONE),
            Some(_) if pools.contains(&fund) => Some(words::WHY_POOL),
            None if shared.contains(&fund) => Some(words::WHY_ZONES),
            _ => None,
        };
        if let Some(why) = why {
            let values = [
                ("fund", fund.clone()),
                ("zone", of_zone(language, zone.as_deref())),
                ("euro", euro.to_string()),
                ("of_year", of_year.to_string()),
                ("why", why.fill(language, &[("year", &to.to_string())])),
            ];
            items.push(Item::new(Kind::CarriedOut, values));
        } else {
            let of = of_year.to_string();
            let act = words::ACT.fill(language, &[("year", &of)]);
            write(table, (&fund, zone.as_deref(), to), euro, &act);
            if zone.is_some() {
                shared.insert(fund.clone());
            }
        }
        found.push(Carried {
            fund,
            zone,
            of_year,
            until: Some(until).filter(|until| *until < Year::MAX),
            euro,
            written: why.is_none(),
        });
    }
    found.sort_by(|a, b| (&a.fund, &a.zone, a.of_year).cmp(&(&b.fund, &b.zone, b.of_year)));
    Some((found, items))
}

/// How a sentence names the zone, if there is one.
pub(super) fn of_zone(language: Language, zone: Option<&str>) -> String {
    zone.map_or_else(String::new, |zone| {
        words::OF_ZONE.fill(language, &[("zone", zone)])
    })
}

fn write(
    table: &mut RawTable,
    (fund, zone, year): (&str, Option<&str>, Year),
    euro: Euro,
    act: &str,
) {
    let (year, euro) = (year.to_string(), table.money(euro));
    table.push(&[
        ("fund", fund),
        ("year", &year),
        ("zone", zone.unwrap_or_default()),
        ("euro", &euro),
        ("act", act),
        ("confidence", "derived"),
        ("source", SOURCE),
    ]);
}

/// `needs.csv` without past years.
pub(super) fn needs(table: &mut RawTable, to: Year) {
    let rows = std::mem::take(&mut table.rows);
    let is_kept = |row: &Vec<String>| table.year(row, "year").is_none_or(|year| year >= to);
    table.rows = rows.into_iter().filter(is_kept).collect();
}

/// `projects.csv`: those that are over go, the others keep the years they had.
pub(super) fn projects(table: &mut RawTable, years: &[Year], to: Year) -> Vec<Item> {
    let mut items = Vec::new();
    let evenly: Vec<String> = years
        .iter()
        .map(|year| format!("{year}:1/{}", years.len()))
        .collect();
    let rows = std::mem::take(&mut table.rows);
    let has_profile = |row: &Vec<String>| !table.cell(row, "profile").is_empty();
    if !rows.iter().all(has_profile) {
        table.rows = rows;
        table.add_column("profile");
    } else {
        table.rows = rows;
    }
    for mut row in std::mem::take(&mut table.rows) {
        let mut profile = table.cell(&row, "profile").to_owned();
        if profile.is_empty() {
            profile = evenly.join(" ");
            table.set(&mut row, "profile", &profile);
        }
        let of = |part: &str| part.split(':').next().and_then(|year| year_of(year).ok());
        let of: Vec<Year> = profile.split_whitespace().filter_map(of).collect();
        if of.iter().all(|year| *year < to) {
            continue;
        }
        if of.iter().any(|year| *year < to) {
            let values = [
                ("project", table.cell(&row, "project").to_owned()),
                ("item", table.cell(&row, "item").to_owned()),
                ("profile", profile),
            ];
            items.push(Item::new(Kind::Project, values));
        }
        table.rows.push(row);
    }
    items
}

/// `previous.csv`: what was there of years before the plan, then the past years of the plan.
pub(super) fn previous(table: &mut RawTable, spent: &Spent, first: Year, language: Language) {
    let rows = std::mem::take(&mut table.rows);
    let is_kept = |row: &Vec<String>| table.year(row, "year").is_some_and(|year| year < first);
    table.rows = rows.into_iter().filter(is_kept).collect();
    table.add_column("source");
    for (key, euro) in &spent.euro {
        let ((fund, action, zone), year) = key;
        let from = if spent.actual.contains(key) {
            words::FROM_ACTUALS
        } else {
            words::FROM_PLAN
        };
        let (year, euro) = (year.to_string(), table.money(*euro));
        table.push(&[
            ("fund", fund),
            ("action", action),
            ("zone", zone),
            ("year", &year),
            ("euro", &euro),
            ("source", from.say(language)),
        ]);
    }
}
