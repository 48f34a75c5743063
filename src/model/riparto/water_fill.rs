//! Water-filling: parts as their shares, with nobody below a floor or above a ceiling.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::apportion::{Limits, Rounding, divide};
use super::fractions::Fractions;
use super::{RipartoError, Shares};
use crate::units::Euro;

/// The least and the most of a zone, in whole units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) floor: i64,
    pub(super) ceiling: Option<i64>,
}

/// A zone while the total is divided.
struct Zone<'s> {
    share: &'s BigInt,
    bounds: Bounds,
    fixed: Option<i64>,
}

/// Divides a total by shares to the cent with nobody below its floor.
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
    let limits = Limits {
        floors: floors.to_vec(),
        ceilings: Vec::new(),
    };
    Ok(divide(total, shares, &limits, Rounding::CENT)?.amounts)
}

/// The parts of `total / denominator` units as the shares, each within its bounds. The floors are not above the total; what the
/// ceilings leave of it is in no part.
///
/// All parts are as one level times their share, cut to the bounds. At each turn the zones that are free divide what is left. If
/// floors ask for more than ceilings set free, the level can only sink: who is below its floor stays there, and is fixed. Else it
/// can only rise, and who is above its ceiling is fixed. When nobody is outside, that is the level.
pub(super) fn fill(
    shares: &[BigInt],
    total: BigInt,
    denominator: &BigInt,
    bounds: &[Bounds],
) -> Fractions {
    let zone = |(share, bounds): (_, &Bounds)| Zone {
        share,
        bounds: *bounds,
        fixed: None,
    };
    let mut zones: Vec<Zone<'_>> = shares.iter().zip(bounds).map(zone).collect();
    let mut rest = total;
    loop {
        let free = || zones.iter().filter(|zone| zone.fixed.is_none());
        let sum: BigInt = free().map(|zone| zone.share).sum();
        if sum.is_zero() {
            // Whoever is free has no share: its floor is its part.
            return parts(&zones, &rest, BigInt::one(), denominator);
        }
        let scale = &sum * denominator;
        let (mut below, mut above) = (BigInt::zero(), BigInt::zero());
        for zone in free() {
            let part = zone.share * &rest;
            let floor = &scale * zone.bounds.floor;
            let ceiling = zone.bounds.ceiling.map(|ceiling| &scale * ceiling);
            if part < floor {
                below += floor - part;
            } else if let Some(ceiling) = ceiling.filter(|ceiling| *ceiling < part) {
                above += part - ceiling;
            }
        }
        if below.is_zero() && above.is_zero() {
            return parts(&zones, &rest, sum, denominator);
        }
        let before = rest.clone();
        for zone in zones.iter_mut().filter(|zone| zone.fixed.is_none()) {
            let part = zone.share * &before;
            let (floor, ceiling) = (zone.bounds.floor, zone.bounds.ceiling);
            if below >= above && part < &scale * floor {
                zone.fixed = Some(floor);
            } else if above >= below {
                zone.fixed = ceiling.filter(|ceiling| &scale * *ceiling < part);
            }
            if let Some(units) = zone.fixed {
                rest -= denominator * units;
            }
        }
    }
}

/// The parts once it is known who is at a bound: the others divide the rest by their shares, which sum to `sum`.
fn parts(zones: &[Zone<'_>], rest: &BigInt, sum: BigInt, denominator: &BigInt) -> Fractions {
    let scale = &sum * denominator;
    let part = |zone: &Zone<'_>| match zone.fixed {
        Some(units) => &scale * units,
        None if zone.share.is_zero() => &scale * zone.bounds.floor,
        None => zone.share * rest,
    };
    Fractions {
        numerators: zones.iter().map(part).collect(),
        denominator: scale,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::apportion::{Rest, RoundBy, euro};
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

    /// Zones as weight, floor and room above it.
    type Drawn = (i64, i64, Option<i64>);

    fn zone() -> impl Strategy<Value = Drawn> {
        let room = proptest::option::weighted(0.6, 0..60_i64);
        (0..30_i64, prop_oneof![Just(0), 0..40_i64], room)
    }

    fn bounds_of(zones: &[Drawn]) -> Vec<Bounds> {
        let bounds = |(_, floor, room): &Drawn| Bounds {
            floor: *floor,
            ceiling: room.map(|room| floor + room),
        };
        zones.iter().map(bounds).collect()
    }

    fn exact_parts(zones: &[Drawn], total: i64) -> Vec<Exact> {
        let shares: Vec<BigInt> = zones.iter().map(|zone| BigInt::from(zone.0)).collect();
        let bounds = bounds_of(zones);
        let parts = fill(&shares, BigInt::from(total), &BigInt::one(), &bounds);
        let exact =
            |part: &BigInt| super::super::fractions::exact(part.clone(), parts.denominator.clone());
        parts
            .numerators
            .iter()
            .map(|part| exact(part).unwrap())
            .collect()
    }

    /// The same by the breakpoints of the level, sorted: between two of them the sum is a line.
    fn by_breakpoints(zones: &[Drawn], total: i64) -> Vec<Exact> {
        let whole = |n: i64| Exact::from_integer(i128::from(n));
        let at_level = |level: Option<Exact>| -> Vec<Exact> {
            let zone = |(weight, floor, room): &Drawn| {
                let ceiling = room.map(|room| whole(floor + room));
                let part = match level {
                    _ if *weight == 0 => whole(*floor),
                    Some(level) => (level * whole(*weight)).max(whole(*floor)),
                    None => ceiling.unwrap(),
                };
                ceiling.map_or(part, |ceiling| part.min(ceiling))
            };
            zones.iter().map(zone).collect()
        };
        let mut levels = vec![Exact::zero()];
        for (weight, floor, room) in zones.iter().filter(|zone| zone.0 > 0) {
            levels.push(whole(*floor) / whole(*weight));
            levels.extend(room.map(|room| whole(floor + room) / whole(*weight)));
        }
        levels.sort();
        let sum = |level| at_level(Some(level)).iter().sum::<Exact>();
        let total = whole(total);
        for pair in levels.windows(2) {
            let (low, high) = (sum(pair[0]), sum(pair[1]));
            if total <= high {
                let part = if low == high {
                    Exact::zero()
                } else {
                    (total - low) / (high - low)
                };
                return at_level(Some(pair[0] + part * (pair[1] - pair[0])));
            }
        }
        let last = *levels.last().unwrap();
        let open = zones.iter().filter(|zone| zone.2.is_none());
        let open: i64 = open.map(|zone| zone.0).sum();
        if open == 0 {
            return at_level(Some(last));
        }
        at_level(Some(last + (total - sum(last)) / whole(open)))
    }

    proptest! {
        #[test]
        fn filling_between_floors_and_ceilings_is_the_level_that_sorted_breakpoints_give(
            zones in proptest::collection::vec(zone(), 1..9), spare in 0..300_i64,
        ) {
            let total = zones.iter().map(|zone| zone.1).sum::<i64>() + spare;
            let parts = exact_parts(&zones, total);
            prop_assert_eq!(&parts, &by_breakpoints(&zones, total));
            // More money gives nobody less.
            let more = exact_parts(&zones, total + 1);
            prop_assert!(parts.iter().zip(&more).all(|(less, more)| less <= more));
        }

        #[test]
        fn money_in_any_unit_holds_the_limits_and_is_given_or_left(
            zones in proptest::collection::vec(zone(), 1..9),
            spare in 0..90_000_i64,
            unit in prop_oneof![Just(1_i64), Just(100), Just(10_000)],
            by in prop_oneof![Just(RoundBy::LargestRemainder), Just(RoundBy::HalfUp), Just(RoundBy::Down)],
            rest in prop_oneof![Just(Rest::Nobody), Just(Rest::Largest), Just(Rest::First)],
        ) {
            let mut zones = zones;
            zones[0].0 += 1;
            let sum: i64 = zones.iter().map(|zone| zone.0).sum();
            let share = |zone: &Drawn| Exact::new(i128::from(zone.0), i128::from(sum));
            let shares = Shares::given(&zones.iter().map(share).collect::<Vec<_>>()).unwrap();
            let bounds = bounds_of(&zones);
            let money = |units: i64| Euro::from_cents(units * unit);
            let limits = Limits {
                floors: bounds.iter().map(|bounds| money(bounds.floor)).collect(),
                ceilings: bounds.iter().map(|bounds| bounds.ceiling.map(money)).collect(),
            };
            let total = money(zones.iter().map(|zone| zone.1).sum::<i64>()).cents() + spare;
            let rounding = Rounding { unit: Euro::from_cents(unit), by, rest };
            let divided = match divide(Euro::from_cents(total), &shares, &limits, rounding) {
                Ok(divided) => divided,
                Err(RipartoError::NobodyGivesBack { .. }) => {
                    prop_assert!(by == RoundBy::HalfUp && rest != Rest::Nobody);
                    return Ok(());
                }
                Err(other) => return Err(TestCaseError::fail(other.to_string())),
            };
            let given = Euro::checked_sum(divided.amounts.iter().copied()).unwrap().cents();
            prop_assert_eq!(given + divided.difference.cents(), total);
            if by != RoundBy::HalfUp || rest != Rest::Nobody {
                prop_assert!(divided.difference >= Euro::ZERO);
            }
            let mut odd = 0;
            for (amount, bounds) in divided.amounts.iter().zip(&bounds) {
                prop_assert!(*amount >= money(bounds.floor));
                prop_assert!(bounds.ceiling.is_none_or(|ceiling| *amount <= money(ceiling)));
                odd += i32::from(amount.cents() % unit != 0);
            }
            prop_assert!(odd <= i32::from(rest != Rest::Nobody));
            if by == RoundBy::LargestRemainder && bounds.iter().all(|bounds| bounds.ceiling.is_none()) {
                prop_assert!(divided.difference.cents() < unit);
            }
        }
    }
}
