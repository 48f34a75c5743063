//! What the chains of a model and of its scenarios have in common.

use std::collections::BTreeMap;

use crate::lp::LinearProgram;
use crate::solve::engine::{Basis, Engine};
use crate::solve::pick::PickShared;

/// Where each goal of a chain ended, so that the chain of another scenario may start there, and what the picks share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Steps {
    /// By position of the goal and level.
    pub(super) bases: BTreeMap<(usize, u32), Basis>,
    pub(super) pick: PickShared,
    pub(super) program: LinearProgram,
}

impl Steps {
    /// What the picks share.
    pub(crate) fn pick(&self) -> &PickShared {
        &self.pick
    }
}

/// What a chain does about [`Steps`].
pub(crate) enum Trail<'t> {
    Nothing,
    /// Leaves its own.
    Leave(&'t mut Steps),
    /// Starts at those of another.
    Follow(&'t Steps),
}

/// How the goals are solved.
pub(crate) struct Way<'w> {
    pub(crate) engine: &'w mut dyn Engine,
    pub(crate) trail: Trail<'w>,
    /// Whether an optimum is believed only where its multipliers say the same.
    pub(crate) careful: bool,
    /// Position of a goal that is left out.
    pub(crate) without: Option<usize>,
}
