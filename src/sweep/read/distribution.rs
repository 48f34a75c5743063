//! Declared distributions: each with its own numbers, all of them there and no other.

use super::super::distribution::{Cut, Distribution};
use super::super::special::Beta;
use super::super::value::{Form, float};
use super::axis::{below, form, repeated};
use crate::input::{
    At, DistributionEntry, DistributionWord, Figure, Literal, Problems, Quantity, Whole,
};
use crate::problem::{KeyProblem, Nearest, Place, Shown, SweepProblem, ValueProblem, WordList};
use crate::units::Exact;

/// Keys of a kind: those that must be there, and those that may.
fn keys(kind: DistributionWord) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        DistributionWord::Uniform => (&["low", "high"], &[]),
        DistributionWord::Triangular => (&["low", "mode", "high"], &[]),
        DistributionWord::Pert => (&["low", "mode", "high"], &["strength"]),
        DistributionWord::Normal => (&["mean", "sd", "low", "high"], &[]),
        DistributionWord::Lognormal => (&["median", "spread"], &["low", "high"]),
        DistributionWord::Beta => (&["alpha", "beta", "low", "high"], &[]),
        DistributionWord::Discrete => (&["values"], &["weights"]),
    }
}

/// A distribution and how its numbers are written.
pub(super) fn read(
    at: &At<DistributionEntry>,
    decimals: Option<&At<Whole>>,
    problems: &mut Problems,
) -> Option<(Distribution, Form)> {
    let entry = &at.value;
    check_keys(at, problems)?;
    if let Some(values) = &entry.values {
        let form = Form::usual(false, 0);
        return Some((discrete(values, entry.weights.as_ref(), problems)?, form));
    }
    let figures: Vec<&At<Figure>> = [
        &entry.low,
        &entry.mode,
        &entry.high,
        &entry.mean,
        &entry.sd,
        &entry.median,
    ]
    .into_iter()
    .flatten()
    .collect();
    let form = form(&figures, decimals, problems);
    let before = problems.count();
    if let (Some(low), Some(high)) = (&entry.low, &entry.high) {
        below(low, high, problems);
        if let Some(mode) = &entry.mode {
            between(mode, low, high, problems);
        }
    }
    for positive in [&entry.sd, &entry.median].into_iter().flatten() {
        above_zero(&positive.value.value, &positive.place, problems);
    }
    if let (Some(spread), Some(low)) = (&entry.spread, &entry.low) {
        above_zero(&low.value.value, &low.place, problems);
        above_zero(&spread.value.0, &spread.place, problems);
    }
    if let Some(spread) = &entry.spread {
        shape(
            spread,
            Exact::new(1, 1000),
            Exact::from_integer(10),
            problems,
        );
    }
    for shaped in [&entry.alpha, &entry.beta].into_iter().flatten() {
        shape(
            shaped,
            Exact::new(1, 10),
            Exact::from_integer(1000),
            problems,
        );
    }
    if let Some(strength) = &entry.strength {
        shape(
            strength,
            Exact::new(1, 10),
            Exact::from_integer(1000),
            problems,
        );
    }
    if problems.count() > before {
        return None;
    }
    let distribution = distribution(entry);
    if distribution.is_none() {
        problems.push(at.place.clone(), SweepProblem::CutAway);
    }
    Some((distribution?, form?))
}

/// The distribution of an entry whose numbers were checked; `None` if its bounds leave nothing.
fn distribution(entry: &DistributionEntry) -> Option<Distribution> {
    let figure = |key: &Option<At<Figure>>| key.as_ref().map(|at| float(&at.value.value));
    let quantity = |key: &Option<At<Quantity>>| key.as_ref().map(|at| float(&at.value.0));
    let (low, high) = (figure(&entry.low), figure(&entry.high));
    Some(match entry.kind.0 {
        DistributionWord::Uniform => Distribution::Uniform {
            low: low?,
            high: high?,
        },
        DistributionWord::Triangular => Distribution::Triangular {
            low: low?,
            mode: figure(&entry.mode)?,
            high: high?,
        },
        DistributionWord::Pert => {
            let strength = quantity(&entry.strength).unwrap_or(4.0);
            Distribution::pert(low?, figure(&entry.mode)?, high?, strength)
        }
        DistributionWord::Normal => {
            let (mean, sd) = (figure(&entry.mean)?, figure(&entry.sd)?);
            Distribution::Normal(Cut::new(mean, sd, low?, high?)?)
        }
        DistributionWord::Lognormal => {
            let (median, spread) = (figure(&entry.median)?, quantity(&entry.spread)?);
            Distribution::Lognormal(Cut::of_logarithm(median, spread, low, high)?)
        }
        DistributionWord::Beta => Distribution::Beta {
            low: low?,
            high: high?,
            shape: Beta::new(quantity(&entry.alpha)?, quantity(&entry.beta)?),
        },
        DistributionWord::Discrete => return None,
    })
}

fn check_keys(at: &At<DistributionEntry>, problems: &mut Problems) -> Option<()> {
    let entry = &at.value;
    let figure = |key: &Option<At<Figure>>| key.as_ref().map(|at| at.place.clone());
    let quantity = |key: &Option<At<Quantity>>| key.as_ref().map(|at| at.place.clone());
    let given = [
        ("low", figure(&entry.low)),
        ("mode", figure(&entry.mode)),
        ("high", figure(&entry.high)),
        ("mean", figure(&entry.mean)),
        ("sd", figure(&entry.sd)),
        ("median", figure(&entry.median)),
        ("spread", quantity(&entry.spread)),
        ("alpha", quantity(&entry.alpha)),
        ("beta", quantity(&entry.beta)),
        ("strength", quantity(&entry.strength)),
        ("values", entry.values.as_ref().map(|at| at.place.clone())),
        ("weights", entry.weights.as_ref().map(|at| at.place.clone())),
    ];
    let (needed, optional) = keys(entry.kind.0);
    let before = problems.count();
    for (key, place) in given {
        let known = || needed.iter().chain(optional).copied();
        match place {
            Some(place) if !known().any(|other| other == key) => {
                let unknown = KeyProblem::Unknown {
                    key: Shown::new(key),
                    nearest: Nearest(None),
                    known: WordList::of(known()),
                };
                problems.push(place, unknown);
            }
            None if needed.contains(&key) => {
                let key = Shown::new(key);
                problems.push(at.place.clone(), KeyProblem::Missing { key });
            }
            _ => {}
        }
    }
    (problems.count() == before).then_some(())
}

fn between(at: &At<Figure>, low: &At<Figure>, high: &At<Figure>, problems: &mut Problems) {
    let (low, high) = (&low.value, &high.value);
    let inside = low.value <= at.value.value && at.value.value <= high.value;
    if low.value < high.value && !inside {
        let outside = SweepProblem::OutsideRange {
            value: at.value.shown(),
            low: low.shown(),
            high: high.shown(),
        };
        problems.push(at.place.clone(), outside);
    }
}

fn above_zero(value: &Exact, place: &Place, problems: &mut Problems) {
    if *value <= Exact::from_integer(0) {
        problems.push(place.clone(), SweepProblem::NotAboveZero);
    }
}

fn shape(at: &At<Quantity>, low: Exact, high: Exact, problems: &mut Problems) {
    if at.value.0 < low || at.value.0 > high {
        problems.push(at.place.clone(), SweepProblem::Shape { low, high });
    }
}

fn discrete(
    values: &At<Vec<At<Literal>>>,
    weights: Option<&At<Vec<At<Quantity>>>>,
    problems: &mut Problems,
) -> Option<Distribution> {
    if values.value.is_empty() {
        problems.push(values.place.clone(), ValueProblem::Empty);
        return None;
    }
    repeated(&values.value, problems)?;
    let n = values.value.len();
    let numbers: Vec<_> = match weights {
        None => vec![1.0; n],
        Some(weights) if weights.value.len() != n => {
            let problem = SweepProblem::Weights {
                values: n,
                weights: weights.value.len(),
            };
            problems.push(weights.place.clone(), problem);
            return None;
        }
        Some(weights) => weights.value.iter().map(|at| float(&at.value.0)).collect(),
    };
    if let (Some(weights), false) = (weights, numbers.iter().any(|weight| *weight > 0.0)) {
        problems.push(weights.place.clone(), SweepProblem::NotAboveZero);
        return None;
    }
    let values = values.value.iter().map(|value| value.value.clone());
    Some(Distribution::discrete(values.collect(), &numbers))
}
