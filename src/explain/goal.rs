//! What a goal costs: the goals after it, with it and without it.

use std::num::NonZeroUsize;

use super::ground::{Advanced, ExplainError, Ground, changes, on_threads};
use super::law::{Proof, Wholes};
use super::{GoalChange, GoalKey, GoalValue};
use crate::solve::SolveError;
use crate::units::Exact;

/// What the goals after a goal gain where it is left out, by solving again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalPrice {
    /// The goal; of one with several levels the first.
    pub key: GoalKey,
    /// What each goal after it gains, in order; in later ones it may be negative. Empty where nothing comes after it, or the goals could not
    /// be solved.
    pub gains: Vec<GoalChange>,
    /// How far each gain may be off, in the unit of its goal, in the same order.
    pub within: Vec<Exact>,
    /// How sure it is.
    pub proof: Proof,
    /// Whether the goals could be solved without it.
    pub solved: bool,
}

/// The price of each goal that has others after it, in their order.
///
/// # Errors
/// [`ExplainError::Threads`].
pub fn goal_prices(
    ground: &Ground,
    wholes: Wholes,
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Vec<GoalPrice>, ExplainError> {
    let last = ground.now().last().map(|goal| goal.key.goal);
    let firsts = ground.now().iter().filter(|goal| goal.key.level <= 1);
    let keys: Vec<GoalKey> = firsts
        .map(|goal| goal.key)
        .filter(|key| Some(key.goal) != last)
        .collect();
    on_threads(threads, &keys, advanced, |key| price(ground, *key, wholes))
}

fn price(ground: &Ground, key: GoalKey, wholes: Wholes) -> GoalPrice {
    let (found, proof) = match (ground.whole_fixed(), wholes) {
        (false, _) => (ground.without_goal(key.goal), Proof::Bounded),
        (true, Wholes::Kept) => (ground.without_goal(key.goal), Proof::WholeKept),
        (true, Wholes::Anew) => (anew(ground, key.goal), Proof::WholeChosen),
    };
    let others = found.iter().flatten();
    let after: Vec<_> = others
        .filter(|goal| goal.key.goal > key.goal)
        .copied()
        .collect();
    let pairs = changes(ground.now(), &after).into_iter().map(|gain| {
        let above = |goals: &[GoalValue]| {
            let own = goals.iter().find(|goal| goal.key == gain.key);
            own.map_or_else(Exact::default, |goal| goal.above)
        };
        (gain, above(ground.now()) + above(&after))
    });
    let (gains, within) = pairs.unzip();
    GoalPrice {
        key,
        gains,
        within,
        proof,
        solved: found.is_ok(),
    }
}

/// The goals without one, whole numbers chosen for them; under the positions they have with it.
fn anew(ground: &Ground, goal: usize) -> Result<Vec<GoalValue>, SolveError> {
    let mut without = ground.model().clone();
    if goal < without.goals.len() {
        without.goals.remove(goal);
    }
    let mut found = ground.anew(&without)?;
    for value in &mut found {
        value.key.goal += usize::from(value.key.goal >= goal);
    }
    Ok(found)
}
