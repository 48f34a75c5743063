//! What the goals come to, without the pick: prices and costs of laws need no more.

use std::time::Instant;

use super::{Decided, Fault, SolveError, Stage, Trail, Way, decide, engine};
use crate::lp::build_to_choose;
use crate::model::Model;
use crate::solve::Options;
use crate::units::Exact;

/// Decimals of a value in euro, and of one in shares of a bound or of a need.
const DECIMALS: (u32, u32) = (9, 15);

/// What a goal, or one level of one, comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Position in `Model::goals`.
    pub goal: usize,
    /// Level of a leximin goal, from 1; 0 for the others.
    pub level: u32,
    /// The word used in files.
    pub kind: &'static str,
    /// `euro`, `bound` or `level`.
    pub unit: &'static str,
    /// Its best value given the earlier goals, in its unit: what the solver's point has, never more than its multipliers allow. Rounded
    /// to 1e-9 euro, or 1e-15.
    pub value: Exact,
    /// No plan as good on the earlier goals has more than `value` plus this, by the solver's multipliers; rounded up.
    pub above: Exact,
}

impl Reached {
    /// `above` is how far above its value its own multipliers leave it, in its integer unit.
    pub(crate) fn of(stage: &Stage, above: f64) -> Self {
        let objective = &stage.objective;
        let (unit, per, decimals) = match objective.unit {
            "cent" => ("euro", 100.0, DECIMALS.0),
            unit => (unit, 1.0, DECIMALS.1),
        };
        let scale = super::float(objective.scale) * per;
        // A point may be above its multipliers by as much as the solver may break rows.
        let value = stage.value + above.min(0.0);
        Self {
            goal: objective.goal,
            level: objective.level,
            kind: objective.kind,
            unit,
            value: exact(value / scale, decimals, f64::round),
            above: exact(above.max(0.0) / scale, decimals, f64::ceil),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a saturating cast of a value the solver saw, rounded to its decimals"
)]
fn exact(value: f64, decimals: u32, round: impl Fn(f64) -> f64) -> Exact {
    let ten = 10_i128.pow(decimals);
    #[expect(clippy::cast_precision_loss, reason = "a power of ten below 2^53")]
    let scaled = round(value * ten as f64);
    Exact::new(scaled as i128, ten)
}

impl Decided<'_> {
    /// Solves the goals in order; takes the programme and what was decided.
    pub(crate) fn reached(
        &mut self,
        until: Option<Instant>,
        way: Way<'_>,
    ) -> Result<Vec<Reached>, SolveError> {
        let has_point = self.point.take().is_some();
        let mut chain = self.chain(until, way);
        match chain.run() {
            Ok(()) => {}
            Err(SolveError::Infeasible) if has_point => {
                return Err(SolveError::Failed(Fault::NoPlanLeft));
            }
            Err(why) => return Err(why),
        }
        let stages = chain.stages.iter().zip(&chain.above);
        Ok(stages
            .map(|(stage, above)| Reached::of(stage, *above))
            .collect())
    }
}

/// What the goals of a model come to, whole numbers chosen for it, each goal proved by its multipliers.
///
/// # Errors
/// As [`solve`](crate::solve::solve).
pub fn reach(model: &Model, options: &Options) -> Result<Vec<Reached>, SolveError> {
    let program = build_to_choose(model)?;
    let until = options
        .time_limit
        .and_then(|limit| Instant::now().checked_add(limit));
    let has_play = program.rows.iter().any(|row| row.play > 0);
    let on = |with_play: bool, careful: bool| -> Result<Vec<Reached>, SolveError> {
        let (mut program, mut settled) = (program.clone(), None);
        let mut decided = decide(model, with_play, &mut program, until, &mut settled)?;
        let mut engine = engine();
        let way = Way {
            engine: &mut *engine,
            trail: Trail::Nothing,
            careful,
        };
        decided.reached(until, way)
    };
    match on(false, true) {
        Err(SolveError::Infeasible) if has_play => on(true, true),
        // Where multipliers do not prove it, the goal is solved once more on its own face.
        Err(SolveError::Failed(_)) => on(false, false),
        answer => answer,
    }
}
