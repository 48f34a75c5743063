//! What a zone is sent, and what it sends back.

use mappafondo::input::read_model_from;
use mappafondo::model::Language;
use mappafondo::workbook::{Merged, merge, zone_workbook};

use super::office::Office;
use super::{Files, files_of};

/// A model with needs, dated indicators and actuals of two zones.
fn model() -> Files {
    let mut files = files_of("tiny");
    let indicators =
        "zone,year,indicator,value\ncollina,2026,minori,3150\npiana,2026,minori,4850\n";
    files.insert("indicators.csv".to_owned(), indicators.as_bytes().to_vec());
    let actuals = "fund,action,zone,date,assigned,committed,paid,reported\n\
                   fondo-sociale,educativa,collina,2026-06-30,1000.00,500.00,,\n";
    files.insert("actuals.csv".to_owned(), actuals.as_bytes().to_vec());
    read_model_from(&files).unwrap();
    files
}

/// What zone `collina` sends back, in rows.
fn returned() -> Office {
    Office::empty()
        .sheet(
            "Restituzione",
            &["Voce|Valore", "Zona|collina", "Numeri nei testi|1.234,56"],
        )
        .sheet(
            "Zona fabbisogni",
            &[
                "Zona|Azione|Anno|Unità inviate|Unità|Nota",
                "collina|educativa|#2026|#3|#3|",
            ],
        )
        .sheet(
            "Zona indicatori",
            &[
                "Zona|Indicatore|Anno|Valore inviato|Valore|Nota",
                "collina|assistenti_in_servizio||#3.2|#3.2|",
                "collina|minori|#2026|#3150|#3150|",
            ],
        )
        .sheet(
            "Zona spesa",
            &[
                "Zona|Fondo|Azione|Data|Assegnato|Impegnato|Pagato|Rendicontato|Nota",
                "collina|fondo-sociale|educativa|@2026-06-30|#1000|#500|||",
                "collina||||||||",
            ],
        )
}

fn taken(offices: &[(&str, &Office)]) -> Result<Merged, String> {
    let books: Vec<(String, Vec<u8>)> = offices
        .iter()
        .map(|(name, office)| ((*name).to_owned(), office.bytes()))
        .collect();
    merge(&model(), &books).map_err(|invalid| invalid.text(Language::English))
}

fn check_refused(office: &Office, parts: &[&str]) {
    let text = taken(&[("collina.xlsx", office)]).unwrap_err();
    for part in parts {
        assert!(text.contains(part), "no \"{part}\" in\n{text}");
    }
}

fn text(merged: &Merged, file: &str) -> String {
    String::from_utf8_lossy(&merged.files[file]).into_owned()
}

#[test]
fn a_workbook_that_comes_back_as_it_was_sent_changes_nothing() {
    let files = model();
    for language in [Language::Italian, Language::English] {
        let books: Vec<(String, Vec<u8>)> = ["collina", "piana"]
            .map(|zone| {
                (
                    format!("{zone}.xlsx"),
                    zone_workbook(&files, zone, language).unwrap(),
                )
            })
            .to_vec();
        let merged = merge(&files, &books).unwrap();
        assert_eq!(merged.taken, Vec::new());
        assert_eq!(merged.files, files);
    }
    assert_eq!(
        taken(&[("collina.xlsx", &returned())]).unwrap().files,
        files
    );
}

#[test]
fn what_a_zone_changed_is_taken_in() {
    let office = returned()
        .row(
            "Zona fabbisogni",
            2,
            "collina|educativa|2026|3|4,5|famiglie in lista d'attesa",
        )
        .row(
            "Zona indicatori",
            2,
            "collina|assistenti_in_servizio||#3.2|4,2|",
        )
        .row("Zona indicatori", 3, "collina|minori|#2026|#3150|3.200|")
        .row(
            "Zona spesa",
            3,
            "collina|quota-servizi|servizio-sociale|31/12/2026|2.000,00|#1500.5||",
        );
    let merged = taken(&[("posta/collina.xlsx", &office)]).unwrap();
    let needs = text(&merged, "needs.csv");
    assert!(
        needs.contains("educativa,collina,2026,4.5,famiglie in lista d'attesa\n"),
        "{needs}"
    );
    let zones = text(&merged, "zones.csv");
    assert!(
        zones.contains("collina,Collina,20000,137,3150,4.2,1\n"),
        "{zones}"
    );
    assert!(text(&merged, "indicators.csv").contains("collina,2026,minori,3200\n"));
    let actuals = text(&merged, "actuals.csv");
    assert!(
        actuals.ends_with("quota-servizi,servizio-sociale,collina,2026-12-31,2000.00,1500.50,,\n"),
        "{actuals}"
    );
    let first = &merged.taken[0];
    assert_eq!(first.what, "needs collina educativa 2026 units");
    assert_eq!(
        first.told(Language::Italian),
        "Fabbisogni, educativa 2026, Unità"
    );
    assert_eq!(
        first.told(Language::English),
        "Needs, educativa 2026, Units"
    );
    assert_eq!((first.before.as_str(), first.after.as_str()), ("3", "4.5"));
    assert_eq!(first.cell, "collina.xlsx 'Zona fabbisogni'!E2");
}

#[test]
fn two_workbooks_may_agree_and_may_not_disagree() {
    let first = returned().row("Zona fabbisogni", 2, "collina|educativa|#2026|#3|#4|");
    let merged = taken(&[("a.xlsx", &first), ("b.xlsx", &first)]).unwrap();
    assert_eq!(merged.taken.len(), 1);
    let second = returned().row("Zona fabbisogni", 2, "collina|educativa|#2026|#3|#5|");
    let text = taken(&[("a.xlsx", &first), ("b.xlsx", &second)]).unwrap_err();
    let wanted = "[merge::conflict] b.xlsx 'Zona fabbisogni'!E2: here is 5, but a.xlsx 'Zona fabbisogni'!E2 has 4 for the same figure";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn a_value_the_model_has_changed_since_is_a_conflict() {
    let office = returned().row("Zona fabbisogni", 2, "collina|educativa|#2026|#2|#4|");
    check_refused(
        &office,
        &[
            "[merge::stale] collina.xlsx 'Zona fabbisogni'!E2: the zone was sent 2, but the model now has 3",
        ],
    );
    // What the zone left alone is no conflict, and neither is what the model already has.
    let office = returned().row("Zona fabbisogni", 2, "collina|educativa|#2026|#2|#2|");
    assert_eq!(taken(&[("c.xlsx", &office)]).unwrap().taken, Vec::new());
    let office = returned().row("Zona fabbisogni", 2, "collina|educativa|#2026|#2|#3|");
    assert_eq!(taken(&[("c.xlsx", &office)]).unwrap().taken, Vec::new());
    let office = returned().row(
        "Zona spesa",
        2,
        "collina|fondo-sociale|educativa|@2026-06-30|#1000|#600|||",
    );
    check_refused(
        &office,
        &["'Zona spesa'!F2: here is 600.00, but actuals.csv has 500.00"],
    );
}

#[test]
fn a_zone_changes_only_its_own_rows() {
    let office = returned().row("Zona fabbisogni", 2, "piana|educativa|#2026|#5|#9|");
    check_refused(
        &office,
        &["[merge::zone] collina.xlsx 'Zona fabbisogni'!A2: this row belongs to zone \"piana\""],
    );
    let office = returned().row("Restituzione", 2, "Zona|collinna");
    check_refused(
        &office,
        &[
            "[merge::zone] collina.xlsx Restituzione!B2: zone \"collinna\" is not in this model",
            "\"collina\"",
        ],
    );
    let office = returned().row("Zona fabbisogni", 2, "collina|educative|#2026|#3|#4|");
    check_refused(
        &office,
        &[
            "[merge::key] collina.xlsx 'Zona fabbisogni'!B2: the model has no row \"educative 2026\"",
        ],
    );
    let office = returned().row("Zona indicatori", 2, "collina|name||#3.2|#4|");
    check_refused(&office, &["[merge::key]"]);
    let office = returned().row(
        "Zona spesa",
        3,
        "collina|altro|educativa|@2026-12-31|#1||||",
    );
    check_refused(&office, &["'Zona spesa'!B3: fund \"altro\" does not exist"]);
}

#[test]
fn what_cannot_be_read_is_told_at_its_cell() {
    let office = returned().row("Zona fabbisogni", 2, "collina|educativa|#2026|#3|tante|");
    check_refused(
        &office,
        &["collina.xlsx 'Zona fabbisogni'!E2: \"tante\" is not a number"],
    );
    let office = returned().row("Zona fabbisogni", 2, "collina|educativa|#2026|#3||");
    check_refused(
        &office,
        &["[merge::empty] collina.xlsx 'Zona fabbisogni'!E2"],
    );
    let office = returned().row("Zona spesa", 3, "collina|fondo-sociale|educativa||#1||||");
    check_refused(&office, &["'Zona spesa'!D3"]);
    let text = merge(&model(), &[("a.xlsx".to_owned(), b"no".to_vec())]).unwrap_err();
    assert!(
        text.text(Language::English)
            .contains("a.xlsx: the file is not an .xlsx or .ods workbook")
    );
    let other = Office::small();
    check_refused(
        &other,
        &["[merge::sheet] collina.xlsx: the sheet \"Restituzione / Return\" is missing"],
    );
}

#[test]
fn every_problem_of_every_workbook_is_told_and_nothing_taken() {
    let first = returned().row("Zona fabbisogni", 2, "collina|educativa|#2026|#3|tante|");
    let second = returned().row(
        "Zona spesa",
        3,
        "collina|altro|educativa|@2026-12-31|#1||||",
    );
    let text = taken(&[("a.xlsx", &first), ("b.xlsx", &second)]).unwrap_err();
    assert!(
        text.contains("a.xlsx ") && text.contains("b.xlsx "),
        "{text}"
    );
}
