//! 1. The files as written, with positions: what each cell and key says, before anybody asks whether it makes sense.
//!
//! A model is a folder of known files ([`FILES`]). [`read_model`] takes them in, without leaving the folder, and gives the
//! valid [`Model`] or every problem of all files at once.

mod at;
mod collect;
mod decode;
mod entries;
mod files;
mod ids;
mod model_file;
mod number;
mod raw;
mod row;
mod run_table;
mod scenario_file;
mod schema;
mod source;
mod sweep_file;
mod table;
mod tables;
mod template;
mod toml_file;
mod toml_node;
mod toml_values;
mod word;
pub(crate) mod workbook;

pub(crate) use at::At;
pub(crate) use collect::Problems;
pub(crate) use entries::Entries;
pub(crate) use entries::Formats;
pub(crate) use files::{read_alone, read_beside, unreadable};
pub(crate) use model_file::{
    BoundEntry, ClaimEntry, CutEntry, DeductionEntry, FlatRateEntry, GateEntry, GoalEntry,
    GroupEntry, IncomeEntry, LawEntry, LimitEntry, MatchEntry, MeasureEntry, ModelEntry, ModelFile,
    NeedEntry, OtherEntry, PickEntry, PlanEntry, RipartoEntry, RuleEntry, StepEntry,
    ValueWeightEntry, WaivedEntry, WithinEntry,
};
pub(crate) use number::unmistakable;
pub(crate) use raw::RawTable;
pub(crate) use row::year_of;
pub(crate) use run_table::{RunRow, RunTable};
pub(crate) use scenario_file::{
    ChangeEntry, FreezeEntry, MergeEntry, NewAmountEntry, NewFundEntry, ScenarioEntry,
    ScenarioFile, SplitEntry,
};
pub(crate) use sweep_file::{
    AxisEntry, CorrelationEntry, DistributionEntry, SweepEntry, SweepFile, read_changes,
};
pub(crate) use tables::{
    ActionEntry, ActualEntry, AgreementEntry, Deadline, EligibilityEntry, FundEntry, ProjectEntry,
    Units, ZoneCell, ZoneEntry,
};
pub(crate) use template::{
    Change, Figure, Literal, MOST_DECIMALS, Template, keys_of_text, push_quoted,
};
#[cfg(test)]
pub(crate) use toml_values::Day;
pub(crate) use toml_values::{
    Band, Formula, Fraction, Id, Keyed, LevelsKey, OneOf, Quantity, Selector, Text, Whole, Written,
    YearKey,
};
pub(crate) use word::{
    ActualWord, BaseWord, ConfidenceWord, DeductionBaseWord, DistributionWord, EachWord,
    FundNatureWord, FundOrderWord, GoalWord, GroupWord, IntegersWord, KindWord, LanguageWord,
    LevelWord, LeximinPerWord, NatureWord, NearestWord, PartWord, PartYearsWord, PerWord, RestWord,
    RoleWord, RoundByWord, RoundWord, StrengthWord, SweepWord, TargetWord, UnitWord, Word,
};

pub use files::FILES;
pub use schema::{scenario_schema, schema, sweep_schema};
pub use workbook::{SheetScenario, is_workbook, scenario_named, sheet_scenarios};

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{Model, validate};
use crate::problem::{InvalidModel, Place};

/// The files a model was read from: what a dossier keeps and hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Raw bytes by file name; only the files of the format.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Reads a model from a folder, or from a workbook (.xlsx, .ods).
///
/// Only the files of the format are opened, and only inside the folder. A workbook gives the files its sheets stand for, and its
/// problems name cells.
///
/// # Errors
/// Every problem of all files, in file order.
pub fn read_model(folder: &Path) -> Result<(Model, Inputs), InvalidModel> {
    let mut problems = Problems::default();
    let files = match files::workbook_bytes(folder) {
        Some(bytes) => {
            let name = folder.file_name().unwrap_or(folder.as_os_str());
            let bytes = problems.keep(&Place::file(folder.display().to_string()), bytes);
            bytes.map_or_else(BTreeMap::new, |bytes| {
                workbook::read(&name.to_string_lossy(), &bytes, &mut problems)
            })
        }
        None => files::read_folder(folder, &mut problems),
    };
    let model = model_of(&files, problems)?;
    Ok((model, Inputs { files }))
}

/// Reads a model from the bytes of its files, by name; other names are left aside.
///
/// # Errors
/// Every problem of all files, in file order.
pub fn read_model_from(files: &BTreeMap<String, Vec<u8>>) -> Result<Model, InvalidModel> {
    let mut problems = Problems::default();
    files::check_names(files.keys().map(String::as_str), &mut problems);
    model_of(files, problems)
}

fn model_of(
    files: &BTreeMap<String, Vec<u8>>,
    mut problems: Problems,
) -> Result<Model, InvalidModel> {
    match Entries::read(files, &mut problems) {
        Some(entries) => validate::validate(&entries, problems),
        // Without a plan nothing else can be said; the problems tell why there is none.
        None => Err(problems.finish().err().unwrap_or_default()),
    }
}
