//! An explanation for programs: JSON of a stated version, with codes instead of positions.
//!
//! Money is text in euro with two decimals; every other exact number is text: a decimal, or a fraction where it is none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::explain::{Cell, Explanation, FundPrice, GoalChange, GoalKey, Rate, RulePrice, Side};
use crate::model::Model;
use crate::report::number::file_euro;
use crate::units::{Euro, Exact, exact_text};

mod chart;
mod costs;
mod places;

pub use chart::break_points_csv;
pub use costs::{
    ActShareJson, BreakPointJson, BreakPointsJson, GoalPriceJson, LawPriceJson, LostJson,
    RescueJson, RiskJson, ShapleyJson,
};
pub(crate) use places::conflict;
pub use places::{
    ConflictJson, ConflictMemberJson, ConflictSetJson, ObstacleJson, ReasonJson, RepairJson,
    RepairStepJson, TraceJson, TraceStepJson, WhyNotJson, WorstZoneJson,
};

/// Version of the form.
pub const EXPLANATION_FORMAT: u32 = 1;

/// An explanation; what was not asked is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExplanationJson {
    /// `mappafondo explanation`.
    pub kind: String,
    /// [`EXPLANATION_FORMAT`].
    pub format: u32,
    /// Title of the model.
    pub title: String,
    /// BLAKE3 hash over the model's files, as `summary.json` has it.
    pub hash: String,
    /// Goals in order, with their values.
    pub goals: Vec<GoalJson>,
    /// Whether prices and break points keep the whole numbers of the plan.
    pub whole_fixed: bool,
    /// One euro more or less of a fund.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funds: Vec<FundPriceJson>,
    /// One euro or unit of a rule that binds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RulePriceJson>,
    /// What rules and acts cost, the dearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub laws: Vec<LawPriceJson>,
    /// What each goal costs those after it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goal_prices: Vec<GoalPriceJson>,
    /// What all acts cost, split among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shapley: Option<ShapleyJson>,
    /// Where goals change slope.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breakpoints: Vec<BreakPointsJson>,
    /// Money that will be lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<RiskJson>,
    /// The worst-served zones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worst: Vec<WorstZoneJson>,
    /// Why places get nothing or not more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why_not: Vec<WhyNotJson>,
    /// Why amounts are what they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traces: Vec<TraceJson>,
    /// Which rules cannot hold together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<ConflictJson>,
}

/// A goal with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoalJson {
    /// `leps`, `targets`, `wishes`, `leximin`, `floor`, `value`, `at_risk`; with the level of a leximin goal after a dash: `leximin-2`.
    pub goal: String,
    /// `euro`, `bound` or `level`.
    pub unit: String,
    /// The value.
    pub value: String,
    /// How far above it the best may be, as proved.
    pub above: String,
}

/// A change of a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeJson {
    /// As in [`GoalJson::goal`].
    pub goal: String,
    /// `euro`, `bound` or `level`.
    pub unit: String,
    /// The change; positive is better.
    pub change: String,
}

/// A place: fund, action, zone, year, as far as it has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CellJson {
    /// Code of the fund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    /// Code of the action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Code of the zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// One side of a price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SideJson {
    /// `rates`; `nothing` where there is nothing to take away; `no_plan` where no plan is left; `unknown`.
    pub on: String,
    /// Change of each goal per euro or unit.
    pub rates: Vec<RateJson>,
    /// The step with which they were found.
    pub step: String,
}

/// How much a goal changes per euro or unit, and how far that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RateJson {
    /// As in [`GoalJson::goal`].
    pub goal: String,
    /// `euro`, `bound` or `level`.
    pub unit: String,
    /// The change per euro or unit; positive is better.
    pub change: String,
    /// It holds at least so far away.
    pub holds: String,
    /// Whether that is the end of what was looked at.
    pub is_end: bool,
}

/// A euro of a fund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FundPriceJson {
    /// Code of the fund.
    pub fund: String,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: i32,
    /// The zone whose money it is; absent for the whole fund-year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// What it has.
    pub amount: String,
    /// One euro more.
    pub more: SideJson,
    /// One euro less.
    pub less: SideJson,
}

/// A euro or unit of the bound of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RulePriceJson {
    /// Code of the rule or match.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// The law, cited.
    pub law: String,
    /// Which instance.
    pub place: CellJson,
    /// `euro`, `units`, `zones` or `projects`.
    pub unit: String,
    /// What is asked.
    pub bound: String,
    /// The bound relaxed.
    pub relaxed: SideJson,
    /// The bound tightened.
    pub tightened: SideJson,
}

/// The serialisable form of an explanation.
#[must_use]
pub fn explanation(model: &Model, hash: &str, of: &Explanation) -> ExplanationJson {
    ExplanationJson {
        kind: "mappafondo explanation".to_owned(),
        format: EXPLANATION_FORMAT,
        title: model.title.clone(),
        hash: hash.to_owned(),
        goals: of
            .goals
            .iter()
            .map(|goal| GoalJson {
                goal: goal_id(goal.key),
                unit: goal.key.unit.to_owned(),
                value: exact_text(&goal.value),
                above: exact_text(&goal.above),
            })
            .collect(),
        whole_fixed: of.whole_fixed,
        funds: of.funds.iter().map(|price| fund(model, price)).collect(),
        rules: of.rules.iter().map(|price| rule(model, price)).collect(),
        laws: of
            .laws
            .iter()
            .map(|price| costs::law(model, price))
            .collect(),
        goal_prices: of.goal_prices.iter().map(costs::goal).collect(),
        shapley: of.shapley.as_ref().map(costs::shapley),
        breakpoints: of
            .breakpoints
            .iter()
            .map(|points| costs::breakpoints(model, points))
            .collect(),
        risks: of.risks.iter().map(|of| costs::risk(model, of)).collect(),
        worst: of
            .worst
            .iter()
            .map(|zone| places::worst(model, zone))
            .collect(),
        why_not: of
            .why_not
            .iter()
            .map(|why| places::why_not(model, why))
            .collect(),
        traces: of
            .traces
            .iter()
            .map(|trace| places::trace(model, trace))
            .collect(),
        conflict: of
            .conflict
            .as_ref()
            .map(|conflict| places::conflict(model, conflict)),
    }
}

/// The JSON Schema of an explanation.
///
/// ```
/// assert!(mappafondo::report::explanation::explanation_schema().contains("\"why_not\""));
/// ```
#[must_use]
pub fn explanation_schema() -> String {
    let schema = schemars::schema_for!(ExplanationJson);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// `leps`, or `leximin-2` with a level.
#[must_use]
pub fn goal_id(key: GoalKey) -> String {
    match key.level {
        0 => key.kind.to_owned(),
        level => format!("{}-{level}", key.kind),
    }
}

fn changes(changes: &[GoalChange]) -> Vec<ChangeJson> {
    changes
        .iter()
        .map(|change| ChangeJson {
            goal: goal_id(change.key),
            unit: change.key.unit.to_owned(),
            change: exact_text(&change.change),
        })
        .collect()
}

fn texts(numbers: &[Exact]) -> Vec<String> {
    numbers.iter().map(exact_text).collect()
}

fn money(euro: Euro) -> String {
    file_euro(i128::from(euro.cents()))
}

fn cell(model: &Model, cell: &Cell) -> CellJson {
    CellJson {
        fund: cell.fund.map(|fund| model.fund(fund).id.clone()),
        action: cell.action.map(|action| model.action(action).id.clone()),
        zone: cell.zone.map(|zone| model.zone(zone).id.clone()),
        year: cell.year,
    }
}

fn side(side: &Side) -> SideJson {
    SideJson {
        on: side.on.word().to_owned(),
        rates: side.rates.iter().map(rate).collect(),
        step: exact_text(&side.step),
    }
}

fn rate(rate: &Rate) -> RateJson {
    RateJson {
        goal: goal_id(rate.key),
        unit: rate.key.unit.to_owned(),
        change: exact_text(&rate.change),
        holds: exact_text(&rate.holds),
        is_end: rate.is_end,
    }
}

fn fund(model: &Model, price: &FundPrice) -> FundPriceJson {
    let fund = model.fund(price.fund);
    FundPriceJson {
        fund: fund.id.clone(),
        name: fund.name.clone(),
        year: price.year,
        zone: price.zone.map(|zone| model.zone(zone).id.clone()),
        amount: money(price.amount),
        more: side(&price.more),
        less: side(&price.less),
    }
}

fn rule(model: &Model, price: &RulePrice) -> RulePriceJson {
    RulePriceJson {
        rule: price.rule.clone(),
        title: price.title.clone(),
        law: price.law.clone(),
        place: cell(model, &price.place),
        unit: price.unit.to_owned(),
        bound: exact_text(&price.bound),
        relaxed: side(&price.relaxed),
        tightened: side(&price.tightened),
    }
}
