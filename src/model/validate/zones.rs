//! Zones with their dates, indicators and heirs.

use std::collections::{BTreeMap, BTreeSet};

use super::directory::Once;
use super::terrain::Terrain;
use crate::input::{At, Entries, Problems, ZoneCell, ZoneEntry};
use crate::model::{Indicators, Zone, ZoneIdx};
use crate::problem::{ReferenceProblem, Remark, Shown, Thing, ValueProblem};
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
    let heirs = heirs(&others, &rows, &indices);
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
                    nearest: problems.nearest(&old.value, rows.keys().copied()),
                    home: Shown::new("zones.csv"),
                };
                problems.push(old.place.clone(), unknown);
            }
        }
    }
    for path in cycles(rows) {
        let place = path
            .first()
            .and_then(|first| rows.get(first)?.replaces.first());
        if let Some(place) = place.map(|id| id.place.clone()) {
            let path = Shown::new(&path.join(" → "));
            problems.push(place, ReferenceProblem::Cycle { path });
        }
    }
}

/// Ways from a zone through what it replaces back to itself: each zone is passed once, so long chains take no longer than long
/// lists. Of circles that share zones, those told are enough to break them all.
fn cycles<'e>(rows: &BTreeMap<&'e str, &'e ZoneEntry>) -> Vec<Vec<&'e str>> {
    let mut found = Vec::new();
    let mut left: BTreeSet<&str> = BTreeSet::new();
    for start in rows.keys() {
        // The way from the start, with what of each zone has been followed; and where on it each zone stands.
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        let mut stands: BTreeMap<&str, usize> = BTreeMap::from([(*start, 0)]);
        while let Some((zone, followed)) = way.pop() {
            let olds = rows.get(zone).map_or(&[][..], |entry| &entry.replaces);
            let Some(old) = olds.get(followed).filter(|_| !left.contains(zone)) else {
                stands.remove(zone);
                left.insert(zone);
                continue;
            };
            let old = old.value.as_str();
            way.push((zone, followed.saturating_add(1)));
            if let Some(at) = stands.get(old) {
                let circle = way.iter().skip(*at).map(|(zone, _)| *zone);
                found.push(circle.chain([old]).collect());
            } else if rows.contains_key(old) && !left.contains(old) {
                stands.insert(old, way.len());
                way.push((old, 0));
            }
        }
    }
    found
}

/// Zones that are no longer there, each with the only zone of the plan that replaces it, directly or through others.
fn heirs(
    others: &[Zone],
    rows: &BTreeMap<&str, &ZoneEntry>,
    indices: &BTreeMap<String, ZoneIdx>,
) -> BTreeMap<String, Option<ZoneIdx>> {
    // Of a zone that two others replace there is no only heir.
    let mut next: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (new, entry) in rows {
        let olds: BTreeSet<&str> = entry.replaces.iter().map(|id| id.value.as_str()).collect();
        for old in olds {
            next.entry(old)
                .and_modify(|heir| *heir = None)
                .or_insert(Some(new));
        }
    }
    let mut known: BTreeMap<&str, Option<ZoneIdx>> = BTreeMap::new();
    for zone in others {
        let mut passed: BTreeSet<&str> = BTreeSet::new();
        let mut name = zone.id.as_str();
        let heir = loop {
            if let Some(heir) = known.get(name) {
                break *heir;
            }
            let Some(new) = next
                .get(name)
                .copied()
                .flatten()
                .filter(|_| passed.insert(name))
            else {
                break None;
            };
            if let Some(found) = indices.get(new) {
                break Some(*found);
            }
            name = new;
        };
        known.extend(passed.into_iter().map(|name| (name, heir)));
    }
    let heir = |zone: &Zone| {
        (
            zone.id.clone(),
            known.get(zone.id.as_str()).copied().flatten(),
        )
    };
    others.iter().map(heir).collect()
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
                nearest: problems.nearest(zone, rows.keys().copied()),
                home: Shown::new("zones.csv"),
            };
            problems.push(entry.zone.place.clone(), unknown);
        }
    }
    indicators
}
