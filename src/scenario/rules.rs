//! Rules and matches: off and on, their shares and strength.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::agreements;
use super::entries::{Asked, Entries, share_of, share_text};
use super::formulas::BOUNDS;
use super::operator::Operator;
use super::select::{rules, rules_or};
use super::state::State;
use super::toml_text as toml;
use crate::input::{Problems, Selector, StrengthWord, Word};
use crate::problem::ProblemKind;
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

/// `target = "share"`: the share of a bound or a band of it, the half width of a band per head, the shares of a match, the
/// smallest shares of an agreement.
pub(super) fn share(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let agreements = agreements::ids(state);
    let wanted = rules_or(
        asked.change.value.rule.as_ref()?,
        &agreements,
        state,
        problems,
    )?;
    let band = asked.band();
    let entries = Entries {
        lists: &["rule", "match"],
        name: "id",
        part: "share",
    };
    let is_wanted = |id: &str| wanted.contains(id);
    asked.each(
        &entries,
        is_wanted,
        state,
        problems,
        |entry, touched, problems| {
            let mut found = false;
            let share = |operator: &Operator, old: &str| share_of(operator, old, "share");
            for key in ["shares", "minimum"] {
                let Some(shares) = toml::inside_mut(entry, key) else {
                    continue;
                };
                let funds: Vec<String> = shares.iter().map(|(fund, _)| fund.to_owned()).collect();
                for fund in funds.iter().filter(|fund| asked.choice.fund(fund)) {
                    found |= asked.renew((shares, fund), touched, problems, share)?;
                }
            }
            for key in BOUNDS.into_iter().chain(["within"]) {
                let Some(bound) = toml::inside_mut(entry, key) else {
                    continue;
                };
                if band.is_none() {
                    found |= asked.renew((&mut *bound, "share"), touched, problems, share)?;
                }
                let bands = bands(bound, band, 1, |old| {
                    let new = asked.operator.value.quantity(old, "share")?;
                    touched.count(new != *old);
                    share_text(&new, "share")
                });
                found |= problems.keep(asked.value_place(), bands)? > 0;
            }
            Some(found)
        },
    )?;
    agreements::shares(asked, &wanted, state, problems)
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
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let wanted = rules(asked.change.value.rule.as_ref()?, state, problems)?;
    let Operator::Set(word) = &asked.operator.value else {
        return None;
    };
    let word = problems.keep(asked.value_place(), StrengthWord::parse(word))?;
    let entries = Entries {
        lists: &["rule", "match"],
        name: "id",
        part: "strength",
    };
    let is_wanted = |id: &str| wanted.contains(id);
    asked.each(&entries, is_wanted, state, problems, |entry, touched, _| {
        let old = toml::text(entry, "strength");
        touched.count(old.as_deref() != Some(word.word()));
        toml::set(entry, "strength", Value::from(word.word()));
        Some(true)
    })
}
