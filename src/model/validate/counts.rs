//! What comes whole: units, projects, active zones; and the rules that count them.

use super::setting::Setting;
use crate::input::{At, Entries, MeasureEntry, OtherEntry, Problems};
use crate::model::rule::ForEach;
use crate::model::{Action, ActionIdx, ActionKind, Demand, Measure, Quantity};
use crate::problem::{NeedProblem, RuleProblem};

fn action(at: ActionIdx, setting: &Setting) -> Option<&Action> {
    setting.actions.get(at.index())
}

/// Whether an action is one of projects.
pub(super) fn is_project(at: ActionIdx, setting: &Setting) -> bool {
    action(at, setting).is_some_and(|action| action.kind == ActionKind::Project)
}

/// Whether an action comes in whole units.
pub(super) fn is_units(at: ActionIdx, setting: &Setting) -> bool {
    action(at, setting).is_some_and(|action| action.kind == ActionKind::Units)
}

/// Whether any amount of an action may be paid.
pub(super) fn is_divisible(at: ActionIdx, setting: &Setting) -> bool {
    action(at, setting)
        .is_some_and(|action| action.kind == ActionKind::Divisible && action.min_active.is_none())
}

/// Checks a measure that counts: what all funds pay together, for actions that are active or not, or for projects.
pub(super) fn check(
    entry: &At<MeasureEntry>,
    measure: &Measure,
    for_each: ForEach,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<()> {
    if !measure.quantity.is_count() {
        return Some(());
    }
    let mut good = Some(());
    if entry.value.fund.is_some() || for_each.fund {
        problems.push(entry.place.clone(), RuleProblem::CountOfFund);
        good = None;
    }
    let wrong = measure.selection.actions.iter().find(|at| {
        if measure.quantity == Quantity::Projects {
            !is_project(**at, setting)
        } else {
            is_divisible(**at, setting)
        }
    });
    if let Some(at) = wrong {
        let action = setting.action_id(*at);
        let problem = if measure.quantity == Quantity::Projects {
            RuleProblem::NotProjects { action }
        } else {
            RuleProblem::NeverActive { action }
        };
        problems.push(entry.place.clone(), problem);
        good = None;
    }
    good
}

/// The actions on the other side of `excludes` and `requires`.
pub(super) fn other(
    entry: &At<OtherEntry>,
    measure: &Measure,
    for_each: ForEach,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Vec<ActionIdx>> {
    let mut good = true;
    if measure.quantity != Quantity::ActiveZones {
        problems.push(entry.place.clone(), RuleProblem::OtherMeasure);
        good = false;
    }
    if !for_each.zone || for_each.action {
        problems.push(entry.place.clone(), RuleProblem::OtherForEachZone);
        good = false;
    }
    let actions = setting.actions_of(Some(&entry.value.action), problems)?;
    for at in &actions {
        let action = setting.action_id(*at);
        if measure.selection.actions.binary_search(at).is_ok() {
            problems.push(entry.place.clone(), RuleProblem::OtherItself { action });
            good = false;
        } else if is_divisible(*at, setting) {
            problems.push(entry.place.clone(), RuleProblem::NeverActive { action });
            good = false;
        }
    }
    good.then_some(actions)
}

/// Needs of actions that come whole: a limit where all or nothing is meant, a cost where units are counted.
pub(super) fn check_needs(
    demands: &[Demand],
    entries: &Entries,
    setting: &Setting,
    problems: &mut Problems,
) {
    let mut told = Vec::new();
    for demand in demands.iter().filter(|demand| demand.euro.is_none()) {
        let cost = super::needs::unit_cost(demand.action, demand.year, setting);
        let costless = cost.is_none_or(|cost| cost.cents() == 0);
        let id = setting.action_id(demand.action);
        let problem = if is_project(demand.action, setting) {
            NeedProblem::UnlimitedProject { action: id }
        } else if is_units(demand.action, setting) && costless {
            let year = demand.year;
            NeedProblem::UnitsWithoutCost { action: id, year }
        } else {
            continue;
        };
        if told.contains(&demand.action) {
            continue;
        }
        told.push(demand.action);
        let id = action(demand.action, setting).map_or("", |action| action.id.as_str());
        let place = entries
            .actions
            .iter()
            .find(|entry| entry.action.value == id)
            .map(|entry| entry.action.place.clone());
        problems.push(place.unwrap_or_default(), problem);
    }
}
