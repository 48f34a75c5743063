//! Totals as formulas over cells, with their exact results.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Document;
use super::cell::{Cell, Value};
use super::table::Table;
use crate::units::Exact;

/// A formula and its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// What is computed.
    pub expression: Expression,
    /// What comes out, computed exactly by [`Document::settle`].
    pub result: Value,
}

/// What a formula computes. Texts and empty cells count as nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// What stands in a cell.
    Cell(Place),
    /// The sum of the cells of an area.
    Sum(Area),
    /// The sum of some terms.
    Plus(Vec<Expression>),
    /// The first less the second.
    Less(Box<Expression>, Box<Expression>),
    /// The sum of an area of one column, over the rows where the other areas (as long, one column each) hold the same as a cell.
    SumWhere {
        /// What is summed.
        sum: Area,
        /// Where: an area of one column, and the cell whose text or number it has to hold.
        equal: Vec<(Area, Place)>,
    },
    /// How many cells of an area are not nothing.
    CountOff(Area),
    /// The first over the second, a share; nothing where the second is zero.
    Ratio(Box<Expression>, Box<Expression>),
}

/// A cell of the document: row and column count from zero, headings aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Code of the table; `None` for the table the formula is in.
    pub table: Option<String>,
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
}

/// A rectangle of cells, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Code of the table; `None` for the table the formula is in.
    pub table: Option<String>,
    /// First row.
    pub top: usize,
    /// Last row.
    pub bottom: usize,
    /// First column.
    pub left: usize,
    /// Last column.
    pub right: usize,
}

impl Formula {
    /// A formula whose result is still to be settled.
    #[must_use]
    pub fn new(expression: Expression) -> Self {
        Self {
            expression,
            result: Value::Nothing,
        }
    }
}

impl From<Expression> for Cell {
    fn from(expression: Expression) -> Self {
        Self::Formula(Box::new(Formula::new(expression)))
    }
}

impl Place {
    /// A cell of the table the formula is in.
    #[must_use]
    pub fn here(row: usize, column: usize) -> Self {
        Self {
            table: None,
            row,
            column,
        }
    }

    /// A cell of another table.
    #[must_use]
    pub fn of(table: impl Into<String>, row: usize, column: usize) -> Self {
        Self {
            table: Some(table.into()),
            row,
            column,
        }
    }
}

impl Area {
    /// Rows of one column of the table the formula is in.
    #[must_use]
    pub fn here(top: usize, bottom: usize, column: usize) -> Self {
        Self {
            table: None,
            top,
            bottom,
            left: column,
            right: column,
        }
    }

    /// Cells of one row of the table the formula is in.
    #[must_use]
    pub fn across(row: usize, left: usize, right: usize) -> Self {
        Self {
            table: None,
            top: row,
            bottom: row,
            left,
            right,
        }
    }

    /// Rows of one column of another table.
    #[must_use]
    pub fn of(table: impl Into<String>, top: usize, bottom: usize, column: usize) -> Self {
        Self {
            table: Some(table.into()),
            ..Self::here(top, bottom, column)
        }
    }
}

impl Document {
    /// Computes the result of every formula, exactly. A formula may speak of cells that hold formulas; one that speaks of itself
    /// gives nothing.
    pub fn settle(&mut self) {
        let mut results = Vec::new();
        let cache = RefCell::default();
        for (_, table) in self.tables() {
            for row in &table.rows {
                for cell in &row.cells {
                    if let Cell::Formula(formula) = cell {
                        let evaluation = Evaluation {
                            document: self,
                            own: table,
                            depth: 0,
                            cache: &cache,
                        };
                        results.push(evaluation.value(&formula.expression));
                    }
                }
            }
        }
        let mut results = results.into_iter();
        let tables = self.sections.iter_mut().flat_map(|s| &mut s.tables);
        let cells = tables.flat_map(|t| &mut t.rows).flat_map(|r| &mut r.cells);
        for cell in cells {
            if let Cell::Formula(formula) = cell {
                formula.result = results.next().unwrap_or(Value::Nothing);
            }
        }
    }
}

fn zero() -> Exact {
    Exact::from_integer(0)
}

/// How deep formulas may speak of formulas.
const DEEPEST: usize = 12;

/// A formula being computed.
#[derive(Clone, Copy)]
struct Evaluation<'d> {
    document: &'d Document,
    own: &'d Table,
    depth: usize,
    cache: &'d RefCell<Cache>,
}

/// Sums by key of a column: table, top, bottom, key column, sum column.
type Cache = BTreeMap<(String, [usize; 4]), BTreeMap<String, Value>>;

impl<'d> Evaluation<'d> {
    fn table(self, id: Option<&str>) -> Option<&'d Table> {
        match id {
            None => Some(self.own),
            Some(id) => self.document.table(id),
        }
    }

    /// The number in a cell of a table; that of a formula is computed.
    fn number(self, table: &'d Table, cell: &'d Cell) -> Option<Value> {
        match cell {
            Cell::Formula(_) if self.depth >= DEEPEST => None,
            Cell::Formula(formula) => {
                let inner = Self {
                    own: table,
                    depth: self.depth + 1,
                    ..self
                };
                Some(inner.value(&formula.expression))
            }
            cell => cell.value(),
        }
    }

    fn at(self, place: &Place) -> Option<(&'d Table, &'d Cell)> {
        let table = self.table(place.table.as_deref())?;
        Some((table, table.cell(place.row, place.column)?))
    }

    /// The numbers of an area; none of a table that is not there.
    fn numbers(self, area: &'d Area) -> impl Iterator<Item = Value> + 'd {
        let table = self.table(area.table.as_deref());
        let width = (area.right + 1).saturating_sub(area.left);
        let rows = table.into_iter().flat_map(move |table| {
            let rows = table.rows.iter().take(area.bottom + 1).skip(area.top);
            rows.map(move |row| (table, row))
        });
        rows.flat_map(move |(table, row)| {
            let cells = row.cells.iter().skip(area.left).take(width);
            cells.filter_map(move |cell| self.number(table, cell))
        })
    }

    fn value(self, expression: &'d Expression) -> Value {
        match expression {
            Expression::Cell(place) => self
                .at(place)
                .and_then(|(table, cell)| self.number(table, cell))
                .unwrap_or(Value::Nothing),
            Expression::Sum(area) => sum(self.numbers(area)),
            Expression::CountOff(area) => {
                let off = self.numbers(area).filter(|value| value.exact() != zero());
                Value::Count(i128::try_from(off.count()).unwrap_or(i128::MAX))
            }
            Expression::Plus(terms) => sum(terms.iter().map(|term| self.value(term))),
            Expression::Less(from, less) => {
                sum([self.value(from), negative(self.value(less))].into_iter())
            }
            Expression::SumWhere { sum, equal } => self.sum_where(sum, equal),
            Expression::Ratio(part, whole) => {
                let (part, whole) = (self.value(part).exact(), self.value(whole).exact());
                if whole == zero() {
                    Value::Nothing
                } else {
                    Value::Share(part / whole)
                }
            }
        }
    }

    fn sum_where(self, area: &Area, equal: &[(Area, Place)]) -> Value {
        let Some(table) = self.table(area.table.as_deref()) else {
            return Value::Nothing;
        };
        let [(keys, place)] = equal else {
            return self.sum_where_all(table, area, equal);
        };
        if keys.table != area.table || keys.top != area.top {
            return self.sum_where_all(table, area, equal);
        }
        let Some(wanted) = self.at(place).and_then(|(_, cell)| key(cell)) else {
            return Value::Euro(0);
        };
        // Made once for a column: many formulas ask for one key each.
        let column = (
            table.id.clone(),
            [area.top, area.bottom, keys.left, area.left],
        );
        let found = |sums: &BTreeMap<String, Value>| sums.get(&wanted).copied();
        if let Some(sums) = self.cache.borrow().get(&column) {
            return found(sums).unwrap_or(Value::Euro(0));
        }
        let mut sums: BTreeMap<String, Value> = BTreeMap::new();
        let rows = table.rows.iter().take(area.bottom + 1).skip(area.top);
        for row in rows {
            let cell = row.cells.get(area.left);
            let value = cell.and_then(|cell| self.number(table, cell));
            let own = row.cells.get(keys.left).and_then(key);
            if let Some((own, value)) = own.zip(value) {
                let sum = sums.entry(own).or_insert(Value::Nothing);
                *sum = add(*sum, value);
            }
        }
        let result = found(&sums).unwrap_or(Value::Euro(0));
        self.cache.borrow_mut().insert(column, sums);
        result
    }

    fn sum_where_all(self, table: &'d Table, area: &Area, equal: &[(Area, Place)]) -> Value {
        let wanted: Vec<(&Table, &Area, &Cell)> = equal
            .iter()
            .filter_map(|(of, place)| {
                Some((self.table(of.table.as_deref())?, of, self.at(place)?.1))
            })
            .collect();
        let chosen = (area.top..=area.bottom).filter(|row| {
            wanted.iter().all(|(keys, of, cell)| {
                let row = of.top + (row - area.top);
                let found = keys.cell(row, of.left).and_then(key);
                found.is_some() && found == key(cell)
            })
        });
        sum(chosen
            .filter_map(|row| table.cell(row, area.left))
            .filter_map(|cell| self.number(table, cell)))
    }
}

/// What a cell is looked for by: its text, or its year.
fn key(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Year(year) => Some(year.to_string()),
        cell => cell.words().map(str::to_owned),
    }
}

/// Money stays money; anything else among it makes the sum a plain number.
fn sum(values: impl Iterator<Item = Value>) -> Value {
    let (mut total, mut seen) = (Value::Nothing, false);
    for value in values {
        total = if seen { add(total, value) } else { value };
        seen |= value != Value::Nothing;
    }
    if seen { total } else { Value::Euro(0) }
}

fn add(one: Value, other: Value) -> Value {
    match (one, other) {
        (value, Value::Nothing) | (Value::Nothing, value) => value,
        (Value::Euro(one), Value::Euro(other)) => Value::Euro(one + other),
        (Value::Count(one), Value::Count(other)) => Value::Count(one + other),
        (Value::Share(one), Value::Share(other)) => Value::Share(one + other),
        (one, other) => Value::Number(one.exact() + other.exact()),
    }
}

fn negative(value: Value) -> Value {
    match value {
        Value::Nothing => Value::Nothing,
        Value::Euro(cents) => Value::Euro(-cents),
        Value::Count(count) => Value::Count(-count),
        Value::Share(share) => Value::Share(-share),
        Value::Number(number) => Value::Number(-number),
    }
}
