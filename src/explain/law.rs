//! What a law costs: the goals with it and without it.

mod cost;
mod shapley;

pub use cost::{Left, Wholes, acts, counts, law_prices, rules};
pub use shapley::{EXACT_UP_TO, shapley};

use super::{Cell, GoalChange};
use crate::model::Strength;
use crate::units::Exact;

/// How sure a gain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// Proved to within `above` of each value, for the whole numbers chosen on each side.
    Bounded,
    /// Whole numbers are those of the plan: chosen anew the gain may be larger.
    WholeKept,
    /// The model comes in whole numbers that were chosen anew without the rule: that no other choice does better is the solver's word.
    WholeChosen,
}

/// What a rule, or all rules of one act, costs: how much better each goal would be without it, by solving again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawPrice {
    /// Codes of the rules and matches left out, in the order of the model.
    pub rules: Vec<String>,
    /// Title for people; the act where all its rules are left out.
    pub title: String,
    /// The law, cited; the act alone where all its rules are left out.
    pub law: String,
    /// Whether all rules of an act are left out.
    pub is_act: bool,
    /// Where they are left out; everywhere, where nothing is given.
    pub place: Cell,
    /// The strongest of them.
    pub strength: Strength,
    /// What each goal gains without it, in order; in later goals it may be negative. Empty where the goals could not be solved. Of targets and
    /// wishes left out, the goals that count what is missing of them are not here: what is not asked for is not missing.
    pub gains: Vec<GoalChange>,
    /// How far each gain may be off, in the unit of its goal, in the same order.
    pub within: Vec<Exact>,
    /// How sure it is.
    pub proof: Proof,
    /// How many of its instances bind in the plan.
    pub binding: usize,
}

/// The part of one act in what all acts cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActShare {
    /// The act.
    pub act: String,
    /// Codes of its rules and matches.
    pub rules: Vec<String>,
    /// Its part of each goal, in order.
    pub parts: Vec<GoalChange>,
    /// Standard error of each part, in the same order; zero where the split is exact.
    pub errors: Vec<Exact>,
}

/// What all acts cost together, split among them: the mean of what each adds, over all orders in which they may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shapley {
    /// What each goal gains without any of them.
    pub total: Vec<GoalChange>,
    /// The part of each act, the largest first.
    pub acts: Vec<ActShare>,
    /// Whether all orders were looked at.
    pub is_exact: bool,
    /// How many orders were drawn; zero where all were looked at.
    pub drawn: usize,
    /// The seed they were drawn with.
    pub seed: u64,
    /// How many times the goals were solved.
    pub solves: usize,
}
