//! Who pays with whom: fixed proportions (each part within one cent of its share), minimum shares, flat-rate costs.

use std::collections::BTreeMap;

use crate::lp::builder::Builder;
use crate::lp::error::BuildError;
use crate::lp::program::{Family, Instance, InstanceBound, Origin, Place, Row};
use crate::model::{FundIdx, Match, MatchPer, MatchShares, Quantity, Relation};
use crate::units::Exact;

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    for position in 0..builder.model.matches.len() {
        add_match(builder, position)?;
    }
    for position in 0..builder.model.flat_rates.len() {
        add_flat_rate(builder, position)?;
    }
    Ok(())
}

/// Columns of each funder, by the place over which the shares hold.
fn by_place(builder: &Builder<'_>, rule: &Match) -> BTreeMap<Place, BTreeMap<FundIdx, Vec<usize>>> {
    let funds: Vec<FundIdx> = match &rule.shares {
        MatchShares::Proportion(shares) => shares.iter().map(|share| share.0).collect(),
        MatchShares::Minimum { among, .. } => among.clone(),
    };
    let mut places: BTreeMap<Place, BTreeMap<FundIdx, Vec<usize>>> = BTreeMap::new();
    for &(column, fund, position) in &builder.pays {
        let demand = &builder.model.demands[position];
        let counted = funds.contains(&fund)
            && rule.actions.binary_search(&demand.action).is_ok()
            && rule.zones.binary_search(&demand.zone).is_ok();
        if counted {
            let operation = rule.per == MatchPer::Operation;
            let place = Place {
                fund: None,
                action: operation.then_some(demand.action),
                zone: operation.then_some(demand.zone),
                year: Some(demand.year),
            };
            places
                .entry(place)
                .or_default()
                .entry(fund)
                .or_default()
                .push(column);
        }
    }
    places
}

fn add_match(builder: &mut Builder<'_>, position: usize) -> Result<(), BuildError> {
    let rule = &builder.model.matches[position];
    let (shares, relation) = match &rule.shares {
        MatchShares::Proportion(shares) => (shares.clone(), Relation::Equal),
        MatchShares::Minimum { shares, .. } => (shares.clone(), Relation::AtLeast),
    };
    for (place, by_fund) in by_place(builder, rule) {
        let total: Vec<usize> = by_fund.values().flatten().copied().collect();
        for (fund, share) in &shares {
            let part = by_fund.get(fund).cloned().unwrap_or_default();
            let place = Place {
                fund: Some(*fund),
                ..place
            };
            let ratio = Ratio {
                name: format!("{}({})", rule.id, place.codes(builder.model)),
                family: Family::Match,
                origin: Origin::Match(position),
                place,
                relation,
                share: *share,
            };
            add_ratio(builder, &ratio, &part, &total)?;
        }
    }
    Ok(())
}

fn add_flat_rate(builder: &mut Builder<'_>, position: usize) -> Result<(), BuildError> {
    let flat = &builder.model.flat_rates[position];
    let mut places: BTreeMap<Place, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for &(column, _, demand) in &builder.pays {
        let demand = &builder.model.demands[demand];
        let place = Place {
            fund: None,
            action: Some(flat.action),
            zone: Some(demand.zone),
            year: Some(demand.year),
        };
        if demand.action == flat.action {
            places.entry(place).or_default().0.push(column);
        } else if demand.action == flat.on {
            places.entry(place).or_default().1.push(column);
        }
    }
    let rate = flat.rate;
    for (place, (part, on)) in places {
        let ratio = Ratio {
            name: format!("flat_rate({})", place.codes(builder.model)),
            family: Family::FlatRate,
            origin: Origin::FlatRate(position),
            place,
            relation: Relation::Equal,
            share: rate,
        };
        add_ratio(builder, &ratio, &part, &on)?;
    }
    Ok(())
}

/// `sum(part) relation share x sum(total)`.
struct Ratio {
    name: String,
    family: Family,
    origin: Origin,
    place: Place,
    relation: Relation,
    share: Exact,
}

fn add_ratio(
    builder: &mut Builder<'_>,
    ratio: &Ratio,
    part: &[usize],
    total: &[usize],
) -> Result<(), BuildError> {
    let (numerator, denominator) = crate::lp::builder::fraction(&ratio.share, &ratio.name)?;
    let mut cells: Vec<(usize, i64)> = part.iter().map(|&c| (c, denominator)).collect();
    cells.extend(total.iter().map(|&c| (c, -numerator)));
    let equal = ratio.relation == Relation::Equal;
    let row = builder.program.add_row(Row {
        name: ratio.name.clone(),
        family: ratio.family,
        origin: ratio.origin,
        place: ratio.place,
        lower: Some(0),
        upper: equal.then_some(0),
        play: if equal { denominator - 1 } else { 0 },
        cells,
    });
    builder.program.instances.push(Instance {
        origin: ratio.origin,
        place: ratio.place,
        quantity: Quantity::Euro,
        base: None,
        relation: ratio.relation,
        measure: part.iter().map(|&c| (c, 1)).collect(),
        measure_scale: 1,
        bound: InstanceBound::Variable {
            cells: total.iter().map(|&c| (c, numerator)).collect(),
            scale: denominator,
        },
        row: Some(row),
        shortfall: None,
        reference: 1,
    });
    Ok(())
}
