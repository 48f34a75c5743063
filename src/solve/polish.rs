//! Primal-dual active set: from the interior-point guess to the exact minimiser.
//!
//! The guess says which bounds and rows are active; the optimality system of that active set is solved to the last digits;
//! what then breaks a bound or has a multiplier of the wrong sign changes sides, and again.
//!
//! # Source
//! Hintermüller, Ito and Kunisch, *The primal-dual active set strategy as a semismooth Newton method*, SIAM J. Optim. 13 (2003).

mod inside;
#[cfg(test)]
mod tests;
mod undecided;

use super::kkt::Kkt;
use super::normal::RowPattern;
use super::quadratic::{Guess, Quadratic};
use crate::tolerance::{PICK_DUAL, PICK_PRIMAL, PICK_RESIDUAL, PICK_USABLE};

pub(crate) use undecided::polish_undecided;

use inside::sets_inside;

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

const MOST_STEPS: usize = 25;
/// After so many steps only the worst offender changes sides, so that the sets cannot chase each other.
const CAREFUL_FROM: usize = 14;

/// Polishes the guess.
pub(crate) fn polish(problem: &Quadratic, guess: Guess, pattern: &RowPattern) -> Polished {
    polish_by(problem, guess, &mut System::new(problem, pattern))
}

/// As [`polish`], with a system that an earlier problem of the same rows and weights may have left.
fn polish_by(problem: &Quadratic, guess: Guess, system: &mut System<'_>) -> Polished {
    let stands = Start::by(problem, &guess);
    let sets = Sets::from_stands(problem, stands.columns, stands.rows);
    let start = (guess.point.clone(), guess.row.clone());
    steps(problem, &sets, &start, system).unwrap_or(Polished {
        point: guess.point,
        row: guess.row,
        column: guess.column,
        proved: false,
        usable: false,
    })
}

/// A point to start at, with what is thought to be active.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    point: Vec<f64>,
    columns: Vec<Stand>,
    rows: Vec<Stand>,
}

impl Start {
    /// Active is what has a multiplier larger than its distance. Its multipliers are not taken over.
    pub(crate) fn by(problem: &Quadratic, guess: &Guess) -> Self {
        let stand = |multiplier: f64, below: f64, above: f64| {
            if -multiplier > below {
                Stand::Lower
            } else if multiplier > above {
                Stand::Upper
            } else {
                Stand::Free
            }
        };
        let columns = (0..problem.n()).map(|column| {
            let value = guess.point[column];
            stand(
                guess.column[column],
                value - problem.lower[column],
                problem.upper[column] - value,
            )
        });
        let rows = (0..problem.rows.n_rows()).map(|row| {
            let value = activity(problem, row, &guess.point);
            stand(
                guess.row[row],
                value - problem.row_lower[row],
                problem.row_upper[row] - value,
            )
        });
        Self {
            point: guess.point.clone(),
            columns: columns.collect(),
            rows: rows.collect(),
        }
    }
}

/// Polishes from there; `None` where the minimiser is not found and proved in a few steps.
pub(crate) fn polish_from(
    problem: &Quadratic,
    start: Start,
    pattern: &RowPattern,
) -> Option<Polished> {
    let sets = Sets::from_stands(problem, start.columns, start.rows);
    let start = (start.point, vec![0.0; problem.rows.n_rows()]);
    let mut system = System::new(problem, pattern);
    steps(problem, &sets, &start, &mut system).filter(|polished| polished.proved)
}

/// The latest factorised system, with the sets it is of: the same sets need no other.
struct System<'p> {
    kkt: Kkt<'p>,
    of: Option<Sets>,
    pattern: &'p RowPattern,
}

impl<'p> System<'p> {
    fn new(problem: &Quadratic, pattern: &'p RowPattern) -> Self {
        Self {
            kkt: Kkt::new(problem, pattern),
            of: None,
            pattern,
        }
    }

    /// Solves the system of these sets, finely or not; gives the largest residual left.
    fn solve(
        &mut self,
        problem: &Quadratic,
        sets: &Sets,
        (point, row): (&mut [f64], &mut [f64]),
        fine: bool,
    ) -> f64 {
        if self.of.as_ref() != Some(sets) {
            let (free, active) = (sets.free(), sets.active(problem));
            self.kkt.factor(problem, free, active);
            self.of = Some(sets.clone());
        }
        self.kkt.solve(problem, point, row, fine)
    }
}

/// How many columns at least are let go at once where they stand in the way of a row: sets that chase each other in one way seldom
/// do in another.
const LET_GO: [usize; 3] = [usize::MAX, 4, 1];

/// Steps until bounds, rows and signs hold, in one way or another, at last from the sets that a walk inside finds; `None` where they
/// do not.
fn steps(
    problem: &Quadratic,
    sets: &Sets,
    start: &(Vec<f64>, Vec<f64>),
    system: &mut System<'_>,
) -> Option<Polished> {
    let mut near = None;
    for least in LET_GO {
        match steps_by(problem, sets, start, least, system) {
            Some(found) if found.proved => return Some(found),
            found => near = near.or(found),
        }
    }
    let walked = sets_inside(problem, sets, &start.0, system.pattern);
    let found = walked.and_then(|sets| steps_by(problem, &sets, start, usize::MAX, system));
    found.or(near)
}

fn steps_by(
    problem: &Quadratic,
    sets: &Sets,
    (point, anchor): &(Vec<f64>, Vec<f64>),
    least: usize,
    system: &mut System<'_>,
) -> Option<Polished> {
    let (mut sets, mut point) = (sets.clone(), point.clone());
    let mut row = anchor.clone();
    // What is right up to noise, but not to the last hundredth of a cent.
    let mut near = None;
    for step in 0..MOST_STEPS {
        sets.project(problem, &mut point);
        // Rows that say the same share a multiplier in any way: it stays near to the guess. What an earlier set left here can be a
        // billion times what is wanted, and its rounding would stay.
        for ((row, anchor), stand) in row.iter_mut().zip(anchor).zip(&sets.rows) {
            *row = if *stand == Stand::Free { 0.0 } else { *anchor };
        }
        system.solve(problem, &sets, (&mut point, &mut row), false);
        let mut wrong = sets.wrong(problem, &point, &row, (least, Care::Noise));
        if wrong.is_empty() {
            let residual = system.solve(problem, &sets, (&mut point, &mut row), true);
            wrong = sets.wrong(problem, &point, &row, (least, Care::Noise));
            if wrong.is_empty() {
                wrong = sets.wrong(problem, &point, &row, (least, Care::Way));
                let found = Polished {
                    column: pull(problem, &point, &row),
                    point: point.clone(),
                    row: row.clone(),
                    proved: wrong.is_empty() && residual <= PICK_RESIDUAL,
                    usable: residual <= PICK_USABLE,
                };
                if wrong.is_empty() {
                    return Some(found);
                }
                near = Some(found);
            }
        }
        if step >= CAREFUL_FROM {
            wrong.sort_by(|a, b| b.size.total_cmp(&a.size));
            wrong.truncate(1);
        }
        for change in wrong {
            sets.put(change);
        }
    }
    near
}

/// What counts as a multiplier of the wrong sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Care {
    /// More than is noise beside the largest multiplier.
    Noise,
    /// What would go further than rows and bounds may be off: rows that say the same may have multipliers of any size, and beside those
    /// a multiplier worth ten cents is noise.
    Way,
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
    fn put(&mut self, change: Change) {
        match change.what {
            What::Column(column) => self.columns[column] = change.to,
            What::Row(row) => self.rows[row] = change.to,
        }
    }

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

    /// Columns off duty sit on their bound.
    fn project(&self, problem: &Quadratic, point: &mut [f64]) {
        for (column, stand) in self.columns.iter().enumerate() {
            match stand {
                Stand::Free => {}
                Stand::Lower => point[column] = problem.lower[column],
                Stand::Upper => point[column] = problem.upper[column],
            }
        }
    }

    /// A row that is held but missed: of the columns on a bound that stands in its way, those that mind least are let go, until they
    /// have room for what is missed.
    fn push_stuck(
        &self,
        problem: &Quadratic,
        point: &[f64],
        pull: &[f64],
        wrong: &mut Vec<Change>,
        least: usize,
    ) {
        let mut in_the_way: Vec<(f64, f64, usize)> = Vec::new();
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
            in_the_way.clear();
            for (column, coefficient) in problem.rows.row(position) {
                let too_far = match self.columns[column] {
                    Stand::Free => false,
                    Stand::Lower => coefficient * off < 0.0,
                    Stand::Upper => coefficient * off > 0.0,
                };
                let room = problem.upper[column] - problem.lower[column];
                if too_far && room > 0.0 {
                    let minds = pull[column].abs() / coefficient.abs();
                    in_the_way.push((minds, room * coefficient.abs(), column));
                }
            }
            in_the_way.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut room = 0.0;
            for (n, &(_, own, column)) in in_the_way.iter().enumerate() {
                wrong.push(Change {
                    what: What::Column(column),
                    to: Stand::Free,
                    size: off.abs(),
                });
                room += own;
                if room > 2.0 * off.abs() && n >= least {
                    break;
                }
            }
        }
    }

    fn wrong(
        &self,
        problem: &Quadratic,
        point: &[f64],
        row: &[f64],
        (least, care): (usize, Care),
    ) -> Vec<Change> {
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
                    let tolerance = match care {
                        Care::Noise => PICK_DUAL * size,
                        Care::Way => {
                            let cells = problem.rows.row(position);
                            let stiff = cells.map(|(c, cell)| problem.stiffness[c] / cell.abs());
                            let softest = stiff.fold(f64::INFINITY, f64::min);
                            (PICK_PRIMAL * softest).min(PICK_DUAL * size)
                        }
                    };
                    push(&mut wrong, what, Stand::Free, bad, tolerance);
                }
            }
        }
        let pull = pull(problem, point, row);
        self.push_stuck(problem, point, &pull, &mut wrong, least);
        for (column, stand) in self.columns.iter().enumerate() {
            let (lower, upper) = (problem.lower[column], problem.upper[column]);
            let what = What::Column(column);
            if lower >= upper {
                continue;
            }
            let noise = (PICK_PRIMAL * problem.weight[column]).max(PICK_DUAL * size);
            let least_pull = match care {
                Care::Noise => noise,
                Care::Way => noise.min(PICK_PRIMAL * problem.stiffness[column]),
            };
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
                Stand::Lower => push(&mut wrong, what, Stand::Free, pull[column], least_pull),
                Stand::Upper => push(&mut wrong, what, Stand::Free, -pull[column], least_pull),
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

fn activity(problem: &Quadratic, row: usize, point: &[f64]) -> f64 {
    problem
        .rows
        .row(row)
        .map(|(column, coefficient)| coefficient * point[column])
        .sum()
}
