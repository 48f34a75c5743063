//! The program itself: help, refusals, progress.

use super::{Counted, words};

words! {
    ABOUT { it: "Da quale fondo, per quale azione, in quale zona e in quale anno viene ogni euro, e perché.", en: "Which euro, from which fund, pays for which action, in which zone, in which year, and why so." }
    USAGE { it: "Uso:", en: "Usage:" }
    COMMANDS { it: "Comandi", en: "Commands" }
    ARGUMENTS { it: "Argomenti", en: "Arguments" }
    OPTIONS { it: "Opzioni", en: "Options" }
    HELP_CHECK { it: "Legge un modello ed elenca tutti i problemi", en: "Reads a model and lists every problem" }
    HELP_SOLVE { it: "Calcola il piano di un modello e lo scrive in una cartella", en: "Plans a model and writes the plan into a folder" }
    HELP_VERIFY { it: "Ricontrolla un piano in aritmetica esatta, senza rifare il calcolo", en: "Checks a plan again in exact arithmetic, without solving" }
    HELP_EXPORT { it: "Scrive un obiettivo, con quelli che lo precedono, per un altro risolutore", en: "Writes a goal, with those before it, for another solver" }
    HELP_SCHEMA { it: "Stampa lo JSON Schema di model.toml, di scenari e sweep, o delle spiegazioni", en: "Prints the JSON Schema of model.toml, of scenarios and sweeps, or of explanations" }
    HELP_SCHEMA_OF { it: "model, scenario, sweep o explanation [predefinito: model]", en: "model, scenario, sweep or explanation [default: model]" }
    HELP_COMPLETIONS { it: "Stampa i completamenti per la shell", en: "Prints completions for a shell" }
    HELP_MODEL { it: "Cartella del modello, o cartella di lavoro .xlsx o .ods", en: "Folder of the model, or an .xlsx or .ods workbook" }
    HELP_SCENARIO { it: "Scenario da applicare; si può ripetere, e valgono nell'ordine dato", en: "Scenario to apply; may be repeated, and they apply in the order given" }
    HELP_OUT_DIR { it: "Cartella del risultato: nuova, vuota o di un calcolo precedente", en: "Folder of the result: new, empty, or of an earlier run" }
    HELP_OUT_FILE { it: "File da scrivere: .mps o .lp", en: "File to write: .mps or .lp" }
    HELP_THREADS { it: "Quanti thread usare [predefinito: tutti]; il risultato non cambia", en: "How many threads to use [default: all]; the result is the same" }
    HELP_TIME_LIMIT { it: "Secondi dopo i quali fermarsi", en: "Seconds after which to stop" }
    HELP_DIR { it: "Cartella scritta da solve, il suo dossier, o uno zip", en: "Folder written by solve, its dossier, or a zip" }
    HELP_GOAL { it: "Quale obiettivo: la posizione (da 1), il nome (leximin-2 è il secondo livello) o pick, la scelta fra i piani pari [predefinito: value]", en: "Which goal: its position (from 1), its name (leximin-2 is the second level) or pick, the choice among equals [default: value]" }
    HELP_WITHOUT_LOCKS { it: "Senza gli obiettivi precedenti; altrimenti il piano si calcola, e righe lock_ li tengono a quanto ha raggiunto", en: "Without the goals before it; else the plan is solved, and rows lock_ keep them at what it reached" }
    HELP_SHELL { it: "bash, elvish, fish, powershell o zsh", en: "bash, elvish, fish, powershell or zsh" }
    HELP_FORMAT { it: "Forma del risultato sullo standard output: table o json [predefinito: table]", en: "Form of the result on standard output: table or json [default: table]" }
    HELP_LOCALE { it: "Lingua: it o en [predefinito: MAPPAFONDO_LOCALE, poi LC_ALL, LC_MESSAGES, LANG]", en: "Language: it or en [default: MAPPAFONDO_LOCALE, then LC_ALL, LC_MESSAGES, LANG]" }
    HELP_QUIET { it: "Nessun riepilogo e nessun avanzamento", en: "No summary and no progress" }
    HELP_VERBOSE { it: "Racconta ogni passo", en: "Tells every step" }
    HELP_HELP { it: "Stampa questo aiuto", en: "Prints this help" }
    HELP_VERSION { it: "Stampa la versione", en: "Prints the version" }
    EXIT_CODES {
        it: "Codici di uscita: 0 tutto bene (anche con avvisi) · 2 uso, oppure cartella non nostra o in uso · 3 dati non validi · 4 nessun piano possibile · 5 scenari senza piano · 6 verifica non riuscita, o differenze con --fail-on-diff · 7 limite raggiunto · 70 errore interno o del risolutore · 74 lettura o scrittura · 130 interrotto",
        en: "Exit codes: 0 all well (warnings too) · 2 usage, or a folder not ours or in use · 3 invalid data · 4 no plan possible · 5 scenarios without a plan · 6 verification failed, or differences with --fail-on-diff · 7 limit reached · 70 internal or solver error · 74 reading or writing · 130 interrupted",
    }
    ERROR { it: "errore", en: "error" }
    WARNING { it: "avviso", en: "warning" }
    TRY_HELP { it: "Per l'aiuto: mappafondo --help", en: "For help: mappafondo --help" }
    USAGE_UNKNOWN { it: "l'opzione \"{what}\" non esiste.", en: "there is no option \"{what}\"." }
    USAGE_COMMAND { it: "il comando \"{what}\" non esiste.", en: "there is no command \"{what}\"." }
    USAGE_NO_COMMAND { it: "manca il comando.", en: "the command is missing." }
    USAGE_MISSING { it: "manca {what}.", en: "{what} is missing." }
    USAGE_VALUE { it: "\"{value}\" non va bene per {what}.", en: "\"{value}\" will not do for {what}." }
    USAGE_NO_VALUE { it: "{what} vuole un valore.", en: "{what} needs a value." }
    USAGE_CHOICES { it: "Va bene: {choices}.", en: "It may be: {choices}." }
    USAGE_NEAREST { it: "Forse si intendeva {nearest}?", en: "Did you mean {nearest}?" }
    USAGE_TWICE { it: "{what} è dato più volte.", en: "{what} is given more than once." }
    USAGE_OTHER { it: "gli argomenti non vanno bene.", en: "the arguments will not do." }
    WANT_SECONDS { it: "un numero di secondi maggiore di zero, come 30 o 2.5", en: "a number of seconds above zero, such as 30 or 2.5" }
    WANT_THREADS { it: "un numero intero da 1 in su", en: "a whole number from 1 up" }
    NO_WHOLE_NUMBERS { it: "il modello ha unità intere, progetti o contributi minimi, e questa versione del programma è stata compilata senza ciò che serve per sceglierli: usare quella con HiGHS (funzione \"highs\"), o scrivere kind = divisible e togliere min_active.", en: "the model has whole units, projects or minimum grants, and this program was built without what it takes to choose them: use the one with HiGHS (feature \"highs\"), or write kind = divisible and remove min_active." }
    NO_SUCH_GOAL { it: "il modello non ha l'obiettivo \"{goal}\". Ha, in ordine: {goals}.", en: "the model has no goal \"{goal}\". It has, in order: {goals}." }
    NO_PLAN_TO_KEEP { it: "il modello non ha un piano, dunque gli obiettivi precedenti non hanno un valore da tenere. mappafondo solve dice quali regole non stanno insieme; con --without-locks si scrive l'obiettivo da solo.", en: "the model has no plan, so the goals before have no value to keep. mappafondo solve says which rules cannot hold together; with --without-locks the goal is written alone." }
    EXPORT_BESIDE { it: "\"{file}\" è nella cartella di un modello o di un risultato, che così contiene un file che non è suo.", en: "\"{file}\" is in the folder of a model or of a result, which now holds a file that is not its own." }
    EXPORT_EXTENSION { it: "\"{file}\" non finisce in .mps o .lp: la fine del nome dice in quale formato scrivere.", en: "\"{file}\" does not end in .mps or .lp: the end of the name says in which format to write." }
    FOLDER_NOT_OURS { it: "la cartella \"{folder}\" contiene cose che mappafondo non ha scritto ({found}): non viene toccata. Scegliere un'altra cartella con --out, o spostarle.", en: "the folder \"{folder}\" holds what mappafondo did not write ({found}): it is left alone. Choose another folder with --out, or move them away." }
    FOLDER_LOCKED { it: "un altro calcolo sta scrivendo \"{folder}\". Attendere che finisca, o scegliere un'altra cartella con --out.", en: "another run is writing \"{folder}\". Wait for it to end, or choose another folder with --out." }
    CANNOT_WRITE { it: "impossibile leggere o scrivere \"{path}\": {reason}. Nulla è stato cambiato.", en: "cannot read or write \"{path}\": {reason}. Nothing was changed." }
    CANNOT_PRINT { it: "impossibile scrivere sullo standard output: {reason}.", en: "cannot write to standard output: {reason}." }
    PANIC { it: "errore interno di mappafondo ({what}): nulla è stato scritto. È un difetto del programma: per favore segnalarlo.", en: "internal error of mappafondo ({what}): nothing was written. It is a fault of the program: please report it." }
    SOLVER_FAILED { it: "il calcolo non è riuscito: {reason}. Nulla è stato scritto.", en: "the calculation failed: {reason}. Nothing was written." }
    FAULT_NO_CHOICE { it: "fra le scelte di numeri interi (unità, progetti, contributi minimi) non ne è stata trovata una che regga al centesimo", en: "no choice of whole numbers (units, projects, minimum grants) that holds to the cent was found" }
    FAULT_GOAL { it: "un obiettivo già risolto non ha ritrovato lo stesso valore", en: "a goal that was solved did not come to the same value again" }
    FAULT_UNPROVED { it: "è stato trovato un ottimo che i suoi stessi numeri non dimostrano", en: "an optimum was found that its own numbers do not prove" }
    FAULT_NO_CONFLICT { it: "nessun piano risulta possibile, ma non si trovano regole che non possano valere insieme", en: "no plan seems possible, yet no rules were found that cannot hold together" }
    FAULT_OUT_OF_RANGE { it: "un importo è troppo grande per essere contato", en: "an amount is too large to be counted" }
    FAULT_SOLVER { it: "nessuna risposta dal programma di calcolo ({said})", en: "no answer from the program that calculates ({said})" }
    LIMIT_REACHED { it: "il limite di tempo è stato raggiunto prima di trovare un piano: nulla è stato scritto. Dare più tempo con --time-limit.", en: "the time limit was reached before a plan was found: nothing was written. Give more time with --time-limit." }
    BUILD_OVERFLOW { it: "{what}: le cifre sono troppo distanti fra loro per stare in numeri interi. Scrivere quote e costi unitari con meno cifre.", en: "{what}: the figures are too far apart to be written as whole numbers. State shares and unit costs with fewer digits." }
    BUILD_ZERO_COST { it: "la regola \"{rule}\" conta unità di \"{action}\", il cui costo unitario nel {year} è zero. Darle un costo, o misurare in euro.", en: "rule \"{rule}\" counts units of \"{action}\", whose unit cost in {year} is zero. Give it a cost, or measure euro." }
    BUILD_BAND_OF_UNITS { it: "la regola \"{rule}\" è una banda pro capite in unità: una banda si misura in euro.", en: "rule \"{rule}\" is a band per head of units: a band measures euro." }
    BUILD_NO_FORMULA { it: "la regola \"{rule}\" chiede una quota di ciò che \"{fund}\" assegna alla zona \"{zone}\", ma il fondo è indiviso e non ha una formula. Aggiungere un [[riparto]], o togliere \"zone\" da for_each.", en: "rule \"{rule}\" asks for a share of what \"{fund}\" assigns to zone \"{zone}\", but the fund is a pool without a formula. Add a [[riparto]], or drop \"zone\" from for_each." }
    SELF_CHECK_FAILED { it: "il piano calcolato non supera il controllo indipendente: nulla è stato scritto. È un difetto del programma: per favore segnalarlo.", en: "the plan does not pass the independent check: nothing was written. It is a fault of the program: please report it." }
    VALID { it: "Il modello è valido: {funds}, {actions}, {zones}, {needs}, {rules}.", en: "The model is valid: {funds}, {actions}, {zones}, {needs}, {rules}." }
    ONE_RULE { it: "una regola", en: "one rule" }
    MANY_RULES { it: "{n} regole", en: "{n} rules" }
    ONE_WARNING { it: "Un avviso.", en: "One warning." }
    MANY_WARNINGS { it: "{n} avvisi.", en: "{n} warnings." }
    ONE_MORE_WARNING { it: "Un altro avviso: con -v.", en: "One more warning: with -v." }
    MORE_MANY_WARNINGS { it: "Altri {n} avvisi: con -v.", en: "{n} more warnings: with -v." }
    ONE_ASSUMPTION { it: "Il modello poggia su un'ipotesi (assumptions.csv): si legge con -v.", en: "The model leans on one estimate (assumptions.csv): read it with -v." }
    MANY_ASSUMPTIONS { it: "Il modello poggia su {n} ipotesi (assumptions.csv): si leggono con -v.", en: "The model leans on {n} estimates (assumptions.csv): read them with -v." }
    ASSUMPTIONS { it: "Ipotesi su cui poggia il modello", en: "Estimates the model leans on" }
    METHOD { it: "Come", en: "How" }
    RANGE { it: "Intervallo", en: "Range" }
    REPLACE { it: "Da sostituire con", en: "To be replaced by" }
    VERIFIED { it: "Verificato: {checks} controlli su {checks}, tutto ciò che il dossier afferma è vero.", en: "Verified: {checks} of {checks} checks, everything the dossier claims is true." }
    NOT_VERIFIED { it: "Non verificato: {failed} {failed|controllo|controlli} su {checks} non {failed|riesce|riescono}.", en: "Not verified: {failed} of {checks} checks {failed|fails|fail}." }
    CHECK_OK { it: "ok", en: "ok" }
    CHECK_FAILED { it: "NO", en: "NO" }
    MORE_FINDINGS { it: "… e altri {n}.", en: "… and {n} more." }
    EXPORTED { it: "Scritto {file}: {columns} {columns|colonna|colonne}, {rows} {rows|riga|righe}, obiettivo {goal}. {kept}", en: "Written {file}: {columns} {columns|column|columns}, {rows} {rows|row|rows}, goal {goal}. {kept}" }
    EXPORTED_FIRST { it: "È il primo: nessun obiettivo lo precede.", en: "It is the first: no goal comes before it." }
    EXPORTED_ALONE { it: "Senza gli obiettivi che lo precedono: il suo massimo non è quello di un piano.", en: "Without the goals before it: its maximum is not that of a plan." }
    EXPORTED_KEPT { it: "Gli obiettivi che lo precedono restano a quanto il piano raggiunge: righe lock_, {n}.", en: "The goals before it are kept at what the plan reaches: rows lock_, {n}." }
    READING { it: "Leggo il modello", en: "Reading the model" }
    READING_RESULTS { it: "Leggo i risultati", en: "Reading the results" }
    PLANNING { it: "Calcolo il piano", en: "Planning" }
    CHECKING { it: "Ricontrollo il piano", en: "Checking the plan" }
    DOING { it: "{what}: da {seconds} secondi…", en: "{what}: {seconds} seconds so far…" }
    DOING_COUNTED { it: "{what}: {done} di {all}, da {seconds} secondi…", en: "{what}: {done} of {all}, {seconds} seconds so far…" }
    COMPARING { it: "Confronto i risultati", en: "Comparing the results" }
    WRITING { it: "Scrivo il risultato", en: "Writing the result" }
    LOG_SIZE { it: "programma: {columns} {columns|colonna|colonne}, {rows} {rows|riga|righe}, {nonzeros} {nonzeros|coefficiente|coefficienti}", en: "programme: {columns} {columns|column|columns}, {rows} {rows|row|rows}, {nonzeros} {nonzeros|coefficient|coefficients}" }
    LOG_SOLVER { it: "risolutore: {solver}", en: "solver: {solver}" }
    INTERRUPTED { it: "Interrotto: nulla è stato scritto a metà.", en: "Interrupted: nothing was left half written." }
}

/// “4 rules”.
pub const N_RULES: Counted = Counted {
    one: ONE_RULE,
    many: MANY_RULES,
};
/// “4 more warnings”.
pub const MORE_WARNINGS: Counted = Counted {
    one: ONE_MORE_WARNING,
    many: MORE_MANY_WARNINGS,
};
/// How many estimates.
pub const N_ASSUMPTIONS: Counted = Counted {
    one: ONE_ASSUMPTION,
    many: MANY_ASSUMPTIONS,
};
/// “2 warnings.”
pub const N_WARNINGS: Counted = Counted {
    one: ONE_WARNING,
    many: MANY_WARNINGS,
};
