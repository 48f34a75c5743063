//! mappafondo: which euro, from which fund, pays for which action, in which zone, in which year, so that every
//! earmark holds, and why so.

pub mod annex;
pub mod compare;
pub mod disk;
pub mod explain;
pub mod input;
pub mod lp;
pub mod model;
pub mod problem;
pub mod proposal;
pub mod report;
pub mod roll;
pub mod run;
pub mod scenario;
pub mod sheet;
pub mod solve;
pub mod sweep;
pub mod tolerance;
pub mod units;
pub mod verify;
pub mod workbook;
