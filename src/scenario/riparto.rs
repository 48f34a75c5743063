//! Formulas that share out a pool: their weights, their floors, and formulas that appear.

use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, One, Zero};
use toml_edit::{Array, InlineTable, TableLike, Value};

use super::entries::{Asked, money_of, share_of, share_text};
use super::operator::{Operator, Refusal};
use super::select::Names;
use super::state::State;
use super::toml_text as toml;
use crate::input::{At, DeductionEntry, LawEntry, PartWord, Problems, RipartoEntry, Word};
use crate::problem::{Nearest, ReferenceProblem, ScenarioProblem, Shown, Thing, Things};
use crate::units::{Exact, parse_exact};

/// `target = "riparto"`: a weight, which the other weights make room for; a floor or ceiling; what a deduction takes.
pub(super) fn change(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let part = asked.part().unwrap_or(PartWord::Weight);
    if part == PartWord::Weight {
        return weights(asked, state, problems);
    }
    if part == PartWord::Deduction {
        return deductions(asked, state, problems);
    }
    let (limit, key) = match part {
        PartWord::Floor => ("floor", "last_year"),
        PartWord::FloorEuro => ("floor", "euro"),
        PartWord::Ceiling => ("ceiling", "last_year"),
        PartWord::CeilingEuro => ("ceiling", "euro"),
        _ => ("", ""),
    };
    let is_set = matches!(asked.operator.value, Operator::Set(_));
    asked.each_of_fund(
        ("riparto", part),
        state,
        problems,
        |riparto, touched, problems| {
            if is_set && !limit.is_empty() {
                add_key(riparto, limit, key);
            }
            let Some(table) = toml::inside_mut(riparto, limit) else {
                return Some(false);
            };
            asked.renew((table, key), touched, problems, |operator, old| {
                if key == "euro" {
                    operator.formula(old, None, limit)
                } else {
                    share_of(operator, old, limit)
                }
            })
        },
    )
}

/// A limit that is not there yet, so that it can be set.
fn add_key(riparto: &mut dyn TableLike, limit: &str, key: &'static str) {
    let none = || Value::from("0");
    match toml::inside_mut(riparto, limit) {
        Some(table) if table.contains_key(key) => {}
        Some(table) => toml::set(table, key, none()),
        None => {
            let table = toml::inline(vec![(key, none())]);
            toml::set(riparto, limit, Value::InlineTable(table));
        }
    }
}

/// What a deduction takes, in euro or as a share; `band` is its position.
fn deductions(asked: &Asked<'_>, state: &mut State<'_>, problems: &mut Problems) -> Option<()> {
    let band = asked.band();
    asked.each_of_fund(
        ("riparto", PartWord::Deduction),
        state,
        problems,
        |riparto, touched, problems| {
            let tables = riparto.get_mut("deductions").map(toml::tables_mut);
            let mut found = false;
            for (position, table) in (1_usize..).zip(tables.unwrap_or_default()) {
                if band.is_some_and(|band| *band != position.to_string()) {
                    continue;
                }
                found |= asked.renew((table, "euro"), touched, problems, |operator, old| {
                    money_of(operator, old, "deduction")
                })?;
                found |= asked.renew((table, "share"), touched, problems, |operator, old| {
                    share_of(operator, old, "deduction")
                })?;
            }
            Some(found)
        },
    )
}

fn weights(asked: &Asked<'_>, state: &mut State<'_>, problems: &mut Problems) -> Option<()> {
    let indicator = asked.change.value.indicator.as_ref();
    let band = asked.band();
    if indicator.is_none() && band.is_none() {
        let (key, what) = (Shown::new("indicator"), Shown::new("riparto"));
        let needed = ScenarioProblem::KeyNeeded { key, what };
        problems.push(asked.change.place.clone(), needed);
        return None;
    }
    if let Some(named) = indicator {
        known(named.place.clone(), &named.value.0, asked, state, problems)?;
    }
    asked.each_of_fund(
        ("riparto", PartWord::Weight),
        state,
        problems,
        |riparto, touched, problems| {
            let fund = toml::text(riparto, "fund").unwrap_or_default();
            let tables = riparto.get_mut("weights").map(toml::tables_mut);
            let mut tables = tables.unwrap_or_default();
            let mut old = Vec::new();
            for (position, table) in (1_usize..).zip(&tables) {
                let of = toml::text(*table, "indicator").unwrap_or_default();
                let is_named = indicator.is_none_or(|named| named.value.0 == of.trim());
                let is_there = band.is_none_or(|band| *band == position.to_string());
                let weight = toml::text(*table, "weight").and_then(|text| parse_exact(&text));
                old.push((weight.unwrap_or_default(), is_named && is_there));
            }
            if !old.iter().any(|(_, is_meant)| *is_meant) {
                // Another formula has this indicator.
                return Some(band.is_none());
            }
            if old.iter().all(|(_, is_meant)| *is_meant) {
                let fund = Shown::new(&fund);
                problems.push(
                    asked.change.place.clone(),
                    ScenarioProblem::OnlyWeights { fund },
                );
                return None;
            }
            let new = moved(&old, &asked.operator.value);
            let new = problems.keep(asked.value_place(), new)?;
            for (table, ((old, _), new)) in tables.iter_mut().zip(old.iter().zip(&new)) {
                touched.count(old != new);
                let text = problems.keep(asked.value_place(), share_text(new, "weight"))?;
                if old != new {
                    toml::set(*table, "weight", text);
                }
            }
            Some(true)
        },
    )
}

/// Tells an indicator that no formula meant has a weight for.
fn known(
    place: crate::problem::Place,
    name: &str,
    asked: &Asked<'_>,
    state: &State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let mut known = Vec::new();
    for riparto in toml::list(state.document(), "riparto") {
        let fund = toml::text(riparto, "fund").unwrap_or_default();
        if asked.choice.fund(&fund) {
            let weights = riparto.get("weights").map(toml::tables);
            let weights = weights.unwrap_or_default().into_iter();
            known.extend(weights.filter_map(|weight| toml::text(weight, "indicator")));
        }
    }
    if known.is_empty() || known.iter().any(|known| known.trim() == name) {
        return Some(());
    }
    let unknown = ReferenceProblem::Unknown {
        thing: Thing::Indicator,
        id: Shown::new(name),
        nearest: Nearest::of(name, known.iter().map(String::as_str)),
        home: Shown::new("model.toml, [[riparto]]"),
    };
    problems.push(place, unknown);
    None
}

/// The weights after those that are meant have changed: the others share what is left of one in their own proportion, equally
/// where they were all nothing.
fn moved(old: &[(Exact, bool)], operator: &Operator) -> Result<Vec<Exact>, Refusal> {
    let too_large = || -> Refusal {
        let what = Shown::new("weight");
        ScenarioProblem::TooLarge { what }.into()
    };
    let mut new = Vec::with_capacity(old.len());
    let (mut taken, mut others, mut n_others) = (Exact::zero(), Exact::zero(), 0_i128);
    for (weight, is_meant) in old {
        if *is_meant {
            let weight = operator.quantity(weight, "weight")?;
            taken = taken.checked_add(&weight).ok_or_else(too_large)?;
            new.push(weight);
        } else {
            others = others.checked_add(weight).ok_or_else(too_large)?;
            n_others = n_others.saturating_add(1);
            new.push(*weight);
        }
    }
    let left = Exact::one().checked_sub(&taken).ok_or_else(too_large)?;
    // Above one, nothing is left: the model then says what its weights add up to.
    let left = left.max(Exact::zero());
    for (weight, (_, is_meant)) in new.iter_mut().zip(old) {
        if *is_meant {
            continue;
        }
        let part = if others.is_zero() {
            left.checked_div(&Exact::from_integer(n_others))
        } else {
            left.checked_mul(weight)
                .and_then(|part| part.checked_div(&others))
        };
        *weight = part.ok_or_else(too_large)?;
    }
    Ok(new)
}

/// `new_riparto`: a formula for a fund, in the place of the one there is.
pub(super) fn new_riparto(
    entry: &At<RipartoEntry>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let (named, entry) = (&entry.value.fund, &entry.value);
    let fund = named.value.0.as_str();
    let funds = Names::funds(state);
    if !funds.ids().contains(fund) {
        let unknown = ReferenceProblem::UnknownSelection {
            things: Things::Funds,
            id: Shown::new(fund),
            nearest: Nearest::of(fund, funds.ids().iter().map(String::as_str)),
        };
        problems.push(named.place.clone(), unknown);
        return None;
    }
    let written = written(entry);
    let written = problems.keep(&named.place, written)?;
    let is_of_fund = |riparto: &dyn TableLike| toml::text(riparto, "fund").as_deref() == Some(fund);
    let keys = |table: &dyn TableLike| -> Vec<(String, String)> {
        let keys = table.iter();
        keys.map(|(key, item)| (key.to_owned(), item.to_string().trim().to_owned()))
            .collect()
    };
    let mut touched = state.touched;
    let document = state.document_mut();
    let mut ripartos = toml::list_mut(document, "riparto");
    match ripartos.iter_mut().find(|riparto| is_of_fund(&***riparto)) {
        Some(riparto) => {
            let before = keys(&**riparto);
            for (key, _) in &before {
                riparto.remove(key);
            }
            for (key, value) in written {
                toml::set(&mut **riparto, key, value);
            }
            touched.count(keys(&**riparto) != before);
        }
        None => {
            toml::push(document, "riparto", written);
            touched.count(true);
        }
    }
    state.touched = touched;
    Some(())
}

/// A formula as `model.toml` has it.
fn written(entry: &RipartoEntry) -> Result<Vec<(&'static str, Value)>, Refusal> {
    let mut keys: Vec<(&'static str, Value)> = vec![
        ("fund", entry.fund.value.0.as_str().into()),
        ("role", entry.role.0.word().into()),
    ];
    if let Some(deductions) = &entry.deductions {
        let written = deductions.value.iter().map(deduction_of);
        let written: Result<Array, Refusal> = written.collect();
        keys.push(("deductions", Value::Array(written?)));
    }
    if let Some(weights) = &entry.weights {
        let written = weights.value.iter().map(|weight| {
            let mut keys = vec![("indicator", weight.indicator.value.0.as_str().into())];
            let year = weight.year.as_ref();
            keys.extend(year.map(|year| ("year", i64::from(year.value.0).into())));
            let share = share_text(&weight.weight.value.0, "weight")?;
            keys.push(("weight", share.into()));
            Ok(Value::InlineTable(toml::inline(keys)))
        });
        let written: Result<Array, Refusal> = written.collect();
        keys.push(("weights", Value::Array(written?)));
    }
    let shares = entry.shares.as_ref();
    keys.extend(shares.map(|shares| ("shares", shares.value.0.as_str().into())));
    let decimals = entry.round_share.as_ref();
    keys.extend(decimals.map(|decimals| ("round_share", decimals.value.0.into())));
    let amounts = entry.round_amount.as_ref();
    let rounding = [
        ("round_amount", amounts.map(|word| word.value.0.word())),
        ("round_to", entry.round_to.map(|word| word.0.word())),
        ("round_by", entry.round_by.map(|word| word.0.word())),
        ("rest", entry.rest.map(|word| word.0.word())),
    ];
    let rounding = rounding.into_iter();
    keys.extend(rounding.filter_map(|(key, word)| Some((key, word?.into()))));
    for (key, limit) in [("floor", &entry.floor), ("ceiling", &entry.ceiling)] {
        let Some(limit) = limit else { continue };
        let mut inside: Vec<(&str, Value)> = Vec::new();
        if let Some(share) = &limit.value.last_year {
            inside.push(("last_year", share_text(&share.value.0, key)?.into()));
        }
        let euro = limit.value.euro.as_ref();
        inside.extend(euro.map(|euro| ("euro", euro.value.0.as_str().into())));
        keys.push((key, Value::InlineTable(toml::inline(inside))));
    }
    keys.extend(
        entry
            .law
            .as_ref()
            .map(|law| ("law", Value::InlineTable(law_of(law)))),
    );
    Ok(keys)
}

fn deduction_of(entry: &DeductionEntry) -> Result<Value, Refusal> {
    let mut keys: Vec<(&str, Value)> = vec![("name", entry.name.value.0.as_str().into())];
    let euro = entry.euro.as_ref();
    keys.extend(euro.map(|euro| ("euro", euro.value.0.to_string().into())));
    if let Some(share) = &entry.share {
        keys.push(("share", share_text(&share.value.0, "deduction")?.into()));
    }
    keys.extend(entry.base.map(|word| ("base", word.0.word().into())));
    if let Some(zones) = &entry.zone {
        let names = zones.0.iter().map(|zone| zone.value.as_str());
        keys.push(("zone", toml::texts(names)));
    }
    let by = entry.by.as_ref();
    keys.extend(by.map(|by| ("by", by.value.0.as_str().into())));
    if let Some(years) = &entry.years {
        let years = years
            .iter()
            .map(|year| Value::from(i64::from(year.value.0)));
        keys.push(("years", Value::Array(years.collect())));
    }
    Ok(Value::InlineTable(toml::inline(keys)))
}

fn law_of(law: &LawEntry) -> InlineTable {
    let mut keys: Vec<(&str, Value)> = vec![("act", law.act.0.as_str().into())];
    let text = |key, text: &Option<crate::input::Text>| {
        let text = text.as_ref();
        text.map(|text| (key, Value::from(text.0.as_str())))
    };
    keys.extend(text("article", &law.article));
    for (key, year) in [("from", &law.from), ("to", &law.to)] {
        keys.extend(
            year.as_ref()
                .map(|year| (key, i64::from(year.value.0).into())),
        );
    }
    keys.extend(text("url", &law.url));
    toml::inline(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(parts: &[i128]) -> Vec<Exact> {
        parts.iter().map(|part| Exact::new(*part, 100)).collect()
    }

    #[test]
    fn the_other_weights_keep_their_proportion_and_the_sum() {
        let old = [(60, true), (30, false), (10, false)];
        let old = old.map(|(part, is_meant)| (Exact::new(part, 100), is_meant));
        let set = Operator::Set("20%".to_owned());
        assert_eq!(moved(&old, &set).unwrap(), percent(&[20, 60, 20]));
        let all = Operator::Set("100%".to_owned());
        let emptied = moved(&old, &all).unwrap();
        assert_eq!(emptied, percent(&[100, 0, 0]));
        let old = [true, false, false].into_iter();
        let old: Vec<_> = emptied.into_iter().zip(old).collect();
        assert_eq!(moved(&old, &set).unwrap(), percent(&[20, 40, 40]));
    }
}
