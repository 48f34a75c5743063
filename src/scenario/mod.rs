//! Scenarios: named changes to the files of a model, which stack.
//!
//! A scenario is a function from files to files: a change puts cells of tables and keys of `model.toml`, and the ordinary
//! reader and validator do the rest, so zones, indicators, formulas, amounts, needs and bounds are computed anew in that
//! order. Changes apply in the order of the file, scenarios in the order given, each to the current value.
//! `docs/scenario-format.md` has every target and verb.

mod agreements;
mod amounts;
mod cells;
mod columns;
mod difference;
mod entries;
mod follow;
mod formulas;
mod freeze;
mod funds;
mod goals;
mod ground;
mod indicators;
mod merge;
mod needs;
mod number;
mod operator;
mod riparto;
mod rules;
mod select;
mod shape;
mod split;
mod state;
mod tables;
mod toml_text;
mod waive;

pub use difference::{Difference, DifferenceLine, Topic, difference};
pub use state::Base;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::input::{At, ChangeEntry, Problems, ScenarioFile, SheetScenario, read_model_from};
use crate::model::Model;
use crate::problem::{
    FileProblem, InvalidModel, KeyProblem, Place, Problem, ScenarioProblem, Severity, Shown,
};
use select::Choice;
use state::{State, Touched};

/// Files of a model by name, as in [`Inputs`](crate::input::Inputs).
pub type Files = BTreeMap<String, Vec<u8>>;

/// The version of the format this program reads.
const FORMAT: i64 = 1;

/// Who wrote the numbers of a scenario.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Hand,
    Program,
}

/// A named list of changes.
#[derive(Clone, Debug)]
pub struct Scenario {
    id: String,
    title: String,
    place: Place,
    changes: Vec<At<ChangeEntry>>,
    beside: Files,
}

impl Scenario {
    /// Reads a scenario from its text. A table that a change names is not found: see [`Scenario::parse_beside`].
    ///
    /// # Errors
    /// Every problem of the file.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, InvalidModel> {
        Self::parse_beside(file_name, text, &|_| None)
    }

    /// Reads a scenario from its text; `beside` gives the tables next to it, by file name.
    ///
    /// # Errors
    /// Every problem of the file.
    pub fn parse_beside(
        file_name: &str,
        text: &str,
        beside: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, InvalidModel> {
        Self::of(file_name, text, beside, By::Hand)
    }

    /// As [`Scenario::parse_beside`], of a text whose numbers this program made: money with more than two decimals is rounded.
    ///
    /// # Errors
    /// Every problem of the file.
    pub(crate) fn parse_made(
        file_name: &str,
        text: &str,
        beside: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, InvalidModel> {
        Self::of(file_name, text, beside, By::Program)
    }

    fn of(
        file_name: &str,
        text: &str,
        beside: &dyn Fn(&str) -> Option<Vec<u8>>,
        by: By,
    ) -> Result<Self, InvalidModel> {
        let mut problems = Problems::default();
        let file = ScenarioFile::read(file_name, text, &mut problems);
        let head = file.scenario.as_ref();
        if let Some(format) = head
            .map(|head| &head.format)
            .filter(|at| at.value.0 != FORMAT)
        {
            let found = Shown::new(&format.value.0.to_string());
            problems.push(format.place.clone(), KeyProblem::Format { found });
        }
        // It becomes the name of a file.
        let is_hidden = |head: &&crate::input::ScenarioEntry| head.id.value.0.starts_with('.');
        if let Some(head) = head.filter(is_hidden).filter(|_| by == By::Hand) {
            let id = Shown::new(&head.id.value.0);
            problems.push(head.id.place.clone(), ScenarioProblem::IdIsPath { id });
        }
        let changes = file.change.unwrap_or_default();
        let mut tables = Files::new();
        for change in &changes {
            shape::check(change, &mut problems);
            if by == By::Hand {
                shape::check_money(&change.value, &mut problems);
            }
            if let Some(named) = change
                .value
                .freeze
                .as_ref()
                .and_then(|at| at.value.actuals.as_ref())
            {
                let name = named.value.0.as_str();
                let is_plain = name.ends_with(".csv") && !name.contains(['/', '\\', ':']);
                match Some(name).filter(|_| is_plain).and_then(beside) {
                    Some(bytes) => drop(tables.insert(name.to_owned(), bytes)),
                    None => {
                        let file = Shown::new(name);
                        problems.push(named.place.clone(), ScenarioProblem::NoTable { file });
                    }
                }
            }
        }
        problems.finish()?;
        let head = file.scenario.ok_or_else(InvalidModel::default)?;
        Ok(Self {
            place: head.id.place,
            id: head.id.value.0,
            title: head.title.0,
            changes,
            beside: tables,
        })
    }

    /// How many changes it makes.
    pub(crate) fn n_changes(&self) -> usize {
        self.changes.len()
    }

    /// The same scenario, its first changes at their places in the files they are from.
    pub(crate) fn with_places_of(mut self, files: &[Arc<Self>]) -> Self {
        let written = files.iter().flat_map(|file| &file.changes);
        for (change, written) in self.changes.iter_mut().zip(written) {
            *change = written.clone();
        }
        self
    }

    /// Its code.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its title for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The tables beside it that its changes name.
    #[must_use]
    pub fn beside(&self) -> &Files {
        &self.beside
    }
}

/// Reads a scenario file, with the tables beside it that it names; gives its raw bytes too.
///
/// # Errors
/// A file that cannot be read, or every problem in it.
pub fn read_scenario(path: &Path) -> Result<(Scenario, Vec<u8>), InvalidModel> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let name = name.to_string_lossy().into_owned();
    let refuse = |kind: FileProblem| {
        InvalidModel::from(Problem::new(Place::file(path.display().to_string()), kind))
    };
    let bytes = crate::input::read_alone(path).map_err(refuse)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        let byte = Shown::new(&format!("0x{byte:02X}"));
        refuse(FileProblem::TomlNotUtf8 { byte })
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = |table: &str| crate::input::read_alone(&folder.join(table)).ok();
    let scenario = Scenario::parse_beside(&name, text, &beside)?;
    Ok((scenario, bytes))
}

/// A scenario of the sheet of what-ifs of a workbook; gives the bytes of the file it stands for too.
///
/// # Errors
/// Every problem in it, at its cells.
pub fn of_sheet(scenario: &SheetScenario) -> Result<(Scenario, Vec<u8>), InvalidModel> {
    let read = Scenario::parse(&scenario.file_name(), &scenario.text);
    let read = read.map_err(|invalid| scenario.at_cells(invalid))?;
    Ok((read, scenario.text.clone().into_bytes()))
}

/// The files of a model after some scenarios. The model must be valid; whether the result is, the reader says:
/// [`read_model_from`], or [`Base::read`], which also says which change spoiled it.
///
/// # Errors
/// Every problem of the model, or of the first change that cannot be made.
pub fn apply(base: &Files, scenarios: &[Scenario]) -> Result<Files, InvalidModel> {
    Base::new(base)?.apply(scenarios)
}

impl Base {
    /// The files after some scenarios.
    ///
    /// # Errors
    /// Every problem of the first change that cannot be made.
    pub fn apply(&self, scenarios: &[Scenario]) -> Result<Files, InvalidModel> {
        self.changed(scenarios, usize::MAX).map(|(files, _)| files)
    }

    /// The model after some scenarios, its files, and remarks on the changes themselves.
    ///
    /// # Errors
    /// Every problem of the first change that cannot be made; or every problem of the result, with the change after which
    /// each of them appears.
    pub fn read(
        &self,
        scenarios: &[Scenario],
    ) -> Result<(Model, Files, Vec<Problem>), InvalidModel> {
        let (files, remarks) = self.changed(scenarios, usize::MAX)?;
        match read_model_from(&files) {
            Ok(model) => Ok((model, files, remarks)),
            Err(invalid) => Err(self.blame(scenarios, invalid)),
        }
    }

    /// The files after so many changes, and the remarks.
    fn changed(
        &self,
        scenarios: &[Scenario],
        most: usize,
    ) -> Result<(Files, Vec<Problem>), InvalidModel> {
        let mut state = State::new(self);
        let mut problems = Problems::default();
        let mut seen = BTreeSet::new();
        for scenario in scenarios {
            if !seen.insert(scenario.id.as_str()) {
                let id = Shown::new(&scenario.id);
                problems.push(scenario.place.clone(), ScenarioProblem::SameId { id });
            }
        }
        let changes = scenarios.iter().flat_map(|scenario| {
            scenario
                .changes
                .iter()
                .map(move |change| (scenario, change))
        });
        for (scenario, change) in changes.take(most) {
            state.touched = Touched::default();
            let made = make(scenario, change, &mut state, &mut problems);
            let what = Shown::new(shape::what(&change.value));
            if made.is_none() && !problems.any_error() {
                // Nothing is left undone without a word: what has no words of its own is a number out of range.
                let too_large = ScenarioProblem::TooLarge { what };
                problems.push(change.place.clone(), too_large);
            } else if made.is_some() && state.touched.selected == 0 {
                let nothing = ScenarioProblem::NothingSelected { what };
                problems.push(change.place.clone(), nothing);
            } else if made.is_some() && state.touched.changed == 0 {
                let nothing = crate::problem::ScenarioRemark::ChangesNothing { what };
                problems.push(change.place.clone(), nothing);
            }
            // What comes after a name that was not made would be told as unknown.
            if made.is_none() && shape::makes_names(&change.value) {
                break;
            }
        }
        let remarks = problems.finish()?;
        Ok((state.files(), remarks))
    }

    /// The problems of a result, each after the change that brought it.
    fn blame(&self, scenarios: &[Scenario], invalid: InvalidModel) -> InvalidModel {
        let errors = |invalid: &InvalidModel| -> Vec<(&'static str, String)> {
            let errors = invalid.problems.iter();
            let errors = errors.filter(|problem| problem.severity() == Severity::Error);
            let key = |problem: &Problem| (problem.code(), problem.to_string());
            errors.map(key).collect()
        };
        let mut left: BTreeSet<(&'static str, String)> = errors(&invalid).into_iter().collect();
        let mut problems = Vec::new();
        let mut done = 0_usize;
        for scenario in scenarios {
            for (number, change) in (1..).zip(&scenario.changes) {
                done = done.saturating_add(1);
                let after = self
                    .changed(scenarios, done)
                    .and_then(|(files, _)| read_model_from(&files));
                let found: Vec<_> = after.err().map(|after| errors(&after)).unwrap_or_default();
                let is_new = |problem| left.remove(problem);
                if found.iter().map(is_new).filter(|is_new| *is_new).count() > 0 {
                    let result = ScenarioProblem::Result {
                        scenario: Shown::new(&scenario.id),
                        title: Shown::new(&scenario.title),
                        change: number,
                    };
                    problems.push(Problem::new(change.place.clone(), result));
                }
            }
        }
        problems.extend(invalid.problems);
        InvalidModel { problems }
    }
}

/// Makes a change. `None` if it could not, with the problems.
fn make(
    scenario: &Scenario,
    change: &At<ChangeEntry>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let entry = &change.value;
    let choice = Choice::of(entry, state, problems)?;
    if let Some(target) = &entry.target {
        return cells::change(target.value.0, (scenario, change), &choice, state, problems);
    }
    if let Some(selector) = &entry.rule_off {
        return rules::off(selector, state, problems);
    }
    if let Some(selector) = &entry.rule_on {
        return rules::on(selector, state, problems);
    }
    if let Some(selector) = &entry.waive {
        return waive::waive(selector, entry, &choice, state, problems);
    }
    if let Some(merge) = &entry.merge_zones {
        return merge::merge(merge, state, problems);
    }
    if let Some(split) = &entry.split_zone {
        return split::split(split, state, problems);
    }
    if let Some(freeze) = &entry.freeze {
        return freeze::freeze(freeze, scenario, &choice, state, problems);
    }
    if let Some(selector) = &entry.stop_fund {
        return funds::stop(selector, change, state, problems);
    }
    if let Some(fund) = &entry.new_fund {
        return funds::new_fund(fund, state, problems);
    }
    if let Some(amount) = &entry.new_amount {
        return amounts::new_amount(amount, &choice, state);
    }
    if let Some(riparto) = &entry.new_riparto {
        return riparto::new_riparto(riparto, state, problems);
    }
    if let Some(goals) = &entry.goals {
        return goals::order(goals, state);
    }
    None
}
