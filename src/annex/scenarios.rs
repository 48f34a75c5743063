//! Other plans and the scenarios of a sweep beside this plan.

use super::Beside;
use super::book::{Book, blank, goal_value};
use super::ledger::total;
use crate::compare::{
    Change, Held, Pair, Plan, QUANTILES, Row, SeriesRow, ZoneFigures, coverage, shared,
};
use crate::report::document::{Cell, Column, Expression, Kind, Place, Section, Table, Topic};
use crate::report::number::count;
use crate::report::words::{Text, annex as words};
use crate::units::Exact;

pub(super) fn section(book: &Book<'_>, beside: Beside<'_>) -> Option<Section> {
    let mut tables = Vec::new();
    let mut notes = Vec::new();
    if let Some((own, others)) = beside.plans {
        for (position, other) in others.iter().enumerate() {
            if other.has_ledger() {
                // As everywhere: what was, what is now, and now less before.
                let title = titled(others, position);
                tables.extend(of_pair(book, position + 1, &Pair::new(other, own), &title));
                let hash = other.hash.get(..SHORT_HASH).unwrap_or(&other.hash);
                let values = [("title", title.as_str()), ("hash", hash)];
                notes.push(book.fill(words::BEFORE_IS, &values));
                notes.extend(shared(other, own).map(|shared| shared.told(book.language)));
            } else {
                let title = titled(others, position);
                notes.push(book.fill(words::NO_PLAN_THERE, &[("title", &title)]));
            }
        }
    }
    if let Some(held) = beside.sweep {
        tables.extend(of_sweep(book, held));
    }
    if tables.is_empty() && notes.is_empty() {
        return None;
    }
    let (name, title) = (words::S_SCENARIOS, words::S_SCENARIOS_TITLE);
    let mut section = book.section(Topic::Scenarios, name, title, tables);
    section.notes = notes;
    Some(section)
}

/// Digits of a hash that tell plans of one model apart.
const SHORT_HASH: usize = 12;

/// What a plan is told by, with its number where others have the same title.
fn titled(others: &[Plan], position: usize) -> String {
    let told = others.get(position).map(Plan::told).unwrap_or_default();
    match others.iter().filter(|other| other.told() == told).count() {
        0 | 1 => told,
        _ => format!("{told} ({})", position + 1),
    }
}

/// A table of figures before, now, and their difference.
struct Differences<'b> {
    book: &'b Book<'b>,
    table: Table,
    /// Columns before the figures.
    before: usize,
}

impl<'b> Differences<'b> {
    fn new(book: &'b Book<'b>, id: String, title: String, first: Vec<Column>) -> Self {
        let before = first.len();
        let mut columns = first;
        columns.extend([
            book.column("before", words::BEFORE, Kind::Euro),
            book.column("now", words::NOW, Kind::Euro),
            book.column("difference", words::DIFFERENCE, Kind::Euro),
        ]);
        Self {
            book,
            table: Table::new(id, title, columns),
            before,
        }
    }

    fn row(
        &mut self,
        first: impl IntoIterator<Item = Cell>,
        change: &Change<i128>,
        after: impl IntoIterator<Item = Cell>,
    ) {
        let row = self.table.rows.len();
        let cell = |euro: Option<i128>| Cell::Euro(euro.unwrap_or(0));
        let at = |column| Box::new(Expression::Cell(Place::here(row, column)));
        let difference = Expression::Less(at(self.before + 1), at(self.before));
        let figures = [cell(change.before), cell(change.after), difference.into()];
        let cells: Vec<Cell> = first.into_iter().chain(figures).chain(after).collect();
        self.table.row(cells);
    }

    fn close(mut self) -> Table {
        let sums = [self.before, self.before + 1, self.before + 2];
        total(&mut self.table, self.book.say(words::TOTAL), &sums);
        self.table
    }
}

fn of_pair(book: &Book<'_>, n: usize, pair: &Pair<'_>, title: &str) -> Vec<Table> {
    let titled = |text: Text| book.fill(text, &[("title", title)]);
    let item = vec![book.column("item", words::ITEM, Kind::Text)];
    let mut totals = Differences::new(
        book,
        format!("compare:{n}:totals"),
        titled(words::COMPARED),
        item,
    );
    for (name, change) in &pair.totals {
        totals.row([Cell::text(book.say(total_word(name)))], change, []);
    }
    let id = format!("compare:{n}:zones");
    let mut zones = Differences::new(
        book,
        id,
        titled(words::COMPARED_ZONES),
        book.zone_columns().into(),
    );
    zones.table.columns.extend([
        book.column("coverage_before", words::COVERAGE_BEFORE, Kind::Share),
        book.column("coverage_now", words::COVERAGE_NOW, Kind::Share),
    ]);
    for Row { key, change } in &pair.zones {
        let share = |figures: &Option<ZoneFigures>| Cell::share(coverage(figures.as_ref()));
        let code = key.zone.clone().unwrap_or_default();
        let name = pair
            .before
            .names
            .zones
            .get(&code)
            .or(pair.after.names.zones.get(&code));
        let first = [
            Cell::Code(code.clone()),
            Cell::text(name.cloned().unwrap_or_default()),
        ];
        let after = [share(&change.before), share(&change.after)];
        zones.row(first, &change.of(|figures| figures.euro), after);
    }
    let id = format!("compare:{n}:funds");
    let mut funds = Differences::new(
        book,
        id,
        titled(words::COMPARED_FUNDS),
        book.fund_columns().into(),
    );
    for Row { key, change } in &pair.funds {
        let code = key.fund.clone().unwrap_or_default();
        let name = pair
            .before
            .names
            .funds
            .get(&code)
            .or(pair.after.names.funds.get(&code));
        let first = [
            Cell::Code(code.clone()),
            Cell::text(name.cloned().unwrap_or_default()),
        ];
        funds.row(first, &change.of(|figures| figures.used), []);
    }
    let id = format!("compare:{n}:actions");
    let columns = book.action_columns().into();
    let mut actions = Differences::new(book, id, titled(words::COMPARED_ACTIONS), columns);
    for Row { key, change } in &pair.actions {
        let code = key.action.clone().unwrap_or_default();
        let name = pair
            .before
            .names
            .actions
            .get(&code)
            .or(pair.after.names.actions.get(&code));
        let first = [
            Cell::Code(code.clone()),
            Cell::text(name.cloned().unwrap_or_default()),
        ];
        actions.row(first, &change.of(|figures| figures.euro), []);
    }
    vec![totals.table, zones.close(), funds.close(), actions.close()]
}

fn total_word(name: &str) -> Text {
    match name {
        "assigned" => words::ASSIGNED,
        "used" => words::USED,
        "left" => words::LEFT,
        "lost" => words::LOST,
        "need" => words::NEED,
        "covered" => words::COVERED,
        "leps_need" => words::LEPS_NEED,
        "leps_covered" => words::LEPS_COVERED,
        _ => words::TO_UNLIMITED,
    }
}

/// Where the scenarios of a sweep lie: sums, zones, funds, over the plan.
fn of_sweep(book: &Book<'_>, held: &Held<'_>) -> Vec<Table> {
    let n = count(book.language, held.sweep.n_scenarios());
    let name = &held.sweep.manifest.title;
    let title = book.fill(words::SWEPT, &[("title", name), ("n", &n)]);
    let mut tables = Vec::new();
    for of in ["total", "zone", "fund"] {
        let mut columns = vec![
            book.column("id", words::ITEM, Kind::Code),
            book.column("name", words::ITEM, Kind::Text),
            book.column("figure", words::FIGURE, Kind::Text),
            book.column("here", words::THIS_PLAN, Kind::Euro),
        ];
        for q in QUANTILES {
            let title = match q {
                0 => book.say(words::LOWEST),
                50 => book.say(words::MEDIAN),
                100 => book.say(words::HIGHEST),
                q => format!("{q}%"),
            };
            columns.push(Column::new(format!("q{q}"), title, Kind::Euro));
        }
        columns.extend([
            book.column("below", words::SCENARIOS_BELOW, Kind::Count),
            book.column("same", words::SCENARIOS_SAME, Kind::Count),
            book.column("above", words::SCENARIOS_ABOVE, Kind::Count),
        ]);
        let mut table = Table::new(format!("sweep:{of}"), title.clone(), columns);
        for row in held
            .rows
            .iter()
            .filter(|row| row.table == of && row.year.is_none())
        {
            table.row(series(book, row));
        }
        if !table.rows.is_empty() {
            tables.push(table);
        }
    }
    tables
}

fn series(book: &Book<'_>, row: &SeriesRow) -> Vec<Cell> {
    let model = book.model;
    let name = match row.table {
        "zone" => model
            .zones
            .iter()
            .find(|zone| zone.id == row.id)
            .map(|zone| zone.name.clone()),
        "fund" => model
            .funds
            .iter()
            .find(|fund| fund.id == row.id)
            .map(|fund| fund.name.clone()),
        _ => Some(book.say(total_word(row.figure))),
    };
    let figure = match (row.table, row.figure) {
        ("total", _) => Cell::Empty,
        (_, "coverage") => Cell::text(book.say(words::F_COVERAGE)),
        (_, "used") => Cell::text(book.say(words::F_USED)),
        _ => Cell::text(book.say(words::F_EURO)),
    };
    let cell = |value: &Exact| goal_value(&row.unit, value);
    let id = if row.id.is_empty() {
        row.figure
    } else {
        &row.id
    };
    let mut cells = vec![
        Cell::Code(id.to_owned()),
        Cell::text(name.unwrap_or_default()),
        figure,
        row.baseline.as_ref().map_or(Cell::Empty, cell),
    ];
    match &row.spread {
        Some(spread) => cells.extend(spread.at.iter().map(cell)),
        None => cells.extend(blank(QUANTILES.len())),
    }
    let n = |n: usize| Cell::Count(i128::try_from(n).unwrap_or(i128::MAX));
    cells.extend([n(row.below), n(row.same), n(row.above)]);
    cells
}
