//! Whole columns and their rows: units, projects, what is active, and the rules that count them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ActionKind, Bound, Demand, Quantity, Relation};
use crate::sheet::{ColumnKind, SheetColumn, SheetRow};
use crate::verify::codes::Place;
use crate::verify::report::{Said, said};

use super::Meaning;
use super::form::{Cells, bounds_are, unexplained, wrong};
use crate::verify::law::exact::{self, Q, whole};
use crate::verify::law::instance::{Instance, instances};
use crate::verify::law::whole::{Project, is_kind, least_paid, project_of, unit_cost};

/// One active zone or project weighs this much in a row that counts them.
const COUNT_SCALE: i128 = 100_000_000;

/// Checks the bounds of a whole column: the number chosen, or everything it may be.
///
/// # Errors
/// What they should be.
pub(crate) fn column(
    meaning: &Meaning<'_>,
    column: &SheetColumn,
    place: &Place,
) -> Result<(), Said> {
    let most = match column.kind {
        ColumnKind::Units => {
            let position = demand_at(meaning, place).ok_or_else(unexplained)?;
            let demand = meaning.model.demands.get(position);
            let demand = demand.ok_or_else(unexplained)?;
            let cost = unit_cost(meaning.model, demand).max(1);
            if demand.euro.is_some() {
                exact::of(&demand.units).floor()
            } else {
                let paid: i128 = pays_of(meaning, position).map(|pay| pay.1).sum();
                (whole(paid) / whole(i128::from(cost))).floor()
            }
        }
        ColumnKind::Project => {
            let named = if column.label.is_empty() {
                demand_at(meaning, place).is_some()
            } else {
                *place == Place::default()
            };
            if !named {
                return Err(unexplained());
            }
            whole(1)
        }
        _ => whole(1),
    };
    let (lower, upper) = (i128::from(column.lower), i128::from(column.upper));
    let fits = if meaning.chosen {
        lower == upper && lower >= 0 && whole(upper) <= most
    } else {
        lower == 0 && whole(upper) >= most
    };
    if fits {
        return Ok(());
    }
    Err(said!(
        "i limiti sono [{lower} ; {upper}], il modello permette da 0 a {most}, e in una proposta il numero scelto",
        "the bounds are [{lower} ; {upper}], the model allows 0 to {most}, and in a proposal the number chosen"
    ))
}

/// The need (without a project) at a place, where its action is one of units or projects.
fn demand_at(meaning: &Meaning<'_>, place: &Place) -> Option<usize> {
    let of = |demand: &Demand| {
        place.fund.is_none()
            && Some(demand.action) == place.action
            && Some(demand.zone) == place.zone
            && Some(demand.year) == place.year
            && demand.label.is_empty()
    };
    meaning.model.demands.iter().position(of)
}

/// Pay columns of a demand, with their largest values.
fn pays_of<'a>(
    meaning: &'a Meaning<'_>,
    demand: usize,
) -> impl Iterator<Item = (usize, i128)> + 'a {
    meaning
        .pays
        .iter()
        .filter(move |pay| pay.demand == demand)
        .filter_map(|pay| Some((pay.column, i128::from(meaning.column(pay.column)?.upper))))
}

/// Checks that a row has these payments, each once, and no other.
fn pays_are(meaning: &Meaning<'_>, cells: &Cells, asked: &BTreeSet<usize>) -> Result<(), Said> {
    for (&column, &coefficient) in &cells.pays {
        if coefficient != 1 || !asked.contains(&column) {
            return Err(wrong(meaning, column, coefficient));
        }
    }
    match asked.iter().find(|column| !cells.pays.contains_key(column)) {
        Some(&column) => Err(wrong(meaning, column, 0)),
        None => Ok(()),
    }
}

fn zero_both() -> (Option<Q>, Option<Q>) {
    (Some(exact::zero()), Some(exact::zero()))
}

/// `sum(paid) = cost x units`.
pub(crate) fn units(meaning: &Meaning<'_>, row: &SheetRow, place: &Place) -> Result<(), Said> {
    let cells = Cells::of(meaning, row);
    let position = demand_at(meaning, place).ok_or_else(unexplained)?;
    let demand = meaning
        .model
        .demands
        .get(position)
        .ok_or_else(unexplained)?;
    if !is_kind(meaning.model, demand, ActionKind::Units) {
        return Err(unexplained());
    }
    pays_are(
        meaning,
        &cells,
        &pays_of(meaning, position).map(|p| p.0).collect(),
    )?;
    let (column, coefficient) = cells.only(ColumnKind::Units).ok_or_else(unexplained)?;
    let cost = unit_cost(meaning.model, demand);
    if meaning.place_of(column) != Some(*place) || coefficient != -cost {
        return Err(wrong(meaning, column, coefficient));
    }
    let (lower, upper) = zero_both();
    bounds_are(row, lower, upper, exact::zero())
}

/// `paid = cost x project` for one demand of the project.
pub(crate) fn project(meaning: &Meaning<'_>, row: &SheetRow, place: &Place) -> Result<(), Said> {
    let cells = Cells::of(meaning, row);
    let (column, coefficient) = cells.only(ColumnKind::Project).ok_or_else(unexplained)?;
    let own = project_of_column(meaning, column).ok_or_else(unexplained)?;
    let fits = |position: usize, demand: &Demand| {
        let at = Place {
            fund: None,
            action: Some(demand.action),
            zone: Some(demand.zone),
            year: Some(demand.year),
        };
        let asked: BTreeSet<usize> = pays_of(meaning, position).map(|pay| pay.0).collect();
        at == *place
            && is_kind(meaning.model, demand, ActionKind::Project)
            && project_of(position, demand) == own
            && demand.euro.is_some_and(|euro| -euro.cents() == coefficient)
            && pays_are(meaning, &cells, &asked).is_ok()
    };
    let mut demands = meaning.model.demands.iter().enumerate();
    if !demands.any(|(position, demand)| fits(position, demand)) {
        return Err(wrong(meaning, column, coefficient));
    }
    let (lower, upper) = zero_both();
    bounds_are(row, lower, upper, exact::zero())
}

/// The project a column stands for.
fn project_of_column<'a>(meaning: &Meaning<'a>, column: usize) -> Option<Project<'a>> {
    let entry = meaning.sheet.columns.get(column)?;
    if !entry.label.is_empty() {
        return Some(Project::Code(&entry.label));
    }
    demand_at(meaning, &meaning.place_of(column)?).map(Project::Need)
}

/// What the `active` columns stand for: the payments that each looks at.
pub(crate) struct Actives {
    of: BTreeMap<usize, BTreeSet<usize>>,
    by_pays: BTreeMap<BTreeSet<usize>, usize>,
    /// Payments that the model may ask about.
    asked: BTreeSet<BTreeSet<usize>>,
}

impl Actives {
    pub(crate) fn new(meaning: &Meaning<'_>) -> Self {
        let mut of = BTreeMap::new();
        for row in meaning
            .sheet
            .rows
            .iter()
            .filter(|row| row.family == "active")
        {
            let cells = Cells::of(meaning, row);
            if let Some((column, _)) = cells.only(ColumnKind::Active) {
                let pays: BTreeSet<usize> = cells.pays.keys().copied().collect();
                of.entry(column).or_insert(pays);
            }
        }
        let by_pays = of.iter().map(|(&column, pays)| (pays.clone(), column));
        Self {
            by_pays: by_pays.collect(),
            asked: asked(meaning),
            of,
        }
    }

    /// `paid >= least x active` or `paid <= most x active`.
    ///
    /// # Errors
    /// What the model does not ask.
    pub(crate) fn check(&self, meaning: &Meaning<'_>, row: &SheetRow) -> Result<(), Said> {
        let cells = Cells::of(meaning, row);
        let (column, coefficient) = cells.only(ColumnKind::Active).ok_or_else(unexplained)?;
        let pays = self.of.get(&column).ok_or_else(unexplained)?;
        pays_are(meaning, &cells, pays)?;
        if !self.asked.contains(pays) || pays.is_empty() {
            return Err(unexplained());
        }
        let demands: BTreeSet<usize> = pays
            .iter()
            .filter_map(|&column| meaning.pay(column))
            .map(|pay| pay.demand)
            .collect();
        let demands = demands
            .iter()
            .filter_map(|&position| Some((position, meaning.model.demands.get(position)?)));
        let found = i128::from(coefficient).saturating_neg();
        if row.lower.is_some() {
            let least = demands.map(|(_, demand)| least_paid(meaning.model, demand));
            if least.min().map(i128::from) != Some(found) {
                return Err(wrong(meaning, column, coefficient));
            }
            return bounds_are(row, Some(exact::zero()), None, exact::zero());
        }
        let most: i128 = demands
            .map(|(position, demand)| {
                let own = pays_of(meaning, position).filter(|pay| pays.contains(&pay.0));
                let paid: i128 = own.map(|pay| pay.1).sum();
                demand
                    .euro
                    .map_or(paid, |euro| paid.min(i128::from(euro.cents())))
            })
            .sum();
        if found != most {
            return Err(wrong(meaning, column, coefficient));
        }
        bounds_are(row, None, Some(exact::zero()), exact::zero())
    }

    /// A rule that counts active zones or projects, or compares what is active.
    ///
    /// # Errors
    /// What the model does not ask.
    pub(crate) fn count(
        &self,
        meaning: &Meaning<'_>,
        row: &SheetRow,
        cells: &Cells,
        instance: &Instance<'_>,
    ) -> Result<(), Said> {
        if let Some((&column, &coefficient)) = cells.pays.iter().next() {
            return Err(wrong(meaning, column, coefficient));
        }
        let rule = instance.rule;
        let mut asked: BTreeMap<usize, i128> = BTreeMap::new();
        let mut add = |columns: Vec<usize>, sign: i128| {
            for column in columns {
                *asked.entry(column).or_default() += sign * COUNT_SCALE;
            }
        };
        let own = if rule.measure.quantity == Quantity::Projects {
            projects(meaning, instance)
        } else {
            self.zones(meaning, instance, &rule.measure.selection.actions)?
        };
        match &rule.bound {
            Bound::Excludes(others) => {
                add(own, 1);
                add(self.zones(meaning, instance, others)?, 1);
            }
            Bound::Requires(others) => {
                add(own, -1);
                add(self.zones(meaning, instance, others)?, 1);
            }
            _ => add(own, 1),
        }
        for &(column, kind, coefficient) in &cells.others {
            let is_thing = matches!(kind, ColumnKind::Active | ColumnKind::Project);
            if is_thing && asked.remove(&column) != Some(i128::from(coefficient)) {
                return Err(wrong(meaning, column, coefficient));
            }
        }
        if let Some(&column) = asked.keys().next() {
            return Err(wrong(meaning, column, 0));
        }
        let bound = instance.known(meaning.model)? * whole(COUNT_SCALE);
        let (floor, ceil) = (bound.floor(), bound.ceil());
        let (lower, upper) = match rule.relation {
            Relation::AtLeast => (Some(ceil), None),
            Relation::AtMost => (None, Some(floor)),
            Relation::Below => (None, Some(ceil - whole(1))),
            Relation::Equal => (Some(floor), Some(ceil)),
        };
        bounds_are(row, lower, upper, exact::zero())
    }

    /// The `active` column of each zone of an instance in which some of the actions can be paid.
    fn zones(
        &self,
        meaning: &Meaning<'_>,
        instance: &Instance<'_>,
        actions: &[crate::model::ActionIdx],
    ) -> Result<Vec<usize>, Said> {
        pays_by_zone(meaning, instance, actions)
            .into_iter()
            .map(|pays| self.by_pays.get(&pays).copied().ok_or_else(unexplained))
            .collect()
    }
}

/// Payments of some actions in each zone of an instance, where there are any.
fn pays_by_zone(
    meaning: &Meaning<'_>,
    instance: &Instance<'_>,
    actions: &[crate::model::ActionIdx],
) -> Vec<BTreeSet<usize>> {
    let mut zones: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
    for &pair in instance.pairs.iter() {
        for pay in meaning.pays_in(pair) {
            let action = pay.cell.1;
            let own = instance.place.action.is_none_or(|only| only == action);
            if own && actions.contains(&action) {
                zones.entry(pair.0).or_default().insert(pay.column);
            }
        }
    }
    zones.into_values().collect()
}

/// Columns of the projects an instance counts.
fn projects(meaning: &Meaning<'_>, instance: &Instance<'_>) -> Vec<usize> {
    let mut counted = BTreeSet::new();
    for &pair in instance.pairs.iter() {
        for pay in meaning.pays_in(pair) {
            let demand = meaning.model.demands.get(pay.demand);
            if let Some(demand) = demand.filter(|_| instance.measures(pay.cell.0, pay.cell.1)) {
                counted.insert(project_of(pay.demand, demand));
            }
        }
    }
    let columns = 0..meaning.sheet.columns.len();
    columns
        .filter(|&column| {
            meaning
                .column(column)
                .is_some_and(|c| c.kind == ColumnKind::Project)
        })
        .filter(|&column| {
            project_of_column(meaning, column).is_some_and(|project| counted.contains(&project))
        })
        .collect()
}

/// The payments that the model may ask about: of each action with a minimum in each zone and year, and of each zone of a rule.
fn asked(meaning: &Meaning<'_>) -> BTreeSet<BTreeSet<usize>> {
    let mut cells: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
    for pay in meaning.pays {
        let (_, action, zone, year) = pay.cell;
        let entry = meaning.model.actions.get(action.index());
        if entry.is_some_and(|entry| entry.min_active.is_some()) {
            cells
                .entry((action, zone, year))
                .or_default()
                .insert(pay.column);
        }
    }
    let mut asked: BTreeSet<BTreeSet<usize>> = cells.into_values().collect();
    let counting = meaning.model.rules.iter();
    for rule in counting.filter(|rule| rule.measure.quantity == Quantity::ActiveZones) {
        for instance in instances(rule) {
            let own = &rule.measure.selection.actions;
            asked.extend(pays_by_zone(meaning, &instance, own));
            if let Bound::Excludes(others) | Bound::Requires(others) = &rule.bound {
                asked.extend(pays_by_zone(meaning, &instance, others));
            }
        }
    }
    asked
}
