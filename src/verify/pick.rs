//! The pick: the squared distance from its target, and the proof that no equally good plan is nearer by more than a gap.
//!
//! The squared distance is convex: a plan `y` is nearer than the proposal `x` by at most `gradient(x) (x - y)`, and weak duality
//! bounds that over all plans that do as well on every goal.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero;

use crate::model::{FundIdx, Model, ZoneIdx};
use crate::problem::grammar::agreed;
use crate::sheet::{GoalCertificate, PickCertificate, Sheet};
use crate::units::Year;

use super::bound::{BigCost, Maximised, all_kept, upper_bound};
use super::codes::PayColumn;
use super::number::{Sum, parse_integer};
use super::report::{Tally, said};

type Total = (FundIdx, ZoneIdx, Year);

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
    let residuals = residuals(model, pays, values);
    let mut distance = BigInt::zero();
    for residual in residuals.values() {
        distance += BigInt::from(*residual) * residual;
    }
    if parse_integer(&certificate.distance).as_ref() != Some(&distance) {
        let stated = &certificate.distance;
        tally.fail(
            "certificate.json",
            "",
            said!(
                "la distanza al quadrato dichiarata è {stated}, quella vera {distance}",
                "the stated squared distance is {stated}, the true one {distance}"
            ),
        );
    }
    if certificate.proved {
        tally.looked_at(1);
        check_gap(
            sheet,
            pays,
            values,
            &residuals,
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

/// Paid less target, for every total that has a target.
fn residuals(model: &Model, pays: &[PayColumn], values: &[i64]) -> BTreeMap<Total, i128> {
    let mut residuals: BTreeMap<Total, i128> = targets(model)
        .into_iter()
        .map(|(total, cents)| (total, cents.saturating_neg()))
        .collect();
    for pay in pays {
        let (fund, _, zone, year) = pay.cell;
        if let Some(residual) = residuals.get_mut(&(fund, zone, year)) {
            let value = values.get(pay.column).copied().unwrap_or(0);
            *residual = residual.saturating_add(i128::from(value));
        }
    }
    residuals
}

/// The target of each fund, zone and year that takes part, in cents.
fn targets(model: &Model) -> BTreeMap<Total, i128> {
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
    residuals: &BTreeMap<Total, i128>,
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
        let Some(&residual) = residuals.get(&(fund, zone, year)) else {
            continue;
        };
        let slope = residual.saturating_mul(-2);
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
    let shown = gap.to_string();
    let cents_it = agreed(&shown, "centesimo", "centesimi");
    let cents_en = agreed(&shown, "cent", "cents");
    if parse_integer(stated).as_ref() == Some(&gap) {
        tally.remark(
            "",
            "",
            said!(
                "la distanza al quadrato non può calare di più di {gap} {cents_it} al quadrato",
                "the squared distance cannot shrink by more than {gap} {cents_en} squared"
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
