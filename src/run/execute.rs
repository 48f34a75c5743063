//! Solves what is missing of a run: pieces of work to workers in the order of their index, answers gathered into blocks.
//!
//! One thread, the caller's, hands out, gathers and writes; workers only solve, and never wait for the end of a block or for
//! the disk. Two pieces for each worker are on their way at any time, so memory does not grow with the sweep. A block is
//! published when it is complete: what it holds depends on its number alone, never on who solved it or when.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::answer::{Answerer, Task, given_up};
use super::folder::{RunError, RunFolder};
use super::journal::{Care, Line};
use super::manifest::Manifest;
use super::rows::Answer;
use super::source::Source;

/// Pieces of work on their way for each worker.
const AHEAD: usize = 2;

/// How often a wish to stop is looked for.
const LOOK: Duration = Duration::from_millis(50);

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
    let missing = manifest
        .blocks()
        .filter(|block| !folder.is_finished(*block));
    let (suspect, sound): (Vec<u64>, Vec<u64>) =
        missing.partition(|block| folder.state.is_suspect(*block));
    let work = (source, answerer);
    let (pieces, waiting) = channel::<Piece>();
    let (told, done) = channel();
    let waiting = Mutex::new(waiting);
    let ended = thread::scope(|scope| {
        for _ in 0..threads.get() {
            let (waiting, told) = (&waiting, told.clone());
            scope.spawn(move || work_off(waiting, &told, work, watch));
        }
        // Once these go, workers have nothing to wait for.
        let hands = Hands { pieces, done };
        together(
            folder,
            manifest,
            &sound,
            (answerer.lanes(), threads),
            &hands,
            watch,
        )
    })?;
    if ended == Ended::Stopped {
        return Ok(Ended::Stopped);
    }
    // What may end the program comes last: the rest is safe by then.
    for block in suspect {
        let Some(answers) = one_by_one(folder, manifest, block, work, watch)? else {
            return Ok(Ended::Stopped);
        };
        publish(folder, manifest, block, answers)?;
    }
    folder.complete()?;
    Ok(Ended::Complete)
}

/// A piece of work: some scenarios of a block.
struct Piece {
    block: u64,
    scenarios: Range<u64>,
}

/// What came of a piece of a block.
type Done = (u64, Came);

enum Came {
    Answers(Vec<Answer>),
    /// It was told to stop.
    Stopped,
    /// A fault that even the answerer did not catch.
    Lost,
}

/// The ends of the channels that the caller's thread holds.
struct Hands {
    pieces: Sender<Piece>,
    done: Receiver<Done>,
}

/// What a worker does: piece after piece until there is none.
fn work_off(
    waiting: &Mutex<Receiver<Piece>>,
    told: &Sender<Done>,
    (source, answerer): (&dyn Source, &dyn Answerer),
    watch: Watch<'_>,
) {
    loop {
        let piece = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(piece) = piece else { return };
        let solve = || {
            let task = |index| Task {
                index,
                case: source.case(index),
            };
            answerer.answer(piece.scenarios.map(task).collect(), false)
        };
        let came = if watch.stop.load(Ordering::Relaxed) {
            Came::Stopped
        } else {
            catch_unwind(AssertUnwindSafe(solve)).map_or(Came::Lost, Came::Answers)
        };
        if told.send((piece.block, came)).is_err() {
            return;
        }
    }
}

/// Blocks side by side.
fn together(
    folder: &mut RunFolder,
    manifest: &Manifest,
    blocks: &[u64],
    (lanes, threads): (usize, NonZeroUsize),
    hands: &Hands,
    watch: Watch<'_>,
) -> Result<Ended, RunError> {
    let gone = || RunError::Internal("the workers are gone".to_owned());
    let most = threads.get().saturating_mul(AHEAD);
    let lanes = u64::try_from(lanes.max(1)).unwrap_or(u64::MAX);
    let mut waiting = blocks
        .iter()
        .flat_map(|block| pieces(manifest, *block, lanes));
    let mut open: BTreeMap<u64, Vec<Answer>> = BTreeMap::new();
    let mut on_way = 0_usize;
    loop {
        let is_stopped = watch.stop.load(Ordering::Relaxed);
        while !is_stopped
            && on_way < most
            && let Some(piece) = waiting.next()
        {
            if let Entry::Vacant(block) = open.entry(piece.block) {
                folder.note(Line::Started(piece.block))?;
                block.insert(Vec::new());
            }
            hands.pieces.send(piece).map_err(|_| gone())?;
            on_way += 1;
        }
        if on_way == 0 {
            break;
        }
        match hands.done.recv_timeout(LOOK) {
            Ok((block, came)) => {
                on_way -= 1;
                let answers = match came {
                    Came::Answers(answers) => answers,
                    Came::Stopped => Vec::new(),
                    Came::Lost => return Err(RunError::Internal("a worker broke down".to_owned())),
                };
                (watch.advanced)(answers.len().try_into().unwrap_or_default());
                gather(folder, manifest, &mut open, block, answers)?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(gone()),
        }
    }
    if open.is_empty() && !watch.stop.load(Ordering::Relaxed) {
        return Ok(Ended::Complete);
    }
    for block in open.into_keys() {
        folder.note(Line::Stopped(block))?;
    }
    Ok(Ended::Stopped)
}

/// The pieces of a block, in order.
fn pieces(manifest: &Manifest, block: u64, lanes: u64) -> impl Iterator<Item = Piece> + use<> {
    let all = manifest.scenarios(block);
    let n_pieces = all.end.saturating_sub(all.start).div_ceil(lanes);
    (0..n_pieces).map(move |piece| {
        let start = all.start.saturating_add(piece.saturating_mul(lanes));
        Piece {
            block,
            scenarios: start..start.saturating_add(lanes).min(all.end),
        }
    })
}

/// Adds answers to their block, and publishes it once it has all.
fn gather(
    folder: &mut RunFolder,
    manifest: &Manifest,
    open: &mut BTreeMap<u64, Vec<Answer>>,
    block: u64,
    answers: Vec<Answer>,
) -> Result<(), RunError> {
    let all = manifest.scenarios(block);
    let gathered = open.entry(block).or_default();
    gathered.extend(answers);
    let wanted = all.end.saturating_sub(all.start);
    if u64::try_from(gathered.len()).is_ok_and(|n| n < wanted) {
        return Ok(());
    }
    let mut answers = open.remove(&block).unwrap_or_default();
    answers.sort_by_key(|answer| answer.scenario.index);
    publish(folder, manifest, block, answers)
}

fn publish(
    folder: &mut RunFolder,
    manifest: &Manifest,
    block: u64,
    answers: Vec<Answer>,
) -> Result<(), RunError> {
    let tables = manifest.tables_written();
    folder.publish(block, &tables.write(block, answers, &manifest.axes)?)
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
