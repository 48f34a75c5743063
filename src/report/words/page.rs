//! The report one can read in a browser: its headings, its sentences, what is said of each picture.

use super::{Counted, Text, words};

words! {
    SHORT_EURO { it: "euro", en: "euro" }
    SHORT_THOUSAND { it: "mila", en: "thousand" }
    SHORT_MILLION { it: "mln", en: "m" }
    IN_EURO { it: "In euro", en: "In euro" }
    IN_THOUSANDS { it: "In migliaia di euro", en: "In thousands of euro" }
    IN_MILLIONS { it: "In milioni di euro", en: "In millions of euro" }
    COLON { it: "{name}: {value}", en: "{name}: {value}" }
    BAR_PART { it: "{name}, {part}: {value}", en: "{name}, {part}: {value}" }
    FLOW_LINK { it: "Da {from} a {to}: {euro} euro", en: "From {from} to {to}: {euro} euro" }
    FLOW_NODE { it: "{name}: {euro} euro", en: "{name}: {euro} euro" }
    HEAT_CELL { it: "{row}, {column}: {euro} euro", en: "{row}, {column}: {euro} euro" }
    LEGEND_LESS { it: "meno", en: "less" }
    KIND { it: "Proposta di riparto", en: "Proposed allocation" }
    SKIP { it: "Vai al contenuto", en: "Skip to the content" }
    CONTENTS { it: "Indice", en: "Contents" }
    HOW_TO_READ { it: "Che cosa dicono le colonne", en: "What the columns say" }
    FOOTER { it: "Pagina scritta da mappafondo {version}. Si legge senza rete e non contiene programmi: si può conservare, stampare e allegare.", en: "Page written by mappafondo {version}. It needs no network and contains no programs: it can be kept, printed and attached." }
    HASH { it: "Impronta del modello: {hash}", en: "Hash of the model: {hash}" }
    ZONES { it: "Schede delle zone", en: "Sheets of the zones" }
    ZONES_NOTE { it: "Una scheda per zona. Aprire quelle che servono; le schede chiuse non si stampano.", en: "One sheet per zone. Open those you need; closed sheets are not printed." }
    ZONE_TITLE { it: "Scheda della zona {zone}", en: "Sheet of the zone {zone}" }
    ZONE_SUBTITLE { it: "{title}. {subtitle}", en: "{title}. {subtitle}" }
    F_PLANNED { it: "Programmato", en: "Planned" }
    F_NEED { it: "Fabbisogno", en: "Need" }
    F_COVERED { it: "Fabbisogno coperto", en: "Need covered" }
    F_COVERED_EURO { it: "{euro} euro", en: "{euro} euro" }
    F_RECEIVED { it: "Riceve", en: "Receives" }
    F_LEAST { it: "Zona meno servita", en: "Zone covered least" }
    F_MOST { it: "Zona meglio servita", en: "Zone covered most" }
    F_EURO { it: "euro", en: "euro" }
    FLOW_TITLE { it: "Dove va il denaro: dai fondi alle azioni alle zone", en: "Where the money goes: from funds to actions to zones" }
    FLOW_FUNDS { it: "Fondi", en: "Funds" }
    FLOW_ACTIONS { it: "Azioni", en: "Actions" }
    FLOW_ZONES { it: "Zone", en: "Zones" }
    LEVEL_EU { it: "Unione europea", en: "European Union" }
    LEVEL_STATE { it: "Stato", en: "State" }
    LEVEL_REGION { it: "Regione", en: "Region" }
    LEVEL_MUNICIPAL { it: "Comuni", en: "Municipalities" }
    HEAT_TITLE { it: "Il mappafondo: quanto ogni fondo dà a ogni azione", en: "The mappafondo: what each fund gives each action" }
    MAP_TITLE { it: "Quanto del fabbisogno è coperto, zona per zona", en: "How much of the need is covered, zone by zone" }
    MAP_SOURCE { it: "Disegno delle zone: {source}.", en: "Drawing of the zones: {source}." }
    MAP_RECEIVED { it: "Quanto riceve ogni zona (euro): la parte coperta del fabbisogno è la stessa ovunque", en: "What each zone receives (euro): the covered part of the need is the same everywhere" }
    COVERAGE_TITLE { it: "Fabbisogno di ogni zona: la parte coperta e quella che resta scoperta", en: "Need of each zone: the covered part and what stays uncovered" }
    PART_COVERED { it: "coperto", en: "covered" }
    PART_UNCOVERED { it: "scoperto", en: "uncovered" }
    RULES_TITLE { it: "Come stanno le regole: casi di ognuna", en: "How the rules stand: cases of each rule" }
    SPENDING_TITLE { it: "Dov'è il denaro di ogni fondo alla fine del piano", en: "Where the money of each fund is at the end of the plan" }
    PART_USED { it: "programmato", en: "used" }
    PART_LEFT { it: "resta per dopo il piano", en: "left for after the plan" }
    PART_LOST { it: "perso", en: "lost" }
    COMPARE_TITLE { it: "{title}: differenza in euro", en: "{title}: difference in euro" }
    SWEEP_TITLE { it: "{title}: dove cadono gli scenari", en: "{title}: where the scenarios lie" }
    THIS_PLAN { it: "questo piano", en: "this plan" }
    RULES_SHORT { it: "Qui sotto ci sono le regole di tutta la regione e quelle mancate; le regole rispettate di una sola zona sono nella sua scheda.", en: "Below are the rules of the whole region and those that are missed; rules of a single zone that are met are in its sheet." }
    LAWS_TITLE { it: "Che cosa costa ogni norma: {goal}", en: "What each law costs: {goal}" }
    NEXT_EURO_TITLE { it: "Che cosa porta più denaro di ogni fondo: {goal}", en: "What more money of each fund brings: {goal}" }
    NO_VALUE { it: "—", en: "—" }
}

/// After the title of a table that is folded away.
pub const FOLDED: Counted = Counted {
    one: Text {
        it: "(una riga)",
        en: "(one row)",
    },
    many: Text {
        it: "({n} righe)",
        en: "({n} rows)",
    },
};

/// Under a table whose rows are not on the page.
pub const TOO_LONG: Counted = Counted {
    one: Text {
        it: "La riga è nella cartella di lavoro e nei file CSV e JSON.",
        en: "The row is in the workbook and in the CSV and JSON files.",
    },
    many: Text {
        it: "Le {n} righe sono nella cartella di lavoro e nei file CSV e JSON: qui sarebbero troppe.",
        en: "The {n} rows are in the workbook and in the CSV and JSON files: here they would be too many.",
    },
};
