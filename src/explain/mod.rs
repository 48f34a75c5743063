//! 6. Why: what a euro is worth, where that changes, what each law costs, what will be lost, why not here, what cannot hold together.
//!
//! Everything here is data with indices; words and files are made of it in [`report`](crate::report). Values of goals come from solving the
//! goals again on a changed model, on both sides of what is: no multiplier of a solver is told as a price.
//!
//! Amounts are whole cents. A change of a goal is exact in the unit of the goal: `euro`, `bound` (shares of a bound, for shortfalls) or
//! `level` (share of the need of the worst zone); what it rests on is a solved programme, so it is right to the digits it is rounded to.

mod before_cents;
pub mod cell;
pub mod change;
pub mod conflict;
pub mod goal;
pub mod ground;
pub mod law;
pub mod price;
pub mod repair;
mod repair_money;
pub mod risk;
pub mod slope;
pub mod trace;
pub mod why_not;

pub use cell::Cell;
pub use conflict::{Conflict, ConflictSet, Member, given, why_no_plan};
pub use goal::GoalPrice;
pub use ground::{ExplainError, Ground, changes};
pub use law::{ActShare, LawPrice, Proof, Shapley};
pub use price::{FundPrice, OnSide, Rate, RulePrice, Side};
pub use repair::{Repair, RepairKind, RepairStep};
pub use risk::{Rescue, Rescued, Risk};
pub use slope::{BreakPoint, BreakPoints, Curve, Moved};
pub use trace::{Trace, TraceKind, TraceStep, WorstZone, trace, worst_zones};
pub use why_not::{Forced, Obstacle, Planned, Reason, WhyNot, why_not};

use crate::units::Exact;

/// A goal, or one level of a goal that looks at the worst-served zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoalKey {
    /// Position in [`Model::goals`](crate::model::Model::goals).
    pub goal: usize,
    /// Level of a leximin goal, from 1; 0 for the others.
    pub level: u32,
    /// `leps`, `targets`, `wishes`, `leximin`, `floor`, `value`, `at_risk`.
    pub kind: &'static str,
    /// `euro`, `bound` or `level`.
    pub unit: &'static str,
}

/// The value of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalValue {
    /// Which goal.
    pub key: GoalKey,
    /// Its value, in the unit of the goal.
    pub value: Exact,
    /// No plan as good on the earlier goals reaches more than `value` plus this, as the multipliers of the solved programme prove.
    pub above: Exact,
}

/// How much a goal changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalChange {
    /// Which goal.
    pub key: GoalKey,
    /// The change, in the unit of the goal; positive is better.
    pub change: Exact,
}

/// All that was asked about one model, answered. What was not asked is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The goals in order, with their values; empty where there is no plan.
    pub goals: Vec<GoalValue>,
    /// Whether whole numbers (units, projects, active zones) were fixed to those of the plan in prices and break points.
    pub whole_fixed: bool,
    /// What one euro more or less of each fund and year is worth, in order of fund, year, zone.
    pub funds: Vec<FundPrice>,
    /// What one euro or unit of each rule that binds is worth.
    pub rules: Vec<RulePrice>,
    /// What each rule or act costs, the dearest first.
    pub laws: Vec<LawPrice>,
    /// What each goal costs those after it, in order.
    pub goal_prices: Vec<GoalPrice>,
    /// What all acts cost together, split among them.
    pub shapley: Option<Shapley>,
    /// Where the value of the goals changes slope.
    pub breakpoints: Vec<BreakPoints>,
    /// What will be lost at deadlines, in order of fund and year.
    pub risks: Vec<Risk>,
    /// The worst-served zones, the worst first.
    pub worst: Vec<WorstZone>,
    /// Why places get nothing, or not more.
    pub why_not: Vec<WhyNot>,
    /// Why amounts are what they are.
    pub traces: Vec<Trace>,
    /// Which rules cannot hold together, where there is no plan.
    pub conflict: Option<Conflict>,
}
