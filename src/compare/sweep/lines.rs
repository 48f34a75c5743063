//! Every figure of a held sweep as lines: what CSV and JSON are made of.

use super::held::{Against, Held, SeriesRow};
use super::spread::Spread;
use crate::report::number::{file_goal, file_something};
use crate::units::Exact;

/// One line: where the scenarios of one series lie on one figure, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeriesLine<'r> {
    /// What the line is about.
    pub(super) row: &'r SeriesRow,
    /// `scenarios`, `difference`, or, side by side, `first` and `other`.
    pub(super) series: &'static str,
    /// The figure of the plan or the base.
    pub(super) baseline: String,
    /// Scenarios that have the figure.
    pub(super) n: usize,
    /// The quantiles; empty where no scenario has the figure.
    pub(super) at: [String; 7],
    /// Scenarios below, the same, above; where there is something to be below.
    pub(super) counts: Option<[usize; 3]>,
}

/// The lines of a held sweep.
pub(super) fn lines<'r>(held: &'r Held<'_>) -> impl Iterator<Item = SeriesLine<'r>> {
    let against = held.against;
    held.rows.iter().flat_map(move |row| match against {
        Against::Other(_) => vec![
            line(row, "first", row.first.as_ref(), false),
            line(row, "other", row.spread.as_ref(), false),
        ],
        Against::Same(_) => vec![line(row, "difference", row.spread.as_ref(), true)],
        _ => {
            let counted = row.baseline.is_some();
            vec![line(row, "scenarios", row.spread.as_ref(), counted)]
        }
    })
}

fn line<'r>(
    row: &'r SeriesRow,
    series: &'static str,
    spread: Option<&Spread>,
    counted: bool,
) -> SeriesLine<'r> {
    let shown = |value: &Exact| match (series, row.unit.as_str()) {
        ("difference", unit) if unit != "euro" => file_something(value),
        (_, unit) => file_goal(unit, value),
    };
    SeriesLine {
        row,
        series,
        baseline: row.baseline.as_ref().map(shown).unwrap_or_default(),
        n: spread.map_or(0, |spread| spread.n),
        at: spread.map_or_else(Default::default, |spread| spread.at.each_ref().map(shown)),
        counts: counted.then_some([row.below, row.same, row.above]),
    }
}
