//! Primal-dual active set: from the interior-point guess to the exact minimiser.
//!
//! The guess says which bounds and rows are active; the optimality system of that active set is solved to the last digits;
//! what then breaks a bound or has a multiplier of the wrong sign changes sides, and again.
//!
//! # Source
//! Hintermüller, Ito and Kunisch, *The primal-dual active set strategy as a semismooth Newton method*, SIAM J. Optim. 13 (2003).

use super::kkt::Kkt;
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
const FEW_STEPS: usize = 15;
/// Draws of the proximal point method; the first or second ends it where the guess is good.
const MOST_DRAWS: usize = 20;
/// After so many steps only the worst offender changes sides, so that the sets cannot chase each other.
const CAREFUL_FROM: usize = 20;

/// Polishes the guess.
pub(crate) fn polish(problem: &Quadratic, guess: Guess) -> Polished {
    let sets = Sets::from_guess(problem, &guess);
    let start = (guess.point.clone(), guess.row.clone());
    steps(problem, sets, start, MOST_STEPS).unwrap_or(Polished {
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
    let sets = Sets::from_stands(problem, start.columns, start.rows);
    let row = vec![0.0; problem.rows.n_rows()];
    steps(problem, sets, (start.point, row), FEW_STEPS).filter(|polished| polished.proved)
}

/// Steps until bounds, rows and signs hold; `None` where they do not within `most`.
fn steps(
    problem: &Quadratic,
    mut sets: Sets,
    (mut point, mut row): (Vec<f64>, Vec<f64>),
    most: usize,
) -> Option<Polished> {
    for step in 0..most {
        sets.project(problem, &mut point, &mut row);
        let free: Vec<usize> = (0..problem.n())
            .filter(|&c| sets.columns[c] == Stand::Free)
            .collect();
        let active: Vec<(usize, f64)> = sets
            .rows
            .iter()
            .enumerate()
            .filter_map(|(r, stand)| match stand {
                Stand::Free => None,
                Stand::Lower => Some((r, problem.row_lower[r])),
                Stand::Upper => Some((r, problem.row_upper[r])),
            })
            .collect();
        let nothing = free.is_empty() && active.is_empty();
        let residual = match Kkt::new(problem, free, active) {
            Some(mut kkt) => kkt.solve(&mut point, &mut row),
            None if nothing => 0.0,
            None => f64::INFINITY,
        };
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

struct Sets {
    columns: Vec<Stand>,
    rows: Vec<Stand>,
}

impl Sets {
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
    let polished = polish(&drawn, guess);
    settle_undecided(problem, drawn, polished)
}

/// As [`polish_undecided`], from where another problem ended; `None` where that does not lead to a proof.
pub(crate) fn polish_undecided_from(problem: &Quadratic, start: Start) -> Option<Polished> {
    let drawn = drawn_to(problem, &start.point);
    let polished = polish_from(&drawn, start)?;
    Some(settle_undecided(problem, drawn, polished)).filter(|polished| polished.proved)
}

fn drawn_to(problem: &Quadratic, point: &[f64]) -> Quadratic {
    let mut drawn = problem.clone();
    for column in 0..problem.n() {
        if problem.weight[column] == 0.0 {
            drawn.weight[column] = PICK_DRAW;
            drawn.target[column] = point[column];
        }
    }
    drawn
}

fn settle_undecided(problem: &Quadratic, mut drawn: Quadratic, mut polished: Polished) -> Polished {
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
        polished = polish(&drawn, guess);
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
