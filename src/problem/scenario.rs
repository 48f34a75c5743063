//! Scenarios: changes that do not say what they change, that select nothing, or that leave no valid model.

use super::kinds::problem_kinds;
use super::say::{Nearest, Shown, WordList};
use crate::units::Year;

problem_kinds! {
    /// A scenario that is wrong.
    ScenarioProblem: Error

    NoVerb { known: WordList } = "scenario::no_change"
        it: "il cambiamento non dice che cosa fare.", "Scrivere target con scale, add o set, oppure una di queste chiavi: {known}.";
        en: "the change does not say what to do.", "Write target with scale, add or set, or one of these keys: {known}.";
    TwoVerbs { first: Shown, second: Shown } = "scenario::two_changes"
        it: "\"{first}\" e \"{second}\" sono due cambiamenti.", "Scrivere un [[change]] per ciascuno: valgono nell'ordine del file.";
        en: "\"{first}\" and \"{second}\" are two changes.", "Write a [[change]] for each: they apply in the order of the file.";
    NoOperator { target: Shown, known: WordList } = "scenario::no_operator"
        it: "per \"{target}\" manca come cambia.", "Aggiungere una di queste chiavi: {known}.";
        en: "how \"{target}\" changes is missing.", "Add one of these keys: {known}.";
    OperatorNotFor { operator: Shown, target: Shown, known: WordList } = "scenario::operator"
        it: "\"{operator}\" non ha senso per \"{target}\".", "Usare: {known}.";
        en: "\"{operator}\" makes no sense for \"{target}\".", "Use: {known}.";
    KeyNotFor { key: Shown, what: Shown, known: WordList } = "scenario::selector"
        it: "la chiave \"{key}\" non vale per \"{what}\".", "Toglierla. Chiavi che valgono: {known}.";
        en: "key \"{key}\" does not go with \"{what}\".", "Remove it. Keys that do: {known}.";
    KeyNeeded { key: Shown, what: Shown } = "scenario::missing_key"
        it: "\"{what}\" ha bisogno della chiave \"{key}\".", "Aggiungerla a questo [[change]].";
        en: "\"{what}\" needs the key \"{key}\".", "Add it to this [[change]].";
    NothingSelected { what: Shown } = "scenario::empty_selection"
        it: "nulla corrisponde alla selezione di \"{what}\".", "Controllare codici, anni e condizione: un cambiamento che non tocca nulla è un errore.";
        en: "nothing matches the selection of \"{what}\".", "Check ids, years and condition: a change that touches nothing is an error.";
    Negative { what: Shown, value: Shown } = "scenario::negative"
        it: "\"{what}\" diventerebbe {value}, sotto zero.", "Ridurre la sottrazione.";
        en: "\"{what}\" would become {value}, below zero.", "Subtract less.";
    NotANumber { value: Shown, what: Shown } = "scenario::value"
        it: "\"{value}\" non è un valore per \"{what}\".", "Scrivere un numero esatto come \"1000.00\", \"0.5\" o \"80%\".";
        en: "\"{value}\" is not a value for \"{what}\".", "Write an exact number such as \"1000.00\", \"0.5\" or \"80%\".";
    TooLarge { what: Shown } = "scenario::too_large"
        it: "il risultato per \"{what}\" è troppo grande o ha troppe cifre.", "Usare numeri più piccoli o con meno decimali.";
        en: "the result for \"{what}\" is too large or has too many digits.", "Use smaller numbers, or fewer decimals.";
    NoSuchPart { id: Shown, what: Shown } = "scenario::no_such_part"
        it: "\"{id}\" non ha {what}.", "Guardare in model.toml che cosa ha, o cambiare il bersaglio (target).";
        en: "\"{id}\" has no {what}.", "Look in model.toml at what it has, or change the target.";
    LawWaived { rule: Shown } = "scenario::law_waived"
        it: "la regola \"{rule}\" è una legge: non si deroga.", "Per vedere che cosa costa, toglierla con rule_off in uno scenario che lo dica.";
        en: "rule \"{rule}\" is a law: it cannot be waived.", "To see what it costs, take it away with rule_off in a scenario that says so.";
    Taken { id: Shown } = "scenario::taken"
        it: "il codice \"{id}\" esiste già.", "Scegliere un altro codice.";
        en: "the id \"{id}\" exists already.", "Choose another id.";
    OneZone = "scenario::merge"
        it: "per unire servono almeno due zone.", "Elencarle in zones.";
        en: "merging takes at least two zones.", "List them in zones.";
    ZoneDates { zone: Shown, other: Shown } = "scenario::merge"
        it: "\"{zone}\" e \"{other}\" non esistono negli stessi anni.", "Unire zone con gli stessi from e to.";
        en: "\"{zone}\" and \"{other}\" do not exist in the same years.", "Merge zones with the same from and to.";
    TextColumn { column: Shown } = "scenario::column"
        it: "la colonna \"{column}\" è di testo: non si può calcolare.", "Scriverne il valore in columns.";
        en: "column \"{column}\" holds texts: it cannot be computed.", "Write its value in columns.";
    SwitchColumn { column: Shown } = "scenario::column"
        it: "la colonna \"{column}\" ha solo 0 e 1: sommare o dividere un interruttore non ha senso.", "Scrivere in columns che cosa diventa: \"max\", \"min\", \"same\" o un valore.";
        en: "column \"{column}\" holds only 0 and 1: adding up or dividing a switch makes no sense.", "Write in columns what becomes of it: \"max\", \"min\", \"same\" or a value.";
    UnknownColumn { column: Shown, nearest: Nearest } = "scenario::column"
        it: "zones.csv non ha la colonna \"{column}\".", "{nearest}Togliere la riga o correggere il nome.";
        en: "zones.csv has no column \"{column}\".", "{nearest}Remove the line or correct the name.";
    ColumnRule { column: Shown, value: Shown } = "scenario::column"
        it: "\"{value}\" non dice che cosa diventa la colonna \"{column}\".", "Per unire: sum, max, min, un numero o un'espressione; per dividere: una quota come 40%, un numero o same.";
        en: "\"{value}\" does not say what becomes of column \"{column}\".", "To merge: sum, max, min, a number or an expression; to split: a share such as 40%, a number or same.";
    SplitParts = "scenario::split"
        it: "per dividere servono almeno due parti.", "Elencarle in into.";
        en: "splitting takes at least two parts.", "List them in into.";
    SplitShares { sum: Shown, column: Shown } = "scenario::split"
        it: "le quote delle parti sommano a {sum}, non a 1 ({column}).", "Correggere share.";
        en: "the shares of the parts add up to {sum}, not to 1 ({column}).", "Correct share.";
    SplitSome { column: Shown } = "scenario::split"
        it: "la colonna \"{column}\" è scritta solo per alcune parti.", "Scriverla per tutte, o per nessuna.";
        en: "column \"{column}\" is stated for some parts only.", "State it for all of them, or for none.";
    NoActuals = "scenario::freeze"
        it: "non ci sono consuntivi fino a quella data per la selezione.", "Scriverli in actuals.csv, o indicare con actuals una tabella accanto allo scenario.";
        en: "there are no actuals up to that date for the selection.", "Write them in actuals.csv, or name a table beside the scenario with actuals.";
    NoTable { file: Shown } = "scenario::freeze"
        it: "accanto allo scenario non c'è la tabella \"{file}\".", "Controllare il nome: solo un file .csv della stessa cartella.";
        en: "there is no table \"{file}\" beside the scenario.", "Check the name: only a .csv file of the same folder.";
    Falling { what: Shown, date: Shown } = "scenario::freeze"
        it: "il consuntivo di {what} scende al {date}: è cumulato e può solo crescere.", "Correggere i consuntivi.";
        en: "the actuals of {what} fall at {date}: they are cumulative and can only grow.", "Correct the actuals.";
    UnitsIncome { fund: Shown } = "scenario::stop_fund"
        it: "il fondo \"{fund}\" è guadagnato dalle unità che il piano paga: non si sa toglierlo da un anno in poi.", "Cambiarlo con target = \"income\", o toglierlo dal primo anno del piano.";
        en: "fund \"{fund}\" is earned by the units the plan pays for: it cannot be taken away from a year on.", "Change it with target = \"income\", or take it away from the first year of the plan.";
    OnlyWeights { fund: Shown } = "scenario::riparto"
        it: "il riparto di \"{fund}\" non ha altri pesi che prendano il resto.", "Scegliere con indicator o band solo alcuni pesi, o scrivere la formula intera con new_riparto.";
        en: "the riparto of \"{fund}\" has no other weights to take the rest.", "Select only some weights with indicator or band, or write the whole formula with new_riparto.";
    YearOutside { year: Year } = "scenario::year"
        it: "il {year} non è un anno del piano.", "Scrivere un anno del piano.";
        en: "{year} is not a year of the plan.", "Write a year of the plan.";
    Result { scenario: Shown, title: Shown, change: usize } = "scenario::result"
        it: "dopo il cambiamento {change} dello scenario \"{scenario}\" ({title}) il modello non è più valido: i problemi sono qui accanto, nei file come lo scenario li lascia.", "Correggere lo scenario; il modello di partenza è valido.";
        en: "after change {change} of scenario \"{scenario}\" ({title}) the model is not valid any more: the problems are told here, in the files as the scenario leaves them.", "Correct the scenario; the model it starts from is valid.";
    IdIsPath { id: Shown } = "scenario::id"
        it: "il codice \"{id}\" dello scenario comincia con un punto: diventerebbe un file nascosto o una cartella.", "Cominciare con una lettera o una cifra.";
        en: "the id \"{id}\" of the scenario begins with a point: it would become a hidden file or a folder.", "Begin with a letter or a digit.";
    NameTaken { name: Shown } = "scenario::taken"
        it: "un'altra zona si chiama già \"{name}\".", "Scegliere un altro nome.";
        en: "another zone is called \"{name}\" already.", "Choose another name.";
    GoalTwice { goal: Shown } = "scenario::twice"
        it: "l'obiettivo \"{goal}\" è nominato due volte.", "Nominarlo una volta sola: il secondo non avrebbe più nulla da decidere.";
        en: "goal \"{goal}\" is named twice.", "Name it once: the second would have nothing left to decide.";
    SameId { id: Shown } = "scenario::twice"
        it: "lo scenario \"{id}\" è dato due volte.", "Togliere la ripetizione.";
        en: "scenario \"{id}\" is given twice.", "Remove the repetition.";
}

problem_kinds! {
    /// A remark on a scenario that does not stop a run.
    ScenarioRemark: Warning

    ChangesNothing { what: Shown } = "scenario::changes_nothing"
        it: "\"{what}\" lascia tutto com'era.", "Togliere il cambiamento, o correggere il valore.";
        en: "\"{what}\" leaves everything as it was.", "Remove the change, or correct the value.";
    Unlimited { action: Shown } = "scenario::unlimited"
        it: "il fabbisogno di \"{action}\" è illimitato: resta tale.", "Usare set per dargli una cifra.";
        en: "the need of \"{action}\" is unlimited: it stays so.", "Use set to give it a figure.";
}
