//! No plan: the least total violation, an irreducible set of rules that cannot hold together, and the multipliers that prove it.

use std::collections::BTreeSet;

use super::loose::{Loose, Part};
use crate::lp::{LinearProgram, Origin};
use crate::model::Model;
use crate::tolerance::{INFEASIBLE, NEARLY_WHOLE};

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

/// Only rows with a multiplier matter; among their origins, one after the other is dropped while the rest still cannot hold.
fn irreducible(
    loose: &Loose<'_>,
    multipliers: &[(usize, f64)],
    forced: &BTreeSet<Origin>,
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
    while position < kept.len() {
        let mut without: BTreeSet<Origin> = kept.iter().copied().collect();
        without.remove(&kept[position]);
        match part.violation(&without) {
            Some((violation, multipliers)) if violation > INFEASIBLE => {
                // Those without a multiplier are not needed either; what was found to be needed stays, and what is forced
                // until its turn comes.
                let given = kept
                    .get(position)
                    .is_some_and(|origin| !forced.contains(origin));
                let needed = involved(program, &multipliers);
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
    if named.len() < origins.len()
        && let Some((fewer, proof)) = part.violation(&named)
        && fewer > 0.0
    {
        (origins, violation, multipliers) = (named, fewer, proof);
    }
    Some(Conflict {
        origins: origins.into_iter().collect(),
        multipliers,
        whole: false,
        violation_cents: violation * loose.unit(),
    })
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
