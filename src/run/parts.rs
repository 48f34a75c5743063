//! The tables of a run, block by block: rows to parts and parts to rows.

use std::path::{Path, PathBuf};

use super::folder::RunError;
use super::rows::{Answer, FundRow, GoalRow, LedgerRow, Row, ScenarioRow, ZoneRow};
use super::table::{Table, TableError};
use crate::disk::{LARGEST_FILE, read_file};
use crate::report::folder::at;

/// Version of the columns of every table; in each file, and in `docs/sweep-results.md`.
pub const TABLE_FORMAT: u32 = 1;

/// Which tables a run writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tables {
    /// Whether `ledger.parquet` is one of them.
    pub ledger: bool,
}

impl Tables {
    /// Folders of the tables, in order.
    #[must_use]
    pub fn folders(self) -> Vec<String> {
        let ledger = self.ledger.then_some(LedgerRow::TABLE);
        let names = [
            ScenarioRow::TABLE,
            GoalRow::TABLE,
            ZoneRow::TABLE,
            FundRow::TABLE,
        ];
        let names = names.into_iter().chain(ledger);
        names.map(|name| format!("{name}.parquet")).collect()
    }

    /// The files of a block, in the order of [`Tables::folders`].
    #[must_use]
    pub fn files(self, block: u64) -> Vec<String> {
        let folders = self.folders().into_iter();
        folders
            .map(|folder| format!("{folder}/{}", part(block)))
            .collect()
    }

    /// The files of a block and their bytes. `answers` are in the order of their index.
    ///
    /// # Errors
    /// [`TableError`]: a fault of ours.
    pub fn write(
        self,
        block: u64,
        answers: Vec<Answer>,
        axes: &[String],
    ) -> Result<Vec<(String, Vec<u8>)>, TableError> {
        let mut scenarios = Vec::with_capacity(answers.len());
        let (mut goals, mut zones, mut funds) = (Vec::new(), Vec::new(), Vec::new());
        let mut ledger = Vec::new();
        for answer in answers {
            scenarios.push(answer.scenario);
            goals.extend(answer.goals);
            zones.extend(answer.zones);
            funds.extend(answer.funds);
            ledger.extend(answer.ledger);
        }
        let mut bytes = vec![
            bytes_of(&scenarios, axes)?,
            bytes_of(&goals, axes)?,
            bytes_of(&zones, axes)?,
            bytes_of(&funds, axes)?,
        ];
        if self.ledger {
            bytes.push(bytes_of(&ledger, axes)?);
        }
        Ok(self.files(block).into_iter().zip(bytes).collect())
    }
}

/// Name of the part of a block.
fn part(block: u64) -> String {
    format!("part-{block:05}.parquet")
}

fn bytes_of<R: Row>(rows: &[R], axes: &[String]) -> Result<Vec<u8>, TableError> {
    let table = Table {
        name: R::TABLE.to_owned(),
        format: TABLE_FORMAT,
        columns: R::columns(rows, axes),
    };
    table.to_bytes()
}

/// Reads the parts of a run, one block at a time.
#[derive(Clone, Debug)]
pub struct Parts {
    folder: PathBuf,
}

impl Parts {
    /// The parts in the folder of a run.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The rows of one table in one block.
    ///
    /// # Errors
    /// [`RunError::Folder`] when the file cannot be read, [`RunError::Damaged`] when it is not the table it should be.
    pub fn read<R: Row>(&self, block: u64) -> Result<Vec<R>, RunError> {
        let path = self
            .folder
            .join(format!("{}.parquet", R::TABLE))
            .join(part(block));
        let bytes = read_file(&path, LARGEST_FILE).map_err(at(&path))?;
        let table = Table::from_bytes(bytes, R::TABLE, TABLE_FORMAT);
        table
            .and_then(|table| R::rows(&table))
            .map_err(|error| RunError::Damaged {
                path,
                why: error.to_string(),
            })
    }
}
