//! `waive`: instances of a rule that are not enforced, with the motive.

use std::collections::BTreeSet;

use toml_edit::{TableLike, Value};

use super::select::{Choice, Names, rules};
use super::state::State;
use super::toml_text as toml;
use crate::input::{ChangeEntry, Problems, Selector};
use crate::problem::{Nearest, ReferenceProblem, ScenarioProblem, Shown, Thing};
use crate::units::Year;

/// Waives rules in zones and years, or everywhere. A waiver that stands already for the same years or zones is widened.
pub(super) fn waive(
    selector: &Selector,
    change: &ChangeEntry,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let wanted = rules(selector, state, problems)?;
    check(selector, state, problems)?;
    let zones = zones(choice, state, problems)?;
    if zones.as_ref().is_some_and(BTreeSet::is_empty) {
        return Some(());
    }
    let motive = change.motive.as_ref()?.0.clone();
    let names = Names::zones(state);
    let mut touched = state.touched;
    for rule in toml::list_mut(state.document_mut(), "rule") {
        if !toml::text(rule, "id").is_some_and(|id| wanted.contains(&id)) {
            continue;
        }
        let before = rule.get("waived").map(ToString::to_string);
        let (motive, zones, years) =
            widened(rule, (&motive, zones.clone(), choice.years.clone()), &names);
        let mut entries: Vec<(&str, Value)> = vec![("motive", motive.into())];
        entries.extend(zones.map(|zones| ("zones", toml::texts(zones.iter().map(String::as_str)))));
        entries.extend(years.map(|years| ("years", toml::years(years))));
        rule.remove("waived");
        let waived = toml::inline(entries);
        toml::set(rule, "waived", Value::InlineTable(waived));
        touched.count(rule.get("waived").map(ToString::to_string) != before);
    }
    state.touched = touched;
    Some(())
}

/// Laws are not waived, and matches have no waiver.
fn check(selector: &Selector, state: &State<'_>, problems: &mut Problems) -> Option<()> {
    let rules = toml::list(state.document(), "rule");
    let mut good = Some(());
    for name in &selector.0 {
        let rule = rules
            .iter()
            .find(|rule| toml::text(**rule, "id").as_ref() == Some(&name.value));
        let strength = rule.and_then(|rule| toml::text(*rule, "strength"));
        if strength.as_deref() == Some("law") {
            let rule = Shown::new(&name.value);
            problems.push(name.place.clone(), ScenarioProblem::LawWaived { rule });
            good = None;
        } else if rule.is_none() {
            let unknown = ReferenceProblem::Unknown {
                thing: Thing::Rule,
                id: Shown::new(&name.value),
                nearest: Nearest::default(),
                home: Shown::new("model.toml, [[rule]]"),
            };
            problems.push(name.place.clone(), unknown);
            good = None;
        }
    }
    good
}

/// The zones meant, if any are asked for: by condition, where it holds in any year meant.
fn zones(
    choice: &Choice,
    state: &State<'_>,
    problems: &mut Problems,
) -> Option<Option<BTreeSet<String>>> {
    if !choice.asks_zones() {
        return Some(None);
    }
    let mut found = BTreeSet::new();
    for zone in Names::zones(state).ids() {
        for year in state.years().iter().filter(|year| choice.year(**year)) {
            if choice.zone(zone, *year, problems)? {
                found.insert(zone.clone());
            }
        }
    }
    Some(Some(found))
}

type Waived = (String, Option<BTreeSet<String>>, Option<BTreeSet<Year>>);

/// The old waiver and the new one as one, where that is exact: they differ in zones only, or in years only.
fn widened(
    rule: &dyn TableLike,
    (motive, zones, years): (&str, Option<BTreeSet<String>>, Option<BTreeSet<Year>>),
    names: &Names,
) -> Waived {
    let new = (motive.to_owned(), zones, years);
    let Some(old) = toml::inside(rule, "waived") else {
        return new;
    };
    let old_zones = toml::names(old, "zones").map(|zones| names.expand_all(&zones));
    let old_years: Option<BTreeSet<Year>> = toml::names(old, "years")
        .map(|years| years.iter().filter_map(|year| year.parse().ok()).collect());
    let old_motive = toml::text(old, "motive").unwrap_or_default();
    let motive = if old_motive == new.0 {
        old_motive
    } else {
        format!("{old_motive}; {}", new.0)
    };
    if old_years == new.2 {
        let zones = both(old_zones, new.1);
        (motive, zones, new.2)
    } else if old_zones == new.1 {
        let years = both(old_years, new.2);
        (motive, new.1, years)
    } else {
        new
    }
}

/// Everything where either is everything.
fn both<T: Ord>(a: Option<BTreeSet<T>>, b: Option<BTreeSet<T>>) -> Option<BTreeSet<T>> {
    Some(a?.into_iter().chain(b?).collect())
}
