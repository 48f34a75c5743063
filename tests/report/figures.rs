//! Every figure of every format, computed again by `recompute.py` from the ledger and the model: none of the report's code.

use std::path::Path;
use std::process::Command;

use crate::shared::{here, program, scratch};

/// Whether there is a Python to compute with.
fn has_python() -> bool {
    let version = Command::new("python3").arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}

/// Solves a model, tells it in every format, and has every figure computed again. Gives what `solve` printed.
pub(crate) fn hold(model: &Path, name: &str, edit: impl Fn(&Path)) -> String {
    let home = scratch().join(format!("figures-{name}"));
    std::fs::create_dir_all(&home).unwrap();
    let plan = home.join("plan");
    let mut command = program();
    command.arg("solve").arg(model).arg("--out").arg(&plan);
    let output = command.args(["--locale", "it"]).output().unwrap();
    assert!(output.status.success(), "{model:?}");
    let terminal = String::from_utf8(output.stdout).unwrap();
    std::fs::write(home.join("terminal.txt"), &terminal).unwrap();
    for file in ["told.json", "told.csv", "told.html", "told.xlsx"] {
        let mut command = program();
        command.arg("report").arg(&plan).arg("--out");
        command.arg(home.join(file)).args(["--locale", "it"]);
        command.args(["--csv-dialect", "en"]).assert().success();
    }
    edit(&home);
    if !has_python() {
        println!("no python3: the figures of {name} were not computed again");
        return terminal;
    }
    let mut python = Command::new("python3");
    python.arg(here("tests/report/recompute.py")).arg(&plan);
    for file in [
        "told.json",
        "told.csv",
        "told.html",
        "told.xlsx",
        "terminal.txt",
    ] {
        python.arg(home.join(file));
    }
    let output = python.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    println!("{name}: {said}");
    assert!(output.status.success(), "{name}: {said}{errors}");
    terminal
}

#[test]
fn every_figure_of_tiny_is_computed_again() {
    hold(&here("models/tiny"), "tiny", |_| ());
}

#[test]
fn every_figure_of_toscana_2026_is_computed_again() {
    hold(&here("models/toscana-2026"), "toscana-2026", |_| ());
}

#[test]
#[ignore = "campaign: toscana takes minutes in a development build"]
fn campaign_every_figure_of_toscana_is_computed_again() {
    hold(&here("models/toscana"), "toscana", |_| ());
}

#[test]
#[ignore = "campaign: piemonte takes minutes"]
fn campaign_every_figure_of_piemonte_is_computed_again() {
    hold(&here("models/piemonte"), "piemonte", |_| ());
}

#[test]
fn money_of_zones_that_moves_on_is_counted_once() {
    let model = here("tests/data/cases/carried-zone-money");
    hold(&model, "carried-zone-money", |home| {
        let csv = std::fs::read_to_string(home.join("told.csv")).unwrap();
        let total = csv.lines().skip_while(|line| !line.starts_with("riparto,"));
        let total = total.take_while(|line| !line.is_empty());
        let total = total.filter(|line| line.contains(",Totale,")).last();
        // 100.00 assigned in 2026, as much planned: 40.00 then and 60.00 a year later.
        assert!(total.unwrap().contains(",100.00,100.00,"), "{total:?}");
    });
}

/// One cent short of 2,600,000.00 is told as that, wherever it is told.
#[test]
fn one_cent_short_is_nowhere_all() {
    let model = here("tests/data/cases/one-cent-short");
    let terminal = hold(&model, "one-cent-short", |home| {
        let read = |name: &str| std::fs::read_to_string(home.join(name)).unwrap();
        let zones = read("plan/zones.csv");
        assert!(zones.contains(",0.999999,"), "{zones}");
        let summary: serde_json::Value = serde_json::from_str(&read("plan/summary.json")).unwrap();
        for of in ["all", "leps"] {
            assert_eq!(summary["coverage"][of]["coverage"], "0.999999");
        }
        for goal in summary["goals"].as_array().unwrap() {
            if goal["unit"] != "euro" {
                assert_ne!(goal["value"], "1", "{goal}");
                assert_ne!(goal["value"], "0", "{goal}");
            }
        }
        let page = read("told.html");
        assert!(page.contains("99,99%"));
        let goals: Vec<&str> = page.split("data-table=\"goals\"").collect();
        assert!(
            !goals[1]
                .split("</table>")
                .next()
                .unwrap()
                .contains("100,00%")
        );
        // A share of one zone is whole, that of the other is not; the rule is missed by a cent.
        let rules = read("plan/rules.csv");
        assert!(
            rules.contains(",at_least,2599.99999,2600,units,-0.00001,short,"),
            "{rules}"
        );
    });
    assert!(
        terminal.contains("2.599,99") && terminal.contains("0,01"),
        "{terminal}"
    );
    assert!(!terminal.contains("mancano in tutto 0."), "{terminal}");
}

/// Rows that are rounded one by one come to 0.02 where the decree gives 0.01: the plan says so wherever it is told.
#[test]
fn a_riparto_whose_rows_miss_the_total_says_so() {
    let model = here("tests/data/cases/riparto-naive-over-the-fund");
    let home = scratch().join("naive");
    let plan = home.join("plan");
    let mut command = program();
    command.arg("solve").arg(&model).arg("--out").arg(&plan);
    let output = command.args(["--locale", "it"]).output().unwrap();
    let terminal = String::from_utf8(output.stdout).unwrap();
    let told = |text: &str| {
        let text: Vec<&str> = text.split_whitespace().collect();
        text.join(" ")
            .contains("0,01 euro più degli 0,01 da dividere")
    };
    assert!(told(&terminal), "{terminal}");
    for file in ["told.json", "told.html", "told.csv"] {
        let mut command = program();
        command.arg("report").arg(&plan).arg("--out");
        let out = home.join(file);
        command
            .arg(&out)
            .args(["--locale", "it"])
            .assert()
            .success();
        let text = std::fs::read_to_string(&out).unwrap();
        let row = "Riparto Fondo 2018: righe della formula e totale da ripartire";
        assert!(text.contains(row), "{file}");
        assert!(file == "told.csv" || told(&text), "{file}");
    }
    let document: serde_json::Value =
        serde_json::from_slice(&std::fs::read(home.join("told.json")).unwrap()).unwrap();
    let sections = document["sections"].as_array().unwrap().iter();
    let mut tables = sections.flat_map(|section| section["tables"].as_array().unwrap());
    let checks = tables.find(|table| table["id"] == "checks").unwrap();
    let rows = checks["rows"].as_array().unwrap().iter();
    let failed: Vec<_> = rows.filter(|row| row["role"] == "failed").collect();
    // The rows against the total, and what is assigned by those rows against the act.
    assert_eq!(failed.len(), 2, "{failed:?}");
    for row in failed {
        assert_eq!(row["cells"][4]["euro"], "0.01");
    }
    let check = program().arg("check").arg(&model).output().unwrap();
    let check = String::from_utf8(check.stdout).unwrap();
    assert!(check.contains("0.02") && check.contains("0.01"), "{check}");
}
