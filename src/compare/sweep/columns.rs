//! The figures of a sweep, one kind at a time: a column of whole cents for each zone or fund and year.

use std::collections::{BTreeMap, BTreeSet};

use super::super::error::CompareError;
use super::run::SweepRun;
use super::spread::Share;
use crate::report::number::file_goal;
use crate::run::{FundRow, GoalRow, ZoneRow, parse_value};
use crate::units::{Exact, Year, parse_exact};

/// Stands for a scenario that has no such figure: no amount in cents is as low.
const ABSENT: i64 = i64::MIN;

/// A zone or fund in a year; without one, over the plan.
pub(super) type Key = (String, Option<Year>);

/// Cents by zone or fund and year, then by scenario.
#[derive(Debug, Default)]
pub(super) struct Columns {
    n: usize,
    cents: BTreeMap<String, BTreeMap<Year, Vec<i64>>>,
}

impl Columns {
    /// Columns for so many scenarios.
    fn new(n: usize) -> Self {
        Self {
            n,
            cents: BTreeMap::new(),
        }
    }

    fn put(&mut self, position: usize, id: &str, year: i64, cents: i64) -> Option<()> {
        let year = Year::try_from(year).ok()?;
        if !self.cents.contains_key(id) {
            self.cents.insert(id.to_owned(), BTreeMap::new());
        }
        let n = self.n;
        let years = self.cents.get_mut(id)?;
        let column = years.entry(year).or_insert_with(|| vec![ABSENT; n]);
        *column.get_mut(position)? = cents;
        Some(())
    }

    /// Every zone or fund over the plan and in each year, in order.
    pub(super) fn keys(&self) -> BTreeSet<Key> {
        let of = |(id, years): (&String, &BTreeMap<Year, Vec<i64>>)| {
            let years = years.keys().map(|year| Some(*year));
            let all = std::iter::once(None).chain(years);
            all.map(|year| (id.clone(), year)).collect::<Vec<_>>()
        };
        self.cents.iter().flat_map(of).collect()
    }

    /// The figures of one key, scenario by scenario. Over the plan: the sum of the years that are there.
    pub(super) fn values(&self, (id, year): &Key) -> Vec<Option<i64>> {
        let mut sums = vec![None; self.n];
        let Some(years) = self.cents.get(id) else {
            return sums;
        };
        let wanted = years.iter().filter(|(y, _)| year.is_none_or(|w| w == **y));
        for (_, column) in wanted {
            for (sum, cents) in sums.iter_mut().zip(column) {
                if *cents != ABSENT {
                    *sum = Some(sum.unwrap_or(0_i64).saturating_add(*cents));
                }
            }
        }
        sums
    }
}

/// What each zone receives.
pub(super) fn zone_euro(run: &SweepRun) -> Result<Columns, CompareError> {
    of_zones(run, |row| row.euro)
}

fn of_zones(run: &SweepRun, of: fn(&ZoneRow) -> i64) -> Result<Columns, CompareError> {
    let mut columns = Columns::new(run.n_scenarios());
    run.rows(|row: ZoneRow| {
        let position = run.position(row.index)?;
        columns.put(position, &row.zone, row.year, of(&row))
    })?;
    Ok(columns)
}

/// What is used of each fund.
pub(super) fn fund_used(run: &SweepRun) -> Result<Columns, CompareError> {
    let mut columns = Columns::new(run.n_scenarios());
    run.rows(|row: FundRow| {
        let position = run.position(row.index)?;
        columns.put(position, &row.fund, row.year, row.used)
    })?;
    Ok(columns)
}

/// What is needed and what of it is covered, in each zone.
#[derive(Debug)]
pub(super) struct Coverages {
    need: Columns,
    covered: Columns,
}

impl Coverages {
    pub(super) fn read(run: &SweepRun) -> Result<Self, CompareError> {
        let (mut need, mut covered) = (
            Columns::new(run.n_scenarios()),
            Columns::new(run.n_scenarios()),
        );
        run.rows(|row: ZoneRow| {
            let position = run.position(row.index)?;
            need.put(position, &row.zone, row.year, row.need)?;
            covered.put(position, &row.zone, row.year, row.covered)
        })?;
        Ok(Self { need, covered })
    }

    pub(super) fn keys(&self) -> BTreeSet<Key> {
        self.need.keys()
    }

    /// Coverages of one key, scenario by scenario; none where nothing is needed.
    pub(super) fn values(&self, key: &Key) -> Vec<Option<Share>> {
        let covered = self.covered.values(key).into_iter();
        let pairs = covered.zip(self.need.values(key));
        pairs
            .map(|(covered, need)| Share::of(covered?, need?))
            .collect()
    }
}

/// A goal: its code, with the level of a leximin goal after a dash, and the unit of its values.
pub(super) type GoalKey = (String, String);

/// The goals of a sweep, each with its place among them and its values by scenario.
#[derive(Debug, Default)]
pub(super) struct Goals {
    n: usize,
    values: BTreeMap<GoalKey, ((i64, i64), Vec<Option<Exact>>)>,
}

impl Goals {
    /// Reads them. `as_summary` makes them as round as `summary.json` has them, so that they can be held against a plan's.
    pub(super) fn read(run: &SweepRun, as_summary: bool) -> Result<Self, CompareError> {
        let n = run.n_scenarios();
        let mut goals = Self {
            n,
            ..Self::default()
        };
        run.rows(|row: GoalRow| {
            let position = run.position(row.index)?;
            let value = parse_value(&row.value)?;
            let value = if as_summary {
                rounded(&value, &row.unit)?
            } else {
                value
            };
            let id = match row.level {
                0 => row.kind,
                level => format!("{}-{level}", row.kind),
            };
            let place = (row.goal, row.level);
            let entry = goals.values.entry((id, row.unit));
            let (first, values) = entry.or_insert_with(|| (place, vec![None; n]));
            *first = place.min(*first);
            *values.get_mut(position)? = Some(value);
            Some(())
        })?;
        Ok(goals)
    }

    /// The goals, each with its place.
    pub(super) fn keys(&self) -> BTreeMap<GoalKey, (i64, i64)> {
        let places = self.values.iter();
        places
            .map(|(key, (place, _))| (key.clone(), *place))
            .collect()
    }

    pub(super) fn values(&self, key: &GoalKey) -> Vec<Option<Exact>> {
        match self.values.get(key) {
            Some((_, values)) => values.clone(),
            None => vec![None; self.n],
        }
    }
}

/// A value as `summary.json` has it.
pub(super) fn rounded(value: &Exact, unit: &str) -> Option<Exact> {
    parse_exact(&file_goal(unit, value))
}
