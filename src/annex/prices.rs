//! What a euro and a law are worth, from the file that `explain --out` wrote.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::book::{Book, goal_change, goal_rate, is_nothing};
use super::breakpoints::{self, BreakPoints};
use super::error::AnnexError;
use super::summary;
use crate::report::document::{Cell, Kind, Section, Table, Topic};
use crate::report::words::{Text, annex as words};
use crate::units::parse_exact;

/// What is told of an explanation: the parts of `mappafondo explanation 1` that have a place in the tables.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Explained {
    kind: String,
    format: u32,
    hash: String,
    #[serde(default)]
    laws: Vec<LawPrice>,
    #[serde(default)]
    goal_prices: Vec<GoalPrice>,
    #[serde(default)]
    funds: Vec<FundPrice>,
    #[serde(default)]
    breakpoints: Vec<BreakPoints>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct LawPrice {
    rules: Vec<String>,
    title: String,
    law: String,
    /// Where it is left out; everywhere, where nothing is given.
    #[serde(default)]
    place: BTreeMap<String, serde_json::Value>,
    gains: Vec<Change>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct GoalPrice {
    goal: String,
    position: usize,
    #[serde(default)]
    gains: Option<Vec<Change>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct FundPrice {
    fund: String,
    name: String,
    year: i32,
    #[serde(default)]
    zone: Option<String>,
    more: Side,
    less: Side,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Side {
    rates: Vec<Change>,
}

/// A change of a goal; of a price, per euro.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Change {
    goal: String,
    unit: String,
    change: String,
}

/// The format of explanations that is read.
const FORMAT: u32 = 1;

impl Explained {
    /// Reads an explanation of the model with a hash.
    ///
    /// # Errors
    /// [`AnnexError`] if it is no explanation, or one of another model.
    pub fn read(file: &str, bytes: &[u8], hash: &str) -> Result<Self, AnnexError> {
        let damaged = |place: String| AnnexError::Damaged {
            file: file.to_owned(),
            place,
        };
        let read: Self =
            serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
        if read.kind != "mappafondo explanation" || read.format != FORMAT {
            return Err(damaged(format!("{} {}", read.kind, read.format)));
        }
        if read.hash != hash {
            return Err(AnnexError::OtherModel {
                file: file.to_owned(),
            });
        }
        Ok(read)
    }

    /// What a rule alone costs on the first goal that would gain without it, and which goal that is.
    pub(super) fn cost(&self, book: &Book<'_>, rule: &str) -> Option<[Cell; 2]> {
        let whole = |law: &&LawPrice| law.rules == [rule] && law.place.is_empty();
        let own = self.laws.iter().find(whole)?;
        let gains = own.gains.iter().map(|gain| (gain, change(gain)));
        let gain = gains.into_iter().find(|(_, cell)| !is_nothing(cell));
        Some(match gain {
            Some((gain, cell)) => [cell, goal(book, gain)],
            None => [Cell::Euro(0), Cell::Empty],
        })
    }
}

pub(super) fn section(book: &Book<'_>, explained: &Explained) -> Option<Section> {
    let mut tables = vec![
        laws(book, explained),
        goal_prices(book, explained),
        funds(book, explained),
    ];
    tables.extend(breakpoints::tables(book, &explained.breakpoints));
    tables.retain(|table| !table.rows.is_empty());
    if tables.is_empty() {
        return None;
    }
    let (name, title) = (words::S_PRICES, words::S_PRICES_TITLE);
    let mut section = book.section(Topic::Prices, name, title, tables);
    section.notes.push(book.say(words::PRICES_NOTE));
    Some(section)
}

fn change(of: &Change) -> Cell {
    let value = parse_exact(&of.change);
    value.map_or(Cell::Empty, |value| goal_change(&of.unit, &value))
}

/// The name of a goal with the unit of its changes.
fn goal(book: &Book<'_>, of: &Change) -> Cell {
    let text = match of.unit.as_str() {
        "euro" => words::GOAL_IN_EURO,
        _ => words::GOAL_IN_POINTS,
    };
    named(book, text, of)
}

fn named(book: &Book<'_>, text: Text, of: &Change) -> Cell {
    let (kind, level) = of.goal.split_once('-').unwrap_or((&of.goal, "1"));
    let mut name = book.say(summary::goal_word(kind));
    if level != "1" {
        name.push_str(&format!(" ({level})"));
    }
    Cell::text(book.fill(text, &[("goal", &name)]))
}

/// The name of a goal with the unit of its changes for more money.
pub(super) fn goal_of_rate(book: &Book<'_>, goal: &str, unit: &str) -> Cell {
    let text = match unit {
        "euro" => words::GOAL_PER_EURO,
        _ => words::GOAL_PER_MILLION,
    };
    let of = Change {
        goal: goal.to_owned(),
        unit: unit.to_owned(),
        change: String::new(),
    };
    named(book, text, &of)
}

/// Codes of where a rule is left out.
fn place(law: &LawPrice) -> String {
    let codes = law.place.values().map(|code| match code {
        serde_json::Value::String(code) => code.clone(),
        other => other.to_string(),
    });
    codes.collect::<Vec<_>>().join(", ")
}

fn laws(book: &Book<'_>, explained: &Explained) -> Table {
    let columns = vec![
        book.column("title", words::RULE, Kind::Text),
        book.column("rules", words::RULE_CODE, Kind::Code),
        book.column("place", words::WHERE, Kind::Text),
        book.column("goal", words::GOAL, Kind::Text),
        book.column_of("gain", words::COST, Kind::Euro, words::COST_MEANING),
        book.column("law", words::LAW, Kind::Law),
    ];
    let mut table = Table::new("prices:laws", book.say(words::PRICE_OF_LAWS), columns);
    for law in &explained.laws {
        let gains = law.gains.iter().map(|gain| (gain, change(gain)));
        for (gain, cell) in gains.filter(|(_, cell)| !is_nothing(cell)) {
            table.row([
                Cell::text(law.title.clone()),
                Cell::Code(law.rules.join(" ")),
                Cell::text(place(law)),
                goal(book, gain),
                cell,
                Cell::law(law.law.clone(), None),
            ]);
        }
    }
    table
}

/// What each goal costs those after it; where it costs nothing, or it is not known, that is said.
fn goal_prices(book: &Book<'_>, explained: &Explained) -> Table {
    let columns = vec![
        book.column("position", words::GOAL_POSITION, Kind::Count),
        book.column("title", words::GOAL, Kind::Text),
        book.column("goal", words::TO_GOAL, Kind::Text),
        book.column_of("gain", words::COST, Kind::Euro, words::GOAL_COST_MEANING),
    ];
    let title = book.say(words::PRICE_OF_GOALS);
    let mut table = Table::new("prices:goals", title, columns);
    for price in &explained.goal_prices {
        let mut row = |goal: Cell, gain: Cell| {
            let kind = price.goal.split_once('-').map_or(&*price.goal, |of| of.0);
            table.row([
                Cell::Count(i128::try_from(price.position).unwrap_or(i128::MAX)),
                Cell::text(book.say(summary::goal_word(kind))),
                goal,
                gain,
            ]);
        };
        let gains = price.gains.iter().flatten();
        let gains = gains.map(|gain| (gain, change(gain)));
        let told: Vec<_> = gains.filter(|(_, cell)| !is_nothing(cell)).collect();
        match price.gains {
            None => row(Cell::text(book.say(words::NOT_COMPUTED)), Cell::Empty),
            Some(_) if told.is_empty() => row(Cell::text(book.say(words::TO_NONE)), Cell::Empty),
            Some(_) => {}
        }
        for (gain, cell) in told {
            row(goal(book, gain), cell);
        }
    }
    table
}

fn funds(book: &Book<'_>, explained: &Explained) -> Table {
    let mut columns: Vec<_> = book.fund_columns().into();
    columns.extend([
        book.column("year", words::YEAR, Kind::Year),
        book.column("zone", words::ZONE_CODE, Kind::Code),
        book.column("goal", words::GOAL, Kind::Text),
        book.column("more", words::EURO_MORE, Kind::Number),
        book.column("less", words::EURO_LESS, Kind::Number),
    ]);
    let mut table = Table::new("prices:funds", book.say(words::PRICE_OF_FUNDS), columns);
    for fund in &explained.funds {
        let mut goals: Vec<&Change> = Vec::new();
        for rate in fund.more.rates.iter().chain(&fund.less.rates) {
            if goals.iter().all(|known| known.goal != rate.goal) {
                goals.push(rate);
            }
        }
        for wanted in goals {
            let of = |side: &Side| {
                let found = side.rates.iter().find(|rate| rate.goal == wanted.goal);
                let value = found.and_then(|rate| parse_exact(&rate.change));
                value.map_or(Cell::Empty, |value| goal_rate(&wanted.unit, &value))
            };
            let (more, less) = (of(&fund.more), of(&fund.less));
            if is_nothing(&more) && is_nothing(&less) {
                continue;
            }
            table.row([
                Cell::Code(fund.fund.clone()),
                Cell::text(fund.name.clone()),
                Cell::Year(fund.year),
                fund.zone.clone().map_or(Cell::Empty, Cell::Code),
                goal_of_rate(book, &wanted.goal, &wanted.unit),
                more,
                less,
            ]);
        }
    }
    table
}
