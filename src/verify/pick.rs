//! The pick: the distance from its target, and the proof that no equally good plan is nearer by more than a gap.
//!
//! The distance is a sum of weighted squares, so it is convex: a plan `y` is nearer than the proposal `x` by at most
//! `gradient(x) (x - y)`, and weak duality bounds that over all plans that do as well on every goal.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;

use crate::model::{FundIdx, Model, ZoneIdx};
use crate::sheet::{GoalCertificate, PickCertificate, Sheet};
use crate::units::Year;

use super::bound::{BigCost, Maximised, all_kept, upper_bound};
use super::codes::PayColumn;
use super::law::{amounts, last_year as last_year_of, may_move};
use super::number::{Sum, parse_integer};
use super::report::{Tally, said};

pub(crate) type Total = (FundIdx, ZoneIdx, Year);

/// Checks what the certificate says of the pick.
pub(crate) fn check(
    model: &Model,
    sheet: &Sheet,
    pays: &[PayColumn],
    values: &[i64],
    (certificate, goals): (&PickCertificate, &[GoalCertificate]),
) -> Tally {
    let mut tally = Tally::new(
        "pick",
        said!(
            "tra i piani equivalenti è proposto il più vicino al riferimento",
            "of the equally good plans the nearest to the reference is proposed"
        ),
    );
    tally.looked_at(1);
    let nearest = match model.pick {
        crate::model::Pick::Riparto => "riparto",
        crate::model::Pick::LastYear => "last_year",
    };
    if certificate.nearest != nearest {
        let stated = &certificate.nearest;
        tally.fail(
            "certificate.json",
            "",
            said!(
                "il riferimento è `{stated}`, il modello dice `{nearest}`",
                "the reference is `{stated}`, the model says `{nearest}`"
            ),
        );
    }
    let measured = Measured::new(model, pays, values);
    for (what, told, found) in [
        ("distance", &certificate.distance, &measured.distance),
        ("due", &certificate.due, &measured.due),
    ] {
        if parse_integer(told).as_ref() != Some(found) {
            tally.fail(
                "certificate.json",
                "",
                said!(
                    "`{what}` della scelta fra equivalenti: dichiarato {told}, quello vero è {found}",
                    "`{what}` of the pick: {told} is stated, the true one is {found}"
                ),
            );
        }
    }
    if certificate.proved {
        tally.looked_at(1);
        check_gap(
            sheet,
            pays,
            values,
            &measured,
            (certificate, goals),
            &mut tally,
        );
    } else {
        tally.remark(
            "certificate.json",
            "",
            said!(
                "che sia il più vicino non è dimostrato",
                "that it is the nearest is not proved"
            ),
        );
    }
    tally
}

/// `10^21`: the weight of the square of a cent where one cent is due.
const CENT: i128 = 10_i128.pow(21);

/// What counts as due at least: this part of the mean of the zones to which something is due, and a euro. A zone to which nothing is due
/// is drawn as far below zero.
const PART_OF_THE_MEAN: i128 = 1_000;
const EURO: i128 = 100;

/// The distance of a plan, and how it changes with each total.
#[derive(Default)]
struct Measured {
    distance: BigInt,
    due: BigInt,
    gradient: BTreeMap<Total, i128>,
}

impl Measured {
    fn new(model: &Model, pays: &[PayColumn], values: &[i64]) -> Self {
        let targets = targets(model);
        let funds: BTreeSet<FundIdx> = targets.keys().map(|total| total.0).collect();
        let mut paid: BTreeMap<Total, i128> = BTreeMap::new();
        for pay in pays {
            let (fund, _, zone, year) = pay.cell;
            if funds.contains(&fund) {
                let value = values.get(pay.column).copied().unwrap_or(0);
                let sum = paid.entry((fund, zone, year)).or_default();
                *sum = sum.saturating_add(i128::from(value));
            }
        }
        let mut measured = Self::default();
        for fund in funds {
            for years in shared_years(model, fund) {
                let least = least(fund, &years, &targets);
                for zone in model.zone_indices() {
                    let of = |totals: &BTreeMap<Total, i128>| -> Vec<(Year, i128)> {
                        let own = years
                            .iter()
                            .filter_map(|&year| Some((year, *totals.get(&(fund, zone, year))?)));
                        own.collect()
                    };
                    measured.add((fund, zone), least, &of(&paid), &of(&targets));
                }
            }
        }
        measured
    }

    /// A zone of a fund in years that share money: what it is paid, year by year, and what is due.
    fn add(
        &mut self,
        (fund, zone): (FundIdx, ZoneIdx),
        least: i128,
        paid: &[(Year, i128)],
        due: &[(Year, i128)],
    ) {
        if paid.is_empty() {
            return;
        }
        let total: i128 = due.iter().map(|of| of.1).sum();
        let divisor = total.max(least);
        let weight = (CENT + divisor - 1) / divisor;
        let target = if total > 0 { total } else { -least };
        let off = paid.iter().map(|of| of.1).sum::<i128>() - target;
        let half = weight.saturating_mul(off);
        self.due += divisor;
        self.distance += BigInt::from(half) * off;
        for &(year, _) in paid {
            let slope = half.saturating_mul(2);
            self.gradient.insert((fund, zone, year), slope);
        }
    }
}

/// What a zone counts as at least.
fn least(fund: FundIdx, years: &[Year], targets: &BTreeMap<Total, i128>) -> i128 {
    let mut due: BTreeMap<ZoneIdx, i128> = BTreeMap::new();
    for (&(of, zone, year), &cents) in targets {
        if of == fund && years.contains(&year) {
            *due.entry(zone).or_default() += cents.max(0);
        }
    }
    due.retain(|_, cents| *cents > 0);
    let n = i128::try_from(due.len()).unwrap_or(i128::MAX).max(1);
    (due.values().sum::<i128>() / n / PART_OF_THE_MEAN).max(EURO)
}

/// The years of the plan in runs: from each year of a run money of the fund may move to the next.
pub(crate) fn shared_years(model: &Model, index: FundIdx) -> Vec<Vec<Year>> {
    let Some(fund) = model.funds.get(index.index()) else {
        return Vec::new();
    };
    let amounts = amounts(model, index);
    let moves = |year: Year| {
        amounts.iter().any(|&(of, _, cents)| {
            of <= year && last_year_of(fund, of) > year && may_move(fund, of, cents) > 0
        })
    };
    let mut runs = vec![Vec::new()];
    for &year in &model.years {
        if let Some(run) = runs.last_mut() {
            run.push(year);
        }
        if !moves(year) {
            runs.push(Vec::new());
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The target of each fund, zone and year that takes part, in cents.
pub(crate) fn targets(model: &Model) -> BTreeMap<Total, i128> {
    match model.pick {
        crate::model::Pick::Riparto => model
            .formula
            .iter()
            .map(|(&total, euro)| (total, i128::from(euro.cents())))
            .collect(),
        crate::model::Pick::LastYear => last_year(model),
    }
}

/// What each fund gave each zone in the latest year before the plan, wanted again in each year of the plan.
fn last_year(model: &Model) -> BTreeMap<Total, i128> {
    let Some(&first) = model.years.first() else {
        return BTreeMap::new();
    };
    let latest = model
        .previous
        .keys()
        .map(|&(_, _, _, year)| year)
        .filter(|&year| year < first)
        .max();
    let mut targets: BTreeMap<Total, i128> = BTreeMap::new();
    for (&(fund, _, zone, of), euro) in &model.previous {
        if Some(of) == latest {
            for &year in &model.years {
                let target = targets.entry((fund, zone, year)).or_default();
                *target = target.saturating_add(i128::from(euro.cents()));
            }
        }
    }
    targets
}

fn check_gap(
    sheet: &Sheet,
    pays: &[PayColumn],
    values: &[i64],
    measured: &Measured,
    (certificate, goals): (&PickCertificate, &[GoalCertificate]),
    tally: &mut Tally,
) {
    if certificate.goal_multipliers.len() != sheet.goals.len() {
        tally.fail(
            "certificate.json",
            "",
            said!(
                "i moltiplicatori degli obiettivi non sono tanti quanti gli obiettivi",
                "there are not as many goal multipliers as goals"
            ),
        );
        return;
    }
    // Maximise minus the gradient.
    let mut cost: Vec<(u32, BigCost)> = Vec::new();
    let mut at_values = Sum::default();
    for pay in pays {
        let (fund, _, zone, year) = pay.cell;
        let Some(&slope) = measured.gradient.get(&(fund, zone, year)) else {
            continue;
        };
        let slope = slope.saturating_neg();
        let value = values.get(pay.column).copied().unwrap_or(0);
        if slope != 0
            && let Ok(column) = u32::try_from(pay.column)
        {
            at_values.add_product(slope, value);
            cost.push((column, slope));
        }
    }
    let kept = all_kept(sheet, values, goals);
    let maximised = Maximised {
        cost: &cost,
        multipliers: &certificate.multipliers,
        goal_multipliers: &certificate.goal_multipliers,
    };
    let bound = match upper_bound(sheet, &kept, &maximised) {
        Ok(bound) => bound,
        Err(said) => {
            tally.fail("certificate.json", "", said);
            return;
        }
    };
    let gap = bound - at_values.total();
    let stated = &certificate.gap;
    if parse_integer(stated).as_ref() == Some(&gap) {
        tally.remark(
            "",
            "",
            said!(
                "la distanza non può calare di più di {gap} ({CENT} per ogni centesimo dovuto)",
                "the distance cannot shrink by more than {gap} ({CENT} for each cent due)"
            ),
        );
    } else {
        tally.fail(
            "certificate.json",
            "",
            said!(
                "il certificato dice che la distanza può calare al più di {stated}, i moltiplicatori dimostrano {gap}",
                "the certificate says that the distance can shrink by at most {stated}, its multipliers prove {gap}"
            ),
        );
    }
}
