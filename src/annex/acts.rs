//! The acts behind the money of a fund: of one zone, or of all together.

use std::collections::{BTreeMap, BTreeSet};

use super::book::Book;
use crate::model::{FundIdx, ZoneIdx};
use crate::report::document::Cell;
use crate::report::words::annex as words;
use crate::units::Year;

/// More acts of single zones than these are counted, not listed, where a fund is named.
const MOST: usize = 3;

/// Acts by fund and year: those of each zone, and those of all zones together.
pub(super) struct Acts<'b> {
    known: BTreeMap<(FundIdx, Year), BTreeMap<Option<ZoneIdx>, BTreeSet<&'b str>>>,
}

impl<'b> Acts<'b> {
    pub(super) fn of(book: &Book<'b>) -> Self {
        let mut known: BTreeMap<_, BTreeMap<_, BTreeSet<&str>>> = BTreeMap::new();
        for amount in &book.model.amounts {
            let of_year = known.entry((amount.fund, amount.year)).or_default();
            let own = of_year.entry(amount.zone).or_default();
            own.insert(amount.act.as_str());
        }
        Self { known }
    }

    /// The acts behind the money of a zone: its own, and those of all zones together; the law of the fund where there is none.
    pub(super) fn cell(
        &self,
        book: &Book<'_>,
        fund: FundIdx,
        zone: Option<ZoneIdx>,
        year: Year,
    ) -> Cell {
        let of_year = self.known.get(&(fund, year));
        let acts =
            |of: Option<ZoneIdx>| of_year.and_then(|acts| acts.get(&of)).into_iter().flatten();
        let own = zone.into_iter().flat_map(|zone| acts(Some(zone)));
        let told: BTreeSet<&str> = own.chain(acts(None)).copied().collect();
        let told: Vec<&str> = if told.is_empty() {
            book.model.fund(fund).law.as_deref().into_iter().collect()
        } else {
            told.into_iter().collect()
        };
        Cell::law(told.join("; "), None)
    }

    /// The acts of a fund over the plan; those of single zones are counted where they are many.
    pub(super) fn of_fund(&self, book: &Book<'_>, fund: FundIdx) -> String {
        let years = &book.model.years;
        let of_fund = self.known.iter();
        let of_fund = of_fund.filter(|((of, year), _)| *of == fund && years.contains(year));
        let (mut all, mut own) = (BTreeSet::new(), BTreeSet::new());
        for (zone, acts) in of_fund.flat_map(|(_, acts)| acts) {
            let of = if zone.is_none() { &mut all } else { &mut own };
            of.extend(acts.iter().copied());
        }
        let mut told: Vec<String> = all.into_iter().map(str::to_owned).collect();
        if own.len() > MOST {
            let n = own.len().to_string();
            told.push(book.fill(words::ACTS_OF_ZONES, &[("n", &n)]));
        } else {
            told.extend(own.into_iter().map(str::to_owned));
        }
        told.join("; ")
    }
}
