//! The sheets a zone fills in and sends back.

use super::words::DIALECT as DIALECT_WORDS;
use super::{Column, Holds, Kind, Of, Sheet, column, sheet};

const ZONE: Column = column("zone", Kind::Id(Of::Any), "Zona", "Zone", "Codice della zona: non si cambia.", "Code of the zone: not to be changed.");
const NOTE: Column = column("note", Kind::Text, "Nota", "Note", "Da dove viene il valore.", "Where the value comes from.");
const FUND: Column = column("fund", Kind::Id(Of::Fund), "Fondo", "Fund", "Codice del fondo, dall'elenco.", "Code of the fund, from the list.");
const ACTION: Column = column("action", Kind::Id(Of::Action), "Azione", "Action", "Codice dell'azione, dall'elenco.", "Code of the action, from the list.");

/// Entries of the sheet that says whose workbook it is.
pub(crate) const RETURN_ENTRIES: &[Column] = &[
    column("zone", Kind::Id(Of::Any), "Zona", "Zone", "Codice della zona: non si cambia.", "Code of the zone: not to be changed."),
    column("name", Kind::Text, "Nome", "Name", "Nome della zona.", "Name of the zone."),
    column("model", Kind::Text, "Modello", "Model", "Titolo del modello.", "Title of the model."),
    column("hash", Kind::Text, "Impronta del modello", "Model hash", "Da quale versione del modello viene la cartella: non si cambia.", "Which version of the model the workbook comes from: not to be changed."),
    column("dialect", Kind::Word(DIALECT_WORDS), "Numeri nei testi", "Numbers in texts", "Come sono scritti i numeri nelle celle di testo: 1.234,56 o 1234.56.", "How numbers are written in cells of text: 1.234,56 or 1234.56."),
];

/// Whose workbook it is.
pub(crate) static RETURN: Sheet = sheet(
    "Restituzione",
    "Return",
    Holds::Other,
    super::tables::MODEL,
    "Di chi è questa cartella, e da quale modello viene.",
    "Whose workbook this is, and which model it comes from.",
);

/// Needs of the zone.
pub(crate) static ZONE_NEEDS: Sheet = sheet(
    "Zona fabbisogni",
    "Zone needs",
    Holds::Other,
    &[
        ZONE,
        column("action", Kind::Id(Of::Any), "Azione", "Action", "Codice dell'azione: non si cambia.", "Code of the action: not to be changed."),
        column("year", Kind::Year, "Anno", "Year", "Anno del fabbisogno: non si cambia.", "Year of the need: not to be changed."),
        column("sent", Kind::Units, "Unità inviate", "Units sent", "Le unità che il modello ha ora: non si cambiano.", "The units the model has now: not to be changed."),
        column("value", Kind::Units, "Unità", "Units", "Quante unità servono: si corregge qui.", "How many units are needed: correct it here."),
        NOTE,
    ],
    "I fabbisogni della zona: si corregge la colonna Unità.",
    "The needs of the zone: correct the column Units.",
);

/// Indicators of the zone, staff among them.
pub(crate) static ZONE_INDICATORS: Sheet = sheet(
    "Zona indicatori",
    "Zone indicators",
    Holds::Other,
    &[
        ZONE,
        column("indicator", Kind::Text, "Indicatore", "Indicator", "Nome dell'indicatore: non si cambia.", "Name of the indicator: not to be changed."),
        column("year", Kind::Year, "Anno", "Year", "Anno del valore; vuoto se non ne ha: non si cambia.", "Year of the value; empty if it has none: not to be changed."),
        column("sent", Kind::Number, "Valore inviato", "Value sent", "Il valore che il modello ha ora: non si cambia.", "The value the model has now: not to be changed."),
        column("value", Kind::Number, "Valore", "Value", "Il valore giusto: si corregge qui.", "The right value: correct it here."),
        NOTE,
    ],
    "Gli indicatori della zona, fra cui gli assistenti sociali: si corregge la colonna Valore.",
    "The indicators of the zone, social workers among them: correct the column Value.",
);

/// Spending of the zone so far.
pub(crate) static ZONE_SPENDING: Sheet = sheet(
    "Zona spesa",
    "Zone spending",
    Holds::Other,
    &[
        ZONE,
        FUND,
        ACTION,
        column("date", Kind::Date, "Data", "Date", "Giorno a cui gli importi sono cumulati.", "Day to which the amounts are cumulated."),
        column("assigned", Kind::Money, "Assegnato", "Assigned", "Euro assegnati, cumulati alla data.", "Euro assigned, cumulated to the date."),
        column("committed", Kind::Money, "Impegnato", "Committed", "Euro impegnati, cumulati alla data.", "Euro committed, cumulated to the date."),
        column("paid", Kind::Money, "Pagato", "Paid", "Euro pagati, cumulati alla data.", "Euro paid, cumulated to the date."),
        column("reported", Kind::Money, "Rendicontato", "Reported", "Euro rendicontati, cumulati alla data.", "Euro reported, cumulated to the date."),
        NOTE,
    ],
    "La spesa fin qui: una riga per fondo, azione e data; le righe grigie ci sono già.",
    "Spending so far: one row for each fund, action and date; grey rows are there already.",
);

/// Codes a zone may choose from; it is not read.
pub(crate) static ZONE_LISTS: Sheet = sheet(
    "Zona elenchi",
    "Zone lists",
    Holds::Other,
    &[
        column("fund", Kind::Id(Of::Any), "Fondo", "Fund", "Codici dei fondi.", "Codes of the funds."),
        column("fund_name", Kind::Text, "Nome del fondo", "Name of the fund", "Nome del fondo.", "Name of the fund."),
        column("action", Kind::Id(Of::Any), "Azione", "Action", "Codici delle azioni.", "Codes of the actions."),
        column("action_name", Kind::Text, "Nome dell'azione", "Name of the action", "Nome dell'azione.", "Name of the action."),
    ],
    "I codici da usare nel foglio della spesa.",
    "The codes to use in the sheet of spending.",
);

/// The sheets that are read, by any of their names.
pub(crate) fn zone_sheet_named(name: &str) -> Option<&'static Sheet> {
    let wanted = super::plain(name);
    [&RETURN, &ZONE_NEEDS, &ZONE_INDICATORS, &ZONE_SPENDING]
        .into_iter()
        .find(|sheet| sheet.name.is(&wanted))
}
