//! A total over shares, to the cent or the euro.

use super::fractions::{Fractions, half_up};
use super::{RipartoError, Shares};
use crate::units::{Euro, Exact};

/// How amounts are rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoundAmount {
    /// To the cent; the largest remainders get the cents left.
    #[default]
    Cent,
    /// To the whole euro; the largest remainders get the euro left. Cents of the total are not divided.
    Euro,
    /// Each row alone, half up to the cent: reproduces published tables whose rows miss the total.
    Naive,
}

/// A total divided over zones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apportioned {
    /// One amount per zone.
    pub amounts: Vec<Euro>,
    /// The total less the sum of the amounts: zero with `Cent`, the total's cents with `Euro`, of either sign with `Naive`.
    pub difference: Euro,
}

/// Divides a total by shares.
///
/// ```
/// use mappafondo::model::riparto::{RoundAmount, Shares, apportion};
/// use mappafondo::units::{Euro, Exact};
/// let thirds = Shares::given(&[Exact::new(1, 3); 3]).unwrap();
/// let divided = apportion(Euro::from_cents(10_000), &thirds, RoundAmount::Cent).unwrap();
/// assert_eq!(divided.amounts, [3_334, 3_333, 3_333].map(Euro::from_cents));
/// ```
///
/// # Errors
/// A negative total, or an overflow.
pub fn apportion(
    total: Euro,
    shares: &Shares,
    mode: RoundAmount,
) -> Result<Apportioned, RipartoError> {
    let cents = total.cents();
    if cents < 0 {
        return Err(RipartoError::NegativeTotal);
    }
    let amounts = match mode {
        RoundAmount::Cent => euro(shares.of(cents).round_to(cents)?),
        RoundAmount::Euro => {
            let whole = cents.div_euclid(100);
            let to_cents = |units: i64| units.checked_mul(100).ok_or(RipartoError::Overflow);
            let rounded = shares.of(whole).round_to(whole)?.into_iter().map(to_cents);
            euro(rounded.collect::<Result<_, _>>()?)
        }
        RoundAmount::Naive => {
            let exact = shares.of(cents);
            let parts = exact.numerators.iter();
            let rounded = parts.map(|part| half_up(part, &exact.denominator));
            euro(rounded.collect::<Result<_, _>>()?)
        }
    };
    let difference =
        Euro::checked_sum(amounts.iter().copied()).and_then(|sum| total.checked_sub(sum));
    Ok(Apportioned {
        amounts,
        difference: difference.ok_or(RipartoError::Overflow)?,
    })
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

    fn check(total: i64, weights: &[u32], mode: RoundAmount, cents: &[i64], difference: i64) {
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
            RoundAmount::Cent,
            &[3_334, 3_333, 3_333],
            0,
        );
        check(
            10_000,
            &[1, 1, 1],
            RoundAmount::Naive,
            &[3_333, 3_333, 3_333],
            1,
        );
        check(
            10_000,
            &[1, 1, 1],
            RoundAmount::Euro,
            &[3_400, 3_300, 3_300],
            0,
        );
    }

    #[test]
    fn the_largest_remainders_are_rounded_up() {
        check(10, &[5, 3, 1], RoundAmount::Cent, &[6, 3, 1], 0);
        check(1, &[1, 1], RoundAmount::Naive, &[1, 1], -1);
        check(0, &[1, 0], RoundAmount::Cent, &[0, 0], 0);
        check(100_099, &[1, 1], RoundAmount::Euro, &[50_000, 50_000], 99);
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
        let negative = apportion(Euro::from_cents(-1), &shares, RoundAmount::Cent);
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
            for (mode, unit) in [(RoundAmount::Cent, 1), (RoundAmount::Euro, 100), (RoundAmount::Naive, 1)] {
                let divided = apportion(Euro::from_cents(total), &shares, mode).unwrap();
                let sum = Euro::checked_sum(divided.amounts.iter().copied()).unwrap();
                prop_assert_eq!(sum.cents() + divided.difference.cents(), total);
                match mode {
                    RoundAmount::Cent => prop_assert_eq!(divided.difference, Euro::ZERO),
                    RoundAmount::Euro => prop_assert_eq!(divided.difference.cents(), total % 100),
                    RoundAmount::Naive => {}
                }
                let divisible = Exact::from_integer(i128::from(total / unit));
                for (amount, share) in divided.amounts.iter().zip(&parts) {
                    prop_assert_eq!(amount.cents() % unit, 0);
                    let off = Exact::from_integer(i128::from(amount.cents() / unit)) - share * divisible;
                    let most = if mode == RoundAmount::Naive { Exact::new(1, 2) } else { Exact::from_integer(1) };
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
            let divided = apportion(Euro::from_cents(total), &shares, RoundAmount::Cent).unwrap();
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
