//! How a formula riparto came about: what is taken off first, what each zone has of each indicator, its share, its limits.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedMul};

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
    /// The amount of the fund.
    pub total: Euro,
    /// What is taken off it first, in order.
    pub deductions: Vec<Deducted>,
    /// What is divided by shares: the amount less the deductions.
    pub divided: Euro,
    /// Zones that take part, ascending.
    pub zones: Vec<ZoneIdx>,
    /// Weighted indicators; none where shares are fixed.
    pub parts: Vec<FormulaPart>,
    /// Share of each zone by the formula, before any limit; together one, or less where they are fixed.
    pub shares: Vec<Exact>,
    /// The least each zone must get, where there is a floor.
    pub floors: Option<Vec<Euro>>,
    /// The most each zone may get, where there is a ceiling.
    pub ceilings: Option<Vec<Option<Euro>>>,
    /// What deductions give each zone.
    pub given: Vec<Euro>,
    /// What each zone gets, deductions for it included.
    pub amounts: Vec<Euro>,
    /// What is divided less what the zones get of it: nobody's; below zero where rows rounded alone exceed it.
    pub left: Euro,
}

/// Something taken off the amount of a fund before the formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deducted {
    /// What it is for.
    pub name: String,
    /// How much.
    pub euro: Euro,
    /// What of it goes to each zone; nothing where it stays out of the zones.
    pub zones: BTreeMap<ZoneIdx, Euro>,
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

    /// What the rows must come to: what is divided, and what deductions give zones.
    #[must_use]
    pub fn to_zones(&self) -> Option<Euro> {
        let given = Euro::checked_sum(self.given.iter().copied())?;
        self.divided.checked_add(given)
    }

    /// Values, share, amount of each zone by year and fund.
    #[must_use]
    pub fn by_fund_year(formulas: &[Self]) -> BTreeMap<(FundIdx, Year), &Self> {
        formulas
            .iter()
            .map(|formula| ((formula.fund, formula.year), formula))
            .collect()
    }

    /// Whether any zone has a floor or a ceiling.
    #[must_use]
    pub fn has_limits(&self) -> bool {
        self.floors.is_some() || self.ceilings.is_some()
    }

    /// Whether the floor gives a zone more than the formula does.
    #[must_use]
    pub fn is_raised(&self, position: usize) -> bool {
        let floor = self.floors.as_ref().and_then(|floors| floors.get(position));
        let by_formula = self.by_formula(position);
        floor
            .zip(by_formula)
            .is_some_and(|(floor, by_formula)| floor.to_exact() > by_formula)
    }

    /// Whether the ceiling gives a zone less than the formula does.
    #[must_use]
    pub fn is_lowered(&self, position: usize) -> bool {
        let ceilings = self.ceilings.as_ref();
        let ceiling = ceilings.and_then(|ceilings| ceilings.get(position).copied().flatten());
        let by_formula = self.by_formula(position);
        ceiling
            .zip(by_formula)
            .is_some_and(|(ceiling, by_formula)| ceiling.to_exact() < by_formula)
    }

    /// What a zone would get without limits and rounding.
    fn by_formula(&self, position: usize) -> Option<Exact> {
        let share = self.shares.get(position)?;
        let given = self.given.get(position).copied().unwrap_or_default();
        let own = share.checked_mul(&self.divided.to_exact())?;
        own.checked_add(&given.to_exact())
    }
}
