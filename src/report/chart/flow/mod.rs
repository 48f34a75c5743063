//! Who pays whom: money flowing through stages of nodes, as wide as it is much.

mod layout;

use layout::{BAR, LEFT, Layout, Placed, RIGHT, Ribbon, WIDTH};
use serde_json::{Value, json};

use super::spec::{down, place, spec};
use super::svg::{Px, Svg};
use super::{Chart, SERIES, Unit};
use crate::model::Language;
use crate::report::words::page as words;

/// Money from a node of a stage to a node of the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Position of the stage it starts from.
    pub(crate) stage: usize,
    /// Position of the node it starts from.
    pub(crate) from: usize,
    /// Position of the node it goes to.
    pub(crate) to: usize,
    /// Whole cents, more than nothing.
    pub(crate) cents: i128,
}

/// A node: a fund, an action, a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its name.
    pub(crate) name: String,
    /// The series whose colour it and what leaves it have; none: neutral.
    pub(crate) group: Option<usize>,
}

/// The whole flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// What it shows, in words.
    pub(crate) title: String,
    /// Stages with their headings.
    pub(crate) stages: Vec<(String, Vec<Node>)>,
    /// Names of the groups.
    pub(crate) groups: Vec<String>,
    /// The money.
    pub(crate) links: Vec<Link>,
}

impl Flow {
    /// Draws the flow.
    pub(crate) fn chart(&self, language: Language) -> Chart {
        let layout = Layout::of(self);
        let mut svg = Svg::new(WIDTH, layout.height, &self.title);
        let (mut links, mut ribbons) = (Vec::new(), Vec::new());
        let mut nodes = Vec::new();
        self.headings(&layout, &mut svg);
        svg.open("g", &[("class", &"ribbons")]);
        for ribbon in &layout.ribbons {
            let data = (&mut links, &mut ribbons);
            self.ribbon(ribbon, &layout, language, &mut svg, data);
        }
        svg.close("g");
        for (stage, placed) in layout.nodes.iter().enumerate() {
            for (at, node) in placed {
                self.node((stage, *at), node, &layout, language, &mut svg, &mut nodes);
            }
        }
        let (width, height) = (WIDTH.pixels(), layout.height.pixels());
        let last = self.stages.len().saturating_sub(1);
        let colour = json!({ "field": "group", "type": "nominal", "legend": { "orient": "bottom", "title": null },
            "scale": { "domain": self.groups, "range": SERIES.get(..self.groups.len()).unwrap_or(&SERIES) } });
        let text = |test: &str, align: &str, dx: i64| {
            json!({ "data": { "name": "nodes" }, "transform": [{ "filter": test }],
                "mark": { "type": "text", "align": align, "dx": dx, "limit": 240, "fontSize": 11 },
                "encoding": { "x": place(if dx < 0 { "x" } else { "x2" }, width), "y": down("mid", height), "text": { "field": "name" } } })
        };
        let rest = json!({
            "datasets": { "links": links, "ribbons": ribbons, "nodes": nodes },
            "layer": [
                { "data": { "name": "ribbons" },
                  "transform": [{ "lookup": "link", "from": { "data": { "name": "links" }, "key": "link", "fields": ["from", "to", "euro", "group"] } }],
                  "mark": { "type": "area", "opacity": 0.5 },
                  "encoding": { "x": place("x", width), "y": down("y", height), "y2": { "field": "y2" }, "detail": { "field": "link" },
                    "color": colour, "tooltip": tooltip() } },
                { "data": { "name": "nodes" },
                  "mark": { "type": "rect", "color": "#17324d" },
                  "encoding": { "x": place("x", width), "x2": { "field": "x2" }, "y": down("y", height), "y2": { "field": "y2" },
                    "tooltip": [{ "field": "name" }, { "field": "euro", "format": Unit::Euro.format() }] } },
                text("datum.stage == 0", "right", -4),
                text(&format!("datum.stage > 0 && datum.stage <= {last}"), "left", 4),
            ],
            "config": { "view": { "stroke": null } },
        });
        Chart {
            svg: svg.finish(),
            spec: spec(&self.title, (width, height), Vec::new(), rest),
        }
    }

    fn headings(&self, layout: &Layout, svg: &mut Svg) {
        for (stage, (title, _)) in self.stages.iter().enumerate() {
            let x = layout.x(stage);
            let (class, x) = if stage == 0 {
                ("h end", x + BAR)
            } else {
                ("h", x)
            };
            svg.label(class, (x, Px::of(14)), Px::of(260), title);
        }
        let mut x = Px(0);
        for (at, group) in self.groups.iter().enumerate() {
            let class = format!("s{at}");
            svg.empty(
                "rect",
                &[
                    ("class", &class),
                    ("x", &x),
                    ("y", &Px::of(28)),
                    ("width", &Px::of(12)),
                    ("height", &Px::of(12)),
                ],
            );
            svg.label("t", (x + Px::of(17), Px::of(38)), Px::of(150), group);
            let letters = group.chars().count().min(24);
            x = x + Px::of(32) + Px(68).times(letters);
        }
    }

    fn name(&self, stage: usize, at: usize) -> &str {
        let node = self.stages.get(stage).and_then(|(_, nodes)| nodes.get(at));
        node.map_or("", |node| node.name.as_str())
    }

    fn group(&self, stage: usize, at: usize) -> Option<usize> {
        let node = self.stages.get(stage).and_then(|(_, nodes)| nodes.get(at));
        node.and_then(|node| node.group)
    }

    fn ribbon(
        &self,
        ribbon: &Ribbon<'_>,
        layout: &Layout<'_>,
        language: Language,
        svg: &mut Svg,
        data: (&mut Vec<Value>, &mut Vec<Value>),
    ) {
        let link = ribbon.link;
        let (x, to) = (layout.x(link.stage) + BAR, layout.x(link.stage + 1));
        let middle = Px((x.0 + to.0) / 2);
        let (y, z, height) = (ribbon.from, ribbon.to, ribbon.height);
        let (low, deep) = (y + height, z + height);
        let path = format!(
            "M{x} {y}C{middle} {y} {middle} {z} {to} {z}V{deep}C{middle} {deep} {middle} {low} {x} {low}Z"
        );
        let (from, target) = (
            self.name(link.stage, link.from),
            self.name(link.stage + 1, link.to),
        );
        let euro = Unit::Euro.say(language, link.cents);
        let title =
            words::FLOW_LINK.fill(language, &[("from", from), ("to", target), ("euro", &euro)]);
        let group = self.group(link.stage, link.from);
        let class = group.map_or_else(|| "flow".to_owned(), |group| format!("flow s{group}"));
        let exact = crate::report::number::file_euro(link.cents);
        svg.titled(
            "path",
            &[("class", &class), ("d", &path), ("data-euro", &exact)],
            &title,
        );
        let (links, data) = data;
        let number = links.len();
        links.push(json!({
            "link": number, "from": from, "to": target, "euro": Unit::Euro.number(link.cents),
            "group": group.and_then(|group| self.groups.get(group)),
        }));
        for step in SAMPLES {
            // A smooth step from one side to the other: 3u^2 - 2u^3 at eighths.
            let bend = |from: Px, to: Px| {
                let weight = 24 * step * step - 2 * step * step * step;
                Px(from.0 + (to.0 - from.0) * weight / 512).pixels()
            };
            data.push(json!({
                "link": number,
                "x": Px(x.0 + (to.0 - x.0) * step / 8).pixels(), "y": bend(y, z), "y2": bend(low, deep),
            }));
        }
    }

    fn node(
        &self,
        (stage, at): (usize, usize),
        node: &Placed,
        layout: &Layout<'_>,
        language: Language,
        svg: &mut Svg,
        data: &mut Vec<Value>,
    ) {
        let x = layout.x(stage);
        let name = self.name(stage, at);
        let euro = Unit::Euro.say(language, node.total);
        let title = words::FLOW_NODE.fill(language, &[("name", name), ("euro", &euro)]);
        let exact = crate::report::number::file_euro(node.total);
        let class = self
            .group(stage, at)
            .map_or_else(|| "node".to_owned(), |group| format!("node s{group}"));
        svg.titled(
            "rect",
            &[
                ("class", &class),
                ("x", &x),
                ("y", &node.y),
                ("width", &BAR),
                ("height", &node.height),
                ("data-euro", &exact),
            ],
            &title,
        );
        let middle = Px(node.y.0 + node.height.0 / 2);
        let short = layout.amount.say(language, node.total);
        let y = middle + Px::of(4);
        if stage == 0 {
            svg.element(
                "text",
                &[("class", &"n end"), ("x", &(x - Px::of(6))), ("y", &y)],
                &short,
            );
            svg.label("t end", (x - Px::of(76), y), LEFT - Px::of(84), name);
        } else {
            let room = if stage + 1 == self.stages.len() {
                WIDTH - RIGHT - BAR
            } else {
                Px::of(255)
            };
            let text = format!("{short} · {name}");
            svg.label("t halo", (x + BAR + Px::of(5), y), room, &text);
        }
        data.push(json!({
            "stage": stage, "name": name, "euro": Unit::Euro.number(node.total),
            "x": x.pixels(), "x2": (x + BAR).pixels(), "y": node.y.pixels(), "y2": (node.y + node.height).pixels(),
            "mid": middle.pixels(),
        }));
    }
}

const SAMPLES: [i64; 9] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

fn tooltip() -> Value {
    json!([{ "field": "from" }, { "field": "to" }, { "field": "euro", "format": Unit::Euro.format() }])
}

#[cfg(test)]
mod tests {
    use super::layout::MONEY;
    use super::*;

    fn flow() -> Flow {
        let node = |name: &str, group| Node {
            name: name.to_owned(),
            group,
        };
        let link = |stage, from, to, cents| Link {
            stage,
            from,
            to,
            cents,
        };
        Flow {
            title: "Flow".to_owned(),
            stages: vec![
                (
                    "Funds".to_owned(),
                    vec![
                        node("F<1>", Some(0)),
                        node("F2", Some(1)),
                        node("idle", None),
                    ],
                ),
                (
                    "Actions".to_owned(),
                    vec![node("A1", None), node("A2", None)],
                ),
            ],
            groups: vec!["State".to_owned(), "Region".to_owned()],
            links: vec![
                link(0, 0, 0, 300_000),
                link(0, 0, 1, 100_000),
                link(0, 1, 1, 600_001),
            ],
        }
    }

    #[test]
    fn what_leaves_and_what_arrives_is_as_wide_as_the_money() {
        let flow = flow();
        let layout = Layout::of(&flow);
        assert_eq!(
            layout.nodes[0].len(),
            2,
            "a fund without money is not drawn"
        );
        for (_, node) in layout.nodes.iter().flatten() {
            let through = (node.out.0 - node.y.0).max(node.into.0 - node.y.0);
            assert!(
                (through - node.height.0).abs() <= 2,
                "{through} {}",
                node.height
            );
        }
        let sum: i64 = layout.nodes[0].iter().map(|(_, node)| node.height.0).sum();
        assert!((sum - MONEY.0).abs() <= 2);
    }

    #[test]
    fn every_amount_is_in_the_picture_and_in_the_specification() {
        let chart = flow().chart(Language::Italian);
        for amount in ["3000.00", "1000.00", "6000.01", "4000.00", "7000.01"] {
            assert!(
                chart.svg.contains(&format!("data-euro=\"{amount}\"")),
                "{amount}"
            );
        }
        assert!(chart.svg.contains("F&lt;1&gt;") && !chart.svg.contains("F<1>"));
        assert_eq!(
            chart.spec["datasets"]["ribbons"].as_array().unwrap().len(),
            27
        );
        assert!(!chart.spec_text().contains('<'));
    }
}
