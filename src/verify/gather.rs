//! Reads the files of a dossier, from a folder or a zip, into memory. Nothing else touches the disk, and nothing is written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::error::{Refusal, VerifyError};

/// The largest sum of the sizes of all files, unzipped: 256 MB.
pub const LARGEST_TOTAL: u64 = 256 << 20;

/// The largest number of files.
pub const MOST_FILES: usize = 10_000;

/// What systems leave in any folder.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

const DEEPEST: usize = 8;
const MANIFEST: &str = "manifest.json";
const ABOVE: [&str; 5] = [
    "ledger.csv",
    "rules.csv",
    "summary.json",
    "unmet.csv",
    "zones.csv",
];

/// The files of a dossier by name: `sheet.json`, `model/funds.csv`, and `../zones.csv` for those above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gathered {
    /// Name and content.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// Whether the folder above the dossier was given too.
    pub(crate) with_above: bool,
    /// What else stands above it: named, and not read.
    pub(crate) beside: Vec<String>,
}

/// Reads what `path` names: the folder written by `solve`, its `dossier`, or a zip of either.
///
/// # Errors
/// [`VerifyError`] when the files cannot be read, or are no dossier.
pub(crate) fn gather(path: &Path) -> Result<Gathered, VerifyError> {
    let metadata = fs::metadata(path).map_err(|source| VerifyError::io(path, source))?;
    if metadata.is_file() {
        return gather_zip(path, metadata.len());
    }
    if !metadata.is_dir() {
        return Err(VerifyError::refused(path, Refusal::NotADossier));
    }
    let inner = path.join("dossier");
    if is_regular(&inner.join(MANIFEST))? {
        gather_folder(&inner, Some(path))
    } else if is_regular(&path.join(MANIFEST))? {
        gather_folder(path, None)
    } else {
        Err(VerifyError::refused(path, Refusal::NotADossier))
    }
}

fn is_regular(path: &Path) -> Result<bool, VerifyError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(metadata.is_file()),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(false)
        }
        Err(source) => Err(VerifyError::io(path, source)),
    }
}

/// Counts what was read so far.
struct Budget {
    bytes: u64,
    files: usize,
}

impl Budget {
    fn new() -> Self {
        Self {
            bytes: LARGEST_TOTAL,
            files: MOST_FILES,
        }
    }

    fn read(&mut self, reader: impl Read) -> Result<Result<Vec<u8>, Refusal>, io::Error> {
        let Some(files) = self.files.checked_sub(1) else {
            return Ok(Err(Refusal::TooManyFiles));
        };
        self.files = files;
        let mut content = Vec::new();
        reader
            .take(self.bytes.saturating_add(1))
            .read_to_end(&mut content)?;
        let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
        match self.bytes.checked_sub(length) {
            Some(left) => {
                self.bytes = left;
                Ok(Ok(content))
            }
            None => Ok(Err(Refusal::TooLarge)),
        }
    }
}

fn gather_folder(dossier: &Path, above: Option<&Path>) -> Result<Gathered, VerifyError> {
    let mut budget = Budget::new();
    let mut gathered = Gathered {
        with_above: above.is_some(),
        ..Gathered::default()
    };
    let mut waiting = vec![(dossier.to_path_buf(), String::new(), 0_usize)];
    while let Some((folder, prefix, depth)) = waiting.pop() {
        let entries = fs::read_dir(&folder).map_err(|source| VerifyError::io(&folder, source))?;
        for entry in entries {
            let entry = entry.map_err(|source| VerifyError::io(&folder, source))?;
            let path = entry.path();
            let kind = entry
                .file_type()
                .map_err(|source| VerifyError::io(&path, source))?;
            let file_name = entry.file_name();
            let Some(name) = file_name.to_str() else {
                return Err(VerifyError::refused(&path, Refusal::BadName));
            };
            let name = format!("{prefix}{name}");
            if kind.is_dir() {
                if depth >= DEEPEST {
                    return Err(VerifyError::refused(&path, Refusal::TooDeep));
                }
                waiting.push((path, format!("{name}/"), depth + 1));
            } else if kind.is_file() {
                let content = read_file(&path, &mut budget)?;
                gathered.files.insert(name, content);
            } else {
                return Err(VerifyError::refused(&path, Refusal::NotAFile));
            }
        }
    }
    if let Some(above) = above {
        let listed = gathered
            .files
            .get(MANIFEST)
            .map(|bytes| listed_above(bytes))
            .unwrap_or_default();
        for name in &listed {
            let path = above.join(name);
            if is_regular(&path)? {
                let content = read_file(&path, &mut budget)?;
                gathered.files.insert(format!("../{name}"), content);
            }
        }
        let entries = fs::read_dir(above).map_err(|source| VerifyError::io(above, source))?;
        for entry in entries {
            let entry = entry.map_err(|source| VerifyError::io(above, source))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path() != *dossier && !listed.contains(&name) {
                gathered.beside.push(name);
            }
        }
        gathered.tidy_beside();
    }
    Ok(gathered)
}

impl Gathered {
    /// In order, and without what nobody put there.
    fn tidy_beside(&mut self) {
        self.beside.retain(|name| !LITTER.contains(&name.as_str()));
        self.beside.sort_unstable();
    }
}

/// The files to look for above the dossier: those every proposal has, and those the manifest lists (plain names only).
fn listed_above(manifest: &[u8]) -> Vec<String> {
    let mut names: Vec<String> = ABOVE.iter().map(|&name| name.to_owned()).collect();
    if let Ok(manifest) = serde_json::from_slice::<crate::sheet::Manifest>(manifest) {
        let plain = |name: &&str| !name.is_empty() && *name != ".." && !name.contains(['/', '\\']);
        names.extend(
            manifest
                .files
                .keys()
                .filter_map(|name| name.strip_prefix("../"))
                .filter(plain)
                .map(str::to_owned),
        );
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn read_file(path: &Path, budget: &mut Budget) -> Result<Vec<u8>, VerifyError> {
    let file = File::open(path).map_err(|source| VerifyError::io(path, source))?;
    budget
        .read(file)
        .map_err(|source| VerifyError::io(path, source))?
        .map_err(|refusal| VerifyError::refused(path, refusal))
}

fn gather_zip(path: &Path, length: u64) -> Result<Gathered, VerifyError> {
    let refuse = |refusal| VerifyError::refused(path, refusal);
    if length > LARGEST_TOTAL {
        return Err(refuse(Refusal::TooLarge));
    }
    let file = File::open(path).map_err(|source| VerifyError::io(path, source))?;
    let mut archive =
        ZipArchive::new(io::BufReader::new(file)).map_err(|error| zip_error(path, error))?;
    if archive.has_duplicate_names() {
        return Err(refuse(Refusal::DuplicateName));
    }
    if archive.len() > MOST_FILES {
        return Err(refuse(Refusal::TooManyFiles));
    }
    let mut budget = Budget::new();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let entry = archive
            .by_index(index)
            .map_err(|error| zip_error(path, error))?;
        let name = entry
            .name()
            .map_err(|error| zip_error(path, error))?
            .into_owned();
        let inside = |refusal| VerifyError::refused(&path.join(&name), refusal);
        if entry.is_dir() {
            continue;
        }
        if !entry.is_file() {
            return Err(inside(Refusal::NotAFile));
        }
        if !is_plain_path(&name) {
            return Err(inside(Refusal::BadName));
        }
        let content = match budget.read(entry) {
            Ok(content) => content.map_err(inside)?,
            Err(_) => return Err(inside(Refusal::BrokenZip)),
        };
        if files.insert(name.clone(), content).is_some() {
            return Err(VerifyError::refused(
                &path.join(&name),
                Refusal::DuplicateName,
            ));
        }
    }
    arrange(files).ok_or_else(|| refuse(Refusal::NotADossier))
}

fn zip_error(path: &Path, error: zip::result::ZipError) -> VerifyError {
    match error {
        zip::result::ZipError::Io(source) if source.kind() != io::ErrorKind::InvalidData => {
            // A truncated archive ends early: that is its fault, not the disk's.
            if source.kind() == io::ErrorKind::UnexpectedEof {
                VerifyError::refused(path, Refusal::BrokenZip)
            } else {
                VerifyError::io(path, source)
            }
        }
        _ => VerifyError::refused(path, Refusal::BrokenZip),
    }
}

/// Whether a name inside a zip stays inside it and has one spelling.
fn is_plain_path(name: &str) -> bool {
    !name.contains(['\\', '\0', ':'])
        && name
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
}

/// Finds the one dossier among the files of a zip, and names its files as in a folder.
fn arrange(files: BTreeMap<String, Vec<u8>>) -> Option<Gathered> {
    let roots: Vec<String> = files
        .keys()
        .filter_map(|name| name.strip_suffix(MANIFEST))
        .filter(|root| root.is_empty() || root.ends_with('/'))
        .filter(|root| files.contains_key(&format!("{root}sheet.json")))
        .map(str::to_owned)
        .collect();
    let [root] = roots.as_slice() else {
        return None;
    };
    let above = root
        .strip_suffix("dossier/")
        .filter(|above| above.is_empty() || above.ends_with('/'));
    let is_above = |name: &str| {
        above
            .and_then(|above| name.strip_prefix(above))
            .is_some_and(|rest| !rest.contains('/'))
    };
    let with_above = files.keys().any(|name| is_above(name));
    let mut gathered = Gathered {
        with_above,
        ..Gathered::default()
    };
    for (name, content) in &files {
        if let Some(inside) = name.strip_prefix(root.as_str()) {
            gathered.files.insert(inside.to_owned(), content.clone());
        } else if is_above(name) {
            let rest = above
                .and_then(|above| name.strip_prefix(above))
                .unwrap_or(name);
            gathered.files.insert(format!("../{rest}"), content.clone());
        }
    }
    // What else a zip of solve's folder holds (reports made later) is not part of the dossier.
    let listed = gathered
        .files
        .get(MANIFEST)
        .map(|bytes| listed_above(bytes))
        .unwrap_or_default();
    let beside = &mut gathered.beside;
    gathered.files.retain(|name, _| {
        let Some(name) = name.strip_prefix("../") else {
            return true;
        };
        let is_listed = listed.iter().any(|l| l == name);
        beside.extend((!is_listed).then(|| name.to_owned()));
        is_listed
    });
    gathered.tidy_beside();
    Some(gathered)
}

/// Arranges files held in memory, named as below solve's folder (`zones.csv`, `dossier/sheet.json`).
pub(crate) fn arrange_memory(files: &BTreeMap<String, Vec<u8>>) -> Gathered {
    let mut gathered = Gathered {
        with_above: true,
        ..Gathered::default()
    };
    for (name, content) in files {
        let name = match name.strip_prefix("dossier/") {
            Some(inside) => inside.to_owned(),
            None => format!("../{name}"),
        };
        gathered.files.insert(name, content.clone());
    }
    gathered
}

/// Where a path of a refusal is shown from: the last two parts are enough for a person.
pub(crate) fn short(path: &Path) -> String {
    let parts: Vec<_> = path.components().collect();
    let shown = match parts.len().checked_sub(3) {
        Some(cut @ 2..) => {
            let tail: PathBuf = parts.iter().skip(cut).collect();
            Path::new("…").join(tail)
        }
        _ => path.to_path_buf(),
    };
    super::report::shown(&shown.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_inside_a_zip_stay_inside_it() {
        assert!(is_plain_path("dossier/model/zones.csv"));
        for name in [
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "./a",
            "a\\b",
            "C:x",
            "a\0",
        ] {
            assert!(!is_plain_path(name), "{name}");
        }
    }

    fn names(names: &[&str]) -> BTreeMap<String, Vec<u8>> {
        names
            .iter()
            .map(|&name| (name.to_owned(), Vec::new()))
            .collect()
    }

    #[test]
    fn a_zip_of_the_folder_or_of_the_dossier_is_found_below_any_prefix() {
        for (prefix, above) in [("", false), ("dossier/", false), ("out/dossier/", true)] {
            let mut files = names(&[
                &format!("{prefix}manifest.json"),
                &format!("{prefix}sheet.json"),
                &format!("{prefix}model/model.toml"),
            ]);
            if above {
                files.extend(names(&["out/zones.csv", "out/report.html"]));
            }
            let gathered = arrange(files).unwrap();
            assert_eq!(gathered.with_above, above);
            assert!(gathered.files.contains_key("model/model.toml"));
            assert_eq!(gathered.files.contains_key("../zones.csv"), above);
            assert!(!gathered.files.contains_key("../report.html"));
        }
        assert_eq!(arrange(names(&["zones.csv"])), None);
        let two = names(&[
            "a/manifest.json",
            "a/sheet.json",
            "b/manifest.json",
            "b/sheet.json",
        ]);
        assert_eq!(arrange(two), None);
    }
}
