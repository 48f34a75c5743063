//! What becomes of the columns of `zones.csv` when zones are merged or split: numbers by a rule, texts as stated.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::{Ground, free_columns};
use super::state::State;
use crate::input::{At, Keyed, Problems, RawTable, Written};
use crate::model::expression::Value;
use crate::problem::{Nearest, ScenarioProblem, Shown};

/// Columns this program adds to tell zones apart in formulas.
const MARKS: &str = "zone_scelte_";

/// Whether this program added a column to tell zones apart.
pub(super) fn is_mark(column: &str) -> bool {
    column.starts_with(MARKS)
}

/// The name of such a column.
pub(super) fn mark_name(number: usize) -> String {
    format!("{MARKS}{number}")
}

/// The rules a change states, by column.
pub(super) type Stated = BTreeMap<String, At<String>>;

/// A column of `zones.csv`, or an indicator that has dated values only.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) is_number: bool,
    /// It holds 0 and 1 alone, so that adding up makes no sense.
    pub(super) is_switch: bool,
    /// It was added by this program.
    pub(super) is_mark: bool,
}

/// The stated rules; columns that do not exist are told.
pub(super) fn stated(
    keyed: Option<&Keyed<At<Written>>>,
    columns: &[Column],
    problems: &mut Problems,
) -> Option<Stated> {
    let mut rules = Stated::new();
    let mut good = true;
    for (name, written) in keyed.iter().flat_map(|keyed| &keyed.0) {
        if columns.iter().any(|column| column.name == name.value) {
            rules.insert(name.value.clone(), written.with(written.value.0.clone()));
            continue;
        }
        good = false;
        let known = columns.iter().map(|column| column.name.as_str());
        let unknown = ScenarioProblem::UnknownColumn {
            nearest: Nearest::of(&name.value, known),
            column: Shown::new(&name.value),
        };
        problems.push(name.place.clone(), unknown);
    }
    good.then_some(rules)
}

/// The columns, and the indicators that have dated values only.
pub(super) fn columns(state: &State<'_>, ground: &Ground) -> Vec<Column> {
    let zones = state.table("zones.csv");
    let mut columns: Vec<Column> = free_columns(zones)
        .into_iter()
        .map(|(name, is_number)| Column {
            is_switch: is_number && is_switch(zones, &name),
            is_mark: is_mark(&name),
            name,
            is_number,
        })
        .collect();
    let known: BTreeSet<String> = columns.iter().map(|column| column.name.clone()).collect();
    let dated: BTreeSet<&String> = ground.1.keys().map(|(_, name)| name).collect();
    columns.extend(
        dated
            .into_iter()
            .filter(|name| !known.contains(*name))
            .map(|name| Column {
                name: name.clone(),
                is_number: true,
                is_switch: false,
                is_mark: false,
            }),
    );
    columns
}

fn is_switch(zones: &RawTable, name: &str) -> bool {
    let cells = zones.rows.iter().map(|row| zones.cell(row, name));
    let mut seen = BTreeSet::new();
    for cell in cells.filter(|cell| !cell.is_empty()) {
        if !matches!(cell, "0" | "1") {
            return false;
        }
        seen.insert(cell);
    }
    !seen.is_empty()
}

/// A number or text of a ground value.
pub(super) fn number(value: Option<&Value>) -> Option<crate::units::Exact> {
    match value {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    }
}
