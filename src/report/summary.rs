//! `summary.json`: what a proposal says, for programs. No clock, host or path: the same files give the same bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Confidence, Language, Model};
use crate::proposal::{GoalLine, Infeasible, Proposal, UnmetReason};
use crate::report::number::{Rounding, file_decimal_rounded, file_euro, file_goal, file_ratio};
use crate::report::scenarios::SummaryScenario;
use crate::report::summary_pick::{SummaryPick, pick_status, picked};
use crate::report::summary_whole::{SummaryWhole, whole};
use crate::report::totals::{Coverage, FundTotal, Totals, totals};
use crate::sheet::{DOSSIER_FORMAT, Sheet};
use crate::units::Exact;

/// Version of the form of `summary.json`.
pub const SUMMARY_FORMAT: u32 = 1;

/// `summary.json`. Money is text in euro with two decimals; coverage and shares are text with six at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// [`SUMMARY_FORMAT`].
    pub format: u32,
    /// `optimal`; `limit` when a limit was reached before every goal was solved; or `infeasible`.
    pub status: String,
    /// The model.
    pub model: SummaryModel,
    /// Scenarios the model was changed by, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<SummaryScenario>,
    /// Hash of the model before its scenarios.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// BLAKE3 hash of the workbook the model was read from, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workbook: Option<String>,
    /// How large the model is.
    pub size: Size,
    /// What is proved; absent when infeasible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proved: Option<Proved>,
    /// The whole numbers that were chosen first; absent where nothing is whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<SummaryWhole>,
    /// Goals in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<SummaryGoal>,
    /// Which of the equally good plans this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pick: Option<SummaryPick>,
    /// All funds together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<SummaryFund>,
    /// Each fund with money, in order of code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funds: Vec<SummaryFund>,
    /// Coverage of the needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<SummaryCoverages>,
    /// What is not covered, by reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unmet: BTreeMap<String, SummaryUnmet>,
    /// How many instances of rules are `met`, `binding`, `short`, `waived`, `excess`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, usize>,
    /// What the funds' amounts rest on: `official`, `derived`, `estimate`.
    pub confidence: BTreeMap<String, String>,
    /// Rows that could not hold in whole cents, with their excess.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excess: Vec<SummaryExcess>,
    /// What cannot hold together; only when infeasible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<SummaryConflict>,
    /// Versions.
    pub versions: Versions,
    /// BLAKE3 hash of each file of the model.
    pub inputs: BTreeMap<String, String>,
}

/// The model of a summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryModel {
    /// Title for people.
    pub title: String,
    /// `it` or `en`.
    pub language: String,
    /// Hash over the names and contents of its files.
    pub hash: String,
    /// Years of the plan.
    pub years: Vec<i32>,
}

/// How large a model is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Funds.
    pub funds: usize,
    /// Actions.
    pub actions: usize,
    /// Zones.
    pub zones: usize,
    /// Needs and cost items.
    pub needs: usize,
    /// Rules and matches.
    pub rules: usize,
    /// Columns of the programme.
    pub columns: usize,
    /// Rows of the programme.
    pub rows: usize,
}

/// What is proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    /// `all` rows hold, or `all_but_excess`.
    pub rows: String,
    /// `optimal` when no plan as good on the earlier goals does better on any, `within_gap` when it may by the gap of the goal.
    pub goals: String,
    /// `proved` or `not proved`: that this is the nearest of the equally good plans.
    pub pick: String,
    /// `whole_numbers`: all of it for the whole numbers chosen; absent where nothing is whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
}

/// What is proved for a goal: no plan as good on the earlier goals does better by more than `gap`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryGoal {
    /// `leps`, `targets`, `wishes`, `leximin`, `floor`, `value`, `at_risk`.
    pub kind: String,
    /// Level of a leximin goal, from 1; 0 for the others.
    pub level: u32,
    /// The value reached.
    pub value: String,
    /// How far the best may be, rounded up.
    pub gap: String,
    /// Of the gap, what the goal leaves to those after it; absent where it leaves nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
    /// Of the gap, what rounding to whole cents gave up, rounded up.
    pub rounding: String,
    /// `euro`, `bound` (shares of a bound) or `level` (share of the need).
    pub unit: String,
}

/// Money over the plan: `assigned = used + left + lost`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryFund {
    /// Fund code; absent for the sum of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    /// Amounts of the plan's years.
    pub assigned: String,
    /// Planned.
    pub used: String,
    /// Moved from one year of the plan to the next, counted at each move.
    pub carried: String,
    /// Not planned, with a deadline after the plan.
    pub left: String,
    /// Not planned, and lost.
    pub lost: String,
    /// Of `assigned`, what rests on estimates.
    pub estimate: String,
}

/// Coverage of needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryCoverages {
    /// All needs with a limit.
    pub all: SummaryCoverage,
    /// Needs of LEPS actions.
    pub leps: SummaryCoverage,
    /// Paid to needs without a limit.
    pub unlimited: String,
}

/// Need and coverage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryCoverage {
    /// Need in euro.
    pub need: String,
    /// Covered.
    pub covered: String,
    /// `covered / need`, absent where nothing is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<String>,
}

/// What is not covered for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryUnmet {
    /// How many needs (action, zone, year).
    pub needs: usize,
    /// How much.
    pub euro: String,
}

/// A row that could not hold in whole cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryExcess {
    /// Name of the row.
    pub row: String,
    /// Excess beyond its bound, in the integer unit of the row.
    pub excess: String,
}

/// What cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryConflict {
    /// Least total violation in euro, where it is in euro.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortfall: Option<String>,
    /// Whether it takes whole numbers to be infeasible: then it is the solver's word, not proved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// The members; without any one of them the others can hold.
    pub members: Vec<SummaryMember>,
}

/// A member of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryMember {
    /// A rule or match, `fund:ID`, `need:ACTION`, or `max_share:FUND:ACTION`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// The law, cited.
    pub law: String,
    /// `law`, `plan`, or empty.
    pub strength: String,
}

/// Versions of what wrote the summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Of mappafondo.
    pub mappafondo: String,
    /// Of the dossier.
    pub dossier: u32,
    /// Name and version of the solver.
    pub solver: String,
}

/// Hashes of the model, by file and of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputHashes {
    /// Of each file.
    pub files: BTreeMap<String, String>,
    /// Of all.
    pub model: String,
}

/// The summary of a proposal.
#[must_use]
pub fn of_proposal(model: &Model, hashes: &InputHashes, proposal: &Proposal) -> Summary {
    let totals = totals(model, proposal);
    let mut rules = BTreeMap::new();
    for line in &proposal.rules {
        *rules.entry(line.status.word().to_owned()).or_default() += 1;
    }
    Summary {
        status: if proposal.complete {
            "optimal"
        } else {
            "limit"
        }
        .to_owned(),
        proved: Some(proved(proposal)),
        whole: proposal.whole.as_ref().map(whole),
        goals: proposal.goals.iter().map(goal).collect(),
        pick: Some(picked(model, proposal)),
        totals: Some(fund(model, &totals.all)),
        funds: totals
            .funds
            .iter()
            .map(|total| fund(model, total))
            .collect(),
        coverage: Some(SummaryCoverages {
            all: coverage(&totals.coverage),
            leps: coverage(&totals.leps),
            unlimited: file_euro(totals.unlimited),
        }),
        unmet: unmet(&totals),
        rules,
        confidence: confidence(&totals.confidence),
        excess: proposal
            .excess
            .iter()
            .map(|(row, excess)| SummaryExcess {
                row: row.clone(),
                excess: excess.to_string(),
            })
            .collect(),
        ..frame(model, hashes, &proposal.sheet, &proposal.solver)
    }
}

/// The summary of a model without any plan.
#[must_use]
pub fn of_infeasible(model: &Model, hashes: &InputHashes, infeasible: &Infeasible) -> Summary {
    let members = infeasible.conflict.iter().map(|line| SummaryMember {
        id: line.id.clone(),
        title: line.title.clone(),
        law: line.law.clone(),
        strength: line
            .strength
            .map_or("", |strength| strength.word())
            .to_owned(),
    });
    Summary {
        status: "infeasible".to_owned(),
        conflict: Some(SummaryConflict {
            shortfall: infeasible.shortfall.map(|euro| euro.to_string()),
            whole: infeasible.whole,
            members: members.collect(),
        }),
        ..frame(model, hashes, &infeasible.sheet, &infeasible.solver)
    }
}

/// What every summary says.
fn frame(model: &Model, hashes: &InputHashes, sheet: &Sheet, solver: &str) -> Summary {
    Summary {
        format: SUMMARY_FORMAT,
        status: String::new(),
        model: SummaryModel {
            title: model.title.clone(),
            language: language_word(model.language).to_owned(),
            hash: hashes.model.clone(),
            years: model.years.clone(),
        },
        scenarios: Vec::new(),
        base: None,
        workbook: None,
        size: Size {
            funds: model.funds.len(),
            actions: model.actions.len(),
            zones: model.zones.len(),
            needs: model.demands.len(),
            rules: model.rules.len() + model.matches.len(),
            columns: sheet.columns.len(),
            rows: sheet.rows.len(),
        },
        proved: None,
        whole: None,
        goals: Vec::new(),
        pick: None,
        totals: None,
        funds: Vec::new(),
        coverage: None,
        unmet: BTreeMap::new(),
        rules: BTreeMap::new(),
        confidence: BTreeMap::new(),
        excess: Vec::new(),
        conflict: None,
        versions: Versions {
            mappafondo: env!("CARGO_PKG_VERSION").to_owned(),
            dossier: DOSSIER_FORMAT,
            solver: solver.to_owned(),
        },
        inputs: hashes.files.clone(),
    }
}

fn language_word(language: Language) -> &'static str {
    match language {
        Language::Italian => "it",
        Language::English => "en",
    }
}

fn proved(proposal: &Proposal) -> Proved {
    let no_gap = proposal
        .goals
        .iter()
        .all(|goal| goal.gap <= Exact::from_integer(0));
    Proved {
        rows: if proposal.excess.is_empty() {
            "all"
        } else {
            "all_but_excess"
        }
        .to_owned(),
        goals: if no_gap { "optimal" } else { "within_gap" }.to_owned(),
        pick: pick_status(proposal).to_owned(),
        given: proposal.whole.as_ref().map(|_| "whole_numbers".to_owned()),
    }
}

fn goal(line: &GoalLine) -> SummaryGoal {
    SummaryGoal {
        kind: line.kind.to_owned(),
        level: line.level,
        value: file_goal(line.unit, &line.value),
        gap: file_decimal_rounded(&line.gap, Rounding::Up),
        tolerance: (line.tolerance > Exact::from_integer(0))
            .then(|| file_decimal_rounded(&line.tolerance, Rounding::HalfUp)),
        rounding: file_decimal_rounded(&line.rounding, Rounding::Up),
        unit: line.unit.to_owned(),
    }
}

fn fund(model: &Model, total: &FundTotal) -> SummaryFund {
    SummaryFund {
        fund: total.fund.map(|fund| model.fund(fund).id.clone()),
        assigned: file_euro(total.assigned),
        used: file_euro(total.used),
        carried: file_euro(total.carried),
        left: file_euro(total.left),
        lost: file_euro(total.lost),
        estimate: file_euro(total.estimate),
    }
}

fn coverage(coverage: &Coverage) -> SummaryCoverage {
    SummaryCoverage {
        need: file_euro(coverage.need),
        covered: file_euro(coverage.covered),
        coverage: coverage.share().as_ref().map(file_ratio),
    }
}

fn unmet(totals: &Totals) -> BTreeMap<String, SummaryUnmet> {
    let entry = |(reason, needs, euro): &(UnmetReason, usize, i128)| {
        let unmet = SummaryUnmet {
            needs: *needs,
            euro: file_euro(*euro),
        };
        (reason.word().to_owned(), unmet)
    };
    totals.unmet.iter().map(entry).collect()
}

fn confidence(amounts: &[(Confidence, i128)]) -> BTreeMap<String, String> {
    let word = |confidence: Confidence| match confidence {
        Confidence::Official => "official",
        Confidence::Derived => "derived",
        Confidence::Estimate => "estimate",
    };
    amounts
        .iter()
        .map(|(confidence, euro)| (word(*confidence).to_owned(), file_euro(*euro)))
        .collect()
}
