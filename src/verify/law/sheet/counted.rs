//! Rows of what goals count: what a zone misses to a floor, what lies in bands of coverage, what changes from year to year.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Goal, GoalKind, ValueBand};
use crate::sheet::{ColumnKind, SheetRow};
use crate::units::Exact;
use crate::verify::codes::Place;
use crate::verify::report::Said;

use super::Meaning;
use super::form::{Cells, bounds_are, unexplained, wrong};
use crate::verify::law::change;
use crate::verify::law::exact::{self, Q, whole};
use crate::verify::law::goals::{Unit, floor_of, units};
use crate::verify::law::needs::Spot;
use crate::verify::law::worth::{band_end, limited_needs};

/// How the rows of a goal of the model name it.
pub(crate) fn goal_code(goal: usize) -> String {
    format!("goal:{}", goal.saturating_add(1))
}

/// What rows of goals are checked against.
pub(crate) struct Counted {
    /// Cents of limited need by action, zone and year.
    needs: BTreeMap<Spot, i128>,
    /// Zones, or zones and years, of each floor, with their need.
    units: BTreeMap<usize, BTreeMap<Unit, i128>>,
}

impl Counted {
    pub(crate) fn new(meaning: &Meaning<'_>) -> Self {
        let goals = meaning.model.goals.iter().enumerate();
        let floors = goals.filter_map(|(position, goal)| match goal.kind {
            GoalKind::Floor { per_year, .. } => {
                Some((position, units(meaning.model, goal, per_year)))
            }
            _ => None,
        });
        Self {
            needs: limited_needs(meaning.model),
            units: floors.collect(),
        }
    }

    /// A row of what a goal of the model counts.
    ///
    /// # Errors
    /// What the model does not ask.
    pub(crate) fn check(
        &self,
        meaning: &Meaning<'_>,
        row: &SheetRow,
        place: &Place,
    ) -> Result<(), Said> {
        let goals = meaning.model.goals.iter().enumerate();
        let mut goals = goals.filter(|(position, _)| goal_code(*position) == row.rule);
        let (position, goal) = goals.next().ok_or_else(unexplained)?;
        match &goal.kind {
            GoalKind::Floor { coverage, .. } => {
                let units = self.units.get(&position).ok_or_else(unexplained)?;
                floor(meaning, row, place, (goal, coverage, units))
            }
            GoalKind::Steady | GoalKind::Open => changed(meaning, row, place, goal),
            GoalKind::Value { bands, .. } => {
                banded(meaning, row, place, (goal, bands, &self.needs))
            }
            _ => Err(unexplained()),
        }
    }
}

/// `covered + missing >= coverage x need`.
fn floor(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    place: &Place,
    (goal, coverage, units): (&Goal, &Exact, &BTreeMap<Unit, i128>),
) -> Result<(), Said> {
    let cells = Cells::of(meaning, row);
    let (column, coefficient) = cells.only(ColumnKind::Missing).ok_or_else(unexplained)?;
    let (None, None, Some(zone)) = (place.fund, place.action, place.zone) else {
        return Err(unexplained());
    };
    let need = units.get(&(zone, place.year)).ok_or_else(unexplained)?;
    let multiple = cells.multiple_of(&covering(meaning, goal, place), meaning)?;
    if coefficient != 1 || multiple != whole(1) {
        return Err(wrong(meaning, column, coefficient));
    }
    let wanted = whole(floor_of(coverage, *need));
    bounds_are(row, Some(wanted), None, exact::zero())
}

/// The band that a column stands for.
pub(crate) fn band_of<'b>(
    meaning: &Meaning<'_>,
    column: usize,
    bands: &'b [ValueBand],
) -> Option<&'b ValueBand> {
    let entry = meaning.column(column)?;
    let position: usize = entry.label.parse().ok()?;
    let band = bands.get(position.checked_sub(1)?)?;
    (entry.kind == ColumnKind::Band).then_some(band)
}

/// Whether every action, zone and year that something may be paid for has its bands: one that is missing would make more seem impossible
/// than is.
pub(crate) fn has_all_bands(
    meaning: &Meaning<'_>,
    (position, goal): (usize, &Goal),
    bands: &[ValueBand],
) -> bool {
    let code = goal_code(position);
    let rows = meaning.sheet.rows.iter().filter(|row| row.rule == code);
    let columns = rows.flat_map(|row| &row.cells);
    let columns = columns.filter_map(|cell| usize::try_from(cell.0).ok());
    let there: BTreeSet<_> = columns
        .filter_map(|column| {
            let band = band_of(meaning, column, bands)?;
            let place = meaning.place_of(column)?;
            let at = bands.iter().position(|of| of.up_to == band.up_to)?;
            Some((place.action?, place.zone?, place.year?, at))
        })
        .collect();
    let needs = limited_needs(meaning.model);
    let earlier = bands.len().saturating_sub(1);
    meaning.pays.iter().all(|pay| {
        let (_, action, zone, year) = pay.cell;
        let limited = meaning.model.demands.get(pay.demand);
        let limited = limited.is_some_and(|demand| demand.euro.is_some());
        let need = needs.get(&(action, zone, year)).copied().unwrap_or(0);
        let mut start = 0;
        let counts = limited && goal.actions.contains(&action);
        bands.iter().take(earlier).enumerate().all(|(at, band)| {
            let end = band_end(band, need);
            let is_wide = end > start;
            start = end;
            !counts || !is_wide || there.contains(&(action, zone, year, at))
        })
    })
}

/// `covered - sum(bands) >= 0`, each band once and as wide as its part of the need.
fn banded(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    place: &Place,
    (goal, bands, needs): (&Goal, &[ValueBand], &BTreeMap<Spot, i128>),
) -> Result<(), Said> {
    let cells = Cells::of(meaning, row);
    let (None, Some(action), Some(zone), Some(year)) =
        (place.fund, place.action, place.zone, place.year)
    else {
        return Err(unexplained());
    };
    let need = needs.get(&(action, zone, year)).ok_or_else(unexplained)?;
    let mut found = BTreeSet::new();
    for &(column, _, coefficient) in &cells.others {
        let band = band_of(meaning, column, bands).ok_or_else(unexplained)?;
        let here = meaning.place_of(column) == Some(*place);
        let position = bands.iter().position(|of| of.up_to == band.up_to);
        if coefficient != -1 || !here || !found.insert(position) {
            return Err(wrong(meaning, column, coefficient));
        }
        let start = position.and_then(|at| bands.get(at.checked_sub(1)?));
        let start = start.map_or(0, |before| band_end(before, *need));
        let width = band_end(band, *need).saturating_sub(start);
        let upper = meaning.column(column).map(|entry| entry.upper);
        if upper.map(i128::from) != Some(width) {
            return Err(wrong(meaning, column, coefficient));
        }
    }
    let mut pays = covering(meaning, goal, place);
    pays.retain(|column, _| meaning.pay(*column).is_some_and(|pay| pay.cell.1 == action));
    if cells.multiple_of(&pays, meaning)? != whole(1) {
        return Err(unexplained());
    }
    bounds_are(row, Some(exact::zero()), None, exact::zero())
}

/// `change >= later - earlier`, or the other way round; of units that close, at the costs of each year.
fn changed(meaning: &Meaning<'_>, row: &SheetRow, place: &Place, goal: &Goal) -> Result<(), Said> {
    let cells = Cells::of(meaning, row);
    let (column, coefficient) = cells.only(ColumnKind::Change).ok_or_else(unexplained)?;
    let (None, Some(action), Some(zone), Some(year)) =
        (place.fund, place.action, place.zone, place.year)
    else {
        return Err(unexplained());
    };
    if !goal.actions.contains(&action) || meaning.place_of(column) != Some(*place) {
        return Err(unexplained());
    }
    let earlier = year.saturating_sub(1);
    let is_first = meaning.model.years.first() == Some(&year);
    let pays = |of: i32, weight: Q| {
        let pays = meaning.pays_in((zone, of));
        let own = pays.filter(move |pay| pay.cell.1 == action);
        own.map(move |pay| (pay.column, weight.clone()))
    };
    let is_open = goal.kind == GoalKind::Open;
    let (own, known) = if is_open {
        let cost = |of| change::unit_cost(meaning.model, action, of);
        let (next, last) = (cost(year), cost(earlier));
        let (Some(next), Some(last), false) = (next, last, is_first) else {
            return Err(unexplained());
        };
        (whole(next) / whole(last.max(1)), 0)
    } else if is_first {
        let known = change::before(meaning.model, (action, zone, year));
        (whole(1), known.ok_or_else(unexplained)?)
    } else {
        (whole(1), 0)
    };
    // Of a change either way there are two rows: what is paid later counts down in the one, up in the other.
    let paid_later = meaning
        .pays_in((zone, year))
        .find(|pay| pay.cell.1 == action);
    let paid_later = paid_later.ok_or_else(unexplained)?.column;
    let falls = cells
        .pays
        .get(&paid_later)
        .is_some_and(|weight| *weight > 0);
    if is_open && !falls {
        return Err(unexplained());
    }
    let sign = whole(if falls { 1 } else { -1 });
    let mut weights: BTreeMap<usize, Q> = pays(year, sign.clone()).collect();
    if !is_first {
        let before: Vec<_> = pays(earlier, -&sign * own).collect();
        if before.is_empty() {
            return Err(unexplained());
        }
        weights.extend(before);
    }
    if cells.multiple_of(&weights, meaning)? != whole(i128::from(coefficient)) {
        return Err(wrong(meaning, column, coefficient));
    }
    let lower = sign * whole(known);
    bounds_are(row, Some(lower), None, exact::zero())
}

/// The payments that cover the limited needs of a zone which a goal counts.
fn covering(meaning: &Meaning<'_>, goal: &Goal, place: &Place) -> BTreeMap<usize, Q> {
    let years = meaning.model.years.iter().copied();
    let years = years.filter(|&year| place.year.is_none_or(|only| only == year));
    let pays = years.filter_map(|year| Some((place.zone?, year)));
    let pays = pays.flat_map(|pair| meaning.pays_in(pair));
    let counts = pays.filter(|pay| {
        let demand = meaning.model.demands.get(pay.demand);
        demand.is_some_and(|demand| demand.euro.is_some()) && goal.actions.contains(&pay.cell.1)
    });
    counts.map(|pay| (pay.column, whole(1))).collect()
}
