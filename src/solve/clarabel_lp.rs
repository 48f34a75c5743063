//! Clarabel as the linear solver, through good_lp: pure Rust, interior point, cold each time, no integers.

use std::time::Instant;

use clarabel::solver::{IPSolver as _, SolverStatus};
use good_lp::SolverModel as _;

use super::answer::{Answer, Stop};
use super::engine::{Engine, expression, nothing_to_decide, state};
use super::scaled::Scaled;
use crate::tolerance::INTERIOR_GAP;

/// Clarabel keeps nothing between goals.
pub(crate) struct ClarabelLp;

impl Engine for ClarabelLp {
    fn maximise(&mut self, scaled: &Scaled, cost: &[f64], until: Option<Instant>) -> Answer {
        if let Some(answer) = nothing_to_decide(scaled) {
            return answer;
        }
        let (problem, columns) = state(scaled, cost, &[]);
        let mut problem = problem.using(good_lp::clarabel);
        // good_lp states two rows for the bounds of each column first.
        let mut sides: Vec<(usize, f64)> = Vec::new();
        for row in 0..scaled.n_rows() {
            let (lower, upper) = (scaled.row_lower[row], scaled.row_upper[row]);
            let sum = || expression(scaled, &columns, row);
            if lower >= upper {
                problem.add_constraint(sum().eq(lower));
                sides.push((row, 1.0));
                continue;
            }
            if lower.is_finite() {
                problem.add_constraint(sum().geq(lower));
                sides.push((row, -1.0));
            }
            if upper.is_finite() {
                problem.add_constraint(sum().leq(upper));
                sides.push((row, 1.0));
            }
        }
        let settings = problem.settings();
        settings
            .tol_gap_abs(INTERIOR_GAP)
            .tol_gap_rel(INTERIOR_GAP)
            .max_iter(200);
        if let Some(until) = until {
            let left = until.saturating_duration_since(Instant::now());
            settings.time_limit(left.as_secs_f64());
        }
        let mut solver = match problem.try_into_solver() {
            Ok(solver) => solver,
            Err(why) => return Answer::failed(format!("Clarabel: {why}")),
        };
        solver.solve();
        let solution = &solver.solution;
        let stop = match solution.status {
            SolverStatus::Solved | SolverStatus::AlmostSolved => Stop::Optimal,
            SolverStatus::PrimalInfeasible | SolverStatus::AlmostPrimalInfeasible => {
                Stop::Infeasible
            }
            SolverStatus::DualInfeasible | SolverStatus::AlmostDualInfeasible => Stop::Unbounded,
            SolverStatus::MaxTime | SolverStatus::MaxIterations => Stop::Limit,
            other => Stop::Failed(format!("Clarabel: {other:?}")),
        };
        if stop != Stop::Optimal {
            return Answer {
                stop,
                primal: None,
                dual: None,
                interior: true,
            };
        }
        let first = 2 * scaled.n_columns();
        let mut dual = vec![0.0; scaled.n_rows()];
        for (position, &(row, sign)) in sides.iter().enumerate() {
            if let Some(multiplier) = solution.z.get(first + position) {
                dual[row] += sign * multiplier;
            }
        }
        Answer {
            stop,
            primal: Some(solution.x.clone()),
            dual: Some(dual),
            interior: true,
        }
    }
}
