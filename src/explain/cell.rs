//! A place of the plan that somebody asks about.

use crate::model::{ActionIdx, FundIdx, ZoneIdx};
use crate::units::Year;

/// Fund, action, zone and year; what is not given is any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Who would pay.
    pub fund: Option<FundIdx>,
    /// For what.
    pub action: Option<ActionIdx>,
    /// Where.
    pub zone: Option<ZoneIdx>,
    /// When.
    pub year: Option<Year>,
}
