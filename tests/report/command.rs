//! The command from outside: files, refusals, exit codes.

use std::fs;

use predicates::prelude::*;

use crate::shared::{here, program, scratch, tiny};

pub(crate) fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_plan_that_was_changed_is_not_told() {
    let plan = scratch().join("changed");
    copy(tiny(), &plan);
    let ledger = plan.join("ledger.csv");
    let text = fs::read_to_string(&ledger).unwrap();
    fs::write(&ledger, text.replacen("8089.03", "8089.04", 1)).unwrap();
    let out = scratch().join("changed.xlsx");
    let mut command = program();
    command.arg("report").arg(&plan).arg("--out").arg(&out);
    command
        .assert()
        .code(6)
        .stderr(predicate::str::contains("ledger.csv"));
    assert!(!out.exists());
}

#[test]
fn a_form_that_is_not_written_is_refused_before_anything_is_read() {
    for (name, says) in [("x.doc", ".docx"), ("x.txt", ".xlsx"), ("x", ".xlsx")] {
        let out = scratch().join(name);
        let mut command = program();
        command.arg("report").arg("nowhere").arg("--out").arg(&out);
        command
            .assert()
            .code(2)
            .stderr(predicate::str::contains(says));
        assert!(!out.exists());
    }
}

#[test]
fn the_annex_in_pdf_is_written_or_refused_with_the_way_out() {
    let out = scratch().join("annex.pdf");
    let mut command = program();
    command.arg("report").arg(tiny()).arg("--out").arg(&out);
    if cfg!(feature = "pdf") {
        command.assert().success();
        assert!(fs::read(&out).unwrap().starts_with(b"%PDF-"));
    } else {
        let says = predicate::str::contains("PDF");
        command.assert().code(2).stderr(says);
    }
}

#[test]
fn the_dossier_alone_is_not_enough() {
    let out = scratch().join("dossier.xlsx");
    let mut command = program();
    command
        .arg("report")
        .arg(tiny().join("dossier"))
        .arg("--out")
        .arg(&out);
    command
        .assert()
        .code(2)
        .stderr(predicate::str::contains("summary.json"));
}

#[test]
fn a_model_without_a_plan_has_nothing_to_tell() {
    let model = scratch().join("no-plan-model");
    copy(&here("models/tiny"), &model);
    let toml = model.join("model.toml");
    let mut text = fs::read_to_string(&toml).unwrap();
    text.push_str(
        "\n[[rule]]\nid = \"troppo\"\ntitle = \"Troppo\"\nlaw = { act = \"Esempio\" }\nstrength = \"plan\"\nmeasure = { euro = true, action = \"tirocini\" }\nat_least = { euro = \"900000000\" }\n",
    );
    fs::write(&toml, text).unwrap();
    let plan = scratch().join("no-plan");
    let mut solve = program();
    solve
        .arg("solve")
        .arg(&model)
        .arg("--out")
        .arg(&plan)
        .arg("--quiet");
    solve.assert().code(4);
    let mut command = program();
    command
        .arg("report")
        .arg(&plan)
        .arg("--out")
        .arg(scratch().join("no-plan.csv"));
    command
        .assert()
        .code(4)
        .stderr(predicate::str::contains("no plan"));
}

#[test]
fn each_zone_gets_its_files_and_what_a_zone_filled_in_stays() {
    let zones = scratch().join("zones");
    let run = || {
        let mut command = program();
        command
            .arg("report")
            .arg(tiny())
            .arg("--out")
            .arg(scratch().join("z.csv"));
        command
            .arg("--per-zone")
            .arg(&zones)
            .arg("--locale")
            .arg("it");
        command.assert()
    };
    run().success().stdout(predicate::str::contains("2 zone"));
    let mut names: Vec<String> = fs::read_dir(&zones)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".xlsx"))
        .collect();
    names.sort();
    assert_eq!(names, ["collina.xlsx", "piana.xlsx"]);
    run().success();
    fs::write(zones.join("piana.xlsx"), "filled in").unwrap();
    run().code(2).stderr(predicate::str::contains("piana.xlsx"));
    assert_eq!(
        fs::read_to_string(zones.join("piana.xlsx")).unwrap(),
        "filled in"
    );
}

#[test]
fn the_language_is_the_models_unless_one_is_asked_for() {
    let write = |name: &str, locale: Option<&str>| {
        let out = scratch().join(name);
        let mut command = program();
        command
            .arg("report")
            .arg(tiny())
            .arg("--out")
            .arg(&out)
            .arg("--quiet");
        if let Some(locale) = locale {
            command.arg("--locale").arg(locale);
        }
        command.assert().success();
        fs::read_to_string(out).unwrap()
    };
    let (own, asked) = (write("own.csv", None), write("asked.csv", Some("en")));
    assert!(own.contains("Sintesi della proposta") && own.contains("8089,03"));
    assert!(asked.contains("Summary of the proposal") && asked.contains("8089.03"));
}
