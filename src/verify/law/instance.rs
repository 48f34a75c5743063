//! Instances of rules: for which place each speaks, what it measures there and what it asks.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::model::{
    ActionIdx, Base, BaseScope, Bound, FundIdx, Model, Quantity, Rule, Share, ZoneIdx,
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
    /// Zones and years that the base of its share counts, ascending; none where its bound is no share.
    pub(crate) base_pairs: Rc<[Pair]>,
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
    let mut bases = Bases::of(rule);
    let groups: Vec<_> = groups
        .into_iter()
        .map(|(key, mut pairs)| {
            pairs.sort_unstable();
            (key, Rc::<[Pair]>::from(pairs), bases.counted(key))
        })
        .collect();
    let mut instances = Vec::new();
    for fund in each(rule.for_each.fund, &selection.funds) {
        for action in each(rule.for_each.action, &selection.actions) {
            for ((zone, year), pairs, base_pairs) in &groups {
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
                    base_pairs: Rc::clone(base_pairs),
                    waived: is_waived(rule, &place),
                });
            }
        }
    }
    instances
}

/// The zones and years that bases count, each list made once.
struct Bases<'m> {
    scope: Option<&'m BaseScope>,
    lists: BTreeMap<(Option<ZoneIdx>, Option<Year>), Rc<[Pair]>>,
}

impl<'m> Bases<'m> {
    fn of(rule: &'m Rule) -> Self {
        let scope = match &rule.bound {
            Bound::ShareOf { scope, .. } => Some(scope),
            _ => None,
        };
        Self {
            scope,
            lists: BTreeMap::new(),
        }
    }

    /// For an instance of a zone and year: its own part, but all of what the bound names itself.
    fn counted(&mut self, (zone, year): (Option<ZoneIdx>, Option<Year>)) -> Rc<[Pair]> {
        let Some(scope) = self.scope else {
            return Rc::from([]);
        };
        let zone = if scope.own.zone { None } else { zone };
        let year = if scope.own.year { None } else { year };
        let list = self.lists.entry((zone, year)).or_insert_with(|| {
            let of_zone = match zone {
                None => scope.pairs.as_slice(),
                Some(zone) => {
                    let start = scope.pairs.partition_point(|pair| pair.0 < zone);
                    let end = scope.pairs.partition_point(|pair| pair.0 <= zone);
                    scope.pairs.get(start..end).unwrap_or_default()
                }
            };
            let in_year = |pair: &&Pair| year.is_none_or(|year| year == pair.1);
            of_zone.iter().filter(in_year).copied().collect()
        });
        Rc::clone(list)
    }
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
    /// Whether the measure counts a payment in one of its pairs.
    pub(crate) fn measures(&self, fund: FundIdx, action: ActionIdx) -> bool {
        let selection = &self.rule.measure.selection;
        self.place.fund.is_none_or(|only| only == fund)
            && self.place.action.is_none_or(|only| only == action)
            && selection.funds.binary_search(&fund).is_ok()
            && selection.actions.binary_search(&action).is_ok()
    }

    /// Whether the base of its share is of a fund.
    pub(crate) fn is_of_fund(&self, scope: &BaseScope, fund: FundIdx) -> bool {
        scope.funds.binary_search(&fund).is_ok()
            && (scope.own.fund || self.place.fund.is_none_or(|only| only == fund))
    }

    /// Whether the base of its share is of an action: what is assigned or allocated is that of all.
    fn is_of_action(&self, base: Base, scope: &BaseScope, action: ActionIdx) -> bool {
        let any = scope.own.action || matches!(base, Base::Assigned | Base::Allocated);
        scope.actions.binary_search(&action).is_ok()
            && (any || self.place.action.is_none_or(|only| only == action))
    }

    /// The share that applies to money of a zone and year: that of the instance, where the bound names zones or years itself.
    pub(crate) fn share_of(
        &self,
        share: &Share,
        scope: &BaseScope,
        zone: Option<ZoneIdx>,
        year: Year,
    ) -> Q {
        let zone = if scope.own.zone {
            self.place.zone
        } else {
            zone
        };
        let year = if scope.own.year {
            self.place.year
        } else {
            Some(year)
        };
        share_at(share, zone, year)
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
            Bound::ShareOf { base, share, scope } => {
                for part in self.base(model, *base, share, scope)? {
                    known += self.share_of(share, scope, part.zone, part.year) * whole(part.cents);
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
        scope: &BaseScope,
    ) -> Result<Vec<Part>, Said> {
        match base {
            Base::Allocated => Ok(Vec::new()),
            Base::Assigned => self.assigned(model, share, scope),
            Base::Demand => Ok(self.demand(model, scope)),
            Base::LastYear => Ok(self.previous(model, scope)),
        }
    }

    /// Whether its base counts every zone of each of its years: then a pool is meant as a whole.
    pub(crate) fn is_whole(&self, model: &Model, share: &Share, scope: &BaseScope) -> bool {
        let by_zone = self.place.zone.is_some() || matches!(share, Share::ByZone(_));
        if by_zone && !scope.own.zone {
            return false;
        }
        let counted = |zone: ZoneIdx, year: Year| self.base_pairs.binary_search(&(zone, year));
        years_of(&self.base_pairs).into_iter().all(|year| {
            let zones = (0..model.zones.len()).map(ZoneIdx::new);
            zones
                .filter(|&zone| zone_exists(model, zone, year))
                .all(|zone| counted(zone, year).is_ok())
        })
    }

    fn assigned(&self, model: &Model, share: &Share, scope: &BaseScope) -> Result<Vec<Part>, Said> {
        let by_zone = !self.is_whole(model, share, scope);
        let mut parts = Vec::new();
        for &fund in &scope.funds {
            if !self.is_of_fund(scope, fund) {
                continue;
            }
            if by_zone {
                for &(zone, year) in self.base_pairs.iter() {
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
                for year in years_of(&self.base_pairs) {
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
        years_of(&self.pairs)
    }

    fn demand(&self, model: &Model, scope: &BaseScope) -> Vec<Part> {
        let actions = scope.actions.iter().copied();
        let mut parts = Vec::new();
        for action in actions.filter(|&action| self.is_of_action(Base::Demand, scope, action)) {
            for &(zone, year) in self.base_pairs.iter() {
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

    /// The allocation of the year before the plan, as far as the base speaks of the plan's first year.
    fn previous(&self, model: &Model, scope: &BaseScope) -> Vec<Part> {
        let mut parts = Vec::new();
        for &(zone, year) in self
            .base_pairs
            .iter()
            .filter(|pair| model.years.first() == Some(&pair.1))
        {
            for &fund in &scope.funds {
                for &action in &scope.actions {
                    let before = year.saturating_sub(1);
                    if let Some(euro) = model.previous.get(&(fund, action, zone, before))
                        && self.is_of_fund(scope, fund)
                        && self.is_of_action(Base::LastYear, scope, action)
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

    /// Whether the base counts a payment, and in which zone and year its share is read.
    fn base_counts(&self, base: Base, scope: &BaseScope, cell: Cell) -> Option<Pair> {
        let (fund, action, zone, year) = cell;
        let year = match base {
            Base::Allocated => year,
            Base::LastYear => year.saturating_add(1),
            Base::Assigned | Base::Demand => return None,
        };
        let counted = self.is_of_fund(scope, fund)
            && self.is_of_action(base, scope, action)
            && self.base_pairs.binary_search(&(zone, year)).is_ok();
        counted.then_some((zone, year))
    }

    /// The share of a cell of the ledger that the bound asks for: zero where the base does not count it.
    pub(crate) fn asked_of(&self, cell: Cell) -> Q {
        let Bound::ShareOf { base, share, scope } = &self.rule.bound else {
            return exact::zero();
        };
        match self.base_counts(*base, scope, cell) {
            Some((zone, year)) => self.share_of(share, scope, Some(zone), year),
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
        for &(zone, year) in self.base_pairs.iter() {
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

fn years_of(pairs: &[Pair]) -> Vec<Year> {
    let mut years: Vec<Year> = pairs.iter().map(|pair| pair.1).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The share that applies in a zone and year.
pub(crate) fn share_at(share: &Share, zone: Option<ZoneIdx>, year: Option<Year>) -> Q {
    match share {
        Share::Constant(share) => exact::of(share),
        Share::ByZone(shares) => zone
            .zip(year)
            .and_then(|pair| shares.get(&pair))
            .map_or_else(exact::zero, exact::of),
    }
}
