//! The files of a model, and how they are taken from a folder without leaving it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::collect::Problems;
use super::workbook::{is_workbook_name, looks_like_workbook};
use crate::disk::{DiskFault, read_file as read_regular};
use crate::problem::{FileProblem, Nearest, Place, Remark};

/// The file every model has.
pub(crate) const MODEL_FILE: &str = "model.toml";

/// Every file a model may have, in the order in which problems are told.
pub const FILES: [&str; 14] = [
    MODEL_FILE,
    "zones.csv",
    "indicators.csv",
    "funds.csv",
    "amounts.csv",
    "actions.csv",
    "eligibility.csv",
    "needs.csv",
    "projects.csv",
    "agreements.csv",
    "previous.csv",
    "actuals.csv",
    "assumptions.csv",
    "map.csv",
];

/// The tables no model can do without.
pub(crate) const REQUIRED: [&str; 6] = [
    MODEL_FILE,
    "zones.csv",
    "funds.csv",
    "amounts.csv",
    "actions.csv",
    "eligibility.csv",
];

/// Largest file, in MB.
pub(crate) const FILE_MB: u64 = 100;
const FILE_BYTES: u64 = FILE_MB * 1_000_000;

/// Position of a file in the order of [`FILES`]; others come last.
pub(crate) fn rank(name: &str) -> usize {
    let known = FILES.iter().position(|file| *file == name);
    known.unwrap_or(FILES.len())
}

/// Reads the known files of a folder.
pub(crate) fn read_folder(folder: &Path, problems: &mut Problems) -> BTreeMap<String, Vec<u8>> {
    let shown = folder.display().to_string();
    let mut files = BTreeMap::new();
    let listed = folder.canonicalize().and_then(|root| {
        if root.is_dir() {
            names_of(&root).map(|names| Some((root, names)))
        } else {
            Ok(None)
        }
    });
    let (root, names) = match listed {
        Ok(Some(listed)) => listed,
        Ok(None) => {
            problems.push(Place::file(shown), FileProblem::NotAFolder);
            return files;
        }
        Err(error) => {
            problems.push(Place::file(shown), unreadable(&error));
            return files;
        }
    };
    for name in &names {
        if !FILES.contains(&name.as_str()) {
            continue;
        }
        let bytes = read_file(&root, name);
        if let Some(bytes) = problems.keep(&Place::file(name.as_str()), bytes) {
            files.insert(name.clone(), bytes);
        }
    }
    check_names(names.iter().map(String::as_str), problems);
    files
}

/// The bytes of a path that is a workbook; `None` where it is none.
pub(crate) fn workbook_bytes(path: &Path) -> Option<Result<Vec<u8>, FileProblem>> {
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    if !is_file {
        return None;
    }
    let bytes = match read_regular(path, FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => return Some(Err(unreadable(&error))),
    };
    let is_workbook = looks_like_workbook(&bytes)
        || path
            .file_name()
            .is_some_and(|name| is_workbook_name(&name.to_string_lossy()));
    is_workbook.then_some(Ok(bytes))
}

/// Missing tables, and tables whose name is not known.
pub(crate) fn check_names<'a>(names: impl IntoIterator<Item = &'a str>, problems: &mut Problems) {
    let names: Vec<&str> = names.into_iter().collect();
    let absent = FILES.iter().copied().filter(|file| !names.contains(file));
    let absent: Vec<&str> = absent.collect();
    for name in &names {
        let lower = name.to_lowercase();
        let is_table = lower.ends_with(".csv") || lower.ends_with(".toml");
        if !is_table || FILES.contains(name) || name.contains(['/', '\\']) {
            continue;
        }
        let nearest = Nearest::of(name, absent.iter().copied());
        let place = Place::file(*name);
        match nearest.0 {
            Some(_) => problems.push(place, FileProblem::Misnamed { nearest }),
            None => problems.push(place, Remark::UnknownFile { nearest }),
        }
    }
    for name in absent.into_iter().filter(|name| REQUIRED.contains(name)) {
        problems.push(Place::file(name), FileProblem::Missing);
    }
}

fn names_of(root: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root)? {
        // A name that is not Unicode is none of ours.
        if let Ok(name) = entry?.file_name().into_string() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read_file(root: &Path, name: &str) -> Result<Vec<u8>, FileProblem> {
    let path = root.join(name).canonicalize().map_err(|e| unreadable(&e))?;
    if !path.starts_with(root) {
        return Err(FileProblem::Outside);
    }
    read_alone(&path)
}

/// Refuses what is over the limit.
pub(crate) fn check_size(bytes: &[u8]) -> Result<(), FileProblem> {
    if u64::try_from(bytes.len()).is_ok_and(|size| size <= FILE_BYTES) {
        Ok(())
    } else {
        Err(FileProblem::TooLarge { limit: FILE_MB })
    }
}

/// Reads a file that the user named by itself.
pub(crate) fn read_alone(path: &Path) -> Result<Vec<u8>, FileProblem> {
    read_regular(path, FILE_BYTES).map_err(|e| unreadable(&e))
}

/// Reads a file that is beside another one, without leaving their folder.
pub(crate) fn read_beside(folder: &Path, name: &str) -> Result<Vec<u8>, FileProblem> {
    let root = folder.canonicalize().map_err(|e| unreadable(&e))?;
    read_file(&root, name)
}

pub(crate) fn unreadable(error: &io::Error) -> FileProblem {
    match DiskFault::from(error) {
        DiskFault::NotAFile => FileProblem::NotRegular,
        DiskFault::TooLarge => FileProblem::TooLarge { limit: FILE_MB },
        reason => FileProblem::Unreadable { reason },
    }
}
