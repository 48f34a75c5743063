//! The catalogue of runs: a small SQLite file in the user's data folder, never in the folder of a result.
//!
//! It is a convenience: what it says decides nothing, and where it cannot be written a run goes on without it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;
use jiff::Timestamp;
use mappafondo::run::Manifest;
use rusqlite::{Connection, params};
use serde::Serialize;

/// Overrides the user's data folder.
const VARIABLE: &str = "MAPPAFONDO_DATA";

/// How long to wait for another run that is writing.
const PATIENCE: Duration = Duration::from_secs(2);

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY,
    begun TEXT NOT NULL,
    ended TEXT,
    status TEXT NOT NULL,
    folder TEXT NOT NULL,
    sweep TEXT NOT NULL,
    title TEXT NOT NULL,
    seed TEXT,
    scenarios INTEGER NOT NULL,
    without_plan INTEGER,
    shard TEXT,
    route TEXT NOT NULL,
    program TEXT NOT NULL,
    solver TEXT NOT NULL,
    model_files TEXT NOT NULL,
    sweep_files TEXT NOT NULL
)";

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Begun, and not heard of since.
    Begun,
    /// Told to stop.
    Stopped,
    /// Every scenario has its row.
    Complete,
    /// Ended by an error.
    Failed,
    /// Not finished, and gone on with by a later run.
    Resumed,
}

impl Standing {
    fn word(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Stopped => "stopped",
            Self::Complete => "complete",
            Self::Failed => "failed",
            Self::Resumed => "resumed",
        }
    }
}

/// A run in the catalogue.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    /// When it began (UTC).
    pub(crate) begun: String,
    /// When it ended (UTC).
    pub(crate) ended: Option<String>,
    /// `begun`, `stopped`, `complete`, `failed` or `resumed`.
    pub(crate) status: String,
    /// Where its result is.
    pub(crate) folder: String,
    /// Id of the sweep.
    pub(crate) sweep: String,
    /// Scenarios of the run.
    pub(crate) scenarios: i64,
    /// Of these, without a plan.
    pub(crate) without_plan: Option<i64>,
    /// Part of the sweep.
    pub(crate) shard: Option<String>,
    /// The seed.
    pub(crate) seed: Option<String>,
    /// Version of the program.
    pub(crate) program: String,
    /// Hash of each file of the model, as JSON.
    pub(crate) model_files: String,
    /// Hash of each file of the sweep, as JSON.
    pub(crate) sweep_files: String,
}

/// A run that is being noted.
#[derive(Clone, Debug)]
pub(crate) struct Noted {
    file: PathBuf,
    id: i64,
}

/// The file of the catalogue.
///
/// # Errors
/// Why there is no data folder.
pub(crate) fn file() -> Result<PathBuf, String> {
    let folder = match std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => etcetera::choose_base_strategy()
            .map_err(|error| error.to_string())?
            .data_dir()
            .join("mappafondo"),
    };
    Ok(folder.join("runs.sqlite"))
}

fn open(file: &Path) -> Result<Connection, String> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    let connect = || -> rusqlite::Result<Connection> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute(SCHEMA, [])?;
        Ok(connection)
    };
    connect().map_err(|error| error.to_string())
}

/// Notes that a run begins.
///
/// # Errors
/// Why it could not be noted.
pub(crate) fn begin(folder: &Path, manifest: &Manifest) -> Result<Noted, String> {
    let file = file()?;
    let connection = open(&file)?;
    let json = |hashes| serde_json::to_string(hashes).unwrap_or_default();
    let route = serde_json::to_string(&manifest.route).unwrap_or_default();
    let shard = manifest
        .shard
        .map(|shard| format!("{}/{}", shard.index, shard.of));
    let values = params![
        Timestamp::now().to_string(),
        Standing::Begun.word(),
        folder.display().to_string(),
        manifest.id,
        manifest.title,
        manifest.seed.map(|seed| seed.to_string()),
        i64::try_from(manifest.n_scenarios()).unwrap_or(i64::MAX),
        shard,
        route.trim_matches('"'),
        manifest.program,
        manifest.solver,
        json(&manifest.model),
        json(&manifest.sweep),
    ];
    let insert = "INSERT INTO runs (begun, status, folder, sweep, title, seed, scenarios, shard, route, program, solver,
        model_files, sweep_files) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    // Whoever has the folder now goes on with what was begun there.
    let before = "UPDATE runs SET status = ?1 WHERE folder = ?2 AND status IN (?3, ?4, ?5)";
    let earlier = params![
        Standing::Resumed.word(),
        folder.display().to_string(),
        Standing::Begun.word(),
        Standing::Stopped.word(),
        Standing::Failed.word(),
    ];
    connection
        .execute(before, earlier)
        .and_then(|_| connection.execute(insert, values))
        .map_err(|error| error.to_string())?;
    let id = connection.last_insert_rowid();
    Ok(Noted { file, id })
}

impl Noted {
    /// Notes how the run ended. What cannot be noted is let go: the result is there all the same.
    pub(crate) fn end(&self, standing: Standing, without_plan: Option<u64>) {
        let Ok(connection) = open(&self.file) else {
            return;
        };
        let without_plan = without_plan.and_then(|n| i64::try_from(n).ok());
        let values = params![
            Timestamp::now().to_string(),
            standing.word(),
            without_plan,
            self.id
        ];
        let update = "UPDATE runs SET ended = ?1, status = ?2, without_plan = ?3 WHERE id = ?4";
        let _ = connection.execute(update, values);
    }
}

/// Every run, the latest first.
///
/// # Errors
/// The file, and why it cannot be read.
pub(crate) fn list() -> Result<Vec<Entry>, (PathBuf, String)> {
    let file = file().map_err(|error| (PathBuf::new(), error))?;
    if !file.exists() {
        return Ok(Vec::new());
    }
    let read = || -> rusqlite::Result<Vec<Entry>> {
        let connection = Connection::open(&file)?;
        connection.busy_timeout(PATIENCE)?;
        let mut select = connection.prepare(
            "SELECT begun, ended, status, folder, sweep, scenarios, without_plan, shard, seed, program, model_files,
             sweep_files FROM runs ORDER BY id DESC",
        )?;
        let entries = select.query_map([], |row| {
            Ok(Entry {
                begun: row.get(0)?,
                ended: row.get(1)?,
                status: row.get(2)?,
                folder: row.get(3)?,
                sweep: row.get(4)?,
                scenarios: row.get(5)?,
                without_plan: row.get(6)?,
                shard: row.get(7)?,
                seed: row.get(8)?,
                program: row.get(9)?,
                model_files: row.get(10)?,
                sweep_files: row.get(11)?,
            })
        })?;
        entries.collect()
    };
    read().map_err(|error| (file.clone(), error.to_string()))
}
