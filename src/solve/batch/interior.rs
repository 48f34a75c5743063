//! A primal-dual interior-point method for eight scenarios at once: predictor and corrector over normal equations.
//!
//! Maximise `cost x` over `rows x = r`, where the variables are every column followed by the value `r` of every row, each between
//! its bounds. What is held stays where it is: a fixed column, a row that is an equality. Multipliers of rows are positive on an
//! upper bound, as everywhere in `solve`. Distances to bounds are kept beside the values, so that a distance of 1e-12 from a bound
//! of 5 has all its digits.
//!
//! Time goes into reading and writing memory, so an iteration passes over the variables four times: a step and what is then
//! missing, the predictor, what the corrector is asked, the corrector. What a variable has lies together; variables that no lane
//! moves are not looked at.
//!
//! # Source
//! Mehrotra, *On the implementation of a primal-dual interior point method*, SIAM J. Optim. 2 (1992).

use super::factor::Factor;
use super::lanes::{LANES, Lane, zeros};
use super::pattern::Pattern;
use super::problem::{Ended, Given};
use super::start::Ending;
use super::variable::{Longest, Variable};
use crate::tolerance::{BATCH_DEPENDENT, BATCH_DUAL, BATCH_GAP, BATCH_PRIMAL, BATCH_SMALL};

/// The iterate: variables with their multipliers, multipliers of the rows.
#[derive(Clone, Debug)]
pub(crate) struct Interior {
    /// Columns, then values of rows.
    pub(super) variables: Vec<Variable>,
    /// Multiplier of each row.
    pub(crate) y: Vec<Lane>,
    pub(crate) ended: [Ended; LANES],
    /// Iterations, by lane.
    pub(crate) steps: [u32; LANES],
    /// Lanes with a point: they have solved an earlier goal.
    pub(super) known: [bool; LANES],
    /// How far the latest step went.
    latest: Lane,
    /// Columns that move in some lane and are not late, and rows whose values do.
    pub(super) columns: Vec<u32>,
    pub(super) rows: Vec<u32>,
    /// What columns that do not move give the objective.
    pub(super) held: Lane,
    /// How many bounds there are.
    pub(super) count: Lane,
    /// What the values of the rows differ from those of their columns.
    missing: Vec<Lane>,
    /// Right-hand side of the normal equations, then the step of the multipliers; late columns come after the rows.
    right: Vec<Lane>,
    /// Coefficients column by column.
    pub(super) by_column: Vec<Lane>,
    pub(super) scale: Vec<Lane>,
    factor: Factor,
}

/// Steps from nothing; from near the end far fewer are needed, or it was not near: 20 were the most seen.
const MOST_STEPS: u32 = 40;
const MOST_STEPS_NEAR: u32 = 25;

/// Sum of products above which a lane has gone astray.
const LARGEST: f64 = 1e18;

/// Of a distance that goes to zero a full step leaves next to nothing; of one that does not, nearly all.
const VANISHES: f64 = 0.5;

/// The part of the way to the nearest bound that a step goes.
const NEAR: f64 = 0.9995;

/// What an iterate is like, by lane.
struct Looked {
    /// Sum of products of distances and multipliers.
    gap: Lane,
    objective: Lane,
    /// Largest residuals of reduced costs and of rows.
    dual: Lane,
    primal: Lane,
}

impl Interior {
    pub(crate) fn new(pattern: &Pattern) -> Self {
        let n = pattern.n_columns + pattern.n_rows;
        Self {
            variables: vec![Variable::default(); n],
            y: zeros(pattern.n_rows),
            ended: [Ended::Not; LANES],
            steps: [0; LANES],
            known: [false; LANES],
            latest: Lane::ZERO,
            columns: Vec::with_capacity(pattern.n_columns),
            rows: Vec::with_capacity(pattern.n_rows),
            held: Lane::ZERO,
            count: Lane::ZERO,
            missing: zeros(pattern.n_rows),
            right: zeros(pattern.factor.place.len()),
            by_column: zeros(pattern.column_at.len()),
            scale: zeros(n),
            factor: Factor::new(pattern),
        }
    }

    /// The value of a variable.
    pub(crate) fn value(&self, k: usize) -> Lane {
        self.variables[k].value
    }

    /// Whether a bound of a finished lane is one that the solution sits on: the latest step went most of the way to it.
    pub(crate) fn is_tight(&self, lane: usize, k: usize, is_upper: bool) -> bool {
        let variable = &self.variables[k];
        let moved = variable.step.0[lane] * self.latest.0[lane];
        let (left, before) = if is_upper {
            (variable.above.0[lane], variable.above.0[lane] + moved)
        } else {
            (variable.below.0[lane], variable.below.0[lane] - moved)
        };
        left < VANISHES * before
    }

    /// The ending of a lane.
    pub(crate) fn ending(&self, lane: usize) -> Ending {
        let values = self.variables.iter();
        Ending {
            value: values.map(|variable| variable.value.0[lane]).collect(),
            y: self.y.iter().map(|y| y.0[lane]).collect(),
        }
    }

    pub(super) fn is_going(&self, lane: usize) -> bool {
        self.ended[lane] == Ended::Not
    }

    /// Solves, starting near where the base ended or from nothing; lanes to `skip` keep their point.
    pub(crate) fn solve(
        &mut self,
        given: &Given<'_>,
        ending: Option<&Ending>,
        skip: [bool; LANES],
    ) {
        pulp::Arch::new().dispatch(|| self.run(given, ending, skip));
    }

    #[inline(always)]
    fn run(&mut self, given: &Given<'_>, ending: Option<&Ending>, skip: [bool; LANES]) {
        self.ended = skip.map(|skip| if skip { Ended::Lost } else { Ended::Not });
        self.steps = [0; LANES];
        self.latest = Lane::ZERO;
        self.start(given, ending);
        let most = if ending.is_some() {
            MOST_STEPS_NEAR
        } else {
            MOST_STEPS
        };
        for _ in 0..most {
            let looked = self.look(given);
            self.judge(&looked);
            if !self.ended.contains(&Ended::Not) {
                break;
            }
            self.step(given, looked.gap);
            for lane in 0..LANES {
                self.steps[lane] += u32::from(self.is_going(lane));
            }
        }
        for lane in 0..LANES {
            if self.is_going(lane) {
                self.ended[lane] = Ended::Lost;
            }
            self.known[lane] |= self.ended[lane] == Ended::Optimal;
        }
    }

    /// What is missing, and what the predictor is asked.
    #[inline(always)]
    fn look(&mut self, given: &Given<'_>) -> Looked {
        let Given {
            pattern, bounds, ..
        } = *given;
        let n = pattern.n_columns;
        let mut looked = Looked {
            gap: Lane::ZERO,
            objective: self.held,
            dual: Lane::ZERO,
            primal: Lane::ZERO,
        };
        let late = pattern.late.iter();
        for &j in self.columns.iter().chain(late) {
            let j = j as usize;
            let pull = bounds.cost[j] - column_sum(pattern, &self.by_column, &self.y, j);
            let variable = &mut self.variables[j];
            variable.look(pull, (&mut looked.gap, &mut looked.dual));
            let moving = variable.scale.choose(variable.value, Lane::ZERO);
            looked.objective += bounds.cost[j] * moving;
            self.scale[j] = variable.scale;
        }
        for &k in &self.rows {
            let k = k as usize;
            let variable = &mut self.variables[k];
            variable.look(self.y[k - n], (&mut looked.gap, &mut looked.dual));
            self.scale[k] = variable.scale;
        }
        self.ask_late(pattern);
        // One pass over the rows for what is missing and for the right-hand side.
        for i in 0..pattern.n_rows {
            let range = pattern.row_start[i] as usize..pattern.row_start[i + 1] as usize;
            let own = &self.variables[n + i];
            let (mut missing, mut right) = (-own.value, -own.again);
            for (value, &column) in given.value[range.clone()]
                .iter()
                .zip(&pattern.row_index[range])
            {
                let variable = &self.variables[column as usize];
                missing += *value * variable.value;
                right += *value * variable.again;
            }
            self.missing[i] = missing;
            self.right[i] = right + missing;
            looked.primal = looked.primal.max(missing.abs());
        }
        looked
    }

    /// Which lanes are done.
    #[inline(always)]
    fn judge(&mut self, looked: &Looked) {
        for lane in 0..LANES {
            if !self.is_going(lane) {
                continue;
            }
            let (gap, primal) = (looked.gap.0[lane], looked.primal.0[lane]);
            let size = BATCH_SMALL + looked.objective.0[lane].abs();
            let right = primal <= BATCH_PRIMAL && looked.dual.0[lane] <= BATCH_DUAL;
            if gap <= BATCH_GAP * size && right {
                self.ended[lane] = Ended::Optimal;
            } else if !gap.is_finite() || !primal.is_finite() || gap > LARGEST {
                self.ended[lane] = Ended::Lost;
            }
        }
    }

    #[inline(always)]
    fn step(&mut self, given: &Given<'_>, gap: Lane) {
        let Given { pattern, value, .. } = *given;
        let n = pattern.n_columns;
        let (columns, rows) = self.scale.split_at(n);
        self.factor
            .factorise(pattern, value, (columns, rows), BATCH_DEPENDENT);
        self.factor.solve(pattern, &mut self.right);
        // Predictor: straight to complementarity.
        let mut longest = Longest::default();
        let (mut first, mut second) = (Lane::ZERO, Lane::ZERO);
        for &j in &self.columns {
            let j = j as usize;
            let back = column_sum(pattern, &self.by_column, &self.right, j);
            let variable = &mut self.variables[j];
            variable.predict(
                variable.back(-back),
                &mut longest,
                (&mut first, &mut second),
            );
        }
        for (k, &late) in pattern.late.iter().enumerate() {
            let step = self.right[pattern.n_rows + k];
            let variable = &mut self.variables[late as usize];
            variable.predict(step, &mut longest, (&mut first, &mut second));
        }
        for &k in &self.rows {
            let variable = &mut self.variables[k as usize];
            let step = variable.back(self.right[k as usize - n]);
            variable.predict(step, &mut longest, (&mut first, &mut second));
        }
        let (primal, dual) = longest.lengths(1.0);
        let after = gap - gap * dual + first * (primal - dual) + second * primal * dual;
        let mut aim = Lane::ZERO;
        for lane in 0..LANES {
            let count = if self.count.0[lane] > 1.0 {
                self.count.0[lane]
            } else {
                1.0
            };
            let ratio = after.0[lane] / gap.0[lane];
            let ratio = if ratio < 1.0 { ratio } else { 1.0 };
            let ratio = if ratio > 0.0 { ratio } else { 0.0 };
            aim.0[lane] = ratio * ratio * ratio * gap.0[lane] / count;
        }
        // Corrector: what the predictor's own products add.
        for &k in self.columns.iter().chain(&pattern.late).chain(&self.rows) {
            self.variables[k as usize].correct(aim);
        }
        self.ask_late(pattern);
        for i in 0..pattern.n_rows {
            let sum = self.row_sum(given, i, |variable| variable.again);
            self.right[i] = self.missing[i] - self.variables[n + i].again + sum;
        }
        self.factor.solve(pattern, &mut self.right);
        let going = self.each(Self::is_going);
        let mut longest = Longest::default();
        for &j in &self.columns {
            let j = j as usize;
            let back = column_sum(pattern, &self.by_column, &self.right, j);
            let variable = &mut self.variables[j];
            variable.direct(variable.back(-back), going, &mut longest);
        }
        for (k, &late) in pattern.late.iter().enumerate() {
            let step = self.right[pattern.n_rows + k];
            self.variables[late as usize].direct(step, going, &mut longest);
        }
        for &k in &self.rows {
            let variable = &mut self.variables[k as usize];
            let step = variable.back(self.right[k as usize - n]);
            variable.direct(step, going, &mut longest);
        }
        let (mut primal, mut dual) = longest.lengths(NEAR);
        for lane in 0..LANES {
            if self.is_going(lane) {
                self.latest.0[lane] = primal.0[lane];
            } else {
                (primal.0[lane], dual.0[lane]) = (0.0, 0.0);
            }
        }
        for &k in self.columns.iter().chain(&pattern.late).chain(&self.rows) {
            self.variables[k as usize].advance(primal, dual, going);
        }
        for i in 0..self.y.len() {
            let next = self.y[i] + self.right[i] * dual;
            self.y[i] = going.choose(next, self.y[i]);
        }
    }

    /// Late columns are unknowns beside the rows, and not part of what their rows are asked.
    #[inline(always)]
    fn ask_late(&mut self, pattern: &Pattern) {
        for (k, &late) in pattern.late.iter().enumerate() {
            let variable = &mut self.variables[late as usize];
            self.right[pattern.n_rows + k] = -variable.asked();
            variable.again = Lane::ZERO;
        }
    }

    /// Sum of a row's coefficients times something of its columns.
    #[inline(always)]
    pub(super) fn row_sum(
        &self,
        given: &Given<'_>,
        row: usize,
        of: impl Fn(&Variable) -> Lane,
    ) -> Lane {
        let pattern = given.pattern;
        let range = pattern.row_start[row] as usize..pattern.row_start[row + 1] as usize;
        let mut sum = Lane::ZERO;
        for (value, &column) in given.value[range.clone()]
            .iter()
            .zip(&pattern.row_index[range])
        {
            sum += *value * of(&self.variables[column as usize]);
        }
        sum
    }
}

/// Sum of a column's coefficients times a number of each of its rows.
#[inline(always)]
pub(super) fn column_sum(
    pattern: &Pattern,
    by_column: &[Lane],
    of: &[Lane],
    column: usize,
) -> Lane {
    let range = pattern.column_start[column] as usize..pattern.column_start[column + 1] as usize;
    let mut sum = Lane::ZERO;
    for (value, &row) in by_column[range.clone()]
        .iter()
        .zip(&pattern.column_row[range])
    {
        sum += *value * of[row as usize];
    }
    sum
}
