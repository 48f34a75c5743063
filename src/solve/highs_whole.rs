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

/// The same for a programme so small that presolve saves nothing: it is not asked, for its loop over rows of one column may read past
/// the end of its list and end the program (`docs/highs-presolve.md`).
const SMALL_ATTEMPTS: [Attempt; 4] = [
    Attempt::new("off", PRIMAL_FEASIBILITY, WHOLE, true),
    Attempt::new("off", PRIMAL_FEASIBILITY, WHOLE, false),
    Attempt::new("off", USUAL_FEASIBILITY, USUAL_WHOLE, true),
    Attempt::new("choose", USUAL_FEASIBILITY, USUAL_WHOLE, true),
];

/// Columns up to which a programme is small.
const SMALL: usize = 400;

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
    let attempts = if scaled.n_columns() <= SMALL {
        SMALL_ATTEMPTS
    } else {
        ATTEMPTS
    };
    let asked = |attempt: Attempt| {
        let start = start.filter(|_| attempt.started);
        stated(scaled, cost, whole, limits, attempt).and_then(|model| ask(model, start))
    };
    for attempt in attempts {
        match asked(attempt) {
            // Seen with tight tolerances of programmes that have a choice, with presolve and without: believed where wider ones say
            // so too.
            Ok(answer) if answer.stop == Stop::Infeasible => {
                let wider = Attempt {
                    primal: USUAL_FEASIBILITY,
                    whole: USUAL_WHOLE,
                    ..attempts[0]
                };
                return asked(wider)
                    .ok()
                    .filter(|again| again.primal.is_some())
                    .unwrap_or(answer);
            }
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

/// Maximises `cost` once with wide tolerances; see [`maximise_whole_widely`](super::engine::maximise_whole_widely).
pub(crate) fn maximise_widely(
    scaled: &Scaled,
    cost: &[f64],
    whole: &[bool],
    limits: (f64, Option<Instant>),
) -> Option<WholeAnswer> {
    if scaled.n_columns() > SMALL {
        return None;
    }
    let wide = Attempt::new("off", USUAL_FEASIBILITY, USUAL_WHOLE, false);
    let model = stated(scaled, cost, whole, limits, wide).ok()?;
    ask(model, None).ok()
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
    // Parts of the tree that are programmes of their own are as the whole is.
    model
        .try_set_option("mip_root_presolve_only", attempt.presolve == "off")
        .map_err(|_| "HiGHS refuses the option mip_root_presolve_only".to_owned())?;
    model
        .try_set_option("threads", 1)
        .map_err(|_| "HiGHS refuses the option threads".to_owned())?;
    Ok(model)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lp::LinearProgram;

    /// A programme that ended the process from within presolve: `docs/highs-presolve.md`.
    #[test]
    fn a_row_emptied_by_presolve_does_not_end_the_program() {
        let mut scaled = Scaled::of(&LinearProgram::default(), false, 1.0);
        scaled.lower = vec![0.0; 5];
        scaled.upper = vec![100.0, 1.0, 100.0, 100.0, 71_400_000.0];
        scaled.column_size = vec![1.0; 5];
        let rows: [(&[(usize, f64)], f64); 4] = [
            (&[(0, 0.01), (2, -1.0)], 0.0),
            (&[(1, 0.01), (3, -1.0)], 0.0),
            (&[(0, 1.0), (1, 1.0), (4, -1.0)], 0.0),
            (&[(0, 1.0), (4, -0.275_510_204_081_633)], f64::INFINITY),
        ];
        for (cells, upper) in rows {
            scaled.matrix.push(cells.iter().copied());
            scaled.row_lower.push(0.0);
            scaled.row_upper.push(upper);
            scaled.row_size.push(1.0);
        }
        let whole = [false, false, true, true, false];
        let cost = [0.0, 0.0, 1.0, 1.0, 0.0];
        let answer = maximise(&scaled, &[0.0; 5], &whole, None, (0.0, None));
        assert_eq!(answer.stop, Stop::Optimal);
        // One of `a` a unit of `m`, none of `n`, for `b` is at most a hundredth of one.
        let answer = maximise(&scaled, &cost, &whole, None, (0.0, None));
        let point = answer.primal.unwrap();
        assert!(
            (point[2] - 1.0).abs() < 1e-6 && point[3].abs() < 1e-6,
            "{point:?}"
        );
    }
}
