//! Small named checks of a valid model that warn: a careful reader should know, but nothing stops.

mod rules;
mod spending;

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Zero;

use super::{Action, ActionIdx, ActionKind, Confidence, Goal, GoalKind, Law, Model};
use crate::input::{Entries, Problems};
use crate::problem::{Place, Remark, Shown};
use crate::units::Euro;

/// Where the things of a model were written.
#[derive(Debug, Default)]
pub(super) struct Lines {
    funds: BTreeMap<String, Place>,
    actions: BTreeMap<String, Place>,
    rules: BTreeMap<String, Place>,
    amounts: Vec<Place>,
    laws: Vec<(Shown, Law, Place)>,
}

impl Lines {
    /// The places of funds, actions and rules by id, and of amounts in the order of the model, and laws of what has no id of its own.
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
            amounts,
            laws,
        }
    }

    fn action(&self, action: &Action) -> Place {
        self.actions.get(&action.id).cloned().unwrap_or_default()
    }

    fn rule(&self, id: &str) -> Place {
        self.rules.get(id).cloned().unwrap_or_default()
    }
}

/// All checks.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    zero_weights(model, lines, problems);
    divisible(model, lines, problems);
    spending::check(model, lines, problems);
    rules::check(model, lines, problems);
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

fn divisible(model: &Model, lines: &Lines, problems: &mut Problems) {
    for action in &model.actions {
        let mut words = Vec::new();
        match action.kind {
            ActionKind::Divisible => {}
            ActionKind::Units => words.push("kind = units"),
            ActionKind::Project => words.push("kind = project"),
        }
        if action.min_active.is_some() {
            words.push("min_active");
        }
        for word in words {
            let (action_id, word) = (Shown::new(&action.id), Shown::new(word));
            problems.push(
                lines.action(action),
                Remark::TreatedAsDivisible {
                    action: action_id,
                    word,
                },
            );
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
