//! `map.csv`: the tiles and outlines of the zones.

use super::directory::Once;
use super::setting::Setting;
use crate::input::{Entries, Problems};
use crate::model::map::MapTile;
use crate::problem::Thing;

/// Tiles from the top left; no two on one place. A zone that exists in no year of the plan is not drawn.
pub(super) fn build(entries: &Entries, setting: &Setting, problems: &mut Problems) -> Vec<MapTile> {
    let mut once = Once::new(Thing::Row);
    let mut tiles = Vec::new();
    for entry in &entries.map {
        let place = (entry.row.value, entry.column.value);
        let shown = format!("{}, {}", place.0, place.1);
        let is_new = once.is_new(place, &shown, &entry.row, problems);
        let zone = setting.zone_names.get(&entry.zone.value);
        if zone.is_none() && !setting.is_past(&entry.zone.value) {
            setting.zone_names.one(&entry.zone, problems);
        }
        if let (true, Some(zone)) = (is_new, zone) {
            tiles.push(MapTile {
                zone,
                row: place.0,
                column: place.1,
                outline: entry.outline.clone(),
                source: entry.source.clone(),
            });
        }
    }
    tiles.sort_by_key(|tile| (tile.row, tile.column));
    tiles
}
