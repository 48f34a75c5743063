//! How every instance of every rule and match stands in a proposal.

use std::collections::BTreeSet;

use num_traits::Zero;

use super::lines::{RuleLine, RuleStatus};
use crate::lp::{Instance, InstanceBound, LinearProgram, Origin, Place, activity};
use crate::model::{Base, Bound, Law, Model, Quantity, Relation, Rule, Share, Strength, ZoneIdx};
use crate::units::{Exact, Year};

/// One line per instance, in the order of the model; flat rates are told by their rows alone.
pub(crate) fn rule_lines(
    model: &Model,
    program: &LinearProgram,
    values: &[i64],
    excess: &[(usize, i128)],
) -> Vec<RuleLine> {
    program
        .instances
        .iter()
        .filter_map(|instance| line(model, instance, values, excess))
        .collect()
}

/// What a line says of its source.
struct Source<'m> {
    id: String,
    title: String,
    law: &'m Law,
    strength: Strength,
    waiver: &'m str,
}

fn source<'m>(model: &'m Model, origin: Origin) -> Option<Source<'m>> {
    match origin {
        Origin::Rule(rule) => {
            let rule = model.rules.get(rule)?;
            Some(Source {
                id: rule.id.clone(),
                title: rule.title.clone(),
                law: &rule.law,
                strength: rule.strength,
                waiver: rule.waived.as_ref().map_or("", |waiver| &waiver.motive),
            })
        }
        Origin::Match(entry) => {
            let entry = model.matches.get(entry)?;
            Some(Source {
                id: entry.id.clone(),
                title: entry.title.clone(),
                law: &entry.law,
                strength: entry.strength,
                waiver: "",
            })
        }
        Origin::FlatRate(entry) => {
            let entry = model.flat_rates.get(entry)?;
            let action = model.action(entry.action);
            Some(Source {
                id: format!("flat_rate:{}", action.id),
                title: action.name.clone(),
                law: &entry.law,
                strength: Strength::Law,
                waiver: "",
            })
        }
        _ => None,
    }
}

/// Only a floor on assigned money may leave a part for the year its money moves to.
fn is_assigned_floor(instance: &Instance) -> bool {
    instance.relation == Relation::AtLeast && instance.base == Some(Base::Assigned)
}

/// The share of this place, where it differs from place to place.
fn band(bound: &Bound, place: Place) -> Option<Exact> {
    let Bound::ShareOf {
        share: Share::ByZone(shares),
        ..
    } = bound
    else {
        return None;
    };
    shares.get(&(place.zone?, place.year?)).copied()
}

/// What a base is of, where it is not of what is measured: `zone=all years=2022`.
fn base_of(model: &Model, rule: &Rule) -> String {
    let Bound::ShareOf { scope, .. } = &rule.bound else {
        return String::new();
    };
    let zones: BTreeSet<ZoneIdx> = scope.pairs.iter().map(|pair| pair.0).collect();
    let years: BTreeSet<Year> = scope.pairs.iter().map(|pair| pair.1).collect();
    let list = |ids: Vec<String>, all: usize| {
        if ids.len() == all {
            "all".to_owned()
        } else {
            ids.join("+")
        }
    };
    let funds = || scope.funds.iter().map(|&of| model.fund(of).id.clone());
    let actions = || scope.actions.iter().map(|&of| model.action(of).id.clone());
    let of_zones = || zones.iter().map(|&of| model.zone(of).id.clone());
    let parts = [
        (
            scope.own.fund,
            "fund",
            list(funds().collect(), model.funds.len()),
        ),
        (
            scope.own.action,
            "action",
            list(actions().collect(), model.actions.len()),
        ),
        (
            scope.has_other_zones(rule),
            "zone",
            list(of_zones().collect(), model.zones.len()),
        ),
        (
            scope.own.year,
            "years",
            list(years.iter().map(Year::to_string).collect(), usize::MAX),
        ),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|part| part.0)
        .map(|(_, key, ids)| format!("{key}={ids}"))
        .collect();
    told.join(" ")
}

fn line(
    model: &Model,
    instance: &Instance,
    values: &[i64],
    excess: &[(usize, i128)],
) -> Option<RuleLine> {
    let source = source(model, instance.origin)?;
    let euro = instance.quantity == Quantity::Euro;
    let hundred = if euro { 100 } else { 1 };
    let quantity = |cells: &[(usize, i64)], scale: i64| {
        Exact::new(activity(cells, values), i128::from(scale.max(1)) * hundred)
    };
    let value = quantity(&instance.measure, instance.measure_scale);
    let bound = match &instance.bound {
        InstanceBound::Constant(bound) => *bound,
        InstanceBound::Variable { cells, scale } => quantity(cells, *scale),
    };
    let slack = match instance.relation {
        Relation::AtLeast => value - bound,
        Relation::AtMost | Relation::Below => bound - value,
        Relation::Equal => {
            -(if value > bound {
                value - bound
            } else {
                bound - value
            })
        }
    };
    let broken = instance
        .row
        .is_some_and(|row| excess.iter().any(|entry| entry.0 == row));
    // Within a cent (or a thousandth of a unit) there is nothing to spare.
    let near = if euro {
        Exact::new(1, 100)
    } else {
        Exact::new(1, 1000)
    };
    let status = if instance.row.is_none() {
        RuleStatus::Waived
    } else if broken {
        RuleStatus::Excess
    } else if !source.strength.is_hard() && slack < Exact::zero() {
        RuleStatus::Short
    } else if instance.relation == Relation::AtLeast && bound <= Exact::zero() {
        RuleStatus::Met // to ask for nothing binds nobody
    } else if slack <= -near && is_assigned_floor(instance) {
        RuleStatus::Carried
    } else if slack < near {
        RuleStatus::Binding
    } else {
        RuleStatus::Met
    };
    let place = instance.place;
    let rule = match instance.origin {
        Origin::Rule(rule) => model.rules.get(rule),
        _ => None,
    };
    let only_fund = rule.and_then(|rule| match rule.measure.selection.funds.as_slice() {
        [fund] => Some(*fund),
        _ => None,
    });
    let only_action = rule.and_then(|rule| match rule.measure.selection.actions.as_slice() {
        [action] => Some(*action),
        _ => None,
    });
    Some(RuleLine {
        rule: source.id,
        title: source.title,
        fund: place.fund.or(only_fund),
        action: place.action.or(only_action),
        zone: place.zone,
        year: place.year,
        law: source.law.cite(),
        strength: source.strength,
        base: instance.base,
        base_of: rule.map_or_else(String::new, |rule| base_of(model, rule)),
        share: rule.and_then(|rule| band(&rule.bound, place)),
        relation: instance.relation,
        value,
        bound,
        unit: instance.quantity.word(),
        slack,
        status,
        waiver: if status == RuleStatus::Waived {
            source.waiver.to_owned()
        } else {
            String::new()
        },
    })
}
