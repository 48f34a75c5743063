//! Where the money goes, for pictures: fund to action to zone.

use std::collections::BTreeMap;

use crate::model::{Level, Model, Ring};
use crate::units::Exact;

/// The money of the plan, over all its years, in whole cents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// Code and name of the funds that pay, in their order.
    pub funds: Vec<(String, String)>,
    /// Code and name of the actions that are paid, in order of code.
    pub actions: Vec<(String, String)>,
    /// All zones, in order of code.
    pub zones: Vec<FlowZone>,
    /// From fund to action.
    pub paid: Vec<FlowLink>,
    /// From action to zone.
    pub received: Vec<FlowLink>,
    /// Whose money each fund is, by its code.
    pub levels: BTreeMap<String, Level>,
    /// Where the zones are drawn, from the top left; empty where the model does not say.
    pub tiles: Vec<FlowTile>,
}

/// A place of a zone on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowTile {
    /// Code of the zone.
    pub zone: String,
    /// Row of the tile map, from 0 at the top.
    pub row: u16,
    /// Column of the tile map, from 0 at the left.
    pub column: u16,
    /// Its outline there, if it is known.
    pub outline: Vec<Ring>,
    /// Where the drawing is from.
    pub source: String,
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

impl FlowTile {
    /// The tiles of a model.
    #[must_use]
    pub fn of(model: &Model) -> Vec<Self> {
        let tiles = model.map.iter().map(|tile| Self {
            zone: model.zone(tile.zone).id.clone(),
            row: tile.row,
            column: tile.column,
            outline: tile.outline.clone(),
            source: tile.source.clone(),
        });
        tiles.collect()
    }
}
