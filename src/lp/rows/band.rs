//! A band around the mean per head: `(1 - d) x mean <= measure / heads <= (1 + d) x mean`, over the zones of the rule.
//! The total is a column of its own, so that each row stays short.

use num_integer::Integer;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, One, Zero};

use super::bound::pairs_of;
use super::rule::{largest, measure_cells, measured, places, soften};
use crate::lp::builder::Builder;
use crate::lp::error::BuildError;
use crate::lp::program::{Column, ColumnKey, Family, Instance, InstanceBound, Origin, Place, Row};
use crate::model::{Bound, Quantity, Relation, Rule};
use crate::units::{Exact, Year};

pub(crate) fn add(builder: &mut Builder<'_>, position: usize) -> Result<(), BuildError> {
    let rule = &builder.model.rules[position];
    if rule.measure.quantity != Quantity::Euro {
        return Err(BuildError::BandOfUnits {
            rule: rule.id.clone(),
        });
    }
    let measured = measured(builder, rule);
    let years: Vec<Option<Year>> = if rule.for_each.year {
        rule.years.iter().copied().map(Some).collect()
    } else {
        vec![None]
    };
    for year in years {
        let mut zones = Vec::new();
        for place in places(rule).into_iter().filter(|place| place.year == year) {
            let heads = heads(rule, &place);
            let columns = measured.get(&place).cloned().unwrap_or_default();
            let (cells, scale) = measure_cells(builder, rule, &columns)?;
            if heads > Exact::zero() {
                zones.push((place, heads, cells, scale));
            }
        }
        let overflow = || BuildError::overflow(rule.id.clone());
        let all_heads = zones
            .iter()
            .try_fold(Exact::zero(), |sum, zone| sum.checked_add(&zone.1))
            .ok_or_else(overflow)?;
        let total = add_total(builder, position, year, &zones);
        for (place, heads, cells, scale) in zones {
            let zone = ZoneBand {
                place,
                part: heads.checked_div(&all_heads).ok_or_else(overflow)?,
                cells,
                scale,
            };
            add_zone(builder, position, total, &zone)?;
        }
    }
    Ok(())
}

/// Heads of a zone: in the year of the instance, else in the rule's first year.
fn heads(rule: &Rule, place: &Place) -> Exact {
    let Bound::Band { heads, .. } = &rule.bound else {
        return Exact::zero();
    };
    pairs_of(rule, place)
        .first()
        .and_then(|pair| heads.get(pair).copied())
        .unwrap_or_else(Exact::zero)
}

type ZoneMeasure = (Place, Exact, Vec<(usize, i64)>, i64);

fn add_total(
    builder: &mut Builder<'_>,
    position: usize,
    year: Option<Year>,
    zones: &[ZoneMeasure],
) -> usize {
    let name = format!(
        "total({}{})",
        builder.model.rules[position].id,
        year.map(|y| format!(",{y}")).unwrap_or_default()
    );
    let mut cells: Vec<(usize, i64)> = zones.iter().flat_map(|zone| zone.2.clone()).collect();
    let place = Place {
        year,
        ..Place::default()
    };
    let upper = largest(builder, &cells, true);
    let total = builder.program.add_column(Column {
        name: name.clone(),
        key: ColumnKey::Total {
            rule: position,
            year,
        },
        place,
        lower: 0,
        upper,
    });
    cells.push((total, -1));
    builder.program.add_row(Row {
        name,
        family: Family::Band,
        origin: Origin::Rule(position),
        place,
        lower: Some(0),
        upper: Some(0),
        play: 0,
        cells,
    });
    total
}

struct ZoneBand {
    place: Place,
    /// Heads over all heads.
    part: Exact,
    cells: Vec<(usize, i64)>,
    scale: i64,
}

fn add_zone(
    builder: &mut Builder<'_>,
    position: usize,
    total: usize,
    zone: &ZoneBand,
) -> Result<(), BuildError> {
    let rule = &builder.model.rules[position];
    let Bound::Band { share, .. } = &rule.bound else {
        return Ok(());
    };
    let waived = rule
        .waived
        .as_ref()
        .is_some_and(|waiver| waiver.covers(zone.place.zone, zone.place.year));
    for (relation, factor) in [
        (Relation::AtLeast, Exact::one() - share),
        (Relation::AtMost, Exact::one() + share),
    ] {
        let name = format!(
            "{}({},{})",
            rule.id,
            zone.place.codes(builder.model),
            relation.word()
        );
        let overflow = || BuildError::overflow(name.clone());
        let limit = factor.checked_mul(&zone.part).ok_or_else(overflow)?;
        let numerator = i64::try_from(*limit.numer()).map_err(|_| overflow())?;
        let denominator = i64::try_from(*limit.denom()).map_err(|_| overflow())?;
        let gcd = numerator.gcd(&denominator).max(1);
        let mut cells = Vec::new();
        for &(column, coefficient) in &zone.cells {
            cells.push((
                column,
                coefficient
                    .checked_mul(denominator / gcd)
                    .ok_or_else(overflow)?,
            ));
        }
        cells.push((total, -(numerator / gcd)));
        let is_floor = relation == Relation::AtLeast;
        let row = Row {
            name,
            family: Family::Band,
            origin: Origin::Rule(position),
            place: zone.place,
            lower: is_floor.then_some(0),
            upper: (!is_floor).then_some(0),
            play: 0,
            cells,
        };
        let mut instance = Instance {
            origin: Origin::Rule(position),
            place: zone.place,
            quantity: rule.measure.quantity,
            base: None,
            relation,
            measure: zone.cells.clone(),
            measure_scale: zone.scale,
            bound: InstanceBound::Variable {
                cells: vec![(total, numerator / gcd)],
                scale: (denominator / gcd)
                    .checked_mul(zone.scale)
                    .ok_or_else(|| BuildError::overflow(rule.id.clone()))?,
            },
            row: None,
            shortfall: None,
            reference: builder.program.columns[total].upper.max(1),
        };
        if !waived {
            let hard = rule.strength.is_hard();
            let row = builder.program.add_row(row);
            instance.row = Some(row);
            if !hard {
                soften(builder, &mut instance, row);
            }
        }
        builder.program.instances.push(instance);
    }
    Ok(())
}
