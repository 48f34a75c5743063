//! Run tables of sweeps as sheets: the same rows, the same draws.

use std::fs;

use mappafondo::model::Language;
use mappafondo::sweep::Sweep;

use super::office::Office;
use super::root;

fn sweep_with(name: &str, table: Vec<u8>) -> Result<Sweep, String> {
    let text = fs::read_to_string(root().join("scenarios/tiny/table.toml")).unwrap();
    let text = text.replace("runs.csv", name);
    let beside = |wanted: &str| (wanted == name).then(|| table.clone());
    Sweep::parse("table.toml", &text, &beside).map_err(|e| e.text(Language::English))
}

#[test]
fn a_sheet_gives_the_same_draws_as_its_csv() {
    let csv = fs::read(root().join("scenarios/tiny/runs.csv")).unwrap();
    let from_csv = sweep_with("runs.csv", csv.clone()).unwrap();
    let text = String::from_utf8(csv).unwrap();
    let rows: Vec<String> = text.lines().map(|line| line.replace(';', "|")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let as_text = Office::empty().sheet("Scenari", &rows).bytes();
    let from_text = sweep_with("runs.xlsx", as_text).unwrap();
    let draws = |sweep: &Sweep| {
        let draw = |k| {
            let draw = sweep.draw(k);
            (draw.label, draw.values, draw.text)
        };
        (0..sweep.count()).map(draw).collect::<Vec<_>>()
    };
    assert_eq!(draws(&from_csv), draws(&from_text));
}

#[test]
fn numbers_of_a_sheet_need_no_dialect() {
    let header = fs::read_to_string(root().join("scenarios/tiny/runs.csv")).unwrap();
    let header = header.lines().next().unwrap().replace(';', "|");
    let rows = [header.as_str(), "uno|%0.925|#-1234.5|#3300.25"];
    let office = Office::empty().sheet("Scenari", &rows);
    let sweep = sweep_with("runs.xlsx", office.bytes()).unwrap();
    // The first is the base.
    let values: Vec<String> = sweep
        .draw(1)
        .values
        .into_iter()
        .map(|(_, value)| value)
        .collect();
    assert_eq!(values, ["0.925", "-1234.5", "3300.25"]);
}

#[test]
fn a_wrong_value_is_told_at_its_cell() {
    let csv = fs::read_to_string(root().join("scenarios/tiny/runs.csv")).unwrap();
    let header = csv.lines().next().unwrap().replace(';', "|");
    let rows = [header.as_str(), "", "uno|=NA()→#N/A"];
    let office = Office::empty().sheet("Scenari", &rows);
    let text = sweep_with("runs.xlsx", office.bytes()).unwrap_err();
    assert!(text.contains("'[runs.xlsx]Scenari'!B3"), "{text}");
    let text = sweep_with("runs.xlsx", b"label;a\n".to_vec()).unwrap_err();
    assert!(
        text.contains("runs.xlsx: the file is not an .xlsx or .ods workbook"),
        "{text}"
    );
}
