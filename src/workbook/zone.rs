//! The sheets one zone fills in and sends back: its needs, its indicators, its spending so far.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, Formula, Workbook, Worksheet, XlsxError,
};

use super::WorkbookError;
use super::content::{Filled, Look, Told, day, is_decimal, year};
use super::look::{self, INPUT, Looks, note, print, width};
use super::write::put;
use crate::input::workbook::layout::{
    Kind, RETURN, RETURN_ENTRIES, Sheet, ZONE_INDICATORS, ZONE_LISTS, ZONE_NEEDS, ZONE_SPENDING,
};
use crate::input::workbook::sheet_name;
use crate::input::{Formats, Inputs, RawTable, read_model_from};
use crate::model::Language;
use crate::report::dossier::input_hashes;
use crate::units::exact_text;

/// Empty rows for spending that a zone may fill in.
const ROWS_TO_FILL: u32 = 60;
/// Columns of `zones.csv` that are no indicators.
pub(super) const FIXED: [&str; 8] = [
    "zone",
    "name",
    "from",
    "to",
    "replaces",
    "source",
    "confidence",
    "note",
];
/// Amounts of `actuals.csv`.
pub(super) const AMOUNTS: [&str; 4] = ["assigned", "committed", "paid", "reported"];

/// A cell of a zone's sheet: what is in it, and whether the zone may change it.
type Entry = (Filled, bool);

/// Adds to a workbook the sheets in which a zone gives its data: needs, indicators (staff among them), spending so far.
///
/// Everything but the cells to be filled in is locked, without a password. `files` are those of the model by name, `zone` is an
/// id of `zones.csv`. `mappafondo convert --merge` reads the sheets back.
///
/// # Errors
/// [`WorkbookError`] if the workbook already has sheets of these names, or a text is too long for a cell.
pub fn zone_sheets(
    workbook: &mut Workbook,
    files: &BTreeMap<String, Vec<u8>>,
    zone: &str,
    language: Language,
) -> Result<(), WorkbookError> {
    let told = Told(language);
    let looks = Looks::new();
    let formats = Formats::of_model(files);
    let table = |file: &str| RawTable::read(files, file, &[], &formats);
    let model = read_model_from(files).ok();
    let zones = table("zones.csv");
    let own = zones
        .rows
        .iter()
        .find(|row| zones.cell(row, "zone") == zone);
    let name = own.map_or("", |row| zones.cell(row, "name"));
    let title = model.map_or_else(String::new, |model| model.title);
    whose(workbook, &[zone, name, &title, &hash(files)], &looks, told)?;
    let funds = codes(&table("funds.csv"), "fund");
    let actions = codes(&table("actions.csv"), "action");
    let sheets = [
        (&ZONE_NEEDS, needs(&table("needs.csv"), zone, told)),
        (
            &ZONE_INDICATORS,
            indicators(&zones, &table("indicators.csv"), zone, told),
        ),
        (&ZONE_SPENDING, spending(&table("actuals.csv"), zone)),
    ];
    for (sheet, rows) in sheets {
        fill(
            workbook,
            sheet,
            &rows,
            (funds.len(), actions.len()),
            &looks,
            told,
        )?;
    }
    lists(workbook, &funds, &actions, &looks, told)?;
    Ok(())
}

/// The workbook of one zone, with its sheets alone.
///
/// # Errors
/// As [`zone_sheets`].
pub fn zone_workbook(
    files: &BTreeMap<String, Vec<u8>>,
    zone: &str,
    language: Language,
) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = look::workbook(zone)?;
    zone_sheets(&mut workbook, files, zone, language)?;
    Ok(workbook.save_to_buffer()?)
}

/// The hash of a model's files.
pub(super) fn hash(files: &BTreeMap<String, Vec<u8>>) -> String {
    let inputs = Inputs {
        files: files.clone(),
    };
    input_hashes(&inputs).model
}

fn codes(table: &RawTable, column: &str) -> Vec<(String, String)> {
    let code = |row: &Vec<String>| {
        let text = |name: &str| table.cell(row, name).to_owned();
        (text(column), text("name"))
    };
    table.rows.iter().map(code).collect()
}

/// A number of a table as a cell, with the look of a plain number; a text where it is none.
fn number(table: &RawTable, row: &[String], column: &str, told: Told) -> Filled {
    let text = table.cell(row, column);
    if text.is_empty() {
        return Filled::Blank;
    }
    let value = table.number(row, column).map(|value| exact_text(&value));
    match value {
        Some(value) if is_decimal(&value) => Filled::Number(value, Look::Plain),
        _ => match (text, told.0) {
            ("unlimited", Language::Italian) => Filled::Text("illimitato".to_owned()),
            _ => Filled::Text(text.to_owned()),
        },
    }
}

fn needs(table: &RawTable, zone: &str, told: Told) -> Vec<Vec<Entry>> {
    let own = table
        .rows
        .iter()
        .filter(|row| table.cell(row, "zone") == zone);
    let row = |row: &Vec<String>| {
        let units = number(table, row, "units", told);
        vec![
            (Filled::Text(zone.to_owned()), false),
            (Filled::Text(table.cell(row, "action").to_owned()), false),
            (year(table.cell(row, "year")), false),
            (units.clone(), false),
            (units, true),
            (Filled::Blank, true),
        ]
    };
    own.map(row).collect()
}

fn indicators(zones: &RawTable, dated: &RawTable, zone: &str, told: Told) -> Vec<Vec<Entry>> {
    let entry = |name: &str, year: Filled, value: Filled| {
        vec![
            (Filled::Text(zone.to_owned()), false),
            (Filled::Text(name.to_owned()), false),
            (year, false),
            (value.clone(), false),
            (value, true),
            (Filled::Blank, true),
        ]
    };
    let mut rows = Vec::new();
    if let Some(own) = zones
        .rows
        .iter()
        .find(|row| zones.cell(row, "zone") == zone)
    {
        for name in zones
            .header()
            .iter()
            .filter(|name| !FIXED.contains(&name.as_str()))
        {
            // An indicator is a column of numbers alone.
            let is_indicator = zones
                .rows
                .iter()
                .all(|row| zones.cell(row, name).is_empty() || zones.number(row, name).is_some());
            if is_indicator {
                let value = number(zones, own, name, told);
                rows.push(entry(name, Filled::Blank, value));
            }
        }
    }
    for row in dated
        .rows
        .iter()
        .filter(|row| dated.cell(row, "zone") == zone)
    {
        let value = number(dated, row, "value", told);
        rows.push(entry(
            dated.cell(row, "indicator"),
            year(dated.cell(row, "year")),
            value,
        ));
    }
    rows
}

fn spending(table: &RawTable, zone: &str) -> Vec<Vec<Entry>> {
    let own = table
        .rows
        .iter()
        .filter(|row| table.cell(row, "zone") == zone);
    let known = own.map(|row| {
        let mut cells = vec![
            (Filled::Text(zone.to_owned()), false),
            (Filled::Text(table.cell(row, "fund").to_owned()), false),
            (Filled::Text(table.cell(row, "action").to_owned()), false),
            (day(table.cell(row, "date")), false),
        ];
        for column in AMOUNTS {
            let euro = table
                .euro(row, column)
                .map(|euro| exact_text(&euro.to_exact()));
            let cell = euro.map_or(Filled::Blank, |euro| Filled::Number(euro, Look::Money));
            cells.push((cell, false));
        }
        cells.push((Filled::Blank, false));
        cells
    });
    let empty = (0..ROWS_TO_FILL).map(|_| {
        let mut cells = vec![(Filled::Text(zone.to_owned()), false)];
        cells.extend((1..9).map(|_| (Filled::Blank, true)));
        cells
    });
    known.chain(empty).collect()
}

/// Whose workbook it is: zone, name, title of the model and its hash.
fn whose(
    workbook: &mut Workbook,
    values: &[&str],
    looks: &Looks,
    told: Told,
) -> Result<(), XlsxError> {
    let sheet = begin(workbook, &RETURN, looks, told)?;
    for (column, width) in [(0, 24), (1, 70), (2, 60)] {
        sheet.set_column_width(column, width)?;
    }
    for (row, entry) in (1_u32..).zip(RETURN_ENTRIES) {
        let value = match (
            values.get(usize::try_from(row).unwrap_or(0).saturating_sub(1)),
            entry.kind,
        ) {
            (Some(value), _) => (*value).to_owned(),
            (None, Kind::Word(words)) => {
                let key = match told.0 {
                    Language::Italian => "it",
                    Language::English => "en",
                };
                told.word(key, words)
            }
            (None, _) => String::new(),
        };
        sheet.write_string_with_format(row, 0, entry.name.say(told.0), &looks.text)?;
        sheet.write_string_with_format(row, 1, &value, &looks.computed)?;
        sheet.write_string_with_format(row, 2, entry.note.say(told.0), &looks.computed)?;
    }
    Ok(())
}

/// A locked sheet with its header.
fn begin<'w>(
    workbook: &'w mut Workbook,
    layout: &'static Sheet,
    looks: &Looks,
    told: Told,
) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(layout.name.say(told.0))?;
    sheet.set_tab_color("C65911");
    sheet.set_freeze_panes(1, 0)?;
    print(sheet, 0, told.0)?;
    for (column, head) in (0_u16..).zip(layout.columns) {
        let name = head.name.say(told.0);
        sheet.write_string_with_format(0, column, name, &looks.header)?;
        sheet.insert_note(0, column, &note(head.note.say(told.0)))?;
        sheet.set_column_width(column, width(name.chars().count()))?;
    }
    sheet.set_row_height(0, 32)?;
    sheet.protect();
    Ok(sheet)
}

fn fill(
    workbook: &mut Workbook,
    layout: &'static Sheet,
    rows: &[Vec<Entry>],
    codes: (usize, usize),
    looks: &Looks,
    told: Told,
) -> Result<(), XlsxError> {
    let open = Format::new().set_unlocked().set_background_color(INPUT);
    let money = open.clone().set_num_format("#,##0.00");
    let date = open.clone().set_num_format("dd/mm/yyyy");
    let sheet = begin(workbook, layout, looks, told)?;
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1);
    for (column, head) in (0_u16..).zip(layout.columns) {
        let longest = rows
            .iter()
            .filter_map(|row| match row.get(usize::from(column)) {
                Some((Filled::Text(text), _)) => Some(text.chars().count()),
                Some((Filled::Number(..) | Filled::Day(_), _)) => Some(14),
                _ => None,
            });
        let header = head.name.say(told.0).chars().count();
        sheet.set_column_width(column, width(longest.max().unwrap_or(0).max(header)))?;
        if let Some(list) = code_list(head.kind, codes, told) {
            sheet.add_data_validation(1, column, last, column, &list)?;
        }
    }
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, (cell, is_open)) in (0_u16..).zip(cells) {
            let kind = layout
                .columns
                .get(usize::from(column))
                .map(|head| head.kind);
            let format = match (is_open, kind, cell) {
                (true, Some(Kind::Money), _) => &money,
                (true, Some(Kind::Date), _) => &date,
                (true, _, _) => &open,
                // Keeps the look of its number.
                (false, _, Filled::Number(..) | Filled::Day(_)) => {
                    put(sheet, row, column, cell, None, looks, told)?;
                    continue;
                }
                (false, _, _) => &looks.computed,
            };
            put(sheet, row, column, cell, Some(format), looks, told)?;
        }
    }
    Ok(())
}

/// Codes to choose from, out of the sheet of lists.
fn code_list(kind: Kind, codes: (usize, usize), told: Told) -> Option<DataValidation> {
    use crate::input::workbook::layout::Of;
    let (column, n) = match kind {
        Kind::Id(Of::Fund) => ("A", codes.0),
        Kind::Id(Of::Action) => ("C", codes.1),
        _ => return None,
    };
    let name = sheet_name(ZONE_LISTS.name.say(told.0));
    let last = n.saturating_add(1).max(2);
    let formula = Formula::new(format!("={name}!${column}$2:${column}${last}"));
    let list = DataValidation::new().allow_list_formula(formula);
    Some(list.set_error_style(DataValidationErrorStyle::Stop))
}

fn lists(
    workbook: &mut Workbook,
    funds: &[(String, String)],
    actions: &[(String, String)],
    looks: &Looks,
    told: Told,
) -> Result<(), XlsxError> {
    let sheet = begin(workbook, &ZONE_LISTS, looks, told)?;
    for (column, codes) in [(0_u16, funds), (2, actions)] {
        sheet.set_column_width(column, 28)?;
        sheet.set_column_width(column.saturating_add(1), 48)?;
        for (row, (code, name)) in (1_u32..).zip(codes) {
            sheet.write_string_with_format(row, column, code, &looks.computed)?;
            sheet.write_string_with_format(row, column.saturating_add(1), name, &looks.computed)?;
        }
    }
    Ok(())
}
