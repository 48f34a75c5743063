//! Bands: every zone's measure per head within a share of the mean per head of all zones of the rule.

use std::collections::BTreeMap;

use crate::model::{Bound, Relation, Rule};
use crate::verify::codes::Place;
use crate::verify::report::Tally;

use super::exact::{self, Q, whole};
use super::instance::Instance;
use super::plan::Plan;
use super::rules::{Standing, fail};

/// Checks a band, and notes how each of its two sides stands in each zone.
pub(crate) fn check(
    plan: &Plan<'_>,
    rule: &Rule,
    instances: &[Instance<'_>],
    tally: &mut Tally,
    standings: &mut Vec<Standing>,
) {
    for member in members(plan, rule, instances) {
        for (relation, bound) in [
            (Relation::AtLeast, &member.floor),
            (Relation::AtMost, &member.cap),
        ] {
            let standing = Standing {
                code: rule.id.clone(),
                place: member.place,
                relation,
                quantity: rule.measure.quantity,
                value: member.value.clone(),
                bound: bound.clone(),
                waived: member.waived,
                hard: rule.strength.is_hard(),
            };
            let broken = !standing.holds(&whole(1));
            if broken && standing.hard && !standing.waived {
                fail(plan, &standing, &standing.missed(), tally);
            }
            standings.push(standing);
        }
    }
}

struct Member {
    place: Place,
    value: Q,
    floor: Q,
    cap: Q,
    waived: bool,
}

/// Zones with heads, each with the share of the total that is its own by head, less and plus the width of the band.
fn members(plan: &Plan<'_>, rule: &Rule, instances: &[Instance<'_>]) -> Vec<Member> {
    let Bound::Band { share, .. } = &rule.bound else {
        return Vec::new();
    };
    let width = exact::of(share);
    let mut totals: BTreeMap<Place, (Q, Q)> = BTreeMap::new();
    let mut valued = Vec::new();
    for instance in instances {
        let heads = heads(instance);
        if heads <= exact::zero() {
            continue;
        }
        let value = instance.value(plan);
        let total = totals
            .entry(group(instance))
            .or_insert_with(|| (exact::zero(), exact::zero()));
        total.0 += &value;
        total.1 += &heads;
        valued.push((instance, value, heads));
    }
    valued
        .into_iter()
        .filter_map(|(instance, value, heads)| {
            let (total, all_heads) = totals.get(&group(instance))?;
            let fair = total * heads / all_heads;
            Some(Member {
                place: instance.place,
                value,
                floor: (whole(1) - &width) * &fair,
                cap: (whole(1) + &width) * &fair,
                waived: instance.waived,
            })
        })
        .collect()
}

/// The zones that are compared with one another: all those of the same fund, action and year.
fn group(instance: &Instance<'_>) -> Place {
    Place {
        zone: None,
        ..instance.place
    }
}

/// Heads of a zone in the year of the instance, else in its first year.
pub(crate) fn heads(instance: &Instance<'_>) -> Q {
    let Bound::Band { heads, .. } = &instance.rule.bound else {
        return exact::zero();
    };
    instance
        .pairs
        .first()
        .and_then(|pair| heads.get(pair))
        .map_or_else(exact::zero, exact::of)
}
