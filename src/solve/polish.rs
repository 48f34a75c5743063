//! Primal-dual active set: from the interior-point guess to the exact minimiser.
//!
//! The guess says which bounds and rows are active; the optimality system of that active set is solved to the last digits;
//! what then breaks a bound or has a multiplier of the wrong sign changes sides, and again.
//!
//! # Source
//! Hintermüller, Ito and Kunisch, *The primal-dual active set strategy as a semismooth Newton method*, SIAM J. Optim. 13 (2003).

use super::kkt::{Kkt, Order};
use super::quadratic::{Guess, Quadratic};
use crate::tolerance::{PICK_DRAW, PICK_DUAL, PICK_PRIMAL, PICK_RESIDUAL, PICK_USABLE};

/// Where a column or row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    Free,
    Lower,
    Upper,
}

/// The minimiser, or the best point at hand.
#[derive(Clone, Debug)]
pub(crate) struct Polished {
    pub(crate) point: Vec<f64>,
    /// Multiplier of each row: positive on an upper bound, negative on a lower one.
    pub(crate) row: Vec<f64>,
    /// Multiplier of each column: positive on an upper bound, negative on a lower one.
    pub(crate) column: Vec<f64>,
    /// Whether bounds, rows and signs all hold to the tolerance.
    pub(crate) proved: bool,
    /// Whether at least bounds and rows hold to a few cents, so that rounding can mend the rest.
    pub(crate) usable: bool,
}

const MOST_STEPS: usize = 60;
/// Steps from where another scenario ended: a guess of its own costs about as much as so many.
const FEW_STEPS: usize = 25;
/// Draws of the proximal point method; the first or second ends it where the guess is good.
const MOST_DRAWS: usize = 20;
/// After so many steps only the worst offender changes sides, so that the sets cannot chase each other.
const CAREFUL_FROM: usize = 20;

/// Polishes the guess.
pub(crate) fn polish(problem: &Quadratic, guess: Guess) -> Polished {
    let mut system = System::default();
    polish_by(problem, guess, &mut system)
}

/// As [`polish`], with a system that an earlier problem of the same rows and weights may have left.
fn polish_by(problem: &Quadratic, guess: Guess, system: &mut System) -> Polished {
    let sets = Sets::from_guess(problem, &guess);
    let start = (guess.point.clone(), guess.row.clone());
    steps(problem, sets, start, MOST_STEPS, system).unwrap_or(Polished {
        point: guess.point,
        row: guess.row,
        column: guess.column,
        proved: false,
        usable: false,
    })
}

/// A point to start at, with what is thought to be active, where another problem like this one ended.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    pub(crate) point: Vec<f64>,
    pub(crate) columns: Vec<Stand>,
    pub(crate) rows: Vec<Stand>,
}

/// Polishes from there; `None` where the minimiser is not found and proved in a few steps.
pub(crate) fn polish_from(problem: &Quadratic, start: Start) -> Option<Polished> {
    polish_from_by(problem, start, &mut System::ordered(problem))
}

fn polish_from_by(problem: &Quadratic, start: Start, system: &mut System) -> Option<Polished> {
    let sets = Sets::from_stands(problem, start.columns, start.rows);
    let row = vec![0.0; problem.rows.n_rows()];
    let start = (start.point, row);
    steps(problem, sets, start, FEW_STEPS, system).filter(|polished| polished.proved)
}

/// The latest factorised system, with the sets it is of: the same sets need no other.
#[derive(Default)]
struct System {
    /// Found once for all sets; without one each system is ordered by itself.
    order: Option<Order>,
    of: Option<(Sets, Option<Kkt>)>,
}

impl System {
    fn ordered(problem: &Quadratic) -> Self {
        Self {
            order: Order::new(problem),
            of: None,
        }
    }

    /// Solves the system of these sets; gives the largest residual left.
    fn solve(
        &mut self,
        problem: &Quadratic,
        sets: &Sets,
        point: &mut [f64],
        row: &mut [f64],
    ) -> f64 {
        let known = self.of.take().filter(|(of, _)| of == sets);
        let (_, kkt) = self.of.insert(known.unwrap_or_else(|| {
            let (free, active) = (sets.free(), sets.active(problem));
            let kkt = Kkt::new(problem, free, active, self.order.as_ref());
            (sets.clone(), kkt)
        }));
        match kkt {
            Some(kkt) => kkt.solve(problem, point, row),
            None if sets.is_empty() => 0.0,
            None => f64::INFINITY,
        }
    }
}

/// Steps until bounds, rows and signs hold; `None` where they do not within `most`.
fn steps(
    problem: &Quadratic,
    mut sets: Sets,
    (mut point, mut row): (Vec<f64>, Vec<f64>),
    most: usize,
    system: &mut System,
) -> Option<Polished> {
    let from_afar = system.order.is_some();
    for step in 0..most {
        sets.project(problem, &mut point, &mut row);
        if from_afar {
            // What an earlier set left here can be a billion times what is wanted, and its rounding would stay.
            row.fill(0.0);
        }
        let residual = system.solve(problem, &sets, &mut point, &mut row);
        let mut wrong = sets.wrong(problem, &point, &row);
        if wrong.is_empty() {
            return Some(Polished {
                column: pull(problem, &point, &row),
                point,
                row,
                proved: residual <= PICK_RESIDUAL,
                usable: residual <= PICK_USABLE,
            });
        }
        if step >= CAREFUL_FROM {
            wrong.sort_by(|a, b| b.size.total_cmp(&a.size));
            wrong.truncate(1);
        }
        for change in wrong {
            match change.what {
                What::Column(column) => sets.columns[column] = change.to,
                What::Row(row) => sets.rows[row] = change.to,
            }
        }
    }
    None
}

#[derive(Clone, Copy, Debug)]
enum What {
    Column(usize),
    Row(usize),
}

/// Something on the wrong side, by how much, and where it goes.
#[derive(Clone, Copy, Debug)]
struct Change {
    what: What,
    to: Stand,
    size: f64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sets {
    columns: Vec<Stand>,
    rows: Vec<Stand>,
}

impl Sets {
    fn free(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|&c| self.columns[c] == Stand::Free)
            .collect()
    }

    /// Active rows with the bound they are held at.
    fn active(&self, problem: &Quadratic) -> Vec<(usize, f64)> {
        let rows = self.rows.iter().enumerate();
        rows.filter_map(|(r, stand)| match stand {
            Stand::Free => None,
            Stand::Lower => Some((r, problem.row_lower[r])),
            Stand::Upper => Some((r, problem.row_upper[r])),
        })
        .collect()
    }

    fn is_empty(&self) -> bool {
        self.columns.iter().all(|stand| *stand != Stand::Free)
            && self.rows.iter().all(|stand| *stand == Stand::Free)
    }

    /// Active is what has a multiplier larger than its distance.
    fn from_guess(problem: &Quadratic, guess: &Guess) -> Self {
        let stand = |multiplier: f64, below: f64, above: f64| {
            if -multiplier > below {
                Stand::Lower
            } else if multiplier > above {
                Stand::Upper
            } else {
                Stand::Free
            }
        };
        let columns = (0..problem.n())
            .map(|c| {
                if problem.lower[c] >= problem.upper[c] {
                    return Stand::Lower;
                }
                let value = guess.point[c];
                stand(
                    guess.column[c],
                    value - problem.lower[c],
                    problem.upper[c] - value,
                )
            })
            .collect();
        let rows = (0..problem.rows.n_rows())
            .map(|r| {
                if problem.row_lower[r] >= problem.row_upper[r] {
                    return Stand::Upper;
                }
                let value = activity(problem, r, &guess.point);
                stand(
                    guess.row[r],
                    value - problem.row_lower[r],
                    problem.row_upper[r] - value,
                )
            })
            .collect();
        Self { columns, rows }
    }

    /// Active is what was active elsewhere, as far as its bound is there.
    fn from_stands(problem: &Quadratic, mut columns: Vec<Stand>, mut rows: Vec<Stand>) -> Self {
        columns.resize(problem.n(), Stand::Free);
        rows.resize(problem.rows.n_rows(), Stand::Free);
        for (column, stand) in columns.iter_mut().enumerate() {
            if problem.lower[column] >= problem.upper[column] {
                *stand = Stand::Lower;
            }
        }
        for (row, stand) in rows.iter_mut().enumerate() {
            let (lower, upper) = (problem.row_lower[row], problem.row_upper[row]);
            *stand = match *stand {
                _ if lower >= upper => Stand::Upper,
                Stand::Lower if lower.is_finite() => Stand::Lower,
                Stand::Upper if upper.is_finite() => Stand::Upper,
                _ => Stand::Free,
            };
        }
        Self { columns, rows }
    }

    /// Columns off duty sit on their bound; rows off duty have no multiplier.
    fn project(&self, problem: &Quadratic, point: &mut [f64], row: &mut [f64]) {
        for (column, stand) in self.columns.iter().enumerate() {
            match stand {
                Stand::Free => {}
                Stand::Lower => point[column] = problem.lower[column],
                Stand::Upper => point[column] = problem.upper[column],
            }
        }
        for (position, stand) in self.rows.iter().enumerate() {
            if *stand == Stand::Free {
                row[position] = 0.0;
            }
        }
    }

    /// A row that is held but missed: the columns on a bound that stands in its way are let go.
    fn push_stuck(&self, problem: &Quadratic, point: &[f64], wrong: &mut Vec<Change>) {
        for (position, stand) in self.rows.iter().enumerate() {
            let bound = match stand {
                Stand::Free => continue,
                Stand::Lower => problem.row_lower[position],
                Stand::Upper => problem.row_upper[position],
            };
            let off = activity(problem, position, point) - bound;
            if off.abs() <= PICK_PRIMAL {
                continue;
            }
            for (column, coefficient) in problem.rows.row(position) {
                let too_far = match self.columns[column] {
                    Stand::Free => false,
                    Stand::Lower => coefficient * off < 0.0,
                    Stand::Upper => coefficient * off > 0.0,
                };
                if too_far && problem.lower[column] < problem.upper[column] {
                    wrong.push(Change {
                        what: What::Column(column),
                        to: Stand::Free,
                        size: off.abs(),
                    });
                }
            }
        }
    }

    fn wrong(&self, problem: &Quadratic, point: &[f64], row: &[f64]) -> Vec<Change> {
        let mut wrong = Vec::new();
        let size = row.iter().fold(1.0_f64, |most, y| most.max(y.abs()));
        let push = |changes: &mut Vec<Change>, what, to, size: f64, tolerance: f64| {
            if size > tolerance {
                changes.push(Change { what, to, size });
            }
        };
        for (position, stand) in self.rows.iter().enumerate() {
            let (lower, upper) = (problem.row_lower[position], problem.row_upper[position]);
            let what = What::Row(position);
            if *stand == Stand::Free {
                let value = activity(problem, position, point);
                push(&mut wrong, what, Stand::Upper, value - upper, PICK_PRIMAL);
                push(&mut wrong, what, Stand::Lower, lower - value, PICK_PRIMAL);
                continue;
            }
            if lower < upper {
                let value = activity(problem, position, point);
                let (bad, room) = match stand {
                    Stand::Upper => (-row[position], upper - value),
                    _ => (row[position], value - lower),
                };
                // A row held beside a tighter one that says nearly the same cannot be met: the looser gives way.
                if room > PICK_PRIMAL {
                    push(&mut wrong, what, Stand::Free, room, PICK_PRIMAL);
                } else {
                    push(&mut wrong, what, Stand::Free, bad, PICK_DUAL * size);
                }
            }
        }
        self.push_stuck(problem, point, &mut wrong);
        let pull = pull(problem, point, row);
        for (column, stand) in self.columns.iter().enumerate() {
            let (lower, upper) = (problem.lower[column], problem.upper[column]);
            let what = What::Column(column);
            if lower >= upper {
                continue;
            }
            match stand {
                Stand::Free => {
                    push(
                        &mut wrong,
                        what,
                        Stand::Lower,
                        lower - point[column],
                        PICK_PRIMAL,
                    );
                    push(
                        &mut wrong,
                        what,
                        Stand::Upper,
                        point[column] - upper,
                        PICK_PRIMAL,
                    );
                }
                Stand::Lower => push(
                    &mut wrong,
                    what,
                    Stand::Free,
                    pull[column],
                    PICK_DUAL * size,
                ),
                Stand::Upper => push(
                    &mut wrong,
                    what,
                    Stand::Free,
                    -pull[column],
                    PICK_DUAL * size,
                ),
            }
        }
        wrong
    }
}

/// Where each column would go: minus the gradient, less what the rows hold back.
fn pull(problem: &Quadratic, point: &[f64], row: &[f64]) -> Vec<f64> {
    let mut pull: Vec<f64> = (0..problem.n())
        .map(|c| -problem.weight[c] * (point[c] - problem.target[c]))
        .collect();
    for (position, &multiplier) in row.iter().enumerate() {
        if multiplier != 0.0 {
            for (column, coefficient) in problem.rows.row(position) {
                pull[column] -= coefficient * multiplier;
            }
        }
    }
    pull
}

/// Polishes a problem whose weights leave some columns undecided: they are drawn to where they were, again and again, until
/// they stay there; the draw is then nothing and the point solves the problem itself (proximal point method).
pub(crate) fn polish_undecided(problem: &Quadratic, guess: Guess) -> Polished {
    let drawn = drawn_to(problem, &guess.point);
    let mut system = System::default();
    let polished = polish_by(&drawn, guess, &mut system);
    settle_undecided(problem, drawn, polished, &mut system)
}

/// As [`polish_undecided`], from where another problem ended; `None` where that does not lead to a proof.
pub(crate) fn polish_undecided_from(problem: &Quadratic, start: Start) -> Option<Polished> {
    let drawn = drawn_to(problem, &start.point);
    let mut system = System::ordered(&drawn);
    let polished = polish_from_by(&drawn, start, &mut system)?;
    let settled = settle_undecided(problem, drawn, polished, &mut system);
    Some(settled).filter(|polished| polished.proved)
}

fn drawn_to(problem: &Quadratic, point: &[f64]) -> Quadratic {
    let mut drawn = problem.clone();
    for (column, &value) in point.iter().enumerate() {
        if problem.weight[column] == 0.0 {
            drawn.weight[column] = PICK_DRAW;
            drawn.target[column] = value;
        }
    }
    drawn
}

fn settle_undecided(
    problem: &Quadratic,
    mut drawn: Quadratic,
    mut polished: Polished,
    system: &mut System,
) -> Polished {
    for _ in 0..MOST_DRAWS {
        let mut moved = 0.0_f64;
        for column in 0..problem.n() {
            if problem.weight[column] == 0.0 {
                moved = moved.max((polished.point[column] - drawn.target[column]).abs());
                drawn.target[column] = polished.point[column];
            }
        }
        if !polished.usable || PICK_DRAW * moved <= PICK_RESIDUAL {
            return polished;
        }
        let guess = Guess {
            point: polished.point,
            row: polished.row,
            column: polished.column,
        };
        polished = polish_by(&drawn, guess, system);
    }
    Polished {
        proved: false,
        ..polished
    }
}

fn activity(problem: &Quadratic, row: usize, point: &[f64]) -> f64 {
    problem
        .rows
        .row(row)
        .map(|(column, coefficient)| coefficient * point[column])
        .sum()
}
