//! Small named checks of a valid model that warn: a careful reader should know, but nothing stops.

mod base;
mod idle;
mod limits;
mod reach;
mod rules;
mod shares;
mod spending;

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Zero;

use super::{
    Action, ActionIdx, ActionKind, Confidence, Demand, Goal, GoalKind, Law, Model, Written,
};
use crate::input::{Entries, Problems};
use crate::problem::{Place, Remark, Shown, WhereYear};
use crate::units::Euro;

/// Where the things of a model were written.
#[derive(Debug, Default)]
pub(super) struct Lines {
    funds: BTreeMap<String, Place>,
    actions: BTreeMap<String, Place>,
    rules: BTreeMap<String, Place>,
    zones: BTreeMap<String, Place>,
    /// Items of projects, by their label.
    projects: Vec<(String, Place)>,
    /// Goals that are written, in their order.
    goals: Vec<Place>,
    amounts: Vec<Place>,
    laws: Vec<(Shown, Law, Place)>,
}

impl Lines {
    /// The places of funds, actions, zones and rules by id, and of amounts in the order of the model, and laws of what has no id of its own.
    pub(super) fn of(
        entries: &Entries,
        amounts: Vec<Place>,
        laws: Vec<(Shown, Law, Place)>,
    ) -> Self {
        let rules = entries.file.rule.iter().flatten().map(|rule| &rule.id);
        let matches = entries.file.matches.iter().flatten().map(|entry| &entry.id);
        Self {
            funds: entries
                .funds
                .iter()
                .map(|e| (e.fund.value.clone(), e.fund.place.clone()))
                .collect(),
            actions: entries
                .actions
                .iter()
                .map(|e| (e.action.value.clone(), e.action.place.clone()))
                .collect(),
            rules: rules
                .chain(matches)
                .map(|id| (id.value.0.clone(), id.place.clone()))
                .collect(),
            zones: entries
                .zones
                .iter()
                .map(|e| (e.zone.value.clone(), e.zone.place.clone()))
                .collect(),
            projects: entries
                .projects
                .iter()
                .map(|e| {
                    let label = format!("{}/{}", e.project.value, e.item);
                    (label, e.project.place.clone())
                })
                .collect(),
            goals: entries
                .file
                .goal
                .iter()
                .flatten()
                .map(|goal| goal.kind.place.clone())
                .collect(),
            amounts,
            laws,
        }
    }

    /// Where rules and matches were written, as it is told.
    pub(super) fn written(&self, problems: &Problems) -> Written {
        let told = |place| problems.told_at(place).line_text();
        let rules = self.rules.iter();
        Written(rules.map(|(id, place)| (id.clone(), told(place))).collect())
    }

    fn action(&self, action: &Action) -> Place {
        self.actions.get(&action.id).cloned().unwrap_or_default()
    }

    fn zone(&self, id: &str) -> Place {
        self.zones.get(id).cloned().unwrap_or_default()
    }

    fn rule(&self, id: &str) -> Place {
        self.rules.get(id).cloned().unwrap_or_default()
    }
}

/// All checks.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    zero_weights(model, lines, problems);
    whole(model, lines, problems);
    spending::check(model, lines, problems);
    rules::check(model, lines, problems);
    base::check(model, lines, problems);
    limits::check(model, lines, problems);
    shares::check(model, lines, problems);
    reach::check(model, lines, problems);
    idle::check(model, lines, problems);
    acts_and_estimates(model, lines, problems);
}

fn zero_weights(model: &Model, lines: &Lines, problems: &mut Problems) {
    let value = |goal: &&Goal| matches!(goal.kind, GoalKind::Value { .. });
    let counted: BTreeSet<ActionIdx> = model
        .goals
        .iter()
        .filter(value)
        .flat_map(|goal| goal.actions.clone())
        .collect();
    for action in counted {
        let found = model.action(action);
        if found.priority.is_zero() {
            let action = Shown::new(&found.id);
            problems.push(lines.action(found), Remark::ZeroPriority { action });
        }
    }
}

/// Needs that can never be met whole: a part of a unit, or less than the minimum of the action.
fn whole(model: &Model, lines: &Lines, problems: &mut Problems) {
    for (position, action) in model.actions.iter().enumerate() {
        let own = || {
            let of = ActionIdx::new(position);
            model.demands.iter().filter(move |d| d.action == of)
        };
        let at = |demand: &Demand, others: usize| WhereYear {
            zone: Shown::new(&model.zone(demand.zone).id),
            year: demand.year,
            others,
        };
        let id = Shown::new(&action.id);
        if action.kind == ActionKind::Units {
            let parts: Vec<&Demand> = own()
                .filter(|d| d.euro.is_some() && !d.units.is_integer())
                .collect();
            if let Some(first) = parts.first() {
                let remark = Remark::PartOfUnit {
                    action: id.clone(),
                    at: at(first, parts.len() - 1),
                    units: first.units,
                };
                problems.push(lines.action(action), remark);
            }
        }
        if let Some(least) = action.min_active {
            let mut needs: BTreeMap<_, (&Demand, Option<Euro>)> = BTreeMap::new();
            for demand in own() {
                let entry = needs
                    .entry((demand.zone, demand.year))
                    .or_insert((demand, Some(Euro::ZERO)));
                entry.1 = entry.1.zip(demand.euro).and_then(|(a, b)| a.checked_add(b));
            }
            let low: Vec<(&Demand, Euro)> = needs
                .into_values()
                .filter_map(|(demand, euro)| Some((demand, euro.filter(|euro| *euro < least)?)))
                .collect();
            if let Some((first, euro)) = low.first() {
                let remark = Remark::BelowMinimum {
                    action: id,
                    at: at(first, low.len() - 1),
                    euro: *euro,
                };
                problems.push(lines.action(action), remark);
            }
        }
    }
}

fn acts_and_estimates(model: &Model, lines: &Lines, problems: &mut Problems) {
    let mut estimates = 0_usize;
    let mut euro = Euro::ZERO;
    for (row, amount) in model.amounts.iter().enumerate() {
        if !model.years.contains(&amount.year) {
            continue;
        }
        if amount.act.is_empty() {
            let place = lines.amounts.get(row).cloned().unwrap_or_default();
            let fund = Shown::new(&model.fund(amount.fund).id);
            problems.push(
                place,
                Remark::NoAct {
                    fund,
                    year: amount.year,
                },
            );
        }
        if amount.confidence == Confidence::Estimate {
            estimates = estimates.saturating_add(1);
            euro = euro.checked_add(amount.euro).unwrap_or(euro);
        }
    }
    if estimates > 0 {
        problems.push(
            Place::file("amounts.csv"),
            Remark::Estimates {
                rows: estimates,
                euro,
            },
        );
    }
}
