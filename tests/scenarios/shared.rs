//! What tests of scenarios share: models as files, scenarios as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mappafondo::input::read_model_from;
use mappafondo::model::{Language, Model};
use mappafondo::problem::InvalidModel;
use mappafondo::scenario::{Base, Files, Scenario, apply};

pub(crate) fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder that a model may have.
pub(crate) fn files_of(path: &str) -> Files {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder(path)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".csv") || name.ends_with(".toml") {
            files.insert(name, fs::read(path).unwrap());
        }
    }
    files
}

pub(crate) fn toscana() -> Files {
    files_of("models/toscana")
}

#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn tiny() -> Files {
    files_of("models/tiny")
}

/// Every table and key of the format.
pub(crate) fn full() -> Files {
    files_of("tests/data/invalid/full")
}

pub(crate) fn scenario(changes: &str) -> Scenario {
    named("prova", changes)
}

pub(crate) fn named(id: &str, changes: &str) -> Scenario {
    parse(id, changes).unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)))
}

pub(crate) fn parse(id: &str, changes: &str) -> Result<Scenario, InvalidModel> {
    let text = format!("[scenario]\nformat = 1\nid = \"{id}\"\ntitle = \"Prova\"\n\n{changes}");
    Scenario::parse(&format!("{id}.toml"), &text)
}

pub(crate) fn applied(files: &Files, scenarios: &[Scenario]) -> Files {
    apply(files, scenarios).unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)))
}

/// The model after some scenarios, which must be valid.
pub(crate) fn changed(files: &Files, scenarios: &[Scenario]) -> Model {
    let read = Base::new(files).and_then(|base| base.read(scenarios));
    let (model, ..) = read.unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)));
    model
}

pub(crate) fn model(files: &Files) -> Model {
    read_model_from(files).unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)))
}

/// A file as text; one that is not UTF-8 is read byte by byte.
pub(crate) fn text(files: &Files, name: &str) -> String {
    files[name].iter().map(|byte| char::from(*byte)).collect()
}

/// The line of a table that begins so.
pub(crate) fn line(files: &Files, name: &str, start: &str) -> String {
    let text = text(files, name);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with(start))
        .collect();
    assert_eq!(lines.len(), 1, "{start} in {name}: {text}");
    lines[0].to_owned()
}

/// Cents of a fund over all rows of `amounts.csv`.
pub(crate) fn total(model: &Model, fund: &str) -> i64 {
    let rows = model.amounts.iter();
    let rows = rows.filter(|row| model.fund(row.fund).id == fund);
    rows.map(|row| row.euro.cents()).sum()
}

/// Units of need of an action in a zone and year.
pub(crate) fn units(model: &Model, action: &str, zone: &str, year: i32) -> Option<String> {
    let mut found = model.demands.iter().filter(|demand| {
        model.action(demand.action).id == action
            && model.zone(demand.zone).id == zone
            && demand.year == year
            && demand.label.is_empty()
    });
    found
        .next()
        .map(|demand| mappafondo::units::exact_text(&demand.units))
}
