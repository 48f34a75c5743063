//! Prices of rules that bind: their bound moved in the programme of the plan.

use std::num::NonZeroUsize;

use super::side::{Effort, Walk};
use super::{RulePrice, Side};
use crate::explain::Cell;
use crate::explain::ground::{Advanced, ExplainError, Ground, on_threads};
use crate::lp::{Instance, InstanceBound, LinearProgram};
use crate::model::{Quantity, Relation};
use crate::proposal::{RuleLine, RuleStatus};
use crate::units::Exact;

/// Ticks of a unit of what is counted.
const THOUSANDTHS: i64 = 1_000;

/// How far the bound of a rule is moved at most, in euro or units, where it is nothing itself.
const FROM_NOTHING: i64 = 1_000;

/// What one euro or unit of the bound is worth, of every instance that binds in a plan; in the order of the lines.
///
/// `lines` are the rules of the plan, as a [`Proposal`](crate::proposal::Proposal) has them. Rules that count zones or projects have no
/// such price: they move by whole ones.
///
/// # Errors
/// [`ExplainError::Threads`].
pub fn rule_prices(
    ground: &Ground,
    lines: &[RuleLine],
    only: impl Fn(&str) -> bool,
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Vec<RulePrice>, ExplainError> {
    let program = ground.base().program();
    // Lines and instances are in the same order.
    let binding: Vec<(&RuleLine, &Instance, usize)> = lines
        .iter()
        .zip(&program.instances)
        .filter(|(line, instance)| {
            only(&line.rule)
                && line.status == RuleStatus::Binding
                && line.strength.is_hard()
                && !instance.quantity.is_count()
        })
        .filter_map(|(line, instance)| Some((line, instance, instance.row?)))
        .collect();
    let sides: Vec<(&RuleLine, &Instance, usize, bool)> = binding
        .iter()
        .flat_map(|&(line, instance, row)| {
            [(line, instance, row, true), (line, instance, row, false)]
        })
        .collect();
    let found = on_threads(
        threads,
        &sides,
        advanced,
        |&(line, instance, row, relaxed)| side(ground, line, instance, row, relaxed),
    )?;
    let mut found = found.into_iter();
    Ok(binding
        .iter()
        .map(|(line, instance, _)| RulePrice {
            rule: line.rule.clone(),
            title: line.title.clone(),
            law: line.law.clone(),
            place: Cell {
                fund: instance.place.fund,
                action: instance.place.action,
                zone: instance.place.zone,
                year: instance.place.year,
            },
            unit: line.unit,
            bound: line.bound,
            relaxed: found.next().unwrap_or_default(),
            tightened: found.next().unwrap_or_default(),
        })
        .collect())
}

/// What one tick of the measure is in the row, as a fraction: the row holds the measure times a whole number.
fn weight(program: &LinearProgram, instance: &Instance, row: usize) -> Option<Exact> {
    let scale = match &instance.bound {
        InstanceBound::Variable { scale, .. } => *scale,
        InstanceBound::Constant(_) => {
            let &(column, coefficient) = instance.measure.first()?;
            let cells = &program.rows.get(row)?.cells;
            let (_, in_row) = cells.iter().find(|cell| cell.0 == column)?;
            let times = Exact::new(i128::from(*in_row), i128::from(coefficient));
            let scale = times * Exact::from_integer(i128::from(instance.measure_scale));
            i64::try_from(scale.is_integer().then(|| scale.to_integer())?).ok()?
        }
    };
    // Rows of euro count cents; a unit of something else weighs `scale` by itself.
    let ticks = if instance.quantity == Quantity::Euro {
        1
    } else {
        THOUSANDTHS
    };
    Some(Exact::new(i128::from(scale), i128::from(ticks)))
}

fn side(ground: &Ground, line: &RuleLine, instance: &Instance, row: usize, relaxed: bool) -> Side {
    let program = ground.base().program();
    let Some(weight) = weight(program, instance, row) else {
        return Side::default();
    };
    let is_euro = instance.quantity == Quantity::Euro;
    let per = if is_euro { 100 } else { THOUSANDTHS };
    let bound = line.bound * Exact::from_integer(i128::from(per));
    let bound = i64::try_from(bound.floor().to_integer()).unwrap_or(0);
    // A floor is relaxed downwards; a cap, and an equality, upwards.
    let is_floor = match (line.relation, program.rows.get(row)) {
        (Relation::AtLeast, _) => true,
        // Of two bounds written as rows of their own, this one says which it is.
        (_, Some(row)) => row.upper.is_none() && row.lower.is_some(),
        _ => false,
    };
    let up = relaxed != is_floor;
    let at = |ticks: i64| {
        let by = (weight * Exact::from_integer(i128::from(ticks)))
            .round()
            .to_integer();
        let by = i64::try_from(if up { by } else { -by }).unwrap_or(0);
        let goals = ground.near_on(|program| {
            if let Some(row) = program.rows.get_mut(row) {
                row.lower = row.lower.map(|lower| lower.saturating_add(by));
                row.upper = row.upper.map(|upper| upper.saturating_add(by));
            }
        });
        goals.map(|goals| (goals, Vec::new()))
    };
    let most = if bound > 0 {
        bound
    } else {
        per.saturating_mul(FROM_NOTHING)
    };
    Walk {
        per,
        most,
        // The bound moves by whole units of its row, or by what is rounded to them.
        parts: i64::from(!weight.is_integer()),
        effort: Effort::Some,
        now: ground.now(),
        at: &at,
    }
    .side()
}

/// Codes of rules and matches with an instance that binds, and how many do.
#[must_use]
pub(crate) fn n_binding(lines: &[RuleLine], ids: &[String]) -> usize {
    let binds = |line: &&RuleLine| line.status == RuleStatus::Binding && ids.contains(&line.rule);
    lines.iter().filter(binds).count()
}
