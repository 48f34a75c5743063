//! `[[riparto]]`: what each zone gets of a pool by formula.

mod deductions;
mod limits;
mod read;
mod tell;

use std::collections::BTreeMap;

use super::directory::Once;
use super::law::optional_law;
use super::money::{Money, total};
use super::setting::Setting;
use crate::input::{Problems, RipartoEntry, RoleWord};
use crate::model::riparto::{Limits, RipartoError, Shares, Weighted, divide};
use crate::model::{Assigned, Deducted, FormulaPart, FormulaYear, FundIdx, ZoneIdx};
use crate::problem::{MoneyProblem, Shown, Thing};
use crate::units::{Euro, Exact, Year};

use read::{Criterion, Formula, Measure};

/// Money by fund, zone and year.
pub(super) type ByZone = BTreeMap<(FundIdx, ZoneIdx, Year), Euro>;

/// A year of a formula, and what is known when it is divided.
struct OfYear<'a> {
    year: Year,
    pool: Euro,
    zones: &'a [ZoneIdx],
    setting: &'a Setting,
    last_years: &'a ByZone,
    by_zone: &'a ByZone,
}

impl OfYear<'_> {
    /// The id of a zone, for messages.
    fn zone_id(&self, zone: ZoneIdx) -> Shown {
        let zone = self.setting.terrain.zones.get(zone.index());
        Shown::new(zone.map_or("", |zone| zone.id.as_str()))
    }

    /// An expression in every zone, in the order of the zones.
    fn quantities(
        &self,
        measure: &Measure,
        year: Year,
        problems: &mut Problems,
    ) -> Option<Vec<Exact>> {
        let pairs = self.zones.iter().map(|zone| (*zone, year));
        let terrain = &self.setting.terrain;
        let values = terrain.quantities(&measure.expression, &measure.place, pairs, problems)?;
        Some(values.into_values().collect())
    }
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
        if let Some(formula) = read::read(entry, setting, problems) {
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
        let of = OfYear {
            year,
            pool,
            zones: &zones,
            setting,
            last_years,
            by_zone,
        };
        let Some(divided) = of_year(formula, &of, problems) else {
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
        if let Some(fund_year) = money.by_year.get_mut(&(fund, year)) {
            fund_year.assigned = Assigned::Zones(found);
            fund_year.total = rows;
        }
    }
    told
}

/// Shares as the formula gives them and as they are used, and the indicators behind them.
struct Basis {
    exact: Shares,
    used: Shares,
    parts: Vec<FormulaPart>,
}

fn of_year(formula: &Formula<'_>, of: &OfYear<'_>, problems: &mut Problems) -> Option<FormulaYear> {
    let basis = basis(formula, of, problems);
    let limits = limits::of_year(formula, of, problems);
    let (deductions, left) = deductions::take(formula, of, problems)?;
    let (basis, limits) = (basis?, limits?);
    let given = given(&deductions, of.zones);
    let own = limits::less_given(&limits, &given, formula, of, problems)?;
    let divided = divide(left, &basis.used, &own, formula.rounding);
    let (divided, shares) = match divided {
        Ok(divided) => (divided, basis.used.exact().unwrap_or_default()),
        Err(error) => {
            tell::error(error, formula, of, problems);
            return None;
        }
    };
    let all = divided.amounts.iter().zip(&given);
    let all: Option<Vec<Euro>> = all.map(|(own, given)| own.checked_add(*given)).collect();
    let Some(amounts) = all else {
        tell::error(RipartoError::Overflow, formula, of, problems);
        return None;
    };
    let Limits { floors, ceilings } = limits;
    let law = formula.entry.law.as_ref();
    let told = FormulaYear {
        fund: formula.fund,
        year: of.year,
        law: law.map(|entry| optional_law(Some(entry))),
        total: of.pool,
        deductions,
        divided: left,
        zones: of.zones.to_vec(),
        parts: basis.parts,
        shares,
        floors: Some(floors).filter(|floors| !floors.is_empty()),
        ceilings: Some(ceilings).filter(|ceilings| !ceilings.is_empty()),
        given,
        amounts,
        left: divided.difference,
    };
    let fixed = matches!(formula.criterion, Criterion::Shares(_)).then_some(&basis.exact);
    if !tell::difference(formula, &told, fixed, of, problems) {
        return None;
    }
    let exact_and_own = (&basis.exact, divided.amounts.as_slice());
    tell::tie(formula, &told, exact_and_own, of, problems);
    Some(told)
}

/// What deductions give each zone.
fn given(deductions: &[Deducted], zones: &[ZoneIdx]) -> Vec<Euro> {
    let of_zone = |zone: &ZoneIdx| {
        let parts = deductions
            .iter()
            .filter_map(|deduction| deduction.zones.get(zone));
        // Parts of an amount are together no more than it.
        Euro::checked_sum(parts.copied()).unwrap_or_default()
    };
    zones.iter().map(of_zone).collect()
}

fn basis(formula: &Formula<'_>, of: &OfYear<'_>, problems: &mut Problems) -> Option<Basis> {
    let (exact, parts) = match &formula.criterion {
        Criterion::Shares(measure) => {
            let shares = of.quantities(measure, of.year, problems)?;
            (Shares::fixed(&shares), Vec::new())
        }
        Criterion::Weights(weights) => {
            let mut indicators = Vec::new();
            for part in weights {
                let year = part.year.unwrap_or(of.year);
                indicators.push(of.quantities(&part.measure, year, problems));
            }
            let indicators: Vec<Vec<Exact>> = indicators.into_iter().collect::<Option<_>>()?;
            for (indicator, values) in indicators.iter().enumerate() {
                tell::nearly_a_whole(formula, indicator, values, of, problems);
            }
            let weighted = weights.iter().zip(&indicators);
            let weighted: Vec<Weighted> = weighted
                .map(|(part, values)| Weighted {
                    weight: part.weight,
                    values: values.clone(),
                })
                .collect();
            let parts = weights
                .iter()
                .zip(indicators)
                .map(|(part, values)| FormulaPart {
                    indicator: part.measure.expression.text().to_owned(),
                    year: part.year.unwrap_or(of.year),
                    weight: part.weight,
                    values,
                });
            (Shares::weighted(&weighted), parts.collect())
        }
    };
    let rounded = exact.and_then(|exact| {
        let used = match formula.round_share {
            Some(decimals) => exact.rounded(decimals)?,
            None => exact.clone(),
        };
        Ok((exact, used))
    });
    match rounded {
        Ok((exact, used)) => Some(Basis { exact, used, parts }),
        Err(error) => {
            tell::error(error, formula, of, problems);
            None
        }
    }
}
