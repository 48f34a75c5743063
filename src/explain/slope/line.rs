//! Straight pieces of a curve, and the points between them. Fractions of any size: slopes of slopes overflow others.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::curve::Drawing;
use crate::explain::BreakPoint;
use crate::explain::ground::decimals;
use crate::units::Exact;

/// A fraction of any size.
pub(super) type Q = BigRational;

/// A lines' meeting is at a tick where it is no further from it than this part of one.
const AT_TICK: (i64, i64) = (1, 1_000);

/// A place with its value.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) ticks: i64,
    pub(super) value: Q,
}

/// What is between two places next to each other.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) from: i64,
    pub(super) to: i64,
    /// Per tick.
    pub(super) slope: Q,
    /// Not a line: nothing is known within.
    pub(super) is_open: bool,
}

impl Piece {
    /// The line between two places.
    pub(super) fn between(start: &At, end: &At) -> Self {
        Self {
            from: start.ticks,
            to: end.ticks,
            slope: slope(start, end),
            is_open: false,
        }
    }

    fn wide(&self) -> i64 {
        self.to.saturating_sub(self.from)
    }
}

/// An exact number as a fraction of any size.
pub(super) fn q(value: &Exact) -> Q {
    Q::new(BigInt::from(*value.numer()), BigInt::from(*value.denom()))
}

/// So many ticks.
pub(super) fn ticks(ticks: i64) -> Q {
    Q::from_integer(BigInt::from(ticks))
}

/// Per tick, from one place to another.
pub(super) fn slope(start: &At, end: &At) -> Q {
    (&end.value - &start.value) / ticks(end.ticks.saturating_sub(start.ticks).max(1))
}

/// Whether a place is on the line with this slope through another, give or take `off`.
pub(super) fn on_line(through: &At, slope: &Q, place: &At, off: &Q) -> bool {
    let line = &through.value + slope * (ticks(place.ticks) - ticks(through.ticks));
    (line - &place.value).abs() <= *off
}

/// Where the line from a place meets the line to another.
pub(super) fn meeting(start: &At, rise: &Q, end: &At, fall: &Q) -> Option<Q> {
    // start + rise (x - from) = end - fall (to - x)
    let wide = ticks(end.ticks) - ticks(start.ticks);
    let bend = rise - fall;
    (!bend.is_zero()).then(|| ticks(start.ticks) + (&end.value - &start.value - fall * wide) / bend)
}

/// The nearest tick.
pub(super) fn nearest(x: &Q) -> Option<i64> {
    i64::try_from(x.round().to_integer()).ok()
}

/// The ends of the pieces, those of one line put together. What is open between two lines is where they meet, or a jump.
pub(super) fn points(drawing: &mut Drawing<'_>, pieces: &[Piece]) -> Vec<BreakPoint> {
    let lines = joined(drawing, pieces);
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return Vec::new();
    };
    let straight: Vec<&Piece> = lines.iter().filter(|line| !line.is_open).collect();
    // Nothing but what is open is a line, as far as anybody knows.
    let slope = |line: Option<&&Piece>, other: &Piece| {
        let line = line.copied().unwrap_or(other);
        told(drawing, &line.slope)
    };
    let (rise, fall) = (slope(straight.first(), first), slope(straight.last(), last));
    let mut points = vec![BreakPoint {
        after: rise,
        ..end(drawing, first.from)
    }];
    for pair in straight.windows(2) {
        if let [left, right] = pair {
            points.extend(between(drawing, left, right));
        }
    }
    points.push(BreakPoint {
        before: fall,
        ..end(drawing, last.to)
    });
    points
}

/// Pieces next to each other that are one line, or open, put together; the line of a piece too short to be one beside a break is
/// left open.
fn joined(drawing: &Drawing<'_>, pieces: &[Piece]) -> Vec<Piece> {
    let mut lines: Vec<Piece> = Vec::new();
    for piece in pieces {
        if let Some(last) = lines.last_mut()
            && (last.is_open == piece.is_open)
            && (last.is_open || is_same(drawing, last, piece))
        {
            if piece.wide() > last.wide() {
                last.slope = piece.slope.clone();
            }
            last.to = piece.to;
            continue;
        }
        lines.push(piece.clone());
    }
    lines
}

/// Whether two pieces next to each other are one line.
fn is_same(drawing: &Drawing<'_>, one: &Piece, other: &Piece) -> bool {
    let wide = ticks(one.wide().min(other.wide()));
    let apart = (&one.slope - &other.slope).abs() * wide;
    apart <= drawing.tolerance(&one.slope) * ticks(2)
}

fn end(drawing: &mut Drawing<'_>, at: i64) -> BreakPoint {
    BreakPoint {
        at: units(drawing, at),
        value: drawing.told(at).unwrap_or_default(),
        before: None,
        after: None,
        jump: Exact::zero(),
        within: Exact::zero(),
    }
}

/// The break between two lines: where they meet, or where the value jumps.
fn between(drawing: &mut Drawing<'_>, left: &Piece, right: &Piece) -> Option<BreakPoint> {
    let (start, end) = (drawing.at(left.from)?, drawing.at(right.to)?);
    let (low, high) = (left.to, right.from);
    let point = BreakPoint {
        before: told(drawing, &left.slope),
        after: told(drawing, &right.slope),
        ..self::end(drawing, high)
    };
    let met = meeting(&start, &left.slope, &end, &right.slope);
    let inside = |x: &Q| *x >= ticks(low.saturating_sub(1)) && *x <= ticks(high.saturating_add(1));
    if let Some(x) = met.filter(inside) {
        let at = nearest(&x)?;
        let line = &start.value + &left.slope * (&x - ticks(left.from));
        let is_exact = (x - ticks(at)).abs() <= Q::new(AT_TICK.0.into(), AT_TICK.1.into());
        let value = match drawing.places.get(&at) {
            Some(Some(_)) => drawing.told(at)?,
            _ => rounded(&line, decimals(&drawing.key).max(9))?,
        };
        let within = drawing.width.saturating_add(i64::from(!is_exact));
        return Some(BreakPoint {
            at: units(drawing, at),
            value,
            within: units(drawing, within),
            ..point
        });
    }
    let jump = drawing.told(high)? - drawing.told(low)?;
    let within = high.saturating_sub(low).max(drawing.width);
    Some(BreakPoint {
        jump,
        within: units(drawing, within),
        ..point
    })
}

fn units(drawing: &Drawing<'_>, ticks: i64) -> Exact {
    Exact::new(i128::from(ticks), i128::from(drawing.per.max(1)))
}

/// A slope per unit.
fn told(drawing: &Drawing<'_>, slope: &Q) -> Option<Exact> {
    rounded(&(slope * ticks(drawing.per)), decimals(&drawing.key))
}

/// Rounded half up to so many decimals.
fn rounded(value: &Q, decimals: u32) -> Option<Exact> {
    let ten = 10_i128.checked_pow(decimals)?;
    let half = Q::new(1.into(), 2.into());
    let scaled = (value * Q::from_integer(ten.into()) + half).floor();
    Some(Exact::new(i128::try_from(scaled.to_integer()).ok()?, ten))
}
