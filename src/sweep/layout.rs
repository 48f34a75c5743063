//! Which values the axes take in each scenario.

use std::borrow::Cow;
use std::sync::Arc;

use super::chance::{Chance, Shuffle};
use super::copula::Copula;
use super::special::inside;
use super::{Axis, Range};
use crate::input::{Change, Literal};
use crate::scenario::Scenario;

/// How the scenarios of a sweep are laid out, the base left aside.
#[derive(Clone, Debug)]
pub(super) enum Layout {
    /// Every combination; the last axis changes fastest.
    Grid,
    /// Combinations of a list or a table.
    Combinations(Vec<Combination>),
    /// Independent draws.
    MonteCarlo(Chance, Option<Copula>),
    /// One draw in each stratum of each axis.
    LatinHypercube {
        /// Places in the strata.
        chance: Chance,
        /// Order of the strata, axis by axis.
        strata: Vec<Shuffle>,
        /// How many there are.
        n: u64,
    },
    /// A scrambled Sobol sequence.
    Sobol(Chance),
    /// Trajectories on so many levels.
    Morris(Chance, u64),
    /// Each value of each axis alone.
    OneAtATime,
}

/// A combination written down.
#[derive(Clone, Debug, Default)]
pub(super) struct Combination {
    /// Its name.
    pub(super) label: Option<String>,
    /// Changes of the scenario files it names.
    pub(super) changes: Vec<Change>,
    /// Those files, read.
    pub(super) files: Vec<Arc<Scenario>>,
    /// Values by position of the axis.
    pub(super) values: Vec<(usize, Literal)>,
}

/// Where a scenario is.
#[derive(Clone, Debug, Default)]
pub(super) struct Point<'s> {
    /// Its name, if it was given one.
    pub(super) label: Option<&'s str>,
    /// Changes that come before those of the axes.
    pub(super) changes: &'s [Change],
    /// Values by position of the axis, in the order of the file.
    pub(super) values: Vec<(usize, Cow<'s, Literal>)>,
}

impl Layout {
    /// How many scenarios there are; `None` if more than 2^64. `asked` is what the file asks for where it does.
    pub(super) fn count(&self, axes: &[Axis], asked: u64) -> Option<u64> {
        let listed = axes.iter().map(|axis| length(axis.listed()));
        match self {
            Self::Grid => listed.into_iter().try_fold(1, u64::checked_mul),
            Self::Combinations(list) => Some(length(list)),
            Self::MonteCarlo(..) | Self::LatinHypercube { .. } | Self::Sobol(_) => Some(asked),
            Self::Morris(..) => asked.checked_mul(length(axes).checked_add(1)?),
            Self::OneAtATime => listed.into_iter().try_fold(0, u64::checked_add),
        }
    }

    /// The point of a scenario.
    pub(super) fn point<'s>(&'s self, k: u64, axes: &'s [Axis]) -> Point<'s> {
        let values = match self {
            Self::Grid => grid(k, axes),
            Self::Combinations(list) => return combination(list, k),
            Self::MonteCarlo(chance, copula) => {
                let mut stream = chance.stream(k);
                let mut probabilities: Vec<f64> = axes.iter().map(|_| stream.unit()).collect();
                if let Some(copula) = copula {
                    copula.mix(&mut probabilities);
                }
                drawn(axes, &probabilities)
            }
            Self::LatinHypercube { chance, strata, n } => {
                let mut stream = chance.stream(k);
                let place = |shuffle: &Shuffle| {
                    // Both are far below 2^53.
                    let stratum = shuffle.of(k) as f64;
                    inside((stratum + stream.unit()) / *n as f64)
                };
                let probabilities: Vec<f64> = strata.iter().map(place).collect();
                drawn(axes, &probabilities)
            }
            Self::Sobol(chance) => {
                let (seed, k) = (chance.short(), u32::try_from(k).unwrap_or_default());
                // The sequence has 24 bits: the middle of each of its steps.
                const HALF_STEP: f64 = 1.0 / (1 << 25) as f64;
                let place = |(axis, _): (u32, _)| {
                    f64::from(sobol_burley::sample(k, axis, seed)) + HALF_STEP
                };
                let probabilities: Vec<f64> = (0..).zip(axes).map(place).collect();
                drawn(axes, &probabilities)
            }
            Self::Morris(chance, levels) => trajectory(chance, *levels, k, axes),
            Self::OneAtATime => one(k, axes).into_iter().collect(),
        };
        Point {
            values,
            ..Point::default()
        }
    }
}

impl Axis {
    /// Its values, where they are a list.
    pub(super) fn listed(&self) -> &[Literal] {
        match &self.range {
            Range::Listed(values) | Range::Levels(values) => values,
            Range::Elsewhere | Range::Chance(..) => &[],
        }
    }

    fn nth(&self, position: u64) -> Option<&Literal> {
        self.listed().get(usize::try_from(position).ok()?)
    }
}

type Values<'s> = Vec<(usize, Cow<'s, Literal>)>;

fn length<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

fn grid(k: u64, axes: &[Axis]) -> Values<'_> {
    let mut rest = k;
    let mut values: Values<'_> = Vec::with_capacity(axes.len());
    for (position, axis) in axes.iter().enumerate().rev() {
        let n = length(axis.listed()).max(1);
        values.extend(
            axis.nth(rest % n)
                .map(|value| (position, Cow::Borrowed(value))),
        );
        rest /= n;
    }
    values.reverse();
    values
}

fn combination(list: &[Combination], k: u64) -> Point<'_> {
    let Some(chosen) = usize::try_from(k).ok().and_then(|k| list.get(k)) else {
        return Point::default();
    };
    let values = chosen.values.iter();
    Point {
        label: chosen.label.as_deref(),
        changes: &chosen.changes,
        values: values
            .map(|(axis, value)| (*axis, Cow::Borrowed(value)))
            .collect(),
    }
}

fn drawn<'s>(axes: &'s [Axis], probabilities: &[f64]) -> Values<'s> {
    let draw = |((position, axis), probability): ((usize, &'s Axis), &f64)| match &axis.range {
        Range::Chance(distribution, form) => Some((
            position,
            Cow::Owned(distribution.value(*probability, *form)),
        )),
        Range::Elsewhere | Range::Listed(_) | Range::Levels(_) => None,
    };
    let axes = axes.iter().enumerate();
    axes.zip(probabilities).filter_map(draw).collect()
}

/// One point of a trajectory: a random start, then one axis after the other, in a random order, moves by half of the levels.
///
/// # Source
/// Morris, *Factorial sampling plans for preliminary computational experiments*, Technometrics 33 (1991).
fn trajectory<'s>(chance: &Chance, levels: u64, k: u64, axes: &'s [Axis]) -> Values<'s> {
    let steps = length(axes) + 1;
    let (trajectory, moved) = (k / steps, k % steps);
    let mut stream = chance.stream(trajectory);
    let half = levels / 2;
    let starts: Vec<(u64, bool)> = axes
        .iter()
        .map(|_| (stream.below(half), stream.below(2) == 1))
        .collect();
    let mut order: Vec<usize> = (0..axes.len()).collect();
    for last in (1..axes.len()).rev() {
        let other = usize::try_from(stream.below(length(&order[..=last]))).unwrap_or_default();
        order.swap(last, other);
    }
    let mut has_moved = vec![false; axes.len()];
    for position in order
        .iter()
        .take(usize::try_from(moved).unwrap_or_default())
    {
        if let Some(has_moved) = has_moved.get_mut(*position) {
            *has_moved = true;
        }
    }
    let level =
        |((position, axis), ((low, falls), moved)): ((usize, &'s Axis), (&(u64, bool), &bool))| {
            // An axis that falls starts above and ends below.
            let level = if falls == moved { *low } else { low + half };
            Some((position, Cow::Borrowed(axis.nth(level)?)))
        };
    let both = starts.iter().zip(&has_moved);
    axes.iter()
        .enumerate()
        .zip(both)
        .filter_map(level)
        .collect()
}

fn one(k: u64, axes: &[Axis]) -> Option<(usize, Cow<'_, Literal>)> {
    let mut rest = k;
    for (position, axis) in axes.iter().enumerate() {
        let n = length(axis.listed());
        if rest < n {
            return Some((position, Cow::Borrowed(axis.nth(rest)?)));
        }
        rest -= n;
    }
    None
}
