//! What a fund has: per year (and zone, where money belongs to zones), spending and what is carried on never exceed the
//! year's amount and what was carried in. Network rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::lp::builder::{Builder, Purse, purses};
use crate::lp::earned::unearned;
use crate::lp::error::BuildError;
use crate::lp::program::{Family, Origin, Place, Row};
use crate::model::{FundIdx, ZoneIdx};
use crate::units::Year;

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let purses = purses(builder.model)?;
    let mut spent = Spent::new(builder, &purses);
    for (&(fund, zone, year), &column) in &builder.draws {
        spent.draw(fund, zone, year, column);
    }
    for purse in purses {
        let mut carried_in = None;
        for of in &purse.years {
            let key = (purse.fund, purse.zone, of.year);
            let mut cells = spent.cells.remove(&key).unwrap_or_default();
            let carry = builder.carries.get(&key).copied();
            cells.extend(carry.map(|column| (column, 1)));
            cells.extend(carried_in.map(|column| (column, -1)));
            cells.extend(unearned(builder, purse.fund, purse.zone, of.year));
            let place = Place {
                fund: Some(purse.fund),
                zone: purse.zone,
                year: Some(of.year),
                action: None,
            };
            if !cells.is_empty() {
                builder.program.add_row(Row {
                    name: format!("fund({})", place.codes(builder.model)),
                    family: Family::Fund,
                    origin: Origin::Fund(purse.fund),
                    place,
                    lower: None,
                    upper: Some(of.amount),
                    play: 0,
                    cells,
                });
            }
            add_carry_cap(builder, purse.fund, place, carry, carried_in, of.amount);
            carried_in = carry;
        }
    }
    add_draws(builder, spent);
    Ok(())
}

/// What each purse pays for in a year.
struct Spent {
    cells: BTreeMap<(FundIdx, Option<ZoneIdx>, Year), Vec<(usize, i64)>>,
    /// Payments for a zone where both its own money and a pool may pay.
    shared: BTreeMap<(FundIdx, ZoneIdx, Year), Vec<usize>>,
}

impl Spent {
    fn new(builder: &Builder<'_>, purses: &[Purse]) -> Self {
        let of_zones: BTreeSet<(FundIdx, ZoneIdx, Year)> = purses
            .iter()
            .filter_map(|purse| Some((purse, purse.zone?)))
            .flat_map(|(purse, zone)| {
                let alive = purse.years.iter().filter(|of| of.at_hand > 0);
                alive.map(move |of| (purse.fund, zone, of.year))
            })
            .collect();
        let mut spent = Self {
            cells: BTreeMap::new(),
            shared: BTreeMap::new(),
        };
        for &(column, fund, demand) in &builder.pays {
            let demand = &builder.model.demands[demand];
            let key = (fund, demand.zone, demand.year);
            let zone = (of_zones.contains(&key) && !builder.draws.contains_key(&key))
                .then_some(demand.zone);
            let cells = spent.cells.entry((fund, zone, demand.year)).or_default();
            cells.push((column, 1));
            if builder.draws.contains_key(&key) {
                spent.shared.entry(key).or_default().push(column);
            }
        }
        spent
    }

    /// What the zone's own money pays, the pool does not.
    fn draw(&mut self, fund: FundIdx, zone: ZoneIdx, year: Year, column: usize) {
        let pool = self.cells.entry((fund, None, year)).or_default();
        pool.push((column, -1));
        let own = self.cells.entry((fund, Some(zone), year)).or_default();
        own.push((column, 1));
    }
}

/// A zone's own money pays for that zone only: `draw - sum(pay) <= 0`.
fn add_draws(builder: &mut Builder<'_>, mut spent: Spent) {
    for (&(fund, zone, year), &column) in &builder.draws {
        let pays = spent.shared.remove(&(fund, zone, year)).unwrap_or_default();
        let place = Place {
            fund: Some(fund),
            action: None,
            zone: Some(zone),
            year: Some(year),
        };
        let cells = pays.into_iter().map(|pay| (pay, -1));
        builder.program.add_row(Row {
            name: format!("draw({})", place.codes(builder.model)),
            family: Family::Draw,
            origin: Origin::Fund(fund),
            place,
            lower: None,
            upper: Some(0),
            play: 0,
            cells: cells.chain([(column, 1)]).collect(),
        });
    }
}

/// Of the year's own amount only the carry-over share may stay unspent and move on: `carry - carried in <= share x amount`.
fn add_carry_cap(
    builder: &mut Builder<'_>,
    fund: FundIdx,
    place: Place,
    carry: Option<usize>,
    carried_in: Option<usize>,
    amount: i64,
) {
    let (Some(carry), Some(carried_in)) = (carry, carried_in) else {
        return; // without money carried in, the bound of the column says it already
    };
    let share = builder.model.fund(fund).carry_over;
    let cap = crate::units::Euro::from_cents(amount).share_down(&share);
    builder.program.add_row(Row {
        name: format!("carry({})", place.codes(builder.model)),
        family: Family::Carry,
        origin: Origin::Fund(fund),
        place,
        lower: None,
        upper: cap.map(crate::units::Euro::cents),
        play: 0,
        cells: vec![(carry, 1), (carried_in, -1)],
    });
}
