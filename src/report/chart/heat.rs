//! Amounts in rows and columns, the darker the larger.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::spec::spec;
use super::svg::{Px, Svg};
use super::{Amount, Chart, STEPS, Unit};
use crate::model::Language;
use crate::report::number::file_euro;
use crate::report::words::page as words;

/// A table of amounts as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heat {
    /// What it shows, in words.
    pub(crate) title: String,
    /// Names of the rows.
    pub(crate) rows: Vec<String>,
    /// Names of the columns.
    pub(crate) columns: Vec<String>,
    /// Whole cents by row and column.
    pub(crate) cells: BTreeMap<(usize, usize), i128>,
    /// A last column apart: its name and its amounts, one per row.
    pub(crate) apart: Option<(String, Vec<i128>)>,
}

const LABEL: Px = Px::of(262);
const CELL: Px = Px::of(35);
const ROW: Px = Px::of(25);
const HEAD: Px = Px::of(168);
const GAP: Px = Px::of(14);
const FOOT: Px = Px::of(52);

impl Heat {
    /// Draws the table.
    pub(crate) fn chart(&self, language: Language) -> Chart {
        let most = self.cells.values().copied().max().unwrap_or(0);
        let apart_most = self
            .apart
            .iter()
            .flat_map(|(_, cells)| cells)
            .copied()
            .max()
            .unwrap_or(0);
        let amount = Amount::of(most.max(apart_most));
        let right = LABEL + CELL.times(self.columns.len());
        let apart = right + GAP;
        // The last slanting heading leans out to the right.
        let width = apart + CELL.times(2) + Px::of(90);
        let bottom = HEAD + ROW.times(self.rows.len());
        let mut svg = Svg::new(width, bottom + FOOT, &self.title);
        for (at, name) in self.columns.iter().enumerate() {
            heading(&mut svg, LABEL + CELL.times(at), CELL, name);
        }
        if let Some((name, _)) = &self.apart {
            heading(&mut svg, apart, CELL.times(2), name);
        }
        let mut data = Vec::new();
        for (row, name) in self.rows.iter().enumerate() {
            let y = HEAD + ROW.times(row);
            svg.label(
                "t end",
                (LABEL - Px::of(8), y + Px::of(17)),
                LABEL - Px::of(10),
                name,
            );
            for (column, fund) in self.columns.iter().enumerate() {
                let x = LABEL + CELL.times(column);
                let cents = self.cells.get(&(row, column)).copied().unwrap_or(0);
                cell(
                    &mut svg,
                    ('q', step(cents, most)),
                    (x, y, CELL),
                    (name, fund, cents),
                    (amount, language),
                );
                if cents != 0 {
                    data.push(
                        json!({ "row": name, "column": fund, "euro": Unit::Euro.number(cents) }),
                    );
                }
            }
            if let Some((title, cells)) = &self.apart {
                let cents = cells.get(row).copied().unwrap_or(0);
                cell(
                    &mut svg,
                    ('u', step(cents, apart_most)),
                    (apart, y, CELL.times(2)),
                    (name, title, cents),
                    (amount, language),
                );
                if cents != 0 {
                    data.push(
                        json!({ "row": name, "column": title, "euro": Unit::Euro.number(cents) }),
                    );
                }
            }
        }
        legend(&mut svg, bottom + Px::of(18), most, (amount, language));
        Chart {
            svg: svg.finish(),
            spec: self.spec(data),
        }
    }

    fn spec(&self, data: Vec<Value>) -> Value {
        let mut columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        columns.extend(self.apart.iter().map(|(name, _)| name.as_str()));
        let size = (
            i64::try_from(columns.len()).unwrap_or(0) * CELL.pixels(),
            i64::try_from(self.rows.len()).unwrap_or(0) * ROW.pixels(),
        );
        spec(
            &self.title,
            size,
            data,
            json!({
                "mark": "rect",
                "encoding": {
                    "x": { "field": "column", "type": "nominal", "sort": columns, "title": null, "axis": { "orient": "top", "labelAngle": -50, "labelLimit": 220 } },
                    "y": { "field": "row", "type": "nominal", "sort": self.rows, "title": null, "axis": { "labelLimit": 260 } },
                    "color": { "field": "euro", "type": "quantitative", "title": null, "scale": { "type": "log", "range": STEPS } },
                    "tooltip": [{ "field": "row" }, { "field": "column" }, { "field": "euro", "format": Unit::Euro.format() }],
                },
            }),
        )
    }
}

fn heading(svg: &mut Svg, x: Px, width: Px, name: &str) {
    let (x, y) = (x + Px(width.0 / 2 + 40), HEAD - Px::of(7));
    let turn = format!("translate({x} {y}) rotate(-50)");
    svg.open("g", &[("transform", &turn)]);
    svg.label("t", (Px(0), Px(0)), Px::of(190), name);
    svg.close("g");
}

fn cell(
    svg: &mut Svg,
    (colour, step): (char, Option<usize>),
    (x, y, width): (Px, Px, Px),
    (row, column, cents): (&str, &str, i128),
    (amount, language): (Amount, Language),
) {
    let Some(step) = step else {
        svg.empty(
            "rect",
            &[
                ("class", &"none"),
                ("x", &x),
                ("y", &y),
                ("width", &(width - Px::of(2))),
                ("height", &(ROW - Px::of(2))),
            ],
        );
        return;
    };
    let class = format!("{colour}{step}");
    let euro = Unit::Euro.say(language, cents);
    let title = words::HEAT_CELL.fill(
        language,
        &[("row", row), ("column", column), ("euro", &euro)],
    );
    svg.open("g", &[("class", &class), ("data-euro", &file_euro(cents))]);
    svg.element("title", &[], &title);
    svg.empty(
        "rect",
        &[
            ("x", &x),
            ("y", &y),
            ("width", &(width - Px::of(2))),
            ("height", &(ROW - Px::of(2))),
        ],
    );
    let middle = x + Px(width.0 / 2) - Px::of(1);
    svg.element(
        "text",
        &[
            ("class", &"n mid"),
            ("x", &middle),
            ("y", &(y + Px::of(16))),
        ],
        &amount.short(language, cents),
    );
    svg.close("g");
}

/// Each step of colour is twice the one before: the last one from half of the largest amount up. None for nothing.
fn step(cents: i128, most: i128) -> Option<usize> {
    if cents <= 0 {
        return None;
    }
    let mut step = STEPS.len() - 1;
    let mut bound = most / 2;
    while step > 0 && cents < bound {
        step -= 1;
        bound /= 2;
    }
    Some(step)
}

fn legend(svg: &mut Svg, y: Px, most: i128, (amount, language): (Amount, Language)) {
    svg.label(
        "t end",
        (LABEL - Px::of(8), y + Px::of(14)),
        LABEL,
        amount.title(language),
    );
    let width = Px::of(70);
    let mut bound = most;
    for step in (0..STEPS.len()).rev() {
        let x = LABEL + width.times(step);
        bound /= 2;
        let class = format!("q{step}");
        svg.open("g", &[("class", &class)]);
        svg.empty(
            "rect",
            &[
                ("x", &x),
                ("y", &y),
                ("width", &(width - Px::of(2))),
                ("height", &Px::of(20)),
            ],
        );
        let from = if step == 0 {
            words::LEGEND_LESS.say(language).to_owned()
        } else {
            format!("≥ {}", amount.short(language, bound))
        };
        svg.element(
            "text",
            &[
                ("class", &"n mid"),
                ("x", &(x + Px(width.0 / 2))),
                ("y", &(y + Px::of(14))),
            ],
            &from,
        );
        svg.close("g");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_of_colour_is_twice_the_one_before() {
        assert_eq!(step(0, 100), None);
        for (cents, expected) in [
            (1, 0),
            (6_400, 6),
            (3_200, 6),
            (3_199, 5),
            (1_600, 5),
            (100, 1),
            (99, 0),
        ] {
            assert_eq!(step(cents, 6_400), Some(expected), "{cents}");
        }
    }

    #[test]
    fn every_amount_is_in_the_picture() {
        let heat = Heat {
            title: "Heat".to_owned(),
            rows: vec!["a".to_owned(), "b".to_owned()],
            columns: vec!["x".to_owned()],
            cells: BTreeMap::from([((0, 0), 123_456), ((1, 0), 0)]),
            apart: Some(("unmet".to_owned(), vec![0, 99])),
        };
        let chart = heat.chart(Language::English);
        assert_eq!(chart.svg.matches("data-euro").count(), 2);
        assert!(
            chart.svg.contains("data-euro=\"1234.56\"") && chart.svg.contains("data-euro=\"0.99\"")
        );
        assert_eq!(chart.spec["data"]["values"].as_array().unwrap().len(), 2);
    }
}
