//! Small workbooks as offices write them, cell by cell.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook being put together: sheets of rows of cells, `|` between cells.
///
/// `#1.5` is a number, `%0.4` a number in percent, `@2026-01-31` a day, `=SUM(A1)→3` a formula with its saved result, `!TRUE` a
/// truth, anything else a text.
#[derive(Clone)]
pub(crate) struct Office(Vec<(String, Vec<String>)>);

const SMALL: &[(&str, &[&str])] = &[
    (
        "Modello",
        &[
            "Voce|Valore",
            "Formato|#1",
            "Titolo|Prova",
            "Lingua|italiano",
            "Inizio|@2026-01-01",
            "Mesi|#12",
            "Numeri nei testi|1.234,56",
        ],
    ),
    ("Zone", &["Zona|Nome|residenti", "a|A|#20000", "b|B|#30000"]),
    (
        "Fondi",
        &[
            "Fondo|Nome|Livello|Natura|Ultima spesa",
            "f|Fondo|stato|corrente|",
        ],
    ),
    (
        "Importi",
        &[
            "Fondo|Anno|Euro|Atto|Attendibilità|Fonte",
            "f|#2026|#1000.5|DM 1|ufficiale|GU",
        ],
    ),
    (
        "Azioni",
        &[
            "Azione|Nome|Area|LEPS|Tipo|Unità|Costo unitario|Priorità",
            "x|X|Area|sì|divisibile|ora|#10.5|#1",
        ],
    ),
    ("Matrice", &["Azione|f", "x|x"]),
    (
        "Fabbisogni",
        &["Azione|Zona|Anno|Unità", "x|a|#2026|#3", "x|b|#2026|#4"],
    ),
];

impl Office {
    /// A small model.
    pub(crate) fn small() -> Self {
        let sheet = |(name, rows): &(&str, &[&str])| {
            (
                (*name).to_owned(),
                rows.iter().map(|row| (*row).to_owned()).collect(),
            )
        };
        Self(SMALL.iter().map(sheet).collect())
    }

    /// No sheet yet.
    pub(crate) fn empty() -> Self {
        Self(Vec::new())
    }

    /// The same with a row, from 1, replaced or added.
    pub(crate) fn row(mut self, sheet: &str, row: usize, cells: &str) -> Self {
        let rows = self.rows(sheet);
        while rows.len() < row {
            rows.push(String::new());
        }
        rows[row - 1] = cells.to_owned();
        self
    }

    /// The same with rows put before a row, from 1.
    pub(crate) fn insert(mut self, sheet: &str, row: usize, cells: &[&str]) -> Self {
        let rows = self.rows(sheet);
        for (position, cells) in cells.iter().enumerate() {
            rows.insert(row - 1 + position, (*cells).to_owned());
        }
        self
    }

    /// The same with another sheet.
    pub(crate) fn sheet(mut self, name: &str, rows: &[&str]) -> Self {
        let rows = rows.iter().map(|row| (*row).to_owned()).collect();
        self.0.push((name.to_owned(), rows));
        self
    }

    /// The same without a sheet.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(own, _)| own != name);
        self
    }

    /// The same with a sheet under another name.
    pub(crate) fn renamed(mut self, name: &str, new: &str) -> Self {
        for (own, _) in &mut self.0 {
            if own == name {
                new.clone_into(own);
            }
        }
        self
    }

    fn rows(&mut self, sheet: &str) -> &mut Vec<String> {
        let found = self.0.iter_mut().find(|(name, _)| name == sheet);
        &mut found.unwrap().1
    }

    /// The bytes of the workbook.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        for (name, rows) in &self.0 {
            let sheet = workbook.add_worksheet();
            sheet.set_name(name).unwrap();
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells.split('|')) {
                    put(sheet, row, column, cell);
                }
            }
        }
        workbook.save_to_buffer().unwrap()
    }
}

impl Office {
    /// The same as an OpenDocument spreadsheet.
    pub(crate) fn ods(&self) -> Vec<u8> {
        let mut sheets = String::new();
        for (name, rows) in &self.0 {
            sheets.push_str(&format!("<table:table table:name=\"{name}\">"));
            for row in rows {
                let cells: String = row.split('|').map(ods_cell).collect();
                sheets.push_str(&format!("<table:table-row>{cells}</table:table-row>"));
            }
            // As LibreOffice ends every sheet.
            sheets.push_str(
                "<table:table-row table:number-rows-repeated=\"1048000\">\
                 <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>",
            );
        }
        ods_of(&sheets)
    }
}

/// An OpenDocument spreadsheet with some tables.
pub(crate) fn ods_of(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body>\
         <office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("mimetype", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .unwrap();
    zip.start_file("content.xml", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(content.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn ods_cell(cell: &str) -> String {
    let value = |kind: &str, attribute: &str, value: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:{attribute}=\"{value}\">\
             <text:p>come si vede</text:p></table:table-cell>"
        )
    };
    if let Some(number) = cell.strip_prefix('#') {
        value("float", "value", number)
    } else if let Some(number) = cell.strip_prefix('%') {
        value("percentage", "value", number)
    } else if let Some(day) = cell.strip_prefix('@') {
        value("date", "date-value", day)
    } else if let Some(truth) = cell.strip_prefix('!') {
        value("boolean", "boolean-value", &truth.to_lowercase())
    } else if cell.is_empty() {
        "<table:table-cell/>".to_owned()
    } else {
        let text = cell.replace('&', "&amp;").replace('<', "&lt;");
        format!(
            "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>nota</text:p>\
             </office:annotation><text:p>{text}</text:p></table:table-cell>"
        )
    }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    let number = |text: &str| text.parse::<f64>().unwrap();
    if cell.is_empty() {
        return;
    }
    let done = if let Some(text) = cell.strip_prefix('#') {
        sheet.write_number(row, column, number(text))
    } else if let Some(text) = cell.strip_prefix('%') {
        let format = Format::new().set_num_format("0%");
        sheet.write_number_with_format(row, column, number(text), &format)
    } else if let Some(text) = cell.strip_prefix('@') {
        let date = ExcelDateTime::parse_from_str(text).unwrap();
        let format = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_datetime_with_format(row, column, &date, &format)
    } else if let Some(text) = cell.strip_prefix('!') {
        sheet.write_boolean(row, column, text == "TRUE")
    } else if cell.starts_with('=') && cell.contains('→') {
        let (formula, result) = cell.split_once('→').unwrap();
        sheet.write_formula(row, column, Formula::new(formula).set_result(result))
    } else {
        sheet.write_string(row, column, cell)
    };
    done.unwrap();
}
