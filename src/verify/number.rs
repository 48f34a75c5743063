//! Exact sums: multipliers read as binary fractions, products summed in 128 bits and, where those do not suffice, in big integers.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

/// Multipliers are whole multiples of 2^-80.
pub(crate) const FRACTION_BITS: u32 = 80;

/// Multipliers of 2^120 and beyond are refused: no honest price is that large.
const LARGEST_EXPONENT: i64 = 120;

/// A multiplier, times 2^80.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fixed {
    /// Fits in 128 bits with room for a product.
    Small(i128),
    /// Does not.
    Big(BigInt),
}

/// Why a multiplier was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// NaN or infinite.
    NotANumber,
    /// 2^120 or more.
    TooLarge,
}

impl Fixed {
    /// Reads a float by its bits and truncates it toward zero to a multiple of 2^-80.
    ///
    /// # Errors
    /// [`Refused`] when it is not a number or too large.
    pub(crate) fn read(multiplier: f64) -> Result<Self, Refused> {
        let bits = multiplier.to_bits();
        let biased = i64::from(u16::try_from((bits >> 52) & 0x7ff).unwrap_or(0x7ff));
        if biased == 0x7ff {
            return Err(Refused::NotANumber);
        }
        let fraction = i128::from(bits & ((1 << 52) - 1));
        let (significand, exponent) = if biased == 0 {
            (fraction, -1074)
        } else {
            (fraction | (1 << 52), biased - 1075)
        };
        if exponent + 52 >= LARGEST_EXPONENT && significand != 0 {
            return Err(Refused::TooLarge);
        }
        let magnitude = Self::shifted(significand, exponent + i64::from(FRACTION_BITS));
        Ok(if bits >> 63 == 1 {
            magnitude.negated()
        } else {
            magnitude
        })
    }

    /// A whole number.
    pub(crate) fn whole(value: i128) -> Self {
        Self::shifted(value, i64::from(FRACTION_BITS))
    }

    /// `value x 2^shift`, truncated toward zero.
    fn shifted(value: i128, shift: i64) -> Self {
        if shift <= 0 {
            let down = u32::try_from(-shift).unwrap_or(u32::MAX);
            let magnitude = value.unsigned_abs().checked_shr(down).unwrap_or(0);
            let magnitude = i128::try_from(magnitude).unwrap_or(0);
            return Self::Small(if value < 0 { -magnitude } else { magnitude });
        }
        let up = u32::try_from(shift).unwrap_or(u32::MAX);
        if up < value.unsigned_abs().leading_zeros().saturating_sub(1) {
            Self::Small(value << up)
        } else {
            Self::Big(BigInt::from(value) << up)
        }
    }

    fn negated(self) -> Self {
        match self {
            Self::Small(value) => Self::Small(-value),
            Self::Big(value) => Self::Big(-value),
        }
    }

    /// -1, 0 or 1.
    pub(crate) fn sign(&self) -> i32 {
        match self {
            Self::Small(value) => i32::try_from(value.signum()).unwrap_or(0),
            Self::Big(value) => sign_of(value),
        }
    }
}

/// -1, 0 or 1.
pub(crate) fn sign_of(value: &BigInt) -> i32 {
    if value.is_negative() {
        -1
    } else {
        i32::from(value.is_positive())
    }
}

/// An exact sum of products.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sum {
    small: i128,
    big: BigInt,
}

impl Sum {
    /// Adds a number.
    pub(crate) fn add(&mut self, term: i128) {
        match self.small.checked_add(term) {
            Some(sum) => self.small = sum,
            None => {
                self.big += self.small;
                self.small = term;
            }
        }
    }

    /// Adds a product.
    pub(crate) fn add_product(&mut self, left: i128, right: i64) {
        match left.checked_mul(i128::from(right)) {
            Some(product) => self.add(product),
            None => self.big += BigInt::from(left) * right,
        }
    }

    /// Adds a multiplier times a whole number.
    pub(crate) fn add_scaled(&mut self, left: &Fixed, right: i64) {
        match left {
            Fixed::Small(left) => self.add_product(*left, right),
            Fixed::Big(left) => self.big += left * right,
        }
    }

    /// Subtracts a multiplier times a whole number.
    pub(crate) fn subtract_scaled(&mut self, left: &Fixed, right: i64) {
        match right.checked_neg() {
            Some(right) => self.add_scaled(left, right),
            None => match left {
                Fixed::Small(left) => self.big -= BigInt::from(*left) * right,
                Fixed::Big(left) => self.big -= left * right,
            },
        }
    }

    /// Adds another sum times a whole number.
    pub(crate) fn add_sum_times(&mut self, other: &Self, factor: i64) {
        self.add_product(other.small, factor);
        if !other.big.is_zero() {
            self.big += &other.big * factor;
        }
    }

    /// -1, 0 or 1.
    pub(crate) fn sign(&self) -> i32 {
        if self.big.is_zero() {
            i32::try_from(self.small.signum()).unwrap_or(0)
        } else {
            sign_of(&(&self.big + self.small))
        }
    }

    /// The sum.
    pub(crate) fn total(&self) -> BigInt {
        &self.big + self.small
    }
}

/// `sum(coefficient x value)` over the columns of a row or goal; columns that do not exist count nothing.
pub(crate) fn dot(cells: &[(u32, i64)], values: &[i64]) -> BigInt {
    let mut sum = Sum::default();
    for &(column, coefficient) in cells {
        if let Some(&value) = usize::try_from(column).ok().and_then(|c| values.get(c)) {
            sum.add_product(i128::from(coefficient), value);
        }
    }
    sum.total()
}

/// A number times 2^-80, rounded up to a whole number.
pub(crate) fn ceil_of_fraction(scaled: &BigInt) -> BigInt {
    // The shift of a negative big integer rounds down.
    -((-scaled) >> FRACTION_BITS)
}

/// An integer in decimals: an optional minus, digits, no leading zeros, no minus zero.
pub(crate) fn parse_integer(text: &str) -> Option<BigInt> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let canonical = !digits.is_empty()
        && digits.len() <= 200
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
        && text != "-0";
    if canonical { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(multiplier: f64) -> i128 {
        match Fixed::read(multiplier).unwrap() {
            Fixed::Small(value) => value,
            Fixed::Big(value) => panic!("{value} is big"),
        }
    }

    #[test]
    fn a_multiplier_is_read_exactly_and_truncated_toward_zero() {
        assert_eq!(small(1.0), 1 << 80);
        assert_eq!(small(-0.5), -(1 << 79));
        assert_eq!(small(0.0), 0);
        assert_eq!(small(-0.0), 0);
        assert_eq!(small(f64::MIN_POSITIVE), 0);
        assert_eq!(small(-5e-324), 0);
        assert_eq!(small(2_f64.powi(-80)), 1);
        assert_eq!(small(-1.75 * 2_f64.powi(-80)), -1);
        assert_eq!(small(0.1), 0x0019_9999_9999_999a << (80 - 56));
    }

    #[test]
    fn what_is_not_a_number_or_too_large_is_refused() {
        assert_eq!(Fixed::read(f64::NAN), Err(Refused::NotANumber));
        assert_eq!(Fixed::read(f64::NEG_INFINITY), Err(Refused::NotANumber));
        assert_eq!(Fixed::read(1e40), Err(Refused::TooLarge));
        assert_eq!(
            Fixed::read(-(2_f64.powi(119))),
            Ok(Fixed::Big(-(BigInt::from(1) << 199_u32)))
        );
    }

    #[test]
    fn sums_do_not_overflow() {
        let mut sum = Sum::default();
        for _ in 0..3 {
            sum.add(i128::MAX);
            sum.add_product(i128::MAX, i64::MIN);
        }
        let expected: BigInt = (BigInt::from(i128::MAX) + BigInt::from(i128::MAX) * i64::MIN) * 3;
        assert_eq!(sum.total(), expected);
        assert_eq!(sum.sign(), -1);
        let mut twice = Sum::default();
        twice.add_sum_times(&sum, -2);
        assert_eq!(twice.total(), expected * -2);
        let mut none = Sum::default();
        none.subtract_scaled(&Fixed::Small(3), i64::MIN);
        assert_eq!(none.total(), BigInt::from(i64::MIN) * -3);
    }

    #[test]
    fn fractions_are_rounded_up() {
        let one = BigInt::from(1) << FRACTION_BITS;
        assert_eq!(ceil_of_fraction(&one), BigInt::from(1));
        assert_eq!(ceil_of_fraction(&(&one + 1)), BigInt::from(2));
        assert_eq!(ceil_of_fraction(&(-&one + 1)), BigInt::from(0));
        assert_eq!(ceil_of_fraction(&(-&one)), BigInt::from(-1));
    }

    #[test]
    fn integers_have_one_spelling() {
        assert_eq!(parse_integer("-12"), Some(BigInt::from(-12)));
        for text in ["", "-", "+1", "01", "-0", "1.0", " 1", "1e3", "１"] {
            assert_eq!(parse_integer(text), None, "{text}");
        }
    }
}
