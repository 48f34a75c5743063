//! The pick in `summary.json`: which plan among equals, and what it moves from zone to zone.

use serde::{Deserialize, Serialize};

use crate::model::{FundIdx, Model};
use crate::proposal::{Moved, Proposal, ZoneShare};
use crate::report::number::file_ratio;

/// What is known of the pick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryPick {
    /// `riparto` or `last_year`.
    pub nearest: String,
    /// `proved` or `not proved`.
    pub status: String,
    /// What the plan moves from zone to zone beside the amounts it keeps near to, all funds.
    #[serde(flatten)]
    pub all: SummaryMoved,
    /// The exact nearest plan differs from the proposal by no more than this, all differences together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// No plan as good on every goal is nearer to the target by more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearer: Option<String>,
    /// Fund by fund.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funds: Vec<SummaryMoved>,
}

/// Money moved from zone to zone: more for some than their part, in proportion to the amounts kept near to, of what is spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryMoved {
    /// Fund code; absent for all funds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    /// Euro that zones get more than their part, as much as others get less. Money that waits or is lost is not moved.
    pub distance: String,
    /// Euro spent of the money that could be moved: pools, with what is carried.
    pub spent: String,
    /// `distance / spent`; absent where nothing is spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// The zone that gains most in proportion to its part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<SummaryShare>,
    /// The zone that loses most in proportion to its part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<SummaryShare>,
}

/// What a zone gets beside its part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryShare {
    /// Zone code.
    pub zone: String,
    /// Its part of what is spent.
    pub due: String,
    /// What it gets.
    pub euro: String,
    /// `(euro - due) / due`.
    pub share: String,
}

/// The pick of a proposal.
pub(super) fn picked(model: &Model, proposal: &Proposal) -> SummaryPick {
    SummaryPick {
        nearest: proposal.pick.nearest.to_owned(),
        status: pick_status(proposal).to_owned(),
        all: moved(model, None, &proposal.pick.all),
        funds: proposal
            .pick
            .funds
            .iter()
            .map(|(fund, of)| moved(model, Some(*fund), of))
            .collect(),
        within: proposal.pick.within.map(|euro| euro.to_string()),
        nearer: proposal.pick.nearer.map(|euro| euro.to_string()),
    }
}

pub(super) fn pick_status(proposal: &Proposal) -> &'static str {
    if proposal.pick.proved {
        "proved"
    } else {
        "not proved"
    }
}

fn moved(model: &Model, fund: Option<FundIdx>, of: &Moved) -> SummaryMoved {
    let share = |share: ZoneShare| SummaryShare {
        zone: model.zone(share.zone).id.clone(),
        due: share.due.to_string(),
        euro: share.paid.to_string(),
        share: share.off().as_ref().map(file_ratio).unwrap_or_default(),
    };
    SummaryMoved {
        fund: fund.map(|fund| model.fund(fund).id.clone()),
        distance: of.moved.to_string(),
        spent: of.spent.to_string(),
        share: of.share().as_ref().map(file_ratio),
        most: of.most().map(share),
        least: of.least().map(share),
    }
}
