//! What the plan rests on: official figures, estimates, assumptions.

use std::collections::BTreeMap;

use super::book::{Book, cents};
use super::ledger::total;
use crate::model::Confidence;
use crate::report::document::{Cell, Expression, Kind, Place, Section, Table, Topic};
use crate::report::words::{Text, annex as words};

pub(super) fn section(book: &Book<'_>) -> Section {
    let mut tables = vec![confidence(book)];
    tables.extend(assumptions(book));
    tables.push(acts(book).on_screen());
    let (name, title) = (words::S_ESTIMATES, words::S_ESTIMATES_TITLE);
    book.section(Topic::Estimates, name, title, tables)
}

fn word(confidence: Confidence) -> Text {
    match confidence {
        Confidence::Official => words::OFFICIAL,
        Confidence::Derived => words::DERIVED,
        Confidence::Estimate => words::ESTIMATED,
    }
}

fn confidence(book: &Book<'_>) -> Table {
    let columns = vec![
        book.column("kind", words::KIND, Kind::Text),
        book.column("euro", words::EURO, Kind::Euro),
        book.column("share", words::SHARE, Kind::Share),
    ];
    let mut table = Table::new("confidence", book.say(words::CONFIDENCE), columns);
    let mut sums: BTreeMap<Confidence, i128> = BTreeMap::new();
    for money in book.model.money.values() {
        for (confidence, euro) in &money.by_confidence {
            *sums.entry(*confidence).or_default() += cents(*euro);
        }
    }
    let last = sums.len();
    for (confidence, euro) in sums {
        let row = table.rows.len();
        let at = |row| Box::new(Expression::Cell(Place::here(row, 1)));
        let cells = [
            Cell::text(book.say(word(confidence))),
            Cell::Euro(euro),
            Expression::Ratio(at(row), at(last)).into(),
        ];
        table.row(cells);
    }
    total(&mut table, book.say(words::TOTAL), &[1]);
    table
}

/// The rows of `amounts.csv`, zones together.
fn acts(book: &Book<'_>) -> Table {
    let mut columns: Vec<_> = book.fund_columns().into();
    columns.extend([
        book.column("year", words::YEAR, Kind::Year),
        book.column("act", words::ACT, Kind::Law),
        book.column("kind", words::KIND, Kind::Text),
        book.column("euro", words::EURO, Kind::Euro),
        book.column("source", words::SOURCE, Kind::Text),
    ]);
    let mut table = Table::new("acts", book.say(words::ACTS), columns);
    table.notes.push(book.say(words::ACTS_NOTE));
    let mut sums: BTreeMap<_, (i128, &str)> = BTreeMap::new();
    for amount in &book.model.amounts {
        let key = (
            book.rank(amount.fund),
            amount.fund,
            amount.year,
            amount.act.as_str(),
            amount.confidence,
        );
        let sum = sums.entry(key).or_insert((0, &amount.source));
        sum.0 += cents(amount.euro);
    }
    for ((_, fund, year, act, confidence), (euro, source)) in sums {
        let cells = book.fund(fund).into_iter().chain([
            Cell::Year(year),
            Cell::law(act, None),
            Cell::text(book.say(word(confidence))),
            Cell::Euro(euro),
            Cell::text(source),
        ]);
        table.row(cells);
    }
    total(&mut table, book.say(words::TOTAL), &[5]);
    table
}

fn assumptions(book: &Book<'_>) -> Option<Table> {
    if book.model.assumptions.is_empty() {
        return None;
    }
    let columns = vec![
        book.column("assumption", words::ASSUMPTION, Kind::Text),
        book.column("value", words::ASSUMED, Kind::Text),
        book.column("method", words::METHOD, Kind::Text),
        book.column("range", words::RANGE, Kind::Text),
        book.column("replace", words::REPLACE, Kind::Text),
    ];
    let mut table = Table::new("assumptions", book.say(words::ASSUMPTIONS), columns);
    for entry in &book.model.assumptions {
        let texts = [
            &entry.what,
            &entry.value,
            &entry.method,
            &entry.range,
            &entry.replace,
        ];
        table.row(texts.map(|text| Cell::text(text.clone())));
    }
    Some(table)
}
