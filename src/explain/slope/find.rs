//! Break points of the goals as a fund, or the bound of a rule, moves from nothing to twice what it is.

use std::num::NonZeroUsize;

use num_traits::{One, Zero};

use super::curve::{Drawing, Places};
use super::{BreakPoints, Moved};
use crate::explain::GoalValue;
use crate::explain::before_cents::BeforeCents;
use crate::explain::change::{Purse, with_amount, with_bound};
use crate::explain::ground::{Advanced, ExplainError, Ground, on_threads};
use crate::model::riparto::largest_remainder;
use crate::model::{FundIdx, Model};
use crate::solve::SolveError;
use crate::units::{Euro, Exact};

/// Cents of a euro.
const CENTS: i64 = 100;

/// The bound of a rule moves in millionths of itself.
const MILLIONTHS: i64 = 1_000_000;

/// Whole numbers are chosen anew at every place where there are at most so many of them.
pub const ANEW_UP_TO: usize = 40;

/// Places looked at, at most: a curve that is still not known is drawn through them, and says how far off its breaks may be.
const MOST_PLACES: usize = 400;

/// What is moved, tick by tick.
struct Track<'g> {
    ground: &'g Ground,
    moved: &'g Moved,
    /// The fund-years with their amounts, of a fund.
    purses: Vec<(Purse, Euro)>,
    /// Where it stands, in ticks.
    now: i64,
    per: i64,
    /// By how many ticks the model may be off at each place.
    off: i64,
    /// In how many parts it is split to whole cents.
    parts: i64,
    anew: bool,
    /// The same before cents, where it moves in proportion.
    line: Option<BeforeCents>,
}

impl<'g> Track<'g> {
    fn new(ground: &'g Ground, moved: &'g Moved) -> Option<Self> {
        let model = ground.model();
        let whole = ground.base().plan().whole.as_ref();
        let anew = whole.is_some_and(|whole| whole.values.len() <= ANEW_UP_TO);
        let mut track = Self {
            ground,
            moved,
            purses: Vec::new(),
            now: MILLIONTHS,
            per: MILLIONTHS,
            off: 1,
            parts: 1,
            anew,
            line: None,
        };
        if let Moved::Fund { fund, year, zone } = moved {
            let years = model.years.iter().copied();
            for year in years.filter(|of| year.is_none_or(|only| only == *of)) {
                let purse = Purse {
                    fund: *fund,
                    year,
                    zone: *zone,
                };
                track
                    .purses
                    .extend(purse.amount(model).map(|amount| (purse, amount)));
            }
            let amounts = track.purses.iter().map(|(_, amount)| *amount);
            let parts: i64 = track
                .purses
                .iter()
                .map(|(purse, _)| purse.parts(model))
                .sum();
            (track.now, track.per, track.off) =
                (Euro::checked_sum(amounts)?.cents(), CENTS, parts - 1);
            track.parts = parts;
        }
        if track.now <= 0 {
            return None;
        }
        track.keep_to_line();
        Some(track)
    }

    /// Takes the line of the staircases where whole numbers stay.
    fn keep_to_line(&mut self) {
        if self.anew {
            return;
        }
        let funds: Vec<FundIdx> = self.purses.iter().map(|(purse, _)| purse.fund).collect();
        let program = |ticks| self.ground.base().program_of(&self.model(ticks)?);
        let of_plan = (self.ground.model(), self.ground.base().program());
        let of = (self.now, self.parts);
        let line = BeforeCents::new(of_plan, &funds, of, program);
        if line.is_some() {
            self.off = 0;
        }
        self.line = line;
    }

    fn model(&self, ticks: i64) -> Option<Model> {
        let model = self.ground.model();
        let Moved::Rule { rule } = self.moved else {
            let share = |&(_, amount): &(Purse, Euro)| {
                let product = i128::from(amount.cents()).checked_mul(i128::from(ticks))?;
                Some(Exact::new(product, i128::from(self.now)))
            };
            let parts: Vec<Exact> = self.purses.iter().map(share).collect::<Option<_>>()?;
            let amounts = largest_remainder(ticks, &parts).ok()?;
            let mut changed = model.clone();
            for ((purse, _), cents) in self.purses.iter().zip(amounts) {
                changed = with_amount(&changed, *purse, Euro::from_cents(cents))?;
            }
            return Some(changed);
        };
        with_bound(
            model,
            rule,
            Exact::new(i128::from(ticks), i128::from(MILLIONTHS)),
        )
    }

    fn at(&self, ticks: i64) -> Result<Option<Vec<GoalValue>>, SolveError> {
        let base = self.ground.base().program();
        let moved = self.line.as_ref().and_then(|line| line.moved(base, ticks));
        if let Some(nudges) = moved {
            return match self.ground.near_moved(nudges) {
                Ok(values) => Ok(Some(values)),
                Err(SolveError::Infeasible) => Ok(None),
                Err(why) => Err(why),
            };
        }
        let Some(model) = self.model(ticks) else {
            return Ok(None);
        };
        let found = match &self.line {
            _ if self.anew => self.ground.anew(&model),
            Some(line) => (self.ground)
                .near_before_cents(&model, |program| line.nudges(&model, program, ticks)),
            None => self.ground.near(&model),
        };
        match found {
            Ok(values) => Ok(Some(values)),
            Err(SolveError::Infeasible | SolveError::Build(_)) => Ok(None),
            Err(why) => Err(why),
        }
    }

    fn end(&self, ticks: i64) -> Exact {
        Exact::new(i128::from(ticks), i128::from(self.per))
    }
}

/// Finds the break points; `None` where there is nothing to move.
///
/// Where a model has whole numbers, they are chosen anew at every place if they are at most [`ANEW_UP_TO`], and then the values jump;
/// else they stay those of the plan.
///
/// # Errors
/// [`ExplainError`] when a place has no answer, or there are no threads.
pub fn break_points(
    ground: &Ground,
    moved: &Moved,
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Option<BreakPoints>, ExplainError> {
    let Some(track) = Track::new(ground, moved) else {
        return Ok(None);
    };
    let mut places = Places::new();
    let look = |places: &mut Places, ticks: &[i64]| -> Result<(), ExplainError> {
        let found = on_threads(threads, ticks, advanced, |&ticks| track.at(ticks))?;
        for (ticks, found) in ticks.iter().zip(found) {
            places.insert(*ticks, found?);
        }
        Ok(())
    };
    // Where a fund has nothing its columns are gone, and whole numbers would be chosen anew.
    let is_fund = matches!(moved, Moved::Fund { .. });
    let nothing = if is_fund && ground.whole_fixed() && !track.anew {
        track.parts
    } else {
        0
    };
    let (low, high) = (nothing.min(track.now), track.now.saturating_mul(2));
    look(&mut places, &[low, track.now, high])?;
    let from = feasible(&mut places, track.now, low, &look)?;
    let to = feasible(&mut places, track.now, high, &look)?;
    // Between two ends that are one place there is no curve.
    let keys: Vec<_> = places
        .get(&track.now)
        .filter(|_| from < to)
        .and_then(Option::as_ref)
        .map(|values| values.iter().map(|value| value.key).collect())
        .unwrap_or_default();
    let mut curves = Vec::new();
    loop {
        let mut missing = Vec::new();
        curves.clear();
        let is_last = places.len() >= MOST_PLACES;
        for &key in &keys {
            let mut drawing = Drawing {
                places: &places,
                key,
                per: track.per,
                off: track.off,
                width: track.line.as_ref().map_or(0, BeforeCents::width),
                slope_over: ((to - from) / 1_000)
                    .max(track.off.saturating_mul(1_000))
                    .max(1),
                missing: Vec::new(),
            };
            let mut curve = drawing.curve(from, to);
            if is_last && curve.points.is_empty() {
                curve = drawing.rough(from, to);
            }
            curves.push(curve);
            missing.extend(drawing.missing);
        }
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() || is_last {
            break;
        }
        missing.truncate(MOST_PLACES - places.len());
        look(&mut places, &missing)?;
    }
    curves.retain(|curve| !curve.points.is_empty());
    let now = if is_fund {
        track.end(track.now)
    } else {
        Exact::one()
    };
    Ok(Some(BreakPoints {
        moved: moved.clone(),
        now,
        amount: is_fund.then_some(Euro::from_cents(track.now)),
        ends: (track.end(from), track.end(to)),
        no_plan: (from > low, to < high),
        curves,
        solves: places.len(),
    }))
}

/// The place nearest to an end that has a plan, to the tick.
fn feasible(
    places: &mut Places,
    now: i64,
    end: i64,
    look: &impl Fn(&mut Places, &[i64]) -> Result<(), ExplainError>,
) -> Result<i64, ExplainError> {
    let has_plan = |places: &Places, ticks: i64| matches!(places.get(&ticks), Some(Some(_)));
    if has_plan(places, end) {
        return Ok(end);
    }
    let (mut good, mut bad) = (now, end);
    while good.abs_diff(bad) > 1 {
        let middle = good + (bad - good) / 2;
        look(places, &[middle])?;
        if has_plan(places, middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    Ok(good)
}

/// Whether nothing changes slope anywhere.
#[must_use]
pub fn is_straight(points: &BreakPoints) -> bool {
    let bends = |curve: &super::Curve| {
        curve.points.len() > 2 || curve.points.iter().any(|point| !point.jump.is_zero())
    };
    !points.curves.iter().any(bends)
}
