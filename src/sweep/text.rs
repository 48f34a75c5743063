//! A point of a sweep as a scenario: its label, and the file it amounts to.

use std::fmt::Write as _;

use super::layout::Point;
use super::{Draw, Labels, Sweep};
use crate::input::push_quoted;

/// What the base is called.
pub(super) const BASE: &str = "base";

impl Sweep {
    /// The scenario at a point.
    pub(super) fn told(&self, index: u64, point: Point<'_>) -> Draw {
        let axis = |position: usize| self.axes.get(position);
        let values = point.values.iter().filter_map(|(position, value)| {
            Some((axis(*position)?.id.clone(), value.text.clone()))
        });
        let values: Vec<(String, String)> = values.collect();
        let is_base = self.has_baseline && index == 0;
        let label = match (is_base, point.label, self.labels) {
            (true, ..) => BASE.to_owned(),
            (_, Some(label), _) => label.to_owned(),
            (_, None, Labels::Values) => label_of(&values),
            (_, None, Labels::Numbers(width)) => format!("{index:0width$}"),
        };
        let mut text = String::from("[scenario]\nformat = 1\n");
        let width = Labels::width(self.count);
        // Writing into a string does not fail.
        let _ = writeln!(text, "id = \"{}-{index:0width$}\"", self.id);
        text.push_str("title = ");
        push_quoted(&format!("{}: {label}", self.title), &mut text);
        text.push('\n');
        for change in point.changes {
            change.push_to(None, &mut text);
        }
        for (position, value) in &point.values {
            for change in axis(*position).iter().flat_map(|axis| &axis.changes) {
                change.push_to(Some(value), &mut text);
            }
        }
        Draw {
            index,
            label,
            values,
            text,
        }
    }
}

/// `qsfp=80%,fse=110%`.
fn label_of(values: &[(String, String)]) -> String {
    let parts: Vec<String> = values
        .iter()
        .map(|(axis, value)| format!("{axis}={value}"))
        .collect();
    parts.join(",")
}
