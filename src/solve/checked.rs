//! Whole numbers that hold to the cent: what branch and bound proposes is checked with its numbers fixed, what does not hold is cut
//! off, and it is asked again.
//!
//! A solver takes 0.9999999995 for one: of a project of 20 million that is a cent. Fixed at one, the project is paid in full or the
//! rows say no; multipliers of that no make a cut over whole columns, with coefficients of one, which no tolerance can bend.

use std::time::Instant;

use super::answer::{Fault, Stop};
use super::cover::{Cut, Question};
use super::engine::{WholeAnswer, engine, maximise_whole, maximise_whole_widely};
use super::scaled::{Scaled, SparseRows, dot};
use crate::tolerance::{CHOICE_CENTS, PRIMAL_FEASIBILITY, WHOLE_LOCK};

/// How often a choice is cut off and made again before the solver is believed to have none.
const MOST_CUTS: usize = 400;

/// How often a choice is asked for again with wide tolerances once the narrow ones have nothing better.
const MOST_OPINIONS: usize = 8;

/// Maximises `cost` as [`maximise_whole`] does; the point it gives has whole numbers and obeys the rows with them.
pub(crate) fn maximise_checked(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
    start: Option<&[f64]>,
    (gap, until): (f64, Option<Instant>),
) -> Option<WholeAnswer> {
    let mut search = Search {
        asked: Question {
            scaled: scaled.clone(),
            cost: cost.to_vec(),
            whole: whole.to_vec(),
        },
        n_columns: scaled.n_columns(),
        best: None,
        bound: f64::INFINITY,
    };
    let mut start = start;
    let mut opinions = 0;
    for _ in 0..MOST_CUTS {
        let answer = maximise_whole(
            &search.asked.scaled,
            &search.asked.cost,
            &search.asked.whole,
            start.take(),
            (gap, until),
        )?;
        if matches!(answer.stop, Stop::Optimal | Stop::Limit) {
            search.bound = search.bound.min(answer.bound);
        }
        let is_last = !matches!(answer.stop, Stop::Optimal | Stop::Infeasible);
        let stop = answer.stop;
        let settled = match answer.primal {
            Some(point) => search.take(point, gap),
            None => true,
        };
        if settled || is_last {
            opinions += 1;
            if !is_last && opinions <= MOST_OPINIONS && search.other_opinion(gap, until) {
                continue;
            }
            return Some(search.end(stop));
        }
        if search.is_closed() {
            return Some(search.end(Stop::Infeasible));
        }
    }
    Some(search.end(Stop::Failed(Fault::NoChoice.to_string())))
}

/// How far a row of a choice may be off, in the unit of the programme.
fn tolerated(scaled: &Scaled) -> f64 {
    (CHOICE_CENTS / scaled.unit).max(2.0 * PRIMAL_FEASIBILITY)
}

/// One question, with the cuts and the best choice so far.
struct Search {
    asked: Question,
    /// Columns of the question; those of cuts come after.
    n_columns: usize,
    best: Option<(f64, Vec<f64>)>,
    bound: f64,
}

impl Search {
    /// Takes a proposal: whether it settles the question. If not, it is cut off.
    fn take(&mut self, mut point: Vec<f64>, gap: f64) -> bool {
        let claimed = dot(&self.asked.cost, &point);
        round(&mut point, &self.asked.whole);
        match self.held(&point) {
            Ok(held) => {
                let value = dot(&self.asked.cost, &held);
                let same = gap.max(WHOLE_LOCK * (1.0 + value.abs()));
                if self.best.as_ref().is_none_or(|best| best.0 < value) {
                    self.best = Some((value, held));
                }
                if claimed - value <= same {
                    return true;
                }
                // It was said to be better than it is: whether another choice is, is asked.
                self.ask_for_better(value + same);
            }
            Err(cut) => self.asked.cut(cut, &point),
        }
        false
    }

    /// Whether wide tolerances know a choice that holds and is better than the best: narrow ones lose some that use a fund to its last
    /// cent. It is then the best, and only what is better is asked for.
    fn other_opinion(&mut self, gap: f64, until: Option<Instant>) -> bool {
        let Some(before) = self.best.as_ref().map(|best| best.0) else {
            return false; // asked for with wide tolerances already
        };
        let Question {
            scaled,
            cost,
            whole,
        } = &self.asked;
        if cost.iter().all(|cost| *cost == 0.0) {
            return false; // any choice is as good
        }
        let Some(answer) = maximise_whole_widely(scaled, cost, whole, (gap, until)) else {
            return false;
        };
        let Some(mut point) = answer.primal else {
            return false;
        };
        round(&mut point, whole);
        let Ok(held) = self.held(&point) else {
            return false;
        };
        let value = dot(cost, &held);
        let same = gap.max(WHOLE_LOCK * (1.0 + value.abs()));
        if value <= before + same {
            return false;
        }
        self.best = Some((value, held));
        self.bound = answer.bound.max(value); // the one before was wrong
        self.ask_for_better(value + same);
        true
    }

    /// Only what is worth at least so much is asked for.
    fn ask_for_better(&mut self, least: f64) {
        let cells = self.asked.cost.iter().copied().enumerate();
        let cells = cells.filter(|cell| cell.1 != 0.0).collect();
        self.asked.at_least(cells, least);
    }

    /// The proposal as it obeys the rows with its whole numbers; or what is wrong with them.
    fn held(&self, point: &[f64]) -> Result<Vec<f64>, Option<Cut>> {
        let Question {
            scaled,
            cost,
            whole,
        } = &self.asked;
        let tolerated = tolerated(scaled);
        let (fixed, sizes) = with_numbers(scaled, whole, point);
        if fixed.largest_violation(point) <= tolerated {
            return Ok(point.to_vec());
        }
        let answer = engine().maximise(&fixed, cost, None);
        match (answer.stop, answer.primal) {
            (Stop::Optimal, Some(found)) if fixed.largest_violation(&found) <= tolerated => {
                Ok(found)
            }
            _ => {
                let mut dual = multipliers_of_violation(&fixed).ok_or(None)?;
                for (multiplier, size) in dual.iter_mut().zip(&sizes) {
                    *multiplier /= size;
                }
                Err(Cut::of(scaled, whole, point, &dual, tolerated / 4.0))
            }
        }
    }

    /// Whether a cut says that nothing is left.
    fn is_closed(&self) -> bool {
        let matrix = &self.asked.scaled.matrix;
        matrix.n_rows() > 0 && matrix.row(matrix.n_rows() - 1).next().is_none()
    }

    /// The answer, for the columns that were asked about.
    fn end(self, stop: Stop) -> WholeAnswer {
        let stop = match (stop, &self.best) {
            (Stop::Infeasible, Some(_)) => Stop::Optimal,
            (Stop::Failed(_), Some(_)) => Stop::Limit,
            (stop, _) => stop,
        };
        let primal = self.best.map(|(_, mut point)| {
            point.truncate(self.n_columns);
            point
        });
        WholeAnswer {
            stop,
            primal,
            bound: self.bound,
        }
    }
}

/// The whole columns of a point as whole numbers.
fn round(point: &mut [f64], whole: &[bool]) {
    for (value, whole) in point.iter_mut().zip(whole) {
        if *whole {
            *value = value.round();
        }
    }
}

/// The programme with the whole numbers of a point, taken out of its rows: these are then divided by what is left in them, so that
/// a cent beside a project of 20 million is a cent. Says by what each row was divided.
fn with_numbers(scaled: &Scaled, whole: &[bool], point: &[f64]) -> (Scaled, Vec<f64>) {
    let mut fixed = scaled.clone();
    fixed.matrix = SparseRows::new();
    let mut sizes = Vec::new();
    for row in 0..scaled.n_rows() {
        let (chosen, open): (Vec<_>, Vec<_>) =
            scaled.matrix.row(row).partition(|cell| whole[cell.0]);
        let taken: f64 = chosen.iter().map(|cell| cell.1 * point[cell.0]).sum();
        let size = open
            .iter()
            .fold(0.0_f64, |size, cell| size.max(cell.1.abs()));
        let size = if size > 0.0 { size } else { 1.0 };
        for bound in [&mut fixed.row_lower[row], &mut fixed.row_upper[row]] {
            *bound = (*bound - taken) / size;
        }
        let cells = open
            .into_iter()
            .map(|(column, value)| (column, value / size));
        fixed.matrix.push(cells);
        sizes.push(size);
    }
    for (column, value) in point
        .iter()
        .enumerate()
        .filter(|(column, _)| whole[*column])
    {
        (fixed.lower[column], fixed.upper[column]) = (*value, *value);
    }
    (fixed, sizes)
}

/// Multipliers of the rows at the least total violation of a programme.
fn multipliers_of_violation(scaled: &Scaled) -> Option<Vec<f64>> {
    let mut loose = scaled.clone();
    let plain = std::mem::replace(&mut loose.matrix, SparseRows::new());
    let mut cost = vec![0.0; scaled.n_columns()];
    for row in 0..plain.n_rows() {
        let mut cells: Vec<(usize, f64)> = plain.row(row).collect();
        // More than the row can be off.
        let reach: f64 = cells
            .iter()
            .map(|&(column, value)| {
                value.abs() * loose.lower[column].abs().max(loose.upper[column].abs())
            })
            .sum();
        for (bound, sign) in [(scaled.row_lower[row], 1.0), (scaled.row_upper[row], -1.0)] {
            if bound.is_finite() {
                cells.push((loose.lower.len(), sign));
                loose.lower.push(0.0);
                loose.upper.push(1.0 + reach + bound.abs());
                loose.column_size.push(scaled.unit);
                cost.push(-1.0);
            }
        }
        loose.matrix.push(cells);
    }
    engine().maximise(&loose, &cost, None).dual
}
