//! Goals in order: each is solved on what the earlier ones leave free, then locked.

#[cfg(test)]
mod injected;
mod leximin;
mod reached;
mod refine;
mod steps;

use std::time::Instant;

#[cfg(test)]
pub(crate) use injected::{Wrong, solve_off};
pub use reached::{Reached, reach};
pub(crate) use steps::{Steps, Trail, Way};

use super::Options;
use super::answer::{Answer, Fault, SolveError, Stop};
use super::engine::engine;
use super::face::{Face, lock, lock_goal};
use super::integers::{Whole, choose, settle_money};
use super::pick::{On, PickShared, Picked, pick, unpicked};
use super::scaled::{Nudge, Scaled, dot, float, money_unit};
use super::vertex::vertex;
use crate::lp::{LinearProgram, Objective, build_to_choose, objectives};
use crate::model::Model;
use crate::tolerance::{CAREFUL, FACE_CHECK};

/// One goal, or one level of one, solved and locked.
#[derive(Clone, Debug)]
pub struct Stage {
    /// What was maximised.
    pub objective: Objective,
    /// Its maximum as the solver sees it, in the integer unit of the objective.
    pub value: f64,
    /// Multiplier of each row of the integer programme: change of the maximum per unit increase of the binding bound.
    ///
    /// Shape `[n_rows]`; rows added by later levels are not counted. At a degenerate optimum it may hold on one side only:
    /// it proves a bound, it is not a price.
    pub row_dual: Vec<f64>,
    /// Columns this goal fixed, with their reduced cost in the integer unit.
    pub fixed_columns: Vec<(usize, f64)>,
    /// Rows this goal made equalities, with their multiplier in the integer unit.
    pub fixed_rows: Vec<(usize, f64)>,
}

/// The plan in floats: goals, the pick, and the programme they were solved on.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The programme with the columns and rows of leximin levels.
    pub program: LinearProgram,
    /// Goals in order; fewer than asked where a limit was reached.
    pub stages: Vec<Stage>,
    /// Whether every goal was solved.
    pub complete: bool,
    /// The model with the money that its units earn, where they earn any: the programme is of this one.
    pub model: Option<Model>,
    /// The plan picked among equals.
    pub picked: Picked,
    /// The whole numbers chosen before the goals; they are fixed in the programme.
    pub whole: Option<Whole>,
    /// Where there are whole numbers, a plan next to the picked one in which as much as can be is whole cents; in cents.
    pub vertex: Option<Vec<f64>>,
}

/// Solves the goals of a model in order and picks one plan among equals.
///
/// # Errors
/// [`SolveError`] when there is no plan: infeasible, a limit before the first plan, or no answer from the solver.
pub fn solve(model: &Model, options: &Options) -> Result<Plan, SolveError> {
    solve_leaving(model, options, None).map(|(plan, _)| plan)
}

/// As [`solve`], with what the scenarios of the model share: the steps of its chain, its programme before the levels of goals, and
/// whether its proportions needed play.
pub(crate) fn leaving_steps(
    model: &Model,
    options: &Options,
) -> Result<(Plan, Steps, LinearProgram, bool), SolveError> {
    let mut steps = Steps::default();
    let (plan, with_play) = solve_leaving(model, options, Some(&mut steps))?;
    let program = std::mem::take(&mut steps.program);
    Ok((plan, steps, program, with_play))
}

fn solve_leaving(
    model: &Model,
    options: &Options,
    mut steps: Option<&mut Steps>,
) -> Result<(Plan, bool), SolveError> {
    let program = build_to_choose(model)?;
    let until = options
        .time_limit
        .and_then(|limit| Instant::now().checked_add(limit));
    let has_play = program.rows.iter().any(|row| row.play > 0);
    match solve_on(model, false, program.clone(), until, steps.as_deref_mut()) {
        // A proportion may hold in whole cents and not exactly: 1 cent is within a cent of any part of 1 cent. So may one beside whole
        // numbers that are chosen to a part of a cent.
        Err(SolveError::Infeasible | SolveError::Failed(Fault::NoPlanLeft)) if has_play => {
            solve_on(model, true, program, until, steps).map(|plan| (plan, true))
        }
        answer => answer.map(|plan| (plan, false)),
    }
}

fn solve_on(
    model: &Model,
    with_play: bool,
    mut program: LinearProgram,
    until: Option<Instant>,
    steps: Option<&mut Steps>,
) -> Result<Plan, SolveError> {
    let mut settled = None;
    let mut decided = decide(model, with_play, &mut program, until, &mut settled)?;
    let mut engine = engine();
    let way = Way {
        engine: &mut *engine,
        trail: match steps {
            Some(steps) => {
                steps.program = decided.program.clone();
                Trail::Leave(steps)
            }
            None => Trail::Nothing,
        },
        careful: false,
        without: None,
    };
    let mut plan = decided.goals(until, way)?;
    plan.model = settled.clone();
    Ok(plan)
}

/// Chooses the whole numbers of a programme, and what they earn; takes the programme.
fn decide<'m>(
    model: &'m Model,
    with_play: bool,
    program: &mut LinearProgram,
    until: Option<Instant>,
    settled: &'m mut Option<Model>,
) -> Result<Decided<'m>, SolveError> {
    let (whole, point) = match choose(model, program, with_play, until)? {
        Some((mut whole, mut point)) => {
            if !model.earnings.is_empty() {
                *settled = Some(settle_money(model, program, &mut whole, &mut point)?);
            }
            (Some(whole), Some(point))
        }
        None => (None, None),
    };
    Ok(Decided {
        model: settled.as_ref().unwrap_or(model),
        unit: money_unit(program),
        program: std::mem::take(program),
        whole,
        point,
        with_play,
        nudges: Vec::new(),
    })
}

/// A programme whose whole numbers are decided: what is left are the goals and the pick.
pub(crate) struct Decided<'m> {
    /// The model the programme was built from.
    pub(crate) model: &'m Model,
    pub(crate) program: LinearProgram,
    pub(crate) whole: Option<Whole>,
    /// A plan with these whole numbers, in cents, if one is known.
    pub(crate) point: Option<Vec<f64>>,
    /// Cents in the unit of amounts.
    pub(crate) unit: f64,
    pub(crate) with_play: bool,
    /// Bounds that are no whole cents.
    pub(crate) nudges: Vec<Nudge>,
}

impl Decided<'_> {
    /// The programme in floats.
    pub(crate) fn scaled(&self) -> Scaled {
        let mut scaled = Scaled::of(&self.program, self.with_play, self.unit);
        scaled.nudge(&self.nudges);
        scaled
    }

    /// Solves the goals in order and picks; takes the programme and what was decided.
    pub(crate) fn goals(
        &mut self,
        until: Option<Instant>,
        way: Way<'_>,
    ) -> Result<Plan, SolveError> {
        let model = self.model;
        let (whole, point) = (self.whole.take(), self.point.take());
        let mut chain = self.chain(until, way);
        let solved = match chain.run() {
            Ok(()) => true,
            Err(SolveError::Limit) if chain.last.is_some() || point.is_some() => false,
            Err(SolveError::Infeasible) if point.is_some() => {
                return Err(SolveError::Failed(Fault::NoPlanLeft));
            }
            Err(why) => return Err(why),
        };
        if !solved {
            chain.forget_open_level();
        }
        let complete = solved && whole.as_ref().is_none_or(|whole| whole.complete);
        let scaled = |point: Vec<f64>| {
            let cells = point.iter().zip(&chain.scaled.column_size);
            cells.map(|(cents, size)| cents / size).collect()
        };
        let guess = chain.last.take().or_else(|| point.map(scaled));
        // The point of the choice knows nothing of the columns of levels.
        let mut guess: Vec<f64> = guess.unwrap_or_default();
        guess.resize(chain.program.columns.len(), 0.0);
        let shared = match &chain.way.trail {
            Trail::Follow(steps) => Some(&steps.pick),
            _ => None,
        };
        let (picked, shared) = if solved {
            let on = On::Face(&guess);
            pick(model, &chain.program, &chain.scaled, on, shared)
        } else {
            (unpicked(&guess, chain.scaled.unit), PickShared::default())
        };
        if let Trail::Leave(steps) = &mut chain.way.trail {
            steps.pick = shared;
        }
        let vertex = whole
            .as_ref()
            .filter(|_| solved)
            .and_then(|_| vertex(&chain.program, &chain.scaled, &picked.values));
        Ok(Plan {
            vertex,
            model: None,
            program: chain.program,
            stages: chain.stages,
            complete,
            picked,
            whole,
        })
    }

    fn chain<'w>(&mut self, until: Option<Instant>, way: Way<'w>) -> Chain<'_, 'w> {
        let mut chain = Chain {
            model: self.model,
            scaled: self.scaled(),
            program: std::mem::take(&mut self.program),
            way,
            until,
            stages: Vec::new(),
            above: Vec::new(),
            last: None,
            settled: (0, 0),
        };
        chain.settled = chain.size();
        chain
    }
}

struct Chain<'m, 'w> {
    model: &'m Model,
    program: LinearProgram,
    scaled: Scaled,
    way: Way<'w>,
    until: Option<Instant>,
    stages: Vec<Stage>,
    /// How far above its value each goal's own multipliers leave it, in its integer unit, where they were asked.
    above: Vec<f64>,
    /// The latest primal point, scaled.
    last: Option<Vec<f64>>,
    /// Columns and rows of the programme when the latest goal was locked.
    settled: (usize, usize),
}

impl Chain<'_, '_> {
    fn run(&mut self) -> Result<(), SolveError> {
        let objectives = objectives(self.model, &self.program)?;
        for (position, objective) in objectives.into_iter().enumerate() {
            if self.way.without == Some(position) {
                continue;
            }
            match objective {
                Some(objective) => {
                    self.stage(objective)?;
                }
                None => self.leximin(position)?,
            }
        }
        if self.last.is_none() {
            // No goal had anything to say: any plan will do for a start.
            let nothing = vec![0.0; self.scaled.n_columns()];
            let answer = self.ask(&nothing)?;
            self.last = answer.primal;
        }
        Ok(())
    }

    fn size(&self) -> (usize, usize) {
        (self.program.columns.len(), self.program.rows.len())
    }

    /// Drops the column and rows of a level that a limit left without a value.
    fn forget_open_level(&mut self) {
        let (columns, rows) = self.settled;
        self.program.columns.truncate(columns);
        self.program.rows.truncate(rows);
        if let Some(last) = &mut self.last {
            last.truncate(columns);
        }
    }

    /// Solves one objective and locks it; an objective without columns is met by every plan.
    fn stage(&mut self, objective: Objective) -> Result<Face, SolveError> {
        let (cost, size) = self.scaled.costs(&objective);
        let (answer, face, above) = if objective.cost.is_empty() {
            let answer = Answer {
                stop: Stop::Optimal,
                primal: None,
                dual: None,
                interior: false,
            };
            (answer, Face::default(), 0.0)
        } else {
            self.locked(&objective, (&cost, size))?
        };
        let value = answer.primal.as_deref().map_or(0.0, |x| dot(&cost, x));
        let row_dual = answer
            .dual
            .unwrap_or_else(|| vec![0.0; self.scaled.n_rows()]);
        let stage = Stage::new(objective, (value, size), row_dual, &face, &self.scaled);
        self.stages.push(stage);
        self.above.push(above * self.scaled.unit);
        self.settled = self.size();
        if answer.primal.is_some() {
            self.last = answer.primal;
            // Multipliers that prove the value prove the face too.
            if !self.way.careful {
                self.check_face(&cost, value)?;
            }
        }
        Ok(face)
    }

    /// Solves one objective and locks it; how far it may be below its bound, in the unit of amounts, where that is asked.
    fn locked(
        &mut self,
        objective: &Objective,
        (cost, size): (&[f64], f64),
    ) -> Result<(Answer, Face, f64), SolveError> {
        let key = (objective.goal, objective.level);
        if let Trail::Follow(steps) = &self.way.trail
            && starts_at_the_base(objective)
            && let Some(basis) = steps.bases.get(&key)
        {
            self.way.engine.start_at(basis);
        }
        let mut answer = self.ask(cost)?;
        if let Trail::Leave(steps) = &mut self.way.trail
            && let Some(basis) = self.way.engine.basis()
        {
            steps.bases.insert(key, basis);
        }
        let careful = self.way.careful;
        let above = |scaled: &Scaled, answer: &Answer| {
            if careful {
                check_answer(scaled, objective, (cost, size), answer)
            } else {
                Ok(0.0)
            }
        };
        if !self.scaled.is_uneven(cost) {
            let above = above(&self.scaled, &answer)?;
            let face = lock_goal(&mut self.scaled, objective, cost, &answer, |_| true);
            return Ok((answer, face, above));
        }
        let before = self.scaled.clone();
        let mut face = lock(&mut self.scaled, cost, &answer);
        self.refine(cost, &mut answer, &mut face)?;
        let above = above(&before, &answer)?;
        Ok((answer, face, above))
    }

    /// Solves the goal once more on its own face: another value means that the face is wrong.
    fn check_face(&mut self, cost: &[f64], value: f64) -> Result<(), SolveError> {
        let again = self.ask(cost)?;
        let found = again.primal.as_deref().map_or(f64::NAN, |x| dot(cost, x));
        let same = (found - value).abs() <= FACE_CHECK * (1.0 + value.abs());
        if same {
            Ok(())
        } else {
            Err(SolveError::Failed(Fault::OtherValue))
        }
    }

    fn ask(&mut self, cost: &[f64]) -> Result<Answer, SolveError> {
        let answer = self.way.engine.maximise(&self.scaled, cost, self.until);
        match &answer.stop {
            Stop::Optimal if answer.primal.is_some() && answer.dual.is_some() => Ok(answer),
            Stop::Optimal => Err(SolveError::Failed(Fault::NoPoint)),
            // Goals that had nothing to say were not asked.
            Stop::Infeasible if self.last.is_none() => Err(SolveError::Infeasible),
            Stop::Infeasible => Err(SolveError::Failed(Fault::LockedGoal)),
            Stop::Unbounded => Err(SolveError::Failed(Fault::Unbounded)),
            Stop::Limit => Err(SolveError::Limit),
            Stop::Failed(why) => Err(SolveError::Failed(Fault::Solver(why.clone()))),
        }
    }
}

/// How far the multipliers leave the value below its bound, in the unit of amounts. They have to prove the value, and the point to obey
/// the rows; else another way is asked.
fn check_answer(
    scaled: &Scaled,
    objective: &Objective,
    (cost, size): (&[f64], f64),
    answer: &Answer,
) -> Result<f64, SolveError> {
    let (Some(primal), Some(dual)) = (&answer.primal, &answer.dual) else {
        return Ok(0.0);
    };
    let value = dot(cost, primal);
    let bound = scaled.dual_bound(cost, dual);
    let broken = scaled.largest_violation(primal);
    let gap = (bound - value) * size;
    let sound = bound - value <= CAREFUL * (1.0 + value.abs())
        && broken <= CAREFUL
        && scaled.is_trusted(objective, gap);
    if sound {
        Ok(gap)
    } else {
        Err(SolveError::Failed(Fault::Unproved))
    }
}

/// Whether a goal of another scenario is solved faster from where the base's ended than from where the goal before it did: the
/// others have little left to decide, and the point at hand obeys their rows.
fn starts_at_the_base(objective: &Objective) -> bool {
    matches!(objective.kind, "leps" | "leximin" | "value") || objective.goal == 0
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a saturating cast of what the solver saw; what is proved is judged in whole numbers"
)]
fn whole_below(value: f64) -> i64 {
    value.floor() as i64
}

impl Stage {
    /// A stage from the answer about its scaled programme; `value` and `size` as [`Scaled::costs`] has them.
    pub(crate) fn new(
        mut objective: Objective,
        (value, size): (f64, f64),
        mut row_dual: Vec<f64>,
        face: &Face,
        scaled: &Scaled,
    ) -> Self {
        for (multiplier, row_size) in row_dual.iter_mut().zip(&scaled.row_size) {
            *multiplier *= size / row_size;
        }
        let value = value * size * scaled.unit;
        if objective.tolerance > 0 {
            objective.enough = Some(whole_below(value).saturating_sub(objective.tolerance));
        }
        Self {
            objective,
            value,
            row_dual,
            fixed_columns: face.columns.iter().map(|&(c, d)| (c, d * size)).collect(),
            fixed_rows: face
                .rows
                .iter()
                .map(|&(row, y)| (row, y * size / scaled.row_size[row]))
                .collect(),
        }
    }

    /// The maximum in the unit of the objective.
    #[must_use]
    pub fn value_in_unit(&self) -> f64 {
        self.value / float(self.objective.scale)
    }
}
