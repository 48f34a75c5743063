//! Why there is no plan, in words.

use std::collections::BTreeMap;

use num_traits::Zero;

use super::number::{Rounding, cents, decimal, money};
use super::summary_text::{Layout, Section, SummaryText, entry, paragraph};
use super::text::terminal_text;
use super::words::{Text, explain_conflict as words};
use crate::explain::{Cell, Conflict, ConflictSet, Member, Repair, RepairKind, RepairStep};
use crate::model::{Language, Model};
use crate::solve::{QUESTION_SECONDS, SEARCH_SECONDS};
use crate::units::Exact;

/// A place in words: `zona Empoli, 2023`.
#[must_use]
pub fn place_text(model: &Model, place: &Cell, language: Language) -> String {
    let named = |text: Text, name: &str| text.fill(language, &[("name", name)]);
    let parts = [
        place
            .fund
            .map(|fund| named(words::PLACE_FUND, &model.fund(fund).name)),
        place
            .action
            .map(|action| named(words::PLACE_ACTION, &model.action(action).name)),
        place
            .zone
            .map(|zone| named(words::PLACE_ZONE, &model.zone(zone).name)),
        place.year.map(|year| year.to_string()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        words::PLACE_ALL.say(language).to_owned()
    } else {
        parts.join(", ")
    }
}

/// The summary of a model without any plan, with every conflict and repair in the place of the table of the first.
#[must_use]
pub fn in_full(
    mut summary: SummaryText,
    model: &Model,
    conflict: &Conflict,
    folder: &str,
    layout: Layout,
) -> SummaryText {
    use super::words::summary;
    let language = layout.language;
    summary.sections.truncate(1);
    summary.sections.push(Section {
        heading: summary::INFEASIBLE.say(language).to_owned(),
        body: String::new(),
    });
    summary
        .sections
        .extend(conflict_text(model, conflict, layout));
    let folder = terminal_text(folder);
    let files = summary::INFEASIBLE_FILES.fill(language, &[("folder", &folder)]);
    let mut body = paragraph(&files, layout);
    body.push_str(&paragraph(words::FILE_CONFLICT.say(language), layout));
    summary.sections.push(Section {
        heading: String::new(),
        body,
    });
    summary
}

/// The sets and the repairs, a section each.
#[must_use]
pub fn conflict_text(model: &Model, conflict: &Conflict, layout: Layout) -> Vec<Section> {
    let language = layout.language;
    let all = conflict.sets.len();
    let mut sections: Vec<Section> = conflict
        .sets
        .iter()
        .enumerate()
        .map(|(position, set)| {
            let number = |n: usize| super::number::count(language, n);
            let values = [("n", number(position + 1)), ("all", number(all))];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Section {
                heading: if all == 1 {
                    words::CONFLICT.say(language).to_owned()
                } else {
                    words::CONFLICT_NTH.fill(language, &values)
                },
                body: set_text(model, set, layout),
            }
        })
        .collect();
    if conflict.limited || conflict.repairs.is_empty() {
        let (each, seconds) = (QUESTION_SECONDS.to_string(), SEARCH_SECONDS.to_string());
        let text = if conflict.limited {
            words::LIMITED.fill(language, &[("each", &each), ("seconds", &seconds)])
        } else {
            words::NO_REPAIR.say(language).to_owned()
        };
        sections.push(Section {
            heading: String::new(),
            body: paragraph(&text, layout),
        });
    }
    for repair in &conflict.repairs {
        sections.push(repair_text(model, repair, layout));
    }
    sections
}

fn set_text(model: &Model, set: &ConflictSet, layout: Layout) -> String {
    let language = layout.language;
    let mut body = paragraph(words::TOGETHER.say(language), layout);
    let members: String = set
        .members
        .iter()
        .enumerate()
        .map(|(position, member)| {
            let mark = format!("{}.", position + 1);
            entry(
                &mark,
                &terminal_text(&member_text(model, member, language)),
                layout,
            )
        })
        .collect();
    body.push_str(&members);
    let mut say = |text: &str| body.push_str(&paragraph(text, layout));
    if set.members.iter().all(|member| member.forced) {
        say(words::GIVEN_ALONE.say(language));
    }
    if set.members.len() > 1 {
        let spared = if set.irreducible {
            words::SPARED
        } else {
            words::SPARED_WORD
        };
        say(spared.say(language));
    }
    if set.proved {
        say(words::PROVED.say(language));
    }
    if set.whole {
        say(super::words::summary::WHOLE_CONFLICT.say(language));
    }
    if let Some(euro) = set.shortfall {
        let euro = money(language, i128::from(euro.cents()));
        say(&words::APART.fill(language, &[("euro", &euro)]));
    }
    body
}

fn member_text(model: &Model, member: &Member, language: Language) -> String {
    let line = &member.line;
    let euro = member
        .total
        .map(|euro| money(language, i128::from(euro.cents())));
    let titled = |text: Text| text.fill(language, &[("title", &line.title)]);
    let with_euro = |text: Text, plain: Text| match &euro {
        Some(euro) => text.fill(language, &[("title", &line.title), ("euro", euro)]),
        None => titled(plain),
    };
    let text = match line.strength {
        Some(strength) => words::MEMBER_RULE.fill(
            language,
            &[
                ("title", &line.title),
                ("id", &line.id),
                ("law", &line.law),
                ("strength", words::strength(strength).say(language)),
            ],
        ),
        None if line.id.starts_with("fund:") => {
            with_euro(words::MEMBER_FUND, words::MEMBER_FUND_PLAIN)
        }
        None if line.id.starts_with("need:") => {
            with_euro(words::MEMBER_NEED, words::MEMBER_NEED_PLAIN)
        }
        None => titled(words::MEMBER_SHARE),
    };
    let place = Cell {
        // What the member is itself need not be said again.
        fund: member
            .first
            .fund
            .filter(|_| line.strength.is_none() && !line.id.starts_with("fund:")),
        action: None,
        ..member.first
    };
    let place = place_text(model, &place, language);
    let cases = words::CASES.say(language, member.cases);
    let text = if member.cases > 1 {
        let values = [
            ("member", text.as_str()),
            ("cases", &cases),
            ("place", &place),
        ];
        words::MEMBER_CASES.fill(language, &values)
    } else {
        words::MEMBER_AT.fill(language, &[("member", text.as_str()), ("place", &place)])
    };
    if member.forced {
        words::MEMBER_GIVEN.fill(language, &[("member", text.as_str())])
    } else {
        text
    }
}

fn repair_text(model: &Model, repair: &Repair, layout: Layout) -> Section {
    let language = layout.language;
    let heading = match repair.kind {
        RepairKind::Plan => words::REPAIR_PLAN,
        RepairKind::Law => words::REPAIR_LAW,
        RepairKind::Money => words::REPAIR_MONEY,
    };
    let mut by_rule: BTreeMap<(&str, bool), Vec<&RepairStep>> = BTreeMap::new();
    let mut order = Vec::new();
    for step in &repair.steps {
        let key = (step.id.as_str(), step.rises);
        let steps = by_rule.entry(key).or_default();
        if steps.is_empty() {
            order.push(key);
        }
        steps.push(step);
    }
    let mut body: String = order
        .iter()
        .filter_map(|key| by_rule.get(key))
        .map(|steps| {
            entry(
                "-",
                &terminal_text(&steps_text(model, steps, language)),
                layout,
            )
        })
        .collect();
    let checked = if repair.checked {
        words::CHECKED
    } else {
        words::UNCHECKED
    };
    body.push_str(&paragraph(checked.say(language), layout));
    Section {
        heading: heading.say(language).to_owned(),
        body,
    }
}

/// What happens to one rule or fund: one case in full, several as their sum and the largest.
fn steps_text(model: &Model, steps: &[&RepairStep], language: Language) -> String {
    let Some(first) = steps.first() else {
        return String::new();
    };
    let sum = steps.iter().fold(Exact::zero(), |sum, step| sum + step.by);
    let by = quantity(&sum, first.unit, language);
    let values = [
        ("title", first.title.as_str()),
        ("law", &first.law),
        ("by", &by),
    ];
    let text = match (first.strength, first.rises) {
        (None, _) => words::FUND_RISES.fill(language, &[values[0], values[2]]),
        (Some(_), true) => words::CAP_RISES.fill(language, &values),
        (Some(_), false) => words::FLOOR_FALLS.fill(language, &values),
    };
    let at = |step: &RepairStep| {
        let place = Cell {
            fund: step.place.fund.filter(|_| step.strength.is_some()),
            ..step.place
        };
        place_text(model, &place, language)
    };
    if steps.len() > 1 {
        // Of steps that are as large, the first.
        let largest = steps.iter().fold(
            first,
            |most, step| if step.by > most.by { step } else { most },
        );
        let values = [
            ("step", text.as_str()),
            ("cases", &words::CASES.say(language, steps.len())),
            ("place", &at(largest)),
            ("largest", &quantity(&largest.by, largest.unit, language)),
        ];
        return words::STEP_CASES.fill(language, &values);
    }
    let place = at(first);
    match &first.from {
        Some(from) => {
            let from = quantity(from, first.unit, language);
            let values = [("step", text.as_str()), ("place", &place), ("from", &from)];
            words::STEP_AT.fill(language, &values)
        }
        None => words::STEP_AT_PLAIN.fill(language, &[("step", text.as_str()), ("place", &place)]),
    }
}

/// An amount with its unit in words.
pub(super) fn quantity(value: &Exact, unit: &str, language: Language) -> String {
    let text = match unit {
        "units" => words::BY_UNITS,
        "zones" => words::BY_ZONES,
        "projects" => words::BY_PROJECTS,
        _ => words::BY_EURO,
    };
    let number = match (unit, cents(value, Rounding::Up)) {
        ("euro", Some(cents)) => money(language, cents),
        _ => decimal(language, value, 4, Rounding::Up),
    };
    text.fill(language, &[("number", &number)])
}
