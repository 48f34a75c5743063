//! The scope of a base and the word for parts of years in a workbook: there and back, and in its own words.

use std::fs;
use std::path::Path;

use calamine::{Reader, Xlsx};
use mappafondo::input::read_model;
use mappafondo::model::Model;

use super::program::program;
use super::{case, model, with};

fn run(home: &Path, arguments: &[&str]) {
    let mut command = assert_cmd::Command::from_std(program("it"));
    command.current_dir(home).args(arguments).assert().code(0);
}

#[test]
fn what_a_bound_names_passes_through_a_workbook() {
    let files = with(
        case("quota-al-sud"),
        "model.toml",
        "share = \"40%\"",
        "share = \"40%\", zone = [\"nord\", \"sud\"], fund = \"all\", action = \"serv\", years = [2022]",
    );
    let files = with(
        files,
        "model.toml",
        "months = 12",
        "months = 6\npart_years = \"as_written\"",
    );
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("model");
    fs::create_dir(&folder).unwrap();
    for (name, text) in &files {
        fs::write(folder.join(name), text).unwrap();
    }
    run(home.path(), &["convert", "model", "model.xlsx"]);
    run(home.path(), &["convert", "model.xlsx", "back"]);
    let of = |path: &str| -> Model { read_model(&home.path().join(path)).unwrap().0 };
    let expected = model(&files);
    for path in ["model.xlsx", "back"] {
        let found = of(path);
        assert_eq!(found.rules, expected.rules, "{path}");
        assert_eq!(found.years, expected.years, "{path}");
    }
    let text = fs::read_to_string(home.path().join("back/model.toml")).unwrap();
    assert!(text.contains("part_years = \"as_written\""), "{text}");
    // None of it is left to the sheet of what has no column.
    let mut book: Xlsx<_> = calamine::open_workbook(home.path().join("model.xlsx")).unwrap();
    let names = book.sheet_names();
    assert!(!names.contains(&"Altro".to_owned()), "{names:?}");
    let rules = book.worksheet_range("Regole").unwrap();
    let header: Vec<String> = rules.rows().flatten().map(ToString::to_string).collect();
    for column in [
        "Fondi del limite",
        "Azioni del limite",
        "Zone del limite",
        "Anni del limite",
    ] {
        assert!(header.contains(&column.to_owned()), "{header:?}");
    }
}

#[test]
fn what_has_no_plan_is_told_at_its_row_of_the_sheet() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("model");
    fs::create_dir(&folder).unwrap();
    for (name, text) in case("minimi-oltre-il-fondo") {
        fs::write(folder.join(name), text).unwrap();
    }
    run(home.path(), &["convert", "model", "model.xlsx"]);
    let mut command = assert_cmd::Command::from_std(program("it"));
    command
        .current_dir(home.path())
        .args(["check", "model.xlsx"]);
    let told = String::from_utf8(command.assert().code(0).get_output().stdout.clone()).unwrap();
    let line = told
        .lines()
        .find(|line| line.contains("model::no_plan"))
        .unwrap();
    // The first rule of the sheet, under its header.
    assert!(line.contains("Regole!A2: Nessun piano"), "{line}");
}
