//! The model's own rules, evaluated on the ledger by an evaluator of its own, written from `docs/model-format.md`.

mod band;
mod change;
mod earned;
mod exact;
mod goals;
mod instance;
mod matching;
mod moved;
mod needs;
mod partition;
mod plan;
mod purse;
mod rules;
mod sheet;
mod summary;
mod summary_pick;
mod tables;
#[cfg(test)]
mod tests;
mod whole;
mod worth;
mod zones;

pub(crate) use earned::{with_earned, with_most};
pub(crate) use plan::Plan;
pub(crate) use purse::{amounts, last_year, may_move};
pub(crate) use sheet::check_sheet;
pub(crate) use summary::check_infeasible;

use std::collections::BTreeMap;

use crate::sheet::{Claim, GoalCertificate};

use super::report::Report;
use purse::Leaving;
use rules::Standing;

/// Checks the ledger against the model; gives what the tables and the summary are to say.
pub(crate) fn check_plan(
    plan: &Plan<'_>,
    goals: &[GoalCertificate],
    report: &mut Report,
) -> Evaluated {
    let costs = needs::costs(plan.model);
    report.add(needs::check_eligibility(plan, &costs));
    report.add(needs::check_needs(plan, &costs));
    report.add(needs::check_max_shares(plan, &costs));
    report.add(needs::check_persistent(plan));
    if let Some(tally) = whole::check(plan) {
        report.add(tally);
    }
    let (funds, leaving) = purse::check(plan);
    report.add(funds);
    let (rules, mut standings) = rules::check(plan, &leaving);
    report.add(rules);
    let (matches, more) = matching::check_matches(plan);
    report.add(matches);
    standings.extend(more);
    let (flat_rates, more) = matching::check_flat_rates(plan);
    report.add(flat_rates);
    standings.extend(more);
    report.add(matching::check_claims(plan));
    report.add(goals::check(plan, &leaving, goals));
    Evaluated { standings, leaving }
}

/// What was computed from the model and the ledger.
#[derive(Debug)]
pub(crate) struct Evaluated {
    /// How every instance of every rule and match stands.
    standings: Vec<Standing>,
    /// What may be left of each fund at the end of each year.
    leaving: Leaving,
}

/// Checks the tables and the summary above the dossier.
pub(crate) fn check_above(
    plan: &Plan<'_>,
    evaluated: &Evaluated,
    claim: &Claim,
    files: &BTreeMap<String, Vec<u8>>,
    report: &mut Report,
) {
    report.add(tables::check_tables(plan, &evaluated.standings, files));
    let summary = files.get("../summary.json").map_or(&[][..], Vec::as_slice);
    report.add(summary::check_proposal(
        plan,
        claim,
        &evaluated.leaving,
        summary,
    ));
}
