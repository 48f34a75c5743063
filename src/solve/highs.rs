//! HiGHS: the programme is stated through good_lp, then the model is taken out and kept hot between goals.
//!
//! The only unsafe code of the crate: the `highs` crate changes costs and column bounds one by one and has no call for row
//! bounds, so whole arrays are passed to the C interface here.

#![expect(
    unsafe_code,
    reason = "row bounds and whole arrays of bounds, costs and rows need the C interface of HiGHS"
)]

use std::ffi::CStr;
use std::time::Instant;

use good_lp::SolverModel as _;
use highs::{HighsModelStatus, Model};

use super::answer::{Answer, Stop};
use super::engine::{Basis, Engine, expression, nothing_to_decide, state};
use super::scaled::Scaled;
use crate::tolerance::{DUAL_FEASIBILITY, PRIMAL_FEASIBILITY, USUAL_FEASIBILITY};

/// Name and version of the HiGHS that is linked.
pub(crate) fn name() -> String {
    // SAFETY: HiGHS returns a pointer to a static text.
    let version = unsafe { CStr::from_ptr(highs_sys::Highs_version()) };
    format!("HiGHS {}", version.to_string_lossy())
}

/// A HiGHS model kept between goals: the basis of one goal starts the next.
#[derive(Default)]
pub(crate) struct Highs {
    model: Option<Model>,
    n_columns: usize,
    n_rows: usize,
    /// Where the next solve starts, instead of where the last one ended.
    start: Option<Basis>,
    /// Whether it starts goals at bases of another chain.
    follows: bool,
    /// Whether presolve costs more than it saves.
    without_presolve: bool,
}

/// What is tried before "no answer" is the answer: the model as it is, a new one, a new one without presolve, and one with
/// the tolerances HiGHS ships with. Whatever comes out is checked.
const ATTEMPTS: [Attempt; 4] = [
    Attempt::Hot,
    Attempt::Anew(PRIMAL_FEASIBILITY, "choose"),
    Attempt::Anew(PRIMAL_FEASIBILITY, "off"),
    Attempt::Anew(USUAL_FEASIBILITY, "choose"),
];

#[derive(Clone, Copy)]
enum Attempt {
    Hot,
    /// With this tolerance and presolve.
    Anew(f64, &'static str),
}

impl Engine for Highs {
    fn maximise(&mut self, scaled: &Scaled, cost: &[f64], until: Option<Instant>) -> Answer {
        if let Some(answer) = nothing_to_decide(scaled) {
            return answer;
        }
        let mut last = String::new();
        for attempt in ATTEMPTS {
            match self.attempt(attempt, scaled, cost, until) {
                Ok(answer) => return answer,
                Err(why) => last = why,
            }
        }
        Answer::failed(last)
    }

    fn without_presolve(&mut self) {
        self.without_presolve = true;
    }

    fn follow(&mut self) {
        self.follows = true;
    }

    fn start_at(&mut self, basis: &Basis) {
        self.start = Some(basis.clone());
    }

    fn basis(&mut self) -> Option<Basis> {
        let model = self.model.as_mut()?;
        let mut basis = Basis {
            columns: vec![0; self.n_columns],
            rows: vec![0; self.n_rows],
        };
        // SAFETY: the model is alive and has as many columns and rows as the arrays, which HiGHS fills.
        let status = unsafe {
            highs_sys::Highs_getBasis(
                model.as_mut_ptr(),
                basis.columns.as_mut_ptr(),
                basis.rows.as_mut_ptr(),
            )
        };
        done(status).ok()?;
        Some(basis)
    }
}

impl Highs {
    fn attempt(
        &mut self,
        attempt: Attempt,
        scaled: &Scaled,
        cost: &[f64],
        until: Option<Instant>,
    ) -> Result<Answer, String> {
        let (mut model, keep) = match (attempt, self.model.take()) {
            (Attempt::Hot, Some(model)) => (model, true),
            (Attempt::Hot, None) => {
                let mut model = self.fresh(scaled, cost)?;
                if self.without_presolve {
                    set_presolve(&mut model, "off")?;
                }
                (model, true)
            }
            (Attempt::Anew(tolerance, presolve), _) => {
                let mut model = self.fresh(scaled, cost)?;
                set_tolerances(&mut model, tolerance, tolerance)?;
                set_presolve(&mut model, presolve)?;
                (model, false)
            }
        };
        self.update(&mut model, scaled, cost, until)?;
        // Levels of other units may have other rows than the base's had.
        let fits = |basis: &Basis| {
            (basis.columns.len(), basis.rows.len()) == (self.n_columns, self.n_rows)
        };
        if let Some(basis) = self.start.take().filter(fits) {
            self.set_basis(&mut model, &basis)?;
            set_strategy(&mut model, DUAL)?;
        } else if self.follows {
            set_strategy(&mut model, CHOOSE)?;
        }
        let solved = model
            .try_solve()
            .map_err(|status| format!("HiGHS: {status:?}"))?;
        let stop = stop_of(solved.status());
        if let Stop::Failed(why) = stop {
            return Err(why);
        }
        let solution = solved.get_solution();
        let found = stop == Stop::Optimal;
        let answer = Answer {
            stop,
            primal: found.then(|| solution.columns().to_vec()),
            dual: found.then(|| solution.dual_rows().to_vec()),
            interior: false,
        };
        if keep {
            self.model = Some(Model::from(solved));
        }
        Ok(answer)
    }

    fn fresh(&mut self, scaled: &Scaled, cost: &[f64]) -> Result<Model, String> {
        (self.n_columns, self.n_rows) = (scaled.n_columns(), scaled.n_rows());
        build(scaled, cost)
    }
}

/// Why HiGHS stopped; what it does not say clearly is no answer.
pub(crate) fn stop_of(status: HighsModelStatus) -> Stop {
    match status {
        HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty => Stop::Optimal,
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => Stop::Infeasible,
        HighsModelStatus::Unbounded => Stop::Unbounded,
        HighsModelStatus::ReachedTimeLimit | HighsModelStatus::ReachedIterationLimit => Stop::Limit,
        other => Stop::Failed(format!("HiGHS: {other:?}")),
    }
}

/// The dual simplex method, for a basis whose bounds have moved.
const DUAL: i32 = 1;
/// The primal one where the basis obeys all rows, as the last goal's does for the next.
const CHOOSE: i32 = 0;

fn set_strategy(model: &mut Model, strategy: i32) -> Result<(), String> {
    model
        .try_set_option("simplex_strategy", strategy)
        .map_err(|_| "HiGHS refuses the option simplex_strategy".to_owned())
}

fn set_presolve(model: &mut Model, presolve: &str) -> Result<(), String> {
    model
        .try_set_option("presolve", presolve)
        .map_err(|_| "HiGHS refuses the option presolve".to_owned())
}

/// How far rows and reduced costs may be off.
fn set_tolerances(model: &mut Model, primal: f64, dual: f64) -> Result<(), String> {
    for (option, value) in [
        ("primal_feasibility_tolerance", primal),
        ("dual_feasibility_tolerance", dual),
    ] {
        model
            .try_set_option(option, value)
            .map_err(|_| format!("HiGHS refuses the option {option}"))?;
    }
    Ok(())
}

fn build(scaled: &Scaled, cost: &[f64]) -> Result<Model, String> {
    let (problem, columns) = state(scaled, cost, &[]);
    let mut problem = problem.using(good_lp::highs);
    for row in 0..scaled.n_rows() {
        let sum = expression(scaled, &columns, row);
        let (lower, upper) = (scaled.row_lower[row], scaled.row_upper[row]);
        // Both bounds are set again by `update`; one row each is what matters here.
        problem.add_constraint(if lower.is_finite() {
            sum.geq(lower)
        } else {
            sum.leq(upper)
        });
    }
    let mut model = problem
        .try_into_inner()
        .map_err(|why| format!("HiGHS: {why}"))?;
    model.make_quiet();
    set_tolerances(&mut model, PRIMAL_FEASIBILITY, DUAL_FEASIBILITY)?;
    model
        .try_set_option("threads", 1)
        .map_err(|_| "HiGHS refuses the option threads".to_owned())?;
    Ok(model)
}

impl Highs {
    /// Passes what changed since the last goal.
    fn update(
        &mut self,
        model: &mut Model,
        scaled: &Scaled,
        cost: &[f64],
        until: Option<Instant>,
    ) -> Result<(), String> {
        if let Some(until) = until {
            let left = until.saturating_duration_since(Instant::now());
            let limit = self.run_time(model) + left.as_secs_f64();
            model
                .try_set_option("time_limit", limit)
                .map_err(|_| "HiGHS refuses the option time_limit".to_owned())?;
        }
        self.append(model, scaled)?;
        let (last_column, last_row) = (size(scaled.n_columns())? - 1, size(scaled.n_rows())? - 1);
        let pointer = model.as_mut_ptr();
        // SAFETY: the model is alive, every array has as many entries as the model has columns or rows (`append` made sure),
        // and HiGHS copies them.
        unsafe {
            if last_column >= 0 {
                done(highs_sys::Highs_changeColsCostByRange(
                    pointer,
                    0,
                    last_column,
                    cost.as_ptr(),
                ))?;
                done(highs_sys::Highs_changeColsBoundsByRange(
                    pointer,
                    0,
                    last_column,
                    scaled.lower.as_ptr(),
                    scaled.upper.as_ptr(),
                ))?;
            }
            if last_row >= 0 {
                done(highs_sys::Highs_changeRowsBoundsByRange(
                    pointer,
                    0,
                    last_row,
                    scaled.row_lower.as_ptr(),
                    scaled.row_upper.as_ptr(),
                ))?;
            }
        }
        Ok(())
    }

    /// Adds the columns (empty) and rows that the programme gained.
    fn append(&mut self, model: &mut Model, scaled: &Scaled) -> Result<(), String> {
        let pointer = model.as_mut_ptr();
        for column in self.n_columns..scaled.n_columns() {
            // SAFETY: no coefficients are passed, so the two null arrays are not read.
            unsafe {
                done(highs_sys::Highs_addCol(
                    pointer,
                    0.0,
                    scaled.lower[column],
                    scaled.upper[column],
                    0,
                    std::ptr::null(),
                    std::ptr::null(),
                ))?;
            }
        }
        for row in self.n_rows..scaled.n_rows() {
            let mut index = Vec::new();
            let mut value = Vec::new();
            for (column, coefficient) in scaled.matrix.row(row) {
                index.push(size(column)?);
                value.push(coefficient);
            }
            // SAFETY: both arrays have the stated length and live across the call; HiGHS copies them.
            unsafe {
                done(highs_sys::Highs_addRow(
                    pointer,
                    scaled.row_lower[row],
                    scaled.row_upper[row],
                    size(index.len())?,
                    index.as_ptr(),
                    value.as_ptr(),
                ))?;
            }
        }
        (self.n_columns, self.n_rows) = (scaled.n_columns(), scaled.n_rows());
        Ok(())
    }

    /// Starts the next solve at a basis of the same shape.
    fn set_basis(&self, model: &mut Model, basis: &Basis) -> Result<(), String> {
        if (basis.columns.len(), basis.rows.len()) != (self.n_columns, self.n_rows) {
            return Err("a basis of another programme".to_owned());
        }
        let pointer = model.as_mut_ptr();
        // SAFETY: the model is alive, both arrays have as many entries as it has columns and rows, and HiGHS copies them.
        unsafe {
            done(highs_sys::Highs_clearSolver(pointer))?;
            done(highs_sys::Highs_setBasis(
                pointer,
                basis.columns.as_ptr(),
                basis.rows.as_ptr(),
            ))
        }
    }

    /// Seconds HiGHS has spent in this model: its time limit counts from the first run.
    fn run_time(&self, model: &mut Model) -> f64 {
        // SAFETY: the model is alive.
        unsafe { highs_sys::Highs_getRunTime(model.as_mut_ptr()) }
    }
}

fn size(count: usize) -> Result<highs_sys::HighsInt, String> {
    highs_sys::HighsInt::try_from(count)
        .map_err(|_| "the programme is too large for HiGHS".to_owned())
}

fn done(status: highs_sys::HighsInt) -> Result<(), String> {
    if status == highs_sys::STATUS_ERROR {
        Err("HiGHS refused the data".to_owned())
    } else {
        Ok(())
    }
}
