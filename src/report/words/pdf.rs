//! Words of the annexes in PDF and for Word.

use super::words;

words! {
    TITLE {
        it: "Proposta di riparto. {plan}",
        en: "Proposed allocation. {plan}",
    }
    HEADING { it: "Proposta di riparto", en: "Proposed allocation" }
    PAGE { it: "Pagina", en: "Page" }
    OF { it: "di", en: "of" }
    MADE {
        it: "Calcolata da mappafondo {version}; impronta del modello {hash}",
        en: "Computed by mappafondo {version}; fingerprint of the model {hash}",
    }
    WHO_GETS { it: "Che cosa riceve ogni zona, da quale fondo, per che cosa (euro)", en: "What each zone gets, from which fund, for what (euro)" }
    SLICE { it: "({n} di {of})", en: "({n} of {of})" }
}
