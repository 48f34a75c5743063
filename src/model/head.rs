//! How a proposal is told: who proposes and signs it, and in which order its funds stand. Nothing in a plan depends on it.

use super::FundIdx;

/// The head of a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Office that proposes the act.
    pub office: Option<String>,
    /// Who signs it, by office or name.
    pub signatory: Option<String>,
    /// The funds as the model lists them, where it says that they are told so; else the largest comes first.
    pub listed: Option<Vec<FundIdx>>,
}
