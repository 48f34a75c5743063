//! `mappafondo explain` from outside.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use tempfile::tempdir;

fn mappafondo() -> Command {
    let mut command = Command::cargo_bin("mappafondo").unwrap();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--locale", "en"]);
    command
}

fn solved(folder: &Path) {
    let out = folder.to_str().unwrap();
    mappafondo()
        .args(["solve", "models/tiny", "--quiet", "--out", out])
        .assert()
        .code(0);
}

#[test]
fn a_plan_is_explained_and_the_explanation_kept() {
    let temp = tempdir().unwrap();
    let (plan, file) = (temp.path().join("plan"), temp.path().join("why.json"));
    solved(&plan);
    mappafondo()
        .arg("explain")
        .arg(&plan)
        .arg("--out")
        .arg(&file)
        .assert()
        .code(0)
        .stdout(predicate::str::contains("The rules that cost most"))
        .stdout(predicate::str::contains(
            "The funds of which one euro more is worth most",
        ))
        .stdout(predicate::str::contains(
            "Money that will be lost at deadlines",
        ));
    let kept: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(kept["kind"], "mappafondo explanation");
    let summary = fs::read(plan.join("summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
    assert_eq!(kept["hash"], summary["model"]["hash"]);
}

#[test]
fn a_plan_that_was_changed_is_not_explained() {
    let temp = tempdir().unwrap();
    let plan = temp.path().join("plan");
    solved(&plan);
    let ledger = plan.join("ledger.csv");
    let mut text = fs::read_to_string(&ledger).unwrap();
    text.push_str("x,x,x,2026,1.00\n");
    fs::write(&ledger, text).unwrap();
    mappafondo()
        .arg("explain")
        .arg(&plan)
        .assert()
        .code(6)
        .stderr(predicate::str::contains("there is nothing to explain"));
}

#[test]
fn what_is_not_in_the_model_is_said_with_what_is() {
    for (flag, value) in [
        ("--price", "nessuno"),
        ("--law", "nessuna"),
        ("--breakpoints", "x:2026"),
    ] {
        mappafondo()
            .args(["explain", "models/tiny", flag, value])
            .assert()
            .code(2)
            .stderr(predicate::str::contains(value).and(predicate::str::contains("It has:")));
    }
}

#[test]
fn a_place_that_is_none_is_said_with_an_example() {
    mappafondo()
        .args(["explain", "models/tiny", "--why-not", "fondo=x"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("fund=qsfp,zone=z1,year=2023"));
}

#[test]
fn the_form_of_an_explanation_is_published() {
    mappafondo()
        .args(["schema", "explanation"])
        .assert()
        .code(0)
        .stdout(predicate::str::contains("BreakPointJson"));
}

#[test]
fn a_scenario_is_explained_as_it_is_planned() {
    let temp = tempdir().unwrap();
    let file = temp.path().join("meno.toml");
    let text = "[scenario]\nformat = 1\nid = \"meno\"\ntitle = \"Meno\"\n\n[[change]]\ntarget = \"amount\"\nfund = \"fondo-sociale\"\nscale = \"90%\"\n";
    fs::write(&file, text).unwrap();
    let amount = |scenario: bool| {
        let mut command = mappafondo();
        command.args([
            "explain",
            "models/tiny",
            "--format",
            "json",
            "--price",
            "fondo-sociale",
        ]);
        if scenario {
            command.arg("--scenario").arg(&file);
        }
        let output = command.output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["funds"][0]["amount"].as_str().unwrap().to_owned()
    };
    assert_ne!(amount(true), amount(false));
}

#[test]
fn break_points_are_written_as_a_table_for_a_chart() {
    let temp = tempdir().unwrap();
    let file = temp.path().join("points.csv");
    mappafondo()
        .args([
            "explain",
            "models/micro/me21",
            "--quiet",
            "--breakpoints",
            "f1",
            "--out",
        ])
        .arg(&file)
        .assert()
        .code(0)
        .stdout("");
    let text = fs::read_to_string(&file).unwrap();
    let expected = "moved,goal,unit,at,value,before,after,jump,within\n\
        f1,value,euro,0,200,,3,0,0\n\
        f1,value,euro,100,500,3,0,0,0\n\
        f1,value,euro,200,500,0,,0,0\n";
    assert_eq!(text, expected);
}
