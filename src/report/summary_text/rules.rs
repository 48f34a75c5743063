//! The rules that bind, and the targets.

use super::layout::{Align, Grid, paragraph};
use super::{Layout, Section};
use crate::model::{Language, Model, Relation};
use crate::proposal::{Proposal, RuleLine, RuleStatus};
use crate::report::number::{Rounding, cents, count, decimal, money};
use crate::report::words::{Text, summary as words};
use crate::units::{Exact, exact_text};

/// How many binding rules, and how many targets, are shown.
const SHOWN: usize = 10;

pub(super) fn binding(model: &Model, proposal: &Proposal, layout: Layout) -> Section {
    let language = layout.language;
    let say = |text: Text| text.say(language);
    let mut lines: Vec<&RuleLine> = proposal
        .rules
        .iter()
        .filter(|line| line.strength.is_hard() && line.status == RuleStatus::Binding)
        .collect();
    // Euro before units, the largest first; among equals the order of the model.
    lines.sort_by(|a, b| (b.unit == "euro").cmp(&(a.unit == "euro")).then(b.bound.cmp(&a.bound)));
    let mut body = if lines.is_empty() {
        paragraph(say(words::BINDING_NONE), layout)
    } else {
        let columns = [
            (say(words::RULE), Align::Left),
            (say(words::WHERE), Align::Left),
            (say(words::LIMIT), Align::Right),
            (say(words::LAW), Align::Left),
        ];
        let mut grid = Grid::new(layout, &columns);
        for line in lines.iter().take(SHOWN) {
            grid.row([&line.title, &place(model, line), &limit(line, language), &line.law]);
        }
        grid.text()
    };
    if lines.len() > SHOWN {
        body.push_str(&paragraph(&words::MORE_BINDING.say(language, lines.len() - SHOWN), layout));
    }
    let waived = proposal.rules.iter().filter(|line| line.status == RuleStatus::Waived).count();
    if waived > 0 {
        body.push_str(&paragraph(&words::WAIVED.say(language, waived), layout));
    }
    Section {
        heading: say(words::BINDING).to_owned(),
        body,
    }
}

pub(super) fn targets(model: &Model, proposal: &Proposal, layout: Layout) -> Option<Section> {
    let language = layout.language;
    let say = |text: Text| text.say(language);
    let lines: Vec<&RuleLine> = proposal
        .rules
        .iter()
        .filter(|line| !line.strength.is_hard() && line.status != RuleStatus::Waived)
        .collect();
    if lines.is_empty() {
        return None;
    }
    let mut short: Vec<&RuleLine> = lines.iter().copied().filter(|line| line.status == RuleStatus::Short).collect();
    short.sort_by_key(|line| (line.strength, std::cmp::Reverse(missing(line))));
    let met = lines.len() - short.len();
    let mut body = paragraph(
        &words::TARGETS_MET.fill(
            language,
            &[("met", &count(language, met)), ("all", &count(language, lines.len()))],
        ),
        layout,
    );
    if !short.is_empty() {
        let columns = [
            (say(words::TARGET), Align::Left),
            (say(words::WHERE), Align::Left),
            (say(words::ASKED), Align::Right),
            (say(words::REACHED), Align::Right),
            (say(words::SHORT_BY), Align::Right),
        ];
        let mut grid = Grid::new(layout, &columns);
        for line in short.iter().take(SHOWN) {
            grid.row([
                &line.title,
                &place(model, line),
                &limit(line, language),
                &quantity(line, &line.value, language),
                &quantity(line, &missing(line), language),
            ]);
        }
        body.push_str(&grid.text());
    }
    if short.len() > SHOWN {
        body.push_str(&paragraph(&words::MORE_BINDING.say(language, short.len() - SHOWN), layout));
    }
    Some(Section {
        heading: say(words::TARGETS).to_owned(),
        body,
    })
}

/// By how much a rule falls short, not negative.
fn missing(line: &RuleLine) -> Exact {
    if line.slack < Exact::from_integer(0) { -line.slack } else { line.slack }
}

/// Fund, action, zone and year of an instance, as far as it has them.
fn place(model: &Model, line: &RuleLine) -> String {
    let parts = [
        line.fund.map(|fund| model.fund(fund).id.clone()),
        line.action.map(|action| model.action(action).id.clone()),
        line.zone.map(|zone| model.zone(zone).name.clone()),
        line.year.map(|year| year.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn limit(line: &RuleLine, language: Language) -> String {
    let text = match line.relation {
        Relation::AtLeast => words::AT_LEAST,
        Relation::AtMost => words::AT_MOST,
        Relation::Below => words::BELOW,
        Relation::Equal => words::EQUAL,
    };
    text.fill(language, &[("bound", &quantity(line, &line.bound, language))])
}

fn quantity(line: &RuleLine, value: &Exact, language: Language) -> String {
    if line.unit == "euro" {
        match cents(value, Rounding::HalfUp) {
            Some(cents) => money(language, cents),
            None => exact_text(value),
        }
    } else {
        let number = decimal(language, value, 2, Rounding::HalfUp);
        words::IN_UNITS.fill(language, &[("number", &number)])
    }
}
