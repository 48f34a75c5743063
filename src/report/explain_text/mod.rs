//! An explanation on the terminal, for a budget officer, in Italian or English.

mod breaks;
mod changes;
mod funds;
mod goals;
mod laws;
mod places;
mod risk;
mod rules;
mod trace;

use crate::explain::Explanation;
use crate::model::Model;
use crate::report::conflict_text::conflict_text;
use crate::report::summary_text::{Layout, Section, SummaryText, paragraph};
use crate::report::text::terminal_text;
use crate::report::words::explain as words;

pub use changes::{Told, goal_name, told};
pub use funds::sentence as fund_sentence;
pub use laws::sentence as law_sentence;
pub use places::sentence as obstacle_sentence;
pub use risk::sentences as risk_sentences;

/// How much is told of a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The most telling.
    Best,
    /// All that was asked.
    All,
}

/// The explanation in words: a section for each thing that was asked. `at_risk` says that money at risk was, even where there is none.
#[must_use]
pub fn of_explanation(
    model: &Model,
    of: &Explanation,
    (shown, at_risk): (Shown, bool),
    layout: Layout,
) -> SummaryText {
    let language = layout.language;
    let title = words::TITLE.fill(language, &[("title", &terminal_text(&model.title))]);
    let mut sections = Vec::new();
    let opening = if of.whole_fixed {
        paragraph(words::WHOLE_FIXED.say(language), layout)
    } else {
        String::new()
    };
    sections.push(Section {
        heading: String::new(),
        body: opening,
    });
    sections.extend(laws::section(model, of, shown, layout));
    sections.extend(goals::section(of, layout));
    sections.extend(of.shapley.as_ref().map(|of| laws::shapley(of, layout)));
    sections.extend(funds::sections(model, of, shown, layout));
    sections.extend(rules::section(model, of, layout));
    for points in &of.breakpoints {
        sections.push(breaks::section(model, points, layout));
    }
    if at_risk || !of.risks.is_empty() {
        sections.push(risk::section(model, of, layout));
    }
    sections.extend(places::worst(model, of, layout));
    let why_not = of.why_not.iter();
    sections.extend(why_not.map(|of| places::why_not(model, of, layout)));
    let traces = of.traces.iter();
    sections.extend(traces.map(|of| trace::section(model, of, layout)));
    let conflict = of.conflict.iter();
    sections.extend(conflict.flat_map(|of| conflict_text(model, of, layout)));
    SummaryText { title, sections }
}
