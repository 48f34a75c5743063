//! What a solver says: why it stopped, whether there is a primal point, whether there is a dual one.

use thiserror::Error;

/// Why a solver stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It claims an optimum.
    Optimal,
    /// It claims that nothing obeys all rows.
    Infeasible,
    /// It claims that the objective has no limit.
    Unbounded,
    /// A limit of time or iterations was reached.
    Limit,
    /// It gave no answer.
    Failed(String),
}

/// Three answers kept apart, in the units of the scaled programme.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Why it stopped.
    pub(crate) stop: Stop,
    /// Value of each column.
    pub(crate) primal: Option<Vec<f64>>,
    /// Multiplier of each row: change of the maximum per unit increase of the binding bound.
    pub(crate) dual: Option<Vec<f64>>,
    /// Whether the points are of the interior of the optimal set rather than a vertex.
    pub(crate) interior: bool,
}

impl Answer {
    pub(crate) fn failed(why: impl Into<String>) -> Self {
        Self {
            stop: Stop::Failed(why.into()),
            primal: None,
            dual: None,
            interior: false,
        }
    }
}

/// What went wrong inside a calculation.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// No plan has the whole numbers that were chosen.
    #[error("the whole numbers chosen leave no plan")]
    NoPlanLeft,
    /// A locked goal left no plan.
    #[error("a locked goal left no plan")]
    LockedGoal,
    /// Branch and bound found no choice that holds.
    #[error("no choice of whole numbers that holds to the cent was found")]
    NoChoice,
    /// A goal solved again has another value.
    #[error("a goal has another value on its own optimal face")]
    OtherValue,
    /// Multipliers do not prove a value.
    #[error("an optimum that its multipliers do not prove")]
    Unproved,
    /// An optimum without an end.
    #[error("unbounded, though every column is bounded")]
    Unbounded,
    /// An optimum without a point.
    #[error("optimal without a point")]
    NoPoint,
    /// No plan, and no rules that cannot hold together.
    #[error("it says that no plan exists, yet the least violation is zero")]
    NoConflict,
    /// An amount beyond what can be counted.
    #[error("an amount out of range")]
    OutOfRange,
    /// What the solver said of itself.
    #[error("{0}")]
    Solver(String),
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SolveError {
    /// The solver claims that no plan obeys every hard rule; to be proved by [`conflict`](super::conflict).
    #[error("no plan obeys every rule")]
    Infeasible,
    /// A limit was reached before any plan.
    #[error("the time limit was reached before a plan was found")]
    Limit,
    /// The solver gave no answer, or one that its own data contradict.
    #[error("the solver gave no answer: {0}")]
    Failed(Fault),
    /// The model comes in whole units, projects or minimum grants, and this build has no solver that can choose them.
    #[error(
        "the model needs whole numbers, which this build cannot solve: build it with the feature `highs`"
    )]
    NoWholeNumbers,
    /// The goals do not fit in whole numbers.
    #[error(transparent)]
    Build(#[from] crate::lp::BuildError),
}
