//! What each fund has: its money year by year, what may be carried, until when.
//!
//! Of an amount of year v, `floor(carry_over x amount)` may be spent in v or later, until the deadline; the rest in v alone.
//! Spending the money that dies first, first, is best: if that schedule runs short, every schedule does, and what it leaves at
//! the end of a year is the most that can be left. Money of a zone pays for that zone only, and before money of the pool.

use std::collections::BTreeMap;

use num_traits::ToPrimitive;

use crate::model::{Assigned, Deadline, Fund, FundIdx, Model, ZoneIdx};
use crate::units::Year;
use crate::verify::codes::Place;
use crate::verify::report::{Tally, said};

use super::exact::{self, euro_text, whole};
use super::plan::Plan;

/// A part of an amount with one lifetime.
#[derive(Clone, Debug)]
struct Part {
    zone: Option<ZoneIdx>,
    from: Year,
    /// Last year in which it may be spent; `Year::MAX` is no deadline.
    until: Year,
    cents: i128,
}

/// What may leave a year for the next, at most, by fund, zone the money belongs to, and year.
pub(crate) type Leaving = BTreeMap<(FundIdx, Option<ZoneIdx>, Year), i128>;

/// The last year in which money of year `of` may be spent; `Year::MAX` is no deadline.
pub(crate) fn last_year(fund: &Fund, of: Year) -> Year {
    match fund.deadline {
        Deadline::YearsAfter(years) => of.saturating_add(Year::from(years)),
        Deadline::LastYear(year) => year,
        Deadline::Never => Year::MAX,
    }
}

/// The amounts of a fund: year, zone it belongs to, cents.
pub(crate) fn amounts(model: &Model, fund: FundIdx) -> Vec<(Year, Option<ZoneIdx>, i64)> {
    let mut amounts = Vec::new();
    for (&(of, year), money) in &model.money {
        if of == fund {
            match &money.assigned {
                Assigned::Pool(euro) => amounts.push((year, None, euro.cents())),
                Assigned::Zones(zones) => amounts.extend(
                    zones
                        .iter()
                        .map(|(&zone, euro)| (year, Some(zone), euro.cents())),
                ),
            }
        }
    }
    amounts
}

/// The part of an amount that may move on, in cents.
pub(crate) fn may_move(fund: &Fund, of: Year, cents: i64) -> i128 {
    if last_year(fund, of) <= of {
        return 0;
    }
    (exact::of(&fund.carry_over) * whole(i128::from(cents)))
        .floor()
        .to_integer()
        .to_i128()
        .unwrap_or(0)
        .clamp(0, i128::from(cents.max(0)))
}

fn parts(model: &Model, index: FundIdx, fund: &Fund) -> Vec<Part> {
    let mut parts = Vec::new();
    for (year, zone, cents) in amounts(model, index) {
        let until = last_year(fund, year);
        if until < year {
            continue;
        }
        let moving = may_move(fund, year, cents);
        parts.push(Part {
            zone,
            from: year,
            until: year,
            cents: i128::from(cents).saturating_sub(moving),
        });
        parts.push(Part {
            zone,
            from: year,
            until,
            cents: moving,
        });
    }
    // The first to die comes first; of one that dies with it, the zone's before the pool's.
    parts.sort_by_key(|part| (part.until, part.zone.is_none(), part.zone, part.from));
    parts
}

/// The most a fund can have at hand in each year if nothing was spent before: by zone the money belongs to, `None` for the pool.
pub(crate) fn at_hand(model: &Model, index: FundIdx) -> BTreeMap<(Option<ZoneIdx>, Year), i128> {
    let mut hands: BTreeMap<(Option<ZoneIdx>, Year), i128> = BTreeMap::new();
    let Some(fund) = model.funds.get(index.index()) else {
        return hands;
    };
    for part in parts(model, index, fund) {
        let alive = |year: &&Year| part.from <= **year && **year <= part.until;
        for &year in model.years.iter().filter(alive) {
            let hand = hands.entry((part.zone, year)).or_default();
            *hand = hand.saturating_add(part.cents);
        }
    }
    hands
}

/// Checks that no fund spends what it does not have; gives what may be left at the end of each year.
pub(crate) fn check(plan: &Plan<'_>) -> (Tally, Leaving) {
    let mut tally = Tally::new(
        "funds",
        said!(
            "nessun fondo spende più di quanto ha, né oltre la scadenza",
            "no fund spends more than it has, or beyond its deadline"
        ),
    );
    let mut leaving = Leaving::new();
    let mut spent: BTreeMap<(FundIdx, Year), BTreeMap<ZoneIdx, i128>> = BTreeMap::new();
    for (&(fund, _, zone, year), &cents) in plan.ledger {
        let sum = spent
            .entry((fund, year))
            .or_default()
            .entry(zone)
            .or_default();
        *sum = sum.saturating_add(i128::from(cents));
    }
    for (position, fund) in plan.model.funds.iter().enumerate() {
        let index = FundIdx::new(position);
        let mut parts = parts(plan.model, index, fund);
        for &year in &plan.model.years {
            tally.looked_at(1);
            let mut short: BTreeMap<Option<ZoneIdx>, i128> = BTreeMap::new();
            let by_zone = spent.remove(&(index, year)).unwrap_or_default();
            let any_of_zone = parts.iter().any(|part| part.zone.is_some());
            let mut from_pool = 0_i128;
            for (zone, cents) in by_zone {
                let missing = spend(&mut parts, year, Some(zone), cents);
                from_pool = from_pool.saturating_add(missing);
                if any_of_zone && missing > 0 {
                    short.insert(Some(zone), missing);
                }
            }
            let missing = spend(&mut parts, year, None, from_pool);
            if missing > 0 {
                report(plan, index, year, missing, &short, &mut tally);
            }
            for part in parts
                .iter()
                .filter(|part| part.from <= year && part.until > year)
            {
                let left = leaving.entry((index, part.zone, year)).or_default();
                *left = left.saturating_add(part.cents);
            }
        }
    }
    (tally, leaving)
}

/// Takes money of a zone (or of the pool) that may be spent in a year; gives what could not be found.
fn spend(parts: &mut [Part], year: Year, zone: Option<ZoneIdx>, cents: i128) -> i128 {
    let mut missing = cents;
    for part in parts {
        if part.zone == zone && part.from <= year && year <= part.until {
            let taken = part.cents.min(missing);
            part.cents = part.cents.saturating_sub(taken);
            missing = missing.saturating_sub(taken);
        }
    }
    missing
}

fn report(
    plan: &Plan<'_>,
    fund: FundIdx,
    year: Year,
    missing: i128,
    short: &BTreeMap<Option<ZoneIdx>, i128>,
    tally: &mut Tally,
) {
    let zones: Vec<Option<ZoneIdx>> = if short.is_empty() {
        vec![None]
    } else {
        short.keys().copied().collect()
    };
    for zone in zones {
        let place = Place {
            fund: Some(fund),
            action: None,
            zone,
            year: Some(year),
        };
        let amount = if short.len() == 1 {
            missing
        } else {
            short.get(&zone).copied().unwrap_or(missing)
        };
        let by = format!("{} euro", euro_text(&whole(amount)));
        let said = said!(
            "spende più di quanto ha, riporti e scadenze comprese",
            "spends more than it has, carry-over and deadlines included"
        );
        let excused = ["fund", "carry", "draw"]
            .iter()
            .any(|family| plan.is_family_excused(family, &place));
        if excused {
            tally.remark(plan.codes.text(&place), by, said);
        } else {
            tally.fail(plan.codes.text(&place), by, said);
        }
    }
}
