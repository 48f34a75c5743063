//! What each zone gets of each fund: a row a zone, a column a fund. Year by year what is planned, over the plan what is assigned, what
//! the formula would give, and how far the plan is from it.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::total;
use super::riparto::{Places, RIPARTO, Riparto};
use crate::model::{FundIdx, ZoneIdx};
use crate::report::document::{Area, Cell, Column, Expression, Kind, Place, Table};
use crate::report::words::annex as words;
use crate::units::Year;

/// Codes of the tables over the plan; a table of one year is `riparto_planned:2026`.
pub(super) const ASSIGNED: &str = "riparto_zones";
pub(super) const PLANNED: &str = "riparto_planned";
const FORMULA: &str = "riparto_formula";
const OFF_FORMULA: &str = "riparto_off_formula";

/// Columns before those of the funds: code and name of the zone.
pub(super) const BEFORE: usize = 2;

/// Which rows of the riparto a table sums, and which of their columns.
struct Shares<'r> {
    riparto: &'r Riparto<'r>,
    /// Rows by fund and by zone; all zones together have none.
    rows: BTreeMap<(FundIdx, Option<ZoneIdx>), Vec<usize>>,
}

/// What is planned, year by year and in all, and what is assigned.
pub(super) fn shares(riparto: &Riparto<'_>, places: &Places) -> Vec<Table> {
    let book = riparto.book;
    let assigned = riparto.assigned_column();
    let mut tables = Vec::new();
    let mut tell = |id: String, title: String, column: usize, shares: Shares<'_>| {
        if !shares.rows.is_empty() {
            tables.push(shares.table(id, title, column));
        }
    };
    let planned = Shares::of(riparto, places, |_, zone, _| zone.is_some());
    tell(
        PLANNED.to_owned(),
        book.say(words::SHARES_PLANNED),
        assigned + 1,
        planned,
    );
    let of_acts = Shares::of(riparto, places, |fund, zone, year| {
        riparto.is_assigned(fund, zone, year)
    });
    tell(
        ASSIGNED.to_owned(),
        book.say(words::SHARES_ASSIGNED),
        assigned,
        of_acts,
    );
    if book.model.years.len() > 1 {
        for year in &book.model.years {
            let title = book.fill(words::SHARES_PLANNED_OF, &[("year", &year.to_string())]);
            let of_year = Shares::of(riparto, places, |_, zone, of| zone.is_some() && of == *year);
            tell(format!("{PLANNED}:{year}"), title, assigned + 1, of_year);
        }
    }
    // What each zone gets of each fund in each year is printed in its own sheet.
    for table in tables.iter_mut().filter(|table| table.id.contains(':')) {
        table.on_paper = false;
    }
    tables
}

/// What the formulas would give, and how far what is planned is from it; nothing where no fund has one.
pub(super) fn formula(riparto: &Riparto<'_>, places: &Places) -> Vec<Table> {
    let book = riparto.book;
    let assigned = riparto.assigned_column();
    let of_formula = Shares::of(riparto, places, |fund, zone, year| {
        let formula = riparto.formula(fund, year).zip(zone);
        formula.is_some_and(|(formula, zone)| formula.position(zone).is_some())
    });
    if of_formula.rows.is_empty() {
        return Vec::new();
    }
    let told = [
        (FORMULA, words::SHARES_FORMULA, assigned - 1),
        (OFF_FORMULA, words::SHARES_OFF_FORMULA, assigned + 2),
    ];
    told.map(|(id, title, column)| of_formula.table(id.to_owned(), book.say(title), column))
        .into()
}

impl<'r> Shares<'r> {
    /// Of the rows of the riparto those that are told.
    fn of(
        riparto: &'r Riparto<'r>,
        places: &Places,
        is_told: impl Fn(FundIdx, Option<ZoneIdx>, Year) -> bool,
    ) -> Self {
        let mut rows: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for ((fund, zone, year), row) in places {
            if is_told(*fund, *zone, *year) {
                rows.entry((*fund, *zone)).or_default().push(*row);
            }
        }
        Self { riparto, rows }
    }

    /// One column of the riparto, by zone and fund.
    fn table(&self, id: String, title: String, column: usize) -> Table {
        let book = self.riparto.book;
        let told: BTreeSet<FundIdx> = self.rows.keys().map(|(fund, _)| *fund).collect();
        let order = book.source.order.iter().copied();
        let funds: Vec<FundIdx> = order.filter(|fund| told.contains(fund)).collect();
        let mut columns: Vec<Column> = book.zone_columns().into();
        columns.extend(funds.iter().map(|of| {
            let fund = book.model.fund(*of);
            let column = Column::new(format!("fund:{}", fund.id), &*fund.name, Kind::Euro);
            column.meaning(self.riparto.acts.of_fund(book, *of))
        }));
        columns.push(book.column("total", words::ALL_FUNDS, Kind::Euro));
        let mut table = Table::new(id, title, columns);
        // All zones together stand last.
        let zones: BTreeSet<(bool, Option<ZoneIdx>)> = self
            .rows
            .keys()
            .map(|(_, zone)| (zone.is_none(), *zone))
            .collect();
        let last = BEFORE + funds.len();
        for (_, zone) in zones {
            let row = table.rows.len();
            let mut cells: Vec<Cell> = match zone {
                Some(zone) => book.zone(zone).into(),
                None => vec![Cell::Empty, Cell::text(book.say(words::ZONES_TOGETHER))],
            };
            for fund in &funds {
                cells.push(match self.rows.get(&(*fund, zone)) {
                    Some(rows) => sum(rows, column),
                    None => Cell::Empty,
                });
            }
            cells.push(match last.checked_sub(1) {
                Some(last) if last >= BEFORE => {
                    Expression::Sum(Area::across(row, BEFORE, last)).into()
                }
                _ => Cell::Euro(0),
            });
            table.row(cells);
        }
        let sums: Vec<usize> = (BEFORE..=last).collect();
        total(&mut table, book.say(words::ALL_ZONES), &sums);
        table
    }
}

/// The sum of some cells of a column of the riparto.
fn sum(rows: &[usize], column: usize) -> Cell {
    let cell = |row: &usize| Expression::Cell(Place::of(RIPARTO, *row, column));
    match rows {
        [row] => cell(row).into(),
        rows => Expression::Plus(rows.iter().map(cell).collect()).into(),
    }
}
