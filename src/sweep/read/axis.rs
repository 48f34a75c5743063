//! Axes: what they change, and the values they may take.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{CheckedMul, Zero};

use super::super::distribution::Distribution;
use super::super::value::{Form, float, spaced};
use super::super::{Axis, Range};
use super::whole;
use crate::input::{At, AxisEntry, Change, Figure, Literal, MOST_DECIMALS, Problems, SweepWord};
use crate::problem::{Place, ReferenceProblem, Shown, SweepProblem, Thing, ValueProblem};
use crate::units::Exact;

/// Most values of a range: they are kept in memory.
const MOST_STEPS: u32 = 100_000;

/// How an axis gives its values in a kind of sweep.
pub(super) enum Forms {
    /// Not at all.
    Elsewhere,
    /// A list, or a range with its steps.
    Steps,
    /// A list, or a range of which only the ends count where no steps are given.
    Ends,
    /// A range on so many levels.
    Levels(u64),
    /// A distribution, or a range in which all values are as likely.
    Chance,
}

impl Forms {
    pub(super) fn of(kind: SweepWord, levels: u64) -> Self {
        match kind {
            SweepWord::Grid => Self::Steps,
            SweepWord::List | SweepWord::Table => Self::Elsewhere,
            SweepWord::MonteCarlo | SweepWord::LatinHypercube | SweepWord::Sobol => Self::Chance,
            SweepWord::Morris => Self::Levels(levels),
            SweepWord::OneAtATime => Self::Ends,
        }
    }

    /// The keys, in no language.
    fn keys(&self) -> &'static str {
        match self {
            Self::Elsewhere => "",
            Self::Steps => "values | from + to + steps",
            Self::Ends => "values | from + to | from + to + steps",
            Self::Levels(_) => "from + to",
            Self::Chance => "distribution | from + to",
        }
    }
}

/// The axes that can be read.
pub(super) fn read(
    entries: &[AxisEntry],
    forms: &Forms,
    kind: &str,
    problems: &mut Problems,
) -> Vec<Axis> {
    let mut lines: BTreeMap<&str, u32> = BTreeMap::new();
    let mut axes = Vec::new();
    for entry in entries {
        let (id, line) = (&entry.id.value.0, entry.id.place.line.unwrap_or_default());
        if let Some(first) = lines.insert(id, line) {
            let duplicate = ReferenceProblem::Duplicate {
                thing: Thing::Axis,
                id: Shown::new(id),
                first,
                second: line,
            };
            problems.push(entry.id.place.clone(), duplicate);
        }
        let changes = changes(entry, problems);
        let range = range(entry, forms, kind, problems);
        let (Some(changes), Some(range)) = (changes, range) else {
            continue;
        };
        let title = entry.title.as_ref();
        axes.push(Axis {
            id: id.clone(),
            title: title.map_or_else(|| id.clone(), |title| title.0.clone()),
            place: entry.id.place.clone(),
            changes,
            range,
        });
    }
    axes
}

fn changes(entry: &AxisEntry, problems: &mut Problems) -> Option<Vec<Change>> {
    let list: Vec<&At<Change>> = match (&entry.change, &entry.changes) {
        (Some(change), None) => vec![change],
        (None, Some(changes)) if !changes.value.is_empty() => changes.value.iter().collect(),
        _ => {
            problems.push(entry.id.place.clone(), SweepProblem::OneChange);
            return None;
        }
    };
    // Each by itself: a change that does not follow the axis belongs into a scenario file.
    let waiting = list.iter().filter(|change| {
        let waits = change.value.waits();
        if !waits {
            problems.push(change.place.clone(), SweepProblem::NoPlaceholder);
        }
        waits
    });
    let changes: Vec<Change> = waiting.map(|change| change.value.clone()).collect();
    (changes.len() == list.len()).then_some(changes)
}

fn range(entry: &AxisEntry, forms: &Forms, kind: &str, problems: &mut Problems) -> Option<Range> {
    let given = (
        entry.values.as_ref(),
        entry.from.as_ref().zip(entry.to.as_ref()),
        entry.steps.as_ref(),
        entry.distribution.as_ref(),
    );
    let halves = usize::from(entry.from.is_some()) + usize::from(entry.to.is_some());
    let refused = |problems: &mut Problems| {
        let kind = Shown::new(kind);
        let problem = match forms {
            Forms::Elsewhere => SweepProblem::AxisElsewhere { kind },
            _ => {
                let form = Shown::new(forms.keys());
                SweepProblem::AxisForm { kind, form }
            }
        };
        problems.push(entry.id.place.clone(), problem);
        None
    };
    if halves == 1 {
        return refused(problems);
    }
    match (forms, given) {
        (Forms::Elsewhere, (None, None, None, None)) => Some(Range::Elsewhere),
        (Forms::Steps | Forms::Ends, (Some(values), None, None, None)) => listed(values, problems),
        (Forms::Steps | Forms::Ends, (None, Some(ends), Some(steps), None)) => {
            let form = ends_form(entry, ends, problems);
            let steps = whole(steps, 2, MOST_STEPS, problems)?;
            points(ends, form?, steps, problems).map(Range::Listed)
        }
        (Forms::Ends, (None, Some(ends), None, None)) => {
            let form = ends_form(entry, ends, problems)?;
            points(ends, form, 2, problems).map(Range::Listed)
        }
        (Forms::Levels(levels), (None, Some(ends), None, None)) => {
            let form = ends_form(entry, ends, problems)?;
            points(ends, form, *levels, problems).map(Range::Levels)
        }
        (Forms::Chance, (None, Some(ends), None, None)) => {
            let form = ends_form(entry, ends, problems)?;
            let (low, high) = (float(&ends.0.value.value), float(&ends.1.value.value));
            Some(Range::Chance(Distribution::Uniform { low, high }, form))
        }
        (Forms::Chance, (None, None, None, Some(distribution))) => {
            super::distribution::read(distribution, entry.decimals.as_ref(), problems)
                .map(|(distribution, form)| Range::Chance(distribution, form))
        }
        _ => refused(problems),
    }
}

fn listed(values: &At<Vec<At<Literal>>>, problems: &mut Problems) -> Option<Range> {
    if values.value.is_empty() {
        problems.push(values.place.clone(), ValueProblem::Empty);
        return None;
    }
    repeated(&values.value, problems)?;
    let values = values.value.iter().map(|value| value.value.clone());
    Some(Range::Listed(values.collect()))
}

/// Refuses values written twice.
pub(super) fn repeated(values: &[At<Literal>], problems: &mut Problems) -> Option<()> {
    let before = problems.count();
    let mut seen = BTreeSet::new();
    for at in values {
        if !seen.insert(&at.value.text) {
            let value = Shown::new(&at.value.text);
            problems.push(at.place.clone(), SweepProblem::RepeatedValue { value });
        }
    }
    (problems.count() == before).then_some(())
}

fn ends_form(
    entry: &AxisEntry,
    (from, to): (&At<Figure>, &At<Figure>),
    problems: &mut Problems,
) -> Option<Form> {
    let form = form(&[from, to], entry.decimals.as_ref(), problems);
    below(from, to, problems)?;
    form
}

/// Refuses a range that does not rise.
pub(super) fn below(low: &At<Figure>, high: &At<Figure>, problems: &mut Problems) -> Option<()> {
    if low.value.value < high.value.value {
        return Some(());
    }
    let (from, to) = (low.value.shown(), high.value.shown());
    let problem = SweepProblem::NotBelow {
        low: from,
        high: to,
    };
    problems.push(high.place.clone(), problem);
    None
}

/// How the numbers of an axis are written, from those in the file.
pub(super) fn form(
    figures: &[&At<Figure>],
    decimals: Option<&At<crate::input::Whole>>,
    problems: &mut Problems,
) -> Option<Form> {
    // Zero is zero with or without a percent sign.
    let mut telling = figures.iter().filter(|at| !at.value.value.is_zero());
    let percent = telling.next().is_some_and(|at| at.value.percent);
    if let Some(other) = telling.find(|at| at.value.percent != percent) {
        problems.push(other.place.clone(), SweepProblem::MixedPercent);
        return None;
    }
    let written = figures.iter().map(|at| at.value.decimals).max();
    let Some(declared) = decimals else {
        return Some(Form::usual(percent, written.unwrap_or_default()));
    };
    let declared = whole(declared, 0, MOST_DECIMALS, problems)?;
    let decimals = u32::try_from(declared).unwrap_or_default();
    let form = Form { percent, decimals };
    let before = problems.count();
    for at in figures {
        check_decimals(&at.value, form, &at.place, problems);
    }
    (problems.count() == before).then_some(form)
}

fn check_decimals(figure: &Figure, form: Form, place: &Place, problems: &mut Problems) {
    let unit = 10_i128.pow(form.decimals);
    let shift = if form.percent { unit * 100 } else { unit };
    let scaled = figure.value.checked_mul(&Exact::from_integer(shift));
    if !scaled.is_some_and(|scaled| scaled.is_integer()) {
        let problem = SweepProblem::Decimals {
            value: figure.shown(),
            decimals: form.decimals,
        };
        problems.push(place.clone(), problem);
    }
}

/// So many values from one end to the other.
fn points(
    (from, to): (&At<Figure>, &At<Figure>),
    form: Form,
    steps: u64,
    problems: &mut Problems,
) -> Option<Vec<Literal>> {
    let (low, high) = (&from.value.value, &to.value.value);
    let mut points: Vec<Literal> = Vec::new();
    for position in 0..steps {
        let value = form.exact(&spaced(low, high, position, steps));
        if points.last() == Some(&value) {
            let value = Shown::new(&value.text);
            problems.push(to.place.clone(), SweepProblem::RepeatedValue { value });
            return None;
        }
        points.push(value);
    }
    Some(points)
}
