//! How the tables of a model are called where they are sheets of a workbook.

use crate::model::Language;

/// Each table with the name of its sheet, in Italian and English.
pub(crate) const SHEET_NAMES: [(&str, &str, &str); 13] = [
    ("zones.csv", "Zone", "Zones"),
    ("indicators.csv", "Indicatori", "Indicators"),
    ("funds.csv", "Fondi", "Funds"),
    ("amounts.csv", "Importi", "Amounts"),
    ("actions.csv", "Azioni", "Actions"),
    ("eligibility.csv", "Ammissibilità", "Eligibility"),
    ("needs.csv", "Fabbisogni", "Needs"),
    ("projects.csv", "Progetti", "Projects"),
    ("agreements.csv", "Accordi", "Agreements"),
    ("previous.csv", "Anni precedenti", "Previous"),
    ("actuals.csv", "Consuntivi", "Actuals"),
    ("assumptions.csv", "Assunzioni", "Assumptions"),
    ("map.csv", "Mappa", "Map"),
];

/// A sentence that names sheets where it named tables.
pub(super) fn in_sheets(sentence: String, language: Language) -> String {
    if !sentence.contains(".csv") {
        return sentence;
    }
    let mut told = sentence;
    for (file, it, en) in SHEET_NAMES {
        let name = match language {
            Language::Italian => it,
            Language::English => en,
        };
        told = told.replace(file, &format!("\"{name}\""));
    }
    told
}
