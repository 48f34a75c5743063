//! Projects: one demand per cost item, zone and year, to the cent.

use std::collections::BTreeSet;

use num_traits::{CheckedAdd, CheckedDiv, One, Zero};

use super::actions::nature;
use super::directory::Once;
use super::needs::units_of;
use super::setting::Setting;
use crate::input::{Entries, Problems, ProjectEntry};
use crate::model::riparto::{Rounding, Shares, apportion};
use crate::model::{Demand, ZoneIdx};
use crate::problem::{NeedProblem, ReferenceProblem, Shown, Thing};
use crate::units::{Euro, Exact, Year};

/// The demands of `projects.csv`.
pub(super) fn build(entries: &Entries, setting: &Setting, problems: &mut Problems) -> Vec<Demand> {
    let mut once = Once::new(Thing::Project);
    let mut demands = Vec::new();
    for entry in &entries.projects {
        let key = (&entry.project.value, &entry.item);
        let label = format!("{}/{}", key.0, key.1);
        let is_new = once.is_new(key, &label, &entry.project, problems);
        if let Some(found) = project(entry, &label, setting, problems)
            && is_new
        {
            demands.extend(found);
        }
    }
    demands
}

fn project(
    entry: &ProjectEntry,
    label: &str,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Vec<Demand>> {
    let action = setting.action_names.one(&entry.action, problems);
    if let Some(units) = action.filter(|action| super::counts::is_units(*action, setting)) {
        let action = setting.action_id(units);
        problems.push(
            entry.action.place.clone(),
            NeedProblem::UnitsProject { action },
        );
    }
    let zones = zones(entry, setting, problems);
    let years = years(entry, setting, problems);
    let (action, (zones, zone_shares), (years, year_shares)) = (action?, zones?, years?);
    let planned = years.iter().filter(|year| setting.years.contains(year));
    let mut missing = planned.flat_map(|year| zones.iter().map(move |zone| (*zone, *year)));
    if let Some((zone, year)) = missing.find(|(zone, year)| !setting.exists(*zone, *year)) {
        let zone = setting
            .terrain
            .zones
            .get(zone.index())
            .map_or("", |zone| &zone.id);
        let zone = Shown::new(zone);
        problems.push(
            entry.zones_place.clone(),
            NeedProblem::ZoneNotThere { zone, year },
        );
        return None;
    }
    let mut demands = Vec::new();
    let by_year = apportion(entry.euro.value, &year_shares, Rounding::CENT).ok()?;
    for (year, of_year) in years.into_iter().zip(by_year.amounts) {
        if !setting.years.contains(&year) {
            continue;
        }
        let by_zone = apportion(of_year, &zone_shares, Rounding::CENT).ok()?;
        for (zone, euro) in zones.iter().copied().zip(by_zone.amounts) {
            if euro == Euro::ZERO {
                continue;
            }
            demands.push(Demand {
                action,
                zone,
                year,
                label: label.to_owned(),
                nature: nature(entry.nature),
                units: units_of(euro, action, year, setting),
                euro: Some(euro),
            });
        }
    }
    Some(demands)
}

/// Partner zones in order, with their parts.
fn zones(
    entry: &ProjectEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<(Vec<ZoneIdx>, Shares)> {
    let weighted = entry
        .zones
        .iter()
        .filter(|zone| zone.weight.is_some())
        .count();
    if weighted == 0 {
        let names: Vec<_> = entry.zones.iter().map(|zone| zone.of.clone()).collect();
        let zones = setting.zone_names.some(&names, problems)?;
        let shares = equal(zones.len())?;
        return Some((zones, shares));
    }
    if weighted < entry.zones.len() {
        problems.push(entry.zones_place.clone(), NeedProblem::SomeWeighted);
        return None;
    }
    let mut found: Vec<(ZoneIdx, Exact)> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut good = true;
    for share in &entry.zones {
        let zone = setting.zone_names.one(&share.of, problems);
        if !seen.insert(&share.of.value) {
            let id = Shown::new(&share.of.value);
            problems.push(share.of.place.clone(), ReferenceProblem::Repeated { id });
            good = false;
        }
        match zone {
            Some(zone) => found.push((zone, share.weight.unwrap_or_else(Exact::zero))),
            None => good = false,
        }
    }
    if !good {
        return None;
    }
    found.sort_unstable();
    let sum = found
        .iter()
        .try_fold(Exact::zero(), |sum, (_, weight)| sum.checked_add(weight))?;
    if sum.is_zero() {
        problems.push(entry.zones_place.clone(), NeedProblem::NoWeight);
        return None;
    }
    let shares: Option<Vec<Exact>> = found
        .iter()
        .map(|(_, weight)| weight.checked_div(&sum))
        .collect();
    let shares = Shares::given(&shares?).ok()?;
    Some((found.into_iter().map(|(zone, _)| zone).collect(), shares))
}

/// Years in order, with their parts.
fn years(
    entry: &ProjectEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<(Vec<Year>, Shares)> {
    if entry.profile.is_empty() {
        return Some((setting.years.clone(), equal(setting.years.len())?));
    }
    let mut found: Vec<(Year, Exact)> = Vec::new();
    let mut good = true;
    for share in &entry.profile {
        if found.iter().any(|(year, _)| *year == share.of.value) {
            let id = Shown::new(&share.of.value.to_string());
            problems.push(share.of.place.clone(), ReferenceProblem::Repeated { id });
            good = false;
        }
        // A year outside the plan is no mistake: its part of the cost is no demand of this plan.
        found.push((share.of.value, share.weight.unwrap_or_else(Exact::zero)));
    }
    if !good {
        return None;
    }
    found.sort_unstable();
    let sum = found
        .iter()
        .try_fold(Exact::zero(), |sum, (_, share)| sum.checked_add(share))?;
    if !sum.is_one() {
        problems.push(
            entry.profile_place.clone(),
            NeedProblem::PartsNotOne { sum },
        );
        return None;
    }
    let shares: Vec<Exact> = found.iter().map(|(_, share)| *share).collect();
    Some((
        found.into_iter().map(|(year, _)| year).collect(),
        Shares::given(&shares).ok()?,
    ))
}

fn equal(parts: usize) -> Option<Shares> {
    let one = Exact::new(1, i128::try_from(parts).ok().filter(|parts| *parts > 0)?);
    Shares::given(&vec![one; parts]).ok()
}
