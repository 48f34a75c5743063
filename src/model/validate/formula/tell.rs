//! What is wrong with a riparto of a year, and what is worth a remark.

use num_traits::{CheckedAdd, CheckedMul, CheckedSub, One, Signed, Zero};

use super::OfYear;
use super::read::{Criterion, Formula};
use crate::input::{Problems, RoleWord};
use crate::model::FormulaYear;
use crate::model::riparto::{RipartoError, Shares, near_tie};
use crate::problem::{MoneyProblem, Place, RipartoProblem, RipartoRemark, Shown};
use crate::tolerance::NEAR_A_WHOLE;
use crate::units::{Euro, Exact};

pub(super) fn error(
    error: RipartoError,
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) {
    let (fund, year) = (of.setting.fund_id(formula.fund), of.year);
    let place = formula.place();
    match error {
        RipartoError::EmptyIndicator { indicator } => {
            let (name, place) = indicator_of(formula, indicator);
            problems.push(place, MoneyProblem::IndicatorZero { name, year });
        }
        RipartoError::FloorsAboveTotal { short } => {
            let only_last_year = formula.floor.as_ref().is_some_and(|f| f.euro.is_none());
            if only_last_year {
                problems.push(place, MoneyProblem::FloorsAboveTotal { fund, year, short });
            } else {
                problems.push(
                    place,
                    RipartoProblem::FloorsAboveTotal { fund, year, short },
                );
            }
        }
        RipartoError::CeilingBelowFloor { zone } => {
            let zone = of.zones.get(zone);
            let zone = zone.map_or(Shown::new(""), |zone| of.zone_id(*zone));
            problems.push(place, RipartoProblem::LimitsCross { zone, fund, year });
        }
        RipartoError::NobodyGivesBack { over } => {
            problems.push(place, RipartoProblem::NobodyGivesBack { fund, year, over });
        }
        RipartoError::SharesNotOne { sum } if formula.entry.shares.is_some() => {
            problems.push(
                place,
                RipartoProblem::SharesAboveOne {
                    sum: percent(sum),
                    year,
                },
            );
        }
        RipartoError::WeightsNotOne { sum } | RipartoError::SharesNotOne { sum } => {
            problems.push(place, MoneyProblem::WeightsNotOne { sum });
        }
        _ => problems.push(place, MoneyProblem::NotDivisible { fund, year }),
    }
}

fn indicator_of(formula: &Formula<'_>, indicator: usize) -> (Shown, Place) {
    let part = match &formula.criterion {
        Criterion::Weights(parts) => parts.get(indicator).map(|part| &part.measure),
        Criterion::Shares(measure) => Some(measure),
    };
    part.map_or((Shown::new(""), Place::default()), |part| {
        (Shown::new(part.expression.text()), part.place.clone())
    })
}

fn percent(share: Exact) -> Exact {
    share
        .checked_mul(&Exact::from_integer(100))
        .unwrap_or(share)
}

/// Rows that do not come to what is divided. Says whether the plan may go on: an assignment above the money is refused, unless
/// it reproduces a published table.
pub(super) fn difference(
    formula: &Formula<'_>,
    told: &FormulaYear,
    fixed: Option<&Shares>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> bool {
    let place = formula.entry.fund.place.clone();
    let (fund, year, total) = (of.setting.fund_id(formula.fund), of.year, told.divided);
    let left = told.left;
    let Some(rows) = total.checked_sub(left) else {
        return true;
    };
    let over = Euro::from_cents(left.cents().saturating_neg());
    let assigns = formula.entry.role.0 == RoleWord::Assign;
    let sum = fixed.and_then(|shares| shares.sum().ok());
    match sum.filter(|sum| *sum != Exact::one()) {
        Some(sum) if left > Euro::ZERO => {
            let sum = percent(sum);
            let remark = RipartoRemark::SharesLeave {
                fund,
                year,
                sum,
                left,
            };
            problems.push(formula.place(), remark);
        }
        _ if left > Euro::ZERO => {
            let remark = RipartoRemark::RowsLeave {
                fund,
                year,
                total,
                rows,
                left,
            };
            problems.push(place, remark);
        }
        _ if left < Euro::ZERO && assigns && !formula.is_naive => {
            let above = RipartoProblem::RowsAboveTotal {
                fund,
                year,
                total,
                rows,
                over,
            };
            problems.push(place, above);
            return false;
        }
        _ if left < Euro::ZERO => {
            let remark = RipartoRemark::RowsExceed {
                fund,
                year,
                total,
                rows,
                over,
            };
            problems.push(place, remark);
        }
        _ => {}
    }
    true
}

/// Zones that the formula treats alike and rounding does not.
pub(super) fn tie(
    formula: &Formula<'_>,
    told: &FormulaYear,
    (exact, amounts): (&Shares, &[Euro]),
    of: &OfYear<'_>,
    problems: &mut Problems,
) {
    let is_free = |zone| !told.is_raised(zone) && !told.is_lowered(zone);
    let Some(tie) = near_tie(told.divided, exact, amounts, is_free) else {
        return;
    };
    let id = |zone: usize| {
        let zone = of.zones.get(zone);
        zone.map_or(Shown::new(""), |zone| of.zone_id(*zone))
    };
    let remark = RipartoRemark::Tie {
        zone: id(tie.zones.0),
        other: id(tie.zones.1),
        fund: of.setting.fund_id(formula.fund),
        year: of.year,
        apart: tie.apart,
        by_formula: tie.by_formula,
    };
    problems.push(formula.entry.fund.place.clone(), remark);
}

/// An indicator whose values look like shares that do not sum to a whole.
pub(super) fn nearly_a_whole(
    formula: &Formula<'_>,
    indicator: usize,
    values: &[Exact],
    of: &OfYear<'_>,
    problems: &mut Problems,
) {
    let mut values = values.iter();
    let sum = values.try_fold(Exact::zero(), |sum, value| sum.checked_add(value));
    let Some(sum) = sum else { return };
    for (whole, near) in [
        (100, NEAR_A_WHOLE * Exact::from_integer(100)),
        (1, NEAR_A_WHOLE),
    ] {
        let whole = Exact::from_integer(whole);
        let off = sum.checked_sub(&whole).map(|off| off.abs());
        if off.is_some_and(|off| off > Exact::zero() && off <= near) {
            let (name, place) = indicator_of(formula, indicator);
            let year = of.year;
            let remark = RipartoRemark::NearlyAWhole {
                name,
                year,
                sum,
                whole,
            };
            problems.push(place, remark);
        }
    }
}
