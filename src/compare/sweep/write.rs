//! Sweeps in a comparison as CSV and as JSON: every figure, nothing left out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::lines::lines as plan_lines;
use super::super::pair::Pair;
use super::super::plan::Plan;
use super::super::write::{COMPARE_FORMAT, PairJson, PlanJson, name, pair, plan};
use super::held::{Against, Held, SeriesRow};
use super::lines::{SeriesLine, lines};
use super::run::SweepRun;
use super::spread::QUANTILES;
use crate::report::ReportError;
use crate::report::tables::Table;
use crate::report::text::csv_text;

/// Columns of the CSV where a sweep is there: those of plans, then those of scenarios.
const COLUMNS: [&str; 26] = [
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
    "series",
    "scenarios",
    "q0",
    "q5",
    "q25",
    "q50",
    "q75",
    "q95",
    "q100",
    "below",
    "same",
    "above",
];

/// Comparisons of plans and of sweeps as one CSV table.
///
/// # Errors
/// [`ReportError::Table`] if the table cannot be written in memory.
pub fn csv_of(pairs: &[Pair<'_>], sweeps: &[Held<'_>]) -> Result<Vec<u8>, ReportError> {
    let mut table = Table::new("compare.csv", &COLUMNS)?;
    for pair in pairs {
        let folders = [&pair.before.folder, &pair.after.folder].map(|f| f.display().to_string());
        for line in plan_lines(pair) {
            let year = line.key.year.map(|year| year.to_string());
            let name = name(pair, &line);
            let mut cells = vec![
                csv_text(&folders[0]).into_owned(),
                csv_text(&folders[1]).into_owned(),
                line.table.to_owned(),
                line.key.zone.unwrap_or_default(),
                line.key.fund.unwrap_or_default(),
                line.key.action.unwrap_or_default(),
                year.unwrap_or_default(),
                line.id,
                csv_text(&name).into_owned(),
                line.figure.to_owned(),
                line.unit,
                line.before,
                line.after,
                line.difference,
            ];
            cells.resize(COLUMNS.len(), String::new());
            table.row(cells.iter().map(String::as_str))?;
        }
    }
    for held in sweeps {
        for line in lines(held) {
            table.row(cells(held, &line).iter().map(String::as_str))?;
        }
    }
    table.finish()
}

fn cells(held: &Held<'_>, line: &SeriesLine<'_>) -> Vec<String> {
    let row = line.row;
    let of = |table: &str| {
        let id = (row.table == table).then(|| row.id.clone());
        id.unwrap_or_default()
    };
    let year = row.year.map(|year| year.to_string());
    let mut cells = vec![
        csv_text(&folder_of(held)).into_owned(),
        csv_text(&held.sweep.folder.display().to_string()).into_owned(),
        row.table.to_owned(),
        of("zone"),
        of("fund"),
        String::new(),
        year.unwrap_or_default(),
        of("goal"),
        csv_text(name_of(held, row)).into_owned(),
        row.figure.to_owned(),
        row.unit.clone(),
        line.baseline.clone(),
        String::new(),
        String::new(),
        line.series.to_owned(),
        line.n.to_string(),
    ];
    cells.extend(line.at.iter().cloned());
    match line.counts {
        Some(counts) => cells.extend(counts.map(|n| n.to_string())),
        None => cells.extend([const { String::new() }; 3]),
    }
    cells
}

/// The folder on the other side; the sweep's own for its base.
fn folder_of(held: &Held<'_>) -> String {
    let folder = match held.against {
        Against::Plan(plan) => &plan.folder,
        Against::Same(first) | Against::Other(first) => &first.folder,
        Against::Base => &held.sweep.folder,
        Against::Nothing => return String::new(),
    };
    folder.display().to_string()
}

/// The name of a zone or fund, where the plan or the run knows it; else its code.
pub(super) fn name_of<'n>(held: &'n Held<'_>, row: &'n SeriesRow) -> &'n str {
    let runs = [Some(held.sweep), held.first()];
    let of_runs = runs.into_iter().flatten().map(|run| {
        let names = &run.manifest.names;
        (&names.zones, &names.funds)
    });
    let of_plan = match held.against {
        Against::Plan(plan) => Some((&plan.names.zones, &plan.names.funds)),
        _ => None,
    };
    let mut names = of_plan.into_iter().chain(of_runs);
    let name = names.find_map(|(zones, funds)| match row.table {
        "zone" => zones.get(&row.id),
        "fund" => funds.get(&row.id),
        _ => None,
    });
    name.map_or(row.id.as_str(), String::as_str)
}

/// What `compare --format json` prints where a sweep is there.
#[derive(Clone, Debug, Serialize)]
pub struct SweepsJson {
    /// [`COMPARE_FORMAT`].
    pub version: u32,
    /// `sweeps`.
    pub kind: &'static str,
    /// Whether anything differs.
    pub differs: bool,
    /// The quantiles of every figure, in hundredths.
    pub quantiles: [usize; 7],
    /// What everything is held against.
    pub baseline: BaselineJson,
    /// Each other plan.
    pub comparisons: Vec<PairJson>,
    /// Each sweep.
    pub sweeps: Vec<HeldJson>,
}

/// A plan or a sweep.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum BaselineJson {
    /// A plan.
    Plan(PlanJson),
    /// A sweep.
    Sweep(SweepJson),
}

/// Which sweep.
#[derive(Clone, Debug, Serialize)]
pub struct SweepJson {
    folder: String,
    id: String,
    title: String,
    scenarios: usize,
    statuses: BTreeMap<&'static str, usize>,
}

/// One sweep held against the baseline.
#[derive(Clone, Debug, Serialize)]
pub struct HeldJson {
    /// The sweep.
    pub sweep: SweepJson,
    /// `plan`, `base`, `nothing`, `same_scenarios`, `other_scenarios`.
    pub against: &'static str,
    /// Whether anything differs.
    pub differs: bool,
    /// Scenarios that end in another way.
    pub other_endings: usize,
    /// Every figure; money is text in euro with two decimals, other numbers have six decimals at most.
    pub figures: Vec<FigureJson>,
}

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub struct FigureJson {
    table: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    figure: &'static str,
    unit: String,
    series: &'static str,
    before: Option<String>,
    scenarios: usize,
    at: Option<[String; 7]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<usize>,
}

/// All comparisons for programs. `baseline` is the first folder: the plan, or else the sweep.
#[must_use]
pub fn json_of(
    baseline: Result<&Plan, &SweepRun>,
    pairs: &[Pair<'_>],
    sweeps: &[Held<'_>],
) -> SweepsJson {
    let differs = pairs.iter().any(Pair::differs) || sweeps.iter().any(Held::differs);
    SweepsJson {
        version: COMPARE_FORMAT,
        kind: "sweeps",
        differs,
        quantiles: QUANTILES,
        baseline: match baseline {
            Ok(first) => BaselineJson::Plan(plan(first)),
            Err(first) => BaselineJson::Sweep(sweep(first)),
        },
        comparisons: pairs.iter().map(pair).collect(),
        sweeps: sweeps.iter().map(held_json).collect(),
    }
}

fn sweep(run: &SweepRun) -> SweepJson {
    let counts = run.by_status().into_iter();
    SweepJson {
        folder: run.folder.display().to_string(),
        id: run.manifest.id.clone(),
        title: run.manifest.title.clone(),
        scenarios: run.n_scenarios(),
        statuses: counts.map(|(status, n)| (status.word(), n)).collect(),
    }
}

fn held_json(held: &Held<'_>) -> HeldJson {
    let figures = lines(held).map(|line| {
        let count = |position: usize| line.counts.map(|counts| counts[position]);
        FigureJson {
            table: line.row.table,
            id: line.row.id.clone(),
            year: line.row.year,
            figure: line.row.figure,
            unit: line.row.unit.clone(),
            series: line.series,
            below: count(0),
            same: count(1),
            above: count(2),
            before: Some(line.baseline).filter(|text| !text.is_empty()),
            scenarios: line.n,
            at: Some(line.at).filter(|_| line.n > 0),
        }
    });
    HeldJson {
        sweep: sweep(held.sweep),
        against: match held.against {
            Against::Plan(_) => "plan",
            Against::Base => "base",
            Against::Nothing => "nothing",
            Against::Same(_) => "same_scenarios",
            Against::Other(_) => "other_scenarios",
        },
        differs: held.differs(),
        other_endings: held.other_endings,
        figures: figures.collect(),
    }
}
