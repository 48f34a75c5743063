//! What may be paid: no cost twice (all funds together never exceed it), no fund beyond its largest share, and what is
//! hired stays.

use std::collections::BTreeMap;

use crate::lp::builder::{Builder, fraction};
use crate::lp::error::BuildError;
use crate::lp::program::{Family, Origin, Place, Row};
use crate::model::{ActionIdx, FundIdx, ZoneIdx};
use crate::units::{Euro, Year};

/// Columns of one fund or action in a zone and year, with the cost they pay for.
type PaidCost = (Vec<(usize, i64)>, i64);

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    add_needs(builder);
    add_max_shares(builder)?;
    add_persistent(builder)
}

fn add_needs(builder: &mut Builder<'_>) {
    let mut by_demand: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for &(column, _, demand) in &builder.pays {
        by_demand.entry(demand).or_default().push((column, 1));
    }
    for (position, cells) in by_demand {
        let demand = &builder.model.demands[position];
        let Some(cost) = demand.euro else { continue };
        let is_said = cells.len() < 2 && builder.program.columns[cells[0].0].upper <= cost.cents();
        if is_said && !builder.in_full {
            continue; // the bound of its only column says it already
        }
        let place = Place {
            fund: None,
            action: Some(demand.action),
            zone: Some(demand.zone),
            year: Some(demand.year),
        };
        let mut codes = place.codes(builder.model);
        if !demand.label.is_empty() {
            codes = format!("{codes},{}", demand.label);
        }
        builder.program.add_row(Row {
            name: format!("need({codes})"),
            family: Family::Need,
            origin: Origin::Need(demand.action),
            place,
            lower: None,
            upper: Some(cost.cents()),
            play: 0,
            cells,
        });
    }
}

fn add_max_shares(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let mut costs: BTreeMap<(ActionIdx, ZoneIdx, Year), Option<i64>> = BTreeMap::new();
    for demand in &builder.model.demands {
        let cost = costs
            .entry((demand.action, demand.zone, demand.year))
            .or_insert(Some(0));
        *cost = match (*cost, demand.euro) {
            (Some(cost), Some(euro)) => Some(
                cost.checked_add(euro.cents())
                    .ok_or_else(|| BuildError::overflow("cost of an action"))?,
            ),
            _ => None,
        };
    }
    let mut capped: BTreeMap<(FundIdx, ActionIdx, ZoneIdx, Year), PaidCost> = BTreeMap::new();
    let mut shares = BTreeMap::new();
    for &(column, fund, position) in &builder.pays {
        let demand = &builder.model.demands[position];
        let Some(share) = builder.model.max_share(fund, demand) else {
            continue;
        };
        // A cost without limit has no part that is too large.
        let Some(&Some(cost)) = costs.get(&(demand.action, demand.zone, demand.year)) else {
            continue;
        };
        let key = (fund, demand.action, demand.zone, demand.year);
        let entry = capped.entry(key).or_default();
        entry.0.push((column, 1));
        entry.1 = cost;
        shares.insert(key, share);
    }
    for (key, (cells, cost)) in capped {
        let (fund, action, zone, year) = key;
        let place = Place {
            fund: Some(fund),
            action: Some(action),
            zone: Some(zone),
            year: Some(year),
        };
        let upper = shares
            .get(&key)
            .and_then(|share| Euro::from_cents(cost).share_down(share));
        let name = format!("max_share({})", place.codes(builder.model));
        let upper = upper.ok_or_else(|| BuildError::overflow(name.clone()))?;
        builder.program.add_row(Row {
            name,
            family: Family::MaxShare,
            origin: Origin::Eligibility(fund, action),
            place,
            lower: None,
            upper: Some(upper.cents()),
            play: 0,
            cells,
        });
    }
    Ok(())
}

/// Covered units never fall: `x[t+1] / cost[t+1] >= x[t] / cost[t]`.
fn add_persistent(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    let mut paid: BTreeMap<(ActionIdx, ZoneIdx), BTreeMap<Year, Vec<usize>>> = BTreeMap::new();
    for &(column, _, position) in &builder.pays {
        let demand = &builder.model.demands[position];
        if builder.model.action(demand.action).persistent {
            paid.entry((demand.action, demand.zone))
                .or_default()
                .entry(demand.year)
                .or_default()
                .push(column);
        }
    }
    let years = builder.model.years.clone();
    for ((action, zone), by_year) in paid {
        for (earlier, later) in years
            .iter()
            .zip(years.iter().skip(1))
            .enumerate()
            .map(|(i, (a, b))| ((i, *a), (i + 1, *b)))
        {
            let costs = &builder.model.action(action).unit_cost;
            let (Some(cost), Some(next_cost)) = (costs.get(earlier.0), costs.get(later.0)) else {
                continue;
            };
            let Some(columns) = by_year.get(&earlier.1) else {
                continue;
            };
            let place = Place {
                fund: None,
                action: Some(action),
                zone: Some(zone),
                year: Some(later.1),
            };
            let name = format!("persistent({})", place.codes(builder.model));
            let ratio = crate::units::Exact::new(
                i128::from(next_cost.cents()),
                i128::from(cost.cents().max(1)),
            );
            let (numerator, denominator) = fraction(&ratio, &name)?;
            let mut cells: Vec<(usize, i64)> = columns.iter().map(|&c| (c, -numerator)).collect();
            cells.extend(
                by_year
                    .get(&later.1)
                    .into_iter()
                    .flatten()
                    .map(|&c| (c, denominator)),
            );
            builder.program.add_row(Row {
                name,
                family: Family::Persistent,
                origin: Origin::Need(action),
                place,
                lower: Some(0),
                upper: None,
                play: 0,
                cells,
            });
        }
    }
    Ok(())
}
