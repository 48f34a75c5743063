//! Where the value of the goals changes slope as one amount moves.

mod curve;
mod find;
mod line;

pub use find::{ANEW_UP_TO, break_points, is_straight};

use super::GoalKey;
use crate::model::{FundIdx, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// What is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The amount of a fund: of a year or of all together, of a zone or of all.
    Fund {
        /// The fund.
        fund: FundIdx,
        /// Of one year; `None` moves all years by the same part.
        year: Option<Year>,
        /// Of one zone.
        zone: Option<ZoneIdx>,
    },
    /// The bound of a rule (a share, or a quantity), everywhere by the same part.
    Rule {
        /// Its code.
        rule: String,
    },
}

/// A point of a curve, between two slopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakPoint {
    /// What is moved, at this point: euro of a fund; for a rule, its bound as a multiple of what it is.
    pub at: Exact,
    /// The value of the goal here, in its unit.
    pub value: Exact,
    /// Slope on the left, per unit of `at`; `None` at the left end.
    pub before: Option<Exact>,
    /// Slope on the right, per unit of `at`; `None` at the right end.
    pub after: Option<Exact>,
    /// How much the value jumps here, where whole numbers make it jump; zero elsewhere.
    pub jump: Exact,
    /// The point lies within this distance of `at`; zero where it is exact.
    pub within: Exact,
}

/// The value of one goal along what is moved: points in order, the first and last are the ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// The goal.
    pub key: GoalKey,
    /// At least two points, ascending.
    pub points: Vec<BreakPoint>,
}

/// Break points of each goal as one amount moves between two ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakPoints {
    /// What is moved.
    pub moved: Moved,
    /// Where it stands: the amount in euro, or 1 for a rule.
    pub now: Exact,
    /// The amount in whole cents, of a fund.
    pub amount: Option<Euro>,
    /// From where to where there is a plan at all, within what was looked at (nothing to twice as much).
    pub ends: (Exact, Exact),
    /// Whether fewer or more of it leaves no plan: then the end is where plans cease, not where the search did.
    pub no_plan: (bool, bool),
    /// One curve for each goal, in order.
    pub curves: Vec<Curve>,
    /// How many times the goals were solved.
    pub solves: usize,
}
