//! What comes whole: units of a demand, projects, and payments that are nothing or at least a minimum. Not network rows.

use std::collections::BTreeMap;

use crate::lp::builder::Builder;
use crate::lp::error::BuildError;
use crate::lp::program::{Column, ColumnKey, Family, Origin, Place, Row};
use crate::model::{ActionIdx, ActionKind, Demand, ZoneIdx};
use crate::units::Year;

/// Columns of whole things.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole {
    /// The project column of a demand.
    pub(crate) projects: BTreeMap<usize, usize>,
    /// The column that says whether any of some pay columns pays.
    active: BTreeMap<Vec<usize>, usize>,
}

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let mut by_demand: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(column, _, demand) in &builder.pays {
        by_demand.entry(demand).or_default().push(column);
    }
    add_units(builder, &by_demand)?;
    add_projects(builder, &by_demand);
    add_minima(builder)
}

fn place_of(demand: &Demand) -> Place {
    Place {
        fund: None,
        action: Some(demand.action),
        zone: Some(demand.zone),
        year: Some(demand.year),
    }
}

/// All funds together pay whole units: `sum(paid) = cost x units`.
fn add_units(
    builder: &mut Builder<'_>,
    by_demand: &BTreeMap<usize, Vec<usize>>,
) -> Result<(), BuildError> {
    for (&position, pays) in by_demand {
        let model = builder.model;
        let demand = &model.demands[position];
        let cost = unit_cost(builder, demand.action, demand.year);
        if model.action(demand.action).kind != ActionKind::Units || cost <= 0 {
            continue;
        }
        let place = place_of(demand);
        let codes = place.codes(model);
        let most = if demand.euro.is_some() {
            i64::try_from(demand.units.floor().to_integer())
                .map_err(|_| BuildError::overflow(format!("units({codes})")))?
        } else {
            most_paid(builder, pays) / cost
        };
        let column = builder.program.add_column(Column {
            name: format!("units({codes})"),
            key: ColumnKey::Units { demand: position },
            place,
            lower: 0,
            upper: most,
        });
        let mut cells: Vec<(usize, i64)> = pays.iter().map(|&pay| (pay, 1)).collect();
        cells.push((column, -cost));
        add_row(
            builder,
            format!("units({codes})"),
            Family::Units,
            place,
            (Some(0), Some(0)),
            cells,
        );
    }
    Ok(())
}

/// A project is paid in full, all its items in all its zones and years, or not at all: `paid = cost x project` for each demand.
fn add_projects(builder: &mut Builder<'_>, by_demand: &BTreeMap<usize, Vec<usize>>) {
    let model = builder.model;
    let mut demands_of: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (position, demand) in model.demands.iter().enumerate() {
        if model.action(demand.action).kind != ActionKind::Project || demand.euro.is_none() {
            continue;
        }
        // A need without a project is a project of its own.
        let code = demand.label.split('/').next().unwrap_or_default();
        let own = if code.is_empty() { position } else { 0 };
        demands_of.entry((own, code)).or_default().push(position);
    }
    let mut projects: Vec<(&str, Vec<usize>)> = demands_of
        .into_iter()
        .filter(|(_, demands)| demands.iter().any(|demand| by_demand.contains_key(demand)))
        .map(|((_, code), demands)| (code, demands))
        .collect();
    projects.sort_by_key(|(_, demands)| demands[0]);
    for (code, demands) in projects {
        let first = demands[0];
        let (place, name) = if code.is_empty() {
            let place = place_of(&model.demands[first]);
            (place, format!("project({})", place.codes(model)))
        } else {
            (Place::default(), format!("project({code})"))
        };
        let column = builder.program.add_column(Column {
            name,
            key: ColumnKey::Project { first },
            place,
            lower: 0,
            upper: 1,
        });
        for position in demands {
            builder.whole.projects.insert(position, column);
            let demand = &model.demands[position];
            let place = place_of(demand);
            let mut codes = place.codes(model);
            if !demand.label.is_empty() {
                codes = format!("{codes},{}", demand.label);
            }
            let cost = demand.euro.map_or(0, |euro| euro.cents());
            let pays = by_demand.get(&position).map_or(&[][..], Vec::as_slice);
            let mut cells: Vec<(usize, i64)> = pays.iter().map(|&pay| (pay, 1)).collect();
            cells.push((column, -cost));
            let name = format!("project({codes})");
            add_row(
                builder,
                name,
                Family::Project,
                place,
                (Some(0), Some(0)),
                cells,
            );
        }
    }
}

/// Nothing, or at least the minimum, is paid for an action in a zone and year.
fn add_minima(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let mut cells: BTreeMap<(ActionIdx, ZoneIdx, Year), Vec<(usize, usize)>> = BTreeMap::new();
    for &(column, _, position) in &builder.pays {
        let demand = &builder.model.demands[position];
        if builder.model.action(demand.action).min_active.is_some() {
            cells
                .entry((demand.action, demand.zone, demand.year))
                .or_default()
                .push((column, position));
        }
    }
    for ((action, zone, year), pays) in cells {
        let place = Place {
            fund: None,
            action: Some(action),
            zone: Some(zone),
            year: Some(year),
        };
        active(builder, &place.codes(builder.model), place, &pays)?;
    }
    Ok(())
}

/// The column that is one where any of some pay columns (with their demands) pays: at least the smallest amount that each
/// action of them can be paid with, since each pays nothing or that.
pub(crate) fn active(
    builder: &mut Builder<'_>,
    name: &str,
    place: Place,
    pays: &[(usize, usize)],
) -> Result<usize, BuildError> {
    let mut columns: Vec<usize> = pays.iter().map(|pay| pay.0).collect();
    columns.sort_unstable();
    if let Some(&column) = builder.whole.active.get(&columns) {
        return Ok(column);
    }
    let least = pays
        .iter()
        .map(|&(_, demand)| least_paid(builder, demand))
        .min()
        .unwrap_or(1);
    let mut by_demand: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(column, demand) in pays {
        by_demand.entry(demand).or_default().push(column);
    }
    let most = by_demand.iter().try_fold(0_i64, |sum, (&demand, columns)| {
        let most = most_paid(builder, columns);
        let euro = builder.model.demands[demand].euro;
        sum.checked_add(euro.map_or(most, |euro| most.min(euro.cents())))
    });
    let most = most.ok_or_else(|| BuildError::overflow(format!("active({name})")))?;
    let column = builder.program.add_column(Column {
        name: format!("active({name})"),
        key: ColumnKey::Active,
        place,
        lower: 0,
        upper: 1,
    });
    let cells = |bound: i64| {
        let paid = columns.iter().map(|&column| (column, 1));
        paid.chain([(column, -bound)]).collect::<Vec<_>>()
    };
    let (low, high) = (cells(least), cells(most));
    add_row(
        builder,
        format!("active_least({name})"),
        Family::Active,
        place,
        (Some(0), None),
        low,
    );
    add_row(
        builder,
        format!("active_most({name})"),
        Family::Active,
        place,
        (None, Some(0)),
        high,
    );
    builder.whole.active.insert(columns, column);
    Ok(column)
}

/// The smallest amount that is paid where anything is paid for the action of a demand.
fn least_paid(builder: &Builder<'_>, position: usize) -> i64 {
    let demand = &builder.model.demands[position];
    let action = builder.model.action(demand.action);
    let whole = match action.kind {
        ActionKind::Divisible => 1,
        ActionKind::Units => unit_cost(builder, demand.action, demand.year),
        ActionKind::Project => demand.euro.map_or(1, |euro| euro.cents()),
    };
    action
        .min_active
        .map_or(1, |least| least.cents())
        .max(whole)
        .max(1)
}

fn unit_cost(builder: &Builder<'_>, action: ActionIdx, year: Year) -> i64 {
    let model = builder.model;
    let position = model.years.iter().position(|&y| y == year);
    position
        .and_then(|position| model.action(action).unit_cost.get(position))
        .map_or(0, |euro| euro.cents())
}

fn most_paid(builder: &Builder<'_>, pays: &[usize]) -> i64 {
    pays.iter().fold(0_i64, |sum, &column| {
        sum.saturating_add(builder.program.columns[column].upper)
    })
}

/// Adds a row that says what comes whole: no conflict names it.
pub(crate) fn add_row(
    builder: &mut Builder<'_>,
    name: String,
    family: Family,
    place: Place,
    (lower, upper): (Option<i64>, Option<i64>),
    cells: Vec<(usize, i64)>,
) {
    builder.program.add_row(Row {
        name,
        family,
        origin: Origin::Whole,
        place,
        lower,
        upper,
        play: 0,
        cells,
    });
}
