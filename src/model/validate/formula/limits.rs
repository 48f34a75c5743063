//! The least and the most of each zone: shares of the year before, and euro.

use num_traits::CheckedMul;

use super::OfYear;
use super::read::{Formula, Limit, Measure};
use crate::input::{At, Problems};
use crate::model::riparto::{Limits, RipartoError};
use crate::problem::{MoneyProblem, RipartoProblem, RipartoRemark, ZoneAndOthers};
use crate::units::{Euro, Exact};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Floor,
    Ceiling,
}

impl Side {
    fn round(self, euro: &Exact) -> Option<Euro> {
        match self {
            Self::Floor => Euro::ceil_of(euro),
            Self::Ceiling => Euro::floor_of(euro),
        }
    }

    /// The stricter of two.
    fn both(self, one: Option<Euro>, other: Option<Euro>) -> Option<Euro> {
        match (self, one, other) {
            (Self::Ceiling, Some(one), Some(other)) => Some(one.min(other)),
            _ => one.max(other),
        }
    }
}

/// Floors and ceilings of a year, for all that a zone gets of the fund.
pub(super) fn of_year(
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> Option<Limits> {
    if of.pool == Euro::ZERO {
        return Some(Limits::default());
    }
    let floors = limits((Side::Floor, formula.floor.as_ref()), formula, of, problems)?;
    let ceilings = limits(
        (Side::Ceiling, formula.ceiling.as_ref()),
        formula,
        of,
        problems,
    )?;
    let floors = floors.into_iter().map(Option::unwrap_or_default).collect();
    Some(Limits { floors, ceilings })
}

/// What is left of the limits for the formula once the zones have been given something; told where that is not possible.
pub(super) fn less_given(
    limits: &Limits,
    given: &[Euro],
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> Option<Limits> {
    for ((zone, ceiling), given) in of.zones.iter().zip(&limits.ceilings).zip(given) {
        if let Some(ceiling) = ceiling.filter(|ceiling| ceiling < given) {
            let (zone, given) = (of.zone_id(*zone), *given);
            let above = RipartoProblem::GivenAboveCeiling {
                zone,
                fund: of.setting.fund_id(formula.fund),
                year: of.year,
                given,
                ceiling,
            };
            problems.push(formula.place(), above);
            return None;
        }
    }
    let less = |limit: Euro, given: Euro| limit.checked_sub(given).unwrap_or_default();
    let floors = limits.floors.iter().zip(given);
    let ceilings = limits.ceilings.iter().zip(given);
    Some(Limits {
        floors: floors
            .map(|(floor, given)| less(*floor, *given).max(Euro::ZERO))
            .collect(),
        ceilings: ceilings
            .map(|(ceiling, given)| ceiling.map(|ceiling| less(ceiling, *given)))
            .collect(),
    })
}

/// The limit of each zone on one side; an empty list without any.
fn limits(
    (side, limit): (Side, Option<&Limit>),
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> Option<Vec<Option<Euro>>> {
    let Some(limit) = limit else {
        return Some(Vec::new());
    };
    let none = || Some(vec![None; of.zones.len()]);
    let last_year = match &limit.last_year {
        Some(share) => last_years((side, share), formula, of, problems),
        None => none(),
    };
    let euro = match &limit.euro {
        Some(measure) => euros((side, measure), formula, of, problems),
        None => none(),
    };
    let both = last_year?.into_iter().zip(euro?);
    Some(both.map(|(one, other)| side.both(one, other)).collect())
}

fn euros(
    (side, measure): (Side, &Measure),
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> Option<Vec<Option<Euro>>> {
    let values = of.quantities(measure, of.year, problems)?;
    let euros: Option<Vec<_>> = values
        .iter()
        .map(|value| side.round(value).map(Some))
        .collect();
    told_if_none(euros, formula, of, problems)
}

/// Shares of what the fund gave each zone the year before. A zone of which nothing is known has no limit, and that is told.
fn last_years(
    (side, share): (Side, &At<Exact>),
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> Option<Vec<Option<Euro>>> {
    let before = of.year.saturating_sub(1);
    let fund = || of.setting.fund_id(formula.fund);
    let sources = [of.last_years, of.by_zone].into_iter();
    let mut sources = sources.filter(|source| {
        let mut keys = source.keys();
        keys.any(|(fund, _, of)| (*fund, *of) == (formula.fund, before))
    });
    let Some(source) = sources.next() else {
        let (fund, year) = (fund(), before);
        problems.push(share.place.clone(), MoneyProblem::NoLastYear { fund, year });
        return None;
    };
    let last = |zone| source.get(&(formula.fund, zone, before)).copied();
    let mut unknown = of.zones.iter().filter(|zone| last(**zone).is_none());
    if let Some(zone) = unknown.next() {
        let zone = ZoneAndOthers {
            zone: of.zone_id(*zone),
            others: unknown.count(),
        };
        let (fund, year) = (fund(), before);
        let remark = match side {
            Side::Floor => RipartoRemark::NoFloor { zone, fund, year },
            Side::Ceiling => RipartoRemark::NoCeiling { zone, fund, year },
        };
        problems.push(share.place.clone(), remark);
    }
    let limit = |zone: &_| match last(*zone) {
        None => Some(None),
        Some(last) => {
            let limit = last.to_exact().checked_mul(&share.value)?;
            side.round(&limit).map(Some)
        }
    };
    let limits: Option<Vec<_>> = of.zones.iter().map(limit).collect();
    told_if_none(limits, formula, of, problems)
}

fn told_if_none<T>(
    found: Option<T>,
    formula: &Formula<'_>,
    of: &OfYear<'_>,
    problems: &mut Problems,
) -> Option<T> {
    if found.is_none() {
        super::tell::error(RipartoError::Overflow, formula, of, problems);
    }
    found
}
