//! Riparto: how a total is divided over zones by a formula, to the cent.
//!
//! Weighted indicators give exact [`Shares`], or an act fixes them; shares may be rounded to a published percentage;
//! [`apportion`] turns them into money, [`divide`] does so with nobody below a floor or above a ceiling, [`priority_cut`]
//! pays old claims first. Zones are in the order of their id: a position is a zone, and ties go by it ([`near_tie`] finds
//! them). Rounding to a total is [`largest_remainder`] unless rows are rounded alone.

mod apportion;
mod fractions;
mod near_tie;
mod priority_cut;
mod shares;
mod water_fill;

pub use apportion::{
    Apportioned, Limits, Rest, RoundBy, Rounding, apportion, divide, largest_remainder,
};
pub use near_tie::{NearTie, near_tie};
pub use priority_cut::{PriorityCut, priority_cut};
pub use shares::{Shares, Weighted};
pub use water_fill::water_fill;

use thiserror::Error;

use crate::units::{Euro, Exact, exact_text};

/// Most decimals of a rounded percentage.
pub const FINEST: u32 = 12;

/// Why a riparto has no result. Indicators and zones are named by their position.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RipartoError {
    /// The weights do not sum to one.
    #[error("the weights sum to {}, not to 1", exact_text(sum))]
    WeightsNotOne {
        /// What they sum to.
        sum: Exact,
    },
    /// A weight below zero.
    #[error("the weight of indicator {indicator} is negative")]
    NegativeWeight {
        /// Which one.
        indicator: usize,
    },
    /// A value of an indicator below zero.
    #[error("indicator {indicator} is negative in zone {zone}")]
    NegativeIndicator {
        /// Which one.
        indicator: usize,
        /// Where.
        zone: usize,
    },
    /// An indicator that is zero everywhere: it divides nothing.
    #[error("indicator {indicator} is zero in every zone")]
    EmptyIndicator {
        /// Which one.
        indicator: usize,
    },
    /// Two lists over zones that are not equally long.
    #[error("{found} values for {expected} zones")]
    DifferentLengths {
        /// Number of zones.
        expected: usize,
        /// Number of values.
        found: usize,
    },
    /// Given shares that do not sum to one, or fixed ones that sum to more.
    #[error("the shares sum to {}, not to 1", exact_text(sum))]
    SharesNotOne {
        /// What they sum to.
        sum: Exact,
    },
    /// A given share below zero.
    #[error("the share of zone {zone} is negative")]
    NegativeShare {
        /// Where.
        zone: usize,
    },
    /// More decimals of a percentage than can be counted.
    #[error("a percentage with {decimals} decimals is too fine: at most {FINEST}")]
    TooManyDecimals {
        /// How many were asked for.
        decimals: u32,
    },
    /// A total below zero.
    #[error("a negative amount cannot be divided")]
    NegativeTotal,
    /// A floor below zero.
    #[error("the floor of zone {zone} is negative")]
    NegativeFloor {
        /// Where.
        zone: usize,
    },
    /// The floors need more than there is.
    #[error("the floors need {short} euro more than the total")]
    FloorsAboveTotal {
        /// How much is missing.
        short: Euro,
    },
    /// A ceiling below the floor, both in whole units.
    #[error("the ceiling of zone {zone} is below its floor")]
    CeilingBelowFloor {
        /// Where.
        zone: usize,
    },
    /// Rows rounded alone exceed the total, and the zone that should give back cannot.
    #[error("the rows are {over} euro above the total, and no zone can give them back")]
    NobodyGivesBack {
        /// How much.
        over: Euro,
    },
    /// A claim below zero.
    #[error("a claim of zone {zone} is negative")]
    NegativeClaim {
        /// Where.
        zone: usize,
    },
    /// The old claims alone are above the cap.
    #[error("the old claims alone are {short} euro above the cap")]
    OldClaimsAboveCap {
        /// How much is missing, rounded up to the cent.
        short: Euro,
    },
    /// Rounding each part down or up cannot give the total.
    #[error("parts rounded to whole units give {lowest} to {highest}, not {total}")]
    PartsMissTotal {
        /// What was asked for.
        total: i64,
        /// All parts rounded down.
        lowest: i128,
        /// All parts rounded up.
        highest: i128,
    },
    /// A result outside the range of its type.
    #[error("a number of the riparto is too large")]
    Overflow,
}
