//! Scenarios that cannot be are refused with place, value and remedy in both languages: golden messages.

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
use std::path::Path;

use mappafondo::model::Language;
use mappafondo::problem::InvalidModel;
use mappafondo::scenario::{Base, Files, Scenario};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    head: Option<String>,
    changes: String,
    #[serde(default)]
    model: Option<String>,
    #[serde(default)]
    accepted: bool,
}

fn files_of(folder: &str) -> Files {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".csv") || name.ends_with(".toml") {
            files.insert(name, fs::read(path).unwrap());
        }
    }
    files
}

fn told(case: &Case) -> String {
    let files = match &case.model {
        Some(_) => files_of("tests/data/invalid/full"),
        None => files_of("models/tiny"),
    };
    let head = case.head.as_deref();
    let head = head.unwrap_or("[scenario]\nformat = 1\nid = \"prova\"\ntitle = \"Prova\"\n");
    let text = format!("{head}\n{}", case.changes);
    let read = Scenario::parse("prova.toml", &text)
        .and_then(|scenario| Base::new(&files).unwrap().read(&[scenario]));
    let invalid = match read {
        Ok((_, _, problems)) => {
            assert!(case.accepted, "{}: accepted", case.name);
            InvalidModel { problems }
        }
        Err(invalid) => {
            assert!(!case.accepted && invalid.n_errors() > 0, "{}", case.name);
            invalid
        }
    };
    let of = |language| invalid.text(language);
    format!("{}{}", of(Language::Italian), of(Language::English))
}

#[test]
fn every_wrong_scenario_gets_its_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/scenario");
    let cases: Cases =
        toml::from_str(&fs::read_to_string(folder.join("errors.toml")).unwrap()).unwrap();
    let text: String = cases
        .case
        .iter()
        .map(|case| format!("## {}\n{}\n", case.name, told(case)))
        .collect();
    let golden = folder.join("errors.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&golden).unwrap());
}
