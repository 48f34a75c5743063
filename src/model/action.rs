//! Actions: what is financed.

use super::demand::Nature;
use crate::units::{Euro, Exact};

/// How an action divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Any amount.
    Divisible,
    /// Whole units only.
    Units,
    /// All or nothing: a project of `projects.csv` over all its items, zones and years; else each need by itself.
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
    /// Smallest amount paid in a zone and year, where anything is paid at all.
    pub min_active: Option<Euro>,
    /// What is hired stays and costs every later year.
    pub persistent: bool,
}
