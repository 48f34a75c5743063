//! A workbook as the files of a model: every sheet becomes its table or its part of `model.toml`, in the default dialect, and
//! every problem the readers of those files find is told at the cell it came from.

mod container;
mod excel;
mod grid;
pub(crate) mod layout;
mod lists;
mod ods;
mod places;
mod rows;
mod runs;
mod scenarios;
mod seen;
mod speak;
mod table;
mod text;
mod totals;
mod tree;
mod value;
mod written;
mod xml;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::Language;
use crate::problem::{
    Nearest, Place, ProblemKind, Shown, TableProblem, WorkbookProblem, WorkbookRemark,
};

use super::collect::Problems;
use super::files::{MODEL_FILE, REQUIRED};
pub use container::is_workbook;
pub(crate) use container::{is_workbook_name, looks_like_workbook};
pub(crate) use grid::{Grid, column_name, sheet_name};
use layout::{ENTRIES, Holds, LEGEND, Sheet, plain, sheet_named, sheets};
use lists::Lists;
pub(crate) use lists::{numbered, numbers_in, values_of};
pub(crate) use places::{CellAt, Places};
pub(crate) use rows::Rows;
pub(crate) use runs::run_table;
pub use scenarios::{SheetScenario, scenario_named, sheet_scenarios};
pub(crate) use speak::{in_words, sheet_and_row};
use table::{TableText, Tables};
pub(crate) use text::{TextNumbers, text_of};
pub(crate) use value::{Cell, decimal};

const ELIGIBILITY: &str = "eligibility.csv";

/// The cells of the wanted sheets of a workbook that is within the limits, and the names of its other sheets.
pub(crate) fn read_grids(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
) -> Result<(Vec<Grid>, Vec<String>, Vec<WorkbookRemark>), ProblemKind> {
    let checked = container::check(bytes)?;
    let (grids, others) = grid::read(bytes, checked.is_open_document, wanted)?;
    Ok((grids, others, checked.remarks))
}

/// The files of the model in a workbook; `name` is what the workbook is called in messages.
pub(super) fn read(name: &str, bytes: &[u8], problems: &mut Problems) -> BTreeMap<String, Vec<u8>> {
    let whole = Place::file(name);
    let grids = read_grids(bytes, |sheet| sheet_named(sheet).is_some());
    let Some((grids, others, remarks)) = problems.keep(&whole, grids) else {
        return BTreeMap::new();
    };
    for remark in remarks {
        problems.push(whole.clone(), remark);
    }
    let found = by_sheet(&grids, problems);
    let near = tell_others(name, &others, &found, problems);
    let book = language_of(&found);
    // A sheet that is missing is told alone: whatever else is wrong would follow from it.
    let is_absent = |sheet: &&Sheet| {
        !found.iter().any(|(own, grid)| {
            let is_own = own.name == sheet.name || stands_for(own, sheet);
            is_own && !grid.rows.is_empty()
        })
    };
    let absent: Vec<&Sheet> = sheets()
        .filter(|sheet| is_needed(sheet))
        .filter(is_absent)
        .collect();
    if !absent.is_empty() {
        for sheet in absent.iter().filter(|sheet| !near.contains(&sheet.name.it)) {
            let place = whole.clone();
            let name = Shown::new(&both(sheet));
            match sheet.holds {
                Holds::Model => problems.push(place, WorkbookProblem::NoModelSheet { sheet: name }),
                _ => problems.push(place, WorkbookProblem::MissingSheet { sheet: name }),
            }
        }
        return BTreeMap::new();
    }
    let mut rows = Vec::new();
    for (sheet, grid) in found {
        rows.extend(Rows::read(sheet, grid, book, problems));
    }
    let Some(model) = rows
        .iter()
        .find(|rows| matches!(rows.sheet.holds, Holds::Model))
    else {
        return BTreeMap::new();
    };
    for key in ["entry", "value"] {
        if let (None, Some(column)) = (model.position(key), model.sheet.column(key)) {
            let name = Shown::new(column.name.say(book));
            let place = model.at(model.header, 0).place();
            problems.push(place, TableProblem::MissingColumn { name });
            return BTreeMap::new();
        }
    }
    let numbers = numbers_in(&values_of(model, ENTRIES), problems);
    for rows in rows
        .iter()
        .filter(|rows| matches!(rows.sheet.holds, Holds::Scenarios))
    {
        scenarios::read(rows, numbers, book, problems);
    }
    let mut places = Places::new(book);
    places.sheet(MODEL_FILE, &model.name);
    let mut files = tables(&rows, numbers, &mut places, problems);
    files.insert(
        MODEL_FILE.to_owned(),
        model_file(&rows, numbers, book, &mut places, problems),
    );
    for file in REQUIRED.iter().filter(|file| !files.contains_key(**file)) {
        let is = |sheet: &&'static Sheet| matches!(sheet.holds, Holds::Table(own) if own == *file);
        let sheet = sheets().find(is);
        let has_header = rows
            .iter()
            .any(|rows| Some(rows.sheet.name) == sheet.map(|s| s.name));
        // What makes a sheet useless is told already.
        if has_header && !problems.any_error() {
            let sheet = Shown::new(&sheet.map_or((*file).to_owned(), both));
            problems.push(whole.clone(), WorkbookProblem::MissingSheet { sheet });
        }
    }
    problems.set_places(Arc::new(places));
    files
}

/// The sheets no model can do without.
fn is_needed(sheet: &Sheet) -> bool {
    match sheet.holds {
        Holds::Model => true,
        Holds::Table(file) => REQUIRED.contains(&file),
        _ => false,
    }
}

/// Whether the matrix is there where the sheet of eligibility may be missing.
fn stands_for(own: &Sheet, sheet: &Sheet) -> bool {
    let is_eligibility = matches!(sheet.holds, Holds::Table(file) if file == ELIGIBILITY);
    is_eligibility && matches!(own.holds, Holds::Matrix)
}

/// The language of the sheets: that of the first whose names differ.
pub(crate) fn language_of(found: &[(&'static Sheet, &Grid)]) -> Language {
    for (sheet, grid) in found {
        let name = plain(&grid.name);
        match (plain(sheet.name.it) == name, plain(sheet.name.en) == name) {
            (true, false) => return Language::Italian,
            (false, true) => return Language::English,
            _ => {}
        }
    }
    Language::Italian
}

fn both(sheet: &Sheet) -> String {
    format!("{} / {}", sheet.name.it, sheet.name.en)
}

/// Each sheet with its cells, in the order of the layout; two of one kind are a problem.
fn by_sheet<'g>(grids: &'g [Grid], problems: &mut Problems) -> Vec<(&'static Sheet, &'g Grid)> {
    let mut found: Vec<(&'static Sheet, &'g Grid)> = Vec::new();
    for grid in grids {
        let Some(sheet) = sheet_named(&grid.name) else {
            continue;
        };
        match found.iter().find(|(own, _)| own.name == sheet.name) {
            Some((_, first)) => {
                let first = Shown::new(&first.name);
                problems.push(
                    Place::file(sheet_name(&grid.name)),
                    WorkbookProblem::SheetTwice { first },
                );
            }
            None => found.push((sheet, grid)),
        }
    }
    let rank = |sheet: &Sheet| sheets().position(|own| own.name == sheet.name);
    found.sort_by_key(|(sheet, _)| rank(sheet));
    found
}

/// Sheets that are none of a model: refused where they look like one, else told. Gives the sheets that were meant.
fn tell_others(
    whole: &str,
    others: &[String],
    found: &[(&'static Sheet, &Grid)],
    problems: &mut Problems,
) -> Vec<&'static str> {
    /// So many are named; the others are counted.
    const NAMED: usize = 20;
    let mut unknown: usize = 0;
    let mut near = Vec::new();
    for other in others {
        let place = Place::file(sheet_name(other));
        if [LEGEND.it, LEGEND.en]
            .iter()
            .any(|own| plain(own) == plain(other))
        {
            continue;
        }
        let absent = sheets().filter(|sheet| !found.iter().any(|(own, _)| own.name == sheet.name));
        let nearest = Nearest::of(
            other,
            absent.flat_map(|sheet| [sheet.name.it, sheet.name.en]),
        );
        if let Some(name) = &nearest.0 {
            near.extend(sheet_named(name.as_str()).map(|sheet| sheet.name.it));
            problems.push(place, WorkbookProblem::MisnamedSheet { nearest });
            continue;
        }
        unknown = unknown.saturating_add(1);
        if unknown <= NAMED {
            problems.push(place, WorkbookRemark::UnknownSheet);
        }
    }
    if let Some(number) = unknown.checked_sub(NAMED).filter(|number| *number > 0) {
        let place = Place::file(whole);
        problems.push(place, WorkbookRemark::UnknownSheets { number });
    }
    near
}

fn tables(
    all: &[Rows<'_>],
    numbers: TextNumbers,
    places: &mut Places,
    problems: &mut Problems,
) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut eligibility: Option<TableText> = None;
    let mut matrix = None;
    let mut tables = Tables {
        places,
        problems,
        numbers,
    };
    for rows in all.iter().filter(|rows| !rows.rows.is_empty()) {
        match rows.sheet.holds {
            Holds::Table(file) => {
                let table = tables.table(file, rows);
                if file == ELIGIBILITY {
                    eligibility = Some(table);
                } else {
                    files.insert(file.to_owned(), table.bytes());
                }
            }
            Holds::Matrix => matrix = Some(rows),
            Holds::Model | Holds::List(_) | Holds::Child(_) | Holds::Scenarios | Holds::Other => {}
        }
    }
    if let Some(rows) = matrix {
        let mut table = eligibility.unwrap_or_else(|| {
            tables.places.sheet(ELIGIBILITY, &rows.name);
            TableText::new(ELIGIBILITY, vec!["fund".to_owned(), "action".to_owned()])
        });
        tables.matrix(rows, all, &mut table);
        eligibility = Some(table);
    }
    // A matrix without a mark is no table at all.
    if let Some(table) = eligibility.filter(TableText::has_rows) {
        files.insert(ELIGIBILITY.to_owned(), table.bytes());
    }
    files
}

fn model_file(
    rows: &[Rows<'_>],
    numbers: TextNumbers,
    book: Language,
    places: &mut Places,
    problems: &mut Problems,
) -> Vec<u8> {
    let mut lists = Lists::new(numbers, book, problems);
    // In the order of the layout: lists before what hangs on them, and last what has no column.
    for rows in rows {
        match rows.sheet.holds {
            Holds::Model => lists.model(rows),
            Holds::List(list) => lists.list(list, rows),
            Holds::Child(child) => lists.child(child, rows),
            Holds::Other => lists.other(rows),
            Holds::Table(_) | Holds::Matrix | Holds::Scenarios => {}
        }
    }
    lists.write(places)
}
