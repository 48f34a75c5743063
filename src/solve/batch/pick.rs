//! The pick of eight scenarios: both least-squares problems guessed in lanes, then polished one by one.

use super::super::pick::{PickStands, Picked, Picking};
use super::super::polish::{Stand, Start, polish_from, polish_undecided, polish_undecided_from};
use super::super::quadratic::{Guess, Quadratic};
use super::goals::{Batch, Refused, Running, fill};
use super::interior::Interior;
use super::lanes::{LANES, Lane};
use super::problem::{Bounds, Ended, Given};

/// The pick of each lane that is still under way, proved, or why it has none.
pub(super) fn pick(
    batch: &Batch,
    lanes: &mut [Running<'_, '_>],
    value: &[Lane],
    stands: &PickStands,
) -> Vec<Option<Picked>> {
    let pattern = &batch.pick;
    let mut coefficients = value.to_vec();
    coefficients.resize(pattern.row_index.len(), Lane::all(1.0));
    let mut bounds = Bounds::new(pattern.n_columns + pattern.n_rows);
    let mut pickings: Vec<Option<Picking<'_>>> = Vec::new();
    let mut faces = Vec::new();
    for running in lanes.iter() {
        faces.push(running.face.clone());
    }
    let first_group = pattern.n_columns + batch.goals.n_rows;
    let all = (usize::MAX, usize::MAX);
    for (lane, (running, face)) in lanes.iter().zip(&faces).enumerate() {
        if running.refused.is_some() {
            pickings.push(None);
            continue;
        }
        let case = running.case;
        let nothing = vec![0.0; case.program.columns.len()];
        let guess = running.last.as_deref().unwrap_or(&nothing);
        let picking = Picking::new(case.model, &case.program, face, guess);
        fill(&mut bounds, lane, face, all);
        for (position, target) in picking.wanted().into_iter().enumerate() {
            let at = first_group + position;
            bounds.lower[at].0[lane] = f64::NEG_INFINITY;
            bounds.upper[at].0[lane] = f64::INFINITY;
            bounds.weight[at].0[lane] = 1.0;
            bounds.target[at].0[lane] = target;
        }
        pickings.push(Some(picking));
    }
    let mut interior = Interior::new(pattern);
    solve(batch, &mut interior, &coefficients, &bounds, &pickings);
    for (lane, slot) in pickings.iter_mut().enumerate() {
        let Some(picking) = slot else { continue };
        if interior.ended[lane] != Ended::Optimal {
            *slot = None;
            continue;
        }
        let problem = picking.first();
        let guess = guess(batch, &interior, lane, picking, &problem, true);
        let start = start(&problem, &guess);
        let found = polish_undecided_from(&problem, start)
            .unwrap_or_else(|| polish_undecided(&problem, guess));
        picking.hold(found);
        for (position, total) in picking.totals().iter().enumerate() {
            let at = first_group + position;
            bounds.weight[at].0[lane] = 0.0;
            bounds.lower[at].0[lane] = *total;
            bounds.upper[at].0[lane] = *total;
        }
        for (&column, weight) in picking.free().iter().zip(&picking.second().weight) {
            bounds.weight[column].0[lane] = *weight;
        }
    }
    solve(batch, &mut interior, &coefficients, &bounds, &pickings);
    let picked = pickings.into_iter().enumerate().map(|(lane, picking)| {
        let picking = picking?;
        if interior.ended[lane] != Ended::Optimal {
            return None;
        }
        let problem = picking.second();
        let guess = guess(batch, &interior, lane, &picking, &problem, false);
        let found = polish_from(&problem, start(&problem, &guess))?;
        let picked = picking.picked(&found)?;
        (picked.proved && lanes[lane].keeps_its_goals(&picked.values)).then_some(picked)
    });
    let mut picked: Vec<Option<Picked>> = picked.collect();
    for (running, picked) in lanes.iter().zip(&mut picked) {
        if picked.is_none() && running.refused.is_none() {
            *picked = running.pick_alone(stands);
        }
    }
    for (running, picked) in lanes.iter_mut().zip(&picked) {
        if picked.is_none() && running.refused.is_none() {
            running.refused = Some(Refused::Pick);
        }
    }
    picked
}

fn solve(
    batch: &Batch,
    interior: &mut Interior,
    value: &[Lane],
    bounds: &Bounds,
    pickings: &[Option<Picking<'_>>],
) {
    let mut skipped = [true; LANES];
    for (skipped, picking) in skipped.iter_mut().zip(pickings) {
        *skipped = picking.is_none();
    }
    let given = Given {
        pattern: &batch.pick,
        value,
        bounds,
    };
    interior.solve(&given, skipped);
}

/// A lane's answer in the terms of the problem on the free columns.
fn guess(
    batch: &Batch,
    interior: &Interior,
    lane: usize,
    picking: &Picking<'_>,
    problem: &Quadratic,
    first: bool,
) -> Guess {
    let n = batch.pick.n_columns;
    let n_rows = batch.goals.n_rows;
    let mut point: Vec<f64> = picking
        .free()
        .iter()
        .map(|&c| interior.value[c].0[lane])
        .collect();
    let mut column: Vec<f64> = picking
        .free()
        .iter()
        .map(|&c| interior.at_upper[c].0[lane] - interior.at_lower[c].0[lane])
        .collect();
    let mut row: Vec<f64> = interior.y[..n_rows].iter().map(|y| y.0[lane]).collect();
    if first {
        for group in 0..batch.groups.len() {
            point.push(interior.value[n + n_rows + group].0[lane]);
            column.push(0.0);
            row.push(interior.y[n_rows + group].0[lane]);
        }
    } else {
        for group in picking.open_groups() {
            row.push(interior.y[n_rows + group].0[lane]);
        }
    }
    debug_assert!(point.len() == problem.n() && row.len() == problem.rows.n_rows());
    Guess { point, row, column }
}

/// Where polishing starts: what is active by the guess. Its multipliers are not taken over: rows that say the same twice share
/// theirs in any way, however large.
fn start(problem: &Quadratic, guess: &Guess) -> Start {
    let stand = |multiplier: f64, below: f64, above: f64| {
        if -multiplier > below {
            Stand::Lower
        } else if multiplier > above {
            Stand::Upper
        } else {
            Stand::Free
        }
    };
    let columns = (0..problem.n()).map(|column| {
        let (value, multiplier) = (guess.point[column], guess.column[column]);
        stand(
            multiplier,
            value - problem.lower[column],
            problem.upper[column] - value,
        )
    });
    let rows = (0..problem.rows.n_rows()).map(|row| {
        let cells = problem.rows.row(row);
        let value: f64 = cells.map(|(column, cell)| cell * guess.point[column]).sum();
        stand(
            guess.row[row],
            value - problem.row_lower[row],
            problem.row_upper[row] - value,
        )
    });
    Start {
        columns: columns.collect(),
        rows: rows.collect(),
        point: guess.point.clone(),
    }
}
