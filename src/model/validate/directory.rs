//! Names to indices: ids, tags and groups of one kind of thing.

use std::collections::{BTreeMap, BTreeSet};

use crate::input::{At, Problems};
use crate::problem::{ReferenceProblem, Shown, Thing, Things};

/// The names of one kind of thing.
#[derive(Debug)]
pub(super) struct Directory<I> {
    thing: Thing,
    things: Things,
    home: &'static str,
    ids: BTreeMap<String, I>,
    sets: BTreeMap<String, BTreeSet<I>>,
    /// Whether the lists were read whole; if not, a name that is missing was perhaps in what could not be read.
    pub(super) is_whole: bool,
}

impl<I: Copy + Ord> Directory<I> {
    /// Ids only; `kind` is one, several, and the file where they are.
    pub(super) fn new(
        kind: (Thing, Things, &'static str),
        ids: BTreeMap<String, I>,
        is_whole: bool,
    ) -> Self {
        let (thing, things, home) = kind;
        Self {
            thing,
            things,
            home,
            ids,
            sets: BTreeMap::new(),
            is_whole,
        }
    }

    /// Adds a member to a tag or group.
    pub(super) fn add(&mut self, set: &str, members: impl IntoIterator<Item = I>) {
        self.sets.entry(set.to_owned()).or_default().extend(members);
    }

    /// Several of the kind.
    pub(super) fn things(&self) -> Things {
        self.things
    }

    /// Whether a tag or group has this name.
    pub(super) fn has_set(&self, name: &str) -> bool {
        self.sets.contains_key(name)
    }

    /// The thing with an id, without telling anything.
    pub(super) fn get(&self, id: &str) -> Option<I> {
        self.ids.get(id).copied()
    }

    /// The thing with an id.
    pub(super) fn one(&self, id: &At<String>, problems: &mut Problems) -> Option<I> {
        let found = self.get(&id.value);
        if found.is_none() && self.is_whole {
            let unknown = ReferenceProblem::Unknown {
                thing: self.thing,
                id: Shown::new(&id.value),
                nearest: problems.nearest(&id.value, self.ids.keys().map(String::as_str)),
                home: Shown::new(self.home),
            };
            problems.push(id.place.clone(), unknown);
        }
        found
    }

    /// The things named by ids, tags or groups, ascending. A name that is wrong is told, and nothing is given.
    pub(super) fn some(&self, names: &[At<String>], problems: &mut Problems) -> Option<Vec<I>> {
        let mut found = BTreeSet::new();
        let mut good = true;
        for name in names {
            match self.named(name, problems) {
                Some(members) => found.extend(members),
                None => good = false,
            }
        }
        good.then(|| found.into_iter().collect())
    }

    /// All things, ascending.
    pub(super) fn all(&self) -> Vec<I> {
        let all: BTreeSet<I> = self.ids.values().copied().collect();
        all.into_iter().collect()
    }

    fn named(&self, name: &At<String>, problems: &mut Problems) -> Option<BTreeSet<I>> {
        let id = self.ids.get(&name.value);
        let set = self.sets.get(&name.value);
        match (id, set) {
            (Some(one), None) => Some(BTreeSet::from([*one])),
            (None, Some(set)) => Some(set.clone()),
            (Some(_), Some(_)) => {
                let (things, id) = (self.things, Shown::new(&name.value));
                problems.push(
                    name.place.clone(),
                    ReferenceProblem::Ambiguous { things, id },
                );
                None
            }
            (None, None) => {
                if self.is_whole {
                    let known = self.ids.keys().chain(self.sets.keys());
                    let unknown = ReferenceProblem::UnknownSelection {
                        things: self.things,
                        id: Shown::new(&name.value),
                        nearest: problems.nearest(&name.value, known.map(String::as_str)),
                    };
                    problems.push(name.place.clone(), unknown);
                }
                None
            }
        }
    }
}

/// Refuses a second thing with the same key, naming both lines.
pub(super) struct Once<K> {
    thing: Thing,
    lines: BTreeMap<K, u32>,
}

impl<K: Ord> Once<K> {
    /// Nothing seen yet.
    pub(super) fn new(thing: Thing) -> Self {
        Self {
            thing,
            lines: BTreeMap::new(),
        }
    }

    /// Whether the key is new; if not, a problem.
    pub(super) fn is_new<T>(
        &mut self,
        key: K,
        shown: &str,
        at: &At<T>,
        problems: &mut Problems,
    ) -> bool {
        let second = at.place.line.unwrap_or_default();
        match self.lines.get(&key) {
            None => {
                self.lines.insert(key, second);
                true
            }
            Some(first) => {
                let twice = ReferenceProblem::Duplicate {
                    thing: self.thing,
                    id: Shown::new(shown),
                    first: *first,
                    second,
                };
                problems.push(at.place.clone(), twice);
                false
            }
        }
    }
}
