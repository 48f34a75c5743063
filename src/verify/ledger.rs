//! `ledger.csv`: who pays what. Read strictly, and equal to the sum of the `pay` columns.

use std::collections::BTreeMap;

use super::codes::{Cell, Codes, PayColumn, Place};
use super::report::{Tally, said};
use super::table::{Table, parse_euro, parse_year};

/// Planned cents by cell, never zero.
pub(crate) type Ledger = BTreeMap<Cell, i64>;

/// Reads a ledger: known codes, in order, no cell twice, no zero.
pub(crate) fn read(name: &str, bytes: &[u8], codes: &Codes<'_>, tally: &mut Tally) -> Ledger {
    let mut ledger = Ledger::new();
    let table = match Table::read(bytes, &["fund", "action", "zone", "year", "euro"]) {
        Ok(table) => table,
        Err(said) => {
            tally.fail(name, "", said);
            return ledger;
        }
    };
    tally.looked_at(table.rows.len());
    let mut last = None;
    for (line, [fund, action, zone, year, euro]) in table.rows() {
        let place = format!("{name}:{line}");
        let cell = (
            codes.fund(fund),
            codes.action(action),
            codes.zone(zone),
            parse_year(year).and_then(|year| codes.year(year)),
        );
        let (Some(fund), Some(action), Some(zone), Some(year)) = cell else {
            tally.fail(
                place,
                "",
                said!(
                    "`{fund}`, `{action}`, `{zone}` o `{year}` non è nel modello",
                    "`{fund}`, `{action}`, `{zone}` or `{year}` is not in the model"
                ),
            );
            continue;
        };
        let cell = (fund, action, zone, year);
        if last.is_some_and(|last| last >= cell) {
            tally.fail(
                &place,
                "",
                said!(
                    "riga ripetuta o fuori ordine",
                    "line repeated or out of order"
                ),
            );
        }
        last = Some(cell);
        match parse_euro(euro).filter(|euro| euro.cents() > 0) {
            Some(amount) => {
                ledger.insert(cell, amount.cents());
            }
            None => tally.fail(
                place,
                "",
                said!(
                    "`{euro}` non è un importo positivo scritto 1234.56",
                    "`{euro}` is not a positive amount written 1234.56"
                ),
            ),
        }
    }
    ledger
}

/// Checks that the ledger is the sum of the `pay` columns, cell by cell.
pub(crate) fn check_values(
    codes: &Codes<'_>,
    ledger: &Ledger,
    pays: &[PayColumn],
    values: &[i64],
) -> Tally {
    let mut tally = Tally::new(
        "ledger",
        said!(
            "ogni riga del registro è la somma delle sue colonne",
            "every line of the ledger is the sum of its columns"
        ),
    );
    let mut sums: BTreeMap<Cell, i128> = BTreeMap::new();
    for pay in pays {
        let value = values.get(pay.column).copied().unwrap_or(0);
        let sum = sums.entry(pay.cell).or_default();
        *sum = sum.saturating_add(i128::from(value));
    }
    for &cell in ledger.keys() {
        sums.entry(cell).or_default();
    }
    tally.looked_at(sums.len());
    for (cell, sum) in sums {
        let written = ledger.get(&cell).copied().unwrap_or(0);
        let by = sum.saturating_sub(i128::from(written));
        if by != 0 {
            tally.fail(
                codes.text(&Place::of(cell)),
                format!("{by} cent"),
                said!(
                    "il registro dice {written} centesimi, le colonne {sum}",
                    "the ledger says {written} cents, the columns {sum}"
                ),
            );
        }
    }
    tally
}
