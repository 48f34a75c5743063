//! The batched engine: eight scenarios of one structure at once, by an interior-point method of our own.
//!
//! The structure is analysed once: the order of elimination and the pattern of the factor. Goals are solved in order; after each,
//! what its multipliers hold is fixed in the scenario's own programme ([`lock`](super::face::lock)), so that the next goal is solved
//! on the optimal face. Then the pick, whose two guesses come from the same engine and are polished like any other. What comes out
//! is a plan like any other. A lane that does not converge, or whose answer its own multipliers do not prove, is handed over.

mod case;
mod factor;
mod goals;
mod interior;
mod lanes;
mod narrow;
mod pattern;
mod pick;
mod problem;
mod start;
#[cfg(test)]
mod tests;
mod totals;
mod variable;

pub(crate) use case::Case;
pub(crate) use goals::{Batch, Refused};
pub(crate) use lanes::LANES;
