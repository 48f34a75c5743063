//! Bounds of rules, incomes, claims and flat rates: numbers and formulas of `model.toml`.

use toml_edit::{TableLike, Value};

use super::operator::Operator;
use super::select::{Choice, Names, rules};
use super::state::State;
use super::toml_text as toml;
use super::{number, rules as of_rules};
use crate::input::{At, ChangeEntry, PartWord, Problems, Word};
use crate::problem::{ProblemKind, ScenarioProblem, Shown};
use crate::units::{Euro, parse_exact};

/// Keys of a rule that hold its bound.
pub(super) const BOUNDS: [&str; 4] = ["at_least", "at_most", "below", "equal"];

/// `target = "threshold"`: the bound in euro, units or counts, or the thresholds of the bands of a share.
pub(super) fn threshold(
    change: &At<ChangeEntry>,
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let wanted = rules(change.value.rule.as_ref()?, state, problems)?;
    let guard = choice.guard(state, None);
    let band = change.value.band.as_ref().map(|band| band.value.0.as_str());
    let mut touched = state.touched;
    let mut good = Some(());
    for rule in toml::list_mut(state.document_mut(), "rule") {
        let id = toml::text(rule, "id").unwrap_or_default();
        if !wanted.contains(&id) {
            continue;
        }
        let mut found = false;
        for key in BOUNDS {
            let Some(bound) = toml::inside_mut(rule, key) else {
                continue;
            };
            for kind in ["euro", "units", "count"] {
                let Some(old) = toml::text(bound, kind).filter(|_| band.is_none()) else {
                    continue;
                };
                found = true;
                let new = operator.value.formula(&old, guard.as_deref(), "threshold");
                let new = problems.keep(&operator.place, new)?;
                touched.count(new != old);
                if new != old {
                    toml::set_formula(bound, kind, new);
                }
            }
            let bands = of_rules::bands(bound, band, 0, |old| {
                let new = operator.value.quantity(old, "threshold")?;
                touched.count(new != *old);
                Ok(number::term(&new).trim_matches(['(', ')']).to_owned())
            });
            found |= problems.keep(&operator.place, bands)? > 0;
        }
        if !found || (guard.is_some() && toml_has_bands(rule)) {
            tell_no_part(change, &id, "threshold", problems);
            good = None;
        }
    }
    state.touched = touched;
    good
}

/// A change speaks of a part that an entry does not have.
pub(super) fn tell_no_part(
    change: &At<ChangeEntry>,
    id: &str,
    what: &str,
    problems: &mut Problems,
) {
    let (id, what) = (Shown::new(id), Shown::new(what));
    problems.push(
        change.place.clone(),
        ScenarioProblem::NoSuchPart { id, what },
    );
}

/// Bands are the same for every zone and year: a selection of zones or years cannot reach them.
fn toml_has_bands(rule: &dyn TableLike) -> bool {
    BOUNDS.iter().any(|key| {
        let bound = toml::inside(rule, key);
        bound.is_some_and(|bound| bound.get("step").is_some())
    })
}

/// `target = "income"`: the formula in euro, or a part of a band.
pub(super) fn income(
    change: &At<ChangeEntry>,
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let guard = choice.guard(state, None);
    let part = change.value.part.as_ref().map(|part| part.value.0);
    let band = change.value.band.as_ref().map(|band| band.value.0.clone());
    let mut touched = state.touched;
    let mut good = Some(());
    for income in toml::list_mut(state.document_mut(), "income") {
        let fund = toml::text(income, "fund").unwrap_or_default();
        if !choice.fund(&fund) {
            continue;
        }
        let mut found = false;
        if let Some(old) = toml::text(income, "euro").filter(|_| band.is_none()) {
            let new = operator.value.formula(&old, guard.as_deref(), "income");
            let new = problems.keep(&operator.place, new)?;
            found = true;
            touched.count(new != old);
            toml::set(income, "euro", new);
        }
        let key = part.unwrap_or(PartWord::Euro);
        let bands = income
            .get_mut("bands")
            .and_then(toml_edit::Item::as_value_mut);
        let bands = bands.map(toml::inline_mut).unwrap_or_default();
        for (position, table) in (1_usize..).zip(bands) {
            let is_meant = band
                .as_ref()
                .is_none_or(|band| *band == position.to_string());
            let old = toml::text(table, key.word());
            let (true, Some(old)) = (is_meant, old) else {
                continue;
            };
            found = true;
            let new = match key {
                PartWord::Euro if guard.is_none() => money(&operator.value, &old),
                PartWord::Euro => Ok(old.clone()),
                _ => operator.value.formula(&old, guard.as_deref(), "income"),
            };
            let new = problems.keep(&operator.place, new)?;
            touched.count(new != old);
            toml::set(table, key.word(), new);
        }
        if !found {
            tell_no_part(change, &fund, key.word(), problems);
            good = None;
        }
    }
    state.touched = touched;
    good
}

fn money(operator: &Operator, old: &str) -> Result<String, ProblemKind> {
    let what = || Shown::new("euro");
    let value = || Shown::new(old);
    let before = parse_exact(old).ok_or_else(|| ScenarioProblem::NotANumber {
        value: value(),
        what: what(),
    })?;
    let new = operator.quantity(&before, "euro")?;
    let new = Euro::round_of(&new).ok_or_else(|| ScenarioProblem::TooLarge { what: what() })?;
    Ok(new.to_string())
}

/// `target = "claim"`: years until it is due, what was claimed, what was committed.
pub(super) fn claim(
    change: &At<ChangeEntry>,
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let part = change.value.part.as_ref()?.value.0;
    let mut touched = state.touched;
    let mut good = Some(());
    for claim in toml::list_mut(state.document_mut(), "claim") {
        let fund = toml::text(claim, "fund").unwrap_or_default();
        if !choice.fund(&fund) {
            continue;
        }
        let mut put = |table: &mut dyn TableLike, key: &str, problems: &mut Problems| {
            let old = toml::text(table, key)?;
            let new = money(&operator.value, &old);
            let new = problems.keep(&operator.place, new)?;
            touched.count(parse_exact(&new) != parse_exact(&old));
            toml::set(table, key, new);
            Some(())
        };
        let done = match part {
            PartWord::After => {
                let old = toml::text(claim, "after").and_then(|text| parse_exact(&text))?;
                let new = operator.value.quantity(&old, "after");
                let new = problems.keep(&operator.place, new)?;
                let whole = i64::try_from(new.to_integer())
                    .ok()
                    .filter(|_| new.is_integer());
                touched.count(new != old);
                whole.map(|whole| toml::set(claim, "after", whole))
            }
            PartWord::Prefinancing | PartWord::Claimed => put(claim, part.word(), problems),
            PartWord::Commitments => toml::inside_mut(claim, "commitments").and_then(|table| {
                let years: Vec<String> = table.iter().map(|(year, _)| year.to_owned()).collect();
                let mut years = years
                    .iter()
                    .filter(|year| year.parse().is_ok_and(|year| choice.year(year)));
                years.try_for_each(|year| put(table, year, problems))
            }),
            PartWord::From | PartWord::To | PartWord::Euro => None,
        };
        if done.is_none() && !problems.any_error() {
            tell_no_part(change, &fund, part.word(), problems);
        }
        good = good.and(done);
    }
    state.touched = touched;
    good
}

/// `target = "rate"`: a flat rate on another action's cost.
pub(super) fn rate(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let names = Names::actions(state);
    let mut touched = state.touched;
    for rate in toml::list_mut(state.document_mut(), "flat_rate") {
        let action = toml::text(rate, "action").unwrap_or_default();
        if names
            .expand(&action)
            .iter()
            .any(|action| choice.action(action))
        {
            let old = toml::text(rate, "rate").unwrap_or_default();
            let new = of_rules::share_of(&operator.value, &old, "rate");
            let new = problems.keep(&operator.place, new)?;
            touched.count(parse_exact(&new) != parse_exact(&old));
            toml::set(rate, "rate", Value::from(new));
        }
    }
    state.touched = touched;
    Some(())
}
