//! Rows of funds and carried money.

use crate::model::{Base, Bound, FundIdx, Relation};
use crate::sheet::{ColumnKind, SheetRow};
use crate::verify::codes::Place;
use crate::verify::report::Said;

use super::Meaning;
use super::form::{Cells, bounds_are, unexplained, wrong};
use crate::verify::law::exact::{self, whole};
use crate::verify::law::instance::{Instance, share_at};
use crate::verify::law::purse::{amounts, last_year};
use crate::verify::law::rules::is_of;

/// Spending and what is carried on never exceed the year's amount and what was carried in.
///
/// # Errors
/// What the model does not ask.
pub(crate) fn fund(meaning: &Meaning<'_>, row: &SheetRow, place: &Place) -> Result<(), Said> {
    let (Some(fund), None, Some(year)) = (place.fund, place.action, place.year) else {
        return Err(unexplained());
    };
    let cells = Cells::of(meaning, row);
    for (&column, &coefficient) in &cells.pays {
        let drawn = meaning.pay(column).is_some_and(|pay| {
            let (of, _, zone, at) = pay.cell;
            of == fund && at == year && place.zone.is_none_or(|only| only == zone)
        });
        if !drawn || coefficient != 1 {
            return Err(wrong(meaning, column, coefficient));
        }
    }
    // A fund with a pool and money of zones draws on either; any other on this row for all it pays here.
    let missing = meaning.pays.iter().find(|pay| {
        let (of, _, zone, at) = pay.cell;
        let own = of == fund && at == year && place.zone.is_none_or(|only| only == zone);
        own && !cells.pays.contains_key(&pay.column)
    });
    if let Some(pay) = missing.filter(|_| !meaning.is_mixed(fund)) {
        return Err(wrong(meaning, pay.column, 0));
    }
    check_carries(meaning, &cells, fund, place, year)?;
    bounds_are(
        row,
        None,
        Some(whole(spendable(meaning, fund, place, year))),
        exact::zero(),
    )
}

/// The amount of a fund (or of a zone's part of it) in a year, in cents.
fn amount(meaning: &Meaning<'_>, fund: FundIdx, place: &Place, year: i32) -> i128 {
    amounts(meaning.model, fund)
        .into_iter()
        .filter(|&(of, zone, _)| of == year && zone == place.zone)
        .map(|(_, _, cents)| i128::from(cents))
        .sum()
}

/// What of it may be spent at all: nothing once the fund's deadline is past.
fn spendable(meaning: &Meaning<'_>, fund: FundIdx, place: &Place, year: i32) -> i128 {
    let entry = meaning.model.funds.get(fund.index());
    if entry.is_some_and(|entry| last_year(entry, year) < year) {
        return 0;
    }
    amount(meaning, fund, place, year)
}

/// What leaves counts, what came in counts against it, each where there is such a column.
fn check_carries(
    meaning: &Meaning<'_>,
    cells: &Cells,
    fund: FundIdx,
    place: &Place,
    year: i32,
) -> Result<(), Said> {
    let out = meaning.carries.get(&(fund, place.zone, year)).copied();
    let carried_in = meaning
        .carries
        .get(&(fund, place.zone, year.saturating_sub(1)))
        .copied();
    for &(column, kind, coefficient) in &cells.others {
        let explained = kind == ColumnKind::Carry
            && ((Some(column) == out && coefficient == 1)
                || (Some(column) == carried_in && coefficient == -1));
        if !explained {
            return Err(wrong(meaning, column, coefficient));
        }
    }
    for (column, coefficient) in [(out, 1), (carried_in, -1)] {
        if let Some(column) = column
            && !cells
                .others
                .contains(&(column, ColumnKind::Carry, coefficient))
        {
            return Err(wrong(meaning, column, 0));
        }
    }
    Ok(())
}

/// Of a year's own amount only the carry-over share may move on; of a floor, only its share of the money that moves on.
///
/// # Errors
/// What the model does not ask.
pub(crate) fn carry(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    place: &Place,
    instance: Option<&Instance<'_>>,
) -> Result<(), Said> {
    let cells = Cells::of(meaning, row);
    if let Some(instance) = instance {
        return carried_floor(meaning, row, &cells, instance);
    }
    let (Some(index), None, Some(year)) = (place.fund, place.action, place.year) else {
        return Err(unexplained());
    };
    if let Some((&column, &coefficient)) = cells.pays.iter().next() {
        return Err(wrong(meaning, column, coefficient));
    }
    check_carries(meaning, &cells, index, place, year)?;
    let Some(fund) = meaning.model.funds.get(index.index()) else {
        return Err(unexplained());
    };
    let most = (exact::of(&fund.carry_over) * whole(amount(meaning, index, place, year))).floor();
    bounds_are(row, None, Some(most), exact::zero())
}

/// `sum(share x carried) - deferred >= 0`.
fn carried_floor(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    cells: &Cells,
    instance: &Instance<'_>,
) -> Result<(), Said> {
    let Bound::ShareOf {
        base: Base::Assigned,
        share,
        selection,
    } = &instance.rule.bound
    else {
        return Err(unexplained());
    };
    let last = instance.years().last().copied();
    let (Relation::AtLeast, Some(year), true) =
        (instance.rule.relation, last, cells.pays.is_empty())
    else {
        return Err(unexplained());
    };
    let deferred: Vec<(usize, i64)> = cells
        .others
        .iter()
        .filter(|cell| cell.1 == ColumnKind::CarriedFloor)
        .map(|cell| (cell.0, cell.2))
        .collect();
    let [(column, weight)] = deferred.as_slice() else {
        return Err(unexplained());
    };
    if *weight >= 0 || meaning.place_of(*column) != Some(instance.place) {
        return Err(wrong(meaning, *column, *weight));
    }
    let scale = whole(i128::from(*weight).saturating_neg());
    for (&(fund, zone, of), &carried) in &meaning.carries {
        let counts = of == year && is_of(instance, share, &selection.funds, fund, zone, year);
        let asked = if counts {
            &scale * share_at(share, zone, year)
        } else {
            exact::zero()
        };
        let found = cells
            .others
            .iter()
            .find(|cell| cell.0 == carried)
            .map_or(0, |cell| cell.2);
        if whole(i128::from(found)) != asked {
            return Err(wrong(meaning, carried, found));
        }
    }
    let stray = cells
        .others
        .iter()
        .find(|cell| !matches!(cell.1, ColumnKind::CarriedFloor | ColumnKind::Carry));
    match stray {
        Some(&(column, _, coefficient)) => Err(wrong(meaning, column, coefficient)),
        None => bounds_are(row, Some(exact::zero()), None, exact::zero()),
    }
}
