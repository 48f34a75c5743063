//! A solver whose answers are a little off, for tests of what is made of them.

use std::time::Instant;

use super::{Plan, SolveError, Trail, Way, decide};
use crate::lp::build_to_choose;
use crate::model::Model;
use crate::solve::answer::Answer;
use crate::solve::engine::{Engine, engine};
use crate::solve::scaled::Scaled;

/// As far off as an answer was seen to be.
const OFF: f64 = 3e-6;

/// What of an answer is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// Its point has less.
    Point,
    /// Its multipliers prove less.
    Multipliers,
    /// Both, so that they agree.
    Both,
    /// Its point has less and its multipliers are those of nothing.
    Unproved,
}

struct Off {
    engine: Box<dyn Engine>,
    wrong: Wrong,
}

impl Engine for Off {
    fn maximise(&mut self, scaled: &Scaled, cost: &[f64], until: Option<Instant>) -> Answer {
        let mut answer = self.engine.maximise(scaled, cost, until);
        let less = 1.0 - OFF;
        if self.wrong != Wrong::Multipliers {
            for value in answer.primal.iter_mut().flatten() {
                *value *= less;
            }
        }
        let dual = match self.wrong {
            Wrong::Point => 1.0,
            Wrong::Multipliers | Wrong::Both => less,
            Wrong::Unproved => 0.0,
        };
        for multiplier in answer.dual.iter_mut().flatten() {
            *multiplier *= dual;
        }
        answer
    }
}

/// As [`solve`](super::solve) with a solver that is off by a part of its values.
pub(crate) fn solve_off(model: &Model, wrong: Wrong) -> Result<Plan, SolveError> {
    let mut program = build_to_choose(model)?;
    let mut settled = None;
    let mut decided = decide(model, false, &mut program, None, &mut settled)?;
    let mut off = Off {
        engine: engine(),
        wrong,
    };
    let way = Way {
        engine: &mut off,
        trail: Trail::Nothing,
        careful: false,
        without: None,
    };
    let mut plan = decided.goals(None, way)?;
    plan.model = settled.clone();
    Ok(plan)
}
