//! The seam to the solvers: maximise a linear objective over the scaled programme as its bounds stand.

use std::time::Instant;

use super::answer::{Answer, Stop};
use super::scaled::Scaled;

/// A linear solver that may keep its state between calls.
pub(crate) trait Engine {
    /// Maximises `cost` over the programme; bounds may have changed and rows been added since the last call.
    fn maximise(&mut self, scaled: &Scaled, cost: &[f64], until: Option<Instant>) -> Answer;

    /// The programme as it stands is small enough: no presolve.
    fn without_presolve(&mut self) {}

    /// Its goals start at the bases of another chain, or where the goal before ended.
    fn follow(&mut self) {}

    /// The next call starts at this basis, and not where the last one ended.
    fn start_at(&mut self, _basis: &Basis) {}

    /// Where the last call ended, if the solver has such a thing.
    fn basis(&mut self) -> Option<Basis> {
        None
    }
}

/// Where columns and rows stand at a vertex, in the words of HiGHS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Basis {
    pub(crate) columns: Vec<i32>,
    pub(crate) rows: Vec<i32>,
}

/// The engine of this build: HiGHS where it is compiled in, else Clarabel.
#[cfg(feature = "highs")]
pub(crate) fn engine() -> Box<dyn Engine> {
    Box::new(super::highs::Highs::default())
}

/// The engine of this build: HiGHS where it is compiled in, else Clarabel.
#[cfg(all(not(feature = "highs"), feature = "clarabel"))]
pub(crate) fn engine() -> Box<dyn Engine> {
    Box::new(super::clarabel_lp::ClarabelLp)
}

#[cfg(not(any(feature = "highs", feature = "clarabel")))]
compile_error!("mappafondo needs a solver: enable the feature `highs` (default) or `clarabel`");

#[cfg(feature = "highs")]
pub(crate) fn name() -> String {
    super::highs::name()
}

#[cfg(all(not(feature = "highs"), feature = "clarabel"))]
pub(crate) fn name() -> String {
    "Clarabel 0.11".to_owned()
}

/// The answer about a programme without columns, which solvers call optimal whatever its rows say.
pub(crate) fn nothing_to_decide(scaled: &Scaled) -> Option<Answer> {
    let feasible = scaled.zero_holds();
    (scaled.n_columns() == 0).then(|| Answer {
        stop: if feasible {
            Stop::Optimal
        } else {
            Stop::Infeasible
        },
        primal: feasible.then(Vec::new),
        dual: feasible.then(|| vec![0.0; scaled.n_rows()]),
        interior: false,
    })
}

/// What a solver of whole numbers says.
#[derive(Clone, Debug)]
pub(crate) struct WholeAnswer {
    /// Why it stopped.
    pub(crate) stop: super::answer::Stop,
    /// The best point it has, at a limit too.
    pub(crate) primal: Option<Vec<f64>>,
    /// No point is better than this, it says.
    pub(crate) bound: f64,
}

/// Maximises `cost` over the points whose `whole` columns are whole numbers, from a point it may start at, up to a gap and
/// until a time; `None` where this build has no solver that can.
#[cfg(feature = "highs")]
pub(crate) fn maximise_whole(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
    start: Option<&[f64]>,
    limits: (f64, Option<Instant>),
) -> Option<WholeAnswer> {
    Some(super::highs_whole::maximise(
        scaled, cost, whole, start, limits,
    ))
}

/// As [`maximise_whole`] with the tolerances that solvers ship with; `None` too where the programme is so large that asking twice
/// would cost more than a choice lost by narrow tolerances.
#[cfg(feature = "highs")]
pub(crate) fn maximise_whole_widely(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
    limits: (f64, Option<Instant>),
) -> Option<WholeAnswer> {
    super::highs_whole::maximise_widely(scaled, cost, whole, limits)
}

/// As above: Clarabel has no whole numbers.
#[cfg(all(not(feature = "highs"), feature = "clarabel"))]
pub(crate) fn maximise_whole_widely(
    _: &Scaled,
    _: &[f64],
    _: &[bool],
    _: (f64, Option<Instant>),
) -> Option<WholeAnswer> {
    None
}

/// As above: Clarabel has no whole numbers.
#[cfg(all(not(feature = "highs"), feature = "clarabel"))]
pub(crate) fn maximise_whole(
    _: &Scaled,
    _: &[f64],
    _: &[bool],
    _: Option<&[f64]>,
    _: (f64, Option<Instant>),
) -> Option<WholeAnswer> {
    None
}

/// The columns of the scaled programme and what is maximised, as good_lp has them, some columns as whole numbers; rows are stated by whoever asks.
pub(crate) fn state(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
) -> (good_lp::variable::UnsolvedProblem, Vec<good_lp::Variable>) {
    let mut variables = good_lp::ProblemVariables::new();
    let columns: Vec<good_lp::Variable> = (0..scaled.n_columns())
        .map(|column| {
            let variable = good_lp::variable()
                .min(scaled.lower[column])
                .max(scaled.upper[column]);
            variables.add(if whole.get(column) == Some(&true) {
                variable.integer()
            } else {
                variable
            })
        })
        .collect();
    let objective: good_lp::Expression = columns
        .iter()
        .zip(cost)
        .filter(|(_, cost)| **cost != 0.0)
        .map(|(&column, &cost)| column * cost)
        .sum();
    (variables.maximise(objective), columns)
}

/// One row as an expression.
pub(crate) fn expression(
    scaled: &Scaled,
    columns: &[good_lp::Variable],
    row: usize,
) -> good_lp::Expression {
    let mut sum =
        good_lp::Expression::with_capacity(scaled.matrix.start[row + 1] - scaled.matrix.start[row]);
    for (column, value) in scaled.matrix.row(row) {
        sum.add_mul(value, columns[column]);
    }
    sum
}
