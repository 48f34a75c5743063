//! Scenarios in a result: their files in the dossier, their names in the summary, and the difference they make in words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ReportError;
use super::dossier::{Files, complete};
use super::number::{Rounding, decimal, money};
use super::text::terminal_text;
use super::words::{Text, scenario as words};
use crate::model::Language;
use crate::scenario::{Difference, DifferenceLine, Scenario, Topic};
use crate::units::{Euro, parse_exact};

/// Lines shown for each topic.
const SHOWN_LINES: usize = 12;

/// Longest piece of an entry that a line repeats, in characters.
const SHOWN_CHARACTERS: usize = 70;

/// A scenario of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryScenario {
    /// Its code.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is in the dossier.
    pub file: String,
}

/// The scenarios a model was changed by, in order, each with its file as it was read.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The scenarios and their bytes.
    pub scenarios: Vec<(Scenario, Vec<u8>)>,
    /// Hash of the model before them, as in `manifest.json`.
    pub base_hash: String,
}

impl Applied {
    /// How a summary names them.
    #[must_use]
    pub fn told(&self) -> Vec<SummaryScenario> {
        let scenarios = (1..).zip(&self.scenarios);
        scenarios
            .map(|(number, (scenario, _))| SummaryScenario {
                id: scenario.id().to_owned(),
                title: scenario.title().to_owned(),
                file: file_name(number, &format!("{}.toml", scenario.id())),
            })
            .collect()
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for (number, (scenario, bytes)) in (1..).zip(&self.scenarios) {
            let own = file_name(number, &format!("{}.toml", scenario.id()));
            files.insert(format!("dossier/{own}"), bytes.clone());
            for (name, bytes) in scenario.beside() {
                files.insert(
                    format!("dossier/{}", file_name(number, name)),
                    bytes.clone(),
                );
            }
        }
        files
    }
}

fn file_name(number: usize, name: &str) -> String {
    format!("scenarios/{number:02}-{name}")
}

/// The same result with its scenarios: their files, and their names in the summary and the manifest.
///
/// # Errors
/// [`ReportError`] if a file cannot be written in memory.
pub fn with_scenarios(files: Files, applied: &Applied) -> Result<Files, ReportError> {
    let Files {
        mut files,
        mut summary,
    } = files;
    files.remove("dossier/manifest.json");
    files.extend(applied.files());
    summary.base = Some(applied.base_hash.clone());
    summary.scenarios = applied.told();
    let solver = summary.versions.solver.clone();
    complete(files, summary, &solver)
}

/// What scenarios change, in words; a few lines of each topic.
#[must_use]
pub fn difference_text(difference: &Difference, language: Language) -> String {
    let mut text = String::new();
    let topics = [
        (Topic::Zone, words::ZONES),
        (Topic::Fund, words::FUNDS),
        (Topic::Amount, words::AMOUNTS),
        (Topic::Action, words::ACTIONS),
        (Topic::Need, words::NEEDS),
        (Topic::Indicator, words::INDICATORS),
        (Topic::Rule, words::RULES),
        (Topic::Entry, words::ENTRIES),
        (Topic::Rows, words::ROWS),
    ];
    for (topic, heading) in topics {
        let lines = difference.lines.iter().filter(|line| line.topic == topic);
        // The cells of something new or gone are not told one by one.
        let whole: Vec<&str> = lines
            .clone()
            .filter(|line| line.part.is_none() && is_new_or_gone(line))
            .map(|line| line.subject.as_str())
            .collect();
        let told =
            |line: &&DifferenceLine| line.part.is_none() || !whole.contains(&line.subject.as_str());
        let lines: Vec<&DifferenceLine> = lines.filter(told).collect();
        if lines.is_empty() {
            continue;
        }
        text.push_str(&format!("{}\n", heading.say(language)));
        for line in lines.iter().take(SHOWN_LINES) {
            text.push_str(&format!("  {}\n", terminal_text(&sentence(line, language))));
        }
        let more = lines.len().saturating_sub(SHOWN_LINES);
        if more > 0 {
            text.push_str(&format!("  {}\n", words::MORE.say(language, more)));
        }
    }
    if text.is_empty() {
        text = format!("{}\n", words::NO_DIFFERENCE.say(language));
    }
    text
}

fn is_new_or_gone(line: &DifferenceLine) -> bool {
    line.before.is_none() || line.after.is_none()
}

fn sentence(line: &DifferenceLine, language: Language) -> String {
    let mut what = line.subject.clone();
    if let Some(part) = &line.part {
        what.push_str(&format!(" {part}"));
    }
    if let Some(year) = line.year {
        what.push_str(&format!(", {year}"));
    }
    // Two long texts are told from where they differ.
    let skip = match (&line.before, &line.after) {
        (Some(before), Some(after)) => common(before, after),
        _ => 0,
    };
    let shown = |text: &Option<String>| {
        let text = text.as_ref();
        text.map(|text| value(text, skip, line.topic, language))
    };
    let (before, after) = (shown(&line.before), shown(&line.after));
    let template: Text = match (before.as_deref(), after.as_deref()) {
        (Some(before), Some(after)) if before == after => words::OTHER_TEXT,
        (Some(_), Some(_)) => words::CHANGED,
        (None, Some("") | None) => words::APPEARS_BARE,
        (None, Some(_)) => words::APPEARS,
        (Some(""), None) => words::GONE_BARE,
        (Some(_), None) => words::GONE,
    };
    let values = [
        ("what", what.as_str()),
        ("before", before.as_deref().unwrap_or_default()),
        ("after", after.as_deref().unwrap_or_default()),
    ];
    template.fill(language, &values)
}

/// How many characters two texts begin with in common, when one of them is too long to be shown; a few are kept to know them by.
fn common(before: &str, after: &str) -> usize {
    const KEPT: usize = 12;
    let is_long = |text: &str| text.chars().count() > SHOWN_CHARACTERS;
    if !is_long(before) && !is_long(after) {
        return 0;
    }
    let same = before.chars().zip(after.chars());
    same.take_while(|(a, b)| a == b)
        .count()
        .saturating_sub(KEPT)
}

fn value(text: &str, skip: usize, topic: Topic, language: Language) -> String {
    if topic == Topic::Indicator
        && let Some(number) = parse_exact(text)
    {
        return decimal(language, &number, 6, Rounding::HalfUp);
    }
    if matches!(topic, Topic::Amount | Topic::Need) {
        let (euro, rest) = text.split_once(' ').unwrap_or((text, ""));
        if let Some(euro) = Euro::parse(euro) {
            let euro = money(language, i128::from(euro.cents()));
            return if rest.is_empty() {
                euro
            } else {
                words::UNLIMITED.fill(language, &[("euro", &euro)])
            };
        }
    }
    let before = if skip > 0 { "…" } else { "" };
    let rest: String = text.chars().skip(skip).take(SHOWN_CHARACTERS).collect();
    let is_cut = text.chars().count() > skip.saturating_add(SHOWN_CHARACTERS);
    format!("{before}{rest}{}", if is_cut { "…" } else { "" })
}
