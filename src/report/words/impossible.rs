//! What is seen to have no plan before anything is solved.

use super::words;

words! {
    TOGETHER { it: "Nessun piano è possibile. Non possono valere insieme: {members}.", en: "No plan is possible. These cannot hold together: {members}." }
    ALONE { it: "Nessun piano è possibile. Chiede più di quanto nel modello si può avere: {members}.", en: "No plan is possible. This asks for more than the model can give: {members}." }
    SHORT { it: "Mancano {euro} euro.", en: "{euro} euro are missing." }
}
