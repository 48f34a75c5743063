//! How each fund is divided among the zones: indicators, share, amount, the year before, the floor.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, blank, cents};
use crate::model::{Assigned, FormulaYear, FundIdx, ZoneIdx};
use crate::report::document::{
    Area, Cell, Column, Expression, Kind, Place, Role, Row, Section, Table, Topic,
};
use crate::report::number::percent;
use crate::report::riparto_steps::steps;
use crate::report::words::annex as words;
use crate::units::Year;

/// Code of the table.
pub(super) const RIPARTO: &str = "riparto";
/// Columns before the indicators: fund, name, year, act, zone, name.
const BEFORE: usize = 6;

/// Position of the amounts in [`Riparto::zone_table`].
pub(super) const ZONE_AMOUNT: usize = 7;

/// What is needed of the plan for every row.
pub(super) struct Riparto<'b> {
    book: &'b Book<'b>,
    formulas: BTreeMap<(FundIdx, Year), &'b FormulaYear>,
    planned: BTreeMap<(FundIdx, ZoneIdx, Year), i128>,
    previous: BTreeMap<(FundIdx, ZoneIdx, Year), i128>,
    /// Fund-years that `previous` speaks of.
    known_before: BTreeSet<(FundIdx, Year)>,
    /// The acts that give a fund its money in a year.
    acts: BTreeMap<(FundIdx, Year), String>,
    /// Zones that have something to do with a fund-year.
    zones: BTreeMap<(FundIdx, Year), BTreeSet<ZoneIdx>>,
    /// Most indicators of a formula.
    n_indicators: usize,
}

impl<'b> Riparto<'b> {
    pub(super) fn new(book: &'b Book<'b>) -> Self {
        let formulas = FormulaYear::by_fund_year(&book.model.formula_years);
        let n = formulas.values().map(|formula| formula.parts.len()).max();
        let (mut previous, mut known_before) = (BTreeMap::new(), BTreeSet::new());
        for ((fund, _, zone, year), euro) in &book.model.previous {
            *previous.entry((*fund, *zone, *year)).or_default() += cents(*euro);
            known_before.insert((*fund, *year));
        }
        let planned = book.sums(|line| (line.fund, line.zone, line.year));
        let zones = zones(book, &formulas, &planned);
        Self {
            book,
            formulas,
            planned,
            previous,
            known_before,
            acts: acts(book),
            zones,
            n_indicators: n.unwrap_or(0),
        }
    }

    /// An empty table.
    pub(super) fn table(&self, id: String, title: String) -> Table {
        let book = self.book;
        let mut columns: Vec<Column> = book.fund_columns().into();
        columns.push(book.column("year", words::YEAR, Kind::Year));
        columns.push(book.column("act", words::ACT, Kind::Law));
        columns.extend(book.zone_columns());
        for n in 1..=self.n_indicators {
            let number = n.to_string();
            let title = |text| book.fill(text, &[("n", number.as_str())]);
            columns.push(
                Column::new(
                    format!("indicator_{n}"),
                    title(words::INDICATOR_N),
                    Kind::Text,
                )
                .meaning(book.say(words::INDICATOR_N_MEANING)),
            );
            columns.push(Column::new(
                format!("value_{n}"),
                title(words::VALUE_N),
                Kind::Number,
            ));
        }
        columns.extend(self.figure_columns());
        columns.push(book.column("how", words::HOW, Kind::Text));
        Table::new(id, title, columns)
    }

    /// Position of the column of amounts.
    pub(super) fn amount_column(&self) -> usize {
        BEFORE + 2 * self.n_indicators + 2
    }

    /// Fund-years with money, in order of fund and year.
    pub(super) fn fund_years(&self) -> Vec<(FundIdx, Year)> {
        let lines = &self.book.source.funds;
        lines.iter().map(|line| (line.fund, line.year)).collect()
    }

    /// Zones that have something to do with a fund-year.
    pub(super) fn zones(&self, fund: FundIdx, year: Year) -> Option<&BTreeSet<ZoneIdx>> {
        self.zones
            .get(&(fund, year))
            .filter(|zones| !zones.is_empty())
    }

    /// Whether a fund-year belongs to the zones.
    pub(super) fn is_by_zone(&self, fund: FundIdx, year: Year) -> bool {
        let money = self.book.model.money.get(&(fund, year));
        money.is_some_and(|money| matches!(money.assigned, Assigned::Zones(_)))
    }

    fn amount(&self, fund: FundIdx, zone: ZoneIdx, year: Year) -> i128 {
        let money = self.book.model.money.get(&(fund, year));
        match money.and_then(|money| money.of_zone(zone)) {
            Some(euro) => cents(euro),
            None => self.planned.get(&(fund, zone, year)).copied().unwrap_or(0),
        }
    }

    fn last_year(&self, fund: FundIdx, zone: ZoneIdx, year: Year) -> Option<i128> {
        let before = year.saturating_sub(1);
        if self.book.model.money.contains_key(&(fund, before)) {
            return Some(self.amount(fund, zone, before));
        }
        let told = self.known_before.contains(&(fund, before));
        told.then(|| {
            self.previous
                .get(&(fund, zone, before))
                .copied()
                .unwrap_or(0)
        })
    }

    /// The row of a zone; `row` is where it will stand.
    pub(super) fn row(&self, row: usize, fund: FundIdx, zone: ZoneIdx, year: Year) -> Vec<Cell> {
        let book = self.book;
        let formula = self.formulas.get(&(fund, year));
        let position = formula.and_then(|formula| formula.position(zone));
        let mut cells: Vec<Cell> = book.fund(fund).into();
        cells.extend([Cell::Year(year), self.act(fund, year)]);
        cells.extend(book.zone(zone));
        let parts = formula.map_or(&[][..], |formula| &formula.parts);
        for n in 0..self.n_indicators {
            let part = parts.get(n).zip(position);
            let value = part.and_then(|(part, position)| part.values.get(position));
            match part.zip(value) {
                Some(((part, _), value)) => {
                    let weight = percent(book.language, &part.weight);
                    let year = part.year.to_string();
                    let values = [
                        ("indicator", part.indicator.as_str()),
                        ("year", &year),
                        ("weight", &weight),
                    ];
                    cells.push(Cell::text(book.fill(words::INDICATOR_TEXT, &values)));
                    cells.push(Cell::Number(*value));
                }
                None => cells.extend(blank(2)),
            }
        }
        let row = self.figures(row, cells.len(), (fund, zone, year));
        cells.extend(row);
        cells.push(self.how(fund, year));
        cells
    }

    /// Share, formula, amount, the year before, difference, floor; the first stands in a row and column.
    fn figures(
        &self,
        row: usize,
        first: usize,
        (fund, zone, year): (FundIdx, ZoneIdx, Year),
    ) -> [Cell; 6] {
        let formula = self.formulas.get(&(fund, year));
        let told = formula.and_then(|formula| Some((*formula, formula.position(zone)?)));
        let share = told.and_then(|(formula, position)| formula.shares.get(position));
        let by_formula = told.and_then(|(formula, position)| formula.amounts.get(position));
        let at = |column| Box::new(Expression::Cell(Place::here(row, column)));
        let (last, difference) = match self.last_year(fund, zone, year) {
            Some(last) => {
                let difference = Expression::Less(at(first + 2), at(first + 3));
                (Cell::Euro(last), difference.into())
            }
            None => (Cell::Empty, Cell::Empty),
        };
        let floor = match told {
            Some((formula, position)) if formula.has_limits() => {
                let held = if formula.is_raised(position) {
                    words::FLOOR_HELD
                } else if formula.is_lowered(position) {
                    words::CEILING_HELD
                } else {
                    words::NO
                };
                Cell::text(self.book.say(held))
            }
            _ => Cell::Empty,
        };
        [
            Cell::share(share.copied()),
            by_formula.map_or(Cell::Empty, |euro| Cell::Euro(cents(*euro))),
            Cell::Euro(self.amount(fund, zone, year)),
            last,
            difference,
            floor,
        ]
    }

    fn how(&self, fund: FundIdx, year: Year) -> Cell {
        let by_formula = self.formulas.contains_key(&(fund, year));
        let how = match (self.is_by_zone(fund, year), by_formula) {
            (true, true) => words::HOW_FORMULA,
            (true, false) => words::HOW_ACT,
            (false, _) => words::HOW_PLAN,
        };
        Cell::text(self.book.say(how))
    }

    fn act(&self, fund: FundIdx, year: Year) -> Cell {
        let acts = self.acts.get(&(fund, year)).cloned();
        Cell::law(acts.unwrap_or_default(), None)
    }

    /// An empty table of what is one zone's.
    pub(super) fn zone_table(&self, id: String, title: String) -> Table {
        let book = self.book;
        let mut columns: Vec<Column> = book.fund_columns().into();
        columns.push(book.column("year", words::YEAR, Kind::Year));
        columns.push(book.column("how", words::HOW, Kind::Text));
        columns.push(book.column("act", words::ACT, Kind::Law));
        columns.extend(self.figure_columns());
        Table::new(id, title, columns)
    }

    /// A row of [`Self::zone_table`].
    pub(super) fn zone_row(
        &self,
        row: usize,
        fund: FundIdx,
        zone: ZoneIdx,
        year: Year,
    ) -> Vec<Cell> {
        let mut cells: Vec<Cell> = self.book.fund(fund).into();
        cells.extend([Cell::Year(year), self.how(fund, year), self.act(fund, year)]);
        let figures = self.figures(row, cells.len(), (fund, zone, year));
        cells.extend(figures);
        cells
    }

    fn figure_columns(&self) -> [Column; 6] {
        let book = self.book;
        [
            book.column_of("share", words::SHARE, Kind::Share, words::SHARE_MEANING),
            book.column_of(
                "formula",
                words::FORMULA,
                Kind::Euro,
                words::FORMULA_MEANING,
            ),
            book.column_of("amount", words::AMOUNT, Kind::Euro, words::AMOUNT_MEANING),
            book.column_of(
                "last_year",
                words::LAST_YEAR,
                Kind::Euro,
                words::LAST_YEAR_MEANING,
            ),
            book.column("difference", words::DIFFERENCE, Kind::Euro),
            book.column_of("floor", words::FLOOR, Kind::Text, words::FLOOR_MEANING),
        ]
    }

    /// The sum of the rows from `top` on, as a subtotal.
    fn subtotal(&self, table: &mut Table, top: usize, fund: FundIdx, year: Year) {
        let Some(last) = table.rows.len().checked_sub(1) else {
            return;
        };
        let book = self.book;
        let mut cells: Vec<Cell> = blank(table.columns.len()).collect();
        let name = &book.model.fund(fund).name;
        let what = format!("{name} {year}");
        let amount = self.amount_column();
        for (column, cell) in cells.iter_mut().enumerate() {
            *cell = match column {
                1 => Cell::text(book.fill(words::TOTAL_OF, &[("what", &what)])),
                2 => Cell::Year(year),
                column if column == amount - 1 && !self.formulas.contains_key(&(fund, year)) => {
                    Cell::Empty
                }
                column if (amount - 1..=amount + 2).contains(&column) => {
                    Expression::Sum(Area::here(top, last, column)).into()
                }
                _ => Cell::Empty,
            };
        }
        table.rows.push(Row {
            role: Role::Subtotal,
            cells,
        });
    }
}

pub(super) fn section(book: &Book<'_>) -> Section {
    let riparto = Riparto::new(book);
    let mut table = riparto.table(RIPARTO.to_owned(), book.say(words::S_RIPARTO_TITLE));
    table.notes.push(book.say(words::RIPARTO_NOTE));
    table.notes.extend(steps(book.model, book.language));
    let mut subtotals = Vec::new();
    for (fund, year) in riparto.fund_years() {
        let Some(zones) = riparto.zones(fund, year) else {
            continue;
        };
        let top = table.rows.len();
        for &zone in zones {
            let cells = riparto.row(table.rows.len(), fund, zone, year);
            table.row(cells);
        }
        riparto.subtotal(&mut table, top, fund, year);
        subtotals.push(table.rows.len() - 1);
    }
    let amount = riparto.amount_column();
    let mut cells: Vec<Cell> = blank(table.columns.len()).collect();
    if let Some(cell) = cells.get_mut(1) {
        *cell = Cell::text(book.say(words::TOTAL));
    }
    let terms = subtotals
        .iter()
        .map(|row| Expression::Cell(Place::here(*row, amount)));
    if let Some(cell) = cells.get_mut(amount) {
        *cell = Expression::Plus(terms.collect()).into();
    }
    table.row_as(Role::Total, cells);
    book.section(
        Topic::Riparto,
        words::S_RIPARTO,
        words::S_RIPARTO_TITLE,
        vec![table],
    )
}

/// Zones of each fund-year: those of the formula, those with money of their own, those that are paid.
fn zones(
    book: &Book<'_>,
    formulas: &BTreeMap<(FundIdx, Year), &FormulaYear>,
    planned: &BTreeMap<(FundIdx, ZoneIdx, Year), i128>,
) -> BTreeMap<(FundIdx, Year), BTreeSet<ZoneIdx>> {
    let mut zones: BTreeMap<(FundIdx, Year), BTreeSet<ZoneIdx>> = BTreeMap::new();
    for (key, formula) in formulas {
        zones.entry(*key).or_default().extend(&formula.zones);
    }
    for (key, money) in &book.model.money {
        if let Assigned::Zones(own) = &money.assigned {
            let with_money = own.iter().filter(|(_, euro)| euro.cents() != 0);
            let of = zones.entry(*key).or_default();
            of.extend(with_money.map(|(zone, _)| *zone));
        }
    }
    for (fund, zone, year) in planned.keys() {
        zones.entry((*fund, *year)).or_default().insert(*zone);
    }
    zones
}

/// The acts of each fund-year, in order of text; the law of the fund where no amount names one.
fn acts(book: &Book<'_>) -> BTreeMap<(FundIdx, Year), String> {
    let mut acts: BTreeMap<(FundIdx, Year), BTreeSet<&str>> = BTreeMap::new();
    for line in &book.source.funds {
        acts.entry((line.fund, line.year)).or_default();
    }
    for amount in &book.model.amounts {
        let own = acts.entry((amount.fund, amount.year)).or_default();
        own.insert(&amount.act);
    }
    let told = acts.into_iter().map(|((fund, year), mut acts)| {
        if acts.is_empty() {
            acts.extend(book.model.fund(fund).law.as_deref());
        }
        let acts: Vec<&str> = acts.into_iter().collect();
        ((fund, year), acts.join("; "))
    });
    told.collect()
}
