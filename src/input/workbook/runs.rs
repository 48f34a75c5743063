//! A run table in a workbook: its first sheet as CSV in the dialect of the sweep, with the cell of every field kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use csv::{Terminator, WriterBuilder};

use super::grid::Grid;
use super::places::Places;
use super::read_grids;
use super::text::raw;
use super::value::Value;
use crate::input::collect::Problems;
use crate::input::number::{Dialect, unmistakable};
use crate::model::Language;
use crate::problem::{Place, Shown, WorkbookProblem, WorkbookRemark};

/// The text of the first sheet that is not empty; its problems are told at its cells from now on.
pub(crate) fn run_table(
    name: &str,
    bytes: &[u8],
    dialect: Dialect,
    problems: &mut Problems,
) -> Option<Vec<u8>> {
    let grids = read_grids(bytes, |_| true);
    let (grids, _, remarks) = problems.keep(&Place::file(name), grids)?;
    for remark in remarks {
        problems.push(Place::file(name), remark);
    }
    let Some(grid) = grids.iter().find(|grid| !grid.rows.is_empty()) else {
        let sheet = Shown::new(name);
        problems.push(Place::file(name), WorkbookProblem::MissingSheet { sheet });
        return None;
    };
    let mut places = Places::new(Language::Italian);
    let text = text_of(name, grid, dialect, &mut places, problems);
    problems.set_places(Arc::new(places));
    Some(text)
}

fn text_of(
    name: &str,
    grid: &Grid,
    dialect: Dialect,
    places: &mut Places,
    problems: &mut Problems,
) -> Vec<u8> {
    // As a formula in another workbook names it.
    let sheet: Arc<str> = format!("[{name}]{}", grid.name).into();
    places.sheet(name, &sheet);
    for (row, column, kind) in &grid.faults {
        problems.push(place(&sheet, *row, *column), kind.clone());
    }
    let mut columns: Vec<u32> = grid
        .rows
        .values()
        .flat_map(|cells| cells.keys().copied())
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let mut writer = WriterBuilder::new()
        .delimiter(dialect.separator())
        .terminator(Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    let mut line: u32 = 1;
    let mut formulas: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    for (position, (row, cells)) in grid.rows.iter().enumerate() {
        let mut record = Vec::with_capacity(columns.len());
        for column in &columns {
            let Some(cell) = cells.get(column) else {
                record.push(String::new());
                continue;
            };
            if cell.is_formula && cell.value != Value::NoResult {
                let entry = formulas.entry(*column).or_insert((*row, 0));
                entry.1 = entry.1.saturating_add(1);
            }
            if cell.value == Value::NoResult {
                let place = place(&sheet, *row, *column);
                problems.push(place, WorkbookProblem::NoResult);
            }
            if let Value::Time(number) = &cell.value {
                let number = Shown::new(number);
                problems.push(
                    place(&sheet, *row, *column),
                    WorkbookProblem::IsTime { number },
                );
            }
            if position == 0 {
                places.column(name, &raw(&cell.value), *column);
            }
            // A line break would move the lines that follow.
            record.push(in_dialect(&cell.value, dialect).replace('\n', " "));
        }
        places.row(name, line, *row);
        // Writing into memory does not fail.
        let _ = writer.write_record(&record);
        line = line.saturating_add(1);
    }
    for (column, (row, number)) in formulas {
        problems.push(
            place(&sheet, row, column),
            WorkbookRemark::Formulas { number },
        );
    }
    writer.into_inner().unwrap_or_default()
}

fn place(sheet: &Arc<str>, row: u32, column: u32) -> Place {
    let cell = super::places::CellAt {
        sheet: Arc::clone(sheet),
        row,
        column,
    };
    cell.place()
}

/// A number as the dialect writes it, anything else as it is.
fn in_dialect(value: &Value, dialect: Dialect) -> String {
    match (value, dialect) {
        (Value::Number(text) | Value::Percent(text), Dialect::Italian) => text.replace('.', ","),
        (Value::Number(text) | Value::Percent(text), Dialect::Undeclared) => {
            unmistakable(text.clone())
        }
        (Value::Truth(truth), _) => truth.to_string(),
        _ => raw(value),
    }
}
