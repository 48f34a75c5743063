//! The whole numbers that were chosen, and what the solver says of the choice.

use super::Layout;
use super::layout::{entry, paragraph};
use super::proved::euro;
use num_traits::CheckedMul;

use crate::model::Language;
use crate::proposal::{WholeBound, WholeLine};
use crate::report::number::{Rounding, count, decimal, percent};
use crate::report::words::summary as words;
use crate::units::Exact;

/// What was chosen, and how far another choice could be better, by the solver's own word.
pub(super) fn chosen(whole: &WholeLine, layout: Layout) -> String {
    let language = layout.language;
    let number = |value: i64| count(language, usize::try_from(value).unwrap_or(0));
    let values = [
        ("units", number(whole.units)),
        ("projects", number(whole.projects)),
    ];
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let open: Vec<&WholeBound> = whole
        .goals
        .iter()
        .filter(|goal| goal.bound > goal.value)
        .collect();
    let verdict = if !whole.complete {
        words::WHOLE_LIMIT
    } else if open.is_empty() {
        words::WHOLE_BEST
    } else {
        words::WHOLE_BOUNDS
    };
    let text = format!(
        "{} {}",
        words::WHOLE_CHOSEN.fill(language, &values),
        verdict.say(language)
    );
    let mut body = paragraph(&text, layout);
    for goal in open {
        let value = amount(goal, false, language);
        let bound = amount(goal, true, language);
        let values = [
            ("goal", goal.kind),
            ("value", value.as_str()),
            ("bound", bound.as_str()),
        ];
        body.push_str(&entry(
            "-",
            &words::WHOLE_BOUND.fill(language, &values),
            layout,
        ));
    }
    body
}

fn amount(goal: &WholeBound, up: bool, language: Language) -> String {
    let (value, rounding) = if up {
        (&goal.bound, Rounding::Up)
    } else {
        (&goal.value, Rounding::HalfUp)
    };
    match goal.unit {
        "euro" => words::EURO.fill(language, &[("value", &euro(value, rounding, language))]),
        // What no choice goes beyond is told in full: rounded down it would say too little.
        "level" if up => {
            let hundred = value
                .checked_mul(&Exact::from_integer(100))
                .unwrap_or(*value);
            format!("{}%", decimal(language, &hundred, 2, Rounding::Up))
        }
        "level" => percent(language, value),
        _ => decimal(language, value, 6, rounding),
    }
}
