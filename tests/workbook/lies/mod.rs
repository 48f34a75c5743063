//! Workbooks that lie about what they hold: each gives the right value, a remark, or a refusal at its cell; never another number.

mod libre;
mod numbers;
mod parts;
mod sheets;

use mappafondo::model::Language;
use mappafondo::units::Euro;

use super::hostile::with;
use super::read;

/// What a workbook must give.
#[derive(Clone, Copy)]
enum Wanted {
    /// The amount, in cents, without a word on the cell.
    Cents(i64),
    /// The amount, in cents, with a remark that begins so and says so.
    Remark(i64, &'static str, &'static str),
    /// A refusal that begins so and says so, and no other problem.
    Refused(&'static str, &'static str),
}
use Wanted::{Cents, Refused, Remark};

fn check(what: &str, bytes: &[u8], wanted: Wanted) {
    let found = read(bytes);
    match (wanted, found) {
        (Cents(cents), Ok((model, _))) => {
            assert_eq!(model.amounts[0].euro, Euro::from_cents(cents), "{what}");
            let remarks: Vec<_> = model
                .warnings
                .iter()
                .filter(|remark| remark.code != "model::formula_cell")
                .collect();
            assert!(remarks.is_empty(), "{what}: {remarks:?}");
        }
        (Remark(cents, place, said), Ok((model, _))) => {
            assert_eq!(model.amounts[0].euro, Euro::from_cents(cents), "{what}");
            let mut remarks = model.warnings.iter();
            let is = remarks.any(|remark| remark.place == place && remark.english.contains(said));
            assert!(is, "{what}: {:?}", model.warnings);
        }
        (Refused(place, said), Err(invalid)) => {
            let text = invalid.text(Language::English);
            let first = text.lines().next().unwrap_or_default();
            let is = first.contains(&format!("] {place}: ")) && first.contains(said);
            assert!(is && invalid.n_errors() == 1, "{what}:\n{text}");
        }
        (_, Ok((model, _))) => panic!(
            "{what}: accepted with {:?} {:?}",
            model.amounts, model.warnings
        ),
        (_, Err(invalid)) => panic!("{what}: refused\n{}", invalid.text(Language::English)),
    }
}

/// The sheet of amounts as XML, with its formats: `cells` stand in the second row, what is not named there is as it should be.
struct Amounts {
    /// Before the rows: columns, default height.
    before: String,
    /// Attributes of the second row.
    row: String,
    /// The cells of the second row from A to F.
    cells: [String; 6],
    /// Rows after the second.
    rows: String,
    /// After the rows: merged cells.
    after: String,
    formats: Vec<String>,
}

fn text(name: &str, text: &str) -> String {
    format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

impl Amounts {
    fn new() -> Self {
        Self {
            before: String::new(),
            row: String::new(),
            cells: [
                text("A2", "f"),
                "<c r=\"B2\"><v>2026</v></c>".to_owned(),
                "<c r=\"C2\"><v>1000.5</v></c>".to_owned(),
                text("D2", "DM"),
                text("E2", "ufficiale"),
                text("F2", "GU"),
            ],
            rows: String::new(),
            after: String::new(),
            formats: Vec::new(),
        }
    }

    /// The same with the cell of the amount.
    fn euro(mut self, cell: &str) -> Self {
        cell.clone_into(&mut self.cells[2]);
        self
    }

    /// The same with a number in a format in one of the cells.
    fn format(mut self, cell: usize, number: &str, code: &str) -> Self {
        self.formats.push(code.to_owned());
        let (column, style) = (
            char::from(b'A' + u8::try_from(cell).unwrap()),
            self.formats.len(),
        );
        self.cells[cell] = format!("<c r=\"{column}2\" s=\"{style}\"><v>{number}</v></c>");
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let header = ["Fondo", "Anno", "Euro", "Atto", "Attendibilità", "Fonte"];
        let header: String = ('A'..)
            .zip(header)
            .map(|(column, name)| text(&format!("{column}1"), name))
            .collect();
        let xml = format!(
            "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{}<sheetData>\
             <row r=\"1\">{header}</row><row r=\"2\" {}>{}</row>{}</sheetData>{}</worksheet>",
            self.before,
            self.row,
            self.cells.concat(),
            self.rows,
            self.after
        );
        let formats: String = (200..)
            .zip(&self.formats)
            .map(|(id, code)| {
                let code = code
                    .replace('&', "&amp;")
                    .replace('"', "&quot;")
                    .replace('<', "&lt;");
                format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>")
            })
            .collect();
        let styles: String = (200..)
            .zip(&self.formats)
            .map(|(id, _)| format!("<xf numFmtId=\"{id}\"/>"))
            .collect();
        // The styles of the other sheets are read from here too: the second is that of their days.
        let styles = format!(
            "<?xml version=\"1.0\"?><styleSheet><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>"
        );
        let model = "<?xml version=\"1.0\"?><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Voce</t></is></c>\
                     <c r=\"B1\" t=\"inlineStr\"><is><t>Valore</t></is></c></row>";
        let entries = [
            ("Formato", "1"),
            ("Titolo", "Prova"),
            ("Lingua", "italiano"),
            ("Inizio", "2026-01-01"),
            ("Mesi", "12"),
        ];
        let entries: String = (2..)
            .zip(entries)
            .map(|(row, (name, value))| {
                let name = text(&format!("A{row}"), name);
                format!(
                    "<row r=\"{row}\">{name}{}</row>",
                    text(&format!("B{row}"), value)
                )
            })
            .collect();
        let model = format!("{model}{entries}</sheetData></worksheet>");
        with(&[
            ("xl/worksheets/sheet4.xml", xml.as_bytes()),
            ("xl/worksheets/sheet1.xml", model.as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
        ])
    }
}

fn check_euro(cell: &str, wanted: Wanted) {
    check(cell, &Amounts::new().euro(cell).bytes(), wanted);
}

/// Numbers as files have them, and the cents they are.
const NUMBERS: &[(&str, i64)] = &[
    ("1000.5", 100_050),
    (" 1000.5 ", 100_050),
    ("1.0005E3", 100_050),
    ("1.0005e+3", 100_050),
    ("+1000.5", 100_050),
    ("1000.50000000000007", 100_050),
    ("1000.4999999999999", 100_050),
    ("94592.180000000008", 9_459_218),
    ("0.30000000000000004", 30),
    ("9.9999999999999978E-2", 10),
    ("9999999999999.99", 999_999_999_999_999),
    ("12345678901234.56", 1_234_567_890_123_456),
    ("0", 0),
    ("-0", 0),
];
