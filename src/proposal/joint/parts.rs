//! Which columns may move and how far, which rows that could break, and what these join.

use super::super::cents::Rounded;
use super::{Reach, float, slack};
use crate::lp::{ColumnKey, Family, LinearProgram};
use crate::tolerance::SAME_CENTS;

/// A programme of steps away from a plan.
pub(crate) struct Parts<'a> {
    pub(crate) program: &'a LinearProgram,
    pub(crate) plan: &'a Rounded,
    /// Least and largest step of each column.
    pub(crate) steps: Vec<(i64, i64)>,
    /// Rows that some steps break, or that are broken.
    rows: Vec<usize>,
}

/// Columns that rows join, ascending, with those rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) columns: Vec<usize>,
    pub(crate) rows: Vec<usize>,
}

/// How often the steps of payments are followed through the columns that follow from them: money carried twice, then summed.
const ROUNDS: usize = 3;

impl<'a> Parts<'a> {
    pub(crate) fn of(
        program: &'a LinearProgram,
        plan: &'a Rounded,
        picked: &[f64],
        reach: Reach,
    ) -> Self {
        let values = &plan.values;
        let mut steps = vec![(0, 0); program.columns.len()];
        for (column, entry) in program.columns.iter().enumerate() {
            let value = values[column];
            if matches!(entry.key, ColumnKey::Pay { .. }) && entry.lower < entry.upper {
                let (least, most) = bounds(value, picked[column], reach);
                let (least, most) = (least.max(entry.lower), most.min(entry.upper));
                steps[column] = (
                    least.saturating_sub(value).min(0),
                    most.saturating_sub(value).max(0),
                );
            }
        }
        for _ in 0..ROUNDS {
            follow(program, values, &mut steps);
        }
        let mut parts = Self {
            program,
            plan,
            steps,
            rows: Vec::new(),
        };
        parts.rows = (0..program.rows.len())
            .filter(|&row| parts.could_break(row))
            .collect();
        parts
    }

    fn moves(&self, column: usize) -> bool {
        self.steps[column].0 < self.steps[column].1
    }

    fn could_break(&self, row: usize) -> bool {
        let (mut least, mut most) = (0_i128, 0_i128);
        let mut moves = false;
        for &(column, coefficient) in &self.program.rows[row].cells {
            let (low, high) = self.steps[column];
            moves |= low < high;
            let ends = [low, high].map(|step| i128::from(coefficient) * i128::from(step));
            least += ends[0].min(ends[1]);
            most += ends[0].max(ends[1]);
        }
        let (below, above) = slack(self.program, row, &self.plan.values);
        moves
            && (below.is_some_and(|below| least < below) || above.is_some_and(|above| most > above))
    }

    /// The parts, in order of their first columns.
    pub(crate) fn split(&self) -> Vec<Part> {
        let mut joined = Joined((0..self.steps.len()).collect());
        for &row in &self.rows {
            let mut cells = self.moving(row);
            if let Some(first) = cells.next() {
                cells.for_each(|column| joined.join(first, column));
            }
        }
        let mut place = vec![usize::MAX; self.steps.len()];
        let mut parts: Vec<Part> = Vec::new();
        for column in (0..self.steps.len()).filter(|&column| self.moves(column)) {
            let root = joined.root(column);
            if place[root] == usize::MAX {
                place[root] = parts.len();
                parts.push(Part::default());
            }
            parts[place[root]].columns.push(column);
        }
        for &row in &self.rows {
            let first = self.moving(row).next();
            if let Some(first) = first {
                parts[place[joined.root(first)]].rows.push(row);
            }
        }
        parts
    }

    /// Columns of a row that may move.
    fn moving(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        let cells = self.program.rows[row].cells.iter();
        cells
            .map(|cell| cell.0)
            .filter(|&column| self.moves(column))
    }
}

/// Least and largest value of a payment.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a saturating cast of a plan's amount; what is found is judged in whole numbers"
)]
fn bounds(value: i64, picked: f64, reach: Reach) -> (i64, i64) {
    let around = |by: i64| (value.saturating_sub(by), value.saturating_add(by));
    match reach {
        Reach::Fractions => {
            let (floor, ceil) = (
                (picked + SAME_CENTS).floor() as i64,
                (picked - SAME_CENTS).ceil() as i64,
            );
            (value.min(floor).min(ceil), value.max(floor).max(ceil))
        }
        Reach::Near if value == 0 && picked <= SAME_CENTS => (value, value),
        Reach::Near => around(2),
        Reach::Wide => around(60),
        Reach::All => (i64::MIN, i64::MAX),
    }
}

/// Gives the columns that follow from payments the steps they may have to take.
fn follow(program: &LinearProgram, values: &[i64], steps: &mut [(i64, i64)]) {
    let mut needed = vec![(0_f64, 0_f64); steps.len()];
    let mut limit = vec![f64::INFINITY; steps.len()];
    for (row, entry) in program.rows.iter().enumerate() {
        let size = |&(column, coefficient): &(usize, i64)| {
            let (low, high) = steps[column];
            float(coefficient).abs() * float(high.saturating_sub(low))
        };
        if entry.cells.iter().all(|cell| is_decided(program, cell.0)) {
            continue;
        }
        let total: f64 = entry.cells.iter().map(size).sum();
        for cell in &entry.cells {
            let &(column, coefficient) = cell;
            if is_decided(program, column) {
                continue;
            }
            let coefficient = float(coefficient).abs();
            if entry.family == Family::Level {
                // A level is as high as it can be: it rises where all its tight rows do.
                let free = slack(program, row, values)
                    .0
                    .map_or(0.0, |below| -super::wide(below));
                let others = total - size(cell);
                needed[column].0 = needed[column].0.min((free - others) / coefficient);
                limit[column] = limit[column].min((free + others) / coefficient);
            } else {
                let by = (total - size(cell)) / coefficient;
                needed[column].0 = needed[column].0.min(-by);
                needed[column].1 = needed[column].1.max(by);
            }
        }
    }
    for (column, entry) in program.columns.iter().enumerate() {
        if is_decided(program, column) {
            continue;
        }
        let (low, high) = needed[column];
        let high = if limit[column].is_finite() {
            limit[column].max(0.0)
        } else {
            high
        };
        let value = values[column];
        steps[column] = (
            whole(low.floor())
                .max(entry.lower.saturating_sub(value))
                .min(0),
            whole(high.ceil())
                .min(entry.upper.saturating_sub(value))
                .max(0),
        );
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a saturating cast of a distance"
)]
fn whole(value: f64) -> i64 {
    value as i64
}

/// Whether a column is a payment or a number that was chosen: it does not follow from others.
fn is_decided(program: &LinearProgram, column: usize) -> bool {
    let entry = &program.columns[column];
    matches!(entry.key, ColumnKey::Pay { .. }) || entry.is_whole() || entry.lower == entry.upper
}

/// Columns joined to one another.
struct Joined(Vec<usize>);

impl Joined {
    fn root(&mut self, column: usize) -> usize {
        let mut root = column;
        while self.0[root] != root {
            self.0[root] = self.0[self.0[root]];
            root = self.0[root];
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
