//! `[[riparto]]`: what each zone gets of a pool by formula.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, One, Zero};

use super::directory::Once;
use super::law::optional_law;
use super::money::{Money, total};
use super::setting::{Setting, text_of};
use crate::input::{At, Problems, RipartoEntry, RoleWord, RoundWord};
use crate::model::expression::Expression;
use crate::model::riparto::{RipartoError, RoundAmount, Shares, Weighted, apportion, water_fill};
use crate::model::{Assigned, FormulaPart, FormulaYear, FundIdx, ZoneIdx};
use crate::problem::{MoneyProblem, Place, Remark, Shown, Thing};
use crate::units::{Euro, Exact, Year};

/// Money by fund, zone and year.
pub(super) type ByZone = BTreeMap<(FundIdx, ZoneIdx, Year), Euro>;

/// One indicator of a formula, read.
struct Part {
    expression: Expression,
    place: Place,
    year: Option<Year>,
    weight: Exact,
}

/// A formula, read.
struct Formula<'e> {
    entry: &'e RipartoEntry,
    fund: FundIdx,
    parts: Vec<Part>,
    round_share: Option<u32>,
    mode: RoundAmount,
}

/// Applies every formula; gives what each zone gets of each fund-year that has one, assigned money included, and how each formula
/// came to it.
pub(super) fn apply(
    entries: &[RipartoEntry],
    last_years: &ByZone,
    setting: &Setting,
    money: &mut Money,
    problems: &mut Problems,
) -> (ByZone, Vec<FormulaYear>) {
    let (mut by_zone, mut told) = (ByZone::new(), Vec::new());
    zones_of_assigned(setting, money, &mut by_zone);
    let mut once = Once::new(Thing::Riparto);
    for entry in entries {
        if !once.is_new(
            &entry.fund.value.0,
            &entry.fund.value.0,
            &entry.fund,
            problems,
        ) {
            continue;
        }
        if let Some(formula) = read(entry, setting, problems) {
            let years = apply_one(&formula, last_years, setting, money, &mut by_zone, problems);
            told.extend(years);
        }
    }
    (by_zone, told)
}

/// Zones with their own money get it by whatever formula gave it.
fn zones_of_assigned(setting: &Setting, money: &Money, by_zone: &mut ByZone) {
    for ((fund, year), fund_year) in &money.by_year {
        for zone in setting.zones_in(*year) {
            if let Some(euro) = fund_year.of_zone(zone) {
                by_zone.insert((*fund, zone, *year), euro);
            }
        }
    }
}

fn read<'e>(
    entry: &'e RipartoEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Formula<'e>> {
    let fund = setting
        .fund_names
        .one(&entry.fund.with(entry.fund.value.0.clone()), problems);
    let round_share = match &entry.round_share {
        None => Some(None),
        Some(decimals) => {
            let value = u32::try_from(decimals.value.0)
                .ok()
                .filter(|n| *n <= crate::model::riparto::FINEST);
            if value.is_none() {
                let found = Shown::new(&decimals.value.0.to_string());
                problems.push(decimals.place.clone(), MoneyProblem::RoundShare { found });
            }
            value.map(Some)
        }
    };
    let mode = match entry.round_amount.map_or(RoundWord::Cent, |word| word.0) {
        RoundWord::Cent => RoundAmount::Cent,
        RoundWord::Euro => RoundAmount::Euro,
        RoundWord::Naive => RoundAmount::Naive,
    };
    if let (Some(floor), RoundAmount::Euro | RoundAmount::Naive) = (&entry.floor, mode) {
        problems.push(
            floor.last_year.place.clone(),
            MoneyProblem::FloorNotToTheCent,
        );
    }
    let parts = parts(entry, setting, problems);
    let mut weights = entry.weights.value.iter().map(|part| part.weight.value.0);
    let sum = weights.try_fold(Exact::zero(), |sum, weight| sum.checked_add(&weight))?;
    if sum != Exact::one() {
        problems.push(
            entry.weights.place.clone(),
            MoneyProblem::WeightsNotOne { sum },
        );
        return None;
    }
    Some(Formula {
        entry,
        fund: fund?,
        parts: parts?,
        round_share: round_share?,
        mode,
    })
}

fn parts(entry: &RipartoEntry, setting: &Setting, problems: &mut Problems) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut good = true;
    for weight in &entry.weights.value {
        let text = text_of(&weight.indicator);
        let Some(expression) = setting.terrain.parse(&text, problems) else {
            good = false;
            continue;
        };
        if weight.weight.value.0.is_zero() {
            let what = Shown::new(expression.text());
            problems.push(weight.weight.place.clone(), Remark::ZeroWeight { what });
        }
        parts.push(Part {
            expression,
            place: text.place,
            year: weight.year.as_ref().map(|year| year.value.0),
            weight: weight.weight.value.0,
        });
    }
    good.then_some(parts)
}

fn apply_one(
    formula: &Formula<'_>,
    last_years: &ByZone,
    setting: &Setting,
    money: &mut Money,
    by_zone: &mut ByZone,
    problems: &mut Problems,
) -> Vec<FormulaYear> {
    let mut told = Vec::new();
    let fund = formula.fund;
    let pools: Vec<(Year, Euro)> = setting
        .years
        .iter()
        .filter_map(|year| match money.by_year.get(&(fund, *year))?.assigned {
            Assigned::Pool(pool) => Some((*year, pool)),
            Assigned::Zones(_) => None,
        })
        .collect();
    if pools.is_empty() && money.is_whole {
        let place = formula.entry.fund.place.clone();
        problems.push(
            place,
            MoneyProblem::NothingToDivide {
                fund: setting.fund_id(fund),
            },
        );
    }
    for (year, pool) in pools {
        let zones: Vec<ZoneIdx> = setting.zones_in(year).collect();
        let Some(divided) = divide(
            formula,
            (year, pool),
            &zones,
            last_years,
            by_zone,
            setting,
            problems,
        ) else {
            return told;
        };
        let amounts = divided.amounts.iter().copied();
        let found: BTreeMap<ZoneIdx, Euro> = zones.iter().copied().zip(amounts).collect();
        told.push(divided);
        by_zone.extend(
            found
                .iter()
                .map(|(zone, euro)| ((fund, *zone, year), *euro)),
        );
        if formula.entry.role.0 == RoleWord::Baseline {
            continue;
        }
        let (fund_id, place) = (setting.fund_id(fund), formula.entry.fund.place.clone());
        let Some(rows) = total(found.values().copied()) else {
            problems.push(
                place,
                MoneyProblem::Overflow {
                    fund: fund_id,
                    year,
                },
            );
            return told;
        };
        if rows != pool {
            let total = pool;
            problems.push(
                place,
                Remark::NaiveDifference {
                    fund: fund_id,
                    year,
                    total,
                    rows,
                },
            );
        }
        if let Some(fund_year) = money.by_year.get_mut(&(fund, year)) {
            fund_year.assigned = Assigned::Zones(found);
            fund_year.total = rows;
        }
    }
    told
}

fn divide(
    formula: &Formula<'_>,
    (year, pool): (Year, Euro),
    zones: &[ZoneIdx],
    last_years: &ByZone,
    by_zone: &ByZone,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<FormulaYear> {
    let mut indicators = Vec::new();
    for part in &formula.parts {
        let of_year = part.year.unwrap_or(year);
        let pairs = zones.iter().map(|zone| (*zone, of_year));
        let values = setting
            .terrain
            .quantities(&part.expression, &part.place, pairs, problems);
        indicators.push(values.map(|values| Weighted {
            weight: part.weight,
            values: values.into_values().collect(),
        }));
    }
    let indicators: Vec<Weighted> = indicators.into_iter().collect::<Option<_>>()?;
    let floors = match &formula.entry.floor {
        Some(floor) if pool > Euro::ZERO => {
            let share = &floor.last_year.with(floor.last_year.value.0);
            Some(floors(
                formula,
                share,
                (year, zones),
                last_years,
                by_zone,
                setting,
                problems,
            )?)
        }
        _ => None,
    };
    let shares = Shares::weighted(&indicators).and_then(|shares| match formula.round_share {
        Some(decimals) => shares.rounded(decimals),
        None => Ok(shares),
    });
    let divided = shares.and_then(|shares| {
        let amounts = match &floors {
            Some(floors) => water_fill(pool, &shares, floors),
            None => apportion(pool, &shares, formula.mode).map(|found| found.amounts),
        };
        Ok((shares.exact().unwrap_or_default(), amounts?))
    });
    match divided {
        Ok((shares, amounts)) => {
            let parts = formula.parts.iter().zip(indicators);
            let parts = parts.map(|(part, weighted)| FormulaPart {
                indicator: part.expression.text().to_owned(),
                year: part.year.unwrap_or(year),
                weight: part.weight,
                values: weighted.values,
            });
            Some(FormulaYear {
                fund: formula.fund,
                year,
                law: formula
                    .entry
                    .law
                    .as_ref()
                    .map(|entry| optional_law(Some(entry))),
                total: pool,
                zones: zones.to_vec(),
                parts: parts.collect(),
                shares,
                floors,
                amounts,
            })
        }
        Err(error) => {
            tell(error, formula, year, setting, problems);
            None
        }
    }
}

/// The smallest part of each zone: a share of what the fund gave it the year before, rounded up.
fn floors(
    formula: &Formula<'_>,
    share: &At<Exact>,
    (year, zones): (Year, &[ZoneIdx]),
    last_years: &ByZone,
    by_zone: &ByZone,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Vec<Euro>> {
    let before = year.saturating_sub(1);
    let of_fund = |source: &ByZone| {
        source
            .keys()
            .any(|(fund, _, of)| (*fund, *of) == (formula.fund, before))
    };
    let source = [last_years, by_zone]
        .into_iter()
        .find(|source| of_fund(source));
    let Some(source) = source else {
        let fund = setting.fund_id(formula.fund);
        problems.push(
            share.place.clone(),
            MoneyProblem::NoLastYear { fund, year: before },
        );
        return None;
    };
    let floor = |zone: &ZoneIdx| {
        let last = source
            .get(&(formula.fund, *zone, before))
            .copied()
            .unwrap_or_default();
        last.to_exact()
            .checked_mul(&share.value)
            .and_then(|floor| Euro::ceil_of(&floor))
    };
    let floors: Option<Vec<Euro>> = zones.iter().map(floor).collect();
    if floors.is_none() {
        tell(RipartoError::Overflow, formula, year, setting, problems);
    }
    floors
}

fn tell(
    error: RipartoError,
    formula: &Formula<'_>,
    year: Year,
    setting: &Setting,
    problems: &mut Problems,
) {
    let fund = setting.fund_id(formula.fund);
    let name = |indicator: usize| {
        let part = formula.parts.get(indicator);
        part.map_or((Shown::new(""), Place::default()), |p| {
            (Shown::new(p.expression.text()), p.place.clone())
        })
    };
    let place = formula.entry.weights.place.clone();
    match error {
        RipartoError::EmptyIndicator { indicator } => {
            let (name, place) = name(indicator);
            problems.push(place, MoneyProblem::IndicatorZero { name, year });
        }
        RipartoError::FloorsAboveTotal { short } => {
            problems.push(place, MoneyProblem::FloorsAboveTotal { fund, year, short });
        }
        RipartoError::WeightsNotOne { sum } | RipartoError::SharesNotOne { sum } => {
            problems.push(place, MoneyProblem::WeightsNotOne { sum });
        }
        _ => problems.push(place, MoneyProblem::NotDivisible { fund, year }),
    }
}
