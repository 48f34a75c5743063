//! What changes from a year to the next: of what an action gets in a zone, or of the units that are open there.

use std::collections::BTreeMap;

use crate::lp::builder::{Builder, fraction};
use crate::lp::error::BuildError;
use crate::lp::program::{Column, ColumnKey, Family, Origin, Place, Row};
use crate::model::{ActionIdx, ZoneIdx};
use crate::units::{Exact, Year};

/// Columns that pay for an action in a zone, by year.
type ByYear = BTreeMap<Year, Vec<usize>>;

/// A row about one step from a year to the next: its name, its columns besides the change, and the weight of the change.
struct Step {
    name: &'static str,
    cells: Vec<(usize, i64)>,
    weight: i64,
    lower: i64,
}

/// `change >= later - earlier` and `change >= earlier - later`, where something may be paid in both years; before the first year of the
/// plan stands what `previous.csv` has, for actions that it speaks of.
pub(super) fn add_steady(builder: &mut Builder<'_>, goal: usize) -> Result<(), BuildError> {
    let model = builder.model;
    let before = before(builder)?;
    for ((action, zone), by_year) in paid(builder, goal) {
        for &year in &model.years {
            let Some(later) = by_year.get(&year) else {
                continue;
            };
            let nobody = Vec::new();
            let (earlier, known) = if model.years.first() == Some(&year) {
                let Some(of_action) = before.get(&action) else {
                    continue;
                };
                (&nobody, of_action.get(&zone).copied().unwrap_or(0))
            } else {
                match by_year.get(&(year - 1)) {
                    Some(earlier) => (earlier, 0),
                    None => continue,
                }
            };
            let cells = |sign: i64| {
                let later = later.iter().map(move |&column| (column, -sign));
                let earlier = earlier.iter().map(move |&column| (column, sign));
                later.chain(earlier).collect()
            };
            let most = most(builder, later)?
                .max(most(builder, earlier)?)
                .max(known);
            let steps = [
                Step {
                    name: "rise",
                    cells: cells(1),
                    weight: 1,
                    lower: -known,
                },
                Step {
                    name: "fall",
                    cells: cells(-1),
                    weight: 1,
                    lower: known,
                },
            ];
            add(builder, goal, (action, zone, year), most, steps.into());
        }
    }
    Ok(())
}

/// `later / cost + closed / cost >= earlier / its cost`, where something may be paid in both years.
pub(super) fn add_open(builder: &mut Builder<'_>, goal: usize) -> Result<(), BuildError> {
    let model = builder.model;
    for ((action, zone), by_year) in paid(builder, goal) {
        let costs = &model.action(action).unit_cost;
        for (position, &year) in model.years.iter().enumerate().skip(1) {
            let (Some(earlier), Some(later)) = (by_year.get(&(year - 1)), by_year.get(&year))
            else {
                continue;
            };
            let (Some(cost), Some(next)) = (costs.get(position - 1), costs.get(position)) else {
                continue;
            };
            let (next, cost) = (i128::from(next.cents()), i128::from(cost.cents().max(1)));
            let (numerator, denominator) = fraction(&Exact::new(next, cost), "unit costs")?;
            let most = i128::from(most(builder, earlier)?) * i128::from(numerator);
            let most = most / i128::from(denominator.max(1)) + 1;
            let most = i64::try_from(most).map_err(|_| BuildError::overflow("unit costs"))?;
            let later = later.iter().map(|&column| (column, denominator));
            let earlier = earlier.iter().map(|&column| (column, -numerator));
            let step = Step {
                name: "closed",
                cells: later.chain(earlier).collect(),
                weight: denominator,
                lower: 0,
            };
            add(builder, goal, (action, zone, year), most, vec![step]);
        }
    }
    Ok(())
}

fn add(
    builder: &mut Builder<'_>,
    goal: usize,
    (action, zone, year): (ActionIdx, ZoneIdx, Year),
    most: i64,
    steps: Vec<Step>,
) {
    let place = Place {
        fund: None,
        action: Some(action),
        zone: Some(zone),
        year: Some(year),
    };
    let codes = place.codes(builder.model);
    let column = builder.program.add_column(Column {
        name: format!("change({},{codes})", goal + 1),
        key: ColumnKey::Change { goal },
        place,
        lower: 0,
        upper: most,
    });
    for mut step in steps {
        step.cells.push((column, step.weight));
        builder.program.add_row(Row {
            name: format!("{}({},{codes})", step.name, goal + 1),
            family: Family::Goal,
            origin: Origin::Goal(goal),
            place,
            lower: Some(step.lower),
            upper: None,
            play: 0,
            cells: step.cells,
        });
    }
}

/// What pays for the actions a goal counts, by action and zone.
fn paid(builder: &Builder<'_>, goal: usize) -> BTreeMap<(ActionIdx, ZoneIdx), ByYear> {
    let actions = &builder.model.goals[goal].actions;
    let mut paid: BTreeMap<(ActionIdx, ZoneIdx), ByYear> = BTreeMap::new();
    for &(column, _, demand) in &builder.pays {
        let demand = &builder.model.demands[demand];
        if actions.binary_search(&demand.action).is_ok() {
            let by_year = paid.entry((demand.action, demand.zone)).or_default();
            by_year.entry(demand.year).or_default().push(column);
        }
    }
    paid
}

/// Cents of the year before the plan by action and zone, of the actions that the tables speak of.
fn before(
    builder: &Builder<'_>,
) -> Result<BTreeMap<ActionIdx, BTreeMap<ZoneIdx, i64>>, BuildError> {
    let mut before: BTreeMap<ActionIdx, BTreeMap<ZoneIdx, i64>> = BTreeMap::new();
    let first = builder.model.years.first().copied();
    for (&(_, action, zone, year), euro) in &builder.model.previous {
        if Some(year + 1) == first {
            let sum = before.entry(action).or_default().entry(zone).or_default();
            *sum = sum
                .checked_add(euro.cents())
                .ok_or_else(|| BuildError::overflow("last year"))?;
        }
    }
    Ok(before)
}

/// The most that some columns may pay.
fn most(builder: &Builder<'_>, columns: &[usize]) -> Result<i64, BuildError> {
    let uppers = columns
        .iter()
        .map(|&column| builder.program.columns[column].upper);
    uppers
        .into_iter()
        .try_fold(0_i64, i64::checked_add)
        .ok_or_else(|| BuildError::overflow("payments for an action"))
}
