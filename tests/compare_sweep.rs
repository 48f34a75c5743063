//! The command `compare` over sweeps of `models/tiny`: against a plan, on their own, against each other.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(all(feature = "cli", feature = "highs"))]

#[path = "common/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use mappafondo::compare::{
    Against, CompareError, Held, Plan, QUANTILES, SeriesRow, SweepRun, of_held,
};
use mappafondo::model::Language;
use mappafondo::report::summary_text::Layout;
use mappafondo::run::{FundRow, GoalRow, Parts, ZoneRow};
use mappafondo::units::{Exact, parse_exact};
use predicates::str::{contains, is_empty};
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// At ten times its money the social fund owes half of it to an action that costs less.
const ONE_BAD: &str = include_str!("data/compare/one-bad.toml");

/// Scenarios that change nothing.
const NOTHING: &str = include_str!("data/compare/nothing.toml");

/// Enough scenarios for ranks to fall apart.
const MANY: &str = include_str!("data/compare/many.toml");

struct Home(TempDir);

impl Home {
    /// A copy of tiny and its plan in `plan`.
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        program::copy("models/tiny", &home.path("model"));
        let args = ["solve", "model", "--out", "plan", "--quiet"];
        home.command(&args).assert().code(0);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::from_std(program::program("en"));
        command
            .env("MAPPAFONDO_DATA", self.path("data"))
            .current_dir(self.0.path())
            .args(args);
        command
    }

    fn sweep(&self, text: &str, out: &str, options: &[&str]) {
        fs::write(self.path("sweep.toml"), text).unwrap();
        let args = ["sweep", "model", "--sweep", "sweep.toml", "--quiet"];
        let mut command = self.command(&args);
        let output = command.args(["--out", out]).args(options).output().unwrap();
        assert!(
            matches!(output.status.code(), Some(0 | 5)),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// The six scenarios of tiny and their base.
    fn grid(&self, out: &str) {
        self.sweep(&grid(), out, &[]);
    }

    fn compare(&self, folders: &[&str], options: &[&str]) -> Command {
        let mut command = self.command(&["compare"]);
        command.args(folders).args(options);
        command
    }

    fn text(&self, folders: &[&str], locale: &str) -> String {
        let output = self.compare(folders, &["--locale", locale]).output();
        let output = output.unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, folders: &[&str]) -> serde_json::Value {
        let output = self.compare(folders, &["--format", "json"]).output();
        serde_json::from_slice(&output.unwrap().stdout).unwrap()
    }
}

fn grid() -> String {
    fs::read_to_string(Path::new(ROOT).join("scenarios/tiny/grid.toml")).unwrap()
}

fn row<'r>(held: &'r Held<'_>, key: (&str, &str, Option<i32>, &str)) -> &'r SeriesRow {
    let (table, id, year, figure) = key;
    let mut rows = held.rows.iter();
    let found = rows.find(|row| {
        (row.table, row.id.as_str(), row.year, row.figure) == (table, id, year, figure)
    });
    found.unwrap_or_else(|| panic!("no {key:?}"))
}

fn euro(text: &str) -> Exact {
    parse_exact(text).unwrap()
}

#[test]
fn a_sweep_against_the_plan_says_where_each_figure_lies_to_the_cent() {
    let home = Home::new();
    home.grid("grid");
    let plan = Plan::read(&home.path("plan")).unwrap();
    let sweep = SweepRun::read(&home.path("grid")).unwrap();
    let held = Held::new(Against::Plan(&plan), &sweep).unwrap();
    // 94,592.18 of the services fund: less a twentieth, as it is, and a twentieth more; every euro is used.
    let fund = row(&held, ("fund", "quota-servizi", None, "used"));
    assert_eq!(fund.baseline, Some(euro("94592.18")));
    let spread = fund.spread.as_ref().unwrap();
    let (low, base, high) = (euro("89862.57"), euro("94592.18"), euro("99321.79"));
    assert_eq!(spread.at, [low, low, low, base, high, high, high]);
    assert_eq!((spread.n, fund.below, fund.same, fund.above), (7, 3, 1, 3));
    // 120,000.02 of the social fund: 90%, 100% and 110% twice each, and once more in the base.
    let fund = row(&held, ("fund", "fondo-sociale", None, "used"));
    assert_eq!((fund.below, fund.same, fund.above), (2, 3, 2));
    assert_eq!(fund.baseline, Some(euro("120000.02")));
    // The base is the plan: no figure has all of its scenarios on one side.
    for row in &held.rows {
        assert!(row.same >= 1 || row.spread.is_none(), "{row:?}");
        assert!(!row.one_sided, "{row:?}");
    }
    let piana = row(&held, ("zone", "piana", None, "euro"));
    assert_eq!(piana.baseline, Some(euro("139120.44")));
    let piana = row(&held, ("zone", "piana", None, "coverage"));
    assert_eq!(piana.baseline, Some(euro("0.8")));
    assert!(held.differs());
}

/// Every figure of a sweep, scenario by scenario, gathered in the plainest way.
fn gathered(
    folder: &Path,
    blocks: u64,
) -> BTreeMap<(&'static str, String, Option<i32>), Vec<Exact>> {
    let parts = Parts::of(folder);
    let mut all: BTreeMap<(&'static str, String, Option<i32>, i64), Exact> = BTreeMap::new();
    let mut add = |table, id: &str, year: i64, index, value: Exact| {
        for year in [None, Some(i32::try_from(year).unwrap())] {
            let key = (table, id.to_owned(), year, index);
            *all.entry(key).or_insert_with(|| Exact::from_integer(0)) += value;
        }
    };
    let mut goals = BTreeMap::new();
    for block in 0..blocks {
        for row in parts.read::<ZoneRow>(block).unwrap() {
            let cents = Exact::new(i128::from(row.euro), 100);
            add("zone", &row.zone, row.year, row.index, cents);
        }
        for row in parts.read::<FundRow>(block).unwrap() {
            let cents = Exact::new(i128::from(row.used), 100);
            add("fund", &row.fund, row.year, row.index, cents);
        }
        for row in parts.read::<GoalRow>(block).unwrap() {
            let id = match row.level {
                0 => row.kind,
                level => format!("{}-{level}", row.kind),
            };
            let value = parse_exact(&row.value).unwrap();
            goals.insert(("goal", id, None, row.index), value);
        }
    }
    all.extend(goals);
    let mut lists: BTreeMap<_, Vec<Exact>> = BTreeMap::new();
    for ((table, id, year, _), value) in all {
        lists.entry((table, id, year)).or_default().push(value);
    }
    lists
}

#[test]
fn every_quantile_is_the_one_a_sort_by_hand_finds() {
    let home = Home::new();
    home.sweep(MANY, "many", &[]);
    let sweep = SweepRun::read(&home.path("many")).unwrap();
    assert!(!sweep.has_base);
    let held = Held::alone(&sweep).unwrap();
    let lists = gathered(&home.path("many"), sweep.manifest.all_blocks());
    let mut seen = 0;
    for ((table, id, year), mut values) in lists {
        let figure = match table {
            "zone" => "euro",
            "fund" => "used",
            _ => "value",
        };
        let found = row(&held, (table, &id, year, figure));
        let spread = found.spread.as_ref().unwrap();
        values.sort();
        assert_eq!(spread.n, values.len());
        for (percent, value) in QUANTILES.into_iter().zip(spread.at) {
            // The least figure that so many hundredths of the scenarios do not exceed.
            let reached = |v: &&Exact| {
                let not_above = values.iter().filter(|other| other <= v).count();
                not_above * 100 >= percent * values.len()
            };
            assert_eq!(
                Some(&value),
                values.iter().find(reached),
                "{table} {id} {percent}"
            );
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
    assert!(held.rows.iter().any(|row| row.width() > euro("1")));
}

#[test]
fn a_scenario_without_a_plan_is_told_and_not_counted() {
    let home = Home::new();
    home.sweep(ONE_BAD, "bad", &[]);
    let sweep = SweepRun::read(&home.path("bad")).unwrap();
    let plan = Plan::read(&home.path("plan")).unwrap();
    let held = Held::new(Against::Plan(&plan), &sweep).unwrap();
    assert_eq!(held.other_endings, 1);
    let used = row(&held, ("total", "", None, "used"));
    assert_eq!(used.spread.as_ref().unwrap().n, 3);
    assert_eq!((used.below, used.same, used.above), (1, 1, 1));
    let told = home.compare(&["plan", "bad"], &[]).assert().code(0);
    told.stdout(contains("Scenarios with a plan: 3 of 4."))
        .stdout(contains(
            "Not counted in the figures: 1 with no plan possible.",
        ));
}

#[test]
fn a_sweep_on_its_own_is_held_against_its_base_which_then_does_not_count() {
    let home = Home::new();
    home.grid("grid");
    let sweep = SweepRun::read(&home.path("grid")).unwrap();
    assert!(sweep.has_base);
    let held = Held::alone(&sweep).unwrap();
    let fund = row(&held, ("fund", "quota-servizi", None, "used"));
    assert_eq!(fund.baseline, Some(euro("94592.18")));
    assert_eq!((fund.below, fund.same, fund.above), (3, 0, 3));
    assert_eq!(fund.spread.as_ref().unwrap().n, 6);
    let mut command = home.compare(&["grid"], &["--fail-on-diff"]);
    command.assert().code(6).stdout(contains(
        "the base scenario, which is not counted among the others",
    ));
}

#[test]
fn identical_sweeps_have_no_difference_and_pass() {
    let home = Home::new();
    home.grid("one");
    home.grid("two");
    let mut command = home.compare(&["one", "two"], &["--fail-on-diff"]);
    command
        .assert()
        .code(0)
        .stdout(contains("in every scenario the two runs are the same"));
}

#[test]
fn scenarios_that_change_nothing_are_the_plan() {
    let home = Home::new();
    home.sweep(NOTHING, "nothing", &[]);
    for folders in [&["plan", "nothing"][..], &["nothing"]] {
        let mut command = home.compare(folders, &["--fail-on-diff"]);
        command.assert().code(0).stdout(contains(
            "No difference: every scenario is the same as the baseline to the cent.",
        ));
    }
}

#[test]
fn the_same_scenarios_over_less_money_differ_scenario_by_scenario() {
    let home = Home::new();
    home.grid("one");
    let amounts = home.path("model/amounts.csv");
    let text = fs::read_to_string(&amounts).unwrap();
    fs::write(&amounts, text.replace("94592.18", "84592.18")).unwrap();
    home.grid("two");
    let (one, two) = (
        SweepRun::read(&home.path("one")).unwrap(),
        SweepRun::read(&home.path("two")).unwrap(),
    );
    let held = Held::of_sweeps(&one, &two).unwrap();
    assert!(matches!(held.against, Against::Same(_)));
    let fund = row(&held, ("fund", "quota-servizi", None, "used"));
    // 10,000 less, times 95%, 100% and 105%.
    let spread = fund.spread.as_ref().unwrap();
    assert_eq!(
        (spread.at[0], spread.at[3]),
        (euro("-10500"), euro("-10000"))
    );
    assert_eq!((spread.at[6], spread.n), (euro("-9500"), 7));
    assert_eq!((fund.below, fund.same, fund.above), (7, 0, 0));
    let mut command = home.compare(&["one", "two"], &["--fail-on-diff"]);
    command.assert().code(6);
    insta::assert_snapshot!("paired_english", home.text(&["one", "two"], "en"));
}

#[test]
fn other_scenarios_stand_side_by_side_and_it_is_said() {
    let home = Home::new();
    home.grid("grid");
    home.sweep(ONE_BAD, "bad", &[]);
    insta::assert_snapshot!("side_by_side_italian", home.text(&["grid", "bad"], "it"));
    let json = home.json(&["grid", "bad"]);
    assert_eq!(json["sweeps"][0]["against"], "other_scenarios");
    assert_eq!(json["differs"], true);
    let mut command = home.compare(&["grid", "bad"], &["--fail-on-diff"]);
    command.assert().code(6);
}

#[test]
fn what_an_officer_reads_of_a_sweep_in_both_languages() {
    let home = Home::new();
    home.grid("grid");
    insta::assert_snapshot!("italian", home.text(&["plan", "grid"], "it"));
    insta::assert_snapshot!("english", home.text(&["plan", "grid"], "en"));
    insta::assert_snapshot!("alone_english", home.text(&["grid"], "en"));
}

#[test]
fn csv_and_json_have_every_figure_year_by_year() {
    let home = Home::new();
    home.grid("grid");
    let json = home.json(&["plan", "plan", "grid"]);
    assert_eq!(
        (&json["version"], &json["kind"]),
        (&1.into(), &"sweeps".into())
    );
    let figures = json["sweeps"][0]["figures"].as_array().unwrap();
    let plans = json["comparisons"][0]["figures"].as_array().unwrap();
    let options = ["--csv", "all.csv", "--quiet"];
    let mut command = home.compare(&["plan", "plan", "grid"], &options);
    command.assert().code(0).stdout(is_empty());
    let csv = fs::read_to_string(home.path("all.csv")).unwrap();
    assert_eq!(csv.lines().count(), 1 + plans.len() + figures.len());
    let fund = "plan,grid,fund,,quota-servizi,,,,Quota servizi,used,euro,94592.18,,,scenarios,7,\
                89862.57,89862.57,89862.57,94592.18,99321.79,99321.79,99321.79,3,1,3\n";
    assert!(csv.contains(fund), "{csv}");
    assert!(
        figures
            .iter()
            .any(|f| f["id"] == "piana" && f["year"] == 2027)
    );
}

#[test]
fn what_cannot_be_compared_is_refused_with_what_to_do() {
    let home = Home::new();
    home.sweep(MANY, "shard", &["--shard", "1/2"]);
    home.sweep(MANY, "many", &[]);
    let refused = |folders: &[&str], code: i32, words: &str| {
        let refused = home.compare(folders, &[]).assert().code(code);
        refused.stdout(is_empty()).stderr(contains(words));
    };
    refused(
        &["plan", "shard"],
        2,
        "is only a part (1/2) of the scenarios",
    );
    refused(&["many", "plan"], 2, "put the plan first");
    let journal = home.path("many").join("journal");
    let text = fs::read_to_string(&journal).unwrap();
    let half: Vec<&str> = text.lines().collect();
    let half = half[..half.len() / 2].join("\n") + "\n";
    fs::write(&journal, half).unwrap();
    refused(&["plan", "many"], 2, "are not finished");
    let read = SweepRun::read(&home.path("many"));
    assert!(matches!(read, Err(CompareError::Unfinished { .. })));
    fs::write(&journal, text).unwrap();
    let part = home.path("many/zones.parquet/part-00001.parquet");
    let mut bytes = fs::read(&part).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&part, bytes).unwrap();
    refused(&["plan", "many"], 3, "cannot be read");
}

#[test]
fn merged_shards_are_the_sweep_run_at_once() {
    let home = Home::new();
    home.sweep(MANY, "many", &[]);
    home.sweep(MANY, "first", &["--shard", "1/2"]);
    home.sweep(MANY, "second", &["--shard", "2/2"]);
    let args = ["merge", "first", "second", "--out", "merged", "--quiet"];
    home.command(&args).assert().code(0);
    let mut command = home.compare(&["many", "merged"], &["--fail-on-diff"]);
    command
        .assert()
        .code(0)
        .stdout(contains("in every scenario the two runs are the same"));
}

#[test]
fn a_zone_that_only_the_scenarios_have_is_a_difference_without_a_baseline() {
    let home = Home::new();
    home.sweep(NOTHING, "nothing", &[]);
    let sweep = SweepRun::read(&home.path("nothing")).unwrap();
    let mut plan = Plan::read(&home.path("plan")).unwrap();
    let held = Held::new(Against::Plan(&plan), &sweep).unwrap();
    assert!(!held.differs());
    plan.zones.retain(|(zone, _), _| zone != "collina");
    let held = Held::new(Against::Plan(&plan), &sweep).unwrap();
    let collina = row(&held, ("zone", "collina", None, "euro"));
    assert_eq!((collina.baseline, collina.one_sided), (None, true));
    assert!(held.differs());
}

#[test]
fn twelve_zones_are_told_the_widest_first_and_the_others_counted() {
    let home = Home::new();
    home.grid("grid");
    let plan = Plan::read(&home.path("plan")).unwrap();
    let sweep = SweepRun::read(&home.path("grid")).unwrap();
    let mut held = Held::new(Against::Plan(&plan), &sweep).unwrap();
    let collina = row(&held, ("zone", "collina", None, "euro")).clone();
    let layout = Layout {
        language: Language::English,
        width: 100,
        full: true,
    };
    // Piana, collina and as many more as make fourteen zones.
    for number in 0..12 {
        let id = format!("other-{number:02}");
        held.rows.push(SeriesRow {
            id,
            ..collina.clone()
        });
        let told = of_held(&held, (1, 1), layout);
        let zones = told.sections.iter();
        let mut zones = zones.filter(|section| section.heading.starts_with("What each zone"));
        let body = &zones.next().unwrap().body;
        let first = body.lines().nth(2).unwrap();
        assert!(first.trim_start().starts_with("Piana"), "{body}");
        let more = body.contains("2 more rows");
        assert_eq!(more, number == 11, "{body}");
        let rows = if more { 13 } else { number + 3 };
        assert_eq!(body.lines().count(), rows + 2, "{body}");
    }
}
