//! From lines of the files a workbook becomes to the cells they came from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::grid::{cell_name, sheet_name};
use crate::model::Language;
use crate::problem::{Place, SHEET_NAMES};

/// A cell: its sheet, row and column from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CellAt {
    pub(crate) sheet: Arc<str>,
    pub(crate) row: u32,
    pub(crate) column: u32,
}

impl CellAt {
    /// The cell as a place of a problem.
    pub(crate) fn place(&self) -> Place {
        Place::file(cell_name(&self.sheet, self.row, self.column))
    }
}

/// Where every line of a file came from.
#[derive(Debug)]
pub(crate) struct Places {
    files: BTreeMap<String, FilePlaces>,
    /// The language of the sheets.
    pub(crate) language: Language,
}

/// Where the lines of one file came from.
#[derive(Debug, Default)]
struct FilePlaces {
    sheet: Option<Arc<str>>,
    /// Columns of the sheet by the name they have in the file.
    columns: BTreeMap<String, u32>,
    /// Rows of the sheet by line.
    rows: BTreeMap<u32, u32>,
    /// Cells by line, for lines that come from one cell; from another sheet than the file's, or a key.
    cells: BTreeMap<u32, CellAt>,
    /// Cells by line and path, for keys of `model.toml`.
    keys: BTreeMap<(u32, String), CellAt>,
}

impl Places {
    /// Nowhere yet, in a workbook of some language.
    pub(super) fn new(language: Language) -> Self {
        Self {
            files: BTreeMap::new(),
            language,
        }
    }

    /// A file comes from a sheet.
    pub(super) fn sheet(&mut self, file: &str, sheet: &Arc<str>) {
        let places = self.files.entry(file.to_owned()).or_default();
        places.sheet = Some(Arc::clone(sheet));
    }

    /// A column of a file comes from a column of its sheet.
    pub(super) fn column(&mut self, file: &str, name: &str, column: u32) {
        let places = self.files.entry(file.to_owned()).or_default();
        places.columns.insert(name.to_owned(), column);
    }

    /// A line of a file comes from a row of its sheet.
    pub(super) fn row(&mut self, file: &str, line: u32, row: u32) {
        let places = self.files.entry(file.to_owned()).or_default();
        places.rows.insert(line, row);
    }

    /// A line of a file comes from one cell.
    pub(super) fn cell(&mut self, file: &str, line: u32, cell: CellAt) {
        let places = self.files.entry(file.to_owned()).or_default();
        places.cells.insert(line, cell);
    }

    /// A key on a line of a file comes from a cell.
    pub(super) fn key(&mut self, file: &str, line: u32, path: String, cell: CellAt) {
        let places = self.files.entry(file.to_owned()).or_default();
        places.keys.entry((line, path)).or_insert(cell);
    }

    /// The row, from 1, that a line came from.
    pub(crate) fn row_of(&self, file: &str, line: u32) -> Option<u32> {
        let places = self.files.get(file)?;
        let cell = places.cells.get(&line).map(|cell| cell.row);
        let row = cell.or_else(|| places.rows.get(&line).copied())?;
        Some(row.saturating_add(1))
    }

    /// The cell a place came from; the place itself where it is of no file of the workbook.
    pub(crate) fn of(&self, place: &Place) -> Place {
        let Some(file) = self.files.get(place.file.as_ref()) else {
            // A sheet that is missing is named all the same.
            let named = SHEET_NAMES
                .iter()
                .find(|(file, ..)| *file == place.file.as_ref());
            return named.map_or_else(
                || place.clone(),
                |(_, it, en)| Place::file(format!("{it} / {en}")),
            );
        };
        let cell = place.line.and_then(|line| {
            let key = place
                .column
                .as_deref()
                .and_then(|path| file.key(line, path));
            key.or_else(|| file.cells.get(&line).cloned())
                .or_else(|| file.on_sheet(line, place.column.as_deref()))
        });
        match (cell, &file.sheet) {
            (Some(cell), _) => cell.place(),
            (None, Some(sheet)) => Place::file(sheet_name(sheet)),
            (None, None) => place.clone(),
        }
    }
}

impl FilePlaces {
    /// The cell of a key, or of the nearest key around it. The path begins with the entry of a list, or with a table.
    fn key(&self, line: u32, path: &str) -> Option<CellAt> {
        let after = [path.split_once("]."), path.split_once('.')];
        let after = after.into_iter().flatten().map(|(_, rest)| rest);
        std::iter::once(path)
            .chain(after)
            .find_map(|path| self.key_inside(line, path))
    }

    fn key_inside(&self, line: u32, path: &str) -> Option<CellAt> {
        let mut path = path;
        loop {
            if let Some(cell) = self.keys.get(&(line, path.to_owned())) {
                return Some(cell.clone());
            }
            let inside = |key: &str| {
                let rest = key.strip_prefix(path);
                rest.is_some_and(|rest| rest.starts_with(['.', '[']))
            };
            let from = (line, path.to_owned());
            let mut own = self
                .keys
                .range(from..)
                .take_while(|((of, _), _)| *of == line);
            if let Some((_, cell)) = own.find(|((_, key), _)| inside(key)) {
                return Some(cell.clone());
            }
            path = path.get(..path.rfind(['.', '['])?)?;
        }
    }

    fn on_sheet(&self, line: u32, column: Option<&str>) -> Option<CellAt> {
        let row = *self.rows.get(&line)?;
        let column = column.and_then(|name| self.columns.get(name)).copied();
        Some(CellAt {
            sheet: Arc::clone(self.sheet.as_ref()?),
            row,
            column: column.unwrap_or_default(),
        })
    }
}
