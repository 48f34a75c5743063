//! `summary.json`: what it claims, for programs that read nothing else, against the certificate and the ledger.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::Signed;
use serde::Deserialize;

use crate::model::FundIdx;
use crate::sheet::{Claim, ColumnKind, GoalCertificate};
use crate::units::{Euro, parse_exact};
use crate::verify::number::parse_integer;
use crate::verify::report::{Tally, said, shown};

use super::exact::{self, Q, file_apart, file_ratio, whole};
use super::goals::covered;
use super::plan::Plan;
use super::purse::{Leaving, amounts};
use super::summary_pick::{ToldPick, check_pick, pick_word};

/// What is read of the summary; the rest is for people.
#[derive(Debug, Default, Deserialize)]
struct Told {
    status: String,
    #[serde(default)]
    proved: BTreeMap<String, String>,
    #[serde(default)]
    goals: Vec<ToldGoal>,
    pick: Option<ToldPick>,
    whole: Option<ToldWhole>,
    totals: Option<ToldFund>,
    #[serde(default)]
    funds: Vec<ToldFund>,
    coverage: Option<ToldCoverages>,
    conflict: Option<ToldConflict>,
}

#[derive(Debug, Deserialize)]
struct ToldGoal {
    kind: String,
    level: u32,
    value: String,
    gap: String,
    unit: String,
}

#[derive(Debug, Deserialize)]
struct ToldWhole {
    status: String,
    units: i64,
    projects: i64,
    numbers: usize,
}

#[derive(Debug, Deserialize)]
struct ToldFund {
    fund: Option<String>,
    assigned: String,
    used: String,
    left: String,
    lost: String,
}

#[derive(Debug, Deserialize)]
struct ToldCoverages {
    all: ToldCoverage,
    leps: ToldCoverage,
    unlimited: String,
}

#[derive(Debug, Deserialize)]
struct ToldCoverage {
    need: String,
    covered: String,
    coverage: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ToldConflict {
    members: Vec<ToldMember>,
}

#[derive(Debug, Deserialize)]
struct ToldMember {
    id: String,
}

fn new_tally() -> Tally {
    Tally::new(
        "summary",
        said!(
            "il riepilogo dice ciò che il certificato e il registro dicono",
            "the summary says what the certificate and the ledger say"
        ),
    )
}

fn read(bytes: &[u8], tally: &mut Tally) -> Told {
    serde_json::from_slice(bytes).unwrap_or_else(|error| {
        let error = shown(&error.to_string());
        tally.fail(
            "../summary.json",
            "",
            said!("non si legge: {error}", "cannot be read: {error}"),
        );
        Told::default()
    })
}

/// Compares one thing told with what it should be.
pub(super) fn same(tally: &mut Tally, what: &str, told: &str, expected: &str) {
    tally.looked_at(1);
    if told != expected {
        tally.fail(
            format!("../summary.json: {what}"),
            "",
            said!(
                "dice `{told}`, dovrebbe dire `{expected}`",
                "says `{told}`, it should say `{expected}`"
            ),
        );
    }
}

/// Checks the summary of a claim that no plan exists.
pub(crate) fn check_infeasible(bytes: &[u8], conflict: &[String]) -> Tally {
    let mut tally = new_tally();
    let told = read(bytes, &mut tally);
    if !tally.passes() {
        return tally;
    }
    same(&mut tally, "status", &told.status, "infeasible");
    let members: BTreeSet<String> = told
        .conflict
        .map(|conflict| {
            conflict
                .members
                .into_iter()
                .map(|member| member.id)
                .collect()
        })
        .unwrap_or_default();
    let stated: BTreeSet<String> = conflict.iter().cloned().collect();
    if members != stated {
        tally.fail(
            "../summary.json: conflict",
            "",
            said!(
                "i membri non sono quelli del certificato",
                "the members are not those of the certificate"
            ),
        );
    }
    tally
}

/// Checks the summary of a proposal.
pub(crate) fn check_proposal(
    plan: &Plan<'_>,
    claim: &Claim,
    leaving: &Leaving,
    bytes: &[u8],
) -> Tally {
    let mut tally = new_tally();
    let told = read(bytes, &mut tally);
    let Claim::Proposal {
        goals,
        pick,
        excess,
    } = claim
    else {
        return tally;
    };
    if !tally.passes() {
        return tally;
    }
    // A choice of whole numbers that a limit cut short is not the best, whatever is proved of it.
    let chosen = told
        .whole
        .as_ref()
        .is_none_or(|whole| whole.status == "chosen");
    let complete = chosen && super::goals::is_complete(plan.model, plan.sheet);
    same(
        &mut tally,
        "status",
        &told.status,
        if complete { "optimal" } else { "limit" },
    );
    check_goals(plan, goals, &told, &mut tally);
    check_pick(plan, pick, told.pick.as_ref(), &mut tally);
    let rows = if excess.is_empty() {
        "all"
    } else {
        "all_but_excess"
    };
    let proved = |name: &str| told.proved.get(name).map_or("", String::as_str);
    same(&mut tally, "proved.rows", proved("rows"), rows);
    let best = goals
        .iter()
        .all(|goal| parse_integer(&goal.gap).is_some_and(|gap| !gap.is_positive()));
    same(
        &mut tally,
        "proved.goals",
        proved("goals"),
        if best { "optimal" } else { "within_gap" },
    );
    same(&mut tally, "proved.pick", proved("pick"), pick_word(pick));
    check_whole(plan, &told, &mut tally);
    check_funds(plan, leaving, &told, &mut tally);
    check_coverage(plan, &told, &mut tally);
    tally
}

/// What is told of the whole numbers against the sheet: what the solver says of them is its word.
fn check_whole(plan: &Plan<'_>, told: &Told, tally: &mut Tally) {
    let mut sums = [0_i64; 3];
    for (column, &value) in plan.sheet.columns.iter().zip(plan.values) {
        let (units, projects) = match column.kind {
            ColumnKind::Units => (value, 0),
            ColumnKind::Project => (0, value),
            ColumnKind::Active => (0, 0),
            _ => continue,
        };
        for (sum, part) in sums.iter_mut().zip([units, projects, 1]) {
            *sum = sum.saturating_add(part);
        }
    }
    let given = if sums[2] > 0 { "whole_numbers" } else { "" };
    let stated = told.proved.get("given").map_or("", String::as_str);
    same(tally, "proved.given", stated, given);
    let numbers = |whole: &ToldWhole| {
        let numbers = i64::try_from(whole.numbers).unwrap_or(i64::MAX);
        [whole.units, whole.projects, numbers]
    };
    let stated = told.whole.as_ref().map_or([0; 3], numbers);
    same(tally, "whole", &format!("{stated:?}"), &format!("{sums:?}"));
}

/// A value in the unit people read, from the integer of the certificate.
fn in_unit(integer: &BigInt, unit: &str, scale: i64) -> Q {
    let cents = if unit == "cent" { 100 } else { 1 };
    Q::from_integer(integer.clone()) / (whole(i128::from(scale.max(1))) * whole(cents))
}

fn check_goals(plan: &Plan<'_>, goals: &[GoalCertificate], told: &Told, tally: &mut Tally) {
    same(
        tally,
        "goals",
        &told.goals.len().to_string(),
        &goals.len().to_string(),
    );
    for ((line, goal), sheet) in told.goals.iter().zip(goals).zip(&plan.sheet.goals) {
        let what = format!("goal {}", sheet.kind);
        let unit = if sheet.unit == "cent" {
            "euro"
        } else {
            sheet.unit.as_str()
        };
        same(tally, &what, &line.kind, &sheet.kind);
        same(
            tally,
            &what,
            &line.level.to_string(),
            &sheet.level.to_string(),
        );
        same(tally, &what, &line.unit, unit);
        let exact = |text: &str| {
            parse_integer(text).map(|integer| in_unit(&integer, &sheet.unit, sheet.scale))
        };
        let read = |text: &str| parse_exact(text).map(|number| exact::of(&number));
        let millionth = Q::new(BigInt::from(1), BigInt::from(1_000_000));
        // A level is told as a ratio, a shortfall never as nothing.
        let value_holds = match (exact(&goal.value), read(&line.value)) {
            (Some(value), Some(_)) if unit == "level" => line.value == file_ratio(&value),
            (Some(value), Some(_)) if unit == "bound" => {
                line.value == file_apart(&value, &[exact::zero()])
            }
            (Some(value), Some(told)) => (value - told).abs() <= millionth,
            _ => false,
        };
        // A gap is rounded up: never less than the true one.
        let gap_holds = match (exact(&goal.gap), read(&line.gap)) {
            (Some(gap), Some(told)) => told >= gap && told - gap < millionth,
            _ => false,
        };
        tally.looked_at(2);
        if !value_holds || !gap_holds {
            let (value, gap) = (&line.value, &line.gap);
            tally.fail(
                format!("../summary.json: {what}"),
                "",
                said!(
                    "il valore {value} o lo scarto {gap} non sono quelli del certificato",
                    "the value {value} or the gap {gap} is not the certificate's"
                ),
            );
        }
    }
}

pub(super) fn euro(cents: i128) -> String {
    i64::try_from(cents).map_or_else(
        |_| cents.to_string(),
        |cents| Euro::from_cents(cents).to_string(),
    )
}

fn check_funds(plan: &Plan<'_>, leaving: &Leaving, told: &Told, tally: &mut Tally) {
    let last = plan.model.years.last().copied();
    let mut all = [0_i128; 3];
    let mut expected: BTreeMap<&str, [i128; 3]> = BTreeMap::new();
    for (position, fund) in plan.model.funds.iter().enumerate() {
        let index = FundIdx::new(position);
        let money = amounts(plan.model, index);
        let assigned: i128 = money.iter().map(|amount| i128::from(amount.2)).sum();
        let paid = plan.ledger.iter().filter(|(cell, _)| cell.0 == index);
        let used: i128 = paid.map(|(_, &cents)| i128::from(cents)).sum();
        let left = leaving
            .iter()
            .filter(|(key, _)| key.0 == index && Some(key.2) == last);
        let left: i128 = left.map(|(_, &cents)| cents).sum();
        for (sum, part) in all.iter_mut().zip([assigned, used, left]) {
            *sum = sum.saturating_add(part);
        }
        if assigned != 0 || used != 0 {
            expected.insert(&fund.id, [assigned, used, left]);
        }
    }
    let check =
        |tally: &mut Tally, what: &str, line: &ToldFund, [assigned, used, left]: [i128; 3]| {
            let lost = assigned.saturating_sub(used).saturating_sub(left);
            for (name, told, expected) in [
                ("assigned", &line.assigned, assigned),
                ("used", &line.used, used),
                ("left", &line.left, left),
                ("lost", &line.lost, lost),
            ] {
                same(tally, &format!("{what}.{name}"), told, &euro(expected));
            }
        };
    match &told.totals {
        Some(line) => check(tally, "totals", line, all),
        None => same(tally, "totals", "", &euro(all[0])),
    }
    for line in &told.funds {
        let code = line.fund.as_deref().unwrap_or_default();
        match expected.remove(code) {
            Some(sums) => check(tally, code, line, sums),
            None => same(tally, "funds", code, ""),
        }
    }
    for code in expected.keys() {
        same(tally, "funds", "", code);
    }
}

fn check_coverage(plan: &Plan<'_>, told: &Told, tally: &mut Tally) {
    let covered = covered(plan);
    let is_leps = |action: crate::model::ActionIdx| {
        plan.model
            .actions
            .get(action.index())
            .is_some_and(|action| action.leps)
    };
    let need = |leps: bool| -> i128 {
        let demands = plan
            .model
            .demands
            .iter()
            .filter(|demand| !leps || is_leps(demand.action));
        demands
            .filter_map(|demand| demand.euro)
            .map(|euro| i128::from(euro.cents()))
            .sum()
    };
    let got = |leps: bool| -> i128 {
        let cells = covered
            .iter()
            .filter(|((_, action, _, _), _)| !leps || is_leps(*action));
        cells.map(|(_, cents)| *cents).sum()
    };
    let Some(coverage) = &told.coverage else {
        return same(tally, "coverage", "", &euro(got(false)));
    };
    for (what, line, leps) in [
        ("all", &coverage.all, false),
        ("leps", &coverage.leps, true),
    ] {
        let (need, got) = (need(leps), got(leps));
        same(
            tally,
            &format!("coverage.{what}.need"),
            &line.need,
            &euro(need),
        );
        same(
            tally,
            &format!("coverage.{what}.covered"),
            &line.covered,
            &euro(got),
        );
        let share = if need > 0 {
            file_ratio(&(whole(got) / whole(need)))
        } else {
            String::new()
        };
        same(
            tally,
            &format!("coverage.{what}.coverage"),
            line.coverage.as_deref().unwrap_or_default(),
            &share,
        );
    }
    let paid: i128 = plan.ledger.values().map(|&cents| i128::from(cents)).sum();
    let unlimited = euro(paid.saturating_sub(got(false)));
    same(tally, "coverage.unlimited", &coverage.unlimited, &unlimited);
}
