//! Totals that close, and checks that say so when they do not.

use mappafondo::annex::{Beside, document};
use mappafondo::compare::{Against, Held, Plan, SweepRun};
use mappafondo::model::Language;
use mappafondo::report::document::{Cell, Document, Role, Topic, Value};

use crate::shared::{here, program, scratch, solved, source, tiny, told};

fn failed(document: &Document) -> usize {
    let rows = &document.table("checks").unwrap().rows;
    rows.iter().filter(|row| row.role == Role::Failed).count()
}

#[test]
fn every_check_of_every_small_model_comes_to_nothing() {
    for (model, name) in [
        ("models/tiny", "checks-tiny"),
        ("models/micro/me16", "checks-me16"),
    ] {
        if !here(model).exists() {
            continue;
        }
        let document = document(
            &source(&solved(model, name)),
            Beside::default(),
            Language::Italian,
        );
        let table = document.table("checks").unwrap();
        assert!(table.rows.len() > 10, "{model}");
        for row in &table.rows {
            assert_eq!(row.role, Role::Passed, "{model}: {:?}", row.cells);
            assert_eq!(row.cells[4].value(), Some(Value::Euro(0)));
        }
    }
}

/// A cent moved anywhere in the ledger, the map or the spending does not go unseen.
#[test]
fn a_cent_that_is_moved_fails_a_check() {
    for table in ["ledger", "map", "spending", "zones"] {
        let mut document = told(Language::Italian);
        assert_eq!(failed(&document), 0);
        let tables = document.sections.iter_mut().flat_map(|s| &mut s.tables);
        let own = tables.into_iter().find(|own| own.id == table).unwrap();
        let cells = own.rows.iter_mut().flat_map(|row| &mut row.cells);
        let cell = cells.into_iter().find_map(|cell| match cell {
            Cell::Euro(cents) if *cents > 0 => Some(cents),
            _ => None,
        });
        *cell.unwrap() += 1;
        document.settle();
        let rows = &document.table("checks").unwrap().rows;
        let seen = rows
            .iter()
            .filter(|row| row.cells[4].value() != Some(Value::Euro(0)));
        assert!(seen.count() > 0, "{table}");
    }
}

#[test]
fn a_sum_of_the_riparto_is_the_amount_of_its_fund() {
    let document = told(Language::Italian);
    let table = document.table("riparto").unwrap();
    let amount = table.column("amount").unwrap();
    let mut sum = 0;
    let mut subtotals = 0;
    for row in &table.rows {
        match (row.role, row.cells[amount].value()) {
            (Role::Body, Some(Value::Euro(cents))) => sum += cents,
            (Role::Subtotal, Some(Value::Euro(cents))) => {
                assert_eq!(cents, sum);
                subtotals += 1;
                sum = 0;
            }
            _ => {}
        }
    }
    assert!(subtotals > 0);
}

#[test]
fn another_plan_and_a_sweep_stand_beside() {
    let own = Plan::read(tiny()).unwrap();
    let runs = scratch().join("grid");
    let mut sweep = program();
    sweep.arg("sweep").arg(here("models/tiny"));
    sweep.arg("--sweep").arg(here("scenarios/tiny/grid.toml"));
    sweep
        .arg("--out")
        .arg(&runs)
        .arg("--quiet")
        .assert()
        .success();
    let run = SweepRun::read(&runs).unwrap();
    let held = Held::new(Against::Plan(&own), &run).unwrap();
    let others = [own.clone()];
    let beside = Beside {
        plans: Some((&own, &others)),
        sweep: Some(&held),
        explained: None,
    };
    let document = document(&source(tiny()), beside, Language::English);
    let zones = document.table("compare:1:zones").unwrap();
    let difference = zones.column("difference").unwrap();
    // A plan beside itself: nothing changes.
    assert!(
        zones
            .rows
            .iter()
            .all(|row| row.cells[difference].value() == Some(Value::Euro(0)))
    );
    let swept = document.table("sweep:zone").unwrap();
    let (low, here, high) = (
        swept.column("q0").unwrap(),
        swept.column("here").unwrap(),
        swept.column("q100").unwrap(),
    );
    for row in &swept.rows {
        let at = |column: usize| row.cells[column].value().unwrap().exact();
        assert!(at(low) <= at(here) && at(here) <= at(high));
    }
    assert_eq!(document.about(Topic::Scenarios).count(), 1);
}

#[test]
fn an_explanation_of_the_same_model_gives_prices() {
    use mappafondo::annex::Explained;
    let plan = source(tiny());
    let rule = plan.rules[0].rule.clone();
    let text = |hash: &str| {
        format!(
            r#"{{"kind":"mappafondo explanation","format":1,"title":"","hash":"{hash}","goals":[],"whole_fixed":false,
            "laws":[{{"rules":["{rule}"],"title":"T","law":"L","is_act":false,"place":{{}},"strength":"plan",
            "gains":[{{"goal":"leps","unit":"euro","change":"0"}},{{"goal":"value","unit":"euro","change":"12.5"}}],
            "within":["0","0"],"proof":"bounded","binding":1}}]}}"#
        )
    };
    assert!(Explained::read("x.json", text("other").as_bytes(), &plan.summary.model.hash).is_err());
    let hash = plan.summary.model.hash.clone();
    let explained = Explained::read("x.json", text(&hash).as_bytes(), &hash).unwrap();
    let beside = Beside {
        explained: Some(&explained),
        ..Beside::default()
    };
    let document = document(&plan, beside, Language::Italian);
    let laws = document.table("prices:laws").unwrap();
    assert_eq!(laws.rows.len(), 1);
    let gain = laws.column("gain").unwrap();
    assert_eq!(laws.rows[0].cells[gain], Cell::Euro(1250));
    let rules = document.table("rules").unwrap();
    let cost = rules.column("cost").unwrap();
    let told: Vec<&Cell> = rules.rows.iter().map(|row| &row.cells[cost]).collect();
    assert_eq!(
        told.iter()
            .filter(|cell| ***cell == Cell::Euro(1250))
            .count(),
        1
    );
}
