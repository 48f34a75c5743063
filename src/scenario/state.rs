//! The files of a model while a scenario changes them: tables cell by cell, `model.toml` as a document.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::DocumentMut;
use unicode_normalization::UnicodeNormalization;

use super::Files;
use crate::input::{Formats, Problems, RawTable, read_model_from};
use crate::problem::{InvalidModel, KeyProblem, Place, SyntaxFault};
use crate::units::Year;

/// Columns that hold ids: compared in NFC, as everywhere.
const ID_COLUMNS: [&str; 10] = [
    "zone",
    "zones",
    "fund",
    "action",
    "actions",
    "parties",
    "project",
    "indicator",
    "tags",
    "agreement",
];

/// A valid model, read once: scenarios are applied to it as often as wanted.
///
/// ```
/// use mappafondo::scenario::{Base, Scenario};
/// # let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("models/tiny");
/// let (_, inputs) = mappafondo::input::read_model(&folder).unwrap();
/// let base = Base::new(&inputs.files).unwrap();
/// let text = "[scenario]\nformat = 1\nid = \"less\"\ntitle = \"Less\"\n\
///             [[change]]\ntarget = \"amount\"\nscale = \"80%\"\n";
/// let less = Scenario::parse("less.toml", text).unwrap();
/// let files = base.apply(&[less]).unwrap();
/// assert_ne!(files["amounts.csv"], inputs.files["amounts.csv"]);
/// assert_eq!(files["zones.csv"], inputs.files["zones.csv"]);
/// ```
#[derive(Clone, Debug)]
pub struct Base {
    files: Files,
    formats: Formats,
    tables: BTreeMap<&'static str, RawTable>,
    document: DocumentMut,
    years: Vec<Year>,
}

/// The tables of a model, by file name.
const TABLES: [&str; 12] = [
    "zones.csv",
    "indicators.csv",
    "funds.csv",
    "amounts.csv",
    "actions.csv",
    "eligibility.csv",
    "needs.csv",
    "projects.csv",
    "agreements.csv",
    "previous.csv",
    "actuals.csv",
    "map.csv",
];

/// The columns of a table where the model has no such file.
fn columns(name: &str) -> &'static [&'static str] {
    match name {
        "indicators.csv" => &["zone", "year", "indicator", "value"],
        "actuals.csv" => &[
            "fund",
            "action",
            "zone",
            "date",
            "assigned",
            "committed",
            "paid",
            "reported",
        ],
        _ => &[],
    }
}

impl Base {
    /// Reads a model's files.
    ///
    /// # Errors
    /// Every problem of the model: only a valid one can be changed.
    pub fn new(files: &Files) -> Result<Self, InvalidModel> {
        let model = read_model_from(files)?;
        let formats = Formats::of_model(files);
        let mut tables = BTreeMap::new();
        for name in TABLES {
            let mut table = RawTable::read(files, name, columns(name), &formats);
            normalise(&mut table);
            tables.insert(name, table);
        }
        let text = files.get("model.toml").map(Vec::as_slice);
        let text = String::from_utf8_lossy(text.unwrap_or_default());
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            let mut problems = Problems::default();
            let fault = SyntaxFault::of(error.message());
            problems.push(Place::file("model.toml"), KeyProblem::Syntax { fault });
            problems.finish().err().unwrap_or_default()
        })?;
        Ok(Self {
            files: files.clone(),
            formats,
            tables,
            document,
            years: model.years,
        })
    }

    /// The files it was read from.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }
}

fn normalise(table: &mut RawTable) {
    let positions: Vec<usize> = (0..)
        .zip(table.header())
        .filter(|(_, name)| ID_COLUMNS.contains(&name.as_str()))
        .map(|(position, _)| position)
        .collect();
    for row in &mut table.rows {
        for position in &positions {
            if let Some(cell) = row.get_mut(*position).filter(|cell| !cell.is_ascii()) {
                *cell = cell.nfc().collect();
            }
        }
    }
}

/// What a change has touched so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Touched {
    /// Values it selects.
    pub(super) selected: usize,
    /// Values that are other than before.
    pub(super) changed: usize,
}

impl Touched {
    /// Counts a value.
    pub(super) fn count(&mut self, is_changed: bool) {
        self.selected = self.selected.saturating_add(1);
        if is_changed {
            self.changed = self.changed.saturating_add(1);
        }
    }
}

/// The files of a model being changed.
#[derive(Debug)]
pub(super) struct State<'b> {
    base: &'b Base,
    tables: BTreeMap<&'static str, RawTable>,
    document: Option<DocumentMut>,
    /// Rules and matches that are off.
    pub(super) off: BTreeSet<String>,
    /// What the change at hand has touched.
    pub(super) touched: Touched,
}

impl<'b> State<'b> {
    /// The base, not changed yet.
    pub(super) fn new(base: &'b Base) -> Self {
        Self {
            base,
            tables: BTreeMap::new(),
            document: None,
            off: BTreeSet::new(),
            touched: Touched::default(),
        }
    }

    /// The years of the plan.
    pub(super) fn years(&self) -> &'b [Year] {
        &self.base.years
    }

    /// How tables are written.
    pub(super) fn formats(&self) -> &'b Formats {
        &self.base.formats
    }

    /// A table as it is now.
    pub(super) fn table(&self, name: &'static str) -> &RawTable {
        let base = || &self.base.tables[name];
        self.tables.get(name).unwrap_or_else(base)
    }

    /// A table, to be changed.
    pub(super) fn table_mut(&mut self, name: &'static str) -> &mut RawTable {
        let base = &self.base.tables[name];
        self.tables.entry(name).or_insert_with(|| base.clone())
    }

    /// `model.toml` as it is now.
    pub(super) fn document(&self) -> &DocumentMut {
        self.document.as_ref().unwrap_or(&self.base.document)
    }

    /// `model.toml`, to be changed.
    pub(super) fn document_mut(&mut self) -> &mut DocumentMut {
        let base = &self.base.document;
        self.document.get_or_insert_with(|| base.clone())
    }

    /// Puts a cell and counts it.
    pub(super) fn put(&mut self, name: &'static str, row: usize, column: &str, text: &str) {
        let old = self.table(name).at(row, column);
        let is_changed = old != text;
        if is_changed {
            self.table_mut(name).put(row, column, text);
        }
        self.touched.count(is_changed);
    }

    /// The files: those that were not touched are the base's, byte by byte.
    pub(super) fn files(&self) -> Files {
        let mut files = self.base.files.clone();
        for (name, table) in &self.tables {
            if table.rows.is_empty() {
                files.remove(*name);
            } else {
                files.insert((*name).to_owned(), table.bytes());
            }
        }
        if self.document.is_some() || !self.off.is_empty() {
            let text = super::rules::without(self.document(), &self.off);
            files.insert("model.toml".to_owned(), text.into_bytes());
        }
        files
    }
}
