//! What zones send back, taken into a model: every value at its cell, and nothing at all while anything is in doubt.

mod returned;
mod tables;

use std::collections::BTreeMap;

use crate::input::workbook::layout::sheet_named;
use crate::input::{Problems, read_model_from};
use crate::model::Language;
use crate::problem::{InvalidModel, Place, Shown, WorkbookProblem};
use returned::returned;
use tables::Tables;

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

impl Taken {
    /// Which figure, as sheets have it: sheet, codes other than the zone's, column.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        let words: Vec<&str> = self
            .what
            .split(' ')
            .filter(|word| *word != self.zone)
            .collect();
        let [table, key @ .., column] = words.as_slice() else {
            return self.what.clone();
        };
        let sheet = sheet_named(table);
        let name = sheet.map_or(*table, |sheet| sheet.name.say(language));
        let column = sheet
            .and_then(|sheet| sheet.column(column))
            .map_or(*column, |column| column.name.say(language));
        let parts = [name.to_owned(), key.join(" "), column.to_owned()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }
}

/// A place in a model's tables.
type Key = (&'static str, Vec<String>, String);

/// A value of a zone for a place in the model.
#[derive(Debug)]
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
