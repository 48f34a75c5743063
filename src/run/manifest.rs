//! `manifest.json`: everything that decides the bytes of a run, and nothing else.
//!
//! No time, host, path or thread count is in it: two runs with the same manifest have the same rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::parts::{TABLE_FORMAT, Tables};
use crate::model::Model;
use crate::scenario::Files;
use crate::solve::solver_name;
use crate::sweep::{Integers, Sweep};

/// Version of the manifest and the journal.
pub const MANIFEST_FORMAT: u32 = 2;

/// The version before: neither the manifest nor the lines of the journal have a check. It is read, not gone on with.
pub(super) const UNCHECKED_FORMAT: u32 = 1;

/// Fewest and most scenarios in a part: what a killed run loses, against how many files there are.
const BLOCK: (u64, u64) = (8, 64);

/// Parts that a middling sweep comes to, so that shards have something to share out.
const PARTS: u64 = 64;

/// Scenarios in a part of a sweep of so many: a function of the count alone, a multiple of the fewest.
fn block_of(count: u64) -> u64 {
    let (fewest, most) = BLOCK;
    let wanted = count.div_ceil(PARTS).clamp(fewest, most);
    wanted.div_ceil(fewest) * fewest
}

/// How scenarios are solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Route {
    /// Each from nothing.
    Cold,
    /// From the solved base.
    Hot,
    /// Several at once.
    Batch,
    /// The fastest that is there.
    Auto,
}

/// Part `index` of `of` of a sweep, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Which, from 1.
    pub index: u64,
    /// Of how many.
    pub of: u64,
}

impl Shard {
    /// A shard from `i/n`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| -> Option<u64> {
            let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|_| digits)
        };
        let (index, of) = text.split_once('/')?;
        let (index, of) = (number(index)?, number(of)?);
        (1..=of).contains(&index).then_some(Self { index, of })
    }
}

/// What the zones and funds of the base model are called, by code: a run is told by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunNames {
    /// Zones.
    pub zones: BTreeMap<String, String>,
    /// Funds.
    pub funds: BTreeMap<String, String>,
}

impl RunNames {
    /// The names of a model.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let zones = model
            .zones
            .iter()
            .map(|zone| (zone.id.clone(), zone.name.clone()));
        let funds = model
            .funds
            .iter()
            .map(|fund| (fund.id.clone(), fund.name.clone()));
        Self {
            zones: zones.collect(),
            funds: funds.collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.zones.is_empty() && self.funds.is_empty()
    }
}

/// What a run is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`MANIFEST_FORMAT`].
    pub format: u32,
    /// Always `sweep`.
    pub kind: String,
    /// Version of the columns of its tables.
    pub tables: u32,
    /// Version of the program.
    pub program: String,
    /// The solver, with its version.
    pub solver: String,
    /// Hash (BLAKE3) of every file of the model.
    pub model: BTreeMap<String, String>,
    /// Hash of the sweep file and of everything it read.
    pub sweep: BTreeMap<String, String>,
    /// Id of the sweep.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its seed, where chance plays a part.
    pub seed: Option<u64>,
    /// Ids of what varies.
    pub axes: Vec<String>,
    /// Scenarios of the whole sweep.
    pub count: u64,
    /// Scenarios in a part.
    pub block: u64,
    /// Which part of the sweep; none for all of it.
    pub shard: Option<Shard>,
    /// Whether every payment is written.
    pub ledger: bool,
    /// The route asked for.
    pub route: Route,
    /// `fixed` or `resolve`.
    pub integers: String,
    /// Names for people.
    #[serde(default, skip_serializing_if = "RunNames::is_empty")]
    pub names: RunNames,
    /// Hash (BLAKE3) of the file as it is without this line's value; made when it is written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub check: String,
}

impl Manifest {
    /// The manifest of a run of the whole sweep.
    #[must_use]
    pub fn of(sweep: &Sweep, sweep_files: &Files, model_files: &Files, route: Route) -> Self {
        Self {
            format: MANIFEST_FORMAT,
            kind: "sweep".to_owned(),
            tables: TABLE_FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            solver: solver_name(),
            model: hashes(model_files),
            sweep: hashes(sweep_files),
            id: sweep.id().to_owned(),
            title: sweep.title().to_owned(),
            seed: sweep.seed(),
            axes: sweep.axes().map(|(id, _)| id.to_owned()).collect(),
            count: sweep.count(),
            block: block_of(sweep.count()),
            shard: None,
            ledger: false,
            route,
            integers: match sweep.integers() {
                Integers::Fixed => "fixed".to_owned(),
                Integers::Resolve => "resolve".to_owned(),
            },
            names: RunNames::default(),
            check: String::new(),
        }
    }

    /// Whether it has a check, and the lines of its journal too.
    pub(super) fn has_checks(&self) -> bool {
        self.format != UNCHECKED_FORMAT
    }

    /// Which tables the run writes.
    #[must_use]
    pub fn tables_written(&self) -> Tables {
        Tables {
            ledger: self.ledger,
        }
    }

    /// Blocks of the whole sweep.
    #[must_use]
    pub fn all_blocks(&self) -> u64 {
        self.count.div_ceil(self.block.max(1))
    }

    /// Blocks of this run: shards share them out evenly, in order, and never cut one.
    #[must_use]
    pub fn blocks(&self) -> std::ops::Range<u64> {
        let all = u128::from(self.all_blocks());
        let shard = self.shard.unwrap_or(Shard { index: 1, of: 1 });
        let of = u128::from(shard.of.max(1));
        let edge = |before: u64| {
            let edge = all.saturating_mul(u128::from(before)) / of;
            u64::try_from(edge).unwrap_or(u64::MAX)
        };
        edge(shard.index.saturating_sub(1))..edge(shard.index)
    }

    /// Scenarios of a block, by index.
    #[must_use]
    pub fn scenarios(&self, block: u64) -> std::ops::Range<u64> {
        let edge = |block: u64| block.saturating_mul(self.block).min(self.count);
        edge(block)..edge(block.saturating_add(1))
    }

    /// How many scenarios this run has.
    #[must_use]
    pub fn n_scenarios(&self) -> u64 {
        let blocks = self.blocks();
        let edge = |block: u64| block.saturating_mul(self.block).min(self.count);
        edge(blocks.end).saturating_sub(edge(blocks.start))
    }

    /// The file.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut manifest = Self {
            check: String::new(),
            ..self.clone()
        };
        if self.has_checks() {
            let bytes = serde_json::to_vec_pretty(&manifest)?;
            manifest.check = blake3::hash(&bytes).to_hex().to_string();
        }
        let mut bytes = serde_json::to_vec_pretty(&manifest)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// What differs between two manifests, shard apart: names of the fields.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let same = [
            (
                "format",
                self.format == other.format && self.kind == other.kind,
            ),
            ("tables", self.tables == other.tables),
            ("program", self.program == other.program),
            ("solver", self.solver == other.solver),
            ("model", self.model == other.model),
            ("sweep", self.sweep == other.sweep),
            ("id", self.id == other.id && self.title == other.title),
            ("seed", self.seed == other.seed),
            ("axes", self.axes == other.axes),
            (
                "count",
                self.count == other.count && self.block == other.block,
            ),
            ("ledger", self.ledger == other.ledger),
            ("route", self.route == other.route),
            ("integers", self.integers == other.integers),
        ];
        let differ = same.into_iter().filter(|(_, same)| !same);
        differ.map(|(name, _)| name).collect()
    }
}

fn hashes(files: &Files) -> BTreeMap<String, String> {
    let hash = |bytes: &Vec<u8>| blake3::hash(bytes).to_hex().to_string();
    files
        .iter()
        .map(|(name, bytes)| (name.clone(), hash(bytes)))
        .collect()
}

#[cfg(test)]
pub(super) fn sample(count: u64, block: u64) -> Manifest {
    Manifest {
        format: MANIFEST_FORMAT,
        kind: "sweep".to_owned(),
        tables: TABLE_FORMAT,
        program: "1.2.3".to_owned(),
        solver: "none".to_owned(),
        model: BTreeMap::new(),
        sweep: BTreeMap::new(),
        id: "trial".to_owned(),
        title: "A trial".to_owned(),
        seed: Some(7),
        axes: vec!["a".to_owned()],
        count,
        block,
        shard: None,
        ledger: true,
        route: Route::Cold,
        integers: "resolve".to_owned(),
        names: RunNames::default(),
        check: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_cover_every_block_once_however_many_there_are() {
        for count in [0, 1, 63, 64, 65, 1000] {
            for of in [1, 2, 3, 7, 40] {
                let mut next = 0;
                let mut scenarios = 0;
                for index in 1..=of {
                    let shard = Some(Shard { index, of });
                    let manifest = Manifest {
                        shard,
                        ..sample(count, 64)
                    };
                    assert_eq!(manifest.blocks().start, next);
                    next = manifest.blocks().end;
                    scenarios += manifest.n_scenarios();
                    let inside: u64 = manifest
                        .blocks()
                        .map(|b| {
                            let range = manifest.scenarios(b);
                            range.end - range.start
                        })
                        .sum();
                    assert_eq!(inside, manifest.n_scenarios());
                }
                assert_eq!((next, scenarios), (sample(count, 64).all_blocks(), count));
            }
        }
    }

    #[test]
    fn small_sweeps_have_small_parts() {
        let blocks = [0, 1, 512, 513, 1000, 4096, 10_000_000].map(block_of);
        assert_eq!(blocks, [8, 8, 8, 16, 16, 64, 64]);
    }

    #[test]
    fn a_shard_is_one_of_those_there_are() {
        assert_eq!(Shard::parse("2/3"), Some(Shard { index: 2, of: 3 }));
        for text in [
            "0/3", "4/3", "2", "/", "1/0", "-1/2", "+1/2", "a/b", "1/2/3",
        ] {
            assert_eq!(Shard::parse(text), None, "{text}");
        }
    }
}
