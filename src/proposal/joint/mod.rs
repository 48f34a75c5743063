//! Whole cents looked for together, where rounding cell by cell has lost some or broken a row: steps of a few cents away from the rounded
//! plan, chosen at once for all cells that some tight row joins, by branch and bound. Rows that hold go on holding; what is broken is
//! mended first, then each goal gets what it can, in order. Every plan is judged in whole numbers.

mod part;
mod parts;

use num_integer::Integer;

use super::cents::{Rounded, broken, merit};
use super::derived::Derivation;
use crate::lp::{LinearProgram, Objective, activity};
use parts::{Part, Parts};

/// How far cells may move from where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To the cent below or above the picked plan; what was whole stays.
    Fractions,
    /// By two cents; what is not paid stays unpaid.
    Near,
    /// By sixty cents.
    Wide,
    /// Anywhere within ten million euro: what is found is the best there is, the solver says.
    All,
}

impl Reach {
    const IN_ORDER: [Self; 4] = [Self::Fractions, Self::Near, Self::Wide, Self::All];

    /// Most columns of a part that is looked at; larger ones stay as they are.
    fn most_columns(self) -> usize {
        match self {
            Self::Fractions => 20_000,
            Self::Near => 4_000,
            Self::Wide => 200,
            Self::All => 40,
        }
    }

    /// Nodes of branch and bound spent on one question.
    fn nodes(self) -> i32 {
        match self {
            Self::Fractions | Self::Near => 20,
            Self::Wide => 50,
            Self::All => 1_000,
        }
    }
}

/// Part of a goal's unit that is one but for the noise of the picked plan.
const NEARLY: f64 = 1.0 - 1e-3;

/// What may still be gained of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// By how much its value may still grow, in its integer unit.
    pub(crate) left: i128,
    /// The least by which whole cents change it; `None` for a level, which no cent is worth a look.
    pub(crate) unit: Option<i128>,
}

impl Room {
    /// With the gap that is proved.
    pub(crate) fn new(objective: &Objective, gap: i128) -> Self {
        let costs = || objective.cost.iter().map(|cell| i128::from(cell.1).abs());
        let unit = match objective.unit {
            "level" => None,
            "cent" => costs().reduce(|a, b| a.gcd(&b)),
            _ => costs().min(),
        };
        Self { left: gap, unit }
    }

    /// Whether whole cents could gain something, and as much rests on play alone.
    pub(crate) fn is_worth(&self, play: f64) -> bool {
        self.is_there() && play >= unit_of(self)
    }

    /// Whether whole cents could gain something.
    pub(crate) fn is_there(&self) -> bool {
        self.unit.is_some_and(|unit| self.left >= unit)
    }
}

/// The plan with what whole cents can still gain together; the same where they can gain nothing.
pub(crate) fn improve(
    derivation: &Derivation<'_>,
    objectives: &[&Objective],
    picked: &[f64],
    room: &[Room],
    rounded: Rounded,
) -> Rounded {
    let before = merit(derivation.program, &rounded, objectives).1;
    let mut search = Search {
        derivation,
        costs: by_column(derivation.program, objectives),
        objectives,
        picked,
        plays: in_proportions(derivation.program),
        best: rounded,
    };
    for reach in Reach::IN_ORDER {
        let now = merit(derivation.program, &search.best, objectives).1;
        let left: Vec<Room> = room
            .iter()
            .zip(before.iter().zip(&now))
            .map(|(room, (before, now))| Room {
                left: room.left.saturating_sub(now - before),
                ..*room
            })
            .collect();
        if search.best.excess.is_empty() && !left.iter().any(Room::is_there) {
            break;
        }
        search.within(reach, &left);
    }
    search.best
}

struct Search<'a> {
    derivation: &'a Derivation<'a>,
    objectives: &'a [&'a Objective],
    /// Of each goal, the cost of every column.
    costs: Vec<Vec<i64>>,
    picked: &'a [f64],
    /// Whether a column is in a proportion: the picked plan knows nothing of its play.
    plays: Vec<bool>,
    best: Rounded,
}

/// Of each goal, the cost of every column.
fn by_column(program: &LinearProgram, objectives: &[&Objective]) -> Vec<Vec<i64>> {
    let of = |objective: &&Objective| {
        let mut costs = vec![0; program.columns.len()];
        for &(column, cost) in &objective.cost {
            costs[column] = cost;
        }
        costs
    };
    objectives.iter().map(of).collect()
}

fn in_proportions(program: &LinearProgram) -> Vec<bool> {
    let mut plays = vec![false; program.columns.len()];
    for row in program.rows.iter().filter(|row| row.play > 0) {
        for &(column, _) in &row.cells {
            plays[column] = true;
        }
    }
    plays
}

/// Columns and the whole cents by which they move.
type Moves = Vec<(usize, i64)>;

impl Search<'_> {
    fn within(&mut self, reach: Reach, room: &[Room]) {
        let program = self.derivation.program;
        let parts = Parts::of(program, &self.best, self.picked, reach);
        let open = parts
            .split()
            .into_iter()
            .filter(|part| part.columns.len() <= reach.most_columns() && self.is_open(part, room));
        let moves: Vec<Moves> = open
            .filter_map(|part| part::best_moves(&parts, &part, (&self.costs, room), reach))
            .collect();
        if moves.len() > 1 && self.take(moves.iter().flatten()) {
            return;
        }
        for moves in &moves {
            self.take(moves.iter());
        }
    }

    /// Whether a part has a row that does not hold, or could gain a goal a cent.
    fn is_open(&self, part: &Part, room: &[Room]) -> bool {
        if self
            .best
            .excess
            .iter()
            .any(|entry| part.rows.binary_search(&entry.0).is_ok())
        {
            return true;
        }
        let has_play = self.has_play(part);
        room.iter()
            .zip(&self.costs)
            .filter(|(room, _)| room.is_there())
            .any(|(room, costs)| has_play || self.lost(part, costs) >= unit_of(room) * NEARLY)
    }

    fn has_play(&self, part: &Part) -> bool {
        part.columns.iter().any(|&column| self.plays[column])
    }

    /// What the picked plan gives a goal in a part beyond what the rounded one does, in its integer unit.
    fn lost(&self, part: &Part, costs: &[i64]) -> f64 {
        let of = |&column: &usize| {
            float(costs[column]) * (self.picked[column] - float(self.best.values[column]))
        };
        part.columns.iter().map(of).sum()
    }

    /// Moves, if that is better.
    fn take<'m>(&mut self, moves: impl Iterator<Item = &'m (usize, i64)>) -> bool {
        let program = self.derivation.program;
        let mut values = self.best.values.clone();
        for &(column, by) in moves {
            values[column] = values[column].saturating_add(by);
        }
        self.derivation.apply(&mut values);
        let moved = Rounded {
            excess: broken(program, &values),
            values,
        };
        let better =
            merit(program, &moved, self.objectives) > merit(program, &self.best, self.objectives);
        if better {
            self.best = moved;
        }
        better
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what is found is judged in whole numbers"
)]
fn float(value: i64) -> f64 {
    value as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what is found is judged in whole numbers"
)]
fn wide(value: i128) -> f64 {
    value as f64
}

fn unit_of(room: &Room) -> f64 {
    room.unit.map_or(f64::INFINITY, wide)
}

/// What a row still has below and above its value, with its play.
fn slack(program: &LinearProgram, row: usize, values: &[i64]) -> (Option<i128>, Option<i128>) {
    let entry = &program.rows[row];
    let (value, play) = (activity(&entry.cells, values), i128::from(entry.play));
    (
        entry.lower.map(|lower| i128::from(lower) - play - value),
        entry.upper.map(|upper| i128::from(upper) + play - value),
    )
}
