//! A goal of a plan, or its pick, for a second solver: with what the plan reached on the goals before it.
//!
//! The plan in whole cents is a plan of the exported programme: each goal before is kept at what it has there, to the digit, and a row
//! that whole cents break is as wide as they need. So a second solver finds at least what the plan has, and no more than its proof allows.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{CheckedMul, ToPrimitive};

use super::Proposal;
use crate::lp::write::{Aim, Export, Lock, Square};
use crate::lp::{ColumnKey, LinearProgram, Objective, activity};
use crate::model::Model;
use crate::sheet::Claim;
use crate::solve::{Plan, WEIGHT_OF_A_CENT, squares};
use crate::units::{Exact, exact_text};

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A goal by its position, and the level of a leximin goal (1 for the others too).
    Goal(usize, u32),
    /// The pick among plans that are equally good for every goal.
    Pick,
}

/// A programme for a second solver.
#[derive(Clone, Debug)]
pub struct Exported {
    program: LinearProgram,
    aim: Goal,
    locks: Vec<(Objective, i128)>,
    head: Vec<String>,
}

#[derive(Clone, Debug)]
enum Goal {
    Most(Objective),
    Nearest(Vec<Square>),
}

impl Exported {
    /// A goal alone, in a programme of its own, without the goals before it.
    #[must_use]
    pub fn alone(program: LinearProgram, objective: Objective) -> Self {
        let head = if objective.goal == 0 {
            "no goal comes before it".to_owned()
        } else {
            "without the goals before it: its optimum is not what a plan reaches".to_owned()
        };
        let head = vec![unit(&objective).to_owned(), head];
        Self {
            program,
            aim: Goal::Most(objective),
            locks: Vec::new(),
            head,
        }
    }

    /// The pick alone, without any goal.
    #[must_use]
    pub fn pick_alone(model: &Model, program: LinearProgram) -> Self {
        let head = "without the goals before it: any plan may be picked".to_owned();
        Self {
            aim: Goal::Nearest(weighted(model, &program)),
            program,
            locks: Vec::new(),
            head: vec![head],
        }
    }

    /// A goal or the pick with the goals before it, each kept at what the proposal, made from the plan, reached; `None` where the plan has
    /// no such goal.
    #[must_use]
    pub fn kept(model: &Model, plan: &Plan, proposal: &Proposal, wanted: Wanted) -> Option<Self> {
        let place = match wanted {
            Wanted::Pick => plan.stages.len(),
            Wanted::Goal(goal, level) => plan.stages.iter().position(|stage| {
                let objective = &stage.objective;
                objective.goal == goal && objective.level.max(1) == level
            })?,
        };
        let Claim::Proposal { goals, pick, .. } = &proposal.certificate.claim else {
            return None;
        };
        let mut locks = Vec::with_capacity(place);
        for (stage, reached) in plan.stages.iter().zip(goals).take(place) {
            let (value, gap): (i128, i128) =
                (reached.value.parse().ok()?, reached.gap.parse().ok()?);
            let unused = i128::from(stage.objective.tolerance).saturating_sub(gap);
            locks.push((stage.objective.clone(), value.saturating_sub(unused.max(0))));
        }
        let mut program = plan.program.clone();
        let stage = plan.stages.get(place);
        if let Some(stage) = stage {
            forget_later_levels(&mut program, &stage.objective);
        }
        let widened = widen(&mut program, &proposal.values);
        let mut head = Vec::new();
        if let Some(stage) = stage {
            head.push(unit(&stage.objective).to_owned());
        }
        head.push(kept_line(&locks));
        if program.columns.iter().any(crate::lp::Column::is_whole) {
            head.push("whole numbers are those that plan chose".to_owned());
        }
        if widened > 0 {
            head.push(format!(
                "{widened} rows are wider by what that plan, which is whole cents, needs"
            ));
        }
        let aim = match stage {
            Some(stage) => {
                let line = proposal.goals.get(place)?;
                head.push(format!(
                    "that plan has {}; none that keeps as much has more than {} above it",
                    told(&line.value),
                    told(&line.gap)
                ));
                Goal::Most(stage.objective.clone())
            }
            None => {
                head.push(
                    "each of these rows leaves 0.001 for solvers of quadratic programmes"
                        .to_owned(),
                );
                head.push(format!(
                    "that plan has {}; none that keeps as much has less by more than {}",
                    weighted_euro(&pick.distance),
                    weighted_euro(&pick.gap)
                ));
                Goal::Nearest(weighted(plan.model.as_ref().unwrap_or(model), &program))
            }
        };
        Some(Self {
            program,
            aim,
            locks,
            head,
        })
    }

    /// Columns and rows of the file.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let squares = match &self.aim {
            Goal::Most(_) => 0,
            Goal::Nearest(squares) => squares.len(),
        };
        let rows = self.program.rows.iter();
        let rows = rows.filter(|row| row.lower.is_some() || row.upper.is_some());
        (
            self.program.columns.len() + squares,
            rows.count() + self.locks.len() + squares,
        )
    }

    /// Where the goals before it are kept, how many they are, levels counted.
    #[must_use]
    pub fn n_locks(&self) -> usize {
        self.locks.len()
    }

    /// The file in CPLEX LP format.
    #[must_use]
    pub fn to_lp(&self) -> String {
        self.written(|export| export.to_lp())
    }

    /// The file in free MPS format.
    #[must_use]
    pub fn to_mps(&self) -> String {
        self.written(|export| export.to_mps())
    }

    fn written(&self, write: impl Fn(&Export<'_>) -> String) -> String {
        let locks = self.locks.iter();
        let locks: Vec<Lock<'_>> = locks
            .map(|(objective, least)| Lock {
                objective,
                least: *least,
            })
            .collect();
        write(&Export {
            program: &self.program,
            aim: match &self.aim {
                Goal::Most(objective) => Aim::Most(objective),
                Goal::Nearest(squares) => Aim::Nearest(squares),
            },
            locks: &locks,
            head: &self.head,
        })
    }
}

/// Part of a whole that a fraction is told to.
const TOLD: i128 = 1_000_000_000_000;

/// A number as it is, or, where that is a fraction, to twelve decimals.
fn told(value: &Exact) -> String {
    let text = exact_text(value);
    let scaled = value.checked_mul(&Exact::from_integer(TOLD));
    match scaled.filter(|_| text.contains('/')) {
        Some(scaled) => exact_text(&Exact::new(scaled.round().to_integer(), TOLD)),
        None => text,
    }
}

fn unit(objective: &Objective) -> &'static str {
    match objective.unit {
        "cent" => "value in euro",
        "bound" => "value in shares of the bounds missed, added up and negated",
        _ => "value in shares of the need of the worst served zone",
    }
}

fn kept_line(locks: &[(Objective, i128)]) -> String {
    let names: Vec<String> = locks
        .iter()
        .map(|(objective, _)| match objective.level {
            0 => objective.kind.to_owned(),
            level => format!("{}-{level}", objective.kind),
        })
        .collect();
    if names.is_empty() {
        return "no goal comes before it".to_owned();
    }
    let names = names.join(", ");
    format!(
        "the goals before it are kept at what the plan of `solve` has, to the digit, in the rows lock_...: {names}"
    )
}

/// Drops the columns and rows of levels that come after an objective.
fn forget_later_levels(program: &mut LinearProgram, objective: &Objective) {
    let is_later = |key: &ColumnKey| match *key {
        ColumnKey::Level { goal, level } => (goal, level) > (objective.goal, objective.level),
        _ => false,
    };
    let keys = program.columns.iter();
    let Some(first) = keys.clone().position(|column| is_later(&column.key)) else {
        return;
    };
    // Levels are the last columns, in the order in which they were solved.
    program.columns.truncate(first);
    let rows = &mut program.rows;
    rows.retain(|row| row.cells.last().is_none_or(|cell| cell.0 < first));
}

/// Widens the rows that a plan in whole cents breaks, by as much; says how many.
fn widen(program: &mut LinearProgram, values: &[i64]) -> usize {
    let mut widened = 0;
    for row in &mut program.rows {
        // What a plan comes to fits where its bounds do.
        let Ok(value) = i64::try_from(activity(&row.cells, values)) else {
            continue;
        };
        let before = (row.lower, row.upper);
        row.lower = row.lower.map(|lower| lower.min(value));
        row.upper = row.upper.map(|upper| upper.max(value));
        widened += usize::from(before != (row.lower, row.upper));
    }
    widened
}

/// Weighted squares of cents in euro, to a millionth of a millionth.
fn weighted_euro(weighted: &str) -> String {
    let weighted: BigInt = weighted.parse().unwrap_or_default();
    let parts: BigInt = weighted * TOLD / WEIGHT_OF_A_CENT / 100;
    let parts = parts.to_i128();
    parts.map_or_else(String::new, |parts| exact_text(&Exact::new(parts, TOLD)))
}

/// What the pick measures, in the columns of a programme.
fn weighted(model: &Model, program: &LinearProgram) -> Vec<Square> {
    let mut columns: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (position, column) in program.columns.iter().enumerate() {
        if let ColumnKey::Pay { fund, demand } = column.key {
            let demand = &model.demands[demand];
            let group = (fund, demand.zone, demand.year);
            columns.entry(group).or_default().push(position);
        }
    }
    let square = |square: crate::solve::Square| {
        let mut names = vec![
            model.fund(square.fund).id.clone(),
            model.zone(square.zone).id.clone(),
        ];
        names.extend(square.years.iter().map(|(year, _)| year.to_string()));
        let groups = square.years.iter();
        let groups = groups.filter_map(|&(year, _)| columns.get(&(square.fund, square.zone, year)));
        let mut columns: Vec<usize> = groups.flatten().copied().collect();
        columns.sort_unstable();
        Square {
            name: names.join(","),
            columns,
            target: square.target,
            weight: square.weight,
        }
    };
    squares(model, program).into_iter().map(square).collect()
}
