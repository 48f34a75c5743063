//! What changes from a year to the next, computed from the model and the ledger.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Zero;

use crate::model::{ActionIdx, Goal, Model, ZoneIdx};
use crate::units::Year;

use super::exact::{self, Q, whole};
use super::plan::Plan;

/// An action in a zone and year.
type Spot = (ActionIdx, ZoneIdx, Year);

/// Cents of the year before the plan; `None` for actions that the tables do not speak of.
pub(crate) fn before(model: &Model, (action, zone, year): Spot) -> Option<i128> {
    let of_action = |at: &ActionIdx, of: Year| *at == action && of.saturating_add(1) == year;
    let rows = model.previous.iter();
    let mut rows = rows
        .filter(|((_, at, _, of), _)| of_action(at, *of))
        .peekable();
    rows.peek()?;
    let here = rows.filter(|((_, _, at, _), _)| *at == zone);
    Some(here.map(|(_, euro)| i128::from(euro.cents())).sum())
}

/// What a unit of an action costs in a year, in cents.
pub(crate) fn unit_cost(model: &Model, action: ActionIdx, year: Year) -> Option<i128> {
    let position = model.years.iter().position(|&of| of == year)?;
    let cost = model.actions.get(action.index())?.unit_cost.get(position)?;
    Some(i128::from(cost.cents()))
}

/// The spots in which something may be paid that year and the year before, or in the first year.
fn spots(plan: &Plan<'_>, goal: &Goal) -> BTreeSet<Spot> {
    let all = plan.pays.iter().map(|pay| {
        let (_, action, zone, year) = pay.cell;
        (action, zone, year)
    });
    let all: BTreeSet<Spot> = all.filter(|spot| goal.actions.contains(&spot.0)).collect();
    let first = plan.model.years.first().copied();
    let follows = |(action, zone, year): &Spot| {
        Some(*year) == first || all.contains(&(*action, *zone, year.saturating_sub(1)))
    };
    all.iter().filter(|spot| follows(spot)).copied().collect()
}

fn paid(plan: &Plan<'_>) -> BTreeMap<Spot, i128> {
    let mut paid: BTreeMap<Spot, i128> = BTreeMap::new();
    for (&(_, action, zone, year), &cents) in plan.ledger {
        let sum = paid.entry((action, zone, year)).or_default();
        *sum = sum.saturating_add(i128::from(cents));
    }
    paid
}

/// Cents by which what an action gets in a zone changes, over all years.
pub(crate) fn changed(plan: &Plan<'_>, goal: &Goal) -> Q {
    let paid = paid(plan);
    let at = |spot: Spot| paid.get(&spot).copied().unwrap_or(0);
    let first = plan.model.years.first().copied();
    let changes = spots(plan, goal).into_iter().filter_map(|spot| {
        let (action, zone, year) = spot;
        let earlier = if Some(year) == first {
            before(plan.model, spot)?
        } else {
            at((action, zone, year.saturating_sub(1)))
        };
        Some(at(spot).saturating_sub(earlier).saturating_abs())
    });
    whole(changes.sum())
}

/// What closes from year to year, in whole cents of the later year, rounded up.
pub(crate) fn closed(plan: &Plan<'_>, goal: &Goal) -> Q {
    let paid = paid(plan);
    let at = |spot: Spot| whole(paid.get(&spot).copied().unwrap_or(0));
    let first = plan.model.years.first().copied();
    let mut sum = exact::zero();
    for spot in spots(plan, goal) {
        let (action, zone, year) = spot;
        let earlier = year.saturating_sub(1);
        let costs = (
            unit_cost(plan.model, action, year),
            unit_cost(plan.model, action, earlier),
        );
        if let ((Some(next), Some(cost)), false) = (costs, Some(year) == first) {
            let kept = at((action, zone, earlier)) * whole(next) / whole(cost.max(1));
            sum += (kept - at(spot)).ceil().max(Q::zero());
        }
    }
    sum
}
