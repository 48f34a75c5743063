//! Prices of funds.

use std::num::NonZeroUsize;

use super::side::{Effort, Walk};
use super::{FundPrice, Side};
use crate::explain::change::{Purse, with_amount};
use crate::explain::ground::{Advanced, ExplainError, Ground, on_threads};
use crate::model::{Assigned, FundIdx};
use crate::solve::{Fault, SolveError};
use crate::units::Euro;

/// Cents of a euro.
const CENTS: i64 = 100;

/// What is looked at beyond a fund that has nothing, in cents: a hundred thousand euro.
const FROM_NOTHING: i64 = 10_000_000;

/// What one euro more or less is worth, of every fund and year or of some funds; in order of fund and year.
///
/// # Errors
/// [`ExplainError::Threads`].
pub fn fund_prices(
    ground: &Ground,
    funds: Option<&[FundIdx]>,
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Vec<FundPrice>, ExplainError> {
    let effort = if funds.is_some() {
        Effort::Full
    } else {
        Effort::Some
    };
    let purses: Vec<Purse> = ground
        .model()
        .money
        .keys()
        .filter(|(fund, _)| funds.is_none_or(|funds| funds.contains(fund)))
        .map(|&(fund, year)| Purse {
            fund,
            year,
            zone: None,
        })
        .collect();
    of(ground, &purses, effort, threads, advanced)
}

/// The same for each zone's own money, of funds whose money belongs to zones.
///
/// # Errors
/// [`ExplainError::Threads`].
pub fn zone_prices(
    ground: &Ground,
    funds: &[FundIdx],
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Vec<FundPrice>, ExplainError> {
    let mut purses = Vec::new();
    for (&(fund, year), money) in &ground.model().money {
        if let Assigned::Zones(zones) = &money.assigned
            && funds.contains(&fund)
        {
            let of_zone = |zone| Purse {
                fund,
                year,
                zone: Some(zone),
            };
            purses.extend(zones.keys().copied().map(of_zone));
        }
    }
    of(ground, &purses, Effort::Some, threads, advanced)
}

fn of(
    ground: &Ground,
    purses: &[Purse],
    effort: Effort,
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Vec<FundPrice>, ExplainError> {
    let sides: Vec<(Purse, bool)> = purses
        .iter()
        .flat_map(|&purse| [(purse, true), (purse, false)])
        .collect();
    let found = on_threads(threads, &sides, advanced, |&(purse, more)| {
        side(ground, purse, more, effort)
    })?;
    let mut found = found.into_iter();
    Ok(purses
        .iter()
        .map(|purse| FundPrice {
            fund: purse.fund,
            year: purse.year,
            zone: purse.zone,
            amount: purse.amount(ground.model()).unwrap_or(Euro::ZERO),
            more: found.next().unwrap_or_default(),
            less: found.next().unwrap_or_default(),
        })
        .collect())
}

fn side(ground: &Ground, purse: Purse, more: bool, effort: Effort) -> Side {
    let model = ground.model();
    let amount = purse.amount(model).unwrap_or(Euro::ZERO).cents();
    let at = |ticks: i64| {
        let moved = if more {
            amount.checked_add(ticks)
        } else {
            amount.checked_sub(ticks)
        };
        let changed = moved
            .map(Euro::from_cents)
            .and_then(|amount| with_amount(model, purse, amount));
        match changed {
            Some(changed) => ground.near(&changed),
            None => Err(SolveError::Failed(Fault::OutOfRange)),
        }
    };
    // A fund that has nothing has no columns either, and whole numbers would be chosen anew.
    let parts = purse.parts(model);
    let most = match (more, amount) {
        (true, 0) => FROM_NOTHING,
        (true, amount) => amount,
        (false, amount) if ground.whole_fixed() => amount.saturating_sub(parts),
        (false, amount) => amount,
    };
    Walk {
        per: CENTS,
        most,
        parts,
        effort,
        now: ground.now(),
        at: &at,
    }
    .side()
}
