//! The answers about places and conflicts, for programs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CellJson, ChangeJson, cell, changes, money};
use crate::explain::{
    Cell, Conflict, ConflictSet, Forced, Obstacle, Repair, Trace, WhyNot, WorstZone,
};
use crate::model::{Model, Strength};
use crate::units::{Euro, exact_text};

/// A zone that is served worse than others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WorstZoneJson {
    /// Code of the zone.
    pub zone: String,
    /// Its name.
    pub name: String,
    /// Its need over the plan.
    pub need: String,
    /// What is covered.
    pub covered: String,
    /// Unmet need by reason, the largest first.
    pub reasons: Vec<ReasonJson>,
    /// Code of the action with the largest unmet need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// How much of it is not met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action_euro: Option<String>,
}

/// Unmet need of one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReasonJson {
    /// `not_eligible`, `exhausted`, `rule`, `outranked`, `deadline`, `indivisible`, `rounding`.
    pub reason: String,
    /// How much.
    pub euro: String,
}

/// Why a place gets nothing or not more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WhyNotJson {
    /// The place.
    pub cell: CellJson,
    /// What it gets.
    pub paid: String,
    /// What it needs, where that has a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// What stands in the way.
    pub obstacles: Vec<ObstacleJson>,
    /// `costs`: forcing it changes the goals as in `changes`; `impossible`: no plan has it; `nothing`: nobody may pay there; `unknown`.
    pub forced: String,
    /// Change of each goal per euro forced into the place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeJson>,
    /// The step with which it was found.
    pub step: String,
    /// Whether units and projects were chosen anew for it.
    pub whole_anew: bool,
}

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ObstacleJson {
    /// `no_need`, `met`, `not_eligible`, `nature`, `deadline`, `no_money`, `exhausted`, `rule`, `indivisible`, `rounding`, `outranked`, `equal`.
    pub reason: String,
    /// Code of the fund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    /// Code of the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The law, cited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// The goal that would lose first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// Who has the money.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<HolderJson>,
    /// Of a project: another part of it that has too little money, and how much is missing there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lacks: Option<HolderJson>,
    /// In how many of the places asked about it stands in the way.
    pub cases: usize,
}

/// A place that has money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HolderJson {
    /// Where.
    pub place: CellJson,
    /// How much.
    pub euro: String,
}

/// Why an amount is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TraceJson {
    /// The place.
    pub cell: CellJson,
    /// What it has.
    pub amount: String,
    /// The steps, in order.
    pub steps: Vec<TraceStepJson>,
}

/// A step of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TraceStepJson {
    /// `indicator`, `formula`, `assigned`, `floor`, `cap`, `goal`, `pick`, `rounding`.
    pub kind: String,
    /// Code of what acts: an indicator, a rule, a goal with its level, a fund.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Title, of rules.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The law, cited.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub law: String,
    /// Which fund, zone and year it is about.
    pub place: CellJson,
    /// The figure.
    pub value: String,
    /// What it is a part of or is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Weight of an indicator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// `euro`, `units`, `zones`, `projects`, `amounts`; empty for indicators.
    pub unit: String,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictJson {
    /// Sets that share no rule but those taken as given.
    pub sets: Vec<ConflictSetJson>,
    /// Codes of rules taken as given.
    pub forced: Vec<String>,
    /// What would do: the cheapest repair by rules, then by money alone.
    pub repairs: Vec<RepairJson>,
    /// Whether the search ended at its limit of time: then sets may name more than they need, and there may be repairs that were not
    /// found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub limited: bool,
}

/// What cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictSetJson {
    /// Its members.
    pub members: Vec<ConflictMemberJson>,
    /// By how much it fails at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortfall: Option<String>,
    /// Whether whole numbers alone make it so.
    pub whole: bool,
    /// Whether exact arithmetic shows that they cannot hold together.
    pub proved: bool,
    /// Whether for each member a plan in whole cents was found in which all the others hold.
    pub irreducible: bool,
}

/// A member of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictMemberJson {
    /// Code: a rule or match, `fund:ID`, `need:ACTION`.
    pub id: String,
    /// Title.
    pub title: String,
    /// The law, cited.
    pub law: String,
    /// `law`, `plan`; empty for funds and needs.
    pub strength: String,
    /// Whether it was taken as given.
    pub forced: bool,
    /// In how many places it takes part.
    pub cases: usize,
    /// The first of them.
    pub first: CellJson,
    /// What a fund has over the plan, or what a need is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
}

/// The cheapest repair of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RepairJson {
    /// `plan`: plan rules alone; `law`: laws too, as nothing else does; `money`: money alone.
    pub kind: String,
    /// What is moved.
    pub steps: Vec<RepairStepJson>,
    /// Whether a plan in whole cents was found in the repaired model.
    pub checked: bool,
}

/// One bound that a repair moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RepairStepJson {
    /// Code.
    pub id: String,
    /// Title.
    pub title: String,
    /// The law, cited.
    pub law: String,
    /// Its strength; empty where it has none.
    pub strength: String,
    /// Which instance.
    pub place: CellJson,
    /// `euro`, `units`, `zones` or `projects`.
    pub unit: String,
    /// Whether the bound rises (a cap, money) or falls (a floor).
    pub rises: bool,
    /// By how much.
    pub by: String,
    /// The bound as it is, where it is a fixed number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

pub(super) fn worst(model: &Model, of: &WorstZone) -> WorstZoneJson {
    let reasons = of.reasons.iter().map(|(reason, euro)| ReasonJson {
        reason: reason.word().to_owned(),
        euro: money(*euro),
    });
    let zone = model.zone(of.zone);
    WorstZoneJson {
        zone: zone.id.clone(),
        name: zone.name.clone(),
        need: money(of.need),
        covered: money(of.covered),
        reasons: reasons.collect(),
        action: of.action.map(|(action, _)| model.action(action).id.clone()),
        action_euro: of.action.map(|(_, euro)| money(euro)),
    }
}

pub(super) fn why_not(model: &Model, of: &WhyNot) -> WhyNotJson {
    WhyNotJson {
        cell: cell(model, &of.cell),
        paid: money(of.paid),
        need: of.need.map(money),
        obstacles: of
            .obstacles
            .iter()
            .map(|obstacle| self::obstacle(model, obstacle))
            .collect(),
        forced: match &of.forced {
            Forced::Nothing => "nothing",
            Forced::Impossible => "impossible",
            Forced::Costs(_) => "costs",
            Forced::Unknown => "unknown",
        }
        .to_owned(),
        changes: match &of.forced {
            Forced::Costs(costs) => changes(costs),
            _ => Vec::new(),
        },
        step: exact_text(&of.step),
        whole_anew: of.whole_anew,
    }
}

fn obstacle(model: &Model, of: &Obstacle) -> ObstacleJson {
    let at = |(place, euro): &(Cell, Euro)| HolderJson {
        place: cell(model, place),
        euro: money(*euro),
    };
    let goal = of.goal.and_then(|goal| model.goals.get(goal));
    ObstacleJson {
        reason: of.reason.word().to_owned(),
        fund: of.fund.map(|fund| model.fund(fund).id.clone()),
        rule: of.rule.clone(),
        law: of.law.clone(),
        goal: goal.map(|goal| goal.word().to_owned()),
        holders: of.holders.iter().map(at).collect(),
        lacks: of.lacks.as_ref().map(at),
        cases: of.cases,
    }
}

pub(super) fn trace(model: &Model, of: &Trace) -> TraceJson {
    let steps = of.steps.iter().map(|step| TraceStepJson {
        kind: step.kind.word().to_owned(),
        code: step.code.clone(),
        title: step.title.clone(),
        law: step.law.clone(),
        place: cell(model, &step.place),
        value: exact_text(&step.value),
        of: step.of.as_ref().map(exact_text),
        weight: step.weight.as_ref().map(exact_text),
        unit: step.unit.to_owned(),
    });
    TraceJson {
        cell: cell(model, &of.cell),
        amount: money(of.amount),
        steps: steps.collect(),
    }
}

/// The answer about a conflict, for programs.
pub(crate) fn conflict(model: &Model, of: &Conflict) -> ConflictJson {
    ConflictJson {
        sets: of.sets.iter().map(|set| self::set(model, set)).collect(),
        forced: of.forced.clone(),
        repairs: of
            .repairs
            .iter()
            .map(|repair| self::repair(model, repair))
            .collect(),
        limited: of.limited,
    }
}

fn set(model: &Model, of: &ConflictSet) -> ConflictSetJson {
    let members = of.members.iter().map(|member| ConflictMemberJson {
        id: member.line.id.clone(),
        title: member.line.title.clone(),
        law: member.line.law.clone(),
        strength: member.line.strength.map_or("", Strength::word).to_owned(),
        forced: member.forced,
        cases: member.cases,
        first: cell(model, &member.first),
        total: member.total.map(money),
    });
    ConflictSetJson {
        members: members.collect(),
        shortfall: of.shortfall.map(money),
        whole: of.whole,
        proved: of.proved,
        irreducible: of.irreducible,
    }
}

fn repair(model: &Model, of: &Repair) -> RepairJson {
    let steps = of.steps.iter().map(|step| RepairStepJson {
        id: step.id.clone(),
        title: step.title.clone(),
        law: step.law.clone(),
        strength: step.strength.map_or("", Strength::word).to_owned(),
        place: cell(model, &step.place),
        unit: step.unit.to_owned(),
        rises: step.rises,
        by: exact_text(&step.by),
        from: step.from.as_ref().map(exact_text),
    });
    RepairJson {
        kind: of.kind.word().to_owned(),
        steps: steps.collect(),
        checked: of.checked,
    }
}
