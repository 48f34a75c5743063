//! `sweep` and `merge`: runs of many scenarios.

use super::{Counted, words};

words! {
    HELP_SWEEP { it: "Calcola il piano di ogni scenario di una serie e scrive le tabelle in una cartella", en: "Plans every scenario of a sweep and writes the tables into a folder" }
    HELP_MERGE { it: "Unisce le parti di una serie calcolate separatamente", en: "Puts the shards of a sweep together" }
    HELP_SWEEP_FILE { it: "File della serie di scenari", en: "File of the sweep" }
    HELP_SWEEP_OUT { it: "Cartella del risultato: nuova o vuota; con --resume, quella di un calcolo interrotto", en: "Folder of the result: new or empty; with --resume, that of an interrupted run" }
    HELP_MERGE_OUT { it: "Cartella del risultato: nuova o vuota", en: "Folder of the result: new or empty" }
    HELP_DIRS { it: "Cartelle scritte da sweep con --shard", en: "Folders written by sweep with --shard" }
    HELP_SHARD { it: "Solo una parte della serie: i/n, la i-esima di n, a blocchi interi di 8-64 scenari", en: "Only a part of the sweep: i/n, part i of n, in whole blocks of 8 to 64 scenarios" }
    HELP_RESUME { it: "Riprende un calcolo interrotto: ciò che è finito resta", en: "Goes on with an interrupted run: what is finished stays" }
    HELP_LEDGER { it: "Scrive anche ogni pagamento di ogni scenario", en: "Writes every payment of every scenario too" }
    HELP_ROUTE { it: "Come si calcola: cold, hot, batch o auto, cioè batch [predefinito: auto]", en: "How scenarios are solved: cold, hot, batch or auto, which is batch [default: auto]" }
    HELP_LIST { it: "Elenca i calcoli di serie fatti su questa macchina, e basta", en: "Lists the sweeps run on this machine, and nothing else" }
    EMPTY_SHARD { it: "--shard {shard} non avrebbe nessuno scenario: gli scenari ({scenarios}) sono scritti a blocchi di {block}, e una parte è fatta di blocchi interi. Le parti possono essere al massimo {most}.", en: "--shard {shard} would have no scenario: scenarios ({scenarios}) are written in blocks of {block}, and a shard is made of whole blocks. There can be {most} at most." }
    WANT_SHARD { it: "una parte come 2/8, da 1 a quante sono", en: "a part such as 2/8, from 1 to how many there are" }
    SOLVING_BASE { it: "Calcolo del piano di partenza", en: "Planning the base" }
    WITHOUT_BASE { it: "il calcolo del piano di partenza ha fatto terminare il programma ogni volta: si prosegue senza, ogni scenario è calcolato per conto suo", en: "planning the base ended the program each time: the run goes on without it, each scenario is planned by itself" }
    SOLVING_SCENARIOS { it: "Calcolo degli scenari", en: "Planning the scenarios" }
    PROGRESS { it: "{bar} {pos}/{len} scenari · {rate} · mancano {eta}", en: "{bar} {pos}/{len} scenarios · {rate} · {eta} left" }
    INTERRUPTED { it: "Interrotto. Gli scenari già scritti restano; per continuare, ripetere lo stesso comando con --resume.", en: "Interrupted. The scenarios already written are kept; to go on, give the same command again with --resume." }
    NO_CATALOGUE { it: "l'elenco dei calcoli non può essere scritto ({reason}): il calcolo continua lo stesso.", en: "the list of runs cannot be written ({reason}): the run goes on all the same." }
    CANNOT_LIST { it: "l'elenco dei calcoli \"{path}\" non può essere letto: {reason}.", en: "the list of runs \"{path}\" cannot be read: {reason}." }
    NO_RUNS { it: "Nessun calcolo finora.", en: "No runs so far." }

    EXISTS { it: "la cartella \"{folder}\" contiene già un calcolo. Per continuarlo aggiungere --resume; per farne un altro scegliere un'altra cartella con --out.", en: "folder \"{folder}\" holds a run already. To go on with it add --resume; for another one choose another folder with --out." }
    NO_RUN { it: "\"{folder}\" non è la cartella di un calcolo di sweep: manca il suo manifest.json.", en: "\"{folder}\" is not the folder of a sweep: its manifest.json is missing." }
    CHANGED { it: "\"{folder}\" è stato calcolato con altri dati: {what} non sono gli stessi. Rimettere i file e le opzioni com'erano, o usare un'altra cartella.", en: "\"{folder}\" was made from something else: {what} are not the same. Put files and options back as they were, or use another folder." }
    FORMAT { it: "\"{folder}\" ha il formato {found}, questo programma legge il formato {ours}: usare la versione del programma che l'ha scritto.", en: "\"{folder}\" has format {found}, this program reads format {ours}: use the version of the program that wrote it." }
    DAMAGED { it: "\"{path}\" è danneggiato ({why}). Una tabella guasta si rifà ripetendo il calcolo con --resume; se sono cambiati il manifesto o il giornale, rifarlo in un'altra cartella.", en: "\"{path}\" is damaged ({why}). A spoiled table is made again by the same command with --resume; where manifest or journal were changed, run it anew in another folder." }
    UNFINISHED { it: "il calcolo in \"{folder}\" non è finito: {missing|manca|mancano} {missing} {missing|parte|parti}. Finirlo con --resume.", en: "the run in \"{folder}\" is not finished: {missing} {missing|part is|parts are} missing. Finish it with --resume." }
    TWICE { it: "lo scenario {scenario} è sia in \"{one}\" sia in \"{other}\": togliere una delle due cartelle.", en: "scenario {scenario} is both in \"{one}\" and in \"{other}\": leave one of the two folders out." }
    GAP { it: "gli scenari da {first} a {last} non sono in nessuna cartella: aggiungere quella che manca.", en: "scenarios {first} to {last} are in none of the folders: add the one that is missing." }
    CANNOT_GO_ON { it: "impossibile leggere o scrivere \"{path}\": {reason}. Ciò che è finito resta; si continua con --resume.", en: "cannot read or write \"{path}\": {reason}. What is finished stays; go on with --resume." }

    OF_FILES { it: "i file della serie", en: "the files of the sweep" }
    OF_MODEL { it: "i file del modello", en: "the files of the model" }
    OF_PROGRAM { it: "la versione del programma", en: "the version of the program" }
    OF_OPTIONS { it: "le opzioni --{option}", en: "the options --{option}" }

    CAME { it: "{scenarios}: {with}, {without}.", en: "{scenarios}: {with}, {without}." }
    HEAD_GOALS { it: "Obiettivi", en: "Goals" }
    HEAD_ZONES { it: "Zone che cambiano di più (euro in tutto)", en: "Zones that change most (euro in all)" }
    HEAD_FUNDS { it: "Fondi che cambiano di più (euro programmati)", en: "Funds that change most (euro used)" }
    HEAD_WITHOUT { it: "Scenari senza piano", en: "Scenarios without a plan" }
    HEAD_ROUTES { it: "Come sono stati calcolati", en: "How they were solved" }
    HEAD_FILES { it: "File", en: "Files" }
    GOAL { it: "Obiettivo", en: "Goal" }
    ZONE { it: "Zona", en: "Zone" }
    FUND { it: "Fondo", en: "Fund" }
    SCENARIOS { it: "Scenari", en: "Scenarios" }
    LEAST { it: "Minimo", en: "Least" }
    HALF { it: "Mediana", en: "Median" }
    MOST { it: "Massimo", en: "Most" }
    NUMBER { it: "N.", en: "No." }
    SCENARIO { it: "Scenario", en: "Scenario" }
    WHY { it: "Perché", en: "Why" }
    ROUTE_LINE { it: "{route}: {n}.", en: "{route}: {n}." }
    HANDED_LINE { it: "passati al calcolo da zero ({why}): {n}.", en: "left to a solve from nothing ({why}): {n}." }
    WRITTEN { it: "Le tabelle (Parquet) sono in {folder}; le colonne sono descritte in docs/sweep-results.md.", en: "The tables (Parquet) are in {folder}; docs/sweep-results.md describes their columns." }
    GOAL_LEPS { it: "Livelli essenziali coperti, euro", en: "Essential levels covered, euro" }
    GOAL_TARGETS { it: "Quote mancanti ai traguardi", en: "Shares missing from targets" }
    GOAL_WISHES { it: "Quote mancanti agli auspici", en: "Shares missing from wishes" }
    GOAL_LEXIMIN { it: "Copertura della zona meno servita", en: "Coverage of the worst-served zone" }
    GOAL_LEXIMIN_LEVEL { it: "Copertura della zona meno servita, passo {level}", en: "Coverage of the worst-served zone, step {level}" }
    GOAL_FLOOR { it: "Euro mancanti alla copertura minima", en: "Euro missing to the least coverage" }
    GOAL_STEADY { it: "Euro che cambiano da un anno all'altro", en: "Euro that change from year to year" }
    GOAL_OPEN { it: "Euro mancanti per tenere aperti i servizi", en: "Euro missing to keep services open" }
    GOAL_VALUE { it: "Copertura pesata per priorità, euro", en: "Coverage weighted by priority, euro" }
    GOAL_AT_RISK { it: "Denaro salvato dalle scadenze, euro", en: "Money kept from its deadlines, euro" }
    WHEN { it: "Quando", en: "When" }
    HOW { it: "Esito", en: "Outcome" }
    SWEEP { it: "Serie", en: "Sweep" }
    FOLDER { it: "Cartella", en: "Folder" }
    IS_BEGUN { it: "non finito", en: "not finished" }
    IS_STOPPED { it: "interrotto", en: "interrupted" }
    IS_COMPLETE { it: "finito", en: "finished" }
    IS_FAILED { it: "fallito", en: "failed" }
    IS_RESUMED { it: "ripreso poi", en: "gone on with later" }
    WITHOUT_INFEASIBLE { it: "nessun piano", en: "infeasible" }
    WITHOUT_INVALID { it: "non valido", en: "invalid" }
    WITHOUT_FAILED { it: "fallito", en: "failed" }
    WHY_NO_PLAN { it: "nessun piano rispetta tutte le regole", en: "no plan obeys every rule" }
    WHY_LIMIT { it: "il limite di tempo è stato raggiunto prima di trovare un piano", en: "the time limit was reached before a plan was found" }
    LOG_NO_ANSWER { it: "il risolutore non ha dato una risposta", en: "the solver gave no answer" }
    WHY_PANIC { it: "un errore interno del programma", en: "an internal error of the program" }
    WHY_GIVEN_UP { it: "il programma è terminato ogni volta che ha calcolato da solo questo scenario", en: "the program ended each time this scenario was solved by itself" }
    WHY_DISAGREE { it: "un modo di calcolo trova un piano dove un altro non ne trova", en: "one route finds a plan where another finds none" }
}

/// Scenarios.
pub const N_SCENARIOS: Counted = Counted {
    one: super::Text {
        it: "1 scenario",
        en: "1 scenario",
    },
    many: super::Text {
        it: "{n} scenari",
        en: "{n} scenarios",
    },
};

/// Scenarios with a plan.
pub const N_WITH: Counted = Counted {
    one: super::Text {
        it: "1 con un piano",
        en: "1 with a plan",
    },
    many: super::Text {
        it: "{n} con un piano",
        en: "{n} with a plan",
    },
};

/// Scenarios without a plan.
pub const N_WITHOUT: Counted = Counted {
    one: super::Text {
        it: "1 senza",
        en: "1 without",
    },
    many: super::Text {
        it: "{n} senza",
        en: "{n} without",
    },
};
