//! Cuts over whole columns: a set of numbers that cannot stand together, whatever the other columns are.
//!
//! Multipliers of rows that cannot hold with the numbers of a choice give one inequality over the whole columns; what of the choice
//! is not needed to break it is let go, and of the rest one at least has to move.

use super::scaled::Scaled;

/// Of these numbers not all stand together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cut {
    /// A whole column, its number, and whether it has to grow.
    moves: Vec<Move>,
    /// Columns of two values that weigh as much as any of the `moves`: of all of them, no more may stand where they break the
    /// inequality than there are moves, less one.
    others: Vec<Move>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Move {
    column: usize,
    at: f64,
    grows: bool,
}

impl Cut {
    /// From multipliers of the rows of a programme with the whole numbers of `point`; `None` where they do not show by more than
    /// `least` that the rows cannot hold.
    pub(crate) fn of(
        scaled: &Scaled,
        whole: &[bool],
        point: &[f64],
        dual: &[f64],
        least: f64,
    ) -> Option<Self> {
        let n = scaled.n_columns();
        let nothing = vec![0.0; n];
        let dual = scaled.with_bounds(dual);
        // The rows say: what the columns are worth at these prices is at least as much below their most as this, never less.
        let (price, _) = scaled.reduced(&nothing, &dual);
        let room = scaled.dual_bound(&nothing, &dual);
        let lost = |column: usize| {
            let (lower, upper) = (scaled.lower[column], scaled.upper[column]);
            let most = (price[column] * lower).max(price[column] * upper);
            most - price[column] * point[column]
        };
        let mut open: Vec<(f64, usize)> = (0..n)
            .filter(|&column| whole[column])
            .map(|column| (lost(column), column))
            .filter(|&(lost, _)| lost > 0.0)
            .collect();
        let mut short = open.iter().map(|(lost, _)| lost).sum::<f64>() - room;
        if short <= least {
            return None;
        }
        open.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        open.retain(|&(lost, _)| {
            let needed = short - lost <= least;
            if !needed {
                short -= lost;
            }
            needed
        });
        let move_of = |column: usize, at: f64| Move {
            column,
            at,
            grows: price[column] > 0.0,
        };
        let moves: Vec<Move> = open
            .iter()
            .map(|&(_, column)| move_of(column, point[column]))
            .collect();
        let is_two =
            |column: usize| (scaled.upper[column] - scaled.lower[column] - 1.0).abs() < 0.5;
        let heaviest = open.iter().map(|(lost, _)| *lost).fold(0.0, f64::max);
        let others = if open.iter().all(|&(_, column)| is_two(column)) {
            (0..n)
                .filter(|&column| whole[column] && is_two(column))
                .filter(|&column| price[column].abs() >= heaviest)
                .filter(|&column| open.iter().all(|&(_, own)| own != column))
                .map(|column| {
                    let broken = if price[column] > 0.0 {
                        scaled.lower[column]
                    } else {
                        scaled.upper[column]
                    };
                    move_of(column, broken)
                })
                .collect()
        } else {
            Vec::new()
        };
        Some(Self { moves, others })
    }

    /// That one whole column at least is another number.
    fn other(scaled: &Scaled, whole: &[bool], point: &[f64]) -> Self {
        let both = |column: usize| {
            let at = point[column];
            [true, false].map(|grows| Move { column, at, grows })
        };
        let moves = (0..scaled.n_columns())
            .filter(|&column| whole[column])
            .flat_map(both)
            .filter(|of| {
                let (lower, upper) = (scaled.lower[of.column], scaled.upper[of.column]);
                if of.grows {
                    of.at < upper
                } else {
                    of.at > lower
                }
            })
            .collect();
        Self {
            moves,
            others: Vec::new(),
        }
    }
}

/// A question to branch and bound: its programme, costs, and which columns are whole.
pub(crate) struct Question {
    pub(crate) scaled: Scaled,
    pub(crate) cost: Vec<f64>,
    pub(crate) whole: Vec<bool>,
}

impl Question {
    /// Cuts off a choice; where nothing better is known, it alone.
    pub(crate) fn cut(&mut self, cut: Option<Cut>, point: &[f64]) {
        let cut = cut.unwrap_or_else(|| Cut::other(&self.scaled, &self.whole, point));
        let mut cells = Vec::new();
        let mut least = 1.0;
        for of in cut.moves.iter().chain(&cut.others) {
            let (lower, upper) = (self.scaled.lower[of.column], self.scaled.upper[of.column]);
            match of.grows {
                true if of.at <= lower => {
                    cells.push((of.column, 1.0));
                    least += lower;
                }
                false if of.at >= upper => {
                    cells.push((of.column, -1.0));
                    least -= upper;
                }
                grows => cells.push((self.moved(of, grows), 1.0)),
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of columns")]
        let others = cut.others.len() as f64;
        self.at_least(cells, least + others);
    }

    /// A column of zero or one: at one, a whole column has moved from where it was.
    fn moved(&mut self, of: &Move, grows: bool) -> usize {
        let (lower, upper) = (self.scaled.lower[of.column], self.scaled.upper[of.column]);
        let column = self.scaled.n_columns();
        self.scaled.lower.push(0.0);
        self.scaled.upper.push(1.0);
        self.scaled.column_size.push(1.0);
        self.cost.push(0.0);
        self.whole.push(true);
        if grows {
            self.at_least(vec![(of.column, 1.0), (column, lower - of.at - 1.0)], lower);
        } else {
            self.at_least(
                vec![(of.column, -1.0), (column, of.at - 1.0 - upper)],
                -upper,
            );
        }
        column
    }

    /// Adds `sum(cells) >= least`.
    pub(crate) fn at_least(&mut self, cells: Vec<(usize, f64)>, least: f64) {
        self.scaled.matrix.push(cells);
        self.scaled.row_lower.push(least);
        self.scaled.row_upper.push(f64::INFINITY);
        self.scaled.row_size.push(1.0);
    }
}
