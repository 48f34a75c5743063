//! A cell as the text format has it: numbers with a point, days as 2026-12-31, words of the format.

use crate::input::number::{self, Dialect, Format, unmistakable};
use crate::problem::{Form, ProblemKind, Shown, ValueProblem, WorkbookProblem};
use crate::units::Euro;

use super::layout::{Kind, WordPair, plain};
use super::value::{Day, Value, likely_day};

/// How the numbers of a workbook are written in its cells of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextNumbers(pub(crate) Dialect);

impl TextNumbers {
    fn format(self) -> Format {
        Format {
            dialect: self.0,
            table: String::new(),
        }
    }

    fn form(self) -> Form {
        match self.0 {
            Dialect::Italian => Form::Comma,
            Dialect::English | Dialect::Undeclared => Form::Point,
        }
    }
}

/// The text of a cell of some kind of column. What is wrong in a way that the reader of tables tells just as well is passed on.
pub(crate) fn text_of(
    value: &Value,
    kind: Kind,
    numbers: TextNumbers,
) -> Result<String, ProblemKind> {
    match value {
        Value::Error(error) => {
            return Err(WorkbookProblem::CellError {
                value: Shown::new(error),
            }
            .into());
        }
        Value::NoResult => return Err(WorkbookProblem::NoResult.into()),
        Value::Time(number) => {
            let number = Shown::new(number);
            return Err(WorkbookProblem::IsTime { number }.into());
        }
        Value::Day(day) if !takes_day(kind, day) => return Err(is_day(day).into()),
        _ => {}
    }
    match kind {
        Kind::Money => money(value, numbers),
        Kind::Number | Kind::Units => match value {
            Value::Text(text) if matches!(kind, Kind::Units) && is_unlimited(text) => {
                Ok("unlimited".to_owned())
            }
            _ => quantity(value, numbers).map(unmistakable),
        },
        Kind::Share => share(value, numbers),
        Kind::Formula => match value {
            Value::Text(text) => Ok(formula(text, numbers)),
            _ => Ok(unmistakable(plain_number(value))),
        },
        Kind::Word(words) => Ok(word(value, words)),
        Kind::Words(words) => {
            let text = raw(value);
            let each = ids(&text).map(|text| word(&Value::Text(text.to_owned()), words));
            Ok(each.collect::<Vec<_>>().join(" "))
        }
        Kind::Ids => {
            refuse_lost_digits(value)?;
            Ok(ids(&raw(value)).collect::<Vec<_>>().join(" "))
        }
        Kind::Years => Ok(ids(&plain_number(value)).collect::<Vec<_>>().join(" ")),
        Kind::Pairs => {
            let text = raw(value);
            let each = text
                .split_whitespace()
                .map(|pair| match pair.rsplit_once(':') {
                    Some((id, weight)) => format!("{id}:{}", with_point(weight, numbers)),
                    None => pair.to_owned(),
                });
            Ok(each.collect::<Vec<_>>().join(" "))
        }
        Kind::Date => date(value, numbers),
        Kind::Levels => match value {
            Value::Text(text) if ["all", "tutti", "tutte"].contains(&plain(text).as_str()) => {
                Ok("all".to_owned())
            }
            _ => Ok(plain_number(value)),
        },
        Kind::Year | Kind::Whole => Ok(plain_number(value)),
        Kind::Id(_) => {
            refuse_lost_digits(value)?;
            Ok(raw(value))
        }
        Kind::Text => Ok(raw(value)),
    }
}

/// A day stands where days are wanted, in free texts, and for its year where nothing else is seen of it.
fn takes_day(kind: Kind, day: &Day) -> bool {
    match kind {
        Kind::Date | Kind::Text => true,
        Kind::Year | Kind::Years => day.is_year,
        _ => false,
    }
}

fn is_day(day: &Day) -> WorkbookProblem {
    WorkbookProblem::IsDay {
        day: crate::problem::Day(day.date),
        number: Shown::new(&day.number),
    }
}

/// A code typed as a number of more digits than a sheet keeps.
fn refuse_lost_digits(value: &Value) -> Result<(), WorkbookProblem> {
    const KEPT: usize = 15;
    let number = value.number().unwrap_or_default();
    let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
    if whole.len() > KEPT {
        let value = Shown::new(number);
        return Err(WorkbookProblem::LongCode { value });
    }
    Ok(())
}

/// The number of a code, anything else as it is seen.
fn plain_number(value: &Value) -> String {
    match value {
        Value::Code { number, .. } => number.clone(),
        _ => raw(value),
    }
}

/// The value as it is seen, without any meaning.
pub(crate) fn raw(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Number(text) | Value::Percent(text) | Value::Time(text) => {
            text.clone()
        }
        Value::Code { shown, .. } => shown.clone(),
        Value::Truth(true) => "yes".to_owned(),
        Value::Truth(false) => "no".to_owned(),
        Value::Day(day) if day.is_year => day.date.year().to_string(),
        Value::Day(day) => day.date.to_string(),
        Value::Error(error) => (*error).to_owned(),
        Value::NoResult => String::new(),
    }
}

/// Ids as people separate them.
pub(super) fn ids(text: &str) -> impl Iterator<Item = &str> {
    let separates = |c: char| c.is_whitespace() || c == ',' || c == ';';
    text.split(separates).filter(|part| !part.is_empty())
}

fn is_unlimited(text: &str) -> bool {
    ["unlimited", "illimitato", "illimitata", "illimitati"].contains(&plain(text).as_str())
}

/// What is wrong with a number, told for a sheet: its dialect is declared in the workbook, not in a file.
fn in_a_sheet(problem: ValueProblem) -> ProblemKind {
    match problem {
        ValueProblem::Ambiguous { value, .. } => WorkbookProblem::AmbiguousText { value }.into(),
        other => other.into(),
    }
}

fn money(value: &Value, numbers: TextNumbers) -> Result<String, ProblemKind> {
    match value {
        Value::Percent(_) => Err(ValueProblem::Percent {
            value: value.shown(),
        }
        .into()),
        Value::Number(text) | Value::Code { number: text, .. } => match Euro::parse(text) {
            Some(euro) => Ok(euro.to_string()),
            None if text.starts_with('-') => Err(ValueProblem::Negative {
                value: value.shown(),
            }
            .into()),
            None if text.split_once('.').is_some_and(|(_, d)| d.len() > 2) => {
                Err(WorkbookProblem::NotACent {
                    value: value.shown(),
                }
                .into())
            }
            None => Err(ValueProblem::TooLarge {
                value: value.shown(),
            }
            .into()),
        },
        Value::Text(text) => {
            let euro = number::amount(text, &numbers.format()).map_err(in_a_sheet)?;
            Ok(euro.to_string())
        }
        _ => Err(ValueProblem::Amount {
            value: value.shown(),
            form: numbers.form(),
        }
        .into()),
    }
}

fn quantity(value: &Value, numbers: TextNumbers) -> Result<String, ProblemKind> {
    match value {
        Value::Number(text) | Value::Percent(text) | Value::Code { number: text, .. } => {
            Ok(text.clone())
        }
        Value::Text(text) => {
            number::number(text, &numbers.format()).map_err(in_a_sheet)?;
            Ok(with_point(text, numbers))
        }
        _ => Err(ValueProblem::Number {
            value: value.shown(),
            form: numbers.form(),
        }
        .into()),
    }
}

/// A number of the dialect, already checked, with a decimal point and nothing else.
fn with_point(text: &str, numbers: TextNumbers) -> String {
    match numbers.0 {
        Dialect::Italian => text.replace('.', "").replace(',', "."),
        Dialect::English | Dialect::Undeclared => text.to_owned(),
    }
}

/// Whether a text is a number in the dialect of the workbook.
pub(crate) fn is_number(text: &str, numbers: TextNumbers) -> bool {
    number::number(text, &numbers.format()).is_ok()
}

/// A number in a text becomes one with a point; an expression stays.
fn formula(text: &str, numbers: TextNumbers) -> String {
    if is_number(text, numbers) {
        unmistakable(with_point(text, numbers))
    } else {
        text.to_owned()
    }
}

fn share(value: &Value, numbers: TextNumbers) -> Result<String, ProblemKind> {
    match value {
        // A cell in percent holds the share itself.
        Value::Number(text) | Value::Percent(text) | Value::Code { number: text, .. } => {
            match text.strip_prefix('-') {
                Some(_) => Err(ValueProblem::Negative {
                    value: value.shown(),
                }
                .into()),
                None => Ok(percent(text)),
            }
        }
        Value::Text(text) => {
            number::ratio(text, &numbers.format())?;
            Ok(with_point(text, numbers))
        }
        _ => Err(ValueProblem::Share {
            value: value.shown(),
        }
        .into()),
    }
}

/// A decimal as a percentage: `0.405` is `40.5%`.
pub(crate) fn percent(decimal: &str) -> String {
    let (whole, decimals) = decimal.split_once('.').unwrap_or((decimal, ""));
    let padded = format!("{decimals:0<2}");
    let (hundredths, rest) = padded.split_at_checked(2).unwrap_or((&padded, ""));
    let digits = format!("{whole}{hundredths}");
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{digits}{point}{rest}%")
}

fn word(value: &Value, words: &[WordPair]) -> String {
    let text = raw(value);
    let wanted = plain(&text);
    let is = |pair: &&WordPair| pair.name.is(&wanted) || plain(pair.key) == wanted;
    words
        .iter()
        .find(is)
        .map_or(text, |pair| pair.key.to_owned())
}

/// A day; in an Italian workbook a text such as 31/12/2026 is day, month and year.
fn date(value: &Value, numbers: TextNumbers) -> Result<String, ProblemKind> {
    if let Value::Day(day) = value {
        return Ok(day.date.to_string());
    }
    let text = plain_number(value);
    if let (Value::Number(number) | Value::Code { number, .. }, Some(day)) =
        (value, likely_day(&text))
    {
        return Err(WorkbookProblem::MaybeDay {
            day: crate::problem::Day(day),
            number: Shown::new(number),
        }
        .into());
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    Ok(match (numbers.0, parts.as_slice()) {
        (Dialect::Italian, [day, month, year])
            if parts.iter().all(|part| digits(part))
                && year.len() == 4
                && day.len() <= 2
                && month.len() <= 2 =>
        {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        _ => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITALIAN: TextNumbers = TextNumbers(Dialect::Italian);

    fn check(value: Value, kind: Kind, expected: Option<&str>) {
        let found = text_of(&value, kind, ITALIAN).ok();
        assert_eq!(found.as_deref(), expected, "{value:?}");
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn number(text: &str) -> Value {
        Value::Number(text.to_owned())
    }

    #[test]
    fn amounts_are_taken_as_offices_write_them() {
        check(text("1.234.567,89"), Kind::Money, Some("1234567.89"));
        check(text("€ 1.234,5"), Kind::Money, Some("1234.50"));
        check(number("94592.18"), Kind::Money, Some("94592.18"));
        check(number("94592.185"), Kind::Money, None);
        check(number("0.30000000000000004"), Kind::Money, None);
        check(number("-1"), Kind::Money, None);
        check(text("1234.56"), Kind::Money, None);
        check(Value::Error("#N/D"), Kind::Money, None);
        check(Value::Truth(true), Kind::Money, None);
    }

    #[test]
    fn shares_are_percentages_or_fractions() {
        check(number("0.4"), Kind::Share, Some("40%"));
        check(number("0.405"), Kind::Share, Some("40.5%"));
        check(number("1"), Kind::Share, Some("100%"));
        check(number("0.0005"), Kind::Share, Some("0.05%"));
        check(text("40,5%"), Kind::Share, Some("40.5%"));
        check(text("2/7"), Kind::Share, Some("2/7"));
        check(text("metà"), Kind::Share, None);
    }

    #[test]
    fn days_and_words_are_taken_in_the_language_of_the_sheet() {
        check(text("31/12/2026"), Kind::Date, Some("2026-12-31"));
        check(number("46203"), Kind::Date, None);
        check(text("+1"), Kind::Date, Some("+1"));
        check(text("a, b;c"), Kind::Ids, Some("a b c"));
        check(text("1,5"), Kind::Formula, Some("1.5"));
        check(
            text("residenti * 1.5"),
            Kind::Formula,
            Some("residenti * 1.5"),
        );
        check(number("50.123"), Kind::Formula, Some("50.1230"));
    }
}
