//! `values.csv`: the value of each column of the sheet.

use std::collections::BTreeMap;

use crate::sheet::Sheet;

use super::report::{Tally, said};
use super::table::Table;

/// Reads the values: only columns that are not zero, by name, in the order of the sheet.
///
/// What is wrong goes to the tally; the values are then those that could be read.
pub(crate) fn read(bytes: &[u8], sheet: &Sheet, tally: &mut Tally) -> Vec<i64> {
    let mut values = vec![0; sheet.columns.len()];
    let table = match Table::read(bytes, &["column", "cents"]) {
        Ok(table) => table,
        Err(said) => {
            tally.fail("values.csv", "", said);
            return values;
        }
    };
    let positions: BTreeMap<&str, usize> = sheet
        .columns
        .iter()
        .enumerate()
        .map(|(position, column)| (column.name.as_str(), position))
        .collect();
    tally.looked_at(table.rows.len());
    let mut last = None;
    for (line, [name, cents]) in table.rows() {
        let place = format!("values.csv:{line}");
        let Some(&position) = positions.get(name) else {
            tally.fail(
                place,
                "",
                said!(
                    "la colonna `{name}` non esiste",
                    "there is no column `{name}`"
                ),
            );
            continue;
        };
        if last.is_some_and(|last| last >= position) {
            tally.fail(
                &place,
                "",
                said!(
                    "la colonna `{name}` è ripetuta o fuori ordine",
                    "column `{name}` is repeated or out of order"
                ),
            );
        }
        last = Some(position);
        let value = cents
            .parse::<i64>()
            .ok()
            .filter(|value| *value != 0 && value.to_string() == cents);
        match (value, values.get_mut(position)) {
            (Some(value), Some(slot)) => *slot = value,
            _ => tally.fail(
                place,
                "",
                said!(
                    "`{cents}` non è un numero intero di centesimi diverso da zero",
                    "`{cents}` is not a whole number of cents other than zero"
                ),
            ),
        }
    }
    values
}
