//! A comparison as CSV and as JSON: every figure, nothing left out.

use serde::Serialize;

use super::lines::{Line, lines};
use super::pair::{Pair, Tally};
use super::plan::Plan;
use crate::report::ReportError;
use crate::report::tables::Table;
use crate::report::text::csv_text;

/// Version of the form of the JSON.
pub const COMPARE_FORMAT: u32 = 1;

/// Columns of the CSV of plans.
const COLUMNS: [&str; 14] = [
    "baseline",
    "other",
    "table",
    "zone",
    "fund",
    "action",
    "year",
    "id",
    "name",
    "figure",
    "unit",
    "before",
    "after",
    "difference",
];

/// All comparisons as one CSV table, a line for each figure.
///
/// # Errors
/// [`ReportError::Table`] if the table cannot be written in memory.
pub fn csv(pairs: &[Pair<'_>]) -> Result<Vec<u8>, ReportError> {
    let mut table = Table::new("compare.csv", &COLUMNS)?;
    for pair in pairs {
        let baseline = pair.before.folder.display().to_string();
        let other = pair.after.folder.display().to_string();
        for line in lines(pair) {
            let year = line.key.year.map(|year| year.to_string());
            let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
            table.row([
                &*csv_text(&baseline),
                &csv_text(&other),
                line.table,
                &text(&line.key.zone),
                &text(&line.key.fund),
                &text(&line.key.action),
                &text(&year),
                &line.id,
                &csv_text(&name(pair, &line)),
                line.figure,
                &line.unit,
                &line.before,
                &line.after,
                &line.difference,
            ])?;
        }
    }
    table.finish()
}

/// The name of what a line is about, where it is about one thing.
pub(super) fn name(pair: &Pair<'_>, line: &Line) -> String {
    let key = &line.key;
    let found = match (&key.zone, &key.fund, &key.action) {
        _ if line.table == "rule" => pair.name(|names| &names.rules, &line.id),
        (Some(zone), None, None) => pair.name(|names| &names.zones, zone),
        (None, Some(fund), None) => pair.name(|names| &names.funds, fund),
        (None, None, Some(action)) => pair.name(|names| &names.actions, action),
        _ => "",
    };
    found.to_owned()
}

/// What `compare --format json` prints of plans.
#[derive(Clone, Debug, Serialize)]
pub struct CompareJson {
    /// [`COMPARE_FORMAT`].
    pub version: u32,
    /// `plans`.
    pub kind: &'static str,
    /// Whether anything differs.
    pub differs: bool,
    /// The plan the others are held against.
    pub baseline: PlanJson,
    /// Each other plan.
    pub comparisons: Vec<PairJson>,
}

/// Which plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanJson {
    /// Where it is.
    pub folder: String,
    /// Title of its model.
    pub title: String,
    /// Hash of its model.
    pub hash: String,
    /// `optimal`, `limit` or `infeasible`.
    pub status: String,
    /// Years of the plan.
    pub years: Vec<i32>,
}

/// One comparison.
#[derive(Clone, Debug, Serialize)]
pub struct PairJson {
    /// The plan compared with the baseline.
    pub other: PlanJson,
    /// Whether anything differs.
    pub differs: bool,
    /// Zones that receive more, less, the same.
    pub zones_by_euro: TallyJson,
    /// Zones whose coverage is higher, lower, the same.
    pub zones_by_coverage: TallyJson,
    /// Every figure; money is text in euro with two decimals, other numbers have six decimals at most.
    pub figures: Vec<LineJson>,
}

/// How many things got more, less, the same.
#[derive(Clone, Debug, Serialize)]
pub struct TallyJson {
    more: usize,
    less: usize,
    same: usize,
}

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub struct LineJson {
    table: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fund: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    figure: &'static str,
    unit: String,
    before: Option<String>,
    after: Option<String>,
    difference: Option<String>,
}

/// All comparisons for programs.
#[must_use]
pub fn json(baseline: &Plan, pairs: &[Pair<'_>]) -> CompareJson {
    CompareJson {
        version: COMPARE_FORMAT,
        kind: "plans",
        differs: pairs.iter().any(Pair::differs),
        baseline: plan(baseline),
        comparisons: pairs.iter().map(pair).collect(),
    }
}

pub(super) fn plan(plan: &Plan) -> PlanJson {
    PlanJson {
        folder: plan.folder.display().to_string(),
        title: plan.title.clone(),
        hash: plan.hash.clone(),
        status: plan.status.clone(),
        years: plan.years.clone(),
    }
}

pub(super) fn pair(pair: &Pair<'_>) -> PairJson {
    let tally = |tally: Tally| TallyJson {
        more: tally.more,
        less: tally.less,
        same: tally.same,
    };
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let figures = lines(pair).into_iter().map(|line| LineJson {
        table: line.table,
        zone: line.key.zone,
        fund: line.key.fund,
        action: line.key.action,
        year: line.key.year,
        id: line.id,
        figure: line.figure,
        unit: line.unit,
        before: some(line.before),
        after: some(line.after),
        difference: some(line.difference),
    });
    PairJson {
        other: plan(pair.after),
        differs: pair.differs(),
        zones_by_euro: tally(pair.by_euro()),
        zones_by_coverage: tally(pair.by_coverage()),
        figures: figures.collect(),
    }
}
