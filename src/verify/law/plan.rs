//! What the evaluators look at: the model, and the plan by zone and year.

use std::collections::BTreeMap;

use crate::model::{ActionIdx, Demand, Fund, FundIdx, FundNature, Model, Nature, ZoneIdx};
use crate::sheet::{Sheet, SheetRow};
use crate::units::{Exact, Year};
use crate::verify::codes::{Codes, PayColumn, Place};
use crate::verify::ledger::Ledger;

/// What a fund pays for an action, in cents.
type Paid = (FundIdx, ActionIdx, i64);

/// A proposal to be evaluated.
pub(crate) struct Plan<'a> {
    pub(crate) model: &'a Model,
    pub(crate) codes: &'a Codes<'a>,
    pub(crate) ledger: &'a Ledger,
    pub(crate) sheet: &'a Sheet,
    pub(crate) values: &'a [i64],
    pub(crate) pays: &'a [PayColumn],
    /// The ledger again: fund, action and cents by zone and year.
    by_pair: BTreeMap<(ZoneIdx, Year), Vec<Paid>>,
    /// Rows that the certificate names as broken in whole cents, by code of rule and place.
    excused: Vec<(&'a SheetRow, Option<Place>)>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(
        model: &'a Model,
        codes: &'a Codes<'a>,
        ledger: &'a Ledger,
        sheet: &'a Sheet,
        values: &'a [i64],
        pays: &'a [PayColumn],
        excess: &[(u32, String)],
    ) -> Self {
        let mut by_pair: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (&(fund, action, zone, year), &cents) in ledger {
            by_pair
                .entry((zone, year))
                .or_default()
                .push((fund, action, cents));
        }
        let excused = excess
            .iter()
            .filter_map(|(row, _)| sheet.rows.get(usize::try_from(*row).ok()?))
            .map(|row| (row, codes.place(&row.scope)))
            .collect();
        Self {
            model,
            codes,
            ledger,
            sheet,
            values,
            pays,
            by_pair,
            excused,
        }
    }

    /// What is paid in a zone and year: fund, action, cents.
    pub(crate) fn paid_in(&self, zone: ZoneIdx, year: Year) -> &[(FundIdx, ActionIdx, i64)] {
        self.by_pair.get(&(zone, year)).map_or(&[], Vec::as_slice)
    }

    /// Whether the certificate says that a row of this rule and place cannot hold in whole cents.
    pub(crate) fn is_excused(&self, code: &str, place: &Place) -> bool {
        self.excused
            .iter()
            .any(|(row, at)| row.rule == code && at.as_ref() == Some(place))
    }

    /// As [`Plan::is_excused`], for rows without a rule.
    pub(crate) fn is_family_excused(&self, family: &str, place: &Place) -> bool {
        self.excused
            .iter()
            .any(|(row, at)| row.family == family && at.as_ref() == Some(place))
    }

    /// The fund behind an index, when the model has it.
    pub(crate) fn fund(&self, fund: FundIdx) -> Option<&'a Fund> {
        self.model.funds.get(fund.index())
    }

    /// The unit cost of an action in a year, in cents; zero when unknown.
    pub(crate) fn unit_cost(&self, action: ActionIdx, year: Year) -> i64 {
        let position = self.model.years.iter().position(|&y| y == year);
        position
            .and_then(|position| {
                self.model
                    .actions
                    .get(action.index())?
                    .unit_cost
                    .get(position)
            })
            .map_or(0, |cost| cost.cents())
    }
}

/// Whether a fund may pay a demand: some entry of the matrix opens it, the natures agree, the zone is there that year.
pub(crate) fn may_pay(model: &Model, fund: FundIdx, demand: &Demand) -> bool {
    let nature = model.funds.get(fund.index()).map(|fund| fund.nature);
    let agrees = match nature {
        Some(FundNature::Both) => true,
        Some(FundNature::Current) => demand.nature == Nature::Current,
        Some(FundNature::Capital) => demand.nature == Nature::Capital,
        None => false,
    };
    agrees
        && zone_exists(model, demand.zone, demand.year)
        && shares(model, fund, demand).next().is_some()
}

/// Whether a zone exists in a year.
pub(crate) fn zone_exists(model: &Model, zone: ZoneIdx, year: Year) -> bool {
    model.zones.get(zone.index()).is_some_and(|zone| {
        zone.from.is_none_or(|from| year >= from) && zone.to.is_none_or(|to| year <= to)
    })
}

/// The largest share of every entry of the matrix that opens a demand to a fund; none is no limit.
fn shares<'m>(
    model: &'m Model,
    fund: FundIdx,
    demand: &'m Demand,
) -> impl Iterator<Item = Option<Exact>> + 'm {
    model
        .eligibility
        .iter()
        .filter(move |entry| {
            entry.fund == fund
                && entry.actions.contains(&demand.action)
                && entry
                    .zones
                    .binary_search(&(demand.zone, demand.year))
                    .is_ok()
        })
        .map(|entry| entry.max_share)
}

/// The largest part of a cost a fund may pay, when every entry that opens it has a limit.
pub(crate) fn max_share(model: &Model, fund: FundIdx, demand: &Demand) -> Option<Exact> {
    let mut largest: Option<Exact> = None;
    for share in shares(model, fund, demand) {
        let share = share?;
        largest = Some(largest.map_or(share, |seen| if share > seen { share } else { seen }));
    }
    largest
}
