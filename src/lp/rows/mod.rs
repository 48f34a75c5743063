//! One family of rows per file.

pub(crate) mod band;
pub(crate) mod bound;
pub(crate) mod carried_floor;
pub(crate) mod change;
pub(crate) mod claim;
pub(crate) mod count;
pub(crate) mod fund;
pub(crate) mod goal;
pub(crate) mod matching;
pub(crate) mod need;
pub(crate) mod partition;
pub(crate) mod rule;
pub(crate) mod whole;
