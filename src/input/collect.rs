//! Collects every problem instead of stopping at the first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::files::{FILES, MODEL_FILE, rank};
use super::workbook::{Places, in_words, sheet_and_row};
use crate::problem::{
    InvalidModel, KeyProblem, MoneyProblem, Nearest, NeedProblem, Place, Problem, ProblemKind,
    ReferenceProblem, RipartoProblem, Severity, TableProblem, ValueProblem, WorkbookProblem,
};

/// Up to how many problems a guess at what was meant is looked for: lists of names are long, and each is compared with each.
const GUESSED: usize = 500;

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    /// Cells whose fault is told elsewhere.
    quiet: BTreeSet<Place>,
    /// Lists of `model.toml` that lack what could not be read.
    incomplete: BTreeSet<&'static str>,
    /// Where the lines of the files came from, where they came from a workbook.
    places: Option<Arc<Places>>,
}

impl Problems {
    /// Adds a problem.
    pub(crate) fn push(&mut self, place: Place, kind: impl Into<ProblemKind>) {
        self.list.push(Problem::new(place, kind));
    }

    /// Nothing more is told of a cell: its fault is told elsewhere.
    pub(crate) fn hush(&mut self, cell: Place) {
        self.quiet.insert(cell);
    }

    /// A list of `model.toml` lacks something that could not be read, which is told already.
    pub(crate) fn lacks(&mut self, list: &'static str) {
        self.incomplete.insert(list);
    }

    /// Keeps the value, or adds the problem.
    pub(crate) fn keep<T, K: Into<ProblemKind>>(
        &mut self,
        place: &Place,
        result: Result<T, K>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(kind) => {
                self.push(place.clone(), kind);
                None
            }
        }
    }

    /// From now on problems of files are told at the cells they came from.
    pub(crate) fn set_places(&mut self, places: Arc<Places>) {
        self.places = Some(places);
    }

    /// A place of the files as it is told: at the cell it came from.
    pub(crate) fn told_at(&self, place: &Place) -> Place {
        let places = self.places.as_ref();
        places.map_or_else(|| place.clone(), |places| places.of(place))
    }

    /// Whether any of them refuses the model.
    pub(crate) fn any_error(&self) -> bool {
        self.list.iter().any(|p| p.severity() == Severity::Error)
    }

    /// The name nearest to a wrong one; nothing once there are so many problems that nobody reads the guesses.
    pub(crate) fn nearest<'a>(
        &self,
        wrong: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Nearest {
        if self.list.len() < GUESSED {
            Nearest::of(wrong, names)
        } else {
            Nearest::default()
        }
    }

    /// How many there are, errors and warnings.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    /// Files with at least one error so far.
    pub(crate) fn broken_files(&self) -> BTreeSet<String> {
        let errors = self.list.iter().filter(|p| p.severity() == Severity::Error);
        errors.map(|p| p.place().file.to_string()).collect()
    }

    /// Whether a key path of `model.toml` begins any error so far.
    pub(crate) fn broken_key(&self, start: &str) -> bool {
        self.list.iter().any(|p| {
            p.severity() == Severity::Error
                && p.place()
                    .column
                    .as_ref()
                    .is_some_and(|c| c.starts_with(start))
        })
    }

    /// Everything, in file order.
    pub(crate) fn into_list(self) -> Vec<Problem> {
        self.sorted()
    }

    /// The warnings in file order, or everything if there is an error.
    pub(crate) fn finish(self) -> Result<Vec<Problem>, InvalidModel> {
        let refused = self.any_error();
        let problems = self.sorted();
        if refused {
            Err(InvalidModel { problems })
        } else {
            Ok(problems)
        }
    }

    fn sorted(mut self) -> Vec<Problem> {
        self.list.sort_by(|a, b| order(a).cmp(&order(b)));
        self.list.dedup();
        match &self.places {
            Some(places) => at_cells(
                &self.list,
                places,
                Told::of(&self.list, self.quiet, self.incomplete),
            ),
            None => self.list,
        }
    }
}

/// What has been told of a workbook already.
struct Told {
    cells: BTreeSet<Place>,
    rows: BTreeSet<(String, u32)>,
    /// Sheets whose header is wrong.
    sheets: BTreeSet<String>,
    /// Lists that lack something.
    incomplete: BTreeSet<&'static str>,
}

impl Told {
    fn of(list: &[Problem], quiet: BTreeSet<Place>, incomplete: BTreeSet<&'static str>) -> Self {
        let mut cells = quiet;
        let mut sheets = BTreeSet::new();
        for problem in list.iter().filter(|p| rank(&p.place().file) == FILES.len()) {
            if problem.severity() != Severity::Error {
                continue;
            }
            cells.insert(problem.place().clone());
            if matches!(
                problem.kind(),
                ProblemKind::Table(
                    TableProblem::UnknownColumn { .. } | TableProblem::DuplicateColumn { .. }
                ) | ProblemKind::Workbook(
                    WorkbookProblem::NoHeader { .. }
                        | WorkbookProblem::Unnamed { .. }
                        | WorkbookProblem::ModelKey { .. }
                )
            ) {
                sheets.insert(sheet_and_row(problem.place()).0);
            }
        }
        let rows = cells.iter().map(sheet_and_row);
        let rows = rows.filter_map(|(sheet, row)| Some((sheet, row?)));
        Self {
            rows: rows.collect(),
            cells,
            sheets,
            incomplete,
        }
    }

    /// Whether a problem of a file follows from what was told of its cell, its row or its sheet.
    fn follows(&self, problem: &Problem, cell: &Place) -> bool {
        let is_lack = matches!(
            problem.kind(),
            ProblemKind::Key(KeyProblem::Missing { .. })
                | ProblemKind::Rule(_)
                | ProblemKind::Money(MoneyProblem::WeightsNotOne { .. })
                | ProblemKind::Riparto(RipartoProblem::WeightsOrShares)
                | ProblemKind::Value(ValueProblem::Empty)
        );
        let path = problem.place().column.as_deref().unwrap_or_default();
        let of_list = path.split('[').next();
        let of_list = of_list.is_some_and(|list| self.incomplete.contains(list));
        let is_list = problem.place().file.as_ref() == MODEL_FILE;
        let (sheet, row) = sheet_and_row(cell);
        let of_sheet = self.sheets.contains(&sheet);
        let of_row = row.is_some_and(|row| self.rows.contains(&(sheet, row)));
        self.cells.contains(cell) || (is_lack && is_list && (of_sheet || of_row || of_list))
    }
}

/// The same problems at their cells, in the words of the sheets; a cell that could not be read is told of once.
fn at_cells(list: &[Problem], places: &Places, told: Told) -> Vec<Problem> {
    let mut found: Vec<Problem> = Vec::new();
    let mut by_place: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for problem in list {
        let place = places.of(problem.place());
        let moved = if place == *problem.place() {
            Problem::in_workbook(place.clone(), problem.kind().clone())
        } else if problem.severity() == Severity::Error && told.follows(problem, &place) {
            continue;
        } else {
            let path = problem.place().column.as_deref();
            let kind = in_words(in_rows(problem, places), &place, path, places.language);
            Problem::in_workbook(place.clone(), kind)
        };
        let there = by_place.entry(place).or_default();
        if !there.iter().any(|at| found.get(*at) == Some(&moved)) {
            there.push(found.len());
            found.push(moved);
        }
    }
    found
}

/// The same kind of problem, naming rows of the sheet where it named lines of the file.
fn in_rows(problem: &Problem, places: &Places) -> ProblemKind {
    let file = problem.place().file.as_ref();
    let mut kind = problem.kind().clone();
    let lines: [Option<&mut u32>; 2] = match &mut kind {
        ProblemKind::Reference(ReferenceProblem::Duplicate { first, second, .. }) => {
            [Some(first), Some(second)]
        }
        ProblemKind::Money(MoneyProblem::PoolAndZones { pool, zone, .. }) => {
            [Some(pool), Some(zone)]
        }
        ProblemKind::Need(
            NeedProblem::TwoSources { line, .. } | NeedProblem::TwoFormulas { line, .. },
        ) => [Some(line), None],
        _ => [None, None],
    };
    for line in lines.into_iter().flatten() {
        *line = places.row_of(file, *line).unwrap_or(*line);
    }
    kind
}

fn order(problem: &Problem) -> (usize, &Place, &'static str) {
    (rank(&problem.place().file), problem.place(), problem.code())
}
