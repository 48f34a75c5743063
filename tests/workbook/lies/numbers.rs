//! Numbers, formats, years and codes: what a cell shows.

use mappafondo::model::Language;

use super::{Amounts, Cents, NUMBERS, Refused, check, check_euro, text};
use crate::hostile::rezip;
use crate::read;

#[test]
fn a_number_is_what_its_cell_shows() {
    for (number, cents) in NUMBERS {
        // Nothing at all is told elsewhere: no fund has money.
        if *cents > 0 {
            check_euro(&format!("<c r=\"C2\"><v>{number}</v></c>"), Cents(*cents));
            check_euro(
                &format!("<c r=\"C2\" t=\"n\"><f>1+1</f><v>{number}</v></c>"),
                Cents(*cents),
            );
        }
    }
    for number in ["1000.505", "0.001", "1000.5000001"] {
        check_euro(
            &format!("<c r=\"C2\"><v>{number}</v></c>"),
            Refused("Importi!C2", "whole cents"),
        );
    }
    for odd in [
        "1,5", "inf", "nan", "infinity", "0x10", "1 000", "１０", "12 euro", "1e", "--1", "1e5e5",
    ] {
        check_euro(
            &format!("<c r=\"C2\"><v>{odd}</v></c>"),
            Refused("Importi!C2", "not of the type"),
        );
    }
    check_euro(
        "<c r=\"C2\"><v>1e999</v></c>",
        Refused("Importi!C2", "#NUM!"),
    );
    check_euro(
        "<c r=\"C2\"><v>-5</v></c>",
        Refused("Importi!C2", "negative"),
    );
}

#[test]
fn formats_of_numbers_change_nothing_and_those_of_days_are_told() {
    for code in [
        "General",
        "Standard",
        "0",
        "0.00",
        "#,##0.00",
        "#,##0.00\" mln di euro\"",
        "[$€-410] #,##0.00",
        "€ #,##0.00",
        "[Red]-0.00;0.00",
        "#,##0\" addetti\"",
        "0.00\\d",
        "0.00E+00",
        "# ??/??",
        "@",
        "_-* #,##0.00 €_-;-* #,##0.00 €_-",
        "00000000",
        "\"giorni\" 0.0",
        "[>=100]0.0;[<100]\"poco\" 0.0",
        "#,##0,",
        "",
    ] {
        check(
            code,
            &Amounts::new().format(2, "1000.5", code).bytes(),
            Cents(100_050),
        );
    }
    for code in [
        "dd/mm/yyyy",
        "d mmmm yyyy",
        "[$-410]d mmm yy",
        "yyyy-mm-dd",
        "mmm",
        "gg/mm/aaaa",
        "[$-F800]dddd\\,\\ mmmm",
        "dd.mm.yy;@",
        "yyyy",
        "dd/mm/yyyy hh:mm",
    ] {
        let book = Amounts::new().format(2, "94592.18", code).bytes();
        check(
            code,
            &book,
            Refused(
                "Importi!C2",
                "formatted as a date (2158-12-24); its number is 94592.18",
            ),
        );
    }
    for code in ["h:mm", "[h]:mm:ss", "mm:ss", "[mm]", "h:mm AM/PM"] {
        let book = Amounts::new().format(2, "1000.5", code).bytes();
        check(
            code,
            &book,
            Refused("Importi!C2", "a time or a duration; its number is 1000.5"),
        );
    }
    for number in ["0.5", "60", "-3", "1e9"] {
        let book = Amounts::new().format(2, number, "dd/mm/yyyy").bytes();
        check(number, &book, Refused("Importi!C2", "a time or a duration"));
    }
    for code in ["0%", "0.00%"] {
        check(
            code,
            &Amounts::new().format(2, "0.5", code).bytes(),
            Refused("Importi!C2", "percentage"),
        );
    }
}

#[test]
fn a_year_is_the_year_that_is_seen() {
    for code in ["yyyy", "[$-410]yyyy", "yyyy;@"] {
        check(
            code,
            &Amounts::new().format(1, "46023", code).bytes(),
            Cents(100_050),
        );
    }
    for code in ["0", "General", "0000", "0%"] {
        check(
            code,
            &Amounts::new().format(1, "2026", code).bytes(),
            Cents(100_050),
        );
    }
    for code in ["dd/mm/yyyy", "yy", "mmm yyyy"] {
        let book = Amounts::new().format(1, "46023", code).bytes();
        check(
            code,
            &book,
            Refused(
                "Importi!B2",
                "formatted as a date (2026-01-01); its number is 46023",
            ),
        );
    }
    // It is seen as 1905.
    let book = Amounts::new().format(1, "2026", "dd/mm/yyyy").bytes();
    check(
        "2026 as a day",
        &book,
        Refused("Importi!B2", "(1905-07-18); its number is 2026"),
    );
}

#[test]
fn a_code_is_the_code_that_is_seen() {
    let zones = |code: &str| {
        let xml = format!(
            "<?xml version=\"1.0\"?><worksheet><sheetData><row r=\"1\">{}{}{}</row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>48017</v></c>{}<c r=\"C2\">\
             <v>20000</v></c></row></sheetData></worksheet>",
            text("A1", "Zona"),
            text("B1", "Nome"),
            text("C1", "residenti"),
            text("B2", "Firenze")
        );
        let needs = format!(
            "<?xml version=\"1.0\"?><worksheet><sheetData><row r=\"1\">{}{}{}{}</row><row r=\"2\">{}{}<c r=\"C2\"><v>2026</v></c><c r=\"D2\"><v>9</v></c>\
             </row></sheetData></worksheet>",
            text("A1", "Azione"),
            text("B1", "Zona"),
            text("C1", "Anno"),
            text("D1", "Unità"),
            text("A2", "x"),
            text("B2", "048017")
        );
        let mut book = Amounts::new();
        book.formats.push(code.to_owned());
        rezip(
            &book.bytes(),
            &[
                ("xl/worksheets/sheet2.xml", xml.as_bytes()),
                ("xl/worksheets/sheet7.xml", needs.as_bytes()),
            ],
        )
    };
    for code in ["000000", "000000;@", "[$-410]000000"] {
        let (model, _) = read(&zones(code)).unwrap();
        assert_eq!(model.zones[0].id, "048017", "{code}");
    }
    for code in ["General", "0"] {
        let text = read(&zones(code)).unwrap_err().text(Language::English);
        assert!(
            text.contains("Fabbisogni!B2: zone \"048017\" does not exist"),
            "{text}"
        );
    }
    let text = read(&zones("dd/mm/yyyy"))
        .unwrap_err()
        .text(Language::English);
    assert!(
        text.contains("Zone!A2: the cell is formatted as a date (2031-06-18); its number is 48017"),
        "{text}"
    );
    let long = Amounts::new();
    let long = rezip(&long.bytes(), &[]);
    assert!(read(&long).is_ok());
    let mut book = Amounts::new();
    book.cells[0] = "<c r=\"A2\"><v>1234567890123456</v></c>".to_owned();
    check(
        "sixteen digits",
        &book.bytes(),
        Refused("Importi!A2", "more than 15 digits"),
    );
}

#[test]
fn an_index_into_the_shared_texts_is_a_whole_number_that_is_there() {
    for index in [
        "-1",
        "1.5",
        "99999",
        "1e0",
        "+0",
        "0x1",
        "４",
        "18446744073709551616",
        "abc",
    ] {
        check_euro(
            &format!("<c r=\"C2\" t=\"s\"><v>{index}</v></c>"),
            Refused("Importi!C2", "text number"),
        );
    }
    for style in ["99", "-1", "x", "1.0"] {
        check_euro(
            &format!("<c r=\"C2\" s=\"{style}\"><v>5</v></c>"),
            Refused("Importi!C2", "not of the type"),
        );
    }
    for (kind, value, said) in [
        ("x", "5", "not of the type"),
        ("S", "0", "not of the type"),
        ("number", "5", "not of the type"),
        ("b", "2", "not of the type"),
        ("b", "vero", "not of the type"),
        ("b", "1", "not an amount"),
        ("d", "31/12/2026", "not of the type"),
        ("d", "2026-12-31", "formatted as a date"),
        ("d", "2026-12-31T10:00:00Z", "formatted as a date"),
        ("e", "#N/A", "#N/D"),
        ("e", "boh", "#ERR"),
        ("str", "molto", "not an amount"),
        ("str", "", "missing"),
        ("n", "", "missing"),
        ("s", "", "missing"),
    ] {
        check_euro(
            &format!("<c r=\"C2\" t=\"{kind}\"><v>{value}</v></c>"),
            Refused("Importi!C2", said),
        );
    }
    check_euro(
        "<c r=\"C2\"><f>1+1</f></c>",
        Refused("Importi!C2", "no saved result"),
    );
    check_euro(
        "<c r=\"C2\"><f>1+1</f><v/></c>",
        Refused("Importi!C2", "no saved result"),
    );
    check_euro(
        "<c r=\"C2\" t=\"str\"><f>A1</f><v></v></c>",
        Refused("Importi!C2", "missing"),
    );
}
