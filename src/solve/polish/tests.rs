//! Small problems whose minimiser is known by hand.

use super::{Polished, polish};
use crate::solve::barrier;
use crate::solve::normal::RowPattern;
use crate::solve::quadratic::{Guess, Quadratic};
use crate::solve::scaled::SparseRows;

const CENT: f64 = 1e-8;

/// A fund of 13 cents for two places, near to 0 and 8 cents; the second has a need of 22 cents, 16 of them paid by a fund of its own.
fn thirteen_cents() -> (Quadratic, RowPattern) {
    let mut rows = SparseRows::new();
    rows.push([(2, 1.0)]);
    rows.push([(0, 1.0), (1, 1.0)]);
    rows.push([(1, 1.0), (2, 1.0)]);
    let problem = Quadratic {
        weight: vec![1.0; 3],
        target: vec![0.0, 8.0 * CENT, 16.0 * CENT],
        lower: vec![0.0; 3],
        upper: vec![13.0 * CENT, 13.0 * CENT, 16.0 * CENT],
        row_lower: vec![16.0 * CENT, 13.0 * CENT, f64::NEG_INFINITY],
        row_upper: vec![16.0 * CENT, 13.0 * CENT, 22.0 * CENT],
        rows,
    };
    let pattern = RowPattern::new(3, &problem.rows).expect("an order");
    (problem, pattern)
}

fn is_seven_and_six(found: &Polished) {
    assert!(found.proved);
    for (value, cents) in found.point.iter().zip([7.0, 6.0, 16.0]) {
        assert!((value / CENT - cents).abs() < 0.01, "{:?}", found.point);
    }
}

#[test]
fn a_large_multiplier_that_says_nothing_does_not_hide_cents() {
    let (problem, pattern) = thirteen_cents();
    // The first row and the bound of the third column say the same: what they push against each other with may be anything.
    let guess = Guess {
        point: vec![13.0 * CENT, 0.0, 16.0 * CENT],
        row: vec![-2.5e5, 0.0, 0.0],
        column: vec![0.0, -1.0, 2.5e5],
    };
    is_seven_and_six(&polish(&problem, guess, &pattern));
}

#[test]
fn the_guess_by_the_rows_leads_to_the_minimiser() {
    let (problem, pattern) = thirteen_cents();
    let guess = barrier::guess(&problem, &pattern, None).expect("a guess");
    is_seven_and_six(&polish(&problem, guess, &pattern));
}
