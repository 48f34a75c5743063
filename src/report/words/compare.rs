//! `compare`: what changes from one plan to another.

use super::{Counted, Text, words};

words! {
    TITLE { it: "Che cosa cambia da un piano all'altro", en: "What changes from one plan to another" }
    TITLE_OF { it: "Che cosa cambia: piano {n} di {all}", en: "What changes: plan {n} of {all}" }
    FIRST { it: "Prima: {title} ({folder})", en: "Before: {title} ({folder})" }
    OTHER { it: "Dopo: {title} ({folder})", en: "After: {title} ({folder})" }
    NO_DIFFERENCE { it: "Nessuna differenza: i due piani sono uguali al centesimo.", en: "No difference: the two plans are the same to the cent." }
    STATUS_CHANGES { it: "Stato: prima {before}, dopo {after}.", en: "Status: {before} before, {after} after." }
    IS_OPTIMAL { it: "piano completo", en: "complete plan" }
    IS_LIMIT { it: "piano fermato da un limite", en: "plan stopped by a limit" }
    IS_INFEASIBLE { it: "nessun piano possibile", en: "no plan possible" }
    NO_PLAN { it: "Dove non c'è un piano non ci sono importi: non c'è altro da confrontare.", en: "Where there is no plan there are no amounts: there is nothing else to compare." }
    USED_MORE { it: "Si usano {euro} euro in più.", en: "{euro} euro more are used." }
    USED_LESS { it: "Si usano {euro} euro in meno.", en: "{euro} euro less are used." }
    USED_SAME { it: "Si usa lo stesso denaro.", en: "The same money is used." }
    TALLY_EURO { it: "Ricevono di più {more}, di meno {less}, come prima {same}.", en: "{more} receive more, {less} less, {same} as before." }
    TALLY_COVERAGE { it: "La parte coperta dei bisogni sale in {more}, scende in {less}, resta in {same}.", en: "The part of the needs that is covered rises in {more}, falls in {less}, stays in {same}." }

    TOTALS { it: "In tutto (euro)", en: "In all (euro)" }
    ITEM { it: "Voce", en: "Item" }
    BEFORE { it: "Prima", en: "Before" }
    AFTER { it: "Dopo", en: "After" }
    DIFFERENCE { it: "Differenza", en: "Difference" }
    T_ASSIGNED { it: "Assegnato", en: "Assigned" }
    T_USED { it: "Usato", en: "Used" }
    T_LEFT { it: "Resta per dopo il piano", en: "Left for after the plan" }
    T_LOST { it: "Perso", en: "Lost" }
    T_NEED { it: "Bisogno", en: "Need" }
    T_COVERED { it: "Bisogno coperto", en: "Need covered" }
    T_LEPS_NEED { it: "Bisogno dei livelli essenziali (LEPS)", en: "Need of the essential levels (LEPS)" }
    T_LEPS_COVERED { it: "Livelli essenziali coperti", en: "Essential levels covered" }
    T_UNLIMITED { it: "A bisogni senza limite", en: "To needs without a limit" }

    ZONES { it: "Zone: chi riceve di più e chi di meno (euro)", en: "Zones: who receives more and who less (euro)" }
    ZONE { it: "Zona", en: "Zone" }
    COVERAGE_BEFORE { it: "Coperto prima", en: "Covered before" }
    COVERAGE_AFTER { it: "Coperto dopo", en: "Covered after" }
    FUNDS { it: "Fondi (euro)", en: "Funds (euro)" }
    FUND { it: "Fondo", en: "Fund" }
    ASSIGNED_MORE { it: "Assegnato in più", en: "Assigned in addition" }
    USED_BEFORE { it: "Usato prima", en: "Used before" }
    USED_AFTER { it: "Usato dopo", en: "Used after" }
    ACTIONS { it: "Azioni (euro)", en: "Actions (euro)" }
    ACTION { it: "Azione", en: "Action" }
    UNMET_MORE { it: "Scoperto in più", en: "Uncovered in addition" }
    ZONE_FUNDS { it: "Fondi nelle zone (euro)", en: "Funds in the zones (euro)" }
    TOTAL { it: "Totale", en: "Total" }
    ONE_OTHER { it: "Un'altra riga", en: "One more row" }
    MANY_OTHERS { it: "Altre {n} righe", en: "{n} more rows" }
    ONE_SAME { it: "Una riga come prima", en: "One row as before" }
    MANY_SAME { it: "{n} righe come prima", en: "{n} rows as before" }
    ONLY_BEFORE { it: "{name} (solo prima)", en: "{name} (before only)" }
    ONLY_AFTER { it: "{name} (solo dopo)", en: "{name} (after only)" }

    GOALS { it: "Obiettivi, in ordine", en: "Goals, in order" }
    GOAL { it: "Obiettivo", en: "Goal" }
    G_LEPS { it: "Livelli essenziali coperti (euro)", en: "Essential levels covered (euro)" }
    G_TARGETS { it: "Quanto manca agli obiettivi (somma delle quote)", en: "Short of the targets (sum of the shares)" }
    G_WISHES { it: "Quanto manca ai desideri (somma delle quote)", en: "Short of the wishes (sum of the shares)" }
    G_LEXIMIN { it: "Zona meno servita, passo {level}", en: "Worst-served zone, step {level}" }
    G_VALUE { it: "Copertura pesata per priorità (euro)", en: "Coverage weighted by priority (euro)" }
    G_AT_RISK { it: "Denaro salvato dalle scadenze (euro)", en: "Money kept from its deadlines (euro)" }
    POINTS { it: "{value} punti percentuali", en: "{value} percentage points" }

    MOVES { it: "Che cosa compare, che cosa scompare", en: "What appears, what disappears" }
    PAY_NEW { it: "Pagamenti che prima non c'erano: {n}, per {euro} euro.", en: "Payments that were not there before: {n}, of {euro} euro." }
    PAY_GONE { it: "Pagamenti che non ci sono più: {n}, per {euro} euro.", en: "Payments that are gone: {n}, of {euro} euro." }
    PAY_OTHER { it: "Pagamenti con un altro importo: {n}.", en: "Payments with another amount: {n}." }
    PAYMENT { it: "{fund}, {action}, {zone}, {year}: {euro} euro", en: "{fund}, {action}, {zone}, {year}: {euro} euro" }
    NEED_OPEN { it: "Bisogni che prima erano coperti, o non c'erano, e ora sono scoperti almeno in parte: {n}, per {euro} euro.", en: "Needs that were covered before, or not there, and are now uncovered at least in part: {n}, by {euro} euro." }
    NEED_CLOSED { it: "Bisogni che prima erano scoperti almeno in parte, e ora sono coperti, o non ci sono: {n}, per {euro} euro.", en: "Needs that were uncovered at least in part before, and are now covered, or not there: {n}, by {euro} euro." }
    NEED { it: "{action}, {zone}, {year}: {euro} euro", en: "{action}, {zone}, {year}: {euro} euro" }
    RULE { it: "Vincolo \"{rule}\": prima {before}, ora {after} ({n}).", en: "Rule \"{rule}\": {before} before, {after} now ({n})." }
    ONE_CASE { it: "un caso", en: "one case" }
    MANY_CASES { it: "{n} casi", en: "{n} cases" }
    R_MET { it: "rispettato con margine", en: "met with room to spare" }
    R_BINDING { it: "al limite", en: "at its limit" }
    R_CARRIED { it: "da rispettare più avanti", en: "to be met later on" }
    R_SHORT { it: "non raggiunto", en: "not reached" }
    R_WAIVED { it: "sospeso", en: "waived" }
    R_EXCESS { it: "superato per arrotondamento", en: "exceeded by rounding" }
    R_ABSENT { it: "assente", en: "absent" }
    ONE_MORE_OF_THEM { it: "… e un altro.", en: "… and one more." }
    MORE_OF_THEM { it: "… e altri {n}.", en: "… and {n} more." }
    ONLY_THERE { it: "Zone, fondi o azioni che sono in uno solo dei due piani si confrontano con zero.", en: "Zones, funds or actions that only one of the plans has are compared with nothing." }
    OTHER_YEARS { it: "I due piani coprono anni diversi ({before} e {after}): i totali comprendono tutti i loro anni.", en: "The two plans cover different years ({before} and {after}): totals include all of their years." }
    ALL_FIGURES { it: "Tutte le cifre: --csv FILE, oppure --format json.", en: "All figures: --csv FILE, or --format json." }

    HELP { it: "Confronta uno o più piani con il primo", en: "Compares plans with the first one" }
    HELP_DIRS { it: "Cartelle scritte da solve; la prima è quella di confronto", en: "Folders written by solve; the first is the baseline" }
    HELP_FAIL { it: "Esce con 6 se un euro, un obiettivo o uno stato è diverso", en: "Exits with 6 if any euro, goal or status differs" }
    HELP_CSV { it: "Scrive anche tutte le cifre in un file CSV", en: "Also writes every figure into a CSV file" }

    NOT_OURS { it: "\"{path}\" non è una cartella scritta da solve. Indicare quella data a --out.", en: "\"{path}\" is not a folder written by solve. Name the one given to --out." }
    IS_SWEEP { it: "\"{path}\" è una serie di scenari: compare confronta i piani scritti da solve. Per un solo scenario: `mappafondo solve MODELLO --scenario FILE --out CARTELLA`, poi confrontare.", en: "\"{path}\" is a sweep: compare holds plans written by solve against each other. For a single scenario: `mappafondo solve MODEL --scenario FILE --out DIR`, then compare." }
    OTHER_FORMAT { it: "\"{path}\" è nel formato {found}, e questa versione legge il {known}. Rifare il calcolo con questa versione, o confrontare con quella che l'ha scritto.", en: "\"{path}\" is of format {found}, and this version reads {known}. Run again with this version, or compare with the one that wrote it." }
    CHANGED_FILE { it: "\"{path}\" è stato cambiato dopo il calcolo: le sue cifre non sono più quelle del piano. Rifare il calcolo; `mappafondo verify` dice che cosa non torna.", en: "\"{path}\" was changed after the run: its figures are no longer those of the plan. Run again; `mappafondo verify` says what does not hold." }
    DAMAGED_FILE { it: "\"{path}\" non si può leggere ({place}). Rifare il calcolo.", en: "\"{path}\" cannot be read ({place}). Run again." }
    ALONE { it: "c'è un solo piano: dare almeno due cartelle, la prima è quella di confronto.", en: "there is only one plan: give two folders at least, the first is the baseline." }
}

/// “3 cases”.
pub const N_CASES: Counted = counted(ONE_CASE, MANY_CASES);
/// “3 more rows”.
pub const N_OTHERS: Counted = counted(ONE_OTHER, MANY_OTHERS);
/// “3 rows as before”.
pub const N_SAME: Counted = counted(ONE_SAME, MANY_SAME);
/// “… and 3 more.”
pub const N_MORE: Counted = counted(ONE_MORE_OF_THEM, MORE_OF_THEM);

const fn counted(one: Text, many: Text) -> Counted {
    Counted { one, many }
}
