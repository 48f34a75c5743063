//! What stands in a cell.

use super::formula::Formula;
use crate::units::{Exact, Year};

/// A cell, with what kind of thing it holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing to say.
    #[default]
    Empty,
    /// No money may go there: the law does not open it.
    Closed,
    /// Room to write by hand: a number of an act, a date, a signature.
    Blank,
    /// Text for people.
    Text(String),
    /// A code: `048017` keeps its zero.
    Code(String),
    /// Money in whole cents.
    Euro(i128),
    /// A share: one is 100%.
    Share(Exact),
    /// Any other number, exact: units, indicators, amounts that are not whole cents.
    Number(Exact),
    /// How many.
    Count(i128),
    /// A year.
    Year(Year),
    /// A citation, with the address where it can be read if there is one.
    Law(Link),
    /// The result of a formula over other cells.
    Formula(Box<Formula>),
}

/// A text that may lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is read.
    pub text: String,
    /// Where it leads: `https://` or `http://`, or nothing.
    pub url: Option<String>,
}

/// A number with its unit, as formulas give it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Nothing: a share of nothing.
    Nothing,
    /// Money in whole cents.
    Euro(i128),
    /// A share: one is 100%.
    Share(Exact),
    /// Any other number.
    Number(Exact),
    /// How many.
    Count(i128),
}

impl Cell {
    /// A text, or an empty cell.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// A citation without an address, or an empty cell.
    #[must_use]
    pub fn law(text: impl Into<String>, url: Option<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Law(Link { text, url })
        }
    }

    /// A share, or an empty cell for a share of nothing.
    #[must_use]
    pub fn share(share: Option<Exact>) -> Self {
        share.map_or(Self::Empty, Self::Share)
    }

    /// The number in it, a formula's result included; `None` for texts and years.
    #[must_use]
    pub fn value(&self) -> Option<Value> {
        match self {
            Self::Euro(cents) => Some(Value::Euro(*cents)),
            Self::Share(share) => Some(Value::Share(*share)),
            Self::Number(number) => Some(Value::Number(*number)),
            Self::Count(count) => Some(Value::Count(*count)),
            Self::Formula(formula) => Some(formula.result),
            Self::Empty
            | Self::Closed
            | Self::Blank
            | Self::Text(_)
            | Self::Code(_)
            | Self::Year(_)
            | Self::Law(_) => None,
        }
    }

    /// The text in it; `None` for numbers and empty cells.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Code(text) => Some(text),
            Self::Law(link) => Some(&link.text),
            _ => None,
        }
    }
}

impl Value {
    /// The number alone, money in euro; nothing counts as zero.
    #[must_use]
    pub fn exact(self) -> Exact {
        match self {
            Self::Nothing => Exact::from_integer(0),
            Self::Euro(cents) => Exact::new(cents, 100),
            Self::Share(number) | Self::Number(number) => number,
            Self::Count(count) => Exact::from_integer(count),
        }
    }

    /// Money in whole cents, where it is that.
    #[must_use]
    pub fn cents(self) -> Option<i128> {
        match self {
            Self::Euro(cents) => Some(cents),
            _ => None,
        }
    }
}
