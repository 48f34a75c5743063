//! Prices of funds.

use std::num::NonZeroUsize;

use super::side::{Effort, Looked, Walk};
use super::{FundPrice, Side};
use crate::explain::GoalValue;
use crate::explain::before_cents::BeforeCents;
use crate::explain::change::{Purse, with_amount};
use crate::explain::ground::{Advanced, ExplainError, Ground, on_threads};
use crate::lp::LinearProgram;
use crate::model::{Assigned, FundIdx, Model};
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
    let lines = on_threads(threads, purses, &|| (), |purse| Line::of(ground, *purse))?;
    let sides: Vec<(&Line<'_>, bool)> = lines
        .iter()
        .flat_map(|line| [(line, true), (line, false)])
        .collect();
    let found = on_threads(threads, &sides, advanced, |(line, more)| {
        line.side(*more, effort)
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

/// A purse and its amount, which moves.
struct Line<'g> {
    ground: &'g Ground,
    purse: Purse,
    amount: i64,
    /// In how many parts it is split to whole cents.
    parts: i64,
    /// The bounds before cents, and what the goals are there as the amount is.
    before: Option<(BeforeCents, Vec<GoalValue>)>,
}

impl<'g> Line<'g> {
    fn of(ground: &'g Ground, purse: Purse) -> Self {
        let model = ground.model();
        let amount = purse.amount(model).unwrap_or(Euro::ZERO).cents();
        let mut line = Self {
            ground,
            purse,
            amount,
            parts: purse.parts(model),
            before: None,
        };
        let program = |cents| ground.base().program_of(&line.model(cents)?);
        let before = BeforeCents::new(
            (model, ground.base().program()),
            &[purse.fund],
            (amount, line.parts),
            program,
        );
        line.before = before.and_then(|before| {
            let rounds = !before
                .nudges(model, ground.base().program(), amount)
                .is_empty();
            let now = if rounds {
                line.goals(&before, amount).ok()?
            } else {
                ground.now().to_vec()
            };
            Some((before, now))
        });
        line
    }

    fn model(&self, cents: i64) -> Option<Model> {
        with_amount(self.ground.model(), self.purse, Euro::from_cents(cents))
    }

    /// The goals at an amount, and what their multipliers allow them at the amount as it is.
    fn looked(&self, before: &BeforeCents, cents: i64) -> Looked {
        let base = self.ground.base().program();
        let moved = |cents| before.moved(base, cents);
        match (moved(cents), moved(self.amount)) {
            (Some(nudges), Some(here)) => self.ground.near_moved_beside(nudges, &here),
            _ => self.goals(before, cents).map(|goals| (goals, Vec::new())),
        }
    }

    fn goals(&self, before: &BeforeCents, cents: i64) -> Result<Vec<GoalValue>, SolveError> {
        if let Some(nudges) = before.moved(self.ground.base().program(), cents) {
            return self.ground.near_moved(nudges);
        }
        let model = self.model(cents).ok_or_else(out_of_range)?;
        let nudges = |program: &LinearProgram| before.nudges(&model, program, cents);
        self.ground.near_before_cents(&model, nudges)
    }

    fn side(&self, more: bool, effort: Effort) -> Side {
        let at = |ticks: i64| {
            let moved = if more {
                self.amount.checked_add(ticks)
            } else {
                self.amount.checked_sub(ticks)
            };
            let cents = moved.ok_or_else(out_of_range)?;
            match &self.before {
                Some((before, _)) => self.looked(before, cents),
                None => {
                    let model = self.model(cents).ok_or_else(out_of_range)?;
                    self.ground.near(&model).map(|goals| (goals, Vec::new()))
                }
            }
        };
        // A fund that has nothing has no columns either, and whole numbers would be chosen anew.
        let most = match (more, self.amount) {
            (true, 0) => FROM_NOTHING,
            (true, amount) => amount,
            (false, amount) if self.ground.whole_fixed() => amount.saturating_sub(self.parts),
            (false, amount) => amount,
        };
        let (parts, now) = match &self.before {
            Some((_, now)) => (0, now.as_slice()),
            None => (self.parts, self.ground.now()),
        };
        Walk {
            per: CENTS,
            most,
            parts,
            effort,
            now,
            at: &at,
        }
        .side()
    }
}

fn out_of_range() -> SolveError {
    SolveError::Failed(Fault::OutOfRange)
}
