//! Staff that was hired stays: a rule of the new model says so, and an indicator says how much was paid.

use std::collections::BTreeMap;

use super::settings::{STAFF, Settings};
use super::spent::Spent;
use super::todo::{Item, Kind};
use super::zones::Zones;
use crate::input::RawTable;
use crate::model::{Language, Model};
use crate::report::words::roll as words;
use crate::units::{Euro, Year};

/// What the indicators begin with that say what was paid for staff.
pub(super) const PAID: &str = "riporto_personale_";

/// Staff of an action in a zone at the end of the past years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Code of the action.
    pub action: String,
    /// Code of the zone of the new plan.
    pub zone: String,
    /// What was paid for it in the last past year.
    pub euro: Euro,
    /// The cost of one unit in that year.
    pub unit_cost: Euro,
}

/// Writes rules and indicators for the staff of the year before the new ones; `None` when figures overflow.
pub(super) fn keep(
    model: &Model,
    (spent, zones): (&Spent, &Zones),
    (from, years): (&str, &[Year]),
    settings: &mut Settings,
    indicators: &mut RawTable,
) -> Option<(Vec<Staff>, Vec<Item>)> {
    let (mut staff, mut items) = (Vec::new(), Vec::new());
    let column = indicators
        .header()
        .iter()
        .position(|name| name == "indicator");
    indicators.rows.retain(|row| {
        let name = column.and_then(|column| row.get(column));
        !name.is_some_and(|name| name.starts_with(PAID))
    });
    let to = years.first().copied().unwrap_or_default();
    let last = to.saturating_sub(1);
    let position = model.years.iter().position(|year| *year == last);
    for action in model.actions.iter().filter(|action| action.persistent) {
        let cost = position.and_then(|position| action.unit_cost.get(position).copied());
        let cost = cost.unwrap_or_default();
        let mut paid: BTreeMap<&str, Euro> = BTreeMap::new();
        for ((cell, year), euro) in &spent.euro {
            if *year != last || cell.1 != action.id {
                continue;
            }
            let zone = zones.heir(&cell.2, to).filter(|_| cost > Euro::ZERO);
            if let Some(zone) = zone {
                let sum = paid.entry(zone).or_default();
                *sum = sum.checked_add(*euro)?;
            } else {
                let values = [
                    ("action", action.id.clone()),
                    ("zone", cell.2.clone()),
                    ("euro", euro.to_string()),
                    ("year", last.to_string()),
                ];
                items.push(Item::new(Kind::StaffOut, values));
            }
        }
        if paid.is_empty() {
            continue;
        }
        let indicator = format!("{PAID}{}", action.id);
        for zone in zones.in_years(years) {
            let euro = paid.get(zone).copied().unwrap_or_default();
            let (year, value) = (last.to_string(), indicators.money(euro));
            let cells = [
                ("zone", zone),
                ("year", &year),
                ("indicator", &indicator),
                ("value", &value),
            ];
            indicators.push(&cells);
        }
        settings.add(rule(
            model.language,
            &action.id,
            &indicator,
            cost,
            (from, last),
        ));
        let values = [
            ("action", action.id.clone()),
            ("rule", format!("{STAFF}{}", action.id)),
            ("year", last.to_string()),
        ];
        items.push(Item::new(Kind::Staff, values));
        staff.extend(paid.into_iter().map(|(zone, euro)| Staff {
            action: action.id.clone(),
            zone: zone.to_owned(),
            euro,
            unit_cost: cost,
        }));
    }
    Some((staff, items))
}

/// Units never fall below what was paid, at the cost of that year: exact, whatever the cost is now.
fn rule(
    language: Language,
    action: &str,
    indicator: &str,
    cost: Euro,
    (from, last): (&str, Year),
) -> String {
    let title = words::RULE_TITLE.fill(language, &[("year", &last.to_string())]);
    let act = words::RULE_ACT.fill(language, &[("from", from)]);
    format!(
        "\n[[rule]]\nid = \"{STAFF}{action}\"\ntitle = \"{title}: {action}\"\nlaw = {{ act = \"{act}\" }}\nstrength = \"plan\"\n\
         for_each = [\"zone\", \"year\"]\nwhere = \"`{indicator}` > 0\"\nmeasure = {{ units = true, action = \"{action}\" }}\n\
         at_least = {{ units = \"`{indicator}` / {cost}\" }}\n"
    )
}
