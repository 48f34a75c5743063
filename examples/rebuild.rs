//! The loop a user of `good_lp` would write: every scenario states its programme anew and has HiGHS solve it, goal after goal.
//!
//! One of the peers of `benches/peers`: `rebuild PROGRAMME.json SCENARIOS.jsonl COUNT SECONDS`. It shares no code with the library.
//! The result is one line of JSON: CPU seconds and values of each scenario.

#![expect(clippy::print_stdout, reason = "the result goes there")]
#![expect(
    clippy::float_cmp,
    reason = "equal bounds and zeros are written, not computed"
)]

mod measure;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use good_lp::{
    Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, constraint,
    variable,
};
use measure::{cpu_seconds, peak_mb};
use serde::Deserialize;
use serde_json::{Value, json};

/// What a goal may give up for the next, of its largest cost: a cent, where costs are of euro.
const GIVE: f64 = 0.01;

/// Every column is in million euro: in plain euro HiGHS more often says that it does not know.
const UNIT: f64 = 1e6;

/// A bound; none is infinite.
type Bound = Option<f64>;

/// Rows of a sparse matrix, bounds, and goals to be maximised one after the other.
#[derive(Clone, Deserialize)]
struct Programme {
    indptr: Vec<usize>,
    indices: Vec<usize>,
    data: Vec<f64>,
    lower: Vec<Bound>,
    upper: Vec<Bound>,
    row_lower: Vec<Bound>,
    row_upper: Vec<Bound>,
    goals: Vec<Vec<f64>>,
    /// Turn an objective into the value of the goal in its unit.
    factors: Vec<f64>,
}

/// What a scenario has otherwise than the base, by position.
#[derive(Deserialize)]
struct Scenario {
    scenario: String,
    #[serde(default)]
    data: Vec<(usize, f64)>,
    #[serde(default)]
    lower: Vec<(usize, Bound)>,
    #[serde(default)]
    upper: Vec<(usize, Bound)>,
    #[serde(default)]
    row_lower: Vec<(usize, Bound)>,
    #[serde(default)]
    row_upper: Vec<(usize, Bound)>,
    #[serde(default)]
    goals: Vec<(usize, usize, f64)>,
    factors: Option<Vec<f64>>,
}

impl Scenario {
    fn on(&self, base: &Programme) -> Programme {
        let mut programme = base.clone();
        put(&mut programme.data, &self.data);
        put(&mut programme.lower, &self.lower);
        put(&mut programme.upper, &self.upper);
        put(&mut programme.row_lower, &self.row_lower);
        put(&mut programme.row_upper, &self.row_upper);
        for (goal, column, cost) in &self.goals {
            put(&mut programme.goals[*goal], &[(*column, *cost)]);
        }
        if let Some(factors) = &self.factors {
            programme.factors.clone_from(factors);
        }
        programme
    }
}

fn put<T: Copy>(values: &mut [T], changes: &[(usize, T)]) {
    for (position, value) in changes {
        values[*position] = *value;
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, programme, scenarios, count, seconds] = arguments.as_slice() else {
        return Err("rebuild PROGRAMME.json SCENARIOS.jsonl COUNT SECONDS".into());
    };
    let base: Programme = serde_json::from_slice(&fs::read(programme)?)?;
    let text = fs::read_to_string(scenarios)?;
    let most = Duration::from_secs_f64(seconds.parse()?);
    let (begun, mut each, mut values) = (Instant::now(), Vec::new(), BTreeMap::new());
    for line in text.lines().take(count.parse()?) {
        let scenario: Scenario = serde_json::from_str(line)?;
        let programme = scenario.on(&base);
        let before = cpu_seconds()?;
        let answer = chain(&programme);
        each.push(cpu_seconds()? - before);
        values.insert(scenario.scenario, answer);
        if begun.elapsed() > most {
            break;
        }
    }
    let result =
        json!({ "prepared": 0.0, "seconds": each, "values": values, "peak_mb": peak_mb()? });
    println!("{result}");
    Ok(())
}

/// The value of each goal on what the earlier ones leave, or why there is none.
fn chain(programme: &Programme) -> Value {
    let mut reached: Vec<f64> = Vec::new();
    for goal in &programme.goals {
        match solve(programme, goal, &reached) {
            Ok(value) => reached.push(value),
            Err(error) => return json!(error.to_string().to_lowercase()),
        }
    }
    let values = reached.iter().zip(&programme.factors);
    json!(
        values
            .map(|(value, factor)| value * factor)
            .collect::<Vec<f64>>()
    )
}

fn solve(programme: &Programme, goal: &[f64], reached: &[f64]) -> Result<f64, ResolutionError> {
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = programme
        .lower
        .iter()
        .zip(&programme.upper)
        .map(|(lower, upper)| {
            let column = variable().min(lower.map_or(f64::NEG_INFINITY, |lower| lower / UNIT));
            variables.add(column.max(upper.map_or(f64::INFINITY, |upper| upper / UNIT)))
        })
        .collect();
    let objective = sum(&columns, goal.iter().copied().enumerate());
    let mut model = variables
        .maximise(&objective)
        .using(good_lp::solvers::highs::highs);
    model.set_verbose(false);
    let mut model = model.set_threads(1);
    for (row, (lower, upper)) in programme
        .row_lower
        .iter()
        .zip(&programme.row_upper)
        .enumerate()
    {
        let cells = programme.indptr[row]..programme.indptr[row + 1];
        let cells = cells.map(|cell| (programme.indices[cell], programme.data[cell]));
        let total = sum(&columns, cells);
        match (lower, upper) {
            (Some(lower), Some(upper)) if lower == upper => {
                model.add_constraint(constraint!(total == *lower / UNIT));
            }
            (lower, upper) => {
                if let Some(upper) = upper {
                    model.add_constraint(constraint!(total.clone() <= *upper / UNIT));
                }
                if let Some(lower) = lower {
                    model.add_constraint(constraint!(total >= *lower / UNIT));
                }
            }
        }
    }
    for (goal, value) in programme.goals.iter().zip(reached) {
        let total = sum(&columns, goal.iter().copied().enumerate());
        model.add_constraint(constraint!(total >= (value - GIVE) / UNIT));
    }
    Ok(model.solve()?.eval(&objective) * UNIT)
}

fn sum(columns: &[Variable], terms: impl Iterator<Item = (usize, f64)>) -> Expression {
    let mut total = Expression::with_capacity(8);
    for (column, factor) in terms.filter(|(_, factor)| *factor != 0.0) {
        total.add_mul(factor, columns[column]);
    }
    total
}
