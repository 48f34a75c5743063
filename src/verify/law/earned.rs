//! Money that units earn, computed again from the ledger: `[[income]]` on units.

use std::collections::BTreeMap;

use num_traits::{ToPrimitive, Zero};

use crate::model::{Assigned, Confidence, Earning, Model, ZoneIdx};
use crate::units::{Euro, Year};
use crate::verify::ledger::Ledger;

use super::exact::{self, Q, whole};
use super::plan::zone_exists;

/// The model with the money that the units of a ledger earn.
pub(crate) fn with_earned(model: &Model, ledger: &Ledger) -> Model {
    let units = |earning: &Earning, zone: ZoneIdx, year: Year| {
        let cost = cost(model, earning, year);
        let paid: i128 = ledger
            .iter()
            .filter(|((_, action, at, of), _)| (*action, *at, *of) == (earning.action, zone, year))
            .map(|(_, &cents)| i128::from(cents))
            .sum();
        (whole(paid) / whole(cost)).floor()
    };
    with_income(model, units)
}

/// The model with the most that its units can earn.
pub(crate) fn with_most(model: &Model) -> Model {
    let units = |earning: &Earning, zone: ZoneIdx, year: Year| {
        let own = model
            .demands
            .iter()
            .find(|d| (d.action, d.zone, d.year) == (earning.action, zone, year));
        match own {
            None => exact::zero(),
            Some(demand) if demand.euro.is_some() => exact::of(&demand.units).floor(),
            Some(_) => {
                let ends = earning
                    .bands
                    .iter()
                    .filter_map(|band| band.to.get(&(zone, year)));
                ends.map(exact::of).max().unwrap_or_else(exact::zero).ceil()
            }
        }
    };
    with_income(model, units)
}

fn cost(model: &Model, earning: &Earning, year: Year) -> i128 {
    let position = model.years.iter().position(|&of| of == year);
    let cost = position.and_then(|position| {
        let action = model.actions.get(earning.action.index())?;
        action.unit_cost.get(position)
    });
    cost.map_or(1, |cost| i128::from(cost.cents()).max(1))
}

fn with_income(model: &Model, units: impl Fn(&Earning, ZoneIdx, Year) -> Q) -> Model {
    let mut with = model.clone();
    for earning in &model.earnings {
        for &paid in &model.years {
            let year = paid.saturating_sub(earning.lag);
            if !model.years.contains(&year) {
                continue; // what was earned before the plan is in its data
            }
            for zone in (0..model.zones.len()).map(ZoneIdx::new) {
                if zone_exists(model, zone, paid) && zone_exists(model, zone, year) {
                    let euro = earned(earning, zone, year, &units(earning, zone, year));
                    add(&mut with, earning, zone, paid, euro);
                }
            }
        }
    }
    with
}

/// Cents earned: for what lies within each band, rounded half up together.
fn earned(earning: &Earning, zone: ZoneIdx, year: Year, units: &Q) -> i64 {
    let at = |numbers: &BTreeMap<(ZoneIdx, Year), crate::units::Exact>| {
        numbers
            .get(&(zone, year))
            .map_or_else(exact::zero, exact::of)
    };
    let number = at(&earning.already) + units;
    let mut cents = Q::zero();
    for band in &earning.bands {
        let (from, to) = (at(&band.from), at(&band.to));
        let within = number.clone().min(to) - from;
        if within > exact::zero() {
            cents += within * whole(i128::from(band.euro.cents()));
        }
    }
    let half = whole(1) / whole(2);
    (cents + half).floor().to_integer().to_i64().unwrap_or(0)
}

fn add(model: &mut Model, earning: &Earning, zone: ZoneIdx, year: Year, cents: i64) {
    let Some(money) = model.money.get_mut(&(earning.fund, year)) else {
        return;
    };
    let Assigned::Zones(zones) = &mut money.assigned else {
        return;
    };
    let sum = |before: Euro| Euro::from_cents(before.cents().saturating_add(cents));
    let own = zones.entry(zone).or_default();
    *own = sum(*own);
    money.total = sum(money.total);
    let derived = money.by_confidence.entry(Confidence::Derived).or_default();
    *derived = sum(*derived);
}
