//! Running a sweep: blocks of scenarios to parts of Parquet files, a journal that survives everything, shards and their merge.
//!
//! A run is a folder. Its rows come in parts of a fixed number of scenarios by index, so that no byte depends on threads, shards or
//! interruptions. `docs/design/0008-sweep-runs.md` says why; `docs/sweep-results.md` has every column.

mod answer;
mod digest;
mod execute;
mod finished;
mod folder;
mod journal;
mod manifest;
mod merge;
mod parts;
mod rows;
mod source;
mod table;

pub use answer::{Answerer, Routes, Task};
pub use digest::{Digest, GoalDigest, Quantiles, Spread, digest, parse_value};
pub use execute::{Ended, Watch, execute};
pub use finished::finished_run;
pub use folder::{RunError, RunFolder};
pub use manifest::{MANIFEST_FORMAT, Manifest, Route, RunNames, Shard};
pub use merge::merge;
pub use parts::{Parts, TABLE_FORMAT, Tables};
pub use rows::{Answer, FundRow, GoalRow, LedgerRow, Row, ScenarioRow, Status, Totals, ZoneRow};
pub use source::{Case, Source, SweepSource};
pub use table::{Column, Table, TableError, Values};
