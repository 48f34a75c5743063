//! The pick: among all plans equally good for every goal, the one nearest to the formula riparto (or to last year), in proportion to
//! what is due ([`measure`](super::measure)), then every cell in proportion to need. Both steps are least squares over the locked face,
//! so the plan is unique.

mod face;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::barrier;
use super::measure::{Group, Square, WEIGHT_OF_A_CENT, groups, squares, targets};
use super::normal::RowPattern;
use super::polish::{Polished, Start, polish, polish_from, polish_undecided};
use super::quadratic::{Guess, Quadratic};
use super::scaled::{Scaled, float, wide};
use crate::lp::LinearProgram;
use crate::model::Model;
use crate::tolerance::{PICK_BOTH, PICK_LOCK, PICK_YEARS};
use face::Face;

/// The plan picked.
#[derive(Clone, Debug)]
pub struct Picked {
    /// Value of each column, in cents, as a float: to be rounded.
    pub values: Vec<f64>,
    /// Whether the exact nearest plan was found (bounds, rows and signs all hold).
    pub proved: bool,
    /// Multiplier of each row of the integer programme for the gradient of half the sum of weighted squares of cents, at the picked
    /// point: positive on an upper bound.
    pub row_dual: Vec<f64>,
}

/// What the picks of all scenarios of a structure share: the pattern of their factor.
#[derive(Clone, Debug, Default)]
pub(crate) struct PickShared {
    pattern: Option<Arc<RowPattern>>,
}

/// A plan on a face.
#[derive(Clone, Copy, Debug)]
pub(crate) enum On<'a> {
    /// Anywhere on it.
    Face(&'a [f64]),
    /// In its middle: a good place to begin from.
    Middle(&'a [f64]),
}

/// Picks on the face that `scaled` has been locked to, given a plan on it.
pub(crate) fn pick(
    model: &Model,
    program: &LinearProgram,
    scaled: &Scaled,
    on: On<'_>,
    shared: Option<&PickShared>,
) -> (Picked, PickShared) {
    let (On::Face(plan) | On::Middle(plan)) = on;
    let mut left = PickShared::default();
    let mut picking = Picking::new(model, program, scaled, plan);
    left.pattern = picking.pattern(shared);
    let from = matches!(on, On::Middle(_)).then(|| picking.begin());
    let picked = left
        .pattern
        .as_ref()
        .and_then(|pattern| picking.solve(pattern, from.as_deref()));
    // Without a point that obeys every row to a few cents the plan of the goals stands.
    (picked.unwrap_or_else(|| unpicked(plan, scaled.unit)), left)
}

/// A pick under way: three problems in turn, and a guess at all at once.
struct Picking<'a> {
    model: &'a Model,
    program: &'a LinearProgram,
    scaled: &'a Scaled,
    /// Pay columns of each fund, zone and year.
    groups: BTreeMap<Group, Vec<usize>>,
    squares: Vec<Sum>,
    face: Face,
}

/// A square over groups, in the unit of amounts.
struct Sum {
    /// Positions of its groups, with the target of each alone.
    of: Vec<(usize, f64)>,
    target: f64,
    weight: f64,
}

impl Sum {
    fn new(square: &Square, at: &BTreeMap<Group, usize>, unit: f64) -> Self {
        let group = |&(year, target): &(_, i64)| {
            let position = *at.get(&(square.fund, square.zone, year))?;
            Some((position, float(target) / unit))
        };
        Self {
            of: square.years.iter().filter_map(group).collect(),
            target: float(square.target) / unit,
            weight: wide(square.weight) / wide(WEIGHT_OF_A_CENT) * unit,
        }
    }
}

impl<'a> Picking<'a> {
    fn new(
        model: &'a Model,
        program: &'a LinearProgram,
        scaled: &'a Scaled,
        guess: &[f64],
    ) -> Self {
        let groups = groups(program, model, &targets(model));
        let at = groups.keys().enumerate();
        let at: BTreeMap<Group, usize> = at.map(|(place, &group)| (group, place)).collect();
        let squares = squares(model, program);
        let squares = squares.iter();
        Self {
            model,
            program,
            scaled,
            squares: squares
                .map(|square| Sum::new(square, &at, scaled.unit))
                .collect(),
            groups,
            face: Face::new(program, scaled, guess),
        }
    }

    /// The squares over several groups: each is a column of its own.
    fn longer(&self) -> impl Iterator<Item = &Sum> {
        self.squares.iter().filter(|square| square.of.len() > 1)
    }

    /// The pattern of the rows of the programme with one more for each group and for each square over several: the one shared, if it
    /// is of these rows.
    fn pattern(&self, shared: Option<&PickShared>) -> Option<Arc<RowPattern>> {
        let mut rows = self.scaled.matrix.clone();
        let n = self.scaled.n_columns();
        for (position, columns) in self.groups.values().enumerate() {
            let pays = columns.iter().map(|&column| (column, 1.0));
            rows.push(pays.chain([(n + position, -1.0)]));
        }
        for square in self.longer() {
            rows.push(square.of.iter().map(|&(group, _)| (n + group, 1.0)));
        }
        let known = shared.and_then(|shared| shared.pattern.as_ref());
        match known.filter(|pattern| pattern.is_of(&rows)) {
            Some(pattern) => Some(Arc::clone(pattern)),
            None => RowPattern::new(n + self.groups.len(), &rows).map(Arc::new),
        }
    }

    /// The plan at hand, with the total of each group and of each square over several.
    fn begin(&self) -> Vec<f64> {
        let plan = &self.face.fixed;
        let free = self.face.free.iter().map(|&column| plan[column]);
        let total = |columns: &Vec<usize>| columns.iter().map(|&column| plan[column]).sum();
        let totals: Vec<f64> = self.groups.values().map(total).collect();
        let longer = |square: &Sum| square.of.iter().map(|&(group, _)| totals[group]).sum();
        let longer: Vec<f64> = self.longer().map(longer).collect();
        free.chain(totals).chain(longer).collect()
    }

    /// The problems in turn; `None` where one has no point that obeys every row to a few cents.
    fn solve(&mut self, pattern: &RowPattern, from: Option<&[f64]>) -> Option<Picked> {
        let n = self.face.n();
        let nearest = self.face.nearest(&self.groups, &self.squares);
        let weight = self.face.weights(self.model, self.program);
        let all = self.all_at_once(&nearest, &weight);
        let mut guess = barrier::guess(&all, pattern, from);
        let first = undecided(&nearest, guess.clone(), pattern)?;
        let (mut last, mut proved) = (None, first.proved);
        if first.proved && self.longer().next().is_some() {
            let years = self.by_year(&nearest, &first);
            // What the first has decided is held now: a guess that knows it is worth its time.
            guess = barrier::guess(&with_cells(&years, &weight), pattern, None);
            let found = undecided(&years, guess.clone(), pattern);
            proved = found.as_ref().is_some_and(|found| found.proved);
            last = found.filter(|found| found.usable);
        }
        let totals = last.as_ref().unwrap_or(&first);
        let totals = totals.point[n..n + self.groups.len()].to_vec();
        let longer = self.longer().count();
        self.face.hold(&self.groups, &totals, longer);
        let mut problem = self.face.proportional(weight);
        for decided in [Some(&first), last.as_ref()].into_iter().flatten() {
            if decided.proved {
                lock(&mut problem, decided, n, self.face.n_rows);
            }
        }
        let start = guess.map(|guess| start(&problem, &guess, self.face.n_rows));
        let found = start.and_then(|start| polish_from(&problem, start, pattern));
        let cells = match found {
            Some(cells) => cells,
            None => polish(&problem, problem.guess()?, pattern),
        };
        proved &= cells.proved;
        cells.usable.then(|| self.picked(&first, &cells, proved))
    }

    /// All problems at once: the later ones so light that they only decide what the first leaves open. The point is near that of all in
    /// turn, and tells what is active in each.
    fn all_at_once(&self, nearest: &Quadratic, weight: &[f64]) -> Quadratic {
        let mut all = with_cells(nearest, weight);
        let n = self.face.n();
        for square in self.longer() {
            for &(group, target) in &square.of {
                all.weight[n + group] = PICK_YEARS * square.weight;
                all.target[n + group] = target;
            }
        }
        all
    }

    /// Second step: money that is shared by several years as near as can be to the target of each; sums stay as they are.
    fn by_year(&self, nearest: &Quadratic, first: &Polished) -> Quadratic {
        let n = self.face.n();
        let mut years = nearest.clone();
        lock(&mut years, first, n, self.face.n_rows);
        for total in n..years.n() {
            if years.weight[total] > 0.0 {
                let value = first.point[total];
                (years.lower[total], years.upper[total]) = (value, value);
                years.weight[total] = 0.0;
            }
        }
        for square in self.longer() {
            for &(group, target) in &square.of {
                years.weight[n + group] = square.weight;
                years.target[n + group] = target;
            }
        }
        years
    }

    /// What the problems come to.
    fn picked(&self, first: &Polished, cells: &Polished, proved: bool) -> Picked {
        let row_dual = first.row[..self.scaled.n_rows()]
            .iter()
            .zip(&self.scaled.row_size)
            .map(|(multiplier, size)| multiplier / size * wide(WEIGHT_OF_A_CENT))
            .collect();
        Picked {
            values: self.face.values(&cells.point),
            proved,
            row_dual,
        }
    }
}

/// A problem with the cells beside it, so light that they only decide what it leaves open.
fn with_cells(problem: &Quadratic, weight: &[f64]) -> Quadratic {
    let mut with_cells = problem.clone();
    for (light, own) in with_cells.weight.iter_mut().zip(weight) {
        *light = PICK_BOTH * own;
    }
    with_cells
}

/// A problem that leaves columns undecided, from a guess or, where that does not lead to a proof, from that of another solver.
fn undecided(problem: &Quadratic, guess: Option<Guess>, pattern: &RowPattern) -> Option<Polished> {
    let found = guess.map(|guess| polish_undecided(problem, guess, pattern));
    match found.filter(|found| found.proved) {
        Some(found) => Some(found),
        None => Some(polish_undecided(problem, problem.guess()?, pattern)),
    }
}

/// A guess at all problems at once with the multipliers of one that has a part of the weight there.
fn enlarged(guess: &Guess, part: f64) -> Guess {
    let enlarged = |multipliers: &[f64]| multipliers.iter().map(|y| y / part).collect();
    Guess {
        point: guess.point.clone(),
        row: enlarged(&guess.row),
        column: enlarged(&guess.column),
    }
}

/// What has a multiplier at an earlier problem is at its bound in every plan that has its totals, so the next may hold it there:
/// what it leaves is not hemmed in from both sides by rows that say the same.
fn lock(problem: &mut Quadratic, first: &Polished, n_columns: usize, n_rows: usize) {
    let size = first.row.iter().fold(1.0_f64, |most, y| most.max(y.abs()));
    let least = PICK_LOCK * size;
    for (row, &multiplier) in first.row[..n_rows].iter().enumerate() {
        if multiplier > least {
            problem.row_lower[row] = problem.row_upper[row];
        } else if multiplier < -least {
            problem.row_upper[row] = problem.row_lower[row];
        }
    }
    for (column, &multiplier) in first.column[..n_columns].iter().enumerate() {
        let value = first.point[column];
        if multiplier > least && value >= problem.upper[column] {
            problem.lower[column] = problem.upper[column];
        } else if multiplier < -least && value <= problem.lower[column] {
            problem.upper[column] = problem.lower[column];
        }
    }
}

/// Where polishing the last problem starts: what is active by the guess at all.
fn start(problem: &Quadratic, guess: &Guess, n_rows: usize) -> Start {
    let n = problem.n();
    let mut guess = enlarged(guess, PICK_BOTH);
    guess.row.truncate(n_rows);
    guess.row.resize(problem.rows.n_rows(), 0.0);
    guess.point.truncate(n);
    guess.column.truncate(n);
    Start::by(problem, &guess)
}

/// The plan of the goals as it is, when the pick has no answer.
pub(crate) fn unpicked(guess: &[f64], unit: f64) -> Picked {
    Picked {
        values: guess.iter().map(|value| value * unit).collect(),
        proved: false,
        row_dual: Vec::new(),
    }
}
