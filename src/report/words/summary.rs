//! The summary of a proposal, and of a conflict, for a budget officer.

use super::{Counted, Text, words};

words! {
    PLAN_OF { it: "Piano {years}: {funds}, {actions}, {zones}, {needs}.", en: "Plan {years}: {funds}, {actions}, {zones}, {needs}." }
    ONE_FUND { it: "un fondo", en: "one fund" }
    MANY_FUNDS { it: "{n} fondi", en: "{n} funds" }
    ONE_ACTION { it: "un'azione", en: "one action" }
    MANY_ACTIONS { it: "{n} azioni", en: "{n} actions" }
    ONE_ZONE { it: "una zona", en: "one zone" }
    MANY_ZONES { it: "{n} zone", en: "{n} zones" }
    ONE_NEED { it: "un fabbisogno", en: "one need" }
    MANY_NEEDS { it: "{n} fabbisogni", en: "{n} needs" }
    SPENT { it: "Programmati {used} euro su {assigned} ({share}).", en: "{used} euro used out of {assigned} ({share})." }
    NOT_DIVIDED { it: "Riparti che non tornano con l'importo", en: "Ripartos that differ from the amount" }
    FUNDS { it: "Dove vanno i fondi (euro)", en: "Where the funds go (euro)" }
    FUND { it: "Fondo", en: "Fund" }
    YEAR { it: "Anno", en: "Year" }
    ASSIGNED { it: "Assegnato", en: "Assigned" }
    CARRIED_IN { it: "Da prima", en: "From before" }
    USED { it: "Programmato", en: "Used" }
    CARRIED { it: "Riportato", en: "Carried" }
    UNUSED { it: "Avanza", en: "Unused" }
    WHY { it: "Perché", en: "Why" }
    TOTAL { it: "Totale", en: "Total" }
    LEFT { it: "resta: scadenza successiva", en: "left: later deadline" }
    LOST_NO_NEED { it: "perso: nessun fabbisogno ammissibile", en: "lost: no eligible need" }
    LOST_HELD { it: "perso: regole o priorità", en: "lost: rules or priorities" }
    LOST_INDIVISIBLE { it: "perso: si paga solo per unità, progetti o contributi minimi interi", en: "lost: only whole units, projects or minimum grants are paid" }
    LOST_ROUNDING { it: "arrotondamento", en: "rounding" }
    COVERAGE { it: "Fabbisogni coperti (euro)", en: "Needs covered (euro)" }
    NEED { it: "Fabbisogno", en: "Need" }
    COVERED { it: "Coperto", en: "Covered" }
    SHARE { it: "Copertura", en: "Coverage" }
    LEPS_NEEDS { it: "Livelli essenziali (LEPS)", en: "Essential levels (LEPS)" }
    ALL_NEEDS { it: "Tutti i fabbisogni", en: "All needs" }
    UNLIMITED { it: "Altri {euro} euro vanno a fabbisogni senza limite, per i quali non si calcola una copertura.", en: "Another {euro} euro go to needs without a limit, for which no coverage is computed." }
    ONE_OTHER_FUND { it: "Un altro fondo", en: "One other fund" }
    MANY_OTHER_FUNDS { it: "Altri {n} fondi", en: "{n} other funds" }
    ALL_ALIKE { it: "Tutte le {zones} zone hanno la stessa copertura: {share}.", en: "All {zones} zones have the same coverage: {share}." }
    ALL_WITH_V { it: "Tutti i fondi, le regole e i margini: con -v.", en: "All funds, rules and margins: with -v." }
    SHORT_BEST { it: "Dimostrato: nessun piano fa meglio.", en: "Proved: no plan does better." }
    SHORT_WITHIN { it: "Dimostrato entro {gap}.", en: "Proved within {gap}." }
    WORST { it: "Le zone meno servite (euro)", en: "The worst-served zones (euro)" }
    ZONE { it: "Zona", en: "Zone" }
    RECEIVED { it: "Ricevuto", en: "Received" }
    BINDING { it: "Regole al limite", en: "Rules that bind" }
    BINDING_NONE { it: "Nessuna regola di legge o di piano è al limite.", en: "No rule of a law or plan is at its limit." }
    RULE { it: "Regola", en: "Rule" }
    WHERE { it: "Dove", en: "Where" }
    LIMIT { it: "Limite", en: "Limit" }
    LAW { it: "Fonte", en: "Source" }
    AT_LEAST { it: "almeno {bound}", en: "at least {bound}" }
    AT_MOST { it: "al massimo {bound}", en: "at most {bound}" }
    BELOW { it: "meno di {bound}", en: "less than {bound}" }
    EQUAL { it: "esattamente {bound}", en: "exactly {bound}" }
    IN_UNITS { it: "{number} unità", en: "{number} {number|unit|units}" }
    IN_ZONES { it: "{number} {number|zona|zone}", en: "{number} {number|zone|zones}" }
    IN_PROJECTS { it: "{number} {number|progetto|progetti}", en: "{number} {number|project|projects}" }
    ONE_MORE { it: "E un altro, in rules.csv.", en: "And one more, in rules.csv." }
    MANY_MORE { it: "E altri {n}, in rules.csv.", en: "And {n} more, in rules.csv." }
    ONE_CASE { it: "un caso", en: "one case" }
    MANY_CASES { it: "{n} casi", en: "{n} cases" }
    IN_ALL { it: "in tutto {bound}", en: "{bound} in all" }
    ONE_WAIVED { it: "Una regola è in deroga, con il motivo in rules.csv.", en: "One rule is waived, with its motive in rules.csv." }
    MANY_WAIVED { it: "{n} regole sono in deroga, con il motivo in rules.csv.", en: "{n} rules are waived, with their motives in rules.csv." }
    TARGETS { it: "Traguardi", en: "Targets" }
    TARGETS_MET { it: "Raggiunti {met} su {all}.", en: "{met} of {all} met." }
    TARGET { it: "Traguardo", en: "Target" }
    ASKED { it: "Chiesto", en: "Asked" }
    REACHED { it: "Raggiunto", en: "Reached" }
    SHORT_BY { it: "Manca", en: "Short by" }
    UNMET { it: "Fabbisogni scoperti, per motivo (euro)", en: "Needs not covered, by reason (euro)" }
    UNMET_NONE { it: "Tutti i fabbisogni sono coperti.", en: "Every need is covered." }
    REASON { it: "Motivo", en: "Reason" }
    NEEDS { it: "Fabbisogni", en: "Needs" }
    OPEN { it: "Scoperto", en: "Not covered" }
    NOT_ELIGIBLE { it: "nessun fondo può pagarli", en: "no fund may pay them" }
    EXHAUSTED { it: "i fondi che possono pagarli sono esauriti", en: "the funds that may pay them are spent" }
    BY_RULE { it: "una regola lo impedisce", en: "a rule stands in the way" }
    OUTRANKED { it: "un obiettivo precedente usa il denaro altrove", en: "an earlier goal uses the money elsewhere" }
    DEADLINE { it: "il denaro che poteva pagarli è scaduto", en: "the money that could pay them expired" }
    INDIVISIBLE { it: "si paga solo per unità, progetti o contributi minimi interi", en: "only whole units, projects or minimum grants are paid" }
    OPEN_BY_ROUNDING { it: "arrotondamento ai centesimi", en: "rounding to cents" }
    CONFIDENCE { it: "Su che cosa poggiano gli importi dei fondi (euro)", en: "What the amounts of the funds rest on (euro)" }
    KIND { it: "Natura del dato", en: "Kind of figure" }
    AMOUNT { it: "Importo", en: "Amount" }
    PART { it: "Quota", en: "Share" }
    OFFICIAL { it: "ufficiale: pubblicato da un ente", en: "official: issued by a public body" }
    DERIVED { it: "derivato: calcolato da dati ufficiali", en: "derived: computed from official figures" }
    ESTIMATE { it: "stima: un'ipotesi da confermare", en: "estimate: an assumption to be confirmed" }
    PROVED { it: "Che cosa è dimostrato", en: "What is proved" }
    ALL_ROWS { it: "Ogni regola di legge e di piano in vigore è rispettata al centesimo, e tutte le somme quadrano.", en: "Every rule of a law or plan in force holds to the cent, and all sums close." }
    SOME_ROWS { it: "Tutte le somme quadrano. In centesimi interi non si è trovato un piano che rispetti ogni regola (che non ci sia non è dimostrato); eccedono:", en: "All sums close. No plan in whole cents was found in which every rule holds (that there is none is not proved); these exceed:" }
    EXCESS { it: "{row}: {excess} euro oltre il limite", en: "{row}: {excess} euro beyond the limit" }
    GOAL_LEPS { it: "Livelli essenziali: coperti {value} euro.", en: "Essential levels: {value} euro covered." }
    GOAL_TARGETS { it: "Traguardi: mancano in tutto {value} (somma delle quote mancanti).", en: "Targets: short by {value} in all (sum of the missing shares)." }
    GOAL_WISHES { it: "Auspici: mancano in tutto {value} (somma delle quote mancanti).", en: "Wishes: short by {value} in all (sum of the missing shares)." }
    GOAL_LEXIMIN { it: "Zona meno servita: copertura {value}.", en: "Worst-served zone: coverage {value}." }
    GOAL_LEXIMIN_LEVEL { it: "Zona meno servita, passo {level}: copertura {value}.", en: "Worst-served zone, step {level}: coverage {value}." }
    GOAL_FLOOR { it: "Copertura minima di ogni zona: mancano in tutto {value} euro.", en: "Least coverage of every zone: {value} euro missing in all." }
    GOAL_STEADY { it: "Continuità: da un anno all'altro cambiano in tutto {value} euro.", en: "Steadiness: {value} euro change from year to year in all." }
    GOAL_OPEN { it: "Servizi aperti: per tenerli tutti mancano {value} euro.", en: "Open services: {value} euro are missing to keep them all." }
    GOAL_VALUE { it: "Copertura pesata per priorità: {value} euro.", en: "Coverage weighted by priority: {value} euro." }
    GOAL_AT_RISK { it: "Denaro salvato dalle scadenze (programmato, o con una scadenza oltre il piano): {value} euro.", en: "Money kept from its deadlines (used, or with a deadline after the plan): {value} euro." }
    WHOLE_CHOSEN { it: "Per prima cosa sono stati scelti i numeri interi: {units} unità, {projects} {projects|progetto|progetti}. Quanto segue è dimostrato per questa scelta.", en: "The whole numbers were chosen first: {units} {units|unit|units}, {projects} {projects|project|projects}. What follows is proved for this choice." }
    WHOLE_BEST { it: "Che nessun'altra scelta faccia meglio lo dice il calcolo; non è dimostrato.", en: "That no other choice does better is the word of the computation; it is not proved." }
    WHOLE_BOUNDS { it: "Quanto un'altra scelta potrebbe fare meglio lo dice il calcolo; non è dimostrato:", en: "How much better another choice could do is the word of the computation; it is not proved:" }
    WHOLE_LIMIT { it: "Il limite di tempo è stato raggiunto prima di finire la scelta: è la migliore trovata.", en: "The time limit was reached before the choice was finished: it is the best one found." }
    WHOLE_BOUND { it: "obiettivo {goal}: {value}, un'altra scelta al massimo {bound}.", en: "goal {goal}: {value}, another choice at most {bound}." }
    WHOLE_CONFLICT { it: "Senza l'obbligo di unità e progetti interi un riparto ci sarebbe: che con i numeri interi non ci sia lo dice il calcolo, non è dimostrato.", en: "Without the demand for whole units and projects there would be an allocation: that there is none in whole numbers is the word of the computation, it is not proved." }
    INCOMPLETE { it: "Il limite di tempo è stato raggiunto: gli obiettivi che seguono l'ultimo elencato non sono stati considerati.", en: "The time limit was reached: the goals after the last one listed were not considered." }
    BEST { it: "Nessun piano può fare meglio.", en: "No plan can do better." }
    BEST_AFTER { it: "Nessun piano altrettanto buono sui punti precedenti può fare meglio.", en: "No plan as good on the points above can do better." }
    WITHIN { it: "Nessun piano può fare meglio per più di {gap}.", en: "No plan can do better by more than {gap}." }
    WITHIN_AFTER { it: "Nessun piano altrettanto buono sui punti precedenti può fare meglio per più di {gap}.", en: "No plan as good on the points above can do better by more than {gap}." }
    WITHIN_TOLERANCE { it: "La tolleranza chiesta, {tolerance}, è lasciata agli obiettivi che seguono: la copertura migliore possibile è più alta al massimo di {gap}.", en: "The tolerance asked for, {tolerance}, is left to the goals that follow: the best possible coverage is higher by at most {gap}." }
    SHORT_TOLERANCE { it: "Tolleranza di {tolerance}: il meglio è più alto al massimo di {gap}.", en: "Tolerance of {tolerance}: the best is higher by at most {gap}." }
    EURO { it: "{value} euro", en: "{value} euro" }
    POINTS { it: "{value} {value|punto percentuale|punti percentuali}", en: "{value} percentage {value|point|points}" }
    ROUNDING { it: "Di questo margine, {rounding} viene dall'arrotondamento ai centesimi.", en: "Of this margin, {rounding} comes from rounding to cents." }
    PICK { it: "Perché proprio questo piano", en: "Why this very plan" }
    PICK_RIPARTO { it: "Fra i piani ugualmente buoni è scelto il più vicino al riparto per formula.", en: "Among equally good plans, the one nearest to the formula riparto is chosen." }
    MOVED_RIPARTO { it: "Sposta {moved} euro ({share}) del riparto da una zona all'altra", en: "It moves {moved} euro ({share}) of the riparto from zone to zone" }
    MOVED_NOTHING { it: "Ogni zona riceve la sua parte di ogni fondo", en: "Every zone receives its part of every fund" }
    MOVED_LAST_YEAR { it: "Rispetto all'anno precedente sposta {moved} euro ({share}) da una zona all'altra", en: "Compared with last year it moves {moved} euro ({share}) from zone to zone" }
    MOVED_OF_FUND { it: "{fund}: {moved} euro ({share})", en: "{fund}: {moved} euro ({share})" }
    MOVED_MOST { it: "; chi guadagna di più è {zone} (+{off})", en: "; {zone} gains most (+{off})" }
    MOVED_LEAST { it: "; chi perde di più è {zone} (-{off})", en: "; {zone} loses most (-{off})" }
    PICK_EVEN { it: "Nessun fondo ha una formula di riparto: fra i piani ugualmente buoni è scelto quello che distribuisce il denaro nel modo più uniforme rispetto ai fabbisogni.", en: "No fund has a formula: among equally good plans, the one that spreads the money most evenly over the needs is chosen." }
    PICK_EVEN_NOT_PROVED { it: "Non è dimostrato che sia il più uniforme.", en: "That it is the most even is not proved." }
    PICK_LAST_YEAR { it: "Fra i piani ugualmente buoni è scelto il più vicino all'anno precedente.", en: "Among equally good plans, the one nearest to last year is chosen." }
    PICK_NEARER { it: "È dimostrato: nessun piano altrettanto buono è più vicino per più di {nearer} euro.", en: "This is proved: no plan as good is nearer by more than {nearer} euro." }
    PICK_PROVED { it: "È dimostrato.", en: "This is proved." }
    PICK_NOT_PROVED { it: "Non è dimostrato che sia il più vicino.", en: "That it is the nearest is not proved." }
    FILES { it: "I file sono in {folder}", en: "The files are in {folder}" }
    FILE_LEDGER { it: "chi paga che cosa: fondo, azione, zona, anno, euro", en: "who pays what: fund, action, zone, year, euro" }
    FILE_ZONES { it: "fabbisogno e copertura di ogni zona", en: "need and coverage of every zone" }
    FILE_UNMET { it: "che cosa resta scoperto, e perché", en: "what stays uncovered, and why" }
    FILE_RULES { it: "ogni regola con la sua fonte e quanto manca al limite", en: "every rule with its source and its distance from the limit" }
    FILE_SUMMARY { it: "questi risultati per i programmi", en: "these results for programs" }
    FILE_DOSSIER { it: "tutto ciò che serve per ricontrollare: mappafondo verify {folder}", en: "all that is needed to check again: mappafondo verify {folder}" }
    INFEASIBLE { it: "Nessun piano è possibile: non c'è modo di rispettare insieme queste regole.", en: "No plan is possible: these rules cannot hold together." }
    INFEASIBLE_WITHOUT { it: "Senza una qualsiasi di esse, le altre si possono rispettare insieme.", en: "Without any one of them, the others can hold together." }
    INFEASIBLE_SHORTFALL { it: "Il divario fra ciò che chiedono e ciò che si può avere è di circa {euro} euro.", en: "What they ask and what can be had are about {euro} euro apart." }
    INFEASIBLE_REMEDY { it: "Correggere i dati, oppure una delle regole che non sono di legge; poi ripetere il calcolo.", en: "Correct the data, or one of the rules that are not of a law; then run again." }
    INFEASIBLE_FILES { it: "Il riepilogo e il dossier che lo dimostra sono in {folder}; nessun importo è stato programmato.", en: "The summary and the dossier that proves it are in {folder}; no amount was assigned." }
    STRENGTH { it: "Forza", en: "Strength" }
    STRENGTH_LAW { it: "legge", en: "law" }
    STRENGTH_PLAN { it: "piano", en: "plan" }
    STRENGTH_TARGET { it: "traguardo", en: "target" }
    STRENGTH_WISH { it: "auspicio", en: "wish" }
    CODE { it: "Codice", en: "Code" }
}

/// “16 other funds”.
pub const OTHER_FUNDS: Counted = counted(ONE_OTHER_FUND, MANY_OTHER_FUNDS);
/// “2 funds”.
pub const N_FUNDS: Counted = counted(ONE_FUND, MANY_FUNDS);
/// “3 actions”.
pub const N_ACTIONS: Counted = counted(ONE_ACTION, MANY_ACTIONS);
/// “2 zones”.
pub const N_ZONES: Counted = counted(ONE_ZONE, MANY_ZONES);
/// “6 needs”.
pub const N_NEEDS: Counted = counted(ONE_NEED, MANY_NEEDS);
/// “And 4 more, in rules.csv.”
pub const MORE: Counted = counted(ONE_MORE, MANY_MORE);
/// “4 cases”.
pub const N_CASES: Counted = counted(ONE_CASE, MANY_CASES);
/// “2 rules are waived.”
pub const WAIVED: Counted = counted(ONE_WAIVED, MANY_WAIVED);

const fn counted(one: Text, many: Text) -> Counted {
    Counted { one, many }
}
