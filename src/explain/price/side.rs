//! One side of a price: a step that says the same as a smaller one, and how far it goes on saying it.

use num_traits::Signed;

use super::{OnSide, Rate, Side};
use crate::explain::ground::{changes, decimals, rounded};
use crate::explain::{GoalChange, GoalKey, GoalValue};
use crate::solve::SolveError;
use crate::units::Exact;

/// How hard it is looked for where a rate ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// The end of the side is asked, and a few places between.
    Some,
    /// To the last tick, or nearly.
    Full,
}

impl Effort {
    fn places(self) -> usize {
        match self {
            Self::Some => 4,
            Self::Full => 32,
        }
    }
}

/// A walk away from where the plan is, in whole ticks: cents of an amount, thousandths of a unit.
pub(crate) struct Walk<'w> {
    /// Ticks of one euro or unit.
    pub(crate) per: i64,
    /// Largest walk, in ticks.
    pub(crate) most: i64,
    /// In how many parts a tick may have to be split, each of which is off by less than one.
    pub(crate) parts: i64,
    pub(crate) effort: Effort,
    pub(crate) now: &'w [GoalValue],
    /// The goals so many ticks away.
    pub(crate) at: &'w dyn Fn(i64) -> Result<Vec<GoalValue>, SolveError>,
}

/// What the solver may be off by, in euro or units of the goal: ten times what is seen.
const NOISE: (i128, i128) = (1, 100_000);

/// Of a goal that is no money: how far from its line, relative to the change.
const BENT: (i128, i128) = (1, 1_000);

/// A place that was looked at, with what the goals change by there.
struct Seen {
    ticks: i64,
    changes: Vec<GoalChange>,
}

impl Walk<'_> {
    /// What is on this side.
    pub(crate) fn side(&self) -> Side {
        let Some((large, small)) = self.steps() else {
            return Side::default();
        };
        self.found(large, small).unwrap_or_else(|why| Side {
            on: match why {
                SolveError::Infeasible => OnSide::NoPlan,
                _ => OnSide::Unknown,
            },
            ..Side::default()
        })
    }

    /// A large step (a thousand euro) and a small one (one euro), as the side and its cents allow.
    fn steps(&self) -> Option<(i64, i64)> {
        // A step that is split among zones must be far larger than the cents it is split to.
        let least = self
            .parts
            .checked_sub(1)?
            .checked_mul(1_000)?
            .max(self.per / 100)
            .max(1);
        let large = self.per.checked_mul(1_000)?.max(power_above(least));
        let fitting = |mut step: i64| {
            while step > self.most && step >= 10 {
                step /= 10;
            }
            (step <= self.most && step > 0).then_some(step)
        };
        let large = fitting(large)?;
        let small = (large / 1_000)
            .max(self.per.min(large / 10))
            .max(power_above(least).min(large / 10))
            .max(1);
        Some((large, small))
    }

    fn seen(&self, ticks: i64) -> Result<Seen, SolveError> {
        Ok(Seen {
            ticks,
            changes: changes(self.now, &(self.at)(ticks)?),
        })
    }

    fn found(&self, large: i64, small: i64) -> Result<Side, SolveError> {
        let mut near = self.seen(small)?;
        let mut split = false;
        let mut beyond = self.seen(large).ok();
        let mut step = large;
        // The largest of the steps that says the same as the small one: fewer digits of it are noise.
        let best = loop {
            match beyond {
                Some(seen) if self.agrees(&seen, &near, false) => break seen,
                // Off by no more than cents may be that a change is split to.
                Some(seen) if self.agrees(&seen, &near, true) => {
                    split = true;
                    break seen;
                }
                _ if step / 10 > near.ticks => {
                    step /= 10;
                    beyond = self.seen(step).ok();
                }
                // Not even the next to it: of the smallest step it is said what it is.
                _ => {
                    break std::mem::replace(
                        &mut near,
                        Seen {
                            ticks: 0,
                            changes: Vec::new(),
                        },
                    );
                }
            }
        };
        let places = self.places(&best, split);
        let rates = best.changes.iter().map(|change| {
            let (holds, is_end) = self.holds(change, &best, &places, split);
            Rate {
                key: change.key,
                change: self.rate(change, best.ticks),
                holds,
                is_end,
            }
        });
        Ok(Side {
            on: OnSide::Rates,
            rates: rates.collect(),
            step: self.units(best.ticks),
        })
    }

    /// Whether the small step says the same as the large one, of every goal.
    fn agrees(&self, large: &Seen, small: &Seen, split: bool) -> bool {
        large.changes.iter().all(|change| {
            small
                .changes
                .iter()
                .find(|other| other.key == change.key)
                .is_some_and(|other| {
                    self.on_line((change, large.ticks), (other, small.ticks), split)
                })
        })
    }

    /// Whether a change at `ticks` is on the line through another one; `split` allows for whole cents.
    fn on_line(
        &self,
        (line, at): (&GoalChange, i64),
        (change, ticks): (&GoalChange, i64),
        split: bool,
    ) -> bool {
        let slope = line.change / self.units(at);
        let expected = slope * self.units(ticks);
        let off = (change.change - expected).abs();
        let cents = if split { i128::from(self.parts) + 1 } else { 0 };
        let cents = Exact::new(cents, i128::from(self.per));
        let noise = Exact::new(NOISE.0, NOISE.1);
        let bent = if change.key.unit == "euro" {
            let one = Exact::from_integer(1);
            noise + cents * slope.abs().max(one)
        } else {
            // Goals that are no money count in hundred millionths of what a euro is: the noise of money, as a part of it.
            noise * Exact::new(1, 1_000_000)
                + cents * slope.abs()
                + expected.abs() * Exact::new(BENT.0, BENT.1)
        };
        off <= bent
    }

    /// More places on this side, from the end inwards, to see how far the line goes.
    fn places(&self, best: &Seen, split: bool) -> Vec<Seen> {
        let mut places = Vec::new();
        let holds_at = |seen: &Seen| self.agrees(best, seen, split);
        let (mut low, mut high) = (best.ticks, self.most);
        if high <= low {
            return places;
        }
        let end = self.seen(high);
        let reached = end.as_ref().is_ok_and(&holds_at);
        places.extend(end.ok());
        if reached {
            return places;
        }
        for _ in 0..self.effort.places() {
            let Some(between) = between(low, high) else {
                break;
            };
            match self.seen(between) {
                Ok(seen) => {
                    let holds = holds_at(&seen);
                    places.push(seen);
                    if holds { low = between } else { high = between }
                }
                Err(_) => high = between,
            }
        }
        places
    }

    /// How far one goal keeps to its line, among the places that were looked at.
    fn holds(&self, line: &GoalChange, best: &Seen, places: &[Seen], split: bool) -> (Exact, bool) {
        let mut looked: Vec<&Seen> = places.iter().collect();
        looked.sort_by_key(|seen| seen.ticks);
        let mut holds = best.ticks;
        for seen in looked {
            let keeps = seen
                .changes
                .iter()
                .find(|change| change.key == line.key)
                .is_some_and(|change| {
                    self.on_line((line, best.ticks), (change, seen.ticks), split)
                });
            if !keeps {
                break;
            }
            holds = holds.max(seen.ticks);
        }
        (self.units(holds), holds == self.most)
    }

    fn rate(&self, change: &GoalChange, ticks: i64) -> Exact {
        rounded(
            &(change.change / self.units(ticks)),
            decimals(&GoalKey { ..change.key }),
        )
    }

    fn units(&self, ticks: i64) -> Exact {
        Exact::new(i128::from(ticks), i128::from(self.per))
    }
}

/// The smallest power of ten that is not below.
fn power_above(least: i64) -> i64 {
    let mut power: i64 = 1;
    while power < least {
        power = power.saturating_mul(10);
        if power == i64::MAX {
            break;
        }
    }
    power
}

/// A place between two, nearer to the lower one where they are far apart; `None` where there is none, or it does not matter.
fn between(low: i64, high: i64) -> Option<i64> {
    let middle = if high / 4 > low {
        // In the middle of their digits.
        let product = i128::from(low.max(1)) * i128::from(high);
        i64::try_from(num_integer::Roots::sqrt(&product)).ok()?
    } else {
        low + (high - low) / 2
    };
    (middle > low && middle < high && (high - low) > low / 1_000_000).then_some(middle)
}
