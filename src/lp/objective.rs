//! What is maximised, term by term, in whole numbers.

use std::collections::{BTreeMap, BTreeSet};

use num_integer::Integer;
use num_traits::CheckedMul;

use super::error::BuildError;
use super::program::{Column, ColumnKey, Family, LinearProgram, Origin, Place, Row};
use crate::model::{Deadline, Goal, GoalKind, Model, Strength, ValueBand, ValueWeight, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// A cost of one cent of shortfall is this number over the reference of its rule, rounded: 10^18.
pub const SHORTFALL_SCALE: i64 = 1_000_000_000_000_000_000;

/// A goal as a linear objective: maximise `sum(cost x column) / scale`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// Position in `Model::goals`.
    pub goal: usize,
    /// The word used in files.
    pub kind: &'static str,
    /// Level of a leximin goal, from 1; 0 for the others.
    pub level: u32,
    /// `cent`, `bound` or `level`.
    pub unit: &'static str,
    /// Divides the integer value into the unit.
    pub scale: i64,
    /// How far below its best the value may stay, in the integer unit: room for the goals after it.
    pub tolerance: i64,
    /// With a tolerance, once it is solved: more than this is not asked of a plan.
    pub enough: Option<i64>,
    /// Columns, ascending, with nonzero costs.
    pub cost: Vec<(usize, i64)>,
}

/// The objective of each goal; `None` for a leximin goal, whose levels are added one by one with [`append_level`].
///
/// # Errors
/// [`BuildError::Overflow`] when weights do not fit.
pub fn objectives(
    model: &Model,
    program: &LinearProgram,
) -> Result<Vec<Option<Objective>>, BuildError> {
    model
        .goals
        .iter()
        .enumerate()
        .map(|(position, goal)| {
            let (unit, scale, cost) = match &goal.kind {
                GoalKind::Leximin { .. } => return Ok(None),
                GoalKind::Leps => ("cent", 1, leps(model, program, goal)),
                GoalKind::Targets => (
                    "bound",
                    SHORTFALL_SCALE,
                    shortfalls(model, program, Strength::Target),
                ),
                GoalKind::Wishes => (
                    "bound",
                    SHORTFALL_SCALE,
                    shortfalls(model, program, Strength::Wish),
                ),
                GoalKind::Floor { .. } | GoalKind::Steady | GoalKind::Open => {
                    ("cent", 1, least(program, position))
                }
                GoalKind::AtRisk => ("cent", 1, kept(model, program, goal)),
                GoalKind::Value { weights, bands } => {
                    let (scale, cost) = value(model, program, position, (weights, bands))?;
                    ("cent", scale, cost)
                }
            };
            Ok(Some(Objective {
                goal: position,
                kind: goal.word(),
                level: 0,
                unit,
                scale,
                tolerance: 0,
                enough: None,
                cost,
            }))
        })
        .collect()
}

/// Every euro that covers a limited need of a LEPS action.
fn leps(model: &Model, program: &LinearProgram, goal: &Goal) -> Vec<(usize, i64)> {
    pays(program)
        .filter(|&(_, demand)| {
            let demand = &model.demands[demand];
            demand.euro.is_some()
                && model.action(demand.action).leps
                && goal.actions.binary_search(&demand.action).is_ok()
        })
        .map(|(column, _)| (column, 1))
        .collect()
}

/// Minus each shortfall over its reference.
fn shortfalls(model: &Model, program: &LinearProgram, strength: Strength) -> Vec<(usize, i64)> {
    program
        .columns
        .iter()
        .enumerate()
        .filter_map(|(column, entry)| {
            let ColumnKey::Shortfall { instance, .. } = entry.key else {
                return None;
            };
            let instance = program.instances.get(instance)?;
            let Origin::Rule(rule) = instance.origin else {
                return None;
            };
            (model.rules[rule].strength == strength).then(|| {
                let reference = instance.reference.max(1);
                (
                    column,
                    -((SHORTFALL_SCALE + reference / 2) / reference).max(1),
                )
            })
        })
        .collect()
}

/// Minus what each zone misses, or what changes.
fn least(program: &LinearProgram, goal: usize) -> Vec<(usize, i64)> {
    let columns = program.columns.iter().enumerate();
    let is_own = |key: &ColumnKey| match *key {
        ColumnKey::Missing { goal: of } | ColumnKey::Change { goal: of } => of == goal,
        _ => false,
    };
    columns
        .filter(|(_, column)| is_own(&column.key))
        .map(|(column, _)| (column, -1))
        .collect()
}

/// Every euro weighted by the priority of its action and the multipliers of the goal; with bands, by the last of them, and what lies in
/// an earlier one by how much more it is worth. What has no limit has no coverage and is in the first band.
fn value(
    model: &Model,
    program: &LinearProgram,
    position: usize,
    (weights, bands): (&[ValueWeight], &[ValueBand]),
) -> Result<(i64, Vec<(usize, i64)>), BuildError> {
    let overflow = || BuildError::overflow("weights of the goal `value`");
    let goal = &model.goals[position];
    let one = Exact::from_integer(1);
    let first = bands.first().map_or(one, |band| band.weight);
    let last = bands.last().map_or(one, |band| band.weight);
    let mut exact: Vec<(usize, Exact)> = Vec::new();
    let mut scale: i128 = 1;
    for (column, entry) in program.columns.iter().enumerate() {
        let (place, own) = match entry.key {
            ColumnKey::Pay { demand, .. } => {
                let limited = model.demands[demand].euro.is_some();
                (entry.place, if limited { last } else { first })
            }
            ColumnKey::Band { goal, band } if goal == position => {
                let own = bands.get(band).map_or(last, |band| band.weight);
                (entry.place, own - last)
            }
            _ => continue,
        };
        let (Some(action), Some(zone), Some(year)) = (place.action, place.zone, place.year) else {
            continue;
        };
        if goal.actions.binary_search(&action).is_err() {
            continue;
        }
        let mut weight = model.action(action).priority;
        weight = weight.checked_mul(&own).ok_or_else(overflow)?;
        for entry in weights {
            let counted = entry.actions.binary_search(&action).is_ok()
                && entry.scope.binary_search(&(zone, year)).is_ok();
            if counted {
                weight = weight.checked_mul(&entry.weight).ok_or_else(overflow)?;
            }
        }
        let common = scale.gcd(weight.denom());
        let missing = weight.denom().checked_div(common).ok_or_else(overflow)?;
        scale = scale.checked_mul(missing).ok_or_else(overflow)?;
        exact.push((column, weight));
    }
    let scale = i64::try_from(scale).map_err(|_| overflow())?;
    let mut cost = Vec::new();
    for (column, weight) in exact {
        let whole = weight.checked_mul(&Exact::from_integer(i128::from(scale)));
        let whole = whole.ok_or_else(overflow)?;
        let whole = i64::try_from(whole.to_integer()).map_err(|_| overflow())?;
        if whole != 0 {
            cost.push((column, whole));
        }
    }
    Ok((scale, cost))
}

/// Money not lost: what is paid, and what leaves the last year with a later deadline, less decommitments.
fn kept(model: &Model, program: &LinearProgram, goal: &Goal) -> Vec<(usize, i64)> {
    let last = model.years.last().copied();
    program
        .columns
        .iter()
        .enumerate()
        .filter_map(|(column, entry)| match entry.key {
            ColumnKey::Pay { demand, .. } => {
                let action = model.demands[demand].action;
                goal.actions
                    .binary_search(&action)
                    .is_ok()
                    .then_some((column, 1))
            }
            ColumnKey::Carry { fund, year, .. } => {
                let later = match model.fund(fund).deadline {
                    Deadline::Never => true,
                    deadline => deadline.last_year_for(year).is_some_and(|by| by > year),
                };
                (Some(year) == last && later).then_some((column, 1))
            }
            ColumnKey::Loss { .. } => Some((column, -1)),
            _ => None,
        })
        .collect()
}

fn pays(program: &LinearProgram) -> impl Iterator<Item = (usize, usize)> + '_ {
    program
        .columns
        .iter()
        .enumerate()
        .filter_map(|(column, entry)| match entry.key {
            ColumnKey::Pay { demand, .. } => Some((column, demand)),
            _ => None,
        })
}

/// A unit whose coverage a leximin goal looks at: a zone, or a zone in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelUnit {
    /// The zone.
    pub zone: ZoneIdx,
    /// The year, if each zone-year is a unit of its own.
    pub year: Option<Year>,
    /// Its need, in cents, positive.
    pub need: i64,
    /// Pay columns that cover it.
    pub columns: Vec<usize>,
}

/// The units of a leximin goal, with a need, in order of zone and year.
///
/// # Errors
/// [`BuildError::Overflow`] when needs add up beyond 64 bits.
pub fn level_units(
    model: &Model,
    program: &LinearProgram,
    goal: &Goal,
    per_year: bool,
) -> Result<Vec<LevelUnit>, BuildError> {
    units_paid(model, goal, per_year, pays(program))
}

/// As [`level_units`], with payments that are given: column and demand.
pub(super) fn units_paid(
    model: &Model,
    goal: &Goal,
    per_year: bool,
    pays: impl Iterator<Item = (usize, usize)>,
) -> Result<Vec<LevelUnit>, BuildError> {
    let mut units: BTreeMap<(ZoneIdx, Option<Year>), LevelUnit> = BTreeMap::new();
    for demand in &model.demands {
        let Some(euro) = demand.euro else { continue };
        if goal.actions.binary_search(&demand.action).is_err() {
            continue;
        }
        let year = per_year.then_some(demand.year);
        let unit = units
            .entry((demand.zone, year))
            .or_insert_with(|| LevelUnit {
                zone: demand.zone,
                year,
                need: 0,
                columns: Vec::new(),
            });
        unit.need = unit
            .need
            .checked_add(euro.cents())
            .ok_or_else(|| BuildError::overflow("need of a zone"))?;
    }
    for (column, demand) in pays {
        let demand = &model.demands[demand];
        if demand.euro.is_some() && goal.actions.binary_search(&demand.action).is_ok() {
            let key = (demand.zone, per_year.then_some(demand.year));
            if let Some(unit) = units.get_mut(&key) {
                unit.columns.push(column);
            }
        }
    }
    Ok(units.into_values().filter(|unit| unit.need > 0).collect())
}

/// Adds the column and rows of one level of a leximin goal, for the units (positions) not settled by an earlier level.
///
/// The level is a column of euro, `level x reference` with the largest need as reference, so that its rows
/// `reference x covered - need x level >= 0` have coefficients of like size. It rises to the bound of the goal at most.
///
/// # Errors
/// [`BuildError::Overflow`] is never met for needs that fit in 64 bits.
pub fn append_level(
    model: &Model,
    program: &mut LinearProgram,
    goal: usize,
    level: u32,
    units: &[LevelUnit],
    settled: &BTreeSet<usize>,
) -> Result<Objective, BuildError> {
    let reference = units.iter().map(|unit| unit.need).max().unwrap_or(1);
    let (tolerance, bound) = match model.goals[goal].kind {
        GoalKind::Leximin {
            tolerance, bound, ..
        } => (part(reference, &tolerance)?, part(reference, &bound)?),
        _ => (0, reference),
    };
    let column = program.add_column(Column {
        name: format!("level({},{level})", goal + 1),
        key: ColumnKey::Level { goal, level },
        place: Place::default(),
        lower: 0,
        upper: bound,
    });
    for (position, unit) in units.iter().enumerate() {
        if settled.contains(&position) {
            continue;
        }
        let gcd = reference.gcd(&unit.need);
        let mut cells: Vec<(usize, i64)> = unit
            .columns
            .iter()
            .map(|&covered| (covered, reference / gcd))
            .collect();
        cells.push((column, -(unit.need / gcd)));
        let place = Place {
            zone: Some(unit.zone),
            year: unit.year,
            ..Place::default()
        };
        program.add_row(Row {
            name: format!("level({},{level},{})", goal + 1, place.codes(model)),
            family: Family::Level,
            origin: Origin::Goal(goal),
            place,
            lower: Some(0),
            upper: None,
            play: 0,
            cells,
        });
    }
    Ok(Objective {
        goal,
        kind: "leximin",
        level,
        unit: "level",
        scale: reference,
        tolerance,
        enough: None,
        cost: vec![(column, 1)],
    })
}

/// A share of a reference, rounded down.
fn part(reference: i64, share: &Exact) -> Result<i64, BuildError> {
    let part = Euro::from_cents(reference).share_down(share);
    part.map(Euro::cents)
        .ok_or_else(|| BuildError::overflow("a share of the need of a zone"))
}
