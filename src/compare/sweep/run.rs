//! A finished sweep, read scenario by scenario.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::error::CompareError;
use crate::report::FolderError;
use crate::run::{
    MANIFEST_FORMAT, Manifest, Parts, Row, RunError, ScenarioRow, Status, Totals, finished_run,
};

/// Name of the scenario that changes nothing.
const BASE: &str = "base";

/// A finished sweep: how every scenario ended. Its figures are read one kind at a time, when they are wanted.
#[derive(Clone, Debug)]
pub struct SweepRun {
    /// Where it was read.
    pub folder: PathBuf,
    /// What it is.
    pub manifest: Manifest,
    /// How each scenario ended, by its number.
    pub statuses: Vec<Status>,
    /// Whether scenario 0 is the base: the model without any change.
    pub has_base: bool,
    pub(super) totals: Vec<Option<Totals>>,
}

impl SweepRun {
    /// Whether a folder looks like one that `sweep` or `merge` wrote.
    #[must_use]
    pub fn is_one(folder: &Path) -> bool {
        folder.join("scenarios.parquet").is_dir() && !folder.join("dossier").exists()
    }

    /// Reads a finished sweep.
    ///
    /// # Errors
    /// [`CompareError`]: it is no sweep, not finished, a single shard, changed since, or cannot be read.
    pub fn read(folder: &Path) -> Result<Self, CompareError> {
        let manifest = finished_run(folder).map_err(|error| refusal(folder, error))?;
        if let Some(shard) = manifest.shard {
            return Err(CompareError::IsShard {
                folder: folder.to_owned(),
                shard: format!("{}/{}", shard.index, shard.of),
            });
        }
        let mut run = Self {
            folder: folder.to_owned(),
            manifest,
            statuses: Vec::new(),
            has_base: false,
            totals: Vec::new(),
        };
        let (mut statuses, mut totals) = (Vec::new(), Vec::new());
        let mut has_base = false;
        run.rows(|row: ScenarioRow| {
            let unchanged = row.values.iter().all(Option::is_none);
            has_base |= row.index == 0 && row.label == BASE && unchanged;
            let position = i64::try_from(statuses.len()).unwrap_or(i64::MAX);
            statuses.push(row.status);
            totals.push(row.totals.filter(|_| row.status.has_plan()));
            (row.index == position).then_some(())
        })?;
        (run.statuses, run.totals, run.has_base) = (statuses, totals, has_base);
        Ok(run)
    }

    /// How many scenarios there are.
    #[must_use]
    pub fn n_scenarios(&self) -> usize {
        self.statuses.len()
    }

    /// How many scenarios ended in each way.
    #[must_use]
    pub fn by_status(&self) -> BTreeMap<Status, usize> {
        let mut counts = BTreeMap::new();
        for status in &self.statuses {
            *counts.entry(*status).or_default() += 1;
        }
        counts
    }

    /// Whether two sweeps are of the same scenarios: the same sweep file, and as many of them.
    #[must_use]
    pub fn is_of_the_scenarios_of(&self, other: &Self) -> bool {
        self.manifest.sweep == other.manifest.sweep
            && self.manifest.id == other.manifest.id
            && self.n_scenarios() == other.n_scenarios()
    }

    /// The number of a scenario as a position, if it is one that has a plan.
    pub(super) fn position(&self, index: i64) -> Option<usize> {
        let position = usize::try_from(index).ok()?;
        let status = self.statuses.get(position)?;
        status.has_plan().then_some(position)
    }

    /// Gives every row of a table to a function, in order; a row it does not know what to do with is damage.
    pub(super) fn rows<R: Row>(
        &self,
        mut each: impl FnMut(R) -> Option<()>,
    ) -> Result<(), CompareError> {
        let parts = Parts::of(&self.folder);
        let damaged = |path: PathBuf, place: String| CompareError::Damaged { path, place };
        for block in self.manifest.blocks() {
            let rows = parts
                .read::<R>(block)
                .map_err(|error| refusal(&self.folder, error))?;
            for (number, row) in rows.into_iter().enumerate() {
                each(row).ok_or_else(|| {
                    let path = self.folder.join(format!("{}.parquet", R::TABLE));
                    damaged(path, format!("part {block}, row {}", number + 1))
                })?;
            }
        }
        Ok(())
    }
}

fn refusal(folder: &Path, error: RunError) -> CompareError {
    match error {
        RunError::NoRun { folder } => CompareError::NotOurs { folder },
        RunError::Unfinished { folder, .. } => CompareError::Unfinished { folder },
        RunError::Format { folder, found } => CompareError::Format {
            path: folder.join("manifest.json"),
            found,
            known: MANIFEST_FORMAT,
        },
        RunError::Damaged { path, why } => CompareError::Damaged { path, place: why },
        RunError::Folder(FolderError::Io { path, error }) => CompareError::Io { path, error },
        other => CompareError::Damaged {
            path: folder.to_owned(),
            place: other.to_string(),
        },
    }
}
