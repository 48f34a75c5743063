//! Rows of funds and carried money.

use std::collections::BTreeMap;

use crate::model::{Base, Bound, FundIdx, Relation};
use crate::sheet::{ColumnKind, SheetRow};
use crate::verify::codes::{PayColumn, Place};
use crate::verify::report::Said;

use super::Meaning;
use super::form::{Cells, bounds_are, unexplained, wrong};
use crate::verify::law::exact::{self, whole};
use crate::verify::law::instance::Instance;
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
    let mut cells = Cells::of(meaning, row);
    let own = place
        .zone
        .and_then(|zone| meaning.draws.get(&(fund, zone, year)));
    // On a zone's money draw the payments for the zone, or one column for all of them where a pool may pay too; on a pool
    // the payments that no zone's own money is kept for, less what that money pays.
    let draws = |pay: &PayColumn| {
        let (of, _, zone, at) = pay.cell;
        let shared = meaning.draws.contains_key(&(of, zone, at));
        let here = match place.zone {
            Some(only) => only == zone && !shared,
            None => shared || meaning.hand(of, Some(zone), at) == 0,
        };
        of == fund && at == year && here
    };
    for (&column, &coefficient) in &cells.pays {
        if coefficient != 1 || !meaning.pay(column).is_some_and(&draws) {
            return Err(wrong(meaning, column, coefficient));
        }
    }
    let missing = meaning
        .pays
        .iter()
        .find(|pay| draws(pay) && !cells.pays.contains_key(&pay.column));
    if let Some(pay) = missing {
        return Err(wrong(meaning, pay.column, 0));
    }
    let asked: BTreeMap<usize, i64> = match place.zone {
        Some(_) => own.map(|&column| (column, 1)).into_iter().collect(),
        None => {
            let all = meaning.draws.iter();
            let here = all.filter(|((of, _, at), _)| *of == fund && *at == year);
            here.map(|(_, &column)| (column, -1)).collect()
        }
    };
    check_draws(meaning, &mut cells, &asked)?;
    check_carries(meaning, &cells, fund, place, year)?;
    bounds_are(
        row,
        None,
        Some(whole(spendable(meaning, fund, place, year))),
        exact::zero(),
    )
}

/// Takes the draw columns out of the cells; they are exactly those asked for.
fn check_draws(
    meaning: &Meaning<'_>,
    cells: &mut Cells,
    asked: &BTreeMap<usize, i64>,
) -> Result<(), Said> {
    let found: BTreeMap<usize, i64> = cells
        .others
        .iter()
        .filter(|cell| cell.1 == ColumnKind::Draw)
        .map(|cell| (cell.0, cell.2))
        .collect();
    cells.others.retain(|cell| cell.1 != ColumnKind::Draw);
    let differs = asked
        .keys()
        .chain(found.keys())
        .find(|column| asked.get(column) != found.get(column));
    match differs {
        Some(column) => Err(wrong(
            meaning,
            *column,
            found.get(column).copied().unwrap_or(0),
        )),
        None => Ok(()),
    }
}

/// A zone's own money pays for that zone only: `draw - sum(payments) <= 0`.
///
/// # Errors
/// What the model does not ask.
pub(crate) fn draw(meaning: &Meaning<'_>, row: &SheetRow, place: &Place) -> Result<(), Said> {
    let (Some(fund), None, Some(zone), Some(year)) =
        (place.fund, place.action, place.zone, place.year)
    else {
        return Err(unexplained());
    };
    let mut cells = Cells::of(meaning, row);
    let column = meaning
        .draws
        .get(&(fund, zone, year))
        .ok_or_else(unexplained)?;
    check_draws(meaning, &mut cells, &BTreeMap::from([(*column, 1)]))?;
    let pays = meaning.pays_in((zone, year));
    let asked: BTreeMap<usize, i64> = pays
        .filter(|pay| pay.cell.0 == fund)
        .map(|pay| (pay.column, -1))
        .collect();
    let differs = asked
        .keys()
        .chain(cells.pays.keys())
        .find(|column| asked.get(column) != cells.pays.get(column));
    if let Some(&column) = differs {
        let coefficient = cells.pays.get(&column).copied().unwrap_or(0);
        return Err(wrong(meaning, column, coefficient));
    }
    if !cells.others.is_empty() {
        return Err(unexplained());
    }
    bounds_are(row, None, Some(exact::zero()), exact::zero())
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
        scope,
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
        let counts = of == year && is_of(meaning.model, instance, fund, zone, year);
        let asked = if counts {
            &scale * instance.share_of(share, scope, zone, year)
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
