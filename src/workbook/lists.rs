//! `model.toml` as rows: one entry per row, what hangs on it in sheets of its own, and what has no column in the last sheet.

use std::collections::BTreeMap;

use super::content::{Content, Filled, Head, Look, Told, day, is_decimal, year};
use crate::input::workbook::layout::{
    Child, ChildForm, Column, DIALECT, ENTRIES, Holds, Kind, List, Sheet, sheets,
};
use crate::input::workbook::numbered;
use crate::input::{Template, keys_of_text};
use crate::model::Language;
use crate::units::{exact_text, parse_exact};

type Table = Vec<(String, Template)>;

/// Relations of a rule, as keys.
const RELATIONS: [&str; 7] = [
    "at_least", "at_most", "below", "equal", "within", "excludes", "requires",
];
/// What a rule may measure.
const MEASURES: [&str; 4] = ["euro", "units", "active_zones", "projects"];

/// Every sheet that comes from `model.toml`.
pub(super) fn contents(files: &BTreeMap<String, Vec<u8>>, told: Told) -> Vec<Content> {
    let bytes = files.get("model.toml").map_or(&[][..], Vec::as_slice);
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let mut file = keys_of_text(text).unwrap_or_default();
    // How the files were written is no part of the model.
    file.retain(|(key, _)| key != "files");
    let mut found = Vec::new();
    let mut others: Vec<(String, Template)> = Vec::new();
    for sheet in sheets() {
        match sheet.holds {
            Holds::Model => found.push(model(sheet, &mut file, told)),
            Holds::List(list) => {
                found.extend(list_sheets(sheet, list, &mut file, &mut others, told))
            }
            Holds::Scenarios => found.push(Content {
                sheet,
                heads: heads(sheet, told),
                rows: Vec::new(),
            }),
            Holds::Table(_) | Holds::Matrix | Holds::Child(_) | Holds::Other => {}
        }
    }
    for (key, value) in file {
        left(&key, value, &mut others);
    }
    if let Some(sheet) = sheets().find(|sheet| matches!(sheet.holds, Holds::Other)) {
        found.push(other(sheet, &others, told));
    }
    found
}

fn model(sheet: &'static Sheet, file: &mut Table, told: Told) -> Content {
    let mut rows = Vec::new();
    for entry in ENTRIES {
        let value = if entry.key == DIALECT {
            let words = match entry.kind {
                Kind::Word(words) => words,
                _ => &[],
            };
            let own = match told.0 {
                Language::Italian => "it",
                Language::English => "en",
            };
            Some(Filled::Text(told.word(own, words)))
        } else {
            take(file, entry.key, |value| cell(value, entry.kind, told))
        };
        if let Some(value) = value {
            let name = Filled::Text(entry.name.say(told.0).to_owned());
            let note = Filled::Text(entry.note.say(told.0).to_owned());
            rows.push(vec![name, value, note]);
        }
    }
    Content {
        sheet,
        heads: heads(sheet, told),
        rows,
    }
}

fn other(sheet: &'static Sheet, others: &[(String, Template)], told: Told) -> Content {
    let row = |(path, value): &(String, Template)| {
        let mut text = String::new();
        value.push_to(None, &mut text);
        vec![Filled::Text(path.clone()), Filled::Text(text)]
    };
    Content {
        sheet,
        heads: heads(sheet, told),
        rows: others.iter().map(row).collect(),
    }
}

fn heads(sheet: &'static Sheet, told: Told) -> Vec<Head> {
    sheet
        .columns
        .iter()
        .map(|column| Head::of(column, told))
        .collect()
}

/// The sheet of a list and the sheets of what hangs on its rows.
fn list_sheets(
    sheet: &'static Sheet,
    list: List,
    file: &mut Table,
    others: &mut Vec<(String, Template)>,
    told: Told,
) -> Vec<Content> {
    let position = file.iter().position(|(key, value)| {
        let all_tables = |list: &[Template]| list.iter().all(|e| matches!(e, Template::Table(_)));
        key == list.path && matches!(value, Template::List(entries) if all_tables(entries))
    });
    let entries = match position.map(|position| file.remove(position).1) {
        Some(Template::List(entries)) => entries,
        _ => Vec::new(),
    };
    let mut children: Vec<(Child, Content)> = sheets()
        .filter_map(|sheet| match sheet.holds {
            Holds::Child(child) if child.of == list.path => {
                let content = Content {
                    sheet,
                    heads: heads(sheet, told),
                    rows: Vec::new(),
                };
                Some((child, content))
            }
            _ => None,
        })
        .collect();
    let by = sheet.column(list.by);
    let mut names: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for entry in entries {
        let Template::Table(mut entry) = entry else {
            continue;
        };
        let relation = if list.path == "rule" {
            friendly(&mut entry)
        } else {
            None
        };
        // As other sheets name it: a word in the language of the sheet.
        let name = by
            .and_then(|by| text_at(&entry, by, told))
            .unwrap_or_default();
        let same = names.iter().filter(|own| **own == name).count();
        names.push(name.clone());
        let name = numbered(name, same);
        let key = by.and_then(|by| key_at(&entry, by.key)).unwrap_or_default();
        let key = numbered(key, same);
        for (child, content) in &mut children {
            hang(*child, content, &name, &mut entry, told);
        }
        let cells = sheet.columns.iter().map(|column| {
            let found = take(&mut entry, column.key, |value| {
                cell(value, column.kind, told)
            });
            found.unwrap_or(Filled::Blank)
        });
        rows.push(cells.collect::<Vec<Filled>>());
        for (rest, value) in entry {
            let rest = match (&relation, rest.as_str()) {
                (Some(relation), "bound") => relation.clone(),
                _ => rest,
            };
            left(&format!("{}[{key}].{rest}", list.path), value, others);
        }
    }
    let own = Content {
        sheet,
        heads: heads(sheet, told),
        rows,
    };
    std::iter::once(own)
        .chain(children.into_iter().map(|(_, content)| content))
        .collect()
}

/// What is left of an entry, value by value.
fn left(path: &str, value: Template, others: &mut Vec<(String, Template)>) {
    match value {
        Template::Table(keys) => {
            for (key, value) in keys {
                left(&format!("{path}.{key}"), value, others);
            }
        }
        value => others.push((path.to_owned(), value)),
    }
}

/// Takes the value at a path if it becomes a cell; what cannot stays.
fn take<T>(table: &mut Table, path: &str, make: impl FnOnce(&Template) -> Option<T>) -> Option<T> {
    let (key, rest) = path
        .split_once('.')
        .map_or((path, None), |(key, rest)| (key, Some(rest)));
    let position = table.iter().position(|(own, _)| own == key)?;
    let value = &mut table.get_mut(position)?.1;
    let made = match (rest, value) {
        (None, value) => make(value)?,
        (Some(rest), Template::Table(inside)) => {
            let made = take(inside, rest, make)?;
            if !inside.is_empty() {
                return Some(made);
            }
            made
        }
        (Some(_), _) => return None,
    };
    table.remove(position);
    Some(made)
}

fn text_at(entry: &Table, by: &Column, told: Told) -> Option<String> {
    let (_, value) = entry.iter().find(|(key, _)| key == by.key)?;
    match cell(value, by.kind, told)? {
        Filled::Text(text) | Filled::Number(text, _) => Some(text),
        Filled::Blank | Filled::Day(_) => None,
    }
}

fn key_at(entry: &Table, key: &str) -> Option<String> {
    let (_, value) = entry.iter().find(|(own, _)| own == key)?;
    texts(value).map(|texts| texts.join(" "))
}

/// Moves what hangs on an entry into its own sheet, if all of it fits there.
fn hang(child: Child, content: &mut Content, name: &str, entry: &mut Table, told: Told) {
    let columns = content.sheet.columns;
    for part in child.parts {
        let word = part.rsplit('.').next().unwrap_or_default();
        let lead = |column: &Column| match (column.key, column.kind) {
            ("of", _) => Some(Filled::Text(name.to_owned())),
            ("part", Kind::Word(words)) => Some(Filled::Text(told.word(word, words))),
            _ => None,
        };
        let rows = take(entry, part, |value| {
            let elements: Vec<Table> = match (child.form, value) {
                (ChildForm::Tables, Template::List(list)) => {
                    let table = |element: &Template| match element {
                        Template::Table(keys) => Some(keys.clone()),
                        _ => None,
                    };
                    list.iter().map(table).collect::<Option<_>>()?
                }
                (ChildForm::Pairs, Template::List(list)) => {
                    let pair = |element: &Template| match element {
                        Template::List(pair) => match pair.as_slice() {
                            [key, value] => Some(vec![
                                ("key".to_owned(), key.clone()),
                                ("value".to_owned(), value.clone()),
                            ]),
                            _ => None,
                        },
                        _ => None,
                    };
                    list.iter().map(pair).collect::<Option<_>>()?
                }
                (ChildForm::Keyed, Template::Table(keys)) => {
                    let row = |(key, value): &(String, Template)| {
                        vec![
                            ("key".to_owned(), Template::Text(key.clone())),
                            ("value".to_owned(), value.clone()),
                        ]
                    };
                    keys.iter().map(row).collect()
                }
                _ => return None,
            };
            if elements.is_empty() {
                return None;
            }
            let row = |mut element: Table| {
                let cells: Vec<Filled> = columns
                    .iter()
                    .map(|column| {
                        lead(column).unwrap_or_else(|| {
                            let found =
                                take(&mut element, column.key, |v| cell(v, column.kind, told));
                            found.unwrap_or(Filled::Blank)
                        })
                    })
                    .collect();
                element.is_empty().then_some(cells)
            };
            elements.into_iter().map(row).collect::<Option<Vec<_>>>()
        });
        content.rows.extend(rows.unwrap_or_default());
    }
}

/// A rule as a row has it: the measure and the relation are words. Gives the relation.
fn friendly(rule: &mut Table) -> Option<String> {
    if let Some((_, Template::Table(measure))) = rule.iter_mut().find(|(key, _)| key == "measure") {
        let is_true = |value: &Template| matches!(value, Template::Bare(text) if text == "true");
        let flags: Vec<&str> = MEASURES
            .into_iter()
            .filter(|what| measure.iter().any(|(key, _)| key == what))
            .collect();
        if let [what] = flags.as_slice()
            && measure
                .iter()
                .any(|(key, value)| key == what && is_true(value))
        {
            measure.retain(|(key, _)| key != what);
            measure.push(("what".to_owned(), Template::Text((*what).to_owned())));
        }
    }
    let what = rule.iter().find_map(|(key, value)| match value {
        Template::Table(keys) if key == "measure" => {
            let what = keys.iter().find(|(key, _)| key == "what");
            what.and_then(|(_, value)| texts(value))
                .and_then(|texts| texts.first().cloned())
        }
        _ => None,
    });
    let given: Vec<usize> = (0_usize..)
        .zip(rule.iter())
        .filter(|(_, (key, value))| {
            RELATIONS.contains(&key.as_str()) && matches!(value, Template::Table(_))
        })
        .map(|(position, _)| position)
        .collect();
    let [position] = given.as_slice() else {
        return None;
    };
    let (relation, bound) = rule.remove(*position);
    let Template::Table(mut bound) = bound else {
        return None;
    };
    let own = match what.as_deref() {
        Some("units") => "units",
        Some("active_zones" | "projects") => "count",
        _ => "euro",
    };
    for (key, _) in &mut bound {
        if key == own {
            "limit".clone_into(key);
        }
    }
    rule.push(("relation".to_owned(), Template::Text(relation.clone())));
    rule.push(("bound".to_owned(), Template::Table(bound)));
    Some(relation)
}

/// The texts of a value: one, or a list.
fn texts(value: &Template) -> Option<Vec<String>> {
    let single = |value: &Template| match value {
        Template::Text(text) | Template::Bare(text) => Some(text.clone()),
        Template::List(_) | Template::Table(_) => None,
    };
    match value {
        Template::List(list) => list.iter().map(single).collect(),
        value => single(value).map(|text| vec![text]),
    }
}

/// A value as a cell of some kind of column; `None` where no cell says it.
fn cell(value: &Template, kind: Kind, told: Told) -> Option<Filled> {
    let texts = texts(value)?;
    if let Kind::Ids | Kind::Years | Kind::Words(_) = kind {
        let splits = |text: &String| {
            text.is_empty() || text.contains(|c: char| c.is_whitespace() || c == ',' || c == ';')
        };
        if texts.is_empty() || texts.iter().any(splits) {
            return None;
        }
        let joined = texts.join(" ");
        return Some(match kind {
            Kind::Words(words) => Filled::Text(told.words(&joined, words)),
            Kind::Years => year(&joined),
            _ => Filled::Text(joined),
        });
    }
    let (Template::Text(text) | Template::Bare(text)) = value else {
        return None;
    };
    // Blanks around a text, and a text without anything, would not come back.
    if text.trim() != text || text.is_empty() || text.contains('\r') {
        return None;
    }
    let number = |look: Look| {
        let plain = parse_exact(text).map(|value| exact_text(&value));
        match plain {
            Some(plain) if is_decimal(&plain) && !text.contains('/') => Filled::Number(plain, look),
            _ => Filled::Text(text.clone()),
        }
    };
    Some(match kind {
        Kind::Money => number(Look::Money),
        Kind::Share => number(Look::Share),
        Kind::Number | Kind::Units => number(Look::Plain),
        Kind::Formula if is_decimal(text) => number(Look::Plain),
        Kind::Whole | Kind::Levels if is_decimal(text) => number(Look::Plain),
        Kind::Levels if text == "all" => Filled::Text(match told.0 {
            Language::Italian => "tutti".to_owned(),
            Language::English => text.clone(),
        }),
        Kind::Year => year(text),
        Kind::Date => day(text),
        Kind::Word(words) => Filled::Text(told.word(text, words)),
        _ => Filled::Text(text.clone()),
    })
}
