//! `[[goal]]` and `[pick]`.

use super::setting::{Setting, text_of};
use crate::input::{
    GoalEntry, GoalWord, LevelsKey, LeximinPerWord, NearestWord, PickEntry, Problems,
    ValueWeightEntry,
};
use crate::model::{ActionIdx, Goal, GoalKind, Levels, Pick, Rule, Strength, ValueWeight};
use crate::problem::{Remark, RuleProblem, Shown, ValueProblem};

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
            },
            GoalKind::Value {
                weights: Vec::new(),
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
    if word != GoalWord::Leximin {
        let places = [
            entry.levels.as_ref().map(|at| &at.place),
            entry.per.as_ref().map(|at| &at.place),
        ];
        for place in places.into_iter().flatten() {
            problems.push(place.clone(), RuleProblem::NotOfThisGoal);
        }
    }
    if let (Some(weights), true) = (&entry.weights, word != GoalWord::Value) {
        problems.push(weights.place.clone(), RuleProblem::NotOfThisGoal);
    }
    let kind = match word {
        GoalWord::Leps => GoalKind::Leps,
        GoalWord::Targets => GoalKind::Targets,
        GoalWord::Leximin => GoalKind::Leximin {
            levels: levels(entry, problems)?,
            per_year: entry
                .per
                .as_ref()
                .is_some_and(|per| per.value.0 == LeximinPerWord::Year),
        },
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
            }
        }
        GoalWord::AtRisk => GoalKind::AtRisk,
    };
    Some(of(kind, actions?, setting))
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
