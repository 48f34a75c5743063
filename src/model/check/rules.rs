//! Rules that are out of force, cannot hold together, or measure nothing.

use num_traits::{CheckedAdd, Zero};

use super::Lines;
use super::spending::Openings;
use crate::input::Problems;
use crate::model::{Bound, Demand, Law, Model, Quantity, Relation, Rule};
use crate::problem::{Place, Remark, Shown};
use crate::units::{Exact, Year};

/// All checks of rules.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    laws(model, lines, problems);
    floors_over_caps(model, lines, problems);
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
