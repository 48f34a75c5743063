//! Money of past years that may still be spent.
//!
//! Of an amount of year v the carry-over share may be spent later, until the deadline; the rest in v alone. Every year spends
//! first what dies first; money of a zone before money of the pool. What is left of the past years and still alive is carried.

use std::collections::BTreeMap;

use num_traits::CheckedDiv;

use super::spent::Spent;
use crate::model::{Assigned, FundIdx, Model, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// Money that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Code of the fund.
    pub fund: String,
    /// Code of the zone it belongs to; `None` for a pool.
    pub zone: Option<String>,
    /// The year it was assigned for.
    pub of_year: Year,
    /// The last year in which it may be spent; `None` without a deadline.
    pub until: Option<Year>,
    /// How much.
    pub euro: Euro,
    /// Whether it is in `amounts.csv` of the new model.
    pub written: bool,
}

/// Money that units of past years earned, and that arrives later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Earned {
    pub(super) fund: FundIdx,
    pub(super) zone: ZoneIdx,
    pub(super) of_year: Year,
    pub(super) year: Year,
    pub(super) euro: Euro,
}

/// More spent than there was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Over {
    pub(super) fund: FundIdx,
    pub(super) year: Year,
    pub(super) cents: i128,
}

/// Cents spent by fund, zone and year.
pub(super) type BySpender = BTreeMap<(FundIdx, ZoneIdx, Year), i128>;

type Purse = (FundIdx, Option<ZoneIdx>);

/// What was spent, by whom, as indices of the model; a zone the model does not have is taken by the zone that replaces it.
pub(super) fn by_spender(model: &Model, spent: &Spent) -> BySpender {
    let mut cents = BySpender::new();
    for (((fund, _, zone), year), euro) in &spent.euro {
        let fund = model.fund_indices().find(|at| model.fund(*at).id == *fund);
        if let (Some(fund), Some(zone)) = (fund, zone_of(model, zone)) {
            let cell = cents.entry((fund, zone, *year)).or_default();
            *cell = cell.saturating_add(i128::from(euro.cents()));
        }
    }
    cents
}

fn zone_of(model: &Model, id: &str) -> Option<ZoneIdx> {
    let own = model.zone_indices().find(|at| model.zone(*at).id == id);
    let took = |at: &ZoneIdx| model.zone(*at).replaces.iter().any(|old| old == id);
    own.or_else(|| model.zone_indices().find(took))
}

/// A part of an amount with one lifetime; the first to die comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    /// `Year::MAX` is no deadline.
    until: Year,
    of: Year,
    /// From when it is there: later than `of` where it was carried into this plan.
    from: Year,
    cents: i128,
}

/// What is left of the years before `to`, and where more was spent than there was.
///
/// `tag` gives the year that the act of carried money names.
pub(super) fn left(
    model: &Model,
    spent: &BySpender,
    earned: &[Earned],
    to: Year,
    tag: impl Fn(&str) -> Option<Year>,
) -> (Vec<(Purse, Year, Year, i128)>, Vec<Over>) {
    let mut purses = parts(model, earned, to, tag);
    let mut over = Vec::new();
    for &year in model.years.iter().filter(|year| **year < to) {
        for fund in model.fund_indices() {
            let mut of_pool: i128 = 0;
            let of_year =
                |((of, _, at), _): &(&(FundIdx, ZoneIdx, Year), &i128)| *of == fund && *at == year;
            for (&(_, zone, _), &cents) in spent.iter().filter(of_year) {
                let own = purses.get_mut(&(fund, Some(zone)));
                let rest = spend(own, year, cents);
                of_pool = of_pool.saturating_add(rest);
            }
            let short = spend(purses.get_mut(&(fund, None)), year, of_pool);
            if short > 0 {
                let cents = short;
                over.push(Over { fund, year, cents });
            }
        }
    }
    let mut found = Vec::new();
    for (purse, parts) in purses {
        let mut by_age: BTreeMap<(Year, Year), i128> = BTreeMap::new();
        for part in parts
            .iter()
            .filter(|part| part.until >= to && part.cents > 0)
        {
            let sum = by_age.entry((part.of, part.until)).or_default();
            *sum = sum.saturating_add(part.cents);
        }
        found.extend(
            by_age
                .into_iter()
                .map(|((of, until), cents)| (purse, of, until, cents)),
        );
    }
    (found, over)
}

/// Takes money out of a purse; gives what it did not have.
fn spend(parts: Option<&mut Vec<Part>>, year: Year, cents: i128) -> i128 {
    let mut wanted = cents;
    let alive = |part: &&mut Part| part.from <= year && year <= part.until;
    for part in parts.into_iter().flatten().filter(alive) {
        let taken = part.cents.min(wanted);
        part.cents = part.cents.saturating_sub(taken);
        wanted = wanted.saturating_sub(taken);
    }
    wanted
}

fn parts(
    model: &Model,
    earned: &[Earned],
    to: Year,
    tag: impl Fn(&str) -> Option<Year>,
) -> BTreeMap<Purse, Vec<Part>> {
    let mut money: BTreeMap<(Purse, Year), i128> = BTreeMap::new();
    for (&(fund, year), of_year) in model.money.iter().filter(|((_, year), _)| *year < to) {
        match &of_year.assigned {
            Assigned::Pool(euro) => {
                money.insert(((fund, None), year), i128::from(euro.cents()));
            }
            Assigned::Zones(zones) => money.extend(
                zones
                    .iter()
                    .map(|(zone, euro)| (((fund, Some(*zone)), year), i128::from(euro.cents()))),
            ),
        }
    }
    for entry in earned.iter().filter(|entry| entry.year < to) {
        let purse = (entry.fund, Some(entry.zone));
        let cents = money.entry((purse, entry.year)).or_default();
        *cents = cents.saturating_add(i128::from(entry.euro.cents()));
    }
    let mut purses: BTreeMap<Purse, Vec<Part>> = BTreeMap::new();
    // What an earlier roll carried into this plan keeps its own age.
    for amount in model.amounts.iter().filter(|amount| amount.year < to) {
        let purse = (amount.fund, amount.zone);
        let (Some(of), Some(there)) = (tag(&amount.act), money.get_mut(&(purse, amount.year)))
        else {
            continue;
        };
        let cents = i128::from(amount.euro.cents()).min(*there);
        *there = there.saturating_sub(cents);
        let until = until(model, amount.fund, of).max(amount.year);
        purses.entry(purse).or_default().push(Part {
            until,
            of,
            from: amount.year,
            cents,
        });
    }
    for ((purse, year), cents) in money {
        let until = until(model, purse.0, year);
        if until < year {
            continue;
        }
        let moving = if until > year {
            share(cents, &model.fund(purse.0).carry_over)
        } else {
            0
        };
        let mut add = |until, cents| {
            purses.entry(purse).or_default().push(Part {
                until,
                of: year,
                from: year,
                cents,
            });
        };
        add(year, cents.saturating_sub(moving));
        add(until, moving);
    }
    purses.values_mut().for_each(|parts| parts.sort());
    purses
}

fn until(model: &Model, fund: FundIdx, of: Year) -> Year {
    let last = model.fund(fund).deadline.last_year_for(of);
    last.unwrap_or(Year::MAX)
}

/// A share of an amount, rounded down.
fn share(cents: i128, share: &Exact) -> i128 {
    let amount = i64::try_from(cents).map(Euro::from_cents).ok();
    let part = amount.and_then(|euro| euro.share_down(share));
    part.map_or(0, |euro| i128::from(euro.cents()))
        .clamp(0, cents.max(0))
}

/// What the units paid for in past years earned; `None` when figures overflow.
pub(super) fn earned(model: &Model, spent: &Spent, to: Year) -> Option<Vec<Earned>> {
    let mut found = Vec::new();
    for earning in &model.earnings {
        let action = model.action(earning.action);
        for (position, &year) in model.years.iter().enumerate() {
            let cost = action
                .unit_cost
                .get(position)
                .filter(|cost| **cost > Euro::ZERO);
            let Some(cost) = cost.filter(|_| year < to) else {
                continue;
            };
            for zone in model
                .zone_indices()
                .filter(|at| model.zone(*at).exists_in(year))
            {
                let paid = spent
                    .euro
                    .iter()
                    .filter(|((cell, of), _)| {
                        *of == year && cell.1 == action.id && cell.2 == model.zone(zone).id
                    })
                    .map(|(_, euro)| *euro);
                let units = Euro::checked_sum(paid)?
                    .to_exact()
                    .checked_div(&cost.to_exact())?;
                let all = earning.euro((zone, year), &units)?;
                let arrives = year.saturating_add(earning.lag);
                // What is there already earns in the new model as well.
                let euro = if arrives >= to {
                    let none = Exact::from_integer(0);
                    all.checked_sub(earning.euro((zone, year), &none)?)?
                } else {
                    all
                };
                if euro > Euro::ZERO {
                    found.push(Earned {
                        fund: earning.fund,
                        zone,
                        of_year: year,
                        year: arrives,
                        euro,
                    });
                }
            }
        }
    }
    Some(found)
}
