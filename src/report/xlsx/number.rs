//! Exact numbers as the doubles that a workbook stores.

use crate::model::Language;
use crate::report::document::Value;
use crate::report::number::{Rounding, decimal, file_euro, ratio_steps, to_decimals};
use crate::units::Exact;

/// Digits after the point that are handed on where they fit: a small number needs many before its double is the nearest.
const DECIMALS: u32 = 30;

/// Decimals of a share of its own as a workbook shows it: `0.00##%`.
const FINE_DECIMALS: u32 = 6;

/// The double nearest to a number; `None` where there is none. Whole cents come back exactly, up to 2^53 of them.
pub(super) fn double(value: Value) -> Option<f64> {
    text(value)?.parse().ok()
}

/// A number as a workbook has it: decimal digits and a point.
pub(super) fn text(value: Value) -> Option<String> {
    Some(match value {
        Value::Nothing => return None,
        Value::Euro(cents) => file_euro(cents),
        Value::Count(count) => count.to_string(),
        Value::Share(share) => digits(&unlike_whole(share)),
        Value::Number(number) => digits(&number),
    })
}

/// The share, but where a reader that rounds half up would show a whole or nothing: then the next it can show.
fn unlike_whole(share: Exact) -> Exact {
    let shown = to_decimals(&share, FINE_DECIMALS, Rounding::HalfUp);
    if !shown.is_integer() || share.is_integer() {
        return share;
    }
    let steps = ratio_steps(&share, FINE_DECIMALS);
    steps.map_or(share, |steps| Exact::new(steps, 10_i128.pow(FINE_DECIMALS)))
}

fn digits(number: &Exact) -> String {
    if number.is_integer() {
        return number.to_integer().to_string();
    }
    // As many decimals as fit beside the whole part.
    for decimals in (4..=DECIMALS).rev() {
        let text = decimal(Language::English, number, decimals, Rounding::HalfUp).replace(',', "");
        if !text.contains('/') {
            return text;
        }
    }
    // Beyond all that: the quotient of whole parts.
    (number.numer() / number.denom()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_stored_as_its_nearest_double() {
        assert_eq!(double(Value::Euro(123_456_789)), Some(1_234_567.89));
        assert_eq!(double(Value::Euro(-5)), Some(-0.05));
        assert_eq!(double(Value::Share(Exact::new(1, 3))), Some(1.0 / 3.0));
        // A reader shows six decimals, rounded half up: a cent short is not all.
        let cent_short = Exact::new(259_999_999, 260_000_000);
        assert_eq!(double(Value::Share(cent_short)), Some(0.999_999));
        assert_eq!(
            double(Value::Share(Exact::new(1, 260_000_000))),
            Some(0.000_001)
        );
        assert_eq!(double(Value::Share(Exact::new(1, 1))), Some(1.0));
        assert_eq!(
            double(Value::Number(Exact::new(2, 3_000_000))),
            Some(2.0 / 3_000_000.0)
        );
        assert_eq!(double(Value::Count(28)), Some(28.0));
        assert_eq!(double(Value::Nothing), None);
    }
}
