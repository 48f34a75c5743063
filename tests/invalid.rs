//! Every kind of wrong input is refused with file, line, field, value and remedy: a table of cases with golden messages.
//!
//! A case in `tests/data/invalid/<topic>.toml` is a small edit of `models/tiny`; what it gets is in `<topic>.txt` beside it.
//! `UPDATE_GOLDEN=1 cargo test --test invalid` writes the messages anew: read the difference before keeping it.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use mappafondo::input::{read_model, read_model_from};
use mappafondo::model::{Language, Model};
use mappafondo::problem::InvalidModel;
use proptest::prelude::*;
use serde::Deserialize;

type Files = BTreeMap<String, Vec<u8>>;

/// The cases of one topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    case: Vec<Case>,
}

/// An edit of `models/tiny`, or several.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is wrong, as a sentence.
    name: String,
    /// Also in English.
    #[serde(default)]
    english: bool,
    /// The model is accepted; what matters is its warnings.
    #[serde(default)]
    accepted: bool,
    /// The edits.
    edit: Vec<Edit>,
}

/// One change of one file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    /// Replace the only place where the first text occurs by the second.
    replace: Option<[String; 2]>,
    /// Add to the end.
    append: Option<String>,
    /// The whole text.
    text: Option<String>,
    /// The whole content, in hexadecimal.
    hex: Option<String>,
    /// Put bytes in hexadecimal for the only place where a text occurs.
    bytes: Option<[String; 2]>,
    /// Repeat the text so many times: for limits.
    times: Option<usize>,
    #[serde(default)]
    remove: bool,
}

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn tiny() -> Files {
    files_of("models/tiny")
}

/// Every table and key of the format.
fn full() -> Files {
    files_of("tests/data/invalid/full")
}

fn files_of(path: &str) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder(path)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".csv") || name.ends_with(".toml") {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn replaced(bytes: &[u8], from: &str, to: &[u8], name: &str) -> Vec<u8> {
    let from = from.as_bytes();
    let found: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    let [at] = found.as_slice() else {
        panic!("{name}: the text to replace occurs {} times", found.len());
    };
    [&bytes[..*at], to, &bytes[at + from.len()..]].concat()
}

fn apply(edit: &Edit, files: &mut Files, name: &str) {
    if edit.remove {
        files.remove(&edit.file).unwrap();
        return;
    }
    let content = files.entry(edit.file.clone()).or_default();
    if let Some([from, to]) = &edit.replace {
        *content = replaced(content, from, to.as_bytes(), name);
    }
    if let Some([from, hex]) = &edit.bytes {
        *content = replaced(content, from, &from_hex(hex), name);
    }
    if let Some(text) = &edit.append {
        content.extend(text.repeat(edit.times.unwrap_or(1)).bytes());
    }
    if let Some(text) = &edit.text {
        *content = text.repeat(edit.times.unwrap_or(1)).into_bytes();
    }
    if let Some(hex) = &edit.hex {
        *content = from_hex(hex);
    }
}

fn read(case: &Case) -> Result<Model, InvalidModel> {
    let mut files = tiny();
    for edit in &case.edit {
        apply(edit, &mut files, &case.name);
    }
    read_model_from(&files)
}

fn told(case: &Case) -> String {
    let mut text = String::new();
    match read(case) {
        Ok(model) => {
            assert!(case.accepted, "{}: the model was accepted", case.name);
            // What `tiny` itself is warned about is not the point of the case.
            for warning in model
                .warnings
                .iter()
                .filter(|warning| warning.code != "model::estimates")
            {
                writeln!(
                    text,
                    "avviso [{}] {}: {}",
                    warning.code, warning.place, warning.italian
                )
                .unwrap();
                if case.english {
                    writeln!(
                        text,
                        "warning [{}] {}: {}",
                        warning.code, warning.place, warning.english
                    )
                    .unwrap();
                }
            }
            if text.is_empty() {
                text.push_str("(accettato)\n");
            }
        }
        Err(invalid) => {
            assert!(
                !case.accepted,
                "{}: {}",
                case.name,
                invalid.text(Language::English)
            );
            assert!(
                invalid.n_errors() > 0,
                "{}: refused without a reason",
                case.name
            );
            text.push_str(&invalid.text(Language::Italian));
            if case.english {
                text.push_str(&invalid.text(Language::English));
            }
        }
    }
    text
}

/// All topics by name.
fn topics() -> BTreeMap<String, Topic> {
    let mut topics = BTreeMap::new();
    for entry in fs::read_dir(folder("tests/data/invalid")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let topic = toml::from_str(&fs::read_to_string(&path).unwrap());
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            topics.insert(
                name.clone(),
                topic.unwrap_or_else(|error| panic!("{name}: {error}")),
            );
        }
    }
    topics
}

#[test]
fn every_wrong_input_gets_its_message() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for (name, topic) in topics() {
        let mut text = String::new();
        for case in &topic.case {
            writeln!(text, "## {}\n{}", case.name, told(case)).unwrap();
        }
        let golden = folder("tests/data/invalid").join(format!("{name}.txt"));
        if update {
            fs::write(&golden, &text).unwrap();
        } else {
            let expected = fs::read_to_string(&golden).unwrap();
            for (found, expected) in text.split("## ").zip(expected.split("## ")) {
                assert_eq!(found, expected, "{name}");
            }
            assert_eq!(text.len(), expected.len(), "{name}");
        }
    }
}

#[test]
fn there_are_enough_cases_and_each_has_its_own_name() {
    let names: Vec<String> = topics()
        .into_values()
        .flat_map(|topic| topic.case)
        .map(|case| case.name)
        .collect();
    let mut once = names.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), names.len());
    assert!(names.len() >= 80, "{} cases", names.len());
}

#[test]
fn english_and_italian_tell_the_same_numbers() {
    let numbers = |text: &str| -> Vec<String> {
        let all = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty());
        all.map(str::to_owned).collect()
    };
    for case in topics().into_values().flat_map(|topic| topic.case) {
        if let Err(invalid) = read(&case) {
            for problem in &invalid.problems {
                let mut italian = numbers(&problem.message(Language::Italian));
                let mut english = numbers(&problem.message(Language::English));
                italian.sort();
                english.sort();
                assert_eq!(italian, english, "{}", problem.text(Language::English));
            }
        }
    }
}

#[test]
fn the_order_of_rows_and_columns_never_matters() {
    let plain = read_model_from(&tiny()).unwrap();
    let mut turned = tiny();
    for (_, content) in turned.iter_mut().filter(|(name, _)| name.ends_with(".csv")) {
        let text = String::from_utf8(content.clone()).unwrap();
        let mut rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        rows.iter_mut().for_each(|row| row.reverse());
        rows[1..].reverse();
        let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        *content = rows.join("\r\n").into_bytes();
    }
    let mut turned = read_model_from(&turned).unwrap();
    turned.warnings.clone_from(&plain.warnings);
    assert_eq!(format!("{plain:?}"), format!("{turned:?}"));
}

#[test]
fn all_problems_are_counted_and_fifty_are_shown() {
    let mut files = tiny();
    let rows = "educativa,nessuna,2026,1\n".repeat(60);
    files.get_mut("needs.csv").unwrap().extend(rows.bytes());
    let invalid = read_model_from(&files).unwrap_err();
    let text = invalid.text(Language::Italian);
    assert!(invalid.problems.len() > 60);
    assert_eq!(text.lines().count(), 51);
    assert!(text.ends_with(&format!(
        "{} problemi, mostrati i primi 50.\n",
        invalid.problems.len()
    )));
    let report = serde_json::to_value(invalid.report(Language::Italian)).unwrap();
    assert_eq!(report["version"], 1);
    assert_eq!(
        report["problems"].as_array().unwrap().len(),
        invalid.problems.len()
    );
    assert_eq!(report["problems"][0]["file"], "needs.csv");
}

#[test]
fn every_table_and_key_of_the_format_is_read() {
    let model = read_model_from(&full())
        .unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)));
    let count = [
        model.zones.len(),
        model.funds.len(),
        model.actions.len(),
        model.rules.len(),
        model.matches.len(),
    ];
    assert_eq!(count, [2, 7, 6, 13, 3]);
    // Two zones of the plan, from the top left; the third is older.
    let tiles: Vec<(&str, u16, usize)> = model
        .map
        .iter()
        .map(|tile| {
            (
                model.zone(tile.zone).id.as_str(),
                tile.column,
                tile.outline.len(),
            )
        })
        .collect();
    assert_eq!(tiles, [("mare", 0, 0), ("monte", 1, 2)]);
    assert_eq!(model.earnings.len(), 1);
    assert_eq!(
        (
            model.claims.len(),
            model.flat_rates.len(),
            model.goals.len()
        ),
        (1, 1, 9)
    );
}

fn copy_of_tiny() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for (name, content) in tiny() {
        fs::write(copy.path().join(name), content).unwrap();
    }
    copy
}

#[track_caller]
fn refused_folder(path: &Path, expected: &str) {
    let text = read_model(path).unwrap_err().text(Language::Italian);
    assert!(text.contains(expected), "{text}");
}

#[test]
fn a_folder_is_read_with_its_bytes() {
    let copy = copy_of_tiny();
    fs::write(copy.path().join("README.md"), "not part of the model").unwrap();
    let (model, inputs) = read_model(copy.path()).unwrap();
    assert_eq!(inputs.files, tiny());
    assert_eq!(
        format!("{model:?}"),
        format!("{:?}", read_model_from(&inputs.files).unwrap())
    );
}

#[test]
fn what_is_not_a_folder_is_refused() {
    let copy = copy_of_tiny();
    refused_folder(&copy.path().join("nessuna"), "errore [model::unreadable]");
    refused_folder(&copy.path().join("model.toml"), "non è una cartella");
    let empty = tempfile::tempdir().unwrap();
    refused_folder(
        empty.path(),
        "errore [model::missing_file] model.toml: il file manca.",
    );
    assert!(
        read_model(&copy.path().join("nessuna"))
            .unwrap_err()
            .is_unreadable()
    );
}

#[cfg(unix)]
#[test]
fn only_regular_files_inside_the_folder_are_read() {
    use std::os::unix::fs::symlink;
    let (copy, other) = (copy_of_tiny(), copy_of_tiny());
    let needs = copy.path().join("needs.csv");
    let outside = "errore [model::outside_folder] needs.csv: il collegamento porta fuori";
    fs::remove_file(&needs).unwrap();
    symlink(other.path().join("needs.csv"), &needs).unwrap();
    refused_folder(copy.path(), outside);
    fs::remove_file(&needs).unwrap();
    symlink("/dev/zero", &needs).unwrap();
    refused_folder(copy.path(), outside);
    fs::remove_file(&needs).unwrap();
    fs::create_dir(&needs).unwrap();
    refused_folder(
        copy.path(),
        "errore [model::not_a_file] needs.csv: non è un file",
    );
    fs::remove_dir(&needs).unwrap();
    fs::write(copy.path().join("inside"), &tiny()["needs.csv"]).unwrap();
    symlink("inside", &needs).unwrap();
    assert!(read_model(copy.path()).is_ok());
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let mut files = tiny();
    files.insert("needs.csv".into(), vec![b'a'; 100_000_001]);
    let text = read_model_from(&files).unwrap_err().text(Language::Italian);
    assert!(
        text.contains("errore [model::file_size] needs.csv: il file supera il limite di 100 MB."),
        "{text}"
    );
}

/// A change of some bytes of a file.
#[derive(Clone, Debug)]
enum Mutation {
    Set(prop::sample::Index, prop::sample::Index, u8),
    Insert(prop::sample::Index, prop::sample::Index, String),
    Cut(prop::sample::Index, prop::sample::Index, u8),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let places = || (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let piece = prop_oneof![
        "\\PC{0,12}",
        prop::sample::select(vec![
            ",",
            "\n",
            "\"",
            ";",
            "0",
            "-1",
            "1e9",
            "99999999999999999999",
            "%",
            "[",
            "{",
            "=",
            "unlimited",
            "2026",
            "'",
            "0.0001",
            "/0",
            "max(",
            "[[rule]]\n",
            "\u{202e}",
            "year",
            "piana",
            "tirocini",
        ])
        .prop_map(str::to_owned),
    ];
    prop_oneof![
        (places(), any::<u8>()).prop_map(|((file, at), byte)| Mutation::Set(file, at, byte)),
        (places(), piece).prop_map(|((file, at), text)| Mutation::Insert(file, at, text)),
        (places(), any::<u8>()).prop_map(|((file, at), length)| Mutation::Cut(file, at, length)),
    ]
}

fn mutate(files: &mut Files, mutation: &Mutation) {
    let (Mutation::Set(file, at, _) | Mutation::Insert(file, at, _) | Mutation::Cut(file, at, _)) =
        mutation;
    let n_files = files.len();
    let content = files.values_mut().nth(file.index(n_files)).unwrap();
    if content.is_empty() {
        return;
    }
    let at = at.index(content.len());
    match mutation {
        Mutation::Set(_, _, byte) => content[at] = *byte,
        Mutation::Insert(_, _, text) => drop(content.splice(at..at, text.bytes())),
        Mutation::Cut(_, _, length) => {
            let end = content.len().min(at + usize::from(*length));
            content.drain(at..end);
        }
    }
}

// `PROPTEST_CASES=100000 cargo test --test invalid bytes` for a campaign.
proptest! {
    #[test]
    fn no_change_of_bytes_makes_the_reader_panic(
        (base, changes) in (any::<bool>(), prop::collection::vec(mutation(), 1..6)),
    ) {
        let mut files = if base { tiny() } else { full() };
        for change in &changes {
            mutate(&mut files, change);
        }
        if let Err(invalid) = read_model_from(&files) {
            prop_assert!(invalid.n_errors() > 0);
            let text = invalid.text(Language::Italian);
            prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        }
    }
}
