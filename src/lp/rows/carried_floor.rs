//! Carried money keeps the share of an unmet floor: the part of a floor on the assigned amount that is not met in a year may
//! move on, but never more of it than the floor's share of the money that moves on, and it is due in the next year.
//!
//! Only where the money that carries is the money the floor speaks of: a pool and a floor over all zones, or money of zones.

use std::collections::BTreeMap;

use num_traits::CheckedMul;

use super::bound::{base_pairs, is_whole, pairs_of, share_at};
use super::rule::largest;
use crate::lp::builder::{Builder, fraction};
use crate::lp::error::BuildError;
use crate::lp::program::{Column, ColumnKey, Family, Origin, Place, Row};
use crate::model::{Base, Bound, Relation, Rule};
use crate::units::{Exact, Year};

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let mut by_place: BTreeMap<(Origin, Place), (usize, usize)> = BTreeMap::new();
    for (position, instance) in builder.program.instances.iter().enumerate() {
        let is_floor =
            instance.base == Some(Base::Assigned) && instance.relation == Relation::AtLeast;
        if let (true, Some(row)) = (is_floor, instance.row) {
            by_place.insert((instance.origin, instance.place), (position, row));
        }
    }
    for (&(origin, place), &(instance, row)) in &by_place {
        let Origin::Rule(position) = origin else {
            continue;
        };
        let rule = &builder.model.rules[position];
        // A zone that ends inside the plan has a last year of its own.
        let last = || pairs_of(rule, &place).iter().map(|pair| pair.1).max();
        let Some(year) = place.year.or_else(last) else {
            continue;
        };
        let next = place.year.and_then(|year| {
            let place = Place {
                year: Some(year + 1),
                ..place
            };
            by_place.get(&(origin, place)).map(|found| found.1)
        });
        if next.is_none() && builder.model.years.last() != Some(&year) {
            continue; // the floor would vanish with the year
        }
        let carried = carried(builder, rule, &place, year);
        if !carried.is_empty() {
            defer(builder, origin, place, instance, &carried, row, next)?;
        }
    }
    Ok(())
}

/// Carry columns of the floor's money out of a year, with the floor's share for each. A bound that names its own funds or years
/// speaks of other money than that which could meet it later.
fn carried(builder: &Builder<'_>, rule: &Rule, place: &Place, year: Year) -> Vec<(usize, Exact)> {
    let Bound::ShareOf { share, scope, .. } = &rule.bound else {
        return Vec::new();
    };
    if scope.own.fund || scope.own.year {
        return Vec::new();
    }
    let pairs = base_pairs(scope, place);
    let whole = is_whole(builder, scope, share, place, &pairs);
    let mut columns = Vec::new();
    for &fund in &scope.funds {
        if place.fund.is_some_and(|only| only != fund) {
            continue;
        }
        for (&(f, zone, y), &column) in &builder.carries {
            let counted = f == fund
                && y == year
                && match zone {
                    Some(zone) => pairs.binary_search(&(zone, year)).is_ok(),
                    None => whole,
                };
            if counted {
                columns.push((column, share_at(share, scope, place, zone, year)));
            }
        }
    }
    columns
}

fn defer(
    builder: &mut Builder<'_>,
    origin: Origin,
    place: Place,
    instance: usize,
    carried: &[(usize, Exact)],
    row: usize,
    next: Option<usize>,
) -> Result<(), BuildError> {
    let name = builder.program.rows[row].name.clone();
    let mut cells = Vec::new();
    let denominator = carried
        .iter()
        .try_fold(1_i64, |lcm, (_, share)| {
            let part = i64::try_from(*share.denom()).ok()?;
            lcm.checked_div(num_integer::gcd(lcm, part))?
                .checked_mul(part)
        })
        .ok_or_else(|| BuildError::overflow(name.clone()))?;
    for (column, share) in carried {
        let scaled = share
            .checked_mul(&Exact::from_integer(i128::from(denominator)))
            .ok_or_else(|| BuildError::overflow(name.clone()))?;
        cells.push((*column, fraction(&scaled, &name)?.0));
    }
    let most = largest(builder, &cells, true) / denominator;
    let floor = builder.program.rows[row].lower.unwrap_or(0);
    let deferred = builder.program.add_column(Column {
        name: format!("carried_floor({name})"),
        key: ColumnKey::CarriedFloor { instance },
        place,
        lower: 0,
        upper: most
            .min(floor.saturating_mul(i64::try_from(builder.model.years.len()).unwrap_or(1)))
            .max(0),
    });
    cells.push((deferred, -denominator));
    builder.program.add_row(Row {
        name: format!("carried_floor({name})"),
        family: Family::Carry,
        origin,
        place,
        lower: Some(0),
        upper: None,
        play: 0,
        cells,
    });
    builder.program.rows[row].cells.push((deferred, 1));
    if let Some(next) = next {
        builder.program.rows[next].cells.push((deferred, -1));
    }
    Ok(())
}
