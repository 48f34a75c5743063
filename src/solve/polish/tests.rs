//! Small problems whose minimiser is known by hand.

use super::inside::sets_inside;
use super::{Polished, Sets, Stand, System, polish, steps_by};
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
        stiffness: vec![1.0; 3],
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

/// Four amounts of a fund for two zones, each zone with a floor and a cap; a number that looks random moves all of them.
fn drawn(seed: u64) -> (Quadratic, RowPattern) {
    let mut state = seed;
    let mut next = move |most: u32| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        f64::from(u32::try_from(state >> 40).expect("24 bits") % most)
    };
    let mut rows = SparseRows::new();
    rows.push((0..4).map(|column| (column, 1.0)));
    rows.push([(0, 1.0), (1, 1.0)]);
    rows.push([(2, 1.0), (3, 1.0)]);
    rows.push([(0, 1.0), (2, -0.5)]);
    let fund = 20.0 + next(20);
    let weight: Vec<f64> = (0..4).map(|_| 1.0 + next(3)).collect();
    let problem = Quadratic {
        stiffness: weight.clone(),
        weight,
        target: (0..4).map(|_| next(30)).collect(),
        lower: vec![0.0; 4],
        upper: (0..4).map(|_| 10.0 + next(15)).collect(),
        row_lower: vec![fund, 5.0, 5.0, -5.0],
        row_upper: vec![fund, 5.0 + next(20), f64::INFINITY, 6.0],
        rows,
    };
    let pattern = RowPattern::new(4, &problem.rows).expect("an order");
    (problem, pattern)
}

#[test]
fn a_walk_inside_ends_at_the_minimiser_whatever_is_thought_to_be_active() {
    let mut walked = 0;
    for seed in 0..300 {
        let (problem, pattern) = drawn(seed);
        let Some(guess) = barrier::guess(&problem, &pattern, None) else {
            continue; // no plan
        };
        let known = polish(&problem, guess.clone(), &pattern);
        assert!(known.proved, "seed {seed}");
        for stand in [Stand::Free, Stand::Lower, Stand::Upper] {
            let sets = Sets::from_stands(&problem, vec![stand; 4], vec![stand; 4]);
            let sets = sets_inside(&problem, &sets, &guess.point, &pattern).expect("an end");
            let start = (guess.point.clone(), vec![0.0; 4]);
            let mut system = System::new(&problem, &pattern);
            let found = steps_by(&problem, &sets, &start, 1, &mut system).expect("a point");
            assert!(found.proved, "seed {seed}, {stand:?}");
            for (a, b) in found.point.iter().zip(&known.point) {
                assert!((a - b).abs() < 1e-9, "seed {seed}, {stand:?}: {a} but {b}");
            }
            walked += 1;
        }
    }
    assert!(walked > 300, "only {walked}");
}
