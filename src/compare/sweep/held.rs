//! A sweep held against something: for every figure, where the scenarios lie.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use num_traits::CheckedSub;

use super::super::error::CompareError;
use super::super::plan::{Plan, ZoneFigures};
use super::columns::{Columns, Coverages, GoalKey, Goals, Key, fund_used, rounded, zone_euro};
use super::run::SweepRun;
use super::spread::{Figure, Share, Spread, spread};
use crate::run::Totals;
use crate::units::{Exact, Year};

/// What a sweep is held against.
#[derive(Clone, Copy, Debug)]
pub enum Against<'p> {
    /// A plan.
    Plan(&'p Plan),
    /// Its own scenario 0, the base, which then does not count among the others.
    Base,
    /// Nothing.
    Nothing,
    /// Another sweep of the same scenarios, scenario by scenario.
    Same(&'p SweepRun),
    /// A sweep of other scenarios, side by side.
    Other(&'p SweepRun),
}

/// A sweep held against something.
#[derive(Clone, Debug)]
pub struct Held<'p> {
    /// What it is held against.
    pub against: Against<'p>,
    /// The sweep.
    pub sweep: &'p SweepRun,
    /// Every figure: totals, goals, zones, funds.
    pub rows: Vec<SeriesRow>,
    /// Scenarios that end in another way than the plan, the base, or the same scenario of the other sweep.
    pub other_endings: usize,
}

/// One figure over the scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRow {
    /// `total`, `goal`, `zone`, `fund`.
    pub table: &'static str,
    /// Code of the zone, fund or goal; empty for totals.
    pub id: String,
    /// Year; none over the plan.
    pub year: Option<Year>,
    /// What is counted.
    pub figure: &'static str,
    /// `euro`, `share`, `bound`, `level`.
    pub unit: String,
    /// The figure of the plan or the base.
    pub baseline: Option<Exact>,
    /// The first of two sweeps, when they stand side by side.
    pub first: Option<Spread>,
    /// The sweep; of two sweeps of the same scenarios, their differences, second less first.
    pub spread: Option<Spread>,
    /// Scenarios below the baseline, or with less in the second sweep.
    pub below: usize,
    /// Scenarios with the same figure.
    pub same: usize,
    /// Scenarios above.
    pub above: usize,
    /// Whether the figure is there on one side only, in some scenario.
    pub one_sided: bool,
}

/// What a row is about.
fn about(table: &'static str, key: Key, figure: &'static str, unit: &str) -> SeriesRow {
    SeriesRow {
        table,
        id: key.0,
        year: key.1,
        figure,
        unit: unit.to_owned(),
        baseline: None,
        first: None,
        spread: None,
        below: 0,
        same: 0,
        above: 0,
        one_sided: false,
    }
}

impl<'p> Held<'p> {
    /// Two sweeps, scenario by scenario where they are of the same scenarios.
    ///
    /// # Errors
    /// [`CompareError`] when a part cannot be read.
    pub fn of_sweeps(first: &'p SweepRun, other: &'p SweepRun) -> Result<Self, CompareError> {
        let against = if other.is_of_the_scenarios_of(first) {
            Against::Same(first)
        } else {
            Against::Other(first)
        };
        Self::new(against, other)
    }

    /// A sweep on its own, against its base if it has one.
    ///
    /// # Errors
    /// [`CompareError`] when a part cannot be read.
    pub fn alone(sweep: &'p SweepRun) -> Result<Self, CompareError> {
        let against = if sweep.has_base {
            Against::Base
        } else {
            Against::Nothing
        };
        Self::new(against, sweep)
    }

    /// Reads every figure, one kind after the other.
    ///
    /// # Errors
    /// [`CompareError`] when a part cannot be read.
    pub fn new(against: Against<'p>, sweep: &'p SweepRun) -> Result<Self, CompareError> {
        let mut held = Self {
            against,
            sweep,
            rows: Vec::new(),
            other_endings: 0,
        };
        held.other_endings = held.endings();
        held.totals();
        held.goals()?;
        held.cents("zone", "euro", zone_euro, &|plan, (zone, year)| {
            let of = |((z, y), figures): (&(String, Year), &ZoneFigures)| {
                let wanted = z == zone && year.is_none_or(|year| year == *y);
                wanted.then_some(figures.euro)
            };
            let found: Vec<i128> = plan.zones.iter().filter_map(of).collect();
            (!found.is_empty()).then(|| found.iter().sum())
        })?;
        held.coverages()?;
        held.cents("fund", "used", fund_used, &|plan, (fund, year)| {
            let paid = plan.ledger.iter().filter(|((f, _, _, y), _)| {
                let wanted = year.is_none_or(|year| year == *y);
                f == fund && wanted
            });
            let known = plan.funds.contains_key(fund);
            known.then(|| paid.map(|(_, euro)| *euro).sum())
        })?;
        Ok(held)
    }

    /// Whether any scenario differs from what it is held against.
    #[must_use]
    pub fn differs(&self) -> bool {
        let row = |row: &SeriesRow| row.below + row.above > 0 || row.one_sided;
        match self.against {
            Against::Nothing => false,
            Against::Other(_) => self
                .rows
                .iter()
                .any(|row| row.first != row.spread || row.one_sided),
            _ => self.other_endings > 0 || self.rows.iter().any(row),
        }
    }

    /// The sweep beside this one, if there is one.
    #[must_use]
    pub fn first(&self) -> Option<&'p SweepRun> {
        match self.against {
            Against::Same(first) | Against::Other(first) => Some(first),
            _ => None,
        }
    }

    /// Whether there is a plan on the other side.
    #[must_use]
    pub fn has_baseline(&self) -> bool {
        match self.against {
            Against::Plan(plan) => plan.has_ledger(),
            Against::Base => self
                .sweep
                .statuses
                .first()
                .is_some_and(|status| status.has_plan()),
            _ => false,
        }
    }

    fn endings(&self) -> usize {
        let statuses = &self.sweep.statuses;
        let other = |wanted: &str| statuses.iter().filter(|s| s.word() != wanted).count();
        match self.against {
            Against::Plan(plan) => other(&plan.status),
            Against::Base => statuses.first().map_or(0, |status| other(status.word())),
            Against::Same(first) => {
                let pairs = first.statuses.iter().zip(statuses);
                pairs.filter(|(one, other)| one != other).count()
            }
            Against::Nothing | Against::Other(_) => 0,
        }
    }

    fn totals(&mut self) {
        let sums: [(&'static str, fn(&Totals) -> i64); 4] = [
            ("assigned", |totals| totals.assigned),
            ("used", |totals| totals.used),
            ("need", |totals| totals.need),
            ("covered", |totals| totals.covered),
        ];
        for (figure, of) in sums {
            let values = |run: &SweepRun| run.totals.iter().map(|t| t.as_ref().map(of)).collect();
            let plan = |plan: &Plan| {
                let found = plan.totals.iter().find(|(name, _)| *name == figure);
                found.and_then(|(_, cents)| i64::try_from(*cents).ok())
            };
            let row = about("total", (String::new(), None), figure, "euro");
            let first = self.first().map(values);
            self.push(row, plan, first, values(self.sweep));
        }
    }

    fn goals(&mut self) -> Result<(), CompareError> {
        let as_summary = matches!(self.against, Against::Plan(_));
        let goals = Goals::read(self.sweep, as_summary)?;
        let first = self.first().map(|run| Goals::read(run, as_summary));
        let first = first.transpose()?;
        let mut keys = goals.keys();
        for (key, place) in first.iter().flat_map(Goals::keys) {
            keys.entry(key).or_insert(place);
        }
        let mut keys: Vec<(GoalKey, (i64, i64))> = keys.into_iter().collect();
        keys.sort_by_key(|(_, place)| *place);
        for (key, _) in keys {
            let plan = |plan: &Plan| {
                let goal = plan
                    .goals
                    .iter()
                    .find(|g| g.id == key.0 && g.unit == key.1)?;
                rounded(&goal.value, &goal.unit)
            };
            let row = about("goal", (key.0.clone(), None), "value", &key.1);
            let first = first.as_ref().map(|goals| goals.values(&key));
            self.push(row, plan, first, goals.values(&key));
        }
        Ok(())
    }

    fn cents(
        &mut self,
        table: &'static str,
        figure: &'static str,
        read: fn(&SweepRun) -> Result<Columns, CompareError>,
        of_plan: &dyn Fn(&Plan, &Key) -> Option<i128>,
    ) -> Result<(), CompareError> {
        let columns = read(self.sweep)?;
        let first = self.first().map(read).transpose()?;
        let mut keys: BTreeSet<Key> = columns.keys();
        keys.extend(first.iter().flat_map(Columns::keys));
        self.plan_keys(table, &mut keys);
        for key in keys {
            let plan = |plan: &Plan| i64::try_from(of_plan(plan, &key)?).ok();
            let row = about(table, key.clone(), figure, "euro");
            let first = first.as_ref().map(|columns| columns.values(&key));
            self.push(row, plan, first, columns.values(&key));
        }
        Ok(())
    }

    fn coverages(&mut self) -> Result<(), CompareError> {
        let coverages = Coverages::read(self.sweep)?;
        let first = self.first().map(Coverages::read).transpose()?;
        let mut keys = coverages.keys();
        keys.extend(first.iter().flat_map(Coverages::keys));
        self.plan_keys("zone", &mut keys);
        for key in keys {
            let plan = |plan: &Plan| {
                let (zone, year) = &key;
                let figures = plan
                    .zones
                    .iter()
                    .filter(|((z, y), _)| z == zone && year.is_none_or(|year| year == *y));
                let sums = figures.fold((0, 0), |(covered, need), (_, figures)| {
                    (covered + figures.covered, need + figures.need)
                });
                Share::of(i64::try_from(sums.0).ok()?, i64::try_from(sums.1).ok()?)
            };
            let row = about("zone", key.clone(), "coverage", "share");
            let first = first.as_ref().map(|coverages| coverages.values(&key));
            self.push(row, plan, first, coverages.values(&key));
        }
        Ok(())
    }

    /// What only the plan has is told as well.
    fn plan_keys(&self, table: &str, keys: &mut BTreeSet<Key>) {
        let Against::Plan(plan) = self.against else {
            return;
        };
        if table == "zone" {
            for (zone, year) in plan.zones.keys() {
                keys.insert((zone.clone(), None));
                keys.insert((zone.clone(), Some(*year)));
            }
        } else {
            keys.extend(plan.funds.keys().map(|fund| (fund.clone(), None)));
        }
    }

    /// Adds a figure, held against what there is to hold it against.
    fn push<T: Figure>(
        &mut self,
        mut row: SeriesRow,
        of_plan: impl Fn(&Plan) -> Option<T>,
        first: Option<Vec<Option<T>>>,
        mut values: Vec<Option<T>>,
    ) {
        let baseline = match self.against {
            Against::Plan(plan) => of_plan(plan),
            Against::Base => values.first_mut().and_then(Option::take),
            _ => None,
        };
        let with_plan = |run: &SweepRun| run.statuses.iter().filter(|s| s.has_plan()).count();
        match (self.against, first) {
            (Against::Same(_), Some(first)) => paired(&mut row, &first, &values),
            (_, first) => {
                if let Some(first) = first {
                    let there: Vec<T> = first.into_iter().flatten().collect();
                    row.first = spread(there);
                }
                let there: Vec<T> = values.into_iter().flatten().collect();
                if self.has_baseline() {
                    row.baseline = baseline.map(Figure::exact);
                    let counts = there.len();
                    for value in baseline.iter().flat_map(|b| there.iter().map(|v| v.cmp(b))) {
                        row.count(value);
                    }
                    let base = usize::from(matches!(self.against, Against::Base));
                    let all = with_plan(self.sweep).saturating_sub(base);
                    row.one_sided = if baseline.is_some() {
                        counts < all
                    } else {
                        counts > 0
                    };
                }
                row.spread = spread(there);
            }
        }
        self.rows.push(row);
    }
}

/// The same scenarios of two sweeps: differences where both have the figure.
fn paired<T: Figure>(row: &mut SeriesRow, first: &[Option<T>], second: &[Option<T>]) {
    let mut differences = Vec::new();
    for pair in first.iter().zip(second) {
        match pair {
            (Some(one), Some(other)) => {
                row.count(other.cmp(one));
                differences.push(less(other.exact(), one.exact()));
            }
            (None, None) => {}
            _ => row.one_sided = true,
        }
    }
    row.spread = spread(differences);
}

/// The difference; in millionths where the exact one is too long a fraction.
fn less(after: Exact, before: Exact) -> Exact {
    let coarse = |value: Exact| rounded(&value, "level").unwrap_or(value);
    let exact = after.checked_sub(&before);
    exact.unwrap_or_else(|| coarse(after) - coarse(before))
}

impl SeriesRow {
    fn count(&mut self, ordering: Ordering) {
        match ordering {
            Ordering::Less => self.below += 1,
            Ordering::Equal => self.same += 1,
            Ordering::Greater => self.above += 1,
        }
    }

    /// How far the figure moves.
    #[must_use]
    pub fn width(&self) -> Exact {
        let spread = self.spread.as_ref().map(Spread::width);
        let first = self.first.as_ref().map(Spread::width);
        spread.max(first).unwrap_or_else(|| Exact::from_integer(0))
    }
}
