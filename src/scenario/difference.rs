//! What a scenario changes, told in figures: each line has what it is about, before and after.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::CheckedAdd;
use toml_edit::{DocumentMut, TableLike};

use super::Files;
use super::columns::is_mark;
use super::ground::OWN_COLUMNS;
use super::toml_text as toml;
use crate::input::{Formats, RawTable};
use crate::model::Model;
use crate::units::{Euro, Exact, Year, exact_text};

/// What a line of a [`Difference`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A zone that appears or goes.
    Zone,
    /// A fund that appears or goes, or a cell of its row.
    Fund,
    /// Money of a fund in a year of the plan, in euro.
    Amount,
    /// A cell of the row of an action.
    Action,
    /// Need of an action over the plan, in euro.
    Need,
    /// Sum of an indicator over the zones, over its dated values too.
    Indicator,
    /// A rule or match that appears or goes, or a key of it.
    Rule,
    /// A key of another entry of `model.toml`.
    Entry,
    /// Number of rows of a table that were there and are there.
    Rows,
}

impl Topic {
    /// The word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Fund => "fund",
            Self::Amount => "amount",
            Self::Action => "action",
            Self::Need => "need",
            Self::Indicator => "indicator",
            Self::Rule => "rule",
            Self::Entry => "entry",
            Self::Rows => "rows",
        }
    }
}

/// One thing that is other than before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DifferenceLine {
    /// What it is about.
    pub topic: Topic,
    /// Which one: an id, a table, a list of `model.toml`.
    pub subject: String,
    /// Which part of it: a column or key.
    pub part: Option<String>,
    /// In which year.
    pub year: Option<Year>,
    /// What it was; nothing if it is new.
    pub before: Option<String>,
    /// What it is; nothing if it is gone.
    pub after: Option<String>,
}

/// Everything that is other than before, in the order of topics and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The lines.
    pub lines: Vec<DifferenceLine>,
}

type Texts = BTreeMap<(String, Option<String>, Option<Year>), String>;

impl Difference {
    fn compare(&mut self, topic: Topic, before: &Texts, after: &Texts) {
        let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let (old, new) = (before.get(key), after.get(key));
            if old != new {
                self.lines.push(DifferenceLine {
                    topic,
                    subject: key.0.clone(),
                    part: key.1.clone(),
                    year: key.2,
                    before: old.cloned(),
                    after: new.cloned(),
                });
            }
        }
    }
}

/// What the second model has otherwise than the first.
#[must_use]
pub fn difference(before: (&Model, &Files), after: (&Model, &Files)) -> Difference {
    let mut difference = Difference::default();
    let mut compare = |topic, of: &dyn Fn((&Model, &Files)) -> Texts| {
        difference.compare(topic, &of(before), &of(after));
    };
    compare(Topic::Zone, &|(model, _)| zones(model));
    compare(Topic::Fund, &|(_, files)| cells(files, "funds.csv", "fund"));
    compare(Topic::Amount, &|(model, _)| amounts(model));
    compare(Topic::Action, &|(_, files)| {
        cells(files, "actions.csv", "action")
    });
    compare(Topic::Need, &|(model, _)| needs(model));
    compare(Topic::Indicator, &|(_, files)| indicators(files));
    compare(Topic::Rule, &|(_, files)| {
        entries(files, &["rule", "match"])
    });
    let others = [
        "group",
        "need",
        "riparto",
        "income",
        "priority_cut",
        "gate",
        "claim",
        "flat_rate",
        "goal",
    ];
    compare(Topic::Entry, &|(_, files)| entries(files, &others));
    for name in [
        "eligibility.csv",
        "projects.csv",
        "agreements.csv",
        "previous.csv",
        "actuals.csv",
    ] {
        if before.1.get(name) != after.1.get(name) {
            let rows = |files: &Files| {
                let table = RawTable::of(files, name, &[]);
                (!table.rows.is_empty()).then(|| table.rows.len().to_string())
            };
            difference.lines.push(DifferenceLine {
                topic: Topic::Rows,
                subject: name.to_owned(),
                part: None,
                year: None,
                before: rows(before.1),
                after: rows(after.1),
            });
        }
    }
    difference
}

fn zones(model: &Model) -> Texts {
    let zones = model.zones.iter();
    zones
        .map(|zone| ((zone.id.clone(), None, None), zone.name.clone()))
        .collect()
}

fn amounts(model: &Model) -> Texts {
    let mut texts = Texts::new();
    for ((fund, year), of_year) in &model.money {
        let id = model.fund(*fund).id.clone();
        texts.insert((id, None, Some(*year)), of_year.total.to_string());
    }
    texts
}

/// Euro by action over the plan; a need without limit is told apart.
fn needs(model: &Model) -> Texts {
    let mut sums: BTreeMap<String, (i128, bool)> = BTreeMap::new();
    for demand in &model.demands {
        let (sum, unlimited) = sums
            .entry(model.action(demand.action).id.clone())
            .or_default();
        match demand.euro {
            Some(euro) => *sum = sum.saturating_add(i128::from(euro.cents())),
            None => *unlimited = true,
        }
    }
    let text = |(sum, unlimited): (i128, bool)| {
        let euro = i64::try_from(sum).map_or_else(
            |_| sum.to_string(),
            |cents| Euro::from_cents(cents).to_string(),
        );
        if unlimited {
            format!("{euro} + unlimited")
        } else {
            euro
        }
    };
    sums.into_iter()
        .map(|(action, sum)| ((action, None, None), text(sum)))
        .collect()
}

/// The cells of a table whose rows have an id.
fn cells(files: &Files, name: &str, id: &str) -> Texts {
    let table = RawTable::of(files, name, &[]);
    let mut texts = Texts::new();
    for row in &table.rows {
        let subject = table.cell(row, id).to_owned();
        texts.insert(
            (subject.clone(), None, None),
            table.cell(row, "name").to_owned(),
        );
        for column in table.header() {
            let cell = table.cell(row, column);
            if column != id && column != "name" && !cell.is_empty() {
                let key = (subject.clone(), Some(column.clone()), None);
                texts.insert(key, cell.to_owned());
            }
        }
    }
    texts
}

fn indicators(files: &Files) -> Texts {
    let formats = Formats::of_model(files);
    let zones = RawTable::read(files, "zones.csv", &[], &formats);
    let mut sums: BTreeMap<(String, Option<Year>), Exact> = BTreeMap::new();
    let mut add = |key: (String, Option<Year>), value: Exact| {
        let sum = sums.entry(key).or_default();
        *sum = sum.checked_add(&value).unwrap_or(*sum);
    };
    let free = zones
        .header()
        .iter()
        .filter(|column| !OWN_COLUMNS.contains(&column.as_str()) && !is_mark(column));
    for column in free {
        for row in &zones.rows {
            if let Some(value) = zones.number(row, column) {
                add((column.clone(), None), value);
            }
        }
    }
    let dated = RawTable::read(files, "indicators.csv", &[], &formats);
    for row in &dated.rows {
        if let Some(value) = dated.number(row, "value") {
            add(
                (
                    dated.cell(row, "indicator").to_owned(),
                    dated.year(row, "year"),
                ),
                value,
            );
        }
    }
    sums.into_iter()
        .map(|((name, year), sum)| ((name, None, year), exact_text(&sum)))
        .collect()
}

/// The keys of lists of `model.toml`, each entry by its id or by what it speaks of.
fn entries(files: &Files, lists: &[&str]) -> Texts {
    let mut texts = Texts::new();
    let text = files
        .get("model.toml")
        .map(|bytes| String::from_utf8_lossy(bytes));
    let text = text.unwrap_or_default();
    let document: DocumentMut = text
        .trim_start_matches('\u{feff}')
        .parse()
        .unwrap_or_default();
    for list in lists {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for table in toml::list(&document, list) {
            let name = name_of(list, table);
            let times = seen.entry(name.clone()).or_default();
            *times = times.saturating_add(1);
            let name = if *times > 1 {
                format!("{name} ({times})")
            } else {
                name
            };
            let title = toml::text(table, "title").unwrap_or_default();
            texts.insert((name.clone(), None, None), title);
            for (key, item) in table.iter() {
                if !["id", "title"].contains(&key) {
                    texts.insert((name.clone(), Some(key.to_owned()), None), shown(item));
                }
            }
        }
    }
    texts
}

fn name_of(list: &str, table: &dyn TableLike) -> String {
    if let Some(id) = toml::text(table, "id") {
        return id;
    }
    let name = ["fund", "action", "kind"]
        .iter()
        .find_map(|key| toml::names(table, key));
    let name = name.map(|names| names.join(" "));
    format!("{list} {}", name.unwrap_or_default())
        .trim_end()
        .to_owned()
}

/// A value without the blanks and comments around it.
fn shown(item: &toml_edit::Item) -> String {
    let Some(value) = item.as_value() else {
        return item
            .to_string()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
    };
    let text = toml::text_of(value);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
