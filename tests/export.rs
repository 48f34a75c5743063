//! Second solvers agree: the exported programme, read by highspy (HiGHS's own Python package) and by glpsol (GLPK), has the optimum
//! of our own engine within a cent.
//!
//! `MAPPAFONDO_PYTHON` and `MAPPAFONDO_GLPSOL` say where they are (`scripts/env.sh` sets them); without these variables
//! `.tools/venv/bin/python` and `glpsol` on PATH are tried. Where a tool is missing the test says `SKIPPED` and passes.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod common;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use assert_cmd::cargo::cargo_bin_cmd;
use mappafondo::input::read_model;
use mappafondo::lp::{LinearProgram, Objective, build, objectives, write};
use mappafondo::model::Model;
use mappafondo::solve::{Options, solve};
use tempfile::TempDir;

/// The models and goals compared.
const CASES: [(&str, &str); 4] = [
    ("tiny", "leps"),
    ("tiny", "value"),
    ("toscana", "leps"),
    ("toscana", "value"),
];

/// How far two optima may be apart, in euro.
const WITHIN: f64 = 0.01;

/// The same for GLPK where columns are whole: it takes a number for whole that is 1e-5 off, which of a unit or a project of some
/// 100,000 euro is a euro, and has no option for it.
const GLPK_WHOLE_WITHIN: f64 = 1.0;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A single goal of a model, without the locks of earlier ones, and the optimum our engine finds, in euro.
struct Single {
    program: LinearProgram,
    objective: Objective,
    optimum: f64,
}

fn single(name: &str, kind: &str) -> Single {
    let (mut model, _): (Model, _) = read_model(&root().join("models").join(name)).unwrap();
    model.goals.retain(|goal| goal.word() == kind);
    assert_eq!(model.goals.len(), 1);
    let program = build(&model).unwrap();
    let objective = objectives(&model, &program).unwrap().remove(0).unwrap();
    assert_eq!(objective.unit, "cent");
    let plan = solve(&model, &Options::default()).unwrap();
    let optimum = plan.stages[0].value_in_unit() / 100.0;
    assert!(optimum > 1000.0, "{optimum}");
    Single {
        program,
        objective,
        optimum,
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// The second solvers

/// A program named by a variable, else tried where it usually is; `none` and what does not answer are missing.
fn tool(variable: &str, usual: &Path, probe: &[&str]) -> Option<PathBuf> {
    let said = env::var_os(variable).filter(|value| !value.is_empty());
    let program = said.map_or_else(
        || usual.to_path_buf(),
        |value: OsString| PathBuf::from(value),
    );
    let program = if program.is_relative() && program.components().count() > 1 {
        root().join(program)
    } else {
        program
    };
    let answers = Command::new(&program)
        .args(probe)
        .output()
        .is_ok_and(|output| output.status.success());
    if !answers {
        eprintln!(
            "SKIPPED: {} does not run ({variable}; scripts/setup.sh --second-solvers installs it)",
            program.display()
        );
    }
    answers.then_some(program)
}

static PYTHON: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    tool(
        "MAPPAFONDO_PYTHON",
        Path::new(".tools/venv/bin/python"),
        &["-c", "import highspy"],
    )
});
static GLPSOL: LazyLock<Option<PathBuf>> =
    LazyLock::new(|| tool("MAPPAFONDO_GLPSOL", Path::new("glpsol"), &["--version"]));

const HIGHSPY: &str = r#"
import sys, highspy
highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
highs.setOptionValue("threads", 1)
assert highs.readModel(sys.argv[1]) == highspy.HighsStatus.kOk, "highspy does not read the file"
assert highs.getLp().sense_ == highspy.ObjSense.kMaximize, "the sense is not maximise"
highs.run()
status = highs.getModelStatus()
assert status == highspy.HighsModelStatus.kOptimal, status
print(repr(highs.getInfo().objective_function_value))
"#;

/// The optimum by highspy, in the unit of the file; `None` where it is missing.
fn highspy(file: &Path) -> Option<f64> {
    let output = Command::new(PYTHON.as_ref()?)
        .args(["-c", HIGHSPY])
        .arg(file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(said.trim().parse().unwrap())
}

/// The optimum by glpsol, in the unit of the file; `None` where it is missing.
fn glpsol(file: &Path) -> Option<f64> {
    let solution = file.with_extension("sol");
    let mut command = Command::new(GLPSOL.as_ref()?);
    if file.extension().is_some_and(|ending| ending == "mps") {
        // GLPK knows no section OBJSENSE and refuses the file: its users take it out and say `--max`.
        let text = fs::read_to_string(file).unwrap();
        let plain = text.replacen("OBJSENSE\n    MAX\n", "", 1);
        assert_ne!(plain, text);
        fs::write(file, plain).unwrap();
        command.args(["--max", "--freemps"]);
    } else {
        command.arg("--lp");
    }
    // Its presolver is off by cents where the sum is billions.
    command
        .arg("--nopresol")
        .arg(file)
        .arg("--write")
        .arg(&solution);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    // `s bas ROWS COLUMNS PRIMAL DUAL OBJECTIVE`; `f` twice is a feasible primal and dual point. With whole columns
    // `s mip ROWS COLUMNS STATUS OBJECTIVE`; `o` is an optimal one.
    let solution = fs::read_to_string(&solution).unwrap_or_else(|why| panic!("{why}: {said}"));
    let line = solution
        .lines()
        .find(|line| line.starts_with("s bas") || line.starts_with("s mip"))
        .unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    let (proof, objective) = if words[1] == "mip" {
        (&words[4..5], words[5])
    } else {
        (&words[4..6], words[6])
    };
    assert!(proof == ["f", "f"] || proof == ["o"], "{said}");
    Some(objective.parse().unwrap())
}

#[track_caller]
fn check(found: Option<f64>, single: &Single, within: f64, what: &str) {
    let Some(found) = found else { return };
    #[expect(
        clippy::cast_precision_loss,
        reason = "scales of these models are small"
    )]
    let found = found / single.objective.scale as f64;
    let off = found - single.optimum;
    assert!(
        off.abs() <= within,
        "{what}: {found} and not {}, off by {off}",
        single.optimum
    );
    println!("{what}: {found:.4}, off by {off:.6} euro");
}

type Writer = fn(&LinearProgram, &Objective) -> String;

fn compare(ending: &str, write: Writer, solver: fn(&Path) -> Option<f64>, whole_within: f64) {
    let folder = TempDir::new().unwrap();
    for (name, kind) in CASES {
        let single = single(name, kind);
        let file = folder.path().join(format!("{name}-{kind}.{ending}"));
        fs::write(&file, write(&single.program, &single.objective)).unwrap();
        let is_whole = single.program.columns.iter().any(|c| c.is_whole());
        let within = if is_whole { whole_within } else { WITHIN };
        let what = format!("{name} {kind} {ending}");
        check(solver(&file), &single, within, &what);
    }
}

#[test]
fn highspy_finds_our_optimum_from_the_lp_file() {
    compare("lp", write::to_lp, highspy, WITHIN);
}

#[test]
fn highspy_finds_our_optimum_from_the_mps_file() {
    compare("mps", write::to_mps, highspy, WITHIN);
}

#[test]
fn glpsol_finds_our_optimum_from_the_lp_file() {
    compare("lp", write::to_lp, glpsol, GLPK_WHOLE_WITHIN);
}

#[test]
fn glpsol_finds_our_optimum_from_the_mps_file() {
    compare("mps", write::to_mps, glpsol, GLPK_WHOLE_WITHIN);
}

// ---------------------------------------------------------------------------------------------------------------------
// Through the program

/// The file the program writes is the text of the library, byte for byte: what is compared above is what people get.
#[test]
fn the_program_exports_what_the_library_writes() {
    let folder = TempDir::new().unwrap();
    let writers: [(&str, Writer); 2] = [("lp", write::to_lp), ("mps", write::to_mps)];
    for (ending, write) in writers {
        let file = folder.path().join(format!("tiny.{ending}"));
        let model = root().join("models/tiny");
        let mut command = cargo_bin_cmd!("mappafondo");
        command
            .arg("export")
            .arg(&model)
            .args(["--goal", "leps", "--out"])
            .arg(&file)
            .assert()
            .success();
        let single = single("tiny", "leps");
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            write(&single.program, &single.objective)
        );
    }
}
