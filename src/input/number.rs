//! Numbers as people write them in tables: one dialect per file, nothing guessed.

use num_traits::{CheckedDiv, CheckedMul};

use crate::problem::{Form, Shown, ValueProblem};
use crate::units::{Euro, Exact, parse_exact};

/// Largest share, for shares of last year: a hundred times.
const LARGEST_SHARE: i128 = 100;

/// How numbers are written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Dialect {
    /// `,` between fields, `.` for decimals; nobody said so.
    #[default]
    Undeclared,
    /// The same, declared: `50.000` is fifty.
    English,
    /// `;` between fields, `,` for decimals, `.` between thousands.
    Italian,
}

impl Dialect {
    /// What separates fields.
    pub(crate) fn separator(self) -> u8 {
        match self {
            Self::Undeclared | Self::English => b',',
            Self::Italian => b';',
        }
    }

    fn form(self) -> Form {
        match self {
            Self::Undeclared | Self::English => Form::Point,
            Self::Italian => Form::Comma,
        }
    }
}

/// The dialect of a file and the name of its table, for the remedies.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    /// How numbers are written.
    pub(crate) dialect: Dialect,
    /// Name of the table without `.csv`; empty for one that is no table of a model.
    pub(crate) table: String,
}

/// An amount of money: not negative, at most two decimals.
pub(crate) fn amount(text: &str, format: &Format) -> Result<Euro, ValueProblem> {
    let bare = without_currency(text, format.dialect);
    let plain = plain(text, bare, format, true)?;
    let value = || Shown::new(text);
    if let Some(euro) = Euro::parse(&plain) {
        return Ok(euro);
    }
    let decimals = plain.split_once('.').map_or("", |(_, decimals)| decimals);
    if decimals.trim_end_matches('0').len() > 2 {
        return Err(ValueProblem::Decimals { value: value() });
    }
    Err(ValueProblem::TooLarge { value: value() })
}

/// An exact number of either sign.
pub(crate) fn number(text: &str, format: &Format) -> Result<Exact, ValueProblem> {
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let plain = plain(text, magnitude, format, false)?;
    let digits = ValueProblem::TooManyDigits {
        value: Shown::new(text),
    };
    let value = parse_exact(&plain).ok_or(digits)?;
    Ok(if negative { -value } else { value })
}

/// An exact number that is not negative.
pub(crate) fn quantity(text: &str, format: &Format) -> Result<Exact, ValueProblem> {
    refuse_negative(text)?;
    number(text, format)
}

/// A share between 0 and 1: `40%`, `0.4`, `2/5`.
pub(crate) fn share(text: &str, format: &Format) -> Result<Exact, ValueProblem> {
    let value = ratio(text, format)?;
    if value > Exact::from_integer(1) {
        return Err(ValueProblem::ShareOverOne {
            value: Shown::new(text),
        });
    }
    Ok(value)
}

/// A share that may be above 1.
pub(crate) fn ratio(text: &str, format: &Format) -> Result<Exact, ValueProblem> {
    refuse_markers(text)?;
    refuse_negative(text)?;
    let refused = || ValueProblem::Share {
        value: Shown::new(text),
    };
    let form = Format {
        // A point in a share never separates thousands.
        dialect: match format.dialect {
            Dialect::Undeclared => Dialect::English,
            other => other,
        },
        table: String::new(),
    };
    let read = |part: &str| {
        let part = part.trim();
        plain(part, part, &form, false)
            .ok()
            .and_then(|plain| parse_exact(&plain))
    };
    let value = if let Some(percent) = text.strip_suffix('%') {
        read(percent).and_then(|p| p.checked_mul(&Exact::new(1, 100)))
    } else if let Some((above, below)) = text.split_once('/') {
        match (read(above), read(below)) {
            (Some(a), Some(b)) => a.checked_div(&b),
            _ => None,
        }
    } else {
        read(text)
    };
    let value = value.ok_or_else(refused)?;
    if value > Exact::from_integer(LARGEST_SHARE) {
        return Err(ValueProblem::ShareTooLarge {
            value: Shown::new(text),
        });
    }
    Ok(value)
}

/// Whether a text of a free column was meant as a number: it is one, or a number gone wrong.
pub(crate) fn meant_as_number(text: &str) -> bool {
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    // A sign stands before; inside it makes a date or a telephone number.
    let bare = text.trim_start_matches(['-', '+', '\u{2212}']);
    let is_sign = |c: char| matches!(c, '.' | ',' | '%' | '€' | '$' | ' ' | '\u{A0}' | '\u{202F}');
    let only_signs = bare.chars().all(|c| c.is_ascii_digit() || is_sign(c));
    (has_digit && only_signs) || refuse_markers(text).is_err()
}

/// Checks the text against every known mistake and gives it with a decimal point and nothing else.
fn plain(
    shown: &str,
    text: &str,
    format: &Format,
    is_amount: bool,
) -> Result<String, ValueProblem> {
    let value = || Shown::new(shown);
    refuse_markers(shown)?;
    refuse_negative(text)?;
    if text.contains('%') {
        return Err(ValueProblem::Percent { value: value() });
    }
    if has_currency(text) {
        return Err(ValueProblem::Currency { value: value() });
    }
    if is_exponent(text) {
        return Err(ValueProblem::Exponent { value: value() });
    }
    let lower = text.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("0x")
        && rest.bytes().all(|b| b.is_ascii_hexdigit())
    {
        return Err(ValueProblem::Hexadecimal { value: value() });
    }
    let plain = match format.dialect {
        Dialect::Italian => plain_italian(text),
        Dialect::Undeclared | Dialect::English => is_decimal(text).then(|| text.to_owned()),
    };
    let Some(plain) = plain else {
        let (value, form) = (value(), format.dialect.form());
        return Err(if is_amount {
            ValueProblem::Amount { value, form }
        } else {
            ValueProblem::Number { value, form }
        });
    };
    if format.dialect == Dialect::Undeclared && is_grouped(text) {
        return Err(ValueProblem::Ambiguous {
            value: value(),
            table: Shown::new(&format.table),
        });
    }
    Ok(plain)
}

/// `1234`, `1234.5`.
fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, decimals)) => digits(whole) && digits(decimals),
        None => digits(text),
    }
}

/// Groups of three after each point, so that the points may separate thousands: `50.000`, `1.234.567`.
pub(crate) fn is_grouped(text: &str) -> bool {
    let mut groups = text.split('.');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    let starts = !first.is_empty() && first.len() <= 3 && !first.starts_with('0');
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    rest.peek().is_some()
        && starts
        && digits(first)
        && rest.all(|group| group.len() == 3 && digits(group))
}

/// A number whose point cannot be taken for one between thousands: a last zero, where it could.
pub(crate) fn unmistakable(text: String) -> String {
    if is_grouped(text.trim_start_matches('-')) {
        text + "0"
    } else {
        text
    }
}

/// `1.234,56` or `1234,56` with a decimal point instead.
fn plain_italian(text: &str) -> Option<String> {
    let (whole, decimals) = match text.split_once(',') {
        Some((_, "")) => return None,
        Some((whole, decimals)) => (whole, decimals),
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let whole_is_good = (!whole.is_empty() && digits(whole)) || is_grouped(whole);
    if !whole_is_good || !digits(decimals) {
        return None;
    }
    let mut plain = whole.replace('.', "");
    if !decimals.is_empty() {
        plain.push('.');
        plain.push_str(decimals);
    }
    Some(plain)
}

/// In a declared Italian file `€ 1.234,56` and `1.234,56 €` are amounts.
fn without_currency(text: &str, dialect: Dialect) -> &str {
    if dialect != Dialect::Italian {
        return text;
    }
    let bare = text.strip_prefix('€').or_else(|| text.strip_suffix('€'));
    bare.unwrap_or(text).trim_matches([' ', '\u{A0}'])
}

fn has_currency(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.contains(['€', '$', '£'])
        || lower.starts_with("eur")
        || lower.ends_with("eur")
        || lower.ends_with("euro")
}

/// Digits, an `e`, digits: `1e3`, `1,5E+06`.
fn is_exponent(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let mantissa_is_good = mantissa.starts_with(|c: char| c.is_ascii_digit())
        && mantissa
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    mantissa_is_good && !exponent.is_empty() && exponent.bytes().all(|b| b.is_ascii_digit())
}

fn refuse_negative(text: &str) -> Result<(), ValueProblem> {
    let rest = text.strip_prefix(['-', '\u{2212}', '(']);
    if rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit())) {
        return Err(ValueProblem::Negative {
            value: Shown::new(text),
        });
    }
    Ok(())
}

/// Words that stand for a missing or impossible value.
fn refuse_markers(text: &str) -> Result<(), ValueProblem> {
    const MISSING: [&str; 14] = [
        "n.d.", "nd", "n.d", "n.a.", "n/a", "n/d", "n.p.", "n.c.", "-", "--", "?", "null", "none",
        "#n/d",
    ];
    const NOT_FINITE: [&str; 7] = ["nan", "inf", "-inf", "+inf", "infinity", "-infinity", "∞"];
    let lower = text.to_lowercase();
    let value = || Shown::new(text);
    if NOT_FINITE.contains(&lower.as_str()) {
        return Err(ValueProblem::NotFinite { value: value() });
    }
    if MISSING.contains(&lower.as_str()) {
        return Err(ValueProblem::NotKnown { value: value() });
    }
    if text.starts_with('#') {
        return Err(ValueProblem::SheetError { value: value() });
    }
    Ok(())
}
