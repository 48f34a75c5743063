//! Where values lie: for each row an outer range, an inner range and a middle.

use serde_json::{Value, json};

use super::bars::axis;
use super::scale::Scale;
use super::spec::spec;
use super::svg::{Px, Svg};
use super::{Chart, SERIES, Unit};
use crate::model::Language;
use crate::report::words::page as words;

/// Least, lower, middle, upper, largest.
pub(crate) type Five = [i128; 5];

/// Ranges of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ranges {
    /// What they show, in words.
    pub(crate) title: String,
    /// What the values count.
    pub(crate) unit: Unit,
    /// Names of the five values.
    pub(crate) names: [String; 5],
    /// Rows: a name and its values; a value of a plan to hold them against, where there is one.
    pub(crate) rows: Vec<(String, Five, Option<i128>)>,
    /// Name of that value.
    pub(crate) against: String,
}

const WIDTH: Px = Px::of(1000);
const LABEL: Px = Px::of(290);
const LENGTH: Px = Px::of(660);
const ROW: Px = Px::of(23);
const TOP: Px = Px::of(54);

impl Ranges {
    /// Draws the ranges.
    pub(crate) fn chart(&self, language: Language) -> Chart {
        let bottom = TOP + ROW.times(self.rows.len());
        let mut svg = Svg::new(WIDTH, bottom + Px::of(8), &self.title);
        let values = self
            .rows
            .iter()
            .flat_map(|(_, five, plan)| five.iter().copied().chain(*plan));
        let scale = Scale::new(values, false, (LABEL, LENGTH));
        self.legend(&mut svg);
        axis(&mut svg, &scale, (TOP, bottom), self.unit, language);
        let mut data = Vec::new();
        for (at, (name, five, plan)) in self.rows.iter().enumerate() {
            let y = TOP + ROW.times(at);
            let middle = y + Px(ROW.0 / 2);
            svg.label(
                "t end",
                (LABEL - Px::of(8), y + Px::of(16)),
                LABEL - Px::of(10),
                name,
            );
            let shown: Vec<String> = five
                .iter()
                .map(|value| self.unit.say(language, *value))
                .collect();
            let title =
                words::COLON.fill(language, &[("name", name), ("value", &shown.join(" · "))]);
            let [least, lower, median, upper, largest] = five.map(|value| scale.at(value));
            svg.open("g", &[]);
            svg.element("title", &[], &title);
            svg.empty(
                "line",
                &[
                    ("class", &"whisker"),
                    ("x1", &least),
                    ("x2", &largest),
                    ("y1", &middle),
                    ("y2", &middle),
                ],
            );
            let wide = (upper - lower).max(Px(10));
            svg.empty(
                "rect",
                &[
                    ("class", &"box"),
                    ("x", &lower),
                    ("y", &(middle - Px::of(5))),
                    ("width", &wide),
                    ("height", &Px::of(10)),
                ],
            );
            svg.empty(
                "circle",
                &[
                    ("class", &"median"),
                    ("cx", &median),
                    ("cy", &middle),
                    ("r", &Px(40)),
                ],
            );
            if let Some(plan) = plan {
                let x = scale.at(*plan);
                svg.empty(
                    "line",
                    &[
                        ("class", &"plan"),
                        ("x1", &x),
                        ("x2", &x),
                        ("y1", &(middle - Px::of(9))),
                        ("y2", &(middle + Px::of(9))),
                    ],
                );
            }
            svg.close("g");
            let [a, b, c, d, e] = five.map(|value| self.unit.number(value));
            data.push(json!({ "name": name, "least": a, "lower": b, "middle": c, "upper": d, "largest": e, "plan": plan.map(|value| self.unit.number(value)) }));
        }
        Chart {
            svg: svg.finish(),
            spec: self.spec(data),
        }
    }

    fn legend(&self, svg: &mut Svg) {
        let [least, lower, middle, upper, largest] = &self.names;
        let y = Px::of(10);
        svg.empty(
            "line",
            &[
                ("class", &"whisker"),
                ("x1", &LABEL),
                ("x2", &(LABEL + Px::of(18))),
                ("y1", &y),
                ("y2", &y),
            ],
        );
        svg.label(
            "t",
            (LABEL + Px::of(23), Px::of(14)),
            Px::of(180),
            &format!("{least} – {largest}"),
        );
        let x = LABEL + Px::of(180);
        svg.empty(
            "rect",
            &[
                ("class", &"box"),
                ("x", &x),
                ("y", &Px::of(5)),
                ("width", &Px::of(18)),
                ("height", &Px::of(10)),
            ],
        );
        svg.label(
            "t",
            (x + Px::of(23), Px::of(14)),
            Px::of(180),
            &format!("{lower} – {upper}"),
        );
        let x = LABEL + Px::of(360);
        svg.empty(
            "circle",
            &[
                ("class", &"median"),
                ("cx", &(x + Px::of(9))),
                ("cy", &y),
                ("r", &Px(40)),
            ],
        );
        svg.label("t", (x + Px::of(23), Px::of(14)), Px::of(110), middle);
        if self.rows.iter().any(|(_, _, plan)| plan.is_some()) {
            let x = LABEL + Px::of(490);
            svg.empty(
                "line",
                &[
                    ("class", &"plan"),
                    ("x1", &(x + Px::of(9))),
                    ("x2", &(x + Px::of(9))),
                    ("y1", &Px::of(2)),
                    ("y2", &Px::of(18)),
                ],
            );
            svg.label(
                "t",
                (x + Px::of(23), Px::of(14)),
                Px::of(150),
                &self.against,
            );
        }
    }

    fn spec(&self, data: Vec<Value>) -> Value {
        let names: Vec<&str> = self.rows.iter().map(|(name, _, _)| name.as_str()).collect();
        let x = |field: &str| json!({ "field": field, "type": "quantitative", "title": null, "scale": { "zero": false }, "axis": { "format": self.unit.format() } });
        let y = json!({ "field": "name", "type": "nominal", "sort": names, "title": null, "axis": { "labelLimit": 280 } });
        let colour = SERIES.first();
        let rest = json!({ "layer": [
            { "mark": "rule", "encoding": { "y": y, "x": x("least"), "x2": { "field": "largest" } } },
            { "mark": { "type": "bar", "height": 10, "color": colour }, "encoding": { "y": y, "x": x("lower"), "x2": { "field": "upper" } } },
            { "mark": { "type": "point", "filled": true, "color": "white" }, "encoding": { "y": y, "x": x("middle") } },
            { "mark": { "type": "tick", "color": SERIES.last() }, "encoding": { "y": y, "x": x("plan") } },
        ] });
        spec(
            &self.title,
            (LENGTH.pixels(), ROW.times(self.rows.len()).pixels()),
            data,
            rest,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_says_its_five_values() {
        let names = ["5%", "25%", "50%", "75%", "95%"].map(str::to_owned);
        let rows = vec![(
            "Mare".to_owned(),
            [4_000, 4_500, 5_000, 5_500, 6_000],
            Some(5_100),
        )];
        let ranges = Ranges {
            title: "Sweep".to_owned(),
            unit: Unit::Share,
            names,
            rows,
            against: "plan".to_owned(),
        };
        let chart = ranges.chart(Language::English);
        assert!(
            chart
                .svg
                .contains("Mare: 40.00% · 45.00% · 50.00% · 55.00% · 60.00%"),
            "{}",
            chart.svg
        );
        assert_eq!(chart.spec["data"]["values"][0]["plan"].to_string(), "0.51");
    }
}
