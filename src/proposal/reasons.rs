//! What is not covered, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::indivisible::{does_not_fit, is_never_whole};
use super::lines::{UnmetLine, UnmetReason};
use crate::lp::{ColumnKey, Family, LinearProgram, Row, activity};
use crate::model::{ActionIdx, FundIdx, Model, ZoneIdx};
use crate::tolerance::SAME_CENTS;
use crate::units::{Euro, Exact, Year};

/// Whether a row says that something comes whole.
pub(crate) fn is_whole(row: &Row) -> bool {
    matches!(row.family, Family::Units | Family::Project | Family::Active)
}

/// Need of an action in a zone and year.
pub(crate) type Cell = (ActionIdx, ZoneIdx, Year);

/// What is missing of a need, in cents, and the plan before it was rounded.
#[derive(Clone, Copy)]
struct Open<'a> {
    need: i64,
    missing: i64,
    picked: &'a [f64],
}

/// Whether less than a cent of a need was missing before rounding; its pay columns are given.
#[expect(clippy::cast_precision_loss, reason = "less than a cent or not")]
pub(crate) fn open_by_rounding(need: i64, columns: &[usize], picked: &[f64]) -> bool {
    let paid: f64 = columns
        .iter()
        .filter_map(|&column| picked.get(column))
        .sum();
    need as f64 - paid < 1.0 - SAME_CENTS
}

/// One line for each limited need that is not fully covered, in order of action, zone, year.
pub(crate) fn unmet_lines(
    model: &Model,
    program: &LinearProgram,
    values: &[i64],
    picked: &[f64],
) -> Vec<UnmetLine> {
    let mut cells: BTreeMap<Cell, (i64, Exact)> = BTreeMap::new();
    for demand in &model.demands {
        if let Some(euro) = demand.euro {
            let cell = cells
                .entry((demand.action, demand.zone, demand.year))
                .or_default();
            cell.0 = cell.0.saturating_add(euro.cents());
            cell.1 += demand.units;
        }
    }
    let mut columns: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
    for (column, entry) in program.columns.iter().enumerate() {
        if let ColumnKey::Pay { demand, .. } = entry.key {
            let demand = &model.demands[demand];
            if demand.euro.is_some() {
                columns
                    .entry((demand.action, demand.zone, demand.year))
                    .or_default()
                    .push(column);
            }
        }
    }
    let room = Room::new(model, program, values);
    let mut lines = Vec::new();
    for (cell, (need, units)) in cells {
        let own = columns.get(&cell).map_or(&[][..], Vec::as_slice);
        let covered: i64 = own.iter().map(|&c| values[c]).sum();
        let missing = need - covered;
        if missing > 0 {
            lines.push(UnmetLine {
                action: cell.0,
                zone: cell.1,
                year: cell.2,
                units: units * Exact::new(i128::from(missing), i128::from(need)),
                euro: Euro::from_cents(missing),
                reason: room.reason(
                    cell,
                    own,
                    Open {
                        need,
                        missing,
                        picked,
                    },
                ),
            });
        }
    }
    lines
}

/// What each row still allows.
pub(crate) struct Room<'m> {
    pub(crate) model: &'m Model,
    pub(crate) program: &'m LinearProgram,
    pub(crate) values: &'m [i64],
    /// Rows of each column.
    pub(crate) rows_of: Vec<Vec<usize>>,
}

impl<'m> Room<'m> {
    pub(crate) fn new(model: &'m Model, program: &'m LinearProgram, values: &'m [i64]) -> Self {
        let mut rows_of = vec![Vec::new(); program.columns.len()];
        for (row, entry) in program.rows.iter().enumerate() {
            for &(column, _) in &entry.cells {
                rows_of[column].push(row);
            }
        }
        Self {
            model,
            program,
            values,
            rows_of,
        }
    }

    fn reason(&self, cell: Cell, columns: &[usize], open: Open<'_>) -> UnmetReason {
        if columns.is_empty() {
            return self.without_columns(cell);
        }
        if open_by_rounding(open.need, columns, open.picked) {
            return UnmetReason::Rounding;
        }
        if is_never_whole(self, cell, columns, open.missing) {
            return UnmetReason::Indivisible;
        }
        let mut ruled = false;
        let mut free = false;
        for &column in columns {
            if self.values[column] >= self.program.columns[column].upper {
                continue;
            }
            let mut blocking = self.blocking(column);
            if blocking.is_empty() {
                // A cent that rounding left in a row is not why the need is open.
                blocking = self.blocking_before(column, open.picked);
            }
            let spent = blocking.contains(&Family::Fund);
            if !spent && blocking.is_empty() {
                free = true;
            } else if !spent {
                ruled = true;
            }
        }
        if free && does_not_fit(self, cell, columns) {
            UnmetReason::Indivisible
        } else if free {
            UnmetReason::Outranked
        } else if ruled {
            UnmetReason::Rule
        } else {
            UnmetReason::Exhausted
        }
    }

    /// No fund has a column here: none may pay, or those that may have no money then.
    fn without_columns(&self, cell: Cell) -> UnmetReason {
        let (action, zone, year) = cell;
        let mut funds: BTreeSet<FundIdx> = BTreeSet::new();
        for demand in &self.model.demands {
            if (demand.action, demand.zone, demand.year) == (action, zone, year) {
                let may = self
                    .model
                    .fund_indices()
                    .filter(|&f| self.model.may_pay(f, demand));
                funds.extend(may);
            }
        }
        if funds.is_empty() {
            return UnmetReason::NotEligible;
        }
        if funds.iter().any(|&fund| self.is_expired(fund, zone, year)) {
            UnmetReason::Deadline
        } else {
            UnmetReason::Exhausted
        }
    }

    /// Whether a fund without money for a zone and year had some that may no longer be spent then.
    pub(crate) fn is_expired(&self, fund: FundIdx, zone: ZoneIdx, year: Year) -> bool {
        let deadline = self.model.fund(fund).deadline;
        let money = self.model.money.range((fund, Year::MIN)..=(fund, year));
        money
            .filter(|(key, _)| {
                key.1 < year
                    || deadline
                        .last_year_for(key.1)
                        .is_some_and(|last| last < year)
            })
            .any(|(_, money)| money.of_zone(zone).unwrap_or(money.total) > Euro::ZERO)
    }

    /// Families of the hard rows that leave a column no room to grow.
    fn blocking(&self, column: usize) -> BTreeSet<Family> {
        self.blocking_rows(column)
            .map(|row| self.program.rows[row].family)
            .collect()
    }

    /// Families of the hard rows that left a column no room to grow by a cent before rounding.
    #[expect(clippy::cast_precision_loss, reason = "less than a cent or not")]
    fn blocking_before(&self, column: usize, picked: &[f64]) -> BTreeSet<Family> {
        let blocks = |&row: &usize| {
            let entry = &self.program.rows[row];
            let float = |value: i64| value as f64;
            let cells = entry.cells.iter();
            let value: f64 = cells
                .filter_map(|&(column, cell)| Some(float(cell) * picked.get(column)?))
                .sum();
            let own = entry.cells.iter().find(|cell| cell.0 == column);
            let step = own.map_or(0.0, |cell| float(cell.1)) * (1.0 - SAME_CENTS);
            !entry.family.is_of_goals()
                && !is_whole(entry)
                && !self.is_soft(entry)
                && (entry
                    .upper
                    .is_some_and(|upper| step > 0.0 && value + step > float(upper))
                    || entry
                        .lower
                        .is_some_and(|lower| step < 0.0 && value + step < float(lower)))
        };
        let rows = self.rows_of[column].iter().filter(|row| blocks(row));
        rows.map(|&row| self.program.rows[row].family).collect()
    }

    /// The hard rows that leave a column no room to grow by a cent, those of whole things left aside.
    pub(crate) fn blocking_rows(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        self.rows_of[column].iter().copied().filter(move |&row| {
            let entry = &self.program.rows[row];
            !entry.family.is_of_goals() && !is_whole(entry) && self.leaves_no_room(entry, column)
        })
    }

    /// Whether only whole things stand in the way of what is missing of a need.
    pub(crate) fn is_indivisible(&self, cell: Cell, columns: &[usize], missing: i64) -> bool {
        is_never_whole(self, cell, columns, missing) || does_not_fit(self, cell, columns)
    }

    /// Whether a row has a shortfall.
    fn is_soft(&self, row: &Row) -> bool {
        row.cells.iter().any(|cell| {
            matches!(
                self.program.columns[cell.0].key,
                ColumnKey::Shortfall { .. }
            )
        })
    }

    fn leaves_no_room(&self, row: &Row, column: usize) -> bool {
        if self.is_soft(row) {
            return false;
        }
        let coefficient = row
            .cells
            .iter()
            .find(|cell| cell.0 == column)
            .map_or(0, |cell| i128::from(cell.1));
        let next = activity(&row.cells, self.values) + coefficient;
        let play = i128::from(row.play);
        row.upper
            .is_some_and(|upper| coefficient > 0 && next > i128::from(upper) + play)
            || row
                .lower
                .is_some_and(|lower| coefficient < 0 && next < i128::from(lower) - play)
    }
}
