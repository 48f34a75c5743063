//! A small programme in whole numbers near zero: steps in cents away from a plan. Branch and bound finds the best ones; whoever asks
//! checks them in whole numbers.

use super::scaled::SparseRows;

/// Steps between bounds that obey rows; the first `n_whole` are whole, the rest are not.
#[derive(Clone, Debug, Default)]
pub(crate) struct StepProgram {
    pub(crate) lower: Vec<f64>,
    pub(crate) upper: Vec<f64>,
    /// Columns that are whole.
    #[cfg_attr(
        not(feature = "highs"),
        expect(dead_code, reason = "only HiGHS chooses whole numbers")
    )]
    n_whole: usize,
    rows: SparseRows,
    row_lower: Vec<f64>,
    row_upper: Vec<f64>,
}

/// The best steps found.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    /// Value of each column.
    pub(crate) values: Vec<f64>,
}

impl StepProgram {
    pub(crate) fn new(bounds: impl Iterator<Item = (f64, f64)>) -> Self {
        let (lower, upper): (Vec<f64>, Vec<f64>) = bounds.unzip();
        Self {
            n_whole: lower.len(),
            lower,
            upper,
            rows: SparseRows::new(),
            ..Self::default()
        }
    }

    /// Adds a column that need not be whole.
    pub(crate) fn add_slack(&mut self) -> usize {
        self.lower.push(0.0);
        self.upper.push(f64::INFINITY);
        self.lower.len() - 1
    }

    /// Adds a row, divided by its largest coefficient.
    pub(crate) fn add_row(&mut self, cells: &[(usize, f64)], lower: f64, upper: f64) {
        let size = cells.iter().map(|cell| cell.1.abs()).fold(0.0, f64::max);
        if size > 0.0 {
            self.rows
                .push(cells.iter().map(|&(column, value)| (column, value / size)));
            self.row_lower.push(lower / size);
            self.row_upper.push(upper / size);
        }
    }

    /// The steps with the most of `cost`, as good as `nodes` nodes of branch and bound find them; `None` where there are none, or
    /// this build has no solver for whole numbers. An answer less than `gap` from the best is as good as the best.
    #[cfg(feature = "highs")]
    pub(crate) fn maximise(
        &self,
        cost: &[f64],
        start: &[f64],
        gap: f64,
        nodes: i32,
    ) -> Option<Steps> {
        with_highs::maximise(self, cost, start, gap, nodes)
    }

    /// As above: Clarabel has no whole numbers.
    #[cfg(not(feature = "highs"))]
    pub(crate) fn maximise(&self, _: &[f64], _: &[f64], _: f64, _: i32) -> Option<Steps> {
        None
    }
}

#[cfg(feature = "highs")]
mod with_highs {
    use highs::{HighsModelStatus, HighsSolutionStatus, Model, RowProblem, Sense};

    use super::{StepProgram, Steps};
    use crate::tolerance::{STEP_FEASIBILITY, WHOLE};

    pub(super) fn maximise(
        program: &StepProgram,
        cost: &[f64],
        start: &[f64],
        gap: f64,
        nodes: i32,
    ) -> Option<Steps> {
        let mut model = stated(program, cost, gap, nodes)?;
        // A start that HiGHS does not take costs time only.
        let _ = model.try_set_solution(Some(start), None, None, None);
        let solved = model.try_solve().ok()?;
        let found = solved.status() == HighsModelStatus::Optimal
            || solved.primal_solution_status() == HighsSolutionStatus::Feasible;
        found.then(|| Steps {
            values: solved.get_solution().columns().to_vec(),
        })
    }

    /// `None` where HiGHS refuses the data.
    fn stated(program: &StepProgram, cost: &[f64], gap: f64, nodes: i32) -> Option<Model> {
        let mut problem = RowProblem::new();
        let columns: Vec<_> = (0..program.lower.len())
            .map(|column| {
                let bounds = program.lower[column]..=program.upper[column];
                let cost = cost.get(column).copied().unwrap_or(0.0);
                if column < program.n_whole {
                    problem.add_integer_column(cost, bounds)
                } else {
                    problem.add_column(cost, bounds)
                }
            })
            .collect();
        for row in 0..program.rows.n_rows() {
            let bounds = program.row_lower[row]..=program.row_upper[row];
            let cells = program.rows.row(row);
            problem.add_row(
                bounds,
                cells.map(|(column, value)| (columns[column], value)),
            );
        }
        let mut model = problem.try_optimise(Sense::Maximise).ok()?;
        model.make_quiet();
        for (option, value) in [
            ("primal_feasibility_tolerance", STEP_FEASIBILITY),
            ("mip_feasibility_tolerance", WHOLE),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", gap),
            // The start is a plan already; looking for others beside the tree took minutes where it found nothing.
            ("mip_heuristic_effort", 0.0),
        ] {
            model.try_set_option(option, value).ok()?;
        }
        for (option, value) in [("threads", 1), ("mip_max_nodes", nodes)] {
            model.try_set_option(option, value).ok()?;
        }
        Some(model)
    }
}
