//! Funds: who pays, under which nature and deadline, and for what.

use super::demand::{Demand, Nature};
use super::index::{ActionIdx, FundIdx, ZoneIdx};
use crate::units::{Exact, Year};

/// Level of government a fund comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// European Union.
    Eu,
    /// State.
    State,
    /// Region.
    Region,
    /// Municipalities.
    Municipal,
}

/// Kinds of expenditure a fund may pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FundNature {
    /// Running expenditure only.
    Current,
    /// Investment only.
    Capital,
    /// Both.
    Both,
}

impl FundNature {
    /// Whether a fund of this nature may pay an item of that one.
    #[must_use]
    pub fn pays(self, item: Nature) -> bool {
        match self {
            Self::Both => true,
            Self::Current => item == Nature::Current,
            Self::Capital => item == Nature::Capital,
        }
    }
}

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Issued by a public body.
    Official,
    /// Computed from official figures by a stated rule.
    Derived,
    /// A modelling assumption.
    Estimate,
}

/// Until when money may be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// Money of year t until the end of year t + n; the default is n = 0.
    YearsAfter(u16),
    /// Any money of the fund until this year, included.
    LastYear(Year),
    /// No deadline.
    Never,
}

impl Deadline {
    /// The last year in which money of year `of` may be spent, if there is one.
    #[must_use]
    pub fn last_year_for(self, of: Year) -> Option<Year> {
        match self {
            Self::YearsAfter(years) => Some(of.saturating_add(Year::from(years))),
            Self::LastYear(year) => Some(year),
            Self::Never => None,
        }
    }
}

/// A fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fund {
    /// Code, unique.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Level of government.
    pub level: Level,
    /// What kind of expenditure it may pay.
    pub nature: FundNature,
    /// Tags.
    pub tags: Vec<String>,
    /// Largest share of a year's amount that may move on, between 0 and 1.
    pub carry_over: Exact,
    /// Until when its money may be spent.
    pub deadline: Deadline,
    /// Legal source, as text.
    pub law: Option<String>,
}

/// One opening of the matrix, resolved to indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eligibility {
    /// The fund that may pay.
    pub fund: FundIdx,
    /// The actions it may pay, ascending.
    pub actions: Vec<ActionIdx>,
    /// The zones where it may, ascending; a condition on the zone is already decided, for each year of the plan.
    pub zones: Vec<(ZoneIdx, Year)>,
    /// The largest part of the action's cost it may pay.
    pub max_share: Option<Exact>,
    /// Legal source, as text.
    pub law: Option<String>,
}

impl Eligibility {
    /// Whether this entry opens the pair of a fund and a demand.
    #[must_use]
    pub fn opens(&self, fund: FundIdx, demand: &Demand) -> bool {
        self.fund == fund
            && self.actions.binary_search(&demand.action).is_ok()
            && self
                .zones
                .binary_search(&(demand.zone, demand.year))
                .is_ok()
    }
}
