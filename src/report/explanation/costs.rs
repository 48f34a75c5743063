//! What laws cost, where slopes change, what is at risk, for programs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CellJson, ChangeJson, cell, changes, goal_id, money, texts};
use crate::explain::{
    BreakPoints, Cell, Curve, GoalPrice, LawPrice, Moved, Proof, Rescue, Risk, Shapley,
};
use crate::model::Model;
use crate::units::exact_text;

/// What a rule or act costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LawPriceJson {
    /// Codes of the rules left out.
    pub rules: Vec<String>,
    /// Title, or the act.
    pub title: String,
    /// The law, cited.
    pub law: String,
    /// Whether all rules of an act are left out.
    pub is_act: bool,
    /// Where they are left out; everywhere, where nothing is given.
    pub place: CellJson,
    /// The strongest of them: `law`, `plan`, `target`, `wish`.
    pub strength: String,
    /// What each goal gains without it.
    pub gains: Vec<ChangeJson>,
    /// How far each gain may be off.
    pub within: Vec<String>,
    /// `bounded`; `whole_kept` where whole numbers are those of the plan, so that the gain is at least so much; `whole_chosen` where they were
    /// chosen anew.
    pub proof: String,
    /// How many instances bind in the plan.
    pub binding: usize,
}

/// What a goal costs those after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoalPriceJson {
    /// The goal that is left out, as in `GoalJson::goal`; of one with levels the first.
    pub goal: String,
    /// Its position among the goals of the model, from 1.
    pub position: usize,
    /// What each goal after it gains; absent where that could not be computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gains: Option<Vec<ChangeJson>>,
    /// How far each gain may be off.
    pub within: Vec<String>,
    /// As of a rule.
    pub proof: String,
}

/// What all acts cost, split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShapleyJson {
    /// What each goal gains without any.
    pub total: Vec<ChangeJson>,
    /// The acts.
    pub acts: Vec<ActShareJson>,
    /// Whether all orders were looked at.
    pub is_exact: bool,
    /// Orders drawn.
    pub drawn: usize,
    /// The seed.
    pub seed: u64,
    /// How often the goals were solved.
    pub solves: usize,
}

/// The part of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActShareJson {
    /// The act.
    pub act: String,
    /// Codes of its rules.
    pub rules: Vec<String>,
    /// Its part of each goal.
    pub parts: Vec<ChangeJson>,
    /// Standard error of each part.
    pub errors: Vec<String>,
}

/// Break points of each goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BreakPointsJson {
    /// The fund or rule that is moved.
    pub moved: CellJson,
    /// Code of the rule, where a rule is moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Where it stands.
    pub now: String,
    /// From where there is a plan.
    pub from: String,
    /// To where there is one.
    pub to: String,
    /// Whether less leaves no plan.
    pub no_plan_below: bool,
    /// Whether more leaves no plan.
    pub no_plan_above: bool,
    /// Points of all goals, ready for a chart.
    pub points: Vec<BreakPointJson>,
    /// How often the goals were solved.
    pub solves: usize,
}

/// A row of the chart-ready table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BreakPointJson {
    /// As in `GoalJson::goal`.
    pub goal: String,
    /// `euro`, `bound` or `level`.
    pub unit: String,
    /// What is moved.
    pub at: String,
    /// The value of the goal.
    pub value: String,
    /// Slope on the left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Slope on the right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How much the value jumps here.
    pub jump: String,
    /// How far off the place may be.
    pub within: String,
}

/// Money lost at a deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RiskJson {
    /// Code of the fund.
    pub fund: String,
    /// Its name.
    pub name: String,
    /// The years at whose end money is lost.
    pub years: Vec<LostJson>,
    /// The last year in which the first of it may be spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<i32>,
    /// How much is lost in all.
    pub lost: String,
    /// What would keep it.
    pub rescues: Vec<RescueJson>,
    /// What a year more would bring.
    pub extra_year: Vec<ChangeJson>,
}

/// Money lost at the end of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LostJson {
    /// The year.
    pub year: i32,
    /// How much.
    pub lost: String,
}

/// What would keep money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RescueJson {
    /// `need`, `eligibility`, `deadline`, `carry_over`, `rule`.
    pub change: String,
    /// Code of the rule that is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Where.
    pub place: CellJson,
    /// How much money it keeps.
    pub keeps: String,
    /// What it brings to the goals.
    pub gains: Vec<ChangeJson>,
}

pub(super) fn law(model: &Model, price: &LawPrice) -> LawPriceJson {
    LawPriceJson {
        rules: price.rules.clone(),
        title: price.title.clone(),
        law: price.law.clone(),
        is_act: price.is_act,
        place: cell(model, &price.place),
        strength: price.strength.word().to_owned(),
        gains: changes(&price.gains),
        within: texts(&price.within),
        proof: proof(price.proof).to_owned(),
        binding: price.binding,
    }
}

fn proof(of: Proof) -> &'static str {
    match of {
        Proof::Bounded => "bounded",
        Proof::WholeKept => "whole_kept",
        Proof::WholeChosen => "whole_chosen",
    }
}

pub(super) fn goal(price: &GoalPrice) -> GoalPriceJson {
    GoalPriceJson {
        goal: goal_id(price.key),
        position: price.key.goal.saturating_add(1),
        gains: price.solved.then(|| changes(&price.gains)),
        within: texts(&price.within),
        proof: proof(price.proof).to_owned(),
    }
}

pub(super) fn shapley(of: &Shapley) -> ShapleyJson {
    let acts = of.acts.iter().map(|act| ActShareJson {
        act: act.act.clone(),
        rules: act.rules.clone(),
        parts: changes(&act.parts),
        errors: texts(&act.errors),
    });
    ShapleyJson {
        total: changes(&of.total),
        acts: acts.collect(),
        is_exact: of.is_exact,
        drawn: of.drawn,
        seed: of.seed,
        solves: of.solves,
    }
}

pub(super) fn breakpoints(model: &Model, of: &BreakPoints) -> BreakPointsJson {
    let (moved, rule) = match &of.moved {
        Moved::Fund { fund, year, zone } => {
            let moved = Cell {
                fund: Some(*fund),
                action: None,
                zone: *zone,
                year: *year,
            };
            (cell(model, &moved), None)
        }
        Moved::Rule { rule } => (CellJson::default(), Some(rule.clone())),
    };
    BreakPointsJson {
        moved,
        rule,
        now: exact_text(&of.now),
        from: exact_text(&of.ends.0),
        to: exact_text(&of.ends.1),
        no_plan_below: of.no_plan.0,
        no_plan_above: of.no_plan.1,
        points: of.curves.iter().flat_map(points).collect(),
        solves: of.solves,
    }
}

fn points(curve: &Curve) -> impl Iterator<Item = BreakPointJson> + '_ {
    curve.points.iter().map(|point| BreakPointJson {
        goal: goal_id(curve.key),
        unit: curve.key.unit.to_owned(),
        at: exact_text(&point.at),
        value: exact_text(&point.value),
        before: point.before.as_ref().map(exact_text),
        after: point.after.as_ref().map(exact_text),
        jump: exact_text(&point.jump),
        within: exact_text(&point.within),
    })
}

pub(super) fn risk(model: &Model, of: &Risk) -> RiskJson {
    let fund = model.fund(of.fund);
    let rescues = of.rescues.iter().map(|rescued| {
        let place = rescued.rescue.place();
        RescueJson {
            change: rescued.rescue.word().to_owned(),
            rule: match &rescued.rescue {
                Rescue::Rule { rule, .. } => Some(rule.clone()),
                _ => None,
            },
            place: place.map_or_else(CellJson::default, |place| cell(model, place)),
            keeps: money(rescued.keeps),
            gains: changes(&rescued.gains),
        }
    });
    let years = of.years.iter().map(|&(year, lost)| LostJson {
        year,
        lost: money(lost),
    });
    RiskJson {
        fund: fund.id.clone(),
        name: fund.name.clone(),
        years: years.collect(),
        deadline: of.deadline,
        lost: money(of.lost),
        rescues: rescues.collect(),
        extra_year: changes(&of.extra_year),
    }
}
