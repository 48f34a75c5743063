//! `[[group]]`: named lists, which may hold other groups but never themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::directory::{Directory, Once};
use crate::input::{At, GroupEntry, GroupWord, Problems};
use crate::problem::{ReferenceProblem, Shown, Thing};

/// Adds the groups of one kind to its directory.
pub(super) fn add_groups<I: Copy + Ord>(
    directory: &mut Directory<I>,
    kind: GroupWord,
    groups: &[GroupEntry],
    problems: &mut Problems,
) {
    let mut once = Once::new(Thing::Group);
    let mut members: BTreeMap<&str, &GroupEntry> = BTreeMap::new();
    for group in groups.iter().filter(|group| group.kind.0 == kind) {
        let id = group.id.with(());
        let name = group.id.value.0.as_str();
        if !once.is_new(name, name, &id, problems) {
            continue;
        }
        if directory.get(name).is_some() || directory.has_set(name) {
            let (things, id) = (directory.things(), Shown::new(name));
            let ambiguous = ReferenceProblem::Ambiguous { things, id };
            problems.push(group.id.place.clone(), ambiguous);
            continue;
        }
        members.insert(name, group);
    }
    let mut told = BTreeSet::new();
    for name in members.keys() {
        let mut path = Vec::new();
        if let Some(cycle) = cycle_from(name, &members, &mut path) {
            let nodes: BTreeSet<&str> = cycle.iter().copied().collect();
            if told.insert(nodes)
                && let Some(group) = cycle.first().and_then(|first| members.get(first))
            {
                let path = Shown::new(&cycle.join(" → "));
                problems.push(group.id.place.clone(), ReferenceProblem::Cycle { path });
            }
            directory.is_whole = false;
        }
    }
    if !told.is_empty() {
        return;
    }
    // Without cycles, groups whose members are all known can be added until none is left.
    while !members.is_empty() {
        let waits = |group: &GroupEntry| names(group).any(|name| members.contains_key(name));
        let ready: Vec<&str> = members
            .iter()
            .filter(|(_, g)| !waits(g))
            .map(|(name, _)| *name)
            .collect();
        if ready.is_empty() {
            break;
        }
        for name in ready {
            let found = members
                .remove(name)
                .and_then(|group| directory.some(&group.members.0, problems));
            match found {
                Some(found) => directory.add(name, found),
                None => directory.is_whole = false,
            }
        }
    }
}

fn names(group: &GroupEntry) -> impl Iterator<Item = &str> {
    group
        .members
        .0
        .iter()
        .map(|member: &At<String>| member.value.as_str())
}

/// The cycle that a walk from a group runs into, if it comes back to that group: `a → b → a`.
fn cycle_from<'g>(
    start: &'g str,
    members: &BTreeMap<&'g str, &'g GroupEntry>,
    path: &mut Vec<&'g str>,
) -> Option<Vec<&'g str>> {
    let mut waiting: Vec<(usize, &'g str)> = vec![(0, start)];
    let mut seen = BTreeSet::new();
    while let Some((depth, name)) = waiting.pop() {
        path.truncate(depth);
        path.push(name);
        for next in members.get(name).into_iter().flat_map(|group| names(group)) {
            if next == start {
                path.push(start);
                return Some(path.clone());
            }
            if members.contains_key(next) && seen.insert(next) {
                waiting.push((path.len(), next));
            }
        }
    }
    None
}
