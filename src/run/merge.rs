//! Shards of one sweep to one run, the same to the byte as if it had never been split.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::folder::{RunError, RunFolder, finished, hash, read_manifest};
use super::journal::State;
use super::manifest::Manifest;
use crate::disk::{LARGEST_FILE, read_file};
use crate::report::folder::at;

/// A finished shard.
struct Part {
    folder: PathBuf,
    blocks: Range<u64>,
    state: State,
}

/// Puts finished shards together in a new folder; gives its manifest.
///
/// # Errors
/// [`RunError`] when a folder is no finished run, when they are not of one sweep, or when scenarios are missing or there twice.
pub fn merge(shards: &[PathBuf], out: &Path) -> Result<Manifest, RunError> {
    let mut parts: Vec<Part> = Vec::new();
    let mut first: Option<Manifest> = None;
    for folder in shards {
        let manifest = read_manifest(folder)?;
        let whole = first.get_or_insert_with(|| Manifest {
            shard: None,
            ..manifest.clone()
        });
        let what = whole.differences(&manifest);
        if !what.is_empty() {
            return Err(RunError::Changed {
                folder: folder.clone(),
                what,
            });
        }
        parts.push(Part {
            folder: folder.clone(),
            blocks: manifest.blocks(),
            state: finished(folder, &manifest)?,
        });
    }
    let Some(manifest) = first else {
        return Err(RunError::Internal("there is nothing to merge".to_owned()));
    };
    parts.sort_by_key(|part| (part.blocks.start, part.blocks.end));
    check_cover(&parts, &manifest)?;
    let mut merged = RunFolder::open(out, &manifest, true)?;
    for part in &parts {
        for block in part.blocks.clone() {
            if merged.is_finished(block) {
                continue;
            }
            let files = take(part, block, &manifest)?;
            merged.publish(block, &files)?;
        }
    }
    merged.complete()?;
    Ok(manifest)
}

/// Every block is in exactly one shard.
fn check_cover(parts: &[Part], manifest: &Manifest) -> Result<(), RunError> {
    let gap = |blocks: Range<u64>| RunError::Gap {
        first: manifest.scenarios(blocks.start).start,
        last: manifest
            .scenarios(blocks.end.saturating_sub(1))
            .end
            .saturating_sub(1),
    };
    let mut next = 0;
    let mut last: Option<&Part> = None;
    for part in parts.iter().filter(|part| !part.blocks.is_empty()) {
        if part.blocks.start > next {
            return Err(gap(next..part.blocks.start));
        }
        if let Some(last) = last.filter(|_| part.blocks.start < next) {
            return Err(RunError::Twice {
                scenario: manifest.scenarios(part.blocks.start).start,
                one: last.folder.clone(),
                other: part.folder.clone(),
            });
        }
        next = part.blocks.end;
        last = Some(part);
    }
    if next < manifest.all_blocks() {
        return Err(gap(next..manifest.all_blocks()));
    }
    Ok(())
}

/// The parts of a block, as its journal vouches for them.
fn take(part: &Part, block: u64, manifest: &Manifest) -> Result<Vec<(String, Vec<u8>)>, RunError> {
    let hashes = part.state.finished.get(&block);
    let names = manifest.tables_written().files(block).into_iter();
    names
        .map(|name| {
            let path = part.folder.join(&name);
            let bytes = read_file(&path, LARGEST_FILE).map_err(at(&path))?;
            if hashes.and_then(|hashes| hashes.get(&name)) != Some(&hash(&bytes)) {
                let why = "it is not as its journal says".to_owned();
                return Err(RunError::Damaged { path, why });
            }
            Ok((name, bytes))
        })
        .collect()
}
