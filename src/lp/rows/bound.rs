//! The right side of a rule: a known amount, or shares of what the plan itself decides.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{CheckedAdd, CheckedMul, Zero};

use crate::lp::builder::Builder;
use crate::lp::error::BuildError;
use crate::lp::program::Place;
use crate::model::{ActionIdx, Base, BaseScope, Bound, FundIdx, Quantity, Rule, Share, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// `constant + sum(coefficient x column)`: in cents for euro, in units for units.
#[derive(Clone, Debug, Default)]
pub(crate) struct RightSide {
    pub(crate) constant: Exact,
    /// What `constant` is a share of, in cents; zero where it is no share.
    pub(crate) known: Exact,
    pub(crate) cells: Vec<(usize, Exact)>,
}

/// The pairs of zone and year an instance speaks of.
pub(crate) fn pairs_of(rule: &Rule, place: &Place) -> Vec<(ZoneIdx, Year)> {
    let zones = &rule.measure.selection.zones;
    let mut pairs = within(&rule.scope, place.zone, place.year);
    pairs.retain(|(zone, _)| zones.binary_search(zone).is_ok());
    pairs
}

/// The pairs of zone and year that the base of an instance counts.
pub(crate) fn base_pairs(scope: &BaseScope, place: &Place) -> Vec<(ZoneIdx, Year)> {
    let own = scope.own;
    within(
        &scope.pairs,
        place.zone.filter(|_| !own.zone),
        place.year.filter(|_| !own.year),
    )
}

/// Those of some pairs, in order, that are of a zone and year.
fn within(
    pairs: &[(ZoneIdx, Year)],
    zone: Option<ZoneIdx>,
    year: Option<Year>,
) -> Vec<(ZoneIdx, Year)> {
    let of_zone = match zone {
        // Pairs are in order of zones: a country has hundreds, and as many instances of a rule.
        Some(only) => {
            let from = pairs.partition_point(|pair| pair.0 < only);
            let to = pairs.partition_point(|pair| pair.0 <= only);
            &pairs[from..to]
        }
        None => pairs,
    };
    let in_year = |pair: &&(ZoneIdx, Year)| year.is_none_or(|only| only == pair.1);
    of_zone.iter().filter(in_year).copied().collect()
}

/// Whether the base of an instance counts every zone of each of its years: then a pool is meant as a whole.
pub(crate) fn is_whole(
    builder: &Builder<'_>,
    scope: &BaseScope,
    share: &Share,
    place: &Place,
    pairs: &[(ZoneIdx, Year)],
) -> bool {
    let of_a_zone = place.zone.is_some() || matches!(share, Share::ByZone(_));
    if of_a_zone && !scope.own.zone {
        return false;
    }
    let model = builder.model;
    years_of(pairs).iter().all(|&year| {
        model.zone_indices().all(|zone| {
            !model.zone(zone).exists_in(year) || pairs.binary_search(&(zone, year)).is_ok()
        })
    })
}

fn years_of(pairs: &[(ZoneIdx, Year)]) -> BTreeSet<Year> {
    pairs.iter().map(|pair| pair.1).collect()
}

/// The right side of one instance.
///
/// # Errors
/// [`BuildError`] when the base is not known or figures overflow.
pub(crate) fn right_side(
    builder: &Builder<'_>,
    rule: &Rule,
    place: &Place,
) -> Result<RightSide, BuildError> {
    let hundred = Exact::from_integer(match rule.measure.quantity {
        Quantity::Euro => 100,
        Quantity::Units | Quantity::ActiveZones | Quantity::Projects => 1,
    });
    let overflow = || BuildError::overflow(format!("bound of `{}`", rule.id));
    let mut side = RightSide::default();
    match &rule.bound {
        Bound::Constant(value) => {
            side.constant = value.checked_mul(&hundred).ok_or_else(overflow)?;
        }
        Bound::ByZone(values) => {
            for value in by_zone(rule, place, values) {
                let value = value.checked_mul(&hundred).ok_or_else(overflow)?;
                side.constant = side.constant.checked_add(&value).ok_or_else(overflow)?;
            }
        }
        Bound::Band { .. } | Bound::Excludes(_) | Bound::Requires(_) => {}
        Bound::ShareOf { base, share, scope } => {
            let query = Query {
                builder,
                rule,
                place,
                share,
                scope,
                pairs: base_pairs(scope, place),
            };
            for (amount, zone, year) in query.known(*base)? {
                let amount = Exact::from_integer(i128::from(amount));
                let part = query
                    .share_at(zone, year)
                    .checked_mul(&amount)
                    .ok_or_else(overflow)?;
                side.known = side.known.checked_add(&amount).ok_or_else(overflow)?;
                side.constant = side.constant.checked_add(&part).ok_or_else(overflow)?;
            }
            side.cells = query.decided(*base);
        }
    }
    Ok(side)
}

/// Values by zone summed over the zones of the instance: of its year, else of the rule's first year.
fn by_zone(rule: &Rule, place: &Place, values: &BTreeMap<(ZoneIdx, Year), Exact>) -> Vec<Exact> {
    let mut first: BTreeMap<ZoneIdx, Year> = BTreeMap::new();
    for (zone, year) in pairs_of(rule, place) {
        first.entry(zone).or_insert(year);
    }
    first
        .into_iter()
        .filter_map(|pair| values.get(&pair).copied())
        .collect()
}

/// The share that applies to money of a zone and year: where the bound names zones or years itself, that of the instance.
pub(crate) fn share_at(
    share: &Share,
    scope: &BaseScope,
    place: &Place,
    zone: Option<ZoneIdx>,
    year: Year,
) -> Exact {
    let zone = if scope.own.zone { place.zone } else { zone };
    let year = if scope.own.year {
        place.year
    } else {
        Some(year)
    };
    match share {
        Share::Constant(share) => *share,
        Share::ByZone(shares) => zone
            .zip(year)
            .and_then(|pair| shares.get(&pair).copied())
            .unwrap_or_else(Exact::zero),
    }
}

/// What the bound of one instance asks of the model.
struct Query<'a, 'm> {
    builder: &'a Builder<'m>,
    rule: &'a Rule,
    place: &'a Place,
    share: &'a Share,
    scope: &'a BaseScope,
    /// Zones and years of the base, ascending.
    pairs: Vec<(ZoneIdx, Year)>,
}

impl Query<'_, '_> {
    fn share_at(&self, zone: Option<ZoneIdx>, year: Year) -> Exact {
        share_at(self.share, self.scope, self.place, zone, year)
    }

    fn funds(&self) -> impl Iterator<Item = FundIdx> + '_ {
        let only = self.place.fund.filter(|_| !self.scope.own.fund);
        let funds = self.scope.funds.iter().copied();
        funds.filter(move |&fund| only.is_none_or(|only| only == fund))
    }

    /// The only action of the instance, where the base follows it: what is assigned or allocated is of all actions.
    fn only_action(&self, base: Base) -> Option<ActionIdx> {
        let follows = matches!(base, Base::Demand | Base::LastYear) && !self.scope.own.action;
        self.place.action.filter(|_| follows)
    }

    fn has_action(&self, base: Base, action: ActionIdx) -> bool {
        self.scope.actions.binary_search(&action).is_ok()
            && self.only_action(base).is_none_or(|only| only == action)
    }

    /// Known amounts in cents, with the zone and year whose share applies.
    fn known(&self, base: Base) -> Result<Vec<(i64, Option<ZoneIdx>, Year)>, BuildError> {
        match base {
            Base::Allocated => Ok(Vec::new()),
            Base::Assigned => self.assigned(),
            Base::Demand => Ok(self.demand()),
            Base::LastYear => Ok(self.previous()),
        }
    }

    fn assigned(&self) -> Result<Vec<(i64, Option<ZoneIdx>, Year)>, BuildError> {
        let model = self.builder.model;
        let whole = is_whole(
            self.builder,
            self.scope,
            self.share,
            self.place,
            &self.pairs,
        );
        let mut amounts = Vec::new();
        for fund in self.funds() {
            if whole {
                for year in years_of(&self.pairs) {
                    if let Some(money) = model.money.get(&(fund, year)) {
                        amounts.push((money.total.cents(), None, year));
                    }
                }
                continue;
            }
            for &(zone, year) in &self.pairs {
                let Some(money) = model.money.get(&(fund, year)) else {
                    continue;
                };
                let euro = money
                    .of_zone(zone)
                    .or_else(|| model.formula.get(&(fund, zone, year)).copied())
                    .ok_or_else(|| BuildError::NoFormula {
                        rule: self.rule.id.clone(),
                        fund: model.fund(fund).id.clone(),
                        zone: model.zone(zone).id.clone(),
                    })?;
                amounts.push((euro.cents(), Some(zone), year));
            }
        }
        Ok(amounts)
    }

    /// The only zone that the base counts, where it is that of the instance.
    fn only_zone(&self) -> Option<ZoneIdx> {
        self.place.zone.filter(|_| !self.scope.own.zone)
    }

    fn demand(&self) -> Vec<(i64, Option<ZoneIdx>, Year)> {
        let demands = &self.builder.model.demands;
        self.builder
            .by_zone
            .demands(self.only_zone(), demands.len())
            .map(|position| &demands[position])
            .filter(|demand| {
                self.has_action(Base::Demand, demand.action)
                    && self
                        .pairs
                        .binary_search(&(demand.zone, demand.year))
                        .is_ok()
            })
            .filter_map(|demand| {
                let euro = demand.euro?;
                Some((euro.cents(), Some(demand.zone), demand.year))
            })
            .collect()
    }

    /// Of the first year of the plan, `previous.csv`; the share is that of the year of the rule.
    fn previous(&self) -> Vec<(i64, Option<ZoneIdx>, Year)> {
        let model = self.builder.model;
        let Some(&first) = model.years.first() else {
            return Vec::new();
        };
        let mut amounts = Vec::new();
        for fund in self.funds() {
            let actions = self.scope.actions.iter().copied();
            for action in actions.filter(|&of| self.has_action(Base::LastYear, of)) {
                for &(zone, _) in self.pairs.iter().filter(|pair| pair.1 == first) {
                    let euro = model.previous.get(&(fund, action, zone, first - 1));
                    amounts.extend(euro.map(|euro: &Euro| (euro.cents(), Some(zone), first)));
                }
            }
        }
        amounts
    }

    /// Columns the bound is a share of, with the share that applies to each.
    fn decided(&self, base: Base) -> Vec<(usize, Exact)> {
        let shift = match base {
            Base::Allocated => 0,
            Base::LastYear => 1,
            Base::Assigned | Base::Demand => return Vec::new(),
        };
        let funds: Vec<FundIdx> = self.funds().collect();
        let mut cells = Vec::new();
        let pays = &self.builder.pays;
        for position in self.builder.by_zone.pays(self.only_zone(), pays.len()) {
            let (column, fund, demand) = pays[position];
            let demand = &self.builder.model.demands[demand];
            let year = demand.year + shift;
            let counted = funds.contains(&fund)
                && self.has_action(base, demand.action)
                && self.pairs.binary_search(&(demand.zone, year)).is_ok();
            if counted {
                cells.push((column, self.share_at(Some(demand.zone), year)));
            }
        }
        cells
    }
}
