//! The checks in short: what is checked, how many checks there are, how many do not hold, and which.

use super::{CHECKS, DIFFERENCE};
use crate::annex::book::Book;
use crate::annex::ledger::total;
use crate::model::Language;
use crate::report::document::{Area, Cell, Expression, Kind, Role, Table};
use crate::report::words::{Text, annex as words};

/// A row for each kind of checks; each begins at a row of the list, which ends before `end`.
pub(super) fn table(book: &Book<'_>, groups: &[(Text, usize)], end: usize) -> Table {
    let columns = vec![
        book.column("what", words::CHECKED, Kind::Text),
        book.column("checks", words::CHECKS_COUNT, Kind::Count),
        book.column("failed", words::CHECKS_FAILED, Kind::Count),
    ];
    let mut table = Table::new("checks_short", book.say(words::CHECKS_SHORT), columns);
    table.notes.push(book.say(words::CHECKS_PAPER_NOTE));
    let ends = groups.iter().skip(1).map(|(_, first)| *first).chain([end]);
    for ((what, first), end) in groups.iter().zip(ends) {
        // Nothing is compared where no other plan is given.
        let Some(last) = end.checked_sub(1).filter(|last| last >= first) else {
            continue;
        };
        let differences = Area::of(CHECKS, *first, last, DIFFERENCE);
        table.row([
            Cell::text(book.say(*what)),
            Cell::Count(i128::try_from(end - first).unwrap_or(i128::MAX)),
            Expression::CountOff(differences).into(),
        ]);
    }
    total(&mut table, book.say(words::TOTAL), &[1, 2]);
    table
}

/// The checks that do not hold, as they came out; none where all do.
pub(super) fn failed(checks: &Table, language: Language) -> Option<Table> {
    let mut table = Table::new(
        "checks_failed",
        words::CHECKS_THAT_FAIL.say(language),
        checks.columns.clone(),
    );
    for row in checks.rows.iter().filter(|row| row.role == Role::Failed) {
        let cells = row.cells.iter().map(|cell| match cell.value() {
            Some(value) => value.cents().map_or(Cell::Empty, Cell::Euro),
            None => cell.clone(),
        });
        table.row_as(Role::Failed, cells);
    }
    (!table.rows.is_empty()).then_some(table)
}
