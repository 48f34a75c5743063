//! The commands from outside: what they print, what they write, how they end.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "cli")]

#[path = "common/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty, starts_with};
use tempfile::TempDir;

const TINY: &str = "models/tiny";

/// The program in English, whatever the machine speaks.
fn mappafondo() -> Command {
    let mut command = Command::from_std(program::program("en"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// A copy of `models/tiny` with one file changed.
struct Tiny {
    home: TempDir,
}

impl Tiny {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        program::copy(TINY, &home.path().join("model"));
        Self { home }
    }

    fn model(&self) -> PathBuf {
        self.home.path().join("model")
    }

    fn out(&self) -> PathBuf {
        self.home.path().join("out")
    }

    fn edit(self, file: &str, edit: impl FnOnce(String) -> String) -> Self {
        let path = self.model().join(file);
        let text = edit(fs::read_to_string(&path).unwrap());
        fs::write(path, text).unwrap();
        self
    }

    /// The amount of a fund is no amount.
    fn invalid() -> Self {
        Self::new().edit("amounts.csv", |text| text.replace("94592.18", "94.592,18"))
    }

    /// Two rules that cannot hold together.
    fn infeasible() -> Self {
        Self::new().edit("model.toml", |text| {
            text + r#"
[[rule]]
id = "tetto-educativa"
title = "Al massimo 10.000 euro l'anno di educativa"
law = { act = "Delibera di esempio 3/2026" }
strength = "plan"
for_each = ["year"]
measure = { euro = true, fund = "fondo-sociale", action = "educativa" }
at_most = { euro = "10000.00" }
"#
        })
    }

    fn solve(&self) -> Command {
        let mut command = mappafondo();
        command
            .arg("solve")
            .arg(self.model())
            .arg("--out")
            .arg(self.out());
        command
    }

    fn solved() -> Self {
        let tiny = Self::new();
        tiny.solve()
            .arg("--quiet")
            .assert()
            .code(0)
            .stdout(is_empty())
            .stderr(is_empty());
        tiny
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(
                    path.strip_prefix(folder).unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    files(folder)
        .keys()
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect()
}

#[test]
fn check_says_that_a_model_is_valid() {
    mappafondo()
        .args(["check", TINY])
        .assert()
        .code(0)
        .stdout(contains("The model is valid: 2 funds, 3 actions, 2 zones"))
        .stderr(is_empty());
    mappafondo()
        .args(["check", TINY, "--locale", "it"])
        .assert()
        .code(0)
        .stdout(contains("Il modello è valido: 2 fondi, 3 azioni, 2 zone"));
}

#[test]
fn check_lists_every_problem_on_standard_output() {
    let tiny = Tiny::invalid().edit("needs.csv", |text| text + "educativa,luna,2026,1\n");
    mappafondo()
        .arg("check")
        .arg(tiny.model())
        .assert()
        .code(3)
        .stdout(
            contains("amounts.csv:2")
                .and(contains("needs.csv:8"))
                .and(contains("luna")),
        )
        .stderr(is_empty());
    let json = mappafondo()
        .arg("check")
        .arg(tiny.model())
        .args(["--format", "json"])
        .assert()
        .code(3);
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(json["valid"], false);
    assert!(json["errors"].as_u64().unwrap() >= 2, "{json}");
    assert_eq!(json["problems"][0]["file"], "amounts.csv");
}

#[test]
fn check_tells_a_folder_that_is_not_there_from_a_wrong_model() {
    mappafondo()
        .args(["check", "no/such/model"])
        .assert()
        .code(74);
    let empty = tempfile::tempdir().unwrap();
    mappafondo()
        .arg("check")
        .arg(empty.path())
        .assert()
        .code(3)
        .stdout(contains("model.toml"));
}

#[test]
fn solve_writes_a_plan_that_spends_every_cent() {
    let tiny = Tiny::new();
    tiny.solve()
        .assert()
        .code(0)
        .stdout(starts_with("Due zone, due fondi, tre azioni\n").and(contains("214,592.20")))
        .stdout(contains('\u{1b}').not())
        .stderr(is_empty());
    let written = names(&tiny.out());
    let expected = [
        "dossier/certificate.json",
        "dossier/ledger.csv",
        "dossier/manifest.json",
        "dossier/model/actions.csv",
        "dossier/model/amounts.csv",
        "dossier/model/assumptions.csv",
        "dossier/model/eligibility.csv",
        "dossier/model/funds.csv",
        "dossier/model/model.toml",
        "dossier/model/needs.csv",
        "dossier/model/zones.csv",
        "dossier/sheet.json",
        "dossier/values.csv",
        "ledger.csv",
        "rules.csv",
        "summary.json",
        "unmet.csv",
        "zones.csv",
    ];
    assert_eq!(written, expected);
    let ledger = fs::read_to_string(tiny.out().join("ledger.csv")).unwrap();
    let cents = ledger.lines().skip(1).map(|line| {
        let (_, euro) = line.rsplit_once(',').unwrap();
        euro.replace('.', "").parse::<i64>().unwrap()
    });
    assert_eq!(cents.sum::<i64>(), 21_459_220, "{ledger}");
    // Nothing beside the folder: no lock, no half-written files.
    let mut beside: Vec<_> = fs::read_dir(tiny.home.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    beside.sort();
    assert_eq!(beside, ["model", "out"]);
}

/// Another solver proves the same plan with other margins.
#[cfg(feature = "highs")]
#[test]
fn the_readme_shows_what_solve_says() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, after) = readme.split_once("What `solve` says").unwrap();
    let (_, example) = after.split_once("```text\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let tiny = Tiny::new();
    let output = tiny.solve().output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    for section in example.split("\n\n") {
        assert!(
            said.contains(section.trim_end()),
            "not in the output of solve:\n{section}\n\n{said}"
        );
    }
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let first = Tiny::solved();
    let second = Tiny::new();
    let elsewhere = tempfile::tempdir().unwrap();
    second
        .solve()
        .args(["--threads", "2", "--locale", "it", "-v"])
        .env("TZ", "Pacific/Auckland")
        .env("LC_ALL", "it_IT.UTF-8")
        .current_dir(elsewhere.path())
        .assert()
        .code(0);
    assert_eq!(files(&first.out()), files(&second.out()));
    // And a second run over the first.
    first.solve().assert().code(0);
    assert_eq!(files(&first.out()), files(&second.out()));
}

#[test]
fn solve_tells_programs_what_summary_json_says() {
    let tiny = Tiny::new();
    let output = tiny.solve().args(["--format", "json"]).assert().code(0);
    let printed: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let written: serde_json::Value =
        serde_json::from_slice(&fs::read(tiny.out().join("summary.json")).unwrap()).unwrap();
    assert_eq!(printed, written);
    assert_eq!(written["status"], "optimal");
    assert_eq!(written["totals"]["used"], "214592.20");
    assert_eq!(written["coverage"]["leps"]["coverage"], "1");
    assert_eq!(written["goals"][0]["value"], "111340.25");
    let text = written.to_string();
    assert!(
        !text.contains(tiny.home.path().to_str().unwrap()),
        "an absolute path: {text}"
    );
}

#[test]
fn solve_refuses_an_invalid_model_and_writes_nothing() {
    let tiny = Tiny::invalid();
    tiny.solve()
        .assert()
        .code(3)
        .stdout(is_empty())
        .stderr(contains("amounts.csv:2"));
    assert!(!tiny.out().exists());
    let refused = tiny
        .solve()
        .args(["--format", "json"])
        .assert()
        .code(3)
        .stdout(is_empty());
    let json: serde_json::Value = serde_json::from_slice(&refused.get_output().stderr).unwrap();
    assert_eq!(json["problems"][0]["line"], 2);
}

#[test]
fn solve_leaves_a_folder_of_others_alone() {
    let tiny = Tiny::new();
    fs::create_dir(tiny.out()).unwrap();
    fs::write(tiny.out().join("lettera.txt"), "cara zona").unwrap();
    tiny.solve()
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr(contains("lettera.txt"));
    assert_eq!(names(&tiny.out()), ["lettera.txt"]);
}

#[test]
fn solve_waits_for_nobody() {
    let tiny = Tiny::new();
    let held = mappafondo::report::OutputFolder::open(&tiny.out()).unwrap();
    tiny.solve()
        .assert()
        .code(2)
        .stderr(contains("another run"));
    tiny.solve()
        .args(["--locale", "it"])
        .assert()
        .code(2)
        .stderr(contains("un altro calcolo"));
    drop(held);
    tiny.solve().assert().code(0);
}

#[test]
fn a_disk_that_says_no_is_not_the_users_fault() {
    let tiny = Tiny::new();
    fs::write(tiny.out(), "a file where a folder should be").unwrap();
    let mut command = mappafondo();
    command
        .arg("solve")
        .arg(tiny.model())
        .arg("--out")
        .arg(tiny.out().join("below"));
    command.assert().code(74).stdout(is_empty());
}

#[test]
fn a_conflict_is_told_and_proved() {
    let tiny = Tiny::infeasible();
    tiny.solve().assert().code(4).stdout(
        contains("No plan is possible")
            .and(contains("Al massimo 10.000 euro"))
            .and(contains("Delibera di esempio 3/2026"))
            .and(contains("meta-ai-minori")),
    );
    let written = names(&tiny.out());
    assert!(
        written.iter().all(
            |name| ["summary.json", "conflict.json"].contains(&name.as_str())
                || name.starts_with("dossier/")
        ),
        "{written:?}"
    );
    assert!(written.contains(&"conflict.json".to_owned()), "{written:?}");
    assert!(
        !written.iter().any(|name| name.ends_with("ledger.csv")),
        "{written:?}"
    );
    let summary: serde_json::Value =
        serde_json::from_slice(&fs::read(tiny.out().join("summary.json")).unwrap()).unwrap();
    assert_eq!(summary["status"], "infeasible");
    mappafondo().arg("verify").arg(tiny.out()).assert().code(0);
    // A conflict makes room for the next plan.
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(TINY)
            .join("model.toml"),
        tiny.model().join("model.toml"),
    )
    .unwrap();
    tiny.solve().assert().code(0);
    assert!(tiny.out().join("ledger.csv").exists());
}

#[test]
fn verify_passes_what_solve_wrote_and_nothing_else() {
    let tiny = Tiny::solved();
    mappafondo()
        .arg("verify")
        .arg(tiny.out())
        .assert()
        .code(0)
        .stdout(contains("Verified"))
        .stderr(is_empty());
    mappafondo()
        .arg("verify")
        .arg(tiny.out().join("dossier"))
        .assert()
        .code(0);
    mappafondo()
        .arg("verify")
        .arg(tiny.out())
        .arg("--quiet")
        .assert()
        .code(0)
        .stdout(is_empty());
    for file in ["ledger.csv", "dossier/ledger.csv"] {
        let path = tiny.out().join(file);
        let ledger = fs::read_to_string(&path).unwrap();
        let (kept, _) = ledger.trim_end().rsplit_once('\n').unwrap();
        fs::write(&path, format!("{kept}\n")).unwrap();
    }
    mappafondo()
        .arg("verify")
        .arg(tiny.out())
        .assert()
        .code(6)
        .stdout(contains("Not verified"));
    let output = mappafondo()
        .arg("verify")
        .arg(tiny.out())
        .args(["--format", "json"])
        .assert()
        .code(6);
    let json: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(json["verified"], false);
}

#[test]
fn verify_tells_nothing_to_read_from_something_wrong() {
    mappafondo()
        .args(["verify", "no/such/dossier"])
        .assert()
        .code(74);
    mappafondo()
        .args(["verify", TINY])
        .assert()
        .code(3)
        .stderr(contains("not a dossier"));
}

#[test]
fn export_writes_what_the_end_of_the_name_says() {
    let tiny = Tiny::new();
    let export = |name: &str| {
        let mut command = mappafondo();
        command
            .arg("export")
            .arg(tiny.model())
            .arg("--out")
            .arg(tiny.home.path().join(name));
        command
    };
    export("tiny.lp")
        .assert()
        .code(0)
        .stdout(contains("goal value"))
        .stderr(is_empty());
    export("tiny.mps")
        .arg("--quiet")
        .assert()
        .code(0)
        .stdout(is_empty());
    let lp = fs::read_to_string(tiny.home.path().join("tiny.lp")).unwrap();
    let mps = fs::read_to_string(tiny.home.path().join("tiny.mps")).unwrap();
    assert!(lp.to_lowercase().contains("subject to") && mps.contains("ROWS"));
    for goal in ["1", "leximin", "at_risk"] {
        export("goal.lp").args(["--goal", goal]).assert().code(0);
    }
    assert_ne!(
        fs::read_to_string(tiny.home.path().join("goal.lp")).unwrap(),
        lp
    );
    for goal in ["0", "6", "gloria"] {
        export("no.lp")
            .args(["--goal", goal])
            .assert()
            .code(2)
            .stderr(contains("leps, targets, leximin"));
    }
    export("tiny.txt")
        .assert()
        .code(2)
        .stderr(contains(".mps or .lp"));
    export("no/such/folder/tiny.lp").assert().code(74);
    assert!(!tiny.home.path().join("no.lp").exists());
}

#[test]
fn schema_and_completions_are_printed() {
    let output = mappafondo()
        .arg("schema")
        .assert()
        .code(0)
        .stderr(is_empty());
    let schema: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert!(schema["$schema"].is_string());
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        mappafondo()
            .args(["completions", shell])
            .assert()
            .code(0)
            .stdout(contains("mappafondo"));
    }
}

#[test]
fn wrong_arguments_are_refused_in_the_users_language() {
    mappafondo()
        .assert()
        .code(2)
        .stderr(contains("the command is missing"));
    mappafondo()
        .arg("solv")
        .assert()
        .code(2)
        .stderr(contains("Did you mean solve?"));
    mappafondo()
        .args(["solve", TINY])
        .assert()
        .code(2)
        .stderr(contains("--out <DIR> is missing"));
    mappafondo()
        .args(["check", TINY, "--locale", "fr"])
        .assert()
        .code(2)
        .stderr(contains("it, en"));
    mappafondo()
        .args([
            "solve",
            TINY,
            "--out",
            "x",
            "--time-limit",
            "-3",
            "--locale=it",
        ])
        .assert()
        .code(2)
        .stdout(is_empty());
    mappafondo()
        .args(["solve", TINY, "--out", "x", "--threads", "0"])
        .env("MAPPAFONDO_LOCALE", "it_IT.UTF-8")
        .assert()
        .code(2)
        .stderr(contains("errore").and(contains("numero intero da 1 in su")));
    assert!(!Path::new(env!("CARGO_MANIFEST_DIR")).join("x").exists());
}

#[test]
fn help_is_data_in_both_languages() {
    mappafondo()
        .arg("--help")
        .assert()
        .code(0)
        .stdout(contains("Exit codes"))
        .stderr(is_empty());
    mappafondo()
        .args(["--help", "--locale", "it"])
        .assert()
        .code(0)
        .stdout(contains("Codici di uscita"));
    mappafondo()
        .args(["solve", "--help"])
        .assert()
        .code(0)
        .stdout(contains("--time-limit"));
    mappafondo()
        .arg("--version")
        .assert()
        .code(0)
        .stdout(contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_limit_leaves_nothing_half_done() {
    let tiny = Tiny::new();
    let output = tiny
        .solve()
        .args(["--time-limit", "0.001"])
        .output()
        .unwrap();
    // A fast machine may be done by then.
    match output.status.code() {
        Some(0) => assert!(tiny.out().join("ledger.csv").exists()),
        Some(7) => {
            assert!(!tiny.out().exists() || tiny.out().join("dossier/certificate.json").exists())
        }
        other => panic!("{other:?}: {}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// Runs the program with standard output going to `stdout`; gives the exit code and what it said on standard error.
fn run_into(arguments: &[&str], stdout: Stdio) -> (Option<i32>, String) {
    let child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("mappafondo"))
        .args(arguments)
        .env("MAPPAFONDO_LOCALE", "en")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(
        run_into(&["schema"], writer.into()),
        (Some(0), String::new())
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_standard_output_is_said() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let (code, said) = run_into(&["schema"], full.into());
    assert_eq!(code, Some(74));
    assert!(said.contains("the disk is full"), "{said}");
}
