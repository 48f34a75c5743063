//! 3. The programme: a [`Model`](crate::model::Model) as rows and columns of whole numbers, with names and laws.
//!
//! One family of rows per file in [`rows`]. A share of a *known* amount becomes a constant in cents here, so that most
//! earmarks leave the matrix a network, whose optimum is whole cents without rounding: the families `fund`, `need`,
//! `max_share`, `carry` and the constant rows of `rule` are network rows (coefficients of one sign and size). Shares of
//! *variable* totals, units, bands, proportions, `persistent` and `level` rows are not.

mod builder;
mod earned;
mod error;
mod flow;
mod impossible;
mod objective;
mod program;
pub mod rows;
pub mod write;

pub use builder::{build, build_in_full, loosen};
pub use earned::{build_to_choose, build_to_choose_in_full, raised, settled};
pub use error::BuildError;
pub use impossible::{Impossible, impossible};
pub use objective::{LevelUnit, Objective, SHORTFALL_SCALE, append_level, level_units, objectives};
pub use program::{
    COUNT_SCALE, Column, ColumnKey, Family, Instance, InstanceBound, LinearProgram, Origin, Place,
    Row, activity,
};
