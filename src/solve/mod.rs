//! 4. From a programme to a plan: whole numbers first, then goals in order, each locked by its optimal face, then the pick.
//!
//! Solvers only guess: what they say is kept as three separate answers (why it stopped, a primal point, a dual point), and
//! everything that is told to people is proved afterwards by exact arithmetic.

mod answer;
mod barrier;
mod batch;
mod chain;
mod checked;
#[cfg(feature = "clarabel")]
mod clarabel_lp;
mod cover;
mod engine;
mod extended;
mod face;
#[cfg(feature = "highs")]
mod highs;
#[cfg(feature = "highs")]
mod highs_whole;
mod infeasible;
mod integers;
mod kkt;
mod loose;
mod measure;
mod normal;
mod pick;
mod polish;
mod quadratic;
pub mod routes;
mod scaled;
mod search;
mod told;
mod vertex;
mod whole_cents;
mod with_play;

use std::time::Duration;

pub use answer::{Fault, SolveError, Stop};
pub use chain::{Plan, Reached, Stage, reach, solve};
#[cfg(test)]
pub(crate) use chain::{Wrong, solve_off};
pub use infeasible::{Conflict, conflict, conflicts};
pub use integers::{Whole, WholeGoal, whole_conflict};
pub use loose::{MovePrice, Moved, Unmoved, cheapest_moves, points_of};
pub use measure::{Square, WEIGHT_OF_A_CENT, runs, squares, targets};
pub use pick::Picked;
pub use scaled::{Nudge, Nudged};
pub use search::{QUESTION_SECONDS, SEARCH_SECONDS, SearchLimit};
pub(crate) use whole_cents::StepProgram;
pub(crate) use with_play::{PlayBound, play_bound};

/// How to solve.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Wall-clock limit for the goals.
    pub time_limit: Option<Duration>,
}

/// Name and version of the solver that guesses the goals.
#[must_use]
pub fn solver_name() -> String {
    engine::name()
}
