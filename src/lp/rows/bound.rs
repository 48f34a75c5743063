//! The right side of a rule: a known amount, or shares of what the plan itself decides.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, Zero};

use crate::lp::builder::Builder;
use crate::lp::error::BuildError;
use crate::lp::program::Place;
use crate::model::{Base, Bound, FundIdx, Quantity, Rule, Selection, Share, ZoneIdx};
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
    let scope = match place.zone {
        // The scope is in order of zones: a country has hundreds, and as many instances of a rule.
        Some(only) => {
            let from = rule.scope.partition_point(|pair| pair.0 < only);
            let to = rule.scope.partition_point(|pair| pair.0 <= only);
            &rule.scope[from..to]
        }
        None => &rule.scope[..],
    };
    scope
        .iter()
        .copied()
        .filter(|&(zone, year)| {
            rule.measure.selection.zones.binary_search(&zone).is_ok()
                && place.year.is_none_or(|y| y == year)
        })
        .collect()
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
        Bound::ShareOf {
            base,
            share,
            selection,
        } => {
            let query = Query {
                builder,
                rule,
                place,
                selection,
            };
            for (amount, zone, year) in query.known(*base)? {
                let amount = Exact::from_integer(i128::from(amount));
                let part = share_at(share, zone, year)
                    .checked_mul(&amount)
                    .ok_or_else(overflow)?;
                side.known = side.known.checked_add(&amount).ok_or_else(overflow)?;
                side.constant = side.constant.checked_add(&part).ok_or_else(overflow)?;
            }
            side.cells = query.decided(*base, share);
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

/// The share that applies to money of a zone and year.
pub(crate) fn share_at(share: &Share, zone: Option<ZoneIdx>, year: Year) -> Exact {
    match share {
        Share::Constant(share) => *share,
        Share::ByZone(shares) => zone
            .and_then(|zone| shares.get(&(zone, year)).copied())
            .unwrap_or_else(Exact::zero),
    }
}

/// What the bound of one instance asks of the model.
struct Query<'a, 'm> {
    builder: &'a Builder<'m>,
    rule: &'a Rule,
    place: &'a Place,
    selection: &'a Selection,
}

impl Query<'_, '_> {
    fn funds(&self) -> impl Iterator<Item = FundIdx> + '_ {
        let fund = self.place.fund;
        self.selection
            .funds
            .iter()
            .copied()
            .filter(move |&f| fund.is_none_or(|only| only == f))
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
        let pairs = pairs_of(self.rule, self.place);
        let by_zone =
            self.place.zone.is_some() || self.share_is_by_zone() || !self.covers_all(&pairs);
        let mut amounts = Vec::new();
        for fund in self.funds() {
            if by_zone {
                for &(zone, year) in &pairs {
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
            } else {
                for &year in self.years() {
                    if let Some(money) = model.money.get(&(fund, year)) {
                        amounts.push((money.total.cents(), None, year));
                    }
                }
            }
        }
        Ok(amounts)
    }

    fn share_is_by_zone(&self) -> bool {
        matches!(
            &self.rule.bound,
            Bound::ShareOf {
                share: Share::ByZone(_),
                ..
            }
        )
    }

    /// Whether the instance speaks of every zone in each of its years: then the whole fund-year is meant.
    fn covers_all(&self, pairs: &[(ZoneIdx, Year)]) -> bool {
        let model = self.builder.model;
        self.years().iter().all(|&year| {
            model.zone_indices().all(|zone| {
                !model.zone(zone).exists_in(year) || pairs.binary_search(&(zone, year)).is_ok()
            })
        })
    }

    fn years(&self) -> &[Year] {
        match &self.place.year {
            Some(year) => std::slice::from_ref(year),
            None => &self.rule.years,
        }
    }

    fn demand(&self) -> Vec<(i64, Option<ZoneIdx>, Year)> {
        let pairs = pairs_of(self.rule, self.place);
        let demands = &self.builder.model.demands;
        self.builder
            .by_zone
            .demands(self.place.zone, demands.len())
            .map(|position| &demands[position])
            .filter(|demand| {
                self.selection.actions.binary_search(&demand.action).is_ok()
                    && self.place.action.is_none_or(|a| a == demand.action)
                    && pairs.binary_search(&(demand.zone, demand.year)).is_ok()
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
        let pairs = pairs_of(self.rule, self.place);
        let action = self.place.action;
        let mut amounts = Vec::new();
        for fund in self.funds() {
            let actions = self.selection.actions.iter().copied();
            for action in actions.filter(|&of| action.is_none_or(|only| only == of)) {
                for &(zone, _) in pairs.iter().filter(|pair| pair.1 == first) {
                    let euro = model.previous.get(&(fund, action, zone, first - 1));
                    amounts.extend(euro.map(|euro: &Euro| (euro.cents(), Some(zone), first)));
                }
            }
        }
        amounts
    }

    /// Columns the bound is a share of, with the share that applies to each.
    fn decided(&self, base: Base, share: &Share) -> Vec<(usize, Exact)> {
        let shift = match base {
            Base::Allocated => 0,
            Base::LastYear => 1,
            Base::Assigned | Base::Demand => return Vec::new(),
        };
        let pairs = pairs_of(self.rule, self.place);
        let funds: Vec<FundIdx> = self.funds().collect();
        let mut cells = Vec::new();
        let pays = &self.builder.pays;
        for position in self.builder.by_zone.pays(self.place.zone, pays.len()) {
            let (column, fund, demand) = pays[position];
            let demand = &self.builder.model.demands[demand];
            let year = demand.year + shift;
            let counted = funds.contains(&fund)
                && self.selection.actions.binary_search(&demand.action).is_ok()
                && self
                    .place
                    .action
                    .is_none_or(|a| a == demand.action || !matches!(base, Base::LastYear))
                && pairs.binary_search(&(demand.zone, year)).is_ok();
            if counted {
                cells.push((column, share_at(share, Some(demand.zone), year)));
            }
        }
        cells
    }
}
