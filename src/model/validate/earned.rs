//! Money that formulas give to zones: `[[income]]`, `[[priority_cut]]`; and money held back: `[[gate]]`.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::CheckedMul;

use super::directory::Once;
use super::money::{FundAndYear, Money, total};
use super::setting::{Setting, text_of};
use super::terrain::Pair;
use crate::input::{ActualEntry, At, CutEntry, Entries, GateEntry, IncomeEntry, Problems};
use crate::model::riparto::{RipartoError, priority_cut};
use crate::model::{Assigned, Confidence, FundIdx};
use crate::problem::{MoneyProblem, Remark, Shown, Thing, ValueProblem};
use crate::units::{Euro, Exact, Year};

/// Adds what formulas give and takes away what gates hold back.
pub(super) fn apply(
    entries: &Entries,
    setting: &Setting,
    money: &mut Money,
    problems: &mut Problems,
) {
    let cuts = entries.file.priority_cut.as_deref().unwrap_or_default();
    let mut cut_years = BTreeSet::new();
    let mut once = Once::new(Thing::Cut);
    for cut in cuts {
        let shown = format!("{}, {}", cut.fund.value.0, cut.year.value.0);
        if !once.is_new(
            (&cut.fund.value.0, cut.year.value.0),
            &shown,
            &cut.fund,
            problems,
        ) {
            continue;
        }
        cut_years.extend(apply_cut(cut, setting, money, problems));
    }
    for income in entries.file.income.as_deref().unwrap_or_default() {
        apply_income(income, setting, &cut_years, money, problems);
    }
    apply_gates(entries, setting, money, problems);
}

fn apply_cut(
    cut: &CutEntry,
    setting: &Setting,
    money: &mut Money,
    problems: &mut Problems,
) -> Option<FundAndYear> {
    let fund = setting
        .fund_names
        .one(&cut.fund.with(cut.fund.value.0.clone()), problems);
    let year = setting.plan_year(&cut.year.with(cut.year.value.0), problems);
    let claims = |formula, problems: &mut Problems| {
        let text = text_of(formula);
        let expression = setting.terrain.parse(&text, problems)?;
        let zones = setting.zones_in(year?).map(|zone| (zone, cut.year.value.0));
        setting
            .terrain
            .quantities(&expression, &text.place, zones, problems)
    };
    let old = claims(&cut.old, problems);
    let new = claims(&cut.new, problems);
    let (fund, year, old, new) = (fund?, year?, old?, new?);
    if money.by_year.contains_key(&(fund, year)) {
        let fund = setting.fund_id(fund);
        problems.push(
            cut.fund.place.clone(),
            MoneyProblem::CutOnAmounts { fund, year },
        );
        return None;
    }
    let numbers = |claims: &BTreeMap<Pair, Exact>| claims.values().copied().collect::<Vec<_>>();
    match priority_cut(cut.cap.0, &numbers(&old), &numbers(&new)) {
        Ok(paid) => {
            for ((zone, _), euro) in old.keys().zip(paid.amounts) {
                if money
                    .add((fund, year), Some(*zone), euro, Confidence::Derived)
                    .is_err()
                {
                    overflow(&cut.fund, fund, year, setting, problems);
                }
            }
        }
        Err(RipartoError::OldClaimsAboveCap { short }) => {
            let fund = setting.fund_id(fund);
            problems.push(
                cut.fund.place.clone(),
                MoneyProblem::OldAboveCap { fund, year, short },
            );
        }
        Err(_) => overflow(&cut.fund, fund, year, setting, problems),
    }
    Some((fund, year))
}

fn apply_income(
    income: &IncomeEntry,
    setting: &Setting,
    cut_years: &BTreeSet<FundAndYear>,
    money: &mut Money,
    problems: &mut Problems,
) {
    let lag = income
        .lag
        .as_ref()
        .map_or(Some(0), |lag| small(lag.value.0, 0, 20));
    if let (None, Some(lag)) = (lag, &income.lag) {
        let value = Shown::new(&lag.value.0.to_string());
        problems.push(
            lag.place.clone(),
            ValueProblem::OutOfRange {
                value,
                low: 0,
                high: 20,
            },
        );
    }
    let fund = setting
        .fund_names
        .one(&income.fund.with(income.fund.value.0.clone()), problems);
    let Some(euro) = &income.euro else {
        return; // earned by units: see `earnings`
    };
    let text = text_of(euro);
    let expression = setting.terrain.parse(&text, problems);
    let (Some(lag), Some(fund), Some(expression)) = (lag, fund, expression) else {
        return;
    };
    for year in setting
        .years
        .iter()
        .copied()
        .filter(|year| !cut_years.contains(&(fund, *year)))
    {
        let earned_in = year.saturating_sub(lag);
        let zones = setting.zones_in(year).map(|zone| (zone, earned_in));
        let Some(earned) = setting
            .terrain
            .quantities(&expression, &text.place, zones, problems)
        else {
            return;
        };
        for ((zone, _), exact) in earned {
            let euro = Euro::round_of(&exact).ok_or(());
            match euro
                .and_then(|euro| money.add((fund, year), Some(zone), euro, Confidence::Derived))
            {
                Ok(true) => {}
                Ok(false) => {
                    let fund = setting.fund_id(fund);
                    problems.push(
                        income.fund.place.clone(),
                        MoneyProblem::IncomeOnPool { fund, year },
                    );
                    return;
                }
                Err(()) => {
                    overflow(&income.fund, fund, year, setting, problems);
                    return;
                }
            }
        }
    }
}

fn apply_gates(entries: &Entries, setting: &Setting, money: &mut Money, problems: &mut Problems) {
    let mut once = Once::new(Thing::Gate);
    let mut closed = Vec::new();
    for gate in entries.file.gate.as_deref().unwrap_or_default() {
        if once.is_new(&gate.fund.value.0, &gate.fund.value.0, &gate.fund, problems) {
            closed.extend(closed_years(gate, entries, setting, money, problems));
        }
    }
    for key in closed {
        if let Some(fund_year) = money.by_year.get_mut(&key) {
            fund_year.total = Euro::ZERO;
            fund_year.by_confidence.clear();
            match &mut fund_year.assigned {
                Assigned::Pool(pool) => *pool = Euro::ZERO,
                Assigned::Zones(zones) => zones.clear(),
            }
        }
    }
}

/// Years of the plan whose money is not released.
fn closed_years(
    gate: &GateEntry,
    entries: &Entries,
    setting: &Setting,
    money: &Money,
    problems: &mut Problems,
) -> Vec<FundAndYear> {
    let place = &gate.fund.place;
    let back = small(gate.of_year.value.0, -20, -1);
    if back.is_none() {
        let value = Shown::new(&gate.of_year.value.0.to_string());
        problems.push(
            gate.of_year.place.clone(),
            ValueProblem::YearsBack { value },
        );
    }
    let fund = setting
        .fund_names
        .one(&gate.fund.with(gate.fund.value.0.clone()), problems);
    let (Some(back), Some(fund)) = (back, fund) else {
        return Vec::new();
    };
    let Some(reported) = reported(&entries.actuals, &gate.fund.value.0) else {
        if entries.broken.file("actuals.csv") {
            return Vec::new();
        }
        let fund = setting.fund_id(fund);
        problems.push(place.clone(), MoneyProblem::GateNoReport { fund });
        return Vec::new();
    };
    let mut closed = Vec::new();
    for year in setting.years.iter().copied() {
        if !money.by_year.contains_key(&(fund, year)) {
            continue;
        }
        let of_year = year.saturating_add(back);
        let Some(earlier) = money.by_year.get(&(fund, of_year)) else {
            if !money.is_whole {
                continue;
            }
            let fund = setting.fund_id(fund);
            problems.push(
                place.clone(),
                MoneyProblem::GateNoAmount {
                    fund,
                    year: of_year,
                },
            );
            continue;
        };
        let wanted = earlier.total.to_exact().checked_mul(&gate.reported.0);
        let wanted = wanted
            .and_then(|euro| Euro::ceil_of(&euro))
            .unwrap_or(earlier.total);
        if reported < wanted {
            let fund_id = setting.fund_id(fund);
            let remark = Remark::GateClosed {
                fund: fund_id,
                year,
                reported,
                wanted,
            };
            problems.push(place.clone(), remark);
            closed.push((fund, year));
        }
    }
    closed
}

/// What has been reported of a fund: the latest figure of each action and zone.
fn reported(actuals: &[ActualEntry], fund: &str) -> Option<Euro> {
    let mut latest: BTreeMap<(&str, &str), &ActualEntry> = BTreeMap::new();
    for entry in actuals
        .iter()
        .filter(|entry| entry.fund.value == fund && entry.reported.is_some())
    {
        let known = latest
            .entry((&entry.action.value, &entry.zone.value))
            .or_insert(entry);
        if known.date.value < entry.date.value {
            *known = entry;
        }
    }
    if latest.is_empty() {
        return None;
    }
    total(latest.values().filter_map(|entry| entry.reported))
}

fn overflow<T>(at: &At<T>, fund: FundIdx, year: Year, setting: &Setting, problems: &mut Problems) {
    let fund = setting.fund_id(fund);
    problems.push(at.place.clone(), MoneyProblem::Overflow { fund, year });
}

/// A whole number within limits.
pub(super) fn small(number: i64, low: i32, high: i32) -> Option<i32> {
    i32::try_from(number)
        .ok()
        .filter(|number| (low..=high).contains(number))
}
