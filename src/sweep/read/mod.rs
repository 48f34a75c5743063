//! A sweep file to a valid [`Sweep`], or every problem of it and of the files it names.

mod axis;
mod changes;
mod combination;
mod correlation;
mod distribution;
mod files;

use std::cell::RefCell;
use std::path::Path;

use super::chance::Chance;
use super::layout::{Combination, Layout};
use super::{Axis, Integers, Labels, MOST_AXES, MOST_SCENARIOS, Sweep};
use crate::input::{
    At, IntegersWord, OneOf, Problems, SweepEntry, SweepFile, SweepWord, Whole, Word, read_beside,
};
use crate::problem::{InvalidModel, KeyProblem, Place, Shown, SweepProblem, ValueProblem};
use crate::scenario::{Files, Scenario};
use axis::Forms;
use files::Beside;

/// The version of the format that is read.
const FORMAT: i64 = 1;
/// Longest label.
const LONGEST_LABEL: usize = 60;
/// Longest Sobol sequence and its most dimensions.
const SOBOL_DRAWS: u64 = 1 << 16;
const SOBOL_AXES: usize = sobol_burley::NUM_DIMENSIONS as usize;

pub(super) fn parse(
    name: &str,
    text: &str,
    beside: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Sweep, InvalidModel> {
    parse_bytes(name, text.as_bytes(), beside)
}

pub(super) fn read(path: &Path) -> Result<(Sweep, Files), InvalidModel> {
    let shown = path.display().to_string();
    let found = path
        .canonicalize()
        .map_err(|error| super::of_file(&shown, crate::input::unreadable(&error)))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let folder = found.parent().unwrap_or(Path::new("."));
    let own = found.file_name().unwrap_or_default().to_string_lossy();
    let bytes = read_beside(folder, &own).map_err(|problem| super::of_file(&shown, problem))?;
    let files = RefCell::new(Files::new());
    let beside = |name: &str| {
        let bytes = read_beside(folder, name).ok()?;
        files.borrow_mut().insert(name.to_owned(), bytes.clone());
        Some(bytes)
    };
    let sweep = parse_bytes(&name, &bytes, &beside)?;
    let mut files = files.into_inner();
    files.insert(name.into_owned(), bytes);
    Ok((sweep, files))
}

fn parse_bytes(
    name: &str,
    bytes: &[u8],
    beside: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Sweep, InvalidModel> {
    let mut problems = Problems::default();
    let file = SweepFile::read(name, bytes, &mut problems);
    let reader = Reader {
        name,
        beside: Beside::new(beside),
    };
    let sweep = file
        .sweep
        .as_ref()
        .and_then(|entry| reader.sweep(entry, &file, &mut problems));
    problems.finish()?;
    debug_assert!(
        sweep.is_some(),
        "no problem was told, and there is no sweep"
    );
    sweep.ok_or_else(InvalidModel::default)
}

/// What is known of the file while it is read.
struct Reader<'f> {
    name: &'f str,
    beside: Beside<'f>,
}

/// The word of a kind, and what its axes look like.
fn word_of(kind: SweepWord) -> &'static str {
    let found = SweepWord::WORDS.iter().find(|(_, value)| *value == kind);
    found.map_or("", |(word, _)| *word)
}

impl Reader<'_> {
    fn sweep(
        &self,
        entry: &SweepEntry,
        file: &SweepFile,
        problems: &mut Problems,
    ) -> Option<Sweep> {
        let before = problems.count();
        check_format(&entry.format, problems);
        let kind = entry.kind.value.0;
        let settings = self.settings(entry, kind, problems);
        let entries = file.axis.as_deref().unwrap_or_default();
        if entries.len() > MOST_AXES {
            let (count, limit) = (entries.len(), MOST_AXES);
            problems.push(self.place(), SweepProblem::TooManyAxes { count, limit });
            return None;
        }
        let forms = Forms::of(kind, settings.levels);
        let axes = axis::read(entries, &forms, word_of(kind), problems);
        if entries.is_empty() && !matches!(kind, SweepWord::List) && file.axis.is_none() {
            let kind = Shown::new(word_of(kind));
            problems.push(entry.kind.place.clone(), SweepProblem::NoAxis { kind });
        }
        // Names that stand in no axis are told only where all axes could be read.
        let axes_are_whole = axes.len() == entries.len() && problems.count() == before;
        let has_baseline = entry
            .baseline
            .unwrap_or(matches!(kind, SweepWord::OneAtATime));
        let mut combinations = self.combinations(entry, file, &axes, axes_are_whole, problems);
        let copula = self.copula(kind, file, &axes, axes_are_whole, problems);
        let names = entry.scenario.iter().flat_map(|names| &names.0);
        let common = names.filter_map(|name| self.beside.scenario(name, problems));
        let common: Vec<Scenario> = common.map(|(scenario, _)| scenario).collect();
        let chance = Chance::new(settings.seed.unwrap_or_default());
        let layout = match kind {
            SweepWord::Grid => Layout::Grid,
            SweepWord::List | SweepWord::Table => {
                Layout::Combinations(std::mem::take(&mut combinations))
            }
            SweepWord::MonteCarlo => Layout::MonteCarlo(chance, copula),
            SweepWord::LatinHypercube => {
                let n = settings.asked;
                let strata = (0..)
                    .zip(&axes)
                    .map(|(axis, _)| chance.shuffle(axis, n.max(1)))
                    .collect();
                Layout::LatinHypercube { chance, strata, n }
            }
            SweepWord::Sobol => Layout::Sobol(chance),
            SweepWord::Morris => Layout::Morris(chance, settings.levels),
            SweepWord::OneAtATime => Layout::OneAtATime,
        };
        let count = self.count(&layout, &axes, &settings, has_baseline, problems);
        let labels = labels(&layout, &axes, count?);
        if problems.count() > before && problems.any_error() {
            return None;
        }
        let sweep = Sweep {
            id: entry.id.0.clone(),
            title: entry.title.0.clone(),
            kind: word_of(kind),
            seed: settings.seed,
            integers: match entry.integers {
                Some(OneOf(IntegersWord::Resolve)) => Integers::Resolve,
                Some(OneOf(IntegersWord::Fixed)) | None => Integers::Fixed,
            },
            has_baseline,
            common,
            tables: self.beside.tables(),
            axes,
            layout,
            count: count?,
            labels,
        };
        changes::check(&sweep, problems);
        Some(sweep)
    }

    fn place(&self) -> Place {
        Place::file(self.name)
    }

    /// Numbers that only some kinds want.
    fn settings(&self, entry: &SweepEntry, kind: SweepWord, problems: &mut Problems) -> Settings {
        use SweepWord::{LatinHypercube, MonteCarlo, Morris, Sobol, Table};
        let draws = [MonteCarlo, LatinHypercube, Sobol];
        let chance = [MonteCarlo, LatinHypercube, Sobol, Morris];
        let mut check = |key: &str, place: Option<&Place>, kinds: &[SweepWord], needed: bool| {
            let (key, word) = (Shown::new(key), Shown::new(word_of(kind)));
            match (place, kinds.contains(&kind)) {
                (Some(place), false) => {
                    problems.push(place.clone(), SweepProblem::NotForKind { key, kind: word });
                }
                (None, true) if needed => {
                    let place = entry.kind.place.clone();
                    problems.push(place, SweepProblem::NeededForKind { key, kind: word });
                }
                _ => {}
            }
        };
        let place = |value: &Option<At<Whole>>| value.as_ref().map(|at| at.place.clone());
        check("seed", place(&entry.seed).as_ref(), &chance, true);
        check("draws", place(&entry.draws).as_ref(), &draws, true);
        let trajectories = place(&entry.trajectories);
        check("trajectories", trajectories.as_ref(), &[Morris], true);
        check("levels", place(&entry.levels).as_ref(), &[Morris], false);
        let table = entry.table.as_ref().map(|at| &at.place);
        check("table", table, &[Table], true);
        let dialect = entry.dialect.as_ref().map(|at| &at.place);
        check("dialect", dialect, &[Table], false);
        let seed = entry.seed.as_ref().and_then(|seed| {
            let value = Shown::new(&seed.value.0.to_string());
            let whole = u64::try_from(seed.value.0);
            problems.keep(
                &seed.place,
                whole.map_err(|_| ValueProblem::Negative { value }),
            )
        });
        let most = u32::try_from(MOST_SCENARIOS).unwrap_or(u32::MAX);
        let asked = entry.draws.as_ref().or(entry.trajectories.as_ref());
        let asked = asked.and_then(|asked| whole(asked, 1, most, problems));
        let levels = entry.levels.as_ref().map_or(Some(4), |levels| {
            let number = whole(levels, 2, 1000, problems)?;
            if number % 2 == 1 {
                problems.push(levels.place.clone(), SweepProblem::LevelsOdd);
                return None;
            }
            Some(number)
        });
        Settings {
            seed,
            asked: asked.unwrap_or(1),
            levels: levels.unwrap_or(2),
            asked_at: entry.draws.as_ref().map(|draws| draws.place.clone()),
        }
    }

    fn count(
        &self,
        layout: &Layout,
        axes: &[Axis],
        settings: &Settings,
        has_baseline: bool,
        problems: &mut Problems,
    ) -> Option<u64> {
        let count = layout.count(axes, settings.asked);
        let all = count.and_then(|count| count.checked_add(u64::from(has_baseline)));
        if let Layout::Sobol(_) = layout {
            let place = settings.asked_at.clone().unwrap_or_else(|| self.place());
            if settings.asked > SOBOL_DRAWS {
                let limit = SOBOL_DRAWS;
                problems.push(place, SweepProblem::SobolDraws { limit });
            }
            if axes.len() > SOBOL_AXES {
                let limit = SOBOL_AXES;
                problems.push(self.place(), SweepProblem::SobolAxes { limit });
            }
        }
        match all {
            Some(all) if all <= MOST_SCENARIOS => {
                if all == 0 && !problems.any_error() {
                    problems.push(self.place(), SweepProblem::NoScenario);
                }
                Some(all)
            }
            _ => {
                let count = count.map_or("> 10^19".to_owned(), |count| count.to_string());
                let (count, limit) = (Shown::new(&count), MOST_SCENARIOS);
                problems.push(
                    self.place(),
                    SweepProblem::TooManyScenarios { count, limit },
                );
                None
            }
        }
    }
}

/// What the file asks for.
struct Settings {
    seed: Option<u64>,
    /// Draws, or trajectories.
    asked: u64,
    levels: u64,
    asked_at: Option<Place>,
}

/// A whole number between two others.
fn whole(at: &At<Whole>, low: u32, high: u32, problems: &mut Problems) -> Option<u64> {
    let number = at.value.0;
    if number < i64::from(low) || number > i64::from(high) {
        let value = Shown::new(&number.to_string());
        problems.push(
            at.place.clone(),
            ValueProblem::OutOfRange { value, low, high },
        );
        return None;
    }
    u64::try_from(number).ok()
}

fn check_format(format: &At<Whole>, problems: &mut Problems) {
    if format.value.0 != FORMAT {
        let found = Shown::new(&format.value.0.to_string());
        problems.push(format.place.clone(), KeyProblem::Format { found });
    }
}

/// By values where they are short and plain, else by number.
fn labels(layout: &Layout, axes: &[Axis], count: u64) -> Labels {
    let numbers = Labels::Numbers(Labels::width(count));
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '%' | '.' | '-' | '+' | '_' | '/');
    let longest = |axis: &Axis| {
        let values = axis.listed().iter();
        let longest = values.map(|value| value.text.chars().count()).max();
        axis.id.chars().count() + 2 + longest.unwrap_or_default()
    };
    let mut all = axes.iter().flat_map(Axis::listed);
    let are_plain = all.all(|value| value.text.chars().all(is_plain));
    let length: usize = match layout {
        Layout::Grid => axes.iter().map(longest).sum(),
        Layout::OneAtATime => axes.iter().map(longest).max().unwrap_or_default(),
        _ => return numbers,
    };
    if are_plain && length <= LONGEST_LABEL {
        Labels::Values
    } else {
        numbers
    }
}

/// Labels that were given must differ from each other and from the numbers of the others.
fn check_labels(
    list: &[(Option<At<String>>, Combination)],
    has_baseline: bool,
    problems: &mut Problems,
) {
    let first = u64::from(has_baseline);
    let n = u64::try_from(list.len()).unwrap_or(u64::MAX);
    let width = Labels::width(n.saturating_add(first));
    let mut taken: std::collections::BTreeSet<String> = (first..)
        .zip(list)
        .filter(|(_, (label, _))| label.is_none())
        .map(|(number, _)| format!("{number:0width$}"))
        .collect();
    if has_baseline {
        taken.insert(super::text::BASE.to_owned());
    }
    for label in list.iter().filter_map(|(label, _)| label.as_ref()) {
        if label.value.chars().count() > LONGEST_LABEL || label.value.contains(['\n', '\r', '\t']) {
            let limit = LONGEST_LABEL;
            problems.push(label.place.clone(), SweepProblem::LongLabel { limit });
        } else if !taken.insert(label.value.clone()) {
            let label_shown = Shown::new(&label.value);
            problems.push(
                label.place.clone(),
                SweepProblem::RepeatedLabel { label: label_shown },
            );
        }
    }
}
