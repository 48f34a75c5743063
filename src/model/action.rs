//! Actions: what is financed.

use super::demand::Nature;
use crate::units::{Euro, Exact};

/// How an action divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Any amount.
    Divisible,
    /// Whole units only (treated as divisible in this version).
    Units,
    /// All or nothing (treated as divisible in this version).
    Project,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Code, unique.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Area of intervention.
    pub area: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Whether it is an essential level (*livello essenziale delle prestazioni sociali*).
    pub leps: bool,
    /// How it divides.
    pub kind: ActionKind,
    /// Name of one unit.
    pub unit: String,
    /// Cost of one unit, one entry per year of the plan.
    pub unit_cost: Vec<Euro>,
    /// Weight of one euro in the goal `value`.
    pub priority: Exact,
    /// Current or capital expenditure.
    pub nature: Nature,
    /// Smallest amount that counts as active, where given.
    pub min_active: Option<Euro>,
    /// What is hired stays and costs every later year.
    pub persistent: bool,
}
