//! Programmes whose rows may give way: by how much they must, which moves of bounds are the cheapest, and points at which some of
//! the rows hold.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Stop;
use super::engine::{Engine, engine};
use super::integers::fine_unit;
use super::scaled::{Nudge, Nudged, Scaled, SparseRows, float};
use super::search::SearchLimit;
use crate::lp::{Column, LinearProgram, Origin, loosen};
use crate::model::Model;
use crate::tolerance::CENTS_PER_UNIT;

/// A programme whose columns are bounded by its rows alone, in floats.
pub(crate) struct Loose<'p> {
    pub(crate) program: &'p LinearProgram,
    scaled: Scaled,
    /// More than all there is.
    most: f64,
}

impl<'p> Loose<'p> {
    /// In million euro.
    pub(crate) fn new(model: &Model, program: &'p LinearProgram) -> Self {
        Self::of(model, program, CENTS_PER_UNIT)
    }

    /// In the unit that suits the choice of whole numbers, where there are any to choose.
    pub(crate) fn to_choose(model: &Model, program: &'p LinearProgram) -> Self {
        let open = program.columns.iter().any(is_open);
        let unit = if open {
            fine_unit(program)
        } else {
            CENTS_PER_UNIT
        };
        Self::of(model, program, unit)
    }

    fn of(model: &Model, program: &'p LinearProgram, unit: f64) -> Self {
        let all = Scaled::of(program, false, unit);
        let most: f64 = 1.0 + all.upper.iter().sum::<f64>();
        let mut loose = program.clone();
        loosen(model, &mut loose);
        Self {
            program,
            scaled: Scaled::of(&loose, true, unit),
            most,
        }
    }

    /// The programme with the rows of these origins alone; what is whole is always there.
    fn with(&self, kept: &BTreeSet<Origin>) -> Scaled {
        let mut relaxed = self.scaled.clone();
        for (row, entry) in self.program.rows.iter().enumerate() {
            if entry.origin != Origin::Whole && !kept.contains(&entry.origin) {
                relaxed.row_lower[row] = f64::NEG_INFINITY;
                relaxed.row_upper[row] = f64::INFINITY;
            }
        }
        relaxed
    }

    /// Cents in the unit of its amounts.
    pub(crate) fn unit(&self) -> f64 {
        self.scaled.unit
    }

    fn whole(&self) -> Vec<bool> {
        self.program.columns.iter().map(is_open).collect()
    }

    /// Whether the rows of these origins can hold with whole numbers, as the solver says.
    pub(crate) fn can_hold_whole(
        &self,
        kept: &BTreeSet<Origin>,
        limit: &SearchLimit,
    ) -> Option<bool> {
        let cost = vec![0.0; self.scaled.n_columns()];
        let answer = limit.ask(&self.with(kept), &cost, &self.whole())?;
        match answer.stop {
            Stop::Optimal => Some(true),
            Stop::Infeasible => Some(false),
            _ => None,
        }
    }
}

/// Whether a column is whole and still to be chosen.
fn is_open(column: &Column) -> bool {
    column.is_whole() && !column.is_chosen()
}

/// Some rows of a loose programme, with a violation column on each side of each.
pub(crate) struct Part<'l, 'p> {
    loose: &'l Loose<'p>,
    /// Rows of the programme, in order.
    rows: Vec<usize>,
    scaled: Scaled,
    cost: Vec<f64>,
    engine: Box<dyn Engine>,
}

impl<'l, 'p> Part<'l, 'p> {
    /// The rows of chosen origins, and the columns they speak of.
    pub(crate) fn of(loose: &'l Loose<'p>, keep: impl Fn(Origin) -> bool) -> Self {
        let program = loose.program;
        let rows: Vec<usize> = (0..program.rows.len())
            .filter(|&row| keep(program.rows[row].origin))
            .collect();
        let mut part = Self {
            loose,
            scaled: Scaled::of(&LinearProgram::default(), true, loose.scaled.unit),
            cost: Vec::new(),
            engine: engine(),
            rows,
        };
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        for &row in &part.rows {
            for (column, _) in loose.scaled.matrix.row(row) {
                place.entry(column).or_insert(0);
            }
        }
        for (next, (&column, own)) in place.iter_mut().enumerate() {
            *own = next;
            part.scaled.lower.push(loose.scaled.lower[column]);
            part.scaled.upper.push(loose.scaled.upper[column]);
            part.scaled
                .column_size
                .push(loose.scaled.column_size[column]);
            part.cost.push(0.0);
        }
        for &row in &part.rows {
            let cells = loose.scaled.matrix.row(row);
            let mut cells: Vec<(usize, f64)> = cells
                .map(|(column, value)| (place[&column], value))
                .collect();
            let (lower, upper) = (loose.scaled.row_lower[row], loose.scaled.row_upper[row]);
            for (bounded, sign) in [(lower.is_finite(), 1.0), (upper.is_finite(), -1.0)] {
                if bounded {
                    cells.push((part.scaled.lower.len(), sign));
                    part.scaled.lower.push(0.0);
                    part.scaled
                        .upper
                        .push(10.0 * loose.most + lower.abs().min(1e9));
                    part.scaled.column_size.push(loose.scaled.unit);
                    part.cost.push(-1.0);
                }
            }
            part.scaled.matrix.push(cells);
            part.scaled.row_lower.push(lower);
            part.scaled.row_upper.push(upper);
            part.scaled.row_size.push(loose.scaled.row_size[row]);
        }
        part
    }

    /// Least total violation of the rows of `origins`, and the multipliers of those rows for the integer programme.
    pub(crate) fn violation(
        &mut self,
        origins: &BTreeSet<Origin>,
    ) -> Option<(f64, Vec<(usize, f64)>)> {
        let program = self.loose.program;
        let counts = |row: usize| {
            let origin = program.rows[row].origin;
            origin == Origin::Whole || origins.contains(&origin)
        };
        for (own, &row) in self.rows.iter().enumerate() {
            let (lower, upper) = if counts(row) {
                let scaled = &self.loose.scaled;
                (scaled.row_lower[row], scaled.row_upper[row])
            } else {
                (f64::NEG_INFINITY, f64::INFINITY)
            };
            (self.scaled.row_lower[own], self.scaled.row_upper[own]) = (lower, upper);
        }
        let answer = self.engine.maximise(&self.scaled, &self.cost, None);
        let (primal, dual) = (answer.primal?, answer.dual?);
        let violation = -primal
            .iter()
            .zip(&self.cost)
            .map(|(value, cost)| value * cost)
            .sum::<f64>();
        let multipliers = dual
            .iter()
            .zip(&self.rows)
            .zip(&self.scaled.row_size)
            .filter(|((multiplier, row), _)| multiplier.abs() > 1e-9 && counts(**row))
            .map(|((multiplier, &row), size)| (row, -multiplier / size))
            .collect();
        Some((violation, multipliers))
    }
}

/// Why no moves of bounds are proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmoved {
    /// There are none, as the solver sees it.
    None,
    /// The search ended at its limit.
    Limit,
}

/// What moving a bound of a row costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovePrice {
    /// Price of `per` units of the row.
    pub weight: i64,
    /// Units of the row.
    pub per: i64,
    /// It moves by whole steps of so many units of the row.
    pub step: i64,
}

/// A move of one bound of a row outwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The row.
    pub row: usize,
    /// Whether its upper bound moves.
    pub upper: bool,
    /// By how much, in the unit of the row, whole steps, positive.
    pub by: i64,
}

/// The cheapest moves of bounds after which the rows can hold, as the solver sees them, each rounded up to whole steps; `prices`
/// names the rows that may move. All other rows stay, but for those that move with one: `rises` says of such a row which bounds
/// rise with a unit of its own, and by how much. With whole numbers where there are any that are not chosen.
///
/// # Errors
/// [`Unmoved`] where no moves do, or the solver has no answer.
pub fn cheapest_moves(
    model: &Model,
    program: &LinearProgram,
    prices: &BTreeMap<usize, MovePrice>,
    rises: &BTreeMap<usize, Vec<Nudge>>,
    limit: &SearchLimit,
) -> Result<Vec<Moved>, Unmoved> {
    let loose = Loose::to_choose(model, program);
    let mut scaled = loose.scaled.clone();
    let mut whole = loose.whole();
    let plain = std::mem::replace(&mut scaled.matrix, SparseRows::new());
    let mut cost = vec![0.0; scaled.n_columns()];
    let mut moves = Vec::new();
    let mut more = Cells::default();
    for (&row, price) in prices {
        let (lower, upper) = (scaled.row_lower[row], scaled.row_upper[row]);
        for (bounded, is_upper) in [(lower.is_finite(), false), (upper.is_finite(), true)] {
            if !bounded {
                continue;
            }
            let column = scaled.lower.len();
            more.add(row, column, if is_upper { -1.0 } else { 1.0 });
            moves.push((row, is_upper, column));
            scaled.lower.push(0.0);
            let most = 10.0 * loose.most + lower.abs().min(1e9);
            scaled.upper.push(most);
            scaled.column_size.push(scaled.unit);
            cost.push(-float(price.weight) / float(price.per.max(1)) * scaled.row_size[row]);
            whole.push(false);
            let size = scaled.row_size[row];
            for rise in rises.get(&row).into_iter().flatten() {
                match rise.at {
                    Nudged::Lower(other) | Nudged::Upper(other) => {
                        more.add(other, column, -rise.by * size / scaled.row_size[other]);
                    }
                    Nudged::Column(other) => {
                        let by = rise.by * size * scaled.unit / scaled.column_size[other];
                        more.columns.entry(other).or_default().push((column, -by));
                    }
                }
            }
        }
    }
    for row in 0..plain.n_rows() {
        let own = more.rows.remove(&row).unwrap_or_default();
        scaled.matrix.push(plain.row(row).chain(own));
    }
    for (column, mut cells) in more.columns {
        // The bound of a column becomes a row, so that it can rise.
        let upper = std::mem::replace(&mut scaled.upper[column], 10.0 * loose.most);
        cells.push((column, 1.0));
        cells.sort_unstable_by_key(|cell| cell.0);
        scaled.matrix.push(cells);
        scaled.row_lower.push(f64::NEG_INFINITY);
        scaled.row_upper.push(upper);
        scaled.row_size.push(1.0);
    }
    let largest = cost.iter().fold(0.0_f64, |most, cost| most.max(cost.abs()));
    if largest > 0.0 {
        cost.iter_mut().for_each(|cost| *cost /= largest);
    }
    let (stop, primal) = if whole.contains(&true) {
        let answer = limit.ask(&scaled, &cost, &whole).ok_or(Unmoved::None)?;
        (answer.stop, answer.primal)
    } else {
        let answer = engine().maximise(&scaled, &cost, limit.until());
        (answer.stop, answer.primal)
    };
    let primal = match (stop, primal) {
        (Stop::Optimal, Some(primal)) => primal,
        (Stop::Limit, _) => return Err(Unmoved::Limit),
        _ => return Err(Unmoved::None),
    };
    let moved = moves.into_iter().filter_map(|(row, upper, column)| {
        let by = primal[column] * scaled.unit * scaled.row_size[row];
        let step = prices.get(&row).map_or(1, |price| price.step.max(1));
        let steps = whole_steps(by / float(step));
        let by = steps.saturating_mul(step);
        (by > 0).then_some(Moved { row, upper, by })
    });
    Ok(moved.collect())
}

/// Cells that rows and bounds of columns get besides their own; a column comes once in each.
#[derive(Default)]
struct Cells {
    rows: BTreeMap<usize, Vec<(usize, f64)>>,
    columns: BTreeMap<usize, Vec<(usize, f64)>>,
}

impl Cells {
    fn add(&mut self, row: usize, column: usize, value: f64) {
        let cells = self.rows.entry(row).or_default();
        // A row with two bounds rises once.
        if !cells.iter().any(|cell| cell.0 == column) {
            cells.push((column, value));
        }
    }
}

/// Steps rounded up: what is a thousandth of a step above a whole one is that one, but a millionth of one is a step.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a saturating cast of what the solver proposes; the moves are checked in whole numbers"
)]
fn whole_steps(steps: f64) -> i64 {
    if steps <= 1e-6 {
        return 0;
    }
    (steps - 1e-3).ceil().max(1.0) as i64
}

/// Points at which the rows of these origins hold, in cents (whole things as they are), as the solver sees it: a vertex, then one
/// where every row has play for rounding, where there is one.
#[must_use]
pub fn points_of(
    model: &Model,
    program: &LinearProgram,
    kept: &BTreeSet<Origin>,
    limit: &SearchLimit,
) -> Vec<Vec<f64>> {
    let loose = Loose::to_choose(model, program);
    let plain = loose.with(kept);
    let cost = vec![0.0; plain.n_columns()];
    let whole = loose.whole();
    let mut roomy = plain.clone();
    for row in 0..roomy.n_rows() {
        let half: f64 = roomy
            .matrix
            .row(row)
            .filter(|cell| !whole[cell.0])
            .map(|cell| cell.1.abs() * 0.5 / plain.unit)
            .sum();
        let room = roomy.row_upper[row] - roomy.row_lower[row];
        if room > 2.0 * half {
            roomy.row_lower[row] += half;
            roomy.row_upper[row] -= half;
        }
    }
    let mut points = Vec::new();
    for scaled in [plain, roomy] {
        let found = if whole.contains(&true) {
            limit
                .ask(&scaled, &cost, &whole)
                .filter(|answer| answer.stop == Stop::Optimal)
                .and_then(|answer| answer.primal)
        } else {
            engine().maximise(&scaled, &cost, limit.until()).primal
        };
        points.extend(found.map(|point| {
            point
                .iter()
                .zip(&scaled.column_size)
                .map(|(value, size)| value * size)
                .collect()
        }));
    }
    points
}
