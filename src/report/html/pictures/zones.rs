//! The zones: a map, and how much of each one's need is covered.

use std::collections::{BTreeMap, BTreeSet};

use super::{Drawing, PictureView};
use crate::model::Language;
use crate::report::chart::Unit;
use crate::report::chart::bars::{Bar, Bars};
use crate::report::chart::map::{Map, Tile};
use crate::report::document::{Document, FlowZone};
use crate::report::number::{percent, ratio_steps};
use crate::report::words::page as words;
use crate::units::Exact;

/// Ten-thousandths of a ratio, rounded as wherever one is shown.
pub(super) fn ten_thousandths(share: Exact) -> i128 {
    ratio_steps(&share, 4).unwrap_or(i128::MAX)
}

pub(super) fn map(document: &Document) -> Option<PictureView> {
    let (language, of) = (document.language, &document.flow);
    let zones: BTreeMap<&str, &FlowZone> = of
        .zones
        .iter()
        .map(|zone| (zone.id.as_str(), zone))
        .collect();
    // Where the goals cover all zones alike, a map of coverage would have one colour.
    let shown: BTreeSet<Option<i128>> = of
        .zones
        .iter()
        .map(|zone| zone.coverage.map(ten_thousandths))
        .collect();
    let is_even = shown.len() < 2;
    let tiles = of.tiles.iter().filter_map(|tile| {
        let zone = zones.get(tile.zone.as_str())?;
        Some(Tile {
            name: zone.name.clone(),
            value: if is_even {
                Some(zone.received)
            } else {
                zone.coverage.map(ten_thousandths)
            },
            row: tile.row,
            column: tile.column,
            outline: tile.outline.clone(),
        })
    });
    let (title, unit) = if is_even {
        (words::MAP_RECEIVED.say(language), Unit::Euro)
    } else {
        (words::MAP_TITLE.say(language), Unit::Share)
    };
    let map = Map {
        title: title.to_owned(),
        unit,
        tiles: tiles.collect(),
    };
    if map.tiles.is_empty() {
        return None;
    }
    let sources: BTreeSet<&str> = of
        .tiles
        .iter()
        .map(|tile| tile.source.as_str())
        .filter(|source| !source.is_empty())
        .collect();
    let sources: Vec<&str> = sources.into_iter().collect();
    let source = if sources.is_empty() {
        String::new()
    } else {
        words::MAP_SOURCE.fill(language, &[("source", &sources.join("; "))])
    };
    let charts = map
        .outlines(language)
        .into_iter()
        .chain([map.tiles(language)]);
    Some(PictureView {
        caption: title.to_owned(),
        charts: charts.map(Drawing::of).collect(),
        source,
    })
}

pub(super) fn coverage(language: Language, zones: &[FlowZone]) -> Option<PictureView> {
    let mut rows: Vec<&FlowZone> = zones.iter().filter(|zone| zone.need > 0).collect();
    if rows.is_empty() {
        return None;
    }
    rows.sort_by(|a, b| (b.need, &a.id).cmp(&(a.need, &b.id)));
    let title = words::COVERAGE_TITLE.say(language);
    let bars = Bars {
        title: title.to_owned(),
        unit: Unit::Euro,
        series: vec![
            (words::PART_COVERED.say(language).to_owned(), 0),
            (words::PART_UNCOVERED.say(language).to_owned(), 1),
        ],
        rows: rows
            .into_iter()
            .map(|zone| Bar {
                name: zone.name.clone(),
                values: vec![zone.covered, zone.need - zone.covered],
                note: zone
                    .coverage
                    .map_or_else(String::new, |share| percent(language, &share)),
            })
            .collect(),
        reference: None,
        signed: false,
    };
    Some(PictureView::one(title, bars.chart(language)))
}
