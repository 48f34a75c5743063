//! Combinations written one by one, in the file or in a run table.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::layout::Combination;
use super::super::{Axis, MOST_SCENARIOS};
use super::{Reader, check_labels, word_of};
use crate::input::{At, Change, Literal, Problems, RunTable, SweepEntry, SweepFile, SweepWord};
use crate::problem::{Nearest, Place, ReferenceProblem, Shown, SweepProblem, Thing};
use crate::scenario::Scenario;

/// Combinations with the labels they were given.
type Labelled = Vec<(Option<At<String>>, Combination)>;

impl Reader<'_> {
    /// The combinations of a list or a table, none for other kinds.
    pub(super) fn combinations(
        &self,
        entry: &SweepEntry,
        file: &SweepFile,
        axes: &[Axis],
        axes_are_whole: bool,
        problems: &mut Problems,
    ) -> Vec<Combination> {
        let kind = entry.kind.value.0;
        if let (Some(_), false) = (&file.combination, kind == SweepWord::List) {
            let (key, kind) = (Shown::new("combination"), Shown::new(word_of(kind)));
            problems.push(self.place(), SweepProblem::NotForKind { key, kind });
        }
        let names = Names {
            axes,
            axes_are_whole,
            home: self.name,
        };
        let list = match kind {
            SweepWord::List => self.list(file, &names, problems),
            SweepWord::Table => self.table(entry, &names, problems).unwrap_or_default(),
            _ => return Vec::new(),
        };
        check_labels(&list, entry.baseline.unwrap_or_default(), problems);
        list.into_iter()
            .map(|(label, combination)| Combination {
                label: label.map(|label| label.value),
                ..combination
            })
            .collect()
    }

    fn list(&self, file: &SweepFile, names: &Names<'_>, problems: &mut Problems) -> Labelled {
        let mut list = Labelled::new();
        // A file named by many combinations is read once.
        let mut read: BTreeMap<String, Option<(Arc<Scenario>, Vec<Change>)>> = BTreeMap::new();
        for entry in file.combination.iter().flatten() {
            let mut combination = Combination::default();
            for name in entry.scenario.iter().flat_map(|names| &names.0) {
                if !read.contains_key(&name.value) {
                    let scenario = self.beside.scenario(name, problems);
                    let scenario = scenario.map(|(file, changes)| (Arc::new(file), changes));
                    read.insert(name.value.clone(), scenario);
                }
                if let Some(Some((file, changes))) = read.get(&name.value) {
                    combination.files.push(Arc::clone(file));
                    combination.changes.extend(changes.iter().cloned());
                }
            }
            for (axis, value) in entry.values.iter().flat_map(|keyed| &keyed.0) {
                if let Some(position) = names.position(axis, problems) {
                    combination.values.push((position, value.value.clone()));
                }
            }
            combination.values.sort();
            let label = entry.label.as_ref();
            list.push((
                label.map(|label| label.with(label.value.0.clone())),
                combination,
            ));
        }
        list
    }

    fn table(
        &self,
        entry: &SweepEntry,
        names: &Names<'_>,
        problems: &mut Problems,
    ) -> Option<Labelled> {
        let name = entry.table.as_ref()?;
        let name = name.with(name.value.0.clone());
        let bytes = self.beside.bytes(&name, problems)?;
        let dialect = entry.dialect.as_ref().map(|dialect| dialect.value.0);
        let table = RunTable::read(&name.value, bytes, dialect, problems)?;
        let rows = u64::try_from(table.rows.len()).unwrap_or(u64::MAX);
        if rows > MOST_SCENARIOS {
            let (count, limit) = (Shown::new(&rows.to_string()), MOST_SCENARIOS);
            let place = Place::file(name.value.as_str());
            problems.push(place, SweepProblem::TooManyScenarios { count, limit });
            return None;
        }
        let columns: Vec<Option<usize>> = table
            .axes
            .iter()
            .map(|axis| names.position(axis, problems))
            .collect();
        for (position, axis) in names.axes.iter().enumerate() {
            if !columns.contains(&Some(position)) {
                let problem = crate::problem::TableProblem::MissingColumn {
                    name: Shown::new(&axis.id),
                };
                problems.push(Place::line(name.value.as_str(), 1), problem);
            }
        }
        let combination = |row: crate::input::RunRow| {
            let value =
                |(column, value): (&Option<usize>, Option<Literal>)| Some(((*column)?, value?));
            let mut values: Vec<_> = columns.iter().zip(row.values).filter_map(value).collect();
            values.sort();
            let combination = Combination {
                values,
                ..Combination::default()
            };
            (row.label, combination)
        };
        Some(table.rows.into_iter().map(combination).collect())
    }
}

/// The axes by name.
struct Names<'a> {
    axes: &'a [Axis],
    axes_are_whole: bool,
    home: &'a str,
}

impl Names<'_> {
    fn position(&self, name: &At<String>, problems: &mut Problems) -> Option<usize> {
        let found = self.axes.iter().position(|axis| axis.id == name.value);
        if found.is_none() && self.axes_are_whole {
            let unknown = ReferenceProblem::Unknown {
                thing: Thing::Axis,
                id: Shown::new(&name.value),
                nearest: Nearest::of(&name.value, self.axes.iter().map(|axis| axis.id.as_str())),
                home: Shown::new(self.home),
            };
            problems.push(name.place.clone(), unknown);
        }
        found
    }
}
