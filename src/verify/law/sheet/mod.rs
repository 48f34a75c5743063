//! Does the sheet say what the model says? Column by column, row by row and goal by goal, from the model alone.
//!
//! What the certificate proves, it proves of the sheet. It is true of the model when the sheet leaves out no payment the model
//! allows, narrows no bound, asks nothing that the model does not ask, and maximises what the model wants. A rule missing from
//! the sheet would only weaken the proof: that the ledger obeys it is checked on the ledger.

mod columns;
mod counted;
mod form;
mod goals;
mod rows;
mod rules;
mod shared;
mod small;
mod whole;

use std::collections::BTreeMap;

use crate::model::{FundIdx, Model, ZoneIdx};
use crate::sheet::{ColumnKind, Sheet, SheetColumn};
use crate::units::Year;
use crate::verify::codes::{Codes, PayColumn, Place};
use crate::verify::law::purse::at_hand;
use crate::verify::report::{Report, Tally, said};

use super::instance::Pair;
use super::needs::{Cost, Spot, costs};

/// The sheet with what its columns mean.
pub(crate) struct Meaning<'a> {
    pub(crate) model: &'a Model,
    pub(crate) codes: &'a Codes<'a>,
    pub(crate) sheet: &'a Sheet,
    pub(crate) pays: &'a [PayColumn],
    /// Position in `pays` of each `pay` column.
    pay_of: BTreeMap<usize, usize>,
    /// Positions in `pays` by zone and year.
    by_pair: BTreeMap<Pair, Vec<usize>>,
    /// Carry columns by fund, zone of the money, and the year they leave.
    pub(crate) carries: BTreeMap<(FundIdx, Option<ZoneIdx>, Year), usize>,
    /// Costs by action, zone and year.
    pub(crate) costs: BTreeMap<Spot, Cost>,
    /// Draw columns by fund, zone whose money it is, and year.
    pub(crate) draws: BTreeMap<(FundIdx, ZoneIdx, Year), usize>,
    /// The most there can be in a purse, by fund, zone the money belongs to, and year; in cents.
    hands: BTreeMap<(FundIdx, Option<ZoneIdx>, Year), i128>,
    /// Whether the whole numbers are chosen: in a proposal they are.
    pub(crate) chosen: bool,
}

impl<'a> Meaning<'a> {
    fn new(
        model: &'a Model,
        codes: &'a Codes<'a>,
        sheet: &'a Sheet,
        pays: &'a [PayColumn],
    ) -> Self {
        let mut by_pair: BTreeMap<Pair, Vec<usize>> = BTreeMap::new();
        for (position, pay) in pays.iter().enumerate() {
            let (_, _, zone, year) = pay.cell;
            by_pair.entry((zone, year)).or_default().push(position);
        }
        let mut carries = BTreeMap::new();
        let mut draws = BTreeMap::new();
        for (column, entry) in sheet.columns.iter().enumerate() {
            let Some(place) = codes.place(&entry.scope) else {
                continue;
            };
            match (entry.kind, place.fund, place.zone, place.year) {
                (ColumnKind::Carry, Some(fund), zone, Some(year)) => {
                    carries.insert((fund, zone, year), column);
                }
                (ColumnKind::Draw, Some(fund), Some(zone), Some(year)) => {
                    draws.insert((fund, zone, year), column);
                }
                _ => {}
            }
        }
        let mut hands = BTreeMap::new();
        for fund in (0..model.funds.len()).map(FundIdx::new) {
            for ((zone, year), cents) in at_hand(model, fund) {
                hands.insert((fund, zone, year), cents);
            }
        }
        Self {
            model,
            codes,
            sheet,
            pays,
            pay_of: pays
                .iter()
                .enumerate()
                .map(|(p, pay)| (pay.column, p))
                .collect(),
            by_pair,
            carries,
            draws,
            costs: costs(model),
            hands,
            chosen: true,
        }
    }

    /// The `pay` columns of a zone and year.
    pub(crate) fn pays_in(&self, pair: Pair) -> impl Iterator<Item = &'a PayColumn> {
        let pays = self.pays;
        self.by_pair
            .get(&pair)
            .into_iter()
            .flatten()
            .filter_map(move |&position| pays.get(position))
    }

    /// What a column pays, if it pays.
    pub(crate) fn pay(&self, column: usize) -> Option<&'a PayColumn> {
        self.pays.get(*self.pay_of.get(&column)?)
    }

    /// A column of the sheet.
    pub(crate) fn column(&self, column: usize) -> Option<&'a SheetColumn> {
        self.sheet.columns.get(column)
    }

    /// The place of a column, where the model has it.
    pub(crate) fn place_of(&self, column: usize) -> Option<Place> {
        self.codes.place(&self.column(column)?.scope)
    }

    /// The most a purse can have in a year, in cents.
    pub(crate) fn hand(&self, fund: FundIdx, zone: Option<ZoneIdx>, year: Year) -> i128 {
        self.hands.get(&(fund, zone, year)).copied().unwrap_or(0)
    }

    /// Purses of zones and years in which the zone's own money and a pool of the fund may both pay.
    pub(crate) fn shared_purses(
        &self,
    ) -> impl Iterator<Item = ((FundIdx, ZoneIdx, Year), i128)> + '_ {
        self.hands
            .iter()
            .filter_map(|(&(fund, zone, year), &cents)| {
                let key = (fund, zone?, year);
                (cents > 0 && self.hand(fund, None, year) > 0).then_some((key, cents))
            })
    }
}

/// Checks that the sheet says what the model says; `chosen` tells whether its whole numbers are.
pub(crate) fn check_sheet(
    model: &Model,
    codes: &Codes<'_>,
    sheet: &Sheet,
    (pays, unknown): (&[PayColumn], &[usize]),
    chosen: bool,
    report: &mut Report,
) {
    let mut meaning = Meaning::new(model, codes, sheet, pays);
    meaning.chosen = chosen;
    let mut columns = Tally::new(
        "model_columns",
        said!(
            "il foglio ha una colonna per ogni pagamento che il modello permette, con i suoi limiti",
            "the sheet has a column for every payment the model allows, with its bounds"
        ),
    );
    for column in unknown
        .iter()
        .filter_map(|&column| sheet.columns.get(column))
    {
        columns.fail(
            &column.name,
            "",
            said!(
                "paga qualcosa che il modello non conosce",
                "pays for something the model does not know"
            ),
        );
    }
    columns::check(&meaning, &mut columns);
    report.add(columns);
    let mut rules = rules::Rules::new(&meaning);
    report.add(rows::check(&meaning, &mut rules));
    report.add(goals::check(&meaning, &rules));
}
