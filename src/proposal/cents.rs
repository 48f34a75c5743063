//! From the picked plan to whole cents: totals first, then cells, then repair, each total kept.
//!
//! 1. What a fund spends in a year is rounded down to the cent (a pool: then shared over its zones by largest remainder).
//! 2. In each fund, zone and year the cells are rounded down, and the cents that are missing to the total go to the largest
//!    remainder, then to the cells that the goals want most, then by code.
//! 3. Rows that whole cents break are repaired by moving cents between actions of one fund, zone and year, never further than
//!    a stated box; what cannot be repaired is named with its excess.
//!    A soft rule that was met is mended in the same way.
//! 4. The same with the goals before the remainders, which may save the goals a cent or cost them one: the plan that is better for
//!    the goals, in their order, is kept; of two that are as good, the first. Where whole units or projects are paid by several funds
//!    together, a third plan is tried: a vertex next to the picked one, whole in most cells before any rounding.
//! 5. What is then left of a fund's total goes to cells that may still take it ([`fill`]).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::derived::Derivation;
use super::fill::fill;
use super::repair::{mend, repair};
use crate::lp::{ColumnKey, Family, LinearProgram, Objective, activity};
use crate::model::{Assigned, FundIdx, Model, ZoneIdx};
use crate::tolerance::SAME_CENTS;
use crate::units::{Exact, Year};

/// A plan in whole cents.
#[derive(Clone, Debug)]
pub(crate) struct Rounded {
    /// Value of each column.
    pub(crate) values: Vec<i64>,
    /// Rows that could not hold, with their excess beyond bound and play.
    pub(crate) excess: Vec<(usize, i128)>,
}

/// Money of a fund for a zone in a year.
pub(crate) type Group = (FundIdx, ZoneIdx, Year);

/// Rounds a plan given in cents.
pub(crate) fn round(
    model: &Model,
    program: &LinearProgram,
    objectives: &[&Objective],
    picked: &[f64],
    vertex: Option<&[f64]>,
) -> Rounded {
    let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
    for (column, entry) in program.columns.iter().enumerate() {
        if let ColumnKey::Pay { fund, demand } = entry.key {
            let demand = &model.demands[demand];
            groups
                .entry((fund, demand.zone, demand.year))
                .or_default()
                .push(column);
        }
    }
    let wanted = wanted(program, objectives);
    let derivation = Derivation::new(program);
    let by = |first: First, plan: &[f64]| {
        let totals = group_totals(model, &groups, plan);
        let chosen = |entry: &crate::lp::Column| if entry.is_chosen() { entry.lower } else { 0 };
        let mut values: Vec<i64> = program.columns.iter().map(chosen).collect();
        for (group, columns) in &groups {
            let total = totals.get(group).copied().unwrap_or(0);
            let cells: Vec<Cell> = columns
                .iter()
                .map(|&column| Cell::new(plan[column], wanted[column].clone()))
                .collect();
            for (&column, cents) in columns.iter().zip(share_out(total, &cells, first)) {
                let entry = &program.columns[column];
                values[column] = cents.clamp(entry.lower, entry.upper);
            }
        }
        derivation.apply(&mut values);
        repair(&derivation, &groups, &mut values);
        let excess = broken(program, &values);
        Rounded { values, excess }
    };
    let mut rounded = by(First::Remainders, picked);
    let others = [
        Some((First::Goals, picked)),
        vertex.map(|plan| (First::Remainders, plan)),
    ];
    for (first, plan) in others.into_iter().flatten() {
        let other = by(first, plan);
        if merit(program, &other, objectives) > merit(program, &rounded, objectives) {
            rounded = other;
        }
    }
    let rounded = keep_targets(&derivation, &groups, objectives, picked, rounded);
    fill(&derivation, &groups, objectives, picked, rounded)
}

/// A soft rule that the plan met and that is short for the want of cents is mended like a hard one, where the goals before it
/// lose nothing.
fn keep_targets(
    derivation: &Derivation<'_>,
    groups: &BTreeMap<Group, Vec<usize>>,
    objectives: &[&Objective],
    picked: &[f64],
    mut rounded: Rounded,
) -> Rounded {
    let program = derivation.program;
    for (row, entry) in program.rows.iter().enumerate() {
        let is_short = entry.cells.iter().any(|&(column, _)| {
            matches!(program.columns[column].key, ColumnKey::Shortfall { .. })
                && picked[column] <= SAME_CENTS
                && rounded.values[column] > 0
        });
        if !is_short {
            continue;
        }
        let mut values = rounded.values.clone();
        if mend(derivation, groups, row, &mut values) {
            let mended = Rounded {
                excess: broken(program, &values),
                values,
            };
            if merit(program, &mended, objectives) > merit(program, &rounded, objectives) {
                rounded = mended;
            }
        }
    }
    rounded
}

/// What the cents that are missing to a total go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    /// The largest remainder, then the goals.
    Remainders,
    /// The goals, then the largest remainder.
    Goals,
}

/// How good a plan in cents is: that money and whole things hold, then what laws ask, then the goals in their order.
pub(crate) fn merit(
    program: &LinearProgram,
    rounded: &Rounded,
    objectives: &[&Objective],
) -> (Reverse<(i128, i128)>, Vec<i128>) {
    let goals = objectives.iter().map(|objective| {
        let value = activity(&objective.cost, &rounded.values);
        objective
            .enough
            .map_or(value, |enough| value.min(enough.into()))
    });
    let off = |gives_way: bool| {
        let rows = rounded.excess.iter();
        rows.filter(|entry| may_give_way(program, entry.0) == gives_way)
            .map(|entry| entry.1)
            .sum()
    };
    (Reverse((off(false), off(true))), goals.collect())
}

/// Whether a row may give way by a cent where whole cents leave no other plan: what laws ask of payments. Money and whole things
/// never do.
pub(crate) fn may_give_way(program: &LinearProgram, row: usize) -> bool {
    let entry = &program.rows[row];
    let is_law = matches!(
        entry.family,
        Family::Rule | Family::Band | Family::Match | Family::FlatRate
    );
    is_law
        && !entry
            .cells
            .iter()
            .any(|cell| program.columns[cell.0].is_whole())
}

/// By how much rounding to whole cents moved some columns in all, in euro, to a millionth of a cent.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a saturating cast of a plan's amount, told to a millionth of a cent"
)]
pub(crate) fn moved_by_rounding(picked: &[f64], values: &[i64], columns: &[usize]) -> Exact {
    const MILLION: i128 = 1_000_000;
    let moved: i128 = columns
        .iter()
        .filter_map(|&column| {
            let before = (picked.get(column)? * 1e6).round() as i128;
            let after = i128::from(*values.get(column)?) * MILLION;
            Some(after - before)
        })
        .sum();
    Exact::new(moved, MILLION * 100)
}

/// Rows that do not hold, with the excess beyond bound and play.
pub(crate) fn broken(program: &LinearProgram, values: &[i64]) -> Vec<(usize, i128)> {
    program
        .rows
        .iter()
        .enumerate()
        .filter_map(|(row, entry)| {
            let value = activity(&entry.cells, values);
            let play = i128::from(entry.play);
            let below = entry
                .lower
                .map_or(0, |lower| i128::from(lower) - play - value);
            let above = entry
                .upper
                .map_or(0, |upper| value - i128::from(upper) - play);
            let excess = below.max(above);
            (excess > 0).then_some((row, excess))
        })
        .collect()
}

/// What the goals give for a cent in each column, in order of the goals.
fn wanted(program: &LinearProgram, objectives: &[&Objective]) -> Vec<Vec<i64>> {
    let mut wanted = vec![vec![0; objectives.len()]; program.columns.len()];
    for (goal, objective) in objectives.iter().enumerate() {
        for &(column, cost) in &objective.cost {
            wanted[column][goal] = cost;
        }
    }
    wanted
}

/// A value to be rounded.
#[derive(Clone, Debug)]
struct Cell {
    /// Rounded down.
    floor: i64,
    /// What is left, in steps of [`SAME_CENTS`]: values closer than that are the same.
    remainder: i64,
    /// What the goals give for a cent.
    wanted: Vec<i64>,
}

impl Cell {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a saturating cast of a plan's amount; the checker decides in whole numbers"
    )]
    fn new(value: f64, wanted: Vec<i64>) -> Self {
        let nearest = value.round();
        let value = if (value - nearest).abs() <= SAME_CENTS {
            nearest
        } else {
            value
        };
        Self {
            floor: value.floor() as i64,
            remainder: ((value - value.floor()) / SAME_CENTS).round() as i64,
            wanted,
        }
    }
}

/// Whole cents that sum to `total` where floors and ceilings of the cells allow: each missing cent to the largest remainder and
/// to what the goals want, the one or the other first, then to the first cell.
fn share_out(total: i64, cells: &[Cell], first: First) -> Vec<i64> {
    let mut cents: Vec<i64> = cells.iter().map(|cell| cell.floor).collect();
    let missing = total - cents.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..cells.len())
        .filter(|&k| cells[k].remainder > 0)
        .collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&cells[a], &cells[b]);
        let (by_goals, by_remainder) = (b.wanted.cmp(&a.wanted), b.remainder.cmp(&a.remainder));
        match first {
            First::Remainders => by_remainder.then(by_goals),
            First::Goals => by_goals.then(by_remainder),
        }
    });
    for k in order
        .into_iter()
        .take(usize::try_from(missing).unwrap_or(0))
    {
        cents[k] += 1;
    }
    cents
}

/// The whole-cent total of each group.
fn group_totals(
    model: &Model,
    groups: &BTreeMap<Group, Vec<usize>>,
    picked: &[f64],
) -> BTreeMap<Group, i64> {
    let mut totals = BTreeMap::new();
    let mut pools: BTreeMap<(FundIdx, Year), Vec<(Group, f64)>> = BTreeMap::new();
    for (&group, columns) in groups {
        let (fund, _, year) = group;
        let total: f64 = columns.iter().map(|&column| picked[column]).sum();
        let pooled = model
            .money
            .get(&(fund, year))
            .is_none_or(|money| matches!(money.assigned, Assigned::Pool(_)));
        if pooled {
            pools.entry((fund, year)).or_default().push((group, total));
        } else {
            totals.insert(group, Cell::new(total, Vec::new()).floor);
        }
    }
    for zones in pools.into_values() {
        let all: f64 = zones.iter().map(|zone| zone.1).sum();
        let cells: Vec<Cell> = zones
            .iter()
            .map(|zone| Cell::new(zone.1, Vec::new()))
            .collect();
        let total = Cell::new(all, Vec::new()).floor;
        for ((group, _), cents) in zones
            .iter()
            .zip(share_out(total, &cells, First::Remainders))
        {
            totals.insert(*group, cents);
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(total: i64, values: &[f64], expected: &[i64]) {
        let cells: Vec<Cell> = values.iter().map(|&v| Cell::new(v, Vec::new())).collect();
        assert_eq!(share_out(total, &cells, First::Remainders), expected);
    }

    #[test]
    fn a_hundred_over_three_closes_to_the_cent() {
        let third = 10_000.0 / 3.0;
        check(10_000, &[third, third, third], &[3334, 3333, 3333]);
    }

    #[test]
    fn what_is_nearly_whole_is_whole() {
        check(3, &[0.999_999_99, 2.000_000_01], &[1, 2]);
    }
}
