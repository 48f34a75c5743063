//! The summary of a result on the terminal, for a budget officer, in Italian or English.

mod assumptions;
mod conflict;
mod funds;
mod layout;
mod needs;
mod proved;
mod rules;
mod whole;

use crate::model::{Language, Model};
use crate::proposal::Proposal;
use crate::report::number::{money, percent, share};
use crate::report::scenarios::SummaryScenario;
use crate::report::text::terminal_text;
use crate::report::totals::totals;
use crate::report::words::{scenario as scenario_words, summary as words};
pub use layout::{Align, Grid, entry, paragraph};

/// The widest a summary gets, in columns.
pub const WIDEST: u16 = 110;

/// A plan of no more funds is told in full.
const FEW_FUNDS: usize = 8;

/// How a summary is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Language of the words.
    pub language: Language,
    /// Columns at hand, at most [`WIDEST`].
    pub width: u16,
    /// Everything, however long; otherwise what matters first of a plan of many funds, about a screen.
    pub full: bool,
}

/// A summary: its first lines, then sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryText {
    /// Title of the model, or the bad news.
    pub title: String,
    /// Heading (empty for the lines under the title) and body of each section.
    pub sections: Vec<Section>,
}

/// A section of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Heading, without a colon.
    pub heading: String,
    /// Lines, each ended by `\n`.
    pub body: String,
}

impl SummaryText {
    /// The whole text; `heading` dresses title and headings (in bold, or not at all).
    #[must_use]
    pub fn text(&self, heading: impl Fn(&str) -> String) -> String {
        let mut text = format!("{}\n", heading(&self.title));
        for section in &self.sections {
            if !section.heading.is_empty() {
                text.push_str(&format!("\n{}\n", heading(&section.heading)));
            }
            text.push_str(&section.body);
        }
        text
    }
}

/// The summary of a proposal whose files are in `folder`.
#[must_use]
pub fn of_proposal(
    model: &Model,
    proposal: &Proposal,
    folder: &str,
    layout: Layout,
) -> SummaryText {
    let totals = totals(model, proposal);
    let mut sections = vec![opening(model, &totals, layout)];
    let layout = Layout {
        full: layout.full || model.funds.len() <= FEW_FUNDS,
        ..layout
    };
    sections.push(funds::funds(model, proposal, &totals, layout));
    sections.extend(funds::not_divided(model, layout));
    sections.extend(needs::coverage(model, &totals, layout));
    sections.push(needs::unmet(&totals, layout));
    sections.push(rules::binding(model, proposal, layout));
    sections.extend(rules::targets(model, proposal, layout));
    sections.push(funds::confidence(&totals, layout));
    sections.push(proved::proved(proposal, layout));
    sections.push(proved::pick(model, proposal, layout));
    sections.push(files(folder, layout));
    SummaryText {
        title: terminal_text(&model.title).into_owned(),
        sections,
    }
}

/// The same summary, with the scenarios named right under its opening.
#[must_use]
pub fn with_scenario_names(
    mut text: SummaryText,
    scenarios: &[SummaryScenario],
    layout: Layout,
) -> SummaryText {
    let language = layout.language;
    let lines = scenarios.iter().map(|scenario| {
        let values = [("id", scenario.id.as_str()), ("title", &scenario.title)];
        let line = scenario_words::SCENARIO.fill(language, &values);
        layout::paragraph(&terminal_text(&line), layout)
    });
    let section = Section {
        heading: scenario_words::SCENARIOS.say(language).to_owned(),
        body: lines.collect(),
    };
    text.sections.insert(text.sections.len().min(1), section);
    text
}

pub use assumptions::assumptions;
pub use conflict::of_infeasible;

fn opening(model: &Model, totals: &crate::report::totals::Totals, layout: Layout) -> Section {
    let language = layout.language;
    let spent = share(totals.all.used, totals.all.assigned).map(|part| {
        words::SPENT.fill(
            language,
            &[
                ("used", &money(language, totals.all.used)),
                ("assigned", &money(language, totals.all.assigned)),
                ("share", &percent(language, &part)),
            ],
        )
    });
    let mut text = plan_line(model, language);
    if let Some(spent) = spent {
        text.push(' ');
        text.push_str(&spent);
    }
    Section {
        heading: String::new(),
        body: layout::paragraph(&text, layout),
    }
}

fn plan_line(model: &Model, language: Language) -> String {
    let years = match model.years.as_slice() {
        [first, .., last] if model.years.len() > 2 => format!("{first}-{last}"),
        years => years
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", "),
    };
    words::PLAN_OF.fill(
        language,
        &[
            ("years", &years),
            ("funds", &words::N_FUNDS.say(language, model.funds.len())),
            (
                "actions",
                &words::N_ACTIONS.say(language, model.actions.len()),
            ),
            ("zones", &words::N_ZONES.say(language, model.zones.len())),
            ("needs", &words::N_NEEDS.say(language, model.demands.len())),
        ],
    )
}

fn files(folder: &str, layout: Layout) -> Section {
    let language = layout.language;
    let folder = terminal_text(folder);
    let dossier = words::FILE_DOSSIER.fill(language, &[("folder", &folder)]);
    let lines = [
        ("ledger.csv", words::FILE_LEDGER.say(language)),
        ("zones.csv", words::FILE_ZONES.say(language)),
        ("unmet.csv", words::FILE_UNMET.say(language)),
        ("rules.csv", words::FILE_RULES.say(language)),
        ("summary.json", words::FILE_SUMMARY.say(language)),
        ("dossier/", dossier.as_str()),
    ];
    let body = if layout.full {
        let line = |(file, what): &(&str, &str)| format!("  {file:<14}{what}\n");
        lines.iter().map(line).collect()
    } else {
        let names: Vec<&str> = lines.iter().map(|(file, _)| *file).collect();
        let more = words::ALL_WITH_V.say(language);
        format!(
            "{}{}",
            paragraph(&names.join(", "), layout),
            paragraph(more, layout)
        )
    };
    Section {
        heading: words::FILES.fill(language, &[("folder", &folder)]),
        body,
    }
}

#[cfg(test)]
mod tests;
