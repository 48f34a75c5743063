//! Bounds of rules: constants, values by zone, shares of a base, bands on an indicator.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use super::base;
use super::money::FundAndYear;
use super::setting::{Setting, text_of};
use super::terrain::{Pair, Terrain};
use crate::input::{At, Band, BaseWord, BoundEntry, Formula, Problems, StepEntry, WithinEntry};
use crate::model::rule::ForEach;
use crate::model::{Base, Bound, FundIdx, FundYear, Measure, Quantity, Share, ZoneIdx};
use crate::problem::{Remark, RuleProblem, Shown, ValueProblem};
use crate::units::{Euro, Exact, Year, exact_text};

/// What the bounds need to know of the money.
#[derive(Clone, Copy)]
pub(super) struct MoneyKnown<'m> {
    /// Money by fund and year.
    pub(super) by_year: &'m BTreeMap<FundAndYear, FundYear>,
    /// What each zone gets by formula.
    pub(super) formula: &'m BTreeMap<(FundIdx, ZoneIdx, Year), Euro>,
}

/// Where a rule holds.
#[derive(Clone, Copy)]
pub(super) struct Scope<'r> {
    /// Along which dimensions it is repeated.
    pub(super) for_each: ForEach,
    /// Zones and years it measures, ascending.
    pub(super) pairs: &'r [Pair],
    /// Zones and years where it holds, whatever zones it measures, ascending.
    pub(super) held: &'r [Pair],
    /// Its condition on the zone.
    pub(super) condition: Option<&'r At<String>>,
    /// Years, ascending.
    pub(super) years: &'r [Year],
    /// What it measures.
    pub(super) measure: &'r Measure,
    /// Whether its shortfall is measured.
    pub(super) is_soft: bool,
}

/// The bound of a relation.
pub(super) fn bound(
    entry: &At<BoundEntry>,
    scope: Scope<'_>,
    setting: &Setting,
    money: MoneyKnown<'_>,
    problems: &mut Problems,
) -> Option<Bound> {
    let (place, bound) = (&entry.place, &entry.value);
    if bound.share_of.is_none() && (bound.share.is_some() || bound.step.is_some()) {
        problems.push(place.clone(), RuleProblem::ShareWithoutBase);
        return None;
    }
    base::check_keys(bound, problems)?;
    // A count is of what the measure counts, active zones or projects.
    let counted = scope.measure.quantity;
    let counted = if counted.is_count() {
        counted
    } else {
        Quantity::Projects
    };
    match (&bound.euro, &bound.units, &bound.count, bound.share_of) {
        (Some(formula), None, None, None) => {
            fixed(formula, Quantity::Euro, scope, setting, problems)
        }
        (None, Some(formula), None, None) => {
            fixed(formula, Quantity::Units, scope, setting, problems)
        }
        (None, None, Some(formula), None) => fixed(formula, counted, scope, setting, problems),
        (None, None, None, Some(base)) => share_of(entry, base.0, scope, setting, money, problems),
        _ => {
            problems.push(place.clone(), RuleProblem::Bound);
            None
        }
    }
}

/// A number, or a value by zone and year.
fn fixed(
    formula: &At<Formula>,
    quantity: Quantity,
    scope: Scope<'_>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Bound> {
    if quantity != scope.measure.quantity {
        problems.push(formula.place.clone(), RuleProblem::BoundUnit);
        return None;
    }
    let text = text_of(formula);
    let expression = setting.terrain.parse(&text, problems)?;
    if Terrain::is_constant(&expression) {
        // The same everywhere: any pair will do, even one where nothing is.
        let pair = scope.pairs.first().copied().unwrap_or((ZoneIdx::new(0), 0));
        let value = setting
            .terrain
            .quantities(&expression, &text.place, [pair], problems)?;
        let value = value.into_values().next()?;
        if value.is_zero() && scope.is_soft {
            problems.push(text.place, RuleProblem::ZeroTarget);
            return None;
        }
        return Some(Bound::Constant(value));
    }
    if !scope.for_each.zone {
        problems.push(text.place, RuleProblem::NotForEachZone);
        return None;
    }
    let pairs = scope.pairs.iter().copied();
    setting
        .terrain
        .quantities(&expression, &text.place, pairs, problems)
        .map(Bound::ByZone)
}

fn share_of(
    entry: &At<BoundEntry>,
    base: BaseWord,
    scope: Scope<'_>,
    setting: &Setting,
    money: MoneyKnown<'_>,
    problems: &mut Problems,
) -> Option<Bound> {
    if scope.measure.quantity != Quantity::Euro {
        problems.push(entry.place.clone(), RuleProblem::BoundUnit);
        return None;
    }
    let bound = &entry.value;
    let share = match (&bound.share, &bound.step) {
        (Some(share), None) => {
            check_share(&share.with(share.value.0), base, problems).map(Share::Constant)
        }
        (None, Some(step)) => by_bands(step, base, scope, setting, problems),
        _ => {
            problems.push(entry.place.clone(), RuleProblem::ShareOrStep);
            None
        }
    };
    let of = base::scope(bound, base, scope, setting, problems);
    let (share, of) = (share?, of?);
    if matches!(share, Share::ByZone(_)) {
        base::check_step(&entry.place, &of, scope, problems)?;
    }
    if base == BaseWord::Assigned {
        base::check_assigned(&entry.place, &of, &share, scope, setting, money, problems)?;
    }
    Some(Bound::ShareOf {
        base: match base {
            BaseWord::Assigned => Base::Assigned,
            BaseWord::Allocated => Base::Allocated,
            BaseWord::Demand => Base::Demand,
            BaseWord::LastYear => Base::LastYear,
        },
        share,
        scope: of,
    })
}

/// A share of last year may be above one; a share of this year's money may not.
fn check_share(share: &At<Exact>, base: BaseWord, problems: &mut Problems) -> Option<Exact> {
    if base != BaseWord::LastYear && share.value > Exact::one() {
        let value = Shown::new(&exact_text(&share.value));
        problems.push(share.place.clone(), ValueProblem::ShareOverOne { value });
        return None;
    }
    Some(share.value)
}

/// The share of each zone and year by the band its indicator falls in, decided exactly.
fn by_bands(
    step: &At<StepEntry>,
    base: BaseWord,
    scope: Scope<'_>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Share> {
    let (place, step) = (&step.place, &step.value);
    let (bands, is_strict) = match (&step.above, &step.from) {
        (Some(bands), None) if !bands.is_empty() => (bands, true),
        (None, Some(bands)) if !bands.is_empty() => (bands, false),
        _ => {
            problems.push(place.clone(), RuleProblem::StepBands);
            return None;
        }
    };
    let good = check_bands(bands, base, problems);
    tell_holes(bands, step.r#else.value.0, problems);
    let below = check_share(&step.r#else.with(step.r#else.value.0), base, problems);
    let text = text_of(&step.indicator);
    let expression = setting.terrain.parse(&text, problems)?;
    if !scope.for_each.zone && !Terrain::is_constant(&expression) {
        problems.push(text.place, RuleProblem::NotForEachZone);
        return None;
    }
    let values = setting.terrain.numbers(
        &expression,
        &text.place,
        scope.pairs.iter().copied(),
        problems,
    );
    let (below, values) = (below?, values?);
    let share = |value: Exact| {
        let reached = |band: &&Band| value > band.0.value || (!is_strict && value == band.0.value);
        bands
            .iter()
            .find(reached)
            .map_or(below, |band| band.1.value)
    };
    good.then(|| {
        Share::ByZone(
            values
                .into_iter()
                .map(|(pair, value)| (pair, share(value)))
                .collect(),
        )
    })
}

/// From the highest threshold to the lowest, no share over one.
fn check_bands(bands: &[Band], base: BaseWord, problems: &mut Problems) -> bool {
    let mut good = true;
    for band in bands {
        good &= check_share(&band.1, base, problems).is_some();
    }
    for pair in bands.windows(2) {
        if let [Band(first, _), Band(second, _)] = pair
            && second.value >= first.value
        {
            let (first, second_value) = (first.value, second.value);
            let order = RuleProblem::BandOrder {
                first,
                second: second_value,
            };
            problems.push(second.place.clone(), order);
            good = false;
        }
    }
    good
}

/// Tells a band that gives less than the one above it and the one below it.
fn tell_holes(bands: &[Band], below: Exact, problems: &mut Problems) {
    let shares: Vec<Exact> = bands
        .iter()
        .map(|band| band.1.value)
        .chain([below])
        .collect();
    for (band, around) in bands.iter().skip(1).zip(shares.windows(3)) {
        if let [above, own, under] = around
            && own < above
            && own < under
        {
            let share = Shown::new(&exact_text(own));
            let between = band.0.value;
            problems.push(band.0.place.clone(), Remark::BandHole { between, share });
        }
    }
}

/// A band around the mean per head.
pub(super) fn band(
    within: &At<WithinEntry>,
    scope: Scope<'_>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Bound> {
    if !scope.for_each.zone {
        problems.push(within.place.clone(), RuleProblem::WithinForEachZone);
        return None;
    }
    let text = text_of(&within.value.per);
    let expression = setting.terrain.parse(&text, problems)?;
    let pairs = scope.pairs.iter().copied();
    let heads = setting
        .terrain
        .quantities(&expression, &text.place, pairs, problems)?;
    if !heads.is_empty() && heads.values().all(Zero::is_zero) {
        let value = Shown::new(expression.text());
        problems.push(text.place, RuleProblem::HeadsZero { value });
        return None;
    }
    Some(Bound::Band {
        share: within.value.share.0,
        heads,
    })
}
