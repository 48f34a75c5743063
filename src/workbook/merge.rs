//! What zones send back, taken into a model: every value at its cell, and nothing at all while anything is in doubt.

use std::collections::BTreeMap;

use super::zone::{AMOUNTS, FIXED};
use crate::input::workbook::layout::{
    Kind, RETURN, RETURN_ENTRIES, Sheet, ZONE_INDICATORS, ZONE_LISTS, ZONE_NEEDS,
    ZONE_SPENDING,    zone_sheet_named,
};
use crate::input::workbook::{
    Cell, CellAt, Rows, TextNumbers, numbers_in, read_grids, sheet_name, text_of, values_of,
};
use crate::input::{Formats, Problems, RawTable, read_model_from};
use crate::problem::{
    InvalidModel, Nearest, Place, ReferenceProblem, Shown, Thing, ValueProblem,
    WorkbookProblem,
};
use crate::units::{Euro, exact_text, parse_exact};

/// A model with what zones sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The files of the model by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What was taken in, in the order of the workbooks.
    pub taken: Vec<Taken>,
}

/// A value taken in from a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The zone.
    pub zone: String,
    /// Which figure: table and key.
    pub what: String,
    /// What the model had; empty for something new.
    pub before: String,
    /// What it has now.
    pub after: String,
    /// Workbook and cell it came from.
    pub cell: String,
}

/// A place in a model's tables.
type Key = (&'static str, Vec<String>, String);

/// A value of a zone for a place in the model.
struct Change {
    zone: String,
    key: Key,
    before: String,
    after: String,
    note: String,
    at: String,
}

/// Takes the workbooks that zones sent back into a model. Each has its name, for messages, and its bytes.
///
/// A zone may change the cells it was sent to fill in, of its own rows, and add rows of spending. What it did not change stays as
/// the model has it.
///
/// # Errors
/// Every conflict, each at its cell: a zone or code the model does not have, a row of another zone, a value the model has changed
/// since the workbook was sent, two workbooks that disagree, a cell that cannot be read. Nothing is taken in then.
pub fn merge(
    files: &BTreeMap<String, Vec<u8>>,
    workbooks: &[(String, Vec<u8>)],
) -> Result<Merged, InvalidModel> {
    let mut problems = Problems::default();
    let tables = Tables::of(files);
    let mut changes: Vec<Change> = Vec::new();
    for (name, bytes) in workbooks {
        let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let mut own = Problems::default();
        let found = returned(bytes, &tables, &mut own);
        for problem in own.into_list() {
            let at = format!("{short} {}", problem.place().line_text());
            problems.push(Place::file(at.trim_end()), problem.kind().clone());
        }
        for mut change in found {
            change.at = format!("{short} {}", change.at);
            agree(change, &mut changes, &mut problems);
        }
    }
    problems.finish()?;
    let taken = changes.iter().map(taken_of).collect();
    let files = tables.apply(files, &changes);
    read_model_from(&files)?;
    Ok(Merged { files, taken })
}

fn taken_of(change: &Change) -> Taken {
    let (file, key, column) = &change.key;
    let table = file.strip_suffix(".csv").unwrap_or(file);
    Taken {
        zone: change.zone.clone(),
        what: format!("{table} {} {column}", key.join(" ")),
        before: change.before.clone(),
        after: change.after.clone(),
        cell: change.at.clone(),
    }
}

/// Adds a change unless another workbook says the same; says so where it says something else.
fn agree(change: Change, changes: &mut Vec<Change>, problems: &mut Problems) {
    match changes.iter().find(|other| other.key == change.key) {
        None => changes.push(change),
        Some(other) if other.after == change.after => {}
        Some(other) => {
            let problem = WorkbookProblem::Conflict {
                value: Shown::new(&change.after),
                other: Shown::new(&other.after),
                place: Shown::new(&other.at),
            };
            problems.push(Place::file(change.at.as_str()), problem);
        }
    }
}

/// The tables a zone may change, and the codes it may name.
struct Tables {
    zones: RawTable,
    needs: RawTable,
    indicators: RawTable,
    actuals: RawTable,
    funds: Vec<String>,
    actions: Vec<String>,
}

impl Tables {
    fn of(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let formats = Formats::of_model(files);
        let table = |file: &str| RawTable::read(files, file, &[], &formats);
        let codes = |file: &str, column: &str| {
            let table = table(file);
            let codes = table.rows.iter().map(|row| table.cell(row, column).to_owned());
            codes.collect::<Vec<String>>()
        };
        let columns = ["fund", "action", "zone", "date", "assigned", "committed", "paid", "reported"];
        Self {
            zones: table("zones.csv"),
            needs: table("needs.csv"),
            indicators: table("indicators.csv"),
            actuals: RawTable::read(files, "actuals.csv", &columns, &formats),
            funds: codes("funds.csv", "fund"),
            actions: codes("actions.csv", "action"),
        }
    }

    fn has_zone(&self, zone: &str) -> bool {
        self.zones.rows.iter().any(|row| self.zones.cell(row, "zone") == zone)
    }

    /// The position of the row with a key.
    fn position(table: &RawTable, key: &[(&str, &str)]) -> Option<usize> {
        let is = |row: &Vec<String>| key.iter().all(|(name, text)| table.cell(row, name) == *text);
        table.rows.iter().position(is)
    }

    /// The files with the changes.
    fn apply(
        mut self,
        files: &BTreeMap<String, Vec<u8>>,
        changes: &[Change],
    ) -> BTreeMap<String, Vec<u8>> {
        for change in changes {
            let (file, key, column) = &change.key;
            let key: Vec<&str> = key.iter().map(String::as_str).collect();
            match (*file, key.as_slice()) {
                ("zones.csv", [zone]) => {
                    let row = Self::position(&self.zones, &[("zone", zone)]);
                    set(&mut self.zones, row, column, &change.after, "");
                }
                ("needs.csv", [zone, action, year]) => {
                    let key = [("zone", *zone), ("action", *action), ("year", *year)];
                    let row = Self::position(&self.needs, &key);
                    set(&mut self.needs, row, column, &change.after, &change.note);
                }
                ("indicators.csv", [zone, indicator, year]) => {
                    let key = [("zone", *zone), ("indicator", *indicator), ("year", *year)];
                    let row = Self::position(&self.indicators, &key);
                    set(&mut self.indicators, row, column, &change.after, &change.note);
                }
                ("actuals.csv", [zone, fund, action, date]) => {
                    let cells = [("fund", *fund), ("action", *action), ("zone", *zone), ("date", *date)];
                    let row = Self::position(&self.actuals, &cells).unwrap_or_else(|| {
                        self.actuals.push(&cells);
                        self.actuals.rows.len().saturating_sub(1)
                    });
                    set(&mut self.actuals, Some(row), column, &change.after, &change.note);
                }
                _ => {}
            }
        }
        let mut files = files.clone();
        let changed = |file: &str| changes.iter().any(|change| change.key.0 == file);
        for (file, table) in [
            ("zones.csv", &self.zones),
            ("needs.csv", &self.needs),
            ("indicators.csv", &self.indicators),
            ("actuals.csv", &self.actuals),
        ] {
            if changed(file) {
                files.insert(file.to_owned(), table.bytes());
            }
        }
        files
    }
}

fn set(table: &mut RawTable, row: Option<usize>, column: &str, value: &str, note: &str) {
    let Some(row) = row else { return };
    let text = if value.is_empty() { String::new() } else { table.decimal(value) };
    table.put(row, column, &text);
    if !note.is_empty() {
        table.add_column("note");
        table.put(row, "note", note);
    }
}

/// What one workbook says.
fn returned(bytes: &[u8], tables: &Tables, problems: &mut Problems) -> Vec<Change> {
    let whole = Place::default();
    let grids = read_grids(bytes, |name| zone_sheet_named(name).is_some());
    let Some((grids, _, _)) = problems.keep(&whole, grids) else {
        return Vec::new();
    };
    let mut sheets = Vec::new();
    for grid in &grids {
        if let Some(sheet) = zone_sheet_named(&grid.name) {
            sheets.extend(Rows::read(sheet, grid, problems));
        }
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
        let ids = tables.zones.rows.iter().map(|row| tables.zones.cell(row, "zone"));
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
        let kind = rows.sheet.column(key).map_or(Kind::Text, |column| column.kind);
        let place = rows.at(row.0, position).place();
        self.problems.keep(&place, text_of(&cell.value, kind, self.numbers))
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
        self.problems.push(Self::at(rows, row.0, "zone").place(), problem);
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
                self.problems.push(place, WorkbookProblem::ChangedKey { value });
                continue;
            };
            let (sent, value) = (plain(sent), plain(value));
            let at = Self::at(rows, row.0, "value");
            if value == sent || value == now {
                continue;
            }
            if value.is_empty() {
                let sent = Shown::new(&sent);
                self.problems.push(at.place(), WorkbookProblem::Emptied { sent });
            } else if sent != now {
                let (sent, now) = (shown(&sent), shown(&now));
                self.problems.push(at.place(), WorkbookProblem::Stale { sent, now });
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
        let now = table.number(row, column).map_or_else(|| text.to_owned(), |n| exact_text(&n));
        let file = ["needs.csv", "zones.csv", "indicators.csv"].into_iter().find(|own| *own == file)?;
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
            let amounts: Option<Vec<String>> =
                AMOUNTS.iter().map(|key| self.text(rows, row, key)).collect();
            let (Some([fund, action, date, note]), Some(amounts)) = (texts.as_deref(), amounts) else {
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
            let key = [("fund", fund.as_str()), ("action", action), ("zone", &self.zone), ("date", date)];
            let actuals = &self.tables.actuals;
            let known = Tables::position(actuals, &key).and_then(|row| actuals.rows.get(row));
            let key = vec![self.zone.clone(), fund.clone(), action.clone(), date.clone()];
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
        let known = [("fund", fund, &self.tables.funds, Thing::Fund), ("action", action, &self.tables.actions, Thing::Action)];
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
