//! Second solvers agree: the exported programme, read by highspy (HiGHS's own Python package), glpsol (GLPK), cbc and SCIP, has the
//! optimum of our own engine within a cent; with the goals before it, what `solve` tells, within the gap it proves.
//!
//! `MAPPAFONDO_PYTHON`, `MAPPAFONDO_GLPSOL`, `MAPPAFONDO_CBC` and `MAPPAFONDO_SCIP` (a Python with pyscipopt) say where they are
//! (`scripts/env.sh` sets them); without these variables `.tools/venv/bin/python`, `glpsol` and `cbc` on PATH are tried. Where a tool is
//! missing the test says `SKIPPED` and passes.

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
use mappafondo::proposal::{Exported, Proposal, Wanted, from_plan};
use mappafondo::sheet::Claim;
use mappafondo::solve::{Options, Plan, solve};
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
static SCIP: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    tool(
        "MAPPAFONDO_SCIP",
        Path::new(".tools/venv/bin/python"),
        &["-c", "import pyscipopt"],
    )
});
static CBC: LazyLock<Option<PathBuf>> =
    LazyLock::new(|| tool("MAPPAFONDO_CBC", Path::new("cbc"), &["-quit"]));
static GLPSOL: LazyLock<Option<PathBuf>> =
    LazyLock::new(|| tool("MAPPAFONDO_GLPSOL", Path::new("glpsol"), &["--version"]));

const HIGHSPY: &str = r#"
import sys, highspy
highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
highs.setOptionValue("threads", 1)
assert highs.readModel(sys.argv[1]) == highspy.HighsStatus.kOk, "highspy does not read the file"
highs.run()
status = highs.getModelStatus()
assert status == highspy.HighsModelStatus.kOptimal, status
print(repr(highs.getInfo().objective_function_value))
"#;

const PYSCIPOPT: &str = r#"
import sys, pyscipopt
scip = pyscipopt.Model()
scip.hideOutput()
scip.readProblem(sys.argv[1])
scip.setParam("limits/gap", 0.0)
scip.optimize()
assert scip.getStatus() == "optimal", scip.getStatus()
print(repr(scip.getObjVal()))
"#;

/// The optimum by a script in Python, in the unit of the file; `None` where its package is missing.
fn by_python(python: Option<&PathBuf>, script: &str, file: &Path) -> Option<f64> {
    let output = Command::new(python?)
        .args(["-c", script])
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

fn highspy(file: &Path) -> Option<f64> {
    by_python(PYTHON.as_ref(), HIGHSPY, file)
}

fn scip(file: &Path) -> Option<f64> {
    by_python(SCIP.as_ref(), PYSCIPOPT, file)
}

/// The optimum by cbc, told nothing of the file but its name. What it prints has nine digits, its solution file all of them.
fn cbc(file: &Path) -> Option<f64> {
    let solution = file.with_extension("cbc");
    let mut command = Command::new(CBC.as_ref()?);
    command
        .arg(file)
        .args([
            "-ratioGap",
            "0",
            "-allowableGap",
            "0",
            "-solve",
            "-solution",
        ])
        .arg(&solution)
        .arg("-quit");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && !said.contains("default column names"),
        "{said}"
    );
    let solution = fs::read_to_string(&solution).unwrap_or_else(|why| panic!("{why}: {said}"));
    let first = solution.lines().next().unwrap();
    let value = first.strip_prefix("Optimal - objective value ");
    Some(value.unwrap_or_else(|| panic!("{first}")).parse().unwrap())
}

/// The optimum by glpsol, in the unit of the file; `None` where it is missing.
fn glpsol(file: &Path) -> Option<f64> {
    let solution = file.with_extension("sol");
    let mut command = Command::new(GLPSOL.as_ref()?);
    let is_mps = file.extension().is_some_and(|ending| ending == "mps");
    command.arg(if is_mps { "--freemps" } else { "--lp" });
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

type Solver = fn(&Path) -> Option<f64>;

/// Each with what it needs to be forgiven where columns are whole.
const SOLVERS: [(&str, Solver, f64); 4] = [
    ("highspy", highspy, WITHIN),
    ("glpsol", glpsol, GLPK_WHOLE_WITHIN),
    ("cbc", cbc, GLPK_WHOLE_WITHIN),
    ("scip", scip, GLPK_WHOLE_WITHIN),
];

/// What the first line of a file makes of the optimum of its objective.
fn value_of(text: &str, optimum: f64) -> f64 {
    let line = text.lines().next().unwrap();
    let told = line.split("value = ").nth(1).unwrap();
    let told = told.split(';').next().unwrap();
    let (sign, told) = match told.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, told),
    };
    let (times, over) = told.split_once("objective / ").unwrap();
    let times: f64 = times
        .strip_suffix(" x ")
        .map_or(1.0, |times| times.parse().unwrap());
    sign * optimum * times / over.parse::<f64>().unwrap()
}

type Writer = fn(&LinearProgram, &Objective) -> String;

fn compare(ending: &str, write: Writer, solvers: &[&str]) {
    let folder = TempDir::new().unwrap();
    for (name, kind) in CASES {
        let single = single(name, kind);
        let file = folder.path().join(format!("{name}-{kind}.{ending}"));
        let text = write(&single.program, &single.objective);
        fs::write(&file, &text).unwrap();
        let is_whole = single.program.columns.iter().any(|c| c.is_whole());
        for (solver, solve, whole_within) in SOLVERS.iter().filter(|of| solvers.contains(&of.0)) {
            let Some(found) = solve(&file) else { continue };
            let within = if is_whole { *whole_within } else { WITHIN };
            let off = value_of(&text, found) - single.optimum;
            let what = format!("{name} {kind} {ending} {solver}");
            assert!(
                off.abs() <= within,
                "{what}: off by {off} from {}",
                single.optimum
            );
            println!("{what}: off by {off:.6} euro");
        }
    }
}

#[test]
fn second_solvers_find_our_optimum_from_the_lp_file() {
    compare("lp", write::to_lp, &["highspy", "glpsol"]);
}

#[test]
fn second_solvers_find_our_optimum_from_the_mps_file() {
    compare("mps", write::to_mps, &["highspy", "glpsol"]);
}

// ---------------------------------------------------------------------------------------------------------------------
// With the goals before it

struct Solved {
    model: Model,
    plan: Plan,
    proposal: Proposal,
}

fn solved(name: &str) -> Solved {
    let (model, _) = read_model(&root().join("models").join(name)).unwrap();
    let plan = solve(&model, &Options::default()).unwrap();
    let proposal = from_plan(&model, &plan);
    Solved {
        model,
        plan,
        proposal,
    }
}

fn number(exact: &mappafondo::units::Exact) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "compared up to a cent")]
    let number = *exact.numer() as f64 / *exact.denom() as f64;
    number
}

/// Every goal, with those before it, from both files by every solver: at least what the plan has, and no more than its gap above it. `off`:
/// how far a solver may break rows and bounds, as part of the value.
fn goals_agree(name: &str, solvers: &[&str]) {
    let folder = TempDir::new().unwrap();
    let Solved {
        model,
        plan,
        proposal,
    } = solved(name);
    for (stage, line) in plan.stages.iter().zip(&proposal.goals) {
        let objective = &stage.objective;
        let wanted = Wanted::Goal(objective.goal, objective.level.max(1));
        let exported = Exported::kept(&model, &plan, &proposal, wanted).unwrap();
        for (ending, text) in [("lp", exported.to_lp()), ("mps", exported.to_mps())] {
            let file = folder.path().join(format!("goal.{ending}"));
            fs::write(&file, &text).unwrap();
            let (least, gap) = (number(&line.value), number(&line.gap));
            // A cent, or of shares a millionth: solvers keep the locks to about that.
            let within = if line.unit == "euro" { WITHIN } else { 1e-6 };
            for (solver, solve, _) in SOLVERS.iter().filter(|of| solvers.contains(&of.0)) {
                // Under four locks and more at their very optimum nothing is left but the solvers' tolerances (docs/export.md).
                if name == "toscana-2026" && matches!(line.kind, "at_risk" | "wishes") {
                    continue;
                }
                let Some(found) = solve(&file) else { continue };
                let found = value_of(&text, found);
                let what = format!("{name} {} {ending} {solver}: {found}", line.kind);
                assert!(
                    found >= least - within && found <= least + gap + within,
                    "{what}, and not {least} + {gap}"
                );
                println!("{what}, {:.9} above the plan", found - least);
            }
        }
    }
}

#[test]
fn every_goal_has_the_value_of_the_plan_in_every_solver() {
    let all = ["highspy", "glpsol", "cbc", "scip"];
    for name in ["tiny", "micro/me04", "micro/me17"] {
        goals_agree(name, &all);
    }
    goals_agree("toscana-2026", &["highspy", "cbc"]);
}

/// The pick is as far from its target as the plan says, in parts of a thousandth of a euro and of the sum.
#[test]
fn the_pick_has_the_distance_of_the_plan() {
    let folder = TempDir::new().unwrap();
    for name in ["tiny", "micro/me04"] {
        let Solved {
            model,
            plan,
            proposal,
        } = solved(name);
        let exported = Exported::kept(&model, &plan, &proposal, Wanted::Pick).unwrap();
        for (ending, text) in [("lp", exported.to_lp()), ("mps", exported.to_mps())] {
            let file = folder.path().join(format!("pick.{ending}"));
            fs::write(&file, &text).unwrap();
            let Claim::Proposal { pick, .. } = &proposal.certificate.claim else {
                panic!("{name}: no plan");
            };
            // Squares of cents by cents due, times 10^21.
            let told = pick.distance.parse::<f64>().unwrap() / 1e23;
            for (solver, solve, _) in SOLVERS
                .iter()
                .filter(|of| ["highspy", "scip"].contains(&of.0))
            {
                let Some(found) = solve(&file) else { continue };
                let off = found - told;
                // Quadratic solvers stop at a part of the sum.
                let within = 0.001 + 1e-4 * told;
                assert!(
                    off.abs() <= within,
                    "{name} {ending} {solver}: off by {off} from {told}"
                );
                println!("{name} {ending} {solver}: off by {off:.6} from {told}");
            }
        }
    }
}

/// Names are short, unique and told where they were cut, whatever the model calls its things.
#[test]
fn names_have_at_most_sixty_characters() {
    let single = single("toscana", "leps");
    let text = write::to_mps(&single.program, &single.objective);
    let words = |section: &str, next: &str| -> Vec<String> {
        let text = text.split(&format!("\n{section}\n")).nth(1).unwrap();
        let text = text.split(&format!("\n{next}")).next().unwrap();
        let lines = text.lines().filter(|line| !line.contains("MARKER"));
        lines
            .map(|line| line.split_whitespace().last().unwrap().to_owned())
            .collect()
    };
    let rows = words("ROWS", "COLUMNS");
    let distinct: std::collections::BTreeSet<&String> = rows.iter().collect();
    assert_eq!(distinct.len(), rows.len());
    assert!(rows.iter().all(|name| name.len() <= 60));
    let cut: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("* ") && line.contains(" is "))
        .collect();
    assert!(!cut.is_empty(), "no name of this model is long");
    for line in cut {
        let (short, full) = line[2..].split_once(" is ").unwrap();
        assert!(short.len() <= 60 && !full.is_empty(), "{line}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Through the program

/// The file the program writes is the text of the library, byte for byte: what is compared above is what people get.
#[test]
fn the_program_exports_what_the_library_writes() {
    let folder = TempDir::new().unwrap();
    let Solved {
        model,
        plan,
        proposal,
    } = solved("tiny");
    let second = Exported::kept(&model, &plan, &proposal, Wanted::Goal(1, 1)).unwrap();
    let pick = Exported::kept(&model, &plan, &proposal, Wanted::Pick).unwrap();
    let program = build(&model).unwrap();
    let first = objectives(&model, &program).unwrap().remove(0).unwrap();
    let first = Exported::alone(program, first);
    for (goal, exported) in [("1", first), ("targets", second), ("pick", pick)] {
        for (ending, text) in [("lp", exported.to_lp()), ("mps", exported.to_mps())] {
            let file = folder.path().join(format!("tiny.{ending}"));
            let mut command = cargo_bin_cmd!("mappafondo");
            command
                .arg("export")
                .arg(root().join("models/tiny"))
                .args(["--goal", goal, "--out"])
                .arg(&file)
                .assert()
                .success();
            assert_eq!(fs::read_to_string(&file).unwrap(), text, "{goal}");
        }
    }
}

/// What is said of the locks, of a file among those of a model, and of goals there are not.
#[test]
fn the_program_says_what_it_kept_and_where_it_wrote() {
    let folder = TempDir::new().unwrap();
    let run = |file: &Path, options: &[&str]| {
        let mut command = cargo_bin_cmd!("mappafondo");
        command
            .arg("export")
            .arg(root().join("models/tiny"))
            .args(["--locale", "en", "--out"])
            .arg(file)
            .args(options);
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let file = folder.path().join("tiny.lp");
    let (code, out, error) = run(&file, &[]);
    assert_eq!(code, Some(0));
    assert!(
        out.contains("kept at what the plan reaches") && !error.contains("warning"),
        "{out}{error}"
    );
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains("are kept at what the plan of `solve` has") && kept.contains("\n lock_"));
    let (_, out, _) = run(&file, &["--without-locks"]);
    assert!(out.contains("Without the goals before it"), "{out}");
    let alone = fs::read_to_string(&file).unwrap();
    assert!(alone.contains("without the goals before it") && !alone.contains("lock_"));
    assert_eq!(run(&file, &["--goal", "leximin-9"]).0, Some(2));
    assert_eq!(run(&file, &["--goal", "wishes"]).0, Some(2));
    fs::write(folder.path().join("model.toml"), "").unwrap();
    let (code, _, error) = run(&file, &["--goal", "1"]);
    assert!(
        code == Some(0) && error.contains("is in the folder of a model"),
        "{error}"
    );
}
