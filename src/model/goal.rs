//! Goals in order, and the pick among equals.

use super::index::{ActionIdx, ZoneIdx};
use crate::units::{Exact, Year};

/// How many levels of coverage a leximin goal settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// The worst coverage, then the next, so many times.
    Count(u16),
    /// Until every zone is settled.
    All,
}

/// A multiplier on the weight of some euro in the goal `value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueWeight {
    /// Actions, ascending.
    pub actions: Vec<ActionIdx>,
    /// Zones and years, ascending.
    pub scope: Vec<(ZoneIdx, Year)>,
    /// The multiplier.
    pub weight: Exact,
}

/// What a euro is worth up to a coverage of its need, in the goal `value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueBand {
    /// The share of the need at which it ends.
    pub up_to: Exact,
    /// The weight of its euro.
    pub weight: Exact,
}

/// What a goal is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GoalKind {
    /// Euro of need of LEPS actions covered.
    Leps,
    /// Sum of the shortfalls of target rules, each divided by its bound.
    Targets,
    /// Sum of the shortfalls of wishes, each divided by its bound; always the last goal where a wish exists.
    Wishes,
    /// The worst-covered zone first.
    Leximin {
        /// How many levels.
        levels: Levels,
        /// Whether each zone-year is a unit of its own.
        per_year: bool,
        /// How far below its best the worst coverage may stay, as a share of the need: room for the goals after it.
        tolerance: Exact,
        /// Coverage above this is left to the goals after it.
        bound: Exact,
    },
    /// Euro missing to a coverage, over all zones.
    Floor {
        /// The coverage, a share of the need.
        coverage: Exact,
        /// Whether each zone-year is a unit of its own.
        per_year: bool,
    },
    /// Euro weighted by the priority of the action.
    Value {
        /// Multipliers, applied in order.
        weights: Vec<ValueWeight>,
        /// Weights that fall with coverage, up to all of the need; none where every euro counts alike.
        bands: Vec<ValueBand>,
    },
    /// Euro by which what an action gets in a zone changes from year to year.
    Steady,
    /// Units that close from year to year, in euro of the later year.
    Open,
    /// Euro lost at deadlines.
    AtRisk,
}

/// One goal of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// What it is about.
    pub kind: GoalKind,
    /// Actions it counts, ascending.
    pub actions: Vec<ActionIdx>,
}

impl Goal {
    /// The word used in files.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.kind {
            GoalKind::Leps => "leps",
            GoalKind::Targets => "targets",
            GoalKind::Wishes => "wishes",
            GoalKind::Leximin { .. } => "leximin",
            GoalKind::Floor { .. } => "floor",
            GoalKind::Value { .. } => "value",
            GoalKind::Steady => "steady",
            GoalKind::Open => "open",
            GoalKind::AtRisk => "at_risk",
        }
    }
}

/// Which of the equally good plans is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Nearest to the formula riparto.
    Riparto,
    /// Nearest to last year's allocation.
    LastYear,
}

impl Pick {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Riparto => "riparto",
            Self::LastYear => "last_year",
        }
    }
}
