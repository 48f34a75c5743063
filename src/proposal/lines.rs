//! The lines of a proposal, each with the indices of what it speaks of.

use super::moved::Moved;
use crate::model::{ActionIdx, Base, FundIdx, Relation, Strength, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// One allocation: planned euro, never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerLine {
    /// Who pays.
    pub fund: FundIdx,
    /// For what.
    pub action: ActionIdx,
    /// Where.
    pub zone: ZoneIdx,
    /// When.
    pub year: Year,
    /// How much.
    pub euro: Euro,
}

/// How an instance of a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleStatus {
    /// Holds with room.
    Met,
    /// Holds with nothing to spare.
    Binding,
    /// A floor whose missing part moves on with the money that is carried.
    Carried,
    /// A soft rule that falls short.
    Short,
    /// Not enforced, with a motive.
    Waived,
    /// Could not hold in whole cents; the slack says by how much.
    Excess,
}

impl RuleStatus {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Binding => "binding",
            Self::Carried => "carried",
            Self::Short => "short",
            Self::Waived => "waived",
            Self::Excess => "excess",
        }
    }
}

/// One instance of a rule or match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLine {
    /// Code of the rule or match.
    pub rule: String,
    /// Title for people.
    pub title: String,
    /// The fund, where the rule is for each fund or measures one fund.
    pub fund: Option<FundIdx>,
    /// The action, where the rule is for each action or measures one action.
    pub action: Option<ActionIdx>,
    /// The zone, where the rule is for each zone.
    pub zone: Option<ZoneIdx>,
    /// The year, where the rule is for each year.
    pub year: Option<Year>,
    /// The law, cited.
    pub law: String,
    /// How strong.
    pub strength: Strength,
    /// Base of a share.
    pub base: Option<Base>,
    /// What the base is of, where it is not of what is measured: `zone=all`.
    pub base_of: String,
    /// The share that a step or an expression gives here, where it is not the same everywhere.
    pub share: Option<Exact>,
    /// How the measure stands to the bound.
    pub relation: Relation,
    /// What the proposal gives.
    pub value: Exact,
    /// What is asked.
    pub bound: Exact,
    /// `euro`, `units`, `zones` or `projects`.
    pub unit: &'static str,
    /// Distance from the bound on the right side; negative when short.
    pub slack: Exact,
    /// How it stands.
    pub status: RuleStatus,
    /// Motive of a waiver; empty otherwise.
    pub waiver: String,
}

/// Why a need is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnmetReason {
    /// No fund may pay it.
    NotEligible,
    /// Every fund that may pay it has spent all it has.
    Exhausted,
    /// A rule stands in the way.
    Rule,
    /// A fund has money, but an earlier goal uses it elsewhere or keeps it.
    Outranked,
    /// The money that could pay expired.
    Deadline,
    /// Only whole units, projects or minimum grants.
    Indivisible,
    /// All of it is paid but what whole cents leave over.
    Rounding,
}

impl UnmetReason {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotEligible => "not_eligible",
            Self::Exhausted => "exhausted",
            Self::Rule => "rule",
            Self::Outranked => "outranked",
            Self::Deadline => "deadline",
            Self::Indivisible => "indivisible",
            Self::Rounding => "rounding",
        }
    }
}

/// A need that is not fully covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmetLine {
    /// The action.
    pub action: ActionIdx,
    /// The zone.
    pub zone: ZoneIdx,
    /// The year.
    pub year: Year,
    /// Units not covered.
    pub units: Exact,
    /// Euro not covered, positive.
    pub euro: Euro,
    /// Why.
    pub reason: UnmetReason,
}

/// Need and coverage of a zone in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneLine {
    /// The zone.
    pub zone: ZoneIdx,
    /// The year.
    pub year: Year,
    /// Need in euro (unlimited needs are not counted).
    pub need: Euro,
    /// Need met.
    pub covered: Euro,
    /// `covered / need`; none where need is zero.
    pub coverage: Option<Exact>,
    /// Money received (unlimited needs included).
    pub euro: Euro,
}

/// Where a fund-year's money went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundLine {
    /// The fund.
    pub fund: FundIdx,
    /// The year.
    pub year: Year,
    /// The year's amount.
    pub assigned: Euro,
    /// Carried in from the year before.
    pub carried_in: Euro,
    /// Planned in the year.
    pub used: Euro,
    /// Carried to the next year of the plan, or left at the horizon with a later deadline.
    pub carried_out: Euro,
    /// Not used and not carried: lost.
    pub lost: Euro,
    /// Of the year's amount, what rests on estimates.
    pub estimate: Euro,
}

/// What is proved for a goal: no plan as good on the earlier goals does better by more than `gap`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalLine {
    /// `leps`, `targets`, `wishes`, `leximin`, `floor`, `value`, `at_risk`.
    pub kind: &'static str,
    /// Level of a leximin goal, from 1; 0 for the others.
    pub level: u32,
    /// The value reached, in `unit`.
    pub value: Exact,
    /// How far the best may be, in `unit`.
    pub gap: Exact,
    /// Of that, what the goal leaves to those after it, in `unit`.
    pub tolerance: Exact,
    /// `euro`, `bound` (shares of a bound) or `level` (share of the need of the worst zone).
    pub unit: &'static str,
    /// Of `gap`, what rounding to whole cents gave up.
    pub rounding: Exact,
}

/// The whole numbers of a proposal: what is proved of its goals is proved for these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeLine {
    /// Units bought, all demands together.
    pub units: i64,
    /// Projects paid.
    pub projects: i64,
    /// Columns of whole numbers.
    pub columns: usize,
    /// Whether the choice was finished.
    pub complete: bool,
    /// What the solver says of each goal over all choices.
    pub goals: Vec<WholeBound>,
}

/// The solver's own word on a goal: no choice of whole numbers does better than `bound`. It is not proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeBound {
    /// `leps`, `targets`, `wishes`, `leximin`, `value`, `at_risk`.
    pub kind: &'static str,
    /// Of a leximin goal, how many of the worst coverages are summed; 0 for the others.
    pub level: u32,
    /// What the choice reaches, in `unit`, before cents.
    pub value: Exact,
    /// What no choice goes beyond, in `unit`.
    pub bound: Exact,
    /// `euro`, `bound` or `level`.
    pub unit: &'static str,
}

/// What is known of the pick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickLine {
    /// `riparto` or `last_year`.
    pub nearest: &'static str,
    /// Whether the nearest plan is proved.
    pub proved: bool,
    /// How far it is, as the sum of what all are off by where all are off by the same part of what is due, rounded up to the cent.
    pub off: Euro,
    /// What the plan moves from zone to zone beside the amounts it keeps near to, in all.
    pub all: Moved,
    /// The same by fund, of those whose money can be moved.
    pub funds: Vec<(FundIdx, Moved)>,
    /// The exact nearest plan gives zones no more than this otherwise, all differences together, in euro, rounded up to the cent.
    pub within: Option<Euro>,
    /// No plan as good on every goal is nearer by more than this, measured as `off`, rounded up to the cent.
    pub nearer: Option<Euro>,
}
