//! Workbooks as offices keep them: `tests/data/cases/workbooks`, each with what it must give.

use std::path::PathBuf;

use mappafondo::input::read_model;
use mappafondo::model::{Language, Model};
use mappafondo::units::{Euro, Exact};

use super::root;

fn case(name: &str) -> PathBuf {
    root()
        .join("tests/data/cases/workbooks")
        .join(format!("{name}.xlsx"))
}

fn model(name: &str) -> Model {
    read_model(&case(name)).unwrap().0
}

fn refused(name: &str) -> String {
    read_model(&case(name)).unwrap_err().text(Language::Italian)
}

fn euro(model: &Model) -> Vec<Euro> {
    model.amounts.iter().map(|amount| amount.euro).collect()
}

#[test]
fn a_cap_of_one_less_ninety_percent_is_ten_percent() {
    let typed = read_model(&case("tetto-scritto-10")).unwrap().1.files;
    let computed = read_model(&case("tetto-1-meno-90")).unwrap().1.files;
    assert!(String::from_utf8_lossy(&typed["model.toml"]).contains("share = \"10%\""));
    assert_eq!(typed["model.toml"], computed["model.toml"]);
}

#[test]
fn formulas_give_what_they_show() {
    // Rows ready for later, all of formulas that give an empty text.
    assert_eq!(
        euro(&model("formule-che-danno-vuoto")),
        [Euro::from_cents(6_000_000)]
    );
    assert_eq!(
        euro(&model("somma-di-centesimi")),
        [Euro::from_cents(9_459_218)]
    );
}

#[test]
fn a_year_that_is_seen_is_taken() {
    let model = model("anno-che-si-vede-2026");
    assert_eq!(model.amounts[0].year, 2026);
    assert_eq!(euro(&model), [Euro::from_cents(6_000_000)]);
}

#[test]
fn a_hidden_row_is_named_and_a_merged_cell_told() {
    let model = model("riga-nascosta");
    let hidden: Vec<_> = model
        .warnings
        .iter()
        .filter(|w| w.code == "model::hidden")
        .collect();
    assert_eq!(hidden.len(), 1, "{:?}", model.warnings);
    assert_eq!(hidden[0].place, "Importi!A3");
    assert_eq!(
        hidden[0].italian,
        "la riga è nascosta, ma è letta. Mostrarla e controllarla, o toglierla."
    );
    let text = refused("celle-unite");
    assert!(
        text.contains("Importi!A3: A3 fa parte delle celle unite A2:A3"),
        "{text}"
    );
    assert!(text.ends_with("\n1 problema.\n"), "{text}");
}

#[test]
fn a_name_with_a_line_break_has_a_blank_where_it_is_printed() {
    let model = model("nome-a-capo");
    let name = &model.funds[0].name;
    assert_eq!(name, "Fondo sociale\nregionale");
    assert_eq!(
        mappafondo::report::text::terminal_text(name),
        "Fondo sociale regionale"
    );
    assert_eq!(model.zones.len(), 2);
    assert_eq!(model.funds[0].carry_over, Exact::from_integer(0));
}
