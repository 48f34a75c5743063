//! How each fund is divided among the zones: indicators, share, amount, the year before, the floor.

use std::collections::{BTreeMap, BTreeSet};

use super::acts::Acts;
use super::book::{Book, blank, cents};
use super::by_zone;
use crate::model::{Assigned, FormulaYear, FundIdx, ZoneIdx};
use crate::report::document::{
    Area, Cell, Column, Expression, Kind, Place, Role, Row, Section, Table, Topic,
};
use crate::report::formula_text::indicator;
use crate::report::number::percent;
use crate::report::riparto_steps::steps;
use crate::report::words::annex as words;
use crate::units::Year;

/// Code of the table.
pub(super) const RIPARTO: &str = "riparto";
/// Columns before the indicators: fund, name, year, act, zone, name.
const BEFORE: usize = 6;

/// Positions of the columns that name a row.
pub(super) const FUND: usize = 0;
pub(super) const YEAR: usize = 2;

/// Position of what is assigned in [`Riparto::zone_table`]; what is planned follows.
pub(super) const ZONE_ASSIGNED: usize = 7;

/// What is needed of the plan for every row.
pub(super) struct Riparto<'b> {
    pub(super) book: &'b Book<'b>,
    formulas: BTreeMap<(FundIdx, Year), &'b FormulaYear>,
    planned: BTreeMap<(FundIdx, ZoneIdx, Year), i128>,
    previous: BTreeMap<(FundIdx, ZoneIdx, Year), i128>,
    /// Fund-years that `previous` speaks of.
    known_before: BTreeSet<(FundIdx, Year)>,
    /// The acts behind its money.
    pub(super) acts: Acts<'b>,
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
            acts: Acts::of(book),
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

    /// Position of what is assigned; before it stands the formula, after it what is planned.
    pub(super) fn assigned_column(&self) -> usize {
        BEFORE + 2 * self.n_indicators + 2
    }

    /// The formula that divides a fund-year, if one does.
    pub(super) fn formula(&self, fund: FundIdx, year: Year) -> Option<&'b FormulaYear> {
        self.formulas.get(&(fund, year)).copied()
    }

    /// Fund-years with money, in order of fund and year.
    pub(super) fn fund_years(&self) -> Vec<(FundIdx, Year)> {
        let lines = &self.book.source.funds;
        lines.iter().map(|line| (line.fund, line.year)).collect()
    }

    /// Zones that have something to do with a fund-year.
    fn zones(&self, fund: FundIdx, year: Year) -> impl Iterator<Item = ZoneIdx> {
        let zones = self.zones.get(&(fund, year));
        zones.into_iter().flatten().copied()
    }

    /// Whether a zone has something to do with a fund-year.
    pub(super) fn concerns(&self, fund: FundIdx, zone: ZoneIdx, year: Year) -> bool {
        let zones = self.zones.get(&(fund, year));
        zones.is_some_and(|zones| zones.contains(&zone))
    }

    /// What is assigned to a zone: nothing to tell where one amount is for all zones, zero where the year brings no money.
    fn assigned(&self, fund: FundIdx, zone: ZoneIdx, year: Year) -> Option<i128> {
        match self.book.model.money.get(&(fund, year)) {
            Some(money) => money.of_zone(zone).map(cents),
            None => Some(0),
        }
    }

    /// Whether a row says what is assigned: not that of a zone where one amount is for all.
    pub(super) fn is_assigned(&self, fund: FundIdx, zone: Option<ZoneIdx>, year: Year) -> bool {
        zone.is_none_or(|zone| self.assigned(fund, zone, year).is_some())
    }

    /// What is assigned to all zones together, where the plan decides which of them gets it.
    fn pooled(&self, fund: FundIdx, year: Year) -> Option<i128> {
        let money = self.book.model.money.get(&(fund, year))?;
        match money.assigned {
            Assigned::Pool(euro) => Some(cents(euro)),
            Assigned::Zones(_) => None,
        }
    }

    fn planned(&self, fund: FundIdx, zone: ZoneIdx, year: Year) -> i128 {
        self.planned.get(&(fund, zone, year)).copied().unwrap_or(0)
    }

    /// Whether the table has rows of a fund-year.
    pub(super) fn has_rows(&self, fund: FundIdx, year: Year) -> bool {
        self.zones(fund, year).next().is_some() || self.pooled(fund, year).is_some()
    }

    /// Whether something is known of the year before.
    pub(super) fn knows_before(&self, fund: FundIdx, year: Year) -> bool {
        let before = year.saturating_sub(1);
        self.book.model.years.contains(&before) || self.known_before.contains(&(fund, before))
    }

    /// What is planned, of this plan or of what came before it.
    fn last_year(&self, fund: FundIdx, zone: ZoneIdx, year: Year) -> Option<i128> {
        let before = year.saturating_sub(1);
        if self.book.model.years.contains(&before) {
            return Some(self.planned(fund, zone, before));
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
        let formula = self.formula(fund, year);
        let position = formula.and_then(|formula| formula.position(zone));
        let mut cells: Vec<Cell> = book.fund(fund).into();
        cells.extend([Cell::Year(year), self.act(fund, Some(zone), year)]);
        cells.extend(book.zone(zone));
        let parts = formula.map_or(&[][..], |formula| &formula.parts);
        for n in 0..self.n_indicators {
            let part = parts.get(n).zip(position);
            let value = part.and_then(|(part, position)| part.values.get(position));
            match part.zip(value) {
                Some(((part, _), value)) => {
                    let weight = percent(book.language, &part.weight);
                    let year = part.year.to_string();
                    let told = indicator(book.language, &part.indicator);
                    let values = [
                        ("indicator", told.as_str()),
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

    /// The row of what is assigned to all zones together.
    fn pooled_row(&self, fund: FundIdx, year: Year, euro: i128) -> Vec<Cell> {
        let book = self.book;
        let mut cells: Vec<Cell> = book.fund(fund).into();
        cells.extend([Cell::Year(year), self.act(fund, None, year), Cell::Empty]);
        cells.push(Cell::text(book.say(words::ZONES_TOGETHER)));
        cells.extend(blank(2 * self.n_indicators + 2));
        cells.push(Cell::Euro(euro));
        cells.extend(blank(5));
        cells.push(self.how(fund, year));
        cells
    }

    /// Share, formula, assigned, planned, off the formula, the year before, difference, floor; the first stands in a row and column.
    fn figures(
        &self,
        row: usize,
        first: usize,
        (fund, zone, year): (FundIdx, ZoneIdx, Year),
    ) -> [Cell; 8] {
        let formula = self.formula(fund, year);
        let told = formula.and_then(|formula| Some((formula, formula.position(zone)?)));
        let share = told.and_then(|(formula, position)| formula.shares.get(position));
        let by_formula = told.and_then(|(formula, position)| formula.amounts.get(position));
        let at = |column| Box::new(Expression::Cell(Place::here(row, column)));
        let (last, difference) = match self.last_year(fund, zone, year) {
            Some(last) => {
                let difference = Expression::Less(at(first + 3), at(first + 5));
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
            self.assigned(fund, zone, year)
                .map_or(Cell::Empty, Cell::Euro),
            Cell::Euro(self.planned(fund, zone, year)),
            match by_formula {
                Some(_) => Expression::Less(at(first + 3), at(first + 1)).into(),
                None => Cell::Empty,
            },
            last,
            difference,
            floor,
        ]
    }

    fn how(&self, fund: FundIdx, year: Year) -> Cell {
        let money = self.book.model.money.get(&(fund, year));
        let how = match money.map(|money| &money.assigned) {
            Some(Assigned::Zones(_)) if self.formula(fund, year).is_some() => words::HOW_FORMULA,
            Some(Assigned::Zones(_)) => words::HOW_ACT,
            Some(Assigned::Pool(_)) => words::HOW_PLAN,
            None => words::HOW_CARRIED,
        };
        Cell::text(self.book.say(how))
    }

    fn act(&self, fund: FundIdx, zone: Option<ZoneIdx>, year: Year) -> Cell {
        self.acts.cell(self.book, fund, zone, year)
    }

    /// An empty table of what is one zone's.
    pub(super) fn zone_table(&self, id: String, title: String) -> Table {
        let book = self.book;
        let mut columns: Vec<Column> = book.fund_columns().into();
        columns.push(book.column("act", words::ACT, Kind::Law));
        columns.push(book.column("year", words::YEAR, Kind::Year));
        columns.push(book.column("how", words::HOW, Kind::Text));
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
        cells.extend([self.act(fund, Some(zone), year), Cell::Year(year)]);
        cells.push(self.how(fund, year));
        let figures = self.figures(row, cells.len(), (fund, zone, year));
        cells.extend(figures);
        cells
    }

    fn figure_columns(&self) -> [Column; 8] {
        let book = self.book;
        [
            book.column_of("share", words::SHARE, Kind::Share, words::SHARE_MEANING),
            book.column_of(
                "formula",
                words::FORMULA,
                Kind::Euro,
                words::FORMULA_MEANING,
            ),
            book.column_of(
                "assigned",
                words::ASSIGNED,
                Kind::Euro,
                words::ASSIGNED_MEANING,
            ),
            book.column_of("planned", words::USED, Kind::Euro, words::PLANNED_MEANING),
            book.column_of(
                "off_formula",
                words::OFF_FORMULA,
                Kind::Euro,
                words::OFF_FORMULA_MEANING,
            ),
            book.column_of(
                "last_year",
                words::LAST_YEAR,
                Kind::Euro,
                words::LAST_YEAR_MEANING,
            ),
            book.column_of(
                "difference",
                words::DIFFERENCE,
                Kind::Euro,
                words::YEARS_DIFFERENCE_MEANING,
            ),
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
        let assigned = self.assigned_column();
        let by_formula = self.formula(fund, year).is_some();
        // Nothing is compared with a year of which nothing is known.
        let with_last = self.knows_before(fund, year);
        for (column, cell) in cells.iter_mut().enumerate() {
            *cell = match column {
                1 => Cell::text(book.fill(words::TOTAL_OF, &[("what", &what)])),
                2 => Cell::Year(year),
                column if [assigned - 1, assigned + 2].contains(&column) && !by_formula => {
                    Cell::Empty
                }
                column if column > assigned + 2 && !with_last => Cell::Empty,
                column if (assigned - 1..=assigned + 4).contains(&column) => {
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

/// Where each amount of the riparto stands among its rows: of a zone, or of all zones together.
pub(super) type Places = BTreeMap<(FundIdx, Option<ZoneIdx>, Year), usize>;

/// The sections: what each zone gets of each fund, how far that is from the formulas, the rows it all comes from.
pub(super) fn sections(book: &Book<'_>) -> (Vec<Section>, Section) {
    let riparto = Riparto::new(book);
    let (rows, places) = rows(&riparto);
    let mut shares = book.section(
        Topic::Riparto,
        words::S_RIPARTO,
        words::S_RIPARTO_TITLE,
        by_zone::shares(&riparto, &places),
    );
    shares.notes.push(book.say(words::RIPARTO_SHARES_NOTE));
    shares.notes.extend(steps(book.model, book.language));
    let rows = book.section(
        Topic::Calculation,
        words::S_CALCULATION,
        words::S_CALCULATION_TITLE,
        vec![rows],
    );
    let formula = by_zone::formula(&riparto, &places);
    let formula = (!formula.is_empty()).then(|| {
        let (name, title) = (words::S_FORMULA, words::S_FORMULA_TITLE);
        book.section(Topic::Formula, name, title, formula)
    });
    (std::iter::once(shares).chain(formula).collect(), rows)
}

/// A row for each fund, year and zone.
fn rows(riparto: &Riparto<'_>) -> (Table, Places) {
    let book = riparto.book;
    let mut table = riparto
        .table(RIPARTO.to_owned(), book.say(words::S_CALCULATION_TITLE))
        .on_screen();
    table.notes.push(book.say(words::RIPARTO_NOTE));
    table.notes.push(book.say(words::SCREEN_NOTE));
    let (mut subtotals, mut places) = (Vec::new(), Places::new());
    for (fund, year) in riparto.fund_years() {
        let top = table.rows.len();
        for zone in riparto.zones(fund, year) {
            let row = table.rows.len();
            places.insert((fund, Some(zone), year), row);
            table.row(riparto.row(row, fund, zone, year));
        }
        if let Some(euro) = riparto.pooled(fund, year) {
            places.insert((fund, None, year), table.rows.len());
            table.row(riparto.pooled_row(fund, year, euro));
        }
        if table.rows.len() > top {
            riparto.subtotal(&mut table, top, fund, year);
            subtotals.push(table.rows.len() - 1);
        }
    }
    let assigned = riparto.assigned_column();
    let mut cells: Vec<Cell> = blank(table.columns.len()).collect();
    if let Some(cell) = cells.get_mut(table.label()) {
        *cell = Cell::text(book.say(words::TOTAL));
    }
    for column in [assigned, assigned + 1] {
        let terms = subtotals
            .iter()
            .map(|row| Expression::Cell(Place::here(*row, column)));
        if let Some(cell) = cells.get_mut(column) {
            *cell = Expression::Plus(terms.collect()).into();
        }
    }
    table.row_as(Role::Total, cells);
    (table, places)
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
    // What a zone had the year before is told beside what it has now, were that nothing.
    let before = book.model.previous.keys();
    let before = before.map(|(fund, _, zone, year)| (*fund, *zone, year.saturating_add(1)));
    let after = planned.keys().flat_map(|(fund, zone, year)| {
        [*year, year.saturating_add(1)].map(|year| (*fund, *zone, year))
    });
    for (fund, zone, year) in after.chain(before) {
        zones.entry((fund, year)).or_default().insert(zone);
    }
    zones
}
