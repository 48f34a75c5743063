//! What is seen to have no plan before anything is solved, as remarks.

use super::conflict_text::place_text;
use super::number::money;
use super::words::{explain_conflict as words, impossible as own};
use crate::explain::Cell;
use crate::lp::{Impossible, Origin, Place};
use crate::model::{Language, Model, Warning};
use crate::proposal::conflict_line;

/// The code of such a remark.
pub const NO_PLAN: &str = "model::no_plan";

/// A remark in both languages, at the first rule it names.
#[must_use]
pub fn remark(model: &Model, found: &Impossible) -> Warning {
    let written = found.floors.iter().find_map(|&origin| {
        let place = model.written.0.get(&conflict_line(model, origin).id);
        place.cloned()
    });
    Warning {
        code: NO_PLAN,
        place: written.unwrap_or_default(),
        italian: sentence(model, found, Language::Italian),
        english: sentence(model, found, Language::English),
    }
}

fn sentence(model: &Model, found: &Impossible, language: Language) -> String {
    let place = Cell {
        fund: found.place.fund,
        action: found.place.action,
        zone: found.place.zone,
        year: found.place.year,
    };
    let first = place_text(model, &place, language);
    let cases = words::CASES.say(language, found.instances);
    let values = |member: String| {
        let alone = found.instances == 1 || found.floors.len() > 1;
        let text = if alone {
            words::MEMBER_AT
        } else {
            words::MEMBER_CASES
        };
        let values = [
            ("member", member.as_str()),
            ("cases", &cases),
            ("place", &first),
        ];
        text.fill(language, &values)
    };
    let is_somewhere = found.instances > 1 || found.place != Place::default();
    let floors = found.floors.iter().map(|&origin| {
        let told = member(model, origin, language);
        if found.floors.len() == 1 && is_somewhere {
            values(told)
        } else {
            told
        }
    });
    let limits = found
        .limits
        .iter()
        .filter(|of| !found.floors.contains(of))
        .map(|&origin| member(model, origin, language));
    let members: Vec<String> = floors.chain(limits).collect();
    let text = if members.len() == 1 {
        own::ALONE
    } else {
        own::TOGETHER
    };
    let mut sentence = text.fill(language, &[("members", &members.join("; "))]);
    if let Some(short) = found.short {
        let euro = money(language, i128::from(short.cents()));
        sentence.push(' ');
        sentence.push_str(&own::SHORT.fill(language, &[("euro", &euro)]));
    }
    sentence
}

fn member(model: &Model, origin: Origin, language: Language) -> String {
    let line = conflict_line(model, origin);
    let titled = [("title", line.title.as_str())];
    match (line.strength, origin) {
        (Some(strength), _) => words::MEMBER_RULE.fill(
            language,
            &[
                ("title", &line.title),
                ("id", &line.id),
                ("law", &line.law),
                ("strength", words::strength(strength).say(language)),
            ],
        ),
        (None, Origin::Fund(_)) => words::MEMBER_FUND_PLAIN.fill(language, &titled),
        (None, Origin::Need(_)) => words::MEMBER_NEED_PLAIN.fill(language, &titled),
        (None, _) => words::MEMBER_SHARE.fill(language, &titled),
    }
}
