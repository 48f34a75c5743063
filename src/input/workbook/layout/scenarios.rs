//! The sheet of quick what-ifs: one change per row, several rows of one name a scenario.

use super::words::{CHANGED, HOW};
use super::{Column, Holds, Kind, Of, Sheet, column, sheet};

const COLUMNS: &[Column] = &[
    column("id", Kind::Id(Of::Any), "Scenario", "Scenario", "Nome dello scenario: le righe con lo stesso nome valgono insieme, nel loro ordine. Si usa con --scenario NOME.", "Name of the scenario: the rows of one name hold together, in their order. Used with --scenario NAME."),
    column("title", Kind::Text, "Titolo", "Title", "Titolo per le persone; basta nella prima riga dello scenario.", "Title for people; in the first row of the scenario is enough."),
    column("target", Kind::Word(CHANGED), "Che cosa", "What", "Che cosa cambia; vuoto per togliere una regola.", "What changes; empty to take a rule away."),
    column("fund", Kind::Ids, "Fondo", "Fund", "Fondi, etichette o gruppi; tutti se vuoto.", "Funds, tags or groups; all if empty."),
    column("action", Kind::Ids, "Azione", "Action", "Azioni, etichette o gruppi; tutte se vuoto.", "Actions, tags or groups; all if empty."),
    column("zone", Kind::Ids, "Zona", "Zone", "Zone, etichette o gruppi; tutte se vuoto.", "Zones, tags or groups; all if empty."),
    column("rule", Kind::Ids, "Regola", "Rule", "Codici di regole o cofinanziamenti, per quota, soglia, forza, o per toglierle.", "Codes of rules or matches, for share, threshold, strength, or to take them away."),
    column("indicator", Kind::Id(Of::Any), "Indicatore", "Indicator", "Quale indicatore cambia.", "Which indicator changes."),
    column("project", Kind::Ids, "Progetto", "Project", "Quali progetti cambiano.", "Which projects change."),
    column("years", Kind::Years, "Anni", "Years", "Anni separati da spazi; tutti se vuoto.", "Years separated by blanks; all if empty."),
    column("where", Kind::Formula, "Dove", "Where", "Condizione sulla zona, come residenti > 75000.", "Condition on the zone, such as residents > 75000."),
    column("how", Kind::Word(HOW), "Come", "How", "moltiplica per, aggiungi, imposta, o togli la regola.", "multiply by, add, set, or rule off."),
    column("value", Kind::Formula, "Valore", "Value", "Di quanto: 80%, -1000, 5000, o il nuovo valore.", "By how much: 80%, -1000, 5000, or the new value."),
    column("note", Kind::Text, "Nota", "Note", "Testo libero; non è letto.", "Free text; it is not read."),
];

/// The sheet.
pub(crate) static SCENARIOS: Sheet = sheet(
    "Scenari",
    "Scenarios",
    Holds::Scenarios,
    COLUMNS,
    "Prove veloci: un cambiamento per riga. Il piano con uno scenario si chiede con --scenario NOME.",
    "Quick what-ifs: one change per row. The plan of a scenario is asked for with --scenario NAME.",
);
