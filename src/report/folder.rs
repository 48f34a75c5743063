//! The folder of a result: written whole or not at all.
//!
//! Everything is written into a hidden folder beside the target, flushed to the disk, and renamed into place. Only our own
//! earlier result is ever replaced: a folder that holds anything else is refused. A lock beside the target keeps two runs apart;
//! it goes with the process, so a killed run leaves nothing that the next one has to ask about.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::disk::{LARGEST_FILE, read_file};
use crate::sheet::{DOSSIER_FORMAT, Manifest, RollManifest, ZonesManifest};

/// Files that operating systems leave in any folder.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What `roll` leaves beside the files of a model.
pub const ROLL_MANIFEST: &str = "roll.json";

/// What `report --per-zone` leaves beside the files of the zones.
const ZONES_MANIFEST: &str = "zones.json";

/// How many foreign files a refusal names.
const NAMED: usize = 3;

/// Why a result cannot be put in a folder.
#[derive(Debug, Error)]
pub enum FolderError {
    /// The folder holds something we did not write, or is no folder.
    #[error("{} is not empty and holds what mappafondo did not write: {}", folder.display(), found.join(", "))]
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// Some of what is there.
        found: Vec<String>,
    },
    /// Another run is writing it.
    #[error("another run is writing {}", folder.display())]
    Locked {
        /// The folder.
        folder: PathBuf,
    },
    /// The disk said no.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
}

pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_owned();
    move |error| FolderError::Io { path, error }
}

/// A folder that is ours to write, locked until this value goes.
#[derive(Debug)]
pub struct OutputFolder {
    folder: PathBuf,
    lock: PathBuf,
    held: Option<File>,
}

impl OutputFolder {
    /// Takes a folder for writing: it must not exist, be empty, or hold an earlier result of ours and nothing else.
    ///
    /// What a killed run left behind is put right first.
    ///
    /// # Errors
    /// [`FolderError`] when the folder is not ours, is being written by another run, or cannot be reached.
    pub fn open(folder: &Path) -> Result<Self, FolderError> {
        Self::open_of(folder, written_by_us)
    }

    /// Takes a folder for a model made by `roll`: it must not exist, be empty, or hold an earlier one that nobody has changed.
    ///
    /// # Errors
    /// As [`OutputFolder::open`].
    pub fn open_for_model(folder: &Path) -> Result<Self, FolderError> {
        Self::open_of(folder, rolled_by_us)
    }

    /// Takes a folder for the files of the zones: it must not exist, be empty, or hold earlier ones that nobody has changed.
    ///
    /// # Errors
    /// As [`OutputFolder::open`].
    pub fn open_for_zones(folder: &Path) -> Result<Self, FolderError> {
        Self::open_of(folder, zones_by_us)
    }

    /// Name and content of the list that marks a folder of zones as ours.
    #[must_use]
    pub fn list_of_zones(files: &BTreeMap<String, Vec<u8>>) -> (String, Vec<u8>) {
        let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
        let files = files
            .iter()
            .map(|(name, bytes)| (name.clone(), hash(bytes)));
        let manifest = ZonesManifest {
            format: DOSSIER_FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            files: files.collect(),
        };
        // Text keys and numbers only: it cannot fail.
        let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        bytes.push(b'\n');
        (ZONES_MANIFEST.to_owned(), bytes)
    }

    /// Takes a folder for a model that is written from another form: it must not exist, be empty, or hold these very files.
    ///
    /// # Errors
    /// As [`OutputFolder::open`].
    pub fn open_for_files(
        folder: &Path,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Self, FolderError> {
        Self::open_of(folder, |folder: &Path| {
            let same = files.iter().filter(|(name, bytes)| {
                read_file(&folder.join(name), LARGEST_FILE).is_ok_and(|found| found == **bytes)
            });
            Some(same.map(|(name, _)| name.clone()).collect())
        })
    }

    fn open_of(
        folder: &Path,
        ours: impl Fn(&Path) -> Option<BTreeSet<String>>,
    ) -> Result<Self, FolderError> {
        let folder = resolve(folder)?;
        let lock = beside(&folder, "lock");
        let held = acquire(&lock, &folder)?;
        let output = Self {
            folder,
            lock,
            held: Some(held),
        };
        output.put_right()?;
        output.check_ours(ours)?;
        Ok(output)
    }

    /// The folder, with symbolic links resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Writes every file beside the target and flushes it to the disk; the target is not touched.
    ///
    /// # Errors
    /// [`FolderError::Io`]; nothing is left behind.
    pub fn stage(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), FolderError> {
        let new = beside(&self.folder, "new");
        let written = write_all(&new, files);
        if written.is_err() {
            let _ = fs::remove_dir_all(&new);
        }
        written
    }

    /// Puts what was staged into place of the target.
    ///
    /// # Errors
    /// [`FolderError::Io`]; the target is as it was before.
    pub fn commit(&self) -> Result<(), FolderError> {
        let (new, old) = (beside(&self.folder, "new"), beside(&self.folder, "old"));
        let replaces = self.folder.exists() && !is_empty(&self.folder)?;
        if replaces {
            fs::rename(&self.folder, &old).map_err(at(&self.folder))?;
        } else if self.folder.exists() && cfg!(windows) {
            fs::remove_dir(&self.folder).map_err(at(&self.folder))?;
        }
        if let Err(error) = fs::rename(&new, &self.folder) {
            if replaces {
                let _ = fs::rename(&old, &self.folder);
            }
            let _ = fs::remove_dir_all(&new);
            return Err(at(&self.folder)(error));
        }
        sync_folder(parent(&self.folder))?;
        if replaces {
            // If it cannot go now, the next run removes it.
            let _ = fs::remove_dir_all(&old);
        }
        Ok(())
    }

    /// Finishes what a killed run left: an earlier result that was being replaced comes back, half-written files go.
    fn put_right(&self) -> Result<(), FolderError> {
        let (new, old) = (beside(&self.folder, "new"), beside(&self.folder, "old"));
        if old.exists() {
            if self.folder.exists() {
                fs::remove_dir_all(&old).map_err(at(&old))?;
            } else {
                fs::rename(&old, &self.folder).map_err(at(&self.folder))?;
            }
        }
        if new.exists() {
            fs::remove_dir_all(&new).map_err(at(&new))?;
        }
        Ok(())
    }

    fn check_ours(
        &self,
        ours: impl Fn(&Path) -> Option<BTreeSet<String>>,
    ) -> Result<(), FolderError> {
        let folder = &self.folder;
        if !folder.exists() {
            return Ok(());
        }
        let not_ours = |found: Vec<String>| FolderError::NotOurs {
            folder: folder.clone(),
            found,
        };
        if !folder.is_dir() {
            return Err(not_ours(vec![file_name(folder)]));
        }
        let mut found = BTreeSet::new();
        list(folder, "", &mut found)?;
        let ours = ours(folder).unwrap_or_default();
        found.retain(|path| !ours.contains(path));
        if found.is_empty() {
            Ok(())
        } else {
            Err(not_ours(found.into_iter().take(NAMED).collect()))
        }
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        // Gone before the lock is, so that nobody can hold a lock on a file that has no name.
        let _ = fs::remove_file(&self.lock);
        self.held = None;
    }
}

/// Removes what an interrupted run was writing for a folder. Best effort: the next run does it too.
pub fn discard_unfinished(folder: &Path) {
    if let Ok(folder) = resolve(folder) {
        let _ = fs::remove_dir_all(beside(&folder, "new"));
        let _ = fs::remove_file(beside(&folder, "lock"));
    }
}

/// The target as a real path; its parents are made.
pub(crate) fn resolve(folder: &Path) -> Result<PathBuf, FolderError> {
    if folder.exists() {
        return fs::canonicalize(folder).map_err(at(folder));
    }
    let Some(name) = folder.file_name() else {
        return Err(at(folder)(io::ErrorKind::NotFound.into()));
    };
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(at(parent))?;
    Ok(fs::canonicalize(parent).map_err(at(parent))?.join(name))
}

/// `.NAME.mappafondo-KIND` in the folder of the target.
pub(crate) fn beside(folder: &Path, kind: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(folder.file_name().unwrap_or(OsStr::new("root")));
    name.push(".mappafondo-");
    name.push(kind);
    parent(folder).join(name)
}

pub(crate) fn parent(folder: &Path) -> &Path {
    folder.parent().unwrap_or(folder)
}

pub(crate) fn acquire(lock: &Path, folder: &Path) -> Result<File, FolderError> {
    // A run that ends removes its lock file: one opened before that is a lock on nothing, so look again.
    loop {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(lock)
            .map_err(at(lock))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(FolderError::Locked {
                    folder: folder.to_owned(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(at(lock)(error)),
        }
        if is_named(&file, lock) {
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn is_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(named)) => (held.dev(), held.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_named(_: &File, path: &Path) -> bool {
    path.exists()
}

fn write_all(new: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), FolderError> {
    fs::create_dir(new).map_err(at(new))?;
    let mut folders = BTreeSet::from([new.to_owned()]);
    for (name, bytes) in files {
        let path = new.join(name);
        if let Some(folder) = path.parent()
            && !folders.contains(folder)
        {
            fs::create_dir_all(folder).map_err(at(folder))?;
            folders.extend(
                folder
                    .ancestors()
                    .take_while(|f| *f != new)
                    .map(Path::to_owned),
            );
        }
        let mut file = File::create_new(&path).map_err(at(&path))?;
        file.write_all(bytes).map_err(at(&path))?;
        file.sync_all().map_err(at(&path))?;
    }
    folders
        .iter()
        .rev()
        .try_for_each(|folder| sync_folder(folder))
}

#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> Result<(), FolderError> {
    File::open(folder)
        .and_then(|file| file.sync_all())
        .map_err(at(folder))
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> Result<(), FolderError> {
    Ok(())
}

pub(crate) fn is_empty(folder: &Path) -> Result<bool, FolderError> {
    Ok(fs::read_dir(folder).map_err(at(folder))?.next().is_none())
}

/// Everything in a folder but litter, by relative path; a folder counts for what is in it, or for itself when empty.
pub(crate) fn list(
    folder: &Path,
    before: &str,
    found: &mut BTreeSet<String>,
) -> Result<(), FolderError> {
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if LITTER.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{before}{name}");
        let kind = entry.file_type().map_err(at(&entry.path()))?;
        if kind.is_dir() && !is_empty(&entry.path())? {
            list(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}

/// What makes a `summary.json` ours.
#[derive(Deserialize)]
struct Marker {
    #[expect(dead_code, reason = "must be there")]
    format: u32,
    #[expect(dead_code, reason = "must be there")]
    status: String,
    #[expect(dead_code, reason = "must be there")]
    versions: MarkerVersions,
}

#[derive(Deserialize)]
struct MarkerVersions {
    #[expect(dead_code, reason = "must be there")]
    mappafondo: String,
}

/// The files of an earlier result, as its manifest lists them; `None` where the marks of a result are missing.
fn written_by_us(folder: &Path) -> Option<BTreeSet<String>> {
    let read = |name: &str| read_file(&folder.join(name), LARGEST_FILE).ok();
    serde_json::from_slice::<Marker>(&read("summary.json")?).ok()?;
    let manifest: Manifest = serde_json::from_slice(&read("dossier/manifest.json")?).ok()?;
    let mut files: BTreeSet<String> = manifest
        .files
        .keys()
        .map(|name| match name.strip_prefix("../") {
            Some(outside) => outside.to_owned(),
            None => format!("dossier/{name}"),
        })
        .collect();
    files.insert("dossier/manifest.json".to_owned());
    Some(files)
}

/// The files of a model that `roll` wrote and nobody has changed since.
fn rolled_by_us(folder: &Path) -> Option<BTreeSet<String>> {
    let manifest = read_file(&folder.join(ROLL_MANIFEST), LARGEST_FILE).ok()?;
    let manifest: RollManifest = serde_json::from_slice(&manifest).ok()?;
    Some(unchanged(folder, ROLL_MANIFEST, manifest.files))
}

/// The files of zones that `report` wrote and nobody has changed since: what a zone has filled in stays.
fn zones_by_us(folder: &Path) -> Option<BTreeSet<String>> {
    let manifest = read_file(&folder.join(ZONES_MANIFEST), LARGEST_FILE).ok()?;
    let manifest: ZonesManifest = serde_json::from_slice(&manifest).ok()?;
    Some(unchanged(folder, ZONES_MANIFEST, manifest.files))
}

/// The files of a list that are as they were written, and the list itself.
fn unchanged(folder: &Path, list: &str, files: BTreeMap<String, String>) -> BTreeSet<String> {
    let unchanged = files.into_iter().filter(|(name, hash)| {
        let bytes = read_file(&folder.join(name), LARGEST_FILE).ok();
        bytes.is_some_and(|bytes| blake3::hash(&bytes).to_hex().as_str() == hash)
    });
    let mut files: BTreeSet<String> = unchanged.map(|(name, _)| name).collect();
    files.insert(list.to_owned());
    files
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests;
