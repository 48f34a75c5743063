//! Goals: their order, levels and multipliers.

use num_traits::{One, Zero};
use toml_edit::{Item, Value};

use super::number;
use super::operator::Operator;
use super::select::Choice;
use super::state::State;
use super::toml_text as toml;
use crate::input::{At, GoalWord, OneOf, Problems, TargetWord, Word, unmistakable};
use crate::problem::{ScenarioProblem, Shown};
use crate::units::{Exact, parse_exact};

/// The goals of a model that names none.
const DEFAULT: [GoalWord; 5] = [
    GoalWord::Leps,
    GoalWord::Targets,
    GoalWord::Leximin,
    GoalWord::Value,
    GoalWord::AtRisk,
];

/// Writes down the goals that stand when there are none.
fn write_default(state: &mut State<'_>) {
    if toml::list(state.document(), "goal").is_empty() {
        for goal in DEFAULT {
            toml::push(
                state.document_mut(),
                "goal",
                vec![("kind", goal.word().into())],
            );
        }
    }
}

/// `goals`: those named, in that order; a goal of the model keeps its levels and weights.
pub(super) fn order(goals: &At<Vec<At<OneOf<GoalWord>>>>, state: &mut State<'_>) -> Option<()> {
    write_default(state);
    let before = toml::list(state.document(), "goal");
    let before: Vec<Option<String>> = before
        .iter()
        .map(|goal| toml::text(*goal, "kind"))
        .collect();
    let wanted: Vec<&str> = goals.value.iter().map(|goal| goal.value.0.word()).collect();
    let is_same = before.len() == wanted.len()
        && before
            .iter()
            .zip(&wanted)
            .all(|(old, new)| old.as_deref() == Some(*new));
    state.touched.count(!is_same);
    if is_same {
        return Some(());
    }
    let old: Vec<Vec<(String, Value)>> = toml::list(state.document(), "goal")
        .iter()
        .map(|goal| {
            let entries = goal.iter();
            entries
                .filter_map(|(key, item)| Some((key.to_owned(), item.as_value()?.clone())))
                .collect()
        })
        .collect();
    let document = state.document_mut();
    document.remove("goal");
    let mut used = vec![false; old.len()];
    for goal in &wanted {
        let position = before
            .iter()
            .zip(&used)
            .position(|(kind, used)| kind.as_deref() == Some(*goal) && !used);
        let entries = match position {
            Some(position) => {
                if let Some(used) = used.get_mut(position) {
                    *used = true;
                }
                old.get(position).cloned().unwrap_or_default()
            }
            None => vec![("kind".to_owned(), Value::from(*goal))],
        };
        let entries = entries
            .iter()
            .map(|(key, value)| (key.as_str(), value.clone()));
        toml::push(document, "goal", entries.collect());
    }
    Some(())
}

/// `target = "levels"`: a number or `all`.
pub(super) fn levels(
    operator: &At<Operator>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let Operator::Set(text) = &operator.value else {
        return None;
    };
    let value: Value = match text.parse::<i64>() {
        Ok(levels) if levels >= 1 => levels.into(),
        _ if text == "all" => "all".into(),
        _ => {
            let (value, what) = (Shown::new(text), Shown::new("levels"));
            problems.push(
                operator.place.clone(),
                ScenarioProblem::NotANumber { value, what },
            );
            return None;
        }
    };
    write_default(state);
    let mut touched = state.touched;
    for goal in toml::list_mut(state.document_mut(), "goal") {
        if toml::text(goal, "kind").as_deref() == Some("leximin") {
            let old = toml::text(goal, "levels").unwrap_or_else(|| "1".to_owned());
            touched.count(old != *text);
            toml::set(goal, "levels", value.clone());
        }
    }
    state.touched = touched;
    Some(())
}

/// `target = "tolerance"`, `"bound"` or `"coverage"`: a share of the goals that have one, by the word of its key.
pub(super) fn share(
    target: TargetWord,
    operator: &At<Operator>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let (kind, usual) = match target {
        TargetWord::Tolerance => (GoalWord::Leximin, Exact::zero()),
        TargetWord::Bound => (GoalWord::Leximin, Exact::one()),
        _ => (GoalWord::Floor, Exact::zero()),
    };
    let key = target.word();
    write_default(state);
    let mut touched = state.touched;
    for goal in toml::list_mut(state.document_mut(), "goal") {
        if toml::text(goal, "kind").as_deref() != Some(kind.word()) {
            continue;
        }
        let old = toml::text(goal, key).and_then(|text| parse_exact(&text));
        let old = old.unwrap_or(usual);
        let new = problems.keep(&operator.place, operator.value.quantity(&old, key))?;
        touched.count(new != old);
        let text = number::decimal(&new).filter(|text| !text.is_empty());
        let what = Shown::new(key);
        let text = text.ok_or(ScenarioProblem::TooLarge { what });
        let text = problems.keep(&operator.place, text)?;
        toml::set(goal, key, unmistakable(text));
    }
    state.touched = touched;
    Some(())
}

/// `target = "weight"`: one more multiplier of the goal `value`.
pub(super) fn weight(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let Operator::Scale(factor) = &operator.value else {
        return None;
    };
    write_default(state);
    let mut entries: Vec<(&str, Value)> = Vec::new();
    if let Some(actions) = &choice.actions {
        entries.push(("action", toml::texts(actions.iter().map(String::as_str))));
    }
    let years = choice.years.clone();
    if let Some(guard) = choice.of_zones().guard(state, None) {
        entries.push(("where", guard.into()));
    }
    entries.extend(years.map(|years| ("years", toml::years(years))));
    let weight = number::decimal(factor).filter(|text| !text.is_empty());
    let what = Shown::new("weight");
    let weight = weight.ok_or(ScenarioProblem::TooLarge { what });
    let weight = problems.keep(&operator.place, weight)?;
    entries.push(("weight", unmistakable(weight).into()));
    let is_changed = *factor != crate::units::Exact::from_integer(1);
    let mut touched = state.touched;
    for goal in toml::list_mut(state.document_mut(), "goal") {
        if toml::text(goal, "kind").as_deref() != Some("value") {
            continue;
        }
        touched.count(is_changed);
        let entry = Value::InlineTable(toml::inline(entries.clone()));
        match goal.get_mut("weights").and_then(Item::as_array_mut) {
            Some(weights) => weights.push(entry),
            None => {
                let mut weights = toml_edit::Array::new();
                weights.push(entry);
                toml::set(goal, "weights", Value::Array(weights));
            }
        }
    }
    state.touched = touched;
    Some(())
}
