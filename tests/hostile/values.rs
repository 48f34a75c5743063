//! One cell of a table holds something odd: it is read as what it says, or refused at its place.

use super::texts::{Files, Owed, Seen, full, reading};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Money,
    /// A number with decimals.
    Number,
    Share,
    Year,
    Date,
    Id,
}

/// File, row of the table from 1, column.
const CELLS: [(Kind, &str, usize, &str); 22] = [
    (Kind::Money, "amounts.csv", 1, "euro"),
    (Kind::Money, "actions.csv", 2, "unit_cost"),
    (Kind::Money, "actions.csv", 3, "min_active"),
    (Kind::Money, "previous.csv", 2, "euro"),
    (Kind::Money, "projects.csv", 1, "euro"),
    (Kind::Money, "actuals.csv", 1, "assigned"),
    (Kind::Number, "zones.csv", 1, "residenti"),
    (Kind::Number, "indicators.csv", 1, "value"),
    (Kind::Number, "needs.csv", 2, "units"),
    (Kind::Number, "actions.csv", 2, "priority"),
    (Kind::Share, "funds.csv", 2, "carry_over"),
    (Kind::Share, "eligibility.csv", 2, "max_share"),
    (Kind::Year, "amounts.csv", 2, "year"),
    (Kind::Year, "needs.csv", 1, "year"),
    (Kind::Year, "eligibility.csv", 2, "from"),
    (Kind::Year, "indicators.csv", 1, "year"),
    (Kind::Date, "actuals.csv", 1, "date"),
    (Kind::Date, "funds.csv", 2, "last_spend"),
    (Kind::Id, "zones.csv", 2, "zone"),
    (Kind::Id, "funds.csv", 2, "fund"),
    (Kind::Id, "needs.csv", 1, "action"),
    (Kind::Id, "amounts.csv", 1, "fund"),
];

/// Not a number in any of the columns above.
pub(crate) const NO_NUMBERS: [&str; 52] = [
    "1e308",
    "1E5",
    "1e400",
    "1e-400",
    "-1",
    "-0.01",
    "inf",
    "-inf",
    "NaN",
    "0x10",
    "0b1",
    "1_000",
    "1.234,56",
    "1,234.56",
    "1.234.567",
    "12,5",
    "60 000.01",
    "60\u{a0}000.01",
    "60\u{202f}000.01",
    "60'000.01",
    "60\u{2019}000.01",
    "€ 5",
    "5 €",
    "5 EUR",
    "$5",
    "1/0",
    "1/",
    "=5",
    "'5",
    "=1+1",
    "١٢٣",
    "１２３",
    "½",
    "Ⅴ",
    "∞",
    "99999999999999999999999999999999999999999",
    "--1",
    "+-1",
    "1.2.3",
    ".",
    "-",
    "+",
    "5\u{200b}",
    "\u{202e}5",
    "5\u{0}",
    "5\u{7}",
    "\"5\"",
    "#N/A",
    "#RIF!",
    "n.d.",
    "unlimitd",
    "cinque",
];
/// Two writings of one number.
pub(crate) const NUMBERS: [(&str, &str); 9] = [
    ("+5", "5"),
    ("5.", "5"),
    (".5", "0.5"),
    ("007.5", "7.5"),
    ("5.000", "5"),
    ("5.10", "5.1"),
    (" 5", "5"),
    ("5 ", "5"),
    ("5\t", "5"),
];
const NO_MONEY: [&str; 7] = [
    "5.001",
    "0.005",
    "5%",
    "1/2",
    "92233720368547758.08",
    "9223372036854775807",
    "5.00000000001",
];
const NO_SHARES: [&str; 7] = ["101%", "1.01", "2", "-5%", "5%%", "%", "1/0"];
const SHARES: [(&str, &str); 4] = [
    ("50 %", "50%"),
    ("0.50", "50%"),
    ("1/2", "50%"),
    ("2/4", "50%"),
];
const NO_YEARS: [&str; 14] = [
    "22",
    "0",
    "-2022",
    "20222",
    "2022.5",
    "2022,0",
    "2.022",
    "2,022",
    "'22",
    "2022-01-01",
    "01/01/2022",
    "2022/23",
    "2022-2023",
    "99999999999999999999",
];
const NO_DATES: [&str; 22] = [
    "2021-13-01",
    "2021-02-30",
    "2021-00-10",
    "2021-1-1",
    "31/12/2021",
    "12/31/2021",
    "31-12-2021",
    "31.12.2021",
    "2021/12/31",
    "20211231",
    "44561",
    "2021-12-31T00:00:00",
    "2021-12-31 00:00",
    "0000-00-00",
    "99999-12-31",
    "-2021-12-31",
    "31 dicembre 2021",
    "Dec 31, 2021",
    "2021-12",
    "2021-W52",
    "+9999999999",
    "+1.5",
];
const NO_IDS: [&str; 25] = [
    "=cmd",
    "+a",
    "-a",
    "@a",
    "a b",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "a\u{0}b",
    "a\u{7}b",
    "a\u{1b}[31mb",
    "a\u{202e}b",
    "\u{2066}a",
    "a\u{200b}b",
    "a\u{ad}b",
    "a\u{feff}b",
    "a,b",
    "a;b",
    "a\"b",
    "a/b",
    "../a",
    "a\\b",
    "\u{1f600}",
    "\u{a0}",
    "a\u{a0}b",
];

/// The table with one cell set; the cell is quoted where it has to be.
pub(crate) fn set(table: &[u8], row: usize, column: &str, value: &str) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(table);
    let mut rows: Vec<csv::ByteRecord> = reader.byte_records().map(|row| row.unwrap()).collect();
    let at = rows[0]
        .iter()
        .position(|name| name == column.as_bytes())
        .unwrap();
    let cells = rows[row].iter().enumerate();
    rows[row] = cells
        .map(|(k, cell)| if k == at { value.as_bytes() } else { cell })
        .collect();
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    rows.iter()
        .for_each(|row| writer.write_byte_record(row).unwrap());
    writer.into_inner().unwrap()
}

fn owed(kind: Kind) -> Vec<(String, Owed)> {
    let refused = |list: &[&str]| -> Vec<(String, Owed)> {
        list.iter()
            .map(|text| ((*text).to_owned(), Owed::Refused))
            .collect()
    };
    let same = |list: &[(&str, &str)]| -> Vec<(String, Owed)> {
        list.iter()
            .map(|(text, of)| ((*text).to_owned(), Owed::As((*of).to_owned())))
            .collect()
    };
    match kind {
        Kind::Money => [refused(&NO_NUMBERS), refused(&NO_MONEY), same(&NUMBERS)].concat(),
        Kind::Number => [refused(&NO_NUMBERS), same(&NUMBERS)].concat(),
        Kind::Share => [refused(&NO_NUMBERS), refused(&NO_SHARES), same(&SHARES)].concat(),
        Kind::Year => [refused(&NO_NUMBERS), refused(&NO_YEARS)].concat(),
        Kind::Date => [
            refused(&NO_DATES),
            refused(&["1e308", "NaN", "ieri", "2021-12-31\u{0}"]),
        ]
        .concat(),
        Kind::Id => {
            let long = "x".repeat(100_000);
            [
                refused(&NO_IDS),
                vec![
                    (long, Owed::Any),
                    ("х".to_owned() /* Cyrillic */, Owed::Any),
                ],
            ]
            .concat()
        }
    }
}

#[test]
fn an_odd_value_in_a_cell_is_what_it_says_or_refused() {
    let plain = full();
    reading(&plain).unwrap();
    let mut seen = Seen::default();
    for (kind, file, row, column) in CELLS {
        let with = |value: &str| -> Files {
            let mut files = plain.clone();
            let table = set(&files[file], row, column, value);
            files.insert(file.to_owned(), table);
            files
        };
        for (value, owed) in owed(kind) {
            let short: String = value.chars().take(40).collect();
            let name = format!("{file} {row} {column} {short:?}");
            let wanted = |owed: &Owed| match owed {
                Owed::As(value) => reading(&with(value)).ok(),
                _ => None,
            };
            seen.take(&name, &owed, &wanted, || reading(&with(&value)));
        }
    }
    assert!(seen.tried() > 300);
    seen.end("values");
}
