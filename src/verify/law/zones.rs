//! `zones.csv` and `unmet.csv` computed again: need, coverage and money of every zone, and what is not covered.

use std::collections::BTreeMap;

use num_traits::Zero;

use crate::model::{FundIdx, ZoneIdx};
use crate::units::{Euro, Year};
use crate::verify::report::{Tally, said};
use crate::verify::table::{Table, parse_euro};

use super::exact::{self, Q, file_apart, file_ratio, whole};
use super::goals::covered;
use super::needs;
use super::plan::{Plan, may_pay, zone_exists};

const REASONS: [&str; 7] = [
    "not_eligible",
    "exhausted",
    "rule",
    "outranked",
    "deadline",
    "indivisible",
    "rounding",
];

/// Checks the figures of `zones.csv`.
pub(crate) fn check_zones(plan: &Plan<'_>, bytes: &[u8], tally: &mut Tally) {
    let header = ["zone", "year", "need", "covered", "coverage", "euro"];
    let table = match Table::read(bytes, &header) {
        Ok(table) => table,
        Err(said) => return tally.fail("../zones.csv", "", said),
    };
    let mut expected: BTreeMap<(usize, Year), [i128; 3]> = BTreeMap::new();
    for zone in 0..plan.model.zones.len() {
        for &year in &plan.model.years {
            if zone_exists(plan.model, ZoneIdx::new(zone), year) {
                expected.insert((zone, year), [0; 3]);
            }
        }
    }
    let mut add = |zone: ZoneIdx, year: Year, what: usize, cents: i128| {
        let sums = expected.entry((zone.index(), year)).or_default();
        if let Some(sum) = sums.get_mut(what) {
            *sum = sum.saturating_add(cents);
        }
    };
    for demand in &plan.model.demands {
        if let Some(euro) = demand.euro {
            add(demand.zone, demand.year, 0, i128::from(euro.cents()));
        }
    }
    for ((_, _, zone, year), cents) in covered(plan) {
        add(zone, year, 1, cents);
    }
    for (&(_, _, zone, year), &cents) in plan.ledger {
        add(zone, year, 2, i128::from(cents));
    }
    let lines: Vec<[String; 6]> = expected
        .into_iter()
        .map(|((zone, year), [need, covered, euro])| {
            let coverage = if need > 0 {
                file_ratio(&(whole(covered) / whole(need)))
            } else {
                String::new()
            };
            let zone = plan
                .model
                .zones
                .get(zone)
                .map_or("", |zone| zone.id.as_str());
            [
                zone.to_owned(),
                year.to_string(),
                cents_text(need),
                cents_text(covered),
                coverage,
                cents_text(euro),
            ]
        })
        .collect();
    compare_lines("../zones.csv", &header, &table, &lines, tally);
}

fn cents_text(cents: i128) -> String {
    i64::try_from(cents).map_or_else(
        |_| cents.to_string(),
        |cents| Euro::from_cents(cents).to_string(),
    )
}

/// Compares the lines of a table with those computed again, field by field.
fn compare_lines<const N: usize>(
    name: &str,
    header: &[&str; N],
    table: &Table,
    lines: &[[String; N]],
    tally: &mut Tally,
) {
    tally.looked_at(lines.len());
    if table.rows.len() != lines.len() {
        let (given, asked) = (table.rows.len(), lines.len());
        tally.fail(
            name,
            "",
            said!(
                "ha {given} righe, dovrebbe averne {asked}",
                "has {given} lines, it should have {asked}"
            ),
        );
    }
    for ((line, fields), expected) in table.rows::<N>().zip(lines) {
        for ((column, text), expected) in header.iter().zip(fields).zip(expected) {
            if text != expected {
                tally.fail(
                    format!("{name}:{line}"),
                    "",
                    said!(
                        "{column} dice `{text}`, il conto dà `{expected}`",
                        "{column} says `{text}`, the sum is `{expected}`"
                    ),
                );
            }
        }
    }
}

/// Checks the figures of `unmet.csv`.
pub(crate) fn check_unmet(plan: &Plan<'_>, bytes: &[u8], tally: &mut Tally) {
    let header = ["action", "zone", "year", "units", "euro", "reason"];
    let table = match Table::read(bytes, &header) {
        Ok(table) => table,
        Err(said) => return tally.fail("../unmet.csv", "", said),
    };
    let lines = unmet(plan);
    let reasons: Vec<&str> = table.rows::<6>().map(|(_, fields)| fields[5]).collect();
    // The reason is a judgement: only whether anybody may pay is computed again.
    let lines: Vec<[String; 6]> = lines
        .into_iter()
        .zip(
            reasons
                .iter()
                .copied()
                .map(Some)
                .chain(std::iter::repeat(None)),
        )
        .map(|((fields, payable), reason)| {
            let [action, zone, year, units, euro] = fields;
            let reason = match reason {
                Some(reason)
                    if payable && REASONS.contains(&reason) && reason != "not_eligible" =>
                {
                    reason
                }
                _ if payable => "exhausted",
                _ => "not_eligible",
            };
            [action, zone, year, units, euro, reason.to_owned()]
        })
        .collect();
    compare_lines("../unmet.csv", &header, &table, &lines, tally);
    for (line, fields) in table.rows::<6>() {
        if parse_euro(fields[4]).is_none_or(|euro| euro.cents() <= 0) {
            tally.fail(
                format!("../unmet.csv:{line}"),
                "",
                said!("l'importo non è positivo", "the amount is not positive"),
            );
        }
    }
}

/// Needs that are not fully covered (action, zone, year, units, euro) and whether any fund may pay them.
fn unmet(plan: &Plan<'_>) -> Vec<([String; 5], bool)> {
    let mut paid: BTreeMap<_, i128> = BTreeMap::new();
    for ((_, action, zone, year), cents) in covered(plan) {
        let sum = paid.entry((action, zone, year)).or_default();
        *sum = sum.saturating_add(cents);
    }
    let mut lines = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (spot, cost) in needs::costs(plan.model) {
        let (action, zone, year) = spot;
        let need = cost.limited();
        let missing = need.saturating_sub(paid.get(&spot).copied().unwrap_or(0));
        if missing <= 0 || !seen.insert(spot) {
            continue;
        }
        let demands = || {
            cost.lines
                .iter()
                .filter_map(|&line| plan.model.demands.get(line))
        };
        let units: Q = demands()
            .filter(|demand| demand.euro.is_some())
            .map(|demand| exact::of(&demand.units))
            .sum();
        let share = if need.is_zero() {
            exact::zero()
        } else {
            whole(missing) / whole(need)
        };
        let payable = (0..plan.model.funds.len())
            .map(FundIdx::new)
            .any(|fund| demands().any(|demand| may_pay(plan.model, fund, demand)));
        let id = |of: Option<&String>| of.cloned().unwrap_or_default();
        lines.push((
            [
                id(plan.model.actions.get(action.index()).map(|a| &a.id)),
                id(plan.model.zones.get(zone.index()).map(|z| &z.id)),
                year.to_string(),
                file_apart(&(units * share), &[exact::zero()]),
                cents_text(missing),
            ],
            payable,
        ));
    }
    lines
}
