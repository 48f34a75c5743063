//! What goes into the sheets: every table and list of a model as cells, before anybody thinks of colours.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::lists;
use crate::input::workbook::layout::{
    Column, Holds, Kind, MARK, MARK_ELSEWHERE, Sheet, UNIT_COST, WordPair, own_header, sheets,
};
use crate::input::{Formats, RawTable};
use crate::model::{Language, Model};
use crate::units::exact_text;

const ELIGIBILITY: &str = "eligibility.csv";

/// A cell to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    /// Nothing.
    Blank,
    /// A text.
    Text(String),
    /// A decimal with a point.
    Number(String, Look),
    /// A day.
    Day(Date),
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// As it is.
    Plain,
    /// `1.234,56`.
    Money,
    /// `40%`.
    Share,
    /// A year.
    Year,
}

/// The head of a column to be written.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// What stands in the header.
    pub(super) name: String,
    /// What it means.
    pub(super) note: Option<&'static str>,
    /// What it takes.
    pub(super) kind: Kind,
}

/// A sheet to be written.
#[derive(Clone, Debug)]
pub(super) struct Content {
    /// What it is.
    pub(super) sheet: &'static Sheet,
    /// Its columns.
    pub(super) heads: Vec<Head>,
    /// Its rows.
    pub(super) rows: Vec<Vec<Filled>>,
}

/// How texts are told: the language of the names and of the numbers in texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told(pub(super) Language);

impl Head {
    pub(super) fn of(column: &'static Column, told: Told) -> Self {
        Self {
            name: column.name.say(told.0).to_owned(),
            note: Some(column.note.say(told.0)),
            kind: column.kind,
        }
    }
}

impl Told {
    /// A decimal as a text of the workbook, where no number can hold it.
    pub(super) fn decimal(self, plain: &str) -> String {
        match self.0 {
            Language::Italian => plain.replace('.', ","),
            Language::English => plain.to_owned(),
        }
    }

    /// A word of the format as the sheet has it.
    pub(super) fn word(self, key: &str, words: &[WordPair]) -> String {
        let found = words.iter().find(|word| word.key == key);
        found.map_or(key, |word| word.name.say(self.0)).to_owned()
    }

    /// Words separated by blanks.
    pub(super) fn words(self, keys: &str, words: &[WordPair]) -> String {
        let each = keys.split_whitespace().map(|key| self.word(key, words));
        each.collect::<Vec<_>>().join(" ")
    }
}

/// Whether a text is digits, at most one point, digits.
pub(super) fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(decimals)
}

/// A year as a number, anything else as a text.
pub(super) fn year(text: &str) -> Filled {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        Filled::Number(text.to_owned(), Look::Year)
    } else {
        Filled::Text(text.to_owned())
    }
}

/// A day as a day, anything else as a text.
pub(super) fn day(text: &str) -> Filled {
    let is_iso = text.len() == 10;
    let day = text.parse().ok().filter(|_| is_iso);
    day.map_or_else(|| Filled::Text(text.to_owned()), Filled::Day)
}

/// Every sheet of a model that has rows, and those no model can do without.
pub(super) fn contents(
    files: &BTreeMap<String, Vec<u8>>,
    model: Option<&Model>,
    told: Told,
) -> Vec<Content> {
    let mut found = all(files, model, told);
    found.retain(|content| !content.rows.is_empty() || is_always(content.sheet));
    found
}

/// Every sheet that offices use, empty ones too.
pub(super) fn contents_to_fill(
    files: &BTreeMap<String, Vec<u8>>,
    model: Option<&Model>,
    told: Told,
) -> Vec<Content> {
    let mut found = all(files, model, told);
    found.retain(|content| !content.rows.is_empty() || is_usual(content.sheet));
    found
}

fn all(files: &BTreeMap<String, Vec<u8>>, model: Option<&Model>, told: Told) -> Vec<Content> {
    let formats = Formats::of_model(files);
    let mut found = lists::contents(files, told);
    for sheet in sheets() {
        match sheet.holds {
            Holds::Table(file) => {
                let raw = RawTable::read(files, file, &[], &formats);
                let keep = |row: &&Vec<String>| file != ELIGIBILITY || !is_plain(&raw, row);
                let rows: Vec<&Vec<String>> = raw.rows.iter().filter(keep).collect();
                found.push(table(sheet, &raw, &rows, told));
            }
            Holds::Matrix => {
                let raw = RawTable::read(files, ELIGIBILITY, &[], &formats);
                let ids = |file, column: &str| {
                    let table = RawTable::read(files, file, &[], &formats);
                    let ids = table
                        .rows
                        .iter()
                        .map(|row| table.cell(row, column).to_owned());
                    ids.collect::<Vec<String>>()
                };
                let (actions, funds) = (ids("actions.csv", "action"), ids("funds.csv", "fund"));
                found.push(matrix(sheet, &raw, actions, funds, model, told));
            }
            Holds::Model | Holds::List(_) | Holds::Child(_) | Holds::Scenarios | Holds::Other => {}
        }
    }
    let rank = |content: &Content| sheets().position(|own| own.name == content.sheet.name);
    found.sort_by_key(rank);
    found
}

/// Sheets of a workbook to start from: all tables, and the lists most models have.
fn is_usual(sheet: &Sheet) -> bool {
    match sheet.holds {
        Holds::Model | Holds::Matrix | Holds::Table(_) | Holds::Scenarios => true,
        Holds::List(list) => {
            ["group", "need", "riparto", "rule", "match", "goal"].contains(&list.path)
        }
        Holds::Child(child) => ["rule", "riparto", "match"].contains(&child.of),
        Holds::Other => false,
    }
}

/// Sheets that are there even without rows.
fn is_always(sheet: &Sheet) -> bool {
    match sheet.holds {
        Holds::Model | Holds::Matrix => true,
        Holds::Table(file) => [
            "zones.csv",
            "funds.csv",
            "amounts.csv",
            "actions.csv",
            ELIGIBILITY,
            "needs.csv",
        ]
        .contains(&file),
        Holds::List(list) => list.path == "rule",
        Holds::Child(_) | Holds::Scenarios | Holds::Other => false,
    }
}

/// A row of eligibility that says no more than one fund and one action.
fn is_plain(raw: &RawTable, row: &[String]) -> bool {
    let single = |column: &str| {
        let text = raw.cell(row, column);
        !text.is_empty() && !text.contains(char::is_whitespace)
    };
    let others = raw.header().iter().zip(row);
    let mut others = others.filter(|(name, _)| !["fund", "action"].contains(&name.as_str()));
    single("fund") && single("action") && others.all(|(_, cell)| cell.is_empty())
}

/// A table: the columns of the sheet that the file has or that must be there, then the others.
fn table(sheet: &'static Sheet, raw: &RawTable, rows: &[&Vec<String>], told: Told) -> Content {
    let has = |name: &str| raw.header().iter().any(|own| own == name);
    let is_bare = raw.header().is_empty();
    let mut keys: Vec<(String, Head)> = Vec::new();
    for column in sheet.columns {
        let by_year = raw.header().iter().filter(|name| {
            column.key == UNIT_COST && name.starts_with(UNIT_COST) && *name != UNIT_COST
        });
        if has(column.key) || is_bare {
            keys.push((column.key.to_owned(), Head::of(column, told)));
        }
        for name in by_year {
            let year = name.rsplit('_').next().unwrap_or_default();
            let mut head = Head::of(column, told);
            head.name = format!("{} {year}", head.name);
            keys.push((name.clone(), head));
        }
    }
    let known: Vec<String> = keys.iter().map(|(key, _)| key.clone()).collect();
    for name in raw.header().iter().filter(|name| !known.contains(name)) {
        let all_numbers = rows.iter().all(|row| {
            let cell = raw.cell(row, name);
            cell.is_empty() || raw.number(row, name).is_some()
        });
        let head = Head {
            name: own_header(sheet, name),
            note: None,
            kind: if all_numbers {
                Kind::Number
            } else {
                Kind::Text
            },
        };
        // Free columns stand before source, confidence and note.
        let common = ["confidence", "source", "note"];
        let end = keys
            .iter()
            .position(|(key, _)| common.contains(&key.as_str()));
        keys.insert(end.unwrap_or(keys.len()), (name.clone(), head));
    }
    let fill = |row: &&Vec<String>| {
        let cells = keys
            .iter()
            .map(|(key, head)| filled(raw, row, key, head.kind, told));
        cells.collect()
    };
    Content {
        sheet,
        rows: rows.iter().map(fill).collect(),
        heads: keys.into_iter().map(|(_, head)| head).collect(),
    }
}

/// A cell of a table by what its column takes.
fn filled(raw: &RawTable, row: &[String], key: &str, kind: Kind, told: Told) -> Filled {
    let text = raw.cell(row, key);
    if text.is_empty() {
        return Filled::Blank;
    }
    let as_text = || Filled::Text(text.to_owned());
    let number = |value: Option<String>, look: Look| match value {
        Some(value) if is_decimal(&value) => Filled::Number(value, look),
        _ => as_text(),
    };
    match kind {
        Kind::Money => {
            let euro = raw.euro(row, key).map(|euro| exact_text(&euro.to_exact()));
            number(euro, Look::Money)
        }
        Kind::Units if text == "unlimited" => Filled::Text(match told.0 {
            Language::Italian => "illimitato".to_owned(),
            Language::English => text.to_owned(),
        }),
        Kind::Number | Kind::Units => number(
            raw.number(row, key).map(|value| exact_text(&value)),
            Look::Plain,
        ),
        Kind::Share if text.contains('/') => Filled::Text(told.decimal(&raw.with_point(text))),
        Kind::Pairs => {
            let each = text
                .split_whitespace()
                .map(|pair| match pair.rsplit_once(':') {
                    Some((id, weight)) => format!("{id}:{}", told.decimal(&raw.with_point(weight))),
                    None => pair.to_owned(),
                });
            Filled::Text(each.collect::<Vec<_>>().join(" "))
        }
        Kind::Share => number(
            raw.share(row, key).map(|value| exact_text(&value)),
            Look::Share,
        ),
        Kind::Year => year(text),
        Kind::Date => day(text),
        Kind::Word(words) => Filled::Text(told.word(text, words)),
        Kind::Words(words) => Filled::Text(told.words(text, words)),
        Kind::Id(_)
        | Kind::Ids
        | Kind::Text
        | Kind::Years
        | Kind::Whole
        | Kind::Levels
        | Kind::Formula => as_text(),
    }
}

fn matrix(
    sheet: &'static Sheet,
    raw: &RawTable,
    actions: Vec<String>,
    funds: Vec<String>,
    model: Option<&Model>,
    told: Told,
) -> Content {
    let plain: Vec<(&str, &str)> = raw
        .rows
        .iter()
        .filter(|row| is_plain(raw, row))
        .map(|row| (raw.cell(row, "fund"), raw.cell(row, "action")))
        .collect();
    let with_others = |mut ids: Vec<String>, others: &mut dyn Iterator<Item = &str>| {
        for other in others {
            if !ids.iter().any(|id| id == other) {
                ids.push(other.to_owned());
            }
        }
        ids
    };
    let funds = with_others(funds, &mut plain.iter().map(|(fund, _)| *fund));
    let actions = with_others(actions, &mut plain.iter().map(|(_, action)| *action));
    let opened: Vec<(&str, &str)> = model
        .iter()
        .flat_map(|model| {
            model.eligibility.iter().flat_map(|entry| {
                let fund = model.fund(entry.fund).id.as_str();
                let action = |idx| model.action(idx).id.as_str();
                entry.actions.iter().map(move |idx| (fund, action(*idx)))
            })
        })
        .collect();
    let mark = |fund: &str, action: &str| {
        if plain.contains(&(fund, action)) {
            Filled::Text(MARK.to_owned())
        } else if opened.contains(&(fund, action)) {
            Filled::Text(MARK_ELSEWHERE.to_owned())
        } else {
            Filled::Blank
        }
    };
    let mut heads: Vec<Head> = sheet
        .columns
        .iter()
        .map(|column| Head::of(column, told))
        .collect();
    heads.extend(funds.iter().map(|fund| Head {
        name: own_header(sheet, fund),
        note: None,
        kind: Kind::Text,
    }));
    let row = |action: &String| {
        let name = Filled::Text(action.clone());
        let marks = funds.iter().map(|fund| mark(fund, action));
        std::iter::once(name).chain(marks).collect()
    };
    Content {
        sheet,
        rows: actions.iter().map(row).collect(),
        heads,
    }
}
