//! Why a place gets nothing, or not more.
//!
//! What stands in the way is read from the plan to the cent, by the same logic that gives the reasons of unmet needs. What it would cost
//! to have it otherwise is found by solving the goals again with the place forced to more than it has.

mod asked;
mod obstacles;

use super::{Cell, GoalChange, Ground};
use crate::lp::LinearProgram;
use crate::model::{FundIdx, Model};
use crate::units::{Euro, Exact};

use asked::Asked;

/// Why nothing, or not more, is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// There is no need of the action there.
    NoNeed,
    /// The need is met already.
    Met,
    /// The law of the fund does not open the action there.
    NotEligible,
    /// The fund pays the other kind of expenditure only.
    Nature,
    /// The money that could pay expired.
    Deadline,
    /// The fund has nothing for the place in that year.
    NoMoney,
    /// The fund has spent all it has.
    Exhausted,
    /// A rule stands in the way.
    Rule,
    /// Only whole units, projects or minimum grants are paid.
    Indivisible,
    /// All of it is paid but what whole cents leave over.
    Rounding,
    /// An earlier goal wants the money elsewhere, or kept.
    Outranked,
    /// A plan as good for every goal would pay it: the pick chose another.
    Equal,
}

impl Reason {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoNeed => "no_need",
            Self::Met => "met",
            Self::NotEligible => "not_eligible",
            Self::Nature => "nature",
            Self::Deadline => "deadline",
            Self::NoMoney => "no_money",
            Self::Exhausted => "exhausted",
            Self::Rule => "rule",
            Self::Indivisible => "indivisible",
            Self::Rounding => "rounding",
            Self::Outranked => "outranked",
            Self::Equal => "equal",
        }
    }
}

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What kind of thing.
    pub reason: Reason,
    /// The fund it is about, if it is about one.
    pub fund: Option<FundIdx>,
    /// Code of the rule, of a rule.
    pub rule: Option<String>,
    /// Title of the rule.
    pub title: Option<String>,
    /// The law, cited, where one says so.
    pub law: Option<String>,
    /// The goal that loses first, where forcing costs one: position in the list of goals.
    pub goal: Option<usize>,
    /// Who has the money: places with their amounts, the largest first.
    pub holders: Vec<(Cell, Euro)>,
    /// Of a project that is paid as a whole: the zone and year of another part of it that has too little money, and how much is missing.
    pub lacks: Option<(Cell, Euro)>,
    /// In how many places of those asked about it stands in the way.
    pub cases: usize,
}

/// What forcing more into a place comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forced {
    /// Nothing can be forced: nobody may pay there.
    Nothing,
    /// No plan has it: what stands in the way holds whatever the goals.
    Impossible,
    /// Change of each goal per euro.
    Costs(Vec<GoalChange>),
    /// The solver has no answer.
    Unknown,
}

/// Why a cell gets nothing or not more, and what it would cost to force it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhyNot {
    /// The cell asked about.
    pub cell: Cell,
    /// What it gets.
    pub paid: Euro,
    /// What it needs, where that has a limit.
    pub need: Option<Euro>,
    /// What stands in the way, what is most frequent first.
    pub obstacles: Vec<Obstacle>,
    /// What forcing costs.
    pub forced: Forced,
    /// The step with which it was found, in euro.
    pub step: Exact,
    /// Whether units and projects were chosen anew for it.
    pub whole_anew: bool,
}

/// A plan that is asked about.
#[derive(Clone, Copy)]
pub struct Planned<'a> {
    /// The model solved, to be solved again.
    pub ground: &'a Ground,
    /// The value of each column in cents, as [`Proposal::values`](crate::proposal::Proposal::values).
    pub values: &'a [i64],
}

impl<'a> Planned<'a> {
    /// The model with what its units earn.
    pub(super) fn settled(&self) -> &'a Model {
        let base = self.ground.base();
        base.plan().model.as_ref().unwrap_or(base.model())
    }

    pub(super) fn program(&self) -> &'a LinearProgram {
        &self.ground.base().plan().program
    }

    /// What the plan has in a column, in cents.
    pub(super) fn value(&self, column: usize) -> i64 {
        self.values.get(column).copied().unwrap_or(0)
    }
}

/// Why a place, or all places it stands for, get nothing or not more; forced by `by`, or by the smallest amount that can be paid.
#[must_use]
pub fn why_not(planned: Planned<'_>, cell: Cell, by: Option<Euro>) -> WhyNot {
    let asked = Asked::new(planned, cell);
    let step = by
        .filter(|by| *by > Euro::ZERO)
        .unwrap_or_else(|| asked.step());
    let (forced, whole_anew) = asked.force(step);
    let mut obstacles = asked.obstacles(&forced);
    if forced == Forced::Impossible {
        asked.add_hard(step, &mut obstacles);
    }
    WhyNot {
        cell,
        paid: asked.paid,
        need: asked.need(),
        obstacles,
        forced,
        step: step.to_exact(),
        whole_anew,
    }
}

/// Whether a change of a goal per euro is a loss: more than a hundredth of a cent, or than 1e-12 of a share.
fn is_loss(change: &GoalChange) -> bool {
    let least = if change.key.unit == "euro" {
        Exact::new(-1, 10_000)
    } else {
        Exact::new(-1, 1_000_000_000_000)
    };
    change.change < least
}
