//! The sheets of the lists of `model.toml`, one entry per row.

use super::words::{
    BASE, EACH, GOAL, GROUP, LEXIMIN_PER, MEASURE, PER, RELATION, REST, ROLE, ROUND, ROUND_BY,
    STRENGTH, UNIT,
};
use super::{Column, Holds, Kind, List, Of, Sheet, column, sheet};

const FUND: Column = column("fund", Kind::Id(Of::Fund), "Fondo", "Fund", "Codice del fondo.", "Code of the fund.");
const ACT: Column = column("law.act", Kind::Text, "Atto", "Act", "Atto da cui viene.", "Act it comes from.");
const ARTICLE: Column = column("law.article", Kind::Text, "Articolo", "Article", "Articolo, comma, obiettivo.", "Article, paragraph, objective.");
const LAW_FROM: Column = column("law.from", Kind::Year, "In vigore dal", "In force from", "Primo anno in cui l'atto vale.", "First year in which the act holds.");
const LAW_TO: Column = column("law.to", Kind::Year, "In vigore al", "In force to", "Ultimo anno in cui l'atto vale.", "Last year in which the act holds.");
const URL: Column = column("law.url", Kind::Text, "Indirizzo", "URL", "Dove l'atto si legge.", "Where the act can be read.");
const WHERE: Column = column("where", Kind::Formula, "Dove", "Where", "Condizione sulla zona, come residenti > 75000.", "Condition on the zone, such as residents > 75000.");
const YEARS: Column = column("years", Kind::Years, "Anni", "Years", "Anni separati da spazi; tutti se vuoto.", "Years separated by blanks; all if empty.");
const TITLE: Column = column("title", Kind::Text, "Titolo", "Title", "Titolo per le persone.", "Title for people.");

const GROUPS: &[Column] = &[
    column("id", Kind::Id(Of::Any), "Codice", "Code", "Nome del gruppo, da usare al posto dei codici.", "Name of the group, to be used in place of codes."),
    column("kind", Kind::Word(GROUP), "Di", "Of", "Di che cosa: azioni, fondi o zone.", "Of what: action, fund or zone."),
    column("members", Kind::Ids, "Membri", "Members", "Codici, etichette o gruppi, separati da spazi.", "Codes, tags or groups, separated by blanks."),
];
const NEEDS: &[Column] = &[
    column("action", Kind::Ids, "Azione", "Action", "Azioni, etichette o gruppi.", "Actions, tags or groups."),
    column("units", Kind::Formula, "Unità", "Units", "Numero, o espressione degli indicatori della zona, come ceil(residenti / 50000).", "A number, or an expression of the zone's indicators, such as ceil(residents / 50000)."),
    WHERE, YEARS,
];
const RIPARTOS: &[Column] = &[
    FUND,
    column("role", Kind::Word(ROLE), "Ruolo", "Role", "assegna: le somme di zona sono fisse; confronto: la formula serve al confronto e alla scelta.", "assign: the zones' money is fixed; baseline: the formula serves comparison and choice."),
    column("round_share", Kind::Whole, "Decimali della quota", "Round share", "Decimali della percentuale; vuoto: quote esatte.", "Decimals of the percentage; empty: exact shares."),
    column("shares", Kind::Formula, "Quote fisse", "Fixed shares", "Al posto dei pesi: la quota di ogni zona, come quota / 100; insieme 1 o meno.", "Instead of weights: the share of each zone, such as share / 100; together 1 or less."),
    column("round_amount", Kind::Word(ROUND), "Arrotonda a", "Round amount", "Unità e modo in una parola: al centesimo, all'euro, o riga per riga al centesimo.", "Unit and method in one word: to the cent, to the euro, or row by row to the cent."),
    column("round_to", Kind::Word(UNIT), "Unità di arrotondamento", "Round to", "Centesimo, euro, centinaia o migliaia di euro; centesimo se vuoto.", "Cent, euro, hundreds or thousands of euro; cent if empty."),
    column("round_by", Kind::Word(ROUND_BY), "Modo di arrotondare", "Round by", "Resti maggiori (la somma torna), riga per riga al più vicino, o per difetto; resti maggiori se vuoto.", "Largest remainder (the sum agrees), row by row to the nearest, or down; largest remainder if empty."),
    column("rest", Kind::Word(REST), "Il resto va", "Rest goes", "Non assegnato, alla zona con di più, o alla prima; non assegnato se vuoto.", "Unassigned, to the zone with most, or to the first; unassigned if empty."),
    column("floor.last_year", Kind::Share, "Minimo sull'anno precedente", "Floor on last year", "Nessuna zona sotto questa quota dell'anno precedente.", "No zone below this share of last year."),
    column("floor.euro", Kind::Formula, "Minimo in euro", "Floor in euro", "Nessuna zona sotto questi euro: un numero o un'espressione della zona.", "No zone below so many euro: a number or an expression of the zone."),
    column("ceiling.last_year", Kind::Share, "Massimo sull'anno precedente", "Ceiling on last year", "Nessuna zona sopra questa quota dell'anno precedente.", "No zone above this share of last year."),
    column("ceiling.euro", Kind::Formula, "Massimo in euro", "Ceiling in euro", "Nessuna zona sopra questi euro: un numero o un'espressione della zona.", "No zone above so many euro: a number or an expression of the zone."),
    ACT, ARTICLE, LAW_FROM, LAW_TO, URL,
];
const INCOMES: &[Column] = &[
    FUND,
    column("euro", Kind::Formula, "Euro per zona", "Euro", "Espressione che dà gli euro di zona e anno, se li dicono i dati.", "Expression that gives the euro of zone and year, if the data say them."),
    column("units_of", Kind::Id(Of::Action), "Unità di", "Units of", "Azione le cui unità fanno guadagnare, se le decide il piano.", "Action whose units earn, if the plan decides them."),
    column("already", Kind::Formula, "Già presenti", "Already", "Unità che ci sono già; nessuna se vuoto.", "Units that are there already; none if empty."),
    column("lag", Kind::Whole, "Anni di ritardo", "Lag", "Anni fra il guadagno e il denaro.", "Years between earning and money."),
    ACT, ARTICLE, LAW_FROM, LAW_TO, URL,
];
const CUTS: &[Column] = &[
    FUND,
    column("year", Kind::Year, "Anno", "Year", "Anno del taglio.", "Year of the cut."),
    column("cap", Kind::Money, "Tetto", "Cap", "Euro per tutte le richieste.", "Euro for all claims."),
    column("old", Kind::Formula, "Richieste vecchie", "Old claims", "Euro per zona, pagati per intero.", "Euro by zone, paid in full."),
    column("new", Kind::Formula, "Richieste nuove", "New claims", "Euro per zona, pagati in proporzione.", "Euro by zone, paid pro rata."),
    ACT, ARTICLE, LAW_FROM, LAW_TO, URL,
];
const GATES: &[Column] = &[
    FUND,
    column("reported", Kind::Share, "Rendicontato", "Reported", "Quota che deve essere rendicontata.", "Share that must be reported."),
    column("of_year", Kind::Whole, "Dell'anno", "Of year", "Di quale anno, contato da quello del denaro: -2.", "Of which year, counted from that of the money: -2."),
    ACT, ARTICLE, LAW_FROM, LAW_TO, URL,
];
const RULES: &[Column] = &[
    column("id", Kind::Id(Of::Any), "Codice", "Code", "Codice della regola.", "Code of the rule."),
    TITLE, ACT, ARTICLE, LAW_FROM, LAW_TO, URL,
    column("strength", Kind::Word(STRENGTH), "Forza", "Strength", "legge e piano obbligano; traguardo e auspicio possono mancare, e si dice di quanto.", "law and plan bind; target and wish may be missed, and it is said by how much."),
    column("for_each", Kind::Words(EACH), "Per ogni", "For each", "fondo, azione, zona, anno, separati da spazi: ciò che non è nominato si somma.", "fund, action, zone, year, separated by blanks: what is not named is summed."),
    WHERE, YEARS,
    column("measure.what", Kind::Word(MEASURE), "Misura", "Measure", "Che cosa si misura: euro, unità, zone attive, progetti.", "What is measured: euro, units, active zones, projects."),
    column("measure.fund", Kind::Ids, "Fondi misurati", "Measured funds", "Fondi, etichette o gruppi; tutti se vuoto.", "Funds, tags or groups; all if empty."),
    column("measure.action", Kind::Ids, "Azioni misurate", "Measured actions", "Azioni, etichette o gruppi; tutte se vuoto.", "Actions, tags or groups; all if empty."),
    column("measure.zone", Kind::Ids, "Zone misurate", "Measured zones", "Zone, etichette o gruppi; tutte se vuoto.", "Zones, tags or groups; all if empty."),
    column("relation", Kind::Word(RELATION), "Relazione", "Relation", "almeno, al massimo, sotto, uguale, entro la fascia, esclude, richiede.", "at least, at most, below, equal, within, excludes, requires."),
    column("bound.limit", Kind::Formula, "Limite", "Limit", "Numero o espressione, nell'unità della misura.", "A number or an expression, in the unit of the measure."),
    column("bound.share_of", Kind::Word(BASE), "Base della quota", "Base", "assegnato, programmato, fabbisogno, anno precedente.", "assigned, allocated, demand, last year."),
    column("bound.share", Kind::Share, "Quota", "Share", "Quota della base.", "Share of the base."),
    column("bound.step.indicator", Kind::Formula, "Indicatore delle fasce", "Bands by", "Indicatore o espressione; le fasce sono nel foglio Fasce.", "Indicator or expression; the bands are in the sheet Bands."),
    column("bound.step.else", Kind::Share, "Quota sotto le fasce", "Share below bands", "Quota sotto tutte le soglie.", "Share below all thresholds."),
    column("bound.fund", Kind::Ids, "Fondi del limite", "Funds of the limit", "Fondi della base della quota; \"tutti\" per averli tutti; quelli misurati se vuoto.", "Funds of the base of the share; \"all\" for all; those measured if empty."),
    column("bound.action", Kind::Ids, "Azioni del limite", "Actions of the limit", "Azioni della base della quota, o azioni escluse o richieste.", "Actions of the base of the share, or actions excluded or required."),
    column("bound.zone", Kind::Ids, "Zone del limite", "Zones of the limit", "Zone della base della quota, \"tutte\" per tutte; se vuoto quelle dove vale la regola.", "Zones of the base of the share, \"all\" for all; if empty those where the rule holds."),
    column("bound.years", Kind::Years, "Anni del limite", "Years of the limit", "Anni della base della quota; quelli della regola se vuoto.", "Years of the base of the share; those of the rule if empty."),
    column("bound.per", Kind::Formula, "Fascia pro capite su", "Band per head of", "Entro la fascia: su quale indicatore si conta il pro capite.", "Within a band: the heads."),
    column("waived.motive", Kind::Text, "Motivo della deroga", "Waived because", "Perché la regola non si applica.", "Why the rule is not enforced."),
    column("waived.zones", Kind::Ids, "Zone in deroga", "Waived zones", "Dove non si applica; ovunque se vuoto.", "Where it is not enforced; everywhere if empty."),
    column("waived.years", Kind::Years, "Anni in deroga", "Waived years", "Quando non si applica; sempre se vuoto.", "When it is not enforced; always if empty."),
];
const MATCHES: &[Column] = &[
    column("id", Kind::Id(Of::Any), "Codice", "Code", "Codice del cofinanziamento.", "Code of the match."),
    TITLE, ACT, ARTICLE, LAW_FROM, LAW_TO, URL,
    column("strength", Kind::Word(STRENGTH), "Forza", "Strength", "legge (se vuota) o piano.", "law (if empty) or plan."),
    column("among", Kind::Ids, "Fra i fondi", "Among", "Fondi di cui si prende la quota minima.", "Funds whose money the smallest share is taken of."),
    column("per", Kind::Word(PER), "Su", "Per", "priorità: su tutte le zone, per anno; operazione: in ogni azione, zona e anno.", "priority: over all zones, per year; operation: in each action, zone and year."),
    column("action", Kind::Ids, "Azioni", "Actions", "Azioni; tutte se vuoto.", "Actions; all if empty."),
    column("zone", Kind::Ids, "Zone", "Zones", "Zone; tutte se vuoto.", "Zones; all if empty."),
];
const CLAIMS: &[Column] = &[
    FUND,
    column("after", Kind::Whole, "Anni dopo", "After", "Dovuto alla fine dell'anno n più questo numero.", "Due at the end of year n plus this number."),
    column("prefinancing", Kind::Money, "Prefinanziamento", "Prefinancing", "Euro, contati come domandati.", "Euro, counted as claimed."),
    column("claimed", Kind::Money, "Già domandato", "Claimed", "Euro domandati prima del piano.", "Euro claimed before the plan."),
    ACT, ARTICLE, LAW_FROM, LAW_TO, URL,
];
const FLAT_RATES: &[Column] = &[
    column("action", Kind::Id(Of::Action), "Azione", "Action", "Azione pagata a forfait.", "Action paid at a flat rate."),
    column("on", Kind::Id(Of::Action), "Sul costo di", "On", "Azione di cui segue il costo.", "Action whose cost it follows."),
    column("rate", Kind::Share, "Tasso", "Rate", "Quota del costo.", "Share of the cost."),
    ACT, ARTICLE, LAW_FROM, LAW_TO, URL,
];
const GOALS: &[Column] = &[
    column("kind", Kind::Word(GOAL), "Obiettivo", "Goal", "Nell'ordine delle righe: LEPS, traguardi, zona meno servita, copertura minima, valore, continuità fra gli anni, servizi aperti, somme a rischio.", "In the order of the rows: LEPS, targets, leximin, floor, value, steady, open services, at risk."),
    column("action", Kind::Ids, "Azioni", "Actions", "Azioni che contano; tutte se vuoto.", "Actions it counts; all if empty."),
    column("levels", Kind::Levels, "Livelli", "Levels", "Zona meno servita: quanti livelli, o \"tutti\".", "Leximin: how many levels, or \"all\"."),
    column("per", Kind::Word(LEXIMIN_PER), "Su", "Per", "Zona meno servita e copertura minima: sul piano (se vuoto) o in ogni anno.", "Leximin and floor: over the plan (if empty) or in each year."),
    column("tolerance", Kind::Share, "Tolleranza", "Tolerance", "Zona meno servita: di quanti punti di copertura può restare sotto il suo meglio; nessuno se vuoto.", "Leximin: by how many points of coverage it may stay below its best; none if empty."),
    column("bound", Kind::Share, "Copertura al massimo", "Coverage at most", "Zona meno servita: fin dove è sollevata; il resto va agli obiettivi dopo. Tutto il fabbisogno se vuoto.", "Leximin: how far it is lifted; the rest goes to the goals after it. All of the need if empty."),
    column("coverage", Kind::Share, "Copertura minima", "Coverage at least", "Copertura minima: la copertura che ogni zona dovrebbe avere almeno.", "Floor: the coverage that every zone should have at least."),
];

const fn list(path: &'static str, by: &'static str) -> Holds {
    Holds::List(List { path, by })
}

pub(super) static LISTS: &[Sheet] = &[
    sheet("Gruppi", "Groups", list("group", "id"), GROUPS, "Elenchi con un nome.", "Named lists."),
    sheet("Fabbisogni da formula", "Need formulas", list("need", "action"), NEEDS, "Fabbisogni calcolati dagli indicatori.", "Needs computed from the indicators."),
    sheet("Riparti", "Ripartos", list("riparto", "fund"), RIPARTOS, "Formule che dividono un fondo fra le zone; i pesi sono nel foglio Pesi dei riparti, ciò che si toglie prima nel foglio Detrazioni dei riparti.", "Formulas that divide a fund among the zones; the weights are in the sheet Riparto weights."),
    sheet("Entrate", "Incomes", list("income", "fund"), INCOMES, "Denaro che il piano guadagna con una formula.", "Money the plan earns by a formula."),
    sheet("Tagli per priorità", "Priority cuts", list("priority_cut", "fund"), CUTS, "Richieste vecchie per intero, nuove in proporzione.", "Old claims in full, new ones pro rata."),
    sheet("Soglie di rendicontazione", "Gates", list("gate", "fund"), GATES, "Denaro liberato solo dopo la rendicontazione.", "Money released only after reporting."),
    sheet("Regole", "Rules", list("rule", "id"), RULES, "Regole, una per riga, con il loro atto.", "Rules, one per row, with their act."),
    sheet("Cofinanziamenti", "Matches", list("match", "id"), MATCHES, "Regole fra chi paga; le quote sono nel foglio Quote dei cofinanziamenti.", "Rules among funders; the shares are in the sheet Match shares."),
    sheet("Disimpegno", "Claims", list("claim", "fund"), CLAIMS, "Calendari di disimpegno n+3; gli impegni sono nel foglio Impegni per anno.", "Decommitment calendars n+3; the commitments are in the sheet Commitments."),
    sheet("Costi forfettari", "Flat rates", list("flat_rate", "action"), FLAT_RATES, "Costi in quota di un altro costo.", "Costs that are a share of another cost."),
    sheet("Obiettivi", "Goals", list("goal", "kind"), GOALS, "Obiettivi, nell'ordine in cui valgono.", "Goals, in the order in which they count."),
];
