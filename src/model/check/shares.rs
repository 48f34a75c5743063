//! Shares that leave nothing: floors on parts of one fund that ask for more than all of it, and rules said twice.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, One, Zero};

use super::Lines;
use crate::input::Problems;
use crate::model::rule::ForEach;
use crate::model::{Base, Bound, FundIdx, Model, Relation, Rule, Share, ZoneIdx};
use crate::problem::{Remark, Shown, WhereYear, WordList};
use crate::units::{Euro, Exact, Year, exact_text};

/// All checks of shares.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    over_all(model, lines, problems);
    duplicates(model, lines, problems);
}

/// A share as people write it: `40%`.
pub(super) fn percent(share: &Exact) -> Shown {
    let hundred = share.checked_mul(&Exact::from_integer(100));
    Shown::new(&format!("{}%", exact_text(&hundred.unwrap_or(*share))))
}

/// The share of a rule in a zone and year.
pub(super) fn share_at(share: &Share, pair: (ZoneIdx, Year)) -> Exact {
    match share {
        Share::Constant(share) => *share,
        Share::ByZone(shares) => shares.get(&pair).copied().unwrap_or_else(Exact::zero),
    }
}

/// Whether a rule is enforced in a zone and year.
pub(super) fn holds(rule: &Rule, (zone, year): (ZoneIdx, Year)) -> bool {
    let waived = rule.waived.as_ref();
    rule.strength.is_hard()
        && rule.scope.binary_search(&(zone, year)).is_ok()
        && rule.measure.selection.zones.binary_search(&zone).is_ok()
        && !waived.is_some_and(|waiver| waiver.covers(Some(zone), Some(year)))
}

/// Hard floors on shares of what one fund was assigned, for each zone and year, over actions that differ: more than all of it.
fn over_all(model: &Model, lines: &Lines, problems: &mut Problems) {
    let mut by_fund: BTreeMap<FundIdx, Vec<(&Rule, &Share)>> = BTreeMap::new();
    for rule in &model.rules {
        let each = rule.for_each;
        let alone = each.zone && each.year && !each.action && !each.fund;
        let floor = matches!(rule.relation, Relation::AtLeast | Relation::Equal);
        if let (
            Bound::ShareOf {
                base: Base::Assigned,
                share,
                scope,
            },
            [fund],
            true,
        ) = (
            &rule.bound,
            rule.measure.selection.funds.as_slice(),
            alone && floor,
        ) && scope.own == ForEach::default()
        {
            by_fund.entry(*fund).or_default().push((rule, share));
        }
    }
    for (fund, rules) in by_fund {
        if let Some(found) = first_over_all(model, fund, &rules) {
            let place = lines.rule(&found.first);
            problems.push(place, found.remark);
        }
    }
}

/// What is told of one fund.
struct Found {
    first: String,
    remark: Remark,
}

fn first_over_all(model: &Model, fund: FundIdx, rules: &[(&Rule, &Share)]) -> Option<Found> {
    let mut found: Option<(Vec<&Rule>, (ZoneIdx, Year), Exact)> = None;
    let mut cases = 0_usize;
    for zone in model.zone_indices() {
        for &year in &model.years {
            // Carried money may serve floors above what the year itself brings.
            let carried =
                !model.fund(fund).carry_over.is_zero() && model.years.first() != Some(&year);
            let money = model.money.get(&(fund, year));
            let own = money.map(|money| money.of_zone(zone).unwrap_or(money.total));
            if carried || own.is_none_or(|own| own <= Euro::ZERO) {
                continue;
            }
            let mut taken: Vec<&Rule> = Vec::new();
            let mut sum = Exact::zero();
            for (rule, share) in rules {
                let part = share_at(share, (zone, year));
                let apart = |other: &&Rule| {
                    let actions = &other.measure.selection.actions;
                    let own = &rule.measure.selection.actions;
                    own.iter()
                        .all(|action| actions.binary_search(action).is_err())
                };
                if holds(rule, (zone, year)) && part > Exact::zero() && taken.iter().all(apart) {
                    sum = sum.checked_add(&part)?;
                    taken.push(rule);
                }
            }
            if sum > Exact::one() {
                cases = cases.saturating_add(1);
                found.get_or_insert((taken, (zone, year), sum));
            }
        }
    }
    let (taken, (zone, year), sum) = found?;
    let first = taken.first()?.id.clone();
    let remark = Remark::SharesOverAll {
        rules: WordList::of(taken.iter().map(|rule| rule.id.as_str())),
        fund: Shown::new(&model.fund(fund).id),
        at: WhereYear {
            zone: Shown::new(&model.zone(zone).id),
            year,
            others: cases.saturating_sub(1),
        },
        sum: percent(&sum),
    };
    Some(Found { first, remark })
}

/// Two rules that say the same of the same cells.
fn duplicates(model: &Model, lines: &Lines, problems: &mut Problems) {
    for (position, rule) in model.rules.iter().enumerate() {
        let same = |other: &&Rule| {
            other.measure == rule.measure
                && other.for_each == rule.for_each
                && other.scope == rule.scope
                && other.relation == rule.relation
                && other.bound == rule.bound
                && other.strength.is_hard() == rule.strength.is_hard()
        };
        if let Some(first) = model.rules[..position].iter().find(same) {
            let remark = Remark::DuplicateRule {
                rule: Shown::new(&rule.id),
                first: Shown::new(&first.id),
            };
            problems.push(lines.rule(&rule.id), remark);
        }
    }
}
