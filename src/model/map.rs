//! Where the zones are drawn: a tile each, and their outlines. Nothing in a plan depends on it.

use super::index::ZoneIdx;

/// A closed line of points `(x, y)`: `x` grows to the east, `y` to the south, in a unit of the model's choice.
pub type Ring = Vec<(i32, i32)>;

/// A row of `map.csv`: a tile of a zone, and what its outline is there. A zone may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapTile {
    /// The zone.
    pub zone: ZoneIdx,
    /// Row of the tile map, from 0 at the top.
    pub row: u16,
    /// Column of the tile map, from 0 at the left.
    pub column: u16,
    /// Rings, each of three points at least; one inside another is a hole. Empty where no outline is given.
    pub outline: Vec<Ring>,
    /// Where the drawing is from.
    pub source: String,
}
