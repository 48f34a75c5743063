//! Lines over a scale from left to right: what an amount of a fund brings.

use serde_json::{Value, json};

use super::bars::axis;
use super::scale::Scale;
use super::spec::spec;
use super::svg::{Px, Svg};
use super::{Chart, SERIES, Unit};
use crate::model::Language;
use crate::report::words::page as words;

/// Lines with a mark at each point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lines {
    /// What they show, in words.
    pub(crate) title: String,
    /// What the places from left to right count.
    pub(crate) across: Unit,
    /// What the values count.
    pub(crate) up: Unit,
    /// Lines: a name, and places with their values.
    pub(crate) lines: Vec<(String, Vec<(i128, i128)>)>,
}

const WIDTH: Px = Px::of(860);
const LEFT: Px = Px::of(96);
const LENGTH: Px = Px::of(700);
const TOP: Px = Px::of(52);
const TALL: Px = Px::of(240);

impl Lines {
    /// Draws the lines.
    pub(crate) fn chart(&self, language: Language) -> Chart {
        let mut svg = Svg::new(WIDTH, TOP + TALL + Px::of(12), &self.title);
        let points = || self.lines.iter().flat_map(|(_, points)| points);
        let across = Scale::new(points().map(|point| point.0), false, (LEFT, LENGTH));
        // Upwards: the scale runs from the bottom to the top.
        let up = Scale::new(
            points().map(|point| point.1),
            false,
            (TOP + TALL, Px(0) - TALL),
        );
        axis(&mut svg, &across, (TOP, TOP + TALL), self.across, language);
        self.levels(&mut svg, &up, language);
        let mut data = Vec::new();
        for (at, (name, points)) in self.lines.iter().enumerate() {
            let colour = at % SERIES.len();
            let mut path = String::new();
            for (place, (x, y)) in points.iter().enumerate() {
                path.push(if place == 0 { 'M' } else { 'L' });
                path.push_str(&format!("{} {}", across.at(*x), up.at(*y)));
                data.push(
                    json!({ "line": name, "x": self.across.number(*x), "y": self.up.number(*y) }),
                );
            }
            let class = format!("line s{colour}");
            svg.empty("path", &[("class", &class), ("d", &path)]);
            for (x, y) in points {
                let (place, value) = (self.across.say(language, *x), self.up.say(language, *y));
                let values = [("name", name.as_str()), ("part", &place), ("value", &value)];
                let title = words::BAR_PART.fill(language, &values);
                let class = format!("s{colour}");
                let (cx, cy) = (across.at(*x), up.at(*y));
                svg.titled(
                    "circle",
                    &[("class", &class), ("cx", &cx), ("cy", &cy), ("r", &Px(35))],
                    &title,
                );
            }
        }
        self.legend(&mut svg);
        Chart {
            svg: svg.finish(),
            spec: self.spec(data),
        }
    }

    fn levels(&self, svg: &mut Svg, up: &Scale, language: Language) {
        let ticks = up.ticks();
        let amount = up.amount();
        for tick in ticks {
            let y = up.at(tick);
            svg.empty(
                "line",
                &[
                    ("class", &"grid"),
                    ("x1", &LEFT),
                    ("x2", &(LEFT + LENGTH)),
                    ("y1", &y),
                    ("y2", &y),
                ],
            );
            let text = match self.up {
                Unit::Euro => amount.say(language, tick),
                unit => unit.tick(language, tick),
            };
            svg.element(
                "text",
                &[
                    ("class", &"a end"),
                    ("x", &(LEFT - Px::of(8))),
                    ("y", &(y + Px::of(4))),
                ],
                &text,
            );
        }
    }

    fn legend(&self, svg: &mut Svg) {
        let mut x = LEFT;
        for (at, (name, _)) in self.lines.iter().enumerate() {
            let class = format!("s{}", at % SERIES.len());
            svg.empty(
                "rect",
                &[
                    ("class", &class),
                    ("x", &x),
                    ("y", &Px::of(4)),
                    ("width", &Px::of(12)),
                    ("height", &Px::of(12)),
                ],
            );
            svg.label("t", (x + Px::of(17), Px::of(14)), Px::of(300), name);
            x = x + Px::of(34) + Px(68).times(name.chars().count().min(45));
        }
    }

    fn spec(&self, data: Vec<Value>) -> Value {
        let place = |field: &str, unit: Unit| json!({ "field": field, "type": "quantitative", "title": null, "scale": { "zero": false }, "axis": { "format": unit.format() } });
        let rest = json!({
            "mark": { "type": "line", "point": true },
            "encoding": {
                "x": place("x", self.across), "y": place("y", self.up),
                "color": { "field": "line", "type": "nominal", "title": null, "scale": { "range": SERIES } },
            },
        });
        spec(&self.title, (LENGTH.pixels(), TALL.pixels()), data, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_says_where_it_is_and_what_it_is_worth() {
        let lines = Lines {
            title: "Fund".to_owned(),
            across: Unit::Euro,
            up: Unit::Euro,
            lines: vec![(
                "value".to_owned(),
                vec![(0, 0), (100_000, 250_000), (200_000, 300_000)],
            )],
        };
        let chart = lines.chart(Language::Italian);
        assert!(
            chart
                .svg
                .contains("<title>value, 1.000,00: 2.500,00</title>"),
            "{}",
            chart.svg
        );
        assert_eq!(chart.svg.matches("<circle").count(), 3);
        assert_eq!(chart.spec["data"]["values"][1]["y"].to_string(), "2500.0");
    }
}
