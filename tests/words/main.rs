//! The words: one for one thing in Italian, no English in Italian, articles and plurals that agree, and a README that shows what the program says.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod glossary;
mod italian;
#[cfg(feature = "highs")]
mod readme;
mod screen;
mod shared;
