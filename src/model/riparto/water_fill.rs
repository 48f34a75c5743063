//! A total over shares with nobody below a floor.

use num_bigint::BigInt;

use super::apportion::euro;
use super::fractions::Fractions;
use super::{RipartoError, Shares};
use crate::units::Euro;

/// Divides a total by shares with nobody below its floor, by water-filling.
///
/// Zones whose part would be below their floor get the floor; the others divide the rest by their shares; and again,
/// until nobody is below. The rest is rounded to the cent by largest remainder, ties by zone order.
///
/// # Errors
/// [`RipartoError::FloorsAboveTotal`] with the money that is missing; a negative total or floor; floors for another
/// number of zones.
pub fn water_fill(
    total: Euro,
    shares: &Shares,
    floors: &[Euro],
) -> Result<Vec<Euro>, RipartoError> {
    let (expected, found) = (shares.n_zones(), floors.len());
    if found != expected {
        return Err(RipartoError::DifferentLengths { expected, found });
    }
    if total < Euro::ZERO {
        return Err(RipartoError::NegativeTotal);
    }
    if let Some(zone) = floors.iter().position(|floor| *floor < Euro::ZERO) {
        return Err(RipartoError::NegativeFloor { zone });
    }
    let needed = Euro::checked_sum(floors.iter().copied()).ok_or(RipartoError::Overflow)?;
    let short = needed.checked_sub(total).ok_or(RipartoError::Overflow)?;
    if short > Euro::ZERO {
        return Err(RipartoError::FloorsAboveTotal { short });
    }
    let mut rest = total.cents();
    let mut fixed: Vec<Option<i64>> = vec![None; expected];
    loop {
        let zones = shares.0.numerators.iter().zip(floors).zip(&mut fixed);
        let free: Vec<_> = zones.filter(|(_, fixed)| fixed.is_none()).collect();
        let sum: BigInt = free.iter().map(|((share, _), _)| *share).sum();
        let before = rest;
        for ((share, floor), fixed) in free {
            if share * before < &sum * floor.cents() {
                *fixed = Some(floor.cents());
                rest = rest
                    .checked_sub(floor.cents())
                    .ok_or(RipartoError::Overflow)?;
            }
        }
        // Zones that are free hold a positive share among them, else their floors were above the total.
        if rest == before {
            let all = shares.0.numerators.iter().zip(&fixed);
            let numerators =
                all.map(|(share, fixed)| fixed.map_or_else(|| share * rest, |cents| &sum * cents));
            let parts = Fractions {
                numerators: numerators.collect(),
                denominator: sum,
            };
            return parts.round_to(total.cents()).map(euro);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::units::Exact;

    fn filled(total: i64, weights: &[i64], floors: &[i64]) -> Result<Vec<i64>, RipartoError> {
        let sum: i64 = weights.iter().sum();
        let share = |weight: &i64| Exact::new(i128::from(*weight), i128::from(sum));
        let shares = Shares::given(&weights.iter().map(share).collect::<Vec<_>>())?;
        let amounts = water_fill(Euro::from_cents(total), &shares, &euro(floors.to_vec()))?;
        Ok(amounts.into_iter().map(Euro::cents).collect())
    }

    #[test]
    fn me6_nobody_gets_less_than_95_percent_of_last_year() {
        let (shares, floors) = ([25, 35, 40], [9_500, 19_000, 28_500]);
        assert_eq!(
            filled(58_000, &shares, &floors),
            Ok(vec![10_500, 19_000, 28_500])
        );
        assert_eq!(filled(57_000, &shares, &floors), Ok(floors.to_vec()));
        let short = Euro::from_cents(1_000);
        let missing = Err(RipartoError::FloorsAboveTotal { short });
        assert_eq!(filled(56_000, &shares, &floors), missing);
    }

    #[test]
    fn the_rest_is_rounded_by_largest_remainder() {
        assert_eq!(
            filled(10_000, &[1, 1, 1], &[0, 0, 0]),
            Ok(vec![3_334, 3_333, 3_333])
        );
        assert_eq!(
            filled(10_000, &[0, 1, 1], &[33, 0, 0]),
            Ok(vec![33, 4_984, 4_983])
        );
        assert_eq!(filled(0, &[0, 1], &[0, 0]), Ok(vec![0, 0]));
        assert_eq!(filled(100, &[1, 1], &[30, 70]), Ok(vec![30, 70]));
    }

    #[test]
    fn what_cannot_be_filled_says_why() {
        assert_eq!(filled(-1, &[1], &[0]), Err(RipartoError::NegativeTotal));
        assert_eq!(
            filled(1, &[1], &[-1]),
            Err(RipartoError::NegativeFloor { zone: 0 })
        );
        let lengths = RipartoError::DifferentLengths {
            expected: 2,
            found: 1,
        };
        assert_eq!(filled(1, &[1, 1], &[0]), Err(lengths));
        assert_eq!(
            filled(1, &[1, 1], &[i64::MAX, 1]),
            Err(RipartoError::Overflow)
        );
    }

    proptest! {
        #[test]
        fn all_floors_hold_and_all_above_them_stand_as_their_shares(
            zones in proptest::collection::vec((0..50_i64, 0..1_000_i64), 1..12),
            spare in -50..5_000_i64,
        ) {
            let (mut weights, floors): (Vec<_>, Vec<_>) = zones.into_iter().unzip();
            weights[0] += 1;
            let total = (floors.iter().sum::<i64>() + spare).max(0);
            let short = floors.iter().sum::<i64>() - total;
            let outcome = filled(total, &weights, &floors);
            if short > 0 {
                let short = Euro::from_cents(short);
                prop_assert_eq!(outcome, Err(RipartoError::FloorsAboveTotal { short }));
                return Ok(());
            }
            let amounts = outcome.unwrap();
            prop_assert_eq!(amounts.iter().sum::<i64>(), total);
            for (a, floor_a) in amounts.iter().zip(&floors) {
                prop_assert!(a >= floor_a);
            }
            for ((a, floor), w) in amounts.iter().zip(&floors).zip(&weights).filter(|((a, floor), _)| a > floor) {
                for (b, v) in amounts.iter().zip(&weights) {
                    prop_assert!((a - 1) * v <= (b + 1) * w, "{} above {}", a, floor);
                }
            }
        }
    }
}
