//! Plans held against each other: what changes in euro, coverage and goals, for whom, and what appears or disappears.
//!
//! Everything is read from the folders that `solve` published, and is refused where a file is not as it was written. Sums are
//! whole cents; a share is compared as an exact fraction and rounded only where it is shown. `sweep` does the same for what `sweep`
//! published: for every figure, where the scenarios lie.

mod error;
mod lines;
mod models;
#[cfg(feature = "cli")]
mod moves;
mod pair;
mod plan;
mod sweep;
mod table;
#[cfg(feature = "cli")]
mod text;
mod write;

pub use error::CompareError;
pub use lines::{Line, lines};
pub use models::{Shared, shared};
pub use pair::{ActionFigures, Change, GoalRow, Key, Pair, Row, RuleRow, Tally, coverage};
pub use plan::{FundFigures, Goal, Names, Plan, ZoneFigures};
#[cfg(feature = "cli")]
pub use sweep::of_held;
pub use sweep::{
    Against, BaselineJson, Figure, Held, HeldJson, QUANTILES, SeriesRow, Share, Spread, SweepRun,
    SweepsJson, csv_of, json_of,
};
pub(crate) use table::Rows;
#[cfg(feature = "cli")]
pub use text::of_pair;
pub use write::{COMPARE_FORMAT, CompareJson, LineJson, PairJson, PlanJson, TallyJson, csv, json};
