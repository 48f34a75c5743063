//! What a cell holds, and what it shows: numbers as a sheet shows them, codes, days, times.

use jiff::civil::Date;

use crate::problem::Shown;

/// Digits of a number that a sheet shows and computes with: what is stored beyond them is noise of binary fractions.
const DIGITS: usize = 15;
/// From here on a cent lies beyond the digits that are shown, so that a number keeps all of its own.
const CENTS_LOST: f64 = 1e13;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text, without blanks around it.
    Text(String),
    /// A number, in decimal.
    Number(String),
    /// A number shown as a percentage.
    Percent(String),
    /// A number shown as a code: 48017 in the format 000000.
    Code {
        /// As it is seen.
        shown: String,
        /// As it is stored.
        number: String,
    },
    /// True or false.
    Truth(bool),
    /// A number shown as a day.
    Day(Day),
    /// A number shown as a time, a length of time, or a day that does not exist.
    Time(String),
    /// An error, as a sheet writes it.
    Error(&'static str),
    /// A formula without a result.
    NoResult,
}

/// A number shown as a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// The day.
    pub(crate) date: Date,
    /// The number stored.
    pub(crate) number: String,
    /// Whether only its year is seen.
    pub(crate) is_year: bool,
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// What it holds.
    pub(crate) value: Value,
    /// Whether a formula gave it.
    pub(crate) is_formula: bool,
}

impl Value {
    /// The value as it is seen.
    pub(crate) fn text(&self) -> String {
        super::text::raw(self)
    }

    /// The value as a message repeats it.
    pub(crate) fn shown(&self) -> Shown {
        match self {
            Self::Truth(truth) => Shown::new(&truth.to_string()),
            _ => Shown::new(&self.text()),
        }
    }

    /// The number stored, whatever it is shown as.
    pub(crate) fn number(&self) -> Option<&str> {
        match self {
            Self::Number(number) | Self::Percent(number) | Self::Time(number) => Some(number),
            Self::Code { number, .. } => Some(number),
            Self::Day(day) => Some(&day.number),
            Self::Text(_) | Self::Truth(_) | Self::Error(_) | Self::NoResult => None,
        }
    }
}

/// A text without blanks around it; `None` where nothing is left.
pub(super) fn text_of(text: &str) -> Option<Value> {
    let text = text.trim_matches([' ', '\t', '\r', '\n', '\u{A0}']);
    if text.is_empty() {
        return None;
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Some(Value::Text(text))
}

/// A number as a file writes it: digits, point, exponent, and no word for what is no number.
pub(super) fn double(text: &str) -> Option<f64> {
    let is_sign = |c: char| matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let is_number = text.chars().all(|c| c.is_ascii_digit() || is_sign(c));
    text.parse().ok().filter(|_| is_number)
}

/// The number as a sheet shows it in full: fifteen digits. `None` where it is not finite.
pub(crate) fn decimal(number: f64) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let shown: f64 = if number.abs() < CENTS_LOST {
        let after_first = DIGITS.saturating_sub(1);
        format!("{number:.after_first$e}").parse().ok()?
    } else {
        number
    };
    // Rust writes a number without an exponent.
    let text = shown.to_string();
    Some(if text == "-0" { "0".to_owned() } else { text })
}

/// A number without any look of its own.
pub(super) fn number_of(number: f64) -> Value {
    decimal(number).map_or(Value::Error("#NUM!"), Value::Number)
}

/// The day of a number, in a workbook that counts from 1900 or from 1904.
pub(super) fn day_of(number: f64, from_1904: bool) -> Option<Date> {
    // The 60th day of 1900 is the 29th of February, which never was.
    let start = match from_1904 {
        true => Date::constant(1904, 1, 1),
        false if number < 60.0 => Date::constant(1899, 12, 31),
        false => Date::constant(1899, 12, 30),
    };
    let is_day = from_1904 && number >= 0.0 || number >= 1.0 && !(60.0..61.0).contains(&number);
    let whole: i32 = decimal(number.floor())?.parse().ok()?;
    let span = jiff::Span::new().try_days(whole).ok()?;
    start.checked_add(span).ok().filter(|_| is_day)
}

/// The day a plain number may stand for: from 2000 to 2099, counted from 1900.
pub(super) fn likely_day(number: &str) -> Option<Date> {
    let whole: i32 = number.parse().ok()?;
    let day = day_of(f64::from(whole), false)?;
    (2000..2100).contains(&day.year()).then_some(day)
}

/// The number of a day, counted from 1900.
pub(super) fn number_of_day(date: Date) -> String {
    let days = date.since(Date::constant(1899, 12, 30));
    days.map_or_else(|_| date.to_string(), |span| span.get_days().to_string())
}

/// The error that a text names, in any of the languages sheets have it in.
pub(super) fn error_named(text: &str) -> &'static str {
    match text {
        "#DIV/0!" => "#DIV/0!",
        "#N/A" | "#N/D" => "#N/D",
        "#NAME?" | "#NOME?" => "#NOME?",
        "#NULL!" | "#NULLO!" => "#NULLO!",
        "#REF!" | "#RIF!" => "#RIF!",
        "#VALUE!" | "#VALORE!" => "#VALORE!",
        "#NUM!" => "#NUM!",
        "#GETTING_DATA" => "#DATA!",
        _ => "#ERR",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_digits_a_sheet_shows() {
        let shown = |number| decimal(number).unwrap();
        assert_eq!(shown(94_592.18), "94592.18");
        assert_eq!(shown(94_592.180_000_000_01), "94592.18");
        assert_eq!(shown(0.1 + 0.2), "0.3");
        assert_eq!(shown(1.0 - 0.9), "0.1");
        assert_eq!(shown(-0.0), "0");
        assert_eq!(shown(-1.1), "-1.1");
        assert_eq!(shown(1e21), "1000000000000000000000");
        // Cents of the largest amounts stay.
        assert_eq!(shown(12_345_678_901_234.56), "12345678901234.56");
        assert_eq!(decimal(f64::NAN), None);
        assert_eq!(number_of(f64::INFINITY), Value::Error("#NUM!"));
    }

    #[test]
    fn days_are_counted_as_sheets_count_them() {
        let day = |number, from_1904| day_of(number, from_1904).map(|day| day.to_string());
        assert_eq!(day(46_203.0, false).as_deref(), Some("2026-06-30"));
        assert_eq!(day(44_741.999, true).as_deref(), Some("2026-06-30"));
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(60.0, false), None);
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        for number in [0.5, -1.0, 1e9, 1e300, f64::NAN] {
            assert_eq!(day(number, false), None, "{number}");
        }
        assert_eq!(likely_day("46203").unwrap().to_string(), "2026-06-30");
        assert_eq!(likely_day("2026"), None);
        assert_eq!(number_of_day(Date::constant(2026, 6, 30)), "46203");
    }

    #[test]
    fn only_digits_are_numbers() {
        for text in ["inf", "NaN", "infinity", "1,5", "", "0x10", "--1"] {
            assert_eq!(double(text), None, "{text}");
        }
        let shown = double("9.9999999999999978E-2").and_then(decimal);
        assert_eq!(shown.as_deref(), Some("0.1"));
    }
}
