//! Sets that chase each other are left by a walk: a primal active-set method, which stays inside the bounds and meets one at a time.
//!
//! It needs a plan to begin at, and the guess is a cent or so off: so the plan nearest to it is found first, by the same steps that
//! failed; with equal weights their sets do not chase each other.
//!
//! # Source
//! J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed., algorithm 16.3.

use super::{Change, Sets, Stand, System, What, activity, pull, steps_by};
use crate::solve::normal::RowPattern;
use crate::solve::quadratic::Quadratic;
use crate::tolerance::{PICK_DUAL, PICK_PRIMAL};

/// Steps at most: up to 1,500 were seen, each a small factorisation.
const MOST_STEPS: usize = 3_000;

/// Of what is held by a multiplier of the wrong sign, that with at least this part of the worst is let go at once.
const LET_GO: f64 = 0.3;

/// What is active at the minimiser, starting from what is thought to be.
pub(super) fn sets_inside(
    problem: &Quadratic,
    sets: &Sets,
    guess: &[f64],
    pattern: &RowPattern,
) -> Option<Sets> {
    let mut point = nearest_plan(problem, sets, guess, pattern)?;
    let mut sets = sets.at(problem, &point);
    // What the plan is beyond or off, less than anyone can see, is taken for the bound.
    let problem = &around(problem, &sets, &point);
    let mut system = System::new(problem, pattern);
    let mut row = vec![0.0; problem.rows.n_rows()];
    for _ in 0..MOST_STEPS {
        let mut next = point.clone();
        sets.project(problem, &mut next);
        for (row, stand) in row.iter_mut().zip(&sets.rows) {
            if *stand == Stand::Free {
                *row = 0.0;
            }
        }
        system.solve(problem, &sets, (&mut next, &mut row), false);
        let (way, met) = first_met(problem, &sets, (&point, &next));
        if way < 1.0 {
            for (own, next) in point.iter_mut().zip(&next) {
                *own += way * (next - *own);
            }
            met.into_iter().for_each(|change| sets.put(change));
            continue;
        }
        point = next;
        let wrong = wrong_signs(problem, &sets, &point, &row);
        let Some(worst) = wrong.iter().map(|of| of.size).max_by(f64::total_cmp) else {
            return Some(sets);
        };
        let let_go = wrong.into_iter().filter(|of| of.size >= LET_GO * worst);
        let_go.for_each(|change| sets.put(change));
    }
    None
}

/// The plan nearest to a point; only what is fixed is held from the start.
fn nearest_plan(
    problem: &Quadratic,
    sets: &Sets,
    point: &[f64],
    pattern: &RowPattern,
) -> Option<Vec<f64>> {
    let mut nearest = problem.clone();
    nearest.weight.fill(1.0);
    nearest.stiffness.fill(1.0);
    nearest.target = point.to_vec();
    let all = (
        vec![Stand::Free; sets.columns.len()],
        vec![Stand::Free; sets.rows.len()],
    );
    let fixed = Sets::from_stands(&nearest, all.0, all.1);
    let start = (point.to_vec(), vec![0.0; sets.rows.len()]);
    let mut system = System::new(&nearest, pattern);
    let found = steps_by(&nearest, &fixed, &start, usize::MAX, &mut system)?;
    found.usable.then_some(found.point)
}

impl Sets {
    /// Of what is active here, that whose bound a point is at.
    fn at(&self, problem: &Quadratic, point: &[f64]) -> Self {
        let mut sets = self.clone();
        let judge = |stand: &mut Stand, value: f64, (lower, upper): (f64, f64)| {
            let off = match stand {
                Stand::Lower => value - lower,
                Stand::Upper => upper - value,
                Stand::Free => 0.0,
            };
            if lower < upper && off > PICK_PRIMAL {
                *stand = Stand::Free;
            }
        };
        for (column, stand) in sets.columns.iter_mut().enumerate() {
            let bounds = (problem.lower[column], problem.upper[column]);
            judge(stand, point[column], bounds);
        }
        for (row, stand) in sets.rows.iter_mut().enumerate() {
            let bounds = (problem.row_lower[row], problem.row_upper[row]);
            judge(stand, activity(problem, row, point), bounds);
        }
        sets
    }
}

/// The problem with its bounds where a plan is, as far as it is beyond them or they are held.
fn around(problem: &Quadratic, sets: &Sets, point: &[f64]) -> Quadratic {
    let mut around = problem.clone();
    let moved = |stand: Stand, value: f64, (lower, upper): (&mut f64, &mut f64)| {
        if *lower >= *upper {
            return;
        }
        if stand == Stand::Lower || value < *lower {
            *lower = value;
        }
        if stand == Stand::Upper || value > *upper {
            *upper = value;
        }
    };
    let columns = around.lower.iter_mut().zip(&mut around.upper);
    for ((bounds, &value), &stand) in columns.zip(point).zip(&sets.columns) {
        moved(stand, value, bounds);
    }
    let rows = around.row_lower.iter_mut().zip(&mut around.row_upper);
    for ((row, bounds), &stand) in rows.enumerate().zip(&sets.rows) {
        moved(stand, activity(problem, row, point), bounds);
    }
    around
}

/// Which part of the way to the next point stays inside, and what ends it.
fn first_met(
    problem: &Quadratic,
    sets: &Sets,
    (point, next): (&[f64], &[f64]),
) -> (f64, Vec<Change>) {
    let mut found: Vec<(f64, Change)> = Vec::new();
    let mut look = |what: What, (from, to): (f64, f64), (lower, upper): (f64, f64)| {
        let (size, bound, to_side) = if to > upper {
            (to - upper, upper, Stand::Upper)
        } else {
            (lower - to, lower, Stand::Lower)
        };
        if size > PICK_PRIMAL {
            let part = ((bound - from) / (to - from)).clamp(0.0, 1.0);
            found.push((
                part,
                Change {
                    what,
                    to: to_side,
                    size,
                },
            ));
        }
    };
    for (column, stand) in sets.columns.iter().enumerate() {
        if *stand == Stand::Free {
            let bounds = (problem.lower[column], problem.upper[column]);
            look(What::Column(column), (point[column], next[column]), bounds);
        }
    }
    for (row, stand) in sets.rows.iter().enumerate() {
        let bounds = (problem.row_lower[row], problem.row_upper[row]);
        if *stand == Stand::Free && (bounds.0.is_finite() || bounds.1.is_finite()) {
            let values = (activity(problem, row, point), activity(problem, row, next));
            look(What::Row(row), values, bounds);
        }
    }
    let part = found.iter().map(|of| of.0).fold(1.0, f64::min);
    let met = found.into_iter().filter(|of| of.0 <= part);
    (part, met.map(|of| of.1).collect())
}

/// What is held by a multiplier of the wrong sign, and by how much.
fn wrong_signs(problem: &Quadratic, sets: &Sets, point: &[f64], row: &[f64]) -> Vec<Change> {
    let noise = PICK_DUAL * row.iter().fold(1.0_f64, |most, y| most.max(y.abs()));
    let pull = pull(problem, point, row);
    let mut wrong = Vec::new();
    let mut judge = |what, stand: Stand, multiplier: f64, (lower, upper): (f64, f64)| {
        let bad = match stand {
            Stand::Free => 0.0,
            Stand::Lower => multiplier,
            Stand::Upper => -multiplier,
        };
        if lower < upper && bad > noise {
            let to = Stand::Free;
            wrong.push(Change {
                what,
                to,
                size: bad,
            });
        }
    };
    for (column, &stand) in sets.columns.iter().enumerate() {
        let bounds = (problem.lower[column], problem.upper[column]);
        judge(What::Column(column), stand, pull[column], bounds);
    }
    for (position, &stand) in sets.rows.iter().enumerate() {
        let bounds = (problem.row_lower[position], problem.row_upper[position]);
        judge(What::Row(position), stand, row[position], bounds);
    }
    wrong
}
