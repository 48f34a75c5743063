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
    let golden = fs::read_to_string(&golden).unwrap();
    for (found, expected) in text.split("## ").zip(golden.split("## ")) {
        assert_eq!(found, expected);
    }
    assert_eq!(text.len(), golden.len());
}

/// The examples of a page that are scenarios or changes.
fn examples(page: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let blocks = text.split("```toml\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap().to_owned());
    let head = "[scenario]\nformat = 1\nid = \"esempio\"\ntitle = \"Esempio\"\n";
    blocks
        .map(|block| {
            if block.starts_with("[scenario]") {
                block
            } else {
                format!("{head}\n{block}")
            }
        })
        .collect()
}

#[test]
fn every_example_of_the_pages_can_be_made() {
    let bases: Vec<Base> = ["models/toscana", "models/piemonte"]
        .iter()
        .map(|folder| Base::new(&files_of(folder)).unwrap())
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/toscana");
    let beside = |name: &str| fs::read(folder.join(name)).ok();
    let mut changes = 0;
    for page in ["scenarios/README.md", "docs/scenario-format.md"] {
        for example in examples(page) {
            // Change by change: some speak of one model, some of the other.
            let (head, rest) = example.split_once("[[change]]").unwrap();
            for change in rest.split("[[change]]") {
                let text = format!("{head}[[change]]{change}");
                let scenario = Scenario::parse_beside("esempio.toml", &text, &beside)
                    .unwrap_or_else(|invalid| {
                        panic!("{page}\n{}", invalid.text(Language::English))
                    });
                let scenarios = [scenario];
                let made = bases.iter().any(|base| base.read(&scenarios).is_ok());
                let why = bases[0].read(&scenarios).err();
                assert!(
                    made,
                    "{page}: {text}\n{}",
                    why.unwrap_or_default().text(Language::English)
                );
                changes += 1;
            }
        }
    }
    assert!(changes >= 10, "{changes}");
}
