//! What a cell says, as text: for people in their language, for files without thousands.

use super::cell::{Cell, Value};
use crate::model::Language;
use crate::report::number::{Rounding, decimal, file_euro, money, percent};
use crate::units::{Exact, exact_text};

/// Decimals of a number for people.
const SHOWN_DECIMALS: u32 = 6;

/// Decimals in files of what is no decimal number.
const FILE_DECIMALS: u32 = 12;

impl Cell {
    /// The cell for people: `1.234,56`, `43,21%`, a text as it is. Empty and closed cells are empty.
    #[must_use]
    pub fn shown(&self, language: Language) -> String {
        match (self, self.value()) {
            (_, Some(value)) => value.shown(language),
            (Self::Year(year), None) => year.to_string(),
            (cell, None) => cell.words().unwrap_or_default().to_owned(),
        }
    }

    /// The cell for a file: `1234.56`, `0.4321`, a text as it is. `point` separates decimals.
    #[must_use]
    pub fn plain(&self, point: char) -> String {
        match (self, self.value()) {
            (_, Some(value)) => value.plain().replace('.', &point.to_string()),
            (Self::Year(year), None) => year.to_string(),
            (cell, None) => cell.words().unwrap_or_default().to_owned(),
        }
    }
}

impl Value {
    /// The value for people.
    #[must_use]
    pub fn shown(self, language: Language) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Euro(cents) => money(language, cents),
            Self::Share(share) => percent(language, &share),
            Self::Number(number) => decimal(language, &number, SHOWN_DECIMALS, Rounding::HalfUp),
            Self::Count(count) => {
                decimal(language, &Exact::from_integer(count), 0, Rounding::HalfUp)
            }
        }
    }

    /// The value for a file, with a decimal point: money with two decimals, other numbers with all they have, twelve at most.
    #[must_use]
    pub fn plain(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Euro(cents) => file_euro(cents),
            Self::Count(count) => count.to_string(),
            Self::Share(number) | Self::Number(number) => {
                let text = exact_text(&number);
                if text.contains('/') {
                    decimal(Language::English, &number, FILE_DECIMALS, Rounding::HalfUp)
                        .replace(',', "")
                } else {
                    text
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_the_same_to_people_and_to_files() {
        let third = Cell::Share(Exact::new(1, 3));
        for (cell, italian, plain) in [
            (Cell::Euro(123_456_789), "1.234.567,89", "1234567,89"),
            (Cell::Euro(-5), "-0,05", "-0,05"),
            (third, "33,33%", "0,333333333333"),
            (
                Cell::Number(Exact::new(10_000_000, 3)),
                "3.333.333,333333",
                "3333333,333333333333",
            ),
            (Cell::Count(28), "28", "28"),
            (Cell::Year(2026), "2026", "2026"),
            (Cell::Code("048017".to_owned()), "048017", "048017"),
            (Cell::Closed, "", ""),
        ] {
            assert_eq!(cell.shown(Language::Italian), italian);
            assert_eq!(cell.plain(','), plain);
        }
    }
}
