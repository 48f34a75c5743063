//! The sheet of what-ifs as scenario files, each line with its cell.

use std::path::Path;
use std::sync::Arc;

use super::layout::{Column, Holds, Kind, SCENARIOS, sheet_named};
use super::places::{CellAt, Places};
use super::rows::Rows;
use super::speak::unknown_word;
use super::text::{TextNumbers, percent, text_of};
use super::value::Value;
use super::{language_of, numbers_in, read_grids, values_of};
use crate::input::collect::Problems;
use crate::input::files::workbook_bytes;
use crate::input::template::push_quoted;
use crate::model::Language;
use crate::problem::{InvalidModel, Place, Problem, Shown, ValueProblem, WorkbookProblem};

/// A scenario of the sheet of what-ifs.
#[derive(Clone, Debug)]
pub struct SheetScenario {
    /// Its name.
    pub id: String,
    /// The file it stands for.
    pub text: String,
    places: Arc<Places>,
}

impl SheetScenario {
    /// The name of the file it stands for.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.toml", self.id)
    }

    /// Problems of that file at the cells they came from.
    #[must_use]
    pub fn at_cells(&self, invalid: InvalidModel) -> InvalidModel {
        let moved = |problem: Problem| {
            let place = self.places.of(problem.place());
            if place == *problem.place() {
                problem
            } else {
                Problem::in_workbook(place, problem.kind().clone())
            }
        };
        InvalidModel {
            problems: invalid.problems.into_iter().map(moved).collect(),
        }
    }
}

/// The scenarios in the sheet of what-ifs of a workbook; `None` where the path is no workbook or has no such sheet.
///
/// # Errors
/// Every problem of the sheet.
pub fn sheet_scenarios(path: &Path) -> Result<Option<Vec<SheetScenario>>, InvalidModel> {
    let Some(Ok(bytes)) = workbook_bytes(path) else {
        return Ok(None);
    };
    let wanted = |name: &str| {
        sheet_named(name)
            .is_some_and(|sheet| matches!(sheet.holds, Holds::Model | Holds::Scenarios))
    };
    // What is wrong with the workbook itself is told by the reader of the model.
    let Ok((grids, ..)) = read_grids(&bytes, wanted) else {
        return Ok(None);
    };
    let mut aside = Problems::default();
    let mut problems = Problems::default();
    let found: Vec<_> = grids
        .iter()
        .filter_map(|grid| Some((sheet_named(&grid.name)?, grid)))
        .collect();
    let book = language_of(&found);
    let rows_of = |is_model: bool, problems: &mut Problems| {
        let (sheet, grid) = found
            .iter()
            .find(|(sheet, _)| matches!(sheet.holds, Holds::Model) == is_model)?;
        Rows::read(sheet, grid, book, problems)
    };
    let model = rows_of(true, &mut aside);
    let entries = model
        .iter()
        .flat_map(|rows| values_of(rows, super::layout::ENTRIES));
    let numbers = numbers_in(&entries.collect::<Vec<_>>(), &mut aside);
    let Some(rows) = rows_of(false, &mut problems) else {
        return Ok(None);
    };
    let scenarios = read(&rows, numbers, book, &mut problems);
    problems.finish()?;
    Ok(Some(scenarios))
}

/// The scenario of a name.
///
/// # Errors
/// The name is not in the sheet.
pub fn scenario_named<'s>(
    name: &str,
    scenarios: &'s [SheetScenario],
) -> Result<&'s SheetScenario, InvalidModel> {
    scenarios
        .iter()
        .find(|scenario| scenario.id == name)
        .ok_or_else(|| {
            let names = || scenarios.iter().map(|scenario| scenario.id.as_str());
            let problem = WorkbookProblem::NoScenario {
                name: Shown::new(name),
                nearest: crate::problem::Nearest::of(name, names()),
                known: crate::problem::WordList::of(names()),
            };
            InvalidModel::from(Problem::new(Place::file(SCENARIOS.name.it), problem))
        })
}

/// A scenario being put together.
struct Draft {
    id: String,
    title: Option<String>,
    first: CellAt,
    /// Keys of each change with their cells.
    changes: Vec<(CellAt, Vec<(&'static str, String, CellAt)>)>,
}

/// The scenarios of the sheet; what is wrong with its cells is told.
pub(super) fn read(
    rows: &Rows<'_>,
    numbers: TextNumbers,
    book: Language,
    problems: &mut Problems,
) -> Vec<SheetScenario> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (row, cells) in &rows.rows {
        let before = problems.count();
        let first = rows.at(*row, cells.keys().next().copied().unwrap_or_default());
        let mut keys = Vec::new();
        let (mut id, mut title, mut how, mut value) = (None, None, None, None);
        for column in rows.sheet.columns {
            let Some(position) = rows.position(column.key) else {
                continue;
            };
            let Some(cell) = cells.get(&position) else {
                continue;
            };
            let at = rows.at(*row, position);
            let text = if column.key == "value" {
                value_text(&cell.value, numbers)
            } else {
                text_of(&cell.value, column.kind, numbers)
            };
            let Some(text) = problems.keep(&at.place(), text) else {
                continue;
            };
            if let Kind::Word(words) = column.kind
                && !words.iter().any(|word| word.key == text)
            {
                problems.push(at.place(), unknown_word(&text, words, book));
                continue;
            }
            match column.key {
                "id" => id = Some(text),
                "title" => title = Some(text),
                "how" => how = Some((text, at)),
                "value" => value = Some((text, at)),
                "note" => {}
                key => keys.push((key, toml_of(&text, column), at)),
            }
        }
        let lacks = |key: &str, problems: &mut Problems| {
            let name = rows
                .sheet
                .column(key)
                .map_or(key, |column| column.name.say(book));
            let column = Shown::new(name);
            problems.push(first.place(), WorkbookProblem::NoValue { column });
        };
        // One mistake, one problem: what follows from a cell that could not be read is not told.
        if problems.count() > before {
            continue;
        }
        match (how, value) {
            (Some((how, _)), None) if how == "rule_off" => {
                for key in &mut keys {
                    if key.0 == "rule" {
                        key.0 = "rule_off";
                    }
                }
                if !keys.iter().any(|(key, ..)| *key == "rule_off") {
                    lacks("rule", problems);
                }
            }
            (Some((how, _)), Some((_, at))) if how == "rule_off" => {
                problems.push(at.place(), WorkbookProblem::NoValueWanted);
            }
            (Some((how, _)), Some((text, at))) => {
                let verb = ["scale", "add", "set"]
                    .into_iter()
                    .find(|verb| *verb == how);
                keys.extend(verb.map(|verb| (verb, quoted(&text), at)));
                if !keys.iter().any(|(key, ..)| *key == "target") {
                    lacks("target", problems);
                }
            }
            (Some(_), None) => lacks("value", problems),
            (None, _) => lacks("how", problems),
        }
        let Some(id) = id else {
            problems.push(first.place(), ValueProblem::Empty);
            continue;
        };
        if problems.count() > before {
            continue;
        }
        let known = drafts.iter().position(|draft| draft.id == id);
        let position = known.unwrap_or_else(|| {
            drafts.push(Draft {
                id,
                title: None,
                first: first.clone(),
                changes: Vec::new(),
            });
            drafts.len().saturating_sub(1)
        });
        if let Some(draft) = drafts.get_mut(position) {
            draft.title = draft.title.take().or(title);
            draft.changes.push((first, keys));
        }
    }
    drafts.iter().map(|draft| written(draft, book)).collect()
}

/// A value as scenario files have it: a share of a percent cell, a day, a word, a number with a point.
fn value_text(value: &Value, numbers: TextNumbers) -> Result<String, crate::problem::ProblemKind> {
    match value {
        Value::Percent(number) => match number.strip_prefix('-') {
            Some(number) => Ok(format!("-{}", percent(number))),
            None => Ok(percent(number)),
        },
        Value::Day(day) => Ok(day.date.to_string()),
        Value::Number(number) => Ok(number.clone()),
        Value::Text(text) => {
            let wanted = super::layout::plain(text);
            let is = |word: &&super::layout::WordPair| {
                [word.name.it, word.name.en]
                    .iter()
                    .any(|name| super::layout::plain(name) == wanted)
            };
            match super::layout::SET_WORDS.iter().find(is) {
                Some(word) => Ok(word.key.to_owned()),
                None => match text.strip_suffix('%') {
                    Some(_) => text_of(value, Kind::Share, numbers),
                    None => text_of(value, Kind::Formula, numbers),
                },
            }
        }
        _ => text_of(value, Kind::Formula, numbers),
    }
}

fn toml_of(text: &str, column: &Column) -> String {
    match column.kind {
        Kind::Ids => list(text, quoted),
        Kind::Years => list(text, |year| match year.parse::<u16>() {
            Ok(_) => year.to_owned(),
            Err(_) => quoted(year),
        }),
        _ => quoted(text),
    }
}

fn list(text: &str, each: impl Fn(&str) -> String) -> String {
    let parts: Vec<String> = text.split_whitespace().map(each).collect();
    format!("[{}]", parts.join(", "))
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    push_quoted(text, &mut out);
    out
}

/// The file of a scenario, every line with its cell.
fn written(draft: &Draft, book: Language) -> SheetScenario {
    let file = format!("{}.toml", draft.id);
    let mut places = Places::new(book);
    places.sheet(&file, &draft.first.sheet);
    let mut text = String::new();
    let mut line: u32 = 0;
    let mut push = |written: &str, at: &CellAt| {
        line = line.saturating_add(1);
        places.cell(&file, line, at.clone());
        text.push_str(written);
        text.push('\n');
    };
    let title = draft.title.as_deref().unwrap_or(&draft.id);
    push("[scenario]", &draft.first);
    push("format = 1", &draft.first);
    push(&format!("id = {}", quoted(&draft.id)), &draft.first);
    push(&format!("title = {}", quoted(title)), &draft.first);
    for (first, keys) in &draft.changes {
        push("", first);
        push("[[change]]", first);
        for (key, value, at) in keys {
            push(&format!("{key} = {value}"), at);
        }
    }
    SheetScenario {
        id: draft.id.clone(),
        text,
        places: Arc::new(places),
    }
}
