//! Where the money goes, for pictures: fund to action to zone.

use std::collections::BTreeMap;

use crate::units::Exact;

/// The money of the plan, over all its years, in whole cents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// Code and name of the funds that pay, in order of code.
    pub funds: Vec<(String, String)>,
    /// Code and name of the actions that are paid, in order of code.
    pub actions: Vec<(String, String)>,
    /// All zones, in order of code.
    pub zones: Vec<FlowZone>,
    /// From fund to action.
    pub paid: Vec<FlowLink>,
    /// From action to zone.
    pub received: Vec<FlowLink>,
}

/// Money from one thing to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLink {
    /// Code of where it comes from.
    pub from: String,
    /// Code of where it goes.
    pub to: String,
    /// Whole cents, above zero.
    pub cents: i128,
}

/// A zone with its figures over the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowZone {
    /// Code.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Text columns of `zones.csv`, by name: areas, provinces.
    pub attributes: BTreeMap<String, String>,
    /// Need, in cents.
    pub need: i128,
    /// Need met, in cents.
    pub covered: i128,
    /// `covered / need`.
    pub coverage: Option<Exact>,
    /// Money received, in cents.
    pub received: i128,
}
