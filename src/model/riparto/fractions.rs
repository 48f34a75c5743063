//! Exact numbers over one common denominator, and how they become whole.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::RipartoError;
use crate::units::Exact;

/// Numbers over one positive denominator.
///
/// The denominator may be of any size: that of ratios such as residents per square kilometre, summed over many zones,
/// does not fit in 128 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fractions {
    pub(super) numerators: Vec<BigInt>,
    pub(super) denominator: BigInt,
}

impl Fractions {
    pub(super) fn new(values: &[Exact]) -> Self {
        let denominator = values.iter().fold(BigInt::one(), |common, value| {
            // The gcd of a long and a short number is that of the short one and a short remainder.
            let short = BigInt::from(*value.denom());
            let gcd = (&common % &short).gcd(&short);
            common * (short / gcd)
        });
        let numerators = values
            .iter()
            .map(|value| value.numer() * (&denominator / value.denom()))
            .collect();
        Self {
            numerators,
            denominator,
        }
    }

    pub(super) fn sum(&self) -> BigInt {
        self.numerators.iter().sum()
    }

    pub(super) fn first_negative(&self) -> Option<usize> {
        self.numerators.iter().position(Signed::is_negative)
    }

    /// Whole numbers that sum to `total`, each the floor or the ceiling of its fraction: the largest remainders are
    /// rounded up, ties by position.
    pub(super) fn round_to(&self, total: i64) -> Result<Vec<i64>, RipartoError> {
        let mut cells = Vec::with_capacity(self.numerators.len());
        let mut lowest: i128 = 0;
        for numerator in &self.numerators {
            let (whole, remainder) = numerator.div_mod_floor(&self.denominator);
            let whole = whole.to_i64().ok_or(RipartoError::Overflow)?;
            lowest = lowest
                .checked_add(whole.into())
                .ok_or(RipartoError::Overflow)?;
            cells.push((whole, remainder));
        }
        let mut inexact: Vec<_> = cells.iter_mut().filter(|cell| !cell.1.is_zero()).collect();
        inexact.sort_by(|one, other| other.1.cmp(&one.1)); // stable: equal remainders stay in order
        let left = i128::from(total)
            .checked_sub(lowest)
            .and_then(|left| usize::try_from(left).ok());
        let Some(left) = left.filter(|left| *left <= inexact.len()) else {
            let highest = i128::try_from(inexact.len())
                .ok()
                .and_then(|n| lowest.checked_add(n));
            let highest = highest.ok_or(RipartoError::Overflow)?;
            return Err(RipartoError::PartsMissTotal {
                total,
                lowest,
                highest,
            });
        };
        for cell in inexact.into_iter().take(left) {
            cell.0 = cell.0.checked_add(1).ok_or(RipartoError::Overflow)?;
        }
        Ok(cells.into_iter().map(|(whole, _)| whole).collect())
    }
}

/// A fraction in 128 bits.
pub(super) fn exact(numerator: BigInt, denominator: BigInt) -> Result<Exact, RipartoError> {
    let reduced = Ratio::new(numerator, denominator);
    match (reduced.numer().to_i128(), reduced.denom().to_i128()) {
        (Some(numerator), Some(denominator)) => Ok(Exact::new_raw(numerator, denominator)),
        _ => Err(RipartoError::Overflow),
    }
}

/// A fraction rounded half up.
pub(super) fn half_up(numerator: &BigInt, denominator: &BigInt) -> Result<i64, RipartoError> {
    let rounded = (numerator * 2_i32 + denominator).div_floor(&(denominator * 2_i32));
    rounded.to_i64().ok_or(RipartoError::Overflow)
}
