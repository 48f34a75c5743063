//! Runs of sweeps: the same bytes whatever the threads, shards and interruptions; what is refused; what is told.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(all(feature = "cli", feature = "highs"))]

#[path = "sweeps/shared.rs"]
mod shared;

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use assert_cmd::Command;
use mappafondo::run::{FundRow, GoalRow, LedgerRow, ScenarioRow, Status, ZoneRow};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty};
use shared::{Home, assert_same, draws};

/// Kills in the suite; `MAPPAFONDO_KILLS` asks for more.
const KILLS: usize = 5;

/// Nineteen blocks.
const MANY: usize = 150;

/// At ten times its money the social fund owes half of it to an action that costs less.
const ONE_BAD: &str = r#"
[sweep]
format = 1
id = "one-bad"
title = "One bad"
kind = "grid"
baseline = true

[[axis]]
id = "fs"
change = { target = "amount", fund = "fondo-sociale", scale = "$" }
values = ["90%", "1000%", "110%"]
"#;

#[test]
fn threads_do_not_change_a_byte() {
    let home = Home::new(&draws(MANY));
    for threads in ["1", "2", "8"] {
        home.sweep(threads, &["--ledger", "--quiet", "--threads", threads])
            .code(0)
            .stdout(is_empty());
    }
    let one = home.bytes("1");
    // Five tables in nineteen parts, the manifest and the journal.
    assert_eq!(one.len(), 5 * 19 + 2);
    assert_same(&one, &home.bytes("2"));
    assert_same(&one, &home.bytes("8"));
}

#[test]
fn shards_merge_to_the_bytes_of_a_run_that_was_never_split() {
    let home = Home::new(&draws(MANY));
    home.sweep("whole", &["--quiet"]).code(0);
    for n in [1, 2, 5] {
        let mut shards = Vec::new();
        for i in 1..=n {
            let (shard, out) = (format!("{i}/{n}"), format!("shard-{i}-of-{n}"));
            home.sweep(&out, &["--quiet", "--shard", &shard]).code(0);
            shards.push(out);
        }
        // The order in which they are named does not matter.
        let shards: Vec<&str> = shards.iter().rev().map(String::as_str).collect();
        let out = format!("merged-{n}");
        home.merge(&shards, &out)
            .code(0)
            .stdout(contains("150 scenarios: 150 with a plan"));
        assert_same(&home.bytes("whole"), &home.bytes(&out));
    }
}

#[test]
fn merge_refuses_what_does_not_make_one_sweep() {
    let home = Home::new(&draws(MANY));
    for (shard, out) in [
        ("1/3", "one"),
        ("2/3", "two"),
        ("3/3", "three"),
        ("1/2", "half"),
    ] {
        home.sweep(out, &["--quiet", "--shard", shard]).code(0);
    }
    home.merge(&["one", "three"], "gap")
        .code(3)
        .stderr(contains("scenarios 48 to 95 are in none of the folders"));
    home.merge(&["one", "two"], "end")
        .code(3)
        .stderr(contains("scenarios 96 to 149 are in none of the folders"));
    home.merge(&["one", "two", "two", "three"], "twice")
        .code(3)
        .stderr(contains("scenario 48 is both in"));
    home.merge(&["half", "one"], "overlap")
        .code(3)
        .stderr(contains("is both in"));
    home.sweep("ledger", &["--quiet", "--shard", "2/3", "--ledger"])
        .code(0);
    home.merge(&["one", "ledger", "three"], "mixed")
        .code(2)
        .stderr(contains("the options --ledger"));
    home.merge(&["one", "model"], "foreign")
        .code(2)
        .stderr(contains("manifest.json is missing"));

    let spoiled = home.path("two").join("zones.parquet/part-00008.parquet");
    let mut bytes = fs::read(&spoiled).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&spoiled, bytes).unwrap();
    home.merge(&["one", "two", "three"], "spoiled")
        .code(3)
        .stderr(contains("is damaged"));
    // A spoiled part is made again.
    home.sweep("two", &["--quiet", "--shard", "2/3", "--resume"])
        .code(0);

    fs::write(home.path("two").join("journal"), "").unwrap();
    home.merge(&["one", "two", "three"], "unfinished")
        .code(3)
        .stderr(contains("is not finished"));
    home.sweep("two", &["--quiet", "--shard", "2/3", "--resume"])
        .code(0);
    home.merge(&["one", "two", "three"], "merged").code(0);
    home.sweep("whole", &["--quiet"]).code(0);
    assert_same(&home.bytes("whole"), &home.bytes("merged"));
}

#[test]
fn a_killed_run_goes_on_to_the_same_bytes() {
    let kills = std::env::var("MAPPAFONDO_KILLS").ok();
    let kills: usize = kills.and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let home = Home::new(&draws(MANY));
    home.sweep("whole", &["--quiet", "--ledger"]).code(0);
    let whole = home.bytes("whole");
    let mut killed = 0;
    let mut moment: u64 = 88_172_645_463_325_252;
    for round in 0.. {
        let out = format!("killed-{round}");
        loop {
            // Xorshift: moments that are the same in every run of the suite, if machines were.
            moment ^= moment << 13;
            moment ^= moment >> 7;
            moment ^= moment << 17;
            let mut child = home.start(&out, &["--quiet", "--ledger", "--resume"]);
            sleep(Duration::from_millis(moment % 1500));
            let ended = child.try_wait().unwrap();
            if ended.is_some() {
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            killed += 1;
            if killed == kills {
                break;
            }
        }
        home.sweep(&out, &["--quiet", "--ledger", "--resume"])
            .code(0);
        assert_same(&whole, &home.bytes(&out));
        fs::remove_dir_all(home.path(&out)).unwrap();
        if killed == kills {
            break;
        }
    }
    assert_eq!(killed, kills);
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_is_finished_and_says_how_to_go_on() {
    let home = Home::new(&draws(MANY));
    home.sweep("whole", &["--quiet"]).code(0);
    let child = home.start("out", &["--threads", "1"]);
    let journal = home.path("out").join("journal");
    let has = |word: &str| fs::read_to_string(&journal).is_ok_and(|text| text.contains(word));
    for _ in 0..6000 {
        if has("finished") {
            break;
        }
        sleep(Duration::from_millis(5));
    }
    assert!(
        has("finished") && !has("complete"),
        "too fast or too slow to interrupt"
    );
    let pid = child.id().to_string();
    std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status()
        .unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("--resume"), "{said}");
    let kept = fs::read(home.path("out").join("zones.parquet/part-00000.parquet")).unwrap();
    assert_eq!(
        kept,
        home.bytes("whole")["zones.parquet/part-00000.parquet"]
    );
    home.sweep("out", &["--quiet", "--resume"]).code(0);
    assert_same(&home.bytes("whole"), &home.bytes("out"));
}

#[test]
fn a_scenario_without_a_plan_is_a_row_and_exit_5() {
    let home = Home::new(ONE_BAD);
    home.sweep("out", &["--ledger"])
        .code(5)
        .stdout(contains("4 scenarios: 3 with a plan, 1 without.").and(contains("meta-ai-minori")));
    let scenarios: Vec<ScenarioRow> = home.rows("out", 1);
    let ended: Vec<Status> = scenarios.iter().map(|row| row.status).collect();
    use Status::{Infeasible, Optimal};
    assert_eq!(ended, [Optimal, Optimal, Infeasible, Optimal]);
    let bad = &scenarios[2];
    assert_eq!(bad.values, [Some("1000%".to_owned())]);
    assert!(
        bad.reason
            .as_ref()
            .unwrap()
            .split(' ')
            .any(|id| id == "meta-ai-minori"),
        "{bad:?}"
    );
    assert_eq!(bad.totals, None);
    assert!(
        home.rows::<ZoneRow>("out", 1)
            .iter()
            .all(|row| row.index != 2)
    );
    // What is whole stays whole: cents add up across the tables.
    let (funds, ledger): (Vec<FundRow>, Vec<LedgerRow>) =
        (home.rows("out", 1), home.rows("out", 1));
    for row in scenarios.iter().filter(|row| row.status == Optimal) {
        let totals = row.totals.unwrap();
        let mine = |index: i64| index == row.index;
        let used: i64 = funds.iter().filter(|f| mine(f.index)).map(|f| f.used).sum();
        let paid: i64 = ledger
            .iter()
            .filter(|l| mine(l.index))
            .map(|l| l.cents)
            .sum();
        let zones: Vec<ZoneRow> = home.rows("out", 1);
        let received: i64 = zones.iter().filter(|z| mine(z.index)).map(|z| z.euro).sum();
        assert_eq!(
            (used, paid, received),
            (totals.used, totals.used, totals.used)
        );
        assert_eq!(row.excess, Some(0));
    }
    // The base is the plan of `solve`.
    let mut solve = home.program();
    solve
        .arg("solve")
        .arg(home.path("model"))
        .arg("--out")
        .arg(home.path("solved"));
    Command::from_std(solve).assert().code(0);
    let mut plan = csv::Reader::from_path(home.path("solved").join("zones.csv")).unwrap();
    let zones: Vec<ZoneRow> = home.rows("out", 1);
    let base: Vec<_> = zones.iter().filter(|row| row.index == 0).collect();
    let told: Vec<csv::StringRecord> = plan.records().map(Result::unwrap).collect();
    assert_eq!(base.len(), told.len());
    for (row, told) in base.iter().zip(&told) {
        let euro = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        assert_eq!(
            (&*row.zone, row.year.to_string()),
            (&told[0], told[1].to_owned())
        );
        assert_eq!(
            [euro(row.need), euro(row.covered), euro(row.euro)],
            [&told[2], &told[3], &told[5]]
        );
    }
}

#[test]
fn the_cold_and_the_hot_route_reach_the_same_goals() {
    let home = Home::new(&draws(MANY));
    home.sweep("cold", &["--quiet", "--route", "cold"]).code(0);
    home.sweep("hot", &["--quiet", "--route", "hot"]).code(0);
    let (cold, hot): (Vec<GoalRow>, Vec<GoalRow>) = (home.rows("cold", 19), home.rows("hot", 19));
    assert_eq!(cold.len(), hot.len());
    for (one, other) in cold.iter().zip(&hot) {
        if let (Some(a), Some(b)) = (one.value_cents, other.value_cents) {
            let play = one.gap_cents.unwrap().max(other.gap_cents.unwrap());
            assert!((a - b).abs() <= play, "{one:?} {other:?}");
        }
    }
    let routes = |out: &str| {
        let rows: Vec<ScenarioRow> = home.rows(out, 19);
        rows.into_iter()
            .filter(|row| row.route.as_deref() == Some(out))
            .count()
    };
    assert_eq!(routes("cold"), 150);
    assert!(routes("hot") > 0);
}

#[test]
fn a_folder_with_a_run_or_with_other_things_is_left_alone() {
    let home = Home::new(ONE_BAD);
    home.sweep("out", &["--quiet"]).code(5);
    let before = home.bytes("out");
    home.sweep("out", &[]).code(2).stderr(contains("--resume"));
    home.sweep("model", &[])
        .code(2)
        .stderr(contains("did not write"));
    home.sweep("model", &["--resume"])
        .code(2)
        .stderr(contains("did not write"));
    assert_same(&before, &home.bytes("out"));
    // A finished run that is resumed is told again, and nothing is solved.
    home.sweep("out", &["--resume"])
        .code(5)
        .stdout(contains("3 with a plan"));
    assert_same(&before, &home.bytes("out"));
}

#[test]
fn resume_refuses_changed_inputs() {
    let home = Home::new(ONE_BAD);
    home.sweep("out", &["--quiet"]).code(5);
    let before = home.bytes("out");
    home.sweep("out", &["--resume", "--ledger"])
        .code(2)
        .stderr(contains("--ledger"));
    home.sweep("out", &["--resume", "--shard", "1/2"])
        .code(2)
        .stderr(contains("--shard"));
    fs::write(home.path("sweep.toml"), ONE_BAD.replace("110%", "120%")).unwrap();
    home.sweep("out", &["--resume"])
        .code(2)
        .stderr(contains("the files of the sweep are not the same"));
    fs::write(home.path("sweep.toml"), ONE_BAD).unwrap();
    let amounts = home.path("model").join("amounts.csv");
    let text = fs::read_to_string(&amounts).unwrap();
    fs::write(&amounts, text.replace("94592.18", "94592.19")).unwrap();
    home.sweep("out", &["--resume"])
        .code(2)
        .stderr(contains("the files of the model are not the same"));
    assert_same(&before, &home.bytes("out"));
}

#[test]
fn the_catalogue_knows_every_run_and_is_not_in_the_result() {
    let home = Home::new(ONE_BAD);
    let mut list = home.program();
    Command::from_std({
        list.args(["sweep", "--list"]);
        list
    })
    .assert()
    .code(0)
    .stdout(contains("No runs so far."));
    home.sweep("out", &["--quiet"]).code(5);
    let mut list = home.program();
    list.args(["sweep", "--list", "--format", "json"]);
    let told = Command::from_std(list).assert().code(0);
    let runs: serde_json::Value = serde_json::from_slice(&told.get_output().stdout).unwrap();
    assert_eq!(runs[0]["status"], "complete");
    assert_eq!(
        (&runs[0]["scenarios"], &runs[0]["without_plan"]),
        (&4.into(), &1.into())
    );
    assert!(runs[0]["folder"].as_str().unwrap().ends_with("out"));
    assert!(
        runs[0]["model_files"]
            .as_str()
            .unwrap()
            .contains("amounts.csv")
    );
    assert!(
        home.bytes("out")
            .keys()
            .all(|name| !name.contains("sqlite"))
    );
    // Where it cannot be written, the run goes on.
    let mut sweep = home.sweep_command("other", &[]);
    sweep.env("MAPPAFONDO_DATA", home.path("sweep.toml"));
    Command::from_std(sweep)
        .assert()
        .code(5)
        .stderr(contains("the run goes on all the same"));
    assert_same(&home.bytes("out"), &home.bytes("other"));
}

#[test]
fn the_report_is_for_programs_too() {
    let home = Home::new(ONE_BAD);
    let told = home.sweep("out", &["--format", "json"]).code(5);
    let digest: serde_json::Value = serde_json::from_slice(&told.get_output().stdout).unwrap();
    assert_eq!(digest["scenarios"], 4);
    assert_eq!(digest["statuses"]["optimal"], 3);
    assert_eq!(digest["statuses"]["infeasible"], 1);
    assert_eq!(digest["goals"][0]["kind"], "leps");
    assert_eq!(digest["goals"][0]["values"]["n"], 3);
    assert_eq!(digest["without_plan"][0]["label"], "fs=1000%");
}
