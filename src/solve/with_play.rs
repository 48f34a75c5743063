//! What multipliers prove of a goal where proportions have play: the programme of the goals gives them none, so its multipliers pay for
//! the play of every proportion they rest on. Asked of the programme with play, the best multipliers rest on needs and funds instead.

use super::answer::Stop;
use super::engine::engine;
use super::scaled::{Scaled, money_unit};
use crate::lp::{LinearProgram, Objective};

/// Multipliers of one goal, in its integer unit.
#[derive(Clone, Debug)]
pub(crate) struct PlayBound {
    /// Of each row of the programme.
    pub(crate) rows: Vec<f64>,
    /// Of each earlier goal; not negative.
    pub(crate) goals: Vec<f64>,
}

/// Multipliers for the last of some goals, among plans with play that are at least as good for the ones before as `values` says (in their integer units).
pub(crate) fn play_bound(
    program: &LinearProgram,
    objectives: &[&Objective],
    values: &[f64],
) -> Option<PlayBound> {
    let (objective, earlier) = objectives.split_last()?;
    let mut scaled = Scaled::of(program, true, money_unit(program));
    let n_rows = scaled.n_rows();
    let (cost, size) = scaled.costs(objective);
    let mut sizes = Vec::with_capacity(earlier.len());
    for (objective, value) in earlier.iter().zip(values) {
        let (cost, size) = scaled.costs(objective);
        let cells = cost.into_iter().enumerate().filter(|cell| cell.1 != 0.0);
        scaled.matrix.push(cells);
        scaled.row_lower.push(value / size / scaled.unit);
        scaled.row_upper.push(f64::INFINITY);
        scaled.row_size.push(1.0);
        sizes.push(size);
    }
    let answer = engine().maximise(&scaled, &cost, None);
    if answer.stop != Stop::Optimal {
        return None;
    }
    let dual = answer.dual?;
    let (rows, locks) = dual.split_at_checked(n_rows)?;
    let of_row = |(dual, row_size): (&f64, &f64)| dual * size / row_size;
    let of_goal = |(dual, goal_size): (&f64, &f64)| (-dual * size / goal_size).max(0.0);
    Some(PlayBound {
        rows: rows.iter().zip(&scaled.row_size).map(of_row).collect(),
        goals: locks.iter().zip(&sizes).map(of_goal).collect(),
    })
}
