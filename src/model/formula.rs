//! How a formula riparto came about: what each zone has of each indicator, its share, its floor.

use std::collections::BTreeMap;

use super::index::{FundIdx, ZoneIdx};
use super::rule::Law;
use crate::units::{Euro, Exact, Year};

/// A formula riparto of a fund in a year, with everything it was computed from. Lists over zones are in the order of `zones`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaYear {
    /// The fund.
    pub fund: FundIdx,
    /// The year of the money.
    pub year: Year,
    /// Where the formula comes from.
    pub law: Option<Law>,
    /// What is divided.
    pub total: Euro,
    /// Zones that take part, ascending.
    pub zones: Vec<ZoneIdx>,
    /// Weighted indicators.
    pub parts: Vec<FormulaPart>,
    /// Share of each zone by the formula, before any floor; together one.
    pub shares: Vec<Exact>,
    /// The least each zone must get, where there is a floor.
    pub floors: Option<Vec<Euro>>,
    /// What each zone gets.
    pub amounts: Vec<Euro>,
}

/// An indicator of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaPart {
    /// The indicator or expression, as written.
    pub indicator: String,
    /// Its year.
    pub year: Year,
    /// Its weight; the weights of a formula are one together.
    pub weight: Exact,
    /// Its value in each zone.
    pub values: Vec<Exact>,
}

impl FormulaYear {
    /// The position of a zone in the lists.
    #[must_use]
    pub fn position(&self, zone: ZoneIdx) -> Option<usize> {
        self.zones.binary_search(&zone).ok()
    }

    /// Values, share, amount of each zone by year and fund.
    #[must_use]
    pub fn by_fund_year(formulas: &[Self]) -> BTreeMap<(FundIdx, Year), &Self> {
        formulas
            .iter()
            .map(|formula| ((formula.fund, formula.year), formula))
            .collect()
    }

    /// Whether the floor gives a zone more than the formula does.
    #[must_use]
    pub fn is_raised(&self, position: usize) -> bool {
        let floor = self.floors.as_ref().and_then(|floors| floors.get(position));
        let share = self.shares.get(position);
        match (floor, share) {
            (Some(floor), Some(share)) => floor.to_exact() > *share * self.total.to_exact(),
            _ => false,
        }
    }
}
