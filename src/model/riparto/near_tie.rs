//! Zones that a formula treats alike and rounding does not.

use num_bigint::BigInt;
use num_traits::Signed;

use super::Shares;
use super::fractions::half_up;
use crate::tolerance::ROUNDING_DECIDES;
use crate::units::Euro;

/// A difference that nobody asks about: the odd cent of a total goes to somebody.
const ODD_CENT: Euro = Euro::from_cents(1);

/// Two zones with the same share or nearly so, and different amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearTie {
    /// The zone that gets more, and the other.
    pub zones: (usize, usize),
    /// How much more.
    pub apart: Euro,
    /// How much more by the formula, rounded to the cent.
    pub by_formula: Euro,
}

/// The near tie that sets two zones furthest apart, among those within their limits; the first of equals.
#[must_use]
pub fn near_tie(
    total: Euro,
    formula: &Shares,
    amounts: &[Euro],
    is_free: impl Fn(usize) -> bool,
) -> Option<NearTie> {
    let shares = formula.0.numerators.iter();
    let zones = shares.zip(amounts).enumerate();
    let mut zones: Vec<(usize, &BigInt, Euro)> = zones
        .filter(|(zone, _)| is_free(*zone))
        .map(|(zone, (share, amount))| (zone, share, *amount))
        .collect();
    // Neighbours are enough: a step between equals, or nearly so, is a step between some neighbours.
    zones.sort_by(|a, b| (a.1, b.2, a.0).cmp(&(b.1, a.2, b.0)));
    let mut found: Option<NearTie> = None;
    for pair in zones.windows(2) {
        let [(one, one_share, one_euro), (other, other_share, other_euro)] = pair else {
            continue;
        };
        let (more, less) = if one_euro >= other_euro {
            (*one, *other)
        } else {
            (*other, *one)
        };
        let apart = one_euro.cents().abs_diff(other_euro.cents());
        let by_formula = (*one_share - *other_share).abs() * total.cents();
        if by_formula * ROUNDING_DECIDES > &formula.0.denominator * apart {
            continue;
        }
        let Some(apart) = i64::try_from(apart).ok().map(Euro::from_cents) else {
            continue;
        };
        let is_further = found.is_none_or(|found| apart > found.apart);
        if apart > ODD_CENT && is_further {
            let by_formula = (*one_share - *other_share).abs() * total.cents();
            let by_formula = half_up(&by_formula, &formula.0.denominator).ok()?;
            found = Some(NearTie {
                zones: (more, less),
                apart,
                by_formula: Euro::from_cents(by_formula),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Exact;

    fn tie(weights: &[i64], amounts: &[i64]) -> Option<NearTie> {
        let sum: i64 = weights.iter().sum();
        let share = |weight: &i64| Exact::new(i128::from(*weight), i128::from(sum));
        let shares = Shares::given(&weights.iter().map(share).collect::<Vec<_>>()).unwrap();
        let amounts: Vec<Euro> = amounts.iter().copied().map(Euro::from_cents).collect();
        let total = Euro::checked_sum(amounts.iter().copied()).unwrap();
        near_tie(total, &shares, &amounts, |_| true)
    }

    #[test]
    fn equal_zones_a_hundred_euro_apart_are_told_and_the_odd_cent_is_not() {
        let found = tie(&[1, 1, 1], &[33_340_000, 33_330_000, 33_330_000]).unwrap();
        assert_eq!((found.zones, found.apart.cents()), ((0, 1), 10_000));
        assert_eq!(found.by_formula, Euro::ZERO);
        assert_eq!(tie(&[1, 1, 1], &[3_334, 3_333, 3_333]), None);
    }

    #[test]
    fn zones_that_are_nearly_equal_are_told_and_different_ones_are_not() {
        // 33,335.0003 and 33,334.9997 hundredths of a percent of a million euro: three cents by the formula, a hundred euro by rounding.
        let found = tie(
            &[33_350_002, 33_349_999, 33_299_999],
            &[33_360_000, 33_350_000, 33_290_000],
        );
        let found = found.unwrap();
        assert_eq!((found.zones, found.apart.cents()), ((0, 1), 10_000));
        assert_eq!(found.by_formula.cents(), 3);
        assert_eq!(tie(&[50, 49], &[5_100, 4_800]), None);
    }
}
