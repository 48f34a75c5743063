//! Many scenarios of one model: what all have in common is prepared once ([`Base`]), and each is answered by one of three routes.
//!
//! - **cold**: exactly what [`solve`](super::solve) does with the scenario alone; the reference.
//! - **hot**: HiGHS with the structure and whole numbers of the base, started at the base's own basis of each goal, so that an answer is a
//!   pure function of base and scenario and not of what its worker solved before.
//! - **batch**: many scenarios at once.
//!
//! A route that has no answer, or one that its own multipliers do not prove, hands over to the cold one and says so.

mod base;
mod hot;
mod reach;
mod structure;

pub use base::Base;
pub use reach::Reach;
pub use structure::{Difference, difference};

use super::answer::SolveError;
use super::chain::Plan;
use crate::model::Model;

/// Scenarios that go to a route together: as many as the batched engine has at once, few enough to keep every thread at work.
pub const TOGETHER: usize = super::batch::LANES;

/// How scenarios are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// Each alone, from nothing.
    Cold,
    /// HiGHS from the base's bases.
    Hot,
    /// Many at once.
    Batch,
}

impl Route {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Cold => "cold",
            Self::Hot => "hot",
            Self::Batch => "batch",
        }
    }
}

/// What becomes of whole numbers in scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integers {
    /// They are those of the base plan.
    Fixed,
    /// They are chosen anew in each scenario: only the cold route can.
    Resolve,
}

/// Why another route answered than the one asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandedOver {
    /// The scenario is not of the base's structure.
    Structure,
    /// Whole numbers are chosen anew.
    Whole,
    /// The base's whole numbers leave no plan here.
    FixedWhole,
    /// It found no plan: whether there is one is for the cold route to say.
    Infeasible,
    /// It had no answer, or one that its own multipliers do not prove.
    Doubt,
    /// The nearest plan was not proved.
    Pick,
    /// The proportions of the base hold only with a cent of play.
    Play,
    /// A goal looks at more levels than one: how many there are is known only on the way.
    Levels,
    /// The interior-point method found no end: there may be no plan.
    NotConverged,
}

impl HandedOver {
    /// All reasons, in order.
    pub const ALL: [Self; 9] = [
        Self::Structure,
        Self::Whole,
        Self::FixedWhole,
        Self::Infeasible,
        Self::Doubt,
        Self::Pick,
        Self::Play,
        Self::Levels,
        Self::NotConverged,
    ];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Whole => "whole",
            Self::FixedWhole => "fixed_whole",
            Self::Infeasible => "infeasible",
            Self::Doubt => "doubt",
            Self::Pick => "pick",
            Self::Play => "play",
            Self::Levels => "levels",
            Self::NotConverged => "not_converged",
        }
    }
}

/// The answer about one scenario.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The plan, or why there is none.
    pub plan: Result<Plan, SolveError>,
    /// The route that answered.
    pub route: Route,
    /// Why it is not the one asked.
    pub handed_over: Option<HandedOver>,
    /// Where the structure is not the base's.
    pub rebuilt: Option<Difference>,
}

/// A scenario of the base's structure, its whole numbers fixed: numbers to be filled in.
pub(crate) struct Ready<'m> {
    /// The scenario.
    pub(crate) model: &'m Model,
    /// The same with the money that the base's units earn, where they earn any: the programme is of this one.
    pub(crate) settled: Option<Model>,
    pub(crate) program: crate::lp::LinearProgram,
    pub(crate) whole: Option<super::integers::Whole>,
    /// Bounds that are no whole cents.
    pub(crate) nudges: Vec<super::scaled::Nudge>,
}

impl Ready<'_> {
    /// The model the programme was built from.
    pub(crate) fn of(&self) -> &Model {
        self.settled.as_ref().unwrap_or(self.model)
    }
}
