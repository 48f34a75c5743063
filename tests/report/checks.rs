//! Totals that close, and checks that say so when they do not.

use std::collections::{BTreeMap, BTreeSet};

use mappafondo::annex::{Beside, Source, document, zone_document};
use mappafondo::compare::{Against, Held, Plan, SweepRun};
use mappafondo::model::{Language, ZoneIdx};
use mappafondo::report::document::{Cell, Document, Role, Row, Topic, Value};

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

/// Whatever total is wrong, in whatever table, some check shows it.
#[test]
fn a_wrong_total_in_any_table_fails_a_check() {
    let own = Plan::read(tiny()).unwrap();
    let others = [own.clone()];
    let beside = Beside {
        plans: Some((&own, &others)),
        ..Beside::default()
    };
    let whole = document(&source(tiny()), beside, Language::Italian);
    let zone = zone_document(&source(tiny()), ZoneIdx::new(0), Language::Italian);
    let mut planted = BTreeSet::new();
    for right in [whole, zone] {
        assert_eq!(failed(&right), 0);
        let mut totals = Vec::new();
        for (section, of) in right.sections.iter().enumerate() {
            for (table, own) in of.tables.iter().enumerate() {
                for (row, cells) in own.rows.iter().enumerate() {
                    let is_total = matches!(cells.role, Role::Total | Role::Subtotal);
                    let is_short = own.id == "totals";
                    let is_checked = own.id != "checks" && !own.id.ends_with(":totals");
                    if !is_checked || !(is_total || is_short) {
                        continue;
                    }
                    for (column, cell) in cells.cells.iter().enumerate() {
                        if let Some(Value::Euro(cents)) = cell.value() {
                            totals.push((section, table, row, column, cents));
                        }
                    }
                }
            }
        }
        assert!(totals.len() > 5);
        for (section, table, row, column, cents) in totals {
            let mut wrong = right.clone();
            let own = &mut wrong.sections[section].tables[table];
            let what = format!("{}, {row}, {}", own.id, own.columns[column].id);
            own.rows[row].cells[column] = Cell::Euro(cents + 1);
            planted.insert(own.id.clone());
            wrong.settle();
            let rows = &wrong.table("checks").unwrap().rows;
            let is_seen = |row: &Row| row.cells[4].value() != Some(Value::Euro(0));
            assert!(rows.iter().any(is_seen), "{what}");
        }
    }
    for id in [
        "totals",
        "levels",
        "riparto",
        "map",
        "zones",
        "zone_years",
        "spending",
        "ledger",
        "confidence",
        "acts",
        "compare:1:zones",
        "compare:1:funds",
        "compare:1:actions",
    ] {
        assert!(planted.contains(id), "{id}");
    }
}

/// The riparto against the ledger and the amounts: each sum is of one thing, and carried money is counted once.
fn hold_riparto(plan: &Source) {
    let document = document(plan, Beside::default(), Language::Italian);
    let table = document.table("riparto").unwrap();
    let at = |column: &str| table.column(column).unwrap();
    let (fund, year, zone) = (at("fund"), at("year"), at("zone"));
    let cents = |row: &Row, column: &str| row.cells[at(column)].value().and_then(Value::cents);
    let mut assigned: BTreeMap<(String, i32), i128> = BTreeMap::new();
    let mut planned: BTreeMap<(String, i32, String), i128> = BTreeMap::new();
    let (mut sums, mut totals, mut of_fund) = ([0; 2], [0; 2], [0; 2]);
    for row in &table.rows {
        let figures = ["assigned", "planned"].map(|column| cents(row, column).unwrap_or(0));
        match row.role {
            Role::Body => {
                let Cell::Year(year) = row.cells[year] else {
                    panic!("a year");
                };
                let key = (row.cells[fund].words().unwrap().to_owned(), year);
                *assigned.entry(key.clone()).or_default() += figures[0];
                if let Some(zone) = row.cells[zone].words() {
                    let key = (key.0, key.1, zone.to_owned());
                    assert_eq!(planned.insert(key, figures[1]), None);
                }
                for place in 0..2 {
                    sums[place] += figures[place];
                    of_fund[place] += figures[place];
                }
                if let Some(last) = cents(row, "last_year") {
                    assert_eq!(cents(row, "difference"), Some(figures[1] - last));
                }
            }
            Role::Subtotal => {
                assert_eq!(figures, of_fund);
                of_fund = [0; 2];
            }
            _ => totals = figures,
        }
    }
    assert_eq!(sums, totals);
    let model = &plan.model;
    let mut paid: BTreeMap<(String, i32, String), i128> = BTreeMap::new();
    for line in &plan.ledger {
        let key = (
            model.fund(line.fund).id.clone(),
            line.year,
            model.zone(line.zone).id.clone(),
        );
        *paid.entry(key).or_default() += i128::from(line.euro.cents());
    }
    // What the year before had is this plan's, to the cent.
    for row in table.rows.iter().filter(|row| row.role == Role::Body) {
        let Cell::Year(year) = row.cells[year] else {
            panic!("a year");
        };
        if let (Some(zone), Some(last), true) = (
            row.cells[zone].words(),
            cents(row, "last_year"),
            model.years.contains(&(year - 1)),
        ) {
            let code = row.cells[fund].words().unwrap().to_owned();
            let key = (code, year - 1, zone.to_owned());
            assert_eq!(last, paid.get(&key).copied().unwrap_or(0));
        }
    }
    planned.retain(|_, cents| *cents != 0);
    assert_eq!(planned, paid);
    assigned.retain(|_, cents| *cents != 0);
    let money = model.money.iter();
    let of_plan: BTreeMap<(String, i32), i128> = money
        .filter(|((_, year), money)| model.years.contains(year) && money.total.cents() != 0)
        .map(|((fund, year), money)| {
            let key = (model.fund(*fund).id.clone(), *year);
            (key, i128::from(money.total.cents()))
        })
        .collect();
    assert_eq!(assigned, of_plan);
    let said = |text: &str| text.replace('.', "").parse::<i128>().unwrap();
    let all = plan.summary.totals.as_ref().unwrap();
    assert_eq!(totals, [said(&all.assigned), said(&all.used)]);
}

#[test]
fn the_riparto_sums_to_what_is_assigned_and_to_what_is_planned() {
    hold_riparto(&source(tiny()));
    // Money by zone that moves on to the year after: 100.00 assigned, 60.00 of it planned a year later.
    let carried = source(&solved(
        "tests/data/cases/carried-zone-money",
        "carried-zone-money",
    ));
    hold_riparto(&carried);
    let all = carried.summary.totals.as_ref().unwrap();
    assert_eq!(
        (all.assigned.as_str(), all.used.as_str()),
        ("100.00", "100.00")
    );
    assert!(carried.ledger.iter().any(|line| line.year == 2027));
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

/// A plan of which every fund lost a tenth, beside the one before: everybody loses, in every comparison and every format.
#[test]
fn where_every_zone_loses_every_comparison_says_so() {
    let home = scratch().join("all-lose");
    let model = home.join("model");
    crate::command::copy(&here("models/tiny"), &model);
    let amounts = std::fs::read_to_string(model.join("amounts.csv")).unwrap();
    let less = amounts
        .replace(",94592.18,", ",80000.00,")
        .replace(",60000.01,", ",50000.00,");
    std::fs::write(model.join("amounts.csv"), less).unwrap();
    let now = home.join("now");
    let mut solve = program();
    solve.arg("solve").arg(&model).arg("--out").arg(&now);
    solve.arg("--quiet").assert().success();
    // By the ledgers alone: what each zone receives now less what it received before.
    let by_zone = |plan: &std::path::Path| {
        let text = std::fs::read_to_string(plan.join("ledger.csv")).unwrap();
        let mut sums: BTreeMap<String, i128> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let cents = cells[4].replace('.', "").parse::<i128>().unwrap();
            *sums.entry(cells[2].to_owned()).or_default() += cents;
        }
        sums
    };
    let (before, after) = (by_zone(tiny()), by_zone(&now));
    let wanted: BTreeMap<&str, i128> = before
        .iter()
        .map(|(zone, cents)| (zone.as_str(), after[zone] - cents))
        .collect();
    assert!(wanted.len() == 2 && wanted.values().all(|cents| *cents < 0));
    // `compare`, the first folder first.
    let mut compare = program();
    compare.arg("compare").arg(tiny()).arg(&now);
    let output = compare.args(["--format", "json"]).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let figures = told["comparisons"][0]["figures"].as_array().unwrap();
    for (zone, cents) in &wanted {
        let own = figures.iter().find(|line| {
            line["table"] == "zone"
                && line["zone"] == *zone
                && line["figure"] == "euro"
                && line["year"].is_null()
        });
        let difference = own.unwrap()["difference"].as_str().unwrap();
        assert_eq!(difference.replace('.', "").parse::<i128>().unwrap(), *cents);
    }
    // `report --compare`: the document, and what is made of it.
    let (own, other) = (Plan::read(&now).unwrap(), Plan::read(tiny()).unwrap());
    let others = [other];
    let beside = Beside {
        plans: Some((&own, &others)),
        ..Beside::default()
    };
    let document = document(&source(&now), beside, Language::Italian);
    assert_eq!(failed(&document), 0);
    let zones = document.table("compare:1:zones").unwrap();
    let columns: Vec<&str> = zones.columns.iter().map(|column| &*column.title).collect();
    assert!(
        columns
            .windows(3)
            .any(|names| names == ["Prima", "Ora", "Differenza"])
    );
    assert!(
        zones.title.contains("«Due zone, due fondi, tre azioni»"),
        "{}",
        zones.title
    );
    let at = |column: &str| zones.column(column).unwrap();
    for row in zones.rows.iter().filter(|row| row.role == Role::Body) {
        let cents = |column: &str| {
            row.cells[at(column)]
                .value()
                .and_then(Value::cents)
                .unwrap()
        };
        let zone = row.cells[at("zone")].words().unwrap();
        assert_eq!(cents("difference"), wanted[zone]);
        assert_eq!((cents("before"), cents("now")), (before[zone], after[zone]));
    }
    for id in ["compare:1:totals", "compare:1:funds", "compare:1:actions"] {
        let table = document.table(id).unwrap();
        let column = table.column("difference").unwrap();
        for row in table.rows.iter().take(2) {
            let cents = row.cells[column].value().and_then(Value::cents).unwrap();
            assert!(cents <= 0, "{id}");
        }
    }
    // On the page no bar of a zone goes to the right.
    let page = mappafondo::report::html::page(&document).unwrap();
    let picture = page
        .split("class=\"vega-lite\"")
        .find(|spec| spec.contains("Collina"));
    assert!(picture.is_some());
    for (zone, cents) in &wanted {
        let euro = mappafondo::report::number::money(Language::Italian, *cents);
        assert!(page.contains(&euro), "{zone} {euro}");
        let gain = mappafondo::report::number::money(Language::Italian, -cents);
        assert!(!page.contains(&format!(">{gain}<")), "{zone} {gain}");
    }
    // A sweep beside a plan says where its scenarios lie: below a plan that had more.
    let runs = home.join("grid");
    let mut sweep = program();
    sweep.arg("sweep").arg(&model).arg("--sweep");
    sweep
        .arg(here("scenarios/tiny/grid.toml"))
        .arg("--out")
        .arg(&runs);
    sweep.arg("--quiet").assert().success();
    let run = SweepRun::read(&runs).unwrap();
    let held = Held::new(Against::Plan(&others[0]), &run).unwrap();
    let of_zones = held
        .rows
        .iter()
        .filter(|row| (row.table, row.figure) == ("zone", "euro"));
    for row in of_zones.filter(|row| row.year.is_none()) {
        let base = row.baseline.unwrap();
        let spread = row.spread.as_ref().unwrap();
        assert_eq!(row.above == 0, spread.at[6] <= base, "{}", row.id);
        assert_eq!(row.below > 0, spread.at[0] < base, "{}", row.id);
    }
}
