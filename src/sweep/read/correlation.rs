//! Pairs of axes that go together.

use super::super::copula::Copula;
use super::super::distribution::Distribution;
use super::super::value::{float, number};
use super::super::{Axis, Range};
use super::{Reader, word_of};
use crate::input::{CorrelationEntry, Problems, SweepFile, SweepWord};
use crate::problem::{Nearest, ReferenceProblem, Shown, SweepProblem, Thing};
use crate::units::Exact;

impl Reader<'_> {
    /// The copula of the declared pairs, if there are any.
    pub(super) fn copula(
        &self,
        kind: SweepWord,
        file: &SweepFile,
        axes: &[Axis],
        axes_are_whole: bool,
        problems: &mut Problems,
    ) -> Option<Copula> {
        let entries = file.correlation.as_deref()?;
        if kind != SweepWord::MonteCarlo {
            let (key, kind) = (Shown::new("correlation"), Shown::new(word_of(kind)));
            problems.push(self.place(), SweepProblem::NotForKind { key, kind });
            return None;
        }
        if !axes_are_whole {
            return None;
        }
        let before = problems.count();
        let mut pairs: Vec<(usize, usize, _)> = Vec::new();
        for entry in entries {
            let Some((a, b)) = self.pair(entry, axes, problems) else {
                continue;
            };
            let value = entry.value.value.value;
            let one = Exact::from_integer(1);
            if value <= -one || value >= one {
                let place = entry.value.place.clone();
                problems.push(place, SweepProblem::CorrelationValue { value });
            } else if pairs.iter().any(|(c, d, _)| (*c, *d) == (a, b)) {
                let shown = |axis: usize| Shown::new(axes.get(axis).map_or("", |axis| &axis.id));
                let (first, second) = (shown(a), shown(b));
                let place = entry.axes.place.clone();
                problems.push(place, SweepProblem::CorrelationTwice { first, second });
            } else {
                pairs.push((a, b, float(&value)));
            }
        }
        if problems.count() > before || pairs.is_empty() {
            return None;
        }
        let place = entries.first()?.value.place.clone();
        let copula = Copula::new(&pairs).map_err(|refused| SweepProblem::NotTogether {
            smallest: Shown::new(
                &format!("{:.3}", refused.smallest.min(0.0)).replace("-0.000", "0.000"),
            ),
            // Rounded down: what is advised must hold.
            factor: Shown::new(&format!("{:.2}", (refused.factor * 100.0).floor() / 100.0)),
        });
        problems.keep(&place, copula)
    }

    /// Positions of two axes, the earlier first.
    fn pair(
        &self,
        entry: &CorrelationEntry,
        axes: &[Axis],
        problems: &mut Problems,
    ) -> Option<(usize, usize)> {
        let mut positions = Vec::new();
        for name in &entry.axes.value {
            let found = axes.iter().position(|axis| axis.id == name.value.0);
            let Some(position) = found else {
                let unknown = ReferenceProblem::Unknown {
                    thing: Thing::Axis,
                    id: Shown::new(&name.value.0),
                    nearest: Nearest::of(&name.value.0, axes.iter().map(|a| a.id.as_str())),
                    home: Shown::new(self.name),
                };
                problems.push(name.place.clone(), unknown);
                return None;
            };
            if !axes.get(position).is_some_and(rises) {
                let axis = Shown::new(&name.value.0);
                problems.push(name.place.clone(), SweepProblem::CorrelationListed { axis });
                return None;
            }
            positions.push(position);
        }
        match positions.as_slice() {
            [a, b] if a != b => Some((*a.min(b), *a.max(b))),
            _ => {
                problems.push(entry.axes.place.clone(), SweepProblem::CorrelationAxes);
                None
            }
        }
    }
}

/// Whether a higher probability means a higher value.
fn rises(axis: &Axis) -> bool {
    let Range::Chance(Distribution::Discrete { values, .. }, _) = &axis.range else {
        return true;
    };
    let numbers: Option<Vec<Exact>> = values.iter().map(|value| number(&value.text)).collect();
    numbers.is_some_and(|numbers| numbers.is_sorted_by(|a, b| a < b))
}
