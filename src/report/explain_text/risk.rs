//! Money at risk, in words.

use super::changes::told;
use crate::explain::{Cell, Explanation, Rescue, Risk};
use crate::model::{Language, Model};
use crate::report::number::money as of_cents;
use crate::report::summary_text::{Layout, Section, entry, paragraph};
use crate::report::text::terminal_text;
use crate::report::words::explain as words;
use crate::units::Euro;

/// How many rescues are told of each fund.
const THREE: usize = 3;

pub(super) fn section(model: &Model, of: &Explanation, layout: Layout) -> Section {
    let language = layout.language;
    let mut body = String::new();
    if of.risks.is_empty() {
        body.push_str(&paragraph(words::RISK_NONE.say(language), layout));
    }
    for risk in &of.risks {
        let sentences = sentences(model, risk, language).join(" ");
        body.push_str(&entry("-", &terminal_text(&sentences), layout));
    }
    Section {
        heading: words::RISK.say(language).to_owned(),
        body,
    }
}

/// What a fund loses, what keeps it, and what a year more brings.
#[must_use]
pub fn sentences(model: &Model, risk: &Risk, language: Language) -> Vec<String> {
    let years: Vec<String> = risk
        .years
        .iter()
        .map(|(year, lost)| {
            let values = [("lost", money(*lost, language)), ("year", year.to_string())];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            words::RISK_YEAR.fill(language, &values)
        })
        .collect();
    let (lost, years) = (money(risk.lost, language), years.join(", "));
    let fund = model.fund(risk.fund).name.as_str();
    let values = [("fund", fund), ("lost", lost.as_str()), ("years", &years)];
    let mut sentences = vec![words::RISK_LOSES.fill(language, &values)];
    for rescued in risk.rescues.iter().take(THREE) {
        let (keeps, change) = (
            money(rescued.keeps, language),
            rescue(model, &rescued.rescue, language),
        );
        let values = [("keeps", keeps.as_str()), ("change", change.as_str())];
        sentences.push(words::KEEPS.fill(language, &values));
    }
    if risk.rescues.is_empty() {
        sentences.push(words::RISK_NO_RESCUE.say(language).to_owned());
    }
    let extra = told(&risk.extra_year, language);
    sentences.push(if extra.better.is_empty() {
        words::EXTRA_YEAR_NOTHING.say(language).to_owned()
    } else {
        words::EXTRA_YEAR.fill(language, &[("what", &extra.better)])
    });
    sentences
}

fn rescue(model: &Model, rescue: &Rescue, language: Language) -> String {
    let action = |place: &Cell| {
        place
            .action
            .map_or_else(String::new, |action| model.action(action).name.clone())
    };
    match rescue {
        Rescue::Need { place, need } => {
            let (action, need) = (action(place), money(*need, language));
            words::RESCUE_NEED.fill(language, &[("action", &action), ("need", &need)])
        }
        Rescue::Eligibility { place, unmet } => {
            let (action, unmet) = (action(place), money(*unmet, language));
            words::RESCUE_ELIGIBILITY.fill(language, &[("action", &action), ("unmet", &unmet)])
        }
        Rescue::Deadline => words::RESCUE_DEADLINE.say(language).to_owned(),
        Rescue::CarryOver => words::RESCUE_CARRY.say(language).to_owned(),
        Rescue::Rule { title, law, .. } => {
            words::RESCUE_RULE.fill(language, &[("title", title), ("law", law)])
        }
    }
}

fn money(euro: Euro, language: Language) -> String {
    of_cents(language, i128::from(euro.cents()))
}
