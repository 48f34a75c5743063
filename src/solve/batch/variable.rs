//! A variable of the interior-point method: a column, or the value of a row, in every lane.

use super::lanes::{LANES, Lane};
use crate::tolerance::BATCH_FREE;

/// What a variable has, in the order in which it is needed. A bound that is not there has a multiplier of zero; what does not
/// move has a scale of zero.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub(crate) struct Variable {
    pub(crate) value: Lane,
    /// Distances to the bounds; one where there is none.
    pub(crate) below: Lane,
    pub(crate) above: Lane,
    /// Multipliers of the bounds.
    at_lower: Lane,
    at_upper: Lane,
    /// How far it gives way to a pull.
    pub(crate) scale: Lane,
    /// Inverse distances.
    by_below: Lane,
    by_above: Lane,
    /// Residual of the reduced cost.
    pull: Lane,
    /// What it would move by were there no rows.
    pub(crate) again: Lane,
    /// Step of the predictor.
    ahead: Lane,
    /// The step, and those of the multipliers.
    pub(crate) step: Lane,
    to_lower: Lane,
    to_upper: Lane,
}

impl Variable {
    /// Takes its place between two bounds, its value being there; a pull is met by the multipliers, and a little more.
    pub(crate) fn start(&mut self, (lower, upper): (Lane, Lane), pull: Lane, more: Lane) {
        for lane in 0..LANES {
            let (lower, upper, value) = (lower.0[lane], upper.0[lane], self.value.0[lane]);
            let moves = lower < upper;
            let has_lower = moves && lower > f64::NEG_INFINITY;
            let has_upper = moves && upper < f64::INFINITY;
            self.below.0[lane] = if has_lower { value - lower } else { 1.0 };
            self.above.0[lane] = if has_upper { upper - value } else { 1.0 };
            let (pull, more) = (pull.0[lane], more.0[lane]);
            self.at_lower.0[lane] = if has_lower {
                (-pull).max(0.0) + more
            } else {
                0.0
            };
            self.at_upper.0[lane] = if has_upper { pull.max(0.0) + more } else { 0.0 };
            self.scale.0[lane] = f64::from(u8::from(moves));
        }
        self.again = Lane::ZERO;
        self.step = Lane::ZERO;
    }

    /// How many bounds it has.
    pub(crate) fn count(&self) -> Lane {
        let one = |multiplier: f64| f64::from(u8::from(multiplier > 0.0));
        self.at_lower.map(one) + self.at_upper.map(one)
    }

    /// Whether it moves in some lane.
    pub(crate) fn moves(&self) -> bool {
        self.scale.0.iter().any(|scale| *scale > 0.0)
    }

    /// What it is asked by its cost less what its rows take; adds its products to the gap and keeps the largest residual.
    #[inline(always)]
    pub(crate) fn look(&mut self, reduced: Lane, (gap, dual): (&mut Lane, &mut Lane)) {
        let held = self.at_lower - self.at_upper;
        let reduced = self.scale.choose(reduced, Lane::ZERO);
        let pull = reduced + held;
        *dual = dual.max(pull.abs());
        *gap += self.below * self.at_lower + self.above * self.at_upper;
        self.by_below = self.below.inverse();
        self.by_above = self.above.inverse();
        let stiff = self.at_lower * self.by_below + self.at_upper * self.by_above + BATCH_FREE;
        self.scale = self.scale.choose(stiff.inverse(), Lane::ZERO);
        self.pull = pull;
        self.again = self.scale * reduced;
    }

    /// The step that the multipliers of its rows leave it.
    #[inline(always)]
    pub(crate) fn back(&self, rows: Lane) -> Lane {
        self.again + self.scale * rows
    }

    /// Steps of the multipliers that go straight to complementarity.
    #[inline(always)]
    fn straight(&self) -> (Lane, Lane) {
        let (down, up) = (self.ahead * self.by_below, self.ahead * self.by_above);
        (
            -self.at_lower - self.at_lower * down,
            self.at_upper * up - self.at_upper,
        )
    }

    /// Takes the step of the predictor; `first` and `second` sum its products with multipliers and with their steps.
    #[inline(always)]
    pub(crate) fn predict(
        &mut self,
        step: Lane,
        longest: &mut Longest,
        (first, second): (&mut Lane, &mut Lane),
    ) {
        self.ahead = step;
        let down = self.at_lower.choose(step * self.by_below, Lane::ZERO);
        let up = self.at_upper.choose(step * self.by_above, Lane::ZERO);
        longest.primal = longest.primal.max(up.max(-down));
        longest.dual = longest.dual.max(down.max(-up) + 1.0);
        let (to_lower, to_upper) = self.straight();
        *first += step * (self.at_lower - self.at_upper);
        *second += step * (to_lower - to_upper);
    }

    /// Takes what the corrector asks: products that come to `aim` after those of the predictor's own steps.
    #[inline(always)]
    pub(crate) fn correct(&mut self, aim: Lane) {
        let (to_lower, to_upper) = self.straight();
        let lower = (aim - self.ahead * to_lower) * self.by_below - self.at_lower;
        let upper = (aim + self.ahead * to_upper) * self.by_above - self.at_upper;
        self.to_lower = self.at_lower.choose(lower, Lane::ZERO);
        self.to_upper = self.at_upper.choose(upper, Lane::ZERO);
        self.pull = self.pull + self.to_lower - self.to_upper;
        self.again = self.scale * self.pull;
    }

    /// What it is asked now.
    #[inline(always)]
    pub(crate) fn asked(&self) -> Lane {
        self.scale
            .choose(self.again * self.scale.inverse(), Lane::ZERO)
    }

    /// Takes the step; lanes that are done keep theirs.
    #[inline(always)]
    pub(crate) fn direct(&mut self, step: Lane, going: Lane, longest: &mut Longest) {
        let (down, up) = (step * self.by_below, step * self.by_above);
        self.to_lower -= self.at_lower * down;
        self.to_upper += self.at_upper * up;
        let down = self.at_lower.choose(down, Lane::ZERO);
        let up = self.at_upper.choose(up, Lane::ZERO);
        longest.primal = longest.primal.max(up.max(-down));
        longest.dual_of(self.at_lower, self.to_lower);
        longest.dual_of(self.at_upper, self.to_upper);
        self.step = going.choose(step, self.step);
    }

    /// Moves the lanes that are going; the others keep every bit.
    #[inline(always)]
    pub(crate) fn advance(&mut self, primal: Lane, dual: Lane, going: Lane) {
        let moved = self.step * primal;
        let down = self.at_lower.choose(moved, Lane::ZERO);
        let up = self.at_upper.choose(moved, Lane::ZERO);
        self.value = going.choose(self.value + moved, self.value);
        self.below = going.choose(self.below + down, self.below);
        self.above = going.choose(self.above - up, self.above);
        let (to_lower, to_upper) = (self.to_lower * dual, self.to_upper * dual);
        self.at_lower = going.choose(self.at_lower + to_lower, self.at_lower);
        self.at_upper = going.choose(self.at_upper + to_upper, self.at_upper);
    }
}

/// What limits a step: the largest parts of a distance or multiplier that it would take away.
#[derive(Default)]
pub(crate) struct Longest {
    primal: Lane,
    dual: Lane,
}

impl Longest {
    /// The longest steps that stay inside, times a part, at most one.
    #[inline(always)]
    pub(crate) fn lengths(&self, part: f64) -> (Lane, Lane) {
        let length = |most: f64| {
            let length = part / most;
            if length < 1.0 { length } else { 1.0 }
        };
        (self.primal.map(length), self.dual.map(length))
    }

    /// Divides only where the step found so far would go too far.
    #[inline(always)]
    fn dual_of(&mut self, multiplier: Lane, by: Lane) {
        let over = -by - multiplier * self.dual;
        if over.0.iter().any(|over| *over > 0.0) {
            for lane in 0..LANES {
                if over.0[lane] > 0.0 {
                    self.dual.0[lane] = -by.0[lane] / multiplier.0[lane];
                }
            }
        }
    }
}
