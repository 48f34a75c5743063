//! Folder to workbook to folder gives the same model.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use mappafondo::input::read_model_from;
use mappafondo::model::Language;
use mappafondo::workbook::model_workbook;

use super::generator::draw::draft;
use super::{Files, files_of, read, root, told};

fn reference_models() -> Vec<String> {
    let mut names: Vec<String> = ["tiny", "toscana", "piemonte", "toscana-2026"]
        .map(str::to_owned)
        .to_vec();
    let micro = std::fs::read_dir(root().join("models/micro")).unwrap();
    let micro = micro.filter_map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        entry.path().is_dir().then(|| format!("micro/{name}"))
    });
    names.extend(micro);
    names.sort();
    names
}

/// Checks one model in one language; gives the files that came back.
fn check(name: &str, files: &Files, language: Language) -> Files {
    let before = read_model_from(files).unwrap();
    let bytes = model_workbook(files, language).unwrap();
    if let Ok(dir) = std::env::var("KEEP_WORKBOOKS") {
        std::fs::write(
            format!("{dir}/{}-{language:?}.xlsx", name.replace('/', "-")),
            &bytes,
        )
        .unwrap();
    }
    let (after, inputs) = match read(&bytes) {
        Ok(read) => read,
        Err(invalid) => panic!("{name}: {}", invalid.text(Language::English)),
    };
    let (before_text, after_text) = (told(&before), told(&after));
    if before_text != after_text {
        let different = before_text
            .lines()
            .zip(after_text.lines())
            .find(|(a, b)| a != b);
        let toml = String::from_utf8_lossy(&inputs.files["model.toml"]).into_owned();
        panic!("{name}: {different:?}\n{toml}");
    }
    inputs.files
}

#[test]
fn every_reference_model_comes_back_the_same_in_both_languages() {
    for name in reference_models() {
        let files = files_of(&name);
        for language in [Language::Italian, Language::English] {
            check(&name, &files, language);
        }
    }
}

#[test]
fn the_files_that_come_back_are_a_fixed_point() {
    for name in ["tiny", "toscana", "micro/me20"] {
        let once = check(name, &files_of(name), Language::Italian);
        let twice = check(name, &once, Language::English);
        for (file, bytes) in &once {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert_eq!(text(bytes), text(&twice[file]), "{name}/{file}");
        }
        assert_eq!(once.len(), twice.len());
    }
}

/// Names of the sheets of a workbook.
fn sheets(bytes: &[u8]) -> Vec<String> {
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.sheet_names()
}

#[test]
fn every_key_of_the_reference_models_has_a_column() {
    for name in reference_models() {
        let bytes = model_workbook(&files_of(&name), Language::Italian).unwrap();
        assert!(!sheets(&bytes).contains(&"Altro".to_owned()), "{name}");
    }
}

#[test]
fn random_models_come_back_the_same() {
    for seed in 0..60 {
        let files = draft(seed).files();
        if read_model_from(&files).is_err() {
            continue;
        }
        let language = if seed % 2 == 0 {
            Language::Italian
        } else {
            Language::English
        };
        check(&format!("seed {seed}"), &files, language);
    }
}

#[test]
fn tables_of_another_dialect_and_odd_names_come_back() {
    let mut files = files_of("tiny");
    let toml = String::from_utf8(files["model.toml"].clone()).unwrap();
    let declared = "\n[files.projects]\ndialect = \"it\"\nencoding = \"windows-1252\"\n\n[files.agreements]\ndialect = \"it\"\n";
    files.insert(
        "model.toml".to_owned(),
        format!("{toml}{declared}").into_bytes(),
    );
    let projects = b"project;action;zones;item;nature;euro;profile\n\
        cup1;educativa;collina:1,5 piana:1.000,25;Citt\xe0;current;\x80 1.234,50;2026:33,3% 2027:66,7%\n";
    files.insert("projects.csv".to_owned(), projects.to_vec());
    let agreements = "agreement;kind;parties;actions;min_share\n\
        patto;joint;quota-servizi fondo-sociale;tirocini;quota-servizi:12,5% fondo-sociale:1,5/3\n";
    files.insert("agreements.csv".to_owned(), agreements.as_bytes().to_vec());
    // Names of the office that are also names of columns.
    let zones = "zone,name,residenti,famiglie,minori,assistenti_in_servizio,montana,fonte,dal,Nota\n\
        collina,Collina,20000,137,3150,3.2,1,Istat,3,a\npiana,Piana,30000,363,4850,4.1,0,Inps,4,b\n";
    files.insert("zones.csv".to_owned(), zones.as_bytes().to_vec());
    for language in [Language::Italian, Language::English] {
        let back = check("tiny in Italian", &files, language);
        let text = |name: &str| String::from_utf8(back[name].clone()).unwrap();
        let project = "cup1,educativa,collina:1.5 piana:1000.25,Città,current,1234.50,2026:33.3% 2027:66.7%\n";
        assert!(
            text("projects.csv").ends_with(project),
            "{}",
            text("projects.csv")
        );
        assert_eq!(text("zones.csv"), zones);
    }
}

#[test]
#[ignore = "campaign: 2,000 random models"]
fn many_random_models_come_back_the_same() {
    for seed in 1_000..3_000 {
        let files = draft(seed).files();
        if read_model_from(&files).is_ok() {
            check(&format!("seed {seed}"), &files, Language::Italian);
        }
    }
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let files = files_of("toscana");
    let first = model_workbook(&files, Language::Italian).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == model_workbook(&files, Language::Italian).unwrap());
}

#[test]
fn what_has_no_column_stands_in_the_last_sheet() {
    let mut files = files_of("tiny");
    let toml = String::from_utf8(files["model.toml"].clone()).unwrap();
    // A measure said twice and a title that ends with a line have no cell of their own.
    let toml = toml
        .replace(
            "{ units = true, action",
            "{ units = true, euro = false, action",
        )
        .replace(
            "\"Sei tirocini di inclusione nel 2026\"",
            "\"Sei tirocini\\n\"",
        );
    files.insert("model.toml".to_owned(), toml.into_bytes());
    let bytes = model_workbook(&files, Language::Italian).unwrap();
    assert!(sheets(&bytes).contains(&"Altro".to_owned()));
    check("tiny with others", &files, Language::Italian);
}
