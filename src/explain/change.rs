//! The model with one thing other than it is.

use num_traits::CheckedMul;

use crate::model::riparto::largest_remainder;
use crate::model::{Assigned, Bound, FundIdx, Model, Share, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// Money of a fund that is moved together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Purse {
    /// The fund.
    pub fund: FundIdx,
    /// The year.
    pub year: Year,
    /// Of one zone.
    pub zone: Option<ZoneIdx>,
}

impl Purse {
    /// What it has; `None` where the fund has no money that year, or its money is not of zones.
    #[must_use]
    pub fn amount(&self, model: &Model) -> Option<Euro> {
        let money = model.money.get(&(self.fund, self.year))?;
        match self.zone {
            None => Some(money.total),
            Some(zone) => money.of_zone(zone),
        }
    }

    /// In how many parts a change of it is split to whole cents.
    #[must_use]
    pub fn parts(&self, model: &Model) -> i64 {
        match model
            .money
            .get(&(self.fund, self.year))
            .map(|m| &m.assigned)
        {
            Some(Assigned::Zones(zones)) if self.zone.is_none() => {
                i64::try_from(zones.len()).unwrap_or(i64::MAX)
            }
            _ => 1,
        }
    }
}

/// The model in which a purse has another amount; `None` where it cannot have that.
///
/// The money of a whole fund-year that belongs to zones is split among them by what each has, to the cent, and so is what the formula
/// gives each zone of a pool.
#[must_use]
pub fn with_amount(model: &Model, purse: Purse, amount: Euro) -> Option<Model> {
    if amount < Euro::ZERO {
        return None;
    }
    let mut changed = model.clone();
    let Purse { fund, year, zone } = purse;
    let money = changed.money.get_mut(&(fund, year))?;
    match (&mut money.assigned, zone) {
        (Assigned::Pool(_), Some(_)) => return None,
        (Assigned::Pool(pool), None) => {
            *pool = amount;
            money.total = amount;
            let of_zones: Vec<(ZoneIdx, Euro)> = (changed.formula.iter())
                .filter(|((f, _, y), _)| (*f, *y) == (fund, year))
                .map(|((_, zone, _), euro)| (*zone, *euro))
                .collect();
            for (zone, euro) in split(&of_zones, amount)? {
                changed.formula.insert((fund, zone, year), euro);
            }
        }
        (Assigned::Zones(zones), Some(zone)) => {
            let own = zones.entry(zone).or_default();
            let rest = money.total.checked_sub(*own)?;
            *own = amount;
            money.total = rest.checked_add(amount)?;
            if let Some(formula) = changed.formula.get_mut(&(fund, zone, year)) {
                *formula = amount;
            }
        }
        (Assigned::Zones(zones), None) => {
            let has: Vec<(ZoneIdx, Euro)> = zones.iter().map(|(z, e)| (*z, *e)).collect();
            money.total = amount;
            for (zone, euro) in split(&has, amount)? {
                zones.insert(zone, euro);
                if let Some(formula) = changed.formula.get_mut(&(fund, zone, year)) {
                    *formula = euro;
                }
            }
        }
    }
    Some(changed)
}

/// An amount split by what each had, by largest remainder; ties by the order of zones. Alike where none had anything.
fn split(has: &[(ZoneIdx, Euro)], amount: Euro) -> Option<Vec<(ZoneIdx, Euro)>> {
    let total: i128 = has.iter().map(|(_, euro)| i128::from(euro.cents())).sum();
    let weight = |euro: Euro| {
        let cents = i128::from(euro.cents());
        if total == 0 { 1 } else { cents }
    };
    let all: i128 = has.iter().map(|(_, euro)| weight(*euro)).sum();
    if all == 0 {
        return Some(Vec::new());
    }
    let part = |&(_, euro): &(ZoneIdx, Euro)| {
        let product = i128::from(amount.cents()).checked_mul(weight(euro))?;
        Some(Exact::new(product, all))
    };
    let parts: Vec<Exact> = has.iter().map(part).collect::<Option<_>>()?;
    let cents = largest_remainder(amount.cents(), &parts).ok()?;
    let zones = has.iter().map(|(zone, _)| *zone);
    Some(zones.zip(cents.into_iter().map(Euro::from_cents)).collect())
}

/// The model without some rules and matches, by code.
#[must_use]
pub fn without(model: &Model, ids: &[String]) -> Model {
    let mut changed = model.clone();
    changed.rules.retain(|rule| !ids.contains(&rule.id));
    changed.matches.retain(|of| !ids.contains(&of.id));
    changed
}

/// The model without some rules and matches in one zone, or everywhere. A match is left out everywhere or not at all.
#[must_use]
pub fn without_in(model: &Model, ids: &[String], zone: Option<ZoneIdx>) -> Model {
    let Some(zone) = zone else {
        return without(model, ids);
    };
    let mut changed = model.clone();
    for rule in changed
        .rules
        .iter_mut()
        .filter(|rule| ids.contains(&rule.id))
    {
        rule.scope.retain(|pair| pair.0 != zone);
    }
    changed
}

/// The model in which the bound of a rule is so many times what it is: its share, its quantity, the width of its band. `None` where there
/// is no such rule, it has no such bound, or figures overflow.
#[must_use]
pub fn with_bound(model: &Model, id: &str, times: Exact) -> Option<Model> {
    let mut changed = model.clone();
    let rule = changed.rules.iter_mut().find(|rule| rule.id == id)?;
    let scale = |value: &mut Exact| value.checked_mul(&times).map(|scaled| *value = scaled);
    match &mut rule.bound {
        Bound::Constant(value) | Bound::Band { share: value, .. } => scale(value)?,
        Bound::ByZone(values) => values.values_mut().try_for_each(scale)?,
        Bound::ShareOf { share, .. } => match share {
            Share::Constant(share) => scale(share)?,
            Share::ByZone(shares) => shares.values_mut().try_for_each(scale)?,
        },
        Bound::Excludes(_) | Bound::Requires(_) => return None,
    }
    Some(changed)
}
