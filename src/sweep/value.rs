//! How the numbers of an axis are written: as percentages or not, to how many decimals.

use num_traits::{CheckedAdd, CheckedMul};

use crate::input::Literal;
use crate::units::{Exact, exact_text};

/// Decimals of a number where the file does not say.
const PLAIN_DECIMALS: u32 = 4;
/// Decimals of a percentage where the file does not say: the same precision.
const PERCENT_DECIMALS: u32 = 2;

/// The form of the numbers of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// With `%`.
    pub(super) percent: bool,
    /// Most digits after the point.
    pub(super) decimals: u32,
}

impl Form {
    /// The form of numbers of which one has so many decimals.
    pub(super) fn usual(percent: bool, written: u32) -> Self {
        let least = if percent {
            PERCENT_DECIMALS
        } else {
            PLAIN_DECIMALS
        };
        Self {
            percent,
            decimals: least.max(written),
        }
    }

    /// An exact number, half a unit of the last decimal rounded up.
    pub(super) fn exact(self, value: &Exact) -> Literal {
        let unit = 10_i128.pow(self.decimals);
        let shift = if self.percent {
            unit.saturating_mul(100)
        } else {
            unit
        };
        let scaled = value.checked_mul(&Exact::from_integer(shift));
        let text = match scaled.and_then(|scaled| scaled.checked_add(&Exact::new(1, 2))) {
            Some(raised) => {
                let whole = raised.floor();
                exact_text(&Exact::new(whole.to_integer(), unit))
            }
            None => exact_text(value),
        };
        self.literal(text)
    }

    /// The nearest number of this form.
    pub(super) fn nearest(self, value: f64) -> Literal {
        let shown = if self.percent { value * 100.0 } else { value };
        let decimals = usize::try_from(self.decimals).unwrap_or_default();
        let mut text = format!("{shown:.decimals$}");
        if text.contains('.') {
            text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
        }
        if text == "-0" {
            "0".clone_into(&mut text);
        }
        self.literal(text)
    }

    fn literal(self, mut text: String) -> Literal {
        if self.percent {
            text.push('%');
        }
        Literal::made(text)
    }
}

/// So many numbers from lowest to highest, equally far apart, both ends included.
pub(super) fn spaced(low: &Exact, high: &Exact, position: u64, steps: u64) -> Exact {
    let last = i128::from(steps.saturating_sub(1)).max(1);
    low + (high - low) * Exact::new(i128::from(position), last)
}

/// The nearest float.
pub(super) fn float(value: &Exact) -> f64 {
    // Both sides of a figure are short: a difference in the last bit is far below any decimal that is written.
    *value.numer() as f64 / *value.denom() as f64
}

/// The number a text writes, to compare values by size.
pub(super) fn number(text: &str) -> Option<Exact> {
    crate::units::parse_exact(text)
}

/// Digits of a number.
pub(super) fn width(number: u64) -> usize {
    usize::try_from(number.max(1).ilog10()).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(percent: bool, decimals: u32, value: f64, expected: &str) {
        let form = Form { percent, decimals };
        assert_eq!(form.nearest(value).text, expected);
    }

    #[test]
    fn a_number_is_written_short_and_to_its_decimals() {
        check(true, 2, 1.0, "100%");
        check(true, 2, 0.876_543_21, "87.65%");
        check(false, 4, 1.500_04, "1.5");
        check(false, 2, -0.001, "0");
        check(false, 0, 1234.5, "1234");
        check(true, 2, 0.9999, "99.99%");
    }

    #[test]
    fn a_range_is_exact() {
        let form = Form::usual(true, 0);
        let at = |k| {
            form.exact(&spaced(&Exact::new(4, 5), &Exact::new(6, 5), k, 4))
                .text
        };
        assert_eq!(
            [at(0), at(1), at(2), at(3)],
            ["80%", "93.33%", "106.67%", "120%"]
        );
    }
}
