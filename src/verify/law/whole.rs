//! What comes whole, counted again from what is paid: units, projects, minimum grants, active zones.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Action, ActionIdx, ActionKind, Bound, Demand, Model, Quantity, ZoneIdx};
use crate::sheet::ColumnKind;
use crate::units::Year;
use crate::verify::codes::Place;
use crate::verify::programme::is_whole;
use crate::verify::report::{Tally, said};

use super::exact::{self, Q, euro_text, whole};
use super::instance::Instance;
use super::plan::Plan;

/// A project: of `projects.csv`, by its code, or a need that stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Project<'a> {
    Code(&'a str),
    Need(usize),
}

/// The project a demand belongs to.
pub(crate) fn project_of(position: usize, demand: &Demand) -> Project<'_> {
    match demand.label.split_once('/') {
        Some((code, _)) => Project::Code(code),
        None => Project::Need(position),
    }
}

fn action_of<'m>(model: &'m Model, demand: &Demand) -> Option<&'m Action> {
    model.actions.get(demand.action.index())
}

/// Whether the action of a demand is of a kind.
pub(crate) fn is_kind(model: &Model, demand: &Demand, kind: ActionKind) -> bool {
    action_of(model, demand).is_some_and(|action| action.kind == kind)
}

/// What a unit of a demand costs, in cents; zero when unknown.
pub(crate) fn unit_cost(model: &Model, demand: &Demand) -> i64 {
    let position = model.years.iter().position(|&year| year == demand.year);
    position
        .and_then(|position| action_of(model, demand)?.unit_cost.get(position))
        .map_or(0, |cost| cost.cents())
}

/// The smallest amount by which a demand is paid, where its action is paid at all.
pub(crate) fn least_paid(model: &Model, demand: &Demand) -> i64 {
    let Some(action) = action_of(model, demand) else {
        return 1;
    };
    let thing = match action.kind {
        ActionKind::Divisible => 1,
        ActionKind::Units => unit_cost(model, demand),
        ActionKind::Project => demand.euro.map_or(1, |euro| euro.cents()),
    };
    let least = action.min_active.map_or(1, |least| least.cents());
    least.max(thing).max(1)
}

/// Cents paid for each demand.
fn paid_by_demand(plan: &Plan<'_>) -> BTreeMap<usize, i128> {
    let mut paid: BTreeMap<usize, i128> = BTreeMap::new();
    for pay in plan.pays {
        let value = plan.values.get(pay.column).copied().unwrap_or(0);
        let sum = paid.entry(pay.demand).or_default();
        *sum = sum.saturating_add(i128::from(value));
    }
    paid
}

/// Cents paid for an action in a zone and year.
fn paid_for(plan: &Plan<'_>, action: ActionIdx, zone: ZoneIdx, year: Year) -> i128 {
    let paid = plan.paid_in(zone, year).iter();
    paid.filter(|paid| paid.1 == action)
        .map(|paid| i128::from(paid.2))
        .sum()
}

/// Checks that what comes whole is paid whole; nothing where nothing does.
pub(crate) fn check(plan: &Plan<'_>) -> Option<Tally> {
    let model = plan.model;
    let counts = model
        .rules
        .iter()
        .any(|rule| rule.measure.quantity.is_count());
    let things = model.demands.iter().any(|demand| {
        !is_kind(model, demand, ActionKind::Divisible)
            || action_of(model, demand).is_some_and(|action| action.min_active.is_some())
    });
    let columns = plan
        .sheet
        .columns
        .iter()
        .any(|column| is_whole(column.kind));
    if !counts && !things && !columns {
        return None;
    }
    let mut tally = Tally::new(
        "whole",
        said!(
            "unità, progetti e contributi minimi sono pagati interi, e i numeri interi del foglio sono quelli del registro",
            "units, projects and minimum grants are paid whole, and the whole numbers of the sheet are those of the ledger"
        ),
    );
    let paid = paid_by_demand(plan);
    check_demands(plan, &paid, &mut tally);
    check_minima(plan, &mut tally);
    check_numbers(plan, &paid, &mut tally);
    Some(tally)
}

fn check_demands(plan: &Plan<'_>, paid: &BTreeMap<usize, i128>, tally: &mut Tally) {
    let mut of_project: BTreeMap<Project<'_>, (bool, bool)> = BTreeMap::new();
    for (position, demand) in plan.model.demands.iter().enumerate() {
        let paid = paid.get(&position).copied().unwrap_or(0);
        let place = Place {
            fund: None,
            action: Some(demand.action),
            zone: Some(demand.zone),
            year: Some(demand.year),
        };
        if is_kind(plan.model, demand, ActionKind::Units) {
            tally.looked_at(1);
            let cost = i128::from(unit_cost(plan.model, demand)).max(1);
            if paid % cost != 0 {
                let over = euro_text(&whole(paid % cost));
                tally.fail(
                    plan.codes.text(&place),
                    format!("{over} euro"),
                    said!("paga una parte di unità", "pays a part of a unit"),
                );
            }
        }
        if is_kind(plan.model, demand, ActionKind::Project) {
            tally.looked_at(1);
            let cost = demand.euro.map_or(0, |euro| i128::from(euro.cents()));
            let (none, full) = of_project
                .entry(project_of(position, demand))
                .or_insert((true, true));
            *none &= paid == 0;
            *full &= paid == cost;
            if !*none && !*full {
                tally.fail(
                    format!("{} {}", plan.codes.text(&place), demand.label),
                    format!("{} euro", euro_text(&whole(paid))),
                    said!(
                        "il progetto è pagato in parte",
                        "the project is paid in part"
                    ),
                );
            }
        }
    }
}

fn check_minima(plan: &Plan<'_>, tally: &mut Tally) {
    let mut paid: BTreeMap<(ActionIdx, ZoneIdx, Year), i128> = BTreeMap::new();
    for (&(_, action, zone, year), &cents) in plan.ledger {
        let sum = paid.entry((action, zone, year)).or_default();
        *sum = sum.saturating_add(i128::from(cents));
    }
    for ((action, zone, year), cents) in paid {
        let entry = plan.model.actions.get(action.index());
        let Some(least) = entry.and_then(|entry| entry.min_active) else {
            continue;
        };
        tally.looked_at(1);
        if cents < i128::from(least.cents()) {
            let place = Place {
                fund: None,
                action: Some(action),
                zone: Some(zone),
                year: Some(year),
            };
            tally.fail(
                plan.codes.text(&place),
                format!("{} euro", euro_text(&whole(cents))),
                said!(
                    "riceve meno del minimo di {least}",
                    "receives less than the minimum of {least}"
                ),
            );
        }
    }
}

/// The whole numbers of the sheet against what is paid.
fn check_numbers(plan: &Plan<'_>, paid: &BTreeMap<usize, i128>, tally: &mut Tally) {
    let mut active: BTreeMap<usize, i128> = BTreeMap::new();
    for row in plan.sheet.rows.iter().filter(|row| row.family == "active") {
        let mut column = None;
        let mut sum = 0_i128;
        for &(cell, _) in &row.cells {
            let Ok(cell) = usize::try_from(cell) else {
                continue;
            };
            match plan.sheet.columns.get(cell).map(|entry| entry.kind) {
                Some(ColumnKind::Active) => column = Some(cell),
                _ => {
                    let value = plan.values.get(cell).copied().unwrap_or(0);
                    sum = sum.saturating_add(i128::from(value));
                }
            }
        }
        if let Some(column) = column {
            active.insert(column, sum);
        }
    }
    for (position, column) in plan.sheet.columns.iter().enumerate() {
        if !is_whole(column.kind) {
            continue;
        }
        tally.looked_at(1);
        let place = plan.codes.place(&column.scope).unwrap_or_default();
        let of_column = |(position, demand): &(usize, &Demand)| match project_of(*position, demand)
        {
            Project::Code(code) => column.kind == ColumnKind::Project && code == column.label,
            Project::Need(_) => {
                column.label.is_empty()
                    && Some(demand.action) == place.action
                    && Some(demand.zone) == place.zone
                    && Some(demand.year) == place.year
            }
        };
        let demands = plan.model.demands.iter().enumerate().filter(of_column);
        let found = match column.kind {
            ColumnKind::Active => i128::from(active.get(&position).is_some_and(|sum| *sum > 0)),
            ColumnKind::Project => i128::from(
                demands
                    .filter(|(_, demand)| is_kind(plan.model, demand, ActionKind::Project))
                    .any(|(position, _)| paid.get(&position).is_some_and(|paid| *paid > 0)),
            ),
            _ => demands
                .map(|(position, demand)| {
                    let cost = i128::from(unit_cost(plan.model, demand)).max(1);
                    paid.get(&position).copied().unwrap_or(0) / cost
                })
                .sum(),
        };
        let stated = plan.values.get(position).copied().unwrap_or(0);
        if i128::from(stated) != found {
            tally.fail(
                &column.name,
                "",
                said!(
                    "il foglio dice {stated}, il registro dà {found}",
                    "the sheet says {stated}, the ledger gives {found}"
                ),
            );
        }
    }
}

/// What an instance counts: active zones or projects; of a rule that excludes, both sides together.
pub(crate) fn counted(plan: &Plan<'_>, instance: &Instance<'_>) -> Q {
    let own = &instance.rule.measure.selection.actions;
    let count = match (&instance.rule.bound, instance.rule.measure.quantity) {
        (_, Quantity::Projects) => projects(plan, instance),
        (Bound::Excludes(others), _) => {
            active_zones(plan, instance, own) + active_zones(plan, instance, others)
        }
        (Bound::Requires(others), _) => active_zones(plan, instance, others),
        _ => active_zones(plan, instance, own),
    };
    whole(count)
}

/// What an instance that requires something asks: as much as is active on its own side.
pub(crate) fn required(plan: &Plan<'_>, instance: &Instance<'_>) -> Q {
    if matches!(instance.rule.bound, Bound::Requires(_)) {
        let own = &instance.rule.measure.selection.actions;
        whole(active_zones(plan, instance, own))
    } else {
        exact::zero()
    }
}

/// Zones in which some of the actions is active in some year of the instance.
fn active_zones(plan: &Plan<'_>, instance: &Instance<'_>, actions: &[ActionIdx]) -> i128 {
    let mut active = BTreeSet::new();
    for &(zone, year) in instance.pairs.iter() {
        for &action in actions {
            if instance.place.action.is_some_and(|only| only != action) {
                continue;
            }
            let least = plan
                .model
                .actions
                .get(action.index())
                .and_then(|entry| entry.min_active)
                .map_or(1, |least| i128::from(least.cents()).max(1));
            if paid_for(plan, action, zone, year) >= least {
                active.insert(zone);
            }
        }
    }
    i128::try_from(active.len()).unwrap_or(i128::MAX)
}

/// Projects with a cost in the scope of the instance that are paid.
fn projects(plan: &Plan<'_>, instance: &Instance<'_>) -> i128 {
    let paid = paid_by_demand(plan);
    let mut counted = BTreeSet::new();
    let mut is_paid = BTreeSet::new();
    for (position, demand) in plan.model.demands.iter().enumerate() {
        if !is_kind(plan.model, demand, ActionKind::Project) {
            continue;
        }
        let project = project_of(position, demand);
        if paid.get(&position).is_some_and(|paid| *paid > 0) {
            is_paid.insert(project);
        }
        let pair = (demand.zone, demand.year);
        let chosen = &instance.rule.measure.selection.actions;
        let only = instance
            .place
            .action
            .is_none_or(|only| only == demand.action);
        if only && chosen.contains(&demand.action) && instance.pairs.binary_search(&pair).is_ok() {
            counted.insert(project);
        }
    }
    i128::try_from(counted.intersection(&is_paid).count()).unwrap_or(i128::MAX)
}
