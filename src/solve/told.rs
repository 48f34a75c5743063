//! What the solver says of whole numbers, as numbers that can be told: its floats end here.

use super::integers::WholeGoal;
use crate::units::Exact;

/// What lies this near to a whole number of cents, or millionths, is that number: the solver's tolerance is a tenth of a cent.
const NOISE: f64 = 0.2;

impl WholeGoal {
    /// Value and bound in the unit, with its word: `euro`, `bound` or `level`.
    #[must_use]
    pub fn told(&self) -> (Exact, Exact, &'static str) {
        let scale = i128::from(self.scale);
        let (unit, scale) = match self.unit {
            "cent" => ("euro", scale * 100),
            unit => (unit, scale),
        };
        // Levels are parts of one: a whole number of millionths is as fine as they are told.
        let fine = if self.unit == "level" { 1_000_000 } else { 1 };
        let exact = |value: f64, up: bool| {
            let value = value * f64::from(fine);
            let near = value.round();
            let whole = if up && value - near > NOISE {
                near + 1.0
            } else {
                near
            };
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a saturating cast of the solver's word, told as such"
            )]
            let whole = whole as i128;
            Exact::new(whole, scale * i128::from(fine))
        };
        (exact(self.value, false), exact(self.bound, true), unit)
    }
}
