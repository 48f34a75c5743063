//! The proof: multipliers for each goal and for the pick, and the gap that exact arithmetic finds for them.
//!
//! The multipliers of goal k were found on the face of the earlier goals, where columns and rows that an earlier goal fixed may
//! have a price of the wrong sign. Adding enough of the earlier goals' own multipliers mends the signs: that much is the goal's
//! multiplier, and it turns "on the face" into "among plans at least as good on the earlier goals".

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::transcript::position;
use crate::lp::{ColumnKey, LinearProgram, Objective};
use crate::model::Model;
use crate::sheet::{GoalCertificate, PickCertificate, Sheet};
use crate::solve::{Picked, PlayBound, Stage, play_bound, squares};
use crate::tolerance::{LARGEST_GOAL_MULTIPLIERS, SMALL_GAP_CENTS};
use crate::verify::bound::{Maximised, all_kept, kept, upper_bound};

/// Exact values of the goals of a sheet.
pub(crate) fn goal_values(sheet: &Sheet, values: &[i64]) -> Vec<BigInt> {
    sheet
        .goals
        .iter()
        .map(|goal| {
            let total: i128 = goal
                .cost
                .iter()
                .map(|&(column, cost)| {
                    let value = usize::try_from(column).ok().and_then(|c| values.get(c));
                    i128::from(cost) * i128::from(value.copied().unwrap_or(0))
                })
                .sum();
            BigInt::from(total)
        })
        .collect()
}

/// Prices with the goals and rows they rest on, being mended from the latest goal to the first.
struct Prices<'a> {
    stages: &'a [Stage],
    /// Reduced costs of each stage, computed once.
    stage_reduced: &'a [Vec<f64>],
    rows: Vec<f64>,
    reduced: Vec<f64>,
    /// Largest cost of what is priced: goal multipliers are judged against it.
    size: f64,
}

/// `cost - transposed rows x multipliers`, in floats.
fn reduced(
    program: &LinearProgram,
    cost: impl IntoIterator<Item = (usize, f64)>,
    rows: &[f64],
) -> Vec<f64> {
    let mut reduced = vec![0.0; program.columns.len()];
    for (column, cost) in cost {
        reduced[column] += cost;
    }
    for (row, &multiplier) in program.rows.iter().zip(rows) {
        if multiplier != 0.0 {
            for &(column, coefficient) in &row.cells {
                reduced[column] -= float(coefficient) * multiplier;
            }
        }
    }
    reduced
}

#[expect(
    clippy::cast_precision_loss,
    reason = "any multipliers give a valid bound; exact arithmetic judges them"
)]
fn float(value: i64) -> f64 {
    value as f64
}

/// Largest cost of an objective, at least one.
fn size(cost: &[(usize, i64)]) -> f64 {
    cost.iter()
        .map(|cell| float(cell.1).abs())
        .fold(1.0, f64::max)
}

impl Prices<'_> {
    /// Adds as much of each earlier goal as its fixed columns and rows need; gives the goal multipliers.
    fn mend(&mut self, n_goals: usize, most_allowed: f64) -> Vec<f64> {
        let mut goals = vec![0.0; n_goals];
        for goal in (0..n_goals).rev() {
            let Some(stage) = self.stages.get(goal) else {
                continue;
            };
            let mut most = 0.0_f64;
            let largest = most_allowed * self.size / size(&stage.objective.cost);
            // A goal with a tolerance is no face: what rests on its column is its own multiplier.
            if let (true, &[(column, cost)]) = (
                stage.objective.tolerance > 0,
                stage.objective.cost.as_slice(),
            ) {
                let wanted = (-self.reduced[column] / float(cost)).clamp(0.0, largest);
                goals[goal] = if wanted <= 1e-12 * largest {
                    0.0
                } else {
                    wanted
                };
                self.reduced[column] += goals[goal] * float(cost);
                continue;
            }
            let mut ask = |price: f64, own: f64| {
                // `own` has the right sign; enough of it makes the sum right.
                let needed = -price * own.signum() / own.abs();
                if needed > most && needed <= largest {
                    most = needed;
                }
            };
            for &(column, own) in &stage.fixed_columns {
                ask(self.reduced[column], own);
            }
            for &(row, own) in &stage.fixed_rows {
                ask(self.rows[row], own);
            }
            if most <= 1e-12 * largest {
                continue;
            }
            goals[goal] = most;
            for (row, own) in self.rows.iter_mut().zip(&stage.row_dual) {
                *row += most * own;
            }
            for (column, own) in self.reduced.iter_mut().zip(&self.stage_reduced[goal]) {
                *column += most * own;
            }
        }
        goals
    }
}

/// Multipliers that speak of a bound that is there, without noise.
fn sound(program: &LinearProgram, rows: &[f64]) -> Vec<(u32, f64)> {
    program
        .rows
        .iter()
        .zip(rows)
        .enumerate()
        .filter(|(_, (row, multiplier))| {
            let bounded = if **multiplier > 0.0 {
                row.upper
            } else {
                row.lower
            };
            multiplier.abs() > 1e-20 && bounded.is_some()
        })
        .map(|(row, (_, &multiplier))| (position(row), multiplier))
        .collect()
}

/// What proves how far the goals of a programme are from their best, whatever the plan.
pub(crate) struct Certifier<'a> {
    program: &'a LinearProgram,
    stages: &'a [Stage],
    sheet: &'a Sheet,
    /// Reduced costs of each stage.
    stage_reduced: Vec<Vec<f64>>,
    /// Multipliers that know of play, of the goals that were asked for them.
    with_play: Vec<Option<PlayBound>>,
}

impl<'a> Certifier<'a> {
    pub(crate) fn new(program: &'a LinearProgram, stages: &'a [Stage], sheet: &'a Sheet) -> Self {
        let stage_reduced = stages
            .iter()
            .map(|stage| {
                let cost = stage.objective.cost.iter().map(|&(c, v)| (c, float(v)));
                reduced(program, cost, &stage.row_dual)
            })
            .collect();
        Self {
            program,
            stages,
            sheet,
            stage_reduced,
            with_play: vec![None; stages.len()],
        }
    }

    /// `kept`: of each goal, what the plans that later ones are compared with have at least.
    fn judge<'b>(&'b self, kept: &'b [BigInt]) -> Judge<'b> {
        Judge {
            program: self.program,
            stages: self.stages,
            stage_reduced: &self.stage_reduced,
            sheet: self.sheet,
            goal_values: kept,
        }
    }

    /// Certificates of the goals of a plan.
    pub(crate) fn goals(&self, values: &[i64]) -> Vec<GoalCertificate> {
        let goal_values = goal_values(self.sheet, values);
        let mut least = goal_values.clone();
        let mut goals = Vec::with_capacity(self.stages.len());
        for (goal, stage) in self.stages.iter().enumerate() {
            let judge = self.judge(&least);
            let mut rows = stage.row_dual.clone();
            rows.resize(self.program.rows.len(), 0.0);
            let cost = whole_cost(&stage.objective);
            let value = &goal_values[goal];
            let mut proof = judge.prove(goal, &cost, value, &rows, &self.stage_reduced[goal]);
            let bound = self.with_play[goal].as_ref();
            let others = bound
                .into_iter()
                .flat_map(|bound| [bound.clone(), snapped(bound)]);
            for other in others.filter_map(|bound| judge.try_play(bound, &cost, value)) {
                if other.gap < proof.gap {
                    proof = other;
                }
            }
            if let (Some(least), Some(own)) = (least.get_mut(goal), self.sheet.goals.get(goal)) {
                *least = kept(own, value, &proof.gap);
            }
            goals.push(GoalCertificate {
                value: value.to_string(),
                gap: proof.gap.to_string(),
                multipliers: proof.multipliers,
                goal_multipliers: proof.goal_multipliers,
            });
        }
        goals
    }

    /// Asks for multipliers that know of play, for the goals of a plan whose gap is at least a cent of theirs and would be less by as
    /// much without the play of their rows; whether there were any.
    pub(crate) fn ask_with_play(
        &mut self,
        values: &[i64],
        goals: &[GoalCertificate],
        is_worth: impl Fn(usize, f64) -> bool,
    ) -> bool {
        let objectives: Vec<&Objective> =
            self.stages.iter().map(|stage| &stage.objective).collect();
        let own: Vec<f64> = all_kept(self.sheet, values, goals)
            .iter()
            .map(|value| value.to_f64().unwrap_or(f64::NAN))
            .collect();
        let mut asked = false;
        for (goal, certificate) in goals.iter().enumerate() {
            let play: f64 = certificate
                .multipliers
                .iter()
                .filter_map(|&(row, multiplier)| {
                    let row = self.program.rows.get(usize::try_from(row).ok()?)?;
                    Some(multiplier.abs() * float(row.play))
                })
                .sum();
            if is_worth(goal, play) {
                self.with_play[goal] = play_bound(self.program, &objectives[..=goal], &own);
                asked |= self.with_play[goal].is_some();
            }
        }
        asked
    }

    /// The certificate of the pick.
    pub(crate) fn pick(
        &self,
        model: &Model,
        picked: &Picked,
        values: &[i64],
        goals: &[GoalCertificate],
    ) -> PickCertificate {
        let kept = all_kept(self.sheet, values, goals);
        certify_pick(model, &self.judge(&kept), picked, values)
    }
}

/// The same multipliers without their last digits: of needs and funds they are mostly whole numbers, and what the solver adds to them costs
/// cents.
fn snapped(bound: &PlayBound) -> PlayBound {
    const PARTS: f64 = 1_048_576.0;
    let snap = |values: &[f64]| {
        values
            .iter()
            .map(|value| (value * PARTS).round() / PARTS)
            .collect()
    };
    PlayBound {
        rows: snap(&bound.rows),
        goals: snap(&bound.goals),
    }
}

fn whole_cost(objective: &Objective) -> Vec<(u32, i128)> {
    let cells = objective.cost.iter();
    cells
        .map(|&(column, cost)| (position(column), i128::from(cost)))
        .collect()
}

/// Multipliers with the gap they prove.
struct Proof {
    gap: BigInt,
    multipliers: Vec<(u32, f64)>,
    goal_multipliers: Vec<f64>,
}

/// What every proof is judged against.
struct Judge<'a> {
    program: &'a LinearProgram,
    stages: &'a [Stage],
    stage_reduced: &'a [Vec<f64>],
    sheet: &'a Sheet,
    goal_values: &'a [BigInt],
}

impl Judge<'_> {
    /// The smallest gap that mending with more and more of the first `n_goals` goals proves.
    fn prove(
        &self,
        n_goals: usize,
        cost: &[(u32, i128)],
        value: &BigInt,
        rows: &[f64],
        reduced: &[f64],
    ) -> Proof {
        #[expect(clippy::cast_precision_loss, reason = "a size to compare with")]
        let size = cost
            .iter()
            .map(|cell| cell.1.unsigned_abs() as f64)
            .fold(1.0, f64::max);
        let mut best: Option<Proof> = None;
        for most_allowed in LARGEST_GOAL_MULTIPLIERS {
            let mut prices = Prices {
                stages: self.stages,
                stage_reduced: self.stage_reduced,
                rows: rows.to_vec(),
                reduced: reduced.to_vec(),
                size,
            };
            let goal_multipliers = prices.mend(n_goals, most_allowed);
            let multipliers = sound(self.program, &prices.rows);
            let maximised = Maximised {
                cost,
                multipliers: &multipliers,
                goal_multipliers: &goal_multipliers,
            };
            let Ok(bound) = upper_bound(self.sheet, self.goal_values, &maximised) else {
                continue;
            };
            // Below zero only where a row could not hold in whole cents: no plan that obeys it does as well.
            let gap = bound - value;
            let small = gap
                .to_f64()
                .is_some_and(|gap| gap <= SMALL_GAP_CENTS * size);
            if best.as_ref().is_none_or(|best| gap < best.gap) {
                best = Some(Proof {
                    gap,
                    multipliers,
                    goal_multipliers,
                });
            }
            if small || n_goals == 0 {
                break;
            }
        }
        best.unwrap_or_else(|| self.box_proof(n_goals, cost, value))
    }

    /// What multipliers that know of play prove.
    fn try_play(&self, bound: PlayBound, cost: &[(u32, i128)], value: &BigInt) -> Option<Proof> {
        let multipliers = sound(self.program, &bound.rows);
        let maximised = Maximised {
            cost,
            multipliers: &multipliers,
            goal_multipliers: &bound.goals,
        };
        let most = upper_bound(self.sheet, self.goal_values, &maximised).ok()?;
        Some(Proof {
            gap: most - value,
            multipliers,
            goal_multipliers: bound.goals,
        })
    }

    /// Without multipliers: what the bounds of the columns alone prove.
    fn box_proof(&self, n_goals: usize, cost: &[(u32, i128)], value: &BigInt) -> Proof {
        let goal_multipliers = vec![0.0; n_goals];
        let maximised = Maximised {
            cost,
            multipliers: &[],
            goal_multipliers: &goal_multipliers,
        };
        let bound = upper_bound(self.sheet, self.goal_values, &maximised).unwrap_or_default();
        Proof {
            gap: bound - value,
            multipliers: Vec::new(),
            goal_multipliers,
        }
    }
}

/// The sum of the weighted squares that the pick makes as small as can be, minus its gradient, and the sum of what is due in them in
/// cents.
fn distance(
    model: &Model,
    program: &LinearProgram,
    values: &[i64],
) -> (BigInt, Vec<(u32, i128)>, BigInt) {
    let mut paid: BTreeMap<_, i128> = BTreeMap::new();
    let mut columns = Vec::new();
    for (column, entry) in program.columns.iter().enumerate() {
        let ColumnKey::Pay { fund, demand } = entry.key else {
            continue;
        };
        let demand = &model.demands[demand];
        let group = (fund, demand.zone, demand.year);
        *paid.entry(group).or_default() += i128::from(values.get(column).copied().unwrap_or(0));
        columns.push((column, group));
    }
    let (mut total, mut due) = (BigInt::default(), BigInt::default());
    let mut slope: BTreeMap<_, i128> = BTreeMap::new();
    for square in squares(model, program) {
        let groups = || {
            let years = square.years.iter();
            years.map(|&(year, _)| (square.fund, square.zone, year))
        };
        let sum: i128 = groups().filter_map(|group| paid.get(&group)).sum();
        let off = sum - i128::from(square.target);
        let weighted = square.weight.saturating_mul(off);
        total += BigInt::from(weighted) * off;
        due += square.due;
        for group in groups() {
            let slope = slope.entry(group).or_default();
            *slope = slope.saturating_sub(weighted.saturating_mul(2));
        }
    }
    let cost = columns
        .into_iter()
        .map(|(column, group)| (position(column), slope.get(&group).copied().unwrap_or(0)))
        .filter(|cell| cell.1 != 0)
        .collect();
    (total, cost, due)
}

fn certify_pick(
    model: &Model,
    judge: &Judge<'_>,
    picked: &Picked,
    values: &[i64],
) -> PickCertificate {
    let (total, cost, due) = distance(model, judge.program, values);
    let mut certificate = PickCertificate {
        nearest: model.pick.word().to_owned(),
        proved: false,
        distance: total.to_string(),
        due: due.to_string(),
        gap: "0".to_owned(),
        multipliers: Vec::new(),
        goal_multipliers: Vec::new(),
    };
    if !picked.proved {
        return certificate;
    }
    let mut rows: Vec<f64> = picked
        .row_dual
        .iter()
        .map(|multiplier| 2.0 * multiplier)
        .collect();
    rows.resize(judge.program.rows.len(), 0.0);
    #[expect(
        clippy::cast_precision_loss,
        reason = "any multipliers give a valid bound"
    )]
    let float_cost = cost
        .iter()
        .map(|&(column, cost)| (usize::try_from(column).unwrap_or(usize::MAX), cost as f64));
    let reduced = reduced(judge.program, float_cost, &rows);
    let mut value = BigInt::default();
    for &(column, cost) in &cost {
        let amount = usize::try_from(column).ok().and_then(|c| values.get(c));
        value += BigInt::from(cost) * BigInt::from(amount.copied().unwrap_or(0));
    }
    let proof = judge.prove(judge.stages.len(), &cost, &value, &rows, &reduced);
    certificate.proved = true;
    certificate.gap = proof.gap.to_string();
    certificate.multipliers = proof.multipliers;
    certificate.goal_multipliers = proof.goal_multipliers;
    certificate
}
