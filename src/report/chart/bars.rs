//! Bars that lie: one row a thing, one or several values each, to the right of zero or to both sides of it.

use serde_json::{Value, json};

use super::scale::Scale;
use super::spec::spec;
use super::svg::{Px, Svg};
use super::{Chart, SERIES, Unit};
use crate::model::Language;
use crate::report::number::file_euro;
use crate::report::words::page as words;

/// Bars of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bars {
    /// What they show, in words.
    pub(crate) title: String,
    /// What the values count.
    pub(crate) unit: Unit,
    /// Names of the parts of a bar, and the number of their colour; one part without a name needs no legend.
    pub(crate) series: Vec<(String, usize)>,
    /// The bars.
    pub(crate) rows: Vec<Bar>,
    /// A value all are held against, with its name.
    pub(crate) reference: Option<(String, i128)>,
    /// Whether values may be below zero; those have their own colour.
    pub(crate) signed: bool,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    /// What it is about.
    pub(crate) name: String,
    /// A value for each part. Parts stand one after the other; with `signed` there is one, to either side.
    pub(crate) values: Vec<i128>,
    /// What stands at its end; empty: the sum.
    pub(crate) note: String,
}

impl Bar {
    /// A bar with its sum at the end.
    pub(crate) fn new(name: impl Into<String>, values: impl Into<Vec<i128>>) -> Self {
        Self {
            name: name.into(),
            values: values.into(),
            note: String::new(),
        }
    }
}

const WIDTH: Px = Px::of(1000);
const LABEL: Px = Px::of(290);
const LENGTH: Px = Px::of(560);
const ROW: Px = Px::of(23);

impl Bars {
    /// Draws the bars.
    pub(crate) fn chart(&self, language: Language) -> Chart {
        let has_legend = self.series.len() > 1;
        let top = if has_legend { Px::of(54) } else { Px::of(28) };
        let bottom = top + ROW.times(self.rows.len());
        let mut svg = Svg::new(WIDTH, bottom + Px::of(26), &self.title);
        let ends = self.rows.iter().flat_map(|bar| {
            if self.signed {
                bar.values.clone()
            } else {
                vec![bar.values.iter().sum()]
            }
        });
        let reference = self.reference.iter().map(|(_, value)| *value);
        let scale = Scale::new(ends.chain(reference), true, (LABEL, LENGTH));
        if has_legend {
            self.legend(&mut svg);
        }
        axis(&mut svg, &scale, (top, bottom), self.unit, language);
        let mut data = Vec::new();
        for (at, bar) in self.rows.iter().enumerate() {
            let y = top + ROW.times(at);
            svg.label(
                "t end",
                (LABEL - Px::of(8), y + Px::of(16)),
                LABEL - Px::of(10),
                &bar.name,
            );
            self.row(&mut svg, &scale, y, bar, language, &mut data);
        }
        if let Some((name, value)) = &self.reference {
            let x = scale.at(*value);
            svg.empty(
                "line",
                &[
                    ("class", &"ref"),
                    ("x1", &x),
                    ("x2", &x),
                    ("y1", &(top - Px::of(4))),
                    ("y2", &bottom),
                ],
            );
            let text = words::COLON.fill(
                language,
                &[("name", name), ("value", &self.unit.say(language, *value))],
            );
            svg.element(
                "text",
                &[
                    ("class", &"t mid strong"),
                    ("x", &x),
                    ("y", &(bottom + Px::of(17))),
                ],
                &text,
            );
        }
        Chart {
            svg: svg.finish(),
            spec: self.spec(data),
        }
    }

    fn legend(&self, svg: &mut Svg) {
        let mut x = LABEL;
        for (name, colour) in &self.series {
            let class = format!("s{colour}");
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
            svg.label("t", (x + Px::of(17), Px::of(14)), Px::of(170), name);
            x = x + Px::of(34) + Px(68).times(name.chars().count().min(27));
        }
    }

    fn row(
        &self,
        svg: &mut Svg,
        scale: &Scale,
        y: Px,
        bar: &Bar,
        language: Language,
        data: &mut Vec<Value>,
    ) {
        let name = bar.name.as_str();
        let mut from = 0_i128;
        let mut end = scale.at(0);
        for (value, (series, colour)) in bar.values.iter().zip(&self.series) {
            let to = from.saturating_add(*value);
            let (low, high) = (from.min(to), from.max(to));
            let (x, far) = (scale.at(low), scale.at(high));
            let colour = if *value < 0 { 5 } else { *colour };
            let class = format!("s{colour}");
            let shown = self.unit.say(language, *value);
            let title = if series.is_empty() {
                words::COLON.fill(language, &[("name", name), ("value", &shown)])
            } else {
                words::BAR_PART.fill(
                    language,
                    &[("name", name), ("part", series), ("value", &shown)],
                )
            };
            data.push(json!({ "name": name, "part": series, "value": self.unit.number(*value) }));
            if *value != 0 {
                let exact = self.exact(*value);
                let wide = (far - x).max(Px(6));
                svg.titled(
                    "rect",
                    &[
                        ("class", &class),
                        ("x", &x),
                        ("y", &(y + Px::of(4))),
                        ("width", &wide),
                        ("height", &(ROW - Px::of(8))),
                        ("data-value", &exact),
                    ],
                    &title,
                );
            }
            end = end.max(far);
            if !self.signed {
                from = to;
            }
        }
        let sum: i128 = bar.values.iter().sum();
        let amount = scale.amount();
        let text = match self.unit {
            _ if !bar.note.is_empty() => bar.note.clone(),
            Unit::Euro => amount.say(language, sum),
            unit => unit.say(language, sum),
        };
        svg.element(
            "text",
            &[
                ("class", &"n"),
                ("x", &(end + Px::of(6))),
                ("y", &(y + Px::of(16))),
            ],
            &text,
        );
    }

    fn exact(&self, value: i128) -> String {
        match self.unit {
            Unit::Euro => file_euro(value),
            unit => unit.number(value).to_string(),
        }
    }

    fn spec(&self, data: Vec<Value>) -> Value {
        let names: Vec<&str> = self.rows.iter().map(|bar| bar.name.as_str()).collect();
        let parts: Vec<&str> = self.series.iter().map(|(name, _)| name.as_str()).collect();
        let colours: Vec<&str> = self
            .series
            .iter()
            .filter_map(|(_, colour)| SERIES.get(*colour).copied())
            .collect();
        let colour = match (self.signed, colours.as_slice()) {
            (true, _) => {
                json!({ "condition": { "test": "datum.value < 0", "value": SERIES.last() }, "value": SERIES.first() })
            }
            (false, [only]) => json!({ "value": only }),
            (false, all) => {
                json!({ "field": "part", "type": "nominal", "title": null, "scale": { "domain": parts, "range": all } })
            }
        };
        let mut layers = vec![json!({
            "mark": "bar",
            "encoding": {
                "x": { "field": "value", "type": "quantitative", "title": null, "axis": { "format": self.unit.format() } },
                "y": { "field": "name", "type": "nominal", "sort": names, "title": null, "axis": { "labelLimit": 280 } },
                "color": colour,
                "order": { "field": "part", "type": "nominal", "sort": parts },
                "tooltip": [{ "field": "name" }, { "field": "part" }, { "field": "value", "format": self.unit.format() }],
            },
        })];
        if let Some((name, value)) = &self.reference {
            layers.push(json!({
                "mark": { "type": "rule", "strokeDash": [4, 3] },
                "data": { "values": [{ "name": name, "reference": self.unit.number(*value) }] },
                "encoding": { "x": { "field": "reference", "type": "quantitative" } },
            }));
        }
        let height = ROW.times(self.rows.len()).pixels();
        spec(
            &self.title,
            (LENGTH.pixels(), height),
            data,
            json!({ "layer": layers }),
        )
    }
}

/// Ticks along the top, with lines down to the bottom.
pub(super) fn axis(
    svg: &mut Svg,
    scale: &Scale,
    (top, bottom): (Px, Px),
    unit: Unit,
    language: Language,
) {
    let ticks = scale.ticks();
    let amount = scale.amount();
    for tick in ticks {
        let x = scale.at(tick);
        let class = if tick == 0 { "grid zero" } else { "grid" };
        svg.empty(
            "line",
            &[
                ("class", &class),
                ("x1", &x),
                ("x2", &x),
                ("y1", &(top - Px::of(4))),
                ("y2", &bottom),
            ],
        );
        let text = match unit {
            Unit::Euro if tick == 0 => "0".to_owned(),
            Unit::Euro => amount.say(language, tick),
            unit => unit.tick(language, tick),
        };
        svg.element(
            "text",
            &[("class", &"a mid"), ("x", &x), ("y", &(top - Px::of(9)))],
            &text,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_one_after_the_other_and_differences_to_either_side() {
        let stacked = Bars {
            title: "Rules".to_owned(),
            unit: Unit::Count,
            series: vec![("met".to_owned(), 2), ("short".to_owned(), 5)],
            rows: vec![Bar::new("r", [3, 2])],
            reference: None,
            signed: false,
        };
        let chart = stacked.chart(Language::English);
        assert!(chart.svg.contains("data-value=\"3\"") && chart.svg.contains("data-value=\"2\""));
        let signed = Bars {
            title: "Zones".to_owned(),
            unit: Unit::Euro,
            series: vec![(String::new(), 0)],
            rows: vec![Bar::new("more", [10_000]), Bar::new("less", [-2_550])],
            reference: Some(("mean".to_owned(), 3_725)),
            signed: true,
        };
        let chart = signed.chart(Language::Italian);
        assert!(chart.svg.contains("class=\"s5\"") && chart.svg.contains("data-value=\"-25.50\""));
        assert!(chart.svg.contains("mean: 37,25"));
    }
}
