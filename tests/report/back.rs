//! Every number of the files, read back.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use mappafondo::model::Language;
use mappafondo::report::document::{Cell, Document, Role, Table, Value};
use mappafondo::report::document_csv::{Dialect, csv};
use mappafondo::report::document_json::json;
use mappafondo::report::number::file_euro;
use mappafondo::report::xlsx::xlsx;
use mappafondo::units::{Exact, parse_exact};

use crate::shared::{program, scratch, source, tiny, told};

/// The number in a cell as a decimal of a file, of at most so many digits after the point.
fn number(cell: &Cell) -> Option<Value> {
    cell.value().filter(|value| *value != Value::Nothing)
}

/// Reads a workbook and gives, for each table of the document, the cells where its rows stand.
fn cells_of_workbook(document: &Document) -> BTreeMap<String, Vec<Vec<Data>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(document).unwrap())).unwrap();
    let mut found = BTreeMap::new();
    for section in &document.sections {
        let range = book.worksheet_range(&section.name).unwrap();
        let (height, width) = range.get_size();
        let text = |row: usize, column: usize| match range.get((row, column)) {
            Some(Data::String(text)) => text.clone(),
            _ => String::new(),
        };
        let mut from = 0;
        for table in &section.tables {
            let titles: Vec<&str> = table.columns.iter().map(|column| &*column.title).collect();
            // A sheet has the columns of a table in another order: codes beside names come last.
            let sorted = |mut titles: Vec<String>| {
                titles.retain(|title| !title.is_empty());
                titles.sort();
                titles
            };
            let wanted = sorted(titles.iter().map(|title| (*title).to_owned()).collect());
            let is_heading = |row: &usize| {
                sorted((0..width).map(|column| text(*row, column)).collect()) == wanted
            };
            let heading = (from..height)
                .find(is_heading)
                .expect("the headings of a table");
            let mut free: Vec<usize> = (0..titles.len()).collect();
            let columns = titles.iter().map(|title| {
                let at = free
                    .iter()
                    .position(|column| text(heading, *column) == *title);
                free.remove(at.expect("a column under its heading"))
            });
            let columns: Vec<usize> = columns.collect();
            let first = heading + 1;
            let rows = (first..first + table.rows.len()).map(|row| {
                let cell =
                    |column: &usize| range.get((row, *column)).cloned().unwrap_or(Data::Empty);
                columns.iter().map(cell).collect()
            });
            found.insert(table.id.clone(), rows.collect());
            from = first + table.rows.len();
        }
    }
    found
}

#[test]
fn every_number_of_the_workbook_is_the_number_of_the_document() {
    for language in [Language::Italian, Language::English] {
        let document = told(language);
        let back = cells_of_workbook(&document);
        let mut seen = 0;
        for (_, table) in document.tables() {
            for (row, cells) in table.rows.iter().zip(&back[&table.id]) {
                for (cell, found) in row.cells.iter().zip(cells) {
                    check_cell(&table.id, cell, found);
                    seen += usize::from(number(cell).is_some());
                }
            }
        }
        assert!(seen > 300, "{seen} numbers");
    }
}

fn check_cell(table: &str, cell: &Cell, found: &Data) {
    let float = |found: &Data| match found {
        Data::Float(number) => *number,
        Data::Int(number) => *number as f64,
        other => panic!("{table}: {cell:?} came back as {other:?}"),
    };
    match (cell, number(cell)) {
        // Whole cents come back exactly.
        (_, Some(Value::Euro(cents))) => {
            assert_eq!(format!("{:.2}", float(found)), file_euro(cents), "{table}");
        }
        (Cell::Formula(_), Some(Value::Share(share))) => {
            let shown = (share * Exact::from_integer(10_000)).trunc() / Exact::from_integer(10_000);
            let difference = float(found) - as_float(&shown);
            assert!(difference.abs() < 1e-12, "{table}: {cell:?} is {found:?}");
        }
        (_, Some(value)) => {
            let exact = as_float(&value.exact());
            let difference = float(found) - exact;
            assert!(
                difference.abs() <= exact.abs() * 1e-14,
                "{table}: {cell:?} is {found:?}"
            );
        }
        (Cell::Year(year), None) => {
            assert_eq!(float(found).to_string(), year.to_string(), "{table}")
        }
        (cell, None) => {
            let text = match found {
                Data::String(text) => text.as_str(),
                Data::Empty => "",
                other => panic!("{table}: {cell:?} came back as {other:?}"),
            };
            assert_eq!(text, cell.words().unwrap_or_default(), "{table}");
        }
    }
}

fn as_float(number: &Exact) -> f64 {
    *number.numer() as f64 / *number.denom() as f64
}

/// The tables of a CSV, by code.
fn tables_of_csv(text: &str, separator: u8) -> BTreeMap<String, Vec<Vec<String>>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut tables = BTreeMap::new();
    for block in text.split("\r\n\r\n") {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(block.as_bytes());
        let mut rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
        let code = rows.next().unwrap()[0].clone();
        tables.insert(code, rows.skip(1).collect());
    }
    tables
}

#[test]
fn every_number_of_the_csv_is_the_number_of_the_document() {
    let document = told(Language::Italian);
    for (dialect, separator, point) in
        [(Dialect::Italian, b';', ','), (Dialect::English, b',', '.')]
    {
        let bytes = csv(&document, dialect).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.starts_with('\u{feff}'), dialect == Dialect::Italian);
        let back = tables_of_csv(&text, separator);
        for (_, table) in document.tables() {
            let rows = &back[&table.id];
            assert_eq!(rows.len(), table.rows.len(), "{}", table.id);
            for (row, found) in table.rows.iter().zip(rows) {
                for (cell, found) in row.cells.iter().zip(found) {
                    let found = found.replace(point, ".");
                    let Some(value) = number(cell) else { continue };
                    let read = parse_exact(&found).unwrap();
                    let off = read - value.exact();
                    let twelfth = Exact::new(1, 1_000_000_000_000);
                    assert!(
                        off < twelfth && -off < twelfth,
                        "{}: {cell:?} {found}",
                        table.id
                    );
                    if let Value::Euro(cents) = value {
                        assert_eq!(found, file_euro(cents));
                    }
                }
            }
        }
    }
}

#[test]
fn every_number_of_the_json_is_the_number_of_the_document() {
    let document = told(Language::English);
    let read: serde_json::Value = serde_json::from_slice(&json(&document).unwrap()).unwrap();
    assert_eq!(read["kind"], "mappafondo document");
    let mut tables = document.tables();
    for section in read["sections"].as_array().unwrap() {
        for table in section["tables"].as_array().unwrap() {
            let (_, own) = tables.next().unwrap();
            assert_eq!(table["id"], own.id);
            let rows = table["rows"].as_array().unwrap();
            assert_eq!(rows.len(), own.rows.len());
            for (row, own) in rows.iter().zip(&own.rows) {
                for (found, cell) in row["cells"].as_array().unwrap().iter().zip(&own.cells) {
                    let Some(value) = number(cell) else { continue };
                    let (_, text) = found.as_object().unwrap().iter().next().unwrap();
                    assert_eq!(parse_exact(text.as_str().unwrap()), Some(value.exact()));
                }
            }
        }
    }
    assert!(tables.next().is_none());
}

fn column(table: &Table, id: &str) -> usize {
    table.column(id).unwrap()
}

#[test]
fn the_ledger_of_the_document_is_the_ledger_of_the_plan() {
    let document = told(Language::Italian);
    let table = document.table("ledger").unwrap();
    let text = std::fs::read_to_string(tiny().join("ledger.csv")).unwrap();
    let lines: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
    let columns = ["fund", "action", "zone", "year", "euro"].map(|id| column(table, id));
    let body = table.rows.iter().filter(|row| row.role == Role::Body);
    let mut told: Vec<String> = body
        .map(|row| columns.map(|column| row.cells[column].plain('.')).join(","))
        .collect();
    // The funds of the document stand by size, those of the file by code.
    let funds: Vec<&str> = told
        .iter()
        .map(|line| line.split(',').next().unwrap())
        .collect();
    assert_eq!(funds.first(), Some(&largest_fund(tiny()).as_str()));
    told.sort();
    let mut lines = lines;
    lines.sort();
    assert_eq!(told, lines);
    let total = table.rows.last().unwrap().cells[column(table, "euro")].value();
    assert_eq!(total, Some(Value::Euro(21_459_220)));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let make = |name: &str| {
        let file = scratch().join(name);
        let mut command = program();
        command.arg("report").arg(tiny()).arg("--out").arg(&file);
        command.arg("--quiet").assert().success();
        std::fs::read(file).unwrap()
    };
    for extension in ["xlsx", "csv", "json"] {
        let (one, other) = (format!("one.{extension}"), format!("other.{extension}"));
        assert!(make(&one) == make(&other), "{extension}");
    }
}

#[test]
fn a_document_of_one_zone_tells_that_zone_alone() {
    let plan = source(tiny());
    let zone = plan.model.zone_indices().next().unwrap();
    let own = &plan.model.zone(zone).id;
    let document = mappafondo::annex::zone_document(&plan, zone, Language::Italian);
    let table = document.table("ledger").unwrap();
    let zones = column(table, "zone");
    let body: Vec<_> = table
        .rows
        .iter()
        .filter(|row| row.role == Role::Body)
        .collect();
    assert!(!body.is_empty());
    assert!(body.iter().all(|row| row.cells[zones].words() == Some(own)));
    let back = cells_of_workbook(&document);
    assert_eq!(back.len(), document.tables().count());
}

/// The fund with most money in `amounts.csv` of a plan's own model.
fn largest_fund(plan: &std::path::Path) -> String {
    let text = std::fs::read_to_string(plan.join("dossier/model/amounts.csv")).unwrap();
    let mut sums: BTreeMap<String, i128> = BTreeMap::new();
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let cents = (parse_exact(cells[3]).unwrap() * Exact::from_integer(100)).to_integer();
        *sums.entry(cells[0].to_owned()).or_default() += cents;
    }
    sums.into_iter().max_by_key(|(_, cents)| *cents).unwrap().0
}
