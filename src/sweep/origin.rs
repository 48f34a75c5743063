//! Where the changes of a scenario of a sweep were written: in the files it names, and in the axes.

use std::sync::Arc;

use super::Sweep;
use super::layout::Layout;
use crate::problem::{InvalidModel, Place, Problem};
use crate::scenario::Scenario;

/// How the key of a change begins.
const CHANGE: &str = "change[";

impl Sweep {
    /// The scenario files whose changes come first in a scenario, by its number.
    pub(super) fn files(&self, index: u64) -> &[Arc<Scenario>] {
        let Layout::Combinations(list) = &self.layout else {
            return &[];
        };
        let position = index.checked_sub(u64::from(self.has_baseline));
        let position = position.and_then(|position| usize::try_from(position).ok());
        let combination = position.and_then(|position| list.get(position));
        combination.map_or(&[], |combination| &combination.files)
    }

    /// Problems of a scenario at their places in the files that somebody wrote: a text of a sweep is no file.
    #[must_use]
    pub fn at_home(&self, draw: &super::Draw, invalid: InvalidModel) -> InvalidModel {
        let problems = invalid.problems.into_iter();
        let problems = problems.map(|problem| {
            let place = problem.place();
            match self.axis_place(draw, place) {
                Some(home) if *place.file == *draw.label => {
                    Problem::new(home, problem.kind().clone())
                }
                _ => problem,
            }
        });
        InvalidModel {
            problems: problems.collect(),
        }
    }

    /// `change[3].scale` of the text is `axis[id].changes[2].scale` of the sweep file.
    fn axis_place(&self, draw: &super::Draw, place: &Place) -> Option<Place> {
        let (number, rest) = place
            .column
            .as_deref()?
            .strip_prefix(CHANGE)?
            .split_once(']')?;
        let number: usize = number.parse().ok()?;
        let in_files: usize = self
            .files(draw.index)
            .iter()
            .map(|file| file.n_changes())
            .sum();
        let mut left = number.checked_sub(in_files)?;
        for (id, _) in &draw.values {
            let axis = self.axes.iter().find(|axis| axis.id == *id)?;
            if (1..=axis.changes.len()).contains(&left) {
                let key = if axis.changes.len() == 1 {
                    "change".to_owned()
                } else {
                    format!("changes[{left}]")
                };
                return Some(Place {
                    column: Some(format!("axis[{id}].{key}{rest}").into()),
                    ..axis.place.clone()
                });
            }
            left = left.checked_sub(axis.changes.len())?;
        }
        None
    }
}
