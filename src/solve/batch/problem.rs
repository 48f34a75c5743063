//! A problem in lanes: where its variables may go, what is wanted of them, and what becomes of each lane.

use super::lanes::{Lane, zeros};
use super::pattern::Pattern;

/// Where the variables of a problem may go, and what is wanted of them: columns first, then rows. Infinite bounds are none; an
/// entry with equal bounds is held there.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    pub(crate) lower: Vec<Lane>,
    pub(crate) upper: Vec<Lane>,
    /// Of columns; the values of rows cost nothing.
    pub(crate) cost: Vec<Lane>,
}

impl Bounds {
    pub(crate) fn new(n_columns: usize, n_rows: usize) -> Self {
        Self {
            lower: zeros(n_columns + n_rows),
            upper: zeros(n_columns + n_rows),
            cost: zeros(n_columns),
        }
    }
}

/// What became of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Still at work.
    Not,
    /// Within the tolerances.
    Optimal,
    /// No answer that holds.
    Lost,
}

/// What does not change while a problem is solved.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    pub(crate) pattern: &'a Pattern,
    /// Coefficients, row by row.
    pub(crate) value: &'a [Lane],
    pub(crate) bounds: &'a Bounds,
}
