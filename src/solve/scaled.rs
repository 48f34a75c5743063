//! The programme in floats, scaled for a solver: columns in million euro (in less where a plan has less to give), whole things as they
//! are, rows divided by their largest coefficient. Whole columns whose number has been chosen are folded into the bounds of their rows.

use crate::lp::{COUNT_SCALE, Column, ColumnKey, LinearProgram, Objective};
use crate::tolerance::{CENTS_PER_UNIT, TRUSTED, UNEVEN};

/// Rows of a sparse matrix.
#[derive(Clone, Debug, Default)]
pub(crate) struct SparseRows {
    /// Start of each row, and the end of the last.
    pub(crate) start: Vec<usize>,
    /// Columns.
    pub(crate) index: Vec<usize>,
    /// Coefficients.
    pub(crate) value: Vec<f64>,
}

impl SparseRows {
    pub(crate) fn new() -> Self {
        Self {
            start: vec![0],
            ..Self::default()
        }
    }

    pub(crate) fn push(&mut self, cells: impl IntoIterator<Item = (usize, f64)>) {
        for (column, value) in cells {
            self.index.push(column);
            self.value.push(value);
        }
        self.start.push(self.index.len());
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.start.len() - 1
    }

    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.start[row]..self.start[row + 1];
        self.index[range.clone()]
            .iter()
            .copied()
            .zip(self.value[range].iter().copied())
    }
}

/// The programme as the solvers see it. Bounds change as goals are locked; the matrix only grows.
#[derive(Clone, Debug)]
pub(crate) struct Scaled {
    pub(crate) lower: Vec<f64>,
    pub(crate) upper: Vec<f64>,
    pub(crate) matrix: SparseRows,
    pub(crate) row_lower: Vec<f64>,
    pub(crate) row_upper: Vec<f64>,
    /// What each row was divided by.
    pub(crate) row_size: Vec<f64>,
    /// Cents (or things) in the unit of each column.
    pub(crate) column_size: Vec<f64>,
    /// Cents in the unit of amounts and rows: [`money_unit`], but for the choice of whole numbers.
    pub(crate) unit: f64,
    /// Whether the play of a proportion widens its row.
    with_play: bool,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "floats only guess; the exact rows are in the programme"
)]
pub(crate) fn float(value: i64) -> f64 {
    value as f64
}

/// A bound that is no whole number of cents: how far it is above the one in the programme, in the unit of its row or column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nudge {
    /// Which bound.
    pub at: Nudged,
    /// By how much it is above, negative below.
    pub by: f64,
}

/// A bound of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudged {
    /// The lower bound of a row.
    Lower(usize),
    /// The upper bound of a row.
    Upper(usize),
    /// The upper bound of a column.
    Column(usize),
}

/// Whether a column is the shortfall of a rule that counts.
fn counts_things(program: &LinearProgram, column: &Column) -> bool {
    let ColumnKey::Shortfall { instance, .. } = column.key else {
        return false;
    };
    let instance = program.instances.get(instance);
    instance.is_some_and(|instance| instance.quantity.is_count())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "floats only guess; the exact rows are in the programme"
)]
pub(crate) fn wide(value: i128) -> f64 {
    value as f64
}

/// Cents in the unit of a programme's amounts: a million euro, or the power of ten below the largest amount that can be paid where that
/// is less. What a solver takes for zero is then small beside every plan: on amounts of cents, a tenth of a cent is not.
pub(crate) fn money_unit(program: &LinearProgram) -> f64 {
    let mut unit = CENTS_PER_UNIT;
    let largest = float(program.largest_pay());
    while unit > 1.0 && unit > largest {
        unit /= 10.0;
    }
    unit
}

/// Sum of products.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Scaled {
    /// `with_play`: with the bounds of proportions as wide as whole cents may need them. `unit`: cents in the unit of amounts.
    pub(crate) fn of(program: &LinearProgram, with_play: bool, unit: f64) -> Self {
        let mut scaled = Self {
            lower: Vec::new(),
            upper: Vec::new(),
            matrix: SparseRows::new(),
            row_lower: Vec::new(),
            row_upper: Vec::new(),
            row_size: Vec::new(),
            column_size: Vec::new(),
            unit,
            with_play,
        };
        scaled.grow(program);
        scaled
    }

    /// Moves bounds to where they are before cents; those that are not there stay so.
    pub(crate) fn nudge(&mut self, nudges: &[Nudge]) {
        for nudge in nudges {
            match nudge.at {
                Nudged::Lower(row) => {
                    self.row_lower[row] += nudge.by / self.row_size[row] / self.unit;
                }
                Nudged::Upper(row) => {
                    self.row_upper[row] += nudge.by / self.row_size[row] / self.unit;
                }
                Nudged::Column(column) => self.upper[column] += nudge.by / self.column_size[column],
            }
        }
    }

    /// Whether the play of a proportion widens its row.
    pub(crate) fn with_play(&self) -> bool {
        self.with_play
    }

    /// Takes in the columns and rows added to the programme since.
    pub(crate) fn grow(&mut self, program: &LinearProgram) {
        for column in program.columns.iter().skip(self.lower.len()) {
            let size = if column.is_whole() {
                1.0
            } else if counts_things(program, column) {
                float(COUNT_SCALE)
            } else {
                self.unit
            };
            self.lower.push(float(column.lower) / size);
            self.upper.push(float(column.upper) / size);
            self.column_size.push(size);
        }
        for row in program.rows.iter().skip(self.row_lower.len()) {
            let chosen = |column: usize| {
                let column = &program.columns[column];
                column.is_chosen().then_some(column.lower)
            };
            let folded: i128 = row
                .cells
                .iter()
                .filter_map(|&(column, value)| {
                    Some(i128::from(value) * i128::from(chosen(column)?))
                })
                .sum();
            let cells: Vec<(usize, f64)> = row
                .cells
                .iter()
                .filter(|cell| chosen(cell.0).is_none())
                .map(|&(column, value)| {
                    let unit = self.column_size[column] / self.unit;
                    (column, float(value) * unit)
                })
                .collect();
            // Beside money, a whole thing is as much as it costs: divided by that, a cent would be less than the solver's tolerance.
            let of_money = |cell: &&(usize, f64)| !program.columns[cell.0].is_whole();
            let largest = |size: f64, cell: &(usize, f64)| size.max(cell.1.abs());
            let money = cells.iter().filter(of_money).fold(0.0, largest);
            let size = if money > 0.0 {
                money
            } else {
                cells.iter().fold(0.0, largest)
            };
            // Rows of whole numbers alone are as large as they are.
            let size = if size > 0.0 && !cells.iter().any(|cell| self.column_size[cell.0] > 1.0) {
                size
            } else {
                size.max(1.0)
            };
            let bound = |value: i64| wide(i128::from(value) - folded) / size / self.unit;
            let play = if self.with_play { row.play } else { 0 };
            self.row_lower.push(
                row.lower
                    .map_or(f64::NEG_INFINITY, |lower| bound(lower.saturating_sub(play))),
            );
            self.row_upper.push(
                row.upper
                    .map_or(f64::INFINITY, |upper| bound(upper.saturating_add(play))),
            );
            self.row_size.push(size);
            self.matrix.push(
                cells
                    .into_iter()
                    .map(|(column, value)| (column, value / size)),
            );
        }
    }

    /// Whether every row holds where every column is zero.
    pub(crate) fn zero_holds(&self) -> bool {
        self.row_lower.iter().all(|lower| *lower <= 0.0)
            && self.row_upper.iter().all(|upper| *upper >= 0.0)
    }

    pub(crate) fn n_columns(&self) -> usize {
        self.lower.len()
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.row_lower.len()
    }

    /// Costs divided by the largest, and that largest; a column that can only be nothing has no cost, and does not count.
    pub(crate) fn costs(&self, objective: &Objective) -> (Vec<f64>, f64) {
        let scaled =
            |&(column, value): &(usize, i64)| float(value) * (self.column_size[column] / self.unit);
        let size = objective
            .cost
            .iter()
            .filter(|cell| !self.is_nothing(cell.0))
            .map(|cell| scaled(cell).abs())
            .fold(0.0, f64::max)
            .max(f64::MIN_POSITIVE);
        let mut cost = vec![0.0; self.n_columns()];
        for cell in &objective.cost {
            if !self.is_nothing(cell.0) {
                cost[cell.0] = scaled(cell) / size;
            }
        }
        (cost, size)
    }

    /// Whether costs of columns that may move are so far apart that a solver takes some for noise.
    pub(crate) fn is_uneven(&self, cost: &[f64]) -> bool {
        let moves = self.lower.iter().zip(&self.upper);
        let mut costs = cost.iter().zip(moves);
        costs.any(|(cost, (lower, upper))| *cost != 0.0 && cost.abs() < UNEVEN && lower < upper)
    }

    fn is_nothing(&self, column: usize) -> bool {
        self.lower[column] == 0.0 && self.upper[column] == 0.0
    }

    /// `cost - transposed matrix x dual`, and the size of the terms of each.
    pub(crate) fn reduced(&self, cost: &[f64], dual: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut reduced = cost.to_vec();
        let mut size: Vec<f64> = cost.iter().map(|c| c.abs()).collect();
        for (row, &multiplier) in dual.iter().enumerate() {
            if multiplier == 0.0 {
                continue;
            }
            for (column, value) in self.matrix.row(row) {
                reduced[column] -= value * multiplier;
                size[column] += (value * multiplier).abs();
            }
        }
        (reduced, size)
    }

    /// No point within the bounds of the columns has more than this of `cost`.
    pub(crate) fn most(&self, cost: &[f64]) -> f64 {
        let bounds = self.lower.iter().zip(&self.upper);
        let columns = cost.iter().zip(bounds);
        columns
            .filter(|(cost, _)| **cost != 0.0)
            .map(|(cost, (lower, upper))| (cost * lower).max(cost * upper))
            .sum()
    }

    /// Multipliers without those of bounds that are not there: they are noise, and what is proved without them is as valid.
    pub(crate) fn with_bounds(&self, dual: &[f64]) -> Vec<f64> {
        let bounds = self.row_lower.iter().zip(&self.row_upper);
        dual.iter()
            .zip(bounds)
            .map(|(&price, (&lower, &upper))| {
                let of = if price > 0.0 { upper } else { lower };
                if of.is_finite() { price } else { 0.0 }
            })
            .collect()
    }

    /// No point has more than this of `cost`, by multipliers of rows whatever they are.
    pub(crate) fn dual_bound(&self, cost: &[f64], dual: &[f64]) -> f64 {
        let at = |price: f64, lower: f64, upper: f64| match price.partial_cmp(&0.0) {
            Some(std::cmp::Ordering::Greater) => price * upper,
            Some(std::cmp::Ordering::Less) => price * lower,
            _ => 0.0,
        };
        let dual = self.with_bounds(dual);
        let (reduced, _) = self.reduced(cost, &dual);
        let columns: f64 = reduced
            .iter()
            .enumerate()
            .map(|(column, &price)| at(price, self.lower[column], self.upper[column]))
            .sum();
        let rows: f64 = dual
            .iter()
            .enumerate()
            .map(|(row, &price)| at(price, self.row_lower[row], self.row_upper[row]))
            .sum();
        columns + rows
    }

    /// Whether a value is believed that multipliers leave below its bound by a gap (in the unit of amounts).
    pub(crate) fn is_trusted(&self, objective: &Objective, gap: f64) -> bool {
        let gap = match objective.unit {
            "bound" => gap * self.unit / float(objective.scale),
            "level" => gap,
            _ => gap / float(objective.scale),
        };
        gap <= TRUSTED
    }

    /// The most by which a point breaks a row or a bound.
    pub(crate) fn largest_violation(&self, point: &[f64]) -> f64 {
        let columns = point
            .iter()
            .zip(self.lower.iter().zip(&self.upper))
            .map(|(value, (lower, upper))| (lower - value).max(value - upper));
        let rows = (0..self.n_rows()).map(|row| {
            let cells = self.matrix.row(row);
            let value: f64 = cells.map(|(column, value)| value * point[column]).sum();
            (self.row_lower[row] - value).max(value - self.row_upper[row])
        });
        columns.chain(rows).fold(0.0, f64::max)
    }
}
