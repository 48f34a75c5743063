//! Demands: one line of what may be paid, once, by all funds together.

use super::index::{ActionIdx, ZoneIdx};
use crate::units::{Euro, Exact, Year};

/// Nature of an expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// Running expenditure.
    Current,
    /// Investment.
    Capital,
}

/// A need of an action in a zone and year, or one cost item of a project there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The action.
    pub action: ActionIdx,
    /// The zone.
    pub zone: ZoneIdx,
    /// The funding year.
    pub year: Year,
    /// Empty for a need; `CUP/item` for a project's cost item.
    pub label: String,
    /// Current or capital.
    pub nature: Nature,
    /// Units of the action (for a project: its cost over the unit cost).
    pub units: Exact,
    /// Its whole cost; `None` means unlimited: any amount is welcome and coverage is not counted.
    pub euro: Option<Euro>,
}
