//! Numbers as text: the fixed form of files, and the form people read in Italian or English.
//!
//! Everything starts from whole cents or exact fractions; nothing is rounded but where a function says so.

use num_integer::{div_ceil, div_floor};

use crate::model::Language;
use crate::units::{Exact, exact_text};

/// Decimals of coverage and units in files.
const FILE_DECIMALS: u32 = 6;

/// How a number loses the digits that are not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Towards minus infinity.
    Down,
    /// To the nearest, halves up.
    HalfUp,
    /// Towards plus infinity.
    Up,
}

/// Whole cents as files have them: `1234.56`.
///
/// ```
/// assert_eq!(mappafondo::report::number::file_euro(-5), "-0.05");
/// ```
#[must_use]
pub fn file_euro(cents: i128) -> String {
    fixed(cents, 2, '.', "")
}

/// An exact number of euro as files have it: `1234.56`, or every digit where it is not in whole cents.
#[must_use]
pub fn file_exact_euro(euro: &Exact) -> String {
    match scaled(euro, 2) {
        Some(cents) if cents.is_integer() => file_euro(*cents.numer()),
        _ => exact_text(euro),
    }
}

/// A coverage or a number of units as files have it: six decimals at most, rounded half up.
#[must_use]
pub fn file_decimal(value: &Exact) -> String {
    file_decimal_rounded(value, Rounding::HalfUp)
}

/// As [`file_decimal`], with another rounding.
#[must_use]
pub fn file_decimal_rounded(value: &Exact, rounding: Rounding) -> String {
    match rounded(value, FILE_DECIMALS, rounding) {
        Some(millionths) => trim_zeros(&fixed(millionths, FILE_DECIMALS, '.', "")),
        None => exact_text(value),
    }
}

/// Whole cents for people: `1.234.567,89` in Italian, `1,234,567.89` in English.
///
/// ```
/// use mappafondo::model::Language;
/// use mappafondo::report::number::money;
/// assert_eq!(money(Language::Italian, 123_456_789), "1.234.567,89");
/// assert_eq!(money(Language::English, 123_456_789), "1,234,567.89");
/// ```
#[must_use]
pub fn money(language: Language, cents: i128) -> String {
    let (point, thousands) = marks(language);
    fixed(cents, 2, point, thousands)
}

/// A whole number for people: `12.345`.
#[must_use]
pub fn count(language: Language, number: usize) -> String {
    let (point, thousands) = marks(language);
    fixed(
        i128::try_from(number).unwrap_or(i128::MAX),
        0,
        point,
        thousands,
    )
}

/// A number for people with at most so many decimals: `0,25`.
#[must_use]
pub fn decimal(language: Language, value: &Exact, decimals: u32, rounding: Rounding) -> String {
    let (point, thousands) = marks(language);
    match rounded(value, decimals, rounding) {
        Some(digits) => {
            let text = fixed(digits, decimals, point, thousands);
            trim_after(&text, point)
        }
        None => exact_text(value),
    }
}

/// A share for people, in hundredths with two decimals: `43,21%`.
///
/// Rounded down, so that 100% is said only of what is whole.
#[must_use]
pub fn percent(language: Language, share: &Exact) -> String {
    let (point, thousands) = marks(language);
    match rounded(share, 4, Rounding::Down) {
        Some(digits) => format!("{}%", fixed(digits, 2, point, thousands)),
        None => exact_text(share),
    }
}

/// Exact euro in whole cents, rounded.
#[must_use]
pub fn cents(euro: &Exact, rounding: Rounding) -> Option<i128> {
    rounded(euro, 2, rounding)
}

/// `part / whole`, or nothing of nothing.
#[must_use]
pub fn share(part: i128, whole: i128) -> Option<Exact> {
    (whole != 0).then(|| Exact::new(part, whole))
}

fn marks(language: Language) -> (char, &'static str) {
    match language {
        Language::Italian => (',', "."),
        Language::English => ('.', ","),
    }
}

fn scaled(value: &Exact, decimals: u32) -> Option<Exact> {
    use num_traits::CheckedMul;
    value.checked_mul(&Exact::from_integer(10_i128.checked_pow(decimals)?))
}

/// `value x 10^decimals` as a whole number; `None` when it does not fit.
fn rounded(value: &Exact, decimals: u32, rounding: Rounding) -> Option<i128> {
    let value = scaled(value, decimals)?;
    let (numerator, denominator) = (*value.numer(), *value.denom());
    Some(match rounding {
        Rounding::Down => div_floor(numerator, denominator),
        Rounding::Up => div_ceil(numerator, denominator),
        Rounding::HalfUp => div_floor(
            numerator.checked_mul(2)?.checked_add(denominator)?,
            denominator.checked_mul(2)?,
        ),
    })
}

/// A whole number of `10^-decimals` with its point and thousands.
fn fixed(number: i128, decimals: u32, point: char, thousands: &str) -> String {
    let width = usize::try_from(decimals).unwrap_or(0) + 1;
    let digits = format!("{:0>width$}", number.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() + 1 - width);
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push_str(thousands);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

fn trim_zeros(text: &str) -> String {
    trim_after(text, '.')
}

fn trim_after(text: &str, point: char) -> String {
    if text.contains(point) {
        text.trim_end_matches('0')
            .trim_end_matches(point)
            .to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_in_each_language() {
        for (cents, it, en) in [
            (0, "0,00", "0.00"),
            (-5, "-0,05", "-0.05"),
            (99_999, "999,99", "999.99"),
            (100_000, "1.000,00", "1,000.00"),
            (-123_456_789, "-1.234.567,89", "-1,234,567.89"),
        ] {
            assert_eq!(money(Language::Italian, cents), it);
            assert_eq!(money(Language::English, cents), en);
        }
        assert_eq!(count(Language::Italian, 28), "28");
        assert_eq!(count(Language::Italian, 150_000), "150.000");
    }

    #[test]
    fn files_have_cents_or_every_digit() {
        assert_eq!(file_exact_euro(&Exact::new(5, 2)), "2.50");
        assert_eq!(file_exact_euro(&Exact::new(1, 200)), "0.005");
        assert_eq!(file_exact_euro(&Exact::new(1, 3)), "1/3");
        assert_eq!(file_decimal(&Exact::new(2, 3)), "0.666667");
        assert_eq!(file_decimal(&Exact::new(1, 2_000_000)), "0.000001");
        assert_eq!(file_decimal(&Exact::new(1, 1)), "1");
        assert_eq!(file_decimal(&Exact::new(100, 1)), "100");
        assert_eq!(
            file_decimal_rounded(&Exact::new(1, 10_000_000), Rounding::Up),
            "0.000001"
        );
    }

    #[test]
    fn a_hundred_percent_is_whole() {
        let nearly = Exact::new(9_999_999, 10_000_000);
        assert_eq!(percent(Language::Italian, &nearly), "99,99%");
        assert_eq!(percent(Language::English, &Exact::new(1, 1)), "100.00%");
        assert_eq!(
            decimal(Language::Italian, &Exact::new(1, 4), 6, Rounding::Up),
            "0,25"
        );
        assert_eq!(share(1, 0), None);
    }
}
