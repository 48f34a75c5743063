//! The goals of eight scenarios in order, each on the face of the earlier ones.

use std::collections::BTreeMap;

use super::super::answer::{Answer, Stop};
use super::super::chain::{Plan, Reached, Stage};
use super::super::face::{Face, Hold, lock_goal};
use super::super::integers::Whole;
use super::super::measure::{Group, groups, targets};
use super::super::pick::{On, PickShared, Picked, pick as pick_alone};
use super::super::scaled::{Scaled, SparseRows, dot, float};
use super::super::vertex::vertex;
use super::case::Case;
use super::interior::Interior;
use super::lanes::{LANES, Lane, zeros};
use super::narrow::{Cells, Narrow, Sides};
use super::pattern::Pattern;
use super::pick::pick;
use super::problem::{Bounds, Ended, Given};
use super::start::Ending;
use super::totals::{Totals, spare};
use crate::tolerance::{BATCH_GAP, BATCH_KEPT, BATCH_KEPT_DIGITS, BATCH_PRIMAL, BATCH_SMALL};

/// Why a scenario has no answer from this engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Its nonzeros or goals are not where the base has them.
    Structure,
    /// A goal did not converge: there may be no plan.
    NotConverged,
    /// A value that its multipliers do not prove.
    Unproved,
    /// The nearest plan was not found and proved.
    Pick,
}

/// What all scenarios of a structure share.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    /// Of the rows said by totals.
    pub(super) goals: Pattern,
    totals: Totals,
    /// Row of each nonzero.
    row_of: Vec<u32>,
    /// Where the rows of the programme start, and their columns.
    start: Vec<usize>,
    index: Vec<usize>,
    groups: BTreeMap<Group, Vec<usize>>,
    n_objectives: usize,
    /// Where the base ended, by goal, as far as it was asked and got there.
    endings: Vec<Option<Ending>>,
}

impl Batch {
    /// Analyses the structure of a base; `None` where this engine has nothing to offer for it.
    pub(crate) fn new(base: &Case<'_>) -> Option<Self> {
        let (rows, n_columns) = (&base.scaled.matrix, base.scaled.n_columns());
        if n_columns == 0 || rows.n_rows() == 0 {
            return None;
        }
        let groups = groups(&base.program, base.model, &targets(base.model));
        let totals = Totals::new(rows, n_columns);
        let said = totals.rows(rows, n_columns)?;
        let mut goals = Pattern::new(&said, n_columns + totals.of.len(), &totals.late(n_columns))?;
        for (position, &row) in totals.of.iter().enumerate() {
            let column = u32::try_from(n_columns + position).ok()?;
            goals.totals.push((column, u32::try_from(row).ok()?));
        }
        let mut row_of = Vec::with_capacity(said.index.len());
        for row in 0..said.n_rows() {
            row_of.resize(said.start[row + 1], u32::try_from(row).ok()?);
        }
        let mut batch = Self {
            goals,
            totals,
            row_of,
            start: rows.start.clone(),
            index: rows.index.clone(),
            groups,
            n_objectives: base.objectives.len(),
            endings: Vec::new(),
        };
        batch.endings = batch.solved(std::slice::from_ref(base)).1;
        Some(batch)
    }

    /// Solves at most [`LANES`] scenarios, each as if it were alone.
    pub(crate) fn solve(
        &self,
        cases: Vec<(Case<'_>, Option<Whole>)>,
        shared: &PickShared,
    ) -> Vec<Result<Plan, Refused>> {
        debug_assert!(cases.len() <= LANES);
        let (cases, wholes): (Vec<Case<'_>>, Vec<Option<Whole>>) = cases.into_iter().unzip();
        let (mut lanes, _) = self.solved(&cases);
        let picked = pick(&mut lanes, shared);
        lanes
            .into_iter()
            .zip(picked)
            .zip(&cases)
            .zip(wholes)
            .map(|(((running, picked), case), whole)| {
                if let Some(why) = running.refused {
                    return Err(why);
                }
                let picked = picked.ok_or(Refused::Pick)?;
                let vertex = whole
                    .as_ref()
                    .and_then(|_| vertex(&case.program, &running.face, &picked.values));
                Ok(Plan {
                    program: case.program.clone(),
                    stages: running.stages,
                    complete: true,
                    model: None,
                    picked,
                    whole,
                    vertex,
                })
            })
            .collect()
    }

    /// What the goals of at most [`LANES`] scenarios come to, without the pick.
    pub(crate) fn reached(&self, cases: &[Case<'_>]) -> Vec<Result<Vec<Reached>, Refused>> {
        let (lanes, _) = self.solved(cases);
        let reached = |running: Running<'_, '_>| match running.refused {
            Some(why) => Err(why),
            None => {
                let stages = running.stages.iter().zip(&running.above);
                Ok(stages
                    .map(|(stage, above)| Reached::of(stage, *above))
                    .collect())
            }
        };
        lanes.into_iter().map(reached).collect()
    }

    /// All goals of at most [`LANES`] scenarios, and where the first of them ended each.
    fn solved<'c, 'm>(&self, cases: &'c [Case<'m>]) -> (Vec<Running<'c, 'm>>, Vec<Option<Ending>>) {
        let mut lanes: Vec<Running<'_, '_>> = cases.iter().map(|case| self.running(case)).collect();
        let mut value = zeros(self.goals.row_index.len());
        for (lane, running) in lanes.iter().enumerate() {
            if running.refused.is_none() {
                for (value, own) in value.iter_mut().zip(&running.said.value) {
                    value.0[lane] = *own;
                }
            }
        }
        let mut interior = Interior::new(&self.goals);
        let endings = (0..self.n_objectives)
            .map(|goal| {
                let solved = self.goal(goal, &mut lanes, &value, &mut interior);
                // Only the base is asked where it ended.
                (solved[0] && self.endings.is_empty()).then(|| interior.ending(0))
            })
            .collect();
        (lanes, endings)
    }

    fn running<'c, 'm>(&self, case: &'c Case<'m>) -> Running<'c, 'm> {
        let n_columns = case.scaled.n_columns();
        let said = self
            .has_structure_of(case)
            .then(|| self.totals.rows(&case.scaled.matrix, n_columns))
            .flatten();
        let refused = said.is_none().then_some(Refused::Structure);
        let said = said.unwrap_or_default();
        let all = (usize::MAX, usize::MAX);
        let spare = match refused {
            None => spare(&said, &self.totals.sides(&case.scaled, all)),
            Some(_) => Vec::new(),
        };
        Running {
            case,
            face: case.scaled.clone(),
            said,
            spare,
            stages: Vec::new(),
            above: Vec::new(),
            kept: Vec::new(),
            last: None,
            refused,
        }
    }

    fn has_structure_of(&self, case: &Case<'_>) -> bool {
        let matrix = &case.scaled.matrix;
        case.objectives.len() == self.n_objectives
            && case.scaled.n_columns() + self.totals.of.len() == self.goals.n_columns
            && (&self.start, &self.index) == (&matrix.start, &matrix.index)
            && { groups(&case.program, case.model, &targets(case.model)) == self.groups }
    }

    fn cells(&self) -> Cells<'_> {
        Cells {
            start: &self.goals.column_start,
            at: &self.goals.column_at,
            row_of: &self.row_of,
        }
    }

    /// One goal of every lane that is still under way; says which were solved.
    fn goal(
        &self,
        goal: usize,
        lanes: &mut [Running<'_, '_>],
        value: &[Lane],
        interior: &mut Interior,
    ) -> [bool; LANES] {
        let n_all = self.goals.n_columns;
        let mut bounds = Bounds::new(n_all, self.goals.n_rows);
        let mut skipped = [true; LANES];
        let mut asked: Vec<Asked> = Vec::new();
        for (lane, running) in lanes.iter_mut().enumerate() {
            let Some((objective, n_columns, n_rows)) = running.case.objectives.get(goal) else {
                continue;
            };
            let (cost, size) = running.face.costs(objective);
            let mut narrow = Narrow::default();
            let mut trivial = false;
            if running.refused.is_none() {
                trivial = running.has_the_best(&cost);
                skipped[lane] = objective.cost.is_empty() || trivial;
            }
            if !skipped[lane] && running.face.is_uneven(&cost) {
                running.refused = Some(Refused::Unproved);
                skipped[lane] = true;
            }
            if !skipped[lane] {
                let mut sides = self.totals.sides(&running.face, (*n_columns, *n_rows));
                for &row in &running.spare {
                    sides.free_row(row);
                }
                narrow = Narrow::new(&running.said, sides, &self.cells());
                // Goals locked have a plan, as far as digits go.
                if running.last.is_none() && narrow.off > BATCH_PRIMAL {
                    running.refused = Some(Refused::NotConverged);
                    skipped[lane] = true;
                }
                fill_sides(&mut bounds, lane, &narrow.sides);
                for (entry, own) in bounds.cost.iter_mut().zip(&cost) {
                    entry.0[lane] = *own;
                }
            }
            asked.push(Asked {
                cost,
                size,
                narrow,
                trivial,
            });
        }
        let given = Given {
            pattern: &self.goals,
            value,
            bounds: &bounds,
        };
        for ((lane, running), asked) in lanes.iter_mut().enumerate().zip(&asked) {
            if running.refused.is_some() {
                continue;
            }
            let cost = (asked.cost.as_slice(), asked.size);
            if asked.trivial {
                let answer = Answer {
                    stop: Stop::Optimal,
                    primal: running.last.clone(),
                    dual: Some(vec![0.0; running.face.n_rows()]),
                    interior: true,
                };
                running.settle(goal, answer, cost, |_| true);
            } else if skipped[lane] {
                running.nothing_wanted(goal);
            }
        }
        // Near the base first; a lane that does not get through from there starts again from nothing.
        let near = self.endings.get(goal).and_then(Option::as_ref);
        let mut solved = [false; LANES];
        for ending in near.map(Some).into_iter().chain([None]) {
            if !skipped.contains(&false) {
                break;
            }
            interior.solve(&given, ending, skipped);
            for ((lane, running), asked) in lanes.iter_mut().enumerate().zip(&asked) {
                if skipped[lane] || interior.ended[lane] != Ended::Optimal {
                    continue;
                }
                (skipped[lane], solved[lane]) = (true, true);
                let answer = self.read(interior, lane, running, asked);
                let n_columns = running.face.n_columns();
                let tight = |hold: Hold| {
                    let (at, is_upper) = self.stands(hold, &asked.narrow, n_columns);
                    interior.is_tight(lane, at, is_upper)
                };
                running.settle(goal, answer, (&asked.cost, asked.size), tight);
            }
        }
        for (running, skipped) in lanes.iter_mut().zip(skipped) {
            if !skipped {
                running.refused = Some(Refused::NotConverged);
            }
        }
        solved
    }

    /// The variable of the problem, and its side, that stands for a bound of the programme.
    fn stands(&self, hold: Hold, narrow: &Narrow, n_columns: usize) -> (usize, bool) {
        if !hold.is_row {
            return (hold.position, hold.is_upper);
        }
        match self.totals.position(hold.position) {
            Some(total) => (n_columns + total, hold.is_upper),
            None => narrow
                .stands_for(hold.position, hold.is_upper)
                .unwrap_or((self.goals.n_columns + hold.position, hold.is_upper)),
        }
    }

    /// What a lane came to, in the terms of its programme.
    fn read(
        &self,
        interior: &Interior,
        lane: usize,
        running: &Running<'_, '_>,
        asked: &Asked,
    ) -> Answer {
        let n_columns = running.face.n_columns();
        let values = (0..n_columns).map(|column| interior.value(column));
        let mut dual: Vec<f64> = interior.y.iter().map(|y| y.0[lane]).collect();
        asked
            .narrow
            .restore(&running.said, &self.cells(), &asked.cost, &mut dual);
        self.totals.restore(&running.said, n_columns, &mut dual);
        Answer {
            stop: Stop::Optimal,
            primal: Some(values.map(|v| v.0[lane]).collect()),
            dual: Some(dual),
            interior: true,
        }
    }
}

/// What a lane is asked: costs and their size, and its rows as far as they are bounds.
struct Asked {
    cost: Vec<f64>,
    size: f64,
    narrow: Narrow,
    /// The point at hand has the most that its bounds allow.
    trivial: bool,
}

/// Where the variables of a lane may go.
fn fill_sides(bounds: &mut Bounds, lane: usize, sides: &Sides) {
    let columns = sides.lower.iter().zip(&sides.upper);
    let rows = sides.row_lower.iter().zip(&sides.row_upper);
    let entries = bounds.lower.iter_mut().zip(&mut bounds.upper);
    for ((lower, upper), own) in entries.zip(columns.chain(rows)) {
        (lower.0[lane], upper.0[lane]) = (*own.0, *own.1);
    }
}

/// A scenario under way.
pub(super) struct Running<'c, 'm> {
    pub(super) case: &'c Case<'m>,
    /// Its programme, locked to the goals solved.
    pub(super) face: Scaled,
    /// Its rows said by totals, and those of them that say nothing.
    said: SparseRows,
    spare: Vec<usize>,
    stages: Vec<Stage>,
    /// How far above its value each goal's own multipliers leave it, in its integer unit.
    above: Vec<f64>,
    /// Cost and value of each goal, scaled.
    kept: Vec<(Vec<f64>, f64)>,
    /// The latest point, scaled.
    pub(super) last: Option<Vec<f64>>,
    pub(super) refused: Option<Refused>,
}

impl Running<'_, '_> {
    /// Whether the latest point has as much of some costs as the bounds of the columns alone allow.
    fn has_the_best(&self, cost: &[f64]) -> bool {
        let Some(last) = &self.last else {
            return false;
        };
        let most: f64 = cost
            .iter()
            .zip(self.face.lower.iter().zip(&self.face.upper))
            .map(|(&cost, (lower, upper))| cost * if cost > 0.0 { upper } else { lower })
            .sum();
        let value = dot(cost, last);
        most - value <= BATCH_GAP * (BATCH_SMALL + value.abs())
    }

    /// A goal that wants nothing: there is nothing to solve or lock.
    fn nothing_wanted(&mut self, goal: usize) {
        let objective = self.case.objectives[goal].0.clone();
        let nothing = vec![0.0; self.face.n_rows()];
        let stage = Stage::new(objective, (0.0, 1.0), nothing, &Face::default(), &self.face);
        self.stages.push(stage);
        self.above.push(0.0);
    }

    /// Takes the answer of a goal and locks it.
    fn settle(
        &mut self,
        goal: usize,
        answer: Answer,
        (cost, size): (&[f64], f64),
        tight: impl Fn(Hold) -> bool,
    ) {
        let objective = self.case.objectives[goal].0.clone();
        let (Some(point), Some(dual)) = (&answer.primal, &answer.dual) else {
            return;
        };
        let value = dot(cost, point);
        let gap = (self.face.dual_bound(cost, dual) - value) * size;
        if !self.face.is_trusted(&objective, gap) {
            self.refused = Some(Refused::Unproved);
            return;
        }
        let face = lock_goal(&mut self.face, &objective, cost, &answer, tight);
        let dual = dual.clone();
        // A tolerance is on the only column of its goal.
        let room = objective.cost.first().map_or(0.0, |&(column, _)| {
            cost[column] * float(objective.tolerance) / self.face.column_size[column]
        });
        let stage = Stage::new(objective, (value, size), dual, &face, &self.face);
        self.stages.push(stage);
        self.above.push(gap * self.face.unit);
        self.kept.push((cost.to_vec(), value - room));
        self.last = answer.primal;
    }

    /// The pick as the other routes find it.
    pub(super) fn pick_alone(&self, shared: &PickShared) -> Option<Picked> {
        let (case, middle) = (self.case, On::Middle(self.last.as_deref()?));
        let shared = Some(shared);
        let (picked, _) = pick_alone(case.model, &case.program, &self.face, middle, shared);
        (picked.proved && self.keeps_its_goals(&picked.values)).then_some(picked)
    }

    /// Whether a plan (in cents) is as good for every goal as it was when the goal was solved.
    pub(super) fn keeps_its_goals(&self, values: &[f64]) -> bool {
        let units = |column: usize| values[column] / self.face.unit;
        self.kept.iter().all(|(cost, value)| {
            let cells = cost.iter().enumerate();
            let found: f64 = cells.map(|(column, cost)| cost * units(column)).sum();
            found >= value - BATCH_KEPT * (1.0 + BATCH_KEPT_DIGITS * value.abs())
        })
    }
}
