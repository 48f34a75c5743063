//! The programme of a changed amount before its shares are rounded to cents.
//!
//! A floor of a third of 1,000.01 euro is 333.34, and of 1,000.02 too: along an amount every share that rounds to the cent is a
//! staircase, and so is what the goals come to. What an amount is worth, and where that changes, is asked of the line the staircase keeps
//! to: each bound in proportion, as exact fractions have it.

use std::collections::BTreeMap;

use num_integer::Integer;
use num_traits::{CheckedAdd, CheckedMul, CheckedSub, Signed, ToPrimitive, Zero};

use crate::lp::{ColumnKey, InstanceBound, LinearProgram};
use crate::model::{FundIdx, Model, Quantity, Relation};
use crate::solve::{Nudge, Nudged};
use crate::units::Exact;

/// Largest common denominator of carry-over shares that is made whole.
const LARGEST_DENOMINATOR: i64 = 10_000;

/// Largest amount at which bounds are read, in cents.
const LARGEST_AMOUNT: i64 = 1_000_000_000_000_000;

/// A bound that moves with the amount.
#[derive(Clone, Copy, Debug)]
struct Moving {
    at: Nudged,
    /// At the first of the two places.
    value: Exact,
    /// Per tick.
    slope: Exact,
    /// How far cents may put it from its line, in its own unit.
    slack: Exact,
}

/// The bounds of a programme that move with an amount, each as a line.
#[derive(Clone, Debug)]
pub(crate) struct BeforeCents {
    place: i64,
    moving: Vec<Moving>,
    /// Columns whose largest value follows from their rows, with the most it is anywhere between.
    said: Vec<(usize, i64)>,
    /// Whether the programme is the plan's but for these bounds, so that none has to be built.
    in_proportion: bool,
    /// Cents by which those bounds may be too low.
    room: i64,
    /// By how many cents the staircases may be off their lines together.
    width: i64,
}

impl BeforeCents {
    /// Reads how bounds move from two programmes at which nothing rounds: multiples of the amount `now` at which shares of zones and
    /// what is carried on are whole cents. `None` where they are not of one structure, or the amount is nothing or too large.
    ///
    /// `parts`: into how many parts the amount is split to cents; `base` is the programme as the amount is.
    pub(crate) fn new(
        (model, base): (&Model, &LinearProgram),
        funds: &[FundIdx],
        (now, parts): (i64, i64),
        program: impl Fn(i64) -> Option<LinearProgram>,
    ) -> Option<Self> {
        let shares = funds.iter().map(|fund| model.fund(*fund).carry_over);
        let common = shares.fold(1_i64, |common, share| {
            let next = i64::try_from(*share.denom()).ok();
            let next = next.and_then(|next| common.checked_mul(next / common.gcd(&next)));
            next.filter(|next| *next <= LARGEST_DENOMINATOR)
                .unwrap_or(common)
        });
        let one = now.checked_mul(common)?;
        let two = one.checked_mul(2).filter(|two| *two <= LARGEST_AMOUNT)?;
        if one <= 0 {
            return None;
        }
        let (first, second) = (program(one)?, program(two)?);
        let slack = Exact::from_integer(i128::from(parts.checked_add(2)?));
        let wide = Exact::from_integer(i128::from(one));
        let mut moving = Vec::new();
        let mut add = |at: Nudged, from: Exact, to: Exact, size: i64| -> Option<()> {
            if from != to {
                moving.push(Moving {
                    at,
                    value: from,
                    slope: to.checked_sub(&from)? / wide,
                    slack: slack.checked_mul(&Exact::from_integer(i128::from(size)))?,
                });
            }
            Some(())
        };
        let (one_exact, two_exact) = (exact_bounds(&first), exact_bounds(&second));
        for (row, (a, b)) in first.rows.iter().zip(&second.rows).enumerate() {
            let size = a.cells.iter().map(|cell| cell.1.saturating_abs()).max();
            let size = size.unwrap_or(1).max(1);
            let sides = [
                (Nudged::Lower(row), a.lower, b.lower),
                (Nudged::Upper(row), a.upper, b.upper),
            ];
            for (at, a, b) in sides {
                if let (Some(a), Some(b)) = (a, b)
                    && a != b
                {
                    let (a, b) = (exact(&one_exact, row, a), exact(&two_exact, row, b));
                    add(at, a, b, size)?;
                }
            }
        }
        let mut said = Vec::new();
        for (column, (a, b)) in first.columns.iter().zip(&second.columns).enumerate() {
            match a.key {
                ColumnKey::Carry { .. }
                | ColumnKey::CarriedFloor { .. }
                | ColumnKey::Loss { .. } => {
                    let whole = |cents: i64| Exact::from_integer(i128::from(cents));
                    add(Nudged::Column(column), whole(a.upper), whole(b.upper), 1)?;
                }
                _ if a.is_whole() => {}
                _ => said.push((column, b.upper)),
            }
        }
        let mut line = Self {
            place: one,
            moving,
            said,
            in_proportion: false,
            room: i64::try_from(model.years.len()).ok()?,
            width: 0,
        };
        // Seen at the amount as it is and at a third of it.
        line.in_proportion = same_numbers(&first, base)
            && same_numbers(&second, base)
            && line.has(base, now)
            && program(now / 3).is_some_and(|third| {
                same_numbers(&third, base) && line.has(&third, now / 3) && line.leaves(base, &third)
            });
        let moving = line.moving.iter();
        let rounds = moving.filter(|of| !of.slope.is_integer()).count();
        line.width = i64::try_from(rounds).ok()?;
        Some(line)
    }

    /// Whether all that moves is on its line in a programme, but for cents.
    fn has(&self, program: &LinearProgram, ticks: i64) -> bool {
        let mut moving = self.moving.iter();
        moving.all(|of| {
            self.above(of, program, ticks)
                .is_some_and(|by| by.abs() <= of.slack)
        })
    }

    /// Whether nothing else moves between two programmes.
    fn leaves(&self, one: &LinearProgram, other: &LinearProgram) -> bool {
        let moves = |at: Nudged| self.moving.iter().any(|of| of.at == at);
        let mut rows = one.rows.iter().zip(&other.rows).enumerate();
        let rows = rows.all(|(row, (a, b))| {
            (a.lower == b.lower || moves(Nudged::Lower(row)))
                && (a.upper == b.upper || moves(Nudged::Upper(row)))
        });
        let mut columns = one.columns.iter().zip(&other.columns).enumerate();
        rows && columns.all(|(column, (a, b))| {
            let is_said = || {
                self.said
                    .binary_search_by_key(&column, |said| said.0)
                    .is_ok()
            };
            a.upper == b.upper || moves(Nudged::Column(column)) || is_said()
        })
    }

    /// How far the line of a bound is above what stands in a programme.
    fn above(&self, of: &Moving, program: &LinearProgram, ticks: i64) -> Option<Exact> {
        let away = Exact::from_integer(i128::from(ticks) - i128::from(self.place));
        let stands = match of.at {
            Nudged::Lower(row) => program.rows.get(row)?.lower?,
            Nudged::Upper(row) => program.rows.get(row)?.upper?,
            Nudged::Column(column) => program.columns.get(column)?.upper,
        };
        let line = of.value.checked_add(&of.slope.checked_mul(&away)?)?;
        line.checked_sub(&Exact::from_integer(i128::from(stands)))
    }

    /// What the plan's programme has to be moved by for it to be that of an amount up to twice as large; `None` where a programme of
    /// its own has to be built.
    pub(crate) fn moved(&self, base: &LinearProgram, ticks: i64) -> Option<Vec<Nudge>> {
        if !self.in_proportion {
            return None;
        }
        let mut nudges = Vec::new();
        for of in &self.moving {
            let by = self.above(of, base, ticks)?;
            if !by.is_zero() {
                nudges.push(Nudge {
                    at: of.at,
                    by: by.to_f64()?,
                });
            }
        }
        for &(column, upper) in &self.said {
            let by = upper.checked_sub(base.columns.get(column)?.upper)?;
            if by > 0 {
                nudges.push(Nudge {
                    at: Nudged::Column(column),
                    by: by.to_f64()?,
                });
            }
        }
        Some(nudges)
    }

    /// By how many cents the plans themselves may be off the line, which is that of the shares before they are rounded.
    pub(crate) fn width(&self) -> i64 {
        self.width
    }

    /// What the programme of an amount has to be moved by.
    pub(crate) fn nudges(&self, model: &Model, program: &LinearProgram, ticks: i64) -> Vec<Nudge> {
        let nudge = |of: &Moving| {
            let by = self.above(of, program, ticks)?;
            // What is further from its line than cents can put it does not move in proportion.
            (!by.is_zero() && by.abs() <= of.slack).then_some(Nudge {
                at: of.at,
                by: by.to_f64()?,
            })
        };
        let mut nudges: Vec<Nudge> = self.moving.iter().filter_map(nudge).collect();
        if nudges.is_empty() {
            return nudges;
        }
        let room = self.room.to_f64().unwrap_or(0.0);
        for &(column, _) in &self.said {
            let Some(entry) = program.columns.get(column) else {
                continue;
            };
            let need = match entry.key {
                ColumnKey::Pay { demand, .. } => model.demands.get(demand).and_then(|of| of.euro),
                _ => None,
            };
            if need.is_none_or(|need| need.cents() != entry.upper) {
                nudges.push(Nudge {
                    at: Nudged::Column(column),
                    by: room,
                });
            }
        }
        nudges
    }
}

/// Whether two programmes have the same coefficients, and the same references of shortfalls.
fn same_numbers(one: &LinearProgram, other: &LinearProgram) -> bool {
    let mut rows = one.rows.iter().zip(&other.rows);
    let mut instances = one.instances.iter().zip(&other.instances);
    let references = instances.all(|(a, b)| {
        // Rules that are never short of anything have no reference that counts.
        a.shortfall.is_none() || a.reference == b.reference
    });
    references && rows.all(|(a, b)| a.cells == b.cells)
}

/// The bound of each row of a rule before it is rounded, in the unit of the row.
pub(crate) fn exact_bounds(program: &LinearProgram) -> BTreeMap<usize, Exact> {
    let bound = |instance: &crate::lp::Instance| {
        let InstanceBound::Constant(constant) = &instance.bound else {
            return None;
        };
        let per = if instance.quantity == Quantity::Euro {
            100
        } else {
            1
        };
        let scale = i128::from(instance.measure_scale).checked_mul(per)?;
        let bound = constant.checked_mul(&Exact::from_integer(scale))?;
        let below = i128::from(instance.relation == Relation::Below);
        Some((instance.row?, bound - Exact::from_integer(below)))
    };
    program.instances.iter().filter_map(bound).collect()
}

/// The exact bound where the one that stands in the row is that, rounded.
pub(crate) fn exact(bounds: &BTreeMap<usize, Exact>, row: usize, stands: i64) -> Exact {
    let stands = Exact::from_integer(i128::from(stands));
    let rounds = |bound: &&Exact| (**bound - stands).abs() < Exact::from_integer(1);
    bounds.get(&row).filter(rounds).copied().unwrap_or(stands)
}
