//! Euro in whole cents, exact shares, years: the only conversions between text, cents and floats.

use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedMul, ToPrimitive, Zero};

/// An exact fraction. Shares, indicators and thresholds are exact from input to report.
pub type Exact = Ratio<i128>;

/// A funding year.
pub type Year = i32;

/// The largest single amount: 2^53 cents, 90,071,992,547,409.92 euro.
pub const LARGEST_CENTS: i64 = 1 << 53;

/// An amount of money in whole cents.
///
/// Arithmetic is checked: an overflow is a value the caller has to name, never a wrapped number.
///
/// ```
/// use mappafondo::units::Euro;
/// assert_eq!(Euro::from_cents(123_456).to_string(), "1234.56");
/// assert_eq!(Euro::parse("0.5").unwrap(), Euro::from_cents(50));
/// assert!(Euro::parse("0.123").is_none());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Euro(i64);

impl Euro {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount from whole cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The amount in whole cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Sum, or `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, or `None` on overflow.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Sum of many amounts, or `None` on overflow.
    pub fn checked_sum<I: IntoIterator<Item = Self>>(amounts: I) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Reads `1234`, `1234.5` or `1234.56`; decimals beyond the second must be zeros.
    ///
    /// Gives `None` for anything else: signs, exponents, separators, more than two significant decimals, or an
    /// amount above [`LARGEST_CENTS`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) {
            return None;
        }
        if text.ends_with('.') || decimals.trim_end_matches('0').len() > 2 {
            return None;
        }
        let mut cents: i64 = 0;
        let padded = decimals.bytes().chain(*b"00").take(2);
        for digit in whole.bytes().chain(padded) {
            cents = cents
                .checked_mul(10)?
                .checked_add(i64::from(digit.checked_sub(b'0')?))?;
        }
        (cents <= LARGEST_CENTS).then_some(Self(cents))
    }

    /// The amount as an exact number of euro.
    #[must_use]
    pub fn to_exact(self) -> Exact {
        Exact::new(i128::from(self.0), 100)
    }

    /// An exact number of euro rounded down to the cent; `None` outside the range of amounts.
    #[must_use]
    pub fn floor_of(euro: &Exact) -> Option<Self> {
        let cents = cents_of(euro)?;
        Self::from_whole(cents.numer().div_floor(cents.denom()))
    }

    /// An exact number of euro rounded up to the cent; `None` outside the range of amounts.
    #[must_use]
    pub fn ceil_of(euro: &Exact) -> Option<Self> {
        let cents = cents_of(euro)?;
        Self::from_whole(cents.numer().div_ceil(cents.denom()))
    }

    /// An exact number of euro rounded half up to the cent; `None` outside the range of amounts.
    #[must_use]
    pub fn round_of(euro: &Exact) -> Option<Self> {
        let half = cents_of(euro)?.checked_add(&Exact::new(1, 2))?;
        Self::from_whole(half.numer().div_floor(half.denom()))
    }

    /// A share of the amount, rounded down to the cent; `None` outside the range of amounts, however long the fraction is.
    #[must_use]
    pub fn share_down(self, share: &Exact) -> Option<Self> {
        let numerator = BigInt::from(self.0) * share.numer();
        let cents = numerator.div_floor(&BigInt::from(*share.denom()));
        cents.to_i64().map(Self)
    }

    fn from_whole(cents: i128) -> Option<Self> {
        i64::try_from(cents).ok().map(Self)
    }
}

fn cents_of(euro: &Exact) -> Option<Exact> {
    euro.checked_mul(&Exact::from_integer(100))
}

impl fmt::Display for Euro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", magnitude / 100, magnitude % 100)
    }
}

/// Reads an exact number: `12`, `-0.25`, `2/5`, `40%`.
///
/// `None` for anything else, or when it does not fit in 128 bits.
#[must_use]
pub fn parse_exact(text: &str) -> Option<Exact> {
    if let Some(percent) = text.strip_suffix('%') {
        return parse_exact(percent.trim_end())?.checked_mul(&Exact::new(1, 100));
    }
    if let Some((numerator, denominator)) = text.split_once('/') {
        let (n, d) = (
            parse_decimal(numerator.trim())?,
            parse_decimal(denominator.trim())?,
        );
        return if d.is_zero() {
            None
        } else {
            n.checked_mul(&d.recip())
        };
    }
    parse_decimal(text)
}

fn parse_decimal(text: &str) -> Option<Exact> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || digits.ends_with('.') || whole.len() + decimals.len() > 30 {
        return None;
    }
    let mut numerator: i128 = 0;
    for digit in whole.bytes().chain(decimals.bytes()) {
        if !digit.is_ascii_digit() {
            return None;
        }
        numerator = numerator
            .checked_mul(10)?
            .checked_add(i128::from(digit - b'0'))?;
    }
    let denominator = 10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let value = Exact::new(numerator, denominator);
    Some(if negative { -value } else { value })
}

/// An exact number as text: a decimal when it is one with at most 12 digits after the point, else a fraction.
#[must_use]
pub fn exact_text(value: &Exact) -> String {
    let mut scaled = *value;
    for decimals in 0..=12_usize {
        if scaled.is_integer() {
            let digits = scaled.numer().unsigned_abs().to_string();
            let sign = if *value < Exact::zero() { "-" } else { "" };
            if decimals == 0 {
                return format!("{sign}{digits}");
            }
            let padded = format!("{digits:0>width$}", width = decimals + 1);
            let (whole, fraction) = padded.split_at(padded.len() - decimals);
            return format!("{sign}{whole}.{fraction}");
        }
        match scaled.checked_mul(&Exact::from_integer(10)) {
            Some(next) => scaled = next,
            None => break,
        }
    }
    format!("{}/{}", value.numer(), value.denom())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, cents: Option<i64>) {
        assert_eq!(Euro::parse(text).map(Euro::cents), cents, "{text}");
    }

    #[test]
    fn an_amount_is_read_to_the_cent_or_refused() {
        check("0", Some(0));
        check("12.5", Some(1250));
        check("12.5000", Some(1250));
        check("12.505", None);
        check("1,5", None);
        check("-1", None);
        check("1e3", None);
        check(".5", None);
        check("5.", None);
        check("90071992547409.92", Some(LARGEST_CENTS));
        check("90071992547409.93", None);
    }

    #[test]
    fn a_share_is_rounded_down_however_long_its_fraction() {
        let check = |cents, share: &str, expected| {
            let share = parse_exact(share).unwrap();
            let part = Euro::from_cents(cents).share_down(&share);
            assert_eq!(part.map(Euro::cents), expected, "{cents} x {share}");
        };
        check(10_000, "1/3", Some(3_333));
        check(-10_000, "1/3", Some(-3_334));
        check(
            LARGEST_CENTS,
            "0.99999999999999999999999999999",
            Some(LARGEST_CENTS - 1),
        );
        check(
            LARGEST_CENTS,
            "123456789012345678901234567890/123456789012345678901234567891",
            Some(LARGEST_CENTS - 1),
        );
        check(LARGEST_CENTS, "99999", None);
    }

    #[test]
    fn exact_numbers_are_written_as_they_are() {
        for text in ["0", "12", "-0.25", "0.004", "1/3"] {
            assert_eq!(exact_text(&parse_exact(text).unwrap()), text);
        }
        assert_eq!(parse_exact("40%"), Some(Exact::new(2, 5)));
        assert_eq!(parse_exact("1/0"), None);
    }
}
