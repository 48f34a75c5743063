//! The model's own rules, evaluated on the ledger by an evaluator of its own, written from `docs/model-format.md`.

mod band;
mod exact;
mod goals;
mod instance;
mod matching;
mod needs;
mod partition;
mod plan;
mod purse;
mod rules;
mod sheet;
mod tables;
#[cfg(test)]
mod tests;

pub(crate) use plan::Plan;
pub(crate) use sheet::check_sheet;
pub(crate) use tables::check_tables;

use super::report::Report;
use rules::Standing;

/// Checks the ledger against the model; gives how every instance of every rule and match stands.
pub(crate) fn check_plan(plan: &Plan<'_>, report: &mut Report) -> Vec<Standing> {
    let costs = needs::costs(plan.model);
    report.add(needs::check_eligibility(plan, &costs));
    report.add(needs::check_needs(plan, &costs));
    report.add(needs::check_max_shares(plan, &costs));
    report.add(needs::check_persistent(plan));
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
    report.add(goals::check(plan, &leaving));
    standings
}
