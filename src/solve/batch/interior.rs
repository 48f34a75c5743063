//! A primal-dual interior-point method for eight scenarios at once: predictor and corrector over normal equations.
//!
//! Maximise `cost v - 1/2 sum weight (v - target)^2` over `rows x = r`, where `v` is every column followed by the value `r` of every
//! row, each between its bounds. What is held stays where it is: a fixed column, a row that is an equality. Multipliers of rows are
//! positive on an upper bound, as everywhere in `solve`. Distances to bounds are kept beside the values, so that a distance of
//! 1e-12 from a bound of 5 has all its digits.
//!
//! # Source
//! Mehrotra, *On the implementation of a primal-dual interior point method*, SIAM J. Optim. 2 (1992).

use super::factor::Factor;
use super::lanes::{LANES, Lane, zeros};
use super::pattern::Pattern;
use super::problem::{Ended, Given};
use crate::tolerance::{
    BATCH_DEPENDENT, BATCH_DUAL, BATCH_FREE, BATCH_GAP, BATCH_GUESS, BATCH_GUESS_DEPENDENT,
    BATCH_GUESS_FREE, BATCH_NEAR_GAP, BATCH_PRIMAL, BATCH_SMALL,
};

/// The iterate: values, distances to bounds with their multipliers, multipliers of the rows.
#[derive(Clone, Debug)]
pub(crate) struct Interior {
    pub(crate) value: Vec<Lane>,
    below: Vec<Lane>,
    above: Vec<Lane>,
    /// Multipliers of the lower and upper bounds, not negative; zero where there is no bound.
    pub(crate) at_lower: Vec<Lane>,
    pub(crate) at_upper: Vec<Lane>,
    /// Multiplier of each row.
    pub(crate) y: Vec<Lane>,
    pub(crate) ended: [Ended; LANES],
    /// Iterations, by lane.
    pub(crate) steps: [u32; LANES],
    /// Whether the latest step was hardly one.
    stuck: [bool; LANES],
    has_lower: Vec<Lane>,
    has_upper: Vec<Lane>,
    /// 1 where it moves, 0 where it is held.
    moves: Vec<Lane>,
    scale: Vec<Lane>,
    pull: Vec<Lane>,
    step: Vec<Lane>,
    to_lower: Vec<Lane>,
    to_upper: Vec<Lane>,
    /// What the latest step left of the distance to each bound, where the lane was nearly done.
    left_below: Vec<Lane>,
    left_above: Vec<Lane>,
    missing: Vec<Lane>,
    right: Vec<Lane>,
    again: Vec<Lane>,
    quadratic: bool,
    factor: Factor,
}

const MOST_STEPS: u32 = 40;

/// Sum of products above which a lane has gone astray.
const LARGEST: f64 = 1e18;

impl Interior {
    pub(crate) fn new(pattern: &Pattern) -> Self {
        let n = pattern.n_columns + pattern.n_rows;
        Self {
            value: zeros(n),
            below: zeros(n),
            above: zeros(n),
            at_lower: zeros(n),
            at_upper: zeros(n),
            y: zeros(pattern.n_rows),
            ended: [Ended::Not; LANES],
            steps: [0; LANES],
            stuck: [false; LANES],
            has_lower: zeros(n),
            has_upper: zeros(n),
            moves: zeros(n),
            scale: zeros(n),
            pull: zeros(n),
            step: zeros(n),
            to_lower: zeros(n),
            to_upper: zeros(n),
            left_below: zeros(n),
            left_above: zeros(n),
            missing: zeros(pattern.n_rows),
            right: zeros(pattern.factor.place.len()),
            again: zeros(pattern.n_columns),
            quadratic: false,
            factor: Factor::new(pattern),
        }
    }

    /// Whether a bound of a finished lane is one that the solution sits on: the latest step went most of the way to it.
    pub(crate) fn is_tight(&self, lane: usize, k: usize, is_upper: bool) -> bool {
        let left = if is_upper {
            &self.left_above
        } else {
            &self.left_below
        };
        self.stuck[lane] || left[k].0[lane] < VANISHES
    }

    /// Solves from a start that depends on the lane's own numbers alone; lanes `lost` before are left alone.
    pub(crate) fn solve(&mut self, given: &Given<'_>, lost: [bool; LANES]) {
        pulp::Arch::new().dispatch(|| self.run(given, lost));
    }

    #[inline(always)]
    fn run(&mut self, given: &Given<'_>, lost: [bool; LANES]) {
        self.ended = lost.map(|lost| if lost { Ended::Lost } else { Ended::Not });
        self.steps = [0; LANES];
        self.stuck = [false; LANES];
        self.quadratic = given
            .bounds
            .weight
            .iter()
            .any(|weight| weight.0.iter().any(|w| *w > 0.0));
        self.start(given);
        self.left_below.fill(Lane::ZERO);
        self.left_above.fill(Lane::ZERO);
        for _ in 0..MOST_STEPS {
            let mean = self.look(given);
            if !self.ended.contains(&Ended::Not) {
                return;
            }
            self.step(given, mean);
            for lane in 0..LANES {
                if self.ended[lane] == Ended::Not {
                    self.steps[lane] += 1;
                }
            }
        }
        for ended in &mut self.ended {
            if *ended == Ended::Not {
                *ended = Ended::Lost;
            }
        }
    }

    /// Columns a little inside their bounds, rows where the columns put them or just inside, multipliers of like size.
    #[inline(always)]
    fn start(&mut self, given: &Given<'_>) {
        let Given {
            pattern,
            value,
            bounds,
        } = *given;
        let n = pattern.n_columns;
        for k in 0..n {
            let (lower, upper) = (bounds.lower[k], bounds.upper[k]);
            self.value[k] = lower.zip(upper, |lower, upper| {
                lower + (0.5 * (upper - lower)).min(START)
            });
        }
        for &(column, _) in &pattern.totals {
            self.value[column as usize] = Lane::ZERO;
        }
        for &(column, row) in &pattern.totals {
            let column = column as usize;
            let sum = row_sum(pattern, value, &self.value, row as usize);
            self.value[column] = inside(sum, bounds.lower[column], bounds.upper[column]);
        }
        for i in 0..pattern.n_rows {
            let sum = row_sum(pattern, value, &self.value, i);
            self.value[n + i] = inside(sum, bounds.lower[n + i], bounds.upper[n + i]);
        }
        self.y.fill(Lane::ZERO);
        for k in 0..self.value.len() {
            for lane in 0..LANES {
                let (lower, upper) = (bounds.lower[k].0[lane], bounds.upper[k].0[lane]);
                let value = self.value[k].0[lane];
                let moves = lower < upper;
                let has_lower = moves && lower > f64::NEG_INFINITY;
                let has_upper = moves && upper < f64::INFINITY;
                self.moves[k].0[lane] = f64::from(u8::from(moves));
                self.has_lower[k].0[lane] = f64::from(u8::from(has_lower));
                self.has_upper[k].0[lane] = f64::from(u8::from(has_upper));
                self.below[k].0[lane] = if has_lower { value - lower } else { 1.0 };
                self.above[k].0[lane] = if has_upper { upper - value } else { 1.0 };
                self.at_lower[k].0[lane] = if has_lower { 1.0 } else { 0.0 };
                self.at_upper[k].0[lane] = if has_upper { 1.0 } else { 0.0 };
            }
        }
    }

    /// Residuals of the iterate, and which lanes are done; gives the mean product of distance and multiplier.
    #[inline(always)]
    fn look(&mut self, given: &Given<'_>) -> Lane {
        let Given {
            pattern,
            value,
            bounds,
        } = *given;
        let n = pattern.n_columns;
        for j in 0..n {
            let mut pull = bounds.cost[j];
            for k in pattern.column_start[j] as usize..pattern.column_start[j + 1] as usize {
                pull -=
                    value[pattern.column_at[k] as usize] * self.y[pattern.column_row[k] as usize];
            }
            self.pull[j] = pull;
        }
        let mut primal = Lane::ZERO;
        for i in 0..pattern.n_rows {
            let mut sum = -self.value[n + i];
            sum += row_sum(pattern, value, &self.value, i);
            self.missing[i] = sum;
            primal = primal.max(sum.abs());
            self.pull[n + i] = bounds.cost[n + i] + self.y[i];
        }
        let (mut gap, mut count, mut dual, mut objective) =
            (Lane::ZERO, Lane::ZERO, Lane::ZERO, Lane::ZERO);
        for k in 0..self.value.len() {
            let away = self.value[k] - bounds.target[k];
            let weighted = bounds.weight[k] * away;
            let pull =
                (self.pull[k] - weighted + self.at_lower[k] - self.at_upper[k]) * self.moves[k];
            self.pull[k] = pull;
            dual = dual.max(pull.abs());
            gap += self.below[k] * self.at_lower[k] + self.above[k] * self.at_upper[k];
            count += self.has_lower[k] + self.has_upper[k];
            objective += bounds.cost[k] * self.value[k] - weighted * away * 0.5;
        }
        for lane in 0..LANES {
            if self.ended[lane] != Ended::Not {
                continue;
            }
            let size = BATCH_SMALL + objective.0[lane].abs();
            // The guesses of the pick are polished: where they make no more steps, a few digits are enough.
            let (near, wrong) = match (self.quadratic, self.stuck[lane]) {
                (true, true) => (BATCH_GUESS, BATCH_GUESS),
                (false, false) => (BATCH_GAP, BATCH_DUAL),
                _ => (BATCH_NEAR_GAP, BATCH_DUAL),
            };
            if gap.0[lane] <= near * size && primal.0[lane] <= BATCH_PRIMAL && dual.0[lane] <= wrong
            {
                self.ended[lane] = Ended::Optimal;
            } else if !gap.0[lane].is_finite()
                || !primal.0[lane].is_finite()
                || gap.0[lane] > LARGEST
            {
                self.ended[lane] = Ended::Lost;
            }
        }
        gap.zip(count, |gap, count| {
            gap / if count > 0.0 { count } else { 1.0 }
        })
    }

    #[inline(always)]
    fn step(&mut self, given: &Given<'_>, mean: Lane) {
        let Given {
            pattern,
            value,
            bounds,
        } = *given;
        let n = pattern.n_columns;
        let (free, dependent) = if self.quadratic {
            (BATCH_GUESS_FREE, BATCH_GUESS_DEPENDENT)
        } else {
            (BATCH_FREE, BATCH_DEPENDENT)
        };
        for k in 0..self.value.len() {
            let stiff = self.at_lower[k] * self.below[k].inverse()
                + self.at_upper[k] * self.above[k].inverse()
                + bounds.weight[k]
                + free;
            self.scale[k] = self.moves[k] * stiff.inverse();
        }
        let (columns, rows) = self.scale.split_at(n);
        self.factor
            .factorise(pattern, value, (columns, rows), dependent);
        // Predictor: straight to complementarity.
        for k in 0..self.value.len() {
            self.to_lower[k] = -(self.at_lower[k]);
            self.to_upper[k] = -(self.at_upper[k]);
            self.step[k] = (self.pull[k] + self.to_lower[k] - self.to_upper[k]) * self.moves[k];
        }
        self.direction(given);
        let (primal, dual) = self.lengths(1.0);
        let (mut after, mut count) = (Lane::ZERO, Lane::ZERO);
        for k in 0..self.value.len() {
            let moved = self.step[k] * primal;
            after += (self.below[k] + moved)
                * (self.at_lower[k] + self.to_lower[k] * dual)
                * self.has_lower[k]
                + (self.above[k] - moved)
                    * (self.at_upper[k] + self.to_upper[k] * dual)
                    * self.has_upper[k];
            count += self.has_lower[k] + self.has_upper[k];
        }
        let mut aim = Lane::ZERO;
        for lane in 0..LANES {
            let count = if count.0[lane] > 1.0 {
                count.0[lane]
            } else {
                1.0
            };
            let ratio = after.0[lane] / count / mean.0[lane];
            let ratio = if ratio < 1.0 { ratio } else { 1.0 };
            let ratio = if ratio > 0.0 { ratio } else { 0.0 };
            aim.0[lane] = ratio * ratio * ratio * mean.0[lane];
        }
        // Corrector: what the predictor's own products add.
        for k in 0..self.value.len() {
            let lower = aim - self.step[k] * self.to_lower[k];
            let upper = aim + self.step[k] * self.to_upper[k];
            self.to_lower[k] =
                (lower * self.below[k].inverse() - self.at_lower[k]) * self.has_lower[k];
            self.to_upper[k] =
                (upper * self.above[k].inverse() - self.at_upper[k]) * self.has_upper[k];
            self.step[k] = (self.pull[k] + self.to_lower[k] - self.to_upper[k]) * self.moves[k];
        }
        self.direction(given);
        let (mut primal, mut dual) = self.lengths(NEAR);
        let mut going = Lane::ZERO;
        for lane in 0..LANES {
            if self.ended[lane] == Ended::Not {
                self.stuck[lane] = primal.0[lane] < SHORT || dual.0[lane] < SHORT;
                going.0[lane] = 1.0;
            } else {
                (primal.0[lane], dual.0[lane]) = (0.0, 0.0);
            }
        }
        let closing =
            (0..LANES).any(|lane| self.ended[lane] == Ended::Not && mean.0[lane] < CLOSING);
        self.advance(primal, dual, going, closing);
    }

    /// Solves for the steps of multipliers, columns and rows.
    #[inline(always)]
    fn direction(&mut self, given: &Given<'_>) {
        let Given { pattern, value, .. } = *given;
        let n = pattern.n_columns;
        for j in 0..n {
            self.again[j] = self.scale[j] * self.step[j];
        }
        for (k, &late) in pattern.late.iter().enumerate() {
            self.again[late as usize] = Lane::ZERO;
            self.right[pattern.n_rows + k] = -self.step[late as usize];
        }
        for i in 0..pattern.n_rows {
            let mut sum = self.missing[i] - self.scale[n + i] * self.step[n + i];
            sum += row_sum(pattern, value, &self.again, i);
            self.right[i] = sum;
        }
        self.factor.solve(pattern, &mut self.right);
        for j in 0..n {
            let mut step = self.step[j];
            for k in pattern.column_start[j] as usize..pattern.column_start[j + 1] as usize {
                step -= value[pattern.column_at[k] as usize]
                    * self.right[pattern.column_row[k] as usize];
            }
            self.step[j] = step * self.scale[j];
        }
        for (k, &late) in pattern.late.iter().enumerate() {
            self.step[late as usize] = self.right[pattern.n_rows + k];
        }
        for i in 0..pattern.n_rows {
            self.step[n + i] = (self.step[n + i] + self.right[i]) * self.scale[n + i];
        }
        for k in 0..self.value.len() {
            let step = self.step[k];
            self.to_lower[k] = (self.to_lower[k]
                - self.at_lower[k] * step * self.below[k].inverse())
                * self.moves[k];
            self.to_upper[k] = (self.to_upper[k]
                + self.at_upper[k] * step * self.above[k].inverse())
                * self.moves[k];
        }
    }

    /// The longest steps that stay inside, times a part, at most one.
    #[inline(always)]
    fn lengths(&self, part: f64) -> (Lane, Lane) {
        let mut primal = Lane::all(1.0 / part);
        let mut dual = primal;
        for k in 0..self.value.len() {
            let step = self.step[k];
            for (distance, by, has) in [
                (self.below[k], step, self.has_lower[k]),
                (self.above[k], -step, self.has_upper[k]),
            ] {
                for lane in 0..LANES {
                    let limit = -distance.0[lane] / by.0[lane];
                    let counts = by.0[lane] * has.0[lane] < 0.0 && limit < primal.0[lane];
                    primal.0[lane] = if counts { limit } else { primal.0[lane] };
                }
            }
            for (multiplier, by) in [
                (self.at_lower[k], self.to_lower[k]),
                (self.at_upper[k], self.to_upper[k]),
            ] {
                for lane in 0..LANES {
                    let limit = -multiplier.0[lane] / by.0[lane];
                    let counts = by.0[lane] < 0.0 && limit < dual.0[lane];
                    dual.0[lane] = if counts { limit } else { dual.0[lane] };
                }
            }
        }
        let (primal, dual) = (primal * part, dual * part);
        if self.quadratic {
            let both = primal.min(dual);
            (both, both)
        } else {
            (primal, dual)
        }
    }

    /// Moves the lanes that are going; the others keep every bit.
    #[inline(always)]
    fn advance(&mut self, primal: Lane, dual: Lane, going: Lane, closing: bool) {
        let keep = |value: Lane, mut next: Lane| {
            for lane in 0..LANES {
                next.0[lane] = if going.0[lane] > 0.0 {
                    next.0[lane]
                } else {
                    value.0[lane]
                };
            }
            next
        };
        if closing {
            for k in 0..self.value.len() {
                let moved = self.step[k] * primal;
                let below = Lane::all(1.0) + moved * self.below[k].inverse() * self.has_lower[k];
                let above = Lane::all(1.0) - moved * self.above[k].inverse() * self.has_upper[k];
                self.left_below[k] = keep(self.left_below[k], below);
                self.left_above[k] = keep(self.left_above[k], above);
            }
        }
        for k in 0..self.value.len() {
            let moved = self.step[k] * primal;
            self.value[k] = keep(self.value[k], self.value[k] + moved);
            self.below[k] = keep(self.below[k], self.below[k] + moved * self.has_lower[k]);
            self.above[k] = keep(self.above[k], self.above[k] - moved * self.has_upper[k]);
            self.at_lower[k] = keep(self.at_lower[k], self.at_lower[k] + self.to_lower[k] * dual);
            self.at_upper[k] = keep(self.at_upper[k], self.at_upper[k] + self.to_upper[k] * dual);
        }
        for i in 0..self.y.len() {
            self.y[i] = keep(self.y[i], self.y[i] + self.right[i] * dual);
        }
    }
}

/// How far inside its bounds a column starts, in million euro.
const START: f64 = 1.0;

/// Mean product of distance and multiplier below which the last steps begin.
const CLOSING: f64 = 1e-4;

/// Of a distance that goes to zero a full step leaves next to nothing; of one that does not, nearly all.
const VANISHES: f64 = 0.5;

/// A step shorter than this part of the way says that the last digits are reached.
const SHORT: f64 = 0.1;

/// The part of the way to the nearest bound that a step goes.
const NEAR: f64 = 0.9995;

/// A sum, or what is next to it and a little inside its bounds.
#[inline(always)]
fn inside(sum: Lane, lower: Lane, upper: Lane) -> Lane {
    let mut inside = sum;
    for lane in 0..LANES {
        let (lower, upper) = (lower.0[lane], upper.0[lane]);
        let margin = (0.25 * (upper - lower)).min(START);
        inside.0[lane] = if lower >= upper {
            upper
        } else {
            let from_below = if sum.0[lane] > lower + margin {
                sum.0[lane]
            } else {
                lower + margin
            };
            if from_below < upper - margin {
                from_below
            } else {
                upper - margin
            }
        };
    }
    inside
}

/// Sum of a row's coefficients times its columns.
#[inline(always)]
fn row_sum(pattern: &Pattern, value: &[Lane], point: &[Lane], row: usize) -> Lane {
    let range = pattern.row_start[row] as usize..pattern.row_start[row + 1] as usize;
    let mut sum = Lane::ZERO;
    for (value, &column) in value[range.clone()].iter().zip(&pattern.row_index[range]) {
        sum += *value * point[column as usize];
    }
    sum
}
