//! A curve of straight pieces from as few places as will do.
//!
//! Between two places the lines of the two ends are prolonged: where they meet a curve of two pieces has its break. Each piece is
//! believed where the curve is on its line near both of its ends and in its middle, and the break where the curve passes there. If not,
//! both halves are looked at; where the lines do not meet between, the middle is. Every place that is missing is asked for, and the
//! curve is begun again with it.
//!
//! What is left between two pieces is at most a few ticks wide: [`points`](super::line::points) says what is there.

use std::collections::BTreeMap;

use num_traits::Zero;

use super::line::{At, Piece, Q, meeting, nearest, on_line, points, q, slope, ticks};
use crate::explain::ground::noise;
use crate::explain::{Curve, GoalKey, GoalValue};
use crate::units::Exact;

/// What goals come to at a place; `None` where there is no plan.
pub(super) type Places = BTreeMap<i64, Option<Vec<GoalValue>>>;

/// How often an interval is halved.
const DEEPEST: u32 = 44;

/// Ticks below which an interval is not divided any more.
const NARROW: i64 = 4;

/// How a curve is drawn.
pub(super) struct Drawing<'p> {
    pub(super) places: &'p Places,
    pub(super) key: GoalKey,
    /// Ticks of one unit of what is moved.
    pub(super) per: i64,
    /// By how many ticks the values may be off their lines: amounts are split and rounded to whole cents.
    pub(super) off: i64,
    /// By how many ticks plans may be off the curve, which is that of shares before they are rounded.
    pub(super) width: i64,
    /// Ticks over which the slope at a place is measured, at most.
    pub(super) slope_over: i64,
    /// Places that are missing.
    pub(super) missing: Vec<i64>,
}

impl Drawing<'_> {
    /// The curve between two places; to be asked again while places are missing.
    pub(super) fn curve(&mut self, from: i64, to: i64) -> Curve {
        let mut pieces = Vec::new();
        self.pieces(from, to, 0, &mut pieces);
        let points = if self.missing.is_empty() {
            points(self, &pieces)
        } else {
            Vec::new()
        };
        Curve {
            key: self.key,
            points,
        }
    }

    /// The curve through the places that were looked at: its breaks are as far off as the next place is.
    pub(super) fn rough(&mut self, from: i64, to: i64) -> Curve {
        let known: Vec<i64> = (self.places.range(from..=to))
            .filter(|(_, values)| values.is_some())
            .map(|(ticks, _)| *ticks)
            .collect();
        let places = self.values(&known).unwrap_or_default();
        let pieces: Vec<Piece> = (places.windows(2))
            .filter_map(|pair| match pair {
                [start, end] => Some(Piece::between(start, end)),
                _ => None,
            })
            .collect();
        let per = Exact::from_integer(i128::from(self.per));
        let mut points = points(self, &pieces);
        for point in &mut points {
            if point.before.is_some() && point.after.is_some() {
                let at = i64::try_from((point.at * per).to_integer()).unwrap_or(0);
                let place = known.partition_point(|ticks| *ticks < at);
                let next = known.get(place + 1).copied().unwrap_or(at);
                let last = place.checked_sub(1).and_then(|place| known.get(place));
                let last = last.copied().unwrap_or(at);
                let within = (next - at).max(at - last);
                point.within = Exact::from_integer(i128::from(within)) / per;
            }
        }
        Curve {
            key: self.key,
            points,
        }
    }

    /// The value at a place, as it is told.
    pub(super) fn told(&mut self, ticks: i64) -> Option<Exact> {
        match self.places.get(&ticks) {
            Some(Some(values)) => values
                .iter()
                .find(|value| value.key == self.key)
                .map(|value| value.value),
            Some(None) => None,
            None => {
                self.missing.push(ticks);
                None
            }
        }
    }

    pub(super) fn at(&mut self, ticks: i64) -> Option<At> {
        let value = self.told(ticks)?;
        Some(At {
            ticks,
            value: q(&value),
        })
    }

    /// Values at several places; `None` while any is missing.
    fn values(&mut self, ticks: &[i64]) -> Option<Vec<At>> {
        let values: Vec<Option<At>> = ticks.iter().map(|&ticks| self.at(ticks)).collect();
        values.into_iter().collect()
    }

    /// How far a value may be from a line with this slope (per tick) through two others.
    pub(super) fn tolerance(&self, slope: &Q) -> Q {
        let slope = num_traits::Signed::abs(slope);
        q(&noise(&self.key)) * ticks(2) + slope * ticks(self.off)
    }

    /// Whether a place is on the line with this slope through another, give or take `play`.
    fn is_on(&self, through: &At, slope: &Q, place: &At, play: &Q) -> bool {
        on_line(through, slope, place, &(self.tolerance(slope) + play))
    }

    /// Whether every place between two others that was looked at, for this goal or another, is on a line: a later goal may leave its
    /// line and come back to it where an earlier one has its breaks.
    fn known_are_on(&mut self, through: &At, slope: &Q, (from, to): (i64, i64)) -> bool {
        let known: Vec<i64> = (self
            .places
            .range(from.saturating_add(1)..to.max(from.saturating_add(1))))
        .filter(|(_, values)| values.is_some())
        .map(|(ticks, _)| *ticks)
        .collect();
        let nothing = Q::zero();
        let places = self.values(&known).unwrap_or_default();
        let mut places = places.iter();
        places.all(|at| self.is_on(through, slope, at, &nothing))
    }

    fn pieces(&mut self, from: i64, to: i64, depth: u32, pieces: &mut Vec<Piece>) {
        let Some(ends) = self.values(&[from, to]) else {
            return;
        };
        let [start, end] = ends.as_slice() else {
            return;
        };
        let whole = Piece::between(start, end);
        let wide = to - from;
        let is_narrow = wide < NARROW || depth >= DEEPEST;
        let over = self.slope_over.min(wide / 4).max(1);
        // Not halves alone: what is symmetric would be as good as straight.
        let inside: Vec<i64> = if is_narrow {
            (from + 1..to).take(3).collect()
        } else {
            vec![
                from + over,
                from + wide / 10 * 3,
                from + wide / 2,
                to - over,
            ]
        };
        let Some(inside) = self.values(&inside) else {
            return;
        };
        let nothing = Q::zero();
        let mut places = inside.iter();
        let is_line = places.all(|at| self.is_on(start, &whole.slope, at, &nothing))
            && self.known_are_on(start, &whole.slope, (from, to));
        if is_narrow {
            // Of two places next to each other nobody knows what is between.
            pieces.push(Piece {
                is_open: !is_line || inside.is_empty() || depth >= DEEPEST,
                ..whole
            });
            return;
        }
        if is_line {
            pieces.push(whole);
            return;
        }
        let [after, .., before] = inside.as_slice() else {
            return;
        };
        let (rise, fall) = (slope(start, after), slope(before, end));
        let Some(x) = meeting(start, &rise, end, &fall).and_then(|x| between(&x, from, to)) else {
            let middle = from + wide / 2;
            self.pieces(from, middle, depth + 1, pieces);
            self.pieces(middle, to, depth + 1, pieces);
            return;
        };
        // Measured over half of each piece, slopes have more digits.
        let Some(halves) = self.values(&[from + (x - from) / 2, x + (to - x) / 2]) else {
            return;
        };
        let [one, two] = halves.as_slice() else {
            return;
        };
        let (long_rise, long_fall) = (slope(start, one), slope(two, end));
        let better = meeting(start, &long_rise, end, &long_fall);
        let x = better.and_then(|x| between(&x, from, to)).unwrap_or(x);
        let Some(there) = self.at(x) else {
            return;
        };
        // Where the lines meet between two ticks the curve is off both by half of one.
        let bend = num_traits::Signed::abs(&(&long_rise - &long_fall));
        let play = bend / ticks(2) + self.tolerance(&long_rise) + self.tolerance(&long_fall);
        let is_first = one.ticks < x
            && (after.ticks > x || self.is_on(start, &long_rise, after, &nothing))
            && self.is_on(start, &long_rise, &there, &play)
            && self.known_are_on(start, &long_rise, (from, x - 1));
        let is_second = two.ticks > x
            && (before.ticks < x || self.is_on(end, &long_fall, before, &nothing))
            && self.is_on(end, &long_fall, &there, &play)
            && self.known_are_on(end, &long_fall, (x + 1, to));
        // A later goal may leave its line where an earlier one bends, and come back on another: beside the break it is seen.
        let over = |wide: i64| self.slope_over.min(wide / 4).max(1);
        let beside = [x - over(x - from), x + over(to - x)];
        let beside = if is_first && is_second {
            let Some(places) = self.values(&beside) else {
                return;
            };
            places
        } else {
            Vec::new()
        };
        if let [left, right] = beside.as_slice()
            && self.is_on(start, &long_rise, left, &nothing)
            && self.is_on(end, &long_fall, right, &nothing)
        {
            pieces.push(Piece {
                slope: long_rise,
                ..Piece::between(start, &there)
            });
            pieces.push(Piece {
                slope: long_fall,
                ..Piece::between(&there, end)
            });
            return;
        }
        self.pieces(from, x, depth + 1, pieces);
        self.pieces(x, to, depth + 1, pieces);
    }
}

/// The nearest tick, where it is between two others and has room on both sides.
fn between(x: &Q, from: i64, to: i64) -> Option<i64> {
    let x = nearest(x)?;
    (x > from + 1 && x < to - 1).then_some(x)
}

#[cfg(test)]
mod tests {
    use num_traits::Signed;

    use super::*;
    use crate::explain::BreakPoint;

    fn exact(ticks: i64) -> Exact {
        Exact::from_integer(i128::from(ticks))
    }

    const KEY: GoalKey = GoalKey {
        goal: 0,
        level: 0,
        kind: "value",
        unit: "euro",
    };

    /// Draws a curve of cents to its end, as often as it takes; gives its points and how many places were looked at.
    fn drawn(from: i64, to: i64, curve: impl Fn(i64) -> Exact) -> (Vec<BreakPoint>, usize) {
        let mut places = Places::new();
        for _ in 0..500 {
            let mut drawing = Drawing {
                places: &places,
                key: KEY,
                per: 100,
                off: 0,
                width: 0,
                slope_over: 100,
                missing: Vec::new(),
            };
            let found = drawing.curve(from, to);
            let missing = drawing.missing;
            if missing.is_empty() {
                return (found.points, places.len());
            }
            for ticks in missing {
                let value = GoalValue {
                    key: KEY,
                    value: curve(ticks),
                    above: Exact::zero(),
                };
                places.insert(ticks, Some(vec![value]));
            }
        }
        panic!("the curve has no end");
    }

    /// Rises by one, for a while by two, then by none: the lines of both ends meet beyond, on the last of them.
    #[test]
    fn a_bump_before_the_meeting_of_the_outer_lines_is_seen() {
        let breaks = [(0, 1), (200_000, 2), (203_000, 0)];
        let (points, _) = drawn(0, 260_000, piecewise(&breaks));
        let at: Vec<i128> = points
            .iter()
            .map(|point| (point.at * exact(100)).to_integer())
            .collect();
        assert_eq!(at, [0, 200_000, 203_000, 260_000]);
    }

    fn piecewise(breaks: &[(i64, i64)]) -> impl Fn(i64) -> Exact + '_ {
        move |ticks| {
            let mut value = 0;
            for (position, &(at, slope)) in breaks.iter().enumerate() {
                let end = breaks.get(position + 1).map_or(i64::MAX, |next| next.0);
                value += (ticks.min(end) - at).max(0) * slope;
            }
            Exact::new(i128::from(value), 100)
        }
    }

    #[test]
    fn breaks_of_a_concave_curve_are_found_to_the_cent() {
        let breaks = [(0, 5), (123_456, 3), (777_777, 2), (1_000_001, 0)];
        let (points, looked) = drawn(0, 2_000_000, piecewise(&breaks));
        let at: Vec<i128> = points
            .iter()
            .map(|point| (point.at * exact(100)).to_integer())
            .collect();
        assert_eq!(at, [0, 123_456, 777_777, 1_000_001, 2_000_000]);
        let slopes: Vec<Exact> = points.iter().filter_map(|point| point.after).collect();
        assert_eq!(slopes, [5, 3, 2, 0].map(Exact::from_integer));
        assert!(looked < 40, "{looked}");
    }

    #[test]
    fn a_curve_that_rises_again_is_found_too() {
        let breaks = [(0, 1), (300_000, -2), (900_000, 4)];
        let (points, _) = drawn(0, 1_500_000, piecewise(&breaks));
        let slopes: Vec<Exact> = points.iter().filter_map(|point| point.after).collect();
        assert_eq!(slopes, [1, -2, 4].map(Exact::from_integer));
    }

    #[test]
    fn a_curve_that_is_not_settled_goes_through_what_is_known() {
        let breaks = [(0, 5), (200, 1)];
        let curve = piecewise(&breaks);
        let mut places = Places::new();
        for ticks in [0, 100, 250, 400] {
            let value = GoalValue {
                key: KEY,
                value: curve(ticks),
                above: Exact::zero(),
            };
            places.insert(ticks, Some(vec![value]));
        }
        let mut drawing = Drawing {
            places: &places,
            key: KEY,
            per: 100,
            off: 0,
            width: 0,
            slope_over: 1,
            missing: Vec::new(),
        };
        let points = drawing.rough(0, 400).points;
        let at: Vec<Exact> = points.iter().map(|point| point.at * exact(100)).collect();
        assert_eq!(at, [0, 100, 250, 400].map(exact));
        // The break is at 200: between 100 and 250.
        assert_eq!(points[1].within, Exact::new(3, 2));
        assert_eq!(points[2].within, Exact::new(3, 2));
        assert_eq!(points[0].within, Exact::zero());
    }

    #[test]
    fn a_jump_is_told_with_its_size() {
        let curve = |ticks: i64| {
            let jump = if ticks >= 654_321 { 70_000 } else { 0 };
            Exact::new(i128::from(ticks + jump), 100)
        };
        let (points, _) = drawn(0, 1_000_000, curve);
        let jumps: Vec<&BreakPoint> = points
            .iter()
            .filter(|point| !point.jump.is_zero())
            .collect();
        assert_eq!(jumps.len(), 1);
        assert!((jumps[0].jump - exact(700)).abs() <= exact(1));
        assert!((jumps[0].at * exact(100) - exact(654_321)).abs() <= exact(8));
    }
}
