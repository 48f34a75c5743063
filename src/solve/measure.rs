//! What the pick measures: by how much of its due each zone is off, fund by fund.
//!
//! Squares are divided by what is due, so that what a fund must lose or gain falls in proportion, within it and between funds. Money that
//! may move on to a later year is measured over all years that share it: it keeps the target of the year it comes from, and waiting is
//! no distance. How such money lies over the years is asked only of plans that are as near.

use std::collections::{BTreeMap, BTreeSet};

use crate::lp::{ColumnKey, LinearProgram};
use crate::model::{Assigned, FundIdx, Model, Pick, ZoneIdx};
use crate::units::{Euro, Year};

/// Money of a fund for a zone in a year.
pub(crate) type Group = (FundIdx, ZoneIdx, Year);

/// Weight of the square of a cent that a due of one cent is off by, so that weights are whole numbers: of a due of a billion euro they
/// still have ten digits.
pub const WEIGHT_OF_A_CENT: i128 = 1_000_000_000_000_000_000_000;

/// What a zone counts as at least: a thousandth of what the zones of its fund are due on average. So little attracts nothing, and is
/// enough for a law that gives such a zone money to be told apart from digits.
const LEAST_PART: i128 = 1_000;

/// What a zone counts as at least where that is less, in cents: a euro.
const LEAST_DUE: i128 = 100;

/// Money of a fund for a zone in the years that share it, with what is due to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Square {
    /// The fund.
    pub fund: FundIdx,
    /// The zone.
    pub zone: ZoneIdx,
    /// The years in which it may be paid, ascending, with the target of each alone, in cents.
    pub years: Vec<(Year, i64)>,
    /// What it is drawn to, in cents: the targets of all years that share money.
    pub target: i64,
    /// What counts as due, in cents.
    pub due: i64,
    /// Weight of the square of each cent off.
    pub weight: i128,
}

/// The amounts the pick stays near to, in cents, by fund, zone and year.
#[must_use]
pub fn targets(model: &Model) -> BTreeMap<(FundIdx, ZoneIdx, Year), i64> {
    match model.pick {
        Pick::Riparto => model
            .formula
            .iter()
            .map(|(&group, euro)| (group, euro.cents()))
            .collect(),
        Pick::LastYear => {
            let latest = model.previous.keys().map(|key| key.3).max();
            let mut totals: BTreeMap<Group, i64> = BTreeMap::new();
            for (&(fund, _, zone, of), euro) in &model.previous {
                if Some(of) == latest {
                    for &year in &model.years {
                        let total = totals.entry((fund, zone, year)).or_default();
                        *total = total.saturating_add(euro.cents());
                    }
                }
            }
            totals
        }
    }
}

/// The years of each fund in runs, by fund: money may move on from each year of a run to the next.
#[must_use]
pub fn runs(model: &Model) -> Vec<(FundIdx, Vec<Year>)> {
    let mut runs: Vec<(FundIdx, Vec<Year>)> = Vec::new();
    for fund in model.fund_indices() {
        let mut leaves = false;
        for &year in &model.years {
            match runs.last_mut() {
                Some((of, run)) if leaves && *of == fund => run.push(year),
                _ => runs.push((fund, vec![year])),
            }
            leaves = may_leave(model, fund, year);
        }
    }
    runs
}

/// Whether money of a fund may move on from a year to the next.
fn may_leave(model: &Model, fund: FundIdx, year: Year) -> bool {
    let own = model.fund(fund);
    let moves = |euro: &Euro| {
        let part = euro.share_down(&own.carry_over);
        part.is_some_and(|part| part > Euro::ZERO)
    };
    model.money.iter().any(|(&(of, from), money)| {
        let last = own.deadline.last_year_for(from);
        let is_alive = of == fund && from <= year && last.is_none_or(|last| last > year);
        is_alive
            && match &money.assigned {
                Assigned::Pool(euro) => moves(euro),
                Assigned::Zones(zones) => zones.values().any(moves),
            }
    })
}

/// Pay columns of each fund, zone and year of the funds that have targets.
pub(crate) fn groups(
    program: &LinearProgram,
    model: &Model,
    targets: &BTreeMap<Group, i64>,
) -> BTreeMap<Group, Vec<usize>> {
    let measured: BTreeSet<FundIdx> = targets.keys().map(|group| group.0).collect();
    let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
    for (column, entry) in program.columns.iter().enumerate() {
        if let ColumnKey::Pay { fund, demand } = entry.key
            && measured.contains(&fund)
        {
            let demand = &model.demands[demand];
            let group = (fund, demand.zone, demand.year);
            groups.entry(group).or_default().push(column);
        }
    }
    groups
}

/// What a zone of a fund counts as at least, in cents, over some years.
fn least_due(fund: FundIdx, run: &[Year], targets: &BTreeMap<Group, i64>) -> i64 {
    let own = targets
        .iter()
        .filter(|(group, target)| group.0 == fund && run.contains(&group.2) && **target > 0);
    let (mut sum, mut zones) = (0_i128, BTreeSet::new());
    for (&(_, zone, _), &target) in own {
        sum = sum.saturating_add(i128::from(target));
        zones.insert(zone);
    }
    let mean = sum / i128::try_from(zones.len().max(1)).unwrap_or(1);
    i64::try_from((mean / LEAST_PART).max(LEAST_DUE)).unwrap_or(i64::MAX)
}

/// The squares whose sum the pick makes as small as can be.
#[must_use]
pub fn squares(model: &Model, program: &LinearProgram) -> Vec<Square> {
    let targets = targets(model);
    let mut zones: BTreeMap<FundIdx, BTreeSet<ZoneIdx>> = BTreeMap::new();
    let groups = groups(program, model, &targets);
    for &(fund, zone, _) in groups.keys() {
        zones.entry(fund).or_default().insert(zone);
    }
    let mut squares = Vec::new();
    for (fund, run) in runs(model) {
        let least = least_due(fund, &run, &targets);
        for &zone in zones.get(&fund).into_iter().flatten() {
            let target = |year: Year| targets.get(&(fund, zone, year)).copied().unwrap_or(0);
            let paid = |year: &Year| groups.contains_key(&(fund, zone, *year));
            let years = run.iter().copied().filter(paid);
            let years: Vec<(Year, i64)> = years.map(|year| (year, target(year))).collect();
            if years.is_empty() {
                continue;
            }
            let sum = |sum: i64, &year: &Year| sum.saturating_add(target(year));
            let sum = run.iter().fold(0, sum);
            let due = sum.max(least);
            squares.push(Square {
                fund,
                zone,
                years,
                // A zone without a target gets money where nothing else can have it, or the others have twice their due.
                target: if sum > 0 { sum } else { -least },
                due,
                // Never less than its part: what is proved of weighted cents is then true of cents.
                weight: (WEIGHT_OF_A_CENT - 1) / i128::from(due) + 1,
            });
        }
    }
    squares
}
