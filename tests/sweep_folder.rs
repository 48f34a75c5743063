//! The folder of a run from outside: what a crash leaves is put right, and any reader of Parquet reads the parts.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(all(feature = "cli", feature = "highs"))]

#[path = "sweeps/failures.rs"]
mod failures;
#[path = "sweeps/shared.rs"]
mod shared;

use std::collections::BTreeMap;
use std::fs;

#[path = "sweeps/chain.rs"]
mod chain;

use mappafondo::run::{ScenarioRow, Status};
use shared::{Home, assert_same, draws};

/// Eight blocks.
const DRAWS: usize = 60;

#[test]
fn a_torn_journal_and_half_written_files_are_put_right() {
    let home = Home::new(&draws(DRAWS));
    let whole = home.made("run", &["--route", "cold"], 0);
    let folder = home.path("run");
    let journal = String::from_utf8(whole["journal"].clone()).unwrap();
    let lines: Vec<&str> = journal.lines().collect();
    // As if killed while the third line was being written, with a part spoiled and another half there.
    fs::write(
        folder.join("journal"),
        format!("{}\n{}\n{}", lines[0], lines[1], &lines[2][..20]),
    )
    .unwrap();
    fs::write(folder.join("zones.parquet/part-00000.parquet"), "spoiled").unwrap();
    fs::write(
        folder.join("zones.parquet/.mappafondo-part-00003.parquet"),
        "half",
    )
    .unwrap();
    fs::remove_file(folder.join("funds.parquet/part-00005.parquet")).unwrap();
    assert_same(
        &whole,
        &home.made("run", &["--route", "cold", "--resume"], 0),
    );
    // Once finished, there is nothing left to do.
    assert_same(
        &whole,
        &home.made("run", &["--route", "cold", "--resume"], 0),
    );
}

#[test]
fn a_scenario_that_ends_the_program_each_time_costs_itself_alone() {
    let home = Home::new(&draws(DRAWS));
    let whole = home.made("run", &["--route", "cold"], 0);
    let before: Vec<ScenarioRow> = home.rows("run", 8);
    let folder = home.path("run");
    let journal = String::from_utf8(whole["journal"].clone()).unwrap();
    let mut lines = chain::lines(&journal);
    lines.pop();
    lines.remove(1);
    lines.extend(["{\"started\":1}", "{\"started\":1}"].map(str::to_owned));
    for _ in 0..4 {
        lines.extend(["{\"alone\":8}", "{\"survived\":8}", "{\"alone\":9}"].map(str::to_owned));
    }
    let journal = chain::journal(&folder, &lines);
    fs::write(folder.join("journal"), journal).unwrap();
    home.sweep("run", &["--route", "cold", "--resume"]).code(5);
    let after: Vec<ScenarioRow> = home.rows("run", 8);
    assert_eq!(after.len(), before.len());
    for (before, after) in before.iter().zip(&after) {
        if after.index == 9 {
            assert_eq!(after.status, Status::Failed);
            assert!(after.reason.as_deref().unwrap().contains("ended each time"));
        } else {
            assert_eq!(before, after);
        }
    }
}

/// As another program reads it: by the names of the columns, and by nothing of ours.
#[test]
fn a_part_is_plain_parquet_with_cents_and_its_version() {
    use parquet::basic::{LogicalType, Type};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    let home = Home::new(&draws(DRAWS));
    home.made("run", &["--route", "cold", "--shard", "1/8"], 0);
    let open = |table: &str| {
        let path = format!("run/{table}.parquet/part-00000.parquet");
        SerializedFileReader::new(fs::File::open(home.path(&path)).unwrap()).unwrap()
    };
    for (table, columns) in [
        (
            "scenarios",
            "index label axis_fs axis_tirocini status reason route handed_over rebuilt integers pick_proved pick_within \
             excess assigned used lost need covered",
        ),
        (
            "goals",
            "index goal kind level unit value gap value_cents gap_cents",
        ),
        ("zones", "index zone year need covered euro"),
        (
            "funds",
            "index fund year assigned carried_in used carried_out lost",
        ),
    ] {
        let reader = open(table);
        let footer = reader.metadata().file_metadata();
        let found: Vec<&str> = footer
            .schema_descr()
            .columns()
            .iter()
            .map(|c| c.name())
            .collect();
        assert_eq!(found.join(" "), columns);
        for column in footer.schema_descr().columns() {
            let text = column.logical_type_ref() == Some(&LogicalType::String);
            assert_eq!(
                column.physical_type() == Type::BYTE_ARRAY,
                text,
                "{}",
                column.name()
            );
        }
        let marks = footer.key_value_metadata().unwrap();
        let mark = |key: &str| {
            marks
                .iter()
                .find(|m| m.key == key)
                .unwrap()
                .value
                .clone()
                .unwrap()
        };
        assert_eq!(mark("mappafondo.table"), table);
        assert_eq!(mark("mappafondo.format"), "1");
    }
    let zones = open("zones");
    let mut euro: BTreeMap<i64, i64> = BTreeMap::new();
    for row in zones.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        *euro.entry(row.get_long(0).unwrap()).or_default() += row.get_long(5).unwrap();
    }
    assert_eq!(
        euro.keys().copied().collect::<Vec<_>>(),
        (0..8).collect::<Vec<_>>()
    );
    let scenarios = open("scenarios");
    let width = scenarios
        .metadata()
        .file_metadata()
        .schema_descr()
        .num_columns();
    for row in scenarios.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        assert_eq!(row.get_string(4).unwrap(), "optimal");
        let used = row.get_long(width - 4).unwrap();
        assert_eq!(used, euro[&row.get_long(0).unwrap()]);
    }
}

/// Whatever is done to the manifest or to a line of the journal of a run, nothing reads it as if it were the run: going on refuses it or
/// comes to the same bytes, and comparing refuses it.
#[test]
fn no_change_of_manifest_or_journal_goes_unseen() {
    let home = Home::new(&draws(DRAWS));
    let whole = home.made("run", &["--route", "cold"], 0);
    let folder = home.path("run");
    let compare = |home: &Home| {
        let mut command = home.program();
        command.arg("compare").arg(home.path("run"));
        command.output().unwrap().status.code().unwrap()
    };
    assert_eq!(compare(&home), 0);
    let journal = String::from_utf8(whole["journal"].clone()).unwrap();
    let lines: Vec<&str> = journal.lines().collect();
    let ordered = |order: &[usize]| {
        let lines: Vec<&str> = order.iter().map(|line| lines[*line]).collect();
        (lines.join("\n") + "\n").into_bytes()
    };
    let mut altered: Vec<(&str, Vec<u8>)> = vec![
        ("journal", ordered(&[0, 0, 1, 2, 3, 4, 5, 6, 7, 8])),
        ("journal", ordered(&[1, 0, 2, 3, 4, 5, 6, 7, 8])),
        ("journal", ordered(&[0, 1, 2, 3, 5, 6, 7, 8])),
        (
            "journal",
            journal.replacen("part-00003", "part-00004", 1).into_bytes(),
        ),
    ];
    for name in ["journal", "manifest.json"] {
        let bytes = &whole[name];
        for at in (0..bytes.len()).step_by(bytes.len() / 12) {
            let mut other = bytes.clone();
            // A digit becomes another, any other byte its neighbour.
            other[at] = if other[at] == b'9' {
                b'8'
            } else {
                other[at] ^ 1
            };
            altered.push((name, other));
        }
    }
    for (name, bytes) in altered {
        let what = String::from_utf8_lossy(&bytes).into_owned();
        fs::write(folder.join(name), &bytes).unwrap();
        assert_ne!(compare(&home), 0, "{name}: {what}");
        let ended = home.sweep("run", &["--route", "cold", "--resume", "--quiet"]);
        let code = ended.get_output().status.code().unwrap();
        if code == 0 {
            assert_same(&whole, &home.bytes("run"));
        }
        for (name, bytes) in &whole {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }
}

/// Runs of the format before have no checks: they are compared as they are, and not gone on with.
#[test]
fn a_run_without_checks_is_read_and_not_gone_on_with() {
    let home = Home::new(&draws(DRAWS));
    let whole = home.made("run", &["--route", "cold"], 0);
    let folder = home.path("run");
    let mut manifest: serde_json::Value = serde_json::from_slice(&whole["manifest.json"]).unwrap();
    let fields = manifest.as_object_mut().unwrap();
    assert!(fields.remove("check").is_some());
    fields.insert("format".to_owned(), 1.into());
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    let journal = String::from_utf8(whole["journal"].clone()).unwrap();
    fs::write(
        folder.join("journal"),
        chain::lines(&journal).join("\n") + "\n",
    )
    .unwrap();
    let mut compare = home.program();
    compare.arg("compare").arg(&folder);
    assert_eq!(compare.output().unwrap().status.code(), Some(0));
    home.sweep("run", &["--route", "cold", "--resume"]).code(2);
}

/// Some of 60 scenarios in 8 blocks for each of 8 shards, and none for a ninth.
#[test]
fn a_shard_without_scenarios_is_refused_with_how_many_there_may_be() {
    let home = Home::new(&draws(DRAWS));
    let refused = home.sweep("run", &["--shard", "1/9"]).code(2);
    let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(
        said.contains("There can be 8 at most") && said.contains("blocks of 8"),
        "{said}"
    );
    assert!(!home.path("run").exists());
    home.sweep("run", &["--shard", "8/8", "--quiet"]).code(0);
}

/// Scenario files and axes of a list are told in the language of the terminal, at the place where they were written.
#[test]
fn scenarios_that_are_wrong_are_told_where_they_were_written() {
    let home = Home::new(
        r#"
[sweep]
format = 1
id = "prova"
title = "Prova"
kind = "list"

[[axis]]
id = "fs"
change = { target = "amount", fund = "fondo-sociale", scale = "$" }

[[combination]]
label = "Taglio 10/20"
scenario = ["fondo-ignoto.toml"]
values = { fs = "90%" }

[[combination]]
label = "base"
values = { fs = "100%" }

[[combination]]
label = "impossibile"
scenario = ["impossibile.toml"]
"#,
    );
    let unknown = "[scenario]\nformat = 1\nid = \"fondo-ignoto\"\ntitle = \"Un fondo che non c'è\"\n\n[[change]]\n\
        target = \"amount\"\nfund = \"fondo-socialle\"\nscale = \"90%\"\n";
    let impossible = "[scenario]\nformat = 1\nid = \"impossibile\"\ntitle = \"Troppi tirocini\"\n\n[[change]]\n\
        target = \"threshold\"\nrule = \"sei-tirocini\"\nset = \"60\"\n\n[[change]]\ntarget = \"strength\"\n\
        rule = \"sei-tirocini\"\nset = \"plan\"\n";
    fs::write(home.path("fondo-ignoto.toml"), unknown).unwrap();
    fs::write(home.path("impossibile.toml"), impossible).unwrap();
    let italian = home.sweep("run", &["--locale", "it"]).code(5);
    let said = String::from_utf8(italian.get_output().stdout.clone()).unwrap();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "fondo-ignoto.toml:8",
        "non valido",
        "nessun piano",
        "Taglio 10/20",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for part in ["invalid", "infeasible", "error [", "Taglio 10/20:"] {
        assert!(!said.contains(part), "{part}: {said}");
    }
    // The tables keep their words.
    let rows: Vec<ScenarioRow> = home.rows("run", 1);
    assert_eq!(rows[0].status, Status::Invalid);
    let reason = rows[0].reason.as_deref().unwrap();
    assert!(
        reason.contains("fondo-ignoto.toml:8") && reason.starts_with("error ["),
        "{reason}"
    );
}

/// A run that was interrupted and gone on with is one line that ended, and one that says so.
#[test]
fn a_run_gone_on_with_is_not_listed_as_unfinished() {
    let home = Home::new(&draws(DRAWS));
    home.made("run", &["--route", "cold"], 0);
    // As after a kill: the first line was never ended.
    let journal = fs::read_to_string(home.path("run").join("journal")).unwrap();
    let first = chain::journal(&home.path("run"), &chain::lines(&journal)[..2]);
    fs::write(home.path("run").join("journal"), first).unwrap();
    let data = rusqlite::Connection::open(home.path("data").join("runs.sqlite")).unwrap();
    data.execute("UPDATE runs SET status = 'begun', ended = NULL", [])
        .unwrap();
    home.sweep("run", &["--route", "cold", "--resume", "--quiet"])
        .code(0);
    let mut list = home.program();
    list.args(["sweep", "--list", "--locale", "it"]);
    let said = String::from_utf8(list.output().unwrap().stdout).unwrap();
    assert!(
        said.contains("ripreso poi") && said.contains("finito") && !said.contains("non finito"),
        "{said}"
    );
}
