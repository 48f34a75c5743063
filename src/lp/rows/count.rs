//! Rules that count: zones in which actions are active, projects, and what excludes or requires what. Rows over whole
//! columns, each weighing [`COUNT_SCALE`].

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{CheckedMul, Zero};

use super::bound::right_side;
use super::rule::{largest, measured, places, soften};
use super::whole::active;
use crate::lp::builder::Builder;
use crate::lp::error::BuildError;
use crate::lp::program::{COUNT_SCALE, Family, Instance, InstanceBound, Origin, Place, Row};
use crate::model::{ActionIdx, Bound, Quantity, Relation, Rule, ZoneIdx};
use crate::units::Exact;

/// Pay columns with their demands.
type Pays = Vec<(usize, usize)>;

pub(crate) fn add(builder: &mut Builder<'_>, position: usize) -> Result<(), BuildError> {
    let rule = &builder.model.rules[position];
    let mut of_place = measured(builder, rule);
    let mut others = match &rule.bound {
        Bound::Excludes(actions) | Bound::Requires(actions) => {
            measured(builder, &on_the_other_side(rule, actions))
        }
        _ => BTreeMap::new(),
    };
    for place in places(rule) {
        let pays = of_place.remove(&place).unwrap_or_default();
        let other = others.remove(&place).unwrap_or_default();
        let own = counted(builder, rule, place, &pays)?;
        let other = counted(builder, rule, place, &other)?;
        add_instance(builder, position, place, &own, &other)?;
    }
    Ok(())
}

/// The rule with its measure on the actions that it excludes or requires.
fn on_the_other_side(rule: &Rule, actions: &[ActionIdx]) -> Rule {
    let mut other = rule.clone();
    other.measure.selection.actions = actions.to_vec();
    other
}

/// The whole columns an instance counts.
fn counted(
    builder: &mut Builder<'_>,
    rule: &Rule,
    place: Place,
    pays: &Pays,
) -> Result<Vec<usize>, BuildError> {
    if rule.measure.quantity == Quantity::Projects {
        let projects: BTreeSet<usize> = pays
            .iter()
            .filter_map(|(_, demand)| builder.whole.projects.get(demand).copied())
            .collect();
        return Ok(projects.into_iter().collect());
    }
    let mut by_zone: BTreeMap<ZoneIdx, Pays> = BTreeMap::new();
    for &(column, demand) in pays {
        let zone = builder.model.demands[demand].zone;
        by_zone.entry(zone).or_default().push((column, demand));
    }
    let mut columns = Vec::new();
    for (zone, pays) in by_zone {
        let actions: BTreeSet<ActionIdx> = pays
            .iter()
            .map(|(_, demand)| builder.model.demands[*demand].action)
            .collect();
        let mut only = actions.iter().copied();
        let at = Place {
            fund: None,
            action: only.next().filter(|_| actions.len() == 1),
            zone: Some(zone),
            year: place.year,
        };
        let side = match actions.iter().next() {
            Some(action) => builder.model.action(*action).id.clone(),
            None => String::new(),
        };
        let name = format!(
            "{},{},{side}",
            rule.id,
            Place { action: None, ..at }.codes(builder.model)
        );
        columns.push(active(builder, &name, at, &pays)?);
    }
    Ok(columns)
}

fn add_instance(
    builder: &mut Builder<'_>,
    position: usize,
    place: Place,
    own: &[usize],
    other: &[usize],
) -> Result<(), BuildError> {
    let rule = &builder.model.rules[position];
    let name = format!("{}({})", rule.id, place.codes(builder.model));
    let scaled = |columns: &[usize], sign: i64| -> Vec<(usize, i64)> {
        columns
            .iter()
            .map(|&column| (column, sign * COUNT_SCALE))
            .collect()
    };
    let ones = |columns: &[usize]| -> Vec<(usize, i64)> {
        columns.iter().map(|&column| (column, 1)).collect()
    };
    let one = Exact::from_integer(1);
    let (cells, measure, bound, constant) = match &rule.bound {
        Bound::Excludes(_) => {
            let both: Vec<usize> = own.iter().chain(other).copied().collect();
            (
                scaled(&both, 1),
                ones(&both),
                InstanceBound::Constant(one),
                one,
            )
        }
        Bound::Requires(_) => {
            let mut cells = scaled(other, 1);
            cells.extend(scaled(own, -1));
            let bound = InstanceBound::Variable {
                cells: ones(own),
                scale: 1,
            };
            (cells, ones(other), bound, Exact::zero())
        }
        _ => {
            let bound = right_side(builder, rule, &place)?.constant;
            (
                scaled(own, 1),
                ones(own),
                InstanceBound::Constant(bound),
                bound,
            )
        }
    };
    let overflow = || BuildError::overflow(name.clone());
    let bounds = constant
        .checked_mul(&Exact::from_integer(i128::from(COUNT_SCALE)))
        .ok_or_else(overflow)?;
    let narrow = |value: Exact| i64::try_from(value.to_integer()).map_err(|_| overflow());
    let (floor, ceil) = (narrow(bounds.floor())?, narrow(bounds.ceil())?);
    let (lower, upper) = match rule.relation {
        Relation::AtLeast => (Some(ceil), None),
        Relation::AtMost => (None, Some(floor)),
        Relation::Below => (None, Some(ceil - 1)),
        Relation::Equal => (Some(floor), Some(ceil)),
    };
    let waived = rule
        .waived
        .as_ref()
        .is_some_and(|waiver| waiver.covers(place.zone, place.year));
    let asked = lower.or(upper).unwrap_or(0).saturating_abs();
    let reference = if asked > 0 {
        asked
    } else {
        largest(builder, &cells, false).max(1)
    };
    let mut instance = Instance {
        origin: Origin::Rule(position),
        place,
        quantity: rule.measure.quantity,
        base: None,
        relation: rule.relation,
        measure,
        measure_scale: 1,
        bound,
        row: None,
        shortfall: None,
        reference,
    };
    if !waived {
        let row = builder.program.add_row(Row {
            name,
            family: Family::Rule,
            origin: Origin::Rule(position),
            place,
            lower,
            upper,
            play: 0,
            cells,
        });
        instance.row = Some(row);
        if !rule.strength.is_hard() {
            soften(builder, &mut instance, row);
        }
    }
    builder.program.instances.push(instance);
    Ok(())
}
