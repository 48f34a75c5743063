//! A problem whose weights leave some columns undecided: the proximal point method around the active sets.

use super::{Polished, System, polish_by};
use crate::solve::normal::RowPattern;
use crate::solve::quadratic::{Guess, Quadratic};
use crate::tolerance::{PICK_DRAW, PICK_RESIDUAL};

/// Draws of the proximal point method; the first or second ends it where the guess is good.
const MOST_DRAWS: usize = 20;

/// Polishes a problem whose weights leave some columns undecided: they are drawn to where they were, again and again, until
/// they stay there; the draw is then nothing and the point solves the problem itself (proximal point method).
pub(crate) fn polish_undecided(
    problem: &Quadratic,
    guess: Guess,
    pattern: &RowPattern,
) -> Polished {
    let drawn = drawn_to(problem, &guess.point);
    let mut system = System::new(&drawn, pattern);
    let polished = polish_by(&drawn, guess, &mut system);
    settle_undecided(problem, drawn, polished, &mut system)
}

fn drawn_to(problem: &Quadratic, point: &[f64]) -> Quadratic {
    let mut drawn = problem.clone();
    for (column, &value) in point.iter().enumerate() {
        if problem.weight[column] == 0.0 {
            drawn.weight[column] = PICK_DRAW;
            drawn.target[column] = value;
        }
    }
    drawn
}

fn settle_undecided(
    problem: &Quadratic,
    mut drawn: Quadratic,
    mut polished: Polished,
    system: &mut System<'_>,
) -> Polished {
    for _ in 0..MOST_DRAWS {
        let mut moved = 0.0_f64;
        for column in 0..problem.n() {
            if problem.weight[column] == 0.0 {
                moved = moved.max((polished.point[column] - drawn.target[column]).abs());
                drawn.target[column] = polished.point[column];
            }
        }
        if !polished.usable || PICK_DRAW * moved <= PICK_RESIDUAL {
            return polished;
        }
        let guess = Guess {
            point: polished.point,
            row: polished.row,
            column: polished.column,
        };
        polished = polish_by(&drawn, guess, system);
    }
    Polished {
        proved: false,
        ..polished
    }
}
