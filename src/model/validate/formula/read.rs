//! `[[riparto]]` as written to what is divided, by what, within which limits.

use num_traits::{CheckedAdd, One, Zero};

use crate::input::{
    At, DeductionBaseWord, DeductionEntry, LimitEntry, Problems, RestWord, RipartoEntry,
    RoundByWord, RoundWord, UnitWord,
};
use crate::model::expression::Expression;
use crate::model::riparto::{FINEST, Rest, RoundBy, Rounding};
use crate::model::validate::setting::{Setting, text_of};
use crate::model::{FundIdx, ZoneIdx};
use crate::problem::{MoneyProblem, Place, Remark, RipartoProblem, Shown};
use crate::units::{Euro, Exact, Year};

/// An expression, and where it stands.
pub(super) struct Measure {
    pub(super) expression: Expression,
    pub(super) place: Place,
}

/// One indicator of a formula.
pub(super) struct Part {
    pub(super) measure: Measure,
    pub(super) year: Option<Year>,
    pub(super) weight: Exact,
}

/// By what the zones divide.
pub(super) enum Criterion {
    /// By weighted indicators.
    Weights(Vec<Part>),
    /// By fixed shares.
    Shares(Measure),
}

/// The least or the most of each zone.
pub(super) struct Limit {
    pub(super) last_year: Option<At<Exact>>,
    pub(super) euro: Option<Measure>,
}

/// How much a deduction takes.
pub(super) enum Taken {
    Euro(Euro),
    ShareOfLeft(Exact),
    ShareOfTotal(Exact),
}

/// Something taken off the total before the formula.
pub(super) struct Deduction {
    pub(super) name: String,
    pub(super) taken: Taken,
    pub(super) zones: Option<Vec<ZoneIdx>>,
    pub(super) by: Option<Measure>,
    pub(super) years: Vec<Year>,
    pub(super) place: Place,
}

/// A formula, read.
pub(super) struct Formula<'e> {
    pub(super) entry: &'e RipartoEntry,
    pub(super) fund: FundIdx,
    pub(super) deductions: Vec<Deduction>,
    pub(super) criterion: Criterion,
    pub(super) round_share: Option<u32>,
    pub(super) rounding: Rounding,
    /// Reproduces a published table as it was printed, even above the total.
    pub(super) is_naive: bool,
    pub(super) floor: Option<Limit>,
    pub(super) ceiling: Option<Limit>,
}

impl Formula<'_> {
    /// Where its weights or shares stand.
    pub(super) fn place(&self) -> Place {
        let weights = self.entry.weights.as_ref().map(|weights| &weights.place);
        let shares = self.entry.shares.as_ref().map(|shares| &shares.place);
        weights.or(shares).unwrap_or(&self.entry.fund.place).clone()
    }
}

pub(super) fn read<'e>(
    entry: &'e RipartoEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Formula<'e>> {
    let named = entry.fund.with(entry.fund.value.0.clone());
    let fund = setting.fund_names.one(&named, problems);
    let round_share = round_share(entry, problems);
    let rounding = rounding(entry, problems);
    let criterion = criterion(entry, setting, problems);
    let floor = limit(entry.floor.as_ref(), setting, problems);
    let ceiling = limit(entry.ceiling.as_ref(), setting, problems);
    let deductions = entry.deductions.as_ref().map(|list| &list.value);
    let deductions: Vec<_> = deductions
        .into_iter()
        .flatten()
        .map(|entry| deduction(entry, setting, problems))
        .collect();
    Some(Formula {
        entry,
        fund: fund?,
        deductions: deductions.into_iter().collect::<Option<_>>()?,
        criterion: criterion?,
        round_share: round_share?,
        rounding: rounding?,
        is_naive: entry
            .round_amount
            .as_ref()
            .is_some_and(|word| word.value.0 == RoundWord::Naive),
        floor: floor?,
        ceiling: ceiling?,
    })
}

#[expect(clippy::option_option, reason = "wrong and left out are two answers")]
fn round_share(entry: &RipartoEntry, problems: &mut Problems) -> Option<Option<u32>> {
    let Some(decimals) = &entry.round_share else {
        return Some(None);
    };
    if entry.shares.is_some() {
        problems.push(decimals.place.clone(), RipartoProblem::SharesAsWritten);
        return None;
    }
    let value = u32::try_from(decimals.value.0).ok();
    let value = value.filter(|decimals| *decimals <= FINEST);
    if value.is_none() {
        let found = Shown::new(&decimals.value.0.to_string());
        problems.push(decimals.place.clone(), MoneyProblem::RoundShare { found });
    }
    value.map(Some)
}

fn rounding(entry: &RipartoEntry, problems: &mut Problems) -> Option<Rounding> {
    let rest = match entry.rest.map_or(RestWord::None, |word| word.0) {
        RestWord::None => Rest::Nobody,
        RestWord::Largest => Rest::Largest,
        RestWord::First => Rest::First,
    };
    let of_unit = |euro: i64| Euro::from_cents(euro.saturating_mul(100));
    if let Some(word) = &entry.round_amount {
        if entry.round_to.is_some() || entry.round_by.is_some() {
            problems.push(word.place.clone(), RipartoProblem::RoundedTwice);
            return None;
        }
        let rounding = match word.value.0 {
            RoundWord::Cent => Rounding::CENT,
            RoundWord::Euro => Rounding::EURO,
            RoundWord::Naive => Rounding::NAIVE,
        };
        return Some(Rounding { rest, ..rounding });
    }
    let unit = match entry.round_to.map_or(UnitWord::Cent, |word| word.0) {
        UnitWord::Cent => Euro::from_cents(1),
        UnitWord::Euro => of_unit(1),
        UnitWord::Hundreds => of_unit(100),
        UnitWord::Thousands => of_unit(1_000),
    };
    let by = entry.round_by.map(|word| word.0);
    let by = match by.unwrap_or(RoundByWord::LargestRemainder) {
        RoundByWord::LargestRemainder => RoundBy::LargestRemainder,
        RoundByWord::HalfUp => RoundBy::HalfUp,
        RoundByWord::Down => RoundBy::Down,
    };
    Some(Rounding { unit, by, rest })
}

fn criterion(
    entry: &RipartoEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Criterion> {
    match (&entry.weights, &entry.shares) {
        (Some(weights), None) => {
            let parts = parts(entry, setting, problems);
            let mut each = weights.value.iter().map(|part| part.weight.value.0);
            let sum = each.try_fold(Exact::zero(), |sum, weight| sum.checked_add(&weight))?;
            if sum != Exact::one() {
                let place = weights.place.clone();
                problems.push(place, MoneyProblem::WeightsNotOne { sum });
                return None;
            }
            parts.map(Criterion::Weights)
        }
        (None, Some(shares)) => measure(shares, setting, problems).map(Criterion::Shares),
        _ => {
            problems.push(entry.fund.place.clone(), RipartoProblem::WeightsOrShares);
            None
        }
    }
}

fn parts(entry: &RipartoEntry, setting: &Setting, problems: &mut Problems) -> Option<Vec<Part>> {
    let weights = entry.weights.iter().flat_map(|weights| &weights.value);
    let mut parts = Vec::new();
    let mut good = true;
    for weight in weights {
        let Some(measure) = measure(&weight.indicator, setting, problems) else {
            good = false;
            continue;
        };
        if weight.weight.value.0.is_zero() {
            let what = Shown::new(measure.expression.text());
            problems.push(weight.weight.place.clone(), Remark::ZeroWeight { what });
        }
        parts.push(Part {
            measure,
            year: weight.year.as_ref().map(|year| year.value.0),
            weight: weight.weight.value.0,
        });
    }
    good.then_some(parts)
}

fn measure(
    formula: &At<crate::input::Formula>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Measure> {
    let text = text_of(formula);
    let expression = setting.terrain.parse(&text, problems)?;
    Some(Measure {
        expression,
        place: text.place,
    })
}

#[expect(clippy::option_option, reason = "wrong and left out are two answers")]
fn limit(
    entry: Option<&At<LimitEntry>>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Option<Limit>> {
    let Some(entry) = entry else {
        return Some(None);
    };
    let (last_year, euro) = (&entry.value.last_year, &entry.value.euro);
    if last_year.is_none() && euro.is_none() {
        problems.push(entry.place.clone(), RipartoProblem::EmptyLimit);
        return None;
    }
    let euro = match euro {
        Some(euro) => Some(measure(euro, setting, problems)?),
        None => None,
    };
    Some(Some(Limit {
        last_year: last_year.as_ref().map(|share| share.with(share.value.0)),
        euro,
    }))
}

fn deduction(
    entry: &DeductionEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Deduction> {
    let place = &entry.name.place;
    let name = || Shown::new(&entry.name.value.0);
    let taken = match (&entry.euro, &entry.share, entry.base.map(|word| word.0)) {
        (Some(euro), None, None) => Some(Taken::Euro(euro.value.0)),
        (None, Some(share), None | Some(DeductionBaseWord::Left)) => {
            Some(Taken::ShareOfLeft(share.value.0))
        }
        (None, Some(share), Some(DeductionBaseWord::Total)) => {
            Some(Taken::ShareOfTotal(share.value.0))
        }
        _ => {
            let name = name();
            problems.push(place.clone(), RipartoProblem::DeductionForm { name });
            None
        }
    };
    let zones = match &entry.zone {
        Some(selector) => setting.zones_of(Some(selector), problems).map(Some),
        None => Some(None),
    };
    let by = match &entry.by {
        Some(by) if entry.zone.is_none() => {
            let name = name();
            problems.push(by.place.clone(), RipartoProblem::ByWithoutZones { name });
            None
        }
        Some(by) => measure(by, setting, problems).map(Some),
        None => Some(None),
    };
    Some(Deduction {
        name: entry.name.value.0.clone(),
        taken: taken?,
        zones: zones?,
        by: by?,
        years: setting.plan_years(entry.years.as_ref(), problems),
        place: place.clone(),
    })
}
