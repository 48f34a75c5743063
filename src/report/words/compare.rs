//! `compare`: what changes from one plan to another, and where the scenarios of a sweep lie.

use super::{Counted, Text, words};

words! {
    TITLE { it: "Che cosa cambia da un piano all'altro", en: "What changes from one plan to another" }
    TITLE_OF { it: "Che cosa cambia: piano {n} di {all}", en: "What changes: plan {n} of {all}" }
    FIRST { it: "Prima: {title} ({folder})", en: "Before: {title} ({folder})" }
    OTHER { it: "Ora: {title} ({folder})", en: "Now: {title} ({folder})" }
    NO_DIFFERENCE { it: "Nessuna differenza: i due piani sono uguali al centesimo.", en: "No difference: the two plans are the same to the cent." }
    STATUS_CHANGES { it: "Stato: prima {before}, ora {after}.", en: "Status: {before} before, {after} now." }
    IS_OPTIMAL { it: "piano completo", en: "complete plan" }
    IS_LIMIT { it: "piano fermato da un limite", en: "plan stopped by a limit" }
    IS_INFEASIBLE { it: "nessun piano possibile", en: "no plan possible" }
    NO_PLAN { it: "Dove non c'è un piano non ci sono importi: non c'è altro da confrontare.", en: "Where there is no plan there are no amounts: there is nothing else to compare." }
    USED_MORE { it: "Si programmano {euro} euro in più.", en: "{euro} euro more are used." }
    USED_LESS { it: "Si programmano {euro} euro in meno.", en: "{euro} euro less are used." }
    USED_SAME { it: "Si programma lo stesso denaro.", en: "The same money is used." }
    TALLY_EURO { it: "Ricevono di più {more}, di meno {less}, come prima {same}.", en: "{more} receive more, {less} less, {same} as before." }
    TALLY_COVERAGE { it: "La parte coperta dei fabbisogni sale in {more}, scende in {less}, resta in {same}.", en: "The part of the needs that is covered rises in {more}, falls in {less}, stays in {same}." }

    TOTALS { it: "In tutto (euro)", en: "In all (euro)" }
    ITEM { it: "Voce", en: "Item" }
    BEFORE { it: "Prima", en: "Before" }
    AFTER { it: "Ora", en: "Now" }
    DIFFERENCE { it: "Differenza", en: "Difference" }
    T_ASSIGNED { it: "Assegnato", en: "Assigned" }
    T_USED { it: "Programmato", en: "Used" }
    T_LEFT { it: "Resta per dopo il piano", en: "Left for after the plan" }
    T_LOST { it: "Perso", en: "Lost" }
    T_NEED { it: "Fabbisogno", en: "Need" }
    T_COVERED { it: "Fabbisogno coperto", en: "Need covered" }
    T_LEPS_NEED { it: "Fabbisogno dei livelli essenziali (LEPS)", en: "Need of the essential levels (LEPS)" }
    T_LEPS_COVERED { it: "Livelli essenziali coperti", en: "Essential levels covered" }
    T_UNLIMITED { it: "A fabbisogni senza limite", en: "To needs without a limit" }

    ZONES { it: "Zone: chi riceve di più e chi di meno (euro)", en: "Zones: who receives more and who less (euro)" }
    ZONE { it: "Zona", en: "Zone" }
    COVERAGE_BEFORE { it: "Coperto prima", en: "Covered before" }
    COVERAGE_AFTER { it: "Coperto ora", en: "Covered now" }
    FUNDS { it: "Fondi (euro)", en: "Funds (euro)" }
    FUND { it: "Fondo", en: "Fund" }
    ASSIGNED_MORE { it: "Assegnato in più", en: "Assigned in addition" }
    USED_BEFORE { it: "Programmato prima", en: "Used before" }
    USED_AFTER { it: "Programmato ora", en: "Used now" }
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
    ONLY_AFTER { it: "{name} (solo ora)", en: "{name} (now only)" }

    GOALS { it: "Obiettivi, in ordine", en: "Goals, in order" }
    GOAL { it: "Obiettivo", en: "Goal" }
    G_LEPS { it: "Livelli essenziali coperti (euro)", en: "Essential levels covered (euro)" }
    G_TARGETS { it: "Quanto manca ai traguardi (somma delle quote)", en: "Short of the targets (sum of the shares)" }
    G_WISHES { it: "Quanto manca agli auspici (somma delle quote)", en: "Short of the wishes (sum of the shares)" }
    G_LEXIMIN { it: "Zona meno servita, passo {level}", en: "Worst-served zone, step {level}" }
    G_FLOOR { it: "Quanto manca alla copertura minima (euro)", en: "Short of the least coverage (euro)" }
    G_STEADY { it: "Quanto cambia da un anno all'altro (euro)", en: "Change from year to year (euro)" }
    G_OPEN { it: "Quanto manca per tenere aperti i servizi (euro)", en: "Short of keeping services open (euro)" }
    G_VALUE { it: "Copertura pesata per priorità (euro)", en: "Coverage weighted by priority (euro)" }
    G_AT_RISK { it: "Denaro salvato dalle scadenze (euro)", en: "Money kept from its deadlines (euro)" }
    POINTS { it: "{value} {value|punto percentuale|punti percentuali}", en: "{value} percentage {value|point|points}" }

    MOVES { it: "Che cosa compare, che cosa scompare", en: "What appears, what disappears" }
    PAY_NEW { it: "Pagamenti che prima non c'erano: {n}, per {euro} euro.", en: "Payments that were not there before: {n}, of {euro} euro." }
    PAY_GONE { it: "Pagamenti che non ci sono più: {n}, per {euro} euro.", en: "Payments that are gone: {n}, of {euro} euro." }
    PAY_OTHER { it: "Pagamenti con un altro importo: {n}.", en: "Payments with another amount: {n}." }
    PAYMENT { it: "{fund}, {action}, {zone}, {year}: {euro} euro", en: "{fund}, {action}, {zone}, {year}: {euro} euro" }
    NEED_OPEN { it: "Fabbisogni che prima erano coperti, o non c'erano, e ora sono scoperti almeno in parte: {n}, per {euro} euro.", en: "Needs that were covered before, or not there, and are now uncovered at least in part: {n}, by {euro} euro." }
    NEED_CLOSED { it: "Fabbisogni che prima erano scoperti almeno in parte, e ora sono coperti, o non ci sono: {n}, per {euro} euro.", en: "Needs that were uncovered at least in part before, and are now covered, or not there: {n}, by {euro} euro." }
    NEED { it: "{action}, {zone}, {year}: {euro} euro", en: "{action}, {zone}, {year}: {euro} euro" }
    RULE { it: "Regola \"{rule}\": prima {before}, ora {after} ({n}).", en: "Rule \"{rule}\": {before} before, {after} now ({n})." }
    ONE_CASE { it: "un caso", en: "one case" }
    MANY_CASES { it: "{n} casi", en: "{n} cases" }
    R_MET { it: "rispettata con margine", en: "met with room to spare" }
    R_BINDING { it: "al limite", en: "at its limit" }
    R_CARRIED { it: "da rispettare più avanti", en: "to be met later on" }
    R_SHORT { it: "non raggiunta", en: "not reached" }
    R_WAIVED { it: "in deroga", en: "waived" }
    R_EXCESS { it: "superata per arrotondamento", en: "exceeded by rounding" }
    R_ABSENT { it: "assente", en: "absent" }
    ONE_MORE_OF_THEM { it: "… e un altro.", en: "… and one more." }
    MORE_OF_THEM { it: "… e altri {n}.", en: "… and {n} more." }
    ONLY_THERE { it: "Zone, fondi o azioni che sono in uno solo dei due piani si confrontano con zero.", en: "Zones, funds or actions that only one of the plans has are compared with nothing." }
    OTHER_MODELS { it: "Attenzione: i due piani sono di modelli diversi. Hanno in comune {zones}, {funds} e {actions}; il resto è in uno solo dei due.", en: "Mind: the two plans are of different models. They have {zones}, {funds} and {actions} in common; the rest is in one of them alone." }
    NOTHING_SHARED { it: "Attenzione: i due piani sono di modelli diversi e non hanno alcuna zona, alcun fondo né alcuna azione in comune: le differenze non dicono chi guadagna e chi perde.", en: "Mind: the two plans are of different models and have no zone, fund or action in common: the differences do not say who gains and who loses." }
    ALL_WITH_V { it: "Azioni, fondi nelle zone, ogni pagamento e regola che cambia: con -v. Tutte le cifre: --csv FILE, oppure --format json.", en: "Actions, funds in the zones, each payment and rule that changes: with -v. All figures: --csv FILE, or --format json." }
    ONE_RULE_MOVED { it: "Una regola non sta come prima", en: "One rule does not stand as before" }
    MANY_RULES_MOVED { it: "{n} regole non stanno come prima", en: "{n} rules do not stand as before" }
    RULES_MOVED { it: "{rules}, in {cases}.", en: "{rules}, in {cases}." }
    OTHER_YEARS { it: "I due piani coprono anni diversi ({before} e {after}): i totali comprendono tutti i loro anni.", en: "The two plans cover different years ({before} and {after}): totals include all of their years." }
    ALL_FIGURES { it: "Tutte le cifre: --csv FILE, oppure --format json.", en: "All figures: --csv FILE, or --format json." }

    SWEEP_TITLE { it: "Che cosa dicono gli scenari", en: "What the scenarios say" }
    SWEEP_TITLE_OF { it: "Che cosa dicono gli scenari: confronto {n} di {all}", en: "What the scenarios say: comparison {n} of {all}" }
    PAIRED_TITLE { it: "Che cosa cambia negli stessi scenari", en: "What changes in the same scenarios" }
    PAIRED_TITLE_OF { it: "Che cosa cambia negli stessi scenari: confronto {n} di {all}", en: "What changes in the same scenarios: comparison {n} of {all}" }
    PLAN_OF { it: "Piano: {title} ({folder})", en: "Plan: {title} ({folder})" }
    SWEEP_OF { it: "Scenari: {title} ({folder})", en: "Scenarios: {title} ({folder})" }
    FIRST_SWEEP_OF { it: "Primi scenari: {title} ({folder})", en: "First scenarios: {title} ({folder})" }
    SECOND_SWEEP_OF { it: "Secondi scenari: {title} ({folder})", en: "Second scenarios: {title} ({folder})" }
    SWEEP_COUNT { it: "Scenari con un piano: {n} su {all}.", en: "Scenarios with a plan: {n} of {all}." }
    SWEEP_FAILED { it: "Non contati nelle cifre: {what}.", en: "Not counted in the figures: {what}." }
    SWEEP_LIMIT { it: "Contati, ma fermati da un limite prima dell'ultimo obiettivo: {n}.", en: "Counted, but stopped by a limit before the last goal: {n}." }
    S_INFEASIBLE { it: "{n} senza alcun piano possibile", en: "{n} with no plan possible" }
    S_INVALID { it: "{n} con dati non validi", en: "{n} with invalid data" }
    S_FAILED { it: "{n} senza una risposta sicura", en: "{n} without an answer that holds" }
    SWEEP_METHOD { it: "Ogni cifra è di uno scenario vero: almeno metà degli scenari ha quella della colonna Mediana o una minore. Le cifre di una riga possono venire da scenari diversi, e le colonne non si sommano.", en: "Every figure is that of a real scenario: at least half of the scenarios have the one in the column Median or a lower one. The figures of a row may come from different scenarios, and the columns do not add up." }
    SWEEP_NONE { it: "Nessuno scenario ha un piano: non ci sono cifre.", en: "No scenario has a plan: there are no figures." }
    AGAINST { it: "La colonna Confronto è la cifra del piano; Sotto e Sopra dicono in quanti scenari la cifra è minore o maggiore.", en: "The column Baseline is the figure of the plan; Below and Above say in how many scenarios the figure is lower or higher." }
    AGAINST_BASE { it: "La colonna Confronto è la cifra dello scenario di base, che non è contato fra gli altri; Sotto e Sopra dicono in quanti scenari la cifra è minore o maggiore.", en: "The column Baseline is the figure of the base scenario, which is not counted among the others; Below and Above say in how many scenarios the figure is lower or higher." }
    AGAINST_NONE { it: "Dall'altra parte non c'è un piano: non c'è una cifra con cui confrontare.", en: "There is no plan on the other side: there is no figure to compare with." }
    SAME_AS_BASELINE { it: "Nessuna differenza: ogni scenario è uguale al confronto al centesimo.", en: "No difference: every scenario is the same as the baseline to the cent." }
    WINNERS { it: "Zone che ricevono di meno in più di metà degli scenari: {less}. Zone che ricevono di più: {more}.", en: "Zones that receive less in more than half of the scenarios: {less}. Zones that receive more: {more}." }
    PAIRED { it: "Ogni cifra è la differenza, nello stesso scenario, fra i secondi scenari e i primi: più di zero vuol dire di più nei secondi. Contano gli scenari che hanno un piano in entrambi. I p.p. sono punti percentuali.", en: "Every figure is the difference, within the same scenario, between the second scenarios and the first: above zero means more in the second. Scenarios that have a plan in both count. A pp is a percentage point." }
    PAIRED_NO_DIFFERENCE { it: "Nessuna differenza: in ogni scenario le due serie sono uguali al centesimo.", en: "No difference: in every scenario the two runs are the same to the cent." }
    UNPAIRED { it: "Gli scenari delle due serie non sono gli stessi: le loro cifre stanno una accanto all'altra, senza differenze fra scenario e scenario.", en: "The scenarios of the two runs are not the same: their figures stand side by side, without differences from scenario to scenario." }
    ONE_ENDING { it: "Uno scenario ha un altro esito.", en: "One scenario ends in another way." }
    MANY_ENDINGS { it: "{n} scenari hanno un altro esito.", en: "{n} scenarios end in another way." }
    SWEEP_ZONES { it: "Quanto riceve ogni zona negli anni del piano (euro)", en: "What each zone receives over the years of the plan (euro)" }
    SWEEP_COVERAGE { it: "Quanta parte dei fabbisogni di ogni zona è coperta", en: "What part of the needs of each zone is covered" }
    SWEEP_FUNDS { it: "Quanto si programma di ogni fondo negli anni del piano (euro)", en: "How much of each fund is used over the years of the plan (euro)" }
    LOWEST { it: "Minimo", en: "Lowest" }
    MIDDLE { it: "Mediana", en: "Median" }
    HIGHEST { it: "Massimo", en: "Highest" }
    SERIES { it: "Serie", en: "Run" }
    FIRST_SERIES { it: "primi", en: "first" }
    SECOND_SERIES { it: "secondi", en: "second" }
    SHORT_POINTS { it: "{value} p.p.", en: "{value} pp" }
    COUNTED { it: "Scenari", en: "Scenarios" }
    BASELINE { it: "Confronto", en: "Baseline" }
    BELOW { it: "Sotto", en: "Below" }
    ABOVE { it: "Sopra", en: "Above" }
    ALL_QUANTILES { it: "Anno per anno, e con le cifre al 5, 25, 75 e 95%: --csv FILE, oppure --format json.", en: "Year by year, and with the figures at 5, 25, 75 and 95%: --csv FILE, or --format json." }

    HELP { it: "Confronta piani o scenari con il primo", en: "Compares plans or scenarios with the first" }
    HELP_DIRS { it: "Cartelle scritte da solve o da sweep; la prima è quella di confronto", en: "Folders written by solve or sweep; the first is the baseline" }
    HELP_FAIL { it: "Esce con 6 se un euro, un obiettivo o uno stato è diverso", en: "Exits with 6 if any euro, goal or status differs" }
    HELP_CSV { it: "Scrive anche tutte le cifre in un file CSV", en: "Also writes every figure into a CSV file" }

    NOT_OURS { it: "\"{path}\" non è una cartella scritta da solve o da sweep. Indicare quella data a --out.", en: "\"{path}\" is not a folder written by solve or sweep. Name the one given to --out." }
    UNFINISHED { it: "Gli scenari di \"{path}\" non sono finiti: riprendere con `mappafondo sweep … --resume`, poi confrontare.", en: "The scenarios of \"{path}\" are not finished: go on with `mappafondo sweep … --resume`, then compare." }
    IS_SHARD { it: "\"{path}\" è una parte soltanto ({shard}) degli scenari: unire le parti con `mappafondo merge`, poi confrontare.", en: "\"{path}\" is only a part ({shard}) of the scenarios: join the parts with `mappafondo merge`, then compare." }
    PLAN_AFTER_SWEEP { it: "\"{path}\" è un piano, ma la prima cartella è di scenari: mettere il piano per primo.", en: "\"{path}\" is a plan, but the first folder is of scenarios: put the plan first." }
    OTHER_FORMAT { it: "\"{path}\" è nel formato {found}, e questa versione legge il {known}. Rifare il calcolo con questa versione, o confrontare con quella che l'ha scritto.", en: "\"{path}\" is of format {found}, and this version reads {known}. Run again with this version, or compare with the one that wrote it." }
    CHANGED_FILE { it: "\"{path}\" è stato cambiato dopo il calcolo: le sue cifre non sono più quelle del piano. Rifare il calcolo; `mappafondo verify` dice che cosa non torna.", en: "\"{path}\" was changed after the run: its figures are no longer those of the plan. Run again; `mappafondo verify` says what does not hold." }
    DAMAGED_FILE { it: "\"{path}\" non si può leggere ({place}). Rifare il calcolo.", en: "\"{path}\" cannot be read ({place}). Run again." }
    ALONE { it: "c'è un solo piano: dare almeno due cartelle, la prima è quella di confronto. Da sola può stare una cartella di scenari.", en: "there is only one plan: give two folders at least, the first is the baseline. A folder of scenarios may stand alone." }
}

/// “3 rules do not stand as before”.
pub const N_RULES_MOVED: Counted = counted(ONE_RULE_MOVED, MANY_RULES_MOVED);
/// “3 cases”.
pub const N_CASES: Counted = counted(ONE_CASE, MANY_CASES);
/// “3 more rows”.
pub const N_OTHERS: Counted = counted(ONE_OTHER, MANY_OTHERS);
/// “3 rows as before”.
pub const N_SAME: Counted = counted(ONE_SAME, MANY_SAME);
/// “… and 3 more.”
pub const N_MORE: Counted = counted(ONE_MORE_OF_THEM, MORE_OF_THEM);
/// “3 scenarios end in another way.”
pub const N_ENDINGS: Counted = counted(ONE_ENDING, MANY_ENDINGS);

const fn counted(one: Text, many: Text) -> Counted {
    Counted { one, many }
}
