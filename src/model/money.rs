//! Amounts of the funds.

use std::collections::BTreeMap;

use super::fund::Confidence;
use super::index::{FundIdx, ZoneIdx};
use crate::units::{Euro, Year};

/// One row of `amounts.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The fund.
    pub fund: FundIdx,
    /// The funding year; years before the plan are kept for reference.
    pub year: Year,
    /// The zone the money belongs to; `None` is a pool.
    pub zone: Option<ZoneIdx>,
    /// The amount.
    pub euro: Euro,
    /// The act that assigns it.
    pub act: String,
    /// How sure the figure is.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: String,
}

/// Who decides where a fund-year goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assigned {
    /// The programme.
    Pool(Euro),
    /// Each zone has its own.
    Zones(BTreeMap<ZoneIdx, Euro>),
}

/// Money of one fund in one year of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundYear {
    /// Pool or by zone.
    pub assigned: Assigned,
    /// The total, equal to the sum over the zones where it is by zone.
    pub total: Euro,
    /// How much of the total is official, derived, estimate.
    pub by_confidence: BTreeMap<Confidence, Euro>,
}

impl FundYear {
    /// Money that belongs to a zone; `None` if the fund-year is a pool.
    #[must_use]
    pub fn of_zone(&self, zone: ZoneIdx) -> Option<Euro> {
        match &self.assigned {
            Assigned::Pool(_) => None,
            Assigned::Zones(by_zone) => Some(by_zone.get(&zone).copied().unwrap_or(Euro::ZERO)),
        }
    }
}
