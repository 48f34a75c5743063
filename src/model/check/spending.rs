//! Money nothing can use, and needs nobody may pay.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Zero;

use super::Lines;
use crate::input::Problems;
use crate::model::{ActionIdx, ActionKind, Demand, Eligibility, FundIdx, FundYear, Model, ZoneIdx};
use crate::problem::{Remark, Shown, WhereYear};
use crate::units::{Euro, Year};

/// All checks of spending.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    let openings = Openings::of(model);
    actions_without(model, &openings, lines, problems);
    unpayable_needs(model, &openings, lines, problems);
    unspendable_funds(model, &openings, lines, problems);
    too_dear(model, &openings, lines, problems);
}

/// The matrix by fund and action.
pub(super) struct Openings<'m> {
    model: &'m Model,
    by_pair: BTreeMap<(FundIdx, ActionIdx), Vec<&'m Eligibility>>,
}

impl<'m> Openings<'m> {
    /// The matrix of a model.
    pub(super) fn of(model: &'m Model) -> Self {
        let mut by_pair: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for entry in &model.eligibility {
            for action in &entry.actions {
                by_pair
                    .entry((entry.fund, *action))
                    .or_default()
                    .push(entry);
            }
        }
        Self { model, by_pair }
    }

    /// As [`Model::may_pay`].
    pub(super) fn open(&self, fund: FundIdx, demand: &Demand) -> bool {
        let entries = self.by_pair.get(&(fund, demand.action));
        entries.is_some_and(|entries| entries.iter().any(|entry| entry.opens(fund, demand)))
            && self.model.fund(fund).nature.pays(demand.nature)
            && self.model.zone(demand.zone).exists_in(demand.year)
    }

    /// Whether money of a fund and year may pay a demand.
    pub(super) fn may_spend(
        &self,
        (fund, of): (FundIdx, Year),
        money: &FundYear,
        demand: &Demand,
    ) -> bool {
        let found = self.model.fund(fund);
        let last = found.deadline.last_year_for(of);
        let in_time = last.is_none_or(|last| demand.year <= last);
        let may_move = of == demand.year || (of < demand.year && !found.carry_over.is_zero());
        let there_is = money.of_zone(demand.zone).unwrap_or(money.total) > Euro::ZERO;
        in_time && may_move && there_is && self.open(fund, demand)
    }

    fn has_action(&self, action: ActionIdx) -> bool {
        self.by_pair.keys().any(|(_, open)| *open == action)
    }
}

fn actions_without(model: &Model, openings: &Openings<'_>, lines: &Lines, problems: &mut Problems) {
    let needed: BTreeSet<ActionIdx> = model.demands.iter().map(|demand| demand.action).collect();
    for action in model.action_indices() {
        let found = model.action(action);
        let id = Shown::new(&found.id);
        if !openings.has_action(action) {
            let remark = Remark::ActionWithoutFund { action: id.clone() };
            problems.push(lines.action(found), remark);
        }
        if !needed.contains(&action) {
            let remark = Remark::ActionWithoutNeed { action: id };
            problems.push(lines.action(found), remark);
        }
    }
}

/// One remark per action: the first zone and year, how many more, and the euro of all.
fn unpayable_needs(model: &Model, openings: &Openings<'_>, lines: &Lines, problems: &mut Problems) {
    let mut found: BTreeMap<ActionIdx, (ZoneIdx, Year, usize, Euro)> = BTreeMap::new();
    for demand in &model.demands {
        let mut money = model.money.iter();
        let payable = money.any(|(key, money)| openings.may_spend(*key, money, demand));
        // Where no fund may pay the action at all, the action itself is told.
        if payable || !openings.has_action(demand.action) {
            continue;
        }
        let first = (demand.zone, demand.year, 0, Euro::ZERO);
        let (_, _, cells, euro) = found.entry(demand.action).or_insert(first);
        *cells = cells.saturating_add(1);
        let more = euro.checked_add(demand.euro.unwrap_or_default());
        *euro = more.unwrap_or(*euro);
    }
    for (action, (zone, year, cells, euro)) in found {
        let found = model.action(action);
        let at = WhereYear {
            zone: Shown::new(&model.zone(zone).id),
            year,
            others: cells.saturating_sub(1),
        };
        let action = Shown::new(&found.id);
        let remark = Remark::UnpayableNeed { action, at, euro };
        problems.push(lines.action(found), remark);
    }
}

/// Actions whose smallest payment is above all the money that may pay it: a minimum, a unit, a project. One remark per action.
fn too_dear(model: &Model, openings: &Openings<'_>, lines: &Lines, problems: &mut Problems) {
    let mut found: BTreeMap<ActionIdx, (ZoneIdx, Year, usize, Euro, Euro)> = BTreeMap::new();
    for demand in &model.demands {
        let Some(least) = smallest(model, demand) else {
            continue;
        };
        let there_is = model
            .money
            .iter()
            .filter(|(key, money)| openings.may_spend(**key, money, demand))
            .map(|(_, money)| money.of_zone(demand.zone).unwrap_or(money.total));
        let Some(most) = there_is.into_iter().try_fold(Euro::ZERO, Euro::checked_add) else {
            continue;
        };
        // Where there is no money at all, or the need itself is smaller, that is told.
        if most > Euro::ZERO && most < least && demand.euro.is_none_or(|need| need >= least) {
            let first = (demand.zone, demand.year, 0, least, most);
            let entry = found.entry(demand.action).or_insert(first);
            entry.2 = entry.2.saturating_add(1);
        }
    }
    for (action, (zone, year, cells, least, most)) in found {
        let found = model.action(action);
        let at = WhereYear {
            zone: Shown::new(&model.zone(zone).id),
            year,
            others: cells.saturating_sub(1),
        };
        let action = Shown::new(&found.id);
        let remark = Remark::MinimumOverMoney {
            action,
            at,
            least,
            most,
        };
        problems.push(lines.action(found), remark);
    }
}

/// The least that can be paid of a demand, other than nothing; none where any amount can, or other items are paid with it.
fn smallest(model: &Model, demand: &Demand) -> Option<Euro> {
    let action = model.action(demand.action);
    match action.kind {
        ActionKind::Divisible => action.min_active,
        ActionKind::Units => {
            let year = model.years.iter().position(|year| *year == demand.year)?;
            let cost = action.unit_cost.get(year).copied()?;
            action
                .min_active
                .map_or(Some(cost), |least| Some(least.max(cost)))
        }
        ActionKind::Project => demand.euro.filter(|_| demand.label.is_empty()),
    }
}

fn unspendable_funds(
    model: &Model,
    openings: &Openings<'_>,
    lines: &Lines,
    problems: &mut Problems,
) {
    for (key, money) in &model.money {
        let mut demands = model.demands.iter();
        if money.total == Euro::ZERO
            || demands.any(|demand| openings.may_spend(*key, money, demand))
        {
            continue;
        }
        let found = model.fund(key.0);
        let place = lines.funds.get(&found.id).cloned().unwrap_or_default();
        let (fund, year, euro) = (Shown::new(&found.id), key.1, money.total);
        problems.push(place, Remark::UnspendableFund { fund, year, euro });
    }
}
