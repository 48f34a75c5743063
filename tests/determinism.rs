//! The same model gives the same bytes: whatever the threads, the language, the clock's zone, the folder, the order of rows.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "cli")]

mod generator;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::draw::draft;
use generator::{Files, shuffled};
use tempfile::TempDir;

/// Files whose content does not repeat the input: the same for the same model in another order.
const ABOUT_THE_MODEL: [&str; 7] = [
    "ledger.csv",
    "rules.csv",
    "unmet.csv",
    "zones.csv",
    "dossier/sheet.json",
    "dossier/certificate.json",
    "dossier/values.csv",
];

/// What a run leaves behind.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    code: Option<i32>,
    stdout: String,
    files: Files,
}

/// How a run is made.
struct How<'a> {
    model: &'a Path,
    /// Where it is run; the result goes into `out` there.
    folder: &'a Path,
    arguments: &'a [&'a str],
    variables: &'a [(&'a str, &'a str)],
}

fn run(how: &How<'_>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mappafondo"));
    command
        .current_dir(how.folder)
        .arg("solve")
        .arg(how.model)
        .args(["--out", "out"])
        .args(how.arguments);
    for name in [
        "LANG",
        "LANGUAGE",
        "LC_ALL",
        "LC_MESSAGES",
        "LC_NUMERIC",
        "TZ",
        "MAPPAFONDO_LOCALE",
        "RAYON_NUM_THREADS",
    ] {
        command.env_remove(name);
    }
    let output = command
        .envs(how.variables.iter().copied())
        .output()
        .unwrap();
    let mut files = Files::new();
    let out = how.folder.join("out");
    if out.exists() {
        collect(&out, &out, &mut files);
    }
    assert!(
        !files.is_empty(),
        "nothing written: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Run {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        files,
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// A model of the repository.
fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("models")
        .join(name)
}

fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".csv") || name == "model.toml" {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

fn write(folder: &Path, files: &Files) {
    fs::create_dir_all(folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Runs a model in a folder of its own.
fn run_with(model: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let home = TempDir::new().unwrap();
    run(&How {
        model,
        folder: home.path(),
        arguments,
        variables,
    })
}

#[track_caller]
fn same_files(what: &str, one: &Run, two: &Run) {
    assert_eq!(one.code, two.code, "{what}: exit code");
    let names = |run: &Run| run.files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(two), "{what}: names of files");
    for (name, bytes) in &one.files {
        assert!(*bytes == two.files[name], "{what}: {name} is not the same");
    }
}

#[track_caller]
fn same_tables(what: &str, one: &Run, two: &Run) {
    assert_eq!(one.code, two.code, "{what}: exit code");
    for name in ABOUT_THE_MODEL {
        let (one, two) = (one.files.get(name), two.files.get(name));
        assert!(one == two, "{what}: {name} is not the same");
    }
}

#[test]
fn threads_change_nothing() {
    for name in ["tiny", "toscana"] {
        let path = model(name);
        let one = run_with(&path, &["--threads", "1"], &[]);
        for threads in ["2", "8"] {
            let other = run_with(&path, &["--threads", threads], &[]);
            same_files(&format!("{name}, {threads} threads"), &one, &other);
            assert_eq!(one.stdout, other.stdout);
        }
        let again = run_with(&path, &[], &[("RAYON_NUM_THREADS", "3")]);
        same_files(
            &format!("{name}, as many threads as there are"),
            &one,
            &again,
        );
    }
}

#[test]
fn language_and_time_zone_of_the_machine_change_no_file() {
    let path = model("tiny");
    let plain = run_with(&path, &[], &[]);
    let variants: [&[(&str, &str)]; 7] = [
        &[("LANG", "it_IT.UTF-8")],
        &[("LC_ALL", "it_IT.UTF-8")],
        &[("LC_ALL", "C")],
        &[("LC_ALL", "de_DE.UTF-8"), ("LC_NUMERIC", "de_DE.UTF-8")],
        &[("TZ", "Pacific/Kiritimati")],
        &[("TZ", "America/St_Johns"), ("LC_ALL", "C.UTF-8")],
        &[("TZ", "UTC+12"), ("LANG", "it_IT.UTF-8")],
    ];
    for variables in variants {
        let other = run_with(&path, &[], variables);
        same_files(&format!("{variables:?}"), &plain, &other);
        let italian = variables.iter().any(|(_, value)| value.starts_with("it"));
        if !italian {
            assert_eq!(plain.stdout, other.stdout, "{variables:?}");
        }
    }
}

#[test]
fn where_the_model_is_and_where_it_is_run_change_nothing() {
    let home = TempDir::new().unwrap();
    let files = read(&model("tiny"));
    let copies = ["a", "un'altra cartella/più giù", "z/z/z/z"];
    let mut first: Option<Run> = None;
    for (position, copy) in copies.into_iter().enumerate() {
        let folder = home.path().join(copy).join("tiny");
        write(&folder, &files);
        let elsewhere = home.path().join(format!("run {position}"));
        fs::create_dir_all(&elsewhere).unwrap();
        let absolute = run(&How {
            model: &folder,
            folder: &elsewhere,
            arguments: &[],
            variables: &[],
        });
        let inside = run(&How {
            model: Path::new("tiny"),
            folder: folder.parent().unwrap(),
            arguments: &[],
            variables: &[],
        });
        same_files(copy, &absolute, &inside);
        assert_eq!(absolute.stdout, inside.stdout);
        match &first {
            None => first = Some(absolute),
            Some(first) => {
                same_files(copy, first, &absolute);
                assert_eq!(first.stdout, absolute.stdout);
            }
        }
    }
}

#[test]
fn running_again_over_a_result_changes_nothing() {
    let home = TempDir::new().unwrap();
    let how = How {
        model: &model("tiny"),
        folder: home.path(),
        arguments: &[],
        variables: &[],
    };
    let (one, two) = (run(&how), run(&how));
    same_files("again", &one, &two);
    assert_eq!(one.stdout, two.stdout);
}

#[test]
fn the_order_of_rows_and_columns_changes_nothing_of_the_answer() {
    let home = TempDir::new().unwrap();
    for name in ["tiny", "toscana"] {
        let files = read(&model(name));
        let plain = run_with(&model(name), &[], &[]);
        for seed in 1..=if name == "tiny" { 6 } else { 2 } {
            let folder = home.path().join(format!("{name}-{seed}"));
            write(&folder, &shuffled(&files, seed));
            same_tables(
                &format!("{name}, order {seed}"),
                &plain,
                &run_with(&folder, &[], &[]),
            );
        }
    }
}

#[test]
fn how_a_table_is_written_changes_nothing_of_the_answer() {
    let home = TempDir::new().unwrap();
    let plain = run_with(&model("tiny"), &[], &[]);
    let mut files = read(&model("tiny"));
    for (name, bytes) in &mut files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let lines = if name.ends_with(".csv") {
            text.trim_end().replace('\n', "\r\n\r\n")
        } else {
            text.replace('\n', "\r\n")
        };
        *bytes = format!("\u{feff}{lines}").into_bytes();
    }
    let folder = home.path().join("tiny");
    write(&folder, &files);
    same_tables(
        "BOM, CRLF, blank lines, no last newline",
        &plain,
        &run_with(&folder, &[], &[]),
    );
}

#[test]
fn a_random_model_gives_the_same_bytes_every_time() {
    let home = TempDir::new().unwrap();
    let mut codes: BTreeMap<Option<i32>, usize> = BTreeMap::new();
    for seed in 1..=24 {
        let folder = home.path().join(format!("model-{seed}"));
        write(&folder, &draft(seed).files());
        let one = run_with(
            &folder,
            &["--threads", "1"],
            &[("LC_ALL", "C"), ("TZ", "Asia/Kathmandu")],
        );
        let two = run_with(
            &folder,
            &["--threads", "8"],
            &[("LC_ALL", "C"), ("TZ", "America/Caracas")],
        );
        same_files(&format!("seed {seed}"), &one, &two);
        assert_eq!(one.stdout, two.stdout);
        *codes.entry(one.code).or_default() += 1;
    }
    let known = codes.keys().all(|code| matches!(code, Some(0 | 4)));
    assert!(known, "exit codes {codes:?}");
}
