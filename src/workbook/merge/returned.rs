//! What one workbook says.

use std::collections::BTreeMap;

use super::tables::Tables;
use super::{Change, Key};
use crate::input::workbook::layout::{
    Kind, RETURN, RETURN_ENTRIES, Sheet, ZONE_INDICATORS, ZONE_LISTS, ZONE_NEEDS, ZONE_SPENDING,
    zone_sheet_named,
};
use crate::input::workbook::{
    Cell, CellAt, Grid, Rows, TextNumbers, language_of, numbers_in, read_grids, sheet_name,
    text_of, values_of,
};
use crate::input::{Problems, RawTable};
use crate::problem::{
    Nearest, Place, ReferenceProblem, Shown, Thing, ValueProblem, WorkbookProblem,
};
use crate::units::{Euro, exact_text, parse_exact};
use crate::workbook::zone::{AMOUNTS, FIXED};

/// What one workbook says.
pub(super) fn returned(bytes: &[u8], tables: &Tables, problems: &mut Problems) -> Vec<Change> {
    let whole = Place::default();
    let grids = read_grids(bytes, |name| zone_sheet_named(name).is_some());
    let Some((grids, _, _)) = problems.keep(&whole, grids) else {
        return Vec::new();
    };
    let found: Vec<(&Sheet, &Grid)> = grids
        .iter()
        .filter_map(|grid| Some((zone_sheet_named(&grid.name)?, grid)))
        .collect();
    let book = language_of(&found);
    let mut sheets = Vec::new();
    for (sheet, grid) in found {
        sheets.extend(Rows::read(sheet, grid, book, problems));
    }
    let find = |wanted: &Sheet| sheets.iter().find(|rows| rows.sheet.name == wanted.name);
    let Some(whose) = find(&RETURN) else {
        let sheet = Shown::new(&format!("{} / {}", RETURN.name.it, RETURN.name.en));
        problems.push(whole, WorkbookProblem::NoZoneSheet { sheet });
        return Vec::new();
    };
    let entries = values_of(whose, RETURN_ENTRIES);
    let numbers = numbers_in(&entries, problems);
    let zone = entries.iter().find(|(key, _, _)| *key == "zone");
    let Some((zone, at)) = zone.map(|(_, value, at)| (value.text(), at.clone())) else {
        let place = Place::file(whose.name.as_ref());
        problems.push(place, ValueProblem::Empty);
        return Vec::new();
    };
    if !tables.has_zone(&zone) {
        let ids = tables
            .zones
            .rows
            .iter()
            .map(|row| tables.zones.cell(row, "zone"));
        let problem = WorkbookProblem::UnknownZone {
            zone: Shown::new(&zone),
            nearest: Nearest::of(&zone, ids),
        };
        problems.push(at.place(), problem);
        return Vec::new();
    }
    let mut reader = Reader {
        tables,
        zone,
        numbers,
        problems,
        changes: Vec::new(),
    };
    if let Some(rows) = find(&ZONE_NEEDS) {
        reader.figures(rows, "action");
    }
    if let Some(rows) = find(&ZONE_INDICATORS) {
        reader.figures(rows, "indicator");
    }
    if let Some(rows) = find(&ZONE_SPENDING) {
        reader.spending(rows);
    }
    reader.changes
}

struct Reader<'r> {
    tables: &'r Tables,
    zone: String,
    numbers: TextNumbers,
    problems: &'r mut Problems,
    changes: Vec<Change>,
}

type Cells<'g> = BTreeMap<u32, Cell>;

impl Reader<'_> {
    /// The text of a cell of a row; empty where there is none, `None` with its problem where it cannot be read.
    fn text(&mut self, rows: &Rows<'_>, row: (u32, &Cells<'_>), key: &str) -> Option<String> {
        let Some(position) = rows.position(key) else {
            return Some(String::new());
        };
        let Some(cell) = row.1.get(&position) else {
            return Some(String::new());
        };
        let kind = rows
            .sheet
            .column(key)
            .map_or(Kind::Text, |column| column.kind);
        let place = rows.at(row.0, position).place();
        self.problems
            .keep(&place, text_of(&cell.value, kind, self.numbers))
    }

    fn at(rows: &Rows<'_>, row: u32, key: &str) -> CellAt {
        rows.at(row, rows.position(key).unwrap_or_default())
    }

    /// Whether a row belongs to the zone; one of another zone is a problem.
    fn is_own(&mut self, rows: &Rows<'_>, row: (u32, &Cells<'_>)) -> bool {
        let Some(zone) = self.text(rows, row, "zone") else {
            return false;
        };
        if zone.is_empty() || zone == self.zone {
            return true;
        }
        let problem = WorkbookProblem::ForeignZone {
            zone: Shown::new(&zone),
            own: Shown::new(&self.zone),
        };
        self.problems
            .push(Self::at(rows, row.0, "zone").place(), problem);
        false
    }

    /// Needs or indicators: a figure that was sent, and what the zone says.
    fn figures(&mut self, rows: &Rows<'_>, what: &str) {
        for (row, cells) in &rows.rows {
            let row = (*row, *cells);
            if !self.is_own(rows, row) {
                continue;
            }
            let texts: Option<Vec<String>> = [what, "year", "sent", "value", "note"]
                .iter()
                .map(|key| self.text(rows, row, key))
                .collect();
            let Some([name, year, sent, value, note]) = texts.as_deref() else {
                continue;
            };
            if name.is_empty() && sent.is_empty() && value.is_empty() {
                continue;
            }
            let Some((key, now)) = self.now(what, name, year) else {
                let value = Shown::new(format!("{name} {year}").trim_end());
                let place = Self::at(rows, row.0, what).place();
                self.problems
                    .push(place, WorkbookProblem::ChangedKey { value });
                continue;
            };
            let (sent, value) = (plain(sent), plain(value));
            let at = Self::at(rows, row.0, "value");
            if value == sent || value == now {
                continue;
            }
            if value.is_empty() {
                let sent = Shown::new(&sent);
                self.problems
                    .push(at.place(), WorkbookProblem::Emptied { sent });
            } else if sent != now {
                let (sent, now) = (shown(&sent), shown(&now));
                self.problems
                    .push(at.place(), WorkbookProblem::Stale { sent, now });
            } else {
                self.changes.push(Change {
                    zone: self.zone.clone(),
                    key,
                    before: now,
                    after: value,
                    note: note.clone(),
                    at: at.place().line_text(),
                });
            }
        }
    }

    /// Where a figure is in the model, and what the model has.
    fn now(&self, what: &str, name: &str, year: &str) -> Option<(Key, String)> {
        let tables = self.tables;
        let zone = self.zone.as_str();
        let (file, table, column, key): (&str, &RawTable, &str, Vec<(&str, &str)>) =
            match (what, year) {
                ("action", _) => (
                    "needs.csv",
                    &tables.needs,
                    "units",
                    vec![("zone", zone), ("action", name), ("year", year)],
                ),
                (_, "") => {
                    let known = tables.zones.header().iter().any(|own| own == name);
                    if !known || FIXED.contains(&name) {
                        return None;
                    }
                    ("zones.csv", &tables.zones, name, vec![("zone", zone)])
                }
                _ => (
                    "indicators.csv",
                    &tables.indicators,
                    "value",
                    vec![("zone", zone), ("indicator", name), ("year", year)],
                ),
            };
        let row = table.rows.get(Tables::position(table, &key)?)?;
        let text = table.cell(row, column);
        let now = table
            .number(row, column)
            .map_or_else(|| text.to_owned(), |n| exact_text(&n));
        let file = ["needs.csv", "zones.csv", "indicators.csv"]
            .into_iter()
            .find(|own| *own == file)?;
        let key = key.iter().map(|(_, text)| (*text).to_owned()).collect();
        Some(((file, key, column.to_owned()), now))
    }

    /// Rows of spending: those the model has must be the same, the others are new.
    fn spending(&mut self, rows: &Rows<'_>) {
        for (row, cells) in &rows.rows {
            let row = (*row, *cells);
            if !self.is_own(rows, row) {
                continue;
            }
            let texts: Option<Vec<String>> = ["fund", "action", "date", "note"]
                .iter()
                .map(|key| self.text(rows, row, key))
                .collect();
            let amounts: Option<Vec<String>> = AMOUNTS
                .iter()
                .map(|key| self.text(rows, row, key))
                .collect();
            let (Some([fund, action, date, note]), Some(amounts)) = (texts.as_deref(), amounts)
            else {
                continue;
            };
            if [fund, action, date].iter().all(|text| text.is_empty())
                && amounts.iter().all(String::is_empty)
            {
                continue;
            }
            if !self.has_codes(rows, row.0, [fund, action, date]) {
                continue;
            }
            let key = [
                ("fund", fund.as_str()),
                ("action", action),
                ("zone", &self.zone),
                ("date", date),
            ];
            let actuals = &self.tables.actuals;
            let known = Tables::position(actuals, &key).and_then(|row| actuals.rows.get(row));
            let key = vec![
                self.zone.clone(),
                fund.clone(),
                action.clone(),
                date.clone(),
            ];
            for (column, after) in AMOUNTS.iter().zip(amounts) {
                let at = Self::at(rows, row.0, column);
                let before = known.map(|row| {
                    let euro = actuals.euro(row, column);
                    euro.map_or_else(String::new, |euro: Euro| euro.to_string())
                });
                match before {
                    Some(before) if before == after => {}
                    Some(before) => {
                        let problem = WorkbookProblem::Conflict {
                            value: shown(&after),
                            other: shown(&before),
                            place: Shown::new("actuals.csv"),
                        };
                        self.problems.push(at.place(), problem);
                    }
                    None => self.changes.push(Change {
                        zone: self.zone.clone(),
                        key: ("actuals.csv", key.clone(), (*column).to_owned()),
                        before: String::new(),
                        after,
                        note: note.clone(),
                        at: at.place().line_text(),
                    }),
                }
            }
        }
    }

    /// Whether fund and action are in the model and the date is there.
    fn has_codes(&mut self, rows: &Rows<'_>, row: u32, [fund, action, date]: [&String; 3]) -> bool {
        let mut good = true;
        let known = [
            ("fund", fund, &self.tables.funds, Thing::Fund),
            ("action", action, &self.tables.actions, Thing::Action),
        ];
        for (column, code, codes, thing) in known {
            let place = Self::at(rows, row, column).place();
            if code.is_empty() {
                self.problems.push(place, ValueProblem::Empty);
                good = false;
            } else if !codes.contains(code) {
                let problem = ReferenceProblem::Unknown {
                    thing,
                    id: Shown::new(code),
                    nearest: Nearest::of(code, codes.iter().map(String::as_str)),
                    home: Shown::new(&sheet_name(ZONE_LISTS.name.it)),
                };
                self.problems.push(place, problem);
                good = false;
            }
        }
        if date.parse::<jiff::civil::Date>().is_err() {
            let place = Self::at(rows, row, "date").place();
            let value = Shown::new(date);
            self.problems.push(place, ValueProblem::Date { value });
            good = false;
        }
        good
    }
}

/// A number in one form only; a word stays.
fn plain(text: &str) -> String {
    parse_exact(text).map_or_else(|| text.to_owned(), |value| exact_text(&value))
}

fn shown(text: &str) -> Shown {
    Shown::new(if text.is_empty() { "—" } else { text })
}
