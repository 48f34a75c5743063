//! Why an amount is what it is, step by step.

use num_traits::{Signed, Zero};

use super::changes::goal_name;
use super::places::{euro_text, exact_euro};
use crate::explain::{GoalKey, Trace, TraceKind, TraceStep};
use crate::model::{Language, Model};
use crate::report::conflict_text::{place_text, quantity};
use crate::report::formula_text::indicator;
use crate::report::number::{Rounding, decimal, percent};
use crate::report::summary_text::{Layout, Section, entry, paragraph};
use crate::report::text::terminal_text;
use crate::report::words::explain_places as words;
use crate::units::Exact;

pub(super) fn section(model: &Model, of: &Trace, layout: Layout) -> Section {
    let language = layout.language;
    let place = place_text(model, &of.cell, language);
    let euro = euro_text(of.amount, language);
    let mut body = paragraph(&words::AMOUNT.fill(language, &[("euro", &euro)]), layout);
    for step in &of.steps {
        let mut text = sentence(model, step, language);
        if !step.law.is_empty() {
            text = words::BY_LAW.fill(language, &[("sentence", text.as_str()), ("law", &step.law)]);
        }
        body.push_str(&entry("-", &terminal_text(&text), layout));
    }
    Section {
        heading: terminal_text(&words::TRACE.fill(language, &[("place", &place)])).into_owned(),
        body,
    }
}

fn sentence(model: &Model, step: &TraceStep, language: Language) -> String {
    let place = place_text(model, &step.place, language);
    let of = step.of.unwrap_or_else(Exact::zero);
    let (value, whole) = (exact_euro(&step.value, language), exact_euro(&of, language));
    match step.kind {
        TraceKind::Indicator => {
            let number = |value: &Exact| decimal(language, value, 4, Rounding::HalfUp);
            let part = if of.is_zero() {
                Exact::zero()
            } else {
                step.value / of
            };
            let weight = percent(language, &step.weight.unwrap_or_else(Exact::zero));
            words::T_INDICATOR.fill(
                language,
                &[
                    ("place", &place),
                    ("code", &indicator(language, &step.code)),
                    ("value", &number(&step.value)),
                    ("of", &number(&of)),
                    ("share", &percent(language, &part)),
                    ("weight", &weight),
                ],
            )
        }
        TraceKind::Formula | TraceKind::Assigned => {
            let text = if step.kind == TraceKind::Formula {
                words::T_FORMULA
            } else {
                words::T_ASSIGNED
            };
            text.fill(
                language,
                &[("place", &place), ("value", &value), ("of", &whole)],
            )
        }
        TraceKind::Floor | TraceKind::Cap => {
            let text = if step.kind == TraceKind::Floor {
                words::T_FLOOR
            } else {
                words::T_CAP
            };
            let value = quantity(&step.value, step.unit, language);
            text.fill(
                language,
                &[("place", &place), ("title", &step.title), ("value", &value)],
            )
        }
        TraceKind::Goal => goal(step, &place, language),
        TraceKind::Pick => {
            let apart = step.value - of;
            let by = exact_euro(&apart.abs(), language);
            let values = [
                ("place", place.as_str()),
                ("value", &value),
                ("by", &by),
                ("of", &whole),
            ];
            if apart.is_zero() {
                words::T_PICK_SAME.fill(language, &values[..2])
            } else if apart > Exact::zero() {
                words::T_PICK_NEAR.fill(language, &values)
            } else {
                words::T_PICK_BELOW.fill(language, &values)
            }
        }
        TraceKind::Rounding => {
            let moved = decimal(language, &step.value, 4, Rounding::HalfUp);
            if moved == "0" || moved == "-0" {
                words::T_NO_ROUNDING.say(language).to_owned()
            } else {
                words::T_ROUNDING.fill(language, &[("value", &moved)])
            }
        }
    }
}

fn goal(step: &TraceStep, place: &str, language: Language) -> String {
    let (kind, level) = step.code.split_once('-').unwrap_or((&step.code, "0"));
    let kinds = [
        "leps", "targets", "wishes", "leximin", "floor", "value", "steady", "open", "at_risk",
    ];
    let key = GoalKey {
        goal: 0,
        level: level.parse().unwrap_or(0),
        kind: kinds
            .into_iter()
            .find(|known| *known == kind)
            .unwrap_or("value"),
        unit: "euro",
    };
    let name = goal_name(key, language);
    let number = |value: &Exact| decimal(language, value, 0, Rounding::HalfUp);
    let of = number(&step.of.unwrap_or_else(Exact::zero));
    let mut text = words::T_GOAL.fill(
        language,
        &[
            ("goal", &name),
            ("value", &number(&step.value)),
            ("of", &of),
        ],
    );
    if step.place.zone.is_some() {
        let total =
            words::T_GOAL_TOTAL.fill(language, &[("goal", name.as_str()), ("place", place)]);
        text = if step.value.is_zero() {
            total
        } else {
            format!("{text} {total}")
        };
    }
    text
}
