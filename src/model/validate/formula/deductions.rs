//! What is taken off the total before the formula: for a purpose, or for some zones.

use std::collections::BTreeMap;

use num_traits::{CheckedMul, One};

use super::OfYear;
use super::read::{Deduction, Formula, Measure, Taken};
use crate::input::Problems;
use crate::model::riparto::{RipartoError, Rounding, Shares, Weighted, apportion};
use crate::model::{Deducted, ZoneIdx};
use crate::problem::{MoneyProblem, RipartoProblem, Shown};
use crate::units::{Euro, Exact};

/// Takes every deduction of a year in order; gives them and what is left.
pub(super) fn take(
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> Option<(Vec<Deducted>, Euro)> {
    let mut left = of.pool;
    let mut taken = Vec::new();
    let deductions = formula.deductions.iter();
    for deduction in deductions.filter(|deduction| deduction.years.contains(&of.year)) {
        let Some(euro) = euro(deduction, left, of.pool) else {
            super::tell::error(RipartoError::Overflow, formula, of, problems);
            return None;
        };
        let rest = left.checked_sub(euro)?;
        if rest < Euro::ZERO {
            let above = RipartoProblem::DeductionAboveTotal {
                name: Shown::new(&deduction.name),
                fund: of.setting.fund_id(formula.fund),
                year: of.year,
                euro,
                left,
            };
            problems.push(deduction.place.clone(), above);
            return None;
        }
        left = rest;
        taken.push(Deducted {
            name: deduction.name.clone(),
            euro,
            zones: zones(deduction, euro, formula, of, problems)?,
        });
    }
    Some((taken, left))
}

/// What a deduction takes; shares are rounded half up to the cent.
fn euro(deduction: &Deduction, left: Euro, total: Euro) -> Option<Euro> {
    let share = |of: Euro, share: &Exact| Euro::round_of(&of.to_exact().checked_mul(share)?);
    match &deduction.taken {
        Taken::Euro(euro) => Some(*euro),
        Taken::ShareOfLeft(of) => share(left, of),
        Taken::ShareOfTotal(of) => share(total, of),
    }
}

/// What of a deduction goes to each zone, to the cent by largest remainder.
fn zones(
    deduction: &Deduction,
    euro: Euro,
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> Option<BTreeMap<ZoneIdx, Euro>> {
    let Some(named) = &deduction.zones else {
        return Some(BTreeMap::new());
    };
    let there = |zone: &&ZoneIdx| of.zones.contains(zone);
    let zones: Vec<ZoneIdx> = named.iter().filter(there).copied().collect();
    if zones.is_empty() {
        let name = Shown::new(&deduction.name);
        let year = of.year;
        problems.push(
            deduction.place.clone(),
            RipartoProblem::DeductionNowhere { name, year },
        );
        return None;
    }
    let values = match &deduction.by {
        None => vec![Exact::one(); zones.len()],
        Some(Measure { expression, place }) => {
            let pairs = zones.iter().map(|zone| (*zone, of.year));
            let terrain = &of.setting.terrain;
            let values = terrain.quantities(expression, place, pairs, problems)?;
            values.into_values().collect()
        }
    };
    let weighted = Weighted {
        weight: Exact::one(),
        values,
    };
    let divided =
        Shares::weighted(&[weighted]).and_then(|shares| apportion(euro, &shares, Rounding::CENT));
    match (divided, &deduction.by) {
        (Ok(divided), _) => Some(zones.into_iter().zip(divided.amounts).collect()),
        (Err(RipartoError::EmptyIndicator { .. }), Some(by)) => {
            let name = Shown::new(by.expression.text());
            let year = of.year;
            problems.push(by.place.clone(), MoneyProblem::IndicatorZero { name, year });
            None
        }
        (Err(error), _) => {
            super::tell::error(error, formula, of, problems);
            None
        }
    }
}
