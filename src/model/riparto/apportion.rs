//! A total over shares, in whole units of money, with nobody below a floor or above a ceiling.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

use super::fractions::{Fractions, half_up};
use super::water_fill::{Bounds, fill};
use super::{RipartoError, Shares};
use crate::units::{Euro, Exact};

/// How amounts are rounded: to which unit, by which method, and where what is left goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// Every amount is a multiple of it.
    pub unit: Euro,
    /// How.
    pub by: RoundBy,
    /// Where what is left goes.
    pub rest: Rest,
}

impl Rounding {
    /// To the cent; the largest remainders get the cents left.
    pub const CENT: Self = Self::to(Euro::from_cents(1), RoundBy::LargestRemainder);
    /// To the whole euro; the largest remainders get the euro left. Cents of the total are not divided.
    pub const EURO: Self = Self::to(Euro::from_cents(100), RoundBy::LargestRemainder);
    /// Each row alone, half up to the cent: reproduces published tables whose rows miss the total.
    pub const NAIVE: Self = Self::to(Euro::from_cents(1), RoundBy::HalfUp);

    /// To a unit by a method; what is left stays with nobody.
    #[must_use]
    pub const fn to(unit: Euro, by: RoundBy) -> Self {
        let rest = Rest::Nobody;
        Self { unit, by, rest }
    }
}

/// How an amount becomes a whole number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundBy {
    /// All down, then the largest remainders up until the whole units of the total are given; ties by position.
    LargestRemainder,
    /// Each row alone, half up: the rows may give less or more than the total.
    HalfUp,
    /// Each row alone, down.
    Down,
}

/// Where goes what the rows leave of the total, or who gives back what they have too much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// To nobody.
    #[default]
    Nobody,
    /// To the zone with the largest amount that can take it, ties by position.
    Largest,
    /// To the first zone that can take it.
    First,
}

/// The least and the most of each zone; an empty list limits nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The least.
    pub floors: Vec<Euro>,
    /// The most.
    pub ceilings: Vec<Option<Euro>>,
}

impl Limits {
    fn floor(&self, zone: usize) -> Euro {
        self.floors.get(zone).copied().unwrap_or(Euro::ZERO)
    }

    fn ceiling(&self, zone: usize) -> Option<Euro> {
        self.ceilings.get(zone).copied().flatten()
    }

    fn check(&self, expected: usize) -> Result<(), RipartoError> {
        let lengths = [self.floors.len(), self.ceilings.len()];
        if let Some(found) = lengths.into_iter().find(|n| ![0, expected].contains(n)) {
            return Err(RipartoError::DifferentLengths { expected, found });
        }
        match self.floors.iter().position(|floor| *floor < Euro::ZERO) {
            Some(zone) => Err(RipartoError::NegativeFloor { zone }),
            None => Ok(()),
        }
    }

    /// In whole units: floors rounded up, ceilings down.
    fn in_units(&self, unit: i64, n_zones: usize) -> Result<Vec<Bounds>, RipartoError> {
        let of_zone = |zone| {
            let floor = Integer::div_ceil(&self.floor(zone).cents(), &unit);
            let ceiling = self.ceiling(zone);
            let ceiling = ceiling.map(|ceiling| Integer::div_floor(&ceiling.cents(), &unit));
            if ceiling.is_some_and(|ceiling| ceiling < floor) {
                return Err(RipartoError::CeilingBelowFloor { zone });
            }
            Ok(Bounds { floor, ceiling })
        };
        (0..n_zones).map(of_zone).collect()
    }
}

/// A total divided over zones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apportioned {
    /// One amount per zone.
    pub amounts: Vec<Euro>,
    /// The total less the sum of the amounts: below zero where rows rounded alone exceed it.
    pub difference: Euro,
}

/// Divides a total by shares.
///
/// ```
/// use mappafondo::model::riparto::{Rounding, Shares, apportion};
/// use mappafondo::units::{Euro, Exact};
/// let thirds = Shares::given(&[Exact::new(1, 3); 3]).unwrap();
/// let divided = apportion(Euro::from_cents(10_000), &thirds, Rounding::CENT).unwrap();
/// assert_eq!(divided.amounts, [3_334, 3_333, 3_333].map(Euro::from_cents));
/// ```
///
/// # Errors
/// A negative total, or an overflow.
pub fn apportion(
    total: Euro,
    shares: &Shares,
    rounding: Rounding,
) -> Result<Apportioned, RipartoError> {
    divide(total, shares, &Limits::default(), rounding)
}

/// Divides a total by shares with nobody below a floor or above a ceiling.
///
/// By water-filling: a zone whose part would be outside its limits gets its limit, the others divide the rest by their
/// shares. Floors are rounded up to the unit and ceilings down, so that whole units hold them. What the shares leave of
/// one, the ceilings of the total, and the rounding of both is the difference; it goes where `rounding.rest` says if a
/// zone can take it within its limits.
///
/// # Errors
/// A negative total or floor; floors above the total; a ceiling below a floor; rows above the total that no zone can
/// give back; an overflow.
pub fn divide(
    total: Euro,
    shares: &Shares,
    limits: &Limits,
    rounding: Rounding,
) -> Result<Apportioned, RipartoError> {
    if total < Euro::ZERO {
        return Err(RipartoError::NegativeTotal);
    }
    let unit = rounding.unit.cents().max(1);
    limits.check(shares.n_zones())?;
    let bounds = limits.in_units(unit, shares.n_zones())?;
    // What is divided, as so many parts of a unit.
    let denominator = &shares.0.denominator * unit;
    let mut divisible = shares.0.sum() * total.cents();
    if rounding.by == RoundBy::LargestRemainder {
        divisible -= divisible.mod_floor(&denominator);
    }
    let mut floors = bounds.iter().map(|bounds| bounds.floor);
    let needed = floors.try_fold(0_i64, |sum, floor| sum.checked_add(floor));
    let needed = needed.ok_or(RipartoError::Overflow)?;
    let short = needed * &denominator - &divisible;
    if short > BigInt::ZERO {
        let cents = Integer::div_ceil(&(short * unit), &denominator).to_i64();
        let short = Euro::from_cents(cents.ok_or(RipartoError::Overflow)?);
        return Err(RipartoError::FloorsAboveTotal { short });
    }
    let parts = fill(&shares.0.numerators, divisible, &denominator, &bounds);
    let units = round(&parts, rounding.by)?;
    let cents = |units: i64| units.checked_mul(unit).ok_or(RipartoError::Overflow);
    let cents = units.into_iter().map(cents);
    let mut amounts = euro(cents.collect::<Result<_, _>>()?);
    let sum = Euro::checked_sum(amounts.iter().copied());
    let mut difference = sum
        .and_then(|sum| total.checked_sub(sum))
        .ok_or(RipartoError::Overflow)?;
    if difference != Euro::ZERO && rounding.rest != Rest::Nobody {
        if give(difference, &mut amounts, shares, limits, rounding.rest) {
            difference = Euro::ZERO;
        } else if difference < Euro::ZERO {
            let over = Euro::from_cents(difference.cents().saturating_neg());
            return Err(RipartoError::NobodyGivesBack { over });
        }
    }
    Ok(Apportioned {
        amounts,
        difference,
    })
}

fn round(parts: &Fractions, by: RoundBy) -> Result<Vec<i64>, RipartoError> {
    let each = parts.numerators.iter();
    match by {
        RoundBy::LargestRemainder => {
            let whole = parts.sum().div_floor(&parts.denominator).to_i64();
            parts.round_to(whole.ok_or(RipartoError::Overflow)?)
        }
        RoundBy::HalfUp => each.map(|part| half_up(part, &parts.denominator)).collect(),
        RoundBy::Down => each
            .map(|part| {
                let whole = part.div_floor(&parts.denominator).to_i64();
                whole.ok_or(RipartoError::Overflow)
            })
            .collect(),
    }
}

/// Gives a difference to the first zone, in the order of a rule, that stays within its limits; says whether one did.
fn give(
    difference: Euro,
    amounts: &mut [Euro],
    shares: &Shares,
    limits: &Limits,
    rest: Rest,
) -> bool {
    let zones = amounts.iter_mut().zip(&shares.0.numerators).enumerate();
    let mut zones: Vec<_> = zones
        .filter(|(_, (amount, share))| **share > BigInt::ZERO || **amount > Euro::ZERO)
        .map(|(zone, (amount, _))| (zone, amount))
        .collect();
    if rest == Rest::Largest {
        zones.sort_by_key(|(_, amount)| std::cmp::Reverse(**amount)); // stable: ties stay in order
    }
    for (zone, amount) in zones {
        let Some(new) = amount.checked_add(difference) else {
            continue;
        };
        let is_below_ceiling = limits.ceiling(zone).is_none_or(|ceiling| new <= ceiling);
        if new >= limits.floor(zone) && new >= Euro::ZERO && is_below_ceiling {
            *amount = new;
            return true;
        }
    }
    false
}

/// Whole numbers that sum to `total`, each the floor or the ceiling of its part.
///
/// Parts are rounded down; what is left goes one by one to the largest remainders, ties by position.
///
/// ```
/// use mappafondo::model::riparto::largest_remainder;
/// use mappafondo::units::Exact;
/// let parts = [Exact::new(5, 2), Exact::new(9, 4), Exact::new(5, 4)];
/// assert_eq!(largest_remainder(6, &parts).unwrap(), [3, 2, 1]);
/// ```
///
/// # Errors
/// [`RipartoError::PartsMissTotal`] when the parts are too far from the total.
pub fn largest_remainder(total: i64, parts: &[Exact]) -> Result<Vec<i64>, RipartoError> {
    Fractions::new(parts).round_to(total)
}

pub(super) fn euro(cents: Vec<i64>) -> Vec<Euro> {
    cents.into_iter().map(Euro::from_cents).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fractions(weights: &[u32]) -> Vec<Exact> {
        let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        let share = |weight: &u32| Exact::new(i128::from(*weight), sum);
        weights.iter().map(share).collect()
    }

    fn check(total: i64, weights: &[u32], mode: Rounding, cents: &[i64], difference: i64) {
        let shares = Shares::given(&fractions(weights)).unwrap();
        let divided = apportion(Euro::from_cents(total), &shares, mode).unwrap();
        assert_eq!(divided.amounts, euro(cents.to_vec()), "{mode:?}");
        assert_eq!(divided.difference.cents(), difference, "{mode:?}");
    }

    #[test]
    fn me13_a_hundred_euro_over_three_equal_zones() {
        check(
            10_000,
            &[1, 1, 1],
            Rounding::CENT,
            &[3_334, 3_333, 3_333],
            0,
        );
        check(
            10_000,
            &[1, 1, 1],
            Rounding::NAIVE,
            &[3_333, 3_333, 3_333],
            1,
        );
        check(
            10_000,
            &[1, 1, 1],
            Rounding::EURO,
            &[3_400, 3_300, 3_300],
            0,
        );
    }

    #[test]
    fn the_largest_remainders_are_rounded_up() {
        check(10, &[5, 3, 1], Rounding::CENT, &[6, 3, 1], 0);
        check(1, &[1, 1], Rounding::NAIVE, &[1, 1], -1);
        check(0, &[1, 0], Rounding::CENT, &[0, 0], 0);
        check(100_099, &[1, 1], Rounding::EURO, &[50_000, 50_000], 99);
    }

    #[test]
    fn parts_far_from_the_total_are_refused() {
        let parts = [Exact::new(-1, 2), Exact::new(3, 2), Exact::from_integer(4)];
        assert_eq!(largest_remainder(5, &parts), Ok(vec![0, 1, 4]));
        let miss = |total| {
            Err(RipartoError::PartsMissTotal {
                total,
                lowest: 4,
                highest: 6,
            })
        };
        assert_eq!(largest_remainder(3, &parts), miss(3));
        assert_eq!(largest_remainder(7, &parts), miss(7));
        assert_eq!(largest_remainder(0, &[]), Ok(vec![]));
        let huge = [Exact::from_integer(i128::MIN), Exact::new(1, i128::MAX)];
        assert_eq!(
            largest_remainder(i64::MAX, &huge),
            Err(RipartoError::Overflow)
        );
        let shares = Shares::given(&fractions(&[1])).unwrap();
        let negative = apportion(Euro::from_cents(-1), &shares, Rounding::CENT);
        assert_eq!(negative, Err(RipartoError::NegativeTotal));
    }

    proptest! {
        #[test]
        fn sums_are_exact_and_each_amount_is_within_one_unit(
            total in 0..=crate::units::LARGEST_CENTS,
            mut weights in proptest::collection::vec(prop_oneof![0..4_u32, any::<u32>()], 1..40),
        ) {
            weights.push(1);
            let parts = fractions(&weights);
            let shares = Shares::given(&parts).unwrap();
            for (mode, unit) in [(Rounding::CENT, 1), (Rounding::EURO, 100), (Rounding::NAIVE, 1)] {
                let divided = apportion(Euro::from_cents(total), &shares, mode).unwrap();
                let sum = Euro::checked_sum(divided.amounts.iter().copied()).unwrap();
                prop_assert_eq!(sum.cents() + divided.difference.cents(), total);
                match mode {
                    Rounding::CENT => prop_assert_eq!(divided.difference, Euro::ZERO),
                    Rounding::EURO => prop_assert_eq!(divided.difference.cents(), total % 100),
                    _ => {}
                }
                let divisible = Exact::from_integer(i128::from(total / unit));
                for (amount, share) in divided.amounts.iter().zip(&parts) {
                    prop_assert_eq!(amount.cents() % unit, 0);
                    let off = Exact::from_integer(i128::from(amount.cents() / unit)) - share * divisible;
                    let most = if mode == Rounding::NAIVE { Exact::new(1, 2) } else { Exact::from_integer(1) };
                    prop_assert!(off <= most && -off <= most);
                }
            }
        }

        #[test]
        fn of_equal_zones_the_first_gets_at_least_as_much(
            total in 0..1_000_000_i64,
            mut weights in proptest::collection::vec(0..4_u32, 1..20),
        ) {
            weights.push(1);
            let shares = Shares::given(&fractions(&weights)).unwrap();
            let divided = apportion(Euro::from_cents(total), &shares, Rounding::CENT).unwrap();
            let rows: Vec<_> = weights.iter().zip(divided.amounts).collect();
            for (at, (weight, amount)) in rows.iter().enumerate() {
                for (other, later) in rows.iter().skip(at + 1) {
                    prop_assert!(weight != other || amount >= later);
                    prop_assert!(weight < other || amount >= later);
                }
            }
        }
    }
}
