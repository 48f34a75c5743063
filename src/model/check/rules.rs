//! Rules that are out of force, cannot hold together, or measure nothing.

use num_traits::{CheckedAdd, Zero};

use super::Lines;
use super::shares::{holds, percent, share_at};
use super::spending::Openings;
use crate::input::Problems;
use crate::model::rule::ForEach;
use crate::model::{Base, Bound, Demand, Law, Model, Quantity, Relation, Rule, ZoneIdx};
use crate::problem::{Place, Remark, Shown, WhereYear};
use crate::units::{Euro, Exact, Year, exact_text};

/// All checks of rules.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    laws(model, lines, problems);
    floors_over_caps(model, lines, problems);
    shares_crossed(model, lines, problems);
    empty_measures(model, lines, problems);
}

/// Laws out of force.
fn laws(model: &Model, lines: &Lines, problems: &mut Problems) {
    for rule in &model.rules {
        in_force(
            (Shown::new(&rule.id), &rule.law),
            &rule.years,
            lines.rule(&rule.id),
            problems,
        );
    }
    for found in &model.matches {
        in_force(
            (Shown::new(&found.id), &found.law),
            &model.years,
            lines.rule(&found.id),
            problems,
        );
    }
    for (what, law, place) in &lines.laws {
        in_force((what.clone(), law), &model.years, place.clone(), problems);
    }
}

/// Tells a law that does not hold in all the years it is used for.
fn in_force((rule, law): (Shown, &Law), years: &[Year], place: Place, problems: &mut Problems) {
    if let (Some(to), Some(true)) = (law.to, years.last().map(|last| law.to < Some(*last))) {
        let rule = rule.clone();
        problems.push(place.clone(), Remark::LawExpired { rule, to });
    }
    if let (Some(from), Some(true)) = (law.from, years.first().map(|first| law.from > Some(*first)))
    {
        problems.push(place, Remark::LawNotYet { rule, from });
    }
}

/// Two hard rules on the same cells, one asking for more than the other allows, both constants.
fn floors_over_caps(model: &Model, lines: &Lines, problems: &mut Problems) {
    let hard = |rule: &&Rule| rule.strength.is_hard() && rule.waived.is_none();
    let bound = |rule: &Rule| match &rule.bound {
        Bound::Constant(value) => Some(*value),
        _ => None,
    };
    let is_cap = |rule: &&Rule| {
        matches!(
            rule.relation,
            Relation::AtMost | Relation::Below | Relation::Equal
        )
    };
    let is_floor = |rule: &&Rule| matches!(rule.relation, Relation::AtLeast | Relation::Equal);
    for floor in model.rules.iter().filter(hard).filter(is_floor) {
        for cap in model.rules.iter().filter(hard).filter(is_cap) {
            let same = floor.measure == cap.measure
                && floor.for_each == cap.for_each
                && floor.scope == cap.scope;
            let (Some(low), Some(high)) = (bound(floor), bound(cap)) else {
                continue;
            };
            let crossed = low > high || (low == high && cap.relation == Relation::Below);
            if same && crossed && floor.id != cap.id {
                let (floor_id, cap_id) = (Shown::new(&floor.id), Shown::new(&cap.id));
                let remark = Remark::FloorOverCap {
                    floor: floor_id,
                    cap: cap_id,
                    low,
                    high,
                };
                problems.push(lines.rule(&floor.id), remark);
            }
        }
    }
    let openings = Openings::of(model);
    for rule in model.rules.iter().filter(hard).filter(is_floor) {
        floor_over_need(model, &openings, rule, bound(rule), lines, problems);
    }
}

/// Two hard rules by zone, one asking for a larger share, or a larger amount of its zone, than the other allows of the same or more
/// cells.
fn shares_crossed(model: &Model, lines: &Lines, problems: &mut Problems) {
    let floors = |rule: &&Rule| matches!(rule.relation, Relation::AtLeast | Relation::Equal);
    let caps = |rule: &&Rule| !matches!(rule.relation, Relation::AtLeast);
    for floor in model.rules.iter().filter(floors) {
        for cap in model
            .rules
            .iter()
            .filter(caps)
            .filter(|cap| cap.id != floor.id)
        {
            let mut crossed = crossings(model, floor, cap).into_iter();
            if let Some(((zone, year), low, high)) = crossed.next() {
                let remark = Remark::FloorOverCapAt {
                    floor: Shown::new(&floor.id),
                    cap: Shown::new(&cap.id),
                    at: WhereYear {
                        zone: Shown::new(&model.zone(zone).id),
                        year,
                        others: crossed.count(),
                    },
                    low,
                    high,
                };
                problems.push(lines.rule(&floor.id), remark);
            }
        }
    }
}

/// Where a floor is above a cap, with both.
fn crossings(model: &Model, floor: &Rule, cap: &Rule) -> Vec<((ZoneIdx, Year), Shown, Shown)> {
    let (own, other) = (&floor.measure.selection, &cap.measure.selection);
    let each = floor.for_each;
    let within = own
        .actions
        .iter()
        .all(|action| other.actions.binary_search(action).is_ok());
    let alike = each == cap.for_each
        && each.zone
        && !each.action
        && !each.fund
        && own.funds == other.funds
        && within
        && floor.measure.quantity == cap.measure.quantity;
    if !alike {
        return Vec::new();
    }
    let sides = |pair| match (&floor.bound, &cap.bound) {
        (
            Bound::ShareOf {
                base: of,
                share: low,
                scope: own_base,
            },
            Bound::ShareOf {
                base,
                share: high,
                scope,
            },
        ) if of == base
            && *base == Base::Assigned
            && own_base == scope
            && scope.own == ForEach::default() =>
        {
            let (low, high) = (share_at(low, pair), share_at(high, pair));
            let there_is = own.funds.iter().any(|fund| {
                let money = model.money.get(&(*fund, pair.1));
                money.is_some_and(|m| m.of_zone(pair.0).unwrap_or(m.total) > Euro::ZERO)
            });
            there_is.then(|| (low, high, percent(&low), percent(&high)))
        }
        (Bound::ByZone(low), Bound::ByZone(high)) => {
            let (low, high) = (*low.get(&pair)?, *high.get(&pair)?);
            let shown = |value: &Exact| Shown::new(&exact_text(value));
            Some((low, high, shown(&low), shown(&high)))
        }
        _ => None,
    };
    let both = |pair: &&(ZoneIdx, Year)| holds(floor, **pair) && holds(cap, **pair);
    let mut found = Vec::new();
    for &pair in floor.scope.iter().filter(both) {
        if let Some((low, high, shown_low, shown_high)) = sides(pair)
            && (low > high || (low == high && cap.relation == Relation::Below))
        {
            found.push((pair, shown_low, shown_high));
        }
    }
    found
}

/// A floor of euro or units above all the need it could serve.
fn floor_over_need(
    model: &Model,
    openings: &Openings<'_>,
    rule: &Rule,
    low: Option<Exact>,
    lines: &Lines,
    problems: &mut Problems,
) {
    let each = rule.for_each;
    let Some(low) = low.filter(|_| !each.zone && !each.year && !each.action && !each.fund) else {
        return;
    };
    let chosen = &rule.measure.selection;
    let counted = |demand: &&Demand| {
        chosen.actions.binary_search(&demand.action).is_ok()
            && rule
                .scope
                .binary_search(&(demand.zone, demand.year))
                .is_ok()
            && chosen.funds.iter().any(|fund| openings.open(*fund, demand))
    };
    let mut most = Exact::zero();
    for demand in model.demands.iter().filter(counted) {
        let part = match (demand.euro, rule.measure.quantity) {
            (None, _) => return,
            (Some(euro), Quantity::Euro) => euro.to_exact(),
            (Some(_), Quantity::Units) => demand.units,
            (Some(_), Quantity::ActiveZones | Quantity::Projects) => return,
        };
        match most.checked_add(&part) {
            Some(sum) => most = sum,
            None => return,
        }
    }
    if low > most {
        let id = Shown::new(&rule.id);
        problems.push(
            lines.rule(&rule.id),
            Remark::FloorOverNeed {
                rule: id,
                low,
                most,
            },
        );
    }
}

fn empty_measures(model: &Model, lines: &Lines, problems: &mut Problems) {
    for rule in &model.rules {
        let chosen = &rule.measure.selection;
        let open = model.eligibility.iter().any(|entry| {
            chosen.funds.binary_search(&entry.fund).is_ok()
                && entry
                    .actions
                    .iter()
                    .any(|action| chosen.actions.binary_search(action).is_ok())
        });
        if !open {
            let id = Shown::new(&rule.id);
            problems.push(lines.rule(&rule.id), Remark::MeasuresNothing { rule: id });
        }
    }
}
