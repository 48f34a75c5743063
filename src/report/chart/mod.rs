//! Pictures: each is drawn once as SVG, for people, and stated once as a Vega-Lite specification, for programs.
//!
//! Both come from the same plain values. The SVG needs no script, follows the page into the dark and onto paper, and has a title
//! on every mark; its colours are the classes of `html/page.css`. The specification carries the values as data, so that the
//! picture can be drawn again or changed elsewhere. Positions are whole tenths of a pixel: the same values give the same bytes.

pub(crate) mod bars;
pub(crate) mod flow;
pub(crate) mod heat;
pub(crate) mod lines;
pub(crate) mod map;
pub(crate) mod ranges;
mod scale;
mod spec;
mod svg;

pub(crate) use scale::{Amount, Unit};

use std::fmt;

use serde_json::Value;

/// A picture, drawn and stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chart {
    /// An `<svg>` element.
    pub(crate) svg: String,
    /// A Vega-Lite specification.
    pub(crate) spec: Value,
}

impl Chart {
    /// The specification as text that may stand inside a `<script>` element.
    pub(crate) fn spec_text(&self) -> String {
        self.spec.to_string().replace('<', "\\u003c")
    }
}

/// The drawn picture; every text in it was escaped when it went in.
impl fmt::Display for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.svg)
    }
}

impl askama::filters::HtmlSafe for Chart {}

/// Colours of series, in order, for the specifications; the page has them as `s0`, `s1` and so on.
pub(crate) const SERIES: [&str; 6] = [
    "#0066cc", "#a66300", "#008055", "#7a3e9d", "#5a768a", "#cc334d",
];

/// Colours from little to much, for the specifications; the page has them as `q0` to `q6`.
pub(crate) const STEPS: [&str; 7] = [
    "#e9f1fb", "#cfe0f5", "#a9c9ec", "#7aabdf", "#4a8acc", "#1f66ad", "#0b3f78",
];
