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
    },
    /// Euro weighted by the priority of the action.
    Value {
        /// Multipliers, applied in order.
        weights: Vec<ValueWeight>,
    },
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
            GoalKind::Value { .. } => "value",
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
