//! An interior-point guess at a least-squares problem, on the factor whose pattern all scenarios share.
//!
//! # Source
//! S. Mehrotra, *On the implementation of a primal-dual interior point method*, SIAM J. Optim. 2 (1992); J. Nocedal and S. J.
//! Wright, *Numerical Optimization*, 2nd ed., section 16.6.

use super::normal::{Normal, RowPattern};
use super::quadratic::{Guess, Quadratic};
use crate::tolerance::{
    INTERIOR_GAP, INTERIOR_INSIDE, INTERIOR_LAST_GAP, INTERIOR_OFF, INTERIOR_PART, INTERIOR_START,
};

const MOST_STEPS: usize = 60;
/// How much of the way to the nearest bound a step may go.
const STEP: f64 = 0.995;

/// Something between two bounds: a column, or the value of a row. One that is held does not move.
#[derive(Clone, Copy, Debug)]
struct Between {
    value: f64,
    lower: f64,
    upper: f64,
    /// Multipliers of the bounds; zero where a bound is not there.
    at_lower: f64,
    at_upper: f64,
    moves: bool,
}

/// Direction of a [`Between`].
#[derive(Clone, Copy, Debug, Default)]
struct Way {
    value: f64,
    at_lower: f64,
    at_upper: f64,
}

impl Between {
    /// Inside its bounds, as near to `value` as may be at the start.
    fn new(value: f64, lower: f64, upper: f64) -> Self {
        let margin = INTERIOR_INSIDE.min((upper - lower) / 4.0);
        let moves = lower < upper;
        let value = if moves {
            value.max(lower + margin).min(upper - margin)
        } else {
            lower
        };
        let price = |gap: f64| {
            if moves && gap.is_finite() {
                INTERIOR_START / gap
            } else {
                0.0
            }
        };
        Self {
            value,
            lower,
            upper,
            at_lower: price(value - lower),
            at_upper: price(upper - value),
            moves,
        }
    }

    /// What holds it back: its part of the diagonal.
    fn stiffness(&self) -> f64 {
        self.at_lower / (self.value - self.lower) + self.at_upper / (self.upper - self.value)
    }

    /// Products of distances and multipliers, and how many there are.
    fn gap(&self, step: f64, way: Way) -> (f64, f64) {
        let (mut sum, mut count) = (0.0, 0.0);
        if self.moves && self.lower.is_finite() {
            let distance = self.value - self.lower + step * way.value;
            sum += distance * (self.at_lower + step * way.at_lower);
            count += 1.0;
        }
        if self.moves && self.upper.is_finite() {
            let distance = self.upper - self.value - step * way.value;
            sum += distance * (self.at_upper + step * way.at_upper);
            count += 1.0;
        }
        (sum, count)
    }

    /// What the bounds push with, for products that come to `aim` after the second-order part of `way`.
    fn push(&self, aim: f64, way: Way) -> f64 {
        let mut push = 0.0;
        if self.lower.is_finite() {
            push += (aim - way.value * way.at_lower) / (self.value - self.lower);
        }
        if self.upper.is_finite() {
            push -= (aim + way.value * way.at_upper) / (self.upper - self.value);
        }
        push
    }

    /// The multipliers that go with a move.
    fn complete(&self, value: f64, aim: f64, way: Way) -> Way {
        let mut next = Way {
            value,
            ..Way::default()
        };
        if self.lower.is_finite() {
            let distance = self.value - self.lower;
            let product = aim - way.value * way.at_lower - self.at_lower * value;
            next.at_lower = product / distance - self.at_lower;
        }
        if self.upper.is_finite() {
            let distance = self.upper - self.value;
            let product = aim + way.value * way.at_upper + self.at_upper * value;
            next.at_upper = product / distance - self.at_upper;
        }
        next
    }

    /// How far it may go at most.
    fn room(&self, way: Way) -> f64 {
        let mut room = f64::INFINITY;
        let mut until = |distance: f64, speed: f64| {
            if speed < 0.0 {
                room = room.min(-distance / speed);
            }
        };
        until(self.value - self.lower, way.value);
        until(self.upper - self.value, -way.value);
        until(self.at_lower, way.at_lower);
        until(self.at_upper, way.at_upper);
        room
    }

    fn go(&mut self, step: f64, way: Way) {
        self.value += step * way.value;
        self.at_lower += step * way.at_lower;
        self.at_upper += step * way.at_upper;
    }
}

struct Barrier<'a, 'p> {
    problem: &'a Quadratic,
    normal: Normal<'p>,
    columns: Vec<Between>,
    rows: Vec<Between>,
    multiplier: Vec<f64>,
    /// What is missing to the optimality of columns and of row values, and to the rows.
    missing: (Vec<f64>, Vec<f64>, Vec<f64>),
    inverse: Vec<f64>,
    extra: Vec<f64>,
}

/// A point near the minimiser with its multipliers, from a point or from nothing; `None` where it does not get there.
pub(crate) fn guess(
    problem: &Quadratic,
    pattern: &RowPattern,
    from: Option<&[f64]>,
) -> Option<Guess> {
    let mut barrier = Barrier::new(problem, pattern, from);
    let mut best = f64::INFINITY;
    for _ in 0..MOST_STEPS {
        let off = barrier.off();
        let gap = barrier.gap(0.0, None);
        if off <= INTERIOR_OFF && (gap <= INTERIOR_LAST_GAP || gap > 0.99 * best) {
            break;
        }
        best = best.min(gap);
        if !barrier.step(gap) {
            break;
        }
    }
    let close = barrier.off() <= INTERIOR_OFF && barrier.gap(0.0, None) <= INTERIOR_GAP;
    close.then(|| barrier.read())
}

impl<'a, 'p> Barrier<'a, 'p> {
    fn new(problem: &'a Quadratic, pattern: &'p RowPattern, from: Option<&[f64]>) -> Self {
        let columns: Vec<Between> = (0..problem.n())
            .map(|c| {
                let (lower, upper) = (problem.lower[c], problem.upper[c]);
                let value = from.map_or(INTERIOR_PART * upper, |from| from[c]);
                Between::new(value, lower, upper)
            })
            .collect();
        let n_rows = problem.rows.n_rows();
        let rows = (0..n_rows).map(|row| {
            let cells = problem.rows.row(row);
            let value: f64 = cells.map(|(c, cell)| cell * columns[c].value).sum();
            Between::new(value, problem.row_lower[row], problem.row_upper[row])
        });
        Self {
            normal: Normal::new(pattern, problem.n(), &problem.rows),
            rows: rows.collect(),
            multiplier: vec![0.0; n_rows],
            missing: (
                vec![0.0; columns.len()],
                vec![0.0; n_rows],
                vec![0.0; n_rows],
            ),
            inverse: vec![0.0; columns.len()],
            extra: vec![0.0; n_rows],
            problem,
            columns,
        }
    }

    /// Whether a row says anything.
    fn counts(&self, row: usize) -> bool {
        !self.rows[row].moves
            || self.problem.row_lower[row].is_finite()
            || self.problem.row_upper[row].is_finite()
    }

    /// Finds what is missing; gives the largest.
    fn off(&mut self) -> f64 {
        let problem = self.problem;
        let (columns, values, rows) = &mut self.missing;
        for (c, column) in self.columns.iter().enumerate() {
            columns[c] = problem.weight[c] * (problem.target[c] - column.value) + column.at_lower
                - column.at_upper;
        }
        let mut off = 0.0_f64;
        for (r, row) in self.rows.iter().enumerate() {
            let multiplier = self.multiplier[r];
            let mut value = 0.0;
            for (c, cell) in problem.rows.row(r) {
                value += cell * self.columns[c].value;
                columns[c] -= cell * multiplier;
            }
            rows[r] = row.value - value;
            values[r] = if row.moves {
                multiplier + row.at_lower - row.at_upper
            } else {
                0.0
            };
            let is_free = row.lower == f64::NEG_INFINITY && row.upper == f64::INFINITY;
            if !is_free {
                off = off.max(rows[r].abs()).max(values[r].abs());
            }
        }
        for (c, column) in self.columns.iter().enumerate() {
            if column.moves {
                off = off.max(columns[c].abs());
            }
        }
        off
    }

    /// Mean product of distances and multipliers, after a step if told.
    fn gap(&self, step: f64, ways: Option<&(Vec<Way>, Vec<Way>)>) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        let mut add = |between: &Between, way: Way| {
            let (gap, n) = between.gap(step, way);
            sum += gap;
            count += n;
        };
        for (c, column) in self.columns.iter().enumerate() {
            add(column, ways.map_or_else(Way::default, |ways| ways.0[c]));
        }
        for (r, row) in self.rows.iter().enumerate() {
            add(row, ways.map_or_else(Way::default, |ways| ways.1[r]));
        }
        sum / f64::max(count, 1.0)
    }

    /// One predictor and corrector; says whether there was a step.
    fn step(&mut self, gap: f64) -> bool {
        for (c, column) in self.columns.iter().enumerate() {
            self.inverse[c] = if column.moves {
                1.0 / (self.problem.weight[c] + column.stiffness())
            } else {
                0.0
            };
        }
        for r in 0..self.rows.len() {
            let row = &self.rows[r];
            self.extra[r] = if !self.counts(r) {
                f64::INFINITY
            } else if row.moves {
                1.0 / row.stiffness()
            } else {
                0.0
            };
        }
        self.normal
            .factor(&self.problem.rows, &self.inverse, &self.extra);
        let nothing = (
            vec![Way::default(); self.columns.len()],
            vec![Way::default(); self.rows.len()],
        );
        let (ways, _) = self.direction(0.0, &nothing);
        let step = self.room(&ways).min(1.0);
        let after = self.gap(step, Some(&ways));
        if !after.is_finite() {
            return false;
        }
        let aim = gap * (after / gap).powi(3);
        let (ways, multiplier) = self.direction(aim, &ways);
        let step = (STEP * self.room(&ways)).min(1.0);
        if !self.gap(step, Some(&ways)).is_finite() || step < 1e-8 {
            return false;
        }
        for (column, way) in self.columns.iter_mut().zip(&ways.0) {
            if column.moves {
                column.go(step, *way);
            }
        }
        for (row, way) in self.rows.iter_mut().zip(&ways.1) {
            if row.moves {
                row.go(step, *way);
            }
        }
        for (own, way) in self.multiplier.iter_mut().zip(&multiplier) {
            *own += step * way;
        }
        true
    }

    fn room(&self, ways: &(Vec<Way>, Vec<Way>)) -> f64 {
        let columns = self.columns.iter().zip(&ways.0);
        let rows = self.rows.iter().zip(&ways.1);
        columns
            .chain(rows)
            .filter(|(between, _)| between.moves)
            .map(|(between, way)| between.room(*way))
            .fold(f64::INFINITY, f64::min)
    }

    /// Directions of columns, row values and multipliers that make the products `aim`, with the second order of `before`.
    fn direction(
        &mut self,
        aim: f64,
        before: &(Vec<Way>, Vec<Way>),
    ) -> ((Vec<Way>, Vec<Way>), Vec<f64>) {
        let problem = self.problem;
        let pull: Vec<f64> = self
            .columns
            .iter()
            .enumerate()
            .map(|(c, column)| {
                if column.moves {
                    self.missing.0[c] - column.at_lower
                        + column.at_upper
                        + column.push(aim, before.0[c])
                } else {
                    0.0
                }
            })
            .collect();
        let row_pull: Vec<f64> = self
            .rows
            .iter()
            .enumerate()
            .map(|(r, row)| {
                if row.moves && self.extra[r].is_finite() {
                    self.missing.1[r] - row.at_lower + row.at_upper + row.push(aim, before.1[r])
                } else {
                    0.0
                }
            })
            .collect();
        let mut multiplier: Vec<f64> = (0..self.rows.len())
            .map(|r| {
                if self.extra[r].is_infinite() {
                    return 0.0;
                }
                let cells = problem.rows.row(r);
                let sum: f64 = cells
                    .map(|(c, cell)| cell * self.inverse[c] * pull[c])
                    .sum();
                sum - row_pull[r] * self.extra[r] - self.missing.2[r]
            })
            .collect();
        self.normal.solve(&mut multiplier);
        let mut pull = pull;
        for (r, &way) in multiplier.iter().enumerate() {
            if way != 0.0 {
                for (c, cell) in problem.rows.row(r) {
                    pull[c] -= cell * way;
                }
            }
        }
        let columns = self.columns.iter().enumerate();
        let columns = columns.map(|(c, column)| {
            if column.moves {
                column.complete(pull[c] * self.inverse[c], aim, before.0[c])
            } else {
                Way::default()
            }
        });
        let rows = self.rows.iter().enumerate();
        let rows = rows.map(|(r, row)| {
            if row.moves && self.extra[r].is_finite() {
                let value = (row_pull[r] + multiplier[r]) * self.extra[r];
                row.complete(value, aim, before.1[r])
            } else {
                Way::default()
            }
        });
        ((columns.collect(), rows.collect()), multiplier)
    }

    fn read(&self) -> Guess {
        let columns = self.columns.iter();
        Guess {
            point: columns.clone().map(|column| column.value).collect(),
            row: self.multiplier.clone(),
            column: columns
                .map(|column| column.at_upper - column.at_lower)
                .collect(),
        }
    }
}
