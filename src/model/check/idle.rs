//! What plays no part: funds without money, projects outside the plan, goals that decide nothing; and amounts in thousands among euro.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Zero;

use super::Lines;
use crate::input::Problems;
use crate::model::{Deadline, FundIdx, Goal, GoalKind, Model, Strength};
use crate::problem::{Remark, Shown};
use crate::units::Euro;

/// Euro in a thousand.
const THOUSAND: i64 = 1_000;

/// How far an amount times a thousand may be from the others of its fund, as a factor, to be taken for one of them in thousands.
const ALIKE: i64 = 3;

pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    funds(model, lines, problems);
    projects(model, lines, problems);
    goals(model, lines, problems);
    thousands(model, lines, problems);
}

fn funds(model: &Model, lines: &Lines, problems: &mut Problems) {
    let with_money = model.money.iter();
    let with_money = with_money.filter(|(_, money)| money.total > Euro::ZERO);
    let mut with_money: BTreeSet<FundIdx> = with_money.map(|((fund, _), _)| *fund).collect();
    with_money.extend(model.earnings.iter().map(|earning| earning.fund));
    for fund in model
        .fund_indices()
        .filter(|fund| !with_money.contains(fund))
    {
        let id = &model.fund(fund).id;
        let place = lines.funds.get(id).cloned().unwrap_or_default();
        problems.push(
            place,
            Remark::IdleFund {
                fund: Shown::new(id),
            },
        );
    }
}

fn projects(model: &Model, lines: &Lines, problems: &mut Problems) {
    let planned: BTreeSet<&str> = model.demands.iter().map(|d| d.label.as_str()).collect();
    for (label, place) in &lines.projects {
        if !planned.contains(label.as_str()) {
            let project = Shown::new(label);
            problems.push(place.clone(), Remark::IdleProject { project });
        }
    }
}

fn goals(model: &Model, lines: &Lines, problems: &mut Problems) {
    for (position, (goal, place)) in model.goals.iter().zip(&lines.goals).enumerate() {
        let before = model.goals.iter().take(position);
        let is_repeated = before.clone().any(|other| other == goal);
        if is_repeated || !decides(goal, model) {
            let word = Shown::new(goal.word());
            problems.push(place.clone(), Remark::IdleGoal { goal: word });
        }
    }
}

/// Whether some plan may be better than another for a goal.
fn decides(goal: &Goal, model: &Model) -> bool {
    let counts = |d: &crate::model::Demand| goal.actions.binary_search(&d.action).is_ok();
    let limited = model.demands.iter().any(|d| counts(d) && d.euro.is_some());
    let has = |strength| model.rules.iter().any(|rule| rule.strength == strength);
    match &goal.kind {
        GoalKind::Leps => limited,
        GoalKind::Leximin { bound: share, .. }
        | GoalKind::Floor {
            coverage: share, ..
        } => limited && !share.is_zero(),
        GoalKind::Steady => {
            model.demands.iter().any(counts)
                && (model.years.len() > 1 || !model.previous.is_empty())
        }
        GoalKind::Open => model.demands.iter().any(counts) && model.years.len() > 1,
        GoalKind::Targets => has(Strength::Target),
        GoalKind::Wishes => has(Strength::Wish),
        GoalKind::Value { .. } => {
            let priced = |d: &&crate::model::Demand| !model.action(d.action).priority.is_zero();
            model.demands.iter().filter(priced).any(counts)
        }
        GoalKind::AtRisk => {
            let ends = |fund: FundIdx| model.fund(fund).deadline != Deadline::Never;
            model.demands.iter().any(counts)
                || !model.claims.is_empty()
                || model.fund_indices().any(ends)
        }
    }
}

/// Amounts of a fund that are alike once one of them is taken for thousands.
fn thousands(model: &Model, lines: &Lines, problems: &mut Problems) {
    let mut by_fund: BTreeMap<_, Vec<(usize, i64)>> = BTreeMap::new();
    for (row, amount) in model.amounts.iter().enumerate() {
        // An amount for a zone is like those of the same zone.
        let key = (amount.fund, amount.zone);
        if amount.euro > Euro::ZERO {
            let row = (row, amount.euro.cents());
            by_fund.entry(key).or_default().push(row);
        }
    }
    for ((fund, _), rows) in by_fund {
        let mut sorted: Vec<i64> = rows.iter().map(|row| row.1).collect();
        sorted.sort_unstable();
        let up_to = |most: i64| sorted.partition_point(|cents| *cents <= most);
        for &(row, cents) in &rows {
            // The one in the middle of those that are not the same.
            let (below, equal) = (up_to(cents - 1), up_to(cents) - up_to(cents - 1));
            let middle = (sorted.len() - equal) / 2;
            let middle = if middle < below {
                middle
            } else {
                middle + equal
            };
            let Some(&usual) = sorted.get(middle) else {
                continue;
            };
            let scaled = cents.saturating_mul(THOUSAND);
            let is_like = scaled >= usual / ALIKE && scaled <= usual.saturating_mul(ALIKE);
            // Of two groups of amounts, the one with fewer is the odd one.
            let odd = up_to(cents.saturating_mul(ALIKE));
            if is_like && odd.saturating_mul(2) <= rows.len() {
                let remark = Remark::InThousands {
                    fund: Shown::new(&model.fund(fund).id),
                    euro: Euro::from_cents(cents),
                    usual: Euro::from_cents(usual),
                };
                problems.push(lines.amounts.get(row).cloned().unwrap_or_default(), remark);
            }
        }
    }
}
