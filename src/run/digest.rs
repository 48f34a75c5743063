//! What a finished run comes to: counts, quantiles of its goals, and what moves most from scenario to scenario.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::folder::{RunError, finished, read_manifest};
use super::manifest::Manifest;
use super::parts::Parts;
use super::rows::{FundRow, GoalRow, ScenarioRow, Status, ZoneRow};
use crate::units::{Exact, exact_text, parse_exact};

/// Version of the digest as JSON.
const FORMAT: u32 = 1;

/// How many scenarios without a plan are named.
const NAMED: usize = 10;

/// What a run comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Digest {
    /// Version of this form.
    pub format: u32,
    /// Id of the sweep.
    pub sweep: String,
    /// Its title.
    pub title: String,
    /// Scenarios in this run.
    pub scenarios: u64,
    /// How many ended in each way.
    pub statuses: BTreeMap<&'static str, u64>,
    /// How many each route answered.
    pub routes: BTreeMap<String, u64>,
    /// How many another route than the one asked answered, by reason.
    pub handed_over: BTreeMap<String, u64>,
    /// The first scenarios without a plan.
    pub without_plan: Vec<WithoutPlan>,
    /// Goals, in order.
    pub goals: Vec<GoalDigest>,
    /// Zones by how far their money moves, the farthest first; all years together.
    pub zones: Vec<Spread>,
    /// Funds by how far the money they pay moves, the farthest first; all years together.
    pub funds: Vec<Spread>,
}

/// A scenario without a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WithoutPlan {
    /// Its number.
    pub index: i64,
    /// Its name.
    pub label: String,
    /// How it ended.
    pub status: &'static str,
    /// Why.
    pub reason: String,
}

/// A goal over the scenarios that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoalDigest {
    /// Its position, from 1.
    pub goal: i64,
    /// Its kind.
    pub kind: String,
    /// Its level.
    pub level: i64,
    /// The unit of its values.
    pub unit: String,
    /// Its values, exact.
    pub values: Quantiles<String>,
}

/// Values of real scenarios by nearest rank: of `n` values in order, the one in place `⌈q·n⌉`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quantiles<T> {
    /// Scenarios behind it.
    pub n: usize,
    /// The least.
    pub least: T,
    /// A quarter is not above it.
    pub quarter: T,
    /// Half is not above it.
    pub half: T,
    /// Three quarters are not above it.
    pub three_quarters: T,
    /// The most.
    pub most: T,
}

impl<T: Ord + Clone> Quantiles<T> {
    /// The quantiles of some values; none of none.
    #[must_use]
    pub fn of(mut values: Vec<T>) -> Option<Self> {
        values.sort_unstable();
        let n = values.len();
        let at = |quarters: usize| {
            let place = (quarters * n).div_ceil(4);
            values.get(place.saturating_sub(1)).cloned()
        };
        Some(Self {
            n,
            least: at(0)?,
            quarter: at(1)?,
            half: at(2)?,
            three_quarters: at(3)?,
            most: at(4)?,
        })
    }
}

impl<T> Quantiles<T> {
    fn map<U>(self, told: impl Fn(T) -> U) -> Quantiles<U> {
        Quantiles {
            n: self.n,
            least: told(self.least),
            quarter: told(self.quarter),
            half: told(self.half),
            three_quarters: told(self.three_quarters),
            most: told(self.most),
        }
    }
}

/// How far a sum of cents moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Code of the zone or fund.
    pub id: String,
    /// Its name; the code where the base model does not have it.
    pub name: String,
    /// Its cents.
    pub cents: Quantiles<i64>,
}

/// A goal: position, kind, level, unit.
type GoalKey = (i64, String, i64, String);

/// Reads a finished run and sums it up.
///
/// # Errors
/// [`RunError`] when the folder is no finished run, or a part of it is damaged.
pub fn digest(folder: &Path) -> Result<Digest, RunError> {
    let manifest = read_manifest(folder)?;
    finished(folder, &manifest)?;
    let parts = Parts::of(folder);
    let mut digest = empty(&manifest);
    let mut goals: BTreeMap<GoalKey, Vec<Exact>> = BTreeMap::new();
    let mut zones = Sums::default();
    let mut funds = Sums::default();
    for block in manifest.blocks() {
        for row in parts.read::<ScenarioRow>(block)? {
            count(&mut digest, row);
        }
        for row in parts.read::<GoalRow>(block)? {
            let value = parse_value(&row.value).ok_or_else(|| RunError::Damaged {
                path: folder.join("goals.parquet"),
                why: row.value.clone(),
            })?;
            let key = (row.goal, row.kind, row.level, row.unit);
            goals.entry(key).or_default().push(value);
        }
        for row in parts.read::<ZoneRow>(block)? {
            zones.add(row.index, row.zone, row.euro);
        }
        for row in parts.read::<FundRow>(block)? {
            funds.add(row.index, row.fund, row.used);
        }
    }
    let told = |((goal, kind, level, unit), values)| {
        Some(GoalDigest {
            goal,
            kind,
            level,
            unit,
            values: Quantiles::of(values)?.map(|value| exact_text(&value)),
        })
    };
    digest.goals = goals.into_iter().filter_map(told).collect();
    digest.zones = zones.spreads(&manifest.names.zones);
    digest.funds = funds.spreads(&manifest.names.funds);
    Ok(digest)
}

fn empty(manifest: &Manifest) -> Digest {
    Digest {
        format: FORMAT,
        sweep: manifest.id.clone(),
        title: manifest.title.clone(),
        scenarios: manifest.n_scenarios(),
        statuses: BTreeMap::new(),
        routes: BTreeMap::new(),
        handed_over: BTreeMap::new(),
        without_plan: Vec::new(),
        goals: Vec::new(),
        zones: Vec::new(),
        funds: Vec::new(),
    }
}

impl Digest {
    /// How many scenarios ended so.
    #[must_use]
    pub fn count(&self, status: Status) -> u64 {
        self.statuses
            .get(status.word())
            .copied()
            .unwrap_or_default()
    }
}

fn count(digest: &mut Digest, row: ScenarioRow) {
    *digest.statuses.entry(row.status.word()).or_default() += 1;
    if let Some(route) = row.route {
        *digest.routes.entry(route).or_default() += 1;
    }
    if let Some(why) = row.handed_over {
        *digest.handed_over.entry(why).or_default() += 1;
    }
    if !row.status.has_plan() && digest.without_plan.len() < NAMED {
        digest.without_plan.push(WithoutPlan {
            index: row.index,
            label: row.label,
            status: row.status.word(),
            reason: row.reason.unwrap_or_default(),
        });
    }
}

/// A number as [`exact_text`] writes it: a decimal or a fraction, with a sign.
#[must_use]
pub fn parse_value(text: &str) -> Option<Exact> {
    let positive = text.strip_prefix('-');
    let value = parse_exact(positive.unwrap_or(text))?;
    Some(if positive.is_some() { -value } else { value })
}

/// Sums over years, scenario by scenario: rows come in the order of scenarios.
#[derive(Default)]
struct Sums {
    by_id: BTreeMap<String, (i64, Vec<i64>)>,
}

impl Sums {
    fn add(&mut self, index: i64, id: String, cents: i64) {
        let (last, sums) = self.by_id.entry(id).or_insert((-1, Vec::new()));
        match sums.last_mut().filter(|_| *last == index) {
            Some(sum) => *sum = sum.saturating_add(cents),
            None => sums.push(cents),
        }
        *last = index;
    }

    fn spreads(self, names: &BTreeMap<String, String>) -> Vec<Spread> {
        let spread = |(id, (_, sums)): (String, (i64, Vec<i64>))| {
            Some(Spread {
                name: names.get(&id).unwrap_or(&id).clone(),
                id,
                cents: Quantiles::of(sums)?,
            })
        };
        let mut spreads: Vec<Spread> = self.by_id.into_iter().filter_map(spread).collect();
        spreads.sort_by_key(|spread| spread.cents.least.saturating_sub(spread.cents.most));
        spreads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_value_of_a_scenario() {
        let of = |values: &[i64]| {
            let q = Quantiles::of(values.to_vec()).unwrap();
            [q.least, q.quarter, q.half, q.three_quarters, q.most]
        };
        assert_eq!(of(&[40, 10, 30, 20]), [10, 10, 20, 30, 40]);
        assert_eq!(of(&[5]), [5; 5]);
        assert_eq!(of(&[1, 2, 3, 4, 5]), [1, 2, 3, 4, 5]);
        assert_eq!(Quantiles::<i64>::of(vec![]), None);
    }

    #[test]
    fn years_add_up_within_a_scenario_and_not_across() {
        let mut sums = Sums::default();
        for (index, id, cents) in [
            (0, "a", 1),
            (0, "b", 5),
            (0, "a", 2),
            (1, "a", 10),
            (1, "b", 5),
        ] {
            sums.add(index, id.to_owned(), cents);
        }
        let spreads = sums.spreads(&BTreeMap::from([("a".to_owned(), "Alta".to_owned())]));
        assert_eq!(
            (spreads[0].id.as_str(), spreads[0].name.as_str()),
            ("a", "Alta")
        );
        assert_eq!(spreads[1].name, "b");
        assert_eq!((spreads[0].cents.least, spreads[0].cents.most), (3, 10));
        assert_eq!((spreads[1].cents.least, spreads[1].cents.n), (5, 2));
    }

    #[test]
    fn a_value_is_read_as_it_is_written() {
        for value in [Exact::new(-7, 3), Exact::new(1234, 100), Exact::new(0, 1)] {
            assert_eq!(parse_value(&exact_text(&value)), Some(value));
        }
    }
}
