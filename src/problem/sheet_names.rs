//! How the tables of a model are called where they are sheets of a workbook.

use super::sheet_phrases::{ENGLISH, ITALIAN};
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
    ("assumptions.csv", "Ipotesi", "Assumptions"),
    ("map.csv", "Mappa", "Map"),
];

/// A sentence that names sheets and columns where it named files and keys.
pub(super) fn in_sheets(sentence: String, language: Language) -> String {
    let phrases = match language {
        Language::Italian => ITALIAN,
        Language::English => ENGLISH,
    };
    let mut told = sentence;
    for (own, sheets) in phrases {
        if told.contains(own) {
            told = told.replace(own, sheets);
        }
    }
    if told.contains(".csv") {
        for (file, it, en) in SHEET_NAMES {
            let name = match language {
                Language::Italian => it,
                Language::English => en,
            };
            told = told.replace(file, &format!("\"{name}\""));
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentences of the problems of a model, as they stand in the code.
    const SENTENCES: [&str; 7] = [
        include_str!("value.rs"),
        include_str!("table.rs"),
        include_str!("toml_key.rs"),
        include_str!("logic.rs"),
        include_str!("reference.rs"),
        include_str!("remark.rs"),
        include_str!("riparto.rs"),
    ];

    /// What only a folder of files can have: separators, dialects, keys nobody knows.
    const OF_FILES: [&str; 4] = [
        "dialect",
        "[sweep]",
        "[files.",
        "togliere la dichiarazione da model.toml",
    ];

    #[test]
    fn no_sentence_names_a_key_or_a_file_in_a_workbook() {
        let mut seen = 0;
        for line in SENTENCES.iter().flat_map(|text| text.lines()) {
            let line = line.trim();
            let (language, rest) = match (line.strip_prefix("it: "), line.strip_prefix("en: ")) {
                (Some(rest), _) => (Language::Italian, rest),
                (_, Some(rest)) => (Language::English, rest),
                _ => continue,
            };
            if OF_FILES.iter().any(|own| rest.contains(own))
                || rest.contains("declaration from model.toml")
            {
                continue;
            }
            seen += 1;
            let sentence = rest
                .replace("\\\"", "\"")
                .replace("{{", "{")
                .replace("}}", "}");
            let told = in_sheets(sentence, language);
            let is_key = |word: &str| {
                let word =
                    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_' && c != '{');
                word.contains('_')
                    && !word.contains('{')
                    && word.chars().any(|c| c.is_ascii_lowercase())
            };
            let keys: Vec<&str> = told
                .split_whitespace()
                .filter(|word| is_key(word))
                .collect();
            let toml = [".csv", "model.toml", "[[", "= \"", "= true", "kind ="];
            let has_toml = toml.iter().any(|own| told.contains(own));
            assert!(keys.is_empty() && !has_toml, "{keys:?} in\n{told}");
        }
        assert!(seen > 200, "{seen}");
    }
}
