//! Moves single cents until every row holds: from one action to another of the same fund, zone and year, so that no fund's
//! total moves; a cent is dropped only where nothing else helps. Every step is the first that works in a fixed order.

use std::collections::BTreeMap;

use super::cents::broken;
use super::derived::Derivation;
use crate::lp::{ColumnKey, LinearProgram};
use crate::model::{FundIdx, ZoneIdx};
use crate::units::Year;

/// How far a cell may move from its rounded value, in cents, tried in this order.
const BOXES: [i64; 4] = [2, 5, 20, 60];
/// Moves tried for one row before it is left to the next box.
const BUDGET: usize = 20_000;
/// How many moves may follow one another to mend what the one before broke.
const DEPTH: usize = 4;

/// Repairs `values`; what is left broken is for the caller to see.
pub(crate) fn repair(
    derivation: &Derivation<'_>,
    groups: &BTreeMap<(FundIdx, ZoneIdx, Year), Vec<usize>>,
    values: &mut [i64],
) {
    let program = derivation.program;
    for most in BOXES {
        for _ in 0..3 {
            let rows = hard(program, values);
            if rows.is_empty() {
                return;
            }
            let mut bench = Bench::new(program, groups, values, most, None);
            for row in rows {
                bench.budget = BUDGET;
                bench.fix(row, DEPTH);
            }
            values.copy_from_slice(&bench.values);
            derivation.apply(values);
        }
    }
}

/// Mends a soft row, which its shortfall makes good otherwise; `false`, and nothing moved, where the smallest box does not do.
pub(crate) fn mend(
    derivation: &Derivation<'_>,
    groups: &BTreeMap<(FundIdx, ZoneIdx, Year), Vec<usize>>,
    row: usize,
    values: &mut [i64],
) -> bool {
    let program = derivation.program;
    let mut whole = values.to_vec();
    for &(column, _) in &program.rows[row].cells {
        if matches!(program.columns[column].key, ColumnKey::Shortfall { .. }) {
            whole[column] = 0;
        }
    }
    let mut bench = Bench::new(program, groups, &whole, BOXES[0], Some(row));
    bench.budget = BUDGET;
    let mended = bench.fix(row, DEPTH);
    if mended {
        values.copy_from_slice(&bench.values);
        derivation.apply(values);
    }
    mended
}

/// Broken rows that payments have to mend.
fn hard(program: &LinearProgram, values: &[i64]) -> Vec<usize> {
    broken(program, values)
        .into_iter()
        .map(|(row, _)| row)
        .filter(|&row| !program.rows[row].family.is_of_goals())
        .collect()
}

struct Bench<'p> {
    program: &'p LinearProgram,
    values: Vec<i64>,
    /// Values before the repair: cells stay within the box around them.
    start: Vec<i64>,
    most: i64,
    activity: Vec<i128>,
    /// Rows of each column that matter here, with coefficients.
    rows_of: Vec<Vec<(usize, i64)>>,
    /// Columns of the same fund, zone and year.
    mates: Vec<&'p [usize]>,
    budget: usize,
    /// Steps taken, for taking them back.
    journal: Vec<Step>,
}

/// One cent more in a column, or less.
type Step = (usize, i64);

impl<'p> Bench<'p> {
    fn new(
        program: &'p LinearProgram,
        groups: &'p BTreeMap<(FundIdx, ZoneIdx, Year), Vec<usize>>,
        values: &[i64],
        most: i64,
        kept: Option<usize>,
    ) -> Self {
        let mut rows_of = vec![Vec::new(); program.columns.len()];
        let mut activity = vec![0_i128; program.rows.len()];
        for (row, entry) in program.rows.iter().enumerate() {
            let soft = entry
                .cells
                .iter()
                .any(|cell| matches!(program.columns[cell.0].key, ColumnKey::Shortfall { .. }));
            for &(column, coefficient) in &entry.cells {
                activity[row] += i128::from(coefficient) * i128::from(values[column]);
                // Levels and shortfalls give way by themselves, but for the soft row that is to be mended.
                if !entry.family.is_of_goals() && (!soft || kept == Some(row)) {
                    rows_of[column].push((row, coefficient));
                }
            }
        }
        let mut mates: Vec<&[usize]> = vec![&[]; program.columns.len()];
        for columns in groups.values() {
            for &column in columns {
                mates[column] = columns;
            }
        }
        Self {
            program,
            values: values.to_vec(),
            start: values.to_vec(),
            most,
            activity,
            rows_of,
            mates,
            budget: 0,
            journal: Vec::new(),
        }
    }

    /// Positive: the row is that much under its lower bound; negative: over its upper bound.
    fn lacks(&self, row: usize) -> i128 {
        let entry = &self.program.rows[row];
        let (value, play) = (self.activity[row], i128::from(entry.play));
        if let Some(lower) = entry.lower
            && value < i128::from(lower) - play
        {
            return i128::from(lower) - play - value;
        }
        match entry.upper {
            Some(upper) if value > i128::from(upper) + play => i128::from(upper) + play - value,
            _ => 0,
        }
    }

    /// Mends a row, and whatever mending it breaks, or leaves everything as it was.
    fn fix(&mut self, row: usize, depth: usize) -> bool {
        while self.lacks(row) != 0 {
            if !self.mend_one(row, depth) {
                return false;
            }
        }
        true
    }

    fn mend_one(&mut self, row: usize, depth: usize) -> bool {
        let lacks = self.lacks(row);
        for steps in self.moves(row, lacks > 0) {
            if self.budget == 0 {
                return false;
            }
            self.budget -= 1;
            let mark = self.journal.len();
            if let Some(worse) = self.apply(&steps, row, lacks) {
                let mended = worse.is_empty()
                    || (depth > 1
                        && worse.len() <= 2
                        && worse.iter().all(|&r| self.fix(r, depth - 1)));
                if mended && self.lacks(row).abs() < lacks.abs() {
                    return true;
                }
            }
            self.undo(mark);
        }
        false
    }

    /// Takes back every step since a mark of the journal.
    fn undo(&mut self, mark: usize) {
        while self.journal.len() > mark {
            if let Some((column, by)) = self.journal.pop() {
                self.step(column, -by);
            }
        }
    }

    fn step(&mut self, column: usize, by: i64) {
        self.values[column] += by;
        for k in 0..self.rows_of[column].len() {
            let (row, coefficient) = self.rows_of[column][k];
            self.activity[row] += i128::from(coefficient) * i128::from(by);
        }
    }

    /// Applies the steps; gives the other rows they made worse, or `None` if the row itself did not get better.
    fn apply(&mut self, steps: &[Step], row: usize, lacks: i128) -> Option<Vec<usize>> {
        let touched: Vec<usize> = steps
            .iter()
            .flat_map(|step| self.rows_of[step.0].iter().map(|cell| cell.0))
            .collect();
        let before: Vec<i128> = touched.iter().map(|&r| self.lacks(r).abs()).collect();
        for &(column, by) in steps {
            self.step(column, by);
            self.journal.push((column, by));
        }
        if self.lacks(row).abs() >= lacks.abs() {
            return None;
        }
        let mut worse: Vec<usize> = touched
            .iter()
            .zip(before)
            .filter(|&(&r, before)| r != row && self.lacks(r).abs() > before)
            .map(|(&r, _)| r)
            .collect();
        worse.sort_unstable();
        worse.dedup();
        Some(worse)
    }

    /// Moves that push a row up or down: cents between mates first, a single cent last.
    fn moves(&self, row: usize, up: bool) -> Vec<Vec<Step>> {
        let mut moves = Vec::new();
        let mut single = Vec::new();
        let coefficient_in = |column: usize| {
            self.rows_of[column]
                .iter()
                .find(|cell| cell.0 == row)
                .map_or(0, |cell| cell.1)
        };
        for &(column, coefficient) in &self.program.rows[row].cells {
            if !matches!(self.program.columns[column].key, ColumnKey::Pay { .. }) {
                continue;
            }
            let by = if (coefficient > 0) == up { 1 } else { -1 };
            if !self.may(column, by) {
                continue;
            }
            for &mate in self.mates[column] {
                let effect = i128::from(coefficient) * i128::from(by)
                    - i128::from(coefficient_in(mate)) * i128::from(by);
                if mate != column && (effect > 0) == up && effect != 0 && self.may(mate, -by) {
                    moves.push(vec![(column, by), (mate, -by)]);
                }
            }
            single.push(vec![(column, by)]);
        }
        moves.extend(single);
        moves
    }

    fn may(&self, column: usize, by: i64) -> bool {
        let entry = &self.program.columns[column];
        let value = self.values[column] + by;
        value >= entry.lower
            && value <= entry.upper
            && (value - self.start[column]).abs() <= self.most
            // An empty cell stays empty: no payment line of one cent appears.
            && !(by > 0 && self.start[column] == 0 && self.values[column] == 0 && self.most <= 5)
    }
}
