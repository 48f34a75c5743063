//! Rows of needs, largest shares, what stays, matches, flat rates, decommitment.

use std::collections::BTreeMap;

use crate::model::{FlatRate, Match, MatchPer, MatchShares};
use crate::sheet::{ColumnKind, SheetRow};
use crate::verify::codes::{PayColumn, Place};
use crate::verify::report::Said;

use super::Meaning;
use super::form::{Cells, bounds_are, unexplained, wrong};
use crate::verify::law::exact::{self, Q, whole};
use crate::verify::law::matching::committed;
use crate::verify::law::plan::max_share;

fn no_others(meaning: &Meaning<'_>, cells: &Cells) -> Result<(), Said> {
    match cells.others.first() {
        Some(&(column, _, coefficient)) => Err(wrong(meaning, column, coefficient)),
        None => Ok(()),
    }
}

/// The payments in a row, each with its coefficient.
fn pays<'a>(meaning: &Meaning<'a>, cells: &Cells) -> Vec<(&'a PayColumn, i64)> {
    cells
        .pays
        .iter()
        .filter_map(|(&column, &coefficient)| Some((meaning.pay(column)?, coefficient)))
        .collect()
}

/// Checks that none of these payments is missing from a row.
fn complete<'a>(
    meaning: &Meaning<'_>,
    cells: &Cells,
    mut pays: impl Iterator<Item = &'a PayColumn>,
) -> Result<(), Said> {
    match pays.find(|pay| !cells.pays.contains_key(&pay.column)) {
        Some(pay) => Err(wrong(meaning, pay.column, 0)),
        None => Ok(()),
    }
}

/// All funds together never exceed one line of demand.
pub(crate) fn need(meaning: &Meaning<'_>, row: &SheetRow, place: &Place) -> Result<(), Said> {
    let cells = Cells::of(meaning, row);
    no_others(meaning, &cells)?;
    let pays = pays(meaning, &cells);
    let Some((first, _)) = pays.first() else {
        return Err(unexplained());
    };
    for (pay, coefficient) in &pays {
        if *coefficient != 1 || pay.demand != first.demand {
            return Err(wrong(meaning, pay.column, *coefficient));
        }
    }
    let demand = meaning
        .model
        .demands
        .get(first.demand)
        .ok_or_else(unexplained)?;
    let all = meaning.pays_in((demand.zone, demand.year));
    complete(
        meaning,
        &cells,
        all.filter(|pay| pay.demand == first.demand),
    )?;
    let own = Place {
        fund: None,
        action: Some(demand.action),
        zone: Some(demand.zone),
        year: Some(demand.year),
    };
    let (Some(euro), true) = (demand.euro, own == *place) else {
        return Err(unexplained());
    };
    bounds_are(
        row,
        None,
        Some(whole(i128::from(euro.cents()))),
        exact::zero(),
    )
}

/// No fund pays more than its largest share of a cost.
pub(crate) fn largest_share(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    place: &Place,
) -> Result<(), Said> {
    let (Some(fund), Some(action), Some(zone), Some(year)) =
        (place.fund, place.action, place.zone, place.year)
    else {
        return Err(unexplained());
    };
    let cells = Cells::of(meaning, row);
    no_others(meaning, &cells)?;
    let pays = pays(meaning, &cells);
    for (pay, coefficient) in &pays {
        if *coefficient != 1 || pay.cell != (fund, action, zone, year) {
            return Err(wrong(meaning, pay.column, *coefficient));
        }
    }
    let all = meaning.pays_in((zone, year));
    complete(
        meaning,
        &cells,
        all.filter(|pay| pay.cell == (fund, action, zone, year)),
    )?;
    let cost = meaning
        .costs
        .get(&(action, zone, year))
        .ok_or_else(unexplained)?;
    let share = cost
        .lines
        .first()
        .and_then(|&line| meaning.model.demands.get(line))
        .and_then(|demand| max_share(meaning.model, fund, demand))
        .ok_or_else(unexplained)?;
    if cost.is_unlimited() {
        return Err(unexplained());
    }
    let most = (exact::of(&share) * whole(cost.limited())).floor();
    bounds_are(row, None, Some(most), exact::zero())
}

/// Covered units of a persistent action never fall.
pub(crate) fn persistent(meaning: &Meaning<'_>, row: &SheetRow, place: &Place) -> Result<(), Said> {
    let (None, Some(action), Some(zone), Some(year)) =
        (place.fund, place.action, place.zone, place.year)
    else {
        return Err(unexplained());
    };
    let cells = Cells::of(meaning, row);
    no_others(meaning, &cells)?;
    let entry = meaning
        .model
        .actions
        .get(action.index())
        .ok_or_else(unexplained)?;
    let cost = |of: i32| {
        let position = meaning.model.years.iter().position(|&y| y == of);
        position
            .and_then(|position| entry.unit_cost.get(position))
            .map(|euro| i128::from(euro.cents()))
    };
    let before = year.saturating_sub(1);
    let (Some(next_cost), Some(last_cost), true) = (cost(year), cost(before), entry.persistent)
    else {
        return Err(unexplained());
    };
    let mut weights: BTreeMap<usize, Q> = BTreeMap::new();
    for (of, weight) in [
        (before, -whole(next_cost) / whole(last_cost.max(1))),
        (year, whole(1)),
    ] {
        for pay in meaning
            .pays_in((zone, of))
            .filter(|pay| pay.cell.1 == action)
        {
            weights.insert(pay.column, weight.clone());
        }
    }
    cells.multiple_of(&weights, meaning)?;
    bounds_are(row, Some(exact::zero()), None, exact::zero())
}

/// A part of what several funders pay together.
pub(crate) fn matched(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    place: &Place,
    rule: &Match,
) -> Result<(), Said> {
    let (Some(fund), Some(year)) = (place.fund, place.year) else {
        return Err(unexplained());
    };
    let operation = rule.per == MatchPer::Operation;
    if operation != (place.action.is_some() && place.zone.is_some())
        || operation != (place.action.is_some() || place.zone.is_some())
    {
        return Err(unexplained());
    }
    let (shares, among, equal) = match &rule.shares {
        MatchShares::Proportion(shares) => {
            let among: Vec<_> = shares.iter().map(|share| share.0).collect();
            (shares, among, true)
        }
        MatchShares::Minimum { shares, among } => (shares, among.clone(), false),
    };
    let share = shares
        .iter()
        .find(|share| share.0 == fund)
        .ok_or_else(unexplained)?;
    let share = exact::of(&share.1);
    let mut weights: BTreeMap<usize, Q> = BTreeMap::new();
    let zones = rule
        .zones
        .iter()
        .filter(|&&zone| place.zone.is_none_or(|only| only == zone));
    for pay in zones.flat_map(|&zone| meaning.pays_in((zone, year))) {
        let (of, action, ..) = pay.cell;
        let counted = among.contains(&of)
            && rule.actions.contains(&action)
            && place.action.is_none_or(|only| only == action);
        if counted {
            let own = if of == fund { whole(1) } else { exact::zero() };
            weights.insert(pay.column, own - &share);
        }
    }
    ratio(meaning, row, &weights, &share, equal)
}

/// A cost that follows another's.
pub(crate) fn flat_rate(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    place: &Place,
    flat: &FlatRate,
) -> Result<(), Said> {
    let (None, Some(zone), Some(year)) = (place.fund, place.zone, place.year) else {
        return Err(unexplained());
    };
    if place.action != Some(flat.action) {
        return Err(unexplained());
    }
    let rate = exact::of(&flat.rate);
    let mut weights: BTreeMap<usize, Q> = BTreeMap::new();
    for pay in meaning.pays_in((zone, year)) {
        let mut weight = exact::zero();
        if pay.cell.1 == flat.action {
            weight += whole(1);
        }
        if pay.cell.1 == flat.on {
            weight -= &rate;
        }
        weights.insert(pay.column, weight);
    }
    ratio(meaning, row, &weights, &rate, true)
}

/// `part - share x total`, at least zero or within one cent of it.
fn ratio(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    weights: &BTreeMap<usize, Q>,
    share: &Q,
    equal: bool,
) -> Result<(), Said> {
    let cells = Cells::of(meaning, row);
    no_others(meaning, &cells)?;
    let multiple = cells.multiple_of(weights, meaning)?;
    let zero = exact::zero();
    if equal {
        // One cent off is too much: scaled to whole numbers, one less than the scale is the most.
        let scale = if cells.pays.is_empty() {
            Q::from_integer(share.denom().clone())
        } else {
            multiple
        };
        bounds_are(row, Some(zero.clone()), Some(zero), scale - whole(1))
    } else {
        bounds_are(row, Some(zero), None, exact::zero())
    }
}

/// By a deadline, what is paid and lost covers what was committed.
pub(crate) fn claim(meaning: &Meaning<'_>, row: &SheetRow, place: &Place) -> Result<(), Said> {
    let (Some(fund), None, None, Some(year)) = (place.fund, place.action, place.zone, place.year)
    else {
        return Err(unexplained());
    };
    let cells = Cells::of(meaning, row);
    let weights: BTreeMap<usize, Q> = meaning
        .pays
        .iter()
        .filter(|pay| pay.cell.0 == fund && pay.cell.3 <= year)
        .map(|pay| (pay.column, whole(1)))
        .collect();
    let multiple = cells.multiple_of(&weights, meaning)?;
    if multiple != whole(1) {
        return Err(unexplained());
    }
    for &(column, kind, coefficient) in &cells.others {
        let at = meaning.place_of(column);
        let before =
            at.is_some_and(|at| at.fund == Some(fund) && at.year.is_some_and(|y| y <= year));
        if kind != ColumnKind::Loss || !before || coefficient != 1 {
            return Err(wrong(meaning, column, coefficient));
        }
    }
    let own_loss = cells.others.iter().any(|cell| {
        meaning
            .place_of(cell.0)
            .is_some_and(|at| at.year == Some(year))
    });
    let due: Vec<Q> = meaning
        .model
        .claims
        .iter()
        .filter(|claim| claim.fund == fund)
        .map(|claim| whole(committed(claim, year)))
        .collect();
    match row.lower {
        Some(lower) if own_loss && due.contains(&whole(i128::from(lower))) => {
            bounds_are(row, Some(whole(i128::from(lower))), None, exact::zero())
        }
        _ => Err(unexplained()),
    }
}
