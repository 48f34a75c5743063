//! Numbers as text: the fixed form of files, and the form people read in Italian or English.
//!
//! Everything starts from whole cents or exact fractions; nothing is rounded but where a function says so.

use std::cmp::Ordering;

use num_integer::{div_ceil, div_floor};
use num_traits::CheckedMul;

use crate::model::{Language, Relation};
use crate::units::{Exact, exact_text};

/// Decimals of coverage and units in files.
const FILE_DECIMALS: u32 = 6;

/// Digits of a rate for people: more are noise of what it was found with.
const RATE_DIGITS: u32 = 4;

/// Decimals of percentage points.
const POINT_DECIMALS: u32 = 4;

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

/// A number in steps of `10^-decimals`, rounded, but never told as one of the marks where it is not that mark: then it stands one step
/// on its own side. Everything that is told beside a whole, a zero or a limit passes here.
fn apart<const N: usize>(
    value: &Exact,
    decimals: u32,
    rounding: Rounding,
    marks: [Exact; N],
) -> Option<i128> {
    let mut steps = rounded(value, decimals, rounding)?;
    for mark in marks {
        if steps == rounded(&mark, decimals, Rounding::HalfUp)? {
            steps = match value.cmp(&mark) {
                Ordering::Less => steps.checked_sub(1)?,
                Ordering::Equal => steps,
                Ordering::Greater => steps.checked_add(1)?,
            };
        }
    }
    Some(steps)
}

fn whole(number: i128) -> Exact {
    Exact::from_integer(number)
}

/// A ratio in steps of `10^-decimals`, rounded down, for people: what is less than the whole is never the whole, what is something
/// never nothing. `None` when it does not fit.
#[must_use]
pub fn ratio_steps(ratio: &Exact, decimals: u32) -> Option<i128> {
    apart(ratio, decimals, Rounding::Down, [whole(0), whole(1)])
}

/// Steps of a file as text.
fn file_steps(steps: Option<i128>, value: &Exact) -> String {
    match steps {
        Some(steps) => trim_zeros(&fixed(steps, FILE_DECIMALS, '.', "")),
        None => exact_text(value),
    }
}

/// A ratio as files have it: six decimals at most, to the nearest, but never a whole or a nothing that it is not.
///
/// ```
/// use mappafondo::report::number::file_ratio;
/// use mappafondo::units::Exact;
/// assert_eq!(file_ratio(&Exact::new(259_999_999, 260_000_000)), "0.999999");
/// ```
#[must_use]
pub fn file_ratio(ratio: &Exact) -> String {
    let marks = [whole(0), whole(1)];
    file_steps(apart(ratio, FILE_DECIMALS, Rounding::HalfUp, marks), ratio)
}

/// A ratio as a percentage in files: `40%`, as [`file_ratio`].
#[must_use]
pub fn file_percent(ratio: &Exact) -> String {
    let marks = [whole(0), whole(1)];
    let steps = apart(ratio, FILE_DECIMALS + 2, Rounding::HalfUp, marks);
    format!("{}%", file_steps(steps, ratio))
}

/// A number as files have it where zero says something: six decimals at most, to the nearest, never nothing that is something.
#[must_use]
pub fn file_something(value: &Exact) -> String {
    file_apart(value, &whole(0))
}

/// A number as files have it beside another: six decimals at most, to the nearest, never told as the other that it is not.
#[must_use]
pub fn file_apart(value: &Exact, other: &Exact) -> String {
    file_steps(
        apart(value, FILE_DECIMALS, Rounding::HalfUp, [*other]),
        value,
    )
}

/// The value of a goal as files have it: euro exactly, a level as a [ratio](file_ratio), a shortfall as [something](file_something).
#[must_use]
pub fn file_goal(unit: &str, value: &Exact) -> String {
    match unit {
        "euro" => file_exact_euro(value),
        "level" | "share" => file_ratio(value),
        _ => file_something(value),
    }
}

/// The value of a goal for people: money in cents, a level as a percentage, a shortfall with six decimals at most.
#[must_use]
pub fn goal(language: Language, unit: &str, value: &Exact) -> String {
    match (unit, cents(value, Rounding::HalfUp)) {
        ("euro", Some(cents)) => money(language, cents),
        ("level" | "share", _) => percent(language, value),
        _ => something(language, value, FILE_DECIMALS, 0),
    }
}

/// A difference of ratios in percentage points for people, without a word: four decimals at most.
#[must_use]
pub fn points(language: Language, difference: &Exact) -> String {
    something(language, difference, POINT_DECIMALS, 2)
}

/// A rate for people: four digits that tell something, and never fewer than its whole ones. `67,09`, `0,1344`, `30.000`.
///
/// ```
/// use mappafondo::model::Language;
/// use mappafondo::report::number::rate;
/// use mappafondo::units::Exact;
/// assert_eq!(rate(Language::Italian, &Exact::new(670_857, 10_000)), "67,09");
/// assert_eq!(rate(Language::English, &Exact::new(999_999, 1_000_000)), "1");
/// ```
#[must_use]
pub fn rate(language: Language, value: &Exact) -> String {
    let ten = whole(10);
    let mut decimals = RATE_DIGITS - 1;
    let mut limit = whole(1);
    let size = num_traits::Signed::abs(value);
    // Down to 1e-12; what is smaller is nothing beside any plan.
    while size != whole(0) && size < limit && decimals < 3 * RATE_DIGITS {
        limit /= ten;
        decimals += 1;
    }
    limit *= ten;
    while size >= limit && decimals > 0 {
        limit *= ten;
        decimals -= 1;
    }
    decimal(language, value, decimals, Rounding::HalfUp)
}

/// A number times ten to some power for people: to the nearest, never nothing that is something.
fn something(language: Language, value: &Exact, decimals: u32, power: u32) -> String {
    let (point, thousands) = marks(language);
    match apart(value, decimals + power, Rounding::HalfUp, [whole(0)]) {
        Some(steps) => trim_after(&fixed(steps, decimals, point, thousands), point),
        None => exact_text(value),
    }
}

/// A shortfall with six decimals, never nothing.
#[must_use]
pub fn shortfall(value: &Exact) -> Exact {
    let steps = apart(value, FILE_DECIMALS, Rounding::HalfUp, [whole(0)]);
    steps.map_or(*value, |steps| {
        Exact::new(steps, 10_i128.pow(FILE_DECIMALS))
    })
}

/// How a limit loses the digits below what is shown: a floor never below itself, a ceiling never above.
#[must_use]
pub fn of_limit(relation: Relation) -> Rounding {
    match relation {
        Relation::AtLeast => Rounding::Up,
        Relation::AtMost | Relation::Below => Rounding::Down,
        Relation::Equal => Rounding::HalfUp,
    }
}

/// A limit and a value held against it, with so many decimals: the value to the nearest, but never told as a limit it does not meet
/// exactly. Themselves when they do not fit.
#[must_use]
pub fn beside_limit(
    (value, limit): (&Exact, &Exact),
    relation: Relation,
    decimals: u32,
) -> (Exact, Exact) {
    let limit_told = to_decimals(limit, decimals, of_limit(relation));
    let mut value_told = to_decimals(value, decimals, Rounding::HalfUp);
    if value_told != *value && value_told == limit_told {
        let away = match value.cmp(limit) {
            Ordering::Less => Rounding::Down,
            Ordering::Equal => Rounding::HalfUp,
            Ordering::Greater => Rounding::Up,
        };
        value_told = to_decimals(value, decimals, away);
        if value_told == limit_told && value != limit {
            // The limit itself was rounded to where the value is: one step further.
            let step = Exact::new(1, 10_i128.pow(decimals));
            value_told += if value < limit { -step } else { step };
        }
    }
    (value_told, limit_told)
}

/// A number with so many decimals; itself when it does not fit.
#[must_use]
pub fn to_decimals(value: &Exact, decimals: u32, rounding: Rounding) -> Exact {
    let scale = 10_i128.checked_pow(decimals);
    match (rounded(value, decimals, rounding), scale) {
        (Some(steps), Some(scale)) => Exact::new(steps, scale),
        _ => *value,
    }
}

/// A number as files have it: six decimals at most.
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

/// A share for people, in hundredths with two decimals: `43,21%`, [rounded](ratio_steps) so that 100% is said only of what is whole.
#[must_use]
pub fn percent(language: Language, share: &Exact) -> String {
    let (point, thousands) = marks(language);
    match ratio_steps(share, 4) {
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
mod tests;
