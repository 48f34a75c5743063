//! Money that the plan itself earns: so much for each unit it pays for, between thresholds (T30).

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul, CheckedSub, Zero};

use super::index::{ActionIdx, FundIdx, ZoneIdx};
use super::rule::Law;
use crate::units::{Euro, Exact, Year};

/// A band of an earning: so much for each unit between two thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarnedBand {
    /// Where it begins, in units, by zone and year.
    pub from: BTreeMap<(ZoneIdx, Year), Exact>,
    /// Where it ends.
    pub to: BTreeMap<(ZoneIdx, Year), Exact>,
    /// For each unit in between.
    pub euro: Euro,
}

/// What each zone earns for the units it has: those that are there already and those the plan pays for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earning {
    /// The fund that the money goes to, in the zone that earned it.
    pub fund: FundIdx,
    /// The action whose units count; it comes in whole units.
    pub action: ActionIdx,
    /// Units that are there already, by zone and year.
    pub already: BTreeMap<(ZoneIdx, Year), Exact>,
    /// Bands, each beginning where the one before ends, with ever less for a unit.
    pub bands: Vec<EarnedBand>,
    /// Years between earning and money.
    pub lag: i32,
    /// Where it comes from.
    pub law: Law,
}

impl Earning {
    /// What a zone earns in a year with so many units paid for, rounded half up to the cent; `None` when figures overflow.
    #[must_use]
    pub fn euro(&self, pair: (ZoneIdx, Year), units: &Exact) -> Option<Euro> {
        let number = self.already.get(&pair)?.checked_add(units)?;
        let mut earned = Exact::zero();
        for band in &self.bands {
            let (from, to) = (band.from.get(&pair)?, band.to.get(&pair)?);
            let within = number.min(*to).checked_sub(from)?.max(Exact::zero());
            earned = earned.checked_add(&within.checked_mul(&band.euro.to_exact())?)?;
        }
        Euro::round_of(&earned)
    }
}
