//! Names that point nowhere, to several things, twice to the same, or to themselves.

use super::kinds::problem_kinds;
use super::say::{Nearest, Shown, Thing, Things};

problem_kinds! {
    /// A name that does not lead to exactly one thing.
    ReferenceProblem: Error

    Unknown { thing: Thing, id: Shown, nearest: Nearest, home: Shown } = "model::unknown_name"
        it: "{thing} \"{id}\" non esiste.", "{nearest}I codici sono in {home}.";
        en: "{thing} \"{id}\" does not exist.", "{nearest}The ids are in {home}.";
    UnknownSelection { things: Things, id: Shown, nearest: Nearest } = "model::unknown_name"
        it: "\"{id}\" non è un codice, un'etichetta o un gruppo di {things}.", "{nearest}Scrivere un codice, un'etichetta (tags) o un gruppo ([[group]]) esistente.";
        en: "\"{id}\" is not an id, a tag or a group of {things}.", "{nearest}Write an existing id, tag (tags) or group ([[group]]).";
    Ambiguous { things: Things, id: Shown } = "model::ambiguous_name"
        it: "\"{id}\" è sia un codice sia un'etichetta o un gruppo di {things}.", "Cambiare nome all'etichetta o al gruppo.";
        en: "\"{id}\" is both an id and a tag or a group of {things}.", "Rename the tag or the group.";
    Duplicate { thing: Thing, id: Shown, first: u32, second: u32 } = "model::duplicate"
        it: "{thing} \"{id}\" compare due volte: alla riga {first} e alla riga {second}.", "Tenere una sola riga.";
        en: "{thing} \"{id}\" is written twice: on line {first} and on line {second}.", "Keep one line.";
    Repeated { id: Shown } = "model::duplicate"
        it: "\"{id}\" è ripetuto nello stesso elenco.", "Scriverlo una volta sola.";
        en: "\"{id}\" is repeated in the same list.", "Write it once.";
    Cycle { path: Shown } = "model::cycle"
        it: "i riferimenti girano in tondo: {path}.", "Toglierne uno.";
        en: "the references go round: {path}.", "Remove one.";
    EmptySelection = "model::empty_selection"
        it: "l'elenco è vuoto.", "Scrivere almeno un codice, o togliere la chiave per intendere tutti.";
        en: "the list is empty.", "Write at least one id, or remove the key to mean all.";
}
