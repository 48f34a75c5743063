//! Whether the changes of the axes are changes a scenario knows, with values that fit: told when the file is read, not in the
//! middle of a run.

use std::collections::BTreeSet;

use super::super::layout::Layout;
use super::super::{Axis, Range, Sweep};
use crate::input::{Literal, Problems};
use crate::problem::{Place, Problem};
use crate::scenario::Scenario;

/// The key under which the only change of an axis is told.
const FIRST: &str = "change[1]";

/// Most values of an axis that are tried one by one; of more, these and the last.
const TRIED: usize = 1_000;

/// Tries every axis alone, at its values as they are written; of what is drawn, at a low and a high one.
pub(super) fn check(sweep: &Sweep, problems: &mut Problems) {
    for (position, axis) in sweep.axes.iter().enumerate() {
        let mut told: Vec<Problem> = Vec::new();
        for value in samples(sweep, position, axis) {
            let mut text = String::from("[scenario]\nformat = 1\nid = \"x\"\ntitle = \"x\"\n");
            for change in &axis.changes {
                change.push_to(Some(&value), &mut text);
            }
            let tried = if value.made {
                Scenario::parse_made("", &text, &|_| None)
            } else {
                Scenario::parse("", &text)
            };
            // Most values are refused for the same reason; the first that is tells it.
            if let Err(refused) = tried {
                told = refused.problems;
                break;
            }
        }
        for problem in told {
            problems.push(place(axis, problem.place()), problem.kind().clone());
        }
    }
}

fn samples(sweep: &Sweep, position: usize, axis: &Axis) -> Vec<Literal> {
    match (&axis.range, &sweep.layout) {
        (Range::Listed(values) | Range::Levels(values), _) => some_of(values.iter()),
        (Range::Chance(distribution, form), _) => {
            vec![
                distribution.value(0.01, *form),
                distribution.value(0.99, *form),
            ]
        }
        (Range::Elsewhere, Layout::Combinations(list)) => {
            let values = list.iter().flat_map(|combination| &combination.values);
            let own = values.filter(|(axis, _)| *axis == position);
            some_of(own.map(|(_, value)| value))
        }
        (Range::Elsewhere, _) => Vec::new(),
    }
}

/// The first values, each once, and the last.
fn some_of<'v>(mut values: impl Iterator<Item = &'v Literal>) -> Vec<Literal> {
    let mut some: Vec<Literal> = values
        .by_ref()
        .take(TRIED)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .cloned()
        .collect();
    some.extend(values.last().cloned());
    some
}

/// `change[2].scale` of the text that was tried is `axis[id].changes[2].scale` of the file.
fn place(axis: &Axis, tried: &Place) -> Place {
    let key = tried.column.as_deref().unwrap_or_default();
    let key = match key.strip_prefix(FIRST) {
        Some(rest) if axis.changes.len() == 1 => format!("change{rest}"),
        _ => key.replacen("change[", "changes[", 1),
    };
    Place {
        column: Some(format!("axis[{}].{key}", axis.id).into()),
        ..axis.place.clone()
    }
}
