//! What whole cents do to a plan that is exact: as little as they can.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "highs")]

#[path = "../common/mod.rs"]
mod common;
#[expect(dead_code, reason = "each test uses the part it needs")]
#[path = "../generator/random.rs"]
mod random;

mod brute;
mod cases;
mod flat_rates;
mod many_zones;
mod proportion;

use std::collections::BTreeMap;

use mappafondo::input::Inputs;
use mappafondo::model::{Language, Model};
use mappafondo::proposal::{Outcome, Proposal, propose};
use mappafondo::report::proposal_files;
use mappafondo::solve::Options;
use mappafondo::verify::verify_files;

type Files = BTreeMap<String, Vec<u8>>;

/// The plan of a model, checked as `solve` does before it publishes one.
fn checked(model: &Model, files: Files) -> Result<Proposal, String> {
    let proposal = match propose(model, &Options::default()) {
        Ok(Outcome::Proposal(proposal)) => proposal,
        Ok(Outcome::Infeasible(found)) => return Err(format!("no plan: {:?}", found.conflict)),
        Err(why) => return Err(format!("no answer: {why}")),
    };
    let written = proposal_files(model, &Inputs { files }, &proposal).unwrap();
    let report = verify_files(&written.files);
    if report.passed() {
        return Ok(*proposal);
    }
    let findings = report.findings.iter().filter(|finding| finding.failure);
    let found: Vec<String> = findings
        .map(|finding| finding.text(Language::English))
        .collect();
    Err(format!("not verified: {found:#?}"))
}
