//! What is given in place of what was asked for: things that are no files, lists without end, numbers out of any measure.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "cli")]

mod changes;
mod large;
#[path = "../common/program.rs"]
mod program;
mod shapes;
mod texts;
mod values;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// Whoever waits for a pipe waits without end: so long a wait is a hang, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(120);

fn mappafondo(language: &str) -> Command {
    let mut command = Command::from_std(program::program(language));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .timeout(PATIENCE);
    command
}

/// What a command says on both outputs, and its exit code.
fn said(language: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let output = mappafondo(language).args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// A copy of `models/tiny` with the text of some files changed.
fn tiny(edits: &[(&str, &dyn Fn(String) -> String)]) -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let model = home.path().join("model");
    program::copy("models/tiny", &model);
    for (file, edit) in edits {
        let text = fs::read_to_string(model.join(file)).unwrap();
        fs::write(model.join(file), edit(text)).unwrap();
    }
    (home, model)
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_any_file_is_refused_and_not_waited_for() {
    let (home, model) = tiny(&[]);
    let model = model.to_str().unwrap();
    let plan = home.path().join("plan");
    let plan = plan.to_str().unwrap();
    assert_eq!(said("it", &["solve", model, "--out", plan]).0, Some(0));
    let pipe = home.path().join("pipe.toml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let link = home.path().join("link.xlsx");
    std::os::unix::fs::symlink(&pipe, &link).unwrap();
    let (pipe, link) = (pipe.to_str().unwrap(), link.to_str().unwrap());
    let out = home.path().join("out");
    let out = out.to_str().unwrap();
    for (arguments, exit) in [
        (vec!["check", pipe], [3, 74]),
        (vec!["check", link], [3, 74]),
        (vec!["check", model, "--scenario", pipe], [3, 74]),
        (
            vec!["solve", model, "--scenario", "/dev/zero", "--out", out],
            [3, 74],
        ),
        (vec!["sweep", model, "--sweep", pipe, "--out", out], [3, 74]),
        (
            vec![
                "roll",
                plan,
                "--to",
                "2027",
                "--actuals",
                pipe,
                "--out",
                out,
            ],
            [74, 74],
        ),
        (vec!["convert", model, out, "--merge", link], [74, 74]),
        (vec!["verify", pipe], [3, 74]),
        (vec!["explain", pipe], [3, 74]),
        (
            vec!["report", plan, "--out", "x.html", "--explained", pipe],
            [2, 74],
        ),
        (vec!["compare", plan, pipe], [2, 74]),
    ] {
        let (code, text) = said("it", &arguments);
        assert!(
            exit.map(Some).contains(&code),
            "{arguments:?}: {code:?} {text}"
        );
        assert!(text.contains("errore"), "{arguments:?}: {text}");
        assert!(!Path::new(out).exists(), "{arguments:?}");
    }
    // A pipe among the files of a plan or a model.
    let ledger = Path::new(plan).join("ledger.csv");
    fs::remove_file(&ledger).unwrap();
    std::os::unix::fs::symlink(pipe, &ledger).unwrap();
    for arguments in [["verify", plan, "--quiet"], ["compare", plan, plan]] {
        let (code, text) = said("it", &arguments);
        assert!(code.is_some_and(|code| code != 0), "{arguments:?}: {text}");
    }
    let needs = Path::new(model).join("needs.csv");
    fs::remove_file(&needs).unwrap();
    std::os::unix::fs::symlink(pipe, &needs).unwrap();
    assert_eq!(said("it", &["check", model]).0, Some(3));
}

#[test]
fn chains_of_zones_as_long_as_the_list_are_followed_once() {
    let chain = |text: String| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines[0] = lines[0].replace("zone,name", "zone,name,from,to,replaces");
        for line in lines.iter_mut().skip(1) {
            let (id, name, rest) = {
                let mut parts = line.splitn(3, ',');
                (
                    parts.next().unwrap(),
                    parts.next().unwrap(),
                    parts.next().unwrap(),
                )
            };
            let replaces = if id == "piana" { "z9999" } else { "" };
            *line = format!("{id},{name},,,{replaces},{rest}");
        }
        for k in 0..10_000 {
            let before = if k == 0 {
                String::new()
            } else {
                format!("z{}", k - 1)
            };
            lines.push(format!("z{k},Z{k},1990,1990,{before},1,1,1,1,0"));
        }
        lines.join("\n") + "\n"
    };
    let (_home, model) = tiny(&[("zones.csv", &chain)]);
    let (code, text) = said("en", &["check", model.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn circles_of_zones_are_told_once_each() {
    let circles = |_: String| {
        "zone,name,replaces,residenti,famiglie,minori,assistenti_in_servizio,montana\n\
         collina,Collina,c,20000,137,3150,3.2,1\npiana,Piana,,30000,363,4850,4.1,0\n\
         a,A,b,1,1,1,1,0\nb,B,a,1,1,1,1,0\nc,C,c,1,1,1,1,0\n"
            .to_owned()
    };
    let (_home, model) = tiny(&[("zones.csv", &circles)]);
    let (code, text) = said("en", &["check", model.to_str().unwrap()]);
    assert_eq!(code, Some(3));
    let told: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("model::cycle"))
        .collect();
    assert_eq!(told.len(), 2, "{text}");
    assert!(told.iter().any(|line| line.contains("a → b → a")), "{text}");
    assert!(told.iter().any(|line| line.contains("c → c")), "{text}");
}

#[test]
fn a_deadline_moved_by_absurd_months_is_refused_at_its_line() {
    for months in [
        "2147483647",
        "-2147483648",
        "999999999",
        "99999999999999999999",
    ] {
        let (home, model) = tiny(&[]);
        let funds = fs::read_to_string(model.join("funds.csv")).unwrap();
        let mut lines: Vec<String> = funds.lines().map(str::to_owned).collect();
        let dated = lines[0].split(',').any(|name| name == "last_spend");
        if !dated {
            lines[0].push_str(",last_spend");
            for line in lines.iter_mut().skip(1) {
                line.push_str(",2028-12-31");
            }
        }
        fs::write(model.join("funds.csv"), lines.join("\n") + "\n").unwrap();
        let scenario = home.path().join("s.toml");
        let text = format!(
            "[scenario]\nformat = 1\nid = \"s\"\ntitle = \"S\"\n\n[[change]]\ntarget = \"deadline\"\nfund = \"fondo-sociale\"\nadd = \"{months}\"\n"
        );
        fs::write(&scenario, text).unwrap();
        let arguments = [
            "check",
            model.to_str().unwrap(),
            "--scenario",
            scenario.to_str().unwrap(),
        ];
        let (code, text) = said("it", &arguments);
        assert_eq!(code, Some(3), "{months}: {text}");
        assert!(text.contains("s.toml:9"), "{months}: {text}");
        assert!(!text.contains("/src/"), "{months}: {text}");
    }
}

#[test]
fn shares_with_thirty_digits_are_taken_exactly_or_refused() {
    // A third with thirty digits of 90,071,992,547,409.92 euro: rounded down to the cent, 30,023,997,515,803.30.
    let share = "0.333333333333333333333333333333";
    let long = |text: String| text.replace("share = \"50%\"", &format!("share = \"{share}\""));
    let large = |text: String| text.replace("60000.01", "90071992547409.92");
    let (_home, model) = tiny(&[("model.toml", &long), ("amounts.csv", &large)]);
    let out = model.with_file_name("out");
    let arguments = [
        "solve",
        model.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    let (code, text) = said("it", &arguments);
    assert!(matches!(code, Some(0 | 3 | 4)), "{code:?} {text}");
}

#[cfg(unix)]
#[test]
fn what_a_killed_report_left_goes_with_the_next_one() {
    let (home, model) = tiny(&[]);
    let plan = home.path().join("plan");
    let arguments = [
        "solve",
        model.to_str().unwrap(),
        "--out",
        plan.to_str().unwrap(),
    ];
    assert_eq!(said("it", &arguments).0, Some(0));
    let folder = home.path().join("reports");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(".mappafondo-k1ll3d.part"), b"half a page").unwrap();
    let page = folder.join("plan.html");
    let arguments = [
        "report",
        plan.to_str().unwrap(),
        "--out",
        page.to_str().unwrap(),
    ];
    assert_eq!(said("it", &arguments).0, Some(0));
    let names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["plan.html"]);
}
