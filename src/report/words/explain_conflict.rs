//! Why there is no plan, and what would mend it.

use super::{Counted, Text, words};

words! {
    TOGETHER { it: "Non possono valere insieme:", en: "These cannot hold together:" }
    WHY_NO_PLAN { it: "Nessun piano è possibile: cerco perché...", en: "No plan is possible: looking for the reason..." }
    CONFLICT { it: "Il contrasto", en: "The conflict" }
    CONFLICT_NTH { it: "Contrasto {n} di {all}", en: "Conflict {n} of {all}" }
    MEMBER_RULE { it: "«{title}» [{id}] ({law}), {strength}", en: "\"{title}\" [{id}] ({law}), {strength}" }
    MEMBER_FUND { it: "il fondo «{title}», con {euro} euro in tutto", en: "the fund \"{title}\", with {euro} euro in all" }
    MEMBER_FUND_PLAIN { it: "quanto ha il fondo «{title}»", en: "what the fund \"{title}\" has" }
    MEMBER_NEED { it: "il fabbisogno dell'azione «{title}», {euro} euro in tutto: non si paga due volte", en: "the need of the action \"{title}\", {euro} euro in all: no cost is paid twice" }
    MEMBER_NEED_PLAIN { it: "il fabbisogno dell'azione «{title}»: non si paga due volte", en: "the need of the action \"{title}\": no cost is paid twice" }
    MEMBER_SHARE { it: "la quota del costo che un fondo può pagare: «{title}»", en: "the part of the cost that one fund may pay: \"{title}\"" }
    MEMBER_AT { it: "{member}: {place}", en: "{member}: {place}" }
    MEMBER_CASES { it: "{member}: {cases}, il primo {place}", en: "{member}: {cases}, first {place}" }
    MEMBER_GIVEN { it: "{member} [dato per fermo]", en: "{member} [taken as given]" }
    IS_LAW { it: "legge", en: "a law" }
    IS_PLAN { it: "regola di piano", en: "a plan rule" }
    IS_TARGET { it: "traguardo", en: "a target" }
    IS_WISH { it: "auspicio", en: "a wish" }
    ONE_CASE { it: "un caso", en: "one case" }
    MANY_CASES { it: "{n} casi", en: "{n} cases" }
    SPARED { it: "Senza uno qualsiasi di essi gli altri possono valere: per ciascuno è stato trovato un piano al centesimo.", en: "Without any one of them the others can hold: for each a plan to the cent was found." }
    SPARED_WORD { it: "Senza uno qualsiasi di essi gli altri possono valere, secondo il calcolo; non per tutti è stato trovato un piano al centesimo.", en: "Without any one of them the others can hold, the computation says; not for each of them was a plan to the cent found." }
    PROVED { it: "Che non possano valere insieme è dimostrato con aritmetica esatta.", en: "That they cannot hold together is proved in exact arithmetic." }
    APART { it: "Fra ciò che chiedono e ciò che si può avere mancano circa {euro} euro.", en: "What they ask and what can be had are about {euro} euro apart." }
    GIVEN_ALONE { it: "Sono tutte regole date per ferme: il contrasto è fra loro.", en: "All of them were taken as given: the conflict is among them." }
    REPAIR_PLAN { it: "La correzione più piccola che non tocca alcuna legge", en: "The smallest correction that touches no law" }
    REPAIR_LAW { it: "Nessuna correzione fa a meno di toccare una legge; la più piccola", en: "No correction does without touching a law; the smallest" }
    REPAIR_MONEY { it: "Oppure, lasciando ogni regola com'è, più denaro", en: "Or, with every rule as it is, more money" }
    FLOOR_FALLS { it: "«{title}» ({law}): il minimo scende di {by}", en: "\"{title}\" ({law}): the minimum falls by {by}" }
    CAP_RISES { it: "«{title}» ({law}): il massimo sale di {by}", en: "\"{title}\" ({law}): the maximum rises by {by}" }
    FUND_RISES { it: "«{title}»: servono altri {by}", en: "\"{title}\": another {by} are needed" }
    STEP_AT { it: "{step} ({place}; oggi {from})", en: "{step} ({place}; now {from})" }
    STEP_AT_PLAIN { it: "{step} ({place})", en: "{step} ({place})" }
    STEP_CASES { it: "{step} in tutto, in {cases}; il più grande {place}, {largest}", en: "{step} in all, in {cases}; the largest {place}, {largest}" }
    BY_EURO { it: "{number} euro", en: "{number} euro" }
    BY_UNITS { it: "{number} unità", en: "{number} {number|unit|units}" }
    BY_ZONES { it: "{number} {number|zona|zone}", en: "{number} {number|zone|zones}" }
    BY_PROJECTS { it: "{number} {number|progetto|progetti}", en: "{number} {number|project|projects}" }
    CHECKED { it: "Verificato: con questa correzione esiste un piano al centesimo.", en: "Checked: with this correction there is a plan to the cent." }
    UNCHECKED { it: "È il risultato del calcolo; un piano al centesimo con questa correzione non è stato trovato.", en: "This is what the computation says; no plan to the cent with this correction was found." }
    NO_REPAIR { it: "Nessuna correzione delle regole che possono cambiare basta.", en: "No correction of the rules that may change is enough." }
    LIMITED { it: "La ricerca si è fermata al suo limite ({each} secondi per domanda, {seconds} in tutto): un contrasto può nominare più di ciò che serve, e può esserci una correzione che non è stata trovata. Con meno numeri interi (unità, progetti, contributi minimi) la ricerca è più breve.", en: "The search stopped at its limit ({each} seconds for a question, {seconds} in all): a conflict may name more than it needs, and there may be a correction that was not found. With fewer whole numbers (units, projects, minimum grants) the search is shorter." }
    PLACE_FUND { it: "fondo «{name}»", en: "fund \"{name}\"" }
    PLACE_ACTION { it: "azione «{name}»", en: "action \"{name}\"" }
    PLACE_ZONE { it: "zona {name}", en: "zone {name}" }
    PLACE_ALL { it: "tutto il piano", en: "the whole plan" }
    FILE_CONFLICT { it: "Tutti i casi e tutte le correzioni sono in conflict.json.", en: "Every case and every correction is in conflict.json." }
    HELP_FORCE { it: "Regola da dare per ferma quando si cerca un contrasto: non può essere la colpevole; si può ripetere", en: "Rule to take as given when a conflict is looked for: it cannot be the culprit; may be repeated" }
    HELP_IN_FORCE { it: "Dà per ferme le regole la cui norma valeva in quest'anno", en: "Takes as given the rules whose law was in force in this year" }
    UNKNOWN_RULE { it: "non c'è alcuna regola \"{rule}\".", en: "there is no rule \"{rule}\"." }
}

/// In how many places.
pub const CASES: Counted = Counted {
    one: ONE_CASE,
    many: MANY_CASES,
};

/// The strength of a rule.
#[cfg_attr(
    not(feature = "cli"),
    expect(dead_code, reason = "said on a terminal alone")
)]
pub(crate) fn strength(strength: crate::model::Strength) -> Text {
    use crate::model::Strength;
    match strength {
        Strength::Law => IS_LAW,
        Strength::Plan => IS_PLAN,
        Strength::Target => IS_TARGET,
        Strength::Wish => IS_WISH,
    }
}
