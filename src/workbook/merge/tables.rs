//! The tables of a model that a zone may change.

use std::collections::BTreeMap;

use super::Change;
use crate::input::{Formats, RawTable};

/// The tables a zone may change, and the codes it may name.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) zones: RawTable,
    pub(super) needs: RawTable,
    pub(super) indicators: RawTable,
    pub(super) actuals: RawTable,
    pub(super) funds: Vec<String>,
    pub(super) actions: Vec<String>,
}

impl Tables {
    /// The tables of a model.
    pub(super) fn of(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let formats = Formats::of_model(files);
        let table = |file: &str| RawTable::read(files, file, &[], &formats);
        let codes = |file: &str, column: &str| {
            let table = table(file);
            let codes = table
                .rows
                .iter()
                .map(|row| table.cell(row, column).to_owned());
            codes.collect::<Vec<String>>()
        };
        let columns = [
            "fund",
            "action",
            "zone",
            "date",
            "assigned",
            "committed",
            "paid",
            "reported",
        ];
        Self {
            zones: table("zones.csv"),
            needs: table("needs.csv"),
            indicators: table("indicators.csv"),
            actuals: RawTable::read(files, "actuals.csv", &columns, &formats),
            funds: codes("funds.csv", "fund"),
            actions: codes("actions.csv", "action"),
        }
    }

    /// Whether the model has a zone.
    pub(super) fn has_zone(&self, zone: &str) -> bool {
        self.zones
            .rows
            .iter()
            .any(|row| self.zones.cell(row, "zone") == zone)
    }

    /// The position of the row with a key.
    pub(super) fn position(table: &RawTable, key: &[(&str, &str)]) -> Option<usize> {
        let is = |row: &Vec<String>| {
            key.iter()
                .all(|(name, text)| table.cell(row, name) == *text)
        };
        table.rows.iter().position(is)
    }

    /// The files with the changes.
    pub(super) fn apply(
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
                    set(
                        &mut self.indicators,
                        row,
                        column,
                        &change.after,
                        &change.note,
                    );
                }
                ("actuals.csv", [zone, fund, action, date]) => {
                    let cells = [
                        ("fund", *fund),
                        ("action", *action),
                        ("zone", *zone),
                        ("date", *date),
                    ];
                    let row = Self::position(&self.actuals, &cells).unwrap_or_else(|| {
                        self.actuals.push(&cells);
                        self.actuals.rows.len().saturating_sub(1)
                    });
                    set(
                        &mut self.actuals,
                        Some(row),
                        column,
                        &change.after,
                        &change.note,
                    );
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
    let text = if value.is_empty() {
        String::new()
    } else {
        table.decimal(value)
    };
    table.put(row, column, &text);
    if !note.is_empty() {
        table.add_column("note");
        table.put(row, "note", note);
    }
}
