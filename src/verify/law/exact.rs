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

/// To the nearest of so many steps of one, halves up; one step aside where that is a mark it is not.
fn apart(value: &Q, one: &Q, marks: &[Q]) -> Q {
    let nearest = |value: &Q| (value * one + Q::new(1.into(), 2.into())).floor();
    let mut steps = nearest(value);
    for mark in marks {
        if steps == nearest(mark) && value != mark {
            steps += if value < mark { whole(-1) } else { whole(1) };
        }
    }
    steps
}

/// A number with six decimals at most, never told as one that it is not.
pub(crate) fn file_apart(value: &Q, marks: &[Q]) -> String {
    let million = whole(1_000_000);
    decimal_text(&(apart(value, &million, marks) / million), 0)
}

/// A ratio as files have it.
pub(crate) fn file_ratio(ratio: &Q) -> String {
    file_apart(ratio, &[zero(), whole(1)])
}

/// A ratio as a percentage in files.
pub(crate) fn file_percent(ratio: &Q) -> String {
    let steps = apart(ratio, &whole(100_000_000), &[zero(), whole(1)]);
    format!("{}%", decimal_text(&(steps / whole(1_000_000)), 0))
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
    fn files_have_six_decimals_and_no_whole_that_is_none() {
        assert_eq!(file_ratio(&q(2, 3)), "0.666667");
        assert_eq!(file_ratio(&q(259_999_999, 260_000_000)), "0.999999");
        assert_eq!(file_ratio(&q(260_000_001, 260_000_000)), "1.000001");
        assert_eq!(file_ratio(&q(1, 260_000_000)), "0.000001");
        assert_eq!(file_ratio(&q(-1, 260_000_000)), "-0.000001");
        assert_eq!(file_ratio(&q(1, 1)), "1");
        assert_eq!(file_ratio(&q(1, 4)), "0.25");
        assert_eq!(file_ratio(&zero()), "0");
        assert_eq!(file_percent(&q(2, 5)), "40%");
        assert_eq!(
            file_percent(&q(25_999_999_999, 26_000_000_000)),
            "99.999999%"
        );
        let missed = q(259_999_999_999, 100_000_000);
        assert_eq!(file_apart(&missed, &[whole(2_600)]), "2599.999999");
        assert_eq!(file_apart(&whole(100), &[zero()]), "100");
    }
}
