//! The interior-point method on problems small enough to be solved by hand.

use super::interior::Interior;
use super::lanes::{LANES, Lane};
use super::pattern::Pattern;
use super::problem::{Bounds, Ended, Given};
use super::start::Ending;
use crate::solve::scaled::SparseRows;

const NONE: f64 = f64::INFINITY;

/// Rows `x + y` and `x - y`.
fn rows() -> SparseRows {
    let mut rows = SparseRows::new();
    rows.push([(0, 1.0), (1, 1.0)]);
    rows.push([(0, 1.0), (1, -1.0)]);
    rows
}

/// Where `x`, `y` and the two rows may go, and what the columns cost, of each lane.
type Own = ([(f64, f64); 4], [f64; 2]);

/// `x + y <= 4` and `y <= x + 2`, `x` up to 3, `y` up to 5: the most of `x + 2 y` is 7, at (1, 3), with multipliers 1.5 and -0.5.
const BY_HAND: Own = (
    [(0.0, 3.0), (0.0, 5.0), (-NONE, 4.0), (-2.0, NONE)],
    [1.0, 2.0],
);

/// Solves the lanes that are there.
fn solve(lanes: &[Option<Own>; LANES], ending: Option<&Ending>) -> Interior {
    let rows = rows();
    let pattern = Pattern::new(&rows, 2, &[]).unwrap();
    let value: Vec<Lane> = rows.value.iter().map(|&value| Lane::all(value)).collect();
    let mut bounds = Bounds::new(2, 2);
    for (lane, own) in lanes.iter().enumerate() {
        let Some((sides, cost)) = own else { continue };
        for (k, (lower, upper)) in sides.iter().enumerate() {
            (bounds.lower[k].0[lane], bounds.upper[k].0[lane]) = (*lower, *upper);
        }
        for (k, cost) in cost.iter().enumerate() {
            bounds.cost[k].0[lane] = *cost;
        }
    }
    let given = Given {
        pattern: &pattern,
        value: &value,
        bounds: &bounds,
    };
    let mut interior = Interior::new(&pattern);
    interior.solve(&given, ending, lanes.map(|own| own.is_none()));
    interior
}

fn only(lane: usize, own: Own) -> [Option<Own>; LANES] {
    let mut lanes = [None; LANES];
    lanes[lane] = Some(own);
    lanes
}

fn bits(interior: &Interior, lane: usize) -> Vec<u64> {
    let ending = interior.ending(lane);
    ending
        .value
        .iter()
        .chain(&ending.y)
        .map(|v| v.to_bits())
        .collect()
}

#[test]
fn the_optimum_and_its_multipliers_are_those_found_by_hand() {
    let interior = solve(&only(2, BY_HAND), None);
    assert_eq!(interior.ended[2], Ended::Optimal);
    let ending = interior.ending(2);
    for (found, expected) in ending.value.iter().zip([1.0, 3.0, 4.0, -2.0]) {
        assert!((found - expected).abs() < 1e-9, "{:?}", ending.value);
    }
    for (found, expected) in ending.y.iter().zip([1.5, -0.5]) {
        assert!((found - expected).abs() < 1e-9, "{:?}", ending.y);
    }
    assert!(interior.is_tight(2, 2, true), "x + y is at its bound");
    assert!(!interior.is_tight(2, 0, true), "x is two from its own");
}

#[test]
fn from_where_the_base_ended_fewer_steps_lead_to_the_same() {
    let cold = solve(&only(0, BY_HAND), None);
    let (mut sides, cost) = BY_HAND;
    sides[2].1 = 4.1;
    let near = solve(&only(0, (sides, cost)), Some(&cold.ending(0)));
    let far = solve(&only(0, (sides, cost)), None);
    assert!(
        near.steps[0] < far.steps[0],
        "{:?} {:?}",
        near.steps,
        far.steps
    );
    for k in 0..4 {
        let apart = near.value(k).0[0] - far.value(k).0[0];
        assert!(apart.abs() < 1e-9, "{k}: {apart}");
    }
}

#[test]
fn multipliers_of_a_base_with_other_bounds_do_no_harm() {
    // The base's multipliers speak of bounds that are not there.
    let wrong = Ending {
        value: vec![9.0, -4.0, 30.0, 30.0],
        y: vec![-5.0, 7.0],
    };
    let interior = solve(&only(0, BY_HAND), Some(&wrong));
    assert_eq!(interior.ended[0], Ended::Optimal);
    assert!((interior.value(1).0[0] - 3.0).abs() < 1e-9);
}

#[test]
fn a_lane_has_the_same_bits_whatever_moves_beside_it() {
    let (mut held, cost) = BY_HAND;
    held[0] = (1.0, 1.0);
    // A cost that would count for much, were what is held in one lane taken for what moves in another.
    let held: Own = (held, [1000.0, cost[1]]);
    let alone = solve(&only(1, held), None);
    let mut lanes = [Some(BY_HAND); LANES];
    lanes[1] = Some(held);
    let together = solve(&lanes, None);
    assert_eq!(alone.steps[1], together.steps[1]);
    assert_eq!(bits(&alone, 1), bits(&together, 1));
    let neighbour = solve(&only(0, BY_HAND), None);
    for lane in [0, 2, 7] {
        assert_eq!(bits(&neighbour, 0), bits(&together, lane));
    }
}

#[test]
fn what_cannot_be_met_is_not_called_optimal() {
    let (mut sides, cost) = BY_HAND;
    sides[2] = (9.0, 10.0);
    let mut lanes = only(0, BY_HAND);
    lanes[3] = Some((sides, cost));
    let interior = solve(&lanes, None);
    assert_eq!(interior.ended[3], Ended::Lost);
    assert_eq!(interior.ended[0], Ended::Optimal);
}

#[test]
fn what_has_no_end_is_not_called_optimal() {
    let mut lanes = only(0, BY_HAND);
    let nowhere = (0.0, NONE);
    lanes[5] = Some(([nowhere, nowhere, nowhere, (-NONE, NONE)], [1.0, 2.0]));
    let interior = solve(&lanes, None);
    assert_ne!(interior.ended[5], Ended::Optimal);
    assert_eq!(interior.ended[0], Ended::Optimal);
}

#[test]
fn an_optimum_where_everything_meets_is_found() {
    // x = y = 2: both bounds and both rows.
    let sides = [(0.0, 2.0), (0.0, 2.0), (-NONE, 4.0), (0.0, NONE)];
    let interior = solve(&only(4, (sides, [1.0, 1.0])), None);
    assert_eq!(interior.ended[4], Ended::Optimal);
    for k in 0..2 {
        let value = interior.value(k).0[4];
        assert!((value - 2.0).abs() < 1e-9, "{k}: {value}");
    }
}
