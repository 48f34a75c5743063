//! Rules that can never bind: floors of nothing, caps that nothing can reach; and targets that no plan can meet.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{CheckedAdd, One, Zero};

use super::Lines;
use super::shares::share_at;
use super::spending::Openings;
use crate::input::Problems;
use crate::model::rule::ForEach;
use crate::model::{
    ActionIdx, Base, BaseScope, Bound, Demand, FundIdx, Model, Quantity, Relation, Rule, Share,
    ZoneIdx,
};
use crate::problem::{Remark, Shown, WhereInstance};
use crate::units::{Euro, Exact, Year};

/// One remark per rule.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    let openings = Openings::of(model);
    for rule in &model.rules {
        let id = || Shown::new(&rule.id);
        let place = || lines.rule(&rule.id);
        match rule.relation {
            Relation::AtLeast if asks_nothing(model, rule) => {
                problems.push(place(), Remark::FloorOfNothing { rule: id() });
            }
            Relation::AtLeast if !rule.strength.is_hard() => {
                if let Some(remark) = never_met(model, &openings, rule) {
                    problems.push(place(), remark);
                }
            }
            Relation::AtMost | Relation::Below if allows_all(rule) => {
                problems.push(place(), Remark::CapOfAll { rule: id() });
            }
            Relation::AtMost | Relation::Below => {
                if let Some((high, most)) = out_of_reach(model, &openings, rule) {
                    let rule = id();
                    problems.push(place(), Remark::CapOutOfReach { rule, high, most });
                }
            }
            _ => {}
        }
    }
}

/// Pairs of zone and year that a rule speaks of.
fn pairs(rule: &Rule) -> impl Iterator<Item = (ZoneIdx, Year)> + '_ {
    let zones = &rule.measure.selection.zones;
    let spoken = move |pair: &(ZoneIdx, Year)| zones.binary_search(&pair.0).is_ok();
    rule.scope.iter().copied().filter(spoken)
}

/// Whether a floor is zero in every case. An amount by expression does not count: zero may be how the data switch the rule off.
fn asks_nothing(model: &Model, rule: &Rule) -> bool {
    match &rule.bound {
        Bound::Constant(value) => *value <= Exact::zero(),
        Bound::ShareOf { base, share, scope } => {
            let nothing = match share {
                Share::Constant(share) => share.is_zero(),
                Share::ByZone(_) => pairs(rule).all(|pair| share_at(share, pair).is_zero()),
            };
            let mut of = scope.pairs.iter();
            nothing || (*base == Base::Assigned && !of.any(|pair| has_money(model, scope, *pair)))
        }
        Bound::ByZone(_) | Bound::Band { .. } | Bound::Excludes(_) | Bound::Requires(_) => false,
    }
}

/// Whether a fund of the base has anything for a zone and year.
fn has_money(model: &Model, scope: &BaseScope, (zone, year): (ZoneIdx, Year)) -> bool {
    scope
        .funds
        .iter()
        .filter_map(|fund| model.money.get(&(*fund, year)))
        .any(|money| money.of_zone(zone).unwrap_or(money.total) > Euro::ZERO)
}

/// Whether a cap is all of a base that holds every cell it measures.
fn allows_all(rule: &Rule) -> bool {
    let Bound::ShareOf { base, share, scope } = &rule.bound else {
        return false;
    };
    let whole = match share {
        Share::Constant(share) => *share >= Exact::one(),
        Share::ByZone(_) => pairs(rule).all(|pair| share_at(share, pair) >= Exact::one()),
    };
    let measured = &rule.measure.selection;
    // What the bound names itself must hold what is measured; in the rest an instance's base is its own.
    let has = |own: bool, holds: bool| !own || holds;
    let within = measured
        .actions
        .iter()
        .all(|action| scope.actions.binary_search(action).is_ok())
        && has(
            scope.own.fund,
            (measured.funds.iter()).all(|fund| scope.funds.binary_search(fund).is_ok()),
        )
        && has(
            scope.own.zone || scope.own.year,
            pairs(rule).all(|pair| scope.pairs.binary_search(&pair).is_ok()),
        );
    let strict = rule.relation == Relation::Below;
    whole && within && !strict && matches!(base, Base::Allocated | Base::Demand)
}

/// An instance of a rule: what is `None` is summed.
type Instance = (
    Option<FundIdx>,
    Option<ActionIdx>,
    Option<ZoneIdx>,
    Option<Year>,
);

/// Whether a fixed cap is above what needs and money allow in every instance: the cap of the first, and the most there can be.
fn out_of_reach(model: &Model, openings: &Openings<'_>, rule: &Rule) -> Option<(Exact, Exact)> {
    if !matches!(rule.measure.quantity, Quantity::Euro | Quantity::Units) {
        return None;
    }
    let mut first = None;
    for (instance, most) in most_by_instance(model, openings, rule)? {
        let high = amount(rule, instance)?;
        if high <= most {
            return None;
        }
        first.get_or_insert((high, most));
    }
    first
}

/// Told where a soft floor asks for more than needs and money allow.
fn never_met(model: &Model, openings: &Openings<'_>, rule: &Rule) -> Option<Remark> {
    if !matches!(rule.measure.quantity, Quantity::Euro | Quantity::Units) {
        return None;
    }
    let most = most_by_instance(model, openings, rule)?;
    let beyond = |(instance, most): (Instance, Exact)| {
        let asked = amount(rule, instance)?;
        (asked > most).then_some((instance, asked, most))
    };
    let mut found = most.into_iter().filter_map(beyond);
    let ((_, _, zone, year), asked, most) = found.next()?;
    let zone = zone.map(|zone| Shown::new(&model.zone(zone).id));
    let at = WhereInstance {
        zone,
        year,
        others: found.count(),
    };
    Some(Remark::TargetOutOfReach {
        rule: Shown::new(&rule.id),
        asked,
        most,
        at,
    })
}

/// The fixed bound of an instance.
fn amount(rule: &Rule, (_, _, zone, year): Instance) -> Option<Exact> {
    match &rule.bound {
        Bound::Constant(value) => Some(*value),
        Bound::ByZone(values) => values.get(&(zone?, year?)).copied(),
        _ => None,
    }
}

/// The most that each instance can measure: the needs that an open fund may pay, and what the funds have. `None` where a need has
/// no limit and units are counted, where a fund earns money by what the plan pays, or where figures overflow.
fn most_by_instance(
    model: &Model,
    openings: &Openings<'_>,
    rule: &Rule,
) -> Option<BTreeMap<Instance, Exact>> {
    let mut needs: BTreeMap<Instance, Option<Exact>> = BTreeMap::new();
    let mut purses: BTreeMap<Instance, BTreeSet<(FundIdx, Year, ZoneIdx)>> = BTreeMap::new();
    let each = rule.for_each;
    let chosen = &rule.measure.selection;
    let earns = |fund: &FundIdx| model.earnings.iter().any(|earning| earning.fund == *fund);
    if rule.measure.quantity == Quantity::Euro && chosen.funds.iter().any(earns) {
        return None;
    }
    let counted = |demand: &&Demand| {
        chosen.actions.binary_search(&demand.action).is_ok()
            && chosen.zones.binary_search(&demand.zone).is_ok()
            && rule
                .scope
                .binary_search(&(demand.zone, demand.year))
                .is_ok()
    };
    for demand in model.demands.iter().filter(counted) {
        let open = || chosen.funds.iter().filter(|f| openings.open(**f, demand));
        let mut seen = BTreeSet::new();
        for &fund in open() {
            let instance = instance_of(each, fund, demand);
            if seen.insert(instance) {
                let more = match rule.measure.quantity {
                    Quantity::Units => Some(demand.units).filter(|_| demand.euro.is_some()),
                    _ => demand.euro.map(Euro::to_exact),
                };
                let need = needs.entry(instance).or_insert_with(|| Some(Exact::zero()));
                *need = match (*need, more) {
                    (Some(need), Some(more)) => Some(need.checked_add(&more)?),
                    _ => None,
                };
            }
            let purse = (fund, demand.year, demand.zone);
            purses.entry(instance).or_default().insert(purse);
        }
    }
    let mut most = BTreeMap::new();
    for (instance, need) in needs {
        let money = match rule.measure.quantity {
            Quantity::Euro => Some(money_of(model, purses.get(&instance)?)?),
            _ => None,
        };
        let bound = match (need, money) {
            (Some(need), Some(money)) => need.min(money),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => return None,
        };
        most.insert(instance, bound);
    }
    Some(most)
}

fn instance_of(each: ForEach, fund: FundIdx, demand: &Demand) -> Instance {
    (
        each.fund.then_some(fund),
        each.action.then_some(demand.action),
        each.zone.then_some(demand.zone),
        each.year.then_some(demand.year),
    )
}

/// All that the funds can have for these years and zones: with earlier years, where anything may be carried.
fn money_of(model: &Model, purses: &BTreeSet<(FundIdx, Year, ZoneIdx)>) -> Option<Exact> {
    let mut counted = BTreeSet::new();
    let mut sum = Exact::zero();
    for &(fund, year, zone) in purses {
        let carries = !model.fund(fund).carry_over.is_zero();
        for (&(_, of), money) in model.money.range((fund, Year::MIN)..=(fund, year)) {
            if of != year && !carries {
                continue;
            }
            let own = money.of_zone(zone);
            let key = (fund, of, own.map(|_| zone));
            if counted.insert(key) {
                sum = sum.checked_add(&own.unwrap_or(money.total).to_exact())?;
            }
        }
    }
    Some(sum)
}
