//! Problems in the words of a workbook: columns and values as its sheets call them.

use super::layout::{Column, Kind, Sheet, WordPair, sheet_named};
use crate::model::Language;
use crate::problem::{
    Nearest, Place, ProblemKind, Shown, TableProblem, ValueProblem, WordList, WorkbookProblem,
};

/// The sheet and the row, from 1, of a place that is a cell or a sheet.
pub(crate) fn sheet_and_row(place: &Place) -> (String, Option<u32>) {
    let name = place.file.as_ref();
    let (sheet, cell) = match name.rsplit_once('!') {
        Some((sheet, cell)) => (sheet, Some(cell)),
        None => (name, None),
    };
    let inside = sheet
        .strip_prefix('\'')
        .and_then(|sheet| sheet.strip_suffix('\''));
    let sheet = inside.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'"));
    let digits = cell.map(|cell| cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
    (sheet, digits.and_then(|digits| digits.parse().ok()))
}

/// The same kind of problem in the words of its sheet; `path` is the column or key it has in the files.
pub(crate) fn in_words(
    kind: ProblemKind,
    place: &Place,
    path: Option<&str>,
    book: Language,
) -> ProblemKind {
    let Some(sheet) = sheet_named(&sheet_and_row(place).0) else {
        return kind;
    };
    let named = |key: &str| match sheet.column(key) {
        Some(column) => Shown::new(column.name.say(book)),
        None => Shown::new(key),
    };
    match kind {
        ProblemKind::Key(crate::problem::KeyProblem::Missing { key }) => {
            let column = missing(sheet, path, key.as_str());
            match column {
                Some(column) => WorkbookProblem::NoValue {
                    column: Shown::new(column.name.say(book)),
                }
                .into(),
                None => crate::problem::KeyProblem::Missing { key }.into(),
            }
        }
        ProblemKind::Table(TableProblem::MissingColumn { name }) => {
            let name = named(name.as_str());
            TableProblem::MissingColumn { name }.into()
        }
        ProblemKind::Table(TableProblem::DuplicateColumn {
            name,
            first,
            second,
        }) => {
            let name = named(name.as_str());
            TableProblem::DuplicateColumn {
                name,
                first,
                second,
            }
            .into()
        }
        ProblemKind::Table(TableProblem::UnknownColumn { name, .. }) => {
            unknown_column(name.as_str(), sheet, book).into()
        }
        ProblemKind::Value(ValueProblem::Word {
            value,
            nearest,
            known,
        }) => {
            let column = path.and_then(|path| column_of(sheet, path));
            match column.map(|column| column.kind) {
                Some(Kind::Word(words) | Kind::Words(words)) => {
                    unknown_word(value.as_str(), words, book).into()
                }
                _ => ValueProblem::Word {
                    value,
                    nearest,
                    known,
                }
                .into(),
            }
        }
        other => other,
    }
}

/// A header that is none of the columns of a sheet.
pub(super) fn unknown_column(name: &str, sheet: &Sheet, book: Language) -> TableProblem {
    let names = |column: &'static Column| [column.name.say(book), column.name.it, column.name.en];
    let nearest = Nearest::of(name, sheet.columns.iter().flat_map(names));
    TableProblem::UnknownColumn {
        name: Shown::new(name),
        nearest: match nearest.0 {
            Some(near) => Nearest(Some(match sheet.column_named(near.as_str()) {
                Some(column) => Shown::new(column.name.say(book)),
                None => near,
            })),
            None => nearest,
        },
        known: columns(sheet, book),
    }
}

/// The columns of a sheet.
pub(super) fn columns(sheet: &Sheet, book: Language) -> WordList {
    WordList::of(sheet.columns.iter().map(|column| column.name.say(book)))
}

/// A word that is none of those a column takes.
pub(super) fn unknown_word(value: &str, words: &[WordPair], book: Language) -> ValueProblem {
    let names = || words.iter().map(|word| word.name.say(book));
    let own = words.iter().find(|word| word.key == value);
    ValueProblem::Word {
        value: Shown::new(own.map_or(value, |word| word.name.say(book))),
        nearest: Nearest::of(value, names()),
        known: WordList::of(names()),
    }
}

/// The column of a path of the files: a column of a table, or a key inside an entry of a list.
fn column_of(sheet: &'static Sheet, path: &str) -> Option<&'static Column> {
    let inside = inside(path);
    [path, inside]
        .into_iter()
        .find_map(|key| sheet.column(key))
        .or_else(|| {
            let plain = inside.split('[').next().unwrap_or_default();
            sheet.column(plain)
        })
}

/// The column of a key that is missing in an entry: its own, or the first of those inside it.
fn missing(sheet: &'static Sheet, path: Option<&str>, key: &str) -> Option<&'static Column> {
    let at = path.map(inside).unwrap_or_default();
    let full = match at {
        "" => key.to_owned(),
        at => format!("{at}.{key}"),
    };
    let within = format!("{full}.");
    let mut columns = sheet.columns.iter();
    columns.find(|column| {
        let is_weight = column.key == key;
        column.key == full || column.key.starts_with(&within) || is_weight
    })
}

/// A path without the entry of the list it stands in.
fn inside(path: &str) -> &str {
    match path.split_once(']') {
        Some((_, rest)) => rest.trim_start_matches('.'),
        None => path,
    }
}
