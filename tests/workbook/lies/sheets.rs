//! Cells twice, hidden, merged, summed; sheets of one name; many sheets and many cells.

use std::io::{Cursor, Write};

use mappafondo::model::Language;
use zip::ZipWriter;

use super::{Amounts, Cents, Refused, Remark, check, text};
use crate::hostile::{options, rezip};
use crate::office::Office;
use crate::read;

#[test]
fn a_cell_is_written_once_and_where_it_says() {
    for cell in [
        "<c r=\"C2\"><v>5</v></c><c r=\"C2\"><v>50</v></c>",
        "<c r=\"C2\"><v>1000.5</v></c><c r=\"C2\"><v>1000.5</v></c>",
        "<c r=\"C2\"><v>5</v><v>50</v></c>",
        "<c r=\"C2\"><is><t>5</t></is><is><t>50</t></is></c>",
    ] {
        let invalid = read(&Amounts::new().euro(cell).bytes()).unwrap_err();
        let text = invalid.text(Language::English);
        assert!(
            text.contains("Importi!C2: in the file the cell "),
            "{cell}\n{text}"
        );
    }
    let mut book = Amounts::new();
    book.rows = "<row r=\"2\"><c r=\"C2\"><v>7</v></c></row>".to_owned();
    let text = read(&book.bytes()).unwrap_err().text(Language::English);
    assert!(text.contains("Importi!C2: in the file the cell "), "{text}");
    book.rows = "<row r=\"3\"><c r=\"C2\"><v>7</v></c></row>".to_owned();
    let text = read(&book.bytes()).unwrap_err().text(Language::English);
    assert!(text.contains("Importi!C2: in the file the cell "), "{text}");
    let mut book = Amounts::new();
    book.cells.swap(0, 2);
    let text = read(&book.bytes()).unwrap_err().text(Language::English);
    assert!(
        text.contains("Importi!A2: in the file the cell is not in its place"),
        "{text}"
    );
    for name in ["C0", "C1048577", "$C$2", "ZZZZ2", "2C", "C-2", ""] {
        let book = Amounts::new()
            .euro(&format!("<c r=\"{name}\"><v>5</v></c>"))
            .bytes();
        check(
            name,
            &book,
            Refused(
                "modello.xlsx",
                "\"xl/worksheets/sheet4.xml\" cannot be read",
            ),
        );
    }
    // Without names cells follow each other.
    let mut book = Amounts::new();
    for cell in &mut book.cells {
        let end = cell.find("2\"").unwrap() + 2;
        cell.replace_range(3..end, "");
    }
    check("no names", &book.bytes(), Cents(100_050));
}

#[test]
fn what_is_hidden_is_read_with_a_remark() {
    for row in [
        "hidden=\"1\"",
        "hidden=\"true\"",
        "ht=\"0\" customHeight=\"1\"",
    ] {
        let mut book = Amounts::new();
        row.clone_into(&mut book.row);
        check(
            row,
            &book.bytes(),
            Remark(100_050, "Importi!A2", "hidden, but it is read"),
        );
    }
    let mut book = Amounts::new();
    book.before = "<sheetFormatPr zeroHeight=\"1\"/>".to_owned();
    check(
        "zero height",
        &book.bytes(),
        Remark(100_050, "Importi!A2", "hidden, but it is read"),
    );
    for columns in ["hidden=\"1\" width=\"9\"", "width=\"0\" customWidth=\"1\""] {
        let mut book = Amounts::new();
        book.before = format!("<cols><col min=\"3\" max=\"4\" {columns}/></cols>");
        check(
            columns,
            &book.bytes(),
            Remark(100_050, "Importi!C1", "column C is hidden, but it is read"),
        );
        check(
            columns,
            &book.bytes(),
            Remark(100_050, "Importi!D1", "column D is hidden, but it is read"),
        );
    }
    let mut book = Amounts::new();
    book.before = "<cols><col min=\"8\" max=\"16384\" hidden=\"1\"/></cols>".to_owned();
    check("columns beside the table", &book.bytes(), Cents(100_050));
    let mut book = Amounts::new();
    book.rows =
        "<row r=\"3\" hidden=\"1\"><c r=\"A3\"/></row><row r=\"4\" hidden=\"1\"/>".to_owned();
    check("empty hidden rows", &book.bytes(), Cents(100_050));
    let more = |row: u32| {
        let act = text(&format!("D{row}"), &format!("DM {row}"));
        format!(
            "<row r=\"{row}\" hidden=\"1\">{}<c r=\"B{row}\"><v>2026</v></c><c r=\"C{row}\"><v>1</v></c>{act}{}{}</row>",
            text(&format!("A{row}"), "f"),
            text(&format!("E{row}"), "ufficiale"),
            text(&format!("F{row}"), "GU")
        )
    };
    let mut book = Amounts::new();
    book.rows = [3, 5, 6, 7].map(more).concat();
    check(
        "four rows",
        &book.bytes(),
        Remark(
            100_050,
            "Importi!A3",
            "4 rows are hidden, but they are read: 3, 5-7.",
        ),
    );
    for state in ["hidden", "veryHidden"] {
        let names = [
            ("Modello", 1),
            ("Zone", 2),
            ("Fondi", 3),
            ("Importi", 4),
            ("Azioni", 5),
            ("Matrice", 6),
            ("Fabbisogni", 7),
        ];
        let sheets: String = names
            .iter()
            .map(|(name, number)| {
                let state = if *number == 4 {
                    format!("state=\"{state}\"")
                } else {
                    String::new()
                };
                format!(
                    "<sheet name=\"{name}\" sheetId=\"{number}\" {state} r:id=\"rId{number}\"/>"
                )
            })
            .collect();
        let book = format!("<?xml version=\"1.0\"?><workbook><sheets>{sheets}</sheets></workbook>");
        let book = rezip(
            &Amounts::new().bytes(),
            &[("xl/workbook.xml", book.as_bytes())],
        );
        check(
            state,
            &book,
            Remark(100_050, "Importi", "the sheet is hidden, but it is read"),
        );
    }
}

#[test]
fn merged_cells_are_told_as_such() {
    let mut book = Amounts::new();
    book.rows = format!(
        "<row r=\"3\"><c r=\"B3\"><v>2026</v></c><c r=\"C3\"><v>15000</v></c>{}{}{}</row>",
        text("D3", "DM 3"),
        text("E3", "stima"),
        text("F3", "GU")
    );
    book.after = "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>".to_owned();
    check(
        "code",
        &book.bytes(),
        Refused("Importi!A3", "A3 is part of the merged cell A2:A3"),
    );
    let mut book = Amounts::new().euro("");
    book.after = "<mergeCells><mergeCell ref=\"B2:C2\"/></mergeCells>".to_owned();
    check(
        "across",
        &book.bytes(),
        Refused("Importi!C2", "C2 is part of the merged cell B2:C2"),
    );
    // A value that is kept under the merged cell is not seen.
    let mut book = Amounts::new();
    book.after = "<mergeCells><mergeCell ref=\"B2:C2\"/></mergeCells>".to_owned();
    check(
        "under",
        &book.bytes(),
        Refused("Importi!C2", "C2 is part of the merged cell B2:C2"),
    );
    // Titles beside and below the table, and areas that hold nothing.
    for area in ["H1:J9", "A5:F9", "A1048576:XFD1048576"] {
        let mut book = Amounts::new();
        book.after = format!("<mergeCells><mergeCell ref=\"{area}\"/></mergeCells>");
        check(area, &book.bytes(), Cents(100_050));
    }
}

#[test]
fn a_total_without_a_word_is_told_as_a_total() {
    let more = text("A3", "f")
        + "<c r=\"B3\"><v>2026</v></c><c r=\"C3\"><v>99.5</v></c>"
        + &text("D3", "DM 3")
        + &text("E3", "stima")
        + &text("F3", "GU");
    for total in [
        "<c r=\"C4\"><v>1100</v></c>",
        "<c r=\"B4\"><v>2026</v></c><c r=\"C4\"><v>1100</v></c>",
        "<c r=\"C4\"><f>SUM(C2:C3)</f><v>1100</v></c>",
        "<c r=\"C4\"><v>1100</v></c><c r=\"D4\" t=\"inlineStr\"><is><t>Totale</t></is></c>",
    ] {
        let mut book = Amounts::new();
        book.rows = format!("<row r=\"3\">{more}</row><row r=\"4\">{total}</row>");
        let text = read(&book.bytes()).unwrap_err().text(Language::English);
        assert!(
            text.starts_with("error [model::total_row] Importi!"),
            "{total}\n{text}"
        );
        assert_eq!(text.lines().count(), 2, "{text}");
    }
    // No sum of anything: the code is missing, and that is said.
    let mut book = Amounts::new();
    book.rows = format!(
        "<row r=\"3\">{more}</row><row r=\"4\"><c r=\"B4\"><v>2026</v></c><c r=\"C4\"><v>7</v></c></row>"
    );
    let text = read(&book.bytes()).unwrap_err().text(Language::English);
    assert!(text.contains("Importi!A4: the value is missing"), "{text}");
}

#[test]
fn sheets_of_one_name_and_funds_that_are_not_there_are_refused() {
    let office = Office::small().sheet(
        "IMPORTI ",
        &[
            "Fondo|Anno|Euro|Atto|Attendibilità|Fonte",
            "f|#2026|#7|DM|stima|GU",
        ],
    );
    let text = read(&office.bytes()).unwrap_err().text(Language::English);
    assert!(text.contains("are the same table"), "{text}");
    let office = Office::small().row("Matrice", 1, "Azione|f|fantasma");
    check(
        "no mark",
        &office.bytes(),
        Refused("Matrice!C1", "fantasma"),
    );
    let office = Office::small()
        .row("Matrice", 1, "Azione|f|fantasma")
        .row("Matrice", 2, "x|x|x");
    check("a mark", &office.bytes(), Refused("Matrice!C1", "fantasma"));
    let office = Office::small().row("Matrice", 3, "fantasma|x");
    check(
        "an action",
        &office.bytes(),
        Refused("Matrice!A3", "fantasma"),
    );
    let office = Office::small().row("Matrice", 3, "fantasma|");
    check(
        "an action without marks",
        &office.bytes(),
        Refused("Matrice!A3", "fantasma"),
    );
}

#[test]
fn a_workbook_of_ten_thousand_sheets_is_answered() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, options()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let sheets: String = (1..9_990)
        .map(|n| format!("<sheet name=\"Foglio{n}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"))
        .collect();
    put(
        "xl/workbook.xml",
        &format!("<workbook><sheets>{sheets}</sheets></workbook>"),
    );
    let links: String = (1..9_990)
        .map(|n| format!("<Relationship Id=\"rId{n}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
        .collect();
    put(
        "xl/_rels/workbook.xml.rels",
        &format!("<Relationships>{links}</Relationships>"),
    );
    for n in 1..9_990 {
        put(
            &format!("xl/worksheets/sheet{n}.xml"),
            "<worksheet><sheetData/></worksheet>",
        );
    }
    let text = read(&zip.finish().unwrap().into_inner())
        .unwrap_err()
        .text(Language::English);
    assert!(
        text.contains("the sheet \"Modello / Model\" is missing"),
        "{text}"
    );
    assert!(text.lines().count() < 50, "{text}");
}

#[test]
fn ten_thousand_half_cents_are_refused_each_at_its_cell() {
    let mut book = Amounts::new();
    book.rows = (3..10_003)
        .map(|row| {
            format!(
                "<row r=\"{row}\">{}<c r=\"B{row}\"><v>2026</v></c><c r=\"C{row}\"><v>{row}.005</v></c>{}{}{}</row>",
                text(&format!("A{row}"), "f"),
                text(&format!("D{row}"), &format!("DM {row}")),
                text(&format!("E{row}"), "stima"),
                text(&format!("F{row}"), "GU")
            )
        })
        .collect();
    let invalid = read(&book.bytes()).unwrap_err();
    assert_eq!(invalid.n_errors(), 10_000);
}

#[test]
fn empty_cells_with_borders_are_nothing() {
    let mut book = Amounts::new();
    book.rows = (3..60_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"0\"/><c r=\"B{row}\" s=\"0\"/><c r=\"XFD{row}\" s=\"0\"/></row>"))
        .collect();
    check("ghosts", &book.bytes(), Cents(100_050));
}
