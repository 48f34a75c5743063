//! One side of a price: a step that says the same as a smaller one, and how far it goes on saying it.

use std::collections::BTreeMap;

use num_traits::{CheckedDiv, CheckedMul, CheckedSub, Signed, Zero};

use super::{OnSide, Rate, Side};
use crate::explain::ground::{changes, decimals, noise, rounded};
use crate::explain::{GoalChange, GoalKey, GoalValue};
use crate::solve::SolveError;
use crate::units::Exact;

/// Pieces of a curve that are stepped over on the way back to where it left its line, at most.
const MOST_CROSSINGS: usize = 16;

/// How hard it is looked for where a rate ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// In steps of a hundred times as far.
    Some,
    /// To the tick.
    Full,
}

impl Effort {
    /// How many times as far is looked at next. A line is told from one that is no further than this: what its end is off by grows.
    fn times(self) -> i64 {
        match self {
            Self::Some => 100,
            Self::Full => 16,
        }
    }
}

/// A walk away from where the plan is, in whole ticks: cents of an amount, thousandths of a unit.
pub(crate) struct Walk<'w> {
    /// Ticks of one euro or unit.
    pub(crate) per: i64,
    /// Largest walk, in ticks.
    pub(crate) most: i64,
    /// In how many parts a tick may have to be split, each of which is off by less than one; none where nothing is rounded.
    pub(crate) parts: i64,
    pub(crate) effort: Effort,
    pub(crate) now: &'w [GoalValue],
    /// The goals so many ticks away.
    pub(crate) at: &'w dyn Fn(i64) -> Looked,
}

/// The goals at a place, and the most that their multipliers there allow each where the plan is; nothing where that is not known.
pub(crate) type Looked = Result<(Vec<GoalValue>, Vec<Exact>), SolveError>;

/// A place that was looked at, with what the goals change by there.
#[derive(Clone)]
struct Seen {
    ticks: i64,
    changes: Vec<GoalChange>,
    /// How far above the plan the multipliers of this place leave each goal there. Where that is nothing for all, all are lines from
    /// the plan to here. Empty where it is not known.
    above: Vec<Exact>,
}

impl Seen {
    fn change(&self, key: GoalKey) -> Option<GoalChange> {
        let mut changes = self.changes.iter();
        changes.find(|change| change.key == key).copied()
    }

    /// Whether all goals are lines from where the plan is to here.
    fn is_straight(&self) -> bool {
        self.is_straight_to(self.above.len())
    }

    /// Whether a goal and all before it are.
    fn is_straight_to(&self, goal: usize) -> bool {
        let pairs = self.above.iter().zip(&self.changes);
        let mut pairs = pairs.take(goal.saturating_add(1));
        !self.above.is_empty() && pairs.all(|(above, change)| above.abs() <= noise(&change.key))
    }
}

/// By tick; why not, where there is no plan or no answer.
type Places = BTreeMap<i64, Result<Seen, SolveError>>;

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
        let (goals, at_most) = (self.at)(ticks)?;
        let same = goals
            .iter()
            .map(|goal| goal.key)
            .eq(self.now.iter().map(|now| now.key));
        let pairs = at_most.iter().zip(self.now);
        let above = pairs.map(|(most, now)| most.checked_sub(&now.value));
        let above: Option<Vec<Exact>> = above.collect();
        Ok(Seen {
            ticks,
            changes: changes(self.now, &goals),
            above: above.filter(|_| same).unwrap_or_default(),
        })
    }

    /// A place, looked at once.
    fn place(&self, ticks: i64, places: &mut Places) -> Result<Seen, SolveError> {
        places
            .entry(ticks)
            .or_insert_with(|| self.seen(ticks))
            .clone()
    }

    fn found(&self, large: i64, small: i64) -> Result<Side, SolveError> {
        let mut places = Places::new();
        let (best, split) = match self.straight((large, small), &mut places) {
            Some(best) => (best, false),
            None => self.alike(large, small, &mut places)?,
        };
        let mut rates = Vec::new();
        for change in &best.changes {
            let holds = if self.is_mixed(change, &best, small, &mut places) {
                0
            } else {
                self.holds(change.key, &best, &mut places, split)
            };
            rates.push(Rate {
                key: change.key,
                change: self.rate(change, best.ticks),
                holds: self.units(holds),
                is_end: holds == self.most,
            });
        }
        Ok(Side {
            on: OnSide::Rates,
            rates,
            step: self.units(best.ticks.min(large)),
        })
    }

    /// Whether a goal bends within the smallest step, as far as that can be seen: its change is then what the whole step brings, and no
    /// line.
    fn is_mixed(&self, change: &GoalChange, best: &Seen, small: i64, places: &mut Places) -> bool {
        let within = small / 10;
        if best.ticks > small || self.parts > 0 || within == 0 || best.is_straight() {
            return false;
        }
        let near = self.look(within, change.key, places);
        near.is_some_and(|near| !self.on_line((&near, within), (change, small), false))
    }

    /// The furthest of the places up to which every goal is seen to be a line: all that is nearer need not be looked at.
    fn straight(&self, (large, small): (i64, i64), places: &mut Places) -> Option<Seen> {
        let mut steps: Vec<i64> = std::iter::successors(Some(large), |step| {
            i64::checked_mul(*step, self.effort.times()).filter(|next| *next < self.most)
        })
        .collect();
        steps.push(self.most);
        steps.reverse();
        steps.extend(
            std::iter::successors(Some(large / 10), |step| Some(step / 10))
                .take_while(|step| *step >= small),
        );
        for ticks in steps {
            match self.place(ticks, places) {
                Ok(seen) if seen.is_straight() => return Some(seen),
                // Multipliers say nothing here.
                Ok(seen) if seen.above.is_empty() => return None,
                _ => {}
            }
        }
        None
    }

    /// The largest of the steps that says the same as the small one: fewer digits of it are noise. And whether it does so but for the
    /// cents a change is split to.
    fn alike(
        &self,
        large: i64,
        small: i64,
        places: &mut Places,
    ) -> Result<(Seen, bool), SolveError> {
        let near = self.place(small, places)?;
        let mut step = large;
        while step > small {
            let beyond = self.place(step, places);
            for split in [false, true] {
                match &beyond {
                    Ok(seen) if self.agrees(seen, &near, split) => {
                        return Ok((seen.clone(), split));
                    }
                    _ => {}
                }
            }
            step /= 10;
        }
        // Not even the next to it: of the small one it is said what it is.
        Ok((near, false))
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
        let cents = if split && self.parts > 0 {
            i128::from(self.parts) + 1
        } else {
            0
        };
        let cents = Exact::new(cents, i128::from(self.per));
        let least = i128::from(change.key.unit == "euro");
        // What the nearer of the two is off by grows with the line, but not of a line that does not move.
        let grown = if is_still(line) {
            Exact::from_integer(2)
        } else {
            Exact::new(i128::from(ticks.max(at)), i128::from(at.min(ticks).max(1)))
        };
        let slope = if is_still(line) { Exact::zero() } else { slope };
        let expected = slope * self.units(ticks);
        let off = (change.change - expected).abs();
        off <= noise(&change.key) * grown + cents * slope.abs().max(Exact::from_integer(least))
    }

    /// The place so many ticks away, looked at once.
    fn look(&self, ticks: i64, key: GoalKey, places: &mut Places) -> Option<GoalChange> {
        self.place(ticks, places).ok()?.change(key)
    }

    /// How far a goal keeps to its line, in ticks: never further than it was seen to.
    fn holds(&self, key: GoalKey, best: &Seen, places: &mut Places, split: bool) -> i64 {
        let Some(mut line) = self.look(best.ticks, key, places) else {
            return best.ticks;
        };
        let mut good = best.ticks;
        let mut bad = loop {
            if good >= self.most {
                return good;
            }
            let times = if is_still(&line) {
                i64::MAX
            } else {
                self.effort.times()
            };
            let next = good.saturating_mul(times).min(self.most);
            match self.look(next, key, places) {
                Some(there) if self.on_line((&line, good), (&there, next), split) => {
                    if let Some(off) = self.off_between((&line, good), next, places, split) {
                        break off;
                    }
                    (line, good) = (there, next);
                }
                _ => break next,
            }
        };
        // What was looked at for another goal may tell of this one.
        let known: Vec<i64> = places.range(good + 1..bad).map(|(at, _)| *at).collect();
        for next in known {
            match self.look(next, key, places) {
                Some(there) if self.on_line((&line, good), (&there, next), split) => {
                    (line, good) = (there, next);
                }
                _ => {
                    bad = next;
                    break;
                }
            }
        }
        // Multipliers of where it is off the line say where it left it; of where there is no plan, half way is looked at.
        for _ in 0..MOST_CROSSINGS {
            let has_plan = self.place(bad, places).is_ok();
            let next = if has_plan {
                self.crossing((&line, good), bad, key, places)
            } else {
                Some(good + (bad - good) / 2)
            };
            let Some(next) = next.filter(|next| *next > good) else {
                break;
            };
            match self.look(next, key, places) {
                Some(there) if self.on_line((&line, good), (&there, next), split) => {
                    (line, good) = (there, next);
                    if has_plan {
                        break;
                    }
                }
                _ => bad = next,
            }
        }
        if self.effort == Effort::Some {
            return good;
        }
        let mut is_guess = true;
        while bad - good > 1 {
            let guess = if is_guess {
                self.guess((&line, good), bad, key, places)
            } else {
                None
            };
            is_guess = !is_guess;
            let next = guess.unwrap_or(good + (bad - good) / 2);
            // Where the guess is right, the next tick is off the line.
            for next in [next, next + 1] {
                if next <= good || next >= bad {
                    continue;
                }
                match self.look(next, key, places) {
                    Some(there) if self.on_line((&line, good), (&there, next), split) => {
                        (line, good) = (there, next);
                    }
                    _ => bad = next,
                }
                if guess.is_none() {
                    break;
                }
            }
        }
        good
    }

    /// The first place seen between two of a line where the goal is off it. The first goal is concave and has none; a later one may
    /// leave its line where an earlier one bends and be back by chance: where multipliers do not prove it to be a line, it is looked
    /// at between.
    fn off_between(
        &self,
        (line, good): (&GoalChange, i64),
        next: i64,
        places: &mut Places,
        split: bool,
    ) -> Option<i64> {
        let key = line.key;
        let position = self.now.iter().position(|now| now.key == key);
        let is_proved = match position {
            None | Some(0) => true,
            Some(goal) => (self.place(next, places)).is_ok_and(|seen| seen.is_straight_to(goal)),
        };
        if is_proved {
            return None;
        }
        let wide = next.saturating_sub(good);
        // Not halves alone: what is symmetric would be as good as straight.
        for part in [wide / 16, wide / 10 * 3, wide / 2, wide - wide / 16] {
            if part > 0 && part < wide {
                let _ = self.place(good + part, places);
            }
        }
        let seen: Vec<i64> = places.range(good + 1..next).map(|(at, _)| *at).collect();
        seen.into_iter().find(|&at| {
            let there = self.look(at, key, places);
            there.is_none_or(|there| !self.on_line((line, good), (&there, at), split))
        })
    }

    /// Where the line meets what the multipliers of a place beyond allow, between the two.
    fn crossing(
        &self,
        (line, good): (&GoalChange, i64),
        bad: i64,
        key: GoalKey,
        places: &mut Places,
    ) -> Option<i64> {
        let seen = self.place(bad, places).ok()?;
        let position = seen.changes.iter().position(|change| change.key == key)?;
        let (end, above) = (seen.changes.get(position)?, seen.above.get(position)?);
        let wide = |ticks: i64| Exact::from_integer(i128::from(ticks));
        let rise = line.change.checked_div(&wide(good))?;
        let fall = end.change.checked_sub(above)?.checked_div(&wide(bad))?;
        // rise x = above + fall x
        let bend = rise.checked_sub(&fall).filter(Signed::is_positive)?;
        let x = above.checked_div(&bend)?;
        let x = i64::try_from(x.floor().to_integer()).ok()?;
        (x > good && x < bad).then_some(x)
    }

    /// Where the line meets that of the far end, between the two.
    fn guess(
        &self,
        (line, good): (&GoalChange, i64),
        bad: i64,
        key: GoalKey,
        places: &mut Places,
    ) -> Option<i64> {
        let back = ((bad - good) / 64).max(1);
        let (end, before) = (
            self.look(bad, key, places)?,
            self.look(bad - back, key, places)?,
        );
        let rise = line.change / Exact::from_integer(i128::from(good));
        let fall = (end.change - before.change) / Exact::from_integer(i128::from(back));
        let bend = rise.checked_sub(&fall).filter(|bend| !bend.is_zero())?;
        // rise x = end - fall (bad - x)
        let rest = fall.checked_mul(&Exact::from_integer(i128::from(bad)))?;
        let x = end.change.checked_sub(&rest)?.checked_div(&bend)?;
        let x = i64::try_from(x.floor().to_integer()).ok()?;
        (x > good && x < bad).then_some(x)
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

/// Whether a goal does not change at all.
fn is_still(line: &GoalChange) -> bool {
    line.change.abs() <= noise(&line.key)
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
