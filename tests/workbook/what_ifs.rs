//! The sheet of what-ifs: a scenario of a workbook by its name.

use std::fs;

use mappafondo::input::sheet_scenarios;
use mappafondo::model::Language;
use mappafondo::scenario::{Base, of_sheet};
use mappafondo::units::Euro;

use super::office::Office;
use super::program::{run, shown};
use super::read;

const SHEET: &[&str] = &[
    "Scenario|Titolo|Che cosa|Fondo|Azione|Zona|Anni|Come|Valore",
    "meno-20|Venti per cento in meno|Importo|f||||moltiplica per|%0.8",
    "doppio|Il doppio nella zona a|fabbisogno||x|a|#2026|moltiplica per|#2",
    "doppio||costo unitario||x|||aggiungi|1,50",
];

fn office() -> Office {
    Office::small().sheet("Scenari", SHEET)
}

#[test]
fn rows_of_one_name_are_a_scenario() {
    let at = tempfile::tempdir().unwrap();
    let path = at.path().join("modello.xlsx");
    for bytes in [office().bytes(), office().ods()] {
        fs::write(&path, bytes).unwrap();
        let scenarios = sheet_scenarios(&path).unwrap().unwrap();
        let names: Vec<&str> = scenarios.iter().map(|own| own.id.as_str()).collect();
        assert_eq!(names, ["meno-20", "doppio"]);
        let (base, inputs) = mappafondo::input::read_model(&path).unwrap();
        let after = |position: usize| {
            let (scenario, _) = of_sheet(&scenarios[position]).unwrap();
            Base::new(&inputs.files)
                .unwrap()
                .read(&[scenario])
                .unwrap()
                .0
        };
        // 80% of 1000.50.
        assert_eq!(after(0).amounts[0].euro, Euro::from_cents(80_040));
        let doubled = after(1);
        let units: Vec<String> = doubled
            .demands
            .iter()
            .map(|d| d.units.to_string())
            .collect();
        // 3 and 4 units before; a unit cost 10.50.
        assert_eq!(units, ["6", "4"]);
        assert_eq!(doubled.actions[0].unit_cost, [Euro::from_cents(1_200)]);
        assert_eq!(base.amounts[0].euro, Euro::from_cents(100_050));
    }
}

#[test]
fn a_scenario_is_used_by_its_name() {
    let at = tempfile::tempdir().unwrap();
    let path = at.path().join("modello.xlsx");
    fs::write(&path, office().bytes()).unwrap();
    let plan = at.path().join("piano");
    let (code, _, error) = run(&[
        "solve",
        shown(&path),
        "--scenario",
        "meno-20",
        "--out",
        shown(&plan),
    ]);
    assert_eq!(code, 0, "{error}");
    assert!(plan.join("dossier/scenarios/01-meno-20.toml").exists());
    let (code, out, error) = run(&["verify", shown(&plan)]);
    assert_eq!(code, 0, "{out}{error}");
    let (code, out, error) = run(&["check", shown(&path), "--scenario", "meno-02"]);
    let error = out + &error;
    assert!(
        code == 3 && error.contains("no scenario \"meno-02\"") && error.contains("\"meno-20\"?"),
        "{error}"
    );
}

#[test]
fn what_is_wrong_is_told_at_its_cell() {
    let refused = |row: &str, part: &str| {
        let office = Office::small().sheet("Scenari", &[SHEET[0], row]);
        let text = read(&office.bytes()).unwrap_err().text(Language::Italian);
        assert!(
            text.contains(part) && text.ends_with("\n1 problema.\n"),
            "{part}\n{text}"
        );
    };
    refused(
        "s|S|soldi|f||||moltiplica per|%0.8",
        "Scenari!C2: \"soldi\" non è fra i valori previsti.",
    );
    refused(
        "s|S|importo|f||||divide|%0.8",
        "Scenari!H2: \"divide\" non è fra i valori previsti.",
    );
    refused(
        "s|S|importo|f||||moltiplica per|",
        "Scenari!A2: manca il valore della colonna \"Valore\"",
    );
    refused(
        "s|S||f||||moltiplica per|%0.8",
        "Scenari!A2: manca il valore della colonna \"Che cosa\"",
    );
    refused("|S|importo|f||||moltiplica per|%0.8", "il valore manca");
    let at = tempfile::tempdir().unwrap();
    let path = at.path().join("modello.xlsx");
    let office = Office::small().sheet(
        "Scenari",
        &[SHEET[0], "s|S|importo|g||||moltiplica per|%0.8"],
    );
    fs::write(&path, office.bytes()).unwrap();
    let (code, out, error) = run(&["check", shown(&path), "--scenario", "s"]);
    let error = out + &error;
    assert!(
        code == 3 && error.contains("Scenari!D2") && error.contains("\"g\""),
        "{error}"
    );
}
