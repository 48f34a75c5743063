//! Rules and matches: off and on, their shares and strength.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::formulas::{BOUNDS, tell_no_part};
use super::number;
use super::operator::Operator;
use super::select::{Choice, rules};
use super::state::State;
use super::toml_text as toml;
use crate::input::{At, ChangeEntry, Problems, Selector, StrengthWord, Word};
use crate::problem::{ProblemKind, ScenarioProblem, Shown};
use crate::units::{Exact, parse_exact};

/// `rule_off`: the rules do not exist.
pub(super) fn off(
    selector: &Selector,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    for id in rules(selector, state, problems)? {
        let is_new = state.off.insert(id);
        state.touched.count(is_new);
    }
    Some(())
}

/// `rule_on`: what an earlier change took away comes back, and what is waived is enforced again.
pub(super) fn on(
    selector: &Selector,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    for id in rules(selector, state, problems)? {
        let was_off = state.off.remove(&id);
        let is_waived = |rule: &&dyn TableLike| {
            toml::text(*rule, "id").as_ref() == Some(&id) && rule.contains_key("waived")
        };
        let was_waived = toml::list(state.document(), "rule").iter().any(is_waived);
        if was_waived {
            for rule in toml::list_mut(state.document_mut(), "rule") {
                if toml::text(rule, "id").as_ref() == Some(&id) {
                    rule.remove("waived");
                }
            }
        }
        state.touched.count(was_off || was_waived);
    }
    Some(())
}

/// The text of `model.toml` without the rules and matches that are off.
pub(super) fn without(document: &DocumentMut, off: &BTreeSet<String>) -> String {
    if off.is_empty() {
        return document.to_string();
    }
    let mut document = document.clone();
    for name in ["rule", "match"] {
        let is_on =
            |table: &&dyn TableLike| toml::text(*table, "id").is_none_or(|id| !off.contains(&id));
        let on: Vec<bool> = toml::list(&document, name).iter().map(is_on).collect();
        toml::retain(&mut document, name, |position| {
            on.get(position).copied().unwrap_or(true)
        });
    }
    document.to_string()
}

/// A share from a share, as text.
pub(super) fn share_of(operator: &Operator, old: &str, what: &str) -> Result<String, ProblemKind> {
    let before = parse_exact(old).ok_or_else(|| ScenarioProblem::NotANumber {
        value: Shown::new(old),
        what: Shown::new(what),
    })?;
    let new = operator.quantity(&before, what)?;
    let what = Shown::new(what);
    Ok(number::share(&new).ok_or(ScenarioProblem::TooLarge { what })?)
}

/// `target = "share"`: the share of a bound or a band of it, the half width of a band per head, the shares of a match.
pub(super) fn share(
    change: &At<ChangeEntry>,
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let wanted = rules(change.value.rule.as_ref()?, state, problems)?;
    let band = change.value.band.as_ref().map(|band| band.value.0.as_str());
    let mut touched = state.touched;
    let mut good = Some(());
    for name in ["rule", "match"] {
        for table in toml::list_mut(state.document_mut(), name) {
            let id = toml::text(table, "id").unwrap_or_default();
            if !wanted.contains(&id) {
                continue;
            }
            let mut put = |table: &mut dyn TableLike, key: &str| -> Result<usize, ProblemKind> {
                let Some(old) = toml::text(table, key) else {
                    return Ok(0);
                };
                let new = share_of(&operator.value, &old, "share")?;
                touched.count(parse_exact(&new) != parse_exact(&old));
                toml::set(table, key, new);
                Ok(1)
            };
            let mut found: Result<usize, ProblemKind> = Ok(0);
            if name == "match" {
                for key in ["shares", "minimum"] {
                    let Some(shares) = toml::inside_mut(table, key) else {
                        continue;
                    };
                    let funds: Vec<String> =
                        shares.iter().map(|(fund, _)| fund.to_owned()).collect();
                    for fund in funds.iter().filter(|fund| choice.fund(fund)) {
                        found = found.and_then(|n| Ok(put(shares, fund)?.saturating_add(n)));
                    }
                }
            } else if band.is_none() {
                for key in BOUNDS.into_iter().chain(["within"]) {
                    if let Some(bound) = toml::inside_mut(table, key) {
                        found = found.and_then(|n| Ok(put(bound, "share")?.saturating_add(n)));
                    }
                }
            }
            for key in BOUNDS.into_iter().filter(|_| name == "rule") {
                let Some(bound) = toml::inside_mut(table, key) else {
                    continue;
                };
                let bands = bands(bound, band, 1, |old| {
                    let new = operator.value.quantity(old, "share")?;
                    touched.count(new != *old);
                    let what = Shown::new("share");
                    Ok(number::share(&new).ok_or(ScenarioProblem::TooLarge { what })?)
                });
                found = found.and_then(|n| Ok(bands?.saturating_add(n)));
            }
            if problems.keep(&operator.place, found)? == 0 {
                tell_no_part(change, &id, "share", problems);
                good = None;
            }
        }
    }
    state.touched = touched;
    good
}

/// Changes the thresholds (`part` 0) or shares (`part` 1) of the bands of a step, all or one; gives how many. The share
/// below all thresholds is the band `else`.
pub(super) fn bands(
    bound: &mut dyn TableLike,
    wanted: Option<&str>,
    part: usize,
    mut change: impl FnMut(&Exact) -> Result<String, ProblemKind>,
) -> Result<usize, ProblemKind> {
    let Some(step) = toml::inside_mut(bound, "step") else {
        return Ok(0);
    };
    let mut found = 0_usize;
    for key in ["above", "from"] {
        let list = step.get_mut(key).and_then(Item::as_array_mut);
        for pair in list.into_iter().flat_map(|list| list.iter_mut()) {
            let Some(pair) = pair.as_array_mut() else {
                continue;
            };
            let threshold = pair
                .get(0)
                .map(toml::text_of)
                .and_then(|text| parse_exact(&text));
            let is_meant = wanted.is_none_or(|band| parse_exact(band) == threshold);
            let old = pair
                .get(part)
                .map(toml::text_of)
                .and_then(|text| parse_exact(&text));
            if let (true, Some(old), Some(value)) = (is_meant, old, pair.get_mut(part)) {
                toml::put(value, change(&old)?);
                found = found.saturating_add(1);
            }
        }
    }
    let below = toml::text(step, "else").and_then(|text| parse_exact(&text));
    if let Some(old) = below
        && part == 1
        && wanted.is_none_or(|band| band == "else")
    {
        toml::set(step, "else", change(&old)?);
        found = found.saturating_add(1);
    }
    Ok(found)
}

/// `target = "strength"`.
pub(super) fn strength(
    change: &At<ChangeEntry>,
    operator: &At<Operator>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let wanted = rules(change.value.rule.as_ref()?, state, problems)?;
    let Operator::Set(word) = &operator.value else {
        return None;
    };
    let word = problems.keep(&operator.place, StrengthWord::parse(word))?;
    let mut touched = state.touched;
    for name in ["rule", "match"] {
        for table in toml::list_mut(state.document_mut(), name) {
            let id = toml::text(table, "id").unwrap_or_default();
            if wanted.contains(&id) {
                let old = toml::text(table, "strength");
                touched.count(old.as_deref() != Some(word.word()));
                toml::set(table, "strength", Value::from(word.word()));
            }
        }
    }
    state.touched = touched;
    Some(())
}
