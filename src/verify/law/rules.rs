//! The rules of the model, evaluated on the ledger.

use std::collections::BTreeMap;

use num_traits::Signed;

use crate::model::{Bound, FundIdx, Model, Quantity, Relation, ZoneIdx};
use crate::units::Year;
use crate::verify::codes::Place;
use crate::verify::report::{Tally, said};

use super::band;
use super::exact::{self, Q, decimal_text, euro_text, whole};
use super::instance::{Instance, instances};
use super::partition::{GiveWay, is_assigned_floor};
use super::plan::Plan;
use super::purse::Leaving;

/// How an instance of a rule or match stands, in cents or units.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) code: String,
    pub(crate) place: Place,
    pub(crate) relation: Relation,
    pub(crate) quantity: Quantity,
    pub(crate) value: Q,
    pub(crate) bound: Q,
    pub(crate) waived: bool,
    /// Whether it must hold.
    pub(crate) hard: bool,
}

impl Standing {
    /// By how much it is missed, zero where it holds exactly.
    pub(crate) fn missed(&self) -> Q {
        let zero = exact::zero();
        match self.relation {
            Relation::AtLeast => (&self.bound - &self.value).max(zero),
            Relation::AtMost | Relation::Below => (&self.value - &self.bound).max(zero),
            Relation::Equal => (&self.value - &self.bound).abs(),
        }
    }

    /// Whether it holds: whole cents count for equalities, a strict bound is strict.
    pub(crate) fn holds(&self, grain: &Q) -> bool {
        match self.relation {
            Relation::AtLeast => self.value >= self.bound,
            Relation::AtMost => self.value <= self.bound,
            Relation::Below => self.value < self.bound,
            Relation::Equal => self.missed() < *grain,
        }
    }
}

/// Amounts as the rule counts them.
pub(crate) fn quantity_text(quantity: Quantity, value: &Q) -> String {
    match quantity {
        Quantity::Euro => format!("{} euro", euro_text(value)),
        _ => decimal_text(value, 0),
    }
}

/// Checks every instance of every rule; gives how each stands, in the order of the model.
pub(crate) fn check(plan: &Plan<'_>, leaving: &Leaving) -> (Tally, Vec<Standing>) {
    let mut tally = Tally::new(
        "rules",
        said!(
            "ogni regola del modello è rispettata, conti alla mano",
            "every rule of the model holds, computed again from the ledger"
        ),
    );
    let mut standings = Vec::new();
    let mut floors = Vec::new();
    for rule in &plan.model.rules {
        let all = instances(rule);
        tally.looked_at(all.len());
        if matches!(rule.bound, Bound::Band { .. }) {
            band::check(plan, rule, &all, &mut tally, &mut standings);
            continue;
        }
        for instance in all {
            let bound = match instance.bound(plan) {
                Ok(bound) => bound,
                Err(said) => {
                    tally.fail(place_text(plan, &rule.id, &instance.place), "", said);
                    continue;
                }
            };
            let standing = Standing {
                code: rule.id.clone(),
                place: instance.place,
                relation: rule.relation,
                quantity: rule.measure.quantity,
                value: instance.value(plan),
                bound,
                waived: instance.waived,
                hard: rule.strength.is_hard(),
            };
            if is_assigned_floor(&instance) {
                floors.push((instance, standings.len()));
            } else {
                judge(plan, &instance, &standing, &mut tally);
            }
            standings.push(standing);
        }
    }
    check_floors(plan, leaving, &floors, &standings, &mut tally);
    (tally, standings)
}

fn judge(plan: &Plan<'_>, instance: &Instance<'_>, standing: &Standing, tally: &mut Tally) {
    if standing.waived || !standing.hard || standing.holds(&grain(plan, instance)) {
        return;
    }
    fail(plan, standing, &standing.missed(), tally);
}

/// What one cent is worth: a cent, or the units it buys where they are cheapest.
fn grain(plan: &Plan<'_>, instance: &Instance<'_>) -> Q {
    if instance.rule.measure.quantity == Quantity::Euro {
        return whole(1);
    }
    if instance.rule.measure.quantity.is_count() {
        return whole(1) / whole(1000);
    }
    let cheapest = instance
        .rule
        .measure
        .selection
        .actions
        .iter()
        .flat_map(|&action| {
            instance
                .pairs
                .iter()
                .map(move |&(_, year)| plan.unit_cost(action, year))
        })
        .filter(|&cost| cost > 0)
        .min()
        .unwrap_or(1);
    whole(1) / whole(i128::from(cheapest))
}

/// Reports a rule that does not hold, or remarks on it where the certificate says that it cannot in whole cents.
pub(crate) fn fail(plan: &Plan<'_>, standing: &Standing, by: &Q, tally: &mut Tally) {
    let value = quantity_text(standing.quantity, &standing.value);
    let bound = quantity_text(standing.quantity, &standing.bound);
    let said = match standing.relation {
        Relation::AtLeast => said!(
            "vale {value}, almeno {bound}",
            "is {value}, at least {bound}"
        ),
        Relation::AtMost => said!(
            "vale {value}, al più {bound}",
            "is {value}, at most {bound}"
        ),
        Relation::Below => said!("vale {value}, meno di {bound}", "is {value}, below {bound}"),
        Relation::Equal => said!(
            "vale {value}, uguale a {bound}",
            "is {value}, equal to {bound}"
        ),
    };
    let place = place_text(plan, &standing.code, &standing.place);
    let by = quantity_text(standing.quantity, by);
    if plan.is_excused(&standing.code, &standing.place) {
        tally.remark(place, by, said);
    } else {
        tally.fail(place, by, said);
    }
}

/// A rule and its place, for people.
pub(crate) fn place_text(plan: &Plan<'_>, code: &str, place: &Place) -> String {
    let place = plan.codes.text(place);
    if place.is_empty() {
        code.to_owned()
    } else {
        format!("{code} ({place})")
    }
}

/// Floors on what is assigned, in order of time: what is not met may move on with carried money, never more of it than the
/// floor's share of that money; and floors that together share out one whole amount give way a cent where rounding up each
/// would ask for more cents than there are.
fn check_floors(
    plan: &Plan<'_>,
    leaving: &Leaving,
    floors: &[(Instance<'_>, usize)],
    standings: &[Standing],
    tally: &mut Tally,
) {
    let all: Vec<&Instance<'_>> = floors.iter().map(|floor| &floor.0).collect();
    let mut give_way = GiveWay::new(plan.model, &all);
    let mut order: Vec<usize> = (0..floors.len()).collect();
    order.sort_by_key(|&floor| floors.get(floor).and_then(|f| f.0.place.year));
    let by_place: BTreeMap<(&str, Place), usize> = floors
        .iter()
        .enumerate()
        .map(|(floor, (instance, _))| ((instance.rule.id.as_str(), instance.place), floor))
        .collect();
    // What moved on to the year of a floor.
    let mut due: BTreeMap<(&str, Place), Q> = BTreeMap::new();
    for floor in order {
        let Some((instance, standing)) = floors
            .get(floor)
            .and_then(|(i, s)| Some((i, standings.get(*s)?)))
        else {
            continue;
        };
        let key = (instance.rule.id.as_str(), instance.place);
        let moved_in = due.remove(&key).unwrap_or_else(exact::zero);
        let next = instance.place.year.map(|year| {
            let place = Place {
                year: Some(year.saturating_add(1)),
                ..instance.place
            };
            (instance.rule.id.as_str(), place)
        });
        let next = next.filter(|next| by_place.contains_key(next));
        let may_move = may_move(plan, leaving, instance, next.is_some());
        let asked = standing.bound.ceil() + moved_in;
        let mut missing = &asked - &standing.value;
        if missing > may_move && give_way.take(floor) {
            missing -= whole(1);
        }
        if missing > may_move {
            fail(plan, standing, &(&missing - &may_move), tally);
            missing = may_move;
        }
        if missing.is_positive()
            && let Some(next) = next
        {
            due.insert(next, missing);
        }
    }
}

/// The most of an unmet floor that may move on, in cents.
fn may_move(plan: &Plan<'_>, leaving: &Leaving, instance: &Instance<'_>, has_next: bool) -> Q {
    let last = plan.model.years.last().copied();
    let Some(year) = instance.years().last().copied() else {
        return exact::zero();
    };
    if !has_next && Some(year) != last {
        return exact::zero(); // the floor would vanish with the year
    }
    let Bound::ShareOf { share, scope, .. } = &instance.rule.bound else {
        return exact::zero();
    };
    let mut most = exact::zero();
    for (&(fund, zone, of), &cents) in leaving {
        if of != year || !is_of(plan.model, instance, fund, zone, year) {
            continue;
        }
        most += instance.share_of(share, scope, zone, year) * whole(cents);
    }
    most.floor()
}

/// Whether carried money is money the floor speaks of: a pool for a base of all zones, or money of its zones. A bound that names its
/// own funds or years speaks of other money than that which could meet it later.
pub(crate) fn is_of(
    model: &Model,
    instance: &Instance<'_>,
    fund: FundIdx,
    zone: Option<ZoneIdx>,
    year: Year,
) -> bool {
    let Bound::ShareOf { share, scope, .. } = &instance.rule.bound else {
        return false;
    };
    instance.is_of_fund(scope, fund)
        && !scope.own.fund
        && !scope.own.year
        && match zone {
            Some(zone) => instance.base_pairs.binary_search(&(zone, year)).is_ok(),
            None => instance.is_whole(model, share, scope),
        }
}
