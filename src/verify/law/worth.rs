//! What a euro is worth in the goal `value`: by its action, place and, where worth falls, the coverage of its need.

use std::collections::BTreeMap;

use num_traits::ToPrimitive;

use crate::model::{ActionIdx, Goal, Model, ValueBand, ValueWeight, ZoneIdx};
use crate::units::Year;
use crate::verify::codes::Cell;

use super::exact::{self, Q, whole};
use super::plan::Plan;

/// The weight of a cent in the goal `value`.
pub(crate) fn weight(model: &Model, weights: &[ValueWeight], cell: Cell) -> Q {
    let (_, action, zone, year) = cell;
    let mut weight = model
        .actions
        .get(action.index())
        .map_or_else(exact::zero, |action| exact::of(&action.priority));
    for entry in weights {
        if entry.actions.contains(&action) && entry.scope.binary_search(&(zone, year)).is_ok() {
            weight *= exact::of(&entry.weight);
        }
    }
    weight
}

/// The weight of a euro whose need is not covered yet.
pub(crate) fn first_weight(bands: &[ValueBand]) -> Q {
    bands
        .first()
        .map_or_else(|| whole(1), |band| exact::of(&band.weight))
}

/// What the euro of limited needs are worth less than in the first band, cell by cell.
pub(super) fn lost_in_bands(
    plan: &Plan<'_>,
    goal: &Goal,
    (weights, bands): (&[ValueWeight], &[ValueBand]),
    covered: &BTreeMap<Cell, i128>,
) -> Q {
    let mut paid: BTreeMap<(ActionIdx, ZoneIdx, Year), (Cell, i128)> = BTreeMap::new();
    for (&cell, &cents) in covered {
        let (_, action, zone, year) = cell;
        if goal.actions.contains(&action) {
            let entry = paid.entry((action, zone, year)).or_insert((cell, 0));
            entry.1 = entry.1.saturating_add(cents);
        }
    }
    let needs = limited_needs(plan.model);
    let mut lost = exact::zero();
    for (key, (cell, cents)) in paid {
        let need = needs.get(&key).copied().unwrap_or(0);
        let own = weight(plan.model, weights, cell);
        let mut start = 0;
        for band in bands {
            let end = band_end(band, need);
            let inside = cents.min(end).saturating_sub(start).max(0);
            let less = first_weight(bands) - exact::of(&band.weight);
            lost += less * whole(inside) * &own;
            start = end;
        }
    }
    lost
}

/// Cents of need with a limit, by action, zone and year.
pub(crate) fn limited_needs(model: &Model) -> BTreeMap<(ActionIdx, ZoneIdx, Year), i128> {
    let mut needs: BTreeMap<_, i128> = BTreeMap::new();
    for demand in &model.demands {
        if let Some(euro) = demand.euro {
            let need = needs.entry((demand.action, demand.zone, demand.year));
            let need = need.or_default();
            *need = need.saturating_add(i128::from(euro.cents()));
        }
    }
    needs
}

/// Where a band of a need ends, in whole cents.
pub(crate) fn band_end(band: &ValueBand, need: i128) -> i128 {
    let end = (exact::of(&band.up_to) * whole(need)).floor().to_integer();
    end.to_i128().unwrap_or(i128::MAX)
}
