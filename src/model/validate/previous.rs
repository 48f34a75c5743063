//! `previous.csv` and `assumptions.csv`.

use std::collections::BTreeMap;

use super::directory::Once;
use super::formula::ByZone;
use super::money::sum;
use super::setting::Setting;
use crate::input::{Entries, Problems};
use crate::model::{ActionIdx, Assumption, FundIdx, ZoneIdx};
use crate::problem::{MoneyProblem, Remark, Thing};
use crate::units::{Euro, Year};

/// Allocations of earlier years by fund, action, zone and year.
pub(super) type Previous = BTreeMap<(FundIdx, ActionIdx, ZoneIdx, Year), Euro>;

/// Reads `previous.csv`; money of a zone that is no more counts for the one that took its place.
pub(super) fn build(entries: &Entries, setting: &Setting, problems: &mut Problems) -> Previous {
    let mut previous = Previous::new();
    let mut once = Once::new(Thing::Row);
    for entry in &entries.previous {
        let fund = setting.fund_names.one(&entry.fund, problems);
        let action = setting.action_names.one(&entry.action, problems);
        let zone = setting.past_zone(&entry.zone, problems);
        let year = entry.year.value;
        let key = (
            &entry.fund.value,
            &entry.action.value,
            &entry.zone.value,
            year,
        );
        let shown = format!("{}, {}, {}, {}", key.0, key.1, key.2, key.3);
        if !once.is_new(key, &shown, &entry.fund, problems) {
            continue;
        }
        if setting.years.contains(&year) {
            problems.push(entry.year.place.clone(), Remark::PreviousInPlan { year });
        }
        let (Some(fund), Some(action), Some(Some(zone))) = (fund, action, zone) else {
            continue;
        };
        let cell = previous.entry((fund, action, zone, year)).or_default();
        match sum(*cell, entry.euro.value) {
            Some(total) => *cell = total,
            None => {
                let fund = setting.fund_id(fund);
                problems.push(
                    entry.euro.place.clone(),
                    MoneyProblem::Overflow { fund, year },
                );
            }
        }
    }
    previous
}

/// What each fund gave each zone in earlier years.
pub(super) fn by_zone(previous: &Previous) -> ByZone {
    let mut by_zone = ByZone::new();
    for ((fund, _, zone, year), euro) in previous {
        let total = by_zone.entry((*fund, *zone, *year)).or_default();
        *total = sum(*total, *euro).unwrap_or(*total);
    }
    by_zone
}

/// Reads `actuals.csv` for names that lead nowhere, and `assumptions.csv`.
pub(super) fn assumptions(
    entries: &Entries,
    setting: &Setting,
    problems: &mut Problems,
) -> Vec<Assumption> {
    for entry in &entries.actuals {
        setting.fund_names.one(&entry.fund, problems);
        setting.action_names.one(&entry.action, problems);
        setting.past_zone(&entry.zone, problems);
    }
    let mut once = Once::new(Thing::Row);
    for entry in &entries.actuals {
        let key = (
            &entry.fund.value,
            &entry.action.value,
            &entry.zone.value,
            entry.date.value,
        );
        let shown = format!("{}, {}, {}, {}", key.0, key.1, key.2, key.3);
        once.is_new(key, &shown, &entry.fund, problems);
    }
    let mut once = Once::new(Thing::Assumption);
    let mut found: Vec<Assumption> = Vec::new();
    for entry in &entries.assumptions {
        let what = &entry.assumption.value;
        if once.is_new(what, what, &entry.assumption, problems) {
            found.push(Assumption {
                what: what.clone(),
                value: entry.value.clone(),
                method: entry.method.clone(),
                range: entry.range.clone(),
                replace: entry.replace.clone(),
            });
        }
    }
    found.sort_by(|a, b| a.what.cmp(&b.what));
    found
}
