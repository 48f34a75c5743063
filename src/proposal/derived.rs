//! Columns that follow from what is paid: carried money, carried floors, totals, losses, shortfalls, levels. Recomputed
//! exactly after rounding, so that each is the best whole number the payments allow.

use std::collections::BTreeMap;

use crate::lp::{ColumnKey, Family, LinearProgram, activity};

/// How the columns that are not payments follow from those that are: found once for a programme, applied to many plans.
pub(crate) struct Derivation<'p> {
    pub(crate) program: &'p LinearProgram,
    /// Rows of each column that is not a payment.
    rows_of: Vec<Vec<usize>>,
    /// Drawn and carried money in order of fund and year, a zone's own before what moves on, with the rows that limit each.
    money: Vec<(usize, Vec<usize>)>,
    /// Floors that move on with carried money.
    carried_floors: Vec<usize>,
    /// Shortfalls, and what lies in bands: nothing until it is their turn.
    shortfalls: Vec<usize>,
    /// What follows last: losses, shortfalls, totals, levels.
    last: Vec<usize>,
}

impl<'p> Derivation<'p> {
    pub(crate) fn new(program: &'p LinearProgram) -> Self {
        let (mut carried_floors, mut shortfalls, mut last) = (Vec::new(), Vec::new(), Vec::new());
        for (column, entry) in program.columns.iter().enumerate() {
            match entry.key {
                ColumnKey::Pay { .. }
                | ColumnKey::Carry { .. }
                | ColumnKey::Draw { .. }
                | ColumnKey::Units { .. }
                | ColumnKey::Project { .. }
                | ColumnKey::Active
                | ColumnKey::Earns
                | ColumnKey::Unearned => {}
                ColumnKey::CarriedFloor { .. } => carried_floors.push(column),
                ColumnKey::Shortfall { .. } | ColumnKey::Band { .. } => {
                    shortfalls.push(column);
                    last.push(column);
                }
                ColumnKey::Loss { .. }
                | ColumnKey::Total { .. }
                | ColumnKey::Level { .. }
                | ColumnKey::Missing { .. }
                | ColumnKey::Change { .. } => {
                    last.push(column);
                }
            }
        }
        Self {
            program,
            rows_of: rows_by_column(program),
            money: money(program),
            carried_floors,
            shortfalls,
            last,
        }
    }

    /// Sets every column that is not a payment from the payments in `values`.
    pub(crate) fn apply(&self, values: &mut [i64]) {
        let program = self.program;
        let rows = |column: usize| self.rows_of.get(column).map_or(&[][..], Vec::as_slice);
        self.carry(values);
        for &column in &self.shortfalls {
            values[column] = 0;
        }
        // A floor carried into a year comes before the one carried out of it; both before what is then short.
        for &column in &self.carried_floors {
            let entry = &program.columns[column];
            let asked = lacking(program, values, column, rows(column), Family::Rule);
            let most = largest(program, values, column, rows(column), Family::Carry);
            values[column] = asked.min(most).clamp(entry.lower, entry.upper);
        }
        for &column in &self.last {
            let entry = &program.columns[column];
            let value = match entry.key {
                ColumnKey::Loss { .. } => {
                    lacking(program, values, column, rows(column), Family::Claim)
                }
                ColumnKey::Change { .. } => least_change(program, values, column, rows(column)),
                ColumnKey::Missing { .. } => {
                    lacking(program, values, column, rows(column), Family::Goal)
                }
                ColumnKey::Shortfall { .. } => shortfall(program, values, column, rows(column)),
                ColumnKey::Total { .. } => total(program, values, column, rows(column)),
                // Bands of a cell stand in their order: each takes what those before it leave.
                ColumnKey::Band { .. } => {
                    largest(program, values, column, rows(column), Family::Goal)
                }
                _ => largest(program, values, column, rows(column), Family::Level),
            };
            values[column] = value.clamp(entry.lower, entry.upper);
        }
    }

    /// What a zone's own money pays and what moves on: year by year, a zone's own money first, and as much carried as may be.
    fn carry(&self, values: &mut [i64]) {
        for &(column, _) in &self.money {
            values[column] = 0;
        }
        for (column, limits) in &self.money {
            let mut most = self.program.columns[*column].upper;
            for &row in limits {
                let entry = &self.program.rows[row];
                let room = entry.upper.map_or(0, i128::from) - activity(&entry.cells, values);
                most = most.min(i64::try_from(room).unwrap_or(0));
            }
            values[*column] = most.max(0);
        }
    }
}

fn rows_by_column(program: &LinearProgram) -> Vec<Vec<usize>> {
    let mut rows_of = vec![Vec::new(); program.columns.len()];
    for (row, entry) in program.rows.iter().enumerate() {
        for &(column, _) in &entry.cells {
            if !matches!(program.columns[column].key, ColumnKey::Pay { .. }) {
                rows_of[column].push(row);
            }
        }
    }
    rows_of
}

/// Columns of drawn and carried money in the order in which they are settled, with the rows that limit each.
fn money(program: &LinearProgram) -> Vec<(usize, Vec<usize>)> {
    let mut in_order = BTreeMap::new();
    for (column, entry) in program.columns.iter().enumerate() {
        let key = match entry.key {
            ColumnKey::Draw { fund, zone, year } => (fund, year, false, Some(zone)),
            ColumnKey::Carry { fund, zone, year } => (fund, year, true, zone),
            _ => continue,
        };
        in_order.insert(key, column);
    }
    let mut limits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, entry) in program.rows.iter().enumerate() {
        let limits_money = matches!(entry.family, Family::Fund | Family::Carry | Family::Draw);
        if !limits_money || entry.upper.is_none() {
            continue;
        }
        for &(column, coefficient) in &entry.cells {
            let key = program.columns[column].key;
            if coefficient > 0 && matches!(key, ColumnKey::Carry { .. } | ColumnKey::Draw { .. }) {
                limits.entry(column).or_default().push(row);
            }
        }
    }
    let with_limits = |column| (column, limits.remove(&column).unwrap_or_default());
    in_order.into_values().map(with_limits).collect()
}

/// What a lower bound lacks without the column.
fn lacking(
    program: &LinearProgram,
    values: &mut [i64],
    column: usize,
    rows: &[usize],
    family: Family,
) -> i64 {
    values[column] = 0;
    let mut most = 0;
    for &row in rows {
        let entry = &program.rows[row];
        let helps = entry
            .cells
            .iter()
            .any(|cell| cell.0 == column && cell.1 > 0);
        if let (true, true, Some(lower)) = (entry.family == family, helps, entry.lower) {
            most = most.max(i128::from(lower) - activity(&entry.cells, values));
        }
    }
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// The least whole number with which the rows of a change hold.
fn least_change(program: &LinearProgram, values: &mut [i64], column: usize, rows: &[usize]) -> i64 {
    values[column] = 0;
    let mut most = 0;
    for &row in rows {
        let entry = &program.rows[row];
        let weight = entry.cells.iter().find(|cell| cell.0 == column);
        if let (Some(&(_, weight)), Some(lower)) = (weight, entry.lower) {
            let lacks = i128::from(lower) - activity(&entry.cells, values);
            let weight = i128::from(weight.max(1));
            most = most.max((lacks + weight - 1).div_euclid(weight));
        }
    }
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn shortfall(program: &LinearProgram, values: &mut [i64], column: usize, rows: &[usize]) -> i64 {
    values[column] = 0;
    let mut most = 0;
    for &row in rows {
        let entry = &program.rows[row];
        let Some(&(_, sign)) = entry.cells.iter().find(|cell| cell.0 == column) else {
            continue;
        };
        let value = activity(&entry.cells, values);
        let play = i128::from(entry.play);
        let lacks = if sign > 0 {
            entry
                .lower
                .map_or(0, |lower| i128::from(lower) - play - value)
        } else {
            entry
                .upper
                .map_or(0, |upper| value - i128::from(upper) - play)
        };
        most = most.max(lacks);
    }
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// The row that defines a total gives it a coefficient of minus one.
fn total(program: &LinearProgram, values: &mut [i64], column: usize, rows: &[usize]) -> i64 {
    values[column] = 0;
    rows.iter()
        .map(|&row| &program.rows[row])
        .find(|entry| entry.lower == Some(0) && entry.upper == Some(0))
        .map_or(0, |entry| {
            i64::try_from(activity(&entry.cells, values)).unwrap_or(i64::MAX)
        })
}

/// The most that every row of a family that the column weighs on allows, rounded down.
fn largest(
    program: &LinearProgram,
    values: &mut [i64],
    column: usize,
    rows: &[usize],
    family: Family,
) -> i64 {
    values[column] = 0;
    let mut least = i128::from(program.columns[column].upper);
    for &row in rows {
        let entry = &program.rows[row];
        if let Some(&(_, coefficient)) = entry.cells.iter().find(|cell| cell.0 == column)
            && coefficient < 0
            && entry.family == family
        {
            let covered = activity(&entry.cells, values);
            least = least.min(covered.div_euclid(-i128::from(coefficient)));
        }
    }
    i64::try_from(least).unwrap_or(0).max(0)
}
