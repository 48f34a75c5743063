//! The page: every number on it is the plan's, nothing in it is active, everyone can read it.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod html;
mod inert;
mod numbers;
mod paper;
mod plan;
mod shape;
