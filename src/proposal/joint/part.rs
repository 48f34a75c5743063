//! One part: its rows mended, then its goals in order.

use std::collections::BTreeMap;

use num_integer::Integer;

use super::super::cents::may_give_way;
use super::parts::{Part, Parts};
use super::{Moves, Reach, Room, float, slack, wide};
use crate::lp::ColumnKey;
use crate::solve::StepProgram;

/// Costs up to this, over their common divisor, are passed as they are: half of one is then the gap.
const LARGEST_COST: i128 = 1 << 20;

/// Longest step of a cell, in cents. HiGHS 1.15 counts the values between the bounds of a whole column in 32 bits
/// (`HighsRedcostFixing::addRootRedcost`): beyond them it counts without end.
const LONGEST_STEP: i64 = 1_000_000_000;

/// Of other costs, the largest one, this is the gap.
const SMALL_GAP: f64 = 1e-9;

/// The best steps of a part; `None` where none were found, or it stays as it is.
pub(crate) fn best_moves(
    parts: &Parts<'_>,
    part: &Part,
    (costs, room): (&[Vec<i64>], &[Room]),
    reach: Reach,
) -> Option<Moves> {
    let mut question = Question::new(parts, part, reach.nodes());
    let mut changed = question.mend()?;
    for (costs, room) in costs.iter().zip(room) {
        let cost = question.cost(costs);
        if cost.is_empty() {
            continue;
        }
        if changed || room.is_there() {
            question.maximise(&cost);
            changed |= question.value(&cost) > 0;
        }
        question.lock(&cost);
    }
    if changed && reach != Reach::Fractions {
        question.stay_near();
    }
    let pays = |&(column, by): &(usize, i64)| by != 0 && is_pay(parts, column);
    let steps = part
        .columns
        .iter()
        .copied()
        .zip(question.best.iter().copied());
    let moves: Moves = steps.filter(pays).collect();
    (!moves.is_empty()).then_some(moves)
}

fn floats(cost: &Cost) -> Vec<(usize, f64)> {
    let cells = cost.iter();
    cells.map(|&(place, cost)| (place, float(cost))).collect()
}

fn is_pay(parts: &Parts<'_>, column: usize) -> bool {
    matches!(parts.program.columns[column].key, ColumnKey::Pay { .. })
}

struct Question<'a> {
    parts: &'a Parts<'a>,
    part: &'a Part,
    place: BTreeMap<usize, usize>,
    steps: StepProgram,
    /// Rows that may give way, with their column of how much, and whether it is below.
    giving: Vec<(usize, usize, bool)>,
    nodes: i32,
    best: Vec<i64>,
}

/// A goal in a part: place and cost.
type Cost = Vec<(usize, i64)>;

impl<'a> Question<'a> {
    fn new(parts: &'a Parts<'a>, part: &'a Part, nodes: i32) -> Self {
        let program = parts.program;
        let place: BTreeMap<usize, usize> = part
            .columns
            .iter()
            .enumerate()
            .map(|(place, &column)| (column, place))
            .collect();
        let bounds = part.columns.iter().map(|&column| {
            let (low, high) = parts.steps[column];
            (float(low.max(-LONGEST_STEP)), float(high.min(LONGEST_STEP)))
        });
        let mut steps = StepProgram::new(bounds);
        let is_broken = |row: usize| {
            let excess = parts.plan.excess.iter();
            excess.into_iter().any(|entry| entry.0 == row)
        };
        let any_broken = part.rows.iter().any(|&row| is_broken(row));
        let mut giving = Vec::new();
        for &row in &part.rows {
            let mut cells: Vec<(usize, f64)> = program.rows[row]
                .cells
                .iter()
                .filter_map(|&(column, value)| Some((*place.get(&column)?, float(value))))
                .collect();
            let size = cells.iter().map(|cell| cell.1.abs()).fold(0.0, f64::max);
            let (below, above) = slack(program, row, &parts.plan.values);
            if any_broken && may_give_way(program, row) {
                let sides = [
                    (below.is_some(), true, size),
                    (above.is_some(), false, -size),
                ];
                for (_, is_below, size) in sides.into_iter().filter(|side| side.0) {
                    let column = steps.add_slack();
                    cells.push((column, size));
                    giving.push((row, column, is_below));
                }
            }
            steps.add_row(
                &cells,
                below.map_or(f64::NEG_INFINITY, wide),
                above.map_or(f64::INFINITY, wide),
            );
        }
        Self {
            best: vec![0; part.columns.len()],
            parts,
            part,
            place,
            steps,
            giving,
            nodes,
        }
    }

    /// Makes the rows that may give way do so as little as can be; whether anything moved. `None` where nothing holds.
    fn mend(&mut self) -> Option<bool> {
        if self.giving.is_empty() {
            let hard = &self.parts.plan.excess;
            if !hard
                .iter()
                .any(|entry| self.part.rows.binary_search(&entry.0).is_ok())
            {
                return Some(false);
            }
        }
        let mut cost = vec![0.0; self.steps.lower.len()];
        for &(_, column, _) in &self.giving {
            cost[column] = -1.0;
        }
        let found = self
            .steps
            .maximise(&cost, &self.start(), SMALL_GAP, self.nodes)?;
        self.take(&found.values);
        let given = self.given();
        for (&(_, column, _), most) in self.giving.iter().zip(given) {
            self.steps.upper[column] = most;
        }
        Some(true)
    }

    /// By how much each row that may gives way to the best steps, over its largest coefficient.
    fn given(&self) -> Vec<f64> {
        let program = self.parts.program;
        let of = |&(row, _, is_below): &(usize, usize, bool)| {
            let cells = &program.rows[row].cells;
            let own = || {
                cells
                    .iter()
                    .filter_map(|cell| Some((*self.place.get(&cell.0)?, cell.1)))
            };
            let by: i128 = own()
                .map(|(place, value)| i128::from(value) * i128::from(self.best[place]))
                .sum();
            let size = own().map(|cell| float(cell.1).abs()).fold(1.0, f64::max);
            let (below, above) = slack(program, row, &self.parts.plan.values);
            let off = if is_below {
                below.map_or(0, |below| below - by)
            } else {
                above.map_or(0, |above| by - above)
            };
            wide(off.max(0)) / size
        };
        self.giving.iter().map(of).collect()
    }

    fn start(&self) -> Vec<f64> {
        let steps = self.best.iter().map(|&step| float(step));
        steps.chain(self.given()).collect()
    }

    /// Takes what the solver found, in whole numbers.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a saturating cast of the solver's whole number; what is found is judged in whole numbers"
    )]
    fn take(&mut self, values: &[f64]) {
        for (best, value) in self.best.iter_mut().zip(values) {
            *best = value.round() as i64;
        }
    }

    fn cost(&self, costs: &[i64]) -> Cost {
        let columns = self.part.columns.iter().enumerate();
        columns
            .map(|(place, &column)| (place, costs[column]))
            .filter(|cell| cell.1 != 0)
            .collect()
    }

    fn value(&self, cost: &Cost) -> i128 {
        cost.iter()
            .map(|&(place, cost)| i128::from(cost) * i128::from(self.best[place]))
            .sum()
    }

    fn maximise(&mut self, cost: &Cost) {
        let sizes = || cost.iter().map(|cell| i128::from(cell.1).abs());
        let unit = sizes().fold(0, |a, b| a.gcd(&b)).max(1);
        let largest = sizes().max().unwrap_or(1).max(1);
        let (size, gap) = if largest / unit <= LARGEST_COST {
            (unit, 0.5)
        } else {
            (largest, SMALL_GAP)
        };
        let mut scaled = vec![0.0; self.steps.lower.len()];
        for &(place, cost) in cost {
            scaled[place] = float(cost) / wide(size);
        }
        let before = self.value(cost);
        if let Some(found) = self.steps.maximise(&scaled, &self.start(), gap, self.nodes) {
            let kept = self.best.clone();
            self.take(&found.values);
            if self.value(cost) < before {
                self.best = kept;
            }
        }
    }

    /// Of what is as good for rows and goals, the steps with the fewest cents: the plan stays near to the one that was picked.
    fn stay_near(&mut self) {
        let mut start = self.start();
        let columns = self.part.columns.iter().enumerate();
        let pays: Vec<usize> = columns
            .filter(|&(_, &column)| is_pay(self.parts, column))
            .map(|(place, _)| place)
            .collect();
        let mut sizes = Vec::with_capacity(pays.len());
        for place in pays {
            let size = self.steps.add_slack();
            for sign in [1.0, -1.0] {
                let cells = [(size, 1.0), (place, sign)];
                self.steps.add_row(&cells, 0.0, f64::INFINITY);
            }
            start.push(float(self.best[place].saturating_abs()));
            sizes.push(size);
        }
        let mut cost = vec![0.0; self.steps.lower.len()];
        for size in sizes {
            cost[size] = -1.0;
        }
        if let Some(found) = self.steps.maximise(&cost, &start, 0.5, self.nodes) {
            self.take(&found.values);
        }
    }

    /// No later goal takes from this one.
    fn lock(&mut self, cost: &Cost) {
        let least = wide(self.value(cost));
        self.steps.add_row(&floats(cost), least, f64::INFINITY);
    }
}
