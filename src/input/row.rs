//! Typed cells of a row: each gives its value with its place, or a problem.

use std::sync::Arc;

use jiff::civil::Date;

use super::at::At;
use super::collect::Problems;
use super::ids;
use super::number::Format;
use super::table::{Row, Table};
use super::word::Word;
use crate::problem::{Place, ProblemKind, Shown, ValueProblem};
use crate::units::Year;

/// Reads the text of a cell that is not empty.
pub(super) type Parse<T> = fn(&str, &Format) -> Result<T, ValueProblem>;

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'t> {
    table: &'t Table,
    row: &'t Row,
}

impl Table {
    /// The rows, cell by cell.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cells<'_>> {
        self.rows.iter().map(|row| Cells { table: self, row })
    }
}

impl<'t> Cells<'t> {
    /// Where a cell is.
    pub(super) fn place_of(&self, column: &str) -> Place {
        Place::cell(Arc::clone(&self.table.file), self.row.line, column)
    }

    /// How numbers are written in this file.
    pub(super) fn format(&self) -> &'t Format {
        &self.table.format
    }

    /// Names of the columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.table.names.iter().map(|name| name.as_ref())
    }

    /// The text of a cell, if there is any.
    pub(super) fn raw(&self, column: &str) -> Option<&'t str> {
        let position = self.table.positions.get(column)?;
        let cell = self.row.cells.get(*position)?;
        Some(cell.as_str()).filter(|text| !text.is_empty())
    }

    /// A value that must be there.
    pub(super) fn need<T>(
        &self,
        column: &str,
        parse: Parse<T>,
        problems: &mut Problems,
    ) -> Option<At<T>> {
        self.needed(column, problems, |text| parse(text, &self.table.format))
    }

    /// A value that may be left out: `Some(None)` if it is, `None` if it is wrong.
    #[expect(clippy::option_option, reason = "left out and wrong are two answers")]
    pub(super) fn may<T>(
        &self,
        column: &str,
        parse: Parse<T>,
        problems: &mut Problems,
    ) -> Option<Option<At<T>>> {
        match self.raw(column) {
            None => Some(None),
            Some(_) => self.need(column, parse, problems).map(Some),
        }
    }

    /// An id that must be there.
    pub(super) fn id(&self, column: &str, problems: &mut Problems) -> Option<At<String>> {
        self.needed(column, problems, ids::id)
    }

    /// A list of ids separated by blanks.
    pub(super) fn ids(&self, column: &str, problems: &mut Problems) -> Option<Vec<At<String>>> {
        let words = self.raw(column).unwrap_or_default().split_whitespace();
        let read = |word| {
            let place = self.place_of(column);
            let id = problems.keep(&place, ids::id(word))?;
            Some(At::new(id, place))
        };
        words.map(read).collect()
    }

    /// A word of a fixed list.
    pub(super) fn word<T: Word>(&self, column: &str, problems: &mut Problems) -> Option<At<T>> {
        self.needed(column, problems, T::parse)
    }

    /// A word of a fixed list that may be left out.
    #[expect(clippy::option_option, reason = "left out and wrong are two answers")]
    pub(super) fn may_word<T: Word>(
        &self,
        column: &str,
        problems: &mut Problems,
    ) -> Option<Option<T>> {
        match self.raw(column) {
            None => Some(None),
            Some(_) => self.word(column, problems).map(|word| Some(word.value)),
        }
    }

    /// A free text that must be there.
    pub(super) fn text(&self, column: &str, problems: &mut Problems) -> Option<String> {
        match self.raw(column) {
            Some(_) => self.may_text(column, problems).flatten(),
            None => {
                problems.push(self.place_of(column), ValueProblem::Empty);
                None
            }
        }
    }

    /// A free text that may be left out.
    #[expect(clippy::option_option, reason = "left out and wrong are two answers")]
    pub(super) fn may_text(&self, column: &str, problems: &mut Problems) -> Option<Option<String>> {
        let Some(text) = self.raw(column) else {
            return Some(None);
        };
        let place = self.place_of(column);
        let (text, remark) = problems.keep(&place, ids::free_text(text))?;
        if let Some(remark) = remark {
            problems.push(place, remark);
        }
        Some(Some(text))
    }

    fn needed<T, K: Into<ProblemKind>>(
        &self,
        column: &str,
        problems: &mut Problems,
        parse: impl FnOnce(&str) -> Result<T, K>,
    ) -> Option<At<T>> {
        let place = self.place_of(column);
        let Some(text) = self.raw(column) else {
            problems.push(place, ValueProblem::Empty);
            return None;
        };
        let value = problems.keep(&place, parse(text))?;
        Some(At::new(value, place))
    }
}

/// A year of four digits.
pub(super) fn year(text: &str, _: &Format) -> Result<Year, ValueProblem> {
    year_of(text)
}

/// A year of four digits.
pub(crate) fn year_of(text: &str) -> Result<Year, ValueProblem> {
    let year = text.parse::<Year>().ok();
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let value = year.filter(|year| is_year && (1900..=2200).contains(year));
    value.ok_or_else(|| ValueProblem::Year {
        value: Shown::new(text),
    })
}

/// A date written year-month-day.
pub(super) fn date(text: &str, _: &Format) -> Result<Date, ValueProblem> {
    let value = Shown::new(text);
    let numbers: Vec<&str> = text.split(['-', '/', '.']).collect();
    let digits =
        |part: &&str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    match numbers.as_slice() {
        [year, month, day]
            if digits(year, 4)
                && digits(month, 2)
                && digits(day, 2)
                && !text.contains(['/', '.']) =>
        {
            text.parse()
                .map_err(|_| ValueProblem::ImpossibleDate { value })
        }
        [first, second, year]
            if (digits(year, 4) || digits(year, 2)) && is_small(first) && is_small(second) =>
        {
            Err(ValueProblem::AmbiguousDate { value })
        }
        _ => Err(ValueProblem::Date { value }),
    }
}

/// A number from 1 to 12: could be a month.
fn is_small(part: &&str) -> bool {
    part.parse::<u8>().is_ok_and(|n| (1..=12).contains(&n))
}
