//! Spreadsheets of LibreOffice.

use std::io::Cursor;

use mappafondo::model::Language;

use super::{Cents, NUMBERS, Refused, Remark, check};
use crate::hostile::rezip;
use crate::office::Office;
use crate::read;

/// A spreadsheet of LibreOffice with some cell of an amount.
fn ods(row: &str, cell: &str, head: &str) -> Vec<u8> {
    ods_after("", row, cell, head)
}

/// The same with something before the table.
fn ods_after(before: &str, row: &str, cell: &str, head: &str) -> Vec<u8> {
    let other = Office::small().without("Importi").ods();
    let mut content = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(&other)).unwrap();
    std::io::Read::read_to_string(&mut zip.by_name("content.xml").unwrap(), &mut content).unwrap();
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let header: String = ["Fondo", "Anno", "Euro", "Atto", "Attendibilità", "Fonte"]
        .map(text)
        .concat();
    let year = "<table:table-cell office:value-type=\"float\" office:value=\"2026\"><text:p>2026</text:p></table:table-cell>";
    let table = format!(
        "{before}<table:table table:name=\"Importi\" {head}<table:table-row>{header}</table:table-row><table:table-row {row}>{}{year}{cell}{}{}{}\
         </table:table-row></table:table></office:spreadsheet>",
        text("f"),
        text("DM"),
        text("ufficiale"),
        text("GU")
    );
    let content = content.replace("</office:spreadsheet>", &table);
    rezip(&other, &[("content.xml", content.as_bytes())])
}

#[test]
fn a_spreadsheet_of_libreoffice_does_not_lie_either() {
    let value = |kind: &str, attribute: &str, value: &str, seen: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:{attribute}=\"{value}\"><text:p>{seen}</text:p></table:table-cell>"
        )
    };
    let check_cell = |cell: &str, wanted| check(cell, &ods("", cell, ">"), wanted);
    for (number, cents) in NUMBERS.iter().filter(|(_, cents)| *cents > 0) {
        check_cell(
            &value("float", "value", number, "come si vede"),
            Cents(*cents),
        );
        check_cell(
            &value("currency", "value", number, "come si vede"),
            Cents(*cents),
        );
    }
    check_cell(
        &value("percentage", "value", "0.5", "50%"),
        Refused("Importi!C2", "percentage"),
    );
    check_cell(
        &value("date", "date-value", "2026-06-30", "30/06/2026"),
        Refused("Importi!C2", "(2026-06-30); its number is 46203"),
    );
    check_cell(
        &value("date", "date-value", "30/06/2026", "x"),
        Refused("Importi!C2", "not of the type"),
    );
    check_cell(
        &value("time", "time-value", "PT10H30M00S", "10:30"),
        Refused("Importi!C2", "a time or a duration"),
    );
    check_cell(
        &value("boolean", "boolean-value", "vero", "VERO"),
        Refused("Importi!C2", "not of the type"),
    );
    for odd in ["1,5", "inf", "NaN", "", "12 euro"] {
        check_cell(
            &value("float", "value", odd, "5"),
            Refused("Importi!C2", "not of the type"),
        );
    }
    check_cell(
        &value("altro", "value", "5", "5"),
        Refused("Importi!C2", "not of the type"),
    );
    check_cell("<table:table-cell/>", Refused("Importi!C2", "missing"));
    let empty = "<table:table-cell table:formula=\"of:=A1\" office:value-type=\"string\" office:string-value=\"\"><text:p/></table:table-cell>";
    check_cell(empty, Refused("Importi!C2", "missing"));
    check_cell(
        "<table:table-cell table:formula=\"of:=A1\"/>",
        Refused("Importi!C2", "no saved result"),
    );
    let euro = value("float", "value", "1000.5", "1000,50");
    for hidden in ["collapse", "filter"] {
        let row = format!("table:visibility=\"{hidden}\"");
        check(
            hidden,
            &ods(&row, &euro, ">"),
            Remark(100_050, "Importi!A2", "hidden, but it is read"),
        );
    }
    let columns = "><table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>";
    check(
        "column",
        &ods("", &euro, columns),
        Remark(100_050, "Importi!C1", "column C is hidden"),
    );
    let merged = euro.replace(
        "<table:table-cell",
        "<table:table-cell table:number-columns-spanned=\"2\"",
    ) + "<table:covered-table-cell/>";
    let text = read(&ods("", &merged, ">"))
        .unwrap_err()
        .text(Language::English);
    assert!(
        text.contains("Importi!D2: D2 is part of the merged cell C2:D2"),
        "{text}"
    );
    // What was deleted under tracked changes is no cell.
    let changes = format!(
        "<table:tracked-changes><table:cell-content-change>{}</table:cell-content-change></table:tracked-changes>",
        value("float", "value", "7", "7")
    );
    check(
        "tracked changes",
        &ods_after(&changes, "", &euro, ">"),
        Cents(100_050),
    );
}
