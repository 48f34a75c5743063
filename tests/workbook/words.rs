//! Problems of a workbook in the words of whoever filled it in: one mistake, one problem, no key of a file.

use mappafondo::model::Language;

use super::office::Office;
use super::read;

/// The problems of a refused workbook in Italian: as many as wanted, with these words, and without a word of the files.
fn check(office: &Office, number: usize, parts: &[&str]) {
    let invalid = match read(&office.bytes()) {
        Err(invalid) => invalid,
        Ok((model, _)) => panic!("accepted: {:?}", model.warnings),
    };
    let text = invalid.text(Language::Italian);
    assert_eq!(invalid.n_errors(), number, "{text}");
    for part in parts {
        assert!(text.contains(part), "no \"{part}\" in\n{text}");
    }
    for own in [
        "confidence",
        "unit_cost",
        "divisible",
        "at_least",
        "model.toml",
        ".csv",
        "[[",
        "_",
    ] {
        // The code in brackets is for programs.
        let told: String = text
            .lines()
            .map(|line| line.split_once(']').map_or(line, |(_, rest)| rest))
            .collect();
        assert!(!told.contains(own), "\"{own}\" in\n{text}");
    }
}

#[test]
fn a_missing_column_is_named_as_on_the_sheet() {
    let office = Office::small()
        .row("Importi", 1, "Fondo|Anno|Euro|Atto||Fonte")
        .row("Importi", 2, "f|#2026|#5|DM 1||GU");
    check(&office, 1, &["manca la colonna \"Attendibilità\""]);
    let office = Office::small().row("Importi", 1, "Fondo|Anno|Eurro|Atto|Attendibilità|Fonte");
    check(
        &office,
        1,
        &[
            "Importi!C1: la colonna \"Eurro\" non è prevista. Forse si intendeva \"Euro\"? Colonne previste: Fondo, Anno, Zona, Euro, Atto, Attendibilità, Fonte, Nota.",
        ],
    );
}

#[test]
fn a_wrong_word_is_told_once_with_the_words_of_the_sheet() {
    let office = Office::small().row("Azioni", 2, "x|X|Area|sì|unità|ora|#10.5|#1");
    check(
        &office,
        1,
        &[
            "Azioni!E2: \"unità\" non è fra i valori previsti.",
            "divisibile, unità intere, progetto.",
        ],
    );
    let office = Office::small().row("Importi", 2, "f|#2026|#5|DM 1|sicura|GU");
    check(
        &office,
        1,
        &[
            "Importi!E2: \"sicura\" non è fra i valori previsti.",
            "ufficiale, derivato, stima.",
        ],
    );
}

const HEAD: &str = "Codice|Titolo|Atto|Forza|Per ogni|Misura|Azioni misurate|Relazione|Limite|Quota|Base della quota";
const GOOD: &str = "meta|Metà|Piano|piano|anno|euro|x|almeno||%0.5|assegnato";

fn rule(row: &str) -> Office {
    Office::small().sheet("Regole", &[HEAD, row])
}

#[test]
fn a_rule_with_one_mistake_has_one_problem() {
    assert!(read(&rule(GOOD).bytes()).is_ok());
    check(
        &rule("meta|Metà|Piano|forte|anno|euro|x|almeno||%0.5|assegnato"),
        1,
        &["Regole!D2: \"forte\"", "legge, piano, traguardo, auspicio"],
    );
    check(
        &rule("meta|Metà|Piano|piano|anno|euri|x|almeno||%0.5|assegnato"),
        1,
        &["Regole!F2: \"euri\"", "\"euro\"?"],
    );
    check(
        &rule("meta|Metà|Piano|piano|anno|euro|x|alemno||%0.5|assegnato"),
        1,
        &["Regole!H2: \"alemno\"", "\"almeno\"?"],
    );
    check(
        &rule("meta|Metà|Piano|piano|anno|euro|x|almeno||%0.5|base"),
        1,
        &[
            "Regole!K2: \"base\"",
            "assegnato, programmato, fabbisogno, anno precedente",
        ],
    );
    check(
        &rule("meta|Metà|Piano|piano|mese|euro|x|almeno||%0.5|assegnato"),
        1,
        &["Regole!E2: \"mese\"", "fondo, azione, zona, anno"],
    );
    check(
        &rule("meta|Metà||piano|anno|euro|x|almeno||%0.5|assegnato"),
        1,
        &["\"Atto\""],
    );
    check(
        &rule("meta|Metà|Piano|piano|anno||x|almeno||%0.5|assegnato"),
        1,
        &["Misura"],
    );
    check(
        &rule("meta|Metà|Piano|piano|anno|euro|x|||%0.5|assegnato"),
        1,
        &["Relazione"],
    );
    check(
        &rule("meta|Metà|Piano|piano|anno|euro|x|almeno|||"),
        1,
        &["Limite"],
    );
    check(
        &rule("meta|Metà|Piano|piano|anno|euro|x|almeno||%0.5|"),
        1,
        &["Base della quota"],
    );
}

#[test]
fn a_misspelt_column_of_eight_rules_is_one_problem() {
    let head = HEAD.replace("Misura|", "Misurra|");
    let rows: Vec<String> = (0..8)
        .map(|n| GOOD.replace("meta", &format!("meta{n}")))
        .collect();
    let mut sheet = vec![head.as_str()];
    sheet.extend(rows.iter().map(String::as_str));
    let office = Office::small().sheet("Regole", &sheet);
    check(
        &office,
        1,
        &["Regole!F1: la colonna \"Misurra\" non è prevista. Forse si intendeva \"Misura\"?"],
    );
}

#[test]
fn a_missing_sheet_is_told_first_and_alone() {
    check(
        &Office::small().without("Azioni"),
        1,
        &["manca il foglio \"Azioni / Actions\""],
    );
    let office = Office::small()
        .without("Azioni")
        .without("Importi")
        .row("Zone", 2, "|||");
    check(&office, 2, &["Azioni / Actions", "Importi / Amounts"]);
    check(
        &Office::small().renamed("Importi", "Inporti"),
        1,
        &["Inporti: nessun foglio", "\"Importi\"?"],
    );
    check(
        &Office::small().without("Modello"),
        1,
        &["manca il foglio \"Modello / Model\""],
    );
}

#[test]
fn dates_and_decimals_are_told_in_the_form_of_the_sheet() {
    let fund =
        |last: &str| Office::small().row("Fondi", 2, &format!("f|Fondo|stato|corrente|{last}"));
    check(
        &fund("30 giugno 2026"),
        1,
        &["Fondi!E2: \"30 giugno 2026\"", "una data come 30/06/2026"],
    );
    check(
        &fund("#46203"),
        1,
        &["Fondi!E2: la cella contiene il numero 46203; come data sarebbe 30/06/2026."],
    );
    let office = Office::small()
        .sheet(
            "Fabbisogni da formula",
            &["Azione|Unità", "x|0,15 * residenti"],
        )
        .without("Fabbisogni");
    let office = office.sheet("Fabbisogni", &["Azione|Zona|Anno|Unità"]);
    check(
        &office,
        1,
        &[
            "'Fabbisogni da formula'!B2",
            "virgola decimale (scrivere il punto, come in 0.15)",
        ],
    );
}

#[test]
fn a_need_beside_a_formula_says_which_counts() {
    let formula = ["Azione|Unità", "x|residenti / 1000"];
    let office = Office::small().sheet("Fabbisogni da formula", &formula);
    check(
        &office,
        1,
        &["Scrivere sì nella colonna Sostituisce la formula"],
    );
    let office = office
        .row(
            "Fabbisogni",
            1,
            "Azione|Zona|Anno|Unità|Sostituisce la formula",
        )
        .row("Fabbisogni", 2, "x|a|#2026|#3|sì")
        .without("Matrice")
        .sheet("Matrice", &["Azione|f", "x|x"]);
    // The row of zone b stands beside the formula too.
    check(&office, 1, &["zona \"b\""]);
    let office = office.row("Fabbisogni", 3, "");
    let (model, _) = read(&office.bytes()).unwrap();
    let mut units: Vec<(usize, String)> = model
        .demands
        .iter()
        .map(|demand| (demand.zone.index(), demand.units.to_string()))
        .collect();
    units.sort();
    // Zone a: the row, 3. Zone b: 30,000 residents / 1000.
    assert_eq!(units, [(0, "3".to_owned()), (1, "30".to_owned())]);
    let idle = Office::small()
        .row(
            "Fabbisogni",
            1,
            "Azione|Zona|Anno|Unità|Sostituisce la formula",
        )
        .row("Fabbisogni", 2, "x|a|#2026|#3|sì");
    let (model, _) = read(&idle.bytes()).unwrap();
    assert!(
        model
            .warnings
            .iter()
            .any(|w| w.code == "model::replaces_nothing" && w.place == "Fabbisogni!A2")
    );
}

#[test]
fn a_comma_that_separates_arguments_is_told() {
    let formula = ["Azione|Unità", "x|max(0,15 * residenti)"];
    let office = Office::small()
        .sheet("Fabbisogni da formula", &formula)
        .row("Fabbisogni", 2, "")
        .row("Fabbisogni", 3, "");
    let (model, _) = read(&office.bytes()).unwrap();
    let told = model
        .warnings
        .iter()
        .find(|w| w.code == "model::expression")
        .unwrap();
    assert_eq!(told.place, "'Fabbisogni da formula'!B2");
}

#[test]
fn what_hangs_on_a_mistake_is_not_told_again() {
    let riparti = |head: &str, fund: &str| {
        Office::small()
            .sheet("Riparti", &[head, &format!("{fund}|confronto|DM 1")])
            .sheet(
                "Pesi dei riparti",
                &[
                    "Riparto del fondo|Indicatore|Peso",
                    "f|residenti|%0.6",
                    "f|residenti|%0.4",
                ],
            )
    };
    assert!(read(&riparti("Fondo|Ruolo|Atto", "f").bytes()).is_ok());
    check(
        &riparti("Fond0|Ruolo|Atto", "f"),
        1,
        &["Riparti!A1: la colonna \"Fond0\""],
    );
    check(
        &riparti("Fondo|Ruolo|Atto", "g"),
        2,
        &[
            "Riparti!A2: il fondo \"g\" non esiste",
            "'Pesi dei riparti'!A2: \"f\" non è una riga del foglio \"Riparti\"",
        ],
    );
    let office = riparti("Fondo|Ruolo|Atto", "f").row("Pesi dei riparti", 2, "h|residenti|%0.6");
    check(
        &office,
        1,
        &["'Pesi dei riparti'!A2: \"h\" non è una riga del foglio \"Riparti\""],
    );
    let office = riparti("Fondo|Ruolo|Atto", "f").row("Pesi dei riparti", 2, "f|residenti|tanto");
    check(
        &office,
        1,
        &["'Pesi dei riparti'!C2: \"tanto\" non è una quota"],
    );
    let office = riparti("Fondo|Ruolo|Atto", "f").without("Pesi dei riparti");
    check(
        &office,
        1,
        &["Riparti!A2: ", "Riempire il foglio Pesi dei riparti"],
    );
    check(
        &Office::small().row("Modello", 5, ""),
        1,
        &["manca la voce \"Inizio\""],
    );
    check(
        &Office::small().row("Modello", 1, "46203|Valore|Significato"),
        1,
        &["manca la colonna \"Voce\""],
    );
    let office = Office::small().row("Importi", 1, "Fondo|Anno|zzz|Atto|Attendibilità|Fonte");
    check(
        &office,
        1,
        &["Importi!C1: la colonna \"zzz\" non è prevista. Forse si intendeva \"Euro\"?"],
    );
}

#[test]
fn a_header_that_is_gone_is_one_problem() {
    let rules = &[
        "Codice|Atto|Forza|Per ogni|Misura|Azioni misurate|Relazione|Base della quota|Indicatore delle fasce|Quota sotto le fasce",
        "fasce|Piano|piano|zona anno|euro|x|almeno|fabbisogno|residenti|%0",
    ];
    let office = |head: &str| {
        let bands = &[head, "fasce|oltre|#20000|%0.4", "fasce|oltre|#10000|%0.2"];
        Office::small().sheet("Regole", rules).sheet("Fasce", bands)
    };
    check(
        &office("Regola|Soglia||Quota"),
        1,
        &["Fasce!C2: \"20000\" è fuori dalla tabella"],
    );
    check(
        &office("Regola|Soglia|tutto|Quota"),
        1,
        &["Fasce!C1: la colonna \"tutto\" non è prevista"],
    );
    let gap =
        office("Regola|Soglia|Valore della soglia|Quota").row("Fasce", 3, "fasce|oltre||%0.2");
    check(&gap, 1, &["Fasce!C3: il valore manca"]);
    let office = Office::small().row("Modello", 6, "Durata|#12");
    check(
        &office,
        1,
        &["Modello!A6: \"Durata\" non è una voce di questo foglio"],
    );
    let office = Office::small().row("Matrice", 1, "zzz|f");
    check(
        &office,
        1,
        &["Matrice!A1: non si trova la riga con i nomi delle colonne"],
    );
}
