//! Actions: unit costs by year, natures.

use std::collections::BTreeMap;

use super::directory::Once;
use super::zones::similar_ids;
use crate::input::{ActionEntry, Entries, KindWord, NatureWord, Problems};
use crate::model::{Action, ActionKind, Nature};
use crate::problem::{NeedProblem, Thing};
use crate::units::{Euro, Year};

/// Builds the actions in order of their id.
pub(super) fn build(entries: &Entries, years: &[Year], problems: &mut Problems) -> Vec<Action> {
    let mut rows: BTreeMap<&str, &ActionEntry> = BTreeMap::new();
    let mut once = Once::new(Thing::Action);
    for entry in &entries.actions {
        let id = entry.action.value.as_str();
        if once.is_new(id, id, &entry.action, problems) {
            rows.insert(id, entry);
        }
    }
    similar_ids(rows.values().map(|entry| &entry.action), problems);
    rows.values()
        .map(|entry| action(entry, years, problems))
        .collect()
}

/// The nature of an expenditure.
pub(super) fn nature(word: NatureWord) -> Nature {
    match word {
        NatureWord::Current => Nature::Current,
        NatureWord::Capital => Nature::Capital,
    }
}

fn action(entry: &ActionEntry, years: &[Year], problems: &mut Problems) -> Action {
    Action {
        id: entry.action.value.clone(),
        name: entry.name.clone(),
        area: entry.area.clone(),
        tags: entry.tags.iter().map(|tag| tag.value.clone()).collect(),
        leps: entry.leps,
        kind: match entry.kind {
            KindWord::Divisible => ActionKind::Divisible,
            KindWord::Units => ActionKind::Units,
            KindWord::Project => ActionKind::Project,
        },
        unit: entry.unit.clone(),
        unit_cost: years
            .iter()
            .map(|year| unit_cost(entry, *year, problems))
            .collect(),
        priority: entry.priority,
        nature: entry.nature.map_or(Nature::Current, nature),
        min_active: entry.min_active,
        persistent: entry.persistent,
    }
}

fn unit_cost(entry: &ActionEntry, year: Year, problems: &mut Problems) -> Euro {
    let of_year = entry.unit_cost_by_year.get(&year).copied();
    of_year.or(entry.unit_cost).unwrap_or_else(|| {
        problems.push(entry.cost_place.clone(), NeedProblem::NoCost { year });
        Euro::ZERO
    })
}
