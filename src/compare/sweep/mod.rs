//! Sweeps in a comparison: held against a plan, against their own base, or against another sweep.

mod columns;
mod held;
mod lines;
mod run;
mod text;
mod write;

pub use held::{Against, Figure, Held, QUANTILES, SeriesRow, Share, Spread};
pub use run::SweepRun;
pub use text::of_held;
pub use write::{BaselineJson, HeldJson, SweepsJson, csv_of, json_of};
