//! Texts of workbooks: the legend, the sheets of a zone, what `convert` and `init` say.

use super::{Counted, words};

words! {
    LEGEND_COLOURS { it: "Che cosa dicono i colori", en: "What colours mean" }
    COLOUR_OFFICIAL { it: "ufficiale", en: "official" }
    COLOUR_OFFICIAL_MEANS { it: "Cifra pubblicata da un ente pubblico.", en: "A figure published by a public body." }
    COLOUR_DERIVED { it: "derivato", en: "derived" }
    COLOUR_DERIVED_MEANS { it: "Calcolata da cifre ufficiali.", en: "Computed from official figures." }
    COLOUR_ESTIMATE { it: "stima", en: "estimate" }
    COLOUR_ESTIMATE_MEANS { it: "Un'ipotesi: si veda il foglio Ipotesi.", en: "An assumption: see the sheet Assumptions." }
    COLOUR_INPUT { it: "da compilare", en: "to be filled in" }
    COLOUR_INPUT_MEANS { it: "Cella da compilare, nelle cartelle delle zone.", en: "A cell to fill in, in the zones' workbooks." }
    COLOUR_COMPUTED { it: "calcolato o ripetuto", en: "computed or repeated" }
    COLOUR_COMPUTED_MEANS { it: "Solo da leggere: cambiarla non cambia nulla.", en: "Only to be read: changing it changes nothing." }
    LEGEND_RULES { it: "Come si compila", en: "How to fill it in" }
    LEGEND_CHANGE { it: "Si cambiano i valori sotto le intestazioni; le note sulle intestazioni dicono che cosa va in ogni colonna.", en: "Change the values below the headers; the notes on the headers say what goes into each column." }
    LEGEND_NUMBERS { it: "I numeri nelle celle di testo si leggono come dice il foglio Modello; vuoto non è mai zero.", en: "Numbers in cells of text are read as the sheet Model says; empty is never zero." }
    LEGEND_FORMULAS { it: "Le formule valgono con l'ultimo risultato salvato; una cella con un errore è rifiutata.", en: "Formulas count with the last saved result; a cell with an error is refused." }
    LEGEND_TOTALS { it: "Niente righe di totali: i totali sono calcolati. Righe vuote e titoli sopra l'intestazione non disturbano.", en: "No rows of totals: totals are computed. Blank rows and titles above the header do no harm." }
    LEGEND_HIDDEN { it: "Nei fogli di regole le colonne che nessuna riga usa sono nascoste.", en: "In the sheets of rules the columns that no row uses are hidden." }
    LEGEND_COMMENTS { it: "I commenti di model.toml non passano nella cartella di lavoro.", en: "The comments of model.toml do not pass into the workbook." }
    HELP_CONVERT { it: "Trasforma una cartella in una cartella di lavoro .xlsx, o il contrario; accoglie ciò che le zone rimandano", en: "Turns a folder into an .xlsx workbook, or back; takes in what zones send back" }
    HELP_INIT { it: "Scrive un modello da cui partire", en: "Writes a model to start from" }
    HELP_TARGET { it: "Che cosa scrivere: una cartella di lavoro se finisce in .xlsx, altrimenti una cartella", en: "What to write: a workbook if it ends in .xlsx, else a folder" }
    HELP_MERGE { it: "Cartelle di lavoro rimandate dalle zone", en: "Workbooks that zones sent back" }
    HELP_FOLDER { it: "Cartella in cui scrivere il modello", en: "Folder to write the model into" }
    HELP_XLSX { it: "Cartella di lavoro da scrivere", en: "Workbook to write" }
    TARGET_FORMAT { it: "\"{file}\": si scrivono solo cartelle di lavoro .xlsx.", en: "\"{file}\": only .xlsx workbooks are written." }
    FILE_EXISTS { it: "\"{file}\" esiste già e non è ciò che si scriverebbe: non viene toccato. Scegliere un altro nome, o spostarlo.", en: "\"{file}\" is there already and is not what would be written: it is left alone. Choose another name, or move it." }
    CONVERTED_WORKBOOK { it: "Scritta la cartella di lavoro {target}.", en: "Written the workbook {target}." }
    CONVERTED_FOLDER { it: "Scritta la cartella {target}: {files}.", en: "Written the folder {target}: {files}." }
    COMMENTS_LOST { it: "I commenti di model.toml non passano nella cartella di lavoro.", en: "The comments of model.toml do not pass into the workbook." }
    MERGED_ONE { it: "Accolto un valore dalle zone.", en: "One value taken in from the zones." }
    MERGED_MANY { it: "Accolti {n} valori dalle zone.", en: "{n} values taken in from the zones." }
    COLUMN_ZONE { it: "Zona", en: "Zone" }
    COLUMN_WHAT { it: "Dato", en: "Figure" }
    COLUMN_BEFORE { it: "Prima", en: "Before" }
    COLUMN_AFTER { it: "Ora", en: "Now" }
    COLUMN_CELL { it: "Cella", en: "Cell" }
    CANNOT_BE_WRITTEN { it: "un foglio non può contenere il modello: {reason}. Nulla è stato scritto.", en: "a sheet cannot hold the model: {reason}. Nothing was written." }
    INIT_NEXT { it: "Tutte le righe sono esempi con cifre inventate: sostituirle, poi `mappafondo check {target}`.", en: "Every row is an example with invented figures: replace them, then `mappafondo check {target}`." }
    LEGEND_SHEETS { it: "I fogli", en: "The sheets" }
}

/// “12 values taken in from the zones.”
pub const MERGED: Counted = Counted {
    one: MERGED_ONE,
    many: MERGED_MANY,
};
