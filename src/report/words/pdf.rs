//! Words of the annex in PDF.

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
    SLICE { it: "({n} di {of})", en: "({n} of {of})" }
}
