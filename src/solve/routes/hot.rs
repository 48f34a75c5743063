//! The hot route: HiGHS started where the base ended. A new model for each scenario, though its structure is the base's: of 3,000
//! random models, 4 had a scenario answered otherwise by a HiGHS that had solved others before, however it was cleared.

use std::time::Instant;

use super::base::Base;
use super::{HandedOver, Ready};
use crate::solve::answer::SolveError;
use crate::solve::chain::{Decided, Plan, Trail, Way};
use crate::solve::engine::engine;

/// A scenario whose numbers are filled in, as the chain takes it.
pub(super) fn decided<'r>(base: &Base, ready: &'r mut Ready<'_>) -> Decided<'r> {
    let (program, whole) = (std::mem::take(&mut ready.program), ready.whole.take());
    let nudges = std::mem::take(&mut ready.nudges);
    Decided {
        program,
        whole,
        model: ready.of(),
        point: None,
        unit: base.unit(),
        with_play: base.with_play(),
        nudges,
    }
}

/// Solves goals and pick with an engine of its own and without the base's bases; a pick that is not proved is told as such.
pub(crate) fn solve_anew(base: &Base, mut ready: Ready<'_>) -> Result<Plan, SolveError> {
    let mut engine = engine();
    let way = Way {
        engine: &mut *engine,
        trail: Trail::Nothing,
        careful: false,
        without: None,
    };
    let mut plan = decided(base, &mut ready).goals(until(base), way)?;
    plan.model = ready.settled;
    Ok(plan)
}

pub(super) fn until(base: &Base) -> Option<Instant> {
    base.options
        .time_limit
        .and_then(|limit| Instant::now().checked_add(limit))
}

/// Solves goals and pick of a scenario; refuses what the cold route must see.
pub(crate) fn solve(
    base: &Base,
    mut ready: Ready<'_>,
) -> Result<Result<Plan, SolveError>, HandedOver> {
    let has_whole = ready.whole.is_some();
    let mut decided = decided(base, &mut ready);
    let mut engine = engine();
    engine.follow();
    let way = Way {
        engine: &mut *engine,
        trail: Trail::Follow(&base.steps),
        careful: true,
        without: None,
    };
    match decided.goals(until(base), way) {
        Ok(mut plan) => {
            if plan.complete && !plan.picked.proved && base.plan().picked.proved {
                return Err(HandedOver::Pick);
            }
            plan.model = ready.settled;
            Ok(Ok(plan))
        }
        Err(SolveError::Infeasible) if has_whole => Err(HandedOver::FixedWhole),
        Err(SolveError::Infeasible) => Err(HandedOver::Infeasible),
        Err(SolveError::Failed(_)) => Err(HandedOver::Doubt),
        Err(why) => Ok(Err(why)),
    }
}
