//! What the goals mean, computed from the model and the ledger, against what the sheet and its values say.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::model::{Goal, GoalKind, Levels, Model, ZoneIdx};
use crate::sheet::{GoalCertificate, Sheet, SheetGoal};
use crate::units::{Exact, Year};
use crate::verify::codes::{Cell, Place};
use crate::verify::number::dot;
use crate::verify::programme::goal_place;
use crate::verify::report::{Tally, said};

use super::change;
use super::exact::{self, Q, whole};
use super::matching::losses;
use super::plan::Plan;
use super::purse::Leaving;
use super::worth::{first_weight, lost_in_bands, weight};

/// A unit of coverage: a zone, or a zone in a year.
pub(crate) type Unit = (ZoneIdx, Option<Year>);

/// Which goal of the model each goal of the sheet stands for; `None` where the lists do not agree.
///
/// A run that was cut short has the first goals only.
pub(crate) fn aligned(model: &Model, sheet: &Sheet) -> Option<Vec<usize>> {
    let mut aligned = Vec::new();
    let mut rest = sheet.goals.as_slice();
    for (position, goal) in model.goals.iter().enumerate() {
        if rest.is_empty() {
            break;
        }
        let most = match &goal.kind {
            GoalKind::Leximin { levels, .. } => match levels {
                Levels::Count(count) => usize::from(*count),
                Levels::All => usize::MAX,
            },
            _ => 0,
        };
        let kind = word(&goal.kind);
        if most == 0 {
            let (first, others) = rest.split_first()?;
            if first.kind != kind || first.level != 0 {
                return None;
            }
            aligned.push(position);
            rest = others;
            continue;
        }
        let mut level = 0_usize;
        while let Some((first, others)) = rest.split_first() {
            let next = level.checked_add(1)?;
            if level >= most || first.kind != kind || usize::try_from(first.level) != Ok(next) {
                break;
            }
            aligned.push(position);
            rest = others;
            level = next;
        }
    }
    rest.is_empty().then_some(aligned)
}

/// Whether the sheet has every goal of the model.
pub(crate) fn is_complete(model: &Model, sheet: &Sheet) -> bool {
    let with_units = |goal: &Goal| match goal.kind {
        GoalKind::Leximin { per_year, .. } => !units(model, goal, per_year).is_empty(),
        _ => true,
    };
    let last = model.goals.iter().rposition(with_units);
    let reached = aligned(model, sheet).and_then(|aligned| aligned.last().copied());
    last.is_none() || reached >= last
}

fn word(kind: &GoalKind) -> &'static str {
    match kind {
        GoalKind::Leps => "leps",
        GoalKind::Targets => "targets",
        GoalKind::Wishes => "wishes",
        GoalKind::Leximin { .. } => "leximin",
        GoalKind::Floor { .. } => "floor",
        GoalKind::Value { .. } => "value",
        GoalKind::Steady => "steady",
        GoalKind::Open => "open",
        GoalKind::AtRisk => "at_risk",
    }
}

/// The units of a leximin goal with their need in cents, positive.
pub(crate) fn units(model: &Model, goal: &Goal, per_year: bool) -> BTreeMap<Unit, i128> {
    let mut needs: BTreeMap<Unit, i128> = BTreeMap::new();
    for demand in &model.demands {
        if let Some(euro) = demand.euro
            && goal.actions.contains(&demand.action)
        {
            let need = needs
                .entry((demand.zone, per_year.then_some(demand.year)))
                .or_default();
            *need = need.saturating_add(i128::from(euro.cents()));
        }
    }
    needs.retain(|_, need| *need > 0);
    needs
}

/// Cents paid for limited lines of demand, by cell: the ledger, but for cells where some line is unlimited the columns.
pub(crate) fn covered(plan: &Plan<'_>) -> BTreeMap<Cell, i128> {
    let mut unlimited = BTreeSet::new();
    for demand in plan
        .model
        .demands
        .iter()
        .filter(|demand| demand.euro.is_none())
    {
        unlimited.insert((demand.action, demand.zone, demand.year));
    }
    let mut covered: BTreeMap<Cell, i128> = BTreeMap::new();
    for (&cell, &cents) in plan.ledger {
        let (_, action, zone, year) = cell;
        if !unlimited.contains(&(action, zone, year)) {
            covered.insert(cell, i128::from(cents));
        }
    }
    for pay in plan.pays {
        let (_, action, zone, year) = pay.cell;
        let limited = plan
            .model
            .demands
            .get(pay.demand)
            .is_some_and(|demand| demand.euro.is_some());
        if limited && unlimited.contains(&(action, zone, year)) {
            let value = plan.values.get(pay.column).copied().unwrap_or(0);
            let sum = covered.entry(pay.cell).or_default();
            *sum = sum.saturating_add(i128::from(value));
        }
    }
    covered
}

/// Checks the goals of the sheet against the model and the ledger.
pub(crate) fn check(plan: &Plan<'_>, leaving: &Leaving, certificates: &[GoalCertificate]) -> Tally {
    let mut tally = Tally::new(
        "goal_meaning",
        said!(
            "gli obiettivi sono quelli del modello e valgono quanto risulta dal registro",
            "the goals are the model's and have the value that follows from the ledger"
        ),
    );
    let Some(aligned) = aligned(plan.model, plan.sheet) else {
        tally.fail(
            "sheet.json",
            "",
            said!(
                "gli obiettivi non sono quelli del modello, nel loro ordine",
                "the goals are not the model's, in their order"
            ),
        );
        return tally;
    };
    if !is_complete(plan.model, plan.sheet) {
        tally.remark(
            "sheet.json",
            "",
            said!(
                "il calcolo è stato interrotto: gli ultimi obiettivi del modello non ci sono",
                "the run was cut short: the last goals of the model are not there"
            ),
        );
    }
    let covered = covered(plan);
    let mut settled = Settled::default();
    for (position, (sheet_goal, model_goal)) in plan.sheet.goals.iter().zip(aligned).enumerate() {
        tally.looked_at(1);
        let Some(goal) = plan.model.goals.get(model_goal) else {
            continue;
        };
        let place = goal_place(position, &sheet_goal.kind);
        let stated = dot(&sheet_goal.cost, plan.values);
        match &goal.kind {
            GoalKind::Leps => {
                let leps: i128 = covered
                    .iter()
                    .filter(|((_, action, _, _), _)| {
                        let leps = plan
                            .model
                            .actions
                            .get(action.index())
                            .is_some_and(|a| a.leps);
                        leps && goal.actions.contains(action)
                    })
                    .map(|(_, cents)| *cents)
                    .sum();
                compare(&place, &stated, &whole(leps), sheet_goal, &mut tally);
            }
            GoalKind::Value { weights, bands } => {
                let mut value: Q = plan
                    .ledger
                    .iter()
                    .filter(|((_, action, _, _), _)| goal.actions.contains(action))
                    .map(|(&cell, &cents)| {
                        let own = first_weight(bands) * weight(plan.model, weights, cell);
                        own * whole(i128::from(cents))
                    })
                    .sum();
                value -= lost_in_bands(plan, goal, (weights, bands), &covered);
                compare(&place, &stated, &value, sheet_goal, &mut tally);
            }
            GoalKind::AtRisk => {
                let kept = kept(plan, goal, leaving);
                check_kept(&place, &stated, kept, &mut tally);
            }
            GoalKind::Leximin { per_year, .. } => {
                let units = units(plan.model, goal, *per_year);
                settled.check(
                    plan,
                    &place,
                    sheet_goal,
                    &units,
                    certificates.get(position),
                    &mut tally,
                );
                check_level(
                    plan, &place, goal, sheet_goal, &stated, &units, &covered, &mut tally,
                );
            }
            GoalKind::Floor { coverage, per_year } => {
                let units = units(plan.model, goal, *per_year);
                let got = covered_by_unit(&covered, goal, *per_year);
                let missing: Q = units
                    .iter()
                    .map(|(unit, need)| {
                        let wanted = whole(floor_of(coverage, *need));
                        let missing = wanted - whole(got.get(unit).copied().unwrap_or(0));
                        missing.max(exact::zero())
                    })
                    .sum();
                compare(&place, &stated, &-missing, sheet_goal, &mut tally);
            }
            GoalKind::Steady => {
                let changed = change::changed(plan, goal);
                compare(&place, &stated, &-changed, sheet_goal, &mut tally);
            }
            GoalKind::Open => {
                let closed = change::closed(plan, goal);
                compare(&place, &stated, &-closed, sheet_goal, &mut tally);
            }
            GoalKind::Targets | GoalKind::Wishes => {}
        }
    }
    tally
}

/// What a floor asks of a need, in whole cents.
pub(crate) fn floor_of(coverage: &Exact, need: i128) -> i128 {
    let wanted = (exact::of(coverage) * whole(need)).ceil().to_integer();
    wanted.to_i128().unwrap_or(i128::MAX)
}

/// Cents paid for limited needs that a goal counts, by unit.
fn covered_by_unit(
    covered: &BTreeMap<Cell, i128>,
    goal: &Goal,
    per_year: bool,
) -> BTreeMap<Unit, i128> {
    let mut got: BTreeMap<Unit, i128> = BTreeMap::new();
    for (&(_, action, zone, year), &cents) in covered {
        if goal.actions.contains(&action) {
            let sum = got.entry((zone, per_year.then_some(year))).or_default();
            *sum = sum.saturating_add(cents);
        }
    }
    got
}

fn compare(place: &str, stated: &BigInt, expected: &Q, goal: &SheetGoal, tally: &mut Tally) {
    let expected = expected * whole(i128::from(goal.scale));
    let stated = Q::from_integer(stated.clone());
    if stated != expected {
        let by = (&stated - &expected).to_string();
        tally.fail(
            place,
            by,
            said!(
                "il foglio dice {stated}, il registro dà {expected}",
                "the sheet says {stated}, the ledger gives {expected}"
            ),
        );
    }
}

/// Cents that are not lost: paid, or left at the end with a later deadline, less decommitments.
fn kept(plan: &Plan<'_>, goal: &Goal, leaving: &Leaving) -> i128 {
    let paid: i128 = plan
        .ledger
        .iter()
        .filter(|((_, action, _, _), _)| goal.actions.contains(action))
        .map(|(_, &cents)| i128::from(cents))
        .sum();
    let last = plan.model.years.last().copied();
    let left: i128 = leaving
        .iter()
        .filter(|((_, _, year), _)| Some(*year) == last)
        .map(|(_, &cents)| cents)
        .sum();
    let lost: i128 = losses(plan).values().sum();
    paid.saturating_add(left).saturating_sub(lost)
}

fn check_kept(place: &str, stated: &BigInt, kept: i128, tally: &mut Tally) {
    let by = stated - BigInt::from(kept);
    let said = said!(
        "il foglio dice {stated} centesimi non persi, il registro dà {kept}",
        "the sheet says {stated} cents not lost, the ledger gives {kept}"
    );
    if by > BigInt::default() {
        tally.fail(place, format!("{by} cent"), said);
    } else if by < BigInt::default() {
        tally.remark(place, format!("{by} cent"), said);
    }
}

/// The units a level looks at: those with a row of its column.
pub(crate) fn units_of_level(plan: &Plan<'_>, goal: &SheetGoal) -> Vec<(usize, Place)> {
    let Some(&(column, _)) = goal.cost.first() else {
        return Vec::new();
    };
    plan.sheet
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.family == "level" && row.cells.iter().any(|cell| cell.0 == column))
        .filter_map(|(position, row)| Some((position, plan.codes.place(&row.scope)?)))
        .collect()
}

/// Units that an earlier level of the goal settled: its proof needs their row.
#[derive(Default)]
struct Settled(BTreeSet<Unit>);

impl Settled {
    /// Checks that a level leaves out only units that were settled before it, and notes those it settles.
    fn check(
        &mut self,
        plan: &Plan<'_>,
        place: &str,
        goal: &SheetGoal,
        units: &BTreeMap<Unit, i128>,
        certificate: Option<&GoalCertificate>,
        tally: &mut Tally,
    ) {
        if goal.level <= 1 {
            self.0.clear();
        }
        let rows = units_of_level(plan, goal);
        let unit_of = |at: &Place| at.zone.map(|zone| (zone, at.year));
        let looked_at: BTreeSet<Unit> = rows.iter().filter_map(|(_, at)| unit_of(at)).collect();
        for unit in units
            .keys()
            .filter(|unit| !looked_at.contains(unit) && !self.0.contains(unit))
        {
            let unit = Place {
                zone: Some(unit.0),
                year: unit.1,
                ..Place::default()
            };
            let text = plan.codes.text(&unit);
            tally.fail(
                place,
                "",
                said!(
                    "{text} non è tra le coperture di questo livello, e nessun livello l'ha già fissata",
                    "{text} is not among the coverages of this level, and no level settled it before"
                ),
            );
        }
        let needed: BTreeSet<u32> = certificate
            .map(|certificate| {
                certificate
                    .multipliers
                    .iter()
                    .map(|entry| entry.0)
                    .collect()
            })
            .unwrap_or_default();
        for (row, at) in &rows {
            if u32::try_from(*row).is_ok_and(|row| needed.contains(&row))
                && let Some(unit) = unit_of(at)
            {
                self.0.insert(unit);
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "everything a level is made of")]
fn check_level(
    plan: &Plan<'_>,
    place: &str,
    goal: &Goal,
    sheet_goal: &SheetGoal,
    stated: &BigInt,
    units: &BTreeMap<Unit, i128>,
    covered: &BTreeMap<Cell, i128>,
    tally: &mut Tally,
) {
    let GoalKind::Leximin {
        per_year, bound, ..
    } = &goal.kind
    else {
        return;
    };
    let got = covered_by_unit(covered, goal, *per_year);
    let looked_at: Vec<Unit> = if sheet_goal.level <= 1 {
        units.keys().copied().collect()
    } else {
        units_of_level(plan, sheet_goal)
            .into_iter()
            .filter_map(|(_, at)| Some((at.zone?, at.year)))
            .collect()
    };
    let worst = looked_at
        .iter()
        .filter_map(|unit| {
            let need = units.get(unit)?;
            Some(whole(got.get(unit).copied().unwrap_or(0)) / whole(*need))
        })
        .min();
    let Some(worst) = worst.map(|worst: Q| worst.min(exact::of(bound))) else {
        return;
    };
    let level = (worst * whole(i128::from(sheet_goal.scale)))
        .floor()
        .to_integer();
    if *stated != level {
        let by = (stated - &level).to_string();
        tally.fail(
            place,
            by,
            said!(
                "il foglio dice {stated}, la copertura peggiore nel registro dà {level}",
                "the sheet says {stated}, the worst coverage in the ledger gives {level}"
            ),
        );
    }
}
