//! A scenario that ends the program costs itself alone: the journal says which one it was.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[path = "sweeps/chain.rs"]
mod chain;

use mappafondo::run::{
    Answer, Answerer, Case, Ended, MANIFEST_FORMAT, Manifest, Parts, Route, RunError, RunFolder,
    RunNames, ScenarioRow, Source, Status, TABLE_FORMAT, Task, Watch, ZoneRow, execute,
};

/// Scenarios without a model: what is tried and noted is all that matters here.
struct Named;

impl Source for Named {
    fn name(&self, k: u64) -> (String, Vec<Option<String>>) {
        (format!("s{k}"), vec![Some(k.to_string())])
    }

    fn case(&self, k: u64) -> Case {
        let (label, values) = self.name(k);
        Case {
            label,
            values,
            model: Err("there is none".to_owned()),
        }
    }
}

/// Answers anything, and remembers what it was asked.
#[derive(Default)]
struct Remembers {
    asked: Mutex<Vec<(u64, bool)>>,
}

impl Answerer for Remembers {
    fn lanes(&self) -> usize {
        3
    }

    fn answer(&self, tasks: Vec<Task>, careful: bool) -> Vec<Answer> {
        let answer = |task: Task| {
            self.asked.lock().unwrap().push((task.index, careful));
            let index = i64::try_from(task.index).unwrap();
            Answer {
                scenario: ScenarioRow {
                    index,
                    label: task.case.label,
                    values: task.case.values,
                    status: Status::Optimal,
                    reason: None,
                    route: Some("cold".to_owned()),
                    handed_over: None,
                    rebuilt: None,
                    integers: None,
                    pick_proved: Some(1),
                    pick_within: None,
                    excess: Some(0),
                    totals: None,
                },
                goals: Vec::new(),
                zones: vec![ZoneRow {
                    index,
                    zone: "z".to_owned(),
                    year: 2026,
                    need: 0,
                    covered: 0,
                    euro: index * 100,
                }],
                funds: Vec::new(),
                ledger: Vec::new(),
            }
        };
        tasks.into_iter().map(answer).collect()
    }
}

fn manifest() -> Manifest {
    Manifest {
        format: MANIFEST_FORMAT,
        kind: "sweep".to_owned(),
        tables: TABLE_FORMAT,
        program: "1.2.3".to_owned(),
        solver: "none".to_owned(),
        model: BTreeMap::new(),
        sweep: BTreeMap::new(),
        id: "trial".to_owned(),
        title: "A trial".to_owned(),
        seed: None,
        axes: vec!["k".to_owned()],
        count: 20,
        block: 8,
        shard: None,
        ledger: false,
        route: Route::Auto,
        integers: "resolve".to_owned(),
        names: RunNames::default(),
        check: String::new(),
    }
}

/// Runs what is missing; gives what was asked, and how many scenarios the watch was told of.
fn go(folder: &Path, stop: bool) -> (Ended, Vec<(u64, bool)>, u64) {
    let mut open = RunFolder::open(folder, &manifest(), true).unwrap();
    let answerer = Remembers::default();
    let (stop, told) = (AtomicBool::new(stop), AtomicU64::new(0));
    let advanced = |n| {
        told.fetch_add(n, Ordering::Relaxed);
    };
    let watch = Watch {
        stop: &stop,
        advanced: &advanced,
    };
    let threads = NonZeroUsize::new(2).unwrap();
    let ended = execute(&mut open, &manifest(), (&Named, &answerer), threads, watch).unwrap();
    let mut asked = answerer.asked.into_inner().unwrap();
    asked.sort_unstable();
    (ended, asked, told.into_inner())
}

fn note(folder: &Path, lines: &str) {
    let (whole, torn) = lines.rsplit_once('\n').unwrap();
    let before = fs::read_to_string(folder.join("journal")).unwrap();
    let mut all = chain::lines(&before);
    all.extend(whole.lines().map(str::to_owned));
    let journal = chain::journal(folder, &all);
    fs::write(folder.join("journal"), journal + torn).unwrap();
}

fn rows(folder: &Path) -> Vec<ScenarioRow> {
    let parts = Parts::of(folder);
    (0..3)
        .flat_map(|block| parts.read(block).unwrap())
        .collect()
}

/// A run that was begun and told to stop before its first block.
fn begun() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(
        go(&home.path().join("run"), true),
        (Ended::Stopped, vec![], 0)
    );
    home
}

#[test]
fn a_block_begun_twice_is_solved_one_by_one_on_the_route_asked_for() {
    let home = begun();
    let folder = home.path().join("run");
    note(
        &folder,
        "{\"started\":1}\n{\"started\":1}\n{\"alone\":8}\n{\"survived\":8}\n{\"alone\":9}\n{\"sta",
    );
    let (ended, asked, told) = go(&folder, false);
    assert_eq!((ended, told), (Ended::Complete, 20));
    assert_eq!(asked, (0..20).map(|k| (k, false)).collect::<Vec<_>>());
    assert!(
        rows(&folder)
            .iter()
            .all(|row| row.status == Status::Optimal)
    );
    let plain = tempfile::tempdir().unwrap();
    go(&plain.path().join("run"), false);
    let bytes =
        |folder: &Path| fs::read(folder.join("scenarios.parquet/part-00001.parquet")).unwrap();
    assert_eq!(bytes(&folder), bytes(&plain.path().join("run")));
    let journal = |folder: &Path| fs::read_to_string(folder.join("journal")).unwrap();
    assert_eq!(journal(&folder), journal(&plain.path().join("run")));
}

#[test]
fn a_scenario_that_always_ends_the_program_is_tried_cold_and_then_named_as_failed() {
    let home = begun();
    let folder = home.path().join("run");
    note(
        &folder,
        "{\"started\":1}\n{\"started\":1}\n{\"alone\":9}\n{\"alone\":9}\n{\"alone\":9}\n{\"alone\":12}\n{\"alone\":12}\n{\"alone\":12}\n{\"alone\":12}\n",
    );
    let (ended, asked, told) = go(&folder, false);
    assert_eq!((ended, told), (Ended::Complete, 20));
    assert_eq!(
        asked
            .iter()
            .filter(|(_, careful)| *careful)
            .collect::<Vec<_>>(),
        [&(9, true)]
    );
    assert!(asked.iter().all(|(index, _)| *index != 12));
    let rows = rows(&folder);
    assert_eq!(rows.len(), 20);
    for (k, row) in rows.iter().enumerate() {
        let wanted = if k == 12 {
            Status::Failed
        } else {
            Status::Optimal
        };
        assert_eq!(
            (usize::try_from(row.index).unwrap(), row.status),
            (k, wanted)
        );
    }
    assert_eq!(rows[12].label, "s12");
    assert!(rows[12].reason.as_ref().unwrap().contains("each time"));
}

#[test]
fn a_base_that_always_ends_the_program_is_done_without() {
    let home = begun();
    let folder = home.path().join("run");
    let open = || RunFolder::open(&folder, &manifest(), true).unwrap();
    for _ in 0..4 {
        // The program ends in between.
        assert!(open().begin_base().unwrap());
    }
    // Once it came to an end it is not at fault, whoever killed the runs before.
    let mut run = open();
    assert!(run.begin_base().unwrap());
    run.end_base().unwrap();
    drop(run);
    for _ in 0..5 {
        assert!(open().begin_base().unwrap());
    }
    assert!(!open().begin_base().unwrap());
    let (ended, asked, _) = go(&folder, false);
    assert_eq!((ended, asked.len()), (Ended::Complete, 20));
    let lines = fs::read_to_string(folder.join("journal")).unwrap();
    assert!(!lines.contains("base"), "{lines}");
}

#[test]
fn stopping_in_good_order_does_not_count_as_a_crash() {
    let home = begun();
    let folder = home.path().join("run");
    for _ in 0..3 {
        note(&folder, "{\"started\":0}\n{\"stopped\":0}\n");
    }
    let (_, asked, _) = go(&folder, false);
    assert_eq!(asked.len(), 20);
    let lines = fs::read_to_string(folder.join("journal")).unwrap();
    assert!(!lines.contains("alone"));
}

#[test]
fn one_run_at_a_time_has_the_folder() {
    let home = begun();
    let folder = home.path().join("run");
    let held = RunFolder::open(&folder, &manifest(), true).unwrap();
    let second = RunFolder::open(&folder, &manifest(), true);
    assert!(matches!(
        second,
        Err(RunError::Folder(
            mappafondo::report::FolderError::Locked { .. }
        ))
    ));
    drop(held);
    assert!(RunFolder::open(&folder, &manifest(), true).is_ok());
}

#[test]
fn what_was_half_written_goes_and_a_part_that_is_missing_is_made_again() {
    let home = begun();
    let folder = home.path().join("run");
    go(&folder, false);
    let zones = folder.join("zones.parquet");
    fs::write(zones.join(".mappafondo-part-00002.parquet"), "half").unwrap();
    let before = fs::read(zones.join("part-00002.parquet")).unwrap();
    fs::remove_file(zones.join("part-00002.parquet")).unwrap();
    let (_, asked, _) = go(&folder, false);
    assert_eq!(asked, (16..20).map(|k| (k, false)).collect::<Vec<_>>());
    assert_eq!(fs::read(zones.join("part-00002.parquet")).unwrap(), before);
    assert!(!zones.join(".mappafondo-part-00002.parquet").exists());
}

#[test]
fn a_journal_spoiled_in_the_middle_is_refused() {
    let home = begun();
    let folder = home.path().join("run");
    let journal = folder.join("journal");
    let mut bytes = fs::read(&journal).unwrap();
    bytes.extend(b"{\"started\":0}\nnonsense\n{\"started\":0}\n");
    fs::write(&journal, bytes).unwrap();
    let opened = RunFolder::open(&folder, &manifest(), true);
    assert!(
        matches!(opened, Err(RunError::Damaged { .. })),
        "{opened:?}"
    );
}
