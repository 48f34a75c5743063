//! Break points as one table, ready for a chart.

use super::{BreakPointsJson, ExplanationJson};
use crate::report::ReportError;
use crate::report::text::csv_text;

/// Columns of the table.
const COLUMNS: [&str; 9] = [
    "moved", "goal", "unit", "at", "value", "before", "after", "jump", "within",
];

/// The break points of an explanation as CSV, a row for each point of each goal: what is moved (`fund`, `fund:year`, or a rule), then the columns
/// of [`BreakPointJson`](super::BreakPointJson).
///
/// # Errors
/// [`ReportError`] when the table cannot be written in memory.
pub fn break_points_csv(of: &ExplanationJson) -> Result<Vec<u8>, ReportError> {
    let failed = |why: String| ReportError::Table {
        table: "break points",
        reason: why,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(COLUMNS)
        .map_err(|why| failed(why.to_string()))?;
    for points in &of.breakpoints {
        let moved = moved(points);
        for point in &points.points {
            let slope = |slope: &Option<String>| slope.clone().unwrap_or_default();
            writer
                .write_record([
                    &csv_text(&moved).into_owned(),
                    &point.goal,
                    &point.unit,
                    &point.at,
                    &point.value,
                    &slope(&point.before),
                    &slope(&point.after),
                    &point.jump,
                    &point.within,
                ])
                .map_err(|why| failed(why.to_string()))?;
        }
    }
    writer.into_inner().map_err(|why| failed(why.to_string()))
}

fn moved(points: &BreakPointsJson) -> String {
    if let Some(rule) = &points.rule {
        return rule.clone();
    }
    let fund = points.moved.fund.clone().unwrap_or_default();
    match points.moved.year {
        Some(year) => format!("{fund}:{year}"),
        None => fund,
    }
}
