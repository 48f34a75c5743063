//! Workbooks that cannot be taken in, cells that are not what their column wants, and what zones send back.

use super::kinds::problem_kinds;
use super::say::{Day, Nearest, Shown, WordList};

problem_kinds! {
    /// A workbook, a sheet or a cell that cannot be taken in.
    WorkbookProblem: Error

    NotAWorkbook = "model::workbook"
        it: "il file non è una cartella di lavoro .xlsx o .ods.", "Aprirlo in Excel o LibreOffice e salvarlo come \"Cartella di lavoro di Excel (.xlsx)\".";
        en: "the file is not an .xlsx or .ods workbook.", "Open it in Excel or LibreOffice and save it as \"Excel Workbook (.xlsx)\".";
    Encrypted = "model::workbook"
        it: "la cartella di lavoro è protetta da una password di apertura.", "Toglierla (File, Informazioni, Proteggi cartella di lavoro) e salvare di nuovo.";
        en: "the workbook is protected by a password to open it.", "Remove it (File, Info, Protect Workbook) and save again.";
    OldFormat { format: Shown } = "model::workbook"
        it: "la cartella di lavoro è nel formato {format}, che non si legge.", "Aprirla e salvarla come \"Cartella di lavoro di Excel (.xlsx)\".";
        en: "the workbook is in the format {format}, which is not read.", "Open it and save it as \"Excel Workbook (.xlsx)\".";
    NotWhole = "model::workbook"
        it: "la cartella di lavoro è danneggiata: il file non è intero.", "Farselo mandare di nuovo, o aprirlo, lasciarlo riparare e salvarlo come .xlsx.";
        en: "the workbook is damaged: the file is not whole.", "Ask for it again, or open it, let it be repaired and save it as .xlsx.";
    Damaged { part: Shown } = "model::workbook"
        it: "la cartella di lavoro è danneggiata: la parte \"{part}\" non si legge.", "Aprirla, lasciarla riparare e salvarla di nuovo come .xlsx.";
        en: "the workbook is damaged: its part \"{part}\" cannot be read.", "Open it, let it be repaired and save it again as .xlsx.";
    Nested { part: Shown, limit: u32 } = "model::workbook"
        it: "la parte \"{part}\" ha elementi annidati per più di {limit} livelli, che una cartella di lavoro non ha mai.", "Chiedere un altro file a chi lo ha mandato.";
        en: "part \"{part}\" has elements nested more than {limit} deep, which a workbook never has.", "Ask who sent it for another file.";
    PartTwice { name: Shown } = "model::workbook"
        it: "il file contiene due volte \"{name}\": non si sa quale vale.", "Aprirlo, controllare i dati e salvarlo di nuovo come .xlsx.";
        en: "the file holds \"{name}\" twice: which one counts is not known.", "Open it, check the data and save it again as .xlsx.";
    PartOutside { part: Shown } = "model::workbook"
        it: "la parte \"{part}\" porta fuori dalla cartella di lavoro: il file può essere ostile.", "Non aprirlo; chiederne un altro a chi lo ha mandato.";
        en: "part \"{part}\" leads out of the workbook: the file may be hostile.", "Do not open it; ask who sent it for another one.";
    Unzipped { limit: u64 } = "model::workbook_size"
        it: "la cartella di lavoro, decompressa, supera il limite di {limit} MB.", "Controllare che sia il file giusto; togliere fogli e immagini che non servono.";
        en: "the workbook, decompressed, is over the limit of {limit} MB.", "Check that it is the right file; remove sheets and images that are not needed.";
    Parts { limit: u64 } = "model::workbook_size"
        it: "la cartella di lavoro ha più di {limit} parti interne.", "Controllare che sia il file giusto e salvarlo di nuovo come .xlsx.";
        en: "the workbook has more than {limit} parts inside.", "Check that it is the right file and save it again as .xlsx.";
    TooManyCells { limit: u64, sheet: Shown } = "model::workbook_size"
        it: "con il foglio \"{sheet}\" i fogli superano il limite di {limit} celle scritte.", "Togliere le righe e i fogli che non servono.";
        en: "with the sheet \"{sheet}\" the sheets are over the limit of {limit} cells that hold something.", "Remove the rows and sheets that are not needed.";
    TooMuchText { limit: u64, sheet: Shown } = "model::workbook_size"
        it: "con il foglio \"{sheet}\" i testi delle celle superano il limite di {limit} MB.", "Togliere le righe e i fogli che non servono.";
        en: "with the sheet \"{sheet}\" the texts of the cells are over the limit of {limit} MB.", "Remove the rows and sheets that are not needed.";
    Declarations { part: Shown } = "model::workbook"
        it: "la parte \"{part}\" contiene dichiarazioni DTD, che una cartella di lavoro non ha mai: il file può essere ostile.", "Non aprirlo; chiederne un altro a chi lo ha mandato.";
        en: "part \"{part}\" contains DTD declarations, which a workbook never has: the file may be hostile.", "Do not open it; ask who sent it for another one.";
    NoModelSheet { sheet: Shown } = "model::sheet"
        it: "manca il foglio \"{sheet}\".", "Partire da un modello scritto da `mappafondo init --xlsx` o `mappafondo convert`, o rimettere il foglio.";
        en: "the sheet \"{sheet}\" is missing.", "Start from a workbook written by `mappafondo init --xlsx` or `mappafondo convert`, or put the sheet back.";
    MissingSheet { sheet: Shown } = "model::sheet"
        it: "manca il foglio \"{sheet}\", o è vuoto.", "Aggiungerlo con almeno una riga: il resto si controlla dopo.";
        en: "the sheet \"{sheet}\" is missing, or empty.", "Add it with at least one row: the rest is checked after that.";
    MisnamedSheet { nearest: Nearest } = "model::sheet"
        it: "nessun foglio del modello ha questo nome, e non sarebbe letto.", "{nearest}Rinominare il foglio o toglierlo.";
        en: "no sheet of a model has this name, so it would not be read.", "{nearest}Rename the sheet or remove it.";
    SheetTwice { first: Shown } = "model::sheet"
        it: "questo foglio e \"{first}\" sono la stessa tabella.", "Toglierne uno.";
        en: "this sheet and \"{first}\" are the same table.", "Remove one of them.";
    NoHeader { known: WordList } = "model::header"
        it: "non si trova la riga con i nomi delle colonne.", "Mettere nelle prime 30 righe i nomi: {known}.";
        en: "the row with the names of the columns is not found.", "Put the names within the first 30 rows: {known}.";
    Unnamed { value: Shown } = "model::header"
        it: "\"{value}\" è fuori dalla tabella: la sua colonna non ha nome.", "Dare un nome alla colonna, o togliere il valore.";
        en: "\"{value}\" is outside the table: its column has no name.", "Name the column, or remove the value.";
    NotACent { value: Shown } = "model::decimals"
        it: "{value} non è un importo in centesimi interi.", "Arrotondarlo a due decimali, anche nella formula: ARROTONDA(...;2).";
        en: "{value} is not an amount in whole cents.", "Round it to two decimals, in the formula too: ROUND(...,2).";
    AmbiguousText { value: Shown } = "model::ambiguous"
        it: "\"{value}\" è un testo che si può leggere in due modi: il punto può separare le migliaia o i decimali.", "Dire nel foglio Modello, alla voce \"Numeri nei testi\", come sono scritti i numeri, o scrivere un numero.";
        en: "\"{value}\" is a text that can be read in two ways: the point may separate thousands or decimals.", "Say in the sheet Model, at \"Numbers in texts\", how numbers are written, or write a number.";
    CellError { value: Shown } = "model::cell"
        it: "la cella contiene l'errore {value}.", "Correggere la formula, o scrivere il valore.";
        en: "the cell holds the error {value}.", "Correct the formula, or write the value.";
    NoResult = "model::cell"
        it: "la formula non ha un risultato salvato.", "Aprire il file in Excel o LibreOffice, lasciarlo calcolare e salvarlo.";
        en: "the formula has no saved result.", "Open the file in Excel or LibreOffice, let it compute and save it.";
    OutOfPlace = "model::cell"
        it: "nel file la cella non è al suo posto: la sua riga o la sua colonna sono già passate.", "Aprire il file, controllare i dati e salvarlo di nuovo come .xlsx.";
        en: "in the file the cell is not in its place: its row or its column is past already.", "Open the file, check the data and save it again as .xlsx.";
    CellTwice = "model::cell"
        it: "nel file la cella ha due valori: non si sa quale vale.", "Aprire il file, controllare i dati e salvarlo di nuovo come .xlsx.";
        en: "in the file the cell has two values: which one counts is not known.", "Open the file, check the data and save it again as .xlsx.";
    NoSharedText { value: Shown } = "model::cell"
        it: "la cella rinvia al testo numero {value} del file, che non c'è.", "Aprire il file, scrivere di nuovo il valore e salvarlo come .xlsx.";
        en: "the cell refers to text number {value} of the file, which is not there.", "Open the file, write the value again and save it as .xlsx.";
    OddCell { value: Shown } = "model::cell"
        it: "il contenuto della cella, \"{value}\", non è del tipo che il file dichiara.", "Scrivere di nuovo il valore e salvare il file come .xlsx.";
        en: "the content of the cell, \"{value}\", is not of the type the file declares.", "Write the value again and save the file as .xlsx.";
    IsDay { day: Day, number: Shown } = "model::cell_format"
        it: "la cella è formattata come data ({day}); il suo numero è {number}.", "Dare alla cella il formato di un numero, e controllare il valore.";
        en: "the cell is formatted as a date ({day}); its number is {number}.", "Give the cell the format of a number, and check the value.";
    IsTime { number: Shown } = "model::cell_format"
        it: "la cella è formattata come ora o durata; il suo numero è {number}.", "Dare alla cella il formato di un numero o di un testo, e scrivere di nuovo il valore.";
        en: "the cell is formatted as a time or a duration; its number is {number}.", "Give the cell the format of a number or a text, and write the value again.";
    MaybeDay { day: Day, number: Shown } = "model::date"
        it: "la cella contiene il numero {number}; come data sarebbe {day}.", "Se è una data, dare alla cella un formato data; altrimenti scrivere la data.";
        en: "the cell holds the number {number}; as a date it would be {day}.", "If it is a date, give the cell a date format; else write the date.";
    LongCode { value: Shown } = "model::cell_format"
        it: "{value} è un numero di più di 15 cifre: un foglio di calcolo ne conserva 15, e le altre sono perse.", "Dare alla cella il formato testo e scrivere di nuovo il codice.";
        en: "{value} is a number of more than 15 digits: a spreadsheet keeps 15, and the others are lost.", "Give the cell the text format and write the code again.";
    MergedCell { cell: Shown, area: Shown } = "model::merged_cell"
        it: "{cell} fa parte delle celle unite {area}, e non ha un valore suo.", "Dividere le celle e scrivere il valore in ognuna.";
        en: "{cell} is part of the merged cell {area}, and has no value of its own.", "Unmerge the cells and write the value in each.";
    Mark { value: Shown } = "model::matrix"
        it: "\"{value}\" non è un segno della matrice.", "Scrivere x dove il fondo può pagare l'azione, o lasciare la cella vuota.";
        en: "\"{value}\" is not a mark of the matrix.", "Write x where the fund may pay the action, or leave the cell empty.";
    NoValue { column: Shown } = "model::missing_key"
        it: "manca il valore della colonna \"{column}\".", "Scriverlo.";
        en: "the value of column \"{column}\" is missing.", "Write it.";
    NoEntry { entry: Shown } = "model::missing_key"
        it: "manca la voce \"{entry}\".", "Aggiungerla con il suo valore.";
        en: "the entry \"{entry}\" is missing.", "Add it with its value.";
    NoRows { sheet: Shown } = "model::missing_key"
        it: "nel foglio \"{sheet}\" nessuna riga parla di questa.", "Aggiungerne almeno una.";
        en: "no row of the sheet \"{sheet}\" speaks of this one.", "Add at least one.";
    NoValueWanted = "model::scenario"
        it: "per togliere una regola non serve un valore.", "Svuotare la cella, o scrivere in Come che cosa fare del valore.";
        en: "to take a rule away no value is wanted.", "Empty the cell, or say in How what to do with the value.";
    NoScenario { name: Shown, nearest: Nearest, known: WordList } = "model::scenario"
        it: "nel foglio non c'è uno scenario \"{name}\", né c'è un file con questo nome.", "{nearest}Scenari del foglio: {known}.";
        en: "the sheet has no scenario \"{name}\", and there is no file of this name.", "{nearest}Scenarios of the sheet: {known}.";
    NoParent { name: Shown, sheet: Shown } = "model::sheet_reference"
        it: "\"{name}\" non è una riga del foglio \"{sheet}\".", "Scrivere il codice di una riga di quel foglio, o togliere questa riga.";
        en: "\"{name}\" is not a row of the sheet \"{sheet}\".", "Write the code of a row of that sheet, or remove this row.";
    OtherPath { value: Shown } = "model::sheet_reference"
        it: "\"{value}\" non dice un posto di model.toml.", "Scriverlo come rule[codice].chiave, o togliere la riga.";
        en: "\"{value}\" does not say a place of model.toml.", "Write it as rule[code].key, or remove the row.";
    OtherValue { value: Shown } = "model::sheet_reference"
        it: "\"{value}\" non è un valore TOML.", "Scrivere un testo fra virgolette, un numero, un elenco fra [ ] o una tabella fra {{ }}.";
        en: "\"{value}\" is not a TOML value.", "Write a quoted text, a number, a list in [ ] or a table in {{ }}.";
    ModelKey { name: Shown, known: WordList } = "model::sheet_reference"
        it: "\"{name}\" non è una voce di questo foglio.", "Voci previste: {known}.";
        en: "\"{name}\" is not an entry of this sheet.", "Known entries: {known}.";
    DialectWord { value: Shown } = "model::dialect"
        it: "\"{value}\" non dice come sono scritti i numeri nei testi.", "Scrivere \"it\" (1.234,56) o \"en\" (1234.56).";
        en: "\"{value}\" does not say how numbers are written in texts.", "Write \"it\" (1.234,56) or \"en\" (1234.56).";

    NoZoneSheet { sheet: Shown } = "merge::sheet"
        it: "manca il foglio \"{sheet}\": non è la cartella di una zona.", "Chiedere alla zona il file che le è stato mandato, compilato.";
        en: "the sheet \"{sheet}\" is missing: this is no zone's workbook.", "Ask the zone for the file it was sent, filled in.";
    UnknownZone { zone: Shown, nearest: Nearest } = "merge::zone"
        it: "la zona \"{zone}\" non è in questo modello.", "{nearest}Controllare che la cartella sia di questo modello.";
        en: "zone \"{zone}\" is not in this model.", "{nearest}Check that the workbook belongs to this model.";
    ForeignZone { zone: Shown, own: Shown } = "merge::zone"
        it: "questa riga è della zona \"{zone}\", ma la cartella è della zona \"{own}\".", "Ogni zona può cambiare solo i propri dati: togliere la riga.";
        en: "this row belongs to zone \"{zone}\", but the workbook to zone \"{own}\".", "A zone can only change its own data: remove the row.";
    ChangedKey { value: Shown } = "merge::key"
        it: "il modello non ha la riga \"{value}\": un codice è stato cambiato, o la riga è nuova.", "Rimettere i codici mandati alla zona; le righe nuove si aggiungono nel modello.";
        en: "the model has no row \"{value}\": a code was changed, or the row is new.", "Put back the codes sent to the zone; new rows are added in the model.";
    Stale { sent: Shown, now: Shown } = "merge::stale"
        it: "alla zona era stato mandato {sent}, ma il modello ora ha {now}.", "Mandare alla zona una cartella nuova, o rimettere nel modello il valore mandato.";
        en: "the zone was sent {sent}, but the model now has {now}.", "Send the zone a new workbook, or put the value it was sent back into the model.";
    Conflict { value: Shown, other: Shown, place: Shown } = "merge::conflict"
        it: "qui c'è {value}, ma {place} ha {other} per lo stesso dato.", "Chiedere alla zona quale vale, e lasciare una cartella sola.";
        en: "here is {value}, but {place} has {other} for the same figure.", "Ask the zone which one holds, and leave a single workbook.";
    Emptied { sent: Shown } = "merge::empty"
        it: "la cella è vuota, ma alla zona era stato mandato {sent}: vuoto non è zero.", "Scrivere il valore, 0 se è zero.";
        en: "the cell is empty, but the zone was sent {sent}: empty is not zero.", "Write the value, 0 if it is zero.";
}

problem_kinds! {
    /// What a careful reader of a workbook should know.
    WorkbookRemark: Warning

    HiddenSheet = "model::hidden"
        it: "il foglio è nascosto, ma è letto.", "Mostrarlo e controllarlo, o toglierlo.";
        en: "the sheet is hidden, but it is read.", "Show and check it, or remove it.";
    HiddenRow = "model::hidden"
        it: "la riga è nascosta, ma è letta.", "Mostrarla e controllarla, o toglierla.";
        en: "the row is hidden, but it is read.", "Show and check it, or remove it.";
    HiddenRows { number: usize, rows: Shown } = "model::hidden"
        it: "{number} righe sono nascoste, ma sono lette: {rows}.", "Mostrarle e controllarle, o toglierle.";
        en: "{number} rows are hidden, but they are read: {rows}.", "Show and check them, or remove them.";
    HiddenColumn { column: Shown } = "model::hidden"
        it: "la colonna {column} è nascosta, ma è letta.", "Mostrarla e controllarla, o toglierla.";
        en: "column {column} is hidden, but it is read.", "Show and check it, or remove it.";
    UnknownSheets { number: usize } = "model::sheet"
        it: "altri {number} fogli non hanno il nome di un foglio del modello: non sono letti.", "";
        en: "{number} more sheets have no name of a sheet of a model: they are not read.", "";
    UnknownSheet = "model::sheet"
        it: "nessun foglio del modello ha questo nome: non è letto.", "";
        en: "no sheet of a model has this name: it is not read.", "";
    Formulas { number: usize } = "model::formula_cell"
        it: "nella colonna ci sono formule ({number}, questa è la prima): vale l'ultimo risultato salvato.", "Ricalcolare e salvare prima di usare il file.";
        en: "the column has formulas ({number}, this is the first): the last saved result counts.", "Recompute and save before using the file.";
    Commas { value: Shown } = "model::expression"
        it: "in \"{value}\" la virgola fra due cifre separa due valori, non i decimali.", "Scrivere il punto (0.15) se è un decimale, o uno spazio dopo la virgola.";
        en: "in \"{value}\" the comma between two digits separates two values, not decimals.", "Write a point (0.15) if it is a decimal, or a blank after the comma.";
    Macros = "model::workbook"
        it: "la cartella di lavoro contiene macro, che non sono lette né eseguite.", "";
        en: "the workbook contains macros, which are neither read nor run.", "";
    Links = "model::workbook"
        it: "la cartella di lavoro rinvia ad altri file, che non sono letti: vale l'ultimo valore salvato.", "Controllare che i valori siano aggiornati.";
        en: "the workbook refers to other files, which are not read: the last saved value counts.", "Check that the values are up to date.";
}
