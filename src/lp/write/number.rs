//! Whole numbers as exact decimals.

/// `value / 10^places`, every digit of it; zeros at its end go, but for those of cents.
pub(super) fn decimal(value: i128, places: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let width = usize::try_from(places).unwrap_or_default();
    let digits = format!("{:0>1$}", value.unsigned_abs(), width + 1);
    let (whole, decimals) = digits.split_at(digits.len() - width);
    let (cents, more) = decimals.split_at(width.min(2));
    let more = more.trim_end_matches('0');
    let point = if cents.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{cents}{more}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_lost() {
        for (value, places, expected) in [
            (0, 2, "0.00"),
            (5, 2, "0.05"),
            (-1250, 2, "-12.50"),
            (1200, 3, "1.20"),
            (7, 0, "7"),
            (123, 5, "0.00123"),
            (1 << 60, 18, "1.152921504606846976"),
        ] {
            assert_eq!(decimal(value, places), expected);
        }
    }
}
