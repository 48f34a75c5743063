//! What goals count beside payments: what a zone misses to the coverage of a floor, what lies in bands of coverage.

use std::collections::BTreeMap;

use super::change;
use crate::lp::builder::{Builder, fraction};
use crate::lp::error::BuildError;
use crate::lp::objective::units_paid;
use crate::lp::program::{Column, ColumnKey, Family, Origin, Place, Row};
use crate::model::{ActionIdx, GoalKind, ValueBand, ZoneIdx};
use crate::units::{Euro, Exact, Year};

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    for goal in 0..builder.model.goals.len() {
        match &builder.model.goals[goal].kind {
            GoalKind::Floor { coverage, per_year } => {
                add_floor(builder, goal, coverage, *per_year)?;
            }
            GoalKind::Value { bands, .. } => add_bands(builder, goal, bands)?,
            GoalKind::Steady => change::add_steady(builder, goal)?,
            GoalKind::Open => change::add_open(builder, goal)?,
            _ => {}
        }
    }
    Ok(())
}

/// `sum(bands) <= covered` of each action, zone and year with a limited need: each band but the last as wide as its part of the need, to
/// the cent. A euro in an earlier band is worth more, so they fill in their order.
fn add_bands(
    builder: &mut Builder<'_>,
    goal: usize,
    bands: &[ValueBand],
) -> Result<(), BuildError> {
    let model = builder.model;
    let Some((_, earlier)) = bands.split_last() else {
        return Ok(());
    };
    let mut covered: BTreeMap<(ActionIdx, ZoneIdx, Year), (Euro, Vec<usize>)> = BTreeMap::new();
    let counts = |action| model.goals[goal].actions.binary_search(&action).is_ok();
    for demand in model.demands.iter().filter(|demand| counts(demand.action)) {
        let Some(euro) = demand.euro else { continue };
        let need = &mut covered
            .entry((demand.action, demand.zone, demand.year))
            .or_default()
            .0;
        *need = need
            .checked_add(euro)
            .ok_or_else(|| BuildError::overflow("need of an action"))?;
    }
    for &(column, _, demand) in &builder.pays {
        let demand = &model.demands[demand];
        let key = (demand.action, demand.zone, demand.year);
        if let (true, Some(entry)) = (demand.euro.is_some(), covered.get_mut(&key)) {
            entry.1.push(column);
        }
    }
    for ((action, zone, year), (need, pays)) in covered {
        if pays.is_empty() {
            continue;
        }
        let place = Place {
            fund: None,
            action: Some(action),
            zone: Some(zone),
            year: Some(year),
        };
        let codes = place.codes(model);
        let mut cells: Vec<(usize, i64)> = pays.into_iter().map(|paid| (paid, 1)).collect();
        let mut start = Euro::ZERO;
        for (position, band) in earlier.iter().enumerate() {
            let end = need
                .share_down(&band.up_to)
                .ok_or_else(|| BuildError::overflow("a band of value"))?;
            let width = end.cents() - start.cents();
            start = end;
            if width <= 0 {
                continue;
            }
            let column = builder.program.add_column(Column {
                name: format!("band({},{codes},{})", goal + 1, position + 1),
                key: ColumnKey::Band {
                    goal,
                    band: position,
                },
                place,
                lower: 0,
                upper: width,
            });
            cells.push((column, -1));
        }
        builder.program.add_row(Row {
            name: format!("bands({},{codes})", goal + 1),
            family: Family::Goal,
            origin: Origin::Goal(goal),
            place,
            lower: Some(0),
            upper: None,
            play: 0,
            cells,
        });
    }
    Ok(())
}

/// `covered + missing >= coverage x need` of each zone, in whole cents, rounded up.
fn add_floor(
    builder: &mut Builder<'_>,
    goal: usize,
    coverage: &Exact,
    per_year: bool,
) -> Result<(), BuildError> {
    let model = builder.model;
    let pays = builder
        .pays
        .iter()
        .map(|&(column, _, demand)| (column, demand));
    let units = units_paid(model, &model.goals[goal], per_year, pays)?;
    let (part, whole) = fraction(coverage, "coverage of a floor")?;
    for unit in units {
        let wanted = i128::from(unit.need) * i128::from(part);
        let wanted = -(-wanted).div_euclid(i128::from(whole));
        let wanted =
            i64::try_from(wanted).map_err(|_| BuildError::overflow("coverage of a floor"))?;
        if wanted <= 0 {
            continue;
        }
        let place = Place {
            zone: Some(unit.zone),
            year: unit.year,
            ..Place::default()
        };
        let name = format!("({},{})", goal + 1, place.codes(model));
        let column = builder.program.add_column(Column {
            name: format!("missing{name}"),
            key: ColumnKey::Missing { goal },
            place,
            lower: 0,
            upper: wanted,
        });
        let mut cells: Vec<(usize, i64)> = unit.columns.iter().map(|&paid| (paid, 1)).collect();
        cells.push((column, 1));
        builder.program.add_row(Row {
            name: format!("floor{name}"),
            family: Family::Goal,
            origin: Origin::Goal(goal),
            place,
            lower: Some(wanted),
            upper: None,
            play: 0,
            cells,
        });
    }
    Ok(())
}
