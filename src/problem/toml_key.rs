//! Keys of `model.toml`: syntax, unknown and missing keys.

use super::kinds::problem_kinds;
use super::say::{Nearest, Shown, WordList};
use super::syntax::SyntaxFault;

problem_kinds! {
    /// A key of `model.toml` that is wrong.
    KeyProblem: Error

    Syntax { fault: SyntaxFault } = "model::toml_syntax"
        it: "errore di sintassi: {fault}.", "Controllare questa riga e la precedente.";
        en: "syntax error: {fault}.", "Check this line and the one before.";
    DuplicateKey = "model::duplicate_key"
        it: "la stessa chiave o tabella è scritta due volte.", "Tenerne una sola.";
        en: "the same key or table is written twice.", "Keep one of them.";
    TooDeep { limit: usize } = "model::nesting"
        it: "le tabelle e gli elenchi sono annidati per più di {limit} livelli.", "Semplificare la struttura.";
        en: "tables and lists are nested more than {limit} deep.", "Simplify the structure.";
    Unknown { key: Shown, nearest: Nearest, known: WordList } = "model::unknown_key"
        it: "la chiave \"{key}\" non è prevista.", "{nearest}Chiavi previste: {known}.";
        en: "key \"{key}\" is not known.", "{nearest}Known keys: {known}.";
    Missing { key: Shown } = "model::missing_key"
        it: "manca la chiave \"{key}\".", "Aggiungerla.";
        en: "key \"{key}\" is missing.", "Add it.";
    Reserved { word: Shown } = "model::reserved"
        it: "\"{word}\" fa parte del formato ma non di questa versione.", "Togliere la regola o esprimerla in euro o unità.";
        en: "\"{word}\" is part of the format but not of this version.", "Remove the rule or express it in euro or units.";
    Format { found: Shown } = "model::format"
        it: "il formato {found} non è letto da questa versione.", "Scrivere format = 1, o usare una versione più recente di mappafondo.";
        en: "format {found} is not read by this version.", "Write format = 1, or use a newer mappafondo.";
}
