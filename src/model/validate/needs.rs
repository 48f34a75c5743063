//! Needs: rows of `needs.csv`, formulas, flat rates. One demand per action, zone and year.

use std::collections::BTreeMap;

use num_traits::{CheckedDiv, CheckedMul, Zero};

use super::directory::Once;
use super::setting::{Setting, text_of};
use super::terrain::Pair;
use crate::input::{Entries, NeedEntry, Problems, Units};
use crate::model::{ActionIdx, Demand, FlatRate, ZoneIdx};
use crate::problem::{NeedProblem, Place, Remark, Shown, Thing};
use crate::units::{Euro, Exact, LARGEST_CENTS, Year};

/// An action, a zone and a year.
pub(super) type Cell = (ActionIdx, ZoneIdx, Year);

/// Where the units of a cell come from.
struct Origin {
    units: Units,
    place: Place,
    is_formula: bool,
    /// A row in place of a formula, and whether there was one.
    replaces: Option<bool>,
}

/// Needs by cell.
type Cells = BTreeMap<Cell, Origin>;

/// The demands of needs, without projects and flat rates. `flat` actions may not have any.
pub(super) fn build(
    entries: &Entries,
    flat: &[FlatRate],
    setting: &Setting,
    problems: &mut Problems,
) -> Vec<Demand> {
    let mut cells = Cells::new();
    rows(entries, setting, &mut cells, problems);
    for need in entries.file.need.as_deref().unwrap_or_default() {
        formula(need, setting, &mut cells, problems);
    }
    for origin in cells
        .values()
        .filter(|origin| origin.replaces == Some(false))
    {
        problems.push(origin.place.clone(), Remark::ReplacesNothing);
    }
    let mut told = Vec::new();
    for ((action, ..), origin) in &cells {
        if flat.iter().any(|rate| rate.action == *action) && !told.contains(action) {
            told.push(*action);
            let action = setting.action_id(*action);
            problems.push(origin.place.clone(), NeedProblem::FlatRateNeed { action });
        }
    }
    let demand = |(cell, origin): (&Cell, &Origin)| demand(*cell, origin, setting, problems);
    cells.iter().filter_map(demand).collect()
}

/// Whether the cost of an action's unit is zero is told once per action and year.
pub(super) fn tell_zero_costs(
    demands: &[Demand],
    entries: &Entries,
    setting: &Setting,
    problems: &mut Problems,
) {
    for entry in &entries.actions {
        let Some(action) = setting.action_names.get(&entry.action.value) else {
            continue;
        };
        for (year, cost) in setting.years.iter().zip(
            setting
                .actions
                .get(action.index())
                .iter()
                .flat_map(|a| &a.unit_cost),
        ) {
            let needed = demands
                .iter()
                .any(|demand| demand.action == action && demand.year == *year);
            let is_given = entry.unit_cost.is_some() || entry.unit_cost_by_year.contains_key(year);
            if cost.cents() == 0 && needed && is_given {
                let (action, year) = (setting.action_id(action), *year);
                problems.push(entry.cost_place.clone(), Remark::ZeroCost { action, year });
            }
        }
    }
}

fn rows(entries: &Entries, setting: &Setting, cells: &mut Cells, problems: &mut Problems) {
    let mut once = Once::new(Thing::Row);
    for row in &entries.needs {
        let action = setting.action_names.one(&row.action, problems);
        let zone = setting.zone_names.one(&row.zone, problems);
        let year = setting.plan_year(&row.year, problems);
        let key = (&row.action.value, &row.zone.value, row.year.value);
        let shown = format!("{}, {}, {}", key.0, key.1, key.2);
        let is_new = once.is_new(key, &shown, &row.action, problems);
        let (Some(action), Some(zone), Some(year), true) = (action, zone, year, is_new) else {
            continue;
        };
        if !setting.exists(zone, year) {
            let zone = Shown::new(&row.zone.value);
            problems.push(
                row.zone.place.clone(),
                NeedProblem::ZoneNotThere { zone, year },
            );
            continue;
        }
        let origin = Origin {
            units: row.units,
            place: row.action.place.clone(),
            is_formula: false,
            replaces: row.replaces.then_some(false),
        };
        cells.insert((action, zone, year), origin);
    }
}

fn formula(need: &NeedEntry, setting: &Setting, cells: &mut Cells, problems: &mut Problems) {
    let actions = setting.action_names.some(&need.action.value.0, problems);
    let years = setting.plan_years(need.years.as_ref(), problems);
    let condition = need.r#where.as_ref().map(text_of);
    let pairs = setting
        .terrain
        .filter(condition.as_ref(), setting.pairs(&years), problems);
    let (Some(actions), Some(pairs)) = (actions, pairs) else {
        return;
    };
    if let (true, Some(condition)) = (pairs.is_empty(), condition) {
        let value = Shown::new(&condition.value);
        problems.push(condition.place, Remark::SelectsNothing { value });
    }
    let Some(units) = units_of_formula(need, pairs, setting, problems) else {
        return;
    };
    for action in actions {
        let taken: Vec<Pair> = units
            .keys()
            .copied()
            .filter(|(zone, year)| {
                let origin = cells.get(&(action, *zone, *year));
                origin.is_some_and(|origin| origin.replaces.is_none())
            })
            .collect();
        if let Some((zone, year)) = taken.first().copied() {
            if let Some(origin) = cells.get(&(action, zone, year)) {
                let at = setting
                    .terrain
                    .tell((zone, year), taken.len().saturating_sub(1));
                let line = origin.place.line.unwrap_or_default();
                let action = setting.action_id(action);
                let twice = if origin.is_formula {
                    NeedProblem::TwoFormulas { action, at, line }
                } else {
                    NeedProblem::TwoSources { action, at, line }
                };
                problems.push(need.action.place.clone(), twice);
            }
            continue;
        }
        for ((zone, year), units) in &units {
            let origin = Origin {
                units: *units,
                place: need.units.place.clone(),
                is_formula: true,
                replaces: None,
            };
            let cell = cells.entry((action, *zone, *year)).or_insert(origin);
            cell.replaces = cell.replaces.map(|_| true);
        }
    }
}

/// The units of each zone and year: a number, or the word `unlimited`.
fn units_of_formula(
    need: &NeedEntry,
    pairs: Vec<Pair>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<BTreeMap<Pair, Units>> {
    let text = text_of(&need.units);
    if text.value == "unlimited" {
        return Some(
            pairs
                .into_iter()
                .map(|pair| (pair, Units::Unlimited))
                .collect(),
        );
    }
    let expression = setting.terrain.parse(&text, problems)?;
    let units = setting
        .terrain
        .quantities(&expression, &text.place, pairs, problems)?;
    Some(
        units
            .into_iter()
            .map(|(pair, units)| (pair, Units::Count(units)))
            .collect(),
    )
}

fn demand(
    (action, zone, year): Cell,
    origin: &Origin,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Demand> {
    let found = setting.actions.get(action.index())?;
    let (units, euro) = match origin.units {
        Units::Unlimited => (Exact::zero(), None),
        Units::Count(units) if units.is_zero() => return None,
        Units::Count(units) => {
            let cost = unit_cost(action, year, setting)?;
            let euro = units
                .checked_mul(&cost.to_exact())
                .and_then(|euro| Euro::round_of(&euro));
            let Some(euro) = euro.filter(|euro| euro.cents() <= LARGEST_CENTS) else {
                let at = setting.terrain.tell((zone, year), 0);
                let action = setting.action_id(action);
                problems.push(origin.place.clone(), NeedProblem::Overflow { action, at });
                return None;
            };
            (units, Some(euro))
        }
    };
    Some(Demand {
        action,
        zone,
        year,
        label: String::new(),
        nature: found.nature,
        units,
        euro,
    })
}

/// The cost of a unit in a year.
pub(super) fn unit_cost(action: ActionIdx, year: Year, setting: &Setting) -> Option<Euro> {
    let position = setting.years.iter().position(|of| *of == year)?;
    setting
        .actions
        .get(action.index())?
        .unit_cost
        .get(position)
        .copied()
}

/// Units that an amount pays for; zero where a unit costs nothing.
pub(super) fn units_of(euro: Euro, action: ActionIdx, year: Year, setting: &Setting) -> Exact {
    let cost = unit_cost(action, year, setting).map(Euro::to_exact);
    cost.and_then(|cost| euro.to_exact().checked_div(&cost))
        .unwrap_or_else(Exact::zero)
}

/// The needs of flat rates: the rate on the need of the other action, rounded up to the cent: rounded down, what is left of a cent would
/// stand between the other action and its last unit.
pub(super) fn flat_rates(flat: &[FlatRate], demands: &[Demand], setting: &Setting) -> Vec<Demand> {
    let mut found = Vec::new();
    for rate in flat {
        let Some(action) = setting.actions.get(rate.action.index()) else {
            continue;
        };
        let mut bases: BTreeMap<Pair, Option<Euro>> = BTreeMap::new();
        for demand in demands.iter().filter(|demand| demand.action == rate.on) {
            let base = bases
                .entry((demand.zone, demand.year))
                .or_insert(Some(Euro::ZERO));
            *base = base
                .zip(demand.euro)
                .and_then(|(sum, euro)| sum.checked_add(euro));
        }
        for ((zone, year), base) in bases {
            let part = |base: Euro| {
                base.to_exact()
                    .checked_mul(&rate.rate)
                    .and_then(|part| Euro::ceil_of(&part))
            };
            let euro = base.and_then(part);
            if euro == Some(Euro::ZERO) {
                continue;
            }
            found.push(Demand {
                action: rate.action,
                zone,
                year,
                label: String::new(),
                nature: action.nature,
                units: euro.map_or_else(Exact::zero, |euro| {
                    units_of(euro, rate.action, year, setting)
                }),
                euro,
            });
        }
    }
    found
}
