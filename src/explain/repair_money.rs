//! The least money that mends a conflict, every rule as it is.
//!
//! With the money of a fund rise the floors and caps that are shares of it, and what it may carry on. So one programme has the money
//! of each purse as a column, in every bound that moves with it: topping up what is missing would never be done where a floor takes
//! a part of each top-up.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::ToPrimitive;

use super::Cell;
use super::before_cents::{exact, exact_bounds};
use super::change::{Purse, with_amount};
use super::repair::{MORE_STEPS, Repair, RepairKind, RepairStep};
use crate::lp::{BuildError, ColumnKey, Family, LinearProgram, Origin, Place, build_in_full};
use crate::model::{FundIdx, Model, Quantity};
use crate::proposal::{conflict_line, plan_with};
use crate::solve::{MovePrice, Nudge, Nudged, SearchLimit, cheapest_moves};
use crate::units::{Euro, Exact};

/// Money that is added to see which bounds rise with it, in cents: what is rounded in them is then a billionth.
const FAR: i64 = 10_000_000_000;

/// Purses of which each is tried with a cent less.
const FEW: usize = 4;

/// `None` where money does not help, or the search ended at its limit; `program` is that of the model, built in full.
pub(super) fn by_money(
    model: &Model,
    program: &LinearProgram,
    limit: &SearchLimit,
) -> Result<Option<Repair>, BuildError> {
    let price = MovePrice {
        weight: 1,
        per: 1,
        step: 1,
    };
    let purses: BTreeMap<usize, Place> = (program.rows.iter().enumerate())
        .filter(|(_, row)| row.family == Family::Fund)
        .map(|(row, entry)| (row, entry.place))
        .collect();
    let prices = purses.keys().map(|&row| (row, price)).collect();
    let rises = rises(model, program, &purses)?;
    let Ok(moved) = cheapest_moves(model, program, &prices, &rises, limit) else {
        return Ok(None);
    };
    let mut added: BTreeMap<Place, i64> = moved
        .iter()
        .filter_map(|moved| Some((*purses.get(&moved.row)?, moved.by)))
        .collect();
    if added.is_empty() {
        return Ok(None);
    }
    for _ in 0..=MORE_STEPS {
        if is_enough(model, &added, limit)? {
            lower(model, &mut added, limit)?;
            return Ok(Some(Repair {
                kind: RepairKind::Money,
                steps: steps(model, &added),
                checked: true,
            }));
        }
        // Floors that round up may need a cent more.
        for cents in added.values_mut() {
            *cents = cents.saturating_add(1);
        }
    }
    // Money that is not enough is no repair.
    Ok(None)
}

/// Whether there is a plan in whole cents with so much more money.
fn is_enough(
    model: &Model,
    added: &BTreeMap<Place, i64>,
    limit: &SearchLimit,
) -> Result<bool, BuildError> {
    let with_more = added
        .iter()
        .try_fold(model.clone(), |model, (place, cents)| {
            give(&model, place, *cents)
        });
    let Some(with_more) = with_more else {
        return Ok(false);
    };
    let program = build_in_full(&with_more)?;
    let all = program.rows.iter().map(|row| row.origin).collect();
    Ok(plan_with(&with_more, &program, &all, limit).is_some())
}

/// Takes back the cent that the solver's last digits asked for, where a few purses have more.
fn lower(
    model: &Model,
    added: &mut BTreeMap<Place, i64>,
    limit: &SearchLimit,
) -> Result<(), BuildError> {
    if added.len() > FEW {
        return Ok(());
    }
    for place in added.keys().copied().collect::<Vec<Place>>() {
        let mut less = added.clone();
        if let Some(cents) = less.get_mut(&place) {
            *cents = cents.saturating_sub(1);
        }
        if is_enough(model, &less, limit)? {
            *added = less;
        }
    }
    Ok(())
}

/// By row of a purse: which bounds rise with a cent of it, and by how much.
fn rises(
    model: &Model,
    program: &LinearProgram,
    purses: &BTreeMap<usize, Place>,
) -> Result<BTreeMap<usize, Vec<Nudge>>, BuildError> {
    let mut rises = BTreeMap::new();
    let funds: BTreeSet<FundIdx> = purses.values().filter_map(|place| place.fund).collect();
    for fund in funds {
        let own = || purses.iter().filter(|(_, place)| place.fund == Some(fund));
        // All its purses at once first: most funds have nothing that rises with them.
        if risen(model, program, own())?.is_empty() {
            continue;
        }
        for purse in own() {
            rises.insert(*purse.0, risen(model, program, [purse].into_iter())?);
        }
    }
    Ok(rises)
}

/// The bounds that are higher, per cent, where some purses have more; but those of the purses themselves.
fn risen<'p>(
    model: &Model,
    program: &LinearProgram,
    mut purses: impl Iterator<Item = (&'p usize, &'p Place)> + Clone,
) -> Result<Vec<Nudge>, BuildError> {
    let own: BTreeSet<usize> = purses.clone().map(|(row, _)| *row).collect();
    let more = purses.try_fold(model.clone(), |model, (_, place)| give(&model, place, FAR));
    let Some(more) = more else {
        return Ok(Vec::new());
    };
    let more = build_in_full(&more)?;
    // With other rows or columns nothing can be said of which is which.
    if more.rows.len() != program.rows.len() || more.columns.len() != program.columns.len() {
        return Ok(Vec::new());
    }
    let (before, after) = (exact_bounds(program), exact_bounds(&more));
    let by = |from: Exact, to: Exact| ((to - from) / Exact::from_integer(FAR.into())).to_f64();
    let mut risen = Vec::new();
    for (row, (from, to)) in program.rows.iter().zip(&more.rows).enumerate() {
        let sides = [
            (Nudged::Lower(row), from.lower, to.lower),
            (Nudged::Upper(row), from.upper, to.upper),
        ];
        for (at, from, to) in sides {
            if let (Some(from), Some(to)) = (from, to)
                && from != to
                && !own.contains(&row)
            {
                let (from, to) = (exact(&before, row, from), exact(&after, row, to));
                risen.extend(by(from, to).map(|by| Nudge { at, by }));
            }
        }
    }
    for (column, (from, to)) in program.columns.iter().zip(&more.columns).enumerate() {
        if from.upper != to.upper && matches!(from.key, ColumnKey::Carry { .. }) {
            let whole = |cents: i64| Exact::from_integer(cents.into());
            let by = by(whole(from.upper), whole(to.upper));
            risen.extend(by.map(|by| Nudge {
                at: Nudged::Column(column),
                by,
            }));
        }
    }
    Ok(risen)
}

fn steps(model: &Model, added: &BTreeMap<Place, i64>) -> Vec<RepairStep> {
    added
        .iter()
        .filter_map(|(place, &cents)| {
            let fund = place.fund?;
            let line = conflict_line(model, Origin::Fund(fund));
            let money = model.money.get(&(fund, place.year?))?;
            let own = place
                .zone
                .map_or(Some(money.total), |zone| money.of_zone(zone))?;
            Some(RepairStep {
                id: line.id,
                title: line.title,
                law: line.law,
                strength: None,
                place: Cell {
                    fund: Some(fund),
                    action: None,
                    zone: place.zone,
                    year: place.year,
                },
                unit: Quantity::Euro.word(),
                rises: true,
                by: Euro::from_cents(cents).to_exact(),
                from: Some(own.to_exact()),
            })
        })
        .collect()
}

/// The model with more money in a purse.
fn give(model: &Model, place: &Place, cents: i64) -> Option<Model> {
    let purse = Purse {
        fund: place.fund?,
        year: place.year?,
        zone: place.zone,
    };
    let amount = purse.amount(model)?.checked_add(Euro::from_cents(cents))?;
    with_amount(model, purse, amount)
}
