//! 5. What a solution means for funds, actions and zones: the proposal, exact to the cent.

mod assemble;
mod cents;
mod certify;
mod conflict;
mod derived;
mod exported;
mod fill;
mod holding;
mod indivisible;
mod joint;
mod lines;
mod moved;
#[cfg(test)]
mod off;
mod reasons;
mod repair;
mod standing;
mod transcript;
mod whole;

pub use assemble::{Outcome, ProposeError, figures, from_plan, propose};
pub(crate) use cents::moved_by_rounding;
pub(crate) use conflict::{conflict_line, is_proved, provable};
pub use exported::{Exported, Wanted};
pub(crate) use holding::plan_with;
pub(crate) use indivisible::{lacks_elsewhere, step};
pub use lines::{
    FundLine, GoalLine, LedgerLine, PickLine, RuleLine, RuleStatus, UnmetLine, UnmetReason,
    WholeBound, WholeLine, ZoneLine,
};
pub use moved::{Moved, ZoneShare};
pub(crate) use reasons::{Room, open_by_rounding};

use crate::model::Strength;
use crate::sheet::{Certificate, Sheet};

/// A proposal: the ledger, what it means, and the proof.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Whether every goal was solved; otherwise a limit was reached, and only the goals listed are proved.
    pub complete: bool,
    /// What the units of the plan earned: part of what the funds have.
    pub earned: crate::units::Euro,
    /// Planned euro, never zero, in order of fund, action, zone, year.
    pub ledger: Vec<LedgerLine>,
    /// Every instance of every rule and match, in the order of the model.
    pub rules: Vec<RuleLine>,
    /// What is not covered, and why, in order of action, zone, year.
    pub unmet: Vec<UnmetLine>,
    /// Need and coverage, in order of zone, year.
    pub zones: Vec<ZoneLine>,
    /// Where each fund-year's money went, in order of fund, year.
    pub funds: Vec<FundLine>,
    /// What is proved for each goal, in order.
    pub goals: Vec<GoalLine>,
    /// What is known of the pick.
    pub pick: PickLine,
    /// The whole numbers chosen; none where nothing is whole.
    pub whole: Option<WholeLine>,
    /// The rows that could not hold in whole cents, with their excess; empty in all but pathological models.
    pub excess: Vec<(String, i128)>,
    /// The programme in integers.
    pub sheet: Sheet,
    /// The value of each column of the sheet, in cents.
    pub values: Vec<i64>,
    /// The claim and its proof.
    pub certificate: Certificate,
    /// The solver that guessed, with its version.
    pub solver: String,
}

/// What a plan comes to, in whole cents: a [`Proposal`] without texts and without its dossier.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Whether every goal was solved.
    pub complete: bool,
    /// What the units of the plan earned: part of what the funds have.
    pub earned: crate::units::Euro,
    /// Planned euro, never zero, in order of fund, action, zone, year.
    pub ledger: Vec<LedgerLine>,
    /// Need and coverage, in order of zone, year.
    pub zones: Vec<ZoneLine>,
    /// Where each fund-year's money went, in order of fund, year.
    pub funds: Vec<FundLine>,
    /// What is proved for each goal, in order.
    pub goals: Vec<GoalLine>,
    /// What is known of the pick.
    pub pick: PickLine,
    /// The rows that could not hold in whole cents, with their excess.
    pub excess: Vec<(String, i128)>,
}

/// No allocation obeys every hard rule: which ones cannot hold together, and by how much.
#[derive(Clone, Debug)]
pub struct Infeasible {
    /// Rules, funds and needs that cannot hold together; without any one of them the others can.
    pub conflict: Vec<ConflictLine>,
    /// Whether it takes whole numbers to be infeasible: that is the solver's word, without a proof.
    pub whole: bool,
    /// The least total violation of the conflicting rows, as the solver sees it: what is missing, in euro.
    pub shortfall: Option<crate::units::Euro>,
    /// The programme in integers.
    pub sheet: Sheet,
    /// The claim and its proof.
    pub certificate: Certificate,
    /// The solver that guessed, with its version.
    pub solver: String,
}

/// One member of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictLine {
    /// Code: a rule or match id, `fund:ID`, or `need:ACTION`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// The law, cited; empty for needs.
    pub law: String,
    /// Strength of a rule.
    pub strength: Option<Strength>,
}
