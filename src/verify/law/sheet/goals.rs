//! Goals: each maximises what the model wants, column by column.

use std::collections::BTreeMap;

use num_traits::{ToPrimitive, Zero};

use crate::model::{Deadline, FundIdx, Goal, GoalKind, Strength, ValueBand, ValueWeight};
use crate::sheet::{ColumnKind, SheetGoal, SheetRow};
use crate::units::Exact;
use crate::verify::programme::goal_place;
use crate::verify::report::{Said, Tally, said};

use super::Meaning;
use super::counted::{band_of, goal_code, has_all_bands};
use super::rules::Rules;
use crate::verify::law::exact::{self, Q, whole};
use crate::verify::law::goals::{aligned, units};
use crate::verify::law::worth::{first_weight, weight};

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
    position: usize,
) -> Result<(), Said> {
    let Some(goal) = meaning.model.goals.get(position) else {
        return Ok(());
    };
    let (unit, scale) = match &goal.kind {
        GoalKind::Leps
        | GoalKind::AtRisk
        | GoalKind::Floor { .. }
        | GoalKind::Steady
        | GoalKind::Open => ("cent", Some(1)),
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
    let part = |share: &Exact| {
        let part = exact::of(share) * whole(i128::from(sheet_goal.scale));
        part.floor().to_integer().to_i64()
    };
    let (tolerance, bound) = match &goal.kind {
        GoalKind::Leximin {
            tolerance, bound, ..
        } => (part(tolerance), part(bound)),
        _ => (Some(0), None),
    };
    if tolerance != Some(sheet_goal.tolerance) {
        let own = sheet_goal.tolerance;
        return Err(said!(
            "la tolleranza {own} non è quella del modello",
            "tolerance {own} is not the model's"
        ));
    }
    if let GoalKind::Value { bands, .. } = &goal.kind
        && !has_all_bands(meaning, (position, goal), bands)
    {
        return Err(said!(
            "manca una fascia di copertura",
            "a band of coverage is missing"
        ));
    }
    let asked = match &goal.kind {
        GoalKind::Leximin { .. } => return check_level(meaning, sheet_goal, bound),
        GoalKind::Floor { .. } => counted(meaning, position, ColumnKind::Missing),
        GoalKind::Steady | GoalKind::Open => counted(meaning, position, ColumnKind::Change),
        GoalKind::Targets => shortfalls(meaning, rules, Strength::Target),
        GoalKind::Wishes => shortfalls(meaning, rules, Strength::Wish),
        _ => costs(meaning, sheet_goal, (position, goal)),
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
fn costs(
    meaning: &Meaning<'_>,
    sheet_goal: &SheetGoal,
    (position, goal): (usize, &Goal),
) -> BTreeMap<usize, Q> {
    let mut costs = BTreeMap::new();
    for pay in meaning.pays {
        let action = pay.cell.1;
        if !goal.actions.contains(&action) {
            continue;
        }
        let cost = match &goal.kind {
            GoalKind::Value { weights, bands } => {
                let demand = meaning.model.demands.get(pay.demand);
                let limited = demand.is_some_and(|demand| demand.euro.is_some());
                let own = match bands.last() {
                    Some(last) if limited => exact::of(&last.weight),
                    _ => first_weight(bands),
                };
                let scale = whole(i128::from(sheet_goal.scale));
                weight(meaning.model, weights, pay.cell) * own * scale
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
    if let GoalKind::Value { weights, bands } = &goal.kind {
        costs.extend(banded(meaning, sheet_goal, position, (weights, bands)));
    }
    costs
}

/// What lies in a band counts by how much more it is worth than in the last.
fn banded(
    meaning: &Meaning<'_>,
    sheet_goal: &SheetGoal,
    position: usize,
    (weights, bands): (&[ValueWeight], &[ValueBand]),
) -> BTreeMap<usize, Q> {
    let code = goal_code(position);
    let rows = meaning.sheet.rows.iter().filter(|row| row.rule == code);
    let mut costs = BTreeMap::new();
    for &(column, _) in rows.flat_map(|row| &row.cells) {
        let Ok(column) = usize::try_from(column) else {
            continue;
        };
        let (Some(band), Some(last)) = (band_of(meaning, column, bands), bands.last()) else {
            continue;
        };
        let place = meaning.place_of(column);
        let place = place.and_then(|place| Some((place.action?, place.zone?, place.year?)));
        let Some((action, zone, year)) = place else {
            continue;
        };
        // Which fund pays makes no difference.
        let cell = (FundIdx::new(0), action, zone, year);
        let more = exact::of(&band.weight) - exact::of(&last.weight);
        let cost = weight(meaning.model, weights, cell) * more;
        let cost = cost * whole(i128::from(sheet_goal.scale));
        if !cost.is_zero() {
            costs.insert(column, cost);
        }
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

/// Minus one for each column of a kind that the rows of a goal have.
fn counted(meaning: &Meaning<'_>, goal: usize, kind: ColumnKind) -> BTreeMap<usize, Q> {
    let code = goal_code(goal);
    let rows = meaning.sheet.rows.iter().filter(|row| row.rule == code);
    let cells = rows.flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| usize::try_from(cell.0).ok())
        .filter(|&column| {
            meaning
                .column(column)
                .is_some_and(|entry| entry.kind == kind)
        })
        .map(|column| (column, whole(-1)))
        .collect()
}

/// A level is one column of its own, from zero to the bound of its goal.
fn check_level(meaning: &Meaning<'_>, goal: &SheetGoal, bound: Option<i64>) -> Result<(), Said> {
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
            if entry.kind == ColumnKind::Level
                && entry.lower == 0
                && Some(entry.upper) == bound =>
        {
            Ok(())
        }
        _ => Err(said!(
            "la colonna del livello non va da zero al limite dell'obiettivo",
            "the column of the level does not run from zero to the bound of the goal"
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
