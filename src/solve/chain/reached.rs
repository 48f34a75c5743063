//! What the goals come to, without the pick: prices and costs of laws need no more.

use std::time::Instant;

use super::{Chain, Decided, Fault, SolveError, Stage, Trail, Way, decide, engine};
use crate::lp::build_to_choose;
use crate::model::Model;
use crate::solve::Options;
use crate::solve::scaled::{Nudge, Scaled};
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
        let (unit, scale, decimals) = unit_of(stage);
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

/// The unit of a goal in files, what its integer unit is divided by for it, and how many decimals are kept.
fn unit_of(stage: &Stage) -> (&'static str, f64, u32) {
    let (unit, per, decimals) = match stage.objective.unit {
        "cent" => ("euro", 100.0, DECIMALS.0),
        unit => (unit, 1.0, DECIMALS.1),
    };
    (unit, super::float(stage.objective.scale) * per, decimals)
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
        self.reached_and(until, way, None).map(|(goals, _)| goals)
    }

    /// As [`Decided::reached`], and what these multipliers allow each goal where bounds are moved otherwise: see
    /// [`Chain::at_most`].
    pub(crate) fn reached_and(
        &mut self,
        until: Option<Instant>,
        way: Way<'_>,
        other: Option<&[Nudge]>,
    ) -> Result<(Vec<Reached>, Vec<Exact>), SolveError> {
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
        let goals = stages
            .map(|(stage, above)| Reached::of(stage, *above))
            .collect();
        let at_most = other.map_or_else(Vec::new, |nudges| chain.at_most(nudges));
        Ok((goals, at_most))
    }
}

impl Chain<'_, '_> {
    /// The most each goal may come to where bounds are moved otherwise, by its own multipliers, if the goals before it are locked as
    /// they are here.
    ///
    /// Between the two places a goal is concave as long as those locks hold at both. Where it comes to all that its multipliers allow
    /// at the other place too, they are best there as well: so is its lock, and the goal is a line between the two.
    fn at_most(&self, nudges: &[Nudge]) -> Vec<Exact> {
        let mut scaled = Scaled::of(&self.program, self.scaled.with_play(), self.scaled.unit);
        scaled.nudge(nudges);
        let mut bounds = Vec::new();
        for stage in &self.stages {
            let (cost, size) = scaled.costs(&stage.objective);
            let multipliers = stage.row_dual.iter().zip(&scaled.row_size);
            let mut dual: Vec<f64> = multipliers.map(|(own, row)| own * row / size).collect();
            // Rows of later levels have none.
            dual.resize(scaled.n_rows(), 0.0);
            let (_, scale, decimals) = unit_of(stage);
            let bound = if stage.objective.cost.is_empty() {
                0.0
            } else {
                scaled.dual_bound(&cost, &dual) * size * scaled.unit / scale
            };
            bounds.push(exact(bound, decimals, f64::round));
            stage.hold(&mut scaled);
        }
        bounds
    }
}

impl Stage {
    /// Locks this goal in the programme with other bounds.
    fn hold(&self, scaled: &mut Scaled) {
        for &(column, price) in &self.fixed_columns {
            if price > 0.0 {
                scaled.lower[column] = scaled.upper[column];
            } else {
                scaled.upper[column] = scaled.lower[column];
            }
        }
        for &(row, price) in &self.fixed_rows {
            if price > 0.0 {
                scaled.row_lower[row] = scaled.row_upper[row];
            } else {
                scaled.row_upper[row] = scaled.row_lower[row];
            }
        }
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
            without: None,
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
