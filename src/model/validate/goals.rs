//! `[[goal]]` and `[pick]`.

use num_traits::{One, Zero};

use super::setting::{Setting, text_of};
use crate::input::{
    At, Fraction, GoalEntry, GoalWord, LevelsKey, LeximinPerWord, NearestWord, PickEntry, Problems,
    ValueWeightEntry,
};
use crate::model::{
    ActionIdx, ActionKind, Goal, GoalKind, Levels, Pick, Rule, Strength, ValueBand, ValueWeight,
};
use crate::problem::{Place, Remark, RuleProblem, Shown, ValueProblem};
use crate::units::Exact;

/// Goals in order; the usual ones when none is written, wishes last where there are any.
pub(super) fn build(
    entries: &[GoalEntry],
    rules: &[Rule],
    setting: &Setting,
    problems: &mut Problems,
) -> Vec<Goal> {
    let mut goals: Vec<Goal> = entries
        .iter()
        .filter_map(|entry| goal(entry, setting, problems))
        .collect();
    if entries.is_empty() {
        let usual = [
            GoalKind::Leps,
            GoalKind::Targets,
            GoalKind::Leximin {
                levels: Levels::Count(1),
                per_year: false,
                tolerance: Exact::zero(),
                bound: Exact::one(),
            },
            GoalKind::Value {
                weights: Vec::new(),
                bands: Vec::new(),
            },
            GoalKind::AtRisk,
        ];
        let all = setting.action_names.all();
        goals.extend(usual.into_iter().map(|kind| of(kind, all.clone(), setting)));
    }
    if rules.iter().any(|rule| rule.strength == Strength::Wish) {
        goals.push(of(GoalKind::Wishes, setting.action_names.all(), setting));
    }
    goals
}

/// The pick among equals.
pub(super) fn pick(entry: Option<&PickEntry>) -> Pick {
    match entry.and_then(|entry| entry.nearest).map(|word| word.0) {
        None | Some(NearestWord::Riparto) => Pick::Riparto,
        Some(NearestWord::LastYear) => Pick::LastYear,
    }
}

/// A goal counts only actions it is about: `leps` those that are essential levels.
fn of(kind: GoalKind, mut actions: Vec<ActionIdx>, setting: &Setting) -> Goal {
    if kind == GoalKind::Leps {
        actions.retain(|action| {
            setting
                .actions
                .get(action.index())
                .is_some_and(|action| action.leps)
        });
    }
    Goal { kind, actions }
}

fn goal(entry: &GoalEntry, setting: &Setting, problems: &mut Problems) -> Option<Goal> {
    let word = entry.kind.value.0;
    let actions = setting.actions_of(entry.action.as_ref(), problems);
    refuse_strangers(entry, problems);
    let share = |at: &Option<At<Fraction>>| at.as_ref().map(|at| at.value.0);
    let per_year = entry
        .per
        .as_ref()
        .is_some_and(|per| per.value.0 == LeximinPerWord::Year);
    let kind = match word {
        GoalWord::Leps => GoalKind::Leps,
        GoalWord::Targets => GoalKind::Targets,
        GoalWord::Leximin => GoalKind::Leximin {
            levels: levels(entry, problems)?,
            per_year,
            tolerance: share(&entry.tolerance).unwrap_or_else(Exact::zero),
            bound: share(&entry.bound).unwrap_or_else(Exact::one),
        },
        GoalWord::Floor => {
            let Some(coverage) = share(&entry.coverage) else {
                problems.push(entry.kind.place.clone(), RuleProblem::FloorCoverage);
                return None;
            };
            GoalKind::Floor { coverage, per_year }
        }
        GoalWord::Value => {
            let weights = entry
                .weights
                .as_ref()
                .map_or(&[][..], |weights| weights.value.as_slice());
            let read: Vec<_> = weights
                .iter()
                .map(|weight| value_weight(weight, setting, problems))
                .collect();
            GoalKind::Value {
                weights: read.into_iter().collect::<Option<_>>()?,
                bands: bands(entry, problems)?,
            }
        }
        GoalWord::Steady => GoalKind::Steady,
        GoalWord::Open => GoalKind::Open,
        GoalWord::AtRisk => GoalKind::AtRisk,
    };
    let mut actions = actions?;
    if kind == GoalKind::Open && entry.action.is_none() {
        // Where nothing is said, what comes in units.
        let comes_in_units = |action: &ActionIdx| {
            let action = setting.actions.get(action.index());
            action.is_some_and(|action| action.kind == ActionKind::Units)
        };
        actions.retain(comes_in_units);
    }
    Some(of(kind, actions, setting))
}

/// Tells the keys that do not belong to the kind of the goal.
fn refuse_strangers(entry: &GoalEntry, problems: &mut Problems) {
    let word = entry.kind.value.0;
    let leximin = word == GoalWord::Leximin;
    let floor = word == GoalWord::Floor;
    fn place<T>(at: &Option<At<T>>) -> Option<&Place> {
        at.as_ref().map(|at| &at.place)
    }
    let keys = [
        (place(&entry.levels), leximin),
        (place(&entry.per), leximin || floor),
        (place(&entry.tolerance), leximin),
        (place(&entry.bound), leximin),
        (place(&entry.coverage), floor),
        (place(&entry.weights), word == GoalWord::Value),
        (place(&entry.bands), word == GoalWord::Value),
    ];
    for (place, belongs) in keys {
        if let (Some(place), false) = (place, belongs) {
            problems.push(place.clone(), RuleProblem::NotOfThisGoal);
        }
    }
    let many = entry
        .levels
        .as_ref()
        .is_some_and(|at| !matches!(at.value, LevelsKey::Count(1)));
    let has_room = |at: &&At<Fraction>| at.value.0 > Exact::zero();
    if let (Some(tolerance), true) = (entry.tolerance.as_ref().filter(has_room), many && leximin) {
        problems.push(tolerance.place.clone(), RuleProblem::ToleranceLevels);
    }
}

fn levels(entry: &GoalEntry, problems: &mut Problems) -> Option<Levels> {
    match &entry.levels {
        None => Some(Levels::Count(1)),
        Some(at) => match at.value {
            LevelsKey::All => Some(Levels::All),
            LevelsKey::Count(count) => {
                let levels = u16::try_from(count).ok().filter(|count| *count > 0);
                if levels.is_none() {
                    let value = Shown::new(&count.to_string());
                    let high = u32::from(u16::MAX);
                    problems.push(
                        at.place.clone(),
                        ValueProblem::OutOfRange {
                            value,
                            low: 1,
                            high,
                        },
                    );
                }
                levels.map(Levels::Count)
            }
        },
    }
}

/// Bands in order, the last up to all of the need: their ends rise and their weights fall, else filling them is no linear programme.
fn bands(entry: &GoalEntry, problems: &mut Problems) -> Option<Vec<ValueBand>> {
    let entries = entry
        .bands
        .as_ref()
        .map_or(&[][..], |at| at.value.as_slice());
    let mut bands: Vec<ValueBand> = Vec::new();
    let mut is_sound = true;
    for (position, band) in entries.iter().enumerate() {
        let is_last = position + 1 == entries.len();
        let weight = band.weight.value.0;
        let up_to = band.up_to.as_ref().map_or_else(Exact::one, |at| at.value.0);
        let place = band
            .up_to
            .as_ref()
            .map_or(&band.weight.place, |at| &at.place);
        let start = bands.last().map_or_else(Exact::zero, |before| before.up_to);
        if up_to <= start {
            problems.push(place.clone(), RuleProblem::BandEnds);
            is_sound = false;
        } else if is_last && up_to != Exact::one() {
            problems.push(place.clone(), RuleProblem::BandLast);
            is_sound = false;
        }
        if let Some(before) = bands.last().filter(|before| before.weight <= weight) {
            let (first, second) = (before.weight, weight);
            problems.push(
                band.weight.place.clone(),
                RuleProblem::BandRises { first, second },
            );
            is_sound = false;
        }
        bands.push(ValueBand { up_to, weight });
    }
    is_sound.then_some(bands)
}

fn value_weight(
    entry: &ValueWeightEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<ValueWeight> {
    let actions = setting.actions_of(entry.action.as_ref(), problems);
    let years = setting.plan_years(entry.years.as_ref(), problems);
    let condition = entry.r#where.as_ref().map(text_of);
    let scope = setting
        .terrain
        .filter(condition.as_ref(), setting.pairs(&years), problems);
    if let (Some(true), Some(condition)) = (scope.as_ref().map(Vec::is_empty), condition) {
        let value = Shown::new(&condition.value);
        problems.push(condition.place, Remark::SelectsNothing { value });
    }
    Some(ValueWeight {
        actions: actions?,
        scope: scope?,
        weight: entry.weight.value.0,
    })
}
