//! What the annex shows, as the template reads it: texts and numbers already as people read them.

use serde::Serialize;

use super::super::document::{Column, Document, Kind, Section, Table, Topic};
use super::super::html::abridged;
use super::super::words::{Text, pdf as words};
use crate::model::Language;

/// The parts of a document that are attached to an act, in their order.
const PARTS: [Topic; 11] = [
    Topic::Summary,
    Topic::Riparto,
    Topic::Formula,
    Topic::Map,
    Topic::Coverage,
    Topic::Rules,
    Topic::Spending,
    Topic::Zone,
    Topic::Checks,
    Topic::Estimates,
    Topic::Reproduce,
];

/// Columns that fit on a sheet beside the ones that name the row.
const NUMBERS_ACROSS: usize = 7;

#[derive(Debug, Serialize)]
pub(super) struct Content {
    language: &'static str,
    title: String,
    subtitle: String,
    /// At the head of the sheets that follow the first.
    plan: String,
    heading: &'static str,
    words: Words,
    sections: Vec<Part>,
}

#[derive(Debug, Serialize)]
struct Words {
    page: &'static str,
    of: &'static str,
    made: String,
}

#[derive(Debug, Serialize)]
struct Part {
    title: String,
    notes: Vec<String>,
    tables: Vec<Sheet>,
}

/// A table, or as many of its columns as fit.
#[derive(Debug, Serialize)]
struct Sheet {
    title: String,
    notes: Vec<String>,
    columns: Vec<Heading>,
    rows: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Heading {
    title: String,
    /// Under the title: the acts that a fund's amounts rest on.
    act: String,
    number: bool,
    /// Parts of the room that numbers leave; zero for numbers.
    parts: u8,
    /// Width of numbers, in millimetres.
    width: u8,
}

#[derive(Debug, Serialize)]
struct Line {
    role: &'static str,
    cells: Vec<String>,
}

impl Content {
    pub(super) fn of(document: &Document) -> Self {
        let language = document.language;
        let say = |text: Text| text.say(language);
        let shown = abridged::sections(document);
        let sections = PARTS
            .iter()
            .flat_map(|&topic| shown.iter().filter(move |section| section.topic == topic))
            .map(|section| part(language, section))
            .filter(|part| !part.tables.is_empty() || !part.notes.is_empty())
            .collect();
        Self {
            language: match language {
                Language::Italian => "it",
                Language::English => "en",
            },
            title: words::TITLE.fill(language, &[("plan", &document.title)]),
            subtitle: document.subtitle.clone(),
            plan: document.title.clone(),
            heading: say(words::HEADING),
            words: Words {
                page: say(words::PAGE),
                of: say(words::OF),
                made: words::MADE.fill(
                    language,
                    &[("version", &document.version), ("hash", &document.hash)],
                ),
            },
            sections,
        }
    }
}

fn part(language: Language, section: &Section) -> Part {
    let tables = section.tables.iter();
    let tables = tables.filter(|table| table.on_paper && !table.rows.is_empty());
    Part {
        title: section.title.clone(),
        notes: section.notes.clone(),
        tables: tables.flat_map(|table| sheets(language, table)).collect(),
    }
}

/// A table as one sheet, or as several where it has more columns of numbers than fit: each then repeats what names the row.
fn sheets(language: Language, table: &Table) -> Vec<Sheet> {
    // Codes stand beside names, and are for a screen.
    let (paper, _) = table.reading();
    let is_number = |at: &usize| table.columns.get(*at).is_some_and(|of| of.kind.is_number());
    let (names, numbers): (Vec<usize>, Vec<usize>) =
        paper.iter().copied().partition(|at| !is_number(at));
    if numbers.len() <= NUMBERS_ACROSS {
        return vec![sheet(language, table, paper, "")];
    }
    let first = names.into_iter().take(1).collect::<Vec<_>>();
    let pieces = numbers.len().div_ceil(NUMBERS_ACROSS);
    let each = numbers.len().div_ceil(pieces);
    let slices = numbers.chunks(each).enumerate();
    slices
        .map(|(position, slice)| {
            let columns = first.iter().chain(slice).copied().collect();
            let which = words::SLICE.fill(
                language,
                &[
                    ("n", &(position + 1).to_string()),
                    ("of", &pieces.to_string()),
                ],
            );
            sheet(language, table, columns, &which)
        })
        .collect()
}

fn sheet(language: Language, table: &Table, columns: Vec<usize>, which: &str) -> Sheet {
    let heading = |column: &Column| Heading {
        title: column.title.clone(),
        // What a column of a fund means is the acts it rests on.
        act: match column.id.starts_with("fund:") {
            true => column.meaning.clone(),
            false => String::new(),
        },
        number: column.kind.is_number(),
        parts: match column.kind {
            Kind::Text | Kind::Law => 3,
            Kind::Code => 2,
            Kind::Year => 1,
            Kind::Euro | Kind::Share | Kind::Number | Kind::Count => 0,
        },
        width: match column.kind {
            Kind::Euro | Kind::Number => 26,
            _ => 17,
        },
    };
    let title = if which.is_empty() {
        table.title.clone()
    } else {
        format!("{} {which}", table.title)
    };
    Sheet {
        title,
        notes: table.notes.clone(),
        columns: columns
            .iter()
            .map(|&c| heading(&table.columns[c]))
            .collect(),
        rows: table
            .rows
            .iter()
            .map(|row| Line {
                role: row.role.word(),
                cells: columns
                    .iter()
                    .map(|&c| {
                        row.cells
                            .get(c)
                            .map_or_else(String::new, |cell| cell.shown(language))
                    })
                    .collect(),
            })
            .collect(),
    }
}
