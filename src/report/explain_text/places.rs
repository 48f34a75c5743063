//! The worst-served zones, and why a place gets nothing or not more.

use num_traits::One;

use super::changes::{goal_name, per_euro};
use crate::explain::{Cell, Explanation, Forced, GoalKey, Obstacle, Reason, WhyNot};
use crate::model::{Language, Model, Pick};
use crate::report::conflict_text::place_text;
use crate::report::number::{Rounding, cents, money, percent, share};
use crate::report::summary_text::{Layout, Section, entry, paragraph};
use crate::report::text::terminal_text;
use crate::report::words::{Text, explain_places as words};
use crate::units::{Euro, Exact};

pub(super) fn euro_text(euro: Euro, language: Language) -> String {
    money(language, i128::from(euro.cents()))
}

pub(super) fn exact_euro(euro: &Exact, language: Language) -> String {
    money(language, cents(euro, Rounding::HalfUp).unwrap_or_default())
}

/// The worst-served zones, a paragraph each.
pub(super) fn worst(model: &Model, of: &Explanation, layout: Layout) -> Option<Section> {
    let language = layout.language;
    let zone = |zone: &crate::explain::WorstZone| {
        let covered = i128::from(zone.covered.cents());
        let part = share(covered, i128::from(zone.need.cents()))?;
        let values = [
            ("zone", model.zone(zone.zone).name.clone()),
            ("share", percent(language, &part)),
            ("covered", euro_text(zone.covered, language)),
            ("need", euro_text(zone.need, language)),
        ];
        let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
        let mut text = words::WORST_ZONE.fill(language, &values);
        for (reason, euro) in &zone.reasons {
            let values = [
                ("euro", euro_text(*euro, language)),
                ("reason", words::because(*reason).say(language).to_owned()),
            ];
            let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
            text.push(' ');
            text.push_str(&words::WORST_REASON.fill(language, &values));
        }
        if let Some((action, euro)) = zone.action {
            let euro = euro_text(euro, language);
            let values = [
                ("action", model.action(action).name.as_str()),
                ("euro", &euro),
            ];
            text.push(' ');
            text.push_str(&words::WORST_ACTION.fill(language, &values));
        }
        Some(entry("-", &terminal_text(&text), layout))
    };
    let body: String = of.worst.iter().filter_map(zone).collect();
    (!body.is_empty()).then(|| Section {
        heading: words::WORST.say(language).to_owned(),
        body,
    })
}

/// Why not here.
pub(super) fn why_not(model: &Model, of: &WhyNot, layout: Layout) -> Section {
    let language = layout.language;
    let place = place_text(model, &of.cell, language);
    let paid = euro_text(of.paid, language);
    let opening = match of.need {
        Some(need) => {
            let need = euro_text(need, language);
            words::PAID.fill(language, &[("paid", &paid), ("need", &need)])
        }
        None => words::PAID_OPEN.fill(language, &[("paid", &paid)]),
    };
    let mut body = paragraph(&opening, layout);
    for obstacle in &of.obstacles {
        let text = sentence(model, obstacle, language);
        body.push_str(&entry("-", &terminal_text(&text), layout));
    }
    if let Some(text) = forced(of, language) {
        body.push_str(&paragraph(&text, layout));
    }
    Section {
        heading: terminal_text(&words::WHY_NOT.fill(language, &[("place", &place)])).into_owned(),
        body,
    }
}

/// One obstacle as a sentence or two.
#[must_use]
pub fn sentence(model: &Model, of: &Obstacle, language: Language) -> String {
    let fund = of.fund.map_or("", |fund| model.fund(fund).name.as_str());
    let named = |text: Text| text.fill(language, &[("fund", fund)]);
    let mut text = match of.reason {
        Reason::NoNeed => words::NO_NEED.say(language).to_owned(),
        Reason::Met => words::MET.say(language).to_owned(),
        Reason::NotEligible => named(words::NOT_ELIGIBLE),
        Reason::Nature => named(words::NATURE),
        Reason::Deadline => named(words::DEADLINE),
        Reason::NoMoney => named(words::NO_MONEY),
        Reason::Exhausted => named(words::EXHAUSTED),
        Reason::Indivisible => match &of.lacks {
            Some((cell, euro)) => {
                let place = place_text(model, cell, language);
                let euro = euro_text(*euro, language);
                let values = [("fund", fund), ("place", &place), ("euro", &euro)];
                words::PROJECT_ELSEWHERE.fill(language, &values)
            }
            None => named(words::INDIVISIBLE),
        },
        Reason::Rounding => words::ROUNDED.say(language).to_owned(),
        Reason::Equal if model.pick == Pick::LastYear => named(words::EQUAL_LAST_YEAR),
        Reason::Equal if model.formula.is_empty() => named(words::EQUAL_EVEN),
        Reason::Equal => named(words::EQUAL_RIPARTO),
        Reason::Rule => {
            let title = of.title.as_deref().unwrap_or_default();
            match &of.law {
                Some(law) => words::RULE_LAW.fill(language, &[("title", title), ("law", law)]),
                None => words::RULE.fill(language, &[("title", title)]),
            }
        }
        Reason::Outranked => match of
            .goal
            .and_then(|goal| model.goals.get(goal).zip(Some(goal)))
        {
            Some((goal, position)) => {
                let key = GoalKey {
                    goal: position,
                    level: 0,
                    kind: goal.word(),
                    unit: "euro",
                };
                let goal = goal_name(key, language);
                words::OUTRANKED_BY.fill(language, &[("fund", fund), ("goal", &goal)])
            }
            None => named(words::OUTRANKED),
        },
    };
    if let (Some(law), true) = (&of.law, of.reason != Reason::Rule) {
        text = words::BY_LAW.fill(language, &[("sentence", text.as_str()), ("law", law)]);
    }
    if of.cases > 1 {
        let cases = words::CASES.say(language, of.cases);
        text = words::IN_CASES.fill(language, &[("sentence", text.as_str()), ("cases", &cases)]);
    }
    if !of.holders.is_empty() {
        let list: Vec<String> = of
            .holders
            .iter()
            .map(|(cell, euro)| {
                let place = Cell {
                    fund: cell.fund.filter(|_| of.reason == Reason::Met),
                    ..*cell
                };
                let place = place_text(model, &place, language);
                let euro = euro_text(*euro, language);
                words::HOLDER.fill(language, &[("place", place.as_str()), ("euro", &euro)])
            })
            .collect();
        let held = if of.reason == Reason::Met {
            words::PAID_BY
        } else {
            words::HELD_BY
        };
        text.push(' ');
        text.push_str(&held.fill(language, &[("list", &list.join("; "))]));
    }
    text
}

/// What forcing costs, as a sentence.
fn forced(of: &WhyNot, language: Language) -> Option<String> {
    let step = exact_euro(&of.step, language);
    let one = of.step == Exact::one();
    Some(match &of.forced {
        Forced::Nothing => return None,
        Forced::Impossible => words::FORCED_IMPOSSIBLE.fill(language, &[("step", &step)]),
        Forced::Unknown => words::FORCED_UNKNOWN.say(language).to_owned(),
        Forced::Costs(changes) => {
            // Of a euro per euro; of a larger step all of it.
            let changes: Vec<_> = changes
                .iter()
                .map(|change| crate::explain::GoalChange {
                    change: change.change * of.step,
                    ..*change
                })
                .collect();
            let what = if one {
                per_euro(&changes, language).worse
            } else {
                super::changes::told(&changes, language).worse
            };
            match (what.is_empty(), one) {
                (true, true) => words::FORCED_FREE.say(language).to_owned(),
                (true, false) => words::FORCED_FREE_STEP.fill(language, &[("step", &step)]),
                (false, true) => words::FORCED_COSTS.fill(language, &[("what", &what)]),
                (false, false) => words::FORCED_COSTS_STEP
                    .fill(language, &[("step", step.as_str()), ("what", &what)]),
            }
        }
    })
}
