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
    let mut lines: Vec<String> = journal.lines().map(str::to_owned).collect();
    lines.pop();
    lines.remove(1);
    lines.extend(["{\"started\":1}", "{\"started\":1}"].map(str::to_owned));
    for _ in 0..4 {
        lines.extend(["{\"alone\":8}", "{\"survived\":8}", "{\"alone\":9}"].map(str::to_owned));
    }
    fs::write(folder.join("journal"), lines.join("\n") + "\n").unwrap();
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
