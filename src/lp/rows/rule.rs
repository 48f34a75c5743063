//! Floors, caps, targets: one row for each instance of a rule. Constant rows in euro are network rows; shares of variable
//! totals and units are not.

use std::collections::{BTreeMap, BTreeSet};

use num_integer::Integer;
use num_traits::CheckedMul;

use super::bound::{RightSide, pairs_of, right_side};
use super::{band, carried_floor, count, partition};
use crate::lp::builder::Builder;
use crate::lp::error::BuildError;
use crate::lp::program::{Column, ColumnKey, Family, Instance, InstanceBound, Origin, Place, Row};
use crate::model::{ActionIdx, Base, Bound, FundIdx, Quantity, Relation, Rule, ZoneIdx};
use crate::units::{Exact, Year};

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let mut floors = Vec::new();
    for position in 0..builder.model.rules.len() {
        let rule = &builder.model.rules[position];
        if matches!(rule.bound, Bound::Band { .. }) {
            band::add(builder, position)?;
            continue;
        }
        if rule.measure.quantity.is_count() {
            count::add(builder, position)?;
            continue;
        }
        let mut measured = measured(builder, rule);
        for place in places(rule) {
            let columns = measured.remove(&place).unwrap_or_default();
            add_instance(builder, position, place, &columns, &mut floors)?;
        }
    }
    partition::round_together(builder, &floors);
    carried_floor::add(builder)
}

/// The instances of a rule, in order.
pub(crate) fn places(rule: &Rule) -> BTreeSet<Place> {
    fn each<T: Copy>(split: bool, all: &[T]) -> Vec<Option<T>> {
        if split {
            all.iter().copied().map(Some).collect()
        } else {
            vec![None]
        }
    }
    let funds: Vec<Option<FundIdx>> = each(rule.for_each.fund, &rule.measure.selection.funds);
    let actions: Vec<Option<ActionIdx>> =
        each(rule.for_each.action, &rule.measure.selection.actions);
    let pairs: BTreeSet<(Option<ZoneIdx>, Option<Year>)> = pairs_of(rule, &Place::default())
        .into_iter()
        .map(|(zone, year)| {
            (
                rule.for_each.zone.then_some(zone),
                rule.for_each.year.then_some(year),
            )
        })
        .collect();
    let mut places = BTreeSet::new();
    for &fund in &funds {
        for &action in &actions {
            for &(zone, year) in &pairs {
                places.insert(Place {
                    fund,
                    action,
                    zone,
                    year,
                });
            }
        }
    }
    places
}

/// Pay columns a rule measures, by instance, with their demand.
pub(crate) fn measured(builder: &Builder<'_>, rule: &Rule) -> BTreeMap<Place, Vec<(usize, usize)>> {
    let selection = &rule.measure.selection;
    let mut measured: BTreeMap<Place, Vec<(usize, usize)>> = BTreeMap::new();
    for &(column, fund, position) in &builder.pays {
        let demand = &builder.model.demands[position];
        let counted = selection.funds.binary_search(&fund).is_ok()
            && selection.actions.binary_search(&demand.action).is_ok()
            && selection.zones.binary_search(&demand.zone).is_ok()
            && rule
                .scope
                .binary_search(&(demand.zone, demand.year))
                .is_ok();
        if counted {
            let place = Place {
                fund: rule.for_each.fund.then_some(fund),
                action: rule.for_each.action.then_some(demand.action),
                zone: rule.for_each.zone.then_some(demand.zone),
                year: rule.for_each.year.then_some(demand.year),
            };
            measured.entry(place).or_default().push((column, position));
        }
    }
    measured
}

/// The measure as `sum(coefficient x column) / scale`.
pub(crate) fn measure_cells(
    builder: &Builder<'_>,
    rule: &Rule,
    columns: &[(usize, usize)],
) -> Result<(Vec<(usize, i64)>, i64), BuildError> {
    let overflow = || BuildError::overflow(format!("units of `{}`", rule.id));
    if rule.measure.quantity == Quantity::Euro {
        return Ok((columns.iter().map(|&(column, _)| (column, 1)).collect(), 1));
    }
    let mut costs = Vec::new();
    let mut scale: i64 = 1;
    for &(column, position) in columns {
        let demand = &builder.model.demands[position];
        let action = builder.model.action(demand.action);
        let year_position = builder.model.years.iter().position(|&y| y == demand.year);
        let cost = year_position
            .and_then(|y| action.unit_cost.get(y))
            .map_or(0, |euro| euro.cents());
        if cost == 0 {
            return Err(BuildError::ZeroUnitCost {
                rule: rule.id.clone(),
                action: action.id.clone(),
                year: demand.year,
            });
        }
        scale = (scale / scale.gcd(&cost))
            .checked_mul(cost)
            .ok_or_else(overflow)?;
        costs.push((column, cost));
    }
    let cells = costs
        .into_iter()
        .map(|(column, cost)| (column, scale / cost))
        .collect();
    Ok((cells, scale))
}

/// A constant floor on a share of an assigned amount, for [`partition`].
#[derive(Clone, Debug)]
pub(crate) struct Floor {
    pub(crate) row: usize,
    /// The floor, before rounding.
    pub(crate) cents: Exact,
    /// What it is a share of, in cents.
    pub(crate) of: Exact,
}

fn add_instance(
    builder: &mut Builder<'_>,
    position: usize,
    place: Place,
    columns: &[(usize, usize)],
    floors: &mut Vec<Floor>,
) -> Result<(), BuildError> {
    let rule = &builder.model.rules[position];
    let (measure, measure_scale) = measure_cells(builder, rule, columns)?;
    let side = right_side(builder, rule, &place)?;
    let base = match &rule.bound {
        Bound::ShareOf { base, .. } => Some(*base),
        _ => None,
    };
    let waived = rule
        .waived
        .as_ref()
        .is_some_and(|waiver| waiver.covers(place.zone, place.year));
    let codes = place.codes(builder.model);
    let name = format!("{}({codes})", rule.id);
    let form = RowForm::new(&name, rule, &measure, measure_scale, &side)?;
    let mut instance = Instance {
        origin: Origin::Rule(position),
        place,
        quantity: rule.measure.quantity,
        base,
        relation: rule.relation,
        measure,
        measure_scale,
        bound: form.bound(rule, &side),
        row: None,
        shortfall: None,
        reference: form.reference(builder),
    };
    if !waived {
        let row = builder.program.add_row(Row {
            name,
            family: Family::Rule,
            origin: Origin::Rule(position),
            place,
            lower: form.lower,
            upper: form.upper,
            play: form.play,
            cells: form.cells,
        });
        instance.row = Some(row);
        let is_floor = rule.relation == Relation::AtLeast
            && base == Some(Base::Assigned)
            && rule.measure.quantity == Quantity::Euro;
        if is_floor && rule.strength.is_hard() {
            floors.push(Floor {
                row,
                cents: side.constant,
                of: side.known,
            });
        }
        if !rule.strength.is_hard() {
            soften(builder, &mut instance, row);
        }
    }
    builder.program.instances.push(instance);
    Ok(())
}

/// A row in whole numbers.
struct RowForm {
    cells: Vec<(usize, i64)>,
    lower: Option<i64>,
    upper: Option<i64>,
    play: i64,
    /// Multiplies the right side.
    scale: i64,
}

impl RowForm {
    /// `measure - right side` scaled to whole numbers, with the relation as bounds.
    fn new(
        name: &str,
        rule: &Rule,
        measure: &[(usize, i64)],
        measure_scale: i64,
        side: &RightSide,
    ) -> Result<Self, BuildError> {
        let by_units = rule.measure.quantity == Quantity::Units;
        let overflow = || BuildError::overflow(name);
        let narrow = |value: i128| i64::try_from(value).map_err(|_| overflow());
        let mut denominator: i64 = 1;
        for (_, share) in &side.cells {
            let part = narrow(*share.denom())?;
            denominator = (denominator / denominator.gcd(&part))
                .checked_mul(part)
                .ok_or_else(overflow)?;
        }
        let mut cells = Vec::with_capacity(measure.len() + side.cells.len());
        for &(column, coefficient) in measure {
            cells.push((
                column,
                coefficient.checked_mul(denominator).ok_or_else(overflow)?,
            ));
        }
        for (column, share) in &side.cells {
            let scaled = i128::from(denominator) / share.denom() * share.numer();
            cells.push((*column, -narrow(scaled)?));
        }
        // Every unit of the measure weighs `measure_scale`, so the bound does too.
        let scale = denominator
            .checked_mul(measure_scale)
            .ok_or_else(overflow)?;
        let bound = Exact::from_integer(i128::from(scale))
            .checked_mul(&side.constant)
            .ok_or_else(overflow)?;
        let (floor, ceil) = (
            narrow(bound.floor().to_integer())?,
            narrow(bound.ceil().to_integer())?,
        );
        let (lower, upper) = match rule.relation {
            Relation::AtLeast => (Some(ceil), None),
            Relation::AtMost => (None, Some(floor)),
            Relation::Below => (None, Some(ceil - 1)),
            // Units that no payment counts are none, whatever part of a unit is asked.
            Relation::Equal if by_units && cells.is_empty() => (Some(ceil), Some(ceil)),
            Relation::Equal => (Some(floor), Some(ceil)),
        };
        let play = if rule.relation == Relation::Equal && !side.cells.is_empty() {
            denominator - 1
        } else {
            0
        };
        Ok(Self {
            cells,
            lower,
            upper,
            play,
            scale,
        })
    }

    fn bound(&self, rule: &Rule, side: &RightSide) -> InstanceBound {
        if side.cells.is_empty() {
            let hundred = match rule.measure.quantity {
                Quantity::Euro => 100,
                Quantity::Units | Quantity::ActiveZones | Quantity::Projects => 1,
            };
            return InstanceBound::Constant(side.constant / Exact::from_integer(hundred));
        }
        let cells = side
            .cells
            .iter()
            .map(|(column, share)| {
                let scaled = i128::from(self.scale) / share.denom() * share.numer();
                (*column, i64::try_from(scaled).unwrap_or(0))
            })
            .collect();
        InstanceBound::Variable {
            cells,
            scale: self.scale,
        }
    }

    /// What a shortfall is divided by: the bound, or the largest value a variable bound can take.
    fn reference(&self, builder: &Builder<'_>) -> i64 {
        let constant = self.lower.or(self.upper).unwrap_or(0).unsigned_abs();
        if constant > 0 {
            return i64::try_from(constant).unwrap_or(i64::MAX);
        }
        largest(builder, &self.cells, false).max(1)
    }
}

/// The largest value of `sum(coefficient x column)` over the bounds of the columns, or of its negative.
pub(crate) fn largest(builder: &Builder<'_>, cells: &[(usize, i64)], positive: bool) -> i64 {
    let total: i128 = cells
        .iter()
        .filter(|cell| (cell.1 > 0) == positive)
        .map(|&(column, coefficient)| {
            i128::from(coefficient.unsigned_abs())
                * i128::from(builder.program.columns[column].upper)
        })
        .sum();
    i64::try_from(total).unwrap_or(i64::MAX)
}

/// Gives the row a shortfall column on each side it bounds.
pub(crate) fn soften(builder: &mut Builder<'_>, instance: &mut Instance, row: usize) {
    let position = builder.program.instances.len();
    let (lower, upper) = (
        builder.program.rows[row].lower,
        builder.program.rows[row].upper,
    );
    let cells = builder.program.rows[row].cells.clone();
    let sides = [
        (
            lower.map(|bound| bound.saturating_add(largest(builder, &cells, false))),
            false,
        ),
        (
            upper.map(|bound| largest(builder, &cells, true).saturating_sub(bound)),
            true,
        ),
    ];
    for (most, above) in sides {
        let Some(most) = most else { continue };
        let suffix = if above { "above" } else { "below" };
        let column = builder.program.add_column(Column {
            name: format!("shortfall({},{suffix})", builder.program.rows[row].name),
            key: ColumnKey::Shortfall {
                instance: position,
                above,
            },
            place: instance.place,
            lower: 0,
            upper: most.max(0),
        });
        builder.program.rows[row]
            .cells
            .push((column, if above { -1 } else { 1 }));
        instance.shortfall = Some(column);
    }
}
