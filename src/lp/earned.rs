//! Money that units earn: before they are chosen a fund has the most that could be earned, and in the programme what is not earned
//! is spent on nothing; after, it has what was earned.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, CheckedSub, Zero};

use super::builder::{Builder, write};
use super::error::BuildError;
use super::program::{Column, ColumnKey, Family, LinearProgram, Place};
use super::rows::whole::add_row;
use crate::model::{Earning, FundIdx, Model, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// The programme in which whole numbers are chosen: that of [`build`](super::build), and where units earn money, with what they earn.
///
/// # Errors
/// See [`build`](super::build).
pub fn build_to_choose(model: &Model) -> Result<LinearProgram, BuildError> {
    to_choose(model, false)
}

/// As [`build_to_choose`], with a row for every limited need, as [`build_in_full`](super::build_in_full) has them.
///
/// # Errors
/// See [`build`](super::build).
pub fn build_to_choose_in_full(model: &Model) -> Result<LinearProgram, BuildError> {
    to_choose(model, true)
}

fn to_choose(model: &Model, in_full: bool) -> Result<LinearProgram, BuildError> {
    let raised = if model.earnings.is_empty() {
        None
    } else {
        Some(raised(model)?)
    };
    let mut builder = Builder::new(raised.as_ref().unwrap_or(model))?;
    builder.in_full = in_full;
    if raised.is_some() {
        add_columns(&mut builder)?;
    }
    write(builder)
}

/// The model with the most that its units can earn: every plan of the model is one of this.
///
/// # Errors
/// [`BuildError::Overflow`] when figures overflow.
pub fn raised(model: &Model) -> Result<Model, BuildError> {
    let mut most = Vec::new();
    for earning in &model.earnings {
        for (zone, earned, paid) in places(model, earning) {
            let units = most_units(model, earning, zone, earned);
            most.push((
                (earning.fund, zone, paid),
                income(earning, zone, earned, &units)?,
            ));
        }
    }
    model.with_money(most).ok_or_else(overflow)
}

/// The model with what so many units earn, by action (of the earning), zone and year.
///
/// # Errors
/// [`BuildError::Overflow`] when figures overflow.
pub fn settled(
    model: &Model,
    units: impl Fn(&Earning, ZoneIdx, Year) -> i64,
) -> Result<Model, BuildError> {
    let mut money = Vec::new();
    for earning in &model.earnings {
        for (zone, earned, paid) in places(model, earning) {
            let own = Exact::from_integer(i128::from(units(earning, zone, earned)));
            money.push((
                (earning.fund, zone, paid),
                income(earning, zone, earned, &own)?,
            ));
        }
    }
    model.with_money(money).ok_or_else(overflow)
}

fn overflow() -> BuildError {
    BuildError::overflow("money earned by units")
}

fn income(earning: &Earning, zone: ZoneIdx, year: Year, units: &Exact) -> Result<Euro, BuildError> {
    earning.euro((zone, year), units).ok_or_else(overflow)
}

/// Zone, year of the plan in which units earn, year of the plan in which the money comes.
fn places(model: &Model, earning: &Earning) -> Vec<(ZoneIdx, Year, Year)> {
    let mut places = Vec::new();
    for &paid in &model.years {
        let earned = paid - earning.lag;
        for zone in model.zone_indices() {
            let there = model.zone(zone).exists_in(paid) && model.zone(zone).exists_in(earned);
            if there && model.years.contains(&earned) {
                places.push((zone, earned, paid));
            }
        }
    }
    places
}

/// The most units that could be paid for; where there is no limit, as many as earn anything.
fn most_units(model: &Model, earning: &Earning, zone: ZoneIdx, year: Year) -> Exact {
    let of = |demand: &&crate::model::Demand| {
        (demand.action, demand.zone, demand.year) == (earning.action, zone, year)
    };
    let saturated = earning
        .bands
        .last()
        .and_then(|band| band.to.get(&(zone, year)).copied())
        .unwrap_or_else(Exact::zero);
    match model.demands.iter().find(of) {
        None => Exact::zero(),
        Some(demand) if demand.euro.is_none() => saturated.ceil(),
        Some(demand) => demand.units.floor(),
    }
}

/// Columns for what is not earned, and for whether the first threshold is passed.
fn add_columns(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let model = builder.model;
    for (position, earning) in model.earnings.iter().enumerate() {
        for (zone, earned, paid) in places(model, earning) {
            let most = most_units(model, earning, zone, earned);
            let most = income(earning, zone, earned, &most)?.cents();
            let place = Place {
                fund: Some(earning.fund),
                action: None,
                zone: Some(zone),
                year: Some(paid),
            };
            let codes = format!("{},{}", position + 1, place.codes(model));
            let unearned = builder.program.add_column(Column {
                name: format!("unearned({codes})"),
                key: ColumnKey::Unearned,
                place,
                lower: 0,
                upper: most,
            });
            let column = builder.program.add_column(Column {
                name: format!("earns({codes})"),
                key: ColumnKey::Earns,
                place,
                lower: 0,
                upper: 1,
            });
            builder.earned.insert(
                (position, zone, paid),
                Earned {
                    unearned,
                    earns: column,
                    year: earned,
                    most,
                },
            );
        }
    }
    Ok(())
}

/// Columns of an earning in a zone and year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Earned {
    pub(crate) unearned: usize,
    earns: usize,
    year: Year,
    most: i64,
}

/// By position of the earning, zone, and the year of the money.
pub(crate) type EarnedColumns = BTreeMap<(usize, ZoneIdx, Year), Earned>;

/// What is not earned of the money of a purse.
pub(crate) fn unearned(
    builder: &Builder<'_>,
    fund: FundIdx,
    zone: Option<ZoneIdx>,
    year: Year,
) -> Vec<(usize, i64)> {
    let own = |&(&(position, at, paid), _): &(&(usize, ZoneIdx, Year), &Earned)| {
        builder.model.earnings[position].fund == fund && Some(at) == zone && paid == year
    };
    let columns = builder.earned.iter().filter(own);
    columns.map(|(_, earned)| (earned.unearned, 1)).collect()
}

/// Earned is at most what the units allow: nothing below the first threshold, then each band's line (they are concave).
pub(crate) fn add_rows(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let model = builder.model;
    let units: BTreeMap<_, usize> = builder
        .program
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| matches!(column.key, ColumnKey::Units { .. }))
        .map(|(column, entry)| {
            (
                (entry.place.action, entry.place.zone, entry.place.year),
                column,
            )
        })
        .collect();
    for ((position, zone, paid), own) in builder.earned.clone() {
        let earning = &model.earnings[position];
        let pair = (zone, own.year);
        let place = Place {
            fund: Some(earning.fund),
            action: None,
            zone: Some(zone),
            year: Some(paid),
        };
        let codes = format!("{},{}", position + 1, place.codes(model));
        let column = units.get(&(Some(earning.action), Some(zone), Some(own.year)));
        // most - unearned <= most x earns
        let cells = vec![(own.unearned, 1), (own.earns, own.most)];
        add_row(
            builder,
            format!("income({codes})"),
            Family::Income,
            place,
            (Some(own.most), None),
            cells,
        );
        let already = earning
            .already
            .get(&pair)
            .copied()
            .unwrap_or_else(Exact::zero);
        let mut before = Some(Exact::zero());
        for (band_position, band) in earning.bands.iter().enumerate() {
            let (Some(from), Some(to)) = (band.from.get(&pair), band.to.get(&pair)) else {
                continue;
            };
            let rate = band.euro.to_exact();
            let line = already
                .checked_sub(from)
                .and_then(|over| over.checked_mul(&rate));
            let line = line
                .zip(before)
                .and_then(|(line, before)| line.checked_add(&before));
            let constant = line.and_then(|line| Euro::round_of(&line));
            let constant = constant.ok_or_else(overflow)?.cents();
            // most - unearned <= rate x units + constant, where anything is earned at all.
            let slack = constant.checked_neg().ok_or_else(overflow)?.max(0);
            let upper = constant
                .checked_add(slack)
                .and_then(|upper| upper.checked_sub(own.most))
                .ok_or_else(overflow)?;
            let mut cells = vec![(own.unearned, -1), (own.earns, slack)];
            cells.extend(column.map(|&column| (column, -band.euro.cents())));
            let name = format!("income({codes},{})", band_position + 1);
            let bounds = (None, Some(upper));
            add_row(builder, name, Family::Income, place, bounds, cells);
            let width = to
                .checked_sub(from)
                .and_then(|width| width.checked_mul(&rate));
            before = before
                .zip(width)
                .and_then(|(sum, part)| sum.checked_add(&part));
        }
    }
    Ok(())
}
