//! The long random test: `make campaign CASES=100000`, or
//! `MAPPAFONDO_CASES=100000 cargo test --release --test campaign -- --ignored --nocapture campaign`.
//! `MAPPAFONDO_SEED` says from which seed, so that campaigns add up.

#![expect(clippy::print_stdout, reason = "counts are what a campaign is for")]

mod generator;

use generator::draw::draft;
use generator::run::{cases, first_seed, many, one};

#[test]
#[ignore = "a campaign of minutes to days"]
fn campaign() {
    let first = first_seed();
    let seen = many("campaign", cases(10_000), draft, one);
    println!("campaign: seeds {first} to {}", first + seen.cases - 1);
}
