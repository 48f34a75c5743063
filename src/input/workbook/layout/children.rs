//! The sheets of what hangs on the rows of a list: bands, weights, shares, commitments.

use super::words::{DEDUCTION_BASE, SHARES, THRESHOLD};
use super::{Child, ChildForm, Column, Holds, Kind, Of, Sheet, column, sheet};

const BANDS: &[Column] = &[
    column("of", Kind::Id(Of::Any), "Regola", "Rule", "Codice della regola.", "Code of the rule."),
    column("part", Kind::Word(THRESHOLD), "Soglia", "Threshold is", "oltre: la soglia è superata; da: la soglia è raggiunta.", "above: the threshold is passed; from: it is reached."),
    column("key", Kind::Number, "Valore della soglia", "Threshold", "Valore dell'indicatore.", "Value of the indicator."),
    column("value", Kind::Share, "Quota", "Share", "Quota da questa soglia in su.", "Share from this threshold up."),
];
const WEIGHTS: &[Column] = &[
    column("of", Kind::Id(Of::Any), "Riparto del fondo", "Riparto of fund", "Codice del fondo.", "Code of the fund."),
    column("indicator", Kind::Formula, "Indicatore", "Indicator", "Indicatore o espressione.", "Indicator or expression."),
    column("year", Kind::Year, "Anno dell'indicatore", "Year of the indicator", "Quello del denaro se vuoto.", "That of the money if empty."),
    column("weight", Kind::Share, "Peso", "Weight", "Peso dell'indicatore.", "Weight of the indicator."),
];
const DEDUCTIONS: &[Column] = &[
    column("of", Kind::Id(Of::Any), "Riparto del fondo", "Riparto of fund", "Codice del fondo.", "Code of the fund."),
    column("name", Kind::Text, "Per che cosa", "What for", "Scopo della detrazione.", "Purpose of the deduction."),
    column("euro", Kind::Money, "Euro", "Euro", "Importo tolto, se non è una quota.", "Amount taken, if it is not a share."),
    column("share", Kind::Share, "Quota", "Share", "Quota tolta, se non è un importo.", "Share taken, if it is not an amount."),
    column("base", Kind::Word(DEDUCTION_BASE), "Quota di", "Share of", "Di ciò che resta dopo le detrazioni precedenti, o del totale; di ciò che resta se vuoto.", "Of what earlier deductions leave, or of the total; of what is left if empty."),
    column("zone", Kind::Ids, "Zone", "Zones", "Zone che la ricevono oltre alla loro parte; nessuna se vuoto.", "Zones that get it beside their part; none if empty."),
    column("by", Kind::Formula, "Divisa per", "Divided by", "Indicatore o espressione per dividerla fra più zone; in parti uguali se vuoto.", "Indicator or expression that divides it among several zones; equally if empty."),
    column("years", Kind::Years, "Anni", "Years", "Anni; tutti se vuoto.", "Years; all if empty."),
];
const INCOME_BANDS: &[Column] = &[
    column("of", Kind::Id(Of::Any), "Entrata del fondo", "Income of fund", "Codice del fondo.", "Code of the fund."),
    column("from", Kind::Formula, "Da", "From", "Unità da cui comincia.", "Units from which it begins."),
    column("to", Kind::Formula, "A", "To", "Unità a cui finisce.", "Units at which it ends."),
    column("euro", Kind::Money, "Euro per unità", "Euro per unit", "Euro per ogni unità.", "Euro for each unit."),
];
const MATCH_SHARES: &[Column] = &[
    column("of", Kind::Id(Of::Any), "Cofinanziamento", "Match", "Codice del cofinanziamento.", "Code of the match."),
    column("part", Kind::Word(SHARES), "Quota come", "Share as", "proporzione: le quote fanno 1; minimo: almeno questa quota.", "shares: together 1; minimum: at least this share."),
    column("key", Kind::Id(Of::Fund), "Fondo", "Fund", "Codice del fondo.", "Code of the fund."),
    column("value", Kind::Share, "Quota", "Share", "La sua quota.", "Its share."),
];
const COMMITMENTS: &[Column] = &[
    column("of", Kind::Id(Of::Any), "Disimpegno del fondo", "Claim of fund", "Codice del fondo.", "Code of the fund."),
    column("key", Kind::Year, "Anno", "Year", "Anno dell'impegno.", "Year of the commitment."),
    column("value", Kind::Money, "Euro", "Euro", "Impegno in euro.", "Commitment in euro."),
];
const GOAL_WEIGHTS: &[Column] = &[
    column("of", Kind::Id(Of::Any), "Obiettivo", "Goal", "Nome dell'obiettivo, come nel foglio Obiettivi.", "Name of the goal, as in the sheet Goals."),
    column("action", Kind::Ids, "Azioni", "Actions", "Azioni; tutte se vuoto.", "Actions; all if empty."),
    column("where", Kind::Formula, "Dove", "Where", "Condizione sulla zona.", "Condition on the zone."),
    column("years", Kind::Years, "Anni", "Years", "Anni; tutti se vuoto.", "Years; all if empty."),
    column("weight", Kind::Number, "Moltiplicatore", "Weight", "Moltiplicatore della priorità.", "Multiplier of the priority."),
];
const VALUE_BANDS: &[Column] = &[
    column("of", Kind::Id(Of::Any), "Obiettivo", "Goal", "Nome dell'obiettivo, come nel foglio Obiettivi.", "Name of the goal, as in the sheet Goals."),
    column("up_to", Kind::Share, "Fino a", "Up to", "Copertura a cui la fascia finisce; tutto il fabbisogno se vuoto.", "Coverage at which the band ends; all of the need if empty."),
    column("weight", Kind::Number, "Peso di un euro", "Weight of a euro", "Peso di un euro nella fascia: più basso che nella fascia di prima.", "Weight of a euro in the band: lower than in the band before."),
];

const fn child(of: &'static str, parts: &'static [&'static str], form: ChildForm) -> Holds {
    Holds::Child(Child { of, parts, form })
}

pub(super) static CHILDREN: &[Sheet] = &[
    sheet("Fasce", "Bands", child("rule", &["bound.step.above", "bound.step.from"], ChildForm::Pairs), BANDS, "Fasce delle regole con una quota a gradini.", "Bands of rules whose share goes by steps."),
    sheet("Pesi dei riparti", "Riparto weights", child("riparto", &["weights"], ChildForm::Tables), WEIGHTS, "Indicatori pesati di ogni riparto.", "Weighted indicators of each riparto."),
    sheet("Detrazioni dei riparti", "Riparto deductions", child("riparto", &["deductions"], ChildForm::Tables), DEDUCTIONS, "Quanto si toglie da un fondo, in quest'ordine, prima di dividerlo per formula.", "What is taken off a fund, in this order, before the formula divides it."),
    sheet("Scaglioni delle entrate", "Income bands", child("income", &["bands"], ChildForm::Tables), INCOME_BANDS, "Euro per unità fra due soglie.", "Euro per unit between two thresholds."),
    sheet("Quote dei cofinanziamenti", "Match shares", child("match", &["shares", "minimum"], ChildForm::Keyed), MATCH_SHARES, "Quote di chi paga.", "Shares of those who pay."),
    sheet("Impegni per anno", "Commitments", child("claim", &["commitments"], ChildForm::Keyed), COMMITMENTS, "Impegni dei calendari di disimpegno.", "Commitments of the decommitment calendars."),
    sheet("Pesi degli obiettivi", "Goal weights", child("goal", &["weights"], ChildForm::Tables), GOAL_WEIGHTS, "Moltiplicatori dell'obiettivo del valore.", "Multipliers of the goal of value."),
    sheet("Fasce del valore", "Value bands", child("goal", &["bands"], ChildForm::Tables), VALUE_BANDS, "Quanto vale un euro al crescere della copertura.", "What a euro is worth as coverage grows."),
];
