//! Number formats: what a cell shows of the number it holds.

use std::collections::BTreeMap;
use std::io::BufRead;

use quick_xml::events::Event;

use crate::input::workbook::value::{Day, Value, day_of, number_of};
use crate::input::workbook::xml::Xml;
use crate::problem::ProblemKind;

/// The formats of the cells of a workbook, by style.
#[derive(Debug, Default)]
pub(super) struct Formats {
    styles: Vec<Format>,
    pub(super) from_1904: bool,
}

/// A format: one look, or one each for numbers above, below and at zero.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Format(Vec<Look>);

/// What a section of a format makes of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Look {
    Number,
    Percent,
    Day {
        is_year: bool,
    },
    Time,
    /// Whole numbers with their zeros in front.
    Code(Vec<Piece>),
}

/// A piece of the format of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Zeros(usize),
    Literal(String),
}

/// A style that the workbook does not have.
#[derive(Debug)]
pub(super) struct NoStyle;

impl Formats {
    /// The styles of a workbook.
    pub(super) fn read<R: BufRead>(xml: &mut Xml<R>) -> Result<Self, ProblemKind> {
        let mut own: BTreeMap<String, String> = BTreeMap::new();
        let mut styles = Vec::new();
        let mut in_cells = false;
        let mut buffer = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "numFmt" => {
                        let id = xml.attribute(&start, "numFmtId")?;
                        let code = xml.attribute(&start, "formatCode")?;
                        if let (Some(id), Some(code)) = (id, code) {
                            own.insert(id, code);
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = xml.attribute(&start, "numFmtId")?.unwrap_or_default();
                        let code = own.get(&id).map_or_else(|| built_in(&id), String::as_str);
                        styles.push(Format::of(code));
                    }
                    _ => {}
                },
                Event::End(end) if end.local_name().as_ref() == "cellXfs" => in_cells = false,
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(Self {
            styles,
            from_1904: false,
        })
    }

    /// What a cell of some style shows of a number.
    pub(super) fn value(&self, number: f64, style: Option<&str>) -> Result<Value, NoStyle> {
        let format = match style {
            None => None,
            // The first style is there even where a workbook has none.
            Some("0") if self.styles.is_empty() => None,
            Some(style) => {
                let position: usize = style.parse().map_err(|_| NoStyle)?;
                Some(self.styles.get(position).ok_or(NoStyle)?)
            }
        };
        Ok(format.map_or_else(
            || number_of(number),
            |format| format.value(number, self.from_1904),
        ))
    }
}

/// Formats that have a number and no code: days and times; the others are numbers.
fn built_in(id: &str) -> &'static str {
    match id.parse().unwrap_or(0_u32) {
        9 | 10 => "0%",
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => "dd/mm/yyyy",
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm",
        _ => "General",
    }
}

impl Format {
    fn of(code: &str) -> Self {
        Self(sections(code).iter().map(|section| look(section)).collect())
    }

    fn value(&self, number: f64, from_1904: bool) -> Value {
        let section = match self.0.len() {
            0 | 1 => 0,
            _ if number < 0.0 => 1,
            2 => 0,
            _ if number == 0.0 => 2,
            _ => 0,
        };
        let plain = number_of(number);
        let Value::Number(text) = plain else {
            return plain;
        };
        match self.0.get(section) {
            None | Some(Look::Number) => Value::Number(text),
            Some(Look::Percent) => Value::Percent(text),
            Some(Look::Time) => Value::Time(text),
            Some(Look::Day { is_year }) => match day_of(number, from_1904) {
                Some(date) => Value::Day(Day {
                    date,
                    number: text,
                    is_year: *is_year,
                }),
                None => Value::Time(text),
            },
            Some(Look::Code(pieces)) => match code(&text, pieces) {
                Some(shown) => Value::Code {
                    shown,
                    number: text,
                },
                None => Value::Number(text),
            },
        }
    }
}

/// The sections of a format code, without conditions: a format with one is taken by its first section alone.
fn sections(code: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut characters = code.chars();
    let mut is_quoted = false;
    let push = |found: &mut Vec<String>, c: char| {
        if let Some(last) = found.last_mut() {
            last.push(c);
        }
    };
    while let Some(c) = characters.next() {
        match c {
            '"' => {
                is_quoted = !is_quoted;
                push(&mut found, c);
            }
            '\\' if !is_quoted => {
                push(&mut found, c);
                if let Some(next) = characters.next() {
                    push(&mut found, next);
                }
            }
            ';' if !is_quoted => found.push(String::new()),
            c => push(&mut found, c),
        }
    }
    let has_condition = ["[<", "[>", "[="].iter().any(|start| code.contains(start));
    found.truncate(if has_condition { 1 } else { 3 });
    found
}

/// What is in a section.
#[derive(Default)]
struct Seen {
    years: usize,
    months: bool,
    days: bool,
    times: bool,
    percent: bool,
    currency: bool,
    /// Signs that a code has not: points, commas, optional digits, fractions, exponents.
    signs: bool,
    pieces: Vec<Piece>,
}

impl Seen {
    fn literal(&mut self, c: char) {
        match self.pieces.last_mut() {
            Some(Piece::Literal(text)) => text.push(c),
            _ => self.pieces.push(Piece::Literal(c.to_string())),
        }
    }

    fn zero(&mut self) {
        match self.pieces.last_mut() {
            Some(Piece::Zeros(n)) => *n = n.saturating_add(1),
            _ => self.pieces.push(Piece::Zeros(1)),
        }
    }

    fn bracket(&mut self, inside: &str) {
        let lower = inside.to_ascii_lowercase();
        if !lower.is_empty() && lower.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
            self.times = true;
        } else if lower.starts_with("$-f800") {
            self.days = true;
        } else if lower.starts_with("$-f400") {
            self.times = true;
        } else if lower.starts_with('$') && !lower.starts_with("$-") {
            self.currency = true;
        }
    }

    fn letter(&mut self, c: char) {
        match c.to_ascii_lowercase() {
            'y' => self.years = self.years.saturating_add(1),
            'm' => self.months = true,
            // With the letters of years and days of other languages, as some programs write them.
            'd' | 'g' | 'a' | 'e' | 'b' => self.days = true,
            'h' | 's' => self.times = true,
            _ => self.literal(c),
        }
    }

    fn look(self) -> Look {
        let has_time = self.times;
        let has_day = self.years > 0 || self.days || (self.months && !has_time);
        let zeros: usize = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Zeros(n) => *n,
                Piece::Literal(_) => 0,
            })
            .sum();
        let names =
            |piece: &Piece| matches!(piece, Piece::Literal(text) if !text.trim().is_empty());
        if has_day {
            let is_year = self.years > 2 && !self.months && !self.days && !has_time;
            Look::Day { is_year }
        } else if has_time {
            Look::Time
        } else if self.percent {
            Look::Percent
        } else if !self.signs
            && !self.currency
            && (zeros > 1 || (zeros == 1 && self.pieces.first().is_some_and(names)))
        {
            Look::Code(self.pieces)
        } else {
            Look::Number
        }
    }
}

fn look(section: &str) -> Look {
    let mut seen = Seen::default();
    let mut rest = section.trim();
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let starts = |word: &str| {
            let start = rest.get(..word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        let word = ["general", "standard", "am/pm", "a/p", "e+", "e-"]
            .into_iter()
            .find(|word| starts(word));
        rest = match (c, word) {
            (_, Some(word)) => {
                seen.signs = true;
                seen.times |= matches!(word, "am/pm" | "a/p");
                rest.get(word.len()..).unwrap_or_default()
            }
            ('"', _) => {
                let (inside, after) = after.split_once('"').unwrap_or((after, ""));
                inside.chars().for_each(|c| seen.literal(c));
                after
            }
            ('[', _) => {
                let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                seen.bracket(inside);
                after
            }
            ('\\' | '_' | '*', _) => {
                let next = after.chars().next();
                if let Some(next) = next.filter(|_| c == '\\') {
                    seen.literal(next);
                }
                let length = next.map_or(0, char::len_utf8);
                after.get(length..).unwrap_or_default()
            }
            ('0', _) => {
                seen.zero();
                after
            }
            ('%', _) => {
                seen.percent = true;
                after
            }
            ('#' | '?' | '.' | ',' | '@', _) => {
                seen.signs = true;
                after
            }
            ('€' | '$' | '£', _) => {
                seen.currency = true;
                after
            }
            (c, _) if c.is_ascii_alphabetic() => {
                seen.letter(c);
                after
            }
            (c, _) => {
                seen.literal(c);
                after
            }
        };
    }
    seen.look()
}

/// A whole number with its zeros in front, and what stands between them.
fn code(number: &str, pieces: &[Piece]) -> Option<String> {
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut left: Vec<char> = number.chars().collect();
    let first = pieces
        .iter()
        .position(|piece| matches!(piece, Piece::Zeros(_)))?;
    let mut shown: Vec<String> = Vec::new();
    for (position, piece) in pieces.iter().enumerate().rev() {
        match piece {
            Piece::Literal(text) => shown.push(text.clone()),
            Piece::Zeros(n) => {
                let n = if position == first {
                    left.len().max(*n)
                } else {
                    *n
                };
                let mut digits: Vec<char> = (0..n).map(|_| left.pop().unwrap_or('0')).collect();
                digits.reverse();
                shown.push(digits.into_iter().collect());
            }
        }
    }
    shown.reverse();
    Some(shown.concat().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::workbook::value::decimal;

    fn value(code: &str, number: f64) -> Value {
        Format::of(code).value(number, false)
    }

    fn is_number(code: &str, number: f64) {
        let plain = Value::Number(decimal(number).unwrap());
        assert_eq!(value(code, number), plain, "{code}");
    }

    #[test]
    fn formats_of_offices_leave_a_number_a_number() {
        for code in [
            "General",
            "Standard",
            "0",
            "0.00",
            "#,##0",
            "#,##0.00",
            "0\" mln di euro\"",
            "[$€-410] #,##0.00",
            "€ #,##0.00",
            "[Red]-#,##0;[Blue]#,##0",
            "0\" addetti\"",
            "#\\d",
            "0.00E+00",
            "# ??/??",
            "@",
            "_-* #,##0.00_-;-* #,##0.00_-",
            "\"giorno\" #",
            "",
            ";;;",
            "0;-0;;@",
        ] {
            is_number(code, 94_592.18);
            is_number(code, 0.0);
        }
    }

    #[test]
    fn days_and_times_are_told_from_numbers() {
        for code in [
            "dd/mm/yyyy",
            "d mmmm yyyy",
            "[$-410]d mmm yy",
            "yyyy-mm-dd hh:mm",
            "mmmm",
            "gg/mm/aaaa",
            "[$-F800]dddd",
            "dd.mm.yy;@",
        ] {
            assert!(
                matches!(value(code, 46_203.0), Value::Day(day) if !day.is_year),
                "{code}"
            );
        }
        for code in ["yyyy", "[$-410]yyyy", "yyyy;@", "\"anno\" yyyy"] {
            assert!(
                matches!(value(code, 46_023.0), Value::Day(day) if day.is_year),
                "{code}"
            );
        }
        for code in ["h:mm", "[h]:mm", "mm:ss", "[mm]", "h:mm AM/PM", "ss.0"] {
            assert_eq!(value(code, 1.5), Value::Time("1.5".to_owned()), "{code}");
        }
        assert_eq!(value("dd/mm/yyyy", 0.5), Value::Time("0.5".to_owned()));
        assert_eq!(value("0%", 0.4), Value::Percent("0.4".to_owned()));
    }

    #[test]
    fn codes_keep_the_zeros_that_are_seen() {
        for (code, number, shown) in [
            ("000000", 48_017.0, "048017"),
            ("000000", 1_048_017.0, "1048017"),
            ("\"IT-\"000", 7.0, "IT-007"),
            ("\\Z0", 7.0, "Z7"),
            ("00-000", 12_345.0, "12-345"),
            ("00000;@", 7.0, "00007"),
        ] {
            let Value::Code { shown: own, .. } = value(code, number) else {
                panic!("{code}");
            };
            assert_eq!(own, shown, "{code}");
        }
        is_number("000000", 1.5);
        is_number("000000", -1.0);
    }
}
