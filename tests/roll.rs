//! The command `roll`: next year's model from a proposal, every figure worked out by hand.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(all(feature = "cli", feature = "highs"))]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use common::ModelText;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty, starts_with};
use tempfile::TempDir;

const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/tiny");

fn mappafondo() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("mappafondo");
    command.env("MAPPAFONDO_LOCALE", "en");
    command
}

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &ModelText) {
        fs::create_dir(self.path(name)).unwrap();
        for (file, bytes) in text.files() {
            fs::write(self.path(name).join(file), bytes).unwrap();
        }
    }

    /// Solves a model of this folder, or `TINY`.
    fn solve(&self, model: &str, out: &str) {
        let mut command = mappafondo();
        let out = self.path(out);
        command.arg("solve").arg(self.path(model)).arg("--out");
        command.arg(out).arg("--quiet").assert().success();
    }

    fn roll(&self, from: &str, to: &str, out: &str) -> Command {
        let mut command = mappafondo();
        command.arg("roll").arg(self.path(from)).args(["--to", to]);
        command.arg("--out").arg(self.path(out));
        command
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn json(&self, from: &str, to: &str, out: &str) -> serde_json::Value {
        let mut command = self.roll(from, to, out);
        let told = command.args(["--format", "json"]).assert().success();
        serde_json::from_slice(&told.get_output().stdout).unwrap()
    }
}

fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The kinds of what is listed, once each, in order.
fn kinds(told: &serde_json::Value) -> Vec<String> {
    let items = told["to_fill_in"].as_array().unwrap();
    let mut kinds: Vec<String> = items
        .iter()
        .map(|item| item["kind"].as_str().unwrap().to_owned())
        .collect();
    kinds.dedup();
    kinds
}

/// One fund of 100.01 in 2026, of which 60.00 are needed; 30 % may move on and be spent until 2027.
fn carrying() -> ModelText {
    ModelText::new()
        .years(2026, 2)
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na")
        .table("funds", "fund,carry_over,last_spend\nf,30%,+1")
        .table("amounts", "fund,year,euro\nf,2026,100.01\nf,2027,50.00")
        .table("actions", "action\nx")
        .table("eligibility", "fund,action\nf,x")
        .table("needs", "action,zone,year,units\nx,a,2026,60\nx,a,2027,80")
}

fn solved(text: &ModelText) -> Home {
    let home = Home::new();
    home.write("model", text);
    home.solve("model", "plan");
    home
}

#[test]
fn tiny_2026_becomes_2027() {
    let home = Home::new();
    let mut solve = mappafondo();
    solve.arg("solve").arg(TINY).arg("--out");
    solve.arg(home.path("plan")).assert().success();
    let told = home.json("plan", "2027", "next");
    assert_eq!(told["from"], "2026-2027");
    assert_eq!(told["years"], "2027-2028");
    // 60,000.01 of the social fund and 94,592.18 of the services share, all spent in 2026: nothing is carried.
    assert_eq!(told["previous"]["euro"], "154592.19");
    assert_eq!(told["carried"].as_array().unwrap().len(), 0);
    let amounts = home.read("next/amounts.csv");
    assert_eq!(
        amounts,
        "fund,year,zone,euro,act,confidence,source\nfondo-sociale,2027,,60000.01,Delibera di esempio 2/2026,estimate,cifra inventata\n"
    );
    assert_eq!(
        home.read("next/needs.csv"),
        "action,zone,year,units\neducativa,collina,2027,4\neducativa,piana,2027,6\n"
    );
    let toml = home.read("next/model.toml");
    assert!(toml.contains("start = 2027-01-01\nmonths = 24"), "{toml}");
    assert!(!toml.contains("sei-tirocini") && !toml.contains("[[need]]"));
    assert!(toml.contains("meta-ai-minori"));
    let ledger = home.read("plan/ledger.csv");
    let rows = ledger.lines().filter(|line| line.contains(",2026,"));
    let expected: Vec<String> = rows.map(|line| format!("{line},piano")).collect();
    let previous = home.read("next/previous.csv");
    assert_eq!(previous.lines().skip(1).collect::<Vec<_>>(), expected);
    let page = home.read("next/DA-COMPILARE.md");
    for line in [
        "- [ ] Il fondo \"fondo-sociale\" non ha importi nel 2028",
        "- [ ] Il fondo \"quota-servizi\" non ha importi nel 2027, 2028",
        "- [ ] L'azione \"tirocini\" non ha fabbisogno nel 2027 per collina, piana",
        "- [ ] L'azione \"educativa\" non ha fabbisogno nel 2028 per collina, piana",
        "- [ ] Il fabbisogno per formula di \"servizio-sociale\" valeva solo per 2026",
        "- [ ] La regola \"sei-tirocini\" valeva solo per 2026: tolta.",
        "- [ ] tutte-le-cifre = modello di esempio.",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
}

#[test]
fn tiny_2026_becomes_2028() {
    let home = Home::new();
    let mut solve = mappafondo();
    solve.arg("solve").arg(TINY).arg("--out");
    solve.arg(home.path("plan")).assert().success();
    // The dossier alone will do.
    let told = home.json("plan/dossier", "2028", "next");
    assert_eq!(told["years"], "2028-2029");
    assert_eq!(told["valid"], false);
    assert_eq!(told["previous"]["euro"], "214592.20");
    let kinds = kinds(&told);
    assert!(kinds.contains(&"rule_expired".to_owned()), "{kinds:?}");
    assert_eq!(kinds.last().unwrap(), "check");
    assert!(!home.path("next/needs.csv").exists());
    assert_eq!(
        home.read("next/amounts.csv"),
        "fund,year,zone,euro,act,confidence,source\n"
    );
}

#[test]
fn money_is_carried_to_the_cent_and_keeps_its_age() {
    let home = solved(&carrying());
    let told = home.json("plan", "2027", "next");
    // 100.01 less 60.00 is 40.01; 30 % of 100.01 is 30.003, and 30.00 may move on.
    let carried = &told["carried"][0];
    assert_eq!(carried["euro"], "30.00");
    assert_eq!(carried["until"], 2027);
    assert_eq!(told["valid"], true);
    assert_eq!(
        home.read("next/amounts.csv"),
        "fund,year,euro,act,confidence,source\n\
         f,2027,50.00,Decreto di esempio,official,esempio\n\
         f,2027,30.00,riporto dal 2026,derived,mappafondo roll\n"
    );
    assert_eq!(kinds(&told), ["amounts", "needs", "carried_term"]);
    let check = mappafondo()
        .arg("check")
        .arg(home.path("next"))
        .assert()
        .success();
    check.stdout(contains("The model is valid"));
    // A roll of a roll: 80.00 are needed in 2027, all of them there; the old money, spent first, dies with 2027.
    home.solve("next", "plan2");
    let told = home.json("plan2", "2028", "later");
    assert_eq!(told["carried"].as_array().unwrap().len(), 0);
    assert_eq!(
        home.read("later/previous.csv"),
        "fund,action,zone,year,euro,source\nf,x,a,2026,60.00,piano\nf,x,a,2027,80.00,piano\n"
    );
}

#[test]
fn old_money_goes_first_in_a_roll_of_a_roll() {
    let text = carrying().table("needs", "action,zone,year,units\nx,a,2026,60\nx,a,2027,40");
    let home = solved(&text);
    home.json("plan", "2027", "next");
    home.solve("next", "plan2");
    // Of 80.00 in 2027, 40.00 are spent: the 30.00 of 2026 and 10.00 of the 50.00; 30 % of 50.00 move on, not of 80.00.
    let told = home.json("plan2", "2028", "later");
    assert_eq!(told["carried"][0]["euro"], "15.00");
    assert_eq!(told["carried"][0]["of_year"], 2027);
    assert_eq!(told["carried"][0]["until"], 2028);
}

#[test]
fn actuals_that_close_the_year_go_before_the_plan() {
    let text = carrying().table(
        "actuals",
        "fund,action,zone,date,assigned,committed,paid,reported\n\
         f,x,a,2026-06-30,,10.00,5.00,\nf,x,a,2026-12-31,,80.02,70.00,",
    );
    let home = solved(&text);
    let told = home.json("plan", "2027", "next");
    // 100.01 less 80.02 committed.
    assert_eq!(told["carried"][0]["euro"], "19.99");
    assert_eq!(told["previous"]["from_actuals"], 1);
    assert!(
        home.read("next/previous.csv")
            .ends_with("f,x,a,2026,80.02,consuntivo\n")
    );
    // Actuals that came after the plan: paid where nothing is committed.
    let late = home.path("late.csv");
    let header = "fund,action,zone,date,assigned,committed,paid,reported\n";
    fs::write(&late, format!("{header}f,x,a,2026-12-31,,,90.00,\n")).unwrap();
    let mut command = home.roll("plan", "2027", "other");
    command.arg("--actuals").arg(&late).assert().success();
    assert!(
        home.read("other/amounts.csv")
            .contains("f,2027,10.01,riporto dal 2026")
    );
    // Actuals of half a year are no year.
    fs::write(&late, format!("{header}f,x,a,2026-06-30,,10.00,,\n")).unwrap();
    let mut command = home.roll("plan", "2027", "half");
    let told = command.arg("--actuals").arg(&late).assert().success();
    told.stdout(contains("no usable figure at 31 December 2026"));
    assert!(
        home.read("half/previous.csv")
            .contains("f,x,a,2026,60.00,piano")
    );
    // More than there was.
    fs::write(&late, format!("{header}f,x,a,2026-12-31,,100.05,,\n")).unwrap();
    let mut command = home.roll("plan", "2027", "over");
    let told = command.arg("--actuals").arg(&late).assert().success();
    told.stdout(
        contains("exceed the money at hand by 0.04 euro").and(contains("No carried money.")),
    );
    // Not actuals at all.
    fs::write(&late, "fund\nx\n").unwrap();
    let mut command = home.roll("plan", "2027", "wrong");
    command.arg("--actuals").arg(&late).assert().code(3);
    let mut command = home.roll("plan", "2027", "wrong");
    command.args(["--actuals", "nowhere.csv"]).assert().code(74);
    assert!(!home.path("wrong").exists());
}

#[test]
fn money_of_zones_is_carried_by_zone() {
    let text = carrying()
        .table("zones", "zone\na\nb")
        .table("funds", "fund,carry_over\nf,100%")
        .table(
            "amounts",
            "fund,year,zone,euro\nf,2026,a,100.00\nf,2026,b,10.00\nf,2027,a,1.00",
        )
        .table(
            "needs",
            "action,zone,year,units\nx,a,2026,60\nx,b,2026,60\nx,a,2027,80",
        );
    let home = solved(&text);
    let told = home.json("plan", "2027", "next");
    assert_eq!(told["carried"].as_array().unwrap().len(), 1);
    assert!(
        home.read("next/amounts.csv")
            .contains("f,2027,a,40.00,riporto dal 2026")
    );
    assert_eq!(told["carried"][0]["until"], serde_json::Value::Null);
    assert_eq!(kinds(&told), ["amounts", "needs"]);
    // The new year is a pool: what belongs to a zone is told, not written.
    let text = text.table(
        "amounts",
        "fund,year,zone,euro\nf,2026,a,100.00\nf,2026,b,10.00\nf,2027,,1.00",
    );
    let home = solved(&text);
    let told = home.json("plan", "2027", "next");
    assert_eq!(told["carried"][0]["written"], false);
    assert_eq!(kinds(&told), ["amounts", "needs", "carried_out"]);
    assert_eq!(told["valid"], true);
    assert!(!home.read("next/amounts.csv").contains("riporto"));
}

#[test]
fn staff_stays() {
    let text = ModelText::new()
        .years(2026, 2)
        .toml("[[goal]]\nkind = \"leps\"\n\n[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nf")
        .table("amounts", "fund,year,euro\nf,2026,90.00\nf,2027,100.00")
        .table(
            "actions",
            "action,kind,persistent,unit_cost_2026,unit_cost,priority,leps\n\
             staff,units,yes,30.00,33.00,1,yes\nmore,divisible,no,1.00,1.00,5,no",
        )
        .table("eligibility", "fund,action\nf,staff\nf,more")
        .table(
            "needs",
            "action,zone,year,units\nstaff,a,2026,2\nstaff,b,2026,1\nstaff,a,2027,2\nstaff,b,2027,3\nmore,a,2027,90",
        );
    let home = solved(&text);
    let told = home.json("plan", "2027", "next");
    assert_eq!(told["staff"][0]["euro"], "60.00");
    assert_eq!(told["staff"][1]["euro"], "30.00");
    assert_eq!(told["valid"], true);
    assert_eq!(kinds(&told), ["amounts", "needs", "staff"]);
    assert_eq!(
        home.read("next/indicators.csv"),
        "zone,year,indicator,value\na,2026,riporto_personale_staff,60.00\nb,2026,riporto_personale_staff,30.00\n"
    );
    // What was missing: the needs and the money of 2028. And staff is no longer the first goal.
    let add = |file: &str, rows: &str| {
        let text = home.read(file) + rows;
        fs::write(home.path(file), text).unwrap();
    };
    add("next/needs.csv", "staff,a,2028,2\nstaff,b,2028,3\n");
    add("next/amounts.csv", "f,2028,100.00,Delibera,official,x\n");
    let toml = home.read("next/model.toml");
    let toml = toml.replace("[[goal]]\nkind = \"leps\"\n", "");
    fs::write(home.path("next/model.toml"), toml).unwrap();
    // `more` is worth five times as much, and staff of three at 33.00 is paid all the same.
    home.solve("next", "plan2");
    let ledger = home.read("plan2/ledger.csv");
    for line in [
        "f,staff,a,2027,66.00\n",
        "f,staff,b,2027,33.00\n",
        "f,more,a,2027,1.00\n",
    ] {
        assert!(ledger.contains(line), "{ledger}");
    }
    // A roll of a roll says it once, with the new cost.
    let told = home.json("plan2", "2028", "later");
    assert_eq!(told["staff"][0]["unit_cost"], "33.00");
    let toml = home.read("later/model.toml");
    assert_eq!(toml.matches("riporto-personale-staff").count(), 1);
    assert!(toml.contains("`riporto_personale_staff` / 33.00"));
}

#[test]
fn money_earned_in_a_past_year_arrives_in_the_new_plan() {
    let text = carrying()
        .table("funds", "fund\nf\ne")
        .table("amounts", "fund,year,euro\nf,2026,90.00\nf,2027,90.00")
        .table("zones", "zone,there\na,1")
        .table("actions", "action,kind,unit_cost\nx,units,30.00")
        .table("eligibility", "fund,action\nf,x\ne,x")
        .table("needs", "action,zone,year,units\nx,a,2026,3\nx,a,2027,3")
        .toml(
            "[[income]]\nfund = \"e\"\nunits_of = \"x\"\nalready = \"there\"\nlag = 1\n\
             bands = [{ from = \"2\", to = \"10\", euro = \"5.01\" }]",
        );
    let home = solved(&text);
    home.json("plan", "2027", "next");
    // One was there and three are paid for: four, two of them beyond the threshold. The one alone would earn nothing.
    let amounts = home.read("next/amounts.csv");
    assert!(
        amounts.contains(
            "e,2027,10.02,maturato nel 2026 dal personale del piano,derived,mappafondo roll,a\n"
        ),
        "{amounts}"
    );
    let mut check = mappafondo();
    let check = check.arg("check").arg(home.path("next")).assert();
    check.success();
}

#[test]
fn gates_claims_and_dialects_are_kept() {
    let text = carrying()
        .table(
            "amounts",
            "fund,year,euro\nf,2025,10.00\nf,2024,5.00\nf,2026,100.01\nf,2027,50.00",
        )
        .table(
            "actuals",
            "fund,action,zone,date,assigned,committed,paid,reported\nf,x,a,2025-12-31,,,,500.00",
        )
        .toml(
            "[[gate]]\nfund = \"f\"\nreported = \"75%\"\nof_year = -1\n\n\
             [[claim]]\nfund = \"f\"\ncommitments = { 2026 = \"1000.00\" }\nafter = 3\nclaimed = \"7.00\"\n\n\
             [files.needs]\ndialect = \"it\"\n\n[files.previous]\ndialect = \"it\"",
        );
    let home = Home::new();
    home.write("model", &text);
    let needs = "action;zone;year;units\nx;a;2026;60,0\nx;a;2027;80\n";
    fs::write(home.path("model/needs.csv"), needs).unwrap();
    home.solve("model", "plan");
    let told = home.json("plan", "2027", "next");
    assert_eq!(told["valid"], true);
    // The gate looks one year back.
    let amounts = home.read("next/amounts.csv");
    assert!(amounts.contains("f,2026,100.01") && !amounts.contains("f,2025"));
    assert_eq!(
        home.read("next/needs.csv"),
        "action;zone;year;units\nx;a;2027;80\n"
    );
    assert!(
        home.read("next/previous.csv")
            .ends_with("f;x;a;2026;60,00;piano\n")
    );
    assert!(home.read("next/model.toml").contains("claimed = \"67.00\""));
    let kinds = kinds(&told);
    for kind in ["carried_gate", "claimed"] {
        assert!(kinds.contains(&kind.to_owned()), "{kinds:?}");
    }
}

#[test]
fn projects_keep_their_years() {
    let text = carrying()
        .years(2026, 2)
        .table("actions", "action,kind\nx,divisible\np,project")
        .table("eligibility", "fund,action\nf,x\nf,p")
        .table("amounts", "fund,year,euro\nf,2026,100.01\nf,2027,150.00")
        .table(
            "projects",
            "project,action,zones,item,nature,euro,profile\n\
             open,p,a,work,current,20.01,\nover,p,a,work,current,10.00,2026:100%",
        );
    let home = solved(&text);
    home.json("plan", "2027", "next");
    assert_eq!(
        home.read("next/projects.csv"),
        "project,action,zones,item,nature,euro,profile\nopen,p,a,work,current,20.01,2026:1/2 2027:1/2\n"
    );
    let mut check = mappafondo();
    let check = check.arg("check").arg(home.path("next")).assert();
    check.success();
}

#[test]
fn the_same_proposal_gives_the_same_bytes() {
    let home = solved(&carrying());
    home.json("plan", "2027", "one");
    home.json("plan/dossier", "2027", "two");
    assert_eq!(all(&home.path("one")), all(&home.path("two")));
}

#[test]
fn only_what_nobody_touched_is_replaced() {
    let home = solved(&carrying());
    home.json("plan", "2027", "next");
    home.json("plan", "2027", "next");
    // An amount written by hand is not lost.
    let amounts = home.path("next/amounts.csv");
    let mut text = fs::read_to_string(&amounts).unwrap();
    text.push_str("f,2027,1.00,Delibera,official,x\n");
    fs::write(&amounts, text).unwrap();
    let before = all(&home.path("next"));
    let refused = home.roll("plan", "2027", "next").assert().code(2);
    refused.stdout(is_empty()).stderr(contains("amounts.csv"));
    assert_eq!(all(&home.path("next")), before);
    // Neither roll nor solve takes what is the other's.
    home.roll("plan", "2027", "plan").assert().code(2);
    home.json("plan", "2027", "other");
    let mut solve = mappafondo();
    let solve = solve.arg("solve").arg(home.path("model")).arg("--out");
    solve.arg(home.path("other")).assert().code(2);
}

#[test]
fn what_cannot_be_rolled_is_refused() {
    let home = solved(&carrying());
    for year in ["2026", "2029"] {
        let refused = home.roll("plan", year, "next").assert().code(2);
        refused.stderr(contains(
            "the plan is 2026-2027: the new year can be from 2027 to 2028.",
        ));
    }
    for year in ["27", "next", "+2027"] {
        home.roll("plan", year, "next").assert().code(2);
    }
    home.roll("model", "2027", "next").assert().code(3);
    home.roll("nowhere", "2027", "next").assert().code(74);
    // A ledger changed by hand.
    let ledger = home.path("plan/dossier/ledger.csv");
    fs::write(&ledger, "fund,action,zone,year,euro\nf,x,a,2026,1.00\n").unwrap();
    let refused = home.roll("plan", "2027", "next").assert().code(6);
    refused.stderr(starts_with(
        "error: the proposal does not pass verification",
    ));
    assert!(!home.path("next").exists());
    let left = fs::read_dir(home.0.path()).unwrap().count();
    assert_eq!(left, 2, "nothing but model and plan");
}

#[test]
fn without_a_plan_there_is_nothing_to_roll() {
    let text = carrying().toml(
        "[[rule]]\nid = \"r\"\nlaw = { act = \"x\" }\nstrength = \"law\"\nmeasure = { euro = true }\nat_least = { euro = \"500.00\" }",
    );
    let home = Home::new();
    home.write("model", &text);
    let mut solve = mappafondo();
    solve.arg("solve").arg(home.path("model")).arg("--out");
    solve.arg(home.path("plan")).assert().code(4);
    let refused = home.roll("plan", "2027", "next").assert().code(3);
    refused.stderr(contains("no plan is possible"));
}

#[test]
fn it_is_told_in_both_languages() {
    let home = solved(&carrying());
    let told = home.roll("plan", "2027", "next").assert().success();
    told.stdout(contains("Model 2027-2028 in").and(contains("f             2026   2027    30.00")));
    let mut italian = home.roll("plan", "2027", "next");
    let told = italian.args(["--locale", "it"]).assert().success();
    told.stdout(contains("si può spendere fino al 31 dicembre 2027"));
}
