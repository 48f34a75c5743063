//! What was spent in the past years: the ledger of the proposal, and the actuals where they close a year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::todo::{Item, Kind};
use crate::input::{RawTable, year_of};
use crate::units::{Euro, Year};

/// Fund, action, zone, by code.
pub(super) type Cell = (String, String, String);

/// Euro by cell and year.
#[derive(Debug, Default)]
pub(super) struct Spent {
    /// What counts: never zero.
    pub(super) euro: BTreeMap<(Cell, Year), Euro>,
    /// Which of the cells the actuals said, zeros included.
    pub(super) actual: BTreeSet<(Cell, Year)>,
    /// Actuals that do not close a year.
    pub(super) items: Vec<Item>,
}

/// Reads `ledger.csv` of a verified dossier; `None` if it is not one.
pub(super) fn ledger(bytes: &[u8]) -> Option<BTreeMap<(Cell, Year), Euro>> {
    let mut cells = BTreeMap::new();
    for record in csv::Reader::from_reader(bytes).records() {
        let record = record.ok()?;
        let text = |position: usize| record.get(position).map(str::to_owned);
        let cell = (text(0)?, text(1)?, text(2)?);
        let year = year_of(record.get(3)?).ok()?;
        cells.insert((cell, year), Euro::parse(record.get(4)?)?);
    }
    Some(cells)
}

/// The past years among `years`: the actuals where they close the year, else the ledger.
pub(super) fn past(
    ledger: &BTreeMap<(Cell, Year), Euro>,
    actuals: &RawTable,
    years: &[Year],
) -> Spent {
    let mut spent = Spent::default();
    let is_past = |((_, year), _): &(&(Cell, Year), &Euro)| years.contains(year);
    let planned = ledger.iter().filter(is_past);
    spent
        .euro
        .extend(planned.map(|(key, euro)| (key.clone(), *euro)));
    let mut reports: BTreeMap<Cell, BTreeMap<Date, Option<Euro>>> = BTreeMap::new();
    for row in &actuals.rows {
        let text = |column| actuals.cell(row, column).to_owned();
        let Some(date) = actuals.date(row, "date") else {
            continue;
        };
        let said = actuals
            .euro(row, "committed")
            .or_else(|| actuals.euro(row, "paid"));
        let cell = (text("fund"), text("action"), text("zone"));
        reports.entry(cell).or_default().insert(date, said);
    }
    for (cell, dates) in reports {
        for &year in years {
            if !dates.keys().any(|date| Year::from(date.year()) >= year) {
                continue;
            }
            let key = (cell.clone(), year);
            // Reports are cumulative: what the plan paid in earlier years is in them too.
            let planned =
                |before: &Year| *before < year && ledger.contains_key(&(cell.clone(), *before));
            let from_nothing = !years.iter().any(planned);
            match of_year(&dates, year, from_nothing) {
                Some(Euro::ZERO) => {
                    spent.euro.remove(&key);
                    spent.actual.insert(key);
                }
                Some(euro) => {
                    spent.euro.insert(key.clone(), euro);
                    spent.actual.insert(key);
                }
                None => {
                    let place = format!("{}, {}, {}", cell.0, cell.1, cell.2);
                    let values = [
                        ("place", place),
                        ("year", year.to_string()),
                        ("before", year.saturating_sub(1).to_string()),
                    ];
                    spent.items.push(Item::new(Kind::Actuals, values));
                }
            }
        }
    }
    spent
}

/// What cumulative reports say of one year: at its end, less at the end of the year before.
fn of_year(dates: &BTreeMap<Date, Option<Euro>>, year: Year, from_nothing: bool) -> Option<Euro> {
    let closing = |year: Year| {
        let closes =
            |date: &Date| Year::from(date.year()) == year && (date.month(), date.day()) == (12, 31);
        let mut found = dates.iter().filter(|(date, _)| closes(date));
        found.next().and_then(|(_, euro)| *euro)
    };
    let earlier = dates.keys().any(|date| Year::from(date.year()) < year);
    let before = if earlier || !from_nothing {
        closing(year.saturating_sub(1))?
    } else {
        Euro::ZERO
    };
    let euro = closing(year)?.checked_sub(before)?;
    (euro >= Euro::ZERO).then_some(euro)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cumulative_reports_say_what_a_year_was() {
        let at = |text: &str, cents| (text.parse::<Date>().unwrap(), Some(Euro::from_cents(cents)));
        let check = |dates: &[(Date, Option<Euro>)], year, expected: Option<i64>| {
            let dates = dates.iter().copied().collect();
            assert_eq!(of_year(&dates, year, true).map(Euro::cents), expected);
        };
        let (first, second) = (at("2026-12-31", 100), at("2027-12-31", 250));
        check(&[first, second], 2026, Some(100));
        check(&[first, second], 2027, Some(150));
        check(&[second], 2026, None);
        check(&[second], 2027, Some(250));
        check(&[at("2026-06-30", 10), second], 2027, None);
        check(&[at("2026-06-30", 10), first], 2026, Some(100));
        let only = [second].into_iter().collect();
        assert_eq!(of_year(&only, 2027, false), None);
        check(&[at("2026-12-31", 300), second], 2027, None);
    }
}
