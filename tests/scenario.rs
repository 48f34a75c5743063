//! Scenarios change the files of a model as they say, to the cent, in the order given; what cannot be is refused.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mappafondo::input::read_model_from;
use mappafondo::model::{Assigned, Language, Model};
use mappafondo::scenario::{Base, Files, Scenario, apply};
use mappafondo::units::{Euro, Exact};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn model_files(name: &str) -> Files {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder("models").join(name)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".csv") || name.ends_with(".toml") {
            files.insert(name, fs::read(path).unwrap());
        }
    }
    files
}

fn scenario(changes: &str) -> Scenario {
    named("prova", changes)
}

fn named(id: &str, changes: &str) -> Scenario {
    let text = format!("[scenario]\nformat = 1\nid = \"{id}\"\ntitle = \"Prova\"\n{changes}");
    Scenario::parse(&format!("{id}.toml"), &text)
        .unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)))
}

fn changed(files: &Files, scenarios: &[Scenario]) -> Model {
    let files = apply(files, scenarios)
        .unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)));
    read_model_from(&files).unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)))
}

fn total(model: &Model, fund: &str) -> i64 {
    let rows = model.amounts.iter();
    let rows = rows.filter(|row| model.fund(row.fund).id == fund);
    rows.map(|row| row.euro.cents()).sum()
}

#[test]
fn a_scaled_group_keeps_its_scaled_total_to_the_cent() {
    let base = model_files("toscana");
    let before = read_model_from(&base).unwrap();
    let funds: Vec<String> = before.funds.iter().map(|fund| fund.id.clone()).collect();
    let sum = |model: &Model| -> i64 { funds.iter().map(|fund| total(model, fund)).sum() };
    for factor in ["80%", "1/3", "1.0345678901"] {
        let change = format!("[[change]]\ntarget = \"amount\"\nscale = \"{factor}\"\n");
        let after = changed(&base, &[scenario(&change)]);
        let factor = mappafondo::units::parse_exact(factor).unwrap();
        let exact = factor * Exact::new(i128::from(sum(&before)), 100);
        assert_eq!(sum(&after), Euro::round_of(&exact).unwrap().cents());
        for (old, new) in before.amounts.iter().zip(&after.amounts) {
            let exact = factor * old.euro.to_exact();
            let floor = Euro::floor_of(&exact).unwrap().cents();
            assert!((floor..=floor + 1).contains(&new.euro.cents()));
        }
    }
}
