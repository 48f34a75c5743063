//! The pick: among all plans equally good for every goal, the one nearest to the formula riparto (or to last year), then
//! every cell in proportion to need. Both steps are least squares over the locked face, so the plan is unique.

use std::collections::BTreeMap;

use super::polish::{
    Polished, Stand, Start, polish, polish_from, polish_undecided, polish_undecided_from,
};
use super::quadratic::Quadratic;
use super::scaled::{Scaled, SparseRows, float};
use crate::lp::{ColumnKey, LinearProgram};
use crate::model::{FundIdx, Model, Pick, ZoneIdx};
use crate::tolerance::CENTS_PER_UNIT;
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

/// What was active at a pick, by column and row of the programme: where the pick of another scenario may start.
#[derive(Clone, Debug, Default)]
pub(crate) struct PickStands {
    first: Option<Start>,
    second: Option<Start>,
}

/// Picks on the face that `scaled` has been locked to; `guess` is a plan on it. Starts at what was active elsewhere, if told.
pub(crate) fn pick(
    model: &Model,
    program: &LinearProgram,
    scaled: &Scaled,
    guess: &[f64],
    complete: bool,
    stands: Option<&PickStands>,
) -> (Picked, PickStands) {
    let nothing = || (unpicked(guess), PickStands::default());
    if !complete {
        return nothing();
    }
    let mut picking = Picking::new(model, program, scaled, guess);
    let problem = picking.first();
    let start = stands.and_then(|stands| picking.start_first(stands.first.as_ref()?));
    let found = start.and_then(|start| polish_undecided_from(&problem, start));
    let found = found.or_else(|| Some(polish_undecided(&problem, problem.guess()?)));
    let Some(first) = found else {
        return nothing();
    };
    let start = stands.and_then(|stands| Some(picking.face.start(stands.second.as_ref()?)));
    picking.hold(first);
    let problem = picking.second();
    let found = start.and_then(|start| polish_from(&problem, start));
    let found = found.or_else(|| Some(polish(&problem, problem.guess()?)));
    // Without a point that obeys every row to a few cents the plan of the goals stands.
    let Some((second, picked)) = found.and_then(|second| {
        let picked = picking.picked(&second)?;
        Some((second, picked))
    }) else {
        return nothing();
    };
    let left = PickStands {
        first: picking
            .first
            .as_ref()
            .map(|first| picking.face.leave(first)),
        second: Some(picking.face.leave(&second)),
    };
    (picked, left)
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

/// A pick under way: two problems in turn, whoever guesses their solutions.
pub(crate) struct Picking<'a> {
    model: &'a Model,
    program: &'a LinearProgram,
    scaled: &'a Scaled,
    targets: BTreeMap<Group, i64>,
    groups: BTreeMap<Group, Vec<usize>>,
    face: Face,
    first: Option<Polished>,
}

impl<'a> Picking<'a> {
    pub(crate) fn new(
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
            first: None,
        }
    }

    /// Columns of the programme that are not fixed: the first columns of both problems.
    pub(crate) fn free(&self) -> &[usize] {
        &self.face.free
    }

    /// What each group should come to, in million euro.
    pub(crate) fn wanted(&self) -> Vec<f64> {
        let target = |group| self.targets.get(group).copied().map_or(0.0, float);
        let groups = self.groups.keys();
        groups.map(|group| target(group) / CENTS_PER_UNIT).collect()
    }

    /// Groups, by position, that have columns which are not fixed: the last rows of the second problem.
    pub(crate) fn open_groups(&self) -> impl Iterator<Item = usize> + '_ {
        self.groups
            .values()
            .enumerate()
            .filter(|(_, columns)| !self.face.total(columns).0.is_empty())
            .map(|(position, _)| position)
    }

    /// The first problem; its last columns and rows are those of the groups.
    pub(crate) fn first(&self) -> Quadratic {
        self.face.nearest(&self.groups, &self.targets)
    }

    /// Where the first problem may start, by what another scenario left.
    fn start_first(&self, left: &Start) -> Option<Start> {
        let mut start = self.face.start(left);
        let totals = self.groups.values().map(|columns| {
            let (cells, constant, _) = self.face.total(columns);
            let own: f64 = cells.iter().map(|&(cell, _)| start.point[cell]).sum();
            own + constant
        });
        let totals: Vec<f64> = totals.collect();
        start.point.extend(totals);
        Some(start)
    }

    /// Holds the totals that the first problem gave.
    pub(crate) fn hold(&mut self, first: Polished) {
        let totals: Vec<f64> = first.point[self.face.n()..].to_vec();
        self.face.hold(&self.groups, &totals);
        self.first = Some(first);
    }

    /// The totals held.
    pub(crate) fn totals(&self) -> &[f64] {
        let first = self.first.as_ref();
        first.map_or(&[], |first| &first.point[self.face.n()..])
    }

    /// The second problem; its last rows are those of the open groups.
    pub(crate) fn second(&self) -> Quadratic {
        self.face.proportional(self.model, self.program)
    }

    /// What both problems come to; `None` where the second has no point that obeys every row to a few cents.
    pub(crate) fn picked(&self, second: &Polished) -> Option<Picked> {
        let first = self.first.as_ref().filter(|_| second.usable)?;
        let row_dual = first.row[..self.scaled.n_rows()]
            .iter()
            .zip(&self.scaled.row_size)
            .map(|(multiplier, size)| multiplier / size * CENTS_PER_UNIT)
            .collect();
        Some(Picked {
            values: self.face.values(&second.point),
            proved: first.proved && second.proved,
            row_dual,
        })
    }
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
        }
    }

    fn n(&self) -> usize {
        self.free.len()
    }

    /// What another scenario left, on the free columns of this face.
    fn start(&self, left: &Start) -> Start {
        let clamp = |column: usize, position: usize| {
            let value = left.point.get(column).copied().unwrap_or(0.0);
            value.clamp(self.lower[position], self.upper[position])
        };
        let free = || self.free.iter().enumerate();
        Start {
            point: free().map(|(position, &c)| clamp(c, position)).collect(),
            columns: free()
                .map(|(_, &c)| left.columns.get(c).copied().unwrap_or(Stand::Free))
                .collect(),
            rows: left.rows.clone(),
        }
    }

    /// What is active at a point of this face, by column and row of the programme.
    fn leave(&self, polished: &Polished) -> Start {
        let side = |multiplier: f64| match multiplier.partial_cmp(&0.0) {
            Some(std::cmp::Ordering::Greater) => Stand::Upper,
            Some(std::cmp::Ordering::Less) => Stand::Lower,
            _ => Stand::Free,
        };
        let mut left = Start {
            point: self.fixed.clone(),
            columns: vec![Stand::Lower; self.fixed.len()],
            rows: polished.row[..self.n_rows]
                .iter()
                .map(|&y| side(y))
                .collect(),
        };
        for (position, &column) in self.free.iter().enumerate() {
            let (value, pull) = (polished.point[position], polished.column[position]);
            left.point[column] = value;
            left.columns[column] = if value <= self.lower[position] {
                side(pull.min(0.0))
            } else if value >= self.upper[position] {
                side(pull.max(0.0))
            } else {
                Stand::Free
            };
        }
        left
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
            problem.target.push(target / CENTS_PER_UNIT);
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
            if !cells.is_empty() {
                self.rows.push(cells);
                self.row_lower.push(total - constant);
                self.row_upper.push(total - constant);
            }
        }
    }

    /// Second step: the smallest sum of `amount^2 / need`, so that equal claims get amounts in proportion to need.
    fn proportional(&self, model: &Model, program: &LinearProgram) -> Quadratic {
        let weight = self
            .free
            .iter()
            .map(|&column| {
                let entry = &program.columns[column];
                let size = match entry.key {
                    ColumnKey::Pay { demand, .. } => model.demands[demand]
                        .euro
                        .map_or(entry.upper, |euro| euro.cents()),
                    _ => entry.upper,
                };
                CENTS_PER_UNIT / float(size.max(1))
            })
            .collect();
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
        values.iter().map(|value| value * CENTS_PER_UNIT).collect()
    }
}

/// The plan of the goals as it is, when the pick has no answer.
fn unpicked(guess: &[f64]) -> Picked {
    Picked {
        values: guess.iter().map(|value| value * CENTS_PER_UNIT).collect(),
        proved: false,
        row_dual: Vec::new(),
    }
}
