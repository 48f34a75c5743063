//! `convert` and `init` as a user meets them, and every command on a workbook.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use mappafondo::input::read_model;
use mappafondo::model::Language;
use mappafondo::workbook::zone_workbook;

use super::office::Office;
use super::{files_of, root, told};

/// Runs the program; gives its exit code, standard output and standard error.
pub(crate) fn run(arguments: &[&str]) -> (i32, String, String) {
    let mut command: Command = assert_cmd::cargo::cargo_bin_cmd!("mappafondo");
    let output = command
        .args(arguments)
        .env("MAPPAFONDO_LOCALE", "en")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

pub(crate) fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_folder_becomes_a_workbook_and_a_folder_again() {
    let at = tempfile::tempdir().unwrap();
    let (model, book, folder) = (
        root().join("models/tiny"),
        at.path().join("tiny.xlsx"),
        at.path().join("tiny"),
    );
    let (code, out, _) = run(&["convert", shown(&model), shown(&book)]);
    assert_eq!(code, 0);
    assert!(
        out.contains("Written the workbook") && out.contains("comments of model.toml"),
        "{out}"
    );
    let (code, out, error) = run(&["convert", shown(&book), shown(&folder)]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(out.contains("model.toml"));
    let read = |path: &Path| told(&read_model(path).unwrap().0);
    assert_eq!(read(&model), read(&folder));
    // Again into the same places: nothing differs, so nothing is refused.
    assert_eq!(run(&["convert", shown(&model), shown(&book)]).0, 0);
    assert_eq!(run(&["convert", shown(&book), shown(&folder)]).0, 0);
    // What somebody changed is not replaced.
    fs::write(folder.join("zones.csv"), "zone,name\na,A\n").unwrap();
    let (code, _, error) = run(&["convert", shown(&book), shown(&folder)]);
    assert!(code == 2 && error.contains("zones.csv"), "{error}");
    fs::write(&book, Office::small().bytes()).unwrap();
    let (code, _, error) = run(&["convert", shown(&model), shown(&book)]);
    assert!(code == 2 && error.contains("is there already"), "{error}");
    let (code, _, error) = run(&["convert", shown(&model), shown(&at.path().join("x.ods"))]);
    assert!(code == 2 && error.contains("only .xlsx"), "{error}");
}

#[test]
fn a_workbook_is_a_model_for_every_command() {
    let at = tempfile::tempdir().unwrap();
    let book = at.path().join("tiny.xlsx");
    let bytes = mappafondo::workbook::model_workbook(&files_of("tiny"), Language::Italian).unwrap();
    fs::write(&book, &bytes).unwrap();
    let (code, out, _) = run(&["check", shown(&book)]);
    assert!(code == 0 && out.contains("The model is valid"), "{out}");
    let plan = at.path().join("piano");
    let (code, _, error) = run(&["solve", shown(&book), "--out", shown(&plan)]);
    assert_eq!(code, 0, "{error}");
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let manifest = fs::read_to_string(plan.join("dossier/manifest.json")).unwrap();
    assert!(
        manifest.contains(&format!("\"workbook\": \"{hash}\"")),
        "{manifest}"
    );
    assert_eq!(run(&["verify", shown(&plan)]).0, 0);
    // The plan is that of the folder.
    let other = at.path().join("altro");
    assert_eq!(
        run(&[
            "solve",
            shown(&root().join("models/tiny")),
            "--out",
            shown(&other)
        ])
        .0,
        0
    );
    let ledger = |folder: &Path| fs::read(folder.join("ledger.csv")).unwrap();
    assert!(ledger(&plan) == ledger(&other));
    let lp = at.path().join("tiny.lp");
    assert_eq!(run(&["export", shown(&book), "--out", shown(&lp)]).0, 0);
    // A change in one cell changes the plan: the officer's path.
    let changed = Office::small().row("Importi", 2, "f|#2026|molto|DM 1|ufficiale|GU");
    fs::write(&book, changed.bytes()).unwrap();
    let (code, out, _) = run(&["check", shown(&book), "--locale", "it"]);
    assert!(
        code == 3 && out.contains("Importi!C2: \"molto\" non è un importo"),
        "{out}"
    );
}

#[test]
fn a_sweep_runs_on_a_workbook() {
    let at = tempfile::tempdir().unwrap();
    let book = at.path().join("tiny.xlsx");
    let bytes = mappafondo::workbook::model_workbook(&files_of("tiny"), Language::English).unwrap();
    fs::write(&book, bytes).unwrap();
    let sweep = root().join("scenarios/tiny/table.toml");
    let out = at.path().join("sweep");
    let (code, _, error) = run(&[
        "sweep",
        shown(&book),
        "--sweep",
        shown(&sweep),
        "--out",
        shown(&out),
    ]);
    assert_eq!(code, 0, "{error}");
    let scenario = root().join("scenarios/tiny/pick-last-year.toml");
    if scenario.exists() {
        assert_eq!(
            run(&["check", shown(&book), "--scenario", shown(&scenario)]).0,
            0
        );
    }
}

#[test]
fn init_gives_a_model_to_start_from() {
    let at = tempfile::tempdir().unwrap();
    for locale in ["it", "en"] {
        let book = at.path().join(format!("{locale}.xlsx"));
        let folder = at.path().join(locale);
        let (code, out, _) = run(&[
            "init",
            shown(&folder),
            "--xlsx",
            shown(&book),
            "--locale",
            locale,
        ]);
        assert_eq!(code, 0);
        assert!(out.contains("mappafondo check"));
        let read = |path: &Path| told(&read_model(path).unwrap().0);
        assert_eq!(read(&book), read(&folder));
        let plan = at.path().join(format!("piano-{locale}"));
        assert_eq!(run(&["solve", shown(&book), "--out", shown(&plan)]).0, 0);
        // Nothing that somebody filled in is replaced.
        fs::write(&book, Office::small().bytes()).unwrap();
        assert_eq!(
            run(&["init", "--xlsx", shown(&book), "--locale", locale]).0,
            2
        );
    }
    let (code, _, error) = run(&["init"]);
    assert!(code == 2 && error.contains("missing"), "{error}");
}

#[test]
fn what_zones_send_back_is_taken_in_or_refused_whole() {
    let at = tempfile::tempdir().unwrap();
    let model = root().join("models/tiny");
    let sent = at.path().join("collina.xlsx");
    fs::write(
        &sent,
        zone_workbook(&files_of("tiny"), "collina", Language::Italian).unwrap(),
    )
    .unwrap();
    let target = at.path().join("nuovo");
    let (code, out, error) = run(&[
        "convert",
        shown(&model),
        shown(&target),
        "--merge",
        shown(&sent),
    ]);
    assert_eq!(code, 0, "{error}");
    assert!(!out.contains("taken in"), "{out}");
    let changed = Office::empty()
        .sheet("Restituzione", &["Voce|Valore", "Zona|collina"])
        .sheet(
            "Zona fabbisogni",
            &[
                "Zona|Azione|Anno|Unità inviate|Unità",
                "collina|educativa|#2026|#3|#4",
            ],
        );
    fs::write(&sent, changed.bytes()).unwrap();
    let target = at.path().join("cambiato.xlsx");
    let arguments = [
        "convert",
        shown(&model),
        shown(&target),
        "--merge",
        shown(&sent),
        "--format",
        "json",
    ];
    let (code, out, _) = run(&arguments);
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["taken"][0]["after"], "4");
    let stale = changed.row("Zona fabbisogni", 2, "collina|educativa|#2026|#7|#4");
    fs::write(&sent, stale.bytes()).unwrap();
    let target = at.path().join("mai");
    let (code, _, error) = run(&[
        "convert",
        shown(&model),
        shown(&target),
        "--merge",
        shown(&sent),
    ]);
    assert!(
        code == 3 && error.contains("[merge::stale] collina.xlsx"),
        "{error}"
    );
    assert!(!target.exists());
    let gone = at.path().join("manca.xlsx");
    assert_eq!(
        run(&[
            "convert",
            shown(&model),
            shown(&target),
            "--merge",
            shown(&gone)
        ])
        .0,
        74
    );
}
