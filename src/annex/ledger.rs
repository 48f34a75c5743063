//! Every payment, a row each.

use super::book::{Book, blank, euro};
use crate::report::document::{Area, Cell, Expression, Kind, Role, Section, Table, Topic};
use crate::report::words::annex as words;

/// Code of the table.
pub(super) const LEDGER: &str = "ledger";
/// Positions of its columns.
pub(super) const FUND: usize = 0;
pub(super) const ACTION: usize = 2;
pub(super) const ZONE: usize = 4;
pub(super) const YEAR: usize = 6;
pub(super) const EURO: usize = 7;

pub(super) fn section(book: &Book<'_>) -> Section {
    let mut columns = Vec::new();
    columns.extend(book.fund_columns());
    columns.extend(book.action_columns());
    columns.extend(book.zone_columns());
    columns.push(book.column("year", words::YEAR, Kind::Year));
    columns.push(book.column("euro", words::EURO, Kind::Euro));
    let mut table = Table::new(LEDGER, book.say(words::S_LEDGER_TITLE), columns);
    if book.zone.is_none() {
        table = table.on_screen();
        table.notes.push(book.say(words::SCREEN_NOTE));
    }
    for line in book.ledger() {
        let cells = book
            .fund(line.fund)
            .into_iter()
            .chain(book.action(line.action))
            .chain(book.zone(line.zone))
            .chain([Cell::Year(line.year), euro(line.euro)]);
        table.row(cells);
    }
    total(&mut table, book.say(words::TOTAL), &[EURO]);
    book.section(
        Topic::Ledger,
        words::S_LEDGER,
        words::S_LEDGER_TITLE,
        vec![table],
    )
}

/// Adds the row that sums some columns over all rows above; the word stands where names do.
pub(super) fn total(table: &mut Table, word: String, columns: &[usize]) {
    let n = table.rows.len();
    let mut cells: Vec<Cell> = blank(table.columns.len()).collect();
    if let Some(cell) = cells.get_mut(table.label()) {
        *cell = Cell::Text(word);
    }
    for &column in columns {
        if let Some(cell) = cells.get_mut(column) {
            *cell = match n.checked_sub(1) {
                Some(last) => Expression::Sum(Area::here(0, last, column)).into(),
                None => Cell::Euro(0),
            };
        }
    }
    table.row_as(Role::Total, cells);
}
