//! Whether a need is open because only whole units, whole projects or a minimum are paid: what the funds still have would not buy
//! the next one.

use std::collections::BTreeMap;

use super::reasons::{Cell, Room, is_whole};
use crate::lp::{ColumnKey, Family, LinearProgram, Place, Row, activity};
use crate::model::{ActionKind, FundIdx};

/// Whether what is missing of a need (its pay columns are given) is less than the smallest amount it can still be paid with: a
/// part of a unit, or less than the minimum. No money would help.
pub(crate) fn is_never_whole(room: &Room<'_>, cell: Cell, columns: &[usize], missing: i64) -> bool {
    let kind = room.model.action(cell.0).kind;
    kind != ActionKind::Project && missing < step(room, cell, columns)
}

/// Whether the next step, a unit, a project or the minimum, costs more than the funds that may pay it have left.
pub(crate) fn does_not_fit(room: &Room<'_>, cell: Cell, columns: &[usize]) -> bool {
    let step = step(room, cell, columns);
    match room.model.action(cell.0).kind {
        ActionKind::Project => project_does_not_fit(room, columns),
        _ => step > 1 && left(room, columns) < i128::from(step),
    }
}

/// The smallest amount by which what is paid for a need may grow, in cents.
pub(crate) fn step(room: &Room<'_>, (action, _, year): Cell, columns: &[usize]) -> i64 {
    let entry = room.model.action(action);
    let paid: i64 = columns.iter().map(|&column| room.values[column]).sum();
    let position = room.model.years.iter().position(|&y| y == year);
    let unit = match entry.kind {
        ActionKind::Units => position
            .and_then(|position| entry.unit_cost.get(position))
            .map_or(1, |cost| cost.cents()),
        ActionKind::Divisible | ActionKind::Project => 1,
    };
    let least = entry.min_active.map_or(1, |least| least.cents());
    if paid == 0 { unit.max(least) } else { unit }
}

/// Whether a project with a demand here has, in some demand, less money at hand than it costs.
fn project_does_not_fit(room: &Room<'_>, columns: &[usize]) -> bool {
    short_parts(room, columns).next().is_some()
}

/// Where a project with a demand here lacks most for another of its demands, and how many cents, if it lacks nothing here.
pub(crate) fn lacks_elsewhere<'p>(
    room: &'p Room<'_>,
    columns: &[usize],
) -> Option<(&'p Place, i128)> {
    let is_here = |row: &Row| row.cells.iter().any(|cell| columns.contains(&cell.0));
    let short: Vec<(&Row, i128)> = short_parts(room, columns).collect();
    if short.iter().any(|(row, _)| is_here(row)) {
        return None;
    }
    let most = short.into_iter().max_by_key(|(_, lacks)| *lacks);
    most.map(|(row, lacks)| (&row.place, lacks))
}

/// Rows of the demands of a project that cost more than there is for them, with what is lacking.
fn short_parts<'p>(room: &'p Room<'_>, columns: &[usize]) -> impl Iterator<Item = (&'p Row, i128)> {
    let program = room.program;
    let projects = columns
        .iter()
        .flat_map(|&column| &room.rows_of[column])
        .filter(|&&row| program.rows[row].family == Family::Project)
        .flat_map(|&row| &program.rows[row].cells)
        .filter(|cell| matches!(program.columns[cell.0].key, ColumnKey::Project { .. }))
        .map(|cell| cell.0)
        .filter(|&column| room.values[column] == 0);
    let open: Vec<usize> = projects.collect();
    open.into_iter()
        .flat_map(|project| &room.rows_of[project])
        .map(|&row| &program.rows[row])
        .filter(|row| row.family == Family::Project)
        .map(|row| {
            let own: Vec<usize> = pays(program, &row.cells);
            let cost: i128 = row.cells.iter().map(|cell| i128::from(cell.1.min(0))).sum();
            (row, -cost - left(room, &own))
        })
        .filter(|(_, lacks)| *lacks > 0)
}

fn pays(program: &LinearProgram, cells: &[(usize, i64)]) -> Vec<usize> {
    let is_pay = |column: &usize| matches!(program.columns[*column].key, ColumnKey::Pay { .. });
    cells.iter().map(|cell| cell.0).filter(is_pay).collect()
}

/// What the funds may still pay through these columns, in cents, as far as the other rows allow.
fn left(room: &Room<'_>, columns: &[usize]) -> i128 {
    let mut by_fund: BTreeMap<FundIdx, i128> = BTreeMap::new();
    for &column in columns {
        let ColumnKey::Pay { fund, .. } = room.program.columns[column].key else {
            continue;
        };
        let own = room_of(room, column);
        let most = by_fund.entry(fund).or_default();
        *most = (*most).max(own);
    }
    by_fund.values().sum()
}

/// By how many cents a column may grow before a row with an upper bound stops it, those of whole things left aside.
fn room_of(room: &Room<'_>, column: usize) -> i128 {
    let program = room.program;
    let own = i128::from(program.columns[column].upper) - i128::from(room.values[column]);
    room.rows_of[column]
        .iter()
        .map(|&row| &program.rows[row])
        .filter(|row| !is_whole(row) && !row.family.is_of_goals())
        .filter_map(|row| {
            let coefficient = row.cells.iter().find(|cell| cell.0 == column)?.1;
            let upper = row.upper.filter(|_| coefficient > 0)?;
            let free = i128::from(upper) + i128::from(row.play) - activity(&row.cells, room.values);
            Some((free / i128::from(coefficient)).max(0))
        })
        .fold(own, i128::min)
}
