//! What one euro is worth, on both sides.

mod fund;
mod rule;
mod side;

pub use fund::{fund_prices, zone_prices};
pub use rule::rule_prices;

pub(crate) use rule::n_binding;

use super::{Cell, GoalKey};
use crate::model::{FundIdx, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// How much a goal changes per euro (or unit), and how far that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Which goal.
    pub key: GoalKey,
    /// The change per euro or unit, in the unit of the goal; positive is better. Rounded to millionths for goals in euro, to 1e-15 for
    /// the others.
    pub change: Exact,
    /// It holds at least up to so many euro (or units) away from where the plan is.
    pub holds: Exact,
    /// Whether that is the end of what was looked at: the whole amount, or twice the amount.
    pub is_end: bool,
}

/// What is on a side of a price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnSide {
    /// Rates.
    Rates,
    /// Nothing to take away, or too little for a step.
    #[default]
    Nothing,
    /// No plan at all there (with the whole numbers of the plan, where it has some).
    NoPlan,
    /// No answer that could be relied on.
    Unknown,
}

impl OnSide {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rates => "rates",
            Self::Nothing => "nothing",
            Self::NoPlan => "no_plan",
            Self::Unknown => "unknown",
        }
    }
}

/// One side of a price: what the goals gain or lose by one euro (or one unit) more, or less.
///
/// On the side of less the change is that of taking one away: what is lost is negative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// What is there.
    pub on: OnSide,
    /// One rate for each goal, in order; empty unless `on` is [`OnSide::Rates`].
    pub rates: Vec<Rate>,
    /// The step with which the rates were found, in euro or units: they are the change over the step, divided by it.
    pub step: Exact,
}

/// What a euro of a fund is worth.
///
/// The model is changed and built again: with the fund move its shares by zone, its floors and caps in shares, its carry-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundPrice {
    /// The fund.
    pub fund: FundIdx,
    /// The year.
    pub year: Year,
    /// The zone whose money it is; `None` is the whole fund-year, which moves every zone by its share.
    pub zone: Option<ZoneIdx>,
    /// What it has.
    pub amount: Euro,
    /// One euro more.
    pub more: Side,
    /// One euro less.
    pub less: Side,
}

/// What a euro, or a unit, of the bound of a rule is worth, where the rule binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePrice {
    /// Code of the rule or match.
    pub rule: String,
    /// Title for people.
    pub title: String,
    /// The law, cited.
    pub law: String,
    /// Which instance.
    pub place: Cell,
    /// `euro` or `units`.
    pub unit: &'static str,
    /// What is asked, in that unit.
    pub bound: Exact,
    /// The bound relaxed by one: a lower floor, a higher cap; of an equality, a higher amount.
    pub relaxed: Side,
    /// The bound tightened by one: of an equality, a lower amount.
    pub tightened: Side,
}
