//! The plan that is explained, and what goals come to near it.

use std::num::NonZeroUsize;

use rayon::prelude::*;
use thiserror::Error;

use super::{GoalChange, GoalKey, GoalValue};
use crate::lp::LinearProgram;
use crate::model::Model;
use crate::solve::routes::{Base, Integers, Reach};
use crate::solve::{Nudge, Options, Reached, SolveError, reach};
use crate::units::Exact;

/// Why nothing can be explained.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExplainError {
    /// The plan itself cannot be solved.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// Threads could not be started.
    #[error("threads could not be started: {0}")]
    Threads(String),
}

/// Who looks on.
pub trait Watch: Sync {
    /// So many more pieces of work are to come.
    fn expect(&self, _more: usize) {}

    /// One of them is done.
    fn advanced(&self);
}

impl<F: Fn() + Sync> Watch for F {
    fn advanced(&self) {
        self();
    }
}

/// What looks on: told how much work there is, and each time a piece of it is done.
pub type Advanced<'a> = &'a dyn Watch;

/// A model that was solved, and what may be asked around it.
#[derive(Clone, Debug)]
pub struct Ground {
    base: Base,
    options: Options,
    now: Vec<GoalValue>,
    whole_fixed: bool,
}

impl Ground {
    /// Solves a model, and its goals once more the way they are solved around it.
    ///
    /// # Errors
    /// [`ExplainError::Solve`] when the model has no plan or the solver no answer.
    pub fn new(model: &Model, options: &Options) -> Result<Self, ExplainError> {
        let base = Base::new(model, Integers::Fixed, options)?;
        let reached = base.reach(model)?;
        Ok(Self {
            base,
            options: *options,
            now: values(&reached.goals),
            whole_fixed: reached.whole_fixed,
        })
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.base.model()
    }

    /// The base that was solved.
    #[must_use]
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The goals in order, with their values.
    #[must_use]
    pub fn now(&self) -> &[GoalValue] {
        &self.now
    }

    /// Whether [`Ground::near`] keeps the whole numbers of the plan; there may be none.
    #[must_use]
    pub fn whole_fixed(&self) -> bool {
        self.whole_fixed
    }

    /// The goals of a model of nearly the same numbers; whole numbers are those of the plan.
    ///
    /// # Errors
    /// [`SolveError::Infeasible`] where there is no plan; others where there is no answer.
    pub fn near(&self, model: &Model) -> Result<Vec<GoalValue>, SolveError> {
        self.base.reach(model).map(|reach| of(&reach))
    }

    /// As [`Ground::near`], with bounds as they are before cents.
    ///
    /// # Errors
    /// As [`Ground::near`].
    pub(crate) fn near_before_cents(
        &self,
        model: &Model,
        nudges: impl FnOnce(&LinearProgram) -> Vec<Nudge>,
    ) -> Result<Vec<GoalValue>, SolveError> {
        let reach = self.base.reach_before_cents(model, nudges)?;
        Ok(of(&reach))
    }

    /// The goals of the plan's programme with bounds moved, to where cents need not have them.
    ///
    /// # Errors
    /// As [`Ground::near`].
    pub(crate) fn near_moved(&self, nudges: Vec<Nudge>) -> Result<Vec<GoalValue>, SolveError> {
        self.base.reach_moved(nudges, None).map(|reach| of(&reach))
    }

    /// The same, and what the multipliers found allow each goal with bounds moved to `other`.
    ///
    /// # Errors
    /// As [`Ground::near`].
    pub(crate) fn near_moved_beside(
        &self,
        nudges: Vec<Nudge>,
        other: &[Nudge],
    ) -> Result<(Vec<GoalValue>, Vec<Exact>), SolveError> {
        let reach = self.base.reach_moved(nudges, Some(other))?;
        Ok((of(&reach), reach.at_most))
    }

    /// The goals of the plan's programme with other bounds of rows.
    ///
    /// # Errors
    /// As [`Ground::near`].
    pub fn near_on(
        &self,
        change: impl FnOnce(&mut LinearProgram),
    ) -> Result<Vec<GoalValue>, SolveError> {
        self.base.reach_on(change).map(|reach| of(&reach))
    }

    /// The goals of the plan's programme without one of them, by its position.
    ///
    /// # Errors
    /// As [`Ground::near`].
    pub fn without_goal(&self, goal: usize) -> Result<Vec<GoalValue>, SolveError> {
        self.base.reach_without(goal).map(|reach| of(&reach))
    }

    /// The goals of another model, solved from nothing, whole numbers chosen for it.
    ///
    /// # Errors
    /// As [`Ground::near`].
    pub fn anew(&self, model: &Model) -> Result<Vec<GoalValue>, SolveError> {
        reach(model, &self.options).map(|reached| values(&reached))
    }
}

fn of(reach: &Reach) -> Vec<GoalValue> {
    values(&reach.goals)
}

fn values(reached: &[Reached]) -> Vec<GoalValue> {
    let value = |of: &Reached| GoalValue {
        key: GoalKey {
            goal: of.goal,
            level: of.level,
            kind: of.kind,
            unit: of.unit,
        },
        value: of.value,
        above: of.above,
    };
    reached.iter().map(value).collect()
}

/// What the goals change by from one list of values to another, for the goals that both have.
#[must_use]
pub fn changes(from: &[GoalValue], to: &[GoalValue]) -> Vec<GoalChange> {
    from.iter()
        .filter_map(|from| {
            let to = to.iter().find(|to| to.key == from.key)?;
            Some(GoalChange {
                key: from.key,
                change: to.value - from.value,
            })
        })
        .collect()
}

/// A number rounded half up to so many decimals; as it is where it does not fit.
#[must_use]
pub(crate) fn rounded(value: &Exact, decimals: u32) -> Exact {
    let ten = Exact::from_integer(10_i128.pow(decimals));
    num_traits::CheckedMul::checked_mul(value, &ten)
        .map_or(*value, |scaled| (scaled + Exact::new(1, 2)).floor() / ten)
}

/// What a value of a goal may be off by: ten times what solvers are seen to leave, in euro or in parts of a bound or need.
#[must_use]
pub(crate) fn noise(key: &GoalKey) -> Exact {
    if key.unit == "euro" {
        Exact::new(1, 100_000)
    } else {
        Exact::new(1, 50_000_000_000)
    }
}

/// Decimals that are told of a change per euro of a goal.
#[must_use]
pub(crate) fn decimals(key: &GoalKey) -> u32 {
    if key.unit == "euro" { 6 } else { 15 }
}

/// Does independent pieces of work on some threads; the answers are in the order of the pieces, whatever the threads.
///
/// # Errors
/// [`ExplainError::Threads`] when there are none to be had.
pub fn on_threads<T: Sync, R: Send>(
    threads: NonZeroUsize,
    pieces: &[T],
    advanced: Advanced<'_>,
    work: impl Fn(&T) -> R + Sync,
) -> Result<Vec<R>, ExplainError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build()
        .map_err(|why| ExplainError::Threads(why.to_string()))?;
    advanced.expect(pieces.len());
    Ok(pool.install(|| {
        pieces
            .par_iter()
            .map(|piece| {
                let answer = work(piece);
                advanced.advanced();
                answer
            })
            .collect()
    }))
}
