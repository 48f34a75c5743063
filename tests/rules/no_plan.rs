//! What `check` sees to have no plan, without a solver: true in every case, and said in the words of exit code 4.

use std::fs;

use mappafondo::model::Model;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

use super::program::program;
use super::{Files, case, codes, has_plan, model, no_plan, with};

/// One remark whose words are all there, of a model without a plan.
#[track_caller]
fn seen(files: &Files, words: &[&str]) -> Model {
    let model = model(files);
    let told = no_plan(&model);
    let all = |line: &String| words.iter().all(|word| line.contains(word));
    assert!(told.iter().any(all), "{words:?}: {told:#?}");
    assert!(!has_plan(&model), "{told:#?}");
    model
}

/// The same with one figure other, as near as a cent: there is a plan, and nothing is told.
#[track_caller]
fn quiet(files: &Files) {
    let model = model(files);
    assert_eq!(no_plan(&model), Vec::<String>::new());
    assert!(has_plan(&model));
}

const FUND: &str = "what the fund \"Fondo sociale\" has";

#[test]
fn minimums_of_zones_above_the_fund() {
    // 4 x 10,000.00 of 30,000.00. The innocent law of 50% is not named.
    let files = case("minimi-oltre-il-fondo");
    let told = no_plan(&seen(
        &files,
        &["minimo-per-zona", FUND, "10,000.00 euro are missing"],
    ));
    assert!(
        told.iter().all(|line| !line.contains("meta-ai-minori")),
        "{told:?}"
    );
    let files = with(files, "amounts.csv", "30000.00", "40000.00");
    quiet(&files);
    seen(
        &with(files, "amounts.csv", "40000.00", "39999.99"),
        &["minimo-per-zona", FUND, "0.01 euro are missing"],
    );
}

#[test]
fn a_floor_of_units_above_the_need() {
    let files = case("personale-oltre-il-fabbisogno");
    // 5 units kept in a of 3 needed, at 40,000.00 each; b has its 4.
    seen(
        &files,
        &[
            "riporto-personale-as",
            "the need of the action \"Assistenti sociali\"",
            "80,000.00 euro are missing",
        ],
    );
    quiet(&with(files, "needs.csv", "as,a,2027,3", "as,a,2027,5"));
}

/// A model of two zones and two actions, with rules: fund 1,000.00; minors need 100.00 in each zone, elders 900.00.
fn two(rules: &str) -> Files {
    let toml = format!(
        "[model]\nformat = 1\ntitle = \"Prova\"\nlanguage = \"it\"\n\n[plan]\nstart = 2026-01-01\nmonths = 12\n\n{rules}\n[[goal]]\nkind = \"value\"\n"
    );
    [
        ("model.toml", toml.as_str()),
        ("zones.csv", "zone,name\na,Alta\nb,Bassa\n"),
        ("funds.csv", "fund,name,level,nature\nf,Fondo sociale,region,current\n"),
        ("amounts.csv", "fund,year,euro,act,confidence,source\nf,2026,1000.00,A,official,A\n"),
        (
            "actions.csv",
            "action,name,area,leps,kind,unit,unit_cost,priority,min_active\nminori,Minori,S,no,divisible,euro,1.00,1,\nanziani,Anziani,S,no,divisible,euro,1.00,1,5.00\n",
        ),
        ("eligibility.csv", "fund,action\nf,minori anziani\n"),
        (
            "needs.csv",
            "action,zone,year,units\nminori,a,2026,100\nminori,b,2026,100\nanziani,a,2026,900\nanziani,b,2026,900\n",
        ),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

fn rule(id: &str, body: &str) -> String {
    format!("[[rule]]\nid = \"{id}\"\nlaw = {{ act = \"Atto\" }}\nstrength = \"plan\"\n{body}\n\n")
}

#[test]
fn a_share_above_the_need_it_may_serve() {
    // 60% of 1,000.00 for minors, who need 200.00: 400.00 short.
    let floor = |share: &str| {
        rule(
            "sessanta",
            &format!(
                "measure = {{ euro = true, fund = \"f\", action = \"minori\" }}\nat_least = {{ share_of = \"assigned\", share = \"{share}\" }}"
            ),
        )
    };
    seen(
        &two(&floor("60%")),
        &[
            "model.toml:11",
            "sessanta",
            "the need of the action \"Minori\"",
            "400.00 euro are missing",
        ],
    );
    quiet(&two(&floor("20%")));
    seen(&two(&floor("20.001%")), &["0.01 euro are missing"]);
    // A wish is no rule that must hold.
    quiet(&two(&floor("60%").replace("\"plan\"", "\"target\"")));
}

#[test]
fn floors_against_caps() {
    let floor = |zone: &str, euro: &str| {
        rule(
            &format!("minimo-{zone}"),
            &format!(
                "measure = {{ euro = true, zone = \"{zone}\" }}\nat_least = {{ euro = \"{euro}\" }}"
            ),
        )
    };
    let cap = |euro: &str| {
        rule(
            "tetto",
            &format!("measure = {{ euro = true }}\nat_most = {{ euro = \"{euro}\" }}"),
        )
    };
    // 300 + 250 under a cap of 500 on both.
    let rules = |high: &str| floor("a", "300") + &floor("b", "250") + &cap(high);
    seen(
        &two(&rules("500")),
        &["minimo-a", "minimo-b", "tetto", "50.00 euro are missing"],
    );
    quiet(&two(&rules("550")));
    // One of them alone is enough: the other is not named.
    let told = no_plan(&seen(&two(&rules("200")), &["minimo-a", "tetto"]));
    assert!(
        told.iter().any(|line| !line.contains("minimo-b")),
        "{told:?}"
    );
    // Compulsory costs over the money.
    seen(
        &two(&(floor("a", "600") + &floor("b", "400.01"))),
        &["minimo-a", "minimo-b", FUND, "0.01 euro are missing"],
    );
    quiet(&two(&(floor("a", "600") + &floor("b", "400.00"))));
}

#[test]
fn more_active_zones_than_can_be() {
    let count = |n: usize| {
        rule(
            "attive",
            &format!(
                "measure = {{ active_zones = true, action = \"anziani\" }}\nat_least = {{ count = {n} }}"
            ),
        )
    };
    seen(&two(&count(3)), &["attive"]);
    quiet(&two(&count(2)));
}

#[test]
fn strictly_below_a_share_of_itself() {
    let files = two(&rule(
        "sotto",
        "measure = { euro = true }\nbelow = { share_of = \"allocated\", share = \"60%\" }",
    ));
    seen(&files, &["sotto"]);
}

#[test]
fn a_minimum_that_no_fund_can_pay_is_told_and_leaves_a_plan() {
    let files = case("contributo-oltre-il-fondo");
    let told = model(&files);
    let warning = told
        .warnings
        .iter()
        .find(|w| w.code == "model::minimum_over_money")
        .unwrap();
    assert!(
        warning.english.contains("50,000.00") && warning.english.contains("30,000.00"),
        "{}",
        warning.english
    );
    assert!(has_plan(&told) && no_plan(&told).is_empty());
    let enough = model(&with(files.clone(), "amounts.csv", "30000.00", "50000.00"));
    assert!(!codes(&enough).contains(&"model::minimum_over_money"));
    // A unit, or a project, is as dear.
    for kind in ["units", "project"] {
        let files = with(files.clone(), "actions.csv", "divisible", kind);
        let files = with(files, "actions.csv", ",50000.00", ",");
        assert!(
            codes(&model(&files)).contains(&"model::minimum_over_money"),
            "{kind}"
        );
    }
}

#[test]
fn check_tells_it_and_ends_well_and_solve_ends_with_4() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("model");
    fs::create_dir(&folder).unwrap();
    for (name, text) in case("minimi-oltre-il-fondo") {
        fs::write(folder.join(name), text).unwrap();
    }
    let run = |language: &str, arguments: &[&str]| {
        let mut command = assert_cmd::Command::from_std(program(language));
        command.current_dir(home.path()).args(arguments).assert()
    };
    run("it", &["check", "model"]).code(0).stdout(
        contains("avviso [model::no_plan] model.toml:11: Nessun piano è possibile.")
            .and(contains("Mancano 10.000,00 euro.")),
    );
    run("en", &["check", "model", "--format", "json"])
        .code(0)
        .stdout(contains("\"model::no_plan\"").and(contains("No plan is possible.")));
    run("it", &["solve", "model", "--out", "out"])
        .code(4)
        .stdout(contains("Nessun piano è possibile"));
}
