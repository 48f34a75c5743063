//! The programme as text, in stable order: CPLEX LP for people, free MPS for other solvers. Amounts are in euro.
//!
//! Both say the same: what is aimed at, the rows, and one row for each earlier goal that is kept. LP maximises a goal; MPS has no
//! sense that every reader honours, so there the goal is negated and minimised.

mod lp;
mod mps;
mod names;
mod number;

use super::objective::Objective;
use super::program::{Column, LinearProgram, Row};
use names::Names;
use number::decimal;

/// Largest coefficient of a row, or cost of a goal, beside which all are written as they are.
const LARGEST: u64 = 1_000_000;

/// Digits before the point of the largest coefficient of a row, where it is more than that.
const DIGITS: u32 = 3;

/// What is taken from the least value of a kept goal where squares are minimised, in the unit of its row: solvers of quadratic programmes
/// find no point where the locks leave none around it.
const SQUARES_ROOM: i128 = 1_000;

/// What the file asks for.
#[derive(Clone, Copy, Debug)]
pub enum Aim<'a> {
    /// The most of a goal.
    Most(&'a Objective),
    /// The least sum of squares.
    Nearest(&'a [Square]),
}

/// How far a sum of columns is from a target: its square counts, by a weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Square {
    /// What is summed, in words.
    pub name: String,
    /// Columns of cents, ascending.
    pub columns: Vec<usize>,
    /// The target, in cents.
    pub target: i64,
    /// Weight of the square of a cent off, in `10^SQUARE_PLACES`th parts of a cent.
    pub weight: i128,
}

/// Decimals of the weight of a square.
const SQUARE_PLACES: u32 = 21;

/// An earlier goal that is kept: `sum(cost x column) >= least`.
#[derive(Clone, Debug)]
pub struct Lock<'a> {
    /// The goal.
    pub objective: &'a Objective,
    /// Its least value, in the whole numbers of its costs and columns.
    pub least: i128,
}

/// A programme to be written.
#[derive(Clone, Debug)]
pub struct Export<'a> {
    /// Columns and rows.
    pub program: &'a LinearProgram,
    /// What is asked for.
    pub aim: Aim<'a>,
    /// The goals before it that are kept.
    pub locks: &'a [Lock<'a>],
    /// Lines about the file, after the one that says how to read its optimum.
    pub head: &'a [String],
}

/// The programme in CPLEX LP format, maximising one objective.
#[must_use]
pub fn to_lp(program: &LinearProgram, objective: &Objective) -> String {
    Export::of(program, objective).to_lp()
}

/// The programme in free MPS format, minimising the negated objective.
#[must_use]
pub fn to_mps(program: &LinearProgram, objective: &Objective) -> String {
    Export::of(program, objective).to_mps()
}

impl<'a> Export<'a> {
    /// A goal alone, without those before it.
    #[must_use]
    pub fn of(program: &'a LinearProgram, objective: &'a Objective) -> Self {
        Self {
            program,
            aim: Aim::Most(objective),
            locks: &[],
            head: &[],
        }
    }

    /// Names, and the lines of the head that every format has, without its mark of a comment. `sign` goes before the objective.
    fn begin(&self, sign: &str) -> (Names, Vec<String>) {
        let names = Names::of(self);
        let mut lines = vec![match self.aim {
            Aim::Most(objective) => reading(objective, sign),
            Aim::Nearest(_) => {
                "pick: squares divided by what is due = objective; all in euro".to_owned()
            }
        }];
        lines.extend(self.head.iter().cloned());
        lines.extend(names.told.iter().cloned());
        (names, lines)
    }

    /// The rows that say something, with their names.
    fn rows<'n>(&self, names: &'n Names) -> impl Iterator<Item = (&'a Row, &'n str)> + use<'a, 'n> {
        let rows = self.program.rows.iter();
        rows.zip(names.rows.iter().map(String::as_str))
            .filter(|(row, _)| row.lower.is_some() || row.upper.is_some())
    }

    fn squares(&self) -> &'a [Square] {
        match self.aim {
            Aim::Most(_) => &[],
            Aim::Nearest(squares) => squares,
        }
    }
}

/// How the value of a goal is had from the objective of its file.
fn reading(objective: &Objective, sign: &str) -> String {
    let power = 10_i128.pow(cost_power(&objective.cost));
    // Columns are in euro here and in cents in the programme; shares of a bound and levels have no unit.
    let cents = if objective.unit == "cent" { 1 } else { 100 };
    let value = num_rational::Ratio::new(power * cents, i128::from(objective.scale.max(1)));
    let (times, over) = (*value.numer(), *value.denom());
    let times = if times == 1 {
        String::new()
    } else {
        format!("{times} x ")
    };
    let level = match objective.level {
        0 | 1 => String::new(),
        level => format!("-{level}"),
    };
    let kind = objective.kind;
    format!("goal {kind}{level}: value = {sign}{times}objective / {over}; columns in euro")
}

/// The power of ten that a row is divided by: solvers lose digits of very large coefficients.
fn power(program: &LinearProgram, cells: &[(usize, i64)]) -> u32 {
    let size = |&(column, value): &(usize, i64)| {
        let places = program.columns.get(column).map_or(0, places);
        value.unsigned_abs() / 10_u64.pow(places)
    };
    match cells.iter().map(size).max() {
        Some(largest) if largest > LARGEST => largest.ilog10() + 1 - DIGITS,
        _ => 0,
    }
}

/// The power of ten that the costs of a goal are divided by, where some are large: the smallest is then a few hundredths, far above what
/// solvers take for none. Costs of shares of bounds are up to ten digits apart.
fn cost_power(cost: &[(usize, i64)]) -> u32 {
    let sizes = || cost.iter().map(|cell| cell.1.unsigned_abs());
    match (sizes().min(), sizes().max()) {
        (Some(least), Some(largest)) if largest > LARGEST => least.max(1).ilog10() + 2,
        _ => 0,
    }
}

/// Decimals that the integers of a column move by: a column of cents is written in euro, as are the rows; so the coefficient of a
/// whole number is written in hundredths.
fn places(column: &Column) -> u32 {
    if column.is_whole() { 2 } else { 0 }
}

/// Bounds of a column as text: euro, or a whole number of things.
fn bounds(column: &Column) -> (String, String) {
    let places = 2 - places(column);
    (
        decimal(column.lower.into(), places),
        decimal(column.upper.into(), places),
    )
}

/// Columns and coefficients as text, the sign apart; `power` of ten divides them all.
fn cells<'n>(
    program: &LinearProgram,
    cells: &[(usize, i64)],
    names: &'n Names,
    power: u32,
) -> Vec<(bool, String, &'n str)> {
    let told = cells.iter().filter_map(|&(column, coefficient)| {
        let places = places(program.columns.get(column)?) + power;
        let size = decimal(coefficient.unsigned_abs().into(), places);
        Some((coefficient < 0, size, names.columns.get(column)?.as_str()))
    });
    told.collect()
}

impl Square {
    /// Twice its weight: half of what is written counts. Columns are in euro.
    fn twice(&self) -> String {
        decimal(self.weight.saturating_mul(2), SQUARE_PLACES - 2)
    }
}

impl Export<'_> {
    /// The least value of a kept goal as its row has it.
    fn least(&self, lock: &Lock<'_>) -> String {
        let places = cost_power(&lock.objective.cost) + 2;
        let room = match self.aim {
            Aim::Most(_) => 0,
            Aim::Nearest(_) => 10_i128.pow(places) / SQUARES_ROOM,
        };
        decimal(lock.least - room, places)
    }
}
