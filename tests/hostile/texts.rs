//! The model that has every table and key of the format, changed as a text, and what a reading of it has to obey.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use mappafondo::input::read_model_from;
use mappafondo::model::{Language, Model};
use mappafondo::problem::InvalidModel;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What may come of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owed {
    /// The reading of the text as it was.
    Same,
    /// A refusal.
    Refused,
    /// One of the two: never another reading.
    SameOrRefused,
    /// The reading of this other text in its place, or a refusal.
    As(String),
    /// A reading or a refusal: nothing in the text tells that it is not what was meant.
    Any,
}

/// How many texts were tried, and what came of them.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    refused: usize,
    read: usize,
    slowest: Duration,
    wrong: Vec<String>,
}

impl Seen {
    pub(crate) fn tried(&self) -> usize {
        self.refused + self.read
    }

    /// Adds what came of one text: a reading shown as a text, or a refusal.
    pub(crate) fn take(
        &mut self,
        name: &str,
        owed: &Owed,
        wanted: &dyn Fn(&Owed) -> Option<String>,
        read: impl FnOnce() -> Result<String, InvalidModel>,
    ) {
        let start = Instant::now();
        let found = catch_unwind(AssertUnwindSafe(read));
        self.slowest = self.slowest.max(start.elapsed());
        match found {
            Err(_) => self.wrong.push(format!("{name}: a panic")),
            Ok(Err(invalid)) => {
                self.refused += 1;
                if *owed == Owed::Same {
                    let text = invalid.text(Language::English);
                    self.wrong.push(format!("{name}: refused: {text}"));
                }
                if let Some(lacking) = lacking(&invalid) {
                    self.wrong.push(format!("{name}: {lacking}"));
                }
            }
            Ok(Ok(reading)) => {
                self.read += 1;
                match owed {
                    Owed::Any => {}
                    Owed::Refused => self.wrong.push(format!("{name}: taken")),
                    _ if wanted(owed).as_ref() == Some(&reading) => {}
                    _ => self.wrong.push(format!("{name}: read as something else")),
                }
            }
        }
    }

    pub(crate) fn end(self, what: &str) {
        println!(
            "{what}: {} texts, {} refused, {} read, the slowest {:?}",
            self.tried(),
            self.refused,
            self.read,
            self.slowest
        );
        let mut text = String::new();
        for line in &self.wrong {
            let _ = writeln!(text, "{line}");
        }
        assert!(
            self.wrong.is_empty(),
            "{} of {}:\n{text}",
            self.wrong.len(),
            self.tried()
        );
    }
}

/// What a refusal does not say, or says in a way that a terminal must not get.
fn lacking(invalid: &InvalidModel) -> Option<String> {
    if invalid.n_errors() == 0 {
        return Some("refused without an error".to_owned());
    }
    for language in [Language::English, Language::Italian] {
        let text = invalid.text(language);
        let odd = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        if text.chars().any(odd) {
            return Some(format!("a control character is printed: {text:?}"));
        }
        if text.len() > 200_000 {
            return Some(format!("{} characters are printed", text.len()));
        }
        for row in invalid.report(language).problems {
            if row.severity == "error" && (row.message.is_empty() || row.remedy.is_empty()) {
                return Some(format!("no message or no remedy: {text}"));
            }
            if row.severity == "error" && row.file.is_empty() {
                return Some(format!("no file: {text}"));
            }
        }
    }
    None
}

/// A model without what depends on lines: its remarks.
pub(crate) fn shown(mut model: Model) -> String {
    model.warnings.clear();
    format!("{model:?}")
}

/// A reading of files as a text.
pub(crate) fn reading(files: &Files) -> Result<String, InvalidModel> {
    read_model_from(files).map(shown)
}

/// All files of a folder of this repository.
pub(crate) fn files_of(folder: &str) -> Files {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| {
            path.extension()
                .is_some_and(|ext| ext == "csv" || ext == "toml")
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

/// The model with every table and key, `needs.csv` in the dialect of all others.
pub(crate) fn full() -> Files {
    let mut files = files_of("tests/data/invalid/full");
    let needs = files.get_mut("needs.csv").unwrap();
    let text: String = needs.iter().map(|&byte| char::from(byte)).collect();
    let text = text.replace('.', "").replace(',', ".").replace(';', ",");
    *needs = text.into_bytes();
    let model = files.get_mut("model.toml").unwrap();
    let text = String::from_utf8(model.clone()).unwrap();
    let dialect = "[files.needs]\ndialect = \"it\"\nencoding = \"windows-1252\"\n";
    assert!(text.contains(dialect));
    *model = text.replace(dialect, "").into_bytes();
    files
}
