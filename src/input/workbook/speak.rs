//! Problems in the words of a workbook: columns and values as its sheets call them.

use super::layout::{Column, ENTRIES, Holds, Kind, Sheet, WordPair, sheet_named, sheets};
use crate::model::Language;
use crate::problem::{
    KeyProblem, Nearest, Place, ProblemKind, Shown, TableProblem, ValueProblem, WordList,
    WorkbookProblem,
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
        ProblemKind::Key(KeyProblem::Missing { key }) => missing(sheet, path, &key, book),
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
        ProblemKind::Table(TableProblem::UnknownColumn { name, nearest, .. }) => {
            let mut told = unknown_column(name.as_str(), sheet, book);
            if let TableProblem::UnknownColumn { nearest: own, .. } = &mut told
                && own.0.is_none()
            {
                own.0 = nearest.0.map(|nearest| named(nearest.as_str()));
            }
            told.into()
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
    let plain = inside.split('[').next().unwrap_or_default();
    let columns = columns_of(sheet);
    [path, inside, plain]
        .into_iter()
        .find_map(|key| columns.iter().find(|column| column.key == key))
}

/// What is missing in an entry: the value of a column, an entry of the first sheet, or the rows of another sheet.
fn missing(sheet: &'static Sheet, path: Option<&str>, key: &Shown, book: Language) -> ProblemKind {
    let at = path.map(inside).unwrap_or_default();
    let full = match at {
        "" => key.as_str().to_owned(),
        at => format!("{at}.{}", key.as_str()),
    };
    let within = format!("{full}.");
    let is = |column: &&&'static Column| {
        let own = column.key;
        own == full || own.starts_with(&within) || own == key.as_str()
    };
    if let Some(column) = columns_of(sheet).iter().find(|column| is(&column)) {
        let name = Shown::new(column.name.say(book));
        return match sheet.holds {
            Holds::Model => WorkbookProblem::NoEntry { entry: name }.into(),
            _ => WorkbookProblem::NoValue { column: name }.into(),
        };
    }
    let rows = sheets().find(|other| match (sheet.holds, other.holds) {
        (Holds::List(list), Holds::Child(child)) => {
            child.of == list.path
                && child
                    .parts
                    .iter()
                    .any(|part| part.split('.').any(|p| p == key.as_str()))
        }
        _ => false,
    });
    match rows {
        Some(rows) => WorkbookProblem::NoRows {
            sheet: Shown::new(rows.name.say(book)),
        }
        .into(),
        None => KeyProblem::Missing { key: key.clone() }.into(),
    }
}

/// The columns of a sheet; of the first, its entries.
fn columns_of(sheet: &'static Sheet) -> &'static [Column] {
    match sheet.holds {
        Holds::Model => ENTRIES,
        _ => sheet.columns,
    }
}

/// A path without the entry of the list it stands in.
fn inside(path: &str) -> &str {
    match path.split_once(']') {
        Some((_, rest)) => rest.trim_start_matches('.'),
        None => path,
    }
}
