//! Zones with their dates, indicators and heirs.

use std::collections::{BTreeMap, BTreeSet};

use super::directory::Once;
use super::terrain::Terrain;
use crate::input::{At, Entries, Problems, ZoneCell, ZoneEntry};
use crate::model::{Indicators, Zone, ZoneIdx};
use crate::problem::{Nearest, Place, ReferenceProblem, Remark, Shown, Thing, ValueProblem};
use crate::units::Year;

/// The zones of a model.
pub(super) struct Zones {
    /// Zones of the plan with their indicators.
    pub(super) terrain: Terrain,
    /// Index by id, of the zones of the plan.
    pub(super) indices: BTreeMap<String, ZoneIdx>,
    /// Other zones, and the one that took their place.
    pub(super) heirs: BTreeMap<String, Option<ZoneIdx>>,
}

/// Builds the zones.
pub(super) fn build(entries: &Entries, years: &[Year], problems: &mut Problems) -> Zones {
    let mut rows: BTreeMap<&str, &ZoneEntry> = BTreeMap::new();
    let mut once = Once::new(Thing::Zone);
    for entry in &entries.zones {
        let id = entry.zone.value.as_str();
        check_order(entry.from.as_ref(), entry.to.as_ref(), problems);
        if once.is_new(id, id, &entry.zone, problems) {
            rows.insert(id, entry);
        }
    }
    let is_whole = !entries.broken.file("zones.csv");
    check_replaces(&rows, is_whole, problems);
    similar_ids(rows.values().map(|entry| &entry.zone), problems);
    let zones: Vec<Zone> = rows.values().map(|entry| zone(entry)).collect();
    let (in_plan, others): (Vec<Zone>, Vec<Zone>) = zones
        .into_iter()
        .partition(|zone| years.iter().any(|year| zone.exists_in(*year)));
    let indices: BTreeMap<String, ZoneIdx> = in_plan
        .iter()
        .map(|zone| zone.id.clone())
        .zip((0..).map(ZoneIdx::new))
        .collect();
    let heirs = others
        .iter()
        .map(|zone| (zone.id.clone(), heir(&zone.id, &rows, &indices)))
        .collect();
    let mut names: BTreeSet<String> = entries.zone_columns.iter().cloned().collect();
    names.extend(
        entries
            .indicators
            .iter()
            .map(|entry| entry.indicator.value.clone()),
    );
    let terrain = Terrain {
        indicators: indicators(entries, &rows, &indices, is_whole, problems),
        names,
        zones: in_plan,
        is_whole: is_whole && !entries.broken.file("indicators.csv"),
    };
    Zones {
        terrain,
        indices,
        heirs,
    }
}

/// Tells a first year after the last.
pub(super) fn check_order(from: Option<&At<Year>>, to: Option<&At<Year>>, problems: &mut Problems) {
    if let (Some(from), Some(to)) = (from, to)
        && from.value > to.value
    {
        let (from_year, to) = (from.value, to.value);
        problems.push(
            from.place.clone(),
            ValueProblem::FromAfterTo {
                from: from_year,
                to,
            },
        );
    }
}

/// Remarks on ids that differ only in case.
pub(super) fn similar_ids<'e>(ids: impl Iterator<Item = &'e At<String>>, problems: &mut Problems) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for id in ids {
        if let Some(first) = seen.insert(id.value.to_lowercase(), &id.value) {
            let remark = Remark::SimilarIds {
                first: Shown::new(first),
                second: Shown::new(&id.value),
            };
            problems.push(id.place.clone(), remark);
        }
    }
}

fn zone(entry: &ZoneEntry) -> Zone {
    let attribute = |(name, cell): &(String, ZoneCell)| match cell {
        ZoneCell::Attribute(text) => Some((name.clone(), text.clone())),
        ZoneCell::Indicator(_) => None,
    };
    Zone {
        id: entry.zone.value.clone(),
        name: entry.name.clone(),
        from: entry.from.as_ref().map(|year| year.value),
        to: entry.to.as_ref().map(|year| year.value),
        replaces: entry.replaces.iter().map(|id| id.value.clone()).collect(),
        attributes: entry.values.iter().filter_map(attribute).collect(),
    }
}

fn check_replaces(rows: &BTreeMap<&str, &ZoneEntry>, is_whole: bool, problems: &mut Problems) {
    for entry in rows.values() {
        for old in &entry.replaces {
            if !rows.contains_key(old.value.as_str()) && is_whole {
                let unknown = ReferenceProblem::Unknown {
                    thing: Thing::Zone,
                    id: Shown::new(&old.value),
                    nearest: Nearest::of(&old.value, rows.keys().copied()),
                    home: Shown::new("zones.csv"),
                };
                problems.push(old.place.clone(), unknown);
            }
        }
    }
    let mut done = BTreeSet::new();
    for start in rows.keys() {
        if let Some((path, place)) = cycle(start, rows) {
            let members: BTreeSet<&str> = path.iter().copied().collect();
            if done.insert(members) {
                let path = Shown::new(&path.join(" → "));
                problems.push(place, ReferenceProblem::Cycle { path });
            }
        }
    }
}

/// The way from a zone through what it replaces back to itself.
fn cycle<'e>(
    start: &'e str,
    rows: &BTreeMap<&'e str, &'e ZoneEntry>,
) -> Option<(Vec<&'e str>, Place)> {
    let mut waiting = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        let entry = path.last().and_then(|last| rows.get(last))?;
        for old in &entry.replaces {
            let mut longer = path.clone();
            longer.push(&old.value);
            if old.value == start {
                let place = rows.get(start)?.replaces.first()?.place.clone();
                return Some((longer, place));
            }
            if rows.contains_key(old.value.as_str()) && seen.insert(&old.value) {
                waiting.push(longer);
            }
        }
    }
    None
}

/// The only zone of the plan that replaces an old one, directly or through others.
fn heir(
    old: &str,
    rows: &BTreeMap<&str, &ZoneEntry>,
    indices: &BTreeMap<String, ZoneIdx>,
) -> Option<ZoneIdx> {
    let mut name = old;
    // A chain is never longer than the list of zones.
    for _ in 0..rows.len() {
        let mut heirs = rows
            .values()
            .filter(|entry| entry.replaces.iter().any(|id| id.value == name));
        let heir = heirs.next()?;
        if heirs.next().is_some() {
            return None;
        }
        name = &heir.zone.value;
        if let Some(found) = indices.get(name) {
            return Some(*found);
        }
    }
    None
}

fn indicators(
    entries: &Entries,
    rows: &BTreeMap<&str, &ZoneEntry>,
    indices: &BTreeMap<String, ZoneIdx>,
    is_whole: bool,
    problems: &mut Problems,
) -> Indicators {
    let mut indicators = Indicators::default();
    for (id, entry) in rows {
        let Some(zone) = indices.get(*id) else {
            continue;
        };
        for (name, cell) in &entry.values {
            if let ZoneCell::Indicator(value) = cell {
                indicators.undated.insert((name.clone(), *zone), *value);
            }
        }
    }
    let mut once = Once::new(Thing::Row);
    for entry in &entries.indicators {
        let (zone, name, year) = (&entry.zone.value, &entry.indicator.value, entry.year.value);
        let shown = format!("{zone}, {year}, {name}");
        if !once.is_new((zone, name, year), &shown, &entry.zone, problems) {
            continue;
        }
        if let Some(at) = indices.get(zone) {
            let by_year = indicators.dated.entry((name.clone(), *at)).or_default();
            by_year.insert(year, entry.value);
        } else if !rows.contains_key(zone.as_str()) && is_whole {
            let unknown = ReferenceProblem::Unknown {
                thing: Thing::Zone,
                id: Shown::new(zone),
                nearest: Nearest::of(zone, rows.keys().copied()),
                home: Shown::new("zones.csv"),
            };
            problems.push(entry.zone.place.clone(), unknown);
        }
    }
    indicators
}
