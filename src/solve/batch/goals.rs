//! The goals of eight scenarios in order, each on the face of the earlier ones.

use std::collections::BTreeMap;

use super::super::answer::{Answer, Stop};
use super::super::chain::{Plan, Stage};
use super::super::face::{Face, Hold, lock_where};
use super::super::integers::Whole;
use super::super::pick::{Group, PickStands, Picked, groups, pick as pick_alone, targets};
use super::super::scaled::{Scaled, dot, float};
use super::super::vertex::vertex;
use super::case::Case;
use super::interior::Interior;
use super::lanes::{LANES, Lane, zeros};
use super::pattern::Pattern;
use super::pick::pick;
use super::problem::{Bounds, Ended, Given};
use crate::tolerance::{BATCH_KEPT, BATCH_KEPT_DIGITS, BATCH_TRUSTED_CENTS, CENTS_PER_UNIT};

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
    pub(super) goals: Pattern,
    /// The same rows, and one more for each group of the pick.
    pub(super) pick: Pattern,
    pub(super) groups: BTreeMap<Group, Vec<usize>>,
    n_objectives: usize,
}

impl Batch {
    /// Analyses the structure of a base; `None` where this engine has nothing to offer for it.
    pub(crate) fn new(base: &Case<'_>) -> Option<Self> {
        let (rows, n_columns) = (&base.scaled.matrix, base.scaled.n_columns());
        if n_columns == 0 || rows.n_rows() == 0 {
            return None;
        }
        let groups = groups(base.model, &base.program, &targets(base.model));
        let goals = Pattern::new(rows, n_columns)?;
        let mut rows = rows.clone();
        for columns in groups.values() {
            rows.push(columns.iter().map(|&column| (column, 1.0)));
        }
        Some(Self {
            goals,
            pick: Pattern::new(&rows, n_columns)?,
            groups,
            n_objectives: base.objectives.len(),
        })
    }

    /// Solves at most [`LANES`] scenarios, each as if it were alone.
    pub(crate) fn solve(
        &self,
        cases: Vec<(Case<'_>, Option<Whole>)>,
        stands: &PickStands,
    ) -> Vec<Result<Plan, Refused>> {
        debug_assert!(cases.len() <= LANES);
        let (cases, wholes): (Vec<Case<'_>>, Vec<Option<Whole>>) = cases.into_iter().unzip();
        let mut lanes: Vec<Running<'_, '_>> = cases
            .iter()
            .map(|case| Running {
                case,
                face: case.scaled.clone(),
                stages: Vec::new(),
                kept: Vec::new(),
                last: None,
                refused: (!self.has_structure_of(case)).then_some(Refused::Structure),
            })
            .collect();
        let mut value = zeros(self.goals.row_index.len());
        for (lane, running) in lanes.iter().enumerate() {
            if running.refused.is_none() {
                for (value, own) in value.iter_mut().zip(&running.case.scaled.matrix.value) {
                    value.0[lane] = *own;
                }
            }
        }
        let mut interior = Interior::new(&self.goals);
        for goal in 0..self.n_objectives {
            self.goal(goal, &mut lanes, &value, &mut interior);
        }
        let picked = pick(self, &mut lanes, &value, stands);
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

    fn has_structure_of(&self, case: &Case<'_>) -> bool {
        let matrix = &case.scaled.matrix;
        let same = |own: &[u32], other: &[usize]| {
            own.len() == other.len()
                && own
                    .iter()
                    .zip(other)
                    .all(|(&a, &b)| usize::try_from(a) == Ok(b))
        };
        case.objectives.len() == self.n_objectives
            && case.scaled.n_columns() == self.goals.n_columns
            && same(&self.goals.row_start, &matrix.start)
            && same(&self.goals.row_index, &matrix.index)
            && { groups(case.model, &case.program, &targets(case.model)) == self.groups }
    }

    fn goal(
        &self,
        goal: usize,
        lanes: &mut [Running<'_, '_>],
        value: &[Lane],
        interior: &mut Interior,
    ) {
        let mut bounds = Bounds::new(self.goals.n_columns + self.goals.n_rows);
        let mut skipped = [true; LANES];
        let mut costs: Vec<(Vec<f64>, f64)> = Vec::new();
        for (lane, running) in lanes.iter().enumerate() {
            let (objective, n_columns, n_rows) = match running.case.objectives.get(goal) {
                Some((objective, n_columns, n_rows)) => (objective, *n_columns, *n_rows),
                None => continue,
            };
            costs.push(running.face.costs(objective));
            if running.refused.is_some() {
                continue;
            }
            skipped[lane] = objective.cost.is_empty();
            fill(&mut bounds, lane, &running.face, (n_columns, n_rows));
            for (cost, own) in bounds.cost.iter_mut().zip(&costs[lane].0) {
                cost.0[lane] = *own;
            }
        }
        let given = Given {
            pattern: &self.goals,
            value,
            bounds: &bounds,
        };
        interior.solve(&given, skipped);
        for (lane, running) in lanes.iter_mut().enumerate() {
            if running.refused.is_none() {
                let (cost, size) = &costs[lane];
                let answer = (!skipped[lane]).then(|| read(interior, lane, &self.goals));
                let tight = |hold: Hold| {
                    let first = if hold.is_row { self.goals.n_columns } else { 0 };
                    interior.is_tight(lane, first + hold.position, hold.is_upper)
                };
                running.settle(goal, answer, (cost, *size), tight);
            }
        }
    }
}

/// Columns and rows of a lane as they stand on its face; what is not there yet is nothing, and free.
pub(super) fn fill(bounds: &mut Bounds, lane: usize, face: &Scaled, there: (usize, usize)) {
    let n_columns = face.n_columns();
    for column in 0..n_columns.min(there.0) {
        bounds.lower[column].0[lane] = face.lower[column];
        bounds.upper[column].0[lane] = face.upper[column];
    }
    for row in 0..face.n_rows() {
        let is_there = row < there.1;
        let at = n_columns + row;
        bounds.lower[at].0[lane] = if is_there {
            face.row_lower[row]
        } else {
            f64::NEG_INFINITY
        };
        bounds.upper[at].0[lane] = if is_there {
            face.row_upper[row]
        } else {
            f64::INFINITY
        };
    }
}

/// What a lane came to.
fn read(interior: &Interior, lane: usize, pattern: &Pattern) -> Option<Answer> {
    (interior.ended[lane] == Ended::Optimal).then(|| Answer {
        stop: Stop::Optimal,
        primal: Some(
            interior.value[..pattern.n_columns]
                .iter()
                .map(|v| v.0[lane])
                .collect(),
        ),
        dual: Some(interior.y.iter().map(|y| y.0[lane]).collect()),
        interior: true,
    })
}

/// A scenario under way.
pub(super) struct Running<'c, 'm> {
    pub(super) case: &'c Case<'m>,
    /// Its programme, locked to the goals solved.
    pub(super) face: Scaled,
    stages: Vec<Stage>,
    /// Cost and value of each goal, scaled.
    kept: Vec<(Vec<f64>, f64)>,
    /// The latest point, scaled.
    pub(super) last: Option<Vec<f64>>,
    pub(super) refused: Option<Refused>,
}

impl Running<'_, '_> {
    /// Takes the answer of a goal (an objective without columns needs none) and locks it.
    fn settle(
        &mut self,
        goal: usize,
        answer: Option<Option<Answer>>,
        (cost, size): (&[f64], f64),
        tight: impl Fn(Hold) -> bool,
    ) {
        let objective = self.case.objectives[goal].0.clone();
        let Some(answer) = answer else {
            let nothing = vec![0.0; self.face.n_rows()];
            let stage = Stage::new(objective, (0.0, 1.0), nothing, &Face::default(), &self.face);
            self.stages.push(stage);
            return;
        };
        let Some(answer) = answer else {
            self.refused = Some(Refused::NotConverged);
            return;
        };
        let (Some(point), Some(dual)) = (&answer.primal, &answer.dual) else {
            return;
        };
        let value = dot(cost, point);
        let gap = (self.face.dual_bound(cost, dual) - value) * size * CENTS_PER_UNIT;
        let cents = if objective.unit == "bound" {
            (gap / float(objective.scale)) * CENTS_PER_UNIT
        } else if objective.unit == "level" {
            gap
        } else {
            gap / float(objective.scale)
        };
        if cents.is_nan() || cents > BATCH_TRUSTED_CENTS {
            self.refused = Some(Refused::Unproved);
            return;
        }
        let face = lock_where(&mut self.face, cost, &answer, tight);
        let dual = dual.clone();
        let stage = Stage::new(objective, (value, size), dual, &face, &self.face);
        self.stages.push(stage);
        self.kept.push((cost.to_vec(), value));
        self.last = answer.primal;
    }

    /// The pick as the other routes find it.
    pub(super) fn pick_alone(&self, stands: &PickStands) -> Option<Picked> {
        let (case, guess) = (self.case, self.last.as_deref()?);
        let stands = Some(stands);
        let (picked, _) = pick_alone(case.model, &case.program, &self.face, guess, true, stands);
        (picked.proved && self.keeps_its_goals(&picked.values)).then_some(picked)
    }

    /// Whether a plan (in cents) is as good for every goal as it was when the goal was solved.
    pub(super) fn keeps_its_goals(&self, values: &[f64]) -> bool {
        let units = |column: usize| values[column] / CENTS_PER_UNIT;
        self.kept.iter().all(|(cost, value)| {
            let cells = cost.iter().enumerate();
            let found: f64 = cells.map(|(column, cost)| cost * units(column)).sum();
            found >= value - BATCH_KEPT * (1.0 + BATCH_KEPT_DIGITS * value.abs())
        })
    }
}
