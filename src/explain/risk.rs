//! Money that will be lost at a deadline, and what would keep it.

mod rescue;

pub use rescue::risks;

use super::{Cell, GoalChange};
use crate::model::FundIdx;
use crate::units::{Euro, Year};

/// A change that keeps money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rescue {
    /// As much more need of an action that the fund may pay, spread as that need is now.
    Need {
        /// The action.
        place: Cell,
        /// How much more need, in euro.
        need: Euro,
    },
    /// The fund is opened to an action whose need is not met.
    Eligibility {
        /// The action.
        place: Cell,
        /// Its unmet need, in euro.
        unmet: Euro,
    },
    /// Money of any year may be spent a year longer.
    Deadline,
    /// All that is not spent in a year may move to the next, within the deadline.
    CarryOver,
    /// A rule that caps what the fund pays is left out.
    Rule {
        /// Its code.
        rule: String,
        /// Its title.
        title: String,
        /// The law, cited.
        law: String,
    },
}

impl Rescue {
    /// The word used in files.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Need { .. } => "need",
            Self::Eligibility { .. } => "eligibility",
            Self::Deadline => "deadline",
            Self::CarryOver => "carry_over",
            Self::Rule { .. } => "rule",
        }
    }

    /// Where, of a change that has a place.
    #[must_use]
    pub fn place(&self) -> Option<&Cell> {
        match self {
            Self::Need { place, .. } | Self::Eligibility { place, .. } => Some(place),
            _ => None,
        }
    }
}

/// A rescue, with what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescued {
    /// The change.
    pub rescue: Rescue,
    /// How much more of all funds' money is kept from being lost.
    pub keeps: Euro,
    /// What it brings to the goals.
    pub gains: Vec<GoalChange>,
}

/// What a fund loses at its deadlines, and what would keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The fund.
    pub fund: FundIdx,
    /// What is lost: the year at whose end it is, and how much; ascending.
    pub years: Vec<(Year, Euro)>,
    /// The last year in which money of the first of these years may be spent.
    pub deadline: Option<Year>,
    /// How much is lost in all.
    pub lost: Euro,
    /// Changes that keep money, the one that keeps most first; of those that keep the same, the mildest first.
    pub rescues: Vec<Rescued>,
    /// What a year more brings to the goals; empty where nothing can be said.
    pub extra_year: Vec<GoalChange>,
}
