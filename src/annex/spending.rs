//! Money of each fund and year: what there is, what is planned, what moves on, what is lost, and by when it has to be spent.

use super::book::{Book, euro};
use super::ledger::total;
use crate::report::document::{Cell, Expression, Kind, Place, Section, Table, Topic};
use crate::report::words::annex as words;

/// Code of the table.
pub(super) const SPENDING: &str = "spending";
/// Positions of its columns.
pub(super) const FUND: usize = 0;
pub(super) const YEAR: usize = 2;
pub(super) const ASSIGNED: usize = 4;
pub(super) const USED: usize = 6;
pub(super) const LOST: usize = 8;

pub(super) fn section(book: &Book<'_>) -> Section {
    let mut columns: Vec<_> = book.fund_columns().into();
    columns.extend([
        book.column("year", words::YEAR, Kind::Year),
        book.column("deadline", words::DEADLINE, Kind::Year),
        book.column("assigned", words::ASSIGNED, Kind::Euro),
        book.column("carried_in", words::CARRIED_IN, Kind::Euro),
        book.column("used", words::USED, Kind::Euro),
        book.column_of(
            "carried_out",
            words::CARRIED_OUT,
            Kind::Euro,
            words::CARRIED_OUT_MEANING,
        ),
        book.column("lost", words::LOST, Kind::Euro),
        book.column("estimate", words::ESTIMATE, Kind::Euro),
    ]);
    let mut table = Table::new(SPENDING, book.say(words::S_SPENDING_TITLE), columns);
    for line in &book.source.funds {
        let row = table.rows.len();
        let at = |column| Expression::Cell(Place::here(row, column));
        let deadline = book.model.fund(line.fund).deadline.last_year_for(line.year);
        let lost = Expression::Less(
            Box::new(Expression::Plus(vec![at(ASSIGNED), at(ASSIGNED + 1)])),
            Box::new(Expression::Plus(vec![at(USED), at(USED + 1)])),
        );
        let cells = book.fund(line.fund).into_iter().chain([
            Cell::Year(line.year),
            deadline.map_or_else(|| Cell::text(book.say(words::NO_DEADLINE)), Cell::Year),
            euro(line.assigned),
            euro(line.carried_in),
            euro(line.used),
            euro(line.carried_out),
            lost.into(),
            euro(line.estimate),
        ]);
        table.row(cells);
    }
    let sums = [ASSIGNED, USED, LOST, LOST + 1];
    total(&mut table, book.say(words::TOTAL), &sums);
    let mut tables = vec![table];
    tables.extend(claims(book));
    book.section(
        Topic::Spending,
        words::S_SPENDING,
        words::S_SPENDING_TITLE,
        tables,
    )
}

/// Commitments and when they have to be claimed.
fn claims(book: &Book<'_>) -> Option<Table> {
    if book.model.claims.is_empty() {
        return None;
    }
    let mut columns: Vec<_> = book.fund_columns().into();
    columns.extend([
        book.column("year", words::YEAR, Kind::Year),
        book.column("committed", words::COMMITTED, Kind::Euro),
        book.column("due_by", words::DUE_BY, Kind::Year),
        book.column("law", words::LAW, Kind::Law),
    ]);
    let mut table = Table::new("claims", book.say(words::CLAIMS), columns);
    let mut claims: Vec<_> = book.model.claims.iter().collect();
    claims.sort_by_key(|claim| book.rank(claim.fund));
    for claim in claims {
        for (year, committed) in &claim.commitments {
            let cells = book.fund(claim.fund).into_iter().chain([
                Cell::Year(*year),
                euro(*committed),
                Cell::Year(year.saturating_add(i32::from(claim.after))),
                Cell::law(claim.law.cite(), claim.law.url.clone()),
            ]);
            table.row(cells);
        }
    }
    total(&mut table, book.say(words::TOTAL), &[3]);
    Some(table)
}
