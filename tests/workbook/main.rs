//! Workbooks: what is written reads back the same, what offices write is taken, what is hostile is refused.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod cells;
mod field;
#[path = "../generator/mod.rs"]
mod generator;
mod hostile;
mod lies;
mod office;
#[cfg(feature = "cli")]
mod program;
mod round;
mod runs;
#[cfg(feature = "cli")]
mod what_ifs;
mod words;
mod zones;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mappafondo::input::{Inputs, read_model};
use mappafondo::model::Model;
use mappafondo::problem::InvalidModel;

type Files = BTreeMap<String, Vec<u8>>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a reference model.
fn files_of(model: &str) -> Files {
    read_model(&root().join("models").join(model))
        .unwrap()
        .1
        .files
}

/// Reads a workbook as every command does: from a file.
fn read(bytes: &[u8]) -> Result<(Model, Inputs), InvalidModel> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("modello.xlsx");
    std::fs::write(&path, bytes).unwrap();
    read_model(Path::new(&path))
}

/// A model without its warnings, which name places.
fn told(model: &Model) -> String {
    let mut model = model.clone();
    model.warnings.clear();
    format!("{model:#?}")
}
