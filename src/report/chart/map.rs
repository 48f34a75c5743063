//! The zones on the ground: their outlines, and a tile for each with its name and value.

use serde_json::{Value, json};

use super::scale::{round_step, step_of};
use super::spec::spec;
use super::svg::{Px, Svg};
use super::{Amount, Chart, STEPS, Unit};
use crate::model::{Language, Ring};
use crate::report::words::page as words;

/// A tile of a zone, with what the zone looks like there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tile {
    /// Name of the zone.
    pub(crate) name: String,
    /// Its value; none where there is nothing to say.
    pub(crate) value: Option<i128>,
    /// Row from the top.
    pub(crate) row: u16,
    /// Column from the left.
    pub(crate) column: u16,
    /// Its outline.
    pub(crate) outline: Vec<Ring>,
}

/// Zones with a value each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map {
    /// What it shows, in words.
    pub(crate) title: String,
    /// What the values count.
    pub(crate) unit: Unit,
    /// The tiles.
    pub(crate) tiles: Vec<Tile>,
}

const SIDE: Px = Px::of(520);
const LEGEND: Px = Px::of(40);
const TILE_WIDTH: Px = Px::of(98);
const TILE_HEIGHT: Px = Px::of(62);

/// Round steps from the least value to the largest, one colour each.
struct Classes {
    low: i128,
    step: i128,
    count: usize,
}

impl Classes {
    fn of(map: &Map) -> Self {
        let values = || map.tiles.iter().filter_map(|tile| tile.value);
        let (least, largest) = (values().min().unwrap_or(0), values().max().unwrap_or(0));
        let step = round_step(largest.saturating_sub(least), 6).max(1);
        let low = least.div_euclid(step).saturating_mul(step);
        let count =
            usize::try_from((largest.saturating_sub(low)).div_euclid(step)).unwrap_or(0) + 1;
        Self {
            low,
            step,
            count: count.min(STEPS.len()),
        }
    }

    fn start(&self, class: usize) -> i128 {
        self.low
            .saturating_add(self.step.saturating_mul(i128::try_from(class).unwrap_or(0)))
    }

    /// Where a class begins, in words.
    fn bound(&self, class: usize, unit: Unit, language: Language) -> String {
        let start = self.start(class);
        match unit {
            Unit::Euro => Amount::of(self.start(self.count)).say(language, start),
            unit => unit.tick(language, start),
        }
    }

    /// The colour of a class, spread over all colours.
    fn colour(&self, class: usize) -> usize {
        if self.count < 2 {
            return STEPS.len() / 2;
        }
        class.saturating_mul(STEPS.len() - 1) / (self.count - 1)
    }

    fn of_value(&self, value: Option<i128>) -> String {
        value.map_or_else(
            || "none".to_owned(),
            |value| {
                let class = step_of(value, self.low, self.start(self.count), self.count);
                format!("q{}", self.colour(class))
            },
        )
    }

    fn legend(
        &self,
        svg: &mut Svg,
        (x, y): (Px, Px),
        width: Px,
        (unit, language): (Unit, Language),
    ) {
        let each = Px(width.0 / i64::try_from(self.count.max(1)).unwrap_or(1));
        for class in 0..self.count {
            let name = format!("q{}", self.colour(class));
            let left = x + each.times(class);
            svg.empty(
                "rect",
                &[
                    ("class", &name),
                    ("x", &left),
                    ("y", &y),
                    ("width", &(each - Px::of(2))),
                    ("height", &Px::of(10)),
                ],
            );
            svg.element(
                "text",
                &[("class", &"a"), ("x", &left), ("y", &(y + Px::of(23)))],
                &self.bound(class, unit, language),
            );
        }
        let end = self.bound(self.count, unit, language);
        svg.element(
            "text",
            &[
                ("class", &"a end"),
                ("x", &(x + width)),
                ("y", &(y + Px::of(23))),
            ],
            &end,
        );
    }
}

impl Map {
    fn say(&self, tile: &Tile, language: Language) -> String {
        match tile.value {
            Some(value) => words::COLON.fill(
                language,
                &[
                    ("name", &tile.name),
                    ("value", &self.unit.say(language, value)),
                ],
            ),
            None => words::COLON.fill(
                language,
                &[
                    ("name", &tile.name),
                    ("value", words::NO_VALUE.say(language)),
                ],
            ),
        }
    }

    /// A value as it fits on a tile.
    fn short(&self, language: Language, value: i128) -> String {
        let most = self.tiles.iter().filter_map(|tile| tile.value).max();
        match self.unit {
            Unit::Euro => Amount::of(most.unwrap_or(0)).say(language, value),
            unit => unit.say(language, value),
        }
    }

    /// The outlines; `None` where no zone has one.
    pub(crate) fn outlines(&self, language: Language) -> Option<Chart> {
        let points = || {
            self.tiles
                .iter()
                .flat_map(|tile| tile.outline.iter().flatten())
        };
        let (west, east) = (points().map(|p| p.0).min()?, points().map(|p| p.0).max()?);
        let (north, south) = (points().map(|p| p.1).min()?, points().map(|p| p.1).max()?);
        let (wide, high) = (
            i128::from(east) - i128::from(west),
            i128::from(south) - i128::from(north),
        );
        let span = wide.max(high).max(1);
        let at = |x: i32, from: i32| {
            Px::of(4) + (SIDE - Px::of(8)).part(i128::from(x) - i128::from(from), span)
        };
        let bottom = Px::of(8) + (SIDE - Px::of(8)).part(high, span);
        let classes = Classes::of(self);
        let mut svg = Svg::new(SIDE, bottom + LEGEND, &self.title);
        let mut features = Vec::new();
        for tile in self.tiles.iter().filter(|tile| !tile.outline.is_empty()) {
            let mut path = String::new();
            let mut rings = Vec::new();
            for ring in &tile.outline {
                let mut line = Vec::new();
                for (place, (x, y)) in ring.iter().enumerate() {
                    let (px, py) = (at(*x, west), at(*y, north));
                    path.push_str(if place == 0 { "M" } else { " " });
                    path.push_str(&format!("{px} {py}"));
                    line.push(json!([px.pixels(), py.pixels()]));
                }
                path.push('Z');
                line.extend(line.first().cloned());
                rings.push(json!([line]));
            }
            let class = format!("land {}", classes.of_value(tile.value));
            svg.titled(
                "path",
                &[("class", &class), ("d", &path)],
                &self.say(tile, language),
            );
            features.push(json!({
                "type": "Feature",
                "geometry": { "type": "MultiPolygon", "coordinates": rings },
                "name": tile.name, "value": tile.value.map(|value| self.unit.number(value)),
            }));
        }
        classes.legend(
            &mut svg,
            (Px::of(4), bottom + Px::of(8)),
            SIDE - Px::of(8),
            (self.unit, language),
        );
        let rest = json!({
            "data": { "values": features },
            "projection": { "type": "identity", "fit": null },
            "mark": { "type": "geoshape", "stroke": "white" },
            "encoding": {
                "color": { "field": "value", "type": "quantitative", "title": null, "scale": { "range": STEPS, "zero": false }, "legend": { "format": self.unit.format() } },
                "tooltip": [{ "field": "name" }, { "field": "value", "format": self.unit.format() }],
            },
        });
        Some(Chart {
            svg: svg.finish(),
            spec: spec(
                &self.title,
                (SIDE.pixels(), bottom.pixels()),
                Vec::new(),
                rest,
            ),
        })
    }

    /// The tiles.
    pub(crate) fn tiles(&self, language: Language) -> Chart {
        let most = |place: fn(&Tile) -> u16| {
            self.tiles
                .iter()
                .map(place)
                .max()
                .map_or(0, |most| usize::from(most) + 1)
        };
        let (rows, columns) = (most(|tile| tile.row), most(|tile| tile.column));
        let (width, height) = (TILE_WIDTH.times(columns), TILE_HEIGHT.times(rows));
        let classes = Classes::of(self);
        let mut svg = Svg::new(width, height + LEGEND, &self.title);
        let mut data: Vec<Value> = Vec::new();
        for tile in &self.tiles {
            let x = TILE_WIDTH.times(usize::from(tile.column));
            let y = TILE_HEIGHT.times(usize::from(tile.row));
            let class = classes.of_value(tile.value);
            svg.open("g", &[("class", &class)]);
            svg.element("title", &[], &self.say(tile, language));
            svg.empty(
                "rect",
                &[
                    ("x", &x),
                    ("y", &y),
                    ("width", &(TILE_WIDTH - Px::of(3))),
                    ("height", &(TILE_HEIGHT - Px::of(3))),
                    ("rx", &Px::of(3)),
                ],
            );
            let left = x + Px::of(6);
            for (line, text) in (0..).zip(lines(&tile.name)) {
                svg.element(
                    "text",
                    &[
                        ("class", &"m"),
                        ("x", &left),
                        ("y", &(y + Px::of(16 + 13 * line))),
                    ],
                    &text,
                );
            }
            let value = tile.value.map_or_else(
                || words::NO_VALUE.say(language).to_owned(),
                |value| self.short(language, value),
            );
            svg.element(
                "text",
                &[
                    ("class", &"n strong"),
                    ("x", &left),
                    ("y", &(y + Px::of(50))),
                ],
                &value,
            );
            svg.close("g");
            data.push(json!({ "name": tile.name, "row": tile.row, "column": tile.column, "value": tile.value.map(|value| self.unit.number(value)) }));
        }
        classes.legend(
            &mut svg,
            (Px(0), height + Px::of(8)),
            width,
            (self.unit, language),
        );
        let place = |field: &str| json!({ "field": field, "type": "ordinal", "axis": null });
        let colour = json!({ "field": "value", "type": "quantitative", "title": null, "scale": { "range": STEPS, "zero": false }, "legend": { "format": self.unit.format() } });
        let rest = json!({
            "encoding": { "x": place("column"), "y": place("row") },
            "layer": [
                { "mark": { "type": "rect", "stroke": "white" }, "encoding": { "color": colour,
                    "tooltip": [{ "field": "name" }, { "field": "value", "format": self.unit.format() }] } },
                { "mark": { "type": "text", "limit": TILE_WIDTH.pixels() - 8, "fontSize": 10 }, "encoding": { "text": { "field": "name" } } },
            ],
        });
        Chart {
            svg: svg.finish(),
            spec: spec(&self.title, (width.pixels(), height.pixels()), data, rest),
        }
    }
}

/// Letters of a line on a tile.
const LINE: usize = 14;

/// A name on two lines of a tile, cut where it does not fit.
fn lines(name: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in name.split_whitespace() {
        let current = lines.last().map_or(0, |line| line.chars().count());
        if current > 0 && current + 1 + word.chars().count() > LINE {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let is_cut = lines.len() > 2;
    lines.truncate(2);
    for (at, line) in lines.iter_mut().enumerate() {
        let long = line.chars().count() > LINE;
        if long || (is_cut && at == 1) {
            let kept: String = line.chars().take(LINE - 1).collect();
            *line = format!("{}…", kept.trim_end_matches([' ', ',', '-', '(']));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> Map {
        let tile = |name: &str, column, value, outline: Vec<Ring>| Tile {
            name: name.to_owned(),
            value,
            row: 0,
            column,
            outline,
        };
        let square = |x: i32| vec![vec![(x, 0), (x + 10, 0), (x + 10, 10), (x, 10)]];
        Map {
            title: "Coverage".to_owned(),
            unit: Unit::Share,
            tiles: vec![
                tile("Mare", 0, Some(5_000), square(0)),
                tile("Monte", 1, Some(6_000), square(10)),
                tile("Elba", 2, None, Vec::new()),
            ],
        }
    }

    #[test]
    fn each_zone_has_its_colour_and_its_words() {
        let outlines = map().outlines(Language::Italian).unwrap();
        assert_eq!(outlines.svg.matches("<path").count(), 2);
        assert!(outlines.svg.contains("<title>Mare: 50,00%</title>"));
        let tiles = map().tiles(Language::Italian);
        assert!(
            tiles.svg.contains("class=\"q0\"")
                && tiles.svg.contains("class=\"q6\"")
                && tiles.svg.contains("class=\"none\"")
        );
        let without: Vec<Tile> = map()
            .tiles
            .into_iter()
            .map(|tile| Tile {
                outline: Vec::new(),
                ..tile
            })
            .collect();
        assert_eq!(
            Map {
                tiles: without,
                ..map()
            }
            .outlines(Language::Italian),
            None
        );
    }

    #[test]
    fn long_names_take_two_lines() {
        assert_eq!(lines("Firenze"), ["Firenze"]);
        assert_eq!(
            lines("Amiata Grossetana, Colline Metallifere e Grossetana"),
            ["Amiata", "Grossetana…"]
        );
        assert_eq!(lines("Valdarno Inferiore"), ["Valdarno", "Inferiore"]);
        assert_eq!(lines("Precipitevolissimevolmente"), ["Precipitevoli…"]);
    }
}
