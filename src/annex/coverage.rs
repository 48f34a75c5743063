//! Need and coverage of every zone, over the plan and year by year.

use std::collections::BTreeMap;

use super::book::{Book, cents};
use super::ledger::total;
use crate::model::ZoneIdx;
use crate::report::document::{Cell, Expression, Kind, Place, Section, Table, Topic};
use crate::report::words::annex as words;

/// Code of the table over the plan.
pub(super) const ZONES: &str = "zones";
/// Code of the table year by year, whose figures stand one column further.
pub(super) const YEARS: &str = "zone_years";
/// Positions of its columns.
pub(super) const NEED: usize = 2;
pub(super) const COVERED: usize = 3;
pub(super) const UNCOVERED: usize = 4;
pub(super) const RECEIVED: usize = 6;

/// Need, covered, received, in cents.
type Figures = (i128, i128, i128);

pub(super) fn section(book: &Book<'_>) -> Section {
    let mut over: BTreeMap<ZoneIdx, Figures> = BTreeMap::new();
    for line in &book.source.zones {
        let sum = over.entry(line.zone).or_default();
        sum.0 += cents(line.need);
        sum.1 += cents(line.covered);
        sum.2 += cents(line.euro);
    }
    let mut plan = table(book, ZONES, words::OVER_PLAN, false);
    for (zone, figures) in over {
        let row = plan.rows.len();
        plan.row(
            book.zone(zone)
                .into_iter()
                .chain(figure_cells(row, NEED, figures)),
        );
    }
    close(&mut plan, book, NEED);
    let mut years = table(book, YEARS, words::BY_YEAR, true);
    for line in &book.source.zones {
        let row = years.rows.len();
        let figures = (cents(line.need), cents(line.covered), cents(line.euro));
        let cells = book
            .zone(line.zone)
            .into_iter()
            .chain([Cell::Year(line.year)]);
        years.row(cells.chain(figure_cells(row, NEED + 1, figures)));
    }
    close(&mut years, book, NEED + 1);
    let tables = vec![plan, years];
    book.section(
        Topic::Coverage,
        words::S_COVERAGE,
        words::S_COVERAGE_TITLE,
        tables,
    )
}

fn table(book: &Book<'_>, id: &str, title: crate::report::words::Text, by_year: bool) -> Table {
    let mut columns: Vec<_> = book.zone_columns().into();
    if by_year {
        columns.push(book.column("year", words::YEAR, Kind::Year));
    }
    columns.extend([
        book.column("need", words::NEED, Kind::Euro),
        book.column("covered", words::COVERED, Kind::Euro),
        book.column("uncovered", words::UNCOVERED, Kind::Euro),
        book.column("coverage", words::COVERAGE, Kind::Share),
        book.column_of(
            "received",
            words::RECEIVED,
            Kind::Euro,
            words::RECEIVED_MEANING,
        ),
    ]);
    Table::new(id, book.say(title), columns)
}

/// Need, covered, uncovered, coverage, received, from the column of the need on.
fn figure_cells(row: usize, need: usize, figures: Figures) -> [Cell; 5] {
    let at = |column| Box::new(Expression::Cell(Place::here(row, column)));
    [
        Cell::Euro(figures.0),
        Cell::Euro(figures.1),
        Expression::Less(at(need), at(need + 1)).into(),
        Expression::Ratio(at(need + 1), at(need)).into(),
        Cell::Euro(figures.2),
    ]
}

fn close(table: &mut Table, book: &Book<'_>, need: usize) {
    let last = table.rows.len();
    total(
        table,
        book.say(words::TOTAL),
        &[need, need + 1, need + 2, need + 4],
    );
    let at = |column| Box::new(Expression::Cell(Place::here(last, column)));
    if let Some(cell) = table
        .rows
        .last_mut()
        .and_then(|row| row.cells.get_mut(need + 3))
    {
        *cell = Expression::Ratio(at(need + 1), at(need)).into();
    }
}
