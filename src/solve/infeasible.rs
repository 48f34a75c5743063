//! No plan: the least total violation, an irreducible set of rules that cannot hold together, and the multipliers that prove it.

use std::collections::BTreeSet;

use super::loose::{Loose, Part};
use super::scaled::float;
use crate::lp::{LinearProgram, Origin};
use crate::model::Model;
use crate::tolerance::{INFEASIBLE, NEARLY_WHOLE, SUM_DIGITS};

/// What cannot hold together.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Origins of the rows in conflict, ascending; without any one of them the others can hold.
    pub origins: Vec<Origin>,
    /// Row and multiplier, positive for its lower bound, negative for its upper bound: their sum cannot be reached within the
    /// bounds of the columns. To be checked exactly.
    pub multipliers: Vec<(usize, f64)>,
    /// Whether it is a conflict of whole numbers alone: without them the rows can hold, and there are no multipliers.
    pub whole: bool,
    /// Least total violation of these rows, in cents of each row's largest coefficient.
    pub violation_cents: f64,
}

/// Largest number by which a multiplier is divided for one that all others are whole beside.
const MOST_PARTS: i32 = 12;

impl Conflict {
    /// The same with multipliers that are whole multiples of one of them, or of a small part of it, where they nearly are.
    pub(crate) fn in_whole_multipliers(&self) -> Vec<Self> {
        let bases = self.multipliers.iter().map(|of| of.1.abs());
        let parts = bases.flat_map(|base| (1..=MOST_PARTS).map(move |part| base / f64::from(part)));
        let near = |of: f64| {
            let whole = of.round();
            whole.abs() > 0.5 && (of - whole).abs() <= NEARLY_WHOLE * whole.abs()
        };
        parts
            .filter(|part| self.multipliers.iter().all(|of| near(of.1 / part)))
            .map(|part| {
                let whole = self.multipliers.iter();
                let whole = whole.map(|&(row, of)| (row, (of / part).round()));
                Self {
                    multipliers: whole.collect(),
                    ..self.clone()
                }
            })
            .collect()
    }
}

/// The conflict of a programme, or `None` if its rows can hold.
///
/// A need is named only where it has a row: the programme has to be built [in full](crate::lp::build_in_full).
#[must_use]
pub fn conflict(model: &Model, program: &LinearProgram) -> Option<Conflict> {
    conflicts(model, program, &BTreeSet::new(), 1).pop()
}

/// The conflicts of a programme, at most so many, no rule in two of them (funds and needs may be): after each, its rules are left
/// out and the others looked at again. What is `forced` is taken as given: it is what the others conflict with, and of it only
/// what they need is named.
///
/// See [`conflict`].
#[must_use]
pub fn conflicts(
    model: &Model,
    program: &LinearProgram,
    forced: &BTreeSet<Origin>,
    most: usize,
) -> Vec<Conflict> {
    let loose = Loose::new(model, program);
    let mut open: BTreeSet<Origin> = program.rows.iter().map(|row| row.origin).collect();
    let mut all = Part::of(&loose, |_| true);
    let mut found = Vec::new();
    while found.len() < most {
        let Some((violation, multipliers)) = all.violation(&open) else {
            break;
        };
        if violation <= INFEASIBLE {
            break;
        }
        let Some(conflict) = irreducible(&loose, &multipliers, forced) else {
            break;
        };
        let before = open.len();
        open.retain(|origin| {
            !is_rule(origin) || forced.contains(origin) || !conflict.origins.contains(origin)
        });
        let fewer = open.len() < before;
        found.push(conflict);
        if !fewer {
            break;
        }
    }
    found
}

/// Some origins that cannot hold together, none of them for nothing. Where a violation that is noise of large amounts has led to some
/// that can, only what multipliers show is believed.
fn irreducible(
    loose: &Loose<'_>,
    multipliers: &[(usize, f64)],
    forced: &BTreeSet<Origin>,
) -> Option<Conflict> {
    let is_good = |of: &Conflict| {
        let whole = of.in_whole_multipliers();
        let mut all = std::iter::once(of).chain(&whole);
        !of.origins.is_empty() && all.any(|of| is_shown(loose.program, &of.multipliers))
    };
    let quick = dropped(loose, multipliers, forced, &|_| true);
    if quick.as_ref().is_some_and(is_good) {
        return quick;
    }
    let shown = |multipliers: &[(usize, f64)]| is_shown(loose.program, multipliers);
    let careful = dropped(loose, multipliers, forced, &shown);
    careful.filter(is_good).or(quick)
}

/// Only rows with a multiplier matter; among their origins, one after the other is dropped while the rest still cannot hold.
fn dropped(
    loose: &Loose<'_>,
    multipliers: &[(usize, f64)],
    forced: &BTreeSet<Origin>,
    is_believed: &dyn Fn(&[(usize, f64)]) -> bool,
) -> Option<Conflict> {
    let program = loose.program;
    let mut pool = involved(program, multipliers);
    pool.extend(forced);
    let mut kept = in_order_of_dropping(&pool, forced);
    let named: BTreeSet<Origin> = kept.iter().copied().collect();
    let mut part = Part::of(loose, |origin| {
        named.contains(&origin) || origin == Origin::Whole
    });
    let mut position = 0;
    // Multipliers of the latest set that is left, where they show that it cannot hold.
    let mut latest = None;
    while position < kept.len() {
        let mut without: BTreeSet<Origin> = kept.iter().copied().collect();
        without.remove(&kept[position]);
        match part.violation(&without) {
            Some((violation, multipliers))
                if violation > INFEASIBLE && is_believed(&multipliers) =>
            {
                // Those without a multiplier are not needed either; what was found to be needed stays, and what is forced
                // until its turn comes.
                let given = kept
                    .get(position)
                    .is_some_and(|origin| !forced.contains(origin));
                let needed = involved(program, &multipliers);
                latest = is_shown(program, &multipliers).then_some((violation, multipliers));
                let mut next = 0;
                kept.retain(|origin| {
                    let waits = given && forced.contains(origin);
                    let stays = next < position || waits || needed.contains(origin);
                    next += 1;
                    stays
                });
            }
            _ => position += 1,
        }
    }
    let mut origins: BTreeSet<Origin> = kept.iter().copied().collect();
    let (mut violation, mut multipliers) = part.violation(&origins)?;
    // A proof that does without one of them shows that it is not needed, however little is missing.
    let named = involved(program, &multipliers);
    if !named.is_empty()
        && named.len() < origins.len()
        && let Some((fewer, proof)) = part.violation(&named)
        && is_shown(program, &proof)
    {
        (origins, violation, multipliers) = (named, fewer, proof);
    }
    // A part of a cent of one rule, asked for by itself, is nothing to the solver; what was shown before stands.
    if !is_shown(program, &multipliers)
        && let Some((before, proof)) = latest
    {
        (origins, violation, multipliers) = (involved(program, &proof), before, proof);
    }
    Some(Conflict {
        origins: origins.into_iter().collect(),
        multipliers,
        whole: false,
        violation_cents: violation * loose.unit(),
    })
}

/// Whether rows with these multipliers cannot be reached within the bounds of the columns, by more than the noise of the sums.
fn is_shown(program: &LinearProgram, multipliers: &[(usize, f64)]) -> bool {
    let mut asked = 0.0;
    let mut noise = 0.0;
    let mut worth = vec![(0.0_f64, 0.0_f64); program.columns.len()];
    for &(row, multiplier) in multipliers {
        let row = &program.rows[row];
        let bound = if multiplier > 0.0 {
            row.lower
        } else {
            row.upper
        };
        let Some(bound) = bound else {
            return false;
        };
        let part = multiplier * float(bound);
        asked += part;
        noise += part.abs();
        for &(column, coefficient) in &row.cells {
            let part = multiplier * float(coefficient);
            worth[column].0 += part;
            worth[column].1 += part.abs();
        }
    }
    for (column, (worth, parts)) in program.columns.iter().zip(worth) {
        let (lower, upper) = (float(column.lower), float(column.upper));
        asked -= (worth * lower).max(worth * upper);
        noise += parts * lower.abs().max(upper.abs());
    }
    asked > noise * SUM_DIGITS
}

/// Whether an origin is a rule among rules rather than what there is and what is needed.
pub(crate) fn is_rule(origin: &Origin) -> bool {
    matches!(
        origin,
        Origin::Rule(_) | Origin::Match(_) | Origin::FlatRate(_) | Origin::Claim(_)
    )
}

/// Origins, first those whose being in a conflict tells an officer least, what is forced last.
pub(crate) fn in_order_of_dropping(
    origins: &BTreeSet<Origin>,
    forced: &BTreeSet<Origin>,
) -> Vec<Origin> {
    let weight = |origin: &Origin| match origin {
        Origin::Need(_) | Origin::Eligibility(..) | Origin::Goal(_) | Origin::Whole => 0,
        Origin::Fund(_) => 1,
        Origin::Claim(_) | Origin::FlatRate(_) | Origin::Match(_) | Origin::Rule(_) => 2,
    };
    let mut order: Vec<Origin> = origins.iter().copied().collect();
    order.sort_by_key(|origin| (forced.contains(origin), weight(origin), *origin));
    order
}

fn involved(program: &LinearProgram, multipliers: &[(usize, f64)]) -> BTreeSet<Origin> {
    multipliers
        .iter()
        .map(|&(row, _)| program.rows[row].origin)
        .filter(|origin| *origin != Origin::Whole)
        .collect()
}
