//! What the new plan lacks, and what may have grown old.

use std::collections::{BTreeMap, BTreeSet};

use super::carried::Carried;
use super::settings::Settings;
use super::tables::{of_zone, tag};
use super::todo::{Item, Kind};
use crate::input::RawTable;
use crate::model::{Base, Bound, Deadline, Model};
use crate::report::words::roll as words;
use crate::units::{Euro, Year};

/// Funds without money in a year of the new plan.
pub(super) fn amounts(
    model: &Model,
    table: &RawTable,
    settings: &Settings,
    years: &[Year],
) -> Vec<Item> {
    let mut items = Vec::new();
    let mut derived = settings.funds_of("income");
    derived.append(&mut settings.funds_of("priority_cut"));
    let to = years.first().copied().unwrap_or_default();
    for fund in &model.funds {
        let last = match fund.deadline {
            Deadline::LastYear(year) => year,
            Deadline::YearsAfter(_) | Deadline::Never => Year::MAX,
        };
        if last < to {
            let values = [("fund", fund.id.clone()), ("year", last.to_string())];
            items.push(Item::new(Kind::FundExpired, values));
            continue;
        }
        let has = |year: Year| {
            table.rows.iter().any(|row| {
                table.cell(row, "fund") == fund.id
                    && table.year(row, "year") == Some(year)
                    && tag(table.cell(row, "act")).is_none()
            })
        };
        let wanted = years.iter().filter(|year| **year <= last && !has(**year));
        let wanted: Vec<String> = wanted.map(Year::to_string).collect();
        if !wanted.is_empty() && !derived.contains(&fund.id) {
            let values = [("fund", fund.id.clone()), ("years", wanted.join(", "))];
            items.push(Item::new(Kind::Amounts, values));
        }
    }
    items
}

/// Rows of needs that earlier years had and a new one has not.
pub(super) fn needs(table: &RawTable, years: &[Year], to: Year) -> Vec<Item> {
    let mut zones: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut there = BTreeSet::new();
    for row in &table.rows {
        let (action, zone) = (table.cell(row, "action"), table.cell(row, "zone"));
        match table.year(row, "year") {
            Some(year) if year >= to => {
                there.insert((action, zone, year));
            }
            _ => {}
        }
        zones.entry(action).or_default().insert(zone);
    }
    let mut items = Vec::new();
    for (action, zones) in zones {
        for &year in years {
            let lacks = |zone: &&&str| !there.contains(&(action, **zone, year));
            let lacking: Vec<&str> = zones.iter().filter(lacks).copied().collect();
            if !lacking.is_empty() {
                let values = [
                    ("action", action.to_owned()),
                    ("year", year.to_string()),
                    ("zones", lacking.join(", ")),
                ];
                items.push(Item::new(Kind::Needs, values));
            }
        }
    }
    items
}

/// Actions without a cost in a year of the new plan.
pub(super) fn unit_costs(table: &RawTable, years: &[Year]) -> Vec<Item> {
    let mut items = Vec::new();
    for row in &table.rows {
        let lacks = |year: &&Year| table.cell(row, &format!("unit_cost_{year}")).is_empty();
        if !table.cell(row, "unit_cost").is_empty() {
            continue;
        }
        for year in years.iter().filter(lacks) {
            let action = table.cell(row, "action").to_owned();
            let values = [("action", action), ("year", year.to_string())];
            items.push(Item::new(Kind::UnitCost, values));
        }
    }
    items
}

/// Indicators without a value of the new plan.
pub(super) fn indicators(model: &Model, to: Year) -> Vec<Item> {
    let mut latest: BTreeMap<&str, Year> = BTreeMap::new();
    for ((name, _), years) in &model.indicators.dated {
        if let Some((&year, _)) = years.last_key_value() {
            let last = latest.entry(name).or_insert(year);
            *last = year.min(*last);
        }
    }
    let old = latest.into_iter().filter(|(_, year)| *year < to);
    let mut items: Vec<Item> = old
        .filter(|(name, _)| !name.starts_with(super::staff::PAID))
        .map(|(name, year)| {
            let values = [("indicator", name.to_owned()), ("year", year.to_string())];
            Item::new(Kind::Indicator, values)
        })
        .collect();
    let undated: BTreeSet<&str> = model
        .indicators
        .undated
        .keys()
        .map(|(name, _)| name.as_str())
        .collect();
    if !undated.is_empty() {
        let names: Vec<&str> = undated.into_iter().collect();
        let values = [("indicators", names.join(", "))];
        items.push(Item::new(Kind::Undated, values));
    }
    items
}

/// Rules and openings of the matrix whose time is over.
pub(super) fn expired(
    model: &Model,
    eligibility: &RawTable,
    removed: &BTreeSet<String>,
    to: Year,
) -> Vec<Item> {
    let rules = model.rules.iter().map(|rule| (&rule.id, &rule.law));
    let matches = model.matches.iter().map(|entry| (&entry.id, &entry.law));
    let mut items = Vec::new();
    for (id, law) in rules
        .chain(matches)
        .filter(|(id, _)| !removed.contains(*id))
    {
        if let Some(until) = law.to.filter(|until| *until < to) {
            let values = [
                ("what", id.clone()),
                ("law", law.cite()),
                ("year", until.to_string()),
            ];
            items.push(Item::new(Kind::RuleExpired, values));
        }
    }
    for row in &eligibility.rows {
        if let Some(until) = eligibility.year(row, "to").filter(|until| *until < to) {
            let text = |column| eligibility.cell(row, column).to_owned();
            let values = [
                ("fund", text("fund")),
                ("action", text("action")),
                ("year", until.to_string()),
            ];
            items.push(Item::new(Kind::EligibilityPast, values));
        }
    }
    items
}

/// What the new model cannot know of carried money.
pub(super) fn carried(
    model: &Model,
    carried: &[Carried],
    settings: &Settings,
    removed: &BTreeSet<String>,
    to: Year,
) -> Option<Vec<Item>> {
    let language = model.language;
    let mut items = Vec::new();
    let mut sums: BTreeMap<&str, Euro> = BTreeMap::new();
    let mut of_zones = BTreeSet::new();
    for entry in carried.iter().filter(|entry| entry.written) {
        let sum = sums.entry(&entry.fund).or_default();
        *sum = sum.checked_add(entry.euro)?;
        if entry.zone.is_some() {
            of_zones.insert(entry.fund.as_str());
        }
        let Some(fund) = model.funds.iter().find(|fund| fund.id == entry.fund) else {
            continue;
        };
        let as_new = fund.deadline.last_year_for(to);
        let moves_less = fund.carry_over < crate::units::Exact::from_integer(1)
            && entry.until.is_none_or(|until| until > to);
        if as_new != entry.until || moves_less {
            let until = entry.until.map_or_else(
                || words::UNTIL_NEVER.say(language).to_owned(),
                |until| words::UNTIL.fill(language, &[("until", &until.to_string())]),
            );
            let values = [
                ("fund", entry.fund.clone()),
                ("zone", of_zone(language, entry.zone.as_deref())),
                ("euro", entry.euro.to_string()),
                ("of_year", entry.of_year.to_string()),
                ("until", until),
                ("year", to.to_string()),
            ];
            items.push(Item::new(Kind::CarriedTerm, values));
        }
    }
    for rule in model
        .rules
        .iter()
        .filter(|rule| !removed.contains(&rule.id))
    {
        let Bound::ShareOf {
            base: Base::Assigned,
            scope,
            ..
        } = &rule.bound
        else {
            continue;
        };
        for fund in &scope.funds {
            let fund = &model.fund(*fund).id;
            if let Some(euro) = sums.get(fund.as_str()) {
                let values = [
                    ("rule", rule.id.clone()),
                    ("fund", fund.clone()),
                    ("year", to.to_string()),
                    ("euro", euro.to_string()),
                ];
                items.push(Item::new(Kind::CarriedBase, values));
            }
        }
    }
    let year = || ("year", to.to_string());
    let formulas = settings.funds_of("riparto");
    for fund in of_zones.into_iter().filter(|fund| formulas.contains(*fund)) {
        let values = [("fund", fund.to_owned()), year()];
        items.push(Item::new(Kind::CarriedFormula, values));
    }
    let gates = settings.gates();
    for fund in sums.keys().filter(|fund| gates.contains_key(**fund)) {
        let values = [("fund", (*fund).to_owned()), year()];
        items.push(Item::new(Kind::CarriedGate, values));
    }
    Some(items)
}

/// Estimates still in force.
pub(super) fn assumptions(model: &Model) -> Vec<Item> {
    let line = |entry: &crate::model::Assumption| {
        let values = [
            ("what", entry.what.clone()),
            ("value", entry.value.clone()),
            ("replace", entry.replace.clone()),
        ];
        Item::new(Kind::Assumption, values)
    };
    model.assumptions.iter().map(line).collect()
}
