//! What a fund has: per year (and zone, where money belongs to zones), spending and what is carried on never exceed the
//! year's amount and what was carried in. Network rows.

use std::collections::BTreeMap;

use crate::lp::builder::{Builder, PurseYear, purses};
use crate::lp::earned::unearned;
use crate::lp::error::BuildError;
use crate::lp::program::{Family, Origin, Place, Row};
use crate::model::FundIdx;

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let mut spent: BTreeMap<PurseYear, Vec<(usize, i64)>> = BTreeMap::new();
    for &(column, fund, demand) in &builder.pays {
        let demand = &builder.model.demands[demand];
        let by_zone = builder
            .model
            .money
            .get(&(fund, demand.year))
            .is_some_and(|money| money.of_zone(demand.zone).is_some());
        // A year without money of its own spends what its purse carried in: by zone if a zone carries.
        let zone = (by_zone
            || builder
                .carries
                .contains_key(&(fund, Some(demand.zone), demand.year - 1)))
        .then_some(demand.zone);
        spent
            .entry((fund, zone, demand.year))
            .or_default()
            .push((column, 1));
    }
    for purse in purses(builder.model)? {
        let mut carried_in = None;
        for &(year, amount, _) in &purse.years {
            let mut cells = spent
                .get(&(purse.fund, purse.zone, year))
                .cloned()
                .unwrap_or_default();
            let carry = builder
                .carries
                .get(&(purse.fund, purse.zone, year))
                .copied();
            cells.extend(carry.map(|column| (column, 1)));
            cells.extend(carried_in.map(|column| (column, -1)));
            cells.extend(unearned(builder, purse.fund, purse.zone, year));
            let place = Place {
                fund: Some(purse.fund),
                zone: purse.zone,
                year: Some(year),
                action: None,
            };
            let codes = place.codes(builder.model);
            if !cells.is_empty() {
                builder.program.add_row(Row {
                    name: format!("fund({codes})"),
                    family: Family::Fund,
                    origin: Origin::Fund(purse.fund),
                    place,
                    lower: None,
                    upper: Some(amount),
                    play: 0,
                    cells,
                });
            }
            add_carry_cap(builder, purse.fund, place, carry, carried_in, amount);
            carried_in = carry;
        }
    }
    Ok(())
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
    let cap =
        crate::units::Euro::floor_of(&(crate::units::Euro::from_cents(amount).to_exact() * share));
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
