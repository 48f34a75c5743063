//! Goals: each maximises what the model wants, column by column.

use std::collections::BTreeMap;

use num_traits::Zero;

use crate::model::{Deadline, Goal, GoalKind, Strength};
use crate::sheet::{ColumnKind, SheetGoal, SheetRow};
use crate::verify::programme::goal_place;
use crate::verify::report::{Said, Tally, said};

use super::Meaning;
use super::rules::Rules;
use crate::verify::law::exact::{self, Q, whole};
use crate::verify::law::goals::{aligned, units, weight};

/// 10^18: a shortfall costs this number over its reference, rounded.
const SHORTFALL_SCALE: i64 = 1_000_000_000_000_000_000;

/// Checks the costs, units and scales of the goals.
pub(crate) fn check(meaning: &Meaning<'_>, rules: &Rules<'_>) -> Tally {
    let mut tally = Tally::new(
        "model_goals",
        said!(
            "ogni obiettivo del foglio massimizza ciò che il modello vuole",
            "every goal of the sheet maximises what the model wants"
        ),
    );
    let Some(aligned) = aligned(meaning.model, meaning.sheet) else {
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
    for (position, (sheet_goal, goal)) in meaning.sheet.goals.iter().zip(aligned).enumerate() {
        tally.looked_at(sheet_goal.cost.len());
        let Some(goal) = meaning.model.goals.get(goal) else {
            continue;
        };
        if let Err(said) = check_goal(meaning, rules, sheet_goal, goal) {
            tally.fail(goal_place(position, &sheet_goal.kind), "", said);
        }
    }
    tally
}

fn check_goal(
    meaning: &Meaning<'_>,
    rules: &Rules<'_>,
    sheet_goal: &SheetGoal,
    goal: &Goal,
) -> Result<(), Said> {
    let (unit, scale) = match &goal.kind {
        GoalKind::Leps | GoalKind::AtRisk => ("cent", Some(1)),
        GoalKind::Value { .. } => ("cent", None),
        GoalKind::Targets | GoalKind::Wishes => ("bound", Some(SHORTFALL_SCALE)),
        GoalKind::Leximin { per_year, .. } => {
            let most = units(meaning.model, goal, *per_year).into_values().max();
            ("level", most.and_then(|most| i64::try_from(most).ok()))
        }
    };
    if sheet_goal.unit != unit || scale.is_some_and(|scale| scale != sheet_goal.scale) {
        let (own_unit, own_scale) = (&sheet_goal.unit, sheet_goal.scale);
        return Err(said!(
            "l'unità `{own_unit}` e la scala {own_scale} non sono quelle del modello",
            "unit `{own_unit}` and scale {own_scale} are not the model's"
        ));
    }
    let asked = match &goal.kind {
        GoalKind::Leximin { .. } => return check_level(meaning, sheet_goal),
        GoalKind::Targets => shortfalls(meaning, rules, Strength::Target),
        GoalKind::Wishes => shortfalls(meaning, rules, Strength::Wish),
        _ => costs(meaning, sheet_goal, goal),
    };
    compare(meaning, sheet_goal, &asked)
}

fn compare(
    meaning: &Meaning<'_>,
    goal: &SheetGoal,
    asked: &BTreeMap<usize, Q>,
) -> Result<(), Said> {
    let found: BTreeMap<usize, i64> = goal
        .cost
        .iter()
        .filter_map(|&(column, cost)| Some((usize::try_from(column).ok()?, cost)))
        .collect();
    for column in asked.keys().chain(found.keys()) {
        let own = found.get(column).copied().unwrap_or(0);
        let asked = asked.get(column).cloned().unwrap_or_else(exact::zero);
        if whole(i128::from(own)) != asked {
            let name = meaning
                .column(*column)
                .map_or("", |entry| entry.name.as_str());
            return Err(said!(
                "il costo di `{name}` è {own}, il modello chiede {asked}",
                "the cost of `{name}` is {own}, the model asks for {asked}"
            ));
        }
    }
    Ok(())
}

/// The cost of each column in the goals that count euro.
fn costs(meaning: &Meaning<'_>, sheet_goal: &SheetGoal, goal: &Goal) -> BTreeMap<usize, Q> {
    let mut costs = BTreeMap::new();
    for pay in meaning.pays {
        let action = pay.cell.1;
        if !goal.actions.contains(&action) {
            continue;
        }
        let cost = match &goal.kind {
            GoalKind::Value { weights } => {
                weight(meaning.model, weights, pay.cell) * whole(i128::from(sheet_goal.scale))
            }
            GoalKind::Leps => {
                let limited = meaning
                    .model
                    .demands
                    .get(pay.demand)
                    .is_some_and(|d| d.euro.is_some());
                let leps = meaning
                    .model
                    .actions
                    .get(action.index())
                    .is_some_and(|a| a.leps);
                whole(i128::from(limited && leps))
            }
            _ => whole(1),
        };
        if !cost.is_zero() {
            costs.insert(pay.column, cost);
        }
    }
    if goal.kind == GoalKind::AtRisk {
        costs.extend(kept_and_lost(meaning));
    }
    costs
}

/// Money that leaves the last year with a later deadline is not lost; what is decommitted is.
fn kept_and_lost(meaning: &Meaning<'_>) -> BTreeMap<usize, Q> {
    let last = meaning.model.years.last().copied();
    let mut costs = BTreeMap::new();
    for (position, column) in meaning.sheet.columns.iter().enumerate() {
        match column.kind {
            ColumnKind::Loss => {
                costs.insert(position, whole(-1));
            }
            ColumnKind::Carry => {
                let place = meaning.place_of(position);
                let fund = place
                    .and_then(|place| place.fund)
                    .and_then(|fund| meaning.model.funds.get(fund.index()));
                let year = place.and_then(|place| place.year);
                let later = match (fund.map(|fund| fund.deadline), year) {
                    (Some(Deadline::Never), _) => true,
                    (Some(Deadline::YearsAfter(years)), _) => years > 0,
                    (Some(Deadline::LastYear(by)), Some(year)) => by > year,
                    _ => false,
                };
                if later && year.is_some() && year == last {
                    costs.insert(position, whole(1));
                }
            }
            _ => {}
        }
    }
    costs
}

/// A level is one column of its own, from zero to the reference.
fn check_level(meaning: &Meaning<'_>, goal: &SheetGoal) -> Result<(), Said> {
    let [(column, 1)] = goal.cost.as_slice() else {
        return Err(said!(
            "un livello è una sola colonna, con costo 1",
            "a level is a single column, with cost 1"
        ));
    };
    let entry = usize::try_from(*column)
        .ok()
        .and_then(|c| meaning.column(c));
    match entry {
        Some(entry)
            if entry.kind == ColumnKind::Level && entry.lower == 0 && entry.upper == goal.scale =>
        {
            Ok(())
        }
        _ => Err(said!(
            "la colonna del livello non va da zero al riferimento",
            "the column of the level does not run from zero to the reference"
        )),
    }
}

/// Minus each shortfall over its reference.
fn shortfalls(meaning: &Meaning<'_>, rules: &Rules<'_>, strength: Strength) -> BTreeMap<usize, Q> {
    let mut costs = BTreeMap::new();
    for row in &meaning.sheet.rows {
        let rule = meaning.model.rules.iter().find(|rule| rule.id == row.rule);
        if rule.is_none_or(|rule| rule.strength != strength) {
            continue;
        }
        for &(column, _) in &row.cells {
            let Ok(column) = usize::try_from(column) else {
                continue;
            };
            if meaning
                .column(column)
                .is_some_and(|c| c.kind == ColumnKind::Shortfall)
            {
                let reference = i128::from(reference(meaning, rules, row).max(1));
                let weight = (i128::from(SHORTFALL_SCALE) + reference / 2) / reference;
                costs.insert(column, -whole(weight.max(1)));
            }
        }
    }
    costs
}

/// What a shortfall is divided by: the bound of its row, or the largest value a bound that the plan decides can take.
fn reference(meaning: &Meaning<'_>, rules: &Rules<'_>, row: &SheetRow) -> i64 {
    let constant = row.lower.or(row.upper).unwrap_or(0);
    if constant != 0 {
        return i64::try_from(constant.unsigned_abs()).unwrap_or(i64::MAX);
    }
    let total = row.cells.iter().find_map(|&(column, _)| {
        let entry = meaning.column(usize::try_from(column).ok()?)?;
        (entry.kind == ColumnKind::Total).then_some(entry.upper)
    });
    if let Some(total) = total {
        return total;
    }
    // A count against a count: each column that is asked for is one.
    let active: i128 = row
        .cells
        .iter()
        .filter(|cell| cell.1 < 0)
        .filter(|cell| {
            let entry = usize::try_from(cell.0).ok().and_then(|c| meaning.column(c));
            entry.is_some_and(|entry| entry.kind == ColumnKind::Active)
        })
        .map(|cell| i128::from(cell.1.unsigned_abs()))
        .sum();
    if active > 0 {
        return i64::try_from(active).unwrap_or(i64::MAX);
    }
    let place = meaning.codes.place(&row.scope);
    let most = place
        .and_then(|place| rules.largest_asked(row, &place))
        .unwrap_or(0);
    i64::try_from(most).unwrap_or(i64::MAX)
}
