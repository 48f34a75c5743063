//! Sweeps in a comparison: held against a plan, against their own base, or against another sweep.

mod columns;
mod held;
mod lines;
mod run;
mod spread;
#[cfg(feature = "cli")]
mod text;
mod write;

pub use held::{Against, Held, SeriesRow};
pub use run::SweepRun;
pub use spread::{Figure, QUANTILES, Share, Spread};
#[cfg(feature = "cli")]
pub use text::of_held;
pub use write::{BaselineJson, HeldJson, SweepsJson, csv_of, json_of};
