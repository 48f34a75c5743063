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
        .filter(|block| !block.starts_with("[sweep]"))
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

#[test]
fn any_value_for_any_target_is_made_or_refused_with_a_reason() {
    let bases = [files_of("models/tiny"), files_of("tests/data/invalid/full")];
    let bases = bases.map(|files| Base::new(&files).unwrap());
    let targets = [
        ("amount", ""),
        ("need", ""),
        ("need", "where = \"residenti > 25000\"\n"),
        ("unit_cost", ""),
        ("priority", ""),
        ("weight", ""),
        ("min_active", ""),
        ("share", "rule = [\"fnps-minori\", \"as-floor\"]\n"),
        ("share", "rule = \"meta-ai-minori\"\n"),
        ("threshold", "rule = [\"tetto\", \"fse-15000\"]\n"),
        ("threshold", "rule = \"as-floor\"\n"),
        ("strength", "rule = \"tetto\"\n"),
        ("max_share", ""),
        ("indicator", "indicator = \"residenti\"\n"),
        ("indicator", "indicator = \"provincia\"\n"),
        ("project", ""),
        ("deadline", "fund = [\"fse-ue\", \"qsfp\"]\n"),
        ("carry_over", "fund = \"fnps\"\n"),
        ("income", "fund = \"premio-unita\"\n"),
        ("income", "fund = \"contributo-as\"\n"),
        ("claim", "fund = \"fse-ue\"\npart = \"claimed\"\n"),
        ("rate", ""),
        ("levels", ""),
        ("tolerance", ""),
        ("bound", ""),
        ("coverage", ""),
        ("riparto", "fund = \"qsfp\"\nindicator = \"residenti\"\n"),
        ("riparto", "part = \"floor\"\n"),
        ("priority_cut", ""),
        ("priority_cut", "part = \"new\"\n"),
        ("gate", ""),
        ("share", "rule = \"pippi-2022\"\n"),
    ];
    let huge = "1".repeat(28);
    let values = [
        "scale = 0",
        "scale = \"1/3\"",
        "scale = 100",
        "add = \"-0.001\"",
        "add = \"1/7\"",
        "add = \"residenti / 1000\"",
        "add = 1000000000000000",
        "set = 0",
        "set = \"unlimited\"",
        "set = \"max(1, residenti)\"",
        "set = \"wish\"",
        "set = \"2024-06-30\"",
        "set = \"+1\"",
        "set = \"1 +\"",
    ];
    let mut made = 0;
    for (target, selectors) in targets {
        let huge = [format!("set = \"{huge}\""), format!("add = \"0.{huge}\"")];
        for value in values
            .iter()
            .copied()
            .chain(huge.iter().map(String::as_str))
        {
            let text = format!(
                "[scenario]\nformat = 1\nid = \"x\"\ntitle = \"x\"\n[[change]]\ntarget = \"{target}\"\n{selectors}{value}\n"
            );
            let scenario = match Scenario::parse("x.toml", &text) {
                Ok(scenario) => scenario,
                Err(invalid) => {
                    assert!(invalid.n_errors() > 0, "{text}");
                    continue;
                }
            };
            let scenarios = [scenario];
            for base in &bases {
                match base.read(&scenarios) {
                    Ok(_) => made += 1,
                    Err(invalid) => assert!(invalid.n_errors() > 0, "{text}"),
                }
            }
        }
    }
    assert!(made > 150, "{made}");
}
