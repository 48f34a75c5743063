//! What keeps the code in one direction: no stage uses a later one, no file grows past 500 lines, solvers and floats stay in
//! their place.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The stages in order: each may use itself and the earlier ones. What stands on one line is one step.
const ORDER: [&[&str]; 17] = [
    &["units", "tolerance", "sheet"],
    &["model"],
    &["disk"],
    &["problem"],
    &["input"],
    &["scenario"],
    &["sweep"],
    &["lp"],
    &["solve"],
    &["proposal"],
    &["explain"],
    &["report", "workbook"],
    &["roll"],
    &["run"],
    &["compare"],
    &["annex"],
    &["cli", "main"],
];

/// Uses of a later stage that are part of the design, each with its reason.
const ALLOWED: [(&str, &str, &str); 3] = [
    (
        "model",
        "input",
        "validation reads the entries of the files and gives a Model or every problem",
    ),
    ("model", "problem", "validation says what is wrong"),
    (
        "proposal",
        "verify",
        "the gap of a goal is computed once, by the exact bound of the checker",
    ),
];

/// What the checker may use: it shares no code with what it checks.
const VERIFY_USES: [&str; 7] = [
    "verify", "units", "disk", "problem", "model", "input", "sheet",
];

/// Files outside `solve` that may name floats, each with its reason.
const FLOATS: [(&str, &str); 23] = [
    (
        "src/sheet.rs",
        "multipliers are stored as the floats they are",
    ),
    ("src/tolerance.rs", "tolerances of the solvers"),
    (
        "src/verify/bound.rs",
        "decodes multipliers into exact fractions",
    ),
    (
        "src/verify/farkas.rs",
        "decodes multipliers into exact fractions",
    ),
    (
        "src/verify/number.rs",
        "decodes multipliers into exact fractions",
    ),
    (
        "src/proposal/certify.rs",
        "any multipliers prove a bound; exact arithmetic judges them",
    ),
    (
        "src/proposal/cents.rs",
        "takes the solver's point, the last float of a plan, and gives whole cents",
    ),
    (
        "src/proposal/holding.rs",
        "takes the solver's point and gives whole cents",
    ),
    (
        "src/proposal/fill.rs",
        "compares whole cents with the point they came from",
    ),
    (
        "src/proposal/joint/mod.rs",
        "compares whole cents with the point they came from",
    ),
    (
        "src/proposal/joint/parts.rs",
        "bounds steps by the point they are taken around",
    ),
    (
        "src/proposal/joint/part.rs",
        "states steps in cents to the solver; whole numbers judge them",
    ),
    (
        "src/proposal/reasons.rs",
        "compares what is missing with the point before rounding",
    ),
    (
        "src/sweep/special.rs",
        "functions of distributions, the same bits on every machine",
    ),
    (
        "src/report/xlsx/number.rs",
        "a workbook stores doubles: cents become their nearest, and come back exactly",
    ),
    ("src/sweep/chance.rs", "a random number between 0 and 1"),
    ("src/sweep/copula.rs", "correlated probabilities"),
    (
        "src/sweep/distribution.rs",
        "a probability becomes a value, written to its decimals: money stays exact",
    ),
    ("src/sweep/value.rs", "writes a drawn value to its decimals"),
    ("src/sweep/layout.rs", "draws probabilities"),
    (
        "src/input/workbook/value.rs",
        "a sheet stores doubles: each becomes the decimal it shows at once",
    ),
    (
        "src/input/workbook/excel/formats.rs",
        "a format is chosen by the sign of the double, before it becomes a decimal",
    ),
    (
        "src/workbook/write.rs",
        "a sheet stores doubles: a decimal becomes one only if it reads back the same",
    ),
];

const LONGEST: usize = 500;

struct Source {
    path: String,
    stage: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting = vec![root.join("src")];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                let stage = relative
                    .trim_start_matches("src/")
                    .split(['/', '.'])
                    .next()
                    .unwrap()
                    .to_owned();
                let text = fs::read_to_string(&path).unwrap();
                found.push(Source {
                    path: relative,
                    stage,
                    text,
                });
            }
        }
    }
    assert!(found.len() > 20, "the sources were not found");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Lines without their comments; strings are left in, which is enough here.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let without = |line: &str| line.find("//").unwrap_or(line.len());
    text.lines()
        .enumerate()
        .map(move |(number, line)| (number + 1, &line[..without(line)]))
}

/// The stages that a file names, with the line: `crate::lp::...`, and in the program `mappafondo::lp::...`.
fn named(source: &Source) -> Vec<(usize, String)> {
    let own = if matches!(source.stage.as_str(), "cli" | "main") {
        "mappafondo::"
    } else {
        "crate::"
    };
    let text: String = code(&source.text)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let mut stages = Vec::new();
    for (position, _) in text.match_indices(own) {
        let line = text[..position].matches('\n').count() + 1;
        let after = &text[position + own.len()..];
        let parts = after
            .strip_prefix('{')
            .map_or_else(|| vec![after], parts_of_list);
        let words = parts
            .into_iter()
            .map(first_word)
            .filter(|word| !word.is_empty());
        stages.extend(words.map(|word| (line, word.to_owned())));
    }
    stages
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or("")
}

/// `lp::{A, B}, model}` after the opening brace: `lp::{A, B}` and `model`.
fn parts_of_list(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (position, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&text[start..position]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..position]);
                start = position + 1;
            }
            _ => {}
        }
    }
    parts
}

fn rank(stage: &str) -> Option<usize> {
    ORDER.iter().position(|stages| stages.contains(&stage))
}

/// Whether code of `stage` may use `other`; `None` when `other` is not a stage.
fn may_use(stage: &str, other: &str) -> Option<bool> {
    if stage == other || matches!(stage, "lib") {
        return Some(true);
    }
    if stage == "verify" {
        return (rank(other).is_some()).then(|| VERIFY_USES.contains(&other));
    }
    if other == "verify" {
        return Some(
            stage == "cli"
                || ALLOWED
                    .iter()
                    .any(|(from, to, _)| (*from, *to) == (stage, "verify")),
        );
    }
    let other_rank = rank(other)?;
    let own = rank(stage)?;
    Some(
        other_rank <= own
            || ALLOWED
                .iter()
                .any(|(from, to, _)| (*from, *to) == (stage, other)),
    )
}

#[test]
fn no_stage_uses_a_later_one() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources() {
        assert!(
            rank(&source.stage).is_some() || matches!(source.stage.as_str(), "verify" | "lib"),
            "{} belongs to no stage: give it a place in ORDER",
            source.path
        );
        for (line, other) in named(&source) {
            if may_use(&source.stage, &other) == Some(false) {
                wrong.push(format!("{}:{line} uses {other}", source.path));
            }
            used.insert((source.stage.clone(), other));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (from, to, reason) in ALLOWED {
        let key = (from.to_owned(), to.to_owned());
        assert!(
            !reason.is_empty() && used.contains(&key),
            "{from} need not be allowed to use {to}"
        );
    }
}

#[test]
fn the_reader_of_paths_sees_them() {
    let seen = |text: &str, stage: &str| {
        let source = Source {
            path: String::new(),
            stage: stage.to_owned(),
            text: text.to_owned(),
        };
        let words: Vec<String> = named(&source)
            .into_iter()
            .map(|(line, word)| format!("{line} {word}"))
            .collect();
        words.join(", ")
    };
    assert_eq!(
        seen("// crate::cli\nuse crate::lp::write;", "report"),
        "2 lp"
    );
    assert_eq!(
        seen(
            "use crate::{\n    lp::{self, A},\n    model::Model,\n};",
            "report"
        ),
        "1 lp, 1 model"
    );
    assert_eq!(
        seen("let x = crate::solve::f(crate::lp::g());", "report"),
        "1 solve, 1 lp"
    );
    assert_eq!(seen("use mappafondo::verify::verify;", "cli"), "1 verify");
    assert_eq!(may_use("lp", "proposal"), Some(false));
    assert_eq!(may_use("report", "proposal"), Some(true));
    assert_eq!(may_use("verify", "lp"), Some(false));
    assert_eq!(may_use("report", "verify"), Some(false));
    assert_eq!(may_use("cli", "verify"), Some(true));
}

#[test]
fn no_file_grows_past_500_lines() {
    let long: Vec<String> = sources()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(
        long.is_empty(),
        "look for the second concept in\n{}",
        long.join("\n")
    );
}

#[test]
fn solvers_are_named_in_solve_alone() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.stage != "solve") {
        for (number, line) in code(&source.text) {
            let names = |name: &str| {
                line.match_indices(name).any(|(position, _)| {
                    let before = line[..position].chars().next_back();
                    before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '"')
                })
            };
            if ["highs::", "highs_sys", "good_lp", "clarabel::"]
                .into_iter()
                .any(names)
            {
                wrong.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn floats_stay_in_the_adapter_and_its_declared_edges() {
    let mut wrong = Vec::new();
    let mut excused = BTreeSet::new();
    let sources = sources();
    for source in sources.iter().filter(|source| source.stage != "solve") {
        for (number, line) in code(&source.text) {
            let is_word = |position: usize| {
                let before = line[..position].chars().next_back();
                let after = line[position + 3..].chars().next();
                let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !part(before) && !part(after)
            };
            if ["f64", "f32"].iter().any(|float| {
                line.match_indices(float)
                    .any(|(position, _)| is_word(position))
            }) {
                if FLOATS.iter().any(|(path, _)| *path == source.path) {
                    excused.insert(source.path.as_str());
                } else {
                    wrong.push(format!("{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (path, reason) in FLOATS {
        assert!(
            !reason.is_empty() && excused.contains(path),
            "{path} is excused and has no floats"
        );
    }
}
