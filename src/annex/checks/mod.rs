//! Controls: every total computed anew from other cells, and the difference, which must be nothing.

mod riparto;
mod short;

use std::collections::BTreeSet;

use super::book::Book;
use super::coverage::{COVERED, NEED, RECEIVED, UNCOVERED, YEARS, ZONES};
use super::ledger::{self, EURO, LEDGER};
use super::map::{self, BEFORE, LEPS, MAP};
use super::riparto::ZONE_ASSIGNED;
use super::spending::{self, ASSIGNED, LOST, SPENDING, USED};
use super::summary::{LEVELS, TOTALS};
use super::zone::{self, plan_id, plan_total};
use crate::model::ZoneIdx;
use crate::report::document::{
    Area, Cell, Document, Expression, Kind, Place, Role, Section, Table, Topic, Value,
};
use crate::report::words::{Text, annex as words};
use crate::units::{Exact, parse_exact};

/// Code of the table.
pub(super) const CHECKS: &str = "checks";
/// Positions of its columns: what, key, sum, must equal, difference.
const KEY: usize = 1;
const SUM: usize = 2;
const MUST: usize = 3;
pub(super) const DIFFERENCE: usize = 4;

/// The checks being written.
struct Checks<'b> {
    book: &'b Book<'b>,
    sections: Vec<&'b Section>,
    table: Table,
    /// What is checked, and the row its checks begin with.
    groups: Vec<(Text, usize)>,
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
        let mut table = Table::new(CHECKS, book.say(words::CHECKS_LIST), columns).on_screen();
        table.notes.push(book.say(words::CHECKS_NOTE));
        Self {
            book,
            sections,
            table,
            groups: Vec::new(),
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

    /// The sum of a column above its totals.
    fn sum(&self, id: &str, column: usize) -> Expression {
        Expression::Sum(self.body(id, column))
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

    /// The checks that follow are of one kind.
    fn begin(&mut self, group: Text) {
        self.groups.push((group, self.table.rows.len()));
    }

    fn finish(self) -> Section {
        let in_short = short::table(self.book, &self.groups, self.table.rows.len());
        self.book.section(
            Topic::Checks,
            words::S_CHECKS,
            words::S_CHECKS_TITLE,
            vec![in_short, self.table],
        )
    }
}

/// Whole cents of an amount in `summary.json`.
fn said(text: Option<&String>) -> Cell {
    let euro = text.and_then(|text| parse_exact(text));
    let cents = euro.map(|euro| (euro * Exact::from_integer(100)).to_integer());
    cents.map_or(Cell::Empty, Cell::Euro)
}

pub(super) fn section<'b>(
    book: &'b Book<'b>,
    sections: impl Iterator<Item = &'b Section>,
) -> Section {
    let mut checks = Checks::new(book, sections.collect());
    for (group, add) in GROUPS {
        checks.begin(*group);
        add(&mut checks);
    }
    checks.finish()
}

/// What is checked, in order.
const GROUPS: &[(Text, fn(&mut Checks<'_>))] = &[
    (words::CG_WHOLE, whole),
    (words::CG_SHORT, in_short),
    (words::CG_FUNDS, funds),
    (words::CG_ACTIONS, actions),
    (words::CG_ZONES, zones),
    (words::CG_RIPARTO, riparto::riparto),
    (words::CG_COMPARED, compared),
    (words::CG_SHEETS, sheets),
];

/// The checks of a document of one zone.
pub(super) fn of_zone<'b>(book: &'b Book<'b>, zone: ZoneIdx, sections: &'b [Section]) -> Section {
    let mut checks = Checks::new(book, sections.iter().collect());
    checks.begin(words::CG_ZONES);
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
    zone_funds(&mut checks, &own.id, &own.name);
    checks.begin(words::CG_SHEETS);
    sheets(&mut checks);
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
    let left = Expression::Cell(Place::of(TOTALS, 2, 1));
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
    let totals = [
        (words::C_LEVELS_ASSIGNED, SPENDING, ASSIGNED, LEVELS, 1),
        (words::C_LEVELS, SPENDING, USED, LEVELS, 2),
        (words::C_CONFIDENCE, SPENDING, ASSIGNED, "confidence", 1),
        (words::C_REASONS, ZONES, UNCOVERED, "unmet", 2),
        (words::C_ZONES_RECEIVED, LEDGER, EURO, ZONES, RECEIVED),
        (words::C_YEARS_NEED, ZONES, NEED, YEARS, NEED + 1),
        (words::C_YEARS_COVERED, ZONES, COVERED, YEARS, COVERED + 1),
        (words::C_YEARS_RECEIVED, LEDGER, EURO, YEARS, RECEIVED + 1),
    ];
    for (text, from, column, id, total) in totals {
        if checks.table_of(id).is_some() {
            let (sum, must) = (checks.sum(from, column), checks.total(id, total));
            checks.add(book.say(text), Cell::Empty, sum, must);
        }
    }
    for &year in &book.model.years {
        let what = checks.named(words::C_YEAR, &year.to_string());
        let sum = checks.ledger_where(ledger::YEAR);
        let must = checks.sum_where(SPENDING, USED, spending::YEAR);
        checks.add(what, Cell::Year(year), sum, must);
    }
}

/// The figures of the table "in short", from the sheets.
fn in_short(checks: &mut Checks<'_>) {
    let book = checks.book;
    let last_fund = BEFORE + map::funds(book).len();
    let (need, open) = (last_fund + 1, last_fund + 3);
    let less = |from, less| Expression::Less(Box::new(from), Box::new(less));
    let covered = |checks: &Checks<'_>| less(checks.sum(MAP, need), checks.sum(MAP, open));
    let gone = Expression::Plus(vec![checks.sum(SPENDING, USED), checks.sum(SPENDING, LOST)]);
    let of_leps = |checks: &Checks<'_>, row: usize, column| Expression::SumWhere {
        sum: checks.body(MAP, column),
        equal: vec![(checks.body(MAP, LEPS), Place::here(row, KEY))],
    };
    let row = checks.table.rows.len();
    let leps = |checks: &Checks<'_>| {
        less(
            of_leps(checks, row + 8, need),
            of_leps(checks, row + 8, open),
        )
    };
    let items = [
        (words::ASSIGNED, checks.sum(SPENDING, ASSIGNED)),
        (words::USED, checks.sum(LEDGER, EURO)),
        (words::LEFT, less(checks.sum(SPENDING, ASSIGNED), gone)),
        (words::LOST, checks.sum(SPENDING, LOST)),
        (words::NEED, checks.sum(MAP, need)),
        (words::COVERED, covered(checks)),
        (words::UNCOVERED, checks.sum(MAP, open)),
        (words::LEPS_NEED, of_leps(checks, row + 7, need)),
        (words::LEPS_COVERED, leps(checks)),
        (
            words::TO_UNLIMITED,
            less(checks.sum(LEDGER, EURO), covered(checks)),
        ),
    ];
    for (at, (item, sum)) in items.into_iter().enumerate() {
        let what = checks.named(words::C_SHORT, &book.say(item));
        let key = match at {
            7 | 8 => book.yes_no(true),
            _ => Cell::Empty,
        };
        let must = Expression::Cell(Place::of(TOTALS, at, 1));
        checks.add(what, key, sum, must);
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
        let id = zone::needs_id(&zone.id);
        if checks.table_of(&id).is_some() {
            for (text, own, column) in [
                (words::C_ZONE_NEED, NEED, zone::NEED),
                (words::C_ZONE_OPEN, UNCOVERED, zone::UNCOVERED),
            ] {
                let what = checks.named(text, &zone.name);
                let sum = Expression::Cell(Place::of(ZONES, row, own));
                let must = checks.total(&id, column);
                checks.add(what, key(), sum, must);
            }
        }
        zone_funds(checks, &zone.id, &zone.name);
    }
}

/// What a zone gets of each fund and year, in its sheet.
fn zone_funds(checks: &mut Checks<'_>, zone: &str, name: &str) {
    let id = zone::funds_id(zone);
    if checks.table_of(&id).is_some() {
        let what = checks.named(words::C_ZONE_FUNDS, name);
        let sum = checks.ledger_where(ledger::ZONE);
        let must = checks.total(&id, ZONE_ASSIGNED + 1);
        checks.add(what, Cell::Code(zone.to_owned()), sum, must);
    }
}

/// What this plan gives, where it stands beside another.
fn compared(checks: &mut Checks<'_>) {
    let tables = checks.sections.iter().flat_map(|section| &section.tables);
    let beside: Vec<(String, String, usize)> = tables
        .filter(|table| table.id.starts_with("compare:") && !table.id.ends_with(":totals"))
        .filter_map(|table| {
            let column = table.column("now")?;
            Some((table.id.clone(), table.title.clone(), column))
        })
        .collect();
    for (id, title, column) in beside {
        let what = checks.named(words::C_COMPARED, &title);
        let (sum, must) = (checks.sum(LEDGER, EURO), checks.total(&id, column));
        checks.add(what, Cell::Empty, sum, must);
    }
}

/// The totals of every sheet against the rows above them. Where rows have subtotals among them they count twice.
fn sheets(checks: &mut Checks<'_>) {
    let sections = checks.sections.clone();
    for section in sections {
        let (mut rows, mut totals) = (Vec::new(), Vec::new());
        for table in &section.tables {
            let Some((last, row)) = table
                .rows
                .iter()
                .enumerate()
                .next_back()
                .filter(|(last, row)| *last > 0 && row.role == Role::Total)
            else {
                continue;
            };
            let is_sum = |cell: &Cell| match cell {
                Cell::Formula(formula) => {
                    matches!(formula.expression, Expression::Sum(_) | Expression::Plus(_))
                }
                _ => false,
            };
            let has_subtotals = table.rows.iter().any(|row| row.role == Role::Subtotal);
            for (column, _) in row.cells.iter().enumerate().filter(|(column, cell)| {
                let kind = table.columns.get(*column).map(|column| column.kind);
                kind == Some(Kind::Euro) && is_sum(cell)
            }) {
                rows.push(Expression::Sum(Area::of(&table.id, 0, last - 1, column)));
                let total = || Expression::Cell(Place::of(&table.id, last, column));
                totals.push(total());
                if has_subtotals {
                    totals.push(total());
                }
            }
        }
        if !rows.is_empty() {
            let what = checks.named(words::C_SHEET, &section.name);
            checks.add(
                what,
                Cell::Empty,
                Expression::Plus(rows),
                Expression::Plus(totals),
            );
        }
    }
}

/// Says of each check whether it holds, and lists those that do not before the others.
pub(super) fn judge(document: &mut Document) {
    let sections = document.sections.iter_mut();
    for section in sections.filter(|section| section.topic == Topic::Checks) {
        let mut failed = None;
        for table in section.tables.iter_mut().filter(|table| table.id == CHECKS) {
            for row in &mut table.rows {
                let difference = row.cells.get(DIFFERENCE).and_then(Cell::value);
                if difference.map(Value::exact) != Some(Exact::from_integer(0)) {
                    row.role = Role::Failed;
                }
            }
            failed = short::failed(table, document.language);
        }
        if let Some(failed) = failed {
            section.tables.insert(1, failed);
        }
    }
}
