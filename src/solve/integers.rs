//! Whole numbers first: units, projects and active zones are chosen goal by goal, by branch and bound; then they are fixed, and
//! the goals are solved and proved on what is left.
//!
//! Branch and bound has no multipliers that lock a goal, so each is locked by a row: at least its value, rounded down to the cent.
//! Of choices that are equally good for every goal, the one with the most of the first action by code, then of the first zone, is
//! taken. That no other choice does better is the solver's word: its bounds are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use num_traits::ToPrimitive;

use super::answer::{Fault, SolveError, Stop};
use super::checked::maximise_checked;
use super::loose::Loose;
use super::scaled::{Scaled, dot, float};
use super::search::SearchLimit;
use crate::lp::{
    ColumnKey, LinearProgram, Objective, Origin, build, level_units, objectives, settled,
};
use crate::model::{GoalKind, Levels, Model};
use crate::tolerance::{LOCK_DIGITS, SAME_CENTS, UNEVEN, WHOLE_LOCK};
use crate::units::Exact;

/// Largest weight of a column in the choice among equals: sums of such weights are exact and far above the solver's tolerances.
const LARGEST_WEIGHT: i64 = 1 << 16;

/// Largest amount in the unit of the solver.
const LARGEST_AMOUNT: f64 = 1e4;

/// What is maximised is multiplied by this: the solver's absolute tolerances on it are then far below a cent.
const OBJECTIVE_SCALE: f64 = 1e3;

/// What the solver says of a goal over all choices of whole numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeGoal {
    /// The word used in files.
    pub kind: &'static str,
    /// How many of the worst-served units a leximin goal looks at; 0 for the others.
    pub level: u32,
    /// `cent`, `bound` or `level`.
    pub unit: &'static str,
    /// Divides value and bound into the unit.
    pub scale: i64,
    /// The value of the choice, in the integer unit.
    pub value: f64,
    /// No choice does better than this, the solver says.
    pub bound: f64,
}

impl WholeGoal {
    fn new(kind: &'static str, unit: &'static str, level: u32, scale: i64) -> Self {
        Self {
            kind,
            level,
            unit,
            scale,
            value: f64::NAN,
            bound: f64::INFINITY,
        }
    }
}

/// The whole numbers chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    /// Column of the programme and its number.
    pub values: Vec<(usize, i64)>,
    /// What the solver says of each goal, in order; fewer than asked where a limit was reached.
    pub goals: Vec<WholeGoal>,
    /// Whether the choice was finished.
    pub complete: bool,
}

/// Chooses the whole numbers of a programme and fixes them in it; `None` where nothing is whole. Gives a plan with them too,
/// in cents.
pub(crate) fn choose(
    model: &Model,
    program: &mut LinearProgram,
    with_play: bool,
    until: Option<Instant>,
) -> Result<Option<(Whole, Vec<f64>)>, SolveError> {
    let whole: Vec<bool> = program.columns.iter().map(|c| c.is_whole()).collect();
    if !whole.contains(&true) {
        return Ok(None);
    }
    let scaled = Scaled::of(program, with_play, fine_unit(program));
    let mut choice = Choice {
        scaled,
        whole,
        until,
        best: None,
        bound: f64::INFINITY,
        goals: Vec::new(),
    };
    let complete = match choice.run(model, program) {
        Ok(()) => true,
        Err(SolveError::Limit) if choice.best.is_some() => false,
        Err(why) => return Err(why),
    };
    let mut point = choice.best.unwrap_or_default();
    point.truncate(program.columns.len());
    let mut values = Vec::new();
    for (column, entry) in program.columns.iter_mut().enumerate() {
        if entry.is_whole() {
            let value = rounded(point.get(column).copied().unwrap_or(0.0));
            let value = value.clamp(entry.lower, entry.upper);
            (entry.lower, entry.upper) = (value, value);
            values.push((column, value));
        } else if let Some(value) = point.get_mut(column) {
            *value *= choice.scaled.column_size[column];
        }
    }
    let whole = Whole {
        values,
        goals: choice.goals,
        complete,
    };
    Ok(Some((whole, point)))
}

/// The model with what the chosen units earn; its programme takes the place of the one that was chosen on, and choice and point
/// speak of it.
pub(crate) fn settle_money(
    model: &Model,
    program: &mut LinearProgram,
    whole: &mut Whole,
    point: &mut Vec<f64>,
) -> Result<Model, SolveError> {
    let units: BTreeMap<_, i64> = program
        .columns
        .iter()
        .filter(|column| matches!(column.key, ColumnKey::Units { .. }))
        .map(|column| {
            (
                (column.place.action, column.place.zone, column.place.year),
                column.lower,
            )
        })
        .collect();
    let settled = settled(model, |earning, zone, year| {
        let key = (Some(earning.action), Some(zone), Some(year));
        units.get(&key).copied().unwrap_or(0)
    })?;
    let mut next = build(&settled)?;
    let before: BTreeMap<&str, (i64, f64)> = program
        .columns
        .iter()
        .zip(point.iter())
        .map(|(column, value)| (column.name.as_str(), (column.lower, *value)))
        .collect();
    whole.values.clear();
    let mut values = Vec::with_capacity(next.columns.len());
    for (position, column) in next.columns.iter_mut().enumerate() {
        let (chosen, value) = before
            .get(column.name.as_str())
            .copied()
            .unwrap_or((0, 0.0));
        if column.is_whole() {
            (column.lower, column.upper) = (chosen, chosen);
            whole.values.push((position, chosen));
        }
        values.push(value);
    }
    (*program, *point) = (next, values);
    Ok(settled)
}

/// Cents in the unit of the solver: amounts are then up to ten thousand, and its tolerances far below a cent.
pub(crate) fn fine_unit(program: &LinearProgram) -> f64 {
    (float(program.largest_pay()) / LARGEST_AMOUNT).max(1.0)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a saturating cast of the solver's whole number; every row is checked afterwards"
)]
fn rounded(value: f64) -> i64 {
    value.round() as i64
}

struct Choice {
    scaled: Scaled,
    whole: Vec<bool>,
    until: Option<Instant>,
    /// The best point so far, scaled.
    best: Option<Vec<f64>>,
    /// The solver's bound where a limit was reached.
    bound: f64,
    goals: Vec<WholeGoal>,
}

impl Choice {
    fn run(&mut self, model: &Model, program: &LinearProgram) -> Result<(), SolveError> {
        for (position, objective) in objectives(model, program)?.into_iter().enumerate() {
            match objective {
                Some(objective) if objective.cost.is_empty() => {}
                Some(objective) => self.goal(&objective)?,
                None => self.leximin(model, program, position)?,
            }
        }
        self.break_ties(program)
    }

    /// Asks for the maximum, up to a gap that does not matter; keeps the point.
    fn ask(&mut self, cost: &[f64], gap: f64) -> Result<(f64, f64), SolveError> {
        let start = self.best.as_deref();
        let large: Vec<f64> = cost.iter().map(|cost| cost * OBJECTIVE_SCALE).collect();
        let limits = (gap * OBJECTIVE_SCALE, self.until);
        let mut answer = maximise_checked(&self.scaled, &large, &self.whole, start, limits)
            .ok_or(SolveError::NoWholeNumbers)?;
        answer.bound /= OBJECTIVE_SCALE;
        let value = answer.primal.as_deref().map(|point| dot(cost, point));
        if let (Some(point), true) = (answer.primal, self.fits(cost, value)) {
            self.best = Some(point);
        }
        match answer.stop {
            Stop::Optimal => value
                .map(|value| (value, answer.bound))
                .ok_or(SolveError::Failed(Fault::NoPoint)),
            Stop::Unbounded => Err(SolveError::Failed(Fault::Unbounded)),
            Stop::Limit => {
                self.bound = answer.bound;
                Err(SolveError::Limit)
            }
            // The best choice so far obeys what was locked, whatever the solver says; how much better another may be, columns say.
            Stop::Infeasible | Stop::Failed(_) if self.best.is_some() => {
                let value = self.best.as_deref().map_or(0.0, |best| dot(cost, best));
                Ok((value, self.scaled.most(cost)))
            }
            Stop::Infeasible => Err(SolveError::Infeasible),
            Stop::Failed(why) => Err(SolveError::Failed(Fault::Solver(why))),
        }
    }

    /// Whether a point is at least as good as the one there is.
    fn fits(&self, cost: &[f64], value: Option<f64>) -> bool {
        let before = self.best.as_deref().map(|point| dot(cost, point));
        match (value, before) {
            (Some(value), Some(before)) => value >= before - WHOLE_LOCK,
            (value, _) => value.is_some(),
        }
    }

    /// Asks for a goal and keeps what the solver says of it, at a limit too; `factor` turns it into the integer unit.
    fn ask_goal(
        &mut self,
        cost: &[f64],
        mut goal: WholeGoal,
        (factor, gap): (f64, f64),
    ) -> Result<f64, SolveError> {
        let answer = self.ask(cost, gap);
        let (value, bound) = match &answer {
            Ok(found) => *found,
            Err(SolveError::Limit) => match self.best.as_deref() {
                Some(best) => (dot(cost, best), self.bound),
                None => return Err(SolveError::Limit),
            },
            Err(why) => return Err(why.clone()),
        };
        goal.value = value * factor;
        goal.bound = bound.max(value) * factor;
        self.goals.push(goal);
        answer.map(|(value, _)| value)
    }

    fn goal(&mut self, objective: &Objective) -> Result<(), SolveError> {
        let (cost, size) = self.scaled.costs(objective);
        let factor = size * self.scaled.unit;
        let goal = WholeGoal::new(objective.kind, objective.unit, 0, objective.scale);
        // Less than half a cent of the goal is not looked for.
        let gap = if objective.unit == "cent" {
            float(objective.scale) / factor / 2.0
        } else {
            0.0
        };
        let value = self.ask_goal(&cost, goal, (factor, gap))?;
        if !self.scaled.is_uneven(&cost) {
            let least = if objective.unit == "cent" {
                let cent = float(objective.scale);
                let whole = (value * factor / cent + SAME_CENTS).floor();
                (whole - SAME_CENTS) * cent / factor
            } else {
                value - WHOLE_LOCK * (1.0 + value.abs())
            };
            self.lock(&cost, least);
            return Ok(());
        }
        self.lock_uneven(cost)
    }

    /// Locks a goal whose costs are so far apart that the solver takes some for noise: the large ones, then what is left, asked for
    /// by itself.
    fn lock_uneven(&mut self, mut cost: Vec<f64>) -> Result<(), SolveError> {
        loop {
            let large: Vec<f64> = cost
                .iter()
                .map(|&cost| if cost.abs() < UNEVEN { 0.0 } else { cost })
                .collect();
            let value = self.best.as_deref().map_or(0.0, |best| dot(&large, best));
            self.lock(&large, value - LOCK_DIGITS * (1.0 + value.abs()));
            let rest = cost.iter().zip(&large).map(|(cost, large)| cost - large);
            cost = rest.collect();
            let size = cost.iter().fold(0.0_f64, |size, cost| size.max(cost.abs()));
            if size == 0.0 {
                return Ok(());
            }
            cost.iter_mut().for_each(|cost| *cost /= size);
            self.ask(&cost, 0.0)?;
        }
    }

    /// Adds `sum(cost x column) >= least`.
    fn lock(&mut self, cost: &[f64], least: f64) {
        let cells = cost.iter().copied().enumerate();
        self.add_row(cells.filter(|cell| cell.1 != 0.0).collect(), least);
    }

    fn add_row(&mut self, cells: Vec<(usize, f64)>, least: f64) {
        self.scaled.matrix.push(cells);
        self.scaled.row_lower.push(least);
        self.scaled.row_upper.push(f64::INFINITY);
        self.scaled.row_size.push(1.0);
    }

    fn add_column(&mut self, lower: f64, upper: f64) -> usize {
        self.scaled.lower.push(lower);
        self.scaled.upper.push(upper);
        self.scaled.column_size.push(1.0);
        self.whole.push(false);
        if let Some(best) = &mut self.best {
            best.push(lower);
        }
        self.scaled.n_columns() - 1
    }

    /// The sum of the k worst coverages, for k = 1, 2, ..: over whole numbers the worst zones are not settled by multipliers.
    ///
    /// # Source
    /// Ogryczak and Sliwinski, *On direct methods for lexicographic min-max optimization*, ICCSA 2006.
    fn leximin(
        &mut self,
        model: &Model,
        program: &LinearProgram,
        position: usize,
    ) -> Result<(), SolveError> {
        let goal = &model.goals[position];
        let GoalKind::Leximin {
            levels,
            per_year,
            tolerance,
            bound,
        } = goal.kind
        else {
            return Ok(());
        };
        let share = |share: Exact| share.to_f64().unwrap_or(1.0);
        let (tolerance, bound) = (share(tolerance), share(bound));
        let units = level_units(model, program, goal, per_year)?;
        let most = match levels {
            Levels::Count(count) => usize::from(count).min(units.len()),
            Levels::All => units.len(),
        };
        let mut before = 0.0;
        for level in 1..=most {
            let worst = self.add_column(0.0, bound);
            let mut short = Vec::new();
            for unit in &units {
                let need = float(unit.need) / self.scaled.unit;
                let mut cells: Vec<(usize, f64)> = unit.columns.iter().map(|&c| (c, 1.0)).collect();
                cells.push((worst, -need));
                if level > 1 {
                    let below = self.add_column(0.0, 1.0);
                    cells.push((below, need));
                    short.push(below);
                }
                self.add_row(cells, 0.0);
            }
            let mut cost = vec![0.0; self.scaled.n_columns()];
            cost[worst] = float(i64::try_from(level).unwrap_or(i64::MAX));
            for column in short {
                cost[column] = -1.0;
            }
            let number = u32::try_from(level).unwrap_or(u32::MAX);
            let told = WholeGoal::new(goal.word(), "level", number, 1);
            let value = self.ask_goal(&cost, told, (1.0, WHOLE_LOCK))?;
            self.lock(&cost, value - tolerance - WHOLE_LOCK);
            if value - before >= bound - WHOLE_LOCK {
                break; // the best-served of these has all that is asked, and so are all others
            }
            before = value;
        }
        Ok(())
    }

    /// Fixes a column whose number is the most it may be in the choice at hand.
    fn fix_at_most(&mut self, column: usize) -> bool {
        let most = self.scaled.upper[column];
        let has_most = self
            .best
            .as_ref()
            .is_some_and(|best| best[column].round() >= most);
        if has_most {
            self.scaled.lower[column] = most;
        }
        has_most
    }

    /// Of equally good choices, the most of the first column, then of the next: by action, zone and year.
    fn break_ties(&mut self, program: &LinearProgram) -> Result<(), SolveError> {
        let mut order: Vec<usize> = (0..program.columns.len())
            .filter(|&column| self.whole[column])
            .collect();
        order.sort_by_key(|&column| {
            let entry = &program.columns[column];
            (entry.place.action.is_none(), entry.place, column)
        });
        let mut next = order.as_slice();
        while let [first, after @ ..] = next {
            // What has its most already needs no question.
            if self.fix_at_most(*first) {
                next = after;
                continue;
            }
            let mut weights = vec![1_i64];
            for &column in next {
                let entry = &program.columns[column];
                let range = entry.upper.saturating_sub(entry.lower).saturating_add(1);
                let weight = weights[weights.len() - 1].saturating_mul(range);
                if weight > LARGEST_WEIGHT {
                    break;
                }
                weights.push(weight);
            }
            let count = weights.len().max(2) - 1;
            let (group, rest) = next.split_at(count.min(next.len()));
            let mut cost = vec![0.0; self.scaled.n_columns()];
            for (&column, &weight) in group.iter().zip(weights.iter().take(count).rev()) {
                cost[column] = float(weight);
            }
            self.ask(&cost, 0.0)?;
            for &column in group {
                if let Some(point) = &self.best {
                    let value = point[column].round();
                    (self.scaled.lower[column], self.scaled.upper[column]) = (value, value);
                }
            }
            next = rest;
        }
        if self.best.is_none() {
            let nothing = vec![0.0; self.scaled.n_columns()];
            self.ask(&nothing, 0.0)?;
        }
        Ok(())
    }
}

/// Origins of rows that cannot hold together with whole numbers, ascending: without any one of them the others can, the solver
/// says. `None` where they can, or the solver has no answer. What is `forced` is taken as given, see
/// [`conflicts`](super::conflicts). Where `limit` is reached some of them may not be needed.
#[must_use]
pub fn whole_conflict(
    model: &Model,
    program: &LinearProgram,
    forced: &BTreeSet<Origin>,
    limit: &SearchLimit,
) -> Option<Vec<Origin>> {
    let loose = Loose::to_choose(model, program);
    let holds = |kept: &BTreeSet<Origin>| loose.can_hold_whole(kept, limit);
    let mut kept: BTreeSet<Origin> = program.rows.iter().map(|row| row.origin).collect();
    kept.remove(&Origin::Whole);
    match holds(&kept) {
        Some(true) => return None,
        None if !limit.is_reached() => return None,
        _ => {}
    }
    for origin in super::infeasible::in_order_of_dropping(&kept, forced) {
        kept.remove(&origin);
        if holds(&kept) != Some(false) {
            kept.insert(origin);
        }
    }
    Some(kept.into_iter().collect())
}
