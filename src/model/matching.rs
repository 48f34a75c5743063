//! Rules among funders: co-financing proportions, minimum shares, flat rates, decommitment.

use std::collections::BTreeMap;

use super::index::{ActionIdx, FundIdx, ZoneIdx};
use super::rule::{Law, Strength};
use crate::units::{Euro, Exact, Year};

/// Over what a proportion holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchPer {
    /// Over all selected actions and zones, each year.
    Priority,
    /// In each action, zone and year.
    Operation,
}

/// The shares of the funders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchShares {
    /// Fixed proportions that sum to one: the parts hold within one cent of their share of the total.
    Proportion(Vec<(FundIdx, Exact)>),
    /// Each named fund pays at least its share of what `among` pay together.
    Minimum {
        /// Fund and smallest share.
        shares: Vec<(FundIdx, Exact)>,
        /// Whose money is the total.
        among: Vec<FundIdx>,
    },
}

/// A co-financing rule or an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Code, unique among rules and matches.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Where it comes from.
    pub law: Law,
    /// Always hard: `Law` or `Plan`.
    pub strength: Strength,
    /// The shares.
    pub shares: MatchShares,
    /// Over what they hold.
    pub per: MatchPer,
    /// Actions it speaks of, ascending.
    pub actions: Vec<ActionIdx>,
    /// Zones it speaks of, ascending.
    pub zones: Vec<ZoneIdx>,
}

/// A cost that is a flat rate on another action's cost: what is paid for it is the rate on what is paid for the other,
/// within one cent, in each zone and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlatRate {
    /// The action paid at a flat rate.
    pub action: ActionIdx,
    /// The action it follows.
    pub on: ActionIdx,
    /// The rate.
    pub rate: Exact,
    /// Where it comes from.
    pub law: Law,
}

/// A decommitment calendar: what is not claimed in time is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The fund.
    pub fund: FundIdx,
    /// Commitments by year.
    pub commitments: BTreeMap<Year, Euro>,
    /// Due at the end of year n + `after`.
    pub after: u16,
    /// Pre-financing, counted as claimed.
    pub prefinancing: Euro,
    /// Claimed before the plan.
    pub claimed: Euro,
    /// Where it comes from.
    pub law: Law,
}
