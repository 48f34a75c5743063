//! What offices write is taken; what is wrong is told at its cell.

use mappafondo::model::Language;
use mappafondo::units::{Euro, Exact};

use super::office::Office;
use super::{read, told};

/// The problems of a refused workbook, in English.
fn refused(office: &Office) -> String {
    match read(&office.bytes()) {
        Err(invalid) => invalid.text(Language::English),
        Ok((model, _)) => panic!("accepted: {}", told(&model)),
    }
}

fn check_refused(office: &Office, parts: &[&str]) {
    let text = refused(office);
    for part in parts {
        assert!(text.contains(part), "no \"{part}\" in\n{text}");
    }
    assert!(!text.contains(".csv"), "a file is named in\n{text}");
}

#[test]
fn a_small_workbook_is_a_model() {
    let (model, inputs) = read(&Office::small().bytes()).unwrap();
    assert_eq!(model.amounts[0].euro, Euro::from_cents(100_050));
    let amounts = String::from_utf8_lossy(&inputs.files["amounts.csv"]).into_owned();
    assert_eq!(
        amounts,
        "fund,year,euro,act,confidence,source\nf,2026,1000.50,DM 1,official,GU\n"
    );
    assert_eq!(model.warnings, Vec::new());
}

#[test]
fn numbers_are_taken_as_offices_write_them() {
    let small = read(&Office::small().bytes()).unwrap().0;
    for euro in ["1.000,50", "€ 1.000,5", "1000,50 €", "#1000.5"] {
        let row = format!("f|2026|{euro}|DM 1|Ufficiale|GU");
        let office = Office::small().row("Importi", 2, &row);
        assert_eq!(
            told(&read(&office.bytes()).unwrap().0),
            told(&small),
            "{euro}"
        );
    }
    let office = Office::small()
        .row("Azioni", 2, "x|X|Area|!TRUE|Divisibile|ora|10,50|1")
        .row("Fabbisogni", 2, "x|a|2026|3,0")
        .row("Zone", 2, "a|A|20.000");
    assert_eq!(told(&read(&office.bytes()).unwrap().0), told(&small));
}

#[test]
fn a_percent_cell_is_a_share_and_a_day_a_day() {
    let office = Office::small()
        .row("Fondi", 1, "Fondo|Nome|Livello|Natura|Riporto|Ultima spesa")
        .row("Fondi", 2, "f|Fondo|stato|corrente|%0.405|@2026-12-31");
    let (model, inputs) = read(&office.bytes()).unwrap();
    assert_eq!(model.funds[0].carry_over, Exact::new(405, 1000));
    let funds = String::from_utf8_lossy(&inputs.files["funds.csv"]).into_owned();
    assert!(
        funds.ends_with("f,Fondo,state,current,40.5%,2026-12-31\n"),
        "{funds}"
    );
    let office = office.row("Fondi", 2, "f|Fondo|stato|corrente|40,5%|31/12/2026");
    assert_eq!(told(&read(&office.bytes()).unwrap().0), told(&model));
}

#[test]
fn titles_above_the_header_and_blank_rows_do_no_harm() {
    let small = read(&Office::small().bytes()).unwrap().0;
    let office = Office::small()
        .insert(
            "Importi",
            1,
            &["Importi dei fondi, anno 2026", "", "in euro"],
        )
        .insert("Fabbisogni", 3, &["", ""])
        .insert("Zone", 1, &["", ""]);
    assert_eq!(told(&read(&office.bytes()).unwrap().0), told(&small));
    // The place follows the rows.
    let office = office.row("Importi", 5, "f|#2026|molto|DM 1|ufficiale|GU");
    check_refused(
        &office,
        &["[model::amount] Importi!C5: \"molto\"", "1.234,56"],
    );
}

#[test]
fn a_number_that_is_no_whole_cent_is_refused_with_its_cell() {
    let office = Office::small().row("Importi", 2, "f|#2026|#1000.505|DM 1|ufficiale|GU");
    check_refused(
        &office,
        &[
            "Importi!C2: 1000.505 is not an amount in whole cents",
            "ROUND",
        ],
    );
    let office = Office::small().row("Importi", 2, "f|#2026|#-5|DM 1|ufficiale|GU");
    check_refused(&office, &["Importi!C2: "]);
}

#[test]
fn the_dialect_is_declared_and_never_guessed() {
    let english = Office::small()
        .row("Modello", 7, "Numeri nei testi|en")
        .row("Importi", 2, "f|#2026|1000.50|DM 1|ufficiale|GU");
    assert!(read(&english.bytes()).is_ok());
    let english = english.row("Importi", 2, "f|#2026|1.000,50|DM 1|ufficiale|GU");
    check_refused(&english, &["Importi!C2: \"1.000,50\" is not an amount"]);
    let undeclared =
        Office::small()
            .row("Modello", 7, "")
            .row("Importi", 2, "f|#2026|50.000|DM 1|ufficiale|GU");
    check_refused(
        &undeclared,
        &["Importi!C2: \"50.000\" is a text that can be read in two ways"],
    );
    let odd = Office::small().row("Modello", 7, "Numeri nei testi|come capita");
    check_refused(&odd, &["Modello!B7: \"come capita\""]);
}

#[test]
fn a_formula_counts_with_its_result_and_is_told() {
    let office = Office::small().row("Importi", 2, "f|#2026|=500+500.5→1000.5|DM 1|ufficiale|GU");
    let model = read(&office.bytes()).unwrap().0;
    assert_eq!(model.amounts[0].euro, Euro::from_cents(100_050));
    let warning = model
        .warnings
        .iter()
        .find(|w| w.code == "model::formula_cell")
        .unwrap();
    assert_eq!(warning.place, "Importi!C2");
    let office = Office::small().row("Importi", 2, "f|#2026|=1/0→#DIV/0!|DM 1|ufficiale|GU");
    check_refused(&office, &["Importi!C2: the cell holds the error #DIV/0!"]);
    let office = Office::small().row("Importi", 2, "f|#2026|=NA()→#N/A|DM 1|ufficiale|GU");
    check_refused(&office, &["Importi!C2: the cell holds the error #N/D"]);
}

#[test]
fn rows_of_totals_are_refused_in_every_sheet() {
    let office = Office::small().row("Importi", 3, "TOTALE||#1000.5");
    check_refused(&office, &["[model::total_row] Importi!A3"]);
    let office = Office::small().row("Matrice", 3, "Totale|#1");
    check_refused(&office, &["[model::total_row] Matrice!A3"]);
}

#[test]
fn what_the_reader_finds_is_told_at_cells() {
    let office = Office::small()
        .row("Importi", 2, "g|#2026|#5|DM 1|ufficiale|GU")
        .row("Fabbisogni", 3, "x|a|#2026|#4");
    check_refused(
        &office,
        &[
            "Importi!A2: fund \"g\" does not exist",
            "Fabbisogni!",
            "on line 2 and on line 3",
        ],
    );
    let office = Office::small().row("Importi", 1, "Fondo|Anno|Eur|Atto|Attendibilità|Fonte");
    check_refused(
        &office,
        &[
            "Importi!C1: column \"Eur\" is not known. Did you mean \"Euro\"?",
            "1 problem.",
        ],
    );
    let office = Office::small().row("Importi", 2, "f|#2026|#5|DM 1|ufficiale|GU|a margine");
    check_refused(&office, &["Importi!G2: \"a margine\" is outside the table"]);
    let office = Office::small().row("Matrice", 2, "x|forse");
    check_refused(&office, &["Matrice!B2: \"forse\" is not a mark"]);
    let office = Office::small().row("Matrice", 1, "Azione|h");
    check_refused(&office, &["Matrice!B1: \"h\" is not an id"]);
}

const RULES: &[&str] = &[
    "Codice|Titolo|Atto|Forza|Per ogni|Misura|Azioni misurate|Relazione|Limite|Quota|Base della quota",
    "meta|Metà|Piano|piano|anno|euro|x|almeno||%0.5|assegnato",
    "uno|Uno|Piano|obiettivo||unità|x|almeno|#2||",
];

#[test]
fn rules_are_read_one_per_row() {
    let model = read(&Office::small().sheet("Regole", RULES).bytes())
        .unwrap()
        .0;
    assert_eq!(model.rules.len(), 2);
    let office = Office::small().sheet("Regole", RULES).row(
        "Regole",
        2,
        "meta|Metà|Piano|piano|anno|euro|y|almeno||%0.5|assegnato",
    );
    check_refused(&office, &["Regole!G2: \"y\" is not an id"]);
    let office = Office::small().sheet("Regole", RULES).row(
        "Regole",
        2,
        "meta|Metà|Piano|forte|anno|euro|x|almeno||%0.5|assegnato",
    );
    check_refused(&office, &["Regole!D2: \"forte\""]);
    let office = Office::small().sheet("Regole", RULES).row(
        "Regole",
        2,
        "meta|Metà||piano|anno|euro|x|almeno||%0.5|assegnato",
    );
    check_refused(&office, &["Regole!A2"]);
    let office = Office::small().sheet("Regole", RULES).row(
        "Regole",
        2,
        "meta|Metà|Piano|piano|anno|euro|x|almeno|||",
    );
    check_refused(&office, &["Regole!"]);
    let office = Office::small().sheet("Regole", RULES).row(
        "Regole",
        2,
        "meta|Metà|Piano|piano|anno|euro|x|almeno||%0.5|base",
    );
    check_refused(&office, &["Regole!K2: \"base\""]);
    let bands = &[
        "Regola|Soglia|Valore della soglia|Quota",
        "altra|oltre|#5|%0.2",
    ];
    let office = Office::small().sheet("Regole", RULES).sheet("Fasce", bands);
    check_refused(
        &office,
        &["Fasce!A2: \"altra\" is not a row of the sheet \"Regole\""],
    );
}

#[test]
fn bands_hang_on_their_rule() {
    let rules = &[
        "Codice|Atto|Forza|Per ogni|Misura|Azioni misurate|Relazione|Base della quota|Indicatore delle fasce|Quota sotto le fasce",
        "fasce|Piano|piano|zona anno|euro|x|almeno|fabbisogno|residenti|%0",
    ];
    let bands = &[
        "Regola|Soglia|Valore della soglia|Quota",
        "fasce|oltre|#20000|%0.4",
        "fasce|oltre|10.000|20%",
    ];
    let office = Office::small().sheet("Regole", rules).sheet("Fasce", bands);
    let text = match read(&office.bytes()) {
        Ok((_, inputs)) => String::from_utf8_lossy(&inputs.files["model.toml"]).into_owned(),
        Err(invalid) => invalid.text(Language::English),
    };
    assert!(
        text.contains("above = [[\"20000\", \"40%\"], [\"10000\", \"20%\"]]"),
        "{text}"
    );
    let office = office.row("Fasce", 3, "fasce|oltre|tanti|20%");
    check_refused(&office, &["Fasce!C3: \"tanti\" is not a number"]);
}

#[test]
fn sheets_are_told_apart_by_their_names() {
    let office = Office::small().without("Modello");
    check_refused(
        &office,
        &["modello.xlsx: the sheet \"Modello / Model\" is missing"],
    );
    let office = Office::small().without("Zone");
    check_refused(&office, &["the sheet \"Zone / Zones\" is missing"]);
    let office = Office::small().renamed("Importi", "Inporti");
    check_refused(
        &office,
        &["Inporti: no sheet of a model has this name", "Importi"],
    );
    let office = Office::small().sheet("Amounts", &["fund|year"]);
    check_refused(
        &office,
        &["Amounts: this sheet and \"Importi\" are the same table"],
    );
    let office = Office::small().sheet("Appunti del 3 marzo", &["da rivedere"]);
    let model = read(&office.bytes()).unwrap().0;
    assert_eq!(model.warnings[0].place, "'Appunti del 3 marzo'");
}

#[test]
fn an_open_document_spreadsheet_is_the_same_workbook() {
    let office = Office::small()
        .row(
            "Importi",
            2,
            "f|#2026|1.000,50|DM 1 & <allegato>|ufficiale|GU",
        )
        .row("Fondi", 1, "Fondo|Nome|Livello|Natura|Riporto|Ultima spesa")
        .row("Fondi", 2, "f|Fondo|stato|corrente|%0.405|@2026-12-31");
    let (from_xlsx, from_ods) = (read(&office.bytes()).unwrap(), read(&office.ods()).unwrap());
    assert_eq!(told(&from_xlsx.0), told(&from_ods.0));
    assert_eq!(from_xlsx.1, from_ods.1);
    let office = office.row("Importi", 2, "f|#2026|#0.001|DM 1|ufficiale|GU");
    let text = read(&office.ods()).unwrap_err().text(Language::English);
    assert!(
        text.contains("Importi!C2: 0.001 is not an amount in whole cents"),
        "{text}"
    );
}

#[test]
fn english_names_are_the_same_sheets() {
    let small = read(&Office::small().bytes()).unwrap().0;
    let office = Office::small()
        .renamed("Importi", "Amounts")
        .row("Amounts", 1, "fund|YEAR|Euro|act|Confidence|source")
        .renamed("Modello", "model");
    assert_eq!(told(&read(&office.bytes()).unwrap().0), told(&small));
}
