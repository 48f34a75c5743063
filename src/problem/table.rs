//! Tables whose shape is wrong: headers, rows, separators.

use super::kinds::problem_kinds;
use super::say::{Nearest, Shown, WordList};

problem_kinds! {
    /// A table whose shape is wrong.
    TableProblem: Error

    UnnamedColumn { position: usize } = "model::header"
        it: "la colonna {position} non ha nome.", "Darle un nome o toglierla.";
        en: "column {position} has no name.", "Name it or take it away.";
    DuplicateColumn { name: Shown, first: usize, second: usize } = "model::duplicate_column"
        it: "le colonne {first} e {second} si chiamano entrambe \"{name}\".", "Toglierne una o cambiarle nome.";
        en: "columns {first} and {second} are both named \"{name}\".", "Remove one or rename it.";
    UnknownColumn { name: Shown, nearest: Nearest, known: WordList } = "model::unknown_column"
        it: "la colonna \"{name}\" non è prevista.", "{nearest}Colonne previste: {known}.";
        en: "column \"{name}\" is not known.", "{nearest}Known columns: {known}.";
    MissingColumn { name: Shown } = "model::missing_column"
        it: "manca la colonna \"{name}\".", "Aggiungerla.";
        en: "column \"{name}\" is missing.", "Add it.";
    TooManyColumns { limit: usize } = "model::columns"
        it: "la tabella supera il limite di {limit} colonne.", "Controllare che il file sia quello giusto.";
        en: "the table is over the limit of {limit} columns.", "Check that it is the right file.";
    Separator { separator: Shown, table: Shown } = "model::separator"
        it: "i campi sembrano separati da \"{separator}\" e non da una virgola.", "Se è un file italiano, dichiarare in model.toml [files.{table}] dialect = \"it\" (punto e virgola, virgola decimale); altrimenti salvarlo con le virgole.";
        en: "the fields seem separated by \"{separator}\" and not by a comma.", "If it is an Italian file, declare [files.{table}] dialect = \"it\" in model.toml (semicolons, decimal comma); else save it with commas.";
    SeparatorRun { separator: Shown } = "model::separator"
        it: "i campi sembrano separati da \"{separator}\" e non da una virgola.", "Se è un file italiano, dichiarare sotto [sweep] dialect = \"it\" (punto e virgola, virgola decimale); altrimenti salvarlo con le virgole.";
        en: "the fields seem separated by \"{separator}\" and not by a comma.", "If it is an Italian file, declare dialect = \"it\" under [sweep] (semicolons, decimal comma); else save it with commas.";
    SeparatorItalian = "model::separator"
        it: "il file è dichiarato in dialetto \"it\" ma i campi non sono separati da punto e virgola.", "Salvarlo con il punto e virgola, o togliere la dichiarazione da model.toml.";
        en: "the file is declared in dialect \"it\" but its fields are not separated by semicolons.", "Save it with semicolons, or remove the declaration from model.toml.";
    Ragged { found: usize, expected: usize } = "model::ragged_row"
        it: "la riga ha {found} campi, l'intestazione ne ha {expected}.", "Controllare i separatori: un testo che ne contiene va fra virgolette.";
        en: "the row has {found} fields, the header has {expected}.", "Check the separators: a text that contains one must be quoted.";
    Total { value: Shown } = "model::total_row"
        it: "la riga \"{value}\" sembra un totale, non un dato.", "Toglierla: i totali sono calcolati.";
        en: "the row \"{value}\" seems a total, not data.", "Remove it: totals are computed.";
    Quote = "model::quote"
        it: "in questa riga una virgoletta \" non è chiusa.", "Chiuderla; una virgoletta dentro un testo si scrive due volte.";
        en: "a quote \" is not closed on this row.", "Close it; a quote inside a text is written twice.";
    NoRows = "model::empty_table"
        it: "la tabella non ha righe.", "Scrivere almeno una riga.";
        en: "the table has no rows.", "Write at least one row.";
}
