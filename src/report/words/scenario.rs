//! Scenarios: what they change, told to a budget officer.

use super::{Counted, words};

words! {
    SCENARIOS { it: "Scenari", en: "Scenarios" }
    SCENARIO { it: "{id}: {title}", en: "{id}: {title}" }
    DIFFERENCE { it: "Che cosa cambia", en: "What changes" }
    NO_DIFFERENCE { it: "Nulla: il modello con gli scenari è quello di partenza.", en: "Nothing: the model with the scenarios is the one it starts from." }
    ZONES { it: "Zone", en: "Zones" }
    FUNDS { it: "Fondi", en: "Funds" }
    AMOUNTS { it: "Importi (euro)", en: "Amounts (euro)" }
    ACTIONS { it: "Azioni", en: "Actions" }
    NEEDS { it: "Fabbisogni nel piano (euro)", en: "Needs over the plan (euro)" }
    INDICATORS { it: "Indicatori (somma delle zone)", en: "Indicators (sum of the zones)" }
    RULES { it: "Regole", en: "Rules" }
    ENTRIES { it: "Altre voci di model.toml", en: "Other entries of model.toml" }
    ROWS { it: "Righe delle tabelle", en: "Rows of tables" }
    CHANGED { it: "{what}: {before} → {after}", en: "{what}: {before} → {after}" }
    APPEARS { it: "{what}: nuovo, {after}", en: "{what}: new, {after}" }
    APPEARS_BARE { it: "{what}: nuovo", en: "{what}: new" }
    GONE { it: "{what}: tolto ({before})", en: "{what}: gone ({before})" }
    GONE_BARE { it: "{what}: tolto", en: "{what}: gone" }
    OTHER_TEXT { it: "{what}: cambiato", en: "{what}: changed" }
    UNLIMITED { it: "{euro} e una parte senza limite", en: "{euro} and a part without limit" }
}

/// How many lines are not shown.
pub const MORE: Counted = Counted {
    one: super::Text {
        it: "… e un'altra riga (tutte con --format json)",
        en: "… and one more line (all of them with --format json)",
    },
    many: super::Text {
        it: "… e altre {n} righe (tutte con --format json)",
        en: "… and {n} more lines (all of them with --format json)",
    },
};
