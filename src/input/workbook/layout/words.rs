//! The words of the format as sheets have them.

use super::{Said, said};

/// A word: its name in the text format, and in a sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordPair {
    /// In the text format.
    pub(crate) key: &'static str,
    /// In a sheet.
    pub(crate) name: Said,
}

const fn word(key: &'static str, it: &'static str, en: &'static str) -> WordPair {
    WordPair {
        key,
        name: said(it, en),
    }
}

pub(super) const YES_NO: &[WordPair] = &[word("yes", "sì", "yes"), word("no", "no", "no")];
pub(super) const LEVEL: &[WordPair] = &[
    word("eu", "UE", "EU"),
    word("state", "stato", "state"),
    word("national", "nazionale", "national"),
    word("region", "regione", "region"),
    word("municipal", "comuni", "municipal"),
];
pub(super) const NATURE: &[WordPair] = &[
    word("current", "corrente", "current"),
    word("capital", "capitale", "capital"),
];
pub(super) const FUND_NATURE: &[WordPair] = &[
    word("current", "corrente", "current"),
    word("capital", "capitale", "capital"),
    word("both", "entrambe", "both"),
];
pub(super) const CONFIDENCE: &[WordPair] = &[
    word("official", "ufficiale", "official"),
    word("derived", "derivato", "derived"),
    word("estimate", "stima", "estimate"),
];
pub(super) const KIND: &[WordPair] = &[
    word("divisible", "divisibile", "divisible"),
    word("units", "unità intere", "units"),
    word("project", "progetto", "project"),
];
pub(super) const AGREEMENT: &[WordPair] = &[word("joint", "congiunto", "joint")];
pub(super) const GROUP: &[WordPair] = &[
    word("action", "azioni", "action"),
    word("fund", "fondi", "fund"),
    word("zone", "zone", "zone"),
];
pub(super) const ROLE: &[WordPair] = &[
    word("assign", "assegna", "assign"),
    word("baseline", "confronto", "baseline"),
];
pub(super) const ROUND: &[WordPair] = &[
    word("cent", "centesimo", "cent"),
    word("euro", "euro", "euro"),
    word("naive", "riga per riga", "naive"),
];
pub(super) const UNIT: &[WordPair] = &[
    word("cent", "centesimo", "cent"),
    word("euro", "euro", "euro"),
    word("hundreds", "centinaia", "hundreds"),
    word("thousands", "migliaia", "thousands"),
];
pub(super) const ROUND_BY: &[WordPair] = &[
    word("largest_remainder", "resti maggiori", "largest remainder"),
    word("half_up", "al più vicino", "half up"),
    word("down", "per difetto", "down"),
];
pub(super) const REST: &[WordPair] = &[
    word("none", "non assegnato", "unassigned"),
    word("largest", "alla maggiore", "to the largest"),
    word("first", "alla prima", "to the first"),
];
pub(super) const DEDUCTION_BASE: &[WordPair] = &[
    word("left", "ciò che resta", "what is left"),
    word("total", "totale", "total"),
];
pub(super) const STRENGTH: &[WordPair] = &[
    word("law", "legge", "law"),
    word("plan", "piano", "plan"),
    word("target", "traguardo", "target"),
    word("wish", "auspicio", "wish"),
];
pub(super) const EACH: &[WordPair] = &[
    word("fund", "fondo", "fund"),
    word("action", "azione", "action"),
    word("zone", "zona", "zone"),
    word("year", "anno", "year"),
];
pub(super) const MEASURE: &[WordPair] = &[
    word("euro", "euro", "euro"),
    word("units", "unità", "units"),
    word("active_zones", "zone attive", "active zones"),
    word("projects", "progetti", "projects"),
];
pub(super) const RELATION: &[WordPair] = &[
    word("at_least", "almeno", "at least"),
    word("at_most", "al massimo", "at most"),
    word("below", "sotto", "below"),
    word("equal", "uguale", "equal"),
    word("within", "entro la fascia", "within"),
    word("excludes", "esclude", "excludes"),
    word("requires", "richiede", "requires"),
];
pub(super) const BASE: &[WordPair] = &[
    word("assigned", "assegnato", "assigned"),
    word("allocated", "programmato", "allocated"),
    word("demand", "fabbisogno", "demand"),
    word("last_year", "anno precedente", "last year"),
];
pub(super) const THRESHOLD: &[WordPair] =
    &[word("above", "oltre", "above"), word("from", "da", "from")];
pub(super) const SHARES: &[WordPair] = &[
    word("shares", "proporzione", "shares"),
    word("minimum", "minimo", "minimum"),
];
pub(super) const PER: &[WordPair] = &[
    word("priority", "priorità", "priority"),
    word("operation", "operazione", "operation"),
];
pub(super) const GOAL: &[WordPair] = &[
    word("leps", "LEPS", "LEPS"),
    word("targets", "traguardi", "targets"),
    word("leximin", "zona meno servita", "leximin"),
    word("floor", "copertura minima", "floor"),
    word("value", "valore", "value"),
    word("steady", "continuità fra gli anni", "steady"),
    word("open", "servizi aperti", "open services"),
    word("at_risk", "somme a rischio", "at risk"),
];
pub(super) const LEXIMIN_PER: &[WordPair] =
    &[word("plan", "piano", "plan"), word("year", "anno", "year")];
pub(super) const FUND_ORDER: &[WordPair] = &[
    word("largest", "prima il più grande", "largest first"),
    word("listed", "come nel foglio Fondi", "as listed"),
];
pub(super) const LANGUAGE: &[WordPair] = &[
    word("it", "italiano", "Italian"),
    word("en", "inglese", "English"),
];
pub(super) const DIALECT: &[WordPair] = &[
    word("it", "1.234,56", "1.234,56"),
    word("en", "1234.56", "1234.56"),
];
pub(super) const PART_YEARS: &[WordPair] = &[word("as_written", "come scritti", "as written")];
pub(super) const NEAREST: &[WordPair] = &[
    word("riparto", "riparto", "riparto"),
    word("last_year", "anno precedente", "last year"),
];
/// What a row of the sheet of what-ifs changes.
pub(super) const CHANGED: &[WordPair] = &[
    word("amount", "importo", "amount"),
    word("need", "fabbisogno", "need"),
    word("unit_cost", "costo unitario", "unit cost"),
    word("priority", "priorità", "priority"),
    word("weight", "peso", "weight"),
    word("min_active", "minimo per essere attiva", "min active"),
    word("share", "quota", "share"),
    word("threshold", "limite", "threshold"),
    word("strength", "forza", "strength"),
    word("max_share", "quota massima", "max share"),
    word("indicator", "indicatore", "indicator"),
    word("project", "progetto", "project"),
    word("deadline", "ultima spesa", "deadline"),
    word("carry_over", "riporto", "carry over"),
    word("gate", "soglia di rendicontazione", "gate"),
    word("rate", "tasso", "rate"),
    word("levels", "livelli", "levels"),
    word("tolerance", "tolleranza", "tolerance"),
    word("bound", "copertura al massimo", "coverage at most"),
    word("coverage", "copertura minima", "coverage at least"),
];
/// How it changes.
pub(super) const HOW: &[WordPair] = &[
    word("scale", "moltiplica per", "multiply by"),
    word("add", "aggiungi", "add"),
    word("set", "imposta", "set"),
    word("rule_off", "togli la regola", "rule off"),
];
/// Words that a value may be set to.
pub(crate) const SET_WORDS: &[WordPair] = &[
    word("law", "legge", "law"),
    word("plan", "piano", "plan"),
    word("target", "traguardo", "target"),
    word("wish", "auspicio", "wish"),
    word("unlimited", "illimitato", "unlimited"),
    word("all", "tutti", "all"),
];
