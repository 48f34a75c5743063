//! Rows of totals that bear no word: the cell of the code is empty, and a number is the sum of those above it.

use std::collections::BTreeMap;

use num_traits::CheckedAdd;

use super::layout::{Kind, Sheet};
use super::rows::Head;
use super::value::{Cell, Value};
use crate::input::table::is_total;
use crate::problem::Shown;
use crate::units::{Exact, parse_exact};

/// Sums of the numbers seen so far, by column: of all rows, and of those since the last total.
#[derive(Debug, Default)]
pub(super) struct Totals(BTreeMap<u32, [Option<Exact>; 2]>);

impl Totals {
    /// What looks like a total in a row, if anything does; else the row is added to the sums.
    pub(super) fn of(
        &mut self,
        sheet: &Sheet,
        heads: &BTreeMap<u32, Head>,
        cells: &BTreeMap<u32, Cell>,
    ) -> Option<(u32, Shown)> {
        let own = || {
            cells
                .iter()
                .filter_map(|(column, cell)| Some((*column, heads.get(column)?, cell)))
        };
        let is_code = |kind| matches!(kind, Kind::Id(_) | Kind::Ids);
        let key = sheet.columns.first().filter(|column| is_code(column.kind));
        let has_key = |key: &str| own().any(|(_, head, _)| head.key() == key);
        let has_head = |key: &str| heads.values().any(|head| head.key() == key);
        let key = key.filter(|key| has_head(key.key) && !has_key(key.key));
        if key.is_some() {
            for (column, _, cell) in own() {
                let text = cell.value.text();
                if matches!(cell.value, Value::Text(_)) && is_total(&text) {
                    return Some((column, Shown::new(&text)));
                }
            }
            let plain = |head: &Head| match head {
                Head::Known(column) => matches!(
                    column.kind,
                    Kind::Money | Kind::Number | Kind::Units | Kind::Year | Kind::Date
                ),
                Head::Free(_) => true,
            };
            let only_numbers =
                own().all(|(_, head, cell)| plain(head) && cell.value.number().is_some());
            let sum = own().find(|(column, head, cell)| {
                only_numbers && counts(head) && (cell.is_formula || self.is_sum(*column, cell))
            });
            if let Some((column, _, cell)) = sum {
                for sums in self.0.values_mut() {
                    sums[1] = None;
                }
                return Some((column, cell.value.shown()));
            }
        }
        for (column, head, cell) in own() {
            if let Some(number) = number(cell).filter(|_| counts(head)) {
                for sum in self.0.entry(column).or_default() {
                    *sum = sum.map_or(Some(number), |sum| sum.checked_add(&number));
                }
            }
        }
        None
    }

    fn is_sum(&self, column: u32, cell: &Cell) -> bool {
        let sums = self.0.get(&column).into_iter().flatten().flatten();
        number(cell).is_some_and(|number| sums.into_iter().any(|sum| *sum == number))
    }
}

fn number(cell: &Cell) -> Option<Exact> {
    parse_exact(cell.value.number()?)
}

/// Whether the numbers of a column can be summed.
fn counts(head: &Head) -> bool {
    match head {
        Head::Known(column) => matches!(column.kind, Kind::Money | Kind::Number | Kind::Units),
        Head::Free(_) => true,
    }
}
