//! Old claims in full, new ones pro rata, under a cap.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive};

use super::RipartoError;
use super::apportion::euro;
use super::fractions::{Fractions, exact, half_up};
use crate::units::{Euro, Exact};

/// What claims get under a cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriorityCut {
    /// The part of each new claim that is paid: 1 when the cap leaves room for all.
    pub kept: Exact,
    /// What each zone gets, old and new claim together, to the cent by largest remainder.
    ///
    /// The sum is the cap when claims are cut, else the sum of the claims rounded half up.
    pub amounts: Vec<Euro>,
}

/// Pays old claims in full and new ones as far as the cap allows, all in the same proportion.
///
/// Claims are euro by zone. Over the cap, each new claim is scaled by `(cap - sum of old) / sum of new`.
///
/// # Errors
/// [`RipartoError::OldClaimsAboveCap`] with the money that is missing; a negative cap or claim; old and new claims of
/// different numbers of zones; a scale that does not fit in 128 bits.
///
/// # Source
/// L. 178/2020, art. 1 c. 799.
pub fn priority_cut(cap: Euro, old: &[Exact], new: &[Exact]) -> Result<PriorityCut, RipartoError> {
    let (expected, found) = (old.len(), new.len());
    if found != expected {
        return Err(RipartoError::DifferentLengths { expected, found });
    }
    if cap < Euro::ZERO {
        return Err(RipartoError::NegativeTotal);
    }
    let claims = Fractions::new(&[old, new].concat());
    if let Some(at) = claims.first_negative() {
        let zone = at.checked_sub(expected).unwrap_or(at);
        return Err(RipartoError::NegativeClaim { zone });
    }
    let cents = || claims.numerators.iter().map(|euro| euro * 100);
    let (old, new) = (|| cents().take(expected), || cents().skip(expected));
    let left = &claims.denominator * cap.cents() - old().sum::<BigInt>();
    if left.is_negative() {
        let short = (-left).div_ceil(&claims.denominator).to_i64();
        let short = short.map(Euro::from_cents).ok_or(RipartoError::Overflow)?;
        return Err(RipartoError::OldClaimsAboveCap { short });
    }
    let asked: BigInt = new().sum();
    let (kept, of) = if asked > left {
        (left, asked)
    } else {
        (BigInt::one(), BigInt::one())
    };
    let parts = Fractions {
        numerators: old()
            .zip(new())
            .map(|(old, new)| old * &of + new * &kept)
            .collect(),
        denominator: &claims.denominator * &of,
    };
    let total = half_up(&parts.sum(), &parts.denominator)?;
    Ok(PriorityCut {
        kept: exact(kept, of)?,
        amounts: euro(parts.round_to(total)?),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole(claims: &[i128]) -> Vec<Exact> {
        claims.iter().copied().map(Exact::from_integer).collect()
    }

    fn cut(cap: i64, old: &[i128], new: &[i128]) -> Result<PriorityCut, RipartoError> {
        priority_cut(Euro::from_cents(cap), &whole(old), &whole(new))
    }

    #[test]
    fn me20_old_claims_in_full_and_new_ones_by_two_thirds() {
        let paid = cut(18_000, &[100, 0, 0], &[0, 12, 108]).unwrap();
        assert_eq!(paid.kept, Exact::new(2, 3));
        assert_eq!(paid.amounts, euro(vec![10_000, 800, 7_200]));
    }

    #[test]
    fn under_the_cap_all_is_paid_and_over_it_the_sum_is_the_cap() {
        let paid = cut(22_000, &[100], &[120]).unwrap();
        assert_eq!(
            (paid.kept, paid.amounts),
            (Exact::one(), euro(vec![22_000]))
        );
        let paid = cut(200, &[0, 1, 0], &[1, 1, 1]).unwrap();
        assert_eq!(paid.amounts, euro(vec![34, 133, 33]));
        let thirds = [Exact::new(1, 3), Exact::new(1, 3)];
        let paid = priority_cut(Euro::from_cents(100), &thirds, &whole(&[0, 0])).unwrap();
        assert_eq!(paid.amounts, euro(vec![34, 33]));
        assert_eq!(cut(0, &[], &[]).unwrap().amounts, []);
    }

    #[test]
    fn claims_that_cannot_be_paid_say_why() {
        let short = Euro::from_cents(1);
        let third = priority_cut(Euro::from_cents(33), &[Exact::new(1, 3)], &whole(&[5]));
        assert_eq!(third, Err(RipartoError::OldClaimsAboveCap { short }));
        assert_eq!(
            cut(1, &[0, 1], &[0, -1]),
            Err(RipartoError::NegativeClaim { zone: 1 })
        );
        assert_eq!(cut(-1, &[], &[]), Err(RipartoError::NegativeTotal));
        let lengths = RipartoError::DifferentLengths {
            expected: 1,
            found: 0,
        };
        assert_eq!(cut(1, &[1], &[]), Err(lengths));
        assert_eq!(
            cut(100, &[0], &[i128::MAX]),
            Ok(PriorityCut {
                kept: Exact::new_raw(1, i128::MAX),
                amounts: euro(vec![100]),
            })
        );
        let too_fine = cut(1, &[0], &[i128::MAX]);
        assert_eq!(too_fine, Err(RipartoError::Overflow));
    }

    proptest! {
        #[test]
        fn the_cap_holds_and_old_claims_are_paid(
            claims in proptest::collection::vec((0..1_000_i128, 0..1_000_i128), 1..20),
            spare in 0..2_000_000_i64,
        ) {
            let (old, new): (Vec<_>, Vec<_>) = claims.into_iter().unzip();
            let before = i64::try_from(old.iter().sum::<i128>()).unwrap() * 100;
            let asked = i64::try_from(new.iter().sum::<i128>()).unwrap() * 100;
            let paid = cut(before + spare, &old, &new).unwrap();
            let sum: i64 = paid.amounts.iter().map(|amount| amount.cents()).sum();
            prop_assert_eq!(sum, before + asked.min(spare));
            for ((amount, old), new) in paid.amounts.iter().zip(&old).zip(&new) {
                let part = (Exact::from_integer(*old) + paid.kept * Exact::from_integer(*new)) * Exact::from_integer(100);
                let off = Exact::from_integer(i128::from(amount.cents())) - part;
                prop_assert!(off < Exact::one() && -off < Exact::one());
                prop_assert!(i128::from(amount.cents()) >= old * 100);
            }
        }
    }
}
