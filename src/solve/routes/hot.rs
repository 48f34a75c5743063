//! The hot route: one HiGHS model for many scenarios, each started where the base ended.

use std::time::Instant;

use super::base::Base;
use super::{HandedOver, Ready};
use crate::solve::answer::SolveError;
use crate::solve::chain::{Decided, Plan, Trail, Way};
use crate::solve::engine::Engine;

/// Solves goals and pick of a scenario with an engine that another may have used before; refuses what the cold route must see.
pub(crate) fn solve(
    base: &Base,
    mut ready: Ready<'_>,
    engine: &mut dyn Engine,
) -> Result<Result<Plan, SolveError>, HandedOver> {
    let until = base
        .options
        .time_limit
        .and_then(|limit| Instant::now().checked_add(limit));
    let has_whole = ready.whole.is_some();
    let mut decided = Decided {
        program: std::mem::take(&mut ready.program),
        whole: ready.whole.take(),
        model: ready.of(),
        point: None,
        with_play: false,
    };
    engine.renew(&decided.scaled());
    let way = Way {
        engine,
        trail: Trail::Follow(&base.steps),
        careful: true,
    };
    match decided.goals(until, way) {
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
