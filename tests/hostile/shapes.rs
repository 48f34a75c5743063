//! A whole file is not what it should be: cut, in another encoding, with other separators, line ends, quotes, headers.

use mappafondo::verify::verify_files;

use super::texts::{Files, Owed, Seen, files_of, full, reading};

/// A change of a file as a whole.
struct Shape {
    name: &'static str,
    owed: Owed,
    make: fn(&str) -> Vec<u8>,
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xFEFF);
    let units = mark.into_iter().chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

fn lines(text: &str, end: impl Fn(usize) -> &'static str) -> Vec<u8> {
    let all = text.lines().enumerate();
    all.map(|(k, line)| format!("{line}{}", end(k)))
        .collect::<String>()
        .into_bytes()
}

/// The text with the second line, the first of the rows, made into something else.
fn first_row(text: &str, make: impl Fn(&str) -> String) -> Vec<u8> {
    let all = text.lines().enumerate();
    all.map(|(k, line)| if k == 1 { make(line) } else { line.to_owned() } + "\n")
        .collect::<String>()
        .into_bytes()
}

fn header(text: &str, make: impl Fn(&str) -> String) -> Vec<u8> {
    let (head, rest) = text.split_once('\n').unwrap();
    format!("{}\n{rest}", make(head)).into_bytes()
}

/// One column more, at the end, with a value in each row.
fn wider(text: &str, name: &str) -> Vec<u8> {
    let all = text.lines().enumerate();
    all.map(|(k, line)| format!("{line},{}\n", if k == 0 { name } else { "x" }))
        .collect::<String>()
        .into_bytes()
}

/// Changes of any text.
const TEXTS: [Shape; 16] = [
    Shape {
        name: "byte order mark",
        owed: Owed::Same,
        make: |text| format!("\u{feff}{text}").into_bytes(),
    },
    Shape {
        name: "two byte order marks",
        owed: Owed::SameOrRefused,
        make: |text| format!("\u{feff}\u{feff}{text}").into_bytes(),
    },
    Shape {
        name: "line ends of Windows",
        owed: Owed::Same,
        make: |text| lines(text, |_| "\r\n"),
    },
    Shape {
        name: "mixed line ends",
        owed: Owed::Same,
        make: |text| lines(text, |k| if k % 2 == 0 { "\n" } else { "\r\n" }),
    },
    Shape {
        name: "line ends of old Macintosh",
        owed: Owed::SameOrRefused,
        make: |text| lines(text, |_| "\r"),
    },
    Shape {
        name: "no last line end",
        owed: Owed::Same,
        make: |text| text.trim_end().as_bytes().to_vec(),
    },
    Shape {
        name: "many blank lines at the end",
        owed: Owed::Same,
        make: |text| format!("{text}\n\n\n\n").into_bytes(),
    },
    Shape {
        name: "UTF-16, little end first",
        owed: Owed::Refused,
        make: |text| utf16(text, false, true),
    },
    Shape {
        name: "UTF-16, big end first",
        owed: Owed::Refused,
        make: |text| utf16(text, true, true),
    },
    Shape {
        name: "UTF-16 without a mark",
        owed: Owed::Refused,
        make: |text| utf16(text, false, false),
    },
    Shape {
        name: "UTF-32",
        owed: Owed::Refused,
        make: |text| {
            text.chars()
                .flat_map(|c| u32::from(c).to_le_bytes())
                .collect()
        },
    },
    Shape {
        name: "empty",
        owed: Owed::Any,
        make: |_| Vec::new(),
    },
    Shape {
        name: "NUL at the end",
        owed: Owed::SameOrRefused,
        make: |text| format!("{text}\0").into_bytes(),
    },
    Shape {
        name: "a block of NUL",
        owed: Owed::Refused,
        make: |text| [text.as_bytes(), &[0; 4096]].concat(),
    },
    Shape {
        name: "a workbook",
        owed: Owed::Refused,
        make: |_| b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00".to_vec(),
    },
    Shape {
        name: "what is no text",
        owed: Owed::Refused,
        make: |_| (0..=255).cycle().take(3000).collect(),
    },
];

/// Changes of a table.
const TABLES: [Shape; 33] = [
    Shape {
        name: "a name in Latin-1",
        owed: Owed::Refused,
        make: |text| [text.as_bytes(), b"citt\xe0\n"].concat(),
    },
    Shape {
        name: "semicolons",
        owed: Owed::Refused,
        make: |text| text.replace(',', ";").into_bytes(),
    },
    Shape {
        name: "tabs",
        owed: Owed::Refused,
        make: |text| text.replace(',', "\t").into_bytes(),
    },
    Shape {
        name: "bars",
        owed: Owed::Refused,
        make: |text| text.replace(',', "|").into_bytes(),
    },
    Shape {
        name: "sep= of Excel",
        owed: Owed::Refused,
        make: |text| format!("sep=,\n{text}").into_bytes(),
    },
    Shape {
        name: "a title above",
        owed: Owed::Refused,
        make: |text| format!("Tabella 1\n{text}").into_bytes(),
    },
    Shape {
        name: "a remark above",
        owed: Owed::Refused,
        make: |text| format!("# nota\n{text}").into_bytes(),
    },
    Shape {
        name: "blank lines above",
        owed: Owed::SameOrRefused,
        make: |text| format!("\n\n{text}").into_bytes(),
    },
    Shape {
        name: "blank lines between",
        owed: Owed::Same,
        make: |text| text.replace('\n', "\n\n").into_bytes(),
    },
    Shape {
        name: "lines of commas",
        owed: Owed::SameOrRefused,
        make: |text| format!("{text},,,,\n,,,,\n").into_bytes(),
    },
    Shape {
        name: "no header",
        owed: Owed::Refused,
        make: |text| text.split_once('\n').unwrap().1.as_bytes().to_vec(),
    },
    Shape {
        name: "the header twice",
        owed: Owed::Refused,
        make: |text| header(text, |head| format!("{head}\n{head}")),
    },
    Shape {
        name: "a column twice",
        owed: Owed::Refused,
        make: |text| wider(text, text.split(',').next().unwrap()),
    },
    Shape {
        name: "header in capitals",
        owed: Owed::SameOrRefused,
        make: |text| header(text, str::to_uppercase),
    },
    Shape {
        name: "header in quotes",
        owed: Owed::Same,
        make: |text| header(text, |head| format!("\"{}\"", head.replace(',', "\",\""))),
    },
    Shape {
        name: "header with blanks",
        owed: Owed::SameOrRefused,
        make: |text| header(text, |head| head.replace(',', " , ")),
    },
    Shape {
        name: "header with a bidi mark",
        owed: Owed::Refused,
        make: |text| header(text, |head| format!("\u{202e}{head}")),
    },
    Shape {
        name: "header with NUL",
        owed: Owed::Refused,
        make: |text| header(text, |head| format!("\0{head}")),
    },
    Shape {
        name: "a header of a megabyte",
        owed: Owed::Refused,
        make: |text| header(text, |head| format!("{}{head}", "x".repeat(1_000_001))),
    },
    Shape {
        name: "an empty header",
        owed: Owed::Refused,
        make: |text| header(text, |head| format!(",{head}")),
    },
    Shape {
        name: "20,000 columns",
        owed: Owed::Refused,
        make: |text| header(text, |head| format!("{head}{}", ",c".repeat(20_000))),
    },
    Shape {
        name: "a cell more",
        owed: Owed::Refused,
        make: |text| first_row(text, |line| format!("{line},1,2,3")),
    },
    Shape {
        name: "cells less",
        owed: Owed::Refused,
        make: |text| first_row(text, |line| line.split(',').next().unwrap().to_owned()),
    },
    Shape {
        name: "a quote that does not close",
        owed: Owed::Refused,
        make: |text| first_row(text, |line| format!("\"{line}")),
    },
    Shape {
        name: "a quote that closes at the end",
        owed: Owed::Refused,
        make: |text| {
            [
                first_row(text, |line| format!("\"{line}")),
                b"\"\n".to_vec(),
            ]
            .concat()
        },
    },
    Shape {
        name: "a quote inside",
        owed: Owed::Refused,
        make: |text| first_row(text, |line| line.replacen(',', "\"x,", 1)),
    },
    Shape {
        name: "quotes of another kind",
        owed: Owed::Refused,
        make: |text| first_row(text, |line| format!("“{}”", line.replace(',', "”,“"))),
    },
    Shape {
        name: "single quotes",
        owed: Owed::Refused,
        make: |text| first_row(text, |line| format!("'{}'", line.replace(',', "','"))),
    },
    Shape {
        name: "all cells in quotes",
        owed: Owed::Same,
        make: |text| {
            first_row(text, |line| {
                if line.contains('"') {
                    line.to_owned()
                } else {
                    format!("\"{}\"", line.replace(',', "\",\""))
                }
            })
        },
    },
    Shape {
        name: "a field of two megabytes",
        owed: Owed::Refused,
        make: |text| first_row(text, |line| format!("{}{line}", "x".repeat(2_000_000))),
    },
    Shape {
        name: "the header alone",
        owed: Owed::Any,
        make: |text| text.split_once('\n').unwrap().0.as_bytes().to_vec(),
    },
    Shape {
        name: "a row of another table",
        owed: Owed::Refused,
        make: |text| format!("{text}pippo,pluto,paperino\n").into_bytes(),
    },
    Shape {
        name: "markup",
        owed: Owed::Refused,
        make: |text| {
            format!("<html><table><tr><td>{}</table>", text.replace(',', "<td>")).into_bytes()
        },
    },
];

/// Changes of `model.toml`.
const TOMLS: [Shape; 34] = [
    Shape {
        name: "a byte of Latin-1",
        owed: Owed::Refused,
        make: |text| [text.as_bytes(), b"# citt\xe0\n"].concat(),
    },
    Shape {
        name: "NUL in a text",
        owed: Owed::Refused,
        make: |text| text.replacen("Tutto", "Tu\0tto", 1).into_bytes(),
    },
    Shape {
        name: "tabs before keys",
        owed: Owed::Same,
        make: |text| text.replace("\nformat", "\n\t\tformat").into_bytes(),
    },
    Shape {
        name: "a key twice",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("format = 1", "format = 1\nformat = 1", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a table twice",
        owed: Owed::Refused,
        make: |text| format!("{text}\n[plan]\nmonths = 12\n").into_bytes(),
    },
    Shape {
        name: "a table as a list",
        owed: Owed::Refused,
        make: |text| text.replacen("[plan]", "[[plan]]", 1).into_bytes(),
    },
    Shape {
        name: "an unknown table",
        owed: Owed::Refused,
        make: |text| format!("{text}\n[piano]\nx = 1\n").into_bytes(),
    },
    Shape {
        name: "a rule twice",
        owed: Owed::Refused,
        make: |text| {
            format!("{text}\n[[rule]]\nid = \"tetto\"\nlaw = {{ act = \"x\" }}\nstrength = \"plan\"\nmeasure = {{ euro = true }}\nat_most = {{ euro = \"1\" }}\n").into_bytes()
        },
    },
    Shape {
        name: "months of 1e308",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("months = 36", "months = 1e308", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "months without end",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("months = 36", "months = 99999999999999999999", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "months of i64",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("months = 36", "months = 9223372036854775807", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "many months",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("months = 36", "months = 120000", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "negative months",
        owed: Owed::Refused,
        make: |text| text.replacen("months = 36", "months = -36", 1).into_bytes(),
    },
    Shape {
        name: "no months",
        owed: Owed::Refused,
        make: |text| text.replacen("months = 36", "months = 0", 1).into_bytes(),
    },
    Shape {
        name: "months as a number with a point",
        owed: Owed::SameOrRefused,
        make: |text| {
            text.replacen("months = 36", "months = 36.0", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "months in hexadecimal",
        owed: Owed::SameOrRefused,
        make: |text| {
            text.replacen("months = 36", "months = 0x24", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "months as a text",
        owed: Owed::SameOrRefused,
        make: |text| {
            text.replacen("months = 36", "months = \"36\"", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "months as nan",
        owed: Owed::Refused,
        make: |text| text.replacen("months = 36", "months = nan", 1).into_bytes(),
    },
    Shape {
        name: "a start as a text",
        owed: Owed::SameOrRefused,
        make: |text| {
            text.replacen("start = 2022-01-01", "start = \"2022-01-01\"", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a start with an hour",
        owed: Owed::SameOrRefused,
        make: |text| {
            text.replacen("start = 2022-01-01", "start = 2022-01-01T00:00:00Z", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a start as a year",
        owed: Owed::SameOrRefused,
        make: |text| {
            text.replacen("start = 2022-01-01", "start = 2022", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a start that is no day",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("start = 2022-01-01", "start = 2022-02-30", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a start in Italian",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("start = 2022-01-01", "start = 01/01/2022", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a start in the year 9999",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("start = 2022-01-01", "start = 9999-01-01", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a share of 1e308",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("share = \"50%\"", "share = 1e308", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a share with a comma",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("share = \"50%\"", "share = \"50,5%\"", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "a negative share",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("share = \"50%\"", "share = \"-50%\"", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "an amount with thousands",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("\"20000.00\"", "\"20.000,00\"", 1)
                .into_bytes()
        },
    },
    Shape {
        name: "lists in lists",
        owed: Owed::Refused,
        make: |text| {
            text.replacen(
                "members = [\"mare\"]",
                &format!("members = {}{}", "[".repeat(5000), "]".repeat(5000)),
                1,
            )
            .into_bytes()
        },
    },
    Shape {
        name: "tables in tables",
        owed: Owed::Refused,
        make: |text| format!("{text}\n[{}z]\n", "a.".repeat(5000)).into_bytes(),
    },
    Shape {
        name: "inline tables in inline tables",
        owed: Owed::Refused,
        make: |text| {
            format!(
                "{text}\nx = {}1{}\n",
                "{ a = ".repeat(2000),
                " }".repeat(2000)
            )
            .into_bytes()
        },
    },
    Shape {
        name: "brackets in an expression",
        owed: Owed::Refused,
        make: |text| {
            text.replacen(
                "\"residenti > 0\"",
                &format!("\"{}1{} > 0\"", "(".repeat(100_000), ")".repeat(100_000)),
                1,
            )
            .into_bytes()
        },
    },
    Shape {
        name: "a text that does not end",
        owed: Owed::Refused,
        make: |text| format!("{text}\nx = \"\"\"\n").into_bytes(),
    },
    Shape {
        name: "an id with a bidi mark",
        owed: Owed::Refused,
        make: |text| {
            text.replacen("id = \"tetto\"", "id = \"te\\u202etto\"", 1)
                .into_bytes()
        },
    },
];

fn try_all(seen: &mut Seen, plain: &Files, file: &str, shapes: &[Shape]) {
    let text = String::from_utf8(plain[file].clone()).unwrap();
    let same = reading(plain).ok();
    for shape in shapes {
        let mut files = plain.clone();
        files.insert(file.to_owned(), (shape.make)(&text));
        let name = format!("{file}: {}", shape.name);
        seen.take(&name, &shape.owed, &|_| same.clone(), || reading(&files));
    }
}

#[test]
fn files_that_are_not_what_they_should_be_are_refused_or_read_as_they_were() {
    let plain = full();
    let mut seen = Seen::default();
    for file in plain.keys() {
        try_all(&mut seen, &plain, file, &TEXTS);
        match file.as_str() {
            "model.toml" => try_all(&mut seen, &plain, file, &TOMLS),
            // Every cell of it may be any text.
            "assumptions.csv" => {
                let free = [
                    "the header twice",
                    "quotes of another kind",
                    "single quotes",
                ];
                let (any, all): (Vec<Shape>, Vec<Shape>) = TABLES
                    .into_iter()
                    .partition(|shape| free.contains(&shape.name));
                try_all(&mut seen, &plain, file, &all);
                for shape in any {
                    let shape = Shape {
                        owed: Owed::Any,
                        ..shape
                    };
                    try_all(&mut seen, &plain, file, &[shape]);
                }
            }
            _ => try_all(&mut seen, &plain, file, &TABLES),
        }
    }
    assert!(seen.tried() > 300);
    seen.end("shapes");
}

/// A file that was cut may say something still; it is never a fault of the program.
#[test]
fn a_file_cut_anywhere_is_read_or_refused() {
    let plain = full();
    let mut seen = Seen::default();
    for (file, bytes) in &plain {
        let cuts = (0..bytes.len()).step_by((bytes.len() / 40).max(1));
        for cut in cuts {
            let mut files = plain.clone();
            files.insert(file.clone(), bytes[..cut].to_vec());
            let name = format!("{file} cut at {cut}");
            seen.take(&name, &Owed::Any, &|_| None, || reading(&files));
        }
    }
    assert!(seen.tried() > 300);
    seen.end("cuts");
}

fn same_json(one: &[u8], other: &[u8]) -> bool {
    let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).ok();
    value(one).is_some() && value(one) == value(other)
}

/// Any change of a file of a plan is seen, whatever is in its place.
#[test]
fn files_of_a_plan_that_are_not_what_they_were_are_not_verified() {
    let model = mappafondo::input::read_model(std::path::Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/models/tiny"
    )));
    let (model, inputs) = model.unwrap();
    let outcome = mappafondo::proposal::propose(&model, &mappafondo::solve::Options::default());
    let Ok(mappafondo::proposal::Outcome::Proposal(proposal)) = outcome else {
        panic!("tiny has a plan")
    };
    let plain = mappafondo::report::proposal_files(&model, &inputs, &proposal)
        .unwrap()
        .files;
    assert!(verify_files(&plain).passed());
    let mut tried = 0;
    for (file, bytes) in &plain {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let more: [(&str, Vec<u8>); 8] = [
            ("cut", bytes[..bytes.len() / 2].to_vec()),
            ("brackets without end", "[".repeat(200_000).into_bytes()),
            ("braces without end", "{\"a\":".repeat(100_000).into_bytes()),
            (
                "1e308",
                text.replacen(|c: char| c.is_ascii_digit(), "1e308", 1)
                    .into_bytes(),
            ),
            (
                "a long number",
                text.replacen(|c: char| c.is_ascii_digit(), &"9".repeat(50_000), 1)
                    .into_bytes(),
            ),
            (
                "a key twice",
                text.replacen('{', "{\"format\":1,", 1).into_bytes(),
            ),
            ("in Latin-1", [bytes.as_slice(), b"\xe0"].concat()),
            ("nothing but NUL", vec![0; bytes.len()]),
        ];
        let shapes = TEXTS.iter().map(|shape| (shape.name, (shape.make)(&text)));
        for (name, changed) in shapes.chain(more) {
            // The list of files is itself in no list: blanks in it mean nothing.
            let is_list = file == "dossier/manifest.json" && same_json(bytes, &changed);
            if changed == *bytes || is_list {
                continue;
            }
            let mut files = plain.clone();
            files.insert(file.clone(), changed);
            let found = std::panic::catch_unwind(|| verify_files(&files).passed());
            assert!(matches!(found, Ok(false)), "{file}: {name}: {found:?}");
            tried += 1;
        }
    }
    println!("plans: {tried} changes, none verified");
    assert!(tried > 200);
    // What is no model is no plan either.
    assert!(!verify_files(&files_of("models/tiny")).passed());
}
