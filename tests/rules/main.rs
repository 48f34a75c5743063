//! What a rule says: of what its share is, which years a plan holds, and which rules leave no plan whatever is solved.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "cli")]

#[path = "../common/program.rs"]
mod program;

mod base;
mod no_plan;
mod scopes;
mod vertices;
mod workbook;
mod years;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mappafondo::input::read_model_from;
use mappafondo::lp::{build, impossible};
use mappafondo::model::{Language, Model};
use mappafondo::problem::InvalidModel;
use mappafondo::proposal::{Outcome, Proposal, propose};
use mappafondo::report::impossible_text::remark;
use mappafondo::solve::Options;

/// The files of a model by name.
type Files = BTreeMap<String, Vec<u8>>;

fn case(name: &str) -> Files {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/cases")
        .join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The same files with words of one of them replaced, which stand there once.
fn with(mut files: Files, file: &str, from: &str, to: &str) -> Files {
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{file}: {from}");
    files.insert(file.to_owned(), text.replace(from, to).into_bytes());
    files
}

fn model(files: &Files) -> Model {
    read_model_from(files).unwrap_or_else(|why| panic!("{}", why.text(Language::English)))
}

fn refused(files: &Files) -> InvalidModel {
    match read_model_from(files) {
        Ok(model) => panic!("valid: {model:?}"),
        Err(invalid) => invalid,
    }
}

fn proposal(model: &Model) -> Proposal {
    match propose(model, &Options::default()).unwrap() {
        Outcome::Proposal(proposal) => *proposal,
        Outcome::Infeasible(why) => panic!("no plan: {:?}", why.conflict),
    }
}

fn has_plan(model: &Model) -> bool {
    matches!(
        propose(model, &Options::default()),
        Ok(Outcome::Proposal(_))
    )
}

/// Cents that a zone gets.
fn of_zone(model: &Model, proposal: &Proposal, zone: &str) -> i64 {
    let lines = proposal.ledger.iter();
    lines
        .filter(|line| model.zone(line.zone).id == zone)
        .map(|line| line.euro.cents())
        .sum()
}

fn codes(model: &Model) -> Vec<&'static str> {
    model.warnings.iter().map(|warning| warning.code).collect()
}

/// What `check` says of models without a plan, in English.
fn no_plan(model: &Model) -> Vec<String> {
    let program = build(model).unwrap();
    let found = impossible(model, &program);
    found
        .iter()
        .map(|found| remark(model, found))
        .map(|remark| format!("{}: {}", remark.place, remark.english))
        .collect()
}
