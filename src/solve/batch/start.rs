//! Where the interior-point method starts: from what the base and the lane's own earlier goals know, or from nothing. It never
//! depends on another scenario.

use super::interior::{Interior, column_sum};
use super::lanes::{LANES, Lane};
use super::problem::Given;

/// Where the base ended, for one goal.
#[derive(Clone, Debug)]
pub(crate) struct Ending {
    /// Of columns and of values of rows.
    pub(crate) value: Vec<f64>,
    /// Multiplier of each row.
    pub(crate) y: Vec<f64>,
}

/// How far inside its bounds a column starts that nothing is known of, in million euro.
const INSIDE: f64 = 1.0;

/// How far inside its bounds a value starts that the lane's earlier goal has left, in million euro, or which part of the way to the
/// other bound.
const OWN_INSIDE: f64 = 1e-3;

/// The same of a value of the base, which the scenario may have moved away from.
const BASE_INSIDE: f64 = 0.03;

/// What multipliers begin with that nothing is known of.
const UNKNOWN: f64 = 1.0;

/// What is added to multipliers of the base on the lane's own point: so near to zero that few steps are left, so far from it that
/// those that change can.
const ON_OWN: f64 = 3e-3;

/// The same on a point of the base.
const ON_BASE: f64 = 0.03;

impl Interior {
    /// Every variable strictly inside its bounds, and multipliers.
    ///
    /// The optimal face of a goal is where the next one begins, and the method ended in the middle of it; its first goal begins
    /// where the base ended. The multipliers of the base are as near as the scenario is to the base.
    #[inline(always)]
    pub(super) fn start(&mut self, given: &Given<'_>, ending: Option<&Ending>) {
        let Given { pattern, value, .. } = *given;
        for (own, &at) in self.by_column.iter_mut().zip(&pattern.column_at) {
            *own = value[at as usize];
        }
        self.place(given, ending);
        let more = self.multiply(given, ending);
        self.scale.fill(Lane::ZERO);
        self.columns.clear();
        self.rows.clear();
        (self.held, self.count) = (Lane::ZERO, Lane::ZERO);
        let n = pattern.n_columns;
        for k in 0..self.variables.len() {
            let pull = match ending {
                None => Lane::ZERO,
                Some(_) if k >= n => self.y[k - n],
                Some(_) => {
                    let rows = column_sum(pattern, &self.by_column, &self.y, k);
                    given.bounds.cost[k] - rows
                }
            };
            let variable = &mut self.variables[k];
            let bounds = (given.bounds.lower[k], given.bounds.upper[k]);
            variable.start(bounds, pull, more);
            if k < n {
                let held = variable.scale.choose(Lane::ZERO, variable.value);
                self.held += given.bounds.cost[k] * held;
            }
            if !variable.moves() {
                continue;
            }
            self.count += variable.count();
            let k = u32::try_from(k).unwrap_or(u32::MAX);
            if k as usize >= n {
                self.rows.push(k);
            } else if !pattern.is_late[k as usize] {
                self.columns.push(k);
            }
        }
    }

    /// Values: where the lane was, or the base; else columns a little inside their bounds, rows where the columns put them.
    #[inline(always)]
    fn place(&mut self, given: &Given<'_>, ending: Option<&Ending>) {
        let (pattern, bounds) = (given.pattern, given.bounds);
        let n = pattern.n_columns;
        let asked = self.each(Self::is_going);
        if let Some(ending) = ending {
            let known = self.each(|interior, lane| interior.known[lane]);
            let margin = known.choose(Lane::all(OWN_INSIDE), Lane::all(BASE_INSIDE));
            for k in 0..self.variables.len() {
                let value = self.variables[k].value;
                let was = known.choose(value, Lane::all(ending.value[k]));
                let bounds = (bounds.lower[k], bounds.upper[k]);
                self.variables[k].value =
                    asked.choose(inside(was, bounds, (margin, margin)), value);
            }
            return;
        }
        let from = |value: Lane, k: usize, part: f64| {
            let bounds = (bounds.lower[k], bounds.upper[k]);
            inside(value, bounds, (Lane::all(INSIDE), Lane::all(part)))
        };
        // Totals are found from the other columns, rows from all.
        for k in 0..n {
            let next = from(bounds.lower[k], k, 0.5);
            self.variables[k].value = asked.choose(next, self.variables[k].value);
        }
        for &(column, _) in &pattern.totals {
            let variable = &mut self.variables[column as usize];
            variable.value = asked.choose(Lane::ZERO, variable.value);
        }
        let of_rows = (0..pattern.n_rows).map(|row| (n + row, row));
        let of_totals = pattern.totals.iter();
        let of_totals = of_totals.map(|&(column, row)| (column as usize, row as usize));
        for (k, row) in of_totals.chain(of_rows) {
            let sum = self.row_sum(given, row, |variable| variable.value);
            let next = from(sum, k, 0.25);
            self.variables[k].value = asked.choose(next, self.variables[k].value);
        }
    }

    /// Multipliers of the rows, and what those of bounds have more than they need.
    #[inline(always)]
    fn multiply(&mut self, given: &Given<'_>, ending: Option<&Ending>) -> Lane {
        let Some(ending) = ending else {
            self.y.fill(Lane::ZERO);
            return Lane::all(UNKNOWN);
        };
        let n = given.pattern.n_columns;
        for (row, own) in self.y.iter_mut().enumerate() {
            let (lower, upper) = (given.bounds.lower[n + row], given.bounds.upper[n + row]);
            *own = Lane::all(ending.y[row]);
            // A bound that is not there has no multiplier.
            for lane in 0..LANES {
                if lower.0[lane] == f64::NEG_INFINITY {
                    own.0[lane] = own.0[lane].max(0.0);
                }
                if upper.0[lane] == f64::INFINITY {
                    own.0[lane] = own.0[lane].min(0.0);
                }
            }
        }
        let known = self.each(|interior, lane| interior.known[lane]);
        known.choose(Lane::all(ON_OWN), Lane::all(ON_BASE))
    }

    /// One where something holds of a lane, else zero.
    #[inline(always)]
    pub(super) fn each(&self, holds: impl Fn(&Self, usize) -> bool) -> Lane {
        let mut each = Lane::ZERO;
        for lane in 0..LANES {
            each.0[lane] = f64::from(u8::from(holds(self, lane)));
        }
        each
    }
}

/// A value, or what is next to it and inside its bounds by a margin, at most a part of the way to the other bound.
#[inline(always)]
fn inside(value: Lane, (lower, upper): (Lane, Lane), (margin, part): (Lane, Lane)) -> Lane {
    let mut inside = value;
    for lane in 0..LANES {
        let (lower, upper, value) = (lower.0[lane], upper.0[lane], value.0[lane]);
        let way = part.0[lane] * (upper - lower);
        let margin = if way < margin.0[lane] {
            way
        } else {
            margin.0[lane]
        };
        let (least, most) = (lower + margin, upper - margin);
        let value = if value > least { value } else { least };
        let value = if value < most { value } else { most };
        inside.0[lane] = if lower < upper { value } else { upper };
    }
    inside
}
