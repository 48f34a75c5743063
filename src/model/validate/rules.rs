//! `[[rule]]`: scope, measure, relation, waiver. Bounds are in `bounds`.

use super::bounds::{self, Scope};
use super::counts;
use super::law::{law, strength};
use super::setting::{Setting, text_of};
use super::terrain::Pair;
use crate::input::{
    At, BoundEntry, EachWord, MeasureEntry, OtherEntry, Problems, RuleEntry, WaivedEntry,
};
use crate::model::rule::ForEach;
use crate::model::{Bound, Measure, Quantity, Relation, Rule, Selection, Waiver};
use crate::problem::{Remark, RuleProblem, Shown};

/// What the bounds of rules need to know of the money.
pub(super) use bounds::MoneyKnown;

/// A rule, or its problems.
pub(super) fn build(
    entry: &RuleEntry,
    setting: &Setting,
    money: MoneyKnown<'_>,
    problems: &mut Problems,
) -> Option<Rule> {
    let law = law(&entry.law, problems);
    let years = setting.plan_years(entry.years.as_ref(), problems);
    let measure = measure(&entry.measure, setting, problems);
    let waived = waiver(entry.waived.as_ref(), setting, problems);
    let condition = entry.r#where.as_ref().map(text_of);
    let pairs = setting
        .terrain
        .filter(condition.as_ref(), setting.pairs(&years), problems);
    let relation = relation(entry, problems);
    let (measure, pairs, relation) = (measure?, pairs?, relation?);
    let scope: Vec<Pair> = pairs
        .iter()
        .copied()
        .filter(|(zone, _)| measure.selection.zones.binary_search(zone).is_ok())
        .collect();
    let place = &entry.id.place;
    let for_each = for_each(entry);
    counts::check(&entry.measure, &measure, for_each, setting, problems)?;
    if let (true, Some(condition)) = (scope.is_empty(), &condition) {
        let value = Shown::new(&condition.value);
        problems.push(condition.place.clone(), Remark::SelectsNothing { value });
    }
    let seen = Scope {
        for_each,
        pairs: &scope,
        held: &pairs,
        condition: condition.as_ref(),
        years: &years,
        measure: &measure,
        is_soft: !strength(entry.strength.0).is_hard(),
    };
    let (relation, bound) = match relation {
        Written::Bound(relation, bound) => (
            relation,
            bounds::bound(bound, seen, setting, money, problems)?,
        ),
        Written::Within(within) => (
            Relation::AtMost,
            bounds::band(within, seen, setting, problems)?,
        ),
        Written::Excludes(other) => (
            Relation::AtMost,
            Bound::Excludes(counts::other(other, &measure, for_each, setting, problems)?),
        ),
        Written::Requires(other) => (
            Relation::AtLeast,
            Bound::Requires(counts::other(other, &measure, for_each, setting, problems)?),
        ),
    };
    let waived = waived?;
    if let Some(waiver) = &waived {
        check_waiver(waiver, entry, for_each, &scope, place, problems);
    }
    Some(Rule {
        id: entry.id.value.0.clone(),
        title: entry
            .title
            .as_ref()
            .map_or_else(|| entry.id.value.0.clone(), |title| title.0.clone()),
        law,
        strength: strength(entry.strength.0),
        for_each,
        scope,
        years,
        measure,
        relation,
        bound,
        waived,
    })
}

/// The one relation of a rule.
enum Written<'e> {
    Bound(Relation, &'e At<BoundEntry>),
    Within(&'e At<crate::input::WithinEntry>),
    Excludes(&'e At<OtherEntry>),
    Requires(&'e At<OtherEntry>),
}

fn relation<'e>(entry: &'e RuleEntry, problems: &mut Problems) -> Option<Written<'e>> {
    let bounds = [
        (Relation::AtLeast, &entry.at_least),
        (Relation::AtMost, &entry.at_most),
        (Relation::Below, &entry.below),
        (Relation::Equal, &entry.equal),
    ];
    let bounds = bounds
        .into_iter()
        .filter_map(|(relation, bound)| Some(Written::Bound(relation, bound.as_ref()?)));
    let mut found: Vec<Written<'e>> = bounds
        .chain(entry.within.as_ref().map(Written::Within))
        .chain(entry.excludes.as_ref().map(Written::Excludes))
        .chain(entry.requires.as_ref().map(Written::Requires))
        .collect();
    if found.len() == 1 {
        return found.pop();
    }
    problems.push(
        entry.id.place.clone(),
        RuleProblem::Relation { found: found.len() },
    );
    None
}

fn measure(
    entry: &At<MeasureEntry>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Measure> {
    let (place, entry) = (&entry.place, &entry.value);
    let said = [
        (entry.euro, Quantity::Euro),
        (entry.units, Quantity::Units),
        (entry.active_zones, Quantity::ActiveZones),
        (entry.projects, Quantity::Projects),
    ];
    let said: Vec<Quantity> = said
        .into_iter()
        .filter(|(said, _)| said.unwrap_or(false))
        .map(|(_, quantity)| quantity)
        .collect();
    let quantity = match said.as_slice() {
        [quantity] => Some(*quantity),
        _ => {
            problems.push(place.clone(), RuleProblem::Quantity);
            None
        }
    };
    let funds = setting.funds_of(entry.fund.as_ref(), problems);
    let mut actions = setting.actions_of(entry.action.as_ref(), problems);
    if let (Some(Quantity::Projects), None, Some(all)) = (quantity, &entry.action, &mut actions) {
        all.retain(|action| counts::is_project(*action, setting));
    }
    let zones = setting.zones_of(entry.zone.as_ref(), problems);
    Some(Measure {
        quantity: quantity?,
        selection: Selection {
            funds: funds?,
            actions: actions?,
            zones: zones?,
        },
    })
}

fn for_each(entry: &RuleEntry) -> ForEach {
    let words = entry.for_each.as_deref().unwrap_or_default();
    let has = |word| words.iter().any(|at| at.value.0 == word);
    ForEach {
        fund: has(EachWord::Fund),
        action: has(EachWord::Action),
        zone: has(EachWord::Zone),
        year: has(EachWord::Year),
    }
}

#[expect(clippy::option_option, reason = "left out and wrong are two answers")]
fn waiver(
    entry: Option<&WaivedEntry>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Option<Waiver>> {
    let Some(entry) = entry else {
        return Some(None);
    };
    let zones = match &entry.zones {
        None => Some(Vec::new()),
        Some(selector) => setting.zones_of(Some(selector), problems),
    };
    let years = match &entry.years {
        None => Vec::new(),
        Some(years) => setting.plan_years(Some(years), problems),
    };
    Some(Some(Waiver {
        motive: entry.motive.0.clone(),
        zones: zones?,
        years,
    }))
}

fn check_waiver(
    waiver: &Waiver,
    entry: &RuleEntry,
    for_each: ForEach,
    scope: &[Pair],
    place: &crate::problem::Place,
    problems: &mut Problems,
) {
    let instance = |(zone, year): &Pair| {
        (
            for_each.zone.then_some(*zone),
            for_each.year.then_some(*year),
        )
    };
    let covered = |pair: &Pair| {
        let (zone, year) = instance(pair);
        waiver.covers(zone, year)
    };
    let rule = Shown::new(&entry.id.value.0);
    if scope.is_empty() {
        return;
    }
    if scope.iter().all(covered) {
        problems.push(place.clone(), Remark::WaivedEverywhere { rule });
    } else if !scope.iter().any(covered) {
        problems.push(place.clone(), Remark::WaivedNowhere { rule });
    }
}
