//! The sheets of tables, and the first and last sheet.

use super::words::{
    AGREEMENT, CONFIDENCE, DIALECT as DIALECT_WORDS, FUND_NATURE, FUND_ORDER, KIND, LANGUAGE, LEVEL, NATURE,
    NEAREST, PART_YEARS, YES_NO,
};
use super::{Column, Holds, Kind, Of, Sheet, column, sheet};

const SOURCE: Column = column("source", Kind::Text, "Fonte", "Source", "Dove si legge la cifra.", "Where the figure can be read.");
const CONFIDENCE_COLUMN: Column = column("confidence", Kind::Word(CONFIDENCE), "Attendibilità", "Confidence", "ufficiale, derivato o stima: dà il colore alla riga.", "official, derived or estimate: gives the row its colour.");
/// What a whole row says of itself, in any words.
const STANDING: Column = column("confidence", Kind::Word(CONFIDENCE), "Attendibilità", "Confidence", "ufficiale, derivato o stima, anche colonna per colonna.", "official, derived or estimate, column by column if need be.");
const NOTE: Column = column("note", Kind::Text, "Nota", "Note", "Testo libero.", "Free text.");
const FROM: Column = column("from", Kind::Year, "Dal", "From", "Primo anno, compreso.", "First year, included.");
const TO: Column = column("to", Kind::Year, "Al", "To", "Ultimo anno, compreso.", "Last year, included.");
const FUND: Column = column("fund", Kind::Id(Of::Fund), "Fondo", "Fund", "Codice del fondo.", "Code of the fund.");
const ACTION: Column = column("action", Kind::Id(Of::Action), "Azione", "Action", "Codice dell'azione.", "Code of the action.");
const ZONE: Column = column("zone", Kind::Id(Of::Zone), "Zona", "Zone", "Codice della zona.", "Code of the zone.");
const YEAR: Column = column("year", Kind::Year, "Anno", "Year", "Anno del denaro.", "Year of the money.");
const EURO: Column = column("euro", Kind::Money, "Euro", "Euro", "Importo in euro, al massimo due decimali.", "Amount in euro, at most two decimals.");

/// Entries of the first sheet, by their path in `model.toml`.
pub(crate) const ENTRIES: &[Column] = &[
    column("model.format", Kind::Whole, "Formato", "Format", "Versione del formato: 1.", "Version of the format: 1."),
    column("model.title", Kind::Text, "Titolo", "Title", "Titolo del modello, per le persone.", "Title of the model, for people."),
    column("model.language", Kind::Word(LANGUAGE), "Lingua", "Language", "Lingua dei documenti scritti.", "Language of the documents written."),
    column("model.office", Kind::Text, "Ufficio proponente", "Office", "Ufficio che propone l'atto: sta in testa alla proposta.", "Office that proposes the act: it stands at the head of the proposal."),
    column("model.signatory", Kind::Text, "Chi firma", "Signatory", "Chi firma l'atto, per ufficio o per nome; senza, la riga resta in bianco.", "Who signs the act, by office or name; without it the line stays blank."),
    column("model.fund_order", Kind::Word(FUND_ORDER), "Ordine dei fondi", "Order of funds", "In quale ordine la proposta elenca i fondi: prima il più grande, se non si dice altro, o come nel foglio Fondi.", "In which order the proposal lists the funds: the largest first, unless said otherwise, or as in the sheet Funds."),
    column("plan.start", Kind::Date, "Inizio", "Start", "Primo giorno del piano.", "First day of the plan."),
    column("plan.months", Kind::Whole, "Mesi", "Months", "Durata del piano in mesi.", "Length of the plan in months."),
    column("plan.part_years", Kind::Word(PART_YEARS), "Anni in parte", "Part years", "Solo se il piano comprende una parte di un anno: \"come scritti\" dice che importi e fabbisogni di quell'anno sono già della sola parte compresa.", "Only if the plan holds a part of a year: \"as written\" says that the amounts and needs of that year are those of the part that is held."),
    column("pick.nearest", Kind::Word(NEAREST), "Scelta fra piani equivalenti", "Pick", "A che cosa si avvicina il piano scelto fra quelli equivalenti: riparto o anno precedente.", "What the plan picked among equals comes near to: riparto or last year."),
    column(super::DIALECT, Kind::Word(DIALECT_WORDS), "Numeri nei testi", "Numbers in texts", "Come sono scritti i numeri nelle celle di testo di tutto il file: 1.234,56 o 1234.56. Le celle numeriche non ne hanno bisogno.", "How numbers are written in cells of text, in the whole file: 1.234,56 or 1234.56. Cells of numbers do not need it."),
];

pub(super) const MODEL: &[Column] = &[
    column("entry", Kind::Text, "Voce", "Entry", "Nome della voce.", "Name of the entry."),
    column("value", Kind::Text, "Valore", "Value", "Il suo valore.", "Its value."),
    column("help", Kind::Text, "Significato", "Meaning", "Che cosa significa; non è letto.", "What it means; it is not read."),
];

pub(super) const OTHER: &[Column] = &[
    column("path", Kind::Text, "Percorso", "Path", "Posto in model.toml, come rule[codice].chiave.", "Place in model.toml, such as rule[code].key."),
    column("toml", Kind::Text, "Valore", "Value", "Valore come lo scrive TOML: testi fra virgolette.", "Value as TOML writes it: texts in quotes."),
];

const ZONES: &[Column] = &[
    column("zone", Kind::Id(Of::Any), "Zona", "Zone", "Codice della zona: è testo, 048017 conserva lo zero.", "Code of the zone: it is text, 048017 keeps its zero."),
    column("name", Kind::Text, "Nome", "Name", "Nome per le persone.", "Name for people."),
    FROM, TO,
    column("replaces", Kind::Ids, "Sostituisce", "Replaces", "Codici delle zone da cui deriva, separati da spazi.", "Codes of the zones it came from, separated by blanks."),
    STANDING, SOURCE, NOTE,
];
const INDICATORS: &[Column] = &[
    ZONE,
    column("year", Kind::Year, "Anno", "Year", "Anno del valore.", "Year of the value."),
    column("indicator", Kind::Id(Of::Any), "Indicatore", "Indicator", "Nome dell'indicatore, come nelle colonne del foglio delle zone.", "Name of the indicator, as in the columns of the zones sheet."),
    column("value", Kind::Number, "Valore", "Value", "Valore: vale dal suo anno in poi, prima della colonna della zona.", "Value: holds from its year on, before the zone's column."),
    STANDING, SOURCE, NOTE,
];
const FUNDS: &[Column] = &[
    column("fund", Kind::Id(Of::Any), "Fondo", "Fund", "Codice del fondo.", "Code of the fund."),
    column("name", Kind::Text, "Nome", "Name", "Nome per le persone.", "Name for people."),
    column("level", Kind::Word(LEVEL), "Livello", "Level", "UE, stato, regione o comuni.", "EU, state, region or municipal."),
    column("nature", Kind::Word(FUND_NATURE), "Natura", "Nature", "Spesa corrente, in conto capitale, o entrambe.", "Current expenditure, capital, or both."),
    column("tags", Kind::Ids, "Etichette", "Tags", "Etichette separate da spazi.", "Tags separated by blanks."),
    column("carry_over", Kind::Share, "Riporto", "Carry over", "Quota massima dell'anno che può passare al successivo.", "Largest share of the year that may move to the next."),
    column("last_spend", Kind::Date, "Ultima spesa", "Last spending", "Ultimo giorno di spesa, o +1 per l'anno dopo quello del denaro.", "Last day of spending, or +1 for the year after that of the money."),
    column("law", Kind::Text, "Norma", "Law", "Fonte normativa.", "Legal source."),
    STANDING, SOURCE, NOTE,
];
const AMOUNTS: &[Column] = &[
    FUND, YEAR,
    column("zone", Kind::Id(Of::Zone), "Zona", "Zone", "Zona a cui spetta; vuota se la somma è comune.", "Zone it belongs to; empty if the money is pooled."),
    EURO,
    column("act", Kind::Text, "Atto", "Act", "Atto che assegna la somma.", "Act that assigns the amount."),
    CONFIDENCE_COLUMN, SOURCE, NOTE,
];
const ACTIONS: &[Column] = &[
    column("action", Kind::Id(Of::Any), "Azione", "Action", "Codice dell'azione.", "Code of the action."),
    column("name", Kind::Text, "Nome", "Name", "Nome per le persone.", "Name for people."),
    column("area", Kind::Text, "Area", "Area", "Area di intervento.", "Area of intervention."),
    column("tags", Kind::Ids, "Etichette", "Tags", "Etichette separate da spazi.", "Tags separated by blanks."),
    column("leps", Kind::Word(YES_NO), "LEPS", "LEPS", "Se è un livello essenziale: sì o no.", "Whether it is an essential level: yes or no."),
    column("kind", Kind::Word(KIND), "Tipo", "Kind", "Divisibile, a unità intere, o progetto tutto o niente.", "Divisible, in whole units, or a project all or nothing."),
    column("unit", Kind::Text, "Unità", "Unit", "Nome di una unità.", "Name of one unit."),
    column(super::UNIT_COST, Kind::Money, "Costo unitario", "Unit cost", "Euro per unità e anno; le colonne con un anno valgono per quell'anno.", "Euro per unit and year; columns with a year hold for that year."),
    column("priority", Kind::Number, "Priorità", "Priority", "Peso di un euro nell'obiettivo del valore.", "Weight of one euro in the goal of value."),
    column("nature", Kind::Word(NATURE), "Natura", "Nature", "Spesa corrente (se vuota) o in conto capitale.", "Current expenditure (if empty) or capital."),
    column("min_active", Kind::Money, "Minimo per essere attiva", "Min active", "Euro sotto i quali nella zona non si parte.", "Euro below which nothing starts in a zone."),
    column("persistent", Kind::Word(YES_NO), "Stabile", "Persistent", "Se chi è assunto resta negli anni seguenti: sì o no.", "Whether what is hired stays in later years: yes or no."),
    STANDING, SOURCE, NOTE,
];
const ELIGIBILITY: &[Column] = &[
    column("fund", Kind::Ids, "Fondo", "Fund", "Fondi, etichette o gruppi, separati da spazi.", "Funds, tags or groups, separated by blanks."),
    column("action", Kind::Ids, "Azione", "Action", "Azioni, etichette o gruppi, separati da spazi.", "Actions, tags or groups, separated by blanks."),
    column("where", Kind::Formula, "Dove", "Where", "Condizione sulla zona, come residenti > 75000.", "Condition on the zone, such as residents > 75000."),
    column("max_share", Kind::Share, "Quota massima", "Max share", "Quota massima del costo che il fondo può pagare.", "Largest share of the cost that the fund may pay."),
    FROM, TO,
    column("law", Kind::Text, "Norma", "Law", "Fonte normativa.", "Legal source."),
    STANDING, SOURCE, NOTE,
];
const MATRIX: &[Column] = &[
    column("action", Kind::Id(Of::Action), "Azione", "Action", "Codice dell'azione. Una x sotto un fondo: il fondo può pagarla.", "Code of the action. An x under a fund: the fund may pay it."),
];
const NEEDS: &[Column] = &[
    ACTION, ZONE,
    column("year", Kind::Year, "Anno", "Year", "Anno del fabbisogno.", "Year of the need."),
    column("units", Kind::Units, "Unità", "Units", "Quante unità; \"illimitato\" se ogni somma è benvenuta.", "How many units; \"unlimited\" if all money is welcome."),
    column("replaces", Kind::Word(YES_NO), "Sostituisce la formula", "Replaces", "sì: la riga vale al posto della formula che dà lo stesso fabbisogno.", "yes: the row counts in place of the formula that gives the same need."),
    STANDING, SOURCE, NOTE,
];
const PROJECTS: &[Column] = &[
    column("project", Kind::Id(Of::Any), "Progetto", "Project", "CUP o altro codice.", "CUP or another code."),
    ACTION,
    column("zones", Kind::Pairs, "Zone", "Zones", "Zone partner, separate da spazi; con i due punti i pesi: senese:41 pratese:33.", "Partner zones, separated by blanks; with a colon the weights: senese:41 pratese:33."),
    column("item", Kind::Text, "Voce di costo", "Item", "Voce di costo del progetto.", "Cost item of the project."),
    column("nature", Kind::Word(NATURE), "Natura", "Nature", "Corrente o capitale.", "Current or capital."),
    column("euro", Kind::Money, "Euro", "Euro", "Costo della voce in euro.", "Cost of the item in euro."),
    column("profile", Kind::Pairs, "Profilo", "Profile", "Quota per anno: 2022:20% 2023:80%; in parti uguali se vuoto.", "Share by year: 2022:20% 2023:80%; equal parts if empty."),
    STANDING, SOURCE, NOTE,
];
const AGREEMENTS: &[Column] = &[
    column("agreement", Kind::Id(Of::Any), "Accordo", "Agreement", "Codice dell'accordo.", "Code of the agreement."),
    column("kind", Kind::Word(AGREEMENT), "Tipo", "Kind", "congiunto: più fondi pagano insieme.", "joint: several funds pay together."),
    column("parties", Kind::Ids, "Parti", "Parties", "Fondi che pagano insieme, separati da spazi.", "Funds that pay together, separated by blanks."),
    column("actions", Kind::Ids, "Azioni", "Actions", "Azioni pagate insieme.", "Actions paid together."),
    column("zones", Kind::Ids, "Zone", "Zones", "Dove vale; ovunque se vuoto.", "Where it holds; everywhere if empty."),
    column("min_share", Kind::Pairs, "Quote minime", "Min share", "Quota minima di ogni fondo: fnps:20% pnrr:50%.", "Smallest share of each fund: fnps:20% pnrr:50%."),
    STANDING, SOURCE, NOTE,
];
const PREVIOUS: &[Column] = &[
    FUND, ACTION, ZONE,
    column("year", Kind::Year, "Anno", "Year", "Anno passato.", "Past year."),
    EURO, STANDING, SOURCE, NOTE,
];
pub(super) const ACTUALS: &[Column] = &[
    FUND, ACTION, ZONE,
    column("date", Kind::Date, "Data", "Date", "Giorno a cui gli importi sono cumulati.", "Day to which the amounts are cumulated."),
    column("assigned", Kind::Money, "Assegnato", "Assigned", "Euro assegnati, cumulati alla data.", "Euro assigned, cumulated to the date."),
    column("committed", Kind::Money, "Impegnato", "Committed", "Euro impegnati, cumulati alla data.", "Euro committed, cumulated to the date."),
    column("paid", Kind::Money, "Pagato", "Paid", "Euro pagati, cumulati alla data.", "Euro paid, cumulated to the date."),
    column("reported", Kind::Money, "Rendicontato", "Reported", "Euro rendicontati, cumulati alla data.", "Euro reported, cumulated to the date."),
    STANDING, SOURCE, NOTE,
];
const ASSUMPTIONS: &[Column] = &[
    column("assumption", Kind::Text, "Ipotesi", "Assumption", "Che cosa si suppone.", "What is assumed."),
    column("value", Kind::Text, "Valore", "Value", "Il valore preso, a parole.", "The value used, in words."),
    column("method", Kind::Text, "Metodo", "Method", "Come è stato ottenuto.", "How it was obtained."),
    column("range", Kind::Text, "Intervallo", "Range", "Fra quali valori può stare.", "Between which values it may lie."),
    column("replace", Kind::Text, "Da sostituire con", "Replace", "Quale documento lo sostituirebbe.", "Which document would replace it."),
    STANDING, SOURCE, NOTE,
];

pub(super) static TABLES: &[Sheet] = &[
    sheet("Zone", "Zones", Holds::Table("zones.csv"), ZONES, "Zone con i loro indicatori: ogni altra colonna di numeri è un indicatore, ogni altra colonna di testi un attributo.", "Zones with their indicators: any other column of numbers is an indicator, any other column of texts an attribute."),
    sheet("Indicatori", "Indicators", Holds::Table("indicators.csv"), INDICATORS, "Valori di indicatori con il loro anno.", "Values of indicators with their year."),
    sheet("Fondi", "Funds", Holds::Table("funds.csv"), FUNDS, "Fondi.", "Funds."),
    sheet("Importi", "Amounts", Holds::Table("amounts.csv"), AMOUNTS, "Quanto c'è in ogni fondo e anno, per atto.", "How much there is in each fund and year, by act."),
    sheet("Azioni", "Actions", Holds::Table("actions.csv"), ACTIONS, "Azioni che si possono pagare.", "Actions that can be paid."),
    sheet("Matrice", "Matrix", Holds::Matrix, MATRIX, "Quale fondo può pagare quale azione: una x dove può, senza condizioni. Un punto segna ciò che apre il foglio Ammissibilità.", "Which fund may pay which action: an x where it may, without conditions. A dot marks what the sheet Eligibility opens."),
    sheet("Ammissibilità", "Eligibility", Holds::Table("eligibility.csv"), ELIGIBILITY, "Ciò che la matrice non può dire: condizioni, quote massime, anni, norma.", "What the matrix cannot say: conditions, largest shares, years, law."),
    sheet("Fabbisogni", "Needs", Holds::Table("needs.csv"), NEEDS, "Unità necessarie per azione, zona e anno. Senza riga e senza formula non può andare denaro.", "Units needed by action, zone and year. Without a row and a formula no money may go there."),
    sheet("Progetti", "Projects", Holds::Table("projects.csv"), PROJECTS, "Progetti, una voce di costo per riga.", "Projects, one cost item per row."),
    sheet("Accordi", "Agreements", Holds::Table("agreements.csv"), AGREEMENTS, "Azioni congiunte di più fondi.", "Joint actions of several funds."),
    sheet("Anni precedenti", "Previous", Holds::Table("previous.csv"), PREVIOUS, "Quanto è stato programmato negli anni passati.", "What was allocated in past years."),
    sheet("Consuntivi", "Actuals", Holds::Table("actuals.csv"), ACTUALS, "Quanto è stato impegnato, pagato e rendicontato.", "What was committed, paid and reported."),
    sheet("Ipotesi", "Assumptions", Holds::Table("assumptions.csv"), ASSUMPTIONS, "Ogni stima su cui il modello poggia.", "Every estimate the model leans on."),
];
