//! Shares whose base is what the rule itself measures, and shares whose base is more than a reader may think.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::One;

use super::Lines;
use super::shares::percent;
use super::spending::Openings;
use crate::input::Problems;
use crate::model::{
    ActionIdx, Base, BaseScope, Bound, FundIdx, Model, Quantity, Relation, Rule, Share, ZoneIdx,
};
use crate::problem::{Remark, Shown, WordList};
use crate::units::{Exact, Year};

/// What a fund may pay: fund, action, zone, year.
type Cell = (FundIdx, ActionIdx, ZoneIdx, Year);
/// An instance of a rule: what is `None` is summed.
type Instance = (
    Option<FundIdx>,
    Option<ActionIdx>,
    Option<ZoneIdx>,
    Option<Year>,
);

/// At most two remarks per rule.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    let mut cells: Option<BTreeMap<ZoneIdx, Vec<Cell>>> = None;
    for rule in &model.rules {
        let Bound::ShareOf { base, share, scope } = &rule.bound else {
            continue;
        };
        if let Some(zones) = beyond(model, rule, *base, scope) {
            let rule_id = Shown::new(&rule.id);
            let remark = Remark::BaseBeyondMeasure {
                rule: rule_id,
                zones,
            };
            problems.push(lines.rule(&rule.id), remark);
        }
        // A share by bands differs from zone to zone: some of them may well be all.
        let (Base::Allocated, Share::Constant(share)) = (base, share) else {
            continue;
        };
        let cells = cells.get_or_insert_with(|| payable(model));
        let found = instances(cells, rule, scope);
        let remark = match rule.relation {
            Relation::AtLeast if *share <= Exact::one() && all_alike(&found) => {
                Remark::ShareOfItselfHolds {
                    rule: Shown::new(&rule.id),
                    share: percent(share),
                    keys: wider(model, rule),
                }
            }
            Relation::AtMost | Relation::Equal
                if *share < Exact::one() && found.values().any(|within| *within) =>
            {
                Remark::ShareOfItselfIsZero {
                    rule: Shown::new(&rule.id),
                    share: percent(share),
                    keys: wider(model, rule),
                }
            }
            _ => continue,
        };
        problems.push(lines.rule(&rule.id), remark);
    }
}

/// Zones that a rule measures, where its share is of the money of more zones and it does not say so.
fn beyond(model: &Model, rule: &Rule, base: Base, scope: &BaseScope) -> Option<WordList> {
    let silent = matches!(base, Base::Assigned | Base::Allocated) && !scope.own.zone;
    let zones = &rule.measure.selection.zones;
    let more = |pair: &(ZoneIdx, Year)| zones.binary_search(&pair.0).is_err();
    if !silent || rule.for_each.zone || !scope.pairs.iter().any(more) {
        return None;
    }
    let ids = zones.iter().map(|zone| model.zone(*zone).id.as_str());
    Some(WordList::of(ids))
}

/// Everything a fund may pay, by zone.
fn payable(model: &Model) -> BTreeMap<ZoneIdx, Vec<Cell>> {
    let openings = Openings::of(model);
    let mut cells: BTreeMap<ZoneIdx, BTreeSet<Cell>> = BTreeMap::new();
    for demand in &model.demands {
        for (position, _) in model.funds.iter().enumerate() {
            let fund = FundIdx::new(position);
            if openings.open(fund, demand) {
                let cell = (fund, demand.action, demand.zone, demand.year);
                cells.entry(demand.zone).or_default().insert(cell);
            }
        }
    }
    cells
        .into_iter()
        .map(|(zone, cells)| (zone, cells.into_iter().collect()))
        .collect()
}

/// The instances that measure anything, each with whether its base holds nothing that it does not measure.
fn instances(
    cells: &BTreeMap<ZoneIdx, Vec<Cell>>,
    rule: &Rule,
    scope: &BaseScope,
) -> BTreeMap<Instance, bool> {
    let each = rule.for_each;
    let chosen = &rule.measure.selection;
    let measured = |&(fund, action, zone, year): &Cell| {
        let counted = rule.measure.quantity == Quantity::Euro
            && chosen.funds.binary_search(&fund).is_ok()
            && chosen.actions.binary_search(&action).is_ok()
            && rule.scope.binary_search(&(zone, year)).is_ok();
        counted.then_some((
            each.fund.then_some(fund),
            each.action.then_some(action),
            each.zone.then_some(zone),
            each.year.then_some(year),
        ))
    };
    let of_base = |&(fund, action, zone, year): &Cell, instance: &Instance| {
        scope.funds.binary_search(&fund).is_ok()
            && scope.actions.binary_search(&action).is_ok()
            && scope.pairs.binary_search(&(zone, year)).is_ok()
            && (scope.own.fund || instance.0.is_none_or(|only| only == fund))
            && (scope.own.zone || instance.2.is_none_or(|only| only == zone))
            && (scope.own.year || instance.3.is_none_or(|only| only == year))
    };
    let all = || cells.values().flatten();
    let found: BTreeSet<Instance> = all().filter_map(measured).collect();
    found
        .into_iter()
        .map(|instance| {
            let outside =
                |cell: &&Cell| of_base(cell, &instance) && measured(cell) != Some(instance);
            let within = match instance.2.filter(|_| !scope.own.zone) {
                Some(zone) => !cells
                    .get(&zone)
                    .is_some_and(|own| own.iter().any(|c| outside(&c))),
                None => !all().any(|cell| outside(&cell)),
            };
            (instance, within)
        })
        .collect()
}

fn all_alike(found: &BTreeMap<Instance, bool>) -> bool {
    !found.is_empty() && found.values().all(|within| *within)
}

/// What the bound may name to be of more than the measure: what the rule narrows.
fn wider(model: &Model, rule: &Rule) -> WordList {
    let each = rule.for_each;
    let measured: BTreeSet<ZoneIdx> = rule.scope.iter().map(|pair| pair.0).collect();
    let all_funds = rule.measure.selection.funds.len() == model.funds.len();
    let keys = [
        (each.zone || measured.len() < model.zones.len(), "zone"),
        (each.fund || !all_funds, "fund"),
    ];
    let mut keys: Vec<&str> = keys.iter().filter(|key| key.0).map(|key| key.1).collect();
    if keys.is_empty() {
        keys = vec!["action", "fund", "zone"];
    }
    WordList::of(keys)
}
