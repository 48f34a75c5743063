//! Zones (*ambiti territoriali sociali*, *zone-distretto*): dated places with indicators and attributes.

use std::collections::BTreeMap;

use super::index::ZoneIdx;
use crate::units::{Exact, Year};

/// A zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Code, unique.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// First year in which the zone exists.
    pub from: Option<Year>,
    /// Last year in which the zone exists.
    pub to: Option<Year>,
    /// Codes of the zones it came from.
    pub replaces: Vec<String>,
    /// Text columns of `zones.csv`, by name.
    pub attributes: BTreeMap<String, String>,
}

impl Zone {
    /// Whether the zone exists in a year.
    #[must_use]
    pub fn exists_in(&self, year: Year) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

/// Exact indicators: a dated value goes before the undated one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indicators {
    /// By name and zone: the undated value.
    pub undated: BTreeMap<(String, ZoneIdx), Exact>,
    /// By name and zone: the dated values by year.
    pub dated: BTreeMap<(String, ZoneIdx), BTreeMap<Year, Exact>>,
}

impl Indicators {
    /// The value of an indicator for a zone and year: of that year, else of the latest earlier year, else the undated one.
    #[must_use]
    pub fn value(&self, name: &str, zone: ZoneIdx, year: Year) -> Option<Exact> {
        let key = (name.to_owned(), zone);
        self.dated
            .get(&key)
            .and_then(|by_year| by_year.range(..=year).next_back())
            .map(|(_, value)| *value)
            .or_else(|| self.undated.get(&key).copied())
    }
}
