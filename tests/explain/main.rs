//! Explanations: what a euro is worth, where that changes, what laws cost, what is at risk; every figure against a plan solved anew.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod breakpoints;
mod command;
mod conflict;
mod differences;
#[path = "../generator/mod.rs"]
mod generator;
mod goals;
mod laws;
mod lint;
mod mini;
mod prices;
mod risk;
mod trace;
mod truth;
mod why_not;
mod words;

use std::num::NonZeroUsize;
use std::path::Path;

use mappafondo::explain::{Ground, Side};
use mappafondo::input::read_model;
use mappafondo::model::{FundIdx, Model};
use mappafondo::proposal::{Proposal, from_plan};
use mappafondo::solve::Options;
use mappafondo::units::{Exact, parse_exact};

/// Two threads, so that nothing hangs on one.
const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// A model of the repository.
fn model(folder: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("models")
        .join(folder);
    read_model(&path).unwrap().0
}

fn ground(folder: &str) -> Ground {
    Ground::new(&model(folder), &Options::default()).unwrap()
}

fn plan(ground: &Ground) -> Proposal {
    from_plan(ground.model(), ground.base().plan())
}

fn fund(model: &Model, id: &str) -> FundIdx {
    model
        .fund_indices()
        .find(|fund| model.fund(*fund).id == id)
        .unwrap()
}

fn exact(text: &str) -> Exact {
    parse_exact(text).unwrap()
}

/// The rate of the first goal.
fn first(side: &Side) -> Exact {
    side.rates[0].change
}
