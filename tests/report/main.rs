//! The proposal as tables: every number comes back from every format, every total closes, nothing runs.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod back;
mod catalogue;
mod checks;
mod command;
mod docx;
mod figures;
mod national;
mod payloads;
mod safe;
mod shared;
