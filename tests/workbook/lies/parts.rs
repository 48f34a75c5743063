//! Parts of one name, parts that lead out, XML without end, other files under the name of a workbook.

use std::io::{Cursor, Write};

use zip::ZipWriter;

use super::{Amounts, Cents, Refused, check, check_euro};
use crate::hostile::{options, rezip};
use crate::office::{Office, ods_of};

/// A zip whose names are changed to others of the same length.
fn with_names(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut zip = bytes.to_vec();
    let mut start = 0;
    while let Some(found) = zip[start..]
        .windows(from.len())
        .position(|own| own == from.as_bytes())
    {
        start += found;
        zip[start..start + to.len()].copy_from_slice(to.as_bytes());
    }
    zip
}

#[test]
fn two_parts_of_one_name_and_parts_that_lead_out_are_refused() {
    let amounts = Amounts::new().bytes();
    let other = |name: &str| rezip(&amounts, &[(name, b"<worksheet/>")]);
    let twice = with_names(
        &other("xl/worksheets/sheet_.xml"),
        "xl/worksheets/sheet_.xml",
        "xl/worksheets/sheet4.xml",
    );
    check(
        "twice",
        &twice,
        Refused("modello.xlsx", "holds \"xl/worksheets/sheet4.xml\" twice"),
    );
    let twice = with_names(
        &other("xl/sharedString_.xml"),
        "xl/sharedString_.xml",
        "xl/sharedStrings.xml",
    );
    check(
        "texts",
        &twice,
        Refused("modello.xlsx", "holds \"xl/sharedStrings.xml\" twice"),
    );
    for name in [
        "XL/WORKSHEETS/SHEET4.XML",
        "xl/Worksheets/sheet4.xml",
        "xl\\worksheets\\sheet4.xml",
    ] {
        check(name, &other(name), Refused("modello.xlsx", "twice"));
    }
    for (from, to) in [
        ("xx/evil.xml", "../evil.xml"),
        ("x/etc/passwd", "//etc/passwd"),
        ("xx/windows.xml", "C:/windows.xml"),
        ("xl/xx/xx/evil.xml", "xl/../../evil.xml"),
        ("xxyevil.xml", "..\\evil.xml"),
    ] {
        let book = with_names(&other(from), from, to);
        check(
            to,
            &book,
            Refused("modello.xlsx", "leads out of the workbook"),
        );
    }
    let links = |target: &str, extra: &str| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let sheets: String = (1..8)
            .map(|number| {
                let target = if number == 4 { target.to_owned() } else { format!("worksheets/sheet{number}.xml") };
                format!("<Relationship Id=\"rId{number}\" Type=\"{kind}/worksheet\" Target=\"{target}\"/>")
            })
            .collect();
        let text = format!(
            "<Relationships>{sheets}<Relationship Id=\"rId8\" Type=\"{kind}/styles\" Target=\"styles.xml\"/>\
             <Relationship Id=\"rId9\" Type=\"{kind}/sharedStrings\" Target=\"sharedStrings.xml\"/>{extra}</Relationships>"
        );
        rezip(&amounts, &[("xl/_rels/workbook.xml.rels", text.as_bytes())])
    };
    check("links", &links("worksheets/sheet4.xml", ""), Cents(100_050));
    check(
        "links",
        &links("/xl/worksheets/sheet4.xml", ""),
        Cents(100_050),
    );
    check(
        "links",
        &links("../xl/worksheets/./sheet4.xml", ""),
        Cents(100_050),
    );
    check(
        "out",
        &links("../../etc/passwd", ""),
        Refused("modello.xlsx", "leads out of the workbook"),
    );
    check(
        "lost",
        &links("worksheets/sheet44.xml", ""),
        Refused(
            "modello.xlsx",
            "\"xl/worksheets/sheet44.xml\" cannot be read",
        ),
    );
    check(
        "two links",
        &links(
            "worksheets/sheet4.xml",
            "<Relationship Id=\"rId4\" Type=\"x/worksheet\" Target=\"worksheets/sheet3.xml\"/>",
        ),
        Refused("modello.xlsx", "holds \"rId4\" twice"),
    );
}

#[test]
fn xml_nested_without_end_is_refused() {
    let nested = "<x>".repeat(1_000_000);
    for part in [
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
        "xl/worksheets/sheet4.xml",
    ] {
        let book = rezip(&Amounts::new().bytes(), &[(part, nested.as_bytes())]);
        check(
            part,
            &book,
            Refused("modello.xlsx", "nested more than 200 deep"),
        );
    }
    check(
        "ods",
        &ods_of(&nested),
        Refused("modello.xlsx", "nested more than 200 deep"),
    );
    check_euro(
        &format!("<c r=\"C2\">{nested}"),
        Refused("modello.xlsx", "nested more than 200 deep"),
    );
    check_euro(
        &format!("<c r=\"C2\"><is>{nested}"),
        Refused("modello.xlsx", "nested more than 200 deep"),
    );
}

#[test]
fn other_files_under_the_name_of_a_workbook_say_what_they_are() {
    let html = b"<html><body><table><tr><td>Fondo</td></tr></table></body></html>";
    check("html", html, Refused("modello.xlsx", "in the format HTML"));
    let xml = b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>";
    check(
        "xml",
        xml,
        Refused("modello.xlsx", "in the format XML 2003"),
    );
    check(
        "old",
        b"\x09\x08\x10\x00\x00\x06",
        Refused("modello.xlsx", "in the format .xls"),
    );
    check(
        "pdf",
        b"%PDF-1.7",
        Refused("modello.xlsx", "in the format PDF"),
    );
    let ods = Office::small().ods();
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let book = rezip(&ods, &[("META-INF/manifest.xml", manifest)]);
    check(
        "locked",
        &book,
        Refused("modello.xlsx", "protected by a password"),
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("encrypted-package", options()).unwrap();
    zip.write_all(b"\x01\x02").unwrap();
    check(
        "locked as a whole",
        &zip.finish().unwrap().into_inner(),
        Refused("modello.xlsx", "protected by a password"),
    );
    let mut locked = Amounts::new().bytes();
    // The bit that says a part is behind a password, in each entry of the directory.
    for start in 0..locked.len() - 10 {
        match &locked[start..start + 4] {
            b"PK\x01\x02" => locked[start + 8] |= 1,
            b"PK\x03\x04" => locked[start + 6] |= 1,
            _ => {}
        }
    }
    check(
        "locked parts",
        &locked,
        Refused("modello.xlsx", "protected by a password"),
    );
}
