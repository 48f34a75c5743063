//! Where the worth of a fund's euro changes, from the file that `explain --out` wrote.

use serde::Deserialize;

use super::book::{Book, goal_rate, goal_value, quantity};
use super::prices::goal_of_rate;
use crate::report::document::{Cell, Kind, Table};
use crate::report::number::{Rounding, cents, money};
use crate::report::words::annex as words;
use crate::units::parse_exact;

/// The break points of one fund or rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct BreakPoints {
    moved: Moved,
    #[serde(default)]
    rule: Option<String>,
    now: String,
    points: Vec<Point>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Moved {
    #[serde(default)]
    fund: Option<String>,
    #[serde(default)]
    year: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Point {
    goal: String,
    unit: String,
    at: String,
    value: String,
    #[serde(default)]
    before: Option<String>,
    #[serde(default)]
    after: Option<String>,
}

/// A table for each fund that was moved. (A rule is moved as a multiple of its bound: its points are told by `explain`.)
pub(super) fn tables(book: &Book<'_>, all: &[BreakPoints]) -> Vec<Table> {
    let of_funds = all.iter().filter(|points| points.rule.is_none());
    of_funds
        .enumerate()
        .filter_map(|(n, points)| table(book, n + 1, points))
        .collect()
}

fn table(book: &Book<'_>, n: usize, of: &BreakPoints) -> Option<Table> {
    let id = of.moved.fund.as_deref()?;
    let fund = book.model.funds.iter().find(|fund| fund.id == id)?;
    let year = of
        .moved
        .year
        .map_or_else(String::new, |year| format!(" {year}"));
    let now = cents(&parse_exact(&of.now)?, Rounding::HalfUp)?;
    let title = book.fill(
        words::BREAK_POINTS,
        &[
            ("fund", &format!("{}{year}", fund.name)),
            ("euro", &money(book.language, now)),
        ],
    );
    let columns = vec![
        book.column("goal", words::GOAL, Kind::Text),
        book.column("at", words::BREAK_AT, Kind::Euro),
        book.column("value", words::VALUE, Kind::Euro),
        book.column_of(
            "before",
            words::EURO_LESS,
            Kind::Number,
            words::BREAK_BEFORE,
        ),
        book.column_of("after", words::EURO_MORE, Kind::Number, words::BREAK_AFTER),
    ];
    let mut table = Table::new(format!("breakpoints:{n}"), title, columns);
    for point in &of.points {
        let rate = |text: &Option<String>| {
            let value = text.as_deref().and_then(parse_exact);
            value.map_or(Cell::Empty, |value| goal_rate(&point.unit, &value))
        };
        // A shortfall is told without its sign.
        let value = match point.unit.as_str() {
            "bound" => point.value.trim_start_matches('-'),
            _ => point.value.as_str(),
        };
        table.row([
            goal_of_rate(book, &point.goal, &point.unit),
            quantity("euro", &parse_exact(&point.at)?, Rounding::HalfUp),
            goal_value(&point.unit, &parse_exact(value)?),
            rate(&point.before),
            rate(&point.after),
        ]);
    }
    Some(table)
}
