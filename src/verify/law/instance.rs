//! Instances of rules: for which place each speaks, what it measures there and what it asks.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::model::{
    ActionIdx, Base, Bound, FundIdx, Model, Quantity, Rule, Selection, Share, ZoneIdx,
};
use crate::units::Year;
use crate::verify::codes::{Cell, Place};
use crate::verify::report::{Said, said};

use super::exact::{self, Q, whole};
use super::plan::{Plan, zone_exists};

/// A zone in a year.
pub(crate) type Pair = (ZoneIdx, Year);

/// One instance of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Instance<'m> {
    pub(crate) rule: &'m Rule,
    pub(crate) place: Place,
    /// Zones and years it speaks of, ascending.
    pub(crate) pairs: Rc<[Pair]>,
    /// Whether it is not enforced.
    pub(crate) waived: bool,
}

/// The instances of a rule, in order of place.
pub(crate) fn instances(rule: &Rule) -> Vec<Instance<'_>> {
    let selection = &rule.measure.selection;
    let mut groups: BTreeMap<(Option<ZoneIdx>, Option<Year>), Vec<Pair>> = BTreeMap::new();
    for &(zone, year) in &rule.scope {
        if selection.zones.contains(&zone) {
            let key = (
                rule.for_each.zone.then_some(zone),
                rule.for_each.year.then_some(year),
            );
            groups.entry(key).or_default().push((zone, year));
        }
    }
    let groups: Vec<_> = groups
        .into_iter()
        .map(|(key, mut pairs)| {
            pairs.sort_unstable();
            (key, Rc::<[Pair]>::from(pairs))
        })
        .collect();
    let mut instances = Vec::new();
    for fund in each(rule.for_each.fund, &selection.funds) {
        for action in each(rule.for_each.action, &selection.actions) {
            for ((zone, year), pairs) in &groups {
                let place = Place {
                    fund,
                    action,
                    zone: *zone,
                    year: *year,
                };
                instances.push(Instance {
                    rule,
                    place,
                    pairs: Rc::clone(pairs),
                    waived: is_waived(rule, &place),
                });
            }
        }
    }
    instances
}

fn each<T: Copy>(split: bool, all: &[T]) -> Vec<Option<T>> {
    if split {
        all.iter().copied().map(Some).collect()
    } else {
        vec![None]
    }
}

fn is_waived(rule: &Rule, place: &Place) -> bool {
    rule.waived.as_ref().is_some_and(|waiver| {
        let zone = waiver.zones.is_empty() || place.zone.is_some_and(|z| waiver.zones.contains(&z));
        let year = waiver.years.is_empty() || place.year.is_some_and(|y| waiver.years.contains(&y));
        zone && year
    })
}

impl Instance<'_> {
    /// Whether a payment of a fund for an action counts, under a selection, for this place.
    fn counts(
        &self,
        selection: &Selection,
        fund: FundIdx,
        action: ActionIdx,
        by_action: bool,
    ) -> bool {
        self.place.fund.is_none_or(|only| only == fund)
            && (!by_action || self.place.action.is_none_or(|only| only == action))
            && selection.funds.binary_search(&fund).is_ok()
            && selection.actions.binary_search(&action).is_ok()
    }

    /// Whether the measure counts a payment in one of its pairs.
    pub(crate) fn measures(&self, fund: FundIdx, action: ActionIdx) -> bool {
        self.counts(&self.rule.measure.selection, fund, action, true)
    }

    /// What the plan gives: cents, or units.
    pub(crate) fn value(&self, plan: &Plan<'_>) -> Q {
        if self.rule.measure.quantity.is_count() {
            return super::whole::counted(plan, self);
        }
        let mut cents = 0_i128;
        let mut units = exact::zero();
        for &(zone, year) in self.pairs.iter() {
            let mut by_cost: BTreeMap<i64, i128> = BTreeMap::new();
            for &(fund, action, paid) in plan.paid_in(zone, year) {
                if !self.measures(fund, action) {
                    continue;
                }
                let sum = match self.rule.measure.quantity {
                    Quantity::Euro => &mut cents,
                    _ => by_cost.entry(plan.unit_cost(action, year)).or_default(),
                };
                *sum = sum.saturating_add(i128::from(paid));
            }
            for (cost, paid) in by_cost {
                if cost > 0 {
                    units += whole(paid) / whole(i128::from(cost));
                }
            }
        }
        match self.rule.measure.quantity {
            Quantity::Euro => whole(cents),
            _ => units,
        }
    }

    /// What is asked: a known number and a part that the plan itself decides, in cents or units.
    ///
    /// # Errors
    /// When the base of a share is not known.
    pub(crate) fn bound(&self, plan: &Plan<'_>) -> Result<Q, Said> {
        Ok(self.known(plan.model)? + self.decided(plan) + super::whole::required(plan, self))
    }

    /// What is asked by the model alone, in cents or units.
    ///
    /// # Errors
    /// When the base of a share is not known.
    pub(crate) fn known(&self, model: &Model) -> Result<Q, Said> {
        let hundred = match self.rule.measure.quantity {
            Quantity::Euro => whole(100),
            _ => whole(1),
        };
        let mut known = exact::zero();
        match &self.rule.bound {
            Bound::Constant(value) => known = exact::of(value) * hundred,
            Bound::ByZone(values) => {
                let mut first: BTreeMap<ZoneIdx, Year> = BTreeMap::new();
                for &(zone, year) in self.pairs.iter() {
                    first.entry(zone).or_insert(year);
                }
                for pair in first {
                    if let Some(value) = values.get(&pair) {
                        known += exact::of(value) * &hundred;
                    }
                }
            }
            Bound::ShareOf {
                base,
                share,
                selection,
            } => {
                for part in self.base(model, *base, share, selection)? {
                    known += share_at(share, part.zone, part.year) * whole(part.cents);
                }
            }
            Bound::Excludes(_) => known = whole(1),
            Bound::Band { .. } | Bound::Requires(_) => {}
        }
        Ok(known)
    }

    /// The known amounts of the base, with the zone and year whose share applies.
    ///
    /// # Errors
    /// When a pool has no formula for the share of a zone.
    pub(crate) fn base(
        &self,
        model: &Model,
        base: Base,
        share: &Share,
        selection: &Selection,
    ) -> Result<Vec<Part>, Said> {
        match base {
            Base::Allocated => Ok(Vec::new()),
            Base::Assigned => self.assigned(model, share, selection),
            Base::Demand => Ok(self.demand(model, selection)),
            Base::LastYear => Ok(self.previous(model, selection)),
        }
    }

    fn assigned(
        &self,
        model: &Model,
        share: &Share,
        selection: &Selection,
    ) -> Result<Vec<Part>, Said> {
        let by_zone = self.place.zone.is_some()
            || matches!(share, Share::ByZone(_))
            || !self.speaks_of_all_zones(model);
        let mut parts = Vec::new();
        for &fund in &selection.funds {
            if self.place.fund.is_some_and(|only| only != fund) {
                continue;
            }
            if by_zone {
                for &(zone, year) in self.pairs.iter() {
                    let Some(money) = model.money.get(&(fund, year)) else {
                        continue;
                    };
                    let own = match &money.assigned {
                        crate::model::Assigned::Zones(zones) => {
                            Some(zones.get(&zone).map_or(0, |euro| euro.cents()))
                        }
                        crate::model::Assigned::Pool(_) => model
                            .formula
                            .get(&(fund, zone, year))
                            .map(|euro| euro.cents()),
                    };
                    let Some(cents) = own else {
                        let code = model.funds.get(fund.index()).map_or("", |f| f.id.as_str());
                        return Err(said!(
                            "la quota di zona del fondo `{code}` non è nota: manca la formula di riparto",
                            "the zone's part of fund `{code}` is not known: there is no formula"
                        ));
                    };
                    parts.push(Part {
                        cents: i128::from(cents),
                        zone: Some(zone),
                        year,
                    });
                }
            } else {
                for year in self.years() {
                    if let Some(money) = model.money.get(&(fund, year)) {
                        parts.push(Part {
                            cents: i128::from(money.total.cents()),
                            zone: None,
                            year,
                        });
                    }
                }
            }
        }
        Ok(parts)
    }

    /// The years of the instance, ascending.
    pub(crate) fn years(&self) -> Vec<Year> {
        let mut years: Vec<Year> = self.pairs.iter().map(|pair| pair.1).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    fn speaks_of_all_zones(&self, model: &Model) -> bool {
        self.years().iter().all(|&year| {
            (0..model.zones.len())
                .map(ZoneIdx::new)
                .filter(|&zone| zone_exists(model, zone, year))
                .all(|zone| self.pairs.binary_search(&(zone, year)).is_ok())
        })
    }

    fn demand(&self, model: &Model, selection: &Selection) -> Vec<Part> {
        let only = self.place.action;
        let actions = selection.actions.iter().copied();
        let mut parts = Vec::new();
        for action in actions.filter(|&action| only.is_none_or(|only| only == action)) {
            for &(zone, year) in self.pairs.iter() {
                // Demands are in order of action, zone, year.
                let spot = (action, zone, year);
                let first = model
                    .demands
                    .partition_point(|d| (d.action, d.zone, d.year) < spot);
                let own = model.demands.iter().skip(first);
                for demand in own.take_while(|d| (d.action, d.zone, d.year) == spot) {
                    parts.extend(demand.euro.map(|euro| Part {
                        cents: i128::from(euro.cents()),
                        zone: Some(zone),
                        year,
                    }));
                }
            }
        }
        parts
    }

    /// The allocation of the year before the plan, as far as the instance speaks of the plan's first year.
    fn previous(&self, model: &Model, selection: &Selection) -> Vec<Part> {
        let mut parts = Vec::new();
        for &(zone, year) in self
            .pairs
            .iter()
            .filter(|pair| model.years.first() == Some(&pair.1))
        {
            for &fund in &selection.funds {
                for &action in &selection.actions {
                    let before = year.saturating_sub(1);
                    if let Some(euro) = model.previous.get(&(fund, action, zone, before))
                        && self.counts(selection, fund, action, true)
                    {
                        parts.push(Part {
                            cents: i128::from(euro.cents()),
                            zone: Some(zone),
                            year,
                        });
                    }
                }
            }
        }
        parts
    }

    /// Whether the base counts a payment, in which year its share is read, and which.
    fn base_counts(&self, base: Base, selection: &Selection, cell: Cell) -> Option<Pair> {
        let (fund, action, zone, year) = cell;
        let (year, by_action) = match base {
            Base::Allocated => (year, false),
            Base::LastYear => (year.saturating_add(1), true),
            Base::Assigned | Base::Demand => return None,
        };
        let counted = self.counts(selection, fund, action, by_action)
            && self.pairs.binary_search(&(zone, year)).is_ok();
        counted.then_some((zone, year))
    }

    /// The share of a cell of the ledger that the bound asks for: zero where the base does not count it.
    pub(crate) fn asked_of(&self, cell: Cell) -> Q {
        let Bound::ShareOf {
            base,
            share,
            selection,
        } = &self.rule.bound
        else {
            return exact::zero();
        };
        match self.base_counts(*base, selection, cell) {
            Some((zone, year)) => share_at(share, Some(zone), year),
            None => exact::zero(),
        }
    }

    /// How many years before an instance's own the base of its share looks at the plan, if it does.
    pub(crate) fn looks_back(&self) -> Option<i32> {
        match &self.rule.bound {
            Bound::ShareOf {
                base: Base::Allocated,
                ..
            } => Some(0),
            Bound::ShareOf {
                base: Base::LastYear,
                ..
            } => Some(1),
            _ => None,
        }
    }

    fn decided(&self, plan: &Plan<'_>) -> Q {
        let Some(back) = self.looks_back() else {
            return exact::zero();
        };
        let mut decided = exact::zero();
        for &(zone, year) in self.pairs.iter() {
            let paid_year = year.saturating_sub(back);
            for &(fund, action, paid) in plan.paid_in(zone, paid_year) {
                let share = self.asked_of((fund, action, zone, paid_year));
                if share != exact::zero() {
                    decided += share * whole(i128::from(paid));
                }
            }
        }
        decided
    }
}

/// A known amount of a base.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) cents: i128,
    pub(crate) zone: Option<ZoneIdx>,
    pub(crate) year: Year,
}

/// The share that applies in a zone and year.
pub(crate) fn share_at(share: &Share, zone: Option<ZoneIdx>, year: Year) -> Q {
    match share {
        Share::Constant(share) => exact::of(share),
        Share::ByZone(shares) => zone
            .and_then(|zone| shares.get(&(zone, year)))
            .map_or_else(exact::zero, exact::of),
    }
}
