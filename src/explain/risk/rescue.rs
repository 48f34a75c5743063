//! What would keep money from being lost: each change is made, and the goals are solved again.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::{Rescue, Rescued, Risk};
use crate::explain::change::without;
use crate::explain::ground::{Advanced, ExplainError, Ground, changes, on_threads};
use crate::explain::{Cell, GoalValue};
use crate::lp::ColumnKey;
use crate::model::{
    ActionIdx, Deadline, Eligibility, FundIdx, Goal, GoalKind, MatchShares, Model, Relation,
};
use crate::proposal::{Proposal, UnmetLine};
use crate::solve::Options;
use crate::units::{Euro, Exact, Year};

/// Losses below this are what whole cents leave over: a euro.
const TOLD: Euro = Euro::from_cents(100);

/// Unmet actions to which a fund may be opened, the largest first, at most.
const OPENED: usize = 3;

/// What each fund loses at deadlines in a plan, and what would keep it; in order of fund.
///
/// `plan` is that of the ground. The money kept is that of the goal `at_risk`, which is added as the last one where the model has
/// none.
///
/// # Errors
/// [`ExplainError`] when the model cannot be solved with that goal, or there are no threads.
pub fn risks(
    ground: &Ground,
    plan: &Proposal,
    options: &Options,
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Vec<Risk>, ExplainError> {
    let lost = lost(ground, plan);
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    let own;
    let ground = if at_risk(ground.now()).is_some() {
        ground
    } else {
        own = Ground::new(&with_goal(ground.model()), options)?;
        &own
    };
    let model = ground.model();
    let mut changes_to_try: Vec<(FundIdx, Rescue)> = Vec::new();
    for (&fund, years) in &lost {
        let found = candidates(model, fund, years, &plan.unmet);
        changes_to_try.extend(found.into_iter().map(|rescue| (fund, rescue)));
    }
    let found = on_threads(threads, &changes_to_try, advanced, |(fund, rescue)| {
        rescued(ground, *fund, rescue, lost.get(fund)?)
    })?;
    let mut risks = Vec::new();
    for (fund, years) in lost {
        let of_fund = changes_to_try.iter().zip(&found);
        let mut rescues: Vec<Rescued> = of_fund
            .filter(|((of, _), _)| *of == fund)
            .filter_map(|(_, rescued)| rescued.clone())
            .collect();
        let extra_year = rescues
            .iter()
            .find(|rescued| rescued.rescue == Rescue::Deadline)
            .map(|rescued| rescued.gains.clone())
            .unwrap_or_default();
        rescues.retain(|rescued| rescued.keeps >= TOLD);
        rescues.sort_by_key(|rescued| std::cmp::Reverse(rescued.keeps));
        let total = Euro::checked_sum(years.iter().map(|(_, euro)| *euro));
        let first = years.first().map(|(year, _)| *year);
        risks.push(Risk {
            fund,
            deadline: first.and_then(|year| model.fund(fund).deadline.last_year_for(year)),
            lost: total.unwrap_or_default(),
            years,
            rescues,
            extra_year,
        });
    }
    Ok(risks)
}

/// By fund: what is lost at the end of each year, and what decommitment takes.
fn lost(ground: &Ground, plan: &Proposal) -> BTreeMap<FundIdx, Vec<(Year, Euro)>> {
    let mut lost: BTreeMap<FundIdx, BTreeMap<Year, Euro>> = BTreeMap::new();
    let mut add = |fund: FundIdx, year: Year, euro: Euro| {
        if euro >= TOLD {
            let sum = lost.entry(fund).or_default().entry(year).or_default();
            *sum = sum.checked_add(euro).unwrap_or(*sum);
        }
    };
    for line in &plan.funds {
        add(line.fund, line.year, line.lost);
    }
    let columns = &ground.base().plan().program.columns;
    for (column, value) in columns.iter().zip(&plan.values) {
        if let ColumnKey::Loss { claim, year } = column.key
            && let Some(claim) = ground.model().claims.get(claim)
        {
            add(claim.fund, year, Euro::from_cents(*value));
        }
    }
    let years = |years: BTreeMap<Year, Euro>| years.into_iter().collect();
    lost.into_iter()
        .map(|(fund, of)| (fund, years(of)))
        .collect()
}

/// The goal that counts all money, if there is one.
fn at_risk(values: &[GoalValue]) -> Option<&GoalValue> {
    values.iter().find(|value| value.key.kind == "at_risk")
}

fn with_goal(model: &Model) -> Model {
    let mut changed = model.clone();
    let goal = Goal {
        kind: GoalKind::AtRisk,
        actions: model.action_indices().collect(),
    };
    // Wishes stay last.
    let wishes = |goal: &Goal| matches!(goal.kind, GoalKind::Wishes);
    let place = changed.goals.iter().position(wishes);
    changed
        .goals
        .insert(place.unwrap_or(changed.goals.len()), goal);
    changed
}

/// Changes that may keep money of a fund, the mildest first.
fn candidates(
    model: &Model,
    fund: FundIdx,
    years: &[(Year, Euro)],
    unmet: &[UnmetLine],
) -> Vec<Rescue> {
    let mut found = Vec::new();
    let of = model.fund(fund);
    if of.carry_over < Exact::from_integer(1) {
        found.push(Rescue::CarryOver);
    }
    if of.deadline != Deadline::Never {
        found.push(Rescue::Deadline);
    }
    let total = Euro::checked_sum(years.iter().map(|(_, euro)| *euro)).unwrap_or_default();
    let place = |action: ActionIdx| Cell {
        fund: Some(fund),
        action: Some(action),
        ..Cell::default()
    };
    for action in model.action_indices() {
        let is_paid = |demand: &&crate::model::Demand| {
            demand.action == action && demand.euro.is_some() && demand.label.is_empty()
        };
        let mut demands = model.demands.iter().filter(is_paid);
        if demands.any(|demand| model.may_pay(fund, demand)) {
            found.push(Rescue::Need {
                place: place(action),
                need: total,
            });
        }
    }
    for rule in model.rules.iter().filter(|rule| rule.strength.is_hard()) {
        let caps = matches!(
            rule.relation,
            Relation::AtMost | Relation::Below | Relation::Equal
        );
        if caps && rule.measure.selection.funds.contains(&fund) {
            found.push(Rescue::Rule {
                rule: rule.id.clone(),
                title: rule.title.clone(),
                law: rule.law.cite(),
            });
        }
    }
    for of in &model.matches {
        let named = match &of.shares {
            MatchShares::Proportion(shares) => shares.iter().any(|(named, _)| *named == fund),
            MatchShares::Minimum { among, .. } => among.contains(&fund),
        };
        if named {
            found.push(Rescue::Rule {
                rule: of.id.clone(),
                title: of.title.clone(),
                law: of.law.cite(),
            });
        }
    }
    let mut closed: BTreeMap<ActionIdx, Euro> = BTreeMap::new();
    for line in unmet {
        let mut demands = model
            .demands
            .iter()
            .filter(|demand| demand.action == line.action);
        if !demands.any(|demand| model.may_pay(fund, demand)) {
            let sum = closed.entry(line.action).or_default();
            *sum = sum.checked_add(line.euro).unwrap_or(*sum);
        }
    }
    let mut closed: Vec<(ActionIdx, Euro)> = closed.into_iter().collect();
    closed.sort_by_key(|&(action, euro)| (std::cmp::Reverse(euro), action));
    found.extend(
        closed
            .into_iter()
            .take(OPENED)
            .map(|(action, unmet)| Rescue::Eligibility {
                place: place(action),
                unmet,
            }),
    );
    found
}

/// Makes a change and solves; `None` where that gives no answer.
fn rescued(
    ground: &Ground,
    fund: FundIdx,
    rescue: &Rescue,
    years: &[(Year, Euro)],
) -> Option<Rescued> {
    let changed = changed(ground.model(), fund, rescue, years)?;
    let found = ground.near(&changed).ok()?;
    let gains = changes(ground.now(), &found);
    let kept = gains.iter().find(|gain| gain.key.kind == "at_risk")?;
    Some(Rescued {
        rescue: rescue.clone(),
        keeps: Euro::round_of(&kept.change)?,
        gains,
    })
}

fn changed(model: &Model, fund: FundIdx, rescue: &Rescue, years: &[(Year, Euro)]) -> Option<Model> {
    let mut changed = model.clone();
    match rescue {
        Rescue::Rule { rule, .. } => return Some(without(model, std::slice::from_ref(rule))),
        Rescue::CarryOver => {
            changed.funds.get_mut(fund.index())?.carry_over = Exact::from_integer(1);
        }
        Rescue::Deadline => {
            let of = changed.funds.get_mut(fund.index())?;
            of.deadline = match of.deadline {
                Deadline::YearsAfter(years) => Deadline::YearsAfter(years.saturating_add(1)),
                Deadline::LastYear(year) => Deadline::LastYear(year.saturating_add(1)),
                Deadline::Never => Deadline::Never,
            };
            // What may be spent later has to be able to move there.
            of.carry_over = Exact::from_integer(1);
        }
        Rescue::Eligibility { place, .. } => {
            let zones = model.zone_indices();
            let pairs = zones.flat_map(|zone| model.years.iter().map(move |year| (zone, *year)));
            changed.eligibility.push(Eligibility {
                fund,
                actions: vec![place.action?],
                zones: pairs.collect(),
                max_share: None,
                law: None,
            });
        }
        Rescue::Need { place, .. } => {
            // In each year in which something is lost, as much more as is lost then; in the last where money may be spent later.
            for &(year, euro) in years {
                more_need(&mut changed, fund, (place.action?, year), euro)?;
            }
        }
    }
    Some(changed)
}

/// Raises the needs of an action in a year by an amount, each by its part of them.
fn more_need(
    model: &mut Model,
    fund: FundIdx,
    (action, year): (ActionIdx, Year),
    euro: Euro,
) -> Option<()> {
    let here: Vec<usize> = model
        .demands
        .iter()
        .enumerate()
        .filter(|(_, demand)| {
            (demand.action, demand.year) == (action, year)
                && demand.label.is_empty()
                && demand.euro.is_some()
                && model.may_pay(fund, demand)
        })
        .map(|(position, _)| position)
        .collect();
    let of = |position: &usize| model.demands.get(*position).and_then(|demand| demand.euro);
    let total: i128 = here
        .iter()
        .filter_map(of)
        .map(|euro| i128::from(euro.cents()))
        .sum();
    if total == 0 {
        return Some(());
    }
    let parts: Vec<Exact> = here
        .iter()
        .filter_map(of)
        .map(|own| {
            let product = i128::from(own.cents()).checked_mul(i128::from(euro.cents()))?;
            Some(Exact::new(product, total))
        })
        .collect::<Option<_>>()?;
    let cents = crate::model::riparto::largest_remainder(euro.cents(), &parts).ok()?;
    for (position, cents) in here.into_iter().zip(cents) {
        let demand = model.demands.get_mut(position)?;
        let own = demand.euro?;
        let more = own.checked_add(Euro::from_cents(cents))?;
        if own > Euro::ZERO {
            demand.units *= Exact::new(i128::from(more.cents()), i128::from(own.cents()));
        }
        demand.euro = Some(more);
    }
    Some(())
}
