//! Controls: every total computed anew from other cells, and the difference, which must be nothing.

use std::collections::BTreeSet;

use super::book::Book;
use super::coverage::{RECEIVED, UNCOVERED, ZONES};
use super::ledger::{self, EURO, LEDGER};
use super::map::{self, BEFORE, MAP};
use super::riparto::{RIPARTO, Riparto};
use super::spending::{self, ASSIGNED, LOST, SPENDING, USED};
use super::zone::{plan_id, plan_total};
use crate::model::ZoneIdx;
use crate::report::document::{
    Area, Cell, Document, Expression, Kind, Place, Role, Section, Table, Topic, Value,
};
use crate::report::words::{Text, annex as words};
use crate::units::{Exact, parse_exact};

/// Code of the table.
const CHECKS: &str = "checks";
/// Positions of its columns: what, key, sum, must equal, difference.
const KEY: usize = 1;
const SUM: usize = 2;
const MUST: usize = 3;
const DIFFERENCE: usize = 4;

/// The checks being written.
struct Checks<'b> {
    book: &'b Book<'b>,
    sections: Vec<&'b Section>,
    table: Table,
}

impl<'b> Checks<'b> {
    fn new(book: &'b Book<'b>, sections: Vec<&'b Section>) -> Self {
        let columns = vec![
            book.column("check", words::CHECK, Kind::Text),
            book.column("key", words::ITEM, Kind::Code),
            book.column("sum", words::SUM, Kind::Euro),
            book.column("must_equal", words::MUST_EQUAL, Kind::Euro),
            book.column("difference", words::DIFFERENCE, Kind::Euro),
        ];
        let mut table = Table::new(CHECKS, book.say(words::S_CHECKS_TITLE), columns);
        table.notes.push(book.say(words::CHECKS_NOTE));
        Self {
            book,
            sections,
            table,
        }
    }

    fn table_of(&self, id: &str) -> Option<&Table> {
        let tables = self.sections.iter().flat_map(|section| &section.tables);
        tables.into_iter().find(|table| table.id == id)
    }

    /// The last row of a table: its totals.
    fn last(&self, id: &str) -> usize {
        self.table_of(id)
            .map_or(0, |table| table.rows.len().saturating_sub(1))
    }

    /// The rows of a column above its totals.
    fn body(&self, id: &str, column: usize) -> Area {
        Area::of(id, 0, self.last(id).saturating_sub(1), column)
    }

    fn total(&self, id: &str, column: usize) -> Expression {
        Expression::Cell(Place::of(id, self.last(id), column))
    }

    /// The rows of the ledger with the key of this row.
    fn ledger_where(&self, column: usize) -> Expression {
        self.sum_where(LEDGER, EURO, column)
    }

    fn sum_where(&self, id: &str, sum: usize, column: usize) -> Expression {
        Expression::SumWhere {
            sum: self.body(id, sum),
            equal: vec![(
                self.body(id, column),
                Place::here(self.table.rows.len(), KEY),
            )],
        }
    }

    fn add(&mut self, what: String, key: Cell, sum: impl Into<Cell>, must: impl Into<Cell>) {
        let row = self.table.rows.len();
        let at = |column| Box::new(Expression::Cell(Place::here(row, column)));
        let difference = Expression::Less(at(SUM), at(MUST));
        self.table.row_as(
            Role::Passed,
            [
                Cell::text(what),
                key,
                sum.into(),
                must.into(),
                difference.into(),
            ],
        );
    }

    fn named(&self, text: Text, what: &str) -> String {
        self.book.fill(text, &[("what", what)])
    }

    fn finish(self) -> Section {
        let Self { book, table, .. } = self;
        book.section(
            Topic::Checks,
            words::S_CHECKS,
            words::S_CHECKS_TITLE,
            vec![table],
        )
    }
}

/// Whole cents of an amount in `summary.json`.
fn said(text: Option<&String>) -> Cell {
    let euro = text.and_then(|text| parse_exact(text));
    let cents = euro.map(|euro| (euro * Exact::from_integer(100)).to_integer());
    cents.map_or(Cell::Empty, Cell::Euro)
}

pub(super) fn section(book: &Book<'_>, sections: &[Section]) -> Section {
    let mut checks = Checks::new(book, sections.iter().collect());
    whole(&mut checks);
    funds(&mut checks);
    actions(&mut checks);
    zones(&mut checks);
    riparto(&mut checks);
    checks.finish()
}

/// The checks of a document of one zone.
pub(super) fn of_zone(book: &Book<'_>, zone: ZoneIdx, sections: &[Section]) -> Section {
    let mut checks = Checks::new(book, sections.iter().collect());
    let own = book.model.zone(zone);
    let id = plan_id(&own.id);
    let must = checks.total(&id, plan_total(book));
    let (what, sum) = (
        checks.named(words::C_ZONE_SHEET, &own.name),
        checks.ledger_where(ledger::ZONE),
    );
    checks.add(what, Cell::Code(own.id.clone()), sum, must);
    for &year in &book.model.years {
        let position = book
            .model
            .years
            .iter()
            .position(|of| *of == year)
            .unwrap_or(0);
        let column = plan_total(book) - book.model.years.len() + position;
        let must = checks.total(&id, column);
        let what = checks.named(words::C_YEAR, &year.to_string());
        let sum = checks.ledger_where(ledger::YEAR);
        checks.add(what, Cell::Year(year), sum, must);
    }
    checks.finish()
}

fn whole(checks: &mut Checks<'_>) {
    let book = checks.book;
    let totals = book.source.summary.totals.as_ref();
    let sum = Expression::Sum(checks.body(LEDGER, EURO));
    let must = said(totals.map(|totals| &totals.used));
    checks.add(book.say(words::C_LEDGER), Cell::Empty, sum, must);
    let sum = Expression::Sum(checks.body(SPENDING, ASSIGNED));
    let must = said(totals.map(|totals| &totals.assigned));
    checks.add(book.say(words::C_ASSIGNED), Cell::Empty, sum, must);
    // What is left stands in the last year of each fund: the total of the table "in short".
    let left = Expression::Cell(Place::of("totals", 2, 1));
    let must = Expression::Plus(vec![
        checks.total(SPENDING, USED),
        left,
        checks.total(SPENDING, LOST),
    ]);
    let sum = checks.total(SPENDING, ASSIGNED);
    checks.add(book.say(words::C_CLOSES), Cell::Empty, sum, must);
    let n_funds = map::funds(book).len();
    if n_funds > 0 {
        let last = checks.last(MAP);
        let across = Area {
            table: Some(MAP.to_owned()),
            top: last,
            bottom: last,
            left: BEFORE,
            right: BEFORE + n_funds - 1,
        };
        let must = checks.total(MAP, BEFORE + n_funds);
        checks.add(
            book.say(words::C_MAP),
            Cell::Empty,
            Expression::Sum(across),
            must,
        );
    }
    let sum = checks.total(ZONES, UNCOVERED);
    let must = checks.total(MAP, BEFORE + n_funds + 3);
    checks.add(book.say(words::C_UNMET), Cell::Empty, sum, must);
    for &year in &book.model.years {
        let what = checks.named(words::C_YEAR, &year.to_string());
        let sum = checks.ledger_where(ledger::YEAR);
        let must = checks.sum_where(SPENDING, USED, spending::YEAR);
        checks.add(what, Cell::Year(year), sum, must);
    }
}

fn funds(checks: &mut Checks<'_>) {
    let book = checks.book;
    for (position, fund) in map::funds(book).into_iter().enumerate() {
        let fund = book.model.fund(fund);
        let key = || Cell::Code(fund.id.clone());
        let what = checks.named(words::C_FUND, &fund.name);
        let sum = checks.ledger_where(ledger::FUND);
        let must = checks.sum_where(SPENDING, USED, spending::FUND);
        checks.add(what, key(), sum, must);
        let what = checks.named(words::C_FUND_MAP, &fund.name);
        let sum = checks.ledger_where(ledger::FUND);
        let must = checks.total(MAP, BEFORE + position);
        checks.add(what, key(), sum, must);
    }
}

fn actions(checks: &mut Checks<'_>) {
    let book = checks.book;
    let total = BEFORE + map::funds(book).len();
    for (row, action) in book.model.actions.iter().enumerate() {
        let what = checks.named(words::C_ACTION, &action.name);
        let sum = checks.ledger_where(ledger::ACTION);
        let must = Expression::Cell(Place::of(MAP, row, total));
        checks.add(what, Cell::Code(action.id.clone()), sum, must);
    }
}

fn zones(checks: &mut Checks<'_>) {
    let book = checks.book;
    let told: BTreeSet<ZoneIdx> = book.source.zones.iter().map(|line| line.zone).collect();
    for (row, zone) in told.into_iter().enumerate() {
        let zone = book.model.zone(zone);
        let key = || Cell::Code(zone.id.clone());
        let what = checks.named(words::C_ZONE, &zone.name);
        let sum = checks.ledger_where(ledger::ZONE);
        let must = Expression::Cell(Place::of(ZONES, row, RECEIVED));
        checks.add(what, key(), sum, must);
        let id = plan_id(&zone.id);
        if checks.table_of(&id).is_some() {
            let what = checks.named(words::C_ZONE_SHEET, &zone.name);
            let sum = checks.ledger_where(ledger::ZONE);
            let must = checks.total(&id, plan_total(book));
            checks.add(what, key(), sum, must);
        }
    }
}

/// Fund-years that belong to the zones: their rows come to the amount of the fund.
fn riparto(checks: &mut Checks<'_>) {
    let book = checks.book;
    let riparto = Riparto::new(book);
    let amount = riparto.amount_column();
    let mut row = 0;
    for (position, (fund, year)) in riparto.fund_years().into_iter().enumerate() {
        let Some(zones) = riparto.zones(fund, year) else {
            continue;
        };
        let (top, last) = (row, row + zones.len() - 1);
        row += zones.len() + 1;
        if !riparto.is_by_zone(fund, year) {
            continue;
        }
        let fund = book.model.fund(fund);
        let what = checks.named(words::C_RIPARTO, &format!("{} {year}", fund.name));
        let sum = Expression::Sum(Area::of(RIPARTO, top, last, amount));
        let must = Expression::Cell(Place::of(SPENDING, position, ASSIGNED));
        checks.add(what, Cell::Code(fund.id.clone()), sum, must);
    }
}

/// Says of each check whether it holds.
pub(super) fn judge(document: &mut Document) {
    let tables = document.sections.iter_mut().flat_map(|s| &mut s.tables);
    for table in tables.filter(|table| table.id == CHECKS) {
        for row in &mut table.rows {
            let difference = row.cells.get(DIFFERENCE).and_then(Cell::value);
            if difference.map(Value::exact) != Some(Exact::from_integer(0)) {
                row.role = Role::Failed;
            }
        }
    }
}
