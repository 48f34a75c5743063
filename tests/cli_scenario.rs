//! `--scenario` from outside: what `check` says of the difference, what a plan keeps of its scenarios, what `verify` sees.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "cli")]

#[path = "common/program.rs"]
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty};
use serde_json::Value;
use tempfile::TempDir;

const TINY: &str = "models/tiny";

const LESS: &str = "[scenario]\nformat = 1\nid = \"less\"\ntitle = \"Un quinto in meno\"\n\n\
    [[change]]\ntarget = \"amount\"\nfund = \"quota-servizi\"\nscale = \"80%\"\n";
const OFF: &str = "[scenario]\nformat = 1\nid = \"off\"\ntitle = \"Senza i sei tirocini\"\n\n\
    [[change]]\nrule_off = \"sei-tirocini\"\n";

fn mappafondo(language: &str) -> Command {
    let mut command = Command::from_std(program::program(language));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// A folder with two scenarios.
fn home() -> (TempDir, PathBuf, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let (less, off) = (home.path().join("less.toml"), home.path().join("off.toml"));
    fs::write(&less, LESS).unwrap();
    fs::write(&off, OFF).unwrap();
    (home, less, off)
}

fn with(command: &mut Command, scenarios: &[&Path]) {
    for scenario in scenarios {
        command.arg("--scenario").arg(scenario);
    }
}

#[test]
fn check_tells_the_difference_in_words() {
    let (_home, less, off) = home();
    let mut italian = mappafondo("it");
    italian.args(["check", TINY]);
    with(&mut italian, &[&less, &off]);
    italian.assert().code(0).stdout(
        contains("less: Un quinto in meno\noff: Senza i sei tirocini")
            .and(contains(
                "Importi (euro)\n  quota-servizi, 2026: 94.592,18 → 75.673,74\n",
            ))
            .and(contains(
                "Regole\n  sei-tirocini: tolto (Sei tirocini di inclusione nel 2026)\n",
            )),
    );
    let mut english = mappafondo("en");
    english.args(["check", TINY]);
    with(&mut english, &[&less]);
    english.assert().code(0).stdout(contains(
        "Amounts (euro)\n  quota-servizi, 2026: 94,592.18 → 75,673.74\n",
    ));
}

#[test]
fn check_tells_the_difference_to_programs() {
    let (_home, less, _) = home();
    let mut command = mappafondo("en");
    command.args(["check", TINY, "--format", "json"]);
    with(&mut command, &[&less]);
    let output = command.assert().code(0).get_output().stdout.clone();
    let json: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!(json["scenarios"][0]["id"], "less");
    let lines = json["difference"].as_array().unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["topic"], "amount");
    assert_eq!(
        (&lines[0]["before"], &lines[0]["after"]),
        (&"94592.18".into(), &"75673.74".into())
    );
}

#[test]
fn check_names_scenario_and_change_when_the_result_is_no_model() {
    let (home, less, _) = home();
    let wrong = home.path().join("wrong.toml");
    let text = "[scenario]\nformat = 1\nid = \"wrong\"\ntitle = \"Troppo\"\n\n\
        [[change]]\ntarget = \"share\"\nrule = \"meta-ai-minori\"\nset = \"60%\"\n\n\
        [[change]]\ntarget = \"carry_over\"\nfund = \"quota-servizi\"\nset = \"101%\"\n";
    fs::write(&wrong, text).unwrap();
    let mut command = mappafondo("en");
    command.args(["check", TINY]);
    with(&mut command, &[&less, &wrong]);
    command.assert().code(3).stdout(
        contains("wrong.toml:11, key \"change[2]\": after change 2 of scenario \"wrong\" (Troppo)")
            .and(contains(
                "funds.csv:2, column \"carry_over\": the share \"101%\"",
            )),
    );
    let mut missing = mappafondo("en");
    missing.args(["check", TINY, "--scenario", "no/such.toml"]);
    missing.assert().code(74).stdout(contains("no/such.toml"));
    let mut twice = mappafondo("en");
    twice.args(["check", TINY]);
    with(&mut twice, &[&less, &less]);
    twice.assert().code(3).stdout(contains("given twice"));
}

#[test]
fn a_plan_keeps_its_scenarios_and_verify_sees_when_one_is_changed() {
    let (home, less, off) = home();
    let out = home.path().join("out");
    let mut solve = mappafondo("it");
    solve.args(["solve", TINY, "--out"]).arg(&out);
    with(&mut solve, &[&less, &off]);
    solve
        .assert()
        .code(0)
        .stdout(contains("Scenari").and(contains("less: Un quinto in meno")));
    let summary: Value =
        serde_json::from_slice(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    let ids: Vec<&str> = summary["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert_eq!(ids, ["less", "off"]);
    let base = home.path().join("base");
    mappafondo("it")
        .args(["solve", TINY, "--quiet", "--out"])
        .arg(&base)
        .assert()
        .code(0);
    let plain: Value =
        serde_json::from_slice(&fs::read(base.join("summary.json")).unwrap()).unwrap();
    assert!(plain.get("scenarios").is_none() && plain.get("base").is_none());
    assert_eq!(summary["base"], plain["model"]["hash"]);
    assert_ne!(summary["model"]["hash"], plain["model"]["hash"]);
    assert_eq!(summary["totals"]["assigned"], "195673.76");
    let kept = out.join("dossier/scenarios/01-less.toml");
    assert_eq!(fs::read_to_string(&kept).unwrap(), LESS);
    let amounts = fs::read_to_string(out.join("dossier/model/amounts.csv")).unwrap();
    assert!(amounts.contains("quota-servizi,2026,,75673.74,"));
    mappafondo("en").arg("verify").arg(&out).assert().code(0);
    // The same again, in the same folder: it is ours to write.
    let mut again = mappafondo("it");
    again.args(["solve", TINY, "--quiet", "--out"]).arg(&out);
    with(&mut again, &[&less, &off]);
    again.assert().code(0);
    fs::write(&kept, LESS.replace("80%", "90%")).unwrap();
    mappafondo("en")
        .arg("verify")
        .arg(&out)
        .assert()
        .code(6)
        .stdout(contains("scenarios/01-less.toml"));
    fs::remove_file(&kept).unwrap();
    mappafondo("en")
        .arg("verify")
        .arg(&out)
        .assert()
        .code(6)
        .stdout(contains("scenarios/01-less.toml"));
}

#[test]
fn export_writes_the_programme_of_the_scenario() {
    let (home, less, _) = home();
    let write = |scenarios: &[&Path]| {
        let file = home.path().join("tiny.lp");
        let mut export = mappafondo("en");
        export.args(["export", TINY, "--out"]).arg(&file);
        with(&mut export, scenarios);
        export.assert().code(0).stderr(is_empty());
        fs::read_to_string(&file).unwrap()
    };
    let (plain, changed) = (write(&[]), write(&[&less]));
    assert_ne!(plain, changed);
    assert_eq!(plain.lines().count(), changed.lines().count());
}

#[test]
fn the_schema_of_scenarios_is_printed() {
    let command = mappafondo("en")
        .args(["schema", "scenario"])
        .assert()
        .code(0)
        .get_output()
        .stdout
        .clone();
    let schema: Value = serde_json::from_slice(&command).unwrap();
    assert_eq!(schema["title"], "scenario");
    let text = fs::read_to_string("schemas/scenario.schema.json").unwrap();
    assert_eq!(text.as_bytes(), command);
}
