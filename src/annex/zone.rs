//! The planning sheet of a zone: obligatory shares, planned amounts, margins, needs, its part of each fund, its indicators.

use std::collections::{BTreeMap, BTreeSet};

use super::MOST_ZONE_SECTIONS;
use super::book::{Book, blank, cents};
use super::ledger::total;
use super::riparto::{Riparto, ZONE_ASSIGNED};
use super::{rules, summary};
use crate::model::{ActionIdx, FundIdx, ZoneIdx};
use crate::proposal::UnmetReason;
use crate::report::document::{
    Area, Cell, Column, Expression, Kind, Place, Role, Section, Table, Topic,
};
use crate::report::words::annex as words;
use crate::units::{Exact, Year};

/// Longest name of a sheet, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// Columns of the plan before the figures: fund, name, action, name.
const NAMES: usize = 4;
/// Position of the names of actions.
const ACTION: usize = 3;

/// Code of the table of what is planned in a zone.
pub(super) fn plan_id(zone: &str) -> String {
    format!("zone:{zone}:plan")
}

/// Code of the table of a zone's needs.
pub(super) fn needs_id(zone: &str) -> String {
    format!("zone:{zone}:needs")
}

/// Positions of its columns.
pub(super) const NEED: usize = 5;
pub(super) const UNCOVERED: usize = 7;

/// Code of the table of a zone's part of each fund.
pub(super) fn funds_id(zone: &str) -> String {
    format!("zone:{zone}:funds")
}

/// Position of the totals of [`plan_id`]; the years stand before it.
pub(super) fn plan_total(book: &Book<'_>) -> usize {
    let before = usize::from(year_before(book).is_some());
    NAMES + before + book.model.years.len()
}

/// The year before the plan, where the model has something of it.
fn year_before(book: &Book<'_>) -> Option<Year> {
    let before = book.model.years.first()?.saturating_sub(1);
    let mut known = book.model.previous.keys();
    known.any(|(.., year)| *year == before).then_some(before)
}

/// A section for each zone; one for all where they are many.
pub(super) fn sections(book: &Book<'_>) -> Vec<Section> {
    let model = book.model;
    if model.zones.len() > MOST_ZONE_SECTIONS {
        return vec![all(book)];
    }
    let mut taken = reserved(book);
    let riparto = Riparto::new(book);
    model
        .zone_indices()
        .map(|zone| one(book, &riparto, zone, &mut taken))
        .collect()
}

/// The section of one zone, alone in its document.
pub(super) fn section(book: &Book<'_>, zone: ZoneIdx) -> Section {
    Section {
        name: book.say(words::S_ZONE),
        ..one(book, &Riparto::new(book), zone, &mut BTreeSet::new())
    }
}

/// Names of sheets that zones cannot have.
fn reserved(book: &Book<'_>) -> BTreeSet<String> {
    let names = [
        words::S_SUMMARY,
        words::S_RIPARTO,
        words::S_FORMULA,
        words::S_CALCULATION,
        words::S_MAP,
        words::S_COVERAGE,
        words::S_RULES,
        words::S_SPENDING,
        words::S_SCENARIOS,
        words::S_PRICES,
        words::S_ZONES,
        words::S_LEDGER,
        words::S_CHECKS,
        words::S_ESTIMATES,
        words::S_REPRODUCE,
    ];
    let names = names.map(|name| book.say(name).to_lowercase());
    // Excel keeps this one for itself.
    names.into_iter().chain(["history".to_owned()]).collect()
}

fn one(
    book: &Book<'_>,
    riparto: &Riparto<'_>,
    zone: ZoneIdx,
    taken: &mut BTreeSet<String>,
) -> Section {
    let own = book.model.zone(zone);
    let mut tables = vec![
        plan(book, zone),
        needs(book, zone),
        funds(book, riparto, zone),
        obligations(book, zone),
        indicators(book, zone),
    ];
    // A proposal prints what each zone gets; the workbook of a zone prints all of its sheet.
    if book.zone.is_none() {
        for table in tables.iter_mut().skip(1) {
            table.on_paper = false;
        }
        if let Some(first) = tables.first_mut() {
            first.notes.push(book.say(words::ZONE_PAPER_NOTE));
        }
    }
    Section {
        topic: Topic::Zone,
        zone: Some(own.id.clone()),
        name: sheet_name(&own.name, taken),
        title: book.fill(words::S_ZONE_TITLE, &[("zone", &own.name)]),
        notes: Vec::new(),
        tables: tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect(),
    }
}

/// A name that a workbook accepts for a sheet, not taken before.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let clean: String = name
        .chars()
        .map(|c| match c {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '-',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let clean = clean.trim().trim_matches('\'').trim();
    let clean = if clean.is_empty() { "–" } else { clean };
    for n in 1.. {
        let suffix = if n == 1 {
            String::new()
        } else {
            format!(" ({n})")
        };
        let room = LONGEST_NAME.saturating_sub(suffix.len());
        let mut length = 0;
        let kept: String = clean
            .chars()
            .take_while(|c| {
                length += c.len_utf16();
                length <= room
            })
            .collect();
        let candidate = format!("{}{suffix}", kept.trim_end().trim_end_matches('\''));
        if taken.insert(candidate.to_lowercase()) {
            return candidate;
        }
    }
    clean.to_owned()
}

fn obligations(book: &Book<'_>, zone: ZoneIdx) -> Table {
    let id = format!("zone:{}:rules", book.model.zone(zone).id);
    let form = rules::Form::of_zone(book);
    let mut table = form.table(book, id, book.say(words::ZONE_RULES));
    for case in book
        .source
        .rules
        .iter()
        .filter(|case| case.zone == Some(zone))
    {
        let cells = form.cells(book, table.rows.len(), case);
        table.row_as(rules::role(case), cells);
    }
    table
}

/// Cents of each year.
type Paid = BTreeMap<Year, i128>;

/// What is planned: a row for each fund and action, a column for each year, and the year before the plan.
fn plan(book: &Book<'_>, zone: ZoneIdx) -> Table {
    let id = plan_id(&book.model.zone(zone).id);
    let mut table = Table::new(id, book.say(words::ZONE_PLAN), plan_columns(book, false));
    let paid = paid(book, |of| of == zone);
    let mut subtotals: Vec<usize> = Vec::new();
    let mut rows = paid.iter().peekable();
    while let Some(((_, _, fund, _), _)) = rows.peek() {
        // The fund heads its actions.
        let head = table.rows.len();
        subtotals.push(head);
        table.row_as(Role::Subtotal, blank(table.columns.len()));
        while let Some(((.., action), years)) = rows.next_if(|((_, _, of, _), _)| of == fund) {
            let row = table.rows.len();
            table.row(plan_row(book, row, 0, (*fund, *action), years));
        }
        let last = table.rows.len() - 1;
        let name = &book.model.fund(*fund).name;
        let cells = sums(&table, name, NAMES..=plan_total(book), |column| {
            Expression::Sum(Area::here(head + 1, last, column))
        });
        if let Some(row) = table.rows.get_mut(head) {
            row.cells = cells;
        }
    }
    let total = book.say(words::TOTAL);
    let cells = sums(&table, &total, NAMES..=plan_total(book), |column| {
        let cell = |row: &usize| Expression::Cell(Place::here(*row, column));
        Expression::Plus(subtotals.iter().map(cell).collect())
    });
    table.row_as(Role::Total, cells);
    table
}

/// Payments of some zones, and what they had the year before, by zone, fund (in their order) and action.
fn paid(
    book: &Book<'_>,
    is_told: impl Fn(ZoneIdx) -> bool,
) -> BTreeMap<(ZoneIdx, usize, FundIdx, ActionIdx), Paid> {
    let before = year_before(book);
    let planned = book.source.ledger.iter();
    let planned = planned.map(|of| ((of.fund, of.action, of.zone, of.year), of.euro));
    let previous = book.model.previous.iter();
    let previous = previous.filter(|((.., year), _)| Some(*year) == before);
    let previous = previous.map(|(key, euro)| (*key, *euro));
    let mut paid: BTreeMap<_, Paid> = BTreeMap::new();
    for ((fund, action, zone, year), euro) in planned.chain(previous) {
        if is_told(zone) {
            let years = paid
                .entry((zone, book.rank(fund), fund, action))
                .or_default();
            *years.entry(year).or_default() += cents(euro);
        }
    }
    paid
}

/// The cells of a row of sums; its word stands where the actions are named.
fn sums(
    table: &Table,
    word: &str,
    columns: std::ops::RangeInclusive<usize>,
    sum: impl Fn(usize) -> Expression,
) -> Vec<Cell> {
    let cells = (0..table.columns.len()).map(|column| match column {
        ACTION => Cell::text(word),
        column if columns.contains(&column) => sum(column).into(),
        _ => Cell::Empty,
    });
    cells.collect()
}

fn plan_columns(book: &Book<'_>, with_zone: bool) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    if with_zone {
        columns.extend(book.zone_columns());
    }
    let [fund, fund_name] = book.fund_columns();
    let [action, action_name] = book.action_columns();
    if with_zone {
        columns.extend([fund, fund_name, action, action_name]);
    } else {
        // Each fund heads the rows of its actions.
        let title = book.say(words::FUND_AND_ACTION);
        let action_name = Column {
            title,
            ..action_name
        };
        columns.extend([fund, fund_name.aside(), action, action_name]);
    }
    if let Some(year) = year_before(book) {
        let title = book.fill(words::BEFORE_PLAN, &[("year", &year.to_string())]);
        let column = Column::new("before", title, Kind::Euro);
        columns.push(column.meaning(book.say(words::BEFORE_PLAN_MEANING)));
    }
    for year in &book.model.years {
        columns.push(Column::new(
            format!("year:{year}"),
            year.to_string(),
            Kind::Euro,
        ));
    }
    columns.push(book.column("total", words::TOTAL, Kind::Euro));
    let leps = book.column_of("leps", words::LEPS, Kind::Text, words::LEPS_MEANING);
    columns.extend([
        leps.aside(),
        book.column("law", words::LAW, Kind::Law).aside(),
    ]);
    columns
}

fn plan_row(
    book: &Book<'_>,
    row: usize,
    before: usize,
    (fund, action): (FundIdx, ActionIdx),
    years: &Paid,
) -> Vec<Cell> {
    let mut cells: Vec<Cell> = book.fund(fund).into();
    cells.extend(book.action(action));
    for year in year_before(book).iter().chain(&book.model.years) {
        cells.push(Cell::Euro(years.get(year).copied().unwrap_or(0)));
    }
    let last = before + plan_total(book);
    let first = last - book.model.years.len();
    cells.push(Expression::Sum(Area::across(row, first, last - 1)).into());
    cells.extend([book.leps(action), book.law(fund, action)]);
    cells
}

/// Need, covered and uncovered of each action, with the reasons.
fn needs(book: &Book<'_>, zone: ZoneIdx) -> Table {
    let mut columns: Vec<Column> = book.action_columns().into();
    columns.extend([
        book.column_of("leps", words::LEPS, Kind::Text, words::LEPS_MEANING),
        book.column("coverage", words::COVERAGE, Kind::Share),
        book.column("reason", words::REASON, Kind::Text),
        book.column("need", words::NEED, Kind::Euro),
        book.column("covered", words::COVERED, Kind::Euro),
        book.column("uncovered", words::UNCOVERED, Kind::Euro),
    ]);
    let id = needs_id(&book.model.zone(zone).id);
    let mut table = Table::new(id, book.say(words::ZONE_NEEDS), columns);
    let mut figures: BTreeMap<ActionIdx, (i128, bool)> = BTreeMap::new();
    for demand in book.model.demands.iter().filter(|d| d.zone == zone) {
        let entry = figures.entry(demand.action).or_default();
        match demand.euro {
            Some(euro) => entry.0 += cents(euro),
            None => entry.1 = true,
        }
    }
    let mut open: BTreeMap<ActionIdx, (i128, BTreeSet<UnmetReason>)> = BTreeMap::new();
    for line in book.source.unmet.iter().filter(|line| line.zone == zone) {
        let entry = open.entry(line.action).or_default();
        entry.0 += cents(line.euro);
        entry.1.insert(line.reason);
    }
    for (action, (need, unlimited)) in figures {
        let row = table.rows.len();
        let (uncovered, reasons) = open.remove(&action).unwrap_or_default();
        let reasons: Vec<String> = reasons
            .into_iter()
            .map(|reason| book.say(summary::reason(reason)))
            .collect();
        let at = |column| Box::new(Expression::Cell(Place::here(row, column)));
        let mut cells: Vec<Cell> = book.action(action).into();
        cells.push(book.leps(action));
        if unlimited && need == 0 {
            cells.extend(blank(2));
            cells.push(Cell::text(book.say(words::UNLIMITED)));
            cells.extend(blank(2));
        } else {
            cells.extend([
                Expression::Ratio(at(6), at(5)).into(),
                Cell::text(reasons.join("; ")),
                Cell::Euro(need),
                Expression::Less(at(5), at(7)).into(),
                Cell::Euro(uncovered),
            ]);
        }
        table.row(cells);
    }
    if table.rows.is_empty() {
        return table;
    }
    total(
        &mut table,
        book.say(words::TOTAL),
        &[NEED, NEED + 1, UNCOVERED],
    );
    let last = table.rows.len().saturating_sub(1);
    let at = |column| Box::new(Expression::Cell(Place::here(last, column)));
    if let Some(cell) = table.rows.last_mut().and_then(|row| row.cells.get_mut(3)) {
        *cell = Expression::Ratio(at(6), at(5)).into();
    }
    table
}

fn funds(book: &Book<'_>, riparto: &Riparto<'_>, zone: ZoneIdx) -> Table {
    let id = funds_id(&book.model.zone(zone).id);
    let mut table = riparto.zone_table(id, book.say(words::ZONE_FUNDS));
    for (fund, year) in riparto.fund_years() {
        if riparto.concerns(fund, zone, year) {
            let cells = riparto.zone_row(table.rows.len(), fund, zone, year);
            table.row(cells);
        }
    }
    if !table.rows.is_empty() {
        total(
            &mut table,
            book.say(words::TOTAL),
            &[ZONE_ASSIGNED, ZONE_ASSIGNED + 1],
        );
    }
    table
}

/// The zone's indicators: the undated value, then those of the years that have one.
fn indicators(book: &Book<'_>, zone: ZoneIdx) -> Table {
    let known = &book.model.indicators;
    let mut dated: BTreeSet<Year> = BTreeSet::new();
    let mut values: BTreeMap<&str, BTreeMap<Option<Year>, Exact>> = BTreeMap::new();
    for ((name, of), value) in &known.undated {
        if *of == zone {
            values.entry(name).or_default().insert(None, *value);
        }
    }
    for ((name, of), years) in &known.dated {
        if *of == zone {
            for (year, value) in years {
                dated.insert(*year);
                values.entry(name).or_default().insert(Some(*year), *value);
            }
        }
    }
    let mut columns = vec![
        book.column("indicator", words::INDICATOR, Kind::Code),
        book.column("undated", words::UNDATED, Kind::Number),
    ];
    for year in &dated {
        columns.push(Column::new(
            format!("year:{year}"),
            year.to_string(),
            Kind::Number,
        ));
    }
    let id = format!("zone:{}:indicators", book.model.zone(zone).id);
    let mut table = Table::new(id, book.say(words::ZONE_INDICATORS), columns);
    for (name, years) in values {
        let value = |year: Option<Year>| years.get(&year).map_or(Cell::Empty, |v| Cell::Number(*v));
        let cells = [Cell::Code(name.to_owned()), value(None)];
        table.row(
            cells
                .into_iter()
                .chain(dated.iter().map(|year| value(Some(*year)))),
        );
    }
    table
}

/// All zones in one table: what is planned.
fn all(book: &Book<'_>) -> Section {
    let title = book.say(words::S_ZONES_TITLE);
    let mut table = Table::new("zones:plan", title, plan_columns(book, true));
    for ((zone, _, fund, action), years) in paid(book, |_| true) {
        let row = table.rows.len();
        let mut cells: Vec<Cell> = book.zone(zone).into();
        cells.extend(plan_row(book, row, 2, (fund, action), &years));
        table.row(cells);
    }
    let sums: Vec<usize> = (2 + NAMES..=2 + plan_total(book)).collect();
    total(&mut table, book.say(words::TOTAL), &sums);
    book.section(
        Topic::Zone,
        words::S_ZONES,
        words::S_ZONES_TITLE,
        vec![table],
    )
}
