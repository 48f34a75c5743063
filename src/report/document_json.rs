//! A document as JSON: `mappafondo document 1`. Money is text in euro with two decimals; shares and other numbers are exact text,
//! decimals or fractions.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ReportError;
use super::document::{Cell, Document, FlowLink, Section, Table, Value};
use crate::model::Language;
use crate::report::number::file_euro;
use crate::units::exact_text;

/// Version of the form.
pub const DOCUMENT_FORMAT: u32 = 1;

#[derive(Serialize)]
struct DocumentJson<'d> {
    kind: &'static str,
    format: u32,
    language: &'static str,
    title: &'d str,
    subtitle: &'d str,
    summary: &'d [String],
    sections: Vec<SectionJson<'d>>,
    flow: FlowJson<'d>,
    model_hash: &'d str,
    version: &'d str,
}

#[derive(Serialize)]
struct SectionJson<'d> {
    topic: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<&'d str>,
    name: &'d str,
    title: &'d str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'d [String],
    tables: Vec<TableJson<'d>>,
}

#[derive(Serialize)]
struct TableJson<'d> {
    id: &'d str,
    title: &'d str,
    columns: Vec<ColumnJson<'d>>,
    rows: Vec<RowJson<'d>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'d [String],
}

#[derive(Serialize)]
struct ColumnJson<'d> {
    id: &'d str,
    title: &'d str,
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    meaning: &'d str,
}

#[derive(Serialize)]
struct RowJson<'d> {
    role: &'static str,
    cells: Vec<Option<CellJson<'d>>>,
}

/// A cell: what it holds by name; nothing where it is empty.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum CellJson<'d> {
    Closed(bool),
    Text(&'d str),
    Code(&'d str),
    Law {
        text: &'d str,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<&'d str>,
    },
    Year(i32),
    Euro(String),
    Share(String),
    Number(String),
    Count(String),
}

#[derive(Serialize)]
struct FlowJson<'d> {
    funds: BTreeMap<&'d str, &'d str>,
    actions: BTreeMap<&'d str, &'d str>,
    zones: Vec<FlowZoneJson<'d>>,
    paid: Vec<LinkJson<'d>>,
    received: Vec<LinkJson<'d>>,
}

#[derive(Serialize)]
struct FlowZoneJson<'d> {
    id: &'d str,
    name: &'d str,
    attributes: &'d BTreeMap<String, String>,
    need: String,
    covered: String,
    received: String,
}

#[derive(Serialize)]
struct LinkJson<'d> {
    from: &'d str,
    to: &'d str,
    euro: String,
}

/// The document as JSON, indented by nothing, with a final newline.
///
/// # Errors
/// [`ReportError::Table`] if the text cannot be written in memory.
pub fn json(document: &Document) -> Result<Vec<u8>, ReportError> {
    let language = match document.language {
        Language::Italian => "it",
        Language::English => "en",
    };
    let whole = DocumentJson {
        kind: "mappafondo document",
        format: DOCUMENT_FORMAT,
        language,
        title: &document.title,
        subtitle: &document.subtitle,
        summary: &document.summary,
        sections: document.sections.iter().map(section).collect(),
        flow: flow(document),
        model_hash: &document.hash,
        version: &document.version,
    };
    let mut bytes = serde_json::to_vec(&whole).map_err(|error| ReportError::Table {
        table: "json",
        reason: error.to_string(),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn section(section: &Section) -> SectionJson<'_> {
    SectionJson {
        topic: section.topic.word(),
        zone: section.zone.as_deref(),
        name: &section.name,
        title: &section.title,
        notes: &section.notes,
        tables: section.tables.iter().map(table).collect(),
    }
}

fn table(table: &Table) -> TableJson<'_> {
    let columns = table.columns.iter().map(|column| ColumnJson {
        id: &column.id,
        title: &column.title,
        kind: column.kind.word(),
        meaning: &column.meaning,
    });
    let rows = table.rows.iter().map(|row| RowJson {
        role: row.role.word(),
        cells: row.cells.iter().map(cell).collect(),
    });
    TableJson {
        id: &table.id,
        title: &table.title,
        columns: columns.collect(),
        rows: rows.collect(),
        notes: &table.notes,
    }
}

fn cell(cell: &Cell) -> Option<CellJson<'_>> {
    match cell {
        Cell::Empty => None,
        Cell::Blank => None,
        Cell::Closed => Some(CellJson::Closed(true)),
        Cell::Text(text) => Some(CellJson::Text(text)),
        Cell::Code(code) => Some(CellJson::Code(code)),
        Cell::Year(year) => Some(CellJson::Year(*year)),
        Cell::Law(link) => Some(CellJson::Law {
            text: &link.text,
            url: link.url.as_deref(),
        }),
        Cell::Euro(_) | Cell::Share(_) | Cell::Number(_) | Cell::Count(_) | Cell::Formula(_) => {
            value(cell.value()?)
        }
    }
}

fn value(value: Value) -> Option<CellJson<'static>> {
    match value {
        Value::Nothing => None,
        Value::Euro(cents) => Some(CellJson::Euro(file_euro(cents))),
        Value::Share(share) => Some(CellJson::Share(exact_text(&share))),
        Value::Number(number) => Some(CellJson::Number(exact_text(&number))),
        Value::Count(count) => Some(CellJson::Count(count.to_string())),
    }
}

fn flow(document: &Document) -> FlowJson<'_> {
    let flow = &document.flow;
    let zones = flow.zones.iter().map(|zone| FlowZoneJson {
        id: &zone.id,
        name: &zone.name,
        attributes: &zone.attributes,
        need: file_euro(zone.need),
        covered: file_euro(zone.covered),
        received: file_euro(zone.received),
    });
    FlowJson {
        funds: flow
            .funds
            .iter()
            .map(|(id, name)| (&**id, &**name))
            .collect(),
        actions: flow
            .actions
            .iter()
            .map(|(id, name)| (&**id, &**name))
            .collect(),
        zones: zones.collect(),
        paid: flow.paid.iter().map(link_json).collect(),
        received: flow.received.iter().map(link_json).collect(),
    }
}

fn link_json(link: &FlowLink) -> LinkJson<'_> {
    LinkJson {
        from: &link.from,
        to: &link.to,
        euro: file_euro(link.cents),
    }
}
