//! The pick: among all plans equally good for every goal, the one nearest to the formula riparto (or to last year), then
//! every cell in proportion to need. Both steps are least squares over the locked face, so the plan is unique.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::barrier;
use super::normal::RowPattern;
use super::polish::{Polished, Start, polish, polish_from, polish_undecided};
use super::quadratic::{Guess, Quadratic};
use super::scaled::{Scaled, SparseRows, float};
use crate::lp::{ColumnKey, LinearProgram};
use crate::model::{FundIdx, Model, Pick, ZoneIdx};
use crate::tolerance::{PICK_BOTH, PICK_LOCK};
use crate::units::Year;

/// Money of a fund for a zone in a year.
pub(crate) type Group = (FundIdx, ZoneIdx, Year);

/// The plan picked.
#[derive(Clone, Debug)]
pub struct Picked {
    /// Value of each column, in cents, as a float: to be rounded.
    pub values: Vec<f64>,
    /// Whether the exact nearest plan was found (bounds, rows and signs all hold).
    pub proved: bool,
    /// Multiplier of each row of the integer programme for the gradient of half the squared distance in cents, at the picked
    /// point: positive on an upper bound.
    pub row_dual: Vec<f64>,
}

/// The amounts the pick stays near to, in cents, by fund, zone and year.
#[must_use]
pub fn targets(model: &Model) -> BTreeMap<(FundIdx, ZoneIdx, Year), i64> {
    match model.pick {
        Pick::Riparto => model
            .formula
            .iter()
            .map(|(&group, euro)| (group, euro.cents()))
            .collect(),
        Pick::LastYear => {
            let latest = model.previous.keys().map(|key| key.3).max();
            let mut totals: BTreeMap<Group, i64> = BTreeMap::new();
            for (&(fund, _, zone, of), euro) in &model.previous {
                if Some(of) == latest {
                    for &year in &model.years {
                        let total = totals.entry((fund, zone, year)).or_default();
                        *total = total.saturating_add(euro.cents());
                    }
                }
            }
            totals
        }
    }
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

/// Pay columns of each fund, zone and year that has a target.
pub(crate) fn groups(
    model: &Model,
    program: &LinearProgram,
    targets: &BTreeMap<Group, i64>,
) -> BTreeMap<Group, Vec<usize>> {
    let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
    for (column, entry) in program.columns.iter().enumerate() {
        if let ColumnKey::Pay { fund, demand } = entry.key {
            let demand = &model.demands[demand];
            let group = (fund, demand.zone, demand.year);
            if targets.contains_key(&group) {
                groups.entry(group).or_default().push(column);
            }
        }
    }
    groups
}

/// A pick under way: two problems in turn, and a guess at both at once.
struct Picking<'a> {
    model: &'a Model,
    program: &'a LinearProgram,
    scaled: &'a Scaled,
    targets: BTreeMap<Group, i64>,
    groups: BTreeMap<Group, Vec<usize>>,
    face: Face,
}

impl<'a> Picking<'a> {
    fn new(
        model: &'a Model,
        program: &'a LinearProgram,
        scaled: &'a Scaled,
        guess: &[f64],
    ) -> Self {
        let targets = targets(model);
        Self {
            model,
            program,
            scaled,
            groups: groups(model, program, &targets),
            targets,
            face: Face::new(program, scaled, guess),
        }
    }

    /// The pattern of the rows of the programme with one more for each group: the one shared, if it is of these rows.
    fn pattern(&self, shared: Option<&PickShared>) -> Option<Arc<RowPattern>> {
        let mut rows = self.scaled.matrix.clone();
        for columns in self.groups.values() {
            rows.push(columns.iter().map(|&column| (column, 1.0)));
        }
        let known = shared.and_then(|shared| shared.pattern.as_ref());
        match known.filter(|pattern| pattern.is_of(&rows)) {
            Some(pattern) => Some(Arc::clone(pattern)),
            None => RowPattern::new(self.scaled.n_columns(), &rows).map(Arc::new),
        }
    }

    /// The plan at hand, with the total of each group.
    fn begin(&self) -> Vec<f64> {
        let plan = &self.face.fixed;
        let free = self.face.free.iter().map(|&column| plan[column]);
        let total = |columns: &Vec<usize>| columns.iter().map(|&column| plan[column]).sum();
        free.chain(self.groups.values().map(total)).collect()
    }

    /// Both problems; `None` where one has no point that obeys every row to a few cents.
    fn solve(&mut self, pattern: &RowPattern, from: Option<&[f64]>) -> Option<Picked> {
        let n = self.face.n();
        let nearest = self.face.nearest(&self.groups, &self.targets);
        let weight = self.face.weights(self.model, self.program);
        let both = barrier::guess(&both(&nearest, &weight), pattern, from);
        let found = both
            .as_ref()
            .map(|guess| polish_undecided(&nearest, guess.clone(), pattern));
        let first = match found.filter(|found| found.proved) {
            Some(first) => first,
            None => polish_undecided(&nearest, nearest.guess()?, pattern),
        };
        let totals = &first.point[n..];
        self.face.hold(&self.groups, totals);
        let mut problem = self.face.proportional(weight);
        if first.proved {
            lock(&mut problem, &first, n, self.face.n_rows);
        }
        let start = both.map(|guess| start(&problem, &guess, self.face.n_rows));
        let found = start.and_then(|start| polish_from(&problem, start, pattern));
        let second = match found {
            Some(second) => second,
            None => polish(&problem, problem.guess()?, pattern),
        };
        second.usable.then(|| self.picked(&first, &second))
    }

    /// What both problems come to.
    fn picked(&self, first: &Polished, second: &Polished) -> Picked {
        let row_dual = first.row[..self.scaled.n_rows()]
            .iter()
            .zip(&self.scaled.row_size)
            .map(|(multiplier, size)| multiplier / size * self.scaled.unit)
            .collect();
        Picked {
            values: self.face.values(&second.point),
            proved: first.proved && second.proved,
            row_dual,
        }
    }
}

/// Both problems at once: the first, and the second so light that it only decides what the first leaves open. The point is near
/// that of the two in turn, and tells what is active in both.
fn both(nearest: &Quadratic, weight: &[f64]) -> Quadratic {
    let mut both = nearest.clone();
    for (of_both, own) in both.weight.iter_mut().zip(weight) {
        *of_both = PICK_BOTH * own;
    }
    both
}

/// What has a multiplier at the first problem is at its bound in every plan that has its totals, so the second may hold it there:
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

/// Where polishing the second problem starts: what is active by the guess at both.
fn start(problem: &Quadratic, guess: &Guess, n_rows: usize) -> Start {
    let n = problem.n();
    let scaled = |multipliers: &[f64]| multipliers.iter().map(|y| y / PICK_BOTH).collect();
    let mut row: Vec<f64> = scaled(&guess.row[..n_rows]);
    row.resize(problem.rows.n_rows(), 0.0);
    Start::by(
        problem,
        &Guess {
            point: guess.point[..n].to_vec(),
            row,
            column: scaled(&guess.column[..n]),
        },
    )
}

/// The locked face without its fixed columns.
struct Face {
    /// Free columns of the programme.
    free: Vec<usize>,
    /// Value of every column, fixed ones at their bound.
    fixed: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    rows: SparseRows,
    row_lower: Vec<f64>,
    row_upper: Vec<f64>,
    place: Vec<Option<usize>>,
    /// Rows of the programme; held totals come after.
    n_rows: usize,
    /// Cents in the unit of amounts.
    unit: f64,
}

impl Face {
    fn new(program: &LinearProgram, scaled: &Scaled, guess: &[f64]) -> Self {
        let free: Vec<usize> = (0..scaled.n_columns())
            .filter(|&c| scaled.lower[c] < scaled.upper[c])
            .collect();
        let mut place = vec![None; scaled.n_columns()];
        for (position, &column) in free.iter().enumerate() {
            place[column] = Some(position);
        }
        let mut rows = SparseRows::new();
        let (mut row_lower, mut row_upper) = (Vec::new(), Vec::new());
        for row in 0..scaled.n_rows() {
            let mut constant = 0.0;
            let mut cells = Vec::new();
            for (column, coefficient) in scaled.matrix.row(row) {
                match place[column] {
                    Some(position) => cells.push((position, coefficient)),
                    None => constant += coefficient * scaled.lower[column],
                }
            }
            let empty = cells.is_empty();
            rows.push(cells);
            // A row whose columns are all fixed says nothing any more.
            row_lower.push(if empty {
                f64::NEG_INFINITY
            } else {
                scaled.row_lower[row] - constant
            });
            row_upper.push(if empty {
                f64::INFINITY
            } else {
                scaled.row_upper[row] - constant
            });
        }
        let fixed = (0..program.columns.len())
            .map(|c| {
                if place[c].is_some() {
                    guess[c]
                } else {
                    scaled.lower[c]
                }
            })
            .collect();
        Self {
            lower: free.iter().map(|&c| scaled.lower[c]).collect(),
            upper: free.iter().map(|&c| scaled.upper[c]).collect(),
            free,
            fixed,
            rows,
            row_lower,
            row_upper,
            place,
            n_rows: scaled.n_rows(),
            unit: scaled.unit,
        }
    }

    fn n(&self) -> usize {
        self.free.len()
    }

    /// First step: one more column per group, its total, as near as can be to its target.
    fn nearest(
        &self,
        groups: &BTreeMap<Group, Vec<usize>>,
        targets: &BTreeMap<Group, i64>,
    ) -> Quadratic {
        let n = self.n();
        let mut problem = Quadratic {
            weight: vec![0.0; n],
            target: vec![0.0; n],
            lower: self.lower.clone(),
            upper: self.upper.clone(),
            rows: self.rows.clone(),
            row_lower: self.row_lower.clone(),
            row_upper: self.row_upper.clone(),
        };
        for (position, (group, columns)) in groups.iter().enumerate() {
            let (cells, constant, most) = self.total(columns);
            let total = n + position;
            problem.weight.push(1.0);
            let target = targets.get(group).copied().map_or(0.0, float);
            problem.target.push(target / self.unit);
            problem.lower.push(-1.0);
            problem.upper.push(most + constant + 1.0);
            problem.rows.push(cells.into_iter().chain([(total, -1.0)]));
            problem.row_lower.push(-constant);
            problem.row_upper.push(-constant);
        }
        problem
    }

    /// Free cells of a group, what its fixed ones give, and the most its free ones can.
    fn total(&self, columns: &[usize]) -> (Vec<(usize, f64)>, f64, f64) {
        let (mut cells, mut constant, mut most) = (Vec::new(), 0.0, 0.0);
        for &column in columns {
            match self.place[column] {
                Some(position) => {
                    cells.push((position, 1.0));
                    most += self.upper[position];
                }
                None => constant += self.fixed[column],
            }
        }
        (cells, constant, most)
    }

    /// Holds the totals of the first step.
    fn hold(&mut self, groups: &BTreeMap<Group, Vec<usize>>, totals: &[f64]) {
        for (columns, &total) in groups.values().zip(totals) {
            let (cells, constant, _) = self.total(columns);
            let says_nothing = cells.is_empty();
            self.rows.push(cells);
            let (lower, upper) = if says_nothing {
                (f64::NEG_INFINITY, f64::INFINITY)
            } else {
                (total - constant, total - constant)
            };
            self.row_lower.push(lower);
            self.row_upper.push(upper);
        }
    }

    /// What the second step weighs the square of each free column with: one by its need.
    fn weights(&self, model: &Model, program: &LinearProgram) -> Vec<f64> {
        let weight = |&column: &usize| {
            let entry = &program.columns[column];
            let size = match entry.key {
                ColumnKey::Pay { demand, .. } => model.demands[demand]
                    .euro
                    .map_or(entry.upper, |euro| euro.cents()),
                _ => entry.upper,
            };
            self.unit / float(size.max(1))
        };
        self.free.iter().map(weight).collect()
    }

    /// Second step: the smallest sum of `amount^2 / need`, so that equal claims get amounts in proportion to need.
    fn proportional(&self, weight: Vec<f64>) -> Quadratic {
        Quadratic {
            weight,
            target: vec![0.0; self.n()],
            lower: self.lower.clone(),
            upper: self.upper.clone(),
            rows: self.rows.clone(),
            row_lower: self.row_lower.clone(),
            row_upper: self.row_upper.clone(),
        }
    }

    /// Values of all columns in cents.
    fn values(&self, point: &[f64]) -> Vec<f64> {
        let mut values = self.fixed.clone();
        for (&column, value) in self.free.iter().zip(point) {
            values[column] = *value;
        }
        values.iter().map(|value| value * self.unit).collect()
    }
}

/// The plan of the goals as it is, when the pick has no answer.
pub(crate) fn unpicked(guess: &[f64], unit: f64) -> Picked {
    Picked {
        values: guess.iter().map(|value| value * unit).collect(),
        proved: false,
        row_dual: Vec::new(),
    }
}
