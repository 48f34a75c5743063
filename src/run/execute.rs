//! Solves what is missing of a run, block after block.
//!
//! Scenarios of a block are solved side by side; their rows are put in the order of their index, so threads do not show. One
//! block is in memory at a time.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::answer::{Answerer, Task, given_up};
use super::folder::{RunError, RunFolder};
use super::journal::{Care, Line};
use super::manifest::Manifest;
use super::rows::Answer;
use super::source::Source;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every block is finished.
    Complete,
    /// It was told to stop; what is finished stays.
    Stopped,
}

/// What looks on while a run goes.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Set from outside to stop.
    pub stop: &'a AtomicBool,
    /// Told how many scenarios are done, each time some are.
    pub advanced: &'a (dyn Fn(u64) + Sync),
}

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch")
            .field("stop", &self.stop)
            .finish_non_exhaustive()
    }
}

/// Solves every block that is not finished, and ends the run.
///
/// # Errors
/// [`RunError`] when the folder cannot be written; what is finished stays.
pub fn execute(
    folder: &mut RunFolder,
    manifest: &Manifest,
    (source, answerer): (&dyn Source, &dyn Answerer),
    threads: NonZeroUsize,
    watch: Watch<'_>,
) -> Result<Ended, RunError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.get())
        .build();
    let pool = pool.map_err(|error| RunError::Internal(error.to_string()))?;
    for block in manifest.blocks() {
        if folder.is_finished(block) {
            continue;
        }
        if watch.stop.load(Ordering::Relaxed) {
            return Ok(Ended::Stopped);
        }
        let solved = if folder.state.is_suspect(block) {
            one_by_one(folder, manifest, block, (source, answerer), watch)?
        } else {
            folder.note(Line::Started(block))?;
            pool.install(|| together(manifest, block, (source, answerer), watch))
        };
        let Some(answers) = solved else {
            folder.note(Line::Stopped(block))?;
            return Ok(Ended::Stopped);
        };
        let files = manifest
            .tables_written()
            .write(block, answers, &manifest.axes)?;
        folder.publish(block, &files)?;
    }
    folder.complete()?;
    Ok(Ended::Complete)
}

/// A block side by side; `None` if it was told to stop.
fn together(
    manifest: &Manifest,
    block: u64,
    (source, answerer): (&dyn Source, &dyn Answerer),
    watch: Watch<'_>,
) -> Option<Vec<Answer>> {
    let indices: Vec<u64> = manifest.scenarios(block).collect();
    let chunks = indices.par_chunks(answerer.lanes().max(1));
    let answers: Option<Vec<Vec<Answer>>> = chunks
        .map(|chunk| {
            if watch.stop.load(Ordering::Relaxed) {
                return None;
            }
            let task = |&index: &u64| Task {
                index,
                case: source.case(index),
            };
            let answers = answerer.answer(chunk.iter().map(task).collect(), false);
            (watch.advanced)(chunk.len().try_into().unwrap_or_default());
            Some(answers)
        })
        .collect();
    answers.map(|answers| answers.into_iter().flatten().collect())
}

/// A block that never came to an end: the journal names each scenario before it is tried.
fn one_by_one(
    folder: &mut RunFolder,
    manifest: &Manifest,
    block: u64,
    (source, answerer): (&dyn Source, &dyn Answerer),
    watch: Watch<'_>,
) -> Result<Option<Vec<Answer>>, RunError> {
    let mut answers = Vec::new();
    // What a scenario had cost before this run began: its own line of this run does not count.
    let indices: Vec<(u64, Care)> = manifest
        .scenarios(block)
        .map(|index| (index, folder.state.care(index)))
        .collect();
    for (index, care) in indices {
        if watch.stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        if care == Care::GivenUp {
            answers.push(given_up(index, source.name(index)));
        } else {
            folder.note(Line::Alone(index))?;
            let case = source.case(index);
            let careful = care == Care::Cold;
            answers.extend(answerer.answer(vec![Task { index, case }], careful));
            folder.note(Line::Survived(index))?;
        }
        (watch.advanced)(1);
    }
    Ok(Some(answers))
}
