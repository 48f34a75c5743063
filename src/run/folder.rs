//! The folder of a run: taken by one run at a time, and at every moment in a state from which the next one can go on.
//!
//! A part is written under another name, flushed, renamed, and its folder flushed; only then does the journal say so. What the
//! journal does not vouch for is made again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::journal::{self, Chain, Line, State};
use super::manifest::{MANIFEST_FORMAT, Manifest, UNCHECKED_FORMAT};
use super::table::TableError;
use crate::disk::{LARGEST_FILE, read_file};
use crate::report::FolderError;
use crate::report::folder::{acquire, at, beside, is_empty, list, resolve, sync_folder};

const MANIFEST: &str = "manifest.json";
const JOURNAL: &str = "journal";

/// What stands before the name of a file that is not finished.
const UNFINISHED: &str = ".mappafondo-";

/// How many foreign files a refusal names.
const NAMED: usize = 3;

/// Why a run cannot begin, go on, or be read.
#[derive(Debug, Error)]
pub enum RunError {
    /// The folder is not ours, in use, or the disk said no.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The folder holds a run already, and resuming was not asked for.
    #[error("{} holds a run already", folder.display())]
    Exists {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder holds no run.
    #[error("{} holds no run", folder.display())]
    NoRun {
        /// The folder.
        folder: PathBuf,
    },
    /// What is asked is not what the run in the folder was begun with.
    #[error("{} was begun with other {}", folder.display(), what.join(", "))]
    Changed {
        /// The folder.
        folder: PathBuf,
        /// Fields of the manifest that differ.
        what: Vec<&'static str>,
    },
    /// A run of another version of the format.
    #[error("{} has format {found}", folder.display())]
    Format {
        /// The folder.
        folder: PathBuf,
        /// The version found.
        found: u32,
    },
    /// A file of the run is not as it was written.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was seen.
        why: String,
    },
    /// A run that has not come to its end.
    #[error("{} is not finished: {missing} blocks are missing", folder.display())]
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// Blocks missing.
        missing: u64,
    },
    /// Scenarios that two shards have.
    #[error("scenario {scenario} is in {} and in {}", one.display(), other.display())]
    Twice {
        /// The first such scenario.
        scenario: u64,
        /// One folder.
        one: PathBuf,
        /// The other.
        other: PathBuf,
    },
    /// Scenarios that no shard has.
    #[error("scenarios {first} to {last} are in no shard")]
    Gap {
        /// The first such scenario.
        first: u64,
        /// The last of them.
        last: u64,
    },
    /// A fault of ours.
    #[error("{0}")]
    Internal(String),
}

impl From<TableError> for RunError {
    fn from(error: TableError) -> Self {
        Self::Internal(error.to_string())
    }
}

/// The folder of a run, locked until this value goes.
#[derive(Debug)]
pub struct RunFolder {
    folder: PathBuf,
    lock: PathBuf,
    journal: File,
    pub(super) state: State,
    _held: File,
}

impl RunFolder {
    /// Takes a folder for a run: new or empty, or, to resume, one where the same run was begun.
    ///
    /// What a killed run left half-written goes; a finished part that is not as the journal says is made again.
    ///
    /// # Errors
    /// [`RunError`] when the folder cannot be used.
    pub fn open(folder: &Path, manifest: &Manifest, resume: bool) -> Result<Self, RunError> {
        let folder = resolve(folder)?;
        let lock = beside(&folder, "lock");
        let held = acquire(&lock, &folder)?;
        let opened = open_locked(&folder, manifest, resume);
        match opened {
            Ok((journal, state)) => Ok(Self {
                folder,
                lock,
                journal,
                state,
                _held: held,
            }),
            Err(error) => {
                let _ = fs::remove_file(&lock);
                Err(error)
            }
        }
    }

    /// The folder, with symbolic links resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// How many of some blocks are finished.
    #[must_use]
    pub fn is_finished(&self, block: u64) -> bool {
        self.state.finished.contains_key(&block)
    }

    /// Says in the journal that the base is about to be solved; whether it may be, or has ended the program too often.
    ///
    /// # Errors
    /// [`RunError`] when the journal cannot be written.
    pub fn begin_base(&mut self) -> Result<bool, RunError> {
        if self.state.is_base_suspect() {
            return Ok(false);
        }
        self.note(Line::BaseBegan)?;
        Ok(true)
    }

    /// Says that the base is solved, or that it has no plan: it does not end the program.
    ///
    /// # Errors
    /// [`RunError`] when the journal cannot be written.
    pub fn end_base(&mut self) -> Result<(), RunError> {
        self.note(Line::BaseSolved)
    }

    /// Adds a line to the journal.
    pub(super) fn note(&mut self, line: Line) -> Result<(), RunError> {
        let appended = journal::append(&mut self.journal, &mut self.state.chain, &line);
        appended.map_err(at(&self.folder.join(JOURNAL)))?;
        self.state.note(line);
        Ok(())
    }

    /// Puts the parts of a block in place and says so in the journal.
    pub(super) fn publish(
        &mut self,
        block: u64,
        files: &[(String, Vec<u8>)],
    ) -> Result<(), RunError> {
        let mut parts = BTreeMap::new();
        for (name, bytes) in files {
            put(&self.folder.join(name), bytes)?;
            parts.insert(name.clone(), hash(bytes));
        }
        self.note(Line::Finished { block, parts })
    }

    /// Ends the run: the journal becomes what it would be had nothing gone wrong.
    pub(super) fn complete(&mut self) -> Result<(), RunError> {
        if self.state.complete {
            return Ok(());
        }
        let mut bytes = Vec::new();
        let mut chain = chain(&read_manifest(&self.folder)?)?;
        for line in self.state.settled() {
            let text = chain.text(&line).map_err(internal)?;
            bytes.extend(text);
        }
        put(&self.folder.join(JOURNAL), &bytes)?;
        self.state.note(Line::Complete);
        Ok(())
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        // Gone before the lock is, so that nobody can hold a lock on a file that has no name.
        let _ = fs::remove_file(&self.lock);
    }
}

fn open_locked(
    folder: &Path,
    manifest: &Manifest,
    resume: bool,
) -> Result<(File, State), RunError> {
    if folder.exists() {
        tidy(folder)?;
        if !is_empty(folder)? {
            return reopen(folder, manifest, resume);
        }
    }
    fs::create_dir_all(folder).map_err(at(folder))?;
    for table in manifest.tables_written().folders() {
        let table = folder.join(table);
        fs::create_dir_all(&table).map_err(at(&table))?;
    }
    // The manifest is what makes the folder ours, so it is there before anything else that is a file.
    put(
        &folder.join(MANIFEST),
        &manifest.to_bytes().map_err(internal)?,
    )?;
    let state = State::begin(chain(manifest)?);
    Ok((open_journal(folder, 0)?, state))
}

fn internal(error: impl std::fmt::Display) -> RunError {
    RunError::Internal(error.to_string())
}

/// What the first line of the journal of a run hangs on.
fn chain(manifest: &Manifest) -> Result<Chain, RunError> {
    let bytes = manifest.to_bytes().map_err(internal)?;
    Ok(Chain::of(&bytes, manifest.has_checks()))
}

fn reopen(folder: &Path, asked: &Manifest, resume: bool) -> Result<(File, State), RunError> {
    let folder_of = || folder.to_owned();
    let begun = match read_manifest(folder) {
        Err(RunError::NoRun { .. }) if only_empty_folders(folder)? => None,
        Err(RunError::NoRun { .. }) => return Err(not_ours(folder, &BTreeSet::new())?),
        Err(error) => return Err(error),
        Ok(begun) => Some(begun),
    };
    let Some(begun) = begun else {
        // Killed before its manifest: begun anew.
        for entry in fs::read_dir(folder).map_err(at(folder))? {
            let path = entry.map_err(at(folder))?.path();
            fs::remove_dir(&path).map_err(at(&path))?;
        }
        return open_locked(folder, asked, resume);
    };
    if !resume {
        return Err(RunError::Exists {
            folder: folder_of(),
        });
    }
    let mut what = begun.differences(asked);
    if begun.shard != asked.shard {
        what.push("shard");
    }
    if !what.is_empty() {
        return Err(RunError::Changed {
            folder: folder_of(),
            what,
        });
    }
    let known = known_files(&begun);
    let mut found = BTreeSet::new();
    list(folder, "", &mut found)?;
    if !found.iter().all(|name| known.contains(name)) {
        return Err(not_ours(folder, &known)?);
    }
    for table in begun.tables_written().folders() {
        let table = folder.join(table);
        fs::create_dir_all(&table).map_err(at(&table))?;
    }
    let (mut state, whole) = read_journal(folder, &begun)?;
    let mut spoiled = Vec::new();
    for (block, parts) in &state.finished {
        if !is_as_written(folder, parts)? {
            spoiled.push(*block);
        }
    }
    for block in spoiled {
        state.finished.remove(&block);
        state.complete = false;
    }
    Ok((open_journal(folder, whole)?, state))
}

/// The manifest of a run.
pub(super) fn read_manifest(folder: &Path) -> Result<Manifest, RunError> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: u32,
        kind: String,
    }
    let path = folder.join(MANIFEST);
    let no_run = || RunError::NoRun {
        folder: folder.to_owned(),
    };
    let bytes = match read_file(&path, LARGEST_FILE) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(no_run()),
        Err(error) => return Err(at(&path)(error).into()),
    };
    let head: Head = serde_json::from_slice(&bytes).map_err(|_| no_run())?;
    if head.kind != "sweep" {
        return Err(no_run());
    }
    if ![UNCHECKED_FORMAT, MANIFEST_FORMAT].contains(&head.format) {
        return Err(RunError::Format {
            folder: folder.to_owned(),
            found: head.format,
        });
    }
    let damaged = |why: String| RunError::Damaged {
        path: path.clone(),
        why,
    };
    let manifest: Manifest =
        serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
    let is_checked = !manifest.check.is_empty();
    if is_checked != manifest.has_checks()
        || (is_checked && manifest.to_bytes().map_err(internal)? != bytes)
    {
        return Err(damaged("check".to_owned()));
    }
    Ok(manifest)
}

/// The journal of a run, and how many of its bytes are whole lines.
fn read_journal(folder: &Path, manifest: &Manifest) -> Result<(State, u64), RunError> {
    let path = folder.join(JOURNAL);
    let bytes = match read_file(&path, LARGEST_FILE) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(at(&path)(error).into()),
    };
    let state = State::read(&bytes, chain(manifest)?).map_err(|damaged| RunError::Damaged {
        path,
        why: format!("line {}", damaged.line),
    })?;
    let whole = bytes
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |end| end + 1);
    Ok((state, u64::try_from(whole).unwrap_or(u64::MAX)))
}

/// The parts of a finished run, read only, each with its hash.
pub(super) fn finished(folder: &Path, manifest: &Manifest) -> Result<State, RunError> {
    let (state, _) = read_journal(folder, manifest)?;
    let blocks = manifest.blocks();
    let missing = blocks
        .filter(|block| !state.finished.contains_key(block))
        .count();
    if missing > 0 {
        return Err(RunError::Unfinished {
            folder: folder.to_owned(),
            missing: u64::try_from(missing).unwrap_or(u64::MAX),
        });
    }
    Ok(state)
}

/// Opens the journal for writing, without the line that was torn.
fn open_journal(folder: &Path, whole: u64) -> Result<File, RunError> {
    let path = folder.join(JOURNAL);
    let open = || -> io::Result<File> {
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        file.set_len(whole)?;
        file.sync_all()?;
        Ok(file)
    };
    let file = open().map_err(at(&path))?;
    sync_folder(folder)?;
    Ok(file)
}

/// Writes a file whole or not at all; what could not be written whole does not stay.
fn put(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    let folder = path.parent().unwrap_or(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = folder.join(format!("{UNFINISHED}{name}"));
    let write = || -> io::Result<()> {
        let mut file = File::create(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&new);
        at(path)(error)
    })?;
    sync_folder(folder)
}

/// Removes what was being written when an earlier run ended.
fn tidy(folder: &Path) -> Result<(), FolderError> {
    if !folder.is_dir() {
        let name = folder.file_name().unwrap_or_default();
        return Err(FolderError::NotOurs {
            folder: folder.to_owned(),
            found: vec![name.to_string_lossy().into_owned()],
        });
    }
    let mut names = BTreeSet::new();
    list(folder, "", &mut names)?;
    for name in names {
        if name
            .rsplit('/')
            .next()
            .is_some_and(|name| name.starts_with(UNFINISHED))
        {
            let path = folder.join(name);
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    Ok(())
}

fn known_files(manifest: &Manifest) -> BTreeSet<String> {
    let tables = manifest.tables_written();
    let parts = manifest.blocks().flat_map(|block| tables.files(block));
    let own = [MANIFEST, JOURNAL].map(str::to_owned).into_iter();
    own.chain(parts).chain(tables.folders()).collect()
}

fn not_ours(folder: &Path, known: &BTreeSet<String>) -> Result<RunError, RunError> {
    let mut found = BTreeSet::new();
    list(folder, "", &mut found)?;
    found.retain(|name| !known.contains(name));
    let error = FolderError::NotOurs {
        folder: folder.to_owned(),
        found: found.into_iter().take(NAMED).collect(),
    };
    Ok(error.into())
}

/// Whether there is nothing but the empty folders of tables.
fn only_empty_folders(folder: &Path) -> Result<bool, RunError> {
    let mut found = BTreeSet::new();
    list(folder, "", &mut found)?;
    Ok(found
        .iter()
        .all(|name| name.ends_with(".parquet") && folder.join(name).is_dir()))
}

/// Whether parts are there with the bytes the journal vouches for.
pub(super) fn is_as_written(
    folder: &Path,
    parts: &BTreeMap<String, String>,
) -> Result<bool, FolderError> {
    for (name, wanted) in parts {
        let path = folder.join(name);
        match read_file(&path, LARGEST_FILE) {
            Ok(bytes) if hash(&bytes) == *wanted => {}
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&path)(error)),
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// The hash of some bytes, as journals have it.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
