//! The sheets of a workbook and their columns: names in both languages, what each means, what kind of value it takes.
//!
//! Reading takes a name in either language, or the name of the text format, so that a workbook may mix them.

// One column on each line: a table to be read as one.
#[rustfmt::skip]
mod children;
#[rustfmt::skip]
mod lists;
mod map;
#[rustfmt::skip]
mod scenarios;
#[rustfmt::skip]
mod tables;
mod words;
#[rustfmt::skip]
mod zone;

use unicode_normalization::UnicodeNormalization;

use crate::model::Language;

pub(crate) use scenarios::SCENARIOS;
pub(crate) use words::{SET_WORDS, WordPair};
pub(crate) use zone::{
    RETURN, RETURN_ENTRIES, ZONE_INDICATORS, ZONE_LISTS, ZONE_NEEDS, ZONE_SPENDING,
    zone_sheet_named,
};

/// A name or a sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) it: &'static str,
    pub(crate) en: &'static str,
}

impl Said {
    /// In a language.
    pub(crate) fn say(self, language: Language) -> &'static str {
        match language {
            Language::Italian => self.it,
            Language::English => self.en,
        }
    }

    /// Whether a plain name is this one, in either language or as earlier versions had it.
    pub(crate) fn is(self, name: &str) -> bool {
        let now = FORMER
            .iter()
            .find(|(former, now)| *former == name && *now == self.it);
        now.is_some() || [self.it, self.en].iter().any(|own| plain(own) == name)
    }
}

const fn said(it: &'static str, en: &'static str) -> Said {
    Said { it, en }
}

/// Italian names that earlier versions wrote, plain, and what they are now: workbooks that have them are still read.
const FORMER: [(&str, &str); 3] = [
    ("assunzioni", "Ipotesi"),
    ("assunzione", "Ipotesi"),
    ("obiettivo", "traguardo"),
];

/// Which ids a cell may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Zone,
    Fund,
    Action,
    /// A new code, or one of something without a sheet of its own.
    Any,
}

/// What a column takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// One id.
    Id(Of),
    /// Ids separated by blanks.
    Ids,
    /// A free text.
    Text,
    /// Ids with a number each, after a colon, separated by blanks.
    Pairs,
    /// Euro with at most two decimals.
    Money,
    /// An exact number.
    Number,
    /// A number of units, or `unlimited`.
    Units,
    /// A share.
    Share,
    /// A year.
    Year,
    /// Years separated by blanks.
    Years,
    /// A date, or `+1`.
    Date,
    /// A whole number.
    Whole,
    /// A whole number, or a word.
    Levels,
    /// A number or an expression of the zone.
    Formula,
    /// One of some words.
    Word(&'static [WordPair]),
    /// Some of some words.
    Words(&'static [WordPair]),
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its name in the text format; the path of a key in `model.toml`.
    pub(crate) key: &'static str,
    /// Its name in a sheet.
    pub(crate) name: Said,
    /// What it takes.
    pub(crate) kind: Kind,
    /// What it means, with its unit.
    pub(crate) note: Said,
}

const fn column(
    key: &'static str,
    kind: Kind,
    it: &'static str,
    en: &'static str,
    note_it: &'static str,
    note_en: &'static str,
) -> Column {
    Column {
        key,
        name: said(it, en),
        kind,
        note: said(note_it, note_en),
    }
}

/// What a sheet is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holds {
    /// Title, years, language, dialect: one entry per row.
    Model,
    /// A table of the model.
    Table(&'static str),
    /// The rows of `eligibility.csv` that say no more than fund and action, as a matrix.
    Matrix,
    /// A list of `model.toml`, one entry per row.
    List(List),
    /// What hangs on the rows of a list.
    Child(Child),
    /// What-ifs, one change per row.
    Scenarios,
    /// Whatever of `model.toml` has no column.
    Other,
}

/// A list of `model.toml`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List {
    /// Its key.
    pub(crate) path: &'static str,
    /// The key its entries are known by.
    pub(crate) by: &'static str,
}

/// What hangs on the rows of a list. Its first column names the row; the second the part, where there is more than one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Child {
    /// Key of the list.
    pub(crate) of: &'static str,
    /// Where the rows go in the entry.
    pub(crate) parts: &'static [&'static str],
    /// What they are there.
    pub(crate) form: ChildForm,
}

/// What the rows of a child are in `model.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChildForm {
    /// Tables of a list.
    Tables,
    /// Pairs of a list.
    Pairs,
    /// Keys with their values.
    Keyed,
}

/// A sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: Said,
    /// What it is for.
    pub(crate) about: Said,
    /// What it is made of.
    pub(crate) holds: Holds,
    /// Its columns.
    pub(crate) columns: &'static [Column],
}

const fn sheet(
    it: &'static str,
    en: &'static str,
    holds: Holds,
    columns: &'static [Column],
    about_it: &'static str,
    about_en: &'static str,
) -> Sheet {
    Sheet {
        name: said(it, en),
        about: said(about_it, about_en),
        holds,
        columns,
    }
}

/// The sheet of the language, the years and the dialect.
pub(crate) const MODEL: Sheet = sheet(
    "Modello",
    "Model",
    Holds::Model,
    tables::MODEL,
    "Titolo, anni, lingua, e come sono scritti i numeri nei testi.",
    "Title, years, language, and how numbers are written in texts.",
);

/// The sheet of what has no column.
pub(crate) const OTHER: Sheet = sheet(
    "Altro",
    "Other",
    Holds::Other,
    tables::OTHER,
    "Voci di model.toml che non hanno una colonna in altri fogli.",
    "Entries of model.toml without a column in another sheet.",
);

/// The sheet that says what colours mean; it is not read.
pub(crate) const LEGEND: Said = said("Legenda", "Legend");

/// Entries of the first sheet, by the path of `model.toml`.
pub(crate) use tables::ENTRIES;
/// The entry that says how numbers are written in texts.
pub(crate) const DIALECT: &str = "dialect";
/// The column of costs of a unit, and the beginning of those by year.
pub(crate) const UNIT_COST: &str = "unit_cost";
/// The mark of the matrix.
pub(crate) const MARK: &str = "x";
/// The mark of a pair that another sheet opens; it is not read.
pub(crate) const MARK_ELSEWHERE: &str = "•";

/// Every sheet that is read, in the order of the workbook.
pub(crate) fn sheets() -> impl Iterator<Item = &'static Sheet> {
    [&MODEL]
        .into_iter()
        .chain(tables::TABLES)
        .chain([&map::MAP])
        .chain(lists::LISTS)
        .chain(children::CHILDREN)
        .chain([&scenarios::SCENARIOS, &OTHER])
}

/// A name of the user as a header: in quotes where it could be taken for a column of the sheet.
pub(crate) fn own_header(sheet: &Sheet, name: &str) -> String {
    if sheet.column_named(name).is_some() || own_name(name).is_some() {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

/// The name of the user in a header in quotes.
pub(crate) fn own_name(header: &str) -> Option<&str> {
    let inside = header.strip_prefix('"')?.strip_suffix('"')?;
    (!inside.is_empty()).then_some(inside)
}

/// The sheet with a name in either language, or the name of its table or list.
pub(crate) fn sheet_named(name: &str) -> Option<&'static Sheet> {
    let wanted = plain(name);
    sheets().find(|sheet| {
        let own = match sheet.holds {
            Holds::Table(file) => file.strip_suffix(".csv").unwrap_or(file),
            Holds::List(list) => list.path,
            _ => "",
        };
        sheet.name.is(&wanted) || plain(own) == wanted
    })
}

impl Sheet {
    /// The column with a name in either language or of the text format.
    pub(crate) fn column_named(&self, name: &str) -> Option<&'static Column> {
        let wanted = plain(name);
        let columns = self.columns;
        columns
            .iter()
            .find(|column| column.name.is(&wanted))
            .or_else(|| columns.iter().find(|column| plain(column.key) == wanted))
    }

    /// The column with a key.
    pub(crate) fn column(&self, key: &str) -> Option<&'static Column> {
        let columns = self.columns;
        columns.iter().find(|column| column.key == key)
    }
}

/// A name without what people write in different ways: case, accents, blanks, underscores.
pub(crate) fn plain(name: &str) -> String {
    let letters = name.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c));
    let mut plain = String::new();
    for letter in letters.flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() || letter == '.' || letter == '%' {
            plain.push(letter);
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_sheets_and_no_two_columns_of_a_sheet_share_a_name() {
        for language in [Language::Italian, Language::English] {
            let names: Vec<String> = sheets().map(|s| plain(s.name.say(language))).collect();
            let different: BTreeSet<&String> = names.iter().collect();
            assert_eq!(names.len(), different.len());
            assert!(names.iter().all(|name| name.chars().count() <= 31));
        }
        for sheet in sheets() {
            let mut seen: Vec<(String, &str)> = Vec::new();
            for column in sheet.columns {
                for name in [column.name.it, column.name.en] {
                    let name = plain(name);
                    let other = seen
                        .iter()
                        .find(|(n, key)| *n == name && *key != column.key);
                    assert!(other.is_none(), "{}: {name}", sheet.name.en);
                    seen.push((name, column.key));
                }
                assert!(!column.note.it.is_empty() && !column.note.en.is_empty());
            }
        }
    }

    #[test]
    fn problems_name_the_sheets_of_tables() {
        for sheet in sheets() {
            if let Holds::Table(file) = sheet.holds {
                let own = (file, sheet.name.it, sheet.name.en);
                assert!(crate::problem::SHEET_NAMES.contains(&own), "{file}");
            }
        }
    }

    /// The lists of `docs/workbook.md`: columns of every sheet, and words of every column that has some.
    fn columns_and_words() -> String {
        let both = |name: Said| match name.it == name.en {
            true => name.it.to_owned(),
            false => format!("{} ({})", name.it, name.en),
        };
        let mut columns = "| sheet | columns |\n| --- | --- |\n".to_owned();
        let mut words = "| sheet and column | words |\n| --- | --- |\n".to_owned();
        for sheet in sheets() {
            let own = match sheet.holds {
                Holds::Model => ENTRIES,
                _ => sheet.columns,
            };
            let names: Vec<String> = own.iter().map(|column| both(column.name)).collect();
            columns.push_str(&format!(
                "| {} | {} |\n",
                both(sheet.name),
                names.join(", ")
            ));
            for column in own {
                let (Kind::Word(list) | Kind::Words(list)) = column.kind else {
                    continue;
                };
                let list: Vec<String> = list.iter().map(|word| both(word.name)).collect();
                let place = format!("{}, {}", sheet.name.it, column.name.it);
                words.push_str(&format!("| {place} | {} |\n", list.join(", ")));
            }
        }
        format!("{columns}\n{words}")
    }

    /// `MAPPAFONDO_BLESS=1` writes them.
    #[test]
    fn the_page_lists_every_column_and_word() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/workbook.md");
        let page = std::fs::read_to_string(path).unwrap();
        let from = page.find("| sheet | columns |").unwrap();
        let to = from + page[from..].find("\n\n## ").unwrap() + 1;
        let lists = columns_and_words();
        if std::env::var_os("MAPPAFONDO_BLESS").is_some() {
            let (before, after) = (&page[..from], &page[to..]);
            std::fs::write(path, format!("{before}{lists}{after}")).unwrap();
        } else {
            assert_eq!(&page[from..to], lists, "docs/workbook.md");
        }
    }

    #[test]
    fn what_earlier_versions_wrote_is_still_read() {
        assert_eq!(sheet_named("Assunzioni").unwrap().name.it, "Ipotesi");
        let assumptions = sheet_named("Ipotesi").unwrap();
        assert_eq!(
            assumptions.column_named("Assunzione").unwrap().key,
            "assumption"
        );
        let target = words::STRENGTH.iter().find(|word| word.key == "target");
        assert!(target.unwrap().name.is("obiettivo") && target.unwrap().name.is("traguardo"));
    }

    #[test]
    fn a_sheet_is_found_by_any_of_its_names() {
        for name in ["Importi", "importi", "AMOUNTS", "amounts"] {
            assert_eq!(sheet_named(name).unwrap().name.it, "Importi");
        }
        assert!(sheet_named("Foglio1").is_none());
        let amounts = sheet_named("Importi").unwrap();
        assert_eq!(amounts.column_named("  EURO ").unwrap().key, "euro");
    }
}
