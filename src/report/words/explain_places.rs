//! Why not here, why this amount, the worst-served zones.

use super::{Counted, Text, words};
use crate::proposal::UnmetReason;

words! {
    UNKNOWN_PLACE { it: "il modello non ha \"{id}\": un posto si scrive con i codici di fondo, azione, zona e un anno del piano.", en: "the model has no \"{id}\": a place is written with the codes of fund, action, zone and a year of the plan." }
    WORST { it: "Le zone meno servite, e perché", en: "The worst-served zones, and why" }
    WORST_ZONE { it: "{zone}: copertura {share} ({covered} euro su {need}).", en: "{zone}: coverage {share} ({covered} euro out of {need})." }
    WORST_REASON { it: "Mancano {euro} euro perché {reason}.", en: "{euro} euro are missing because {reason}." }
    WORST_ACTION { it: "La parte più grande è «{action}»: {euro} euro.", en: "The largest part is \"{action}\": {euro} euro." }
    BECAUSE_NOT_ELIGIBLE { it: "nessun fondo può pagarli", en: "no fund may pay them" }
    BECAUSE_EXHAUSTED { it: "i fondi che possono pagarli sono esauriti", en: "the funds that may pay them are spent" }
    BECAUSE_RULE { it: "una regola lo impedisce", en: "a rule stands in the way" }
    BECAUSE_OUTRANKED { it: "un obiettivo precedente vuole il denaro altrove", en: "an earlier goal wants the money elsewhere" }
    BECAUSE_DEADLINE { it: "il denaro che poteva pagarli è scaduto", en: "the money that could pay them expired" }
    BECAUSE_INDIVISIBLE { it: "si paga solo per unità, progetti o contributi minimi interi", en: "only whole units, projects or minimum grants are paid" }
    BECAUSE_ROUNDING { it: "i centesimi interi lasciano questo resto", en: "whole cents leave this over" }

    WHY_NOT { it: "Perché qui non arriva altro denaro: {place}", en: "Why no more money gets here: {place}" }
    PAID { it: "Il piano dà {paid} euro; il fabbisogno è di {need} euro.", en: "The plan gives {paid} euro; the need is {need} euro." }
    PAID_OPEN { it: "Il piano dà {paid} euro; il fabbisogno non ha un limite.", en: "The plan gives {paid} euro; the need has no limit." }
    NO_NEED { it: "Qui non c'è alcun fabbisogno: non può arrivare denaro.", en: "There is no need here: no money may come." }
    MET { it: "Il fabbisogno è già coperto.", en: "The need is met already." }
    NOT_ELIGIBLE { it: "Il fondo «{fund}» non può pagare questa azione qui.", en: "The fund \"{fund}\" may not pay this action here." }
    NATURE { it: "Il fondo «{fund}» paga solo l'altro tipo di spesa (corrente o in conto capitale).", en: "The fund \"{fund}\" pays the other kind of expenditure only (current or capital)." }
    DEADLINE { it: "Il denaro del fondo «{fund}» che poteva pagare è scaduto.", en: "The money of the fund \"{fund}\" that could pay has expired." }
    NO_MONEY { it: "Il fondo «{fund}» qui e in quest'anno non ha denaro.", en: "The fund \"{fund}\" has no money here in that year." }
    EXHAUSTED { it: "Il fondo «{fund}» è esaurito.", en: "The fund \"{fund}\" is spent." }
    RULE { it: "La regola «{title}» è al limite.", en: "The rule \"{title}\" is at its limit." }
    RULE_LAW { it: "La regola «{title}» ({law}) è al limite.", en: "The rule \"{title}\" ({law}) is at its limit." }
    INDIVISIBLE { it: "Si paga solo per unità, progetti o importi minimi interi, e quel che resta del fondo «{fund}» non basta.", en: "Only whole units, projects or minimum amounts are paid, and what is left of the fund \"{fund}\" is not enough." }
    PROJECT_ELSEWHERE { it: "Il progetto si paga per intero o per nulla, e a un'altra sua parte ({place}) mancano {euro} euro: perciò il fondo «{fund}» qui non paga.", en: "The project is paid as a whole or not at all, and another part of it ({place}) lacks {euro} euro: so the fund \"{fund}\" pays nothing here." }
    ROUNDED { it: "Il fabbisogno è coperto, salvo i centesimi che l'arrotondamento lascia scoperti.", en: "The need is met, but for the cents that rounding leaves open." }
    OUTRANKED { it: "Il fondo «{fund}» potrebbe pagare, ma un obiettivo vuole il denaro altrove.", en: "The fund \"{fund}\" could pay, but a goal wants the money elsewhere." }
    OUTRANKED_BY { it: "Il fondo «{fund}» potrebbe pagare, ma l'obiettivo «{goal}» ci perderebbe.", en: "The fund \"{fund}\" could pay, but the goal \"{goal}\" would lose by it." }
    EQUAL_RIPARTO { it: "Un piano ugualmente buono per ogni obiettivo potrebbe dare di più qui dal fondo «{fund}»: fra i piani pari è stato scelto il più vicino al riparto per formula.", en: "A plan as good for every goal could give more here from the fund \"{fund}\": among equals the one nearest to the formula riparto was chosen." }
    EQUAL_EVEN { it: "Un piano ugualmente buono per ogni obiettivo potrebbe dare di più qui dal fondo «{fund}»: fra i piani pari è stato scelto quello che distribuisce il denaro nel modo più uniforme rispetto ai fabbisogni.", en: "A plan as good for every goal could give more here from the fund \"{fund}\": among equals the one that spreads the money most evenly over the needs was chosen." }
    EQUAL_LAST_YEAR { it: "Un piano ugualmente buono per ogni obiettivo potrebbe dare di più qui dal fondo «{fund}»: fra i piani pari è stato scelto il più vicino all'anno precedente.", en: "A plan as good for every goal could give more here from the fund \"{fund}\": among equals the one nearest to last year was chosen." }
    BY_LAW { it: "{sentence} Fonte: {law}.", en: "{sentence} Source: {law}." }
    HELD_BY { it: "Il denaro va a: {list}.", en: "The money goes to: {list}." }
    PAID_BY { it: "Lo pagano: {list}.", en: "It is paid by: {list}." }
    HOLDER { it: "{place} ({euro} euro)", en: "{place} ({euro} euro)" }
    IN_CASES { it: "{sentence} [{cases}]", en: "{sentence} [{cases}]" }
    ONE_CASE { it: "un caso", en: "one case" }
    MANY_CASES { it: "{n} casi", en: "{n} cases" }
    FORCED_COSTS { it: "Portare qui un euro in più costerebbe {what}.", en: "To bring one euro more here would cost {what}." }
    FORCED_COSTS_STEP { it: "Portare qui {step} euro in più (il minimo che si può pagare) costerebbe {what}.", en: "To bring {step} euro more here (the least that can be paid) would cost {what}." }
    FORCED_FREE { it: "Portare qui un euro in più non costerebbe nulla ad alcun obiettivo.", en: "To bring one euro more here would cost no goal anything." }
    FORCED_FREE_STEP { it: "Portare qui {step} euro in più non costerebbe nulla ad alcun obiettivo.", en: "To bring {step} euro more here would cost no goal anything." }
    FORCED_IMPOSSIBLE { it: "Nessun piano può dare qui {step} euro in più.", en: "No plan can give {step} euro more here." }
    FORCED_UNKNOWN { it: "Quanto costerebbe portare qui altro denaro non si è potuto calcolare.", en: "What more money here would cost could not be computed." }

    TRACE { it: "Perché questo importo: {place}", en: "Why this amount: {place}" }
    AMOUNT { it: "Il piano dà {euro} euro.", en: "The plan gives {euro} euro." }
    T_INDICATOR { it: "{place}: l'indicatore {code} è {value} su {of} di tutte le zone ({share}), e pesa {il weight}.", en: "{place}: the indicator {code} is {value} out of {of} of all zones ({share}), and weighs {weight}." }
    T_FORMULA { it: "{place}: il riparto per formula darebbe {value} euro {dei of} da dividere.", en: "{place}: the formula riparto would give {value} euro of the {of} to be divided." }
    T_ASSIGNED { it: "{place}: alla zona sono assegnati {value} euro {dei of} dell'anno.", en: "{place}: the zone is assigned {value} euro of the {of} of the year." }
    T_FLOOR { it: "{place}: il minimo della regola «{title}» è al limite ({value}).", en: "{place}: the minimum of the rule \"{title}\" is at its limit ({value})." }
    T_CAP { it: "{place}: il massimo della regola «{title}» è al limite ({value}).", en: "{place}: the maximum of the rule \"{title}\" is at its limit ({value})." }
    T_GOAL { it: "L'obiettivo «{goal}» decide {value} {dei of} importi.", en: "The goal \"{goal}\" settles {value} of the {of} amounts." }
    T_GOAL_TOTAL { it: "L'obiettivo «{goal}» fissa anche la copertura complessiva di: {place}.", en: "The goal \"{goal}\" also fixes the coverage in all of: {place}." }
    T_PICK_NEAR { it: "{place}: il piano dà {value} euro, {by} più di {of}, l'importo a cui si tiene vicino.", en: "{place}: the plan gives {value} euro, {by} more than {of}, the amount it keeps near to." }
    T_PICK_BELOW { it: "{place}: il piano dà {value} euro, {by} meno di {of}, l'importo a cui si tiene vicino.", en: "{place}: the plan gives {value} euro, {by} less than {of}, the amount it keeps near to." }
    T_PICK_SAME { it: "{place}: il piano dà {value} euro, proprio l'importo a cui si tiene vicino.", en: "{place}: the plan gives {value} euro, the very amount it keeps near to." }
    T_ROUNDING { it: "L'arrotondamento ai centesimi ha spostato {value} euro.", en: "Rounding to cents moved {value} euro." }
    T_NO_ROUNDING { it: "L'arrotondamento ai centesimi non ha spostato nulla.", en: "Rounding to cents moved nothing." }
}

/// In how many places.
pub const CASES: Counted = Counted {
    one: ONE_CASE,
    many: MANY_CASES,
};

/// Why a need is not met, after "because".
#[cfg_attr(
    not(feature = "cli"),
    expect(dead_code, reason = "said on a terminal alone")
)]
pub(crate) fn because(reason: UnmetReason) -> Text {
    match reason {
        UnmetReason::NotEligible => BECAUSE_NOT_ELIGIBLE,
        UnmetReason::Exhausted => BECAUSE_EXHAUSTED,
        UnmetReason::Rule => BECAUSE_RULE,
        UnmetReason::Outranked => BECAUSE_OUTRANKED,
        UnmetReason::Deadline => BECAUSE_DEADLINE,
        UnmetReason::Indivisible => BECAUSE_INDIVISIBLE,
        UnmetReason::Rounding => BECAUSE_ROUNDING,
    }
}
