//! HiGHS for whole numbers: branch and bound, one model per question, to the very optimum.

use std::time::Instant;

use good_lp::SolverModel as _;
use highs::{HighsSolutionStatus, Model};

use super::answer::Stop;
use super::engine::{WholeAnswer, expression, state};
use super::highs::stop_of;
use super::scaled::Scaled;
use crate::tolerance::{PRIMAL_FEASIBILITY, WHOLE};

/// Maximises `cost`; see [`maximise_whole`](super::engine::maximise_whole).
pub(crate) fn maximise(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
    start: Option<&[f64]>,
    limits: (f64, Option<Instant>),
) -> WholeAnswer {
    let failed = |why: String| WholeAnswer {
        stop: Stop::Failed(why),
        primal: None,
        bound: f64::INFINITY,
    };
    let mut model = match stated(scaled, cost, whole, limits) {
        Ok(model) => model,
        Err(why) => return failed(why),
    };
    if let Some(start) = start {
        // A start that HiGHS does not take costs time only.
        let _ = model.try_set_solution(Some(start), None, None, None);
    }
    // Once in some thousand small models HiGHS gives up with presolve and answers without.
    let solved = model.try_solve().or_else(|_| {
        let mut plain = stated(scaled, cost, whole, limits)?;
        plain
            .try_set_option("presolve", "off")
            .map_err(|_| "HiGHS refuses the option presolve".to_owned())?;
        plain
            .try_solve()
            .map_err(|status| format!("HiGHS: {status:?}"))
    });
    let solved = match solved {
        Ok(solved) => solved,
        Err(why) => return failed(why),
    };
    let stop = stop_of(solved.status());
    let has_point = stop == Stop::Optimal
        || (stop == Stop::Limit
            && solved.primal_solution_status() == HighsSolutionStatus::Feasible);
    let bound = solved
        .double_info_value(c"mip_dual_bound")
        .unwrap_or(f64::INFINITY);
    WholeAnswer {
        stop,
        primal: has_point.then(|| solved.get_solution().columns().to_vec()),
        bound,
    }
}

fn stated(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
    (gap, until): (f64, Option<Instant>),
) -> Result<Model, String> {
    let (problem, columns) = state(scaled, cost, whole);
    let mut problem = problem.using(good_lp::highs);
    for row in 0..scaled.n_rows() {
        let (lower, upper) = (scaled.row_lower[row], scaled.row_upper[row]);
        let sum = || expression(scaled, &columns, row);
        if lower >= upper {
            problem.add_constraint(sum().eq(lower));
            continue;
        }
        if lower.is_finite() {
            problem.add_constraint(sum().geq(lower));
        }
        if upper.is_finite() {
            problem.add_constraint(sum().leq(upper));
        }
    }
    let mut model = problem
        .try_into_inner()
        .map_err(|why| format!("HiGHS: {why}"))?;
    model.make_quiet();
    let mut options = vec![
        ("primal_feasibility_tolerance", PRIMAL_FEASIBILITY),
        ("mip_feasibility_tolerance", WHOLE),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", gap),
    ];
    if let Some(until) = until {
        let left = until.saturating_duration_since(Instant::now());
        options.push(("time_limit", left.as_secs_f64()));
    }
    for (option, value) in options {
        model
            .try_set_option(option, value)
            .map_err(|_| format!("HiGHS refuses the option {option}"))?;
    }
    model
        .try_set_option("threads", 1)
        .map_err(|_| "HiGHS refuses the option threads".to_owned())?;
    Ok(model)
}
