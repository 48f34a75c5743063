//! HiGHS for whole numbers: branch and bound, one model per question, to the very optimum.

use std::time::Instant;

use good_lp::SolverModel as _;
use highs::{HighsSolutionStatus, Model};

use super::answer::Stop;
use super::engine::{WholeAnswer, expression, state};
use super::highs::stop_of;
use super::scaled::Scaled;
use crate::tolerance::{PRIMAL_FEASIBILITY, USUAL_FEASIBILITY, USUAL_WHOLE, WHOLE};

/// What is tried before "no answer" is the answer. Whatever comes out is rounded, fixed, solved anew and proved.
const ATTEMPTS: [Attempt; 4] = [
    Attempt::new("choose", PRIMAL_FEASIBILITY, WHOLE, true),
    // Once in some thousand small models HiGHS gives up with presolve and answers without.
    Attempt::new("off", PRIMAL_FEASIBILITY, WHOLE, true),
    Attempt::new("choose", PRIMAL_FEASIBILITY, WHOLE, false),
    // Seen on a scenario of the Tuscan plan: an error with tight tolerances, an answer with those HiGHS ships with.
    Attempt::new("choose", USUAL_FEASIBILITY, USUAL_WHOLE, true),
];

#[derive(Clone, Copy)]
struct Attempt {
    presolve: &'static str,
    /// How far rows may be off.
    primal: f64,
    /// How far from whole.
    whole: f64,
    /// Whether it begins at the point at hand.
    started: bool,
}

impl Attempt {
    const fn new(presolve: &'static str, primal: f64, whole: f64, started: bool) -> Self {
        Self {
            presolve,
            primal,
            whole,
            started,
        }
    }
}

/// Maximises `cost`; see [`maximise_whole`](super::engine::maximise_whole).
pub(crate) fn maximise(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
    start: Option<&[f64]>,
    limits: (f64, Option<Instant>),
) -> WholeAnswer {
    let mut last = String::new();
    for attempt in ATTEMPTS {
        let start = start.filter(|_| attempt.started);
        match stated(scaled, cost, whole, limits, attempt).and_then(|model| ask(model, start)) {
            Ok(answer) => return answer,
            Err(why) => last = why,
        }
    }
    WholeAnswer {
        stop: Stop::Failed(last),
        primal: None,
        bound: f64::INFINITY,
    }
}

fn ask(mut model: Model, start: Option<&[f64]>) -> Result<WholeAnswer, String> {
    if let Some(start) = start {
        // A start that HiGHS does not take costs time only.
        let _ = model.try_set_solution(Some(start), None, None, None);
    }
    let solved = model
        .try_solve()
        .map_err(|status| format!("HiGHS: {status:?}"))?;
    let stop = stop_of(solved.status());
    if let Stop::Failed(why) = stop {
        return Err(why);
    }
    let has_point = stop == Stop::Optimal
        || (stop == Stop::Limit
            && solved.primal_solution_status() == HighsSolutionStatus::Feasible);
    let bound = solved
        .double_info_value(c"mip_dual_bound")
        .unwrap_or(f64::INFINITY);
    Ok(WholeAnswer {
        stop,
        primal: has_point.then(|| solved.get_solution().columns().to_vec()),
        bound,
    })
}

fn stated(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
    (gap, until): (f64, Option<Instant>),
    attempt: Attempt,
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
        ("primal_feasibility_tolerance", attempt.primal),
        ("mip_feasibility_tolerance", attempt.whole),
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
        .try_set_option("presolve", attempt.presolve)
        .map_err(|_| "HiGHS refuses the option presolve".to_owned())?;
    model
        .try_set_option("threads", 1)
        .map_err(|_| "HiGHS refuses the option threads".to_owned())?;
    Ok(model)
}
