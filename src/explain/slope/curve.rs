//! A curve of straight pieces from as few places as will do.
//!
//! Between two places the lines of the two ends are prolonged: where they meet a concave curve of two pieces has its break, and it is
//! looked whether the curve passes there. If it does not, both halves are looked at; where the lines do not meet between, the middle is.
//! Every place that is missing is asked for, and the curve is begun again with it.

use std::collections::BTreeMap;

use num_traits::{Signed, Zero};

use crate::explain::ground::rounded;
use crate::explain::{BreakPoint, Curve, GoalKey, GoalValue};
use crate::units::Exact;

/// What goals come to at a place; `None` where there is no plan.
pub(super) type Places = BTreeMap<i64, Option<Vec<GoalValue>>>;

/// What the solver may be off by, in euro.
const NOISE: (i128, i128) = (1, 50_000);

/// Of a goal that is no money: how far from a line, relative to its change.
const BENT: (i128, i128) = (1, 1_000);

/// How often an interval is halved.
const DEEPEST: u32 = 44;

/// How a curve is drawn.
pub(super) struct Drawing<'p> {
    pub(super) places: &'p Places,
    pub(super) key: GoalKey,
    /// Ticks of one unit of what is moved.
    pub(super) per: i64,
    /// By how many ticks the model itself may be off: amounts are split to whole cents.
    pub(super) off: i64,
    /// Ticks over which the slope at a place is measured, at most.
    pub(super) slope_over: i64,
    /// Places that are missing.
    pub(super) missing: Vec<i64>,
}

/// A straight piece.
#[derive(Clone, Copy, Debug)]
struct Piece {
    from: i64,
    to: i64,
    /// Per tick.
    slope: Exact,
    /// The value jumps somewhere between: nothing is known within.
    is_jump: bool,
}

impl Drawing<'_> {
    /// The curve between two places; to be asked again while places are missing.
    pub(super) fn curve(&mut self, from: i64, to: i64) -> Curve {
        let mut pieces = Vec::new();
        self.pieces(from, to, 0, &mut pieces);
        let points = if self.missing.is_empty() {
            self.points(&pieces)
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
        let mut pieces = Vec::new();
        for pair in known.windows(2) {
            let &[from, to] = pair else { continue };
            if let (Some(start), Some(end)) = (self.value(from), self.value(to)) {
                pieces.push(Piece {
                    from,
                    to,
                    slope: (end - start) / exact(to - from),
                    is_jump: false,
                });
            }
        }
        let mut points = self.points(&pieces);
        let per = exact(self.per);
        for point in &mut points {
            if point.before.is_some() && point.after.is_some() {
                let at = i64::try_from((point.at * per).to_integer()).unwrap_or(0);
                let place = known.partition_point(|ticks| *ticks < at);
                let next = known.get(place + 1).copied().unwrap_or(at);
                let last = place.checked_sub(1).and_then(|place| known.get(place));
                let last = last.copied().unwrap_or(at);
                point.within = exact((next - at).max(at - last)) / per;
            }
        }
        Curve {
            key: self.key,
            points,
        }
    }

    fn value(&mut self, ticks: i64) -> Option<Exact> {
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

    /// How far a value may be from a line with this slope (per tick) that changed so much.
    fn tolerance(&self, slope: Exact, change: Exact) -> Exact {
        let split = slope.abs() * Exact::from_integer(i128::from(self.off));
        let noise = Exact::new(NOISE.0, NOISE.1);
        if self.key.unit == "euro" {
            noise + split
        } else {
            noise * Exact::new(1, 1_000_000) + split + change.abs() * Exact::new(BENT.0, BENT.1)
        }
    }

    fn pieces(&mut self, from: i64, to: i64, depth: u32, pieces: &mut Vec<Piece>) {
        let (Some(start), Some(end)) = (self.value(from), self.value(to)) else {
            return;
        };
        let wide = exact(to - from);
        let whole = Piece {
            from,
            to,
            slope: (end - start) / wide,
            is_jump: false,
        };
        let over = self.slope_over.min((to - from) / 4);
        if over < 1 || depth >= DEEPEST {
            pieces.push(Piece {
                is_jump: true,
                ..whole
            });
            return;
        }
        let (Some(after), Some(before)) = (self.value(from + over), self.value(to - over)) else {
            return;
        };
        let (rise, fall) = ((after - start) / exact(over), (end - before) / exact(over));
        let slack = self.tolerance(
            rise.abs().max(fall.abs()).max(whole.slope.abs()),
            end - start,
        );
        let on_line = |slope: Exact| (start + slope * wide - end).abs() <= slack;
        // Prolonged over the whole, what a short measure is off by grows.
        let grown = slack * wide / exact(over);
        let straight = (after - start - whole.slope * exact(over)).abs() <= slack
            && (end - before - whole.slope * exact(over)).abs() <= slack;
        if straight
            && ((on_line(rise) && on_line(fall))
                || grown >= (end - start).abs()
                || over * 4 < to - from)
        {
            let middle = from + (to - from) / 2;
            let Some(between) = self.value(middle) else {
                return;
            };
            if (start + whole.slope * exact(middle - from) - between).abs() <= slack {
                pieces.push(whole);
                return;
            }
        }
        if rise != fall {
            // start + rise (x - from) = end - fall (to - x)
            let x = (end - start - fall * wide) / (rise - fall);
            let ticks = i64::try_from(x.round().to_integer()).ok();
            if let Some(x) = ticks
                .filter(|x| *x > over && *x < to - from - over)
                .map(|x| from + x)
            {
                let Some(there) = self.value(x) else {
                    return;
                };
                let one = Piece {
                    from,
                    to: x,
                    slope: (there - start) / exact(x - from),
                    is_jump: false,
                };
                let two = Piece {
                    from: x,
                    to,
                    slope: (end - there) / exact(to - x),
                    is_jump: false,
                };
                let first = (after - start - one.slope * exact(over)).abs() <= slack;
                let second = (end - before - two.slope * exact(over)).abs() <= slack;
                if first && second {
                    pieces.extend([one, two]);
                    return;
                }
                self.pieces(from, x, depth + 1, pieces);
                self.pieces(x, to, depth + 1, pieces);
                return;
            }
        }
        let middle = from + (to - from) / 2;
        self.pieces(from, middle, depth + 1, pieces);
        self.pieces(middle, to, depth + 1, pieces);
    }

    /// The ends of the pieces, those of one line put together.
    fn points(&mut self, pieces: &[Piece]) -> Vec<BreakPoint> {
        let mut lines: Vec<Piece> = Vec::new();
        for piece in pieces {
            if let Some(last) = lines.last_mut()
                && !last.is_jump
                && !piece.is_jump
                && self.same(last, piece)
            {
                let (long, short) = (exact(last.to - last.from), exact(piece.to - piece.from));
                last.slope = (last.slope * long + piece.slope * short) / (long + short);
                last.to = piece.to;
                continue;
            }
            lines.push(*piece);
        }
        let mut points = Vec::new();
        let per = exact(self.per);
        for (position, line) in lines.iter().enumerate() {
            if line.is_jump && lines.len() > 1 {
                continue;
            }
            let before = position.checked_sub(1).and_then(|before| lines.get(before));
            let (jump, within) = match before {
                Some(before) if before.is_jump => {
                    let jump = before.slope * exact(before.to - before.from);
                    (jump, exact(before.to - before.from) / per)
                }
                _ => (Exact::zero(), Exact::zero()),
            };
            let slope_before = lines[..position].iter().rev().find(|line| !line.is_jump);
            let value = self.value(line.from).unwrap_or_default();
            points.push(BreakPoint {
                at: exact(line.from) / per,
                value,
                before: slope_before.map(|line| self.told(line.slope)),
                after: Some(self.told(line.slope)),
                jump,
                within,
            });
        }
        if let Some(last) = lines.last() {
            let value = self.value(last.to).unwrap_or_default();
            let line = lines.iter().rev().find(|line| !line.is_jump);
            points.push(BreakPoint {
                at: exact(last.to) / per,
                value,
                before: line.map(|line| self.told(line.slope)),
                after: None,
                jump: Exact::zero(),
                within: Exact::zero(),
            });
        }
        points
    }

    /// Whether two pieces next to each other are one line.
    fn same(&self, one: &Piece, other: &Piece) -> bool {
        let wide = exact((one.to - one.from).min(other.to - other.from));
        let change = one.slope * wide;
        let apart = (one.slope - other.slope).abs() * wide;
        apart <= self.tolerance(one.slope, change) * exact(2)
    }

    fn told(&self, slope: Exact) -> Exact {
        let decimals = crate::explain::ground::decimals(&self.key);
        rounded(&(slope * exact(self.per)), decimals)
    }
}

fn exact(ticks: i64) -> Exact {
    Exact::from_integer(i128::from(ticks))
}

#[cfg(test)]
mod tests {
    use super::*;

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
