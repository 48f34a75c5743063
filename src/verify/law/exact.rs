//! Exact fractions without limit, for whatever is not a plain sum of cents.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use crate::units::Exact;

/// An exact fraction of any size.
pub(crate) type Q = BigRational;

/// A fraction of the model.
pub(crate) fn of(exact: &Exact) -> Q {
    Q::new(BigInt::from(*exact.numer()), BigInt::from(*exact.denom()))
}

/// A whole number.
pub(crate) fn whole(value: i128) -> Q {
    Q::from_integer(BigInt::from(value))
}

/// Cents as euro, for people: `1234.56`, with as many decimals as it has up to six.
pub(crate) fn euro_text(cents: &Q) -> String {
    decimal_text(&(cents / whole(100)), 2)
}

/// A number for people: at least so many decimals, six at most (then with `~` before it).
pub(crate) fn decimal_text(value: &Q, least: usize) -> String {
    let scaled = value * whole(1_000_000);
    let rounded = scaled.round();
    let about = if rounded == scaled { "" } else { "~" };
    let digits = format!("{:0>7}", rounded.numer().abs().to_string());
    let (units, decimals) = digits.split_at(digits.len().saturating_sub(6));
    let kept = decimals.trim_end_matches('0').len().max(least).min(6);
    let decimals = decimals.get(..kept).unwrap_or(decimals);
    let sign = if rounded.is_negative() { "-" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{about}{sign}{units}{point}{decimals}")
}

/// Rounded half up to so many decimals, trailing zeros cut: the form of coverage and units in files.
pub(crate) fn file_decimal(value: &Q) -> String {
    let million = whole(1_000_000);
    let half = Q::new(BigInt::from(1), BigInt::from(2));
    let rounded = (value * &million + half).floor() / million;
    decimal_text(&rounded, 0)
}

/// Zero.
pub(crate) fn zero() -> Q {
    Q::zero()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(numerator: i64, denominator: i64) -> Q {
        Q::new(numerator.into(), denominator.into())
    }

    #[test]
    fn amounts_are_told_to_the_cent_or_beyond() {
        assert_eq!(euro_text(&whole(123_456)), "1234.56");
        assert_eq!(euro_text(&whole(-5)), "-0.05");
        assert_eq!(euro_text(&q(100, 3)), "~0.333333");
        assert_eq!(euro_text(&q(1, 2)), "0.005");
        assert_eq!(decimal_text(&whole(12), 0), "12");
    }

    #[test]
    fn files_have_six_decimals_rounded_half_up() {
        assert_eq!(file_decimal(&q(2, 3)), "0.666667");
        assert_eq!(file_decimal(&q(1, 2_000_000)), "0.000001");
        assert_eq!(file_decimal(&q(1, 1)), "1");
        assert_eq!(file_decimal(&whole(100)), "100");
        assert_eq!(file_decimal(&q(1, 4)), "0.25");
    }
}
