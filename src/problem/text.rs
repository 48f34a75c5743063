//! Ids and texts with characters that deceive.

use super::kinds::problem_kinds;
use super::say::Shown;

problem_kinds! {
    /// A text that is not what it seems.
    TextProblem: Error

    FormulaStart { value: Shown } = "model::id"
        it: "il codice \"{value}\" comincia con =, +, - o @: un foglio di calcolo lo prenderebbe per una formula.", "Far cominciare il codice con una lettera o una cifra.";
        en: "the id \"{value}\" starts with =, +, - or @: a spreadsheet would take it for a formula.", "Start the id with a letter or a digit.";
    IdCharacter { value: Shown, character: Shown } = "model::id"
        it: "il codice \"{value}\" contiene \"{character}\".", "Usare solo lettere, cifre, trattino, trattino basso e punto.";
        en: "the id \"{value}\" contains \"{character}\".", "Use only letters, digits, hyphen, underscore and dot.";
    LookAlike { value: Shown, code_point: Shown, latin: Shown } = "model::look_alike"
        it: "il codice \"{value}\" contiene il carattere {code_point}, che sembra una \"{latin}\" latina ma non lo è.", "Riscrivere il codice a mano.";
        en: "the id \"{value}\" contains the character {code_point}, which looks like a Latin \"{latin}\" but is not.", "Type the id again.";
    OtherScript { value: Shown, code_point: Shown } = "model::look_alike"
        it: "il codice \"{value}\" contiene il carattere {code_point}, che non è una lettera latina.", "Riscrivere il codice con lettere latine.";
        en: "the id \"{value}\" contains the character {code_point}, which is not a Latin letter.", "Write the id in Latin letters.";
    Invisible { value: Shown, code_point: Shown } = "model::invisible"
        it: "\"{value}\" contiene il carattere invisibile {code_point}.", "Cancellare e riscrivere il valore a mano.";
        en: "\"{value}\" contains the invisible character {code_point}.", "Delete the value and type it again.";
    Bidirectional { value: Shown, code_point: Shown } = "model::bidirectional"
        it: "\"{value}\" contiene il carattere {code_point}, che inverte il verso di lettura.", "Cancellare e riscrivere il valore a mano.";
        en: "\"{value}\" contains the character {code_point}, which reverses the direction of reading.", "Delete the value and type it again.";
    Control { value: Shown, code_point: Shown } = "model::control"
        it: "\"{value}\" contiene il carattere di controllo {code_point}.", "Cancellare e riscrivere il valore a mano.";
        en: "\"{value}\" contains the control character {code_point}.", "Delete the value and type it again.";
    TooLong { limit: u64 } = "model::field_size"
        it: "il campo supera il limite di {limit} MB.", "Controllare le virgolette di questa riga e delle precedenti: forse una non è chiusa.";
        en: "the field is over the limit of {limit} MB.", "Check the quotes on this line and before it: perhaps one is not closed.";
}
