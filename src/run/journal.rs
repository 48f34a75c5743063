//! The journal of a run: one line for each thing that happened, flushed to the disk before the next one begins.
//!
//! A line is JSON. The last line may be torn by a crash; any other line that cannot be read is a damaged journal.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

/// How often a block may be begun without an end before its scenarios are tried one by one.
const BLOCK_TRIES: u32 = 2;

/// How often a scenario may be begun alone on the route asked for without an end, before it is left to the cold one.
/// Somebody who kills runs at random must not hit one scenario so often.
const ALONE_TRIES: u32 = 3;

/// How often a scenario may be begun alone without an end before it is given up.
const ALL_TRIES: u32 = 4;

/// What is done with a scenario whose block never came to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// Alone, on the route asked for.
    Alone,
    /// Alone, on the cold route.
    Cold,
    /// Not again.
    GivenUp,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// A block is being solved.
    Started(u64),
    /// A scenario is being solved by itself, because its block never came to an end.
    Alone(u64),
    /// That scenario is not at fault.
    Survived(u64),
    /// A block was let go in good order; it does not count as a try.
    Stopped(u64),
    /// The parts of a block are in place.
    Finished {
        /// Which block.
        block: u64,
        /// Hash (BLAKE3) of each of its parts.
        parts: BTreeMap<String, String>,
    },
    /// Every block of the run is finished.
    Complete,
}

/// What a journal says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Finished blocks with the hashes of their parts.
    pub(super) finished: BTreeMap<u64, BTreeMap<String, String>>,
    /// Whether the run is over.
    pub(super) complete: bool,
    started: BTreeMap<u64, u32>,
    alone: BTreeMap<u64, u32>,
}

/// A journal that no interruption explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damaged {
    /// The line, from 1.
    pub(super) line: usize,
}

impl State {
    /// Reads a journal; a torn last line is as if it were not there.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut state = Self::default();
        let whole = bytes
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |end| end + 1);
        let lines = bytes[..whole].split(|b| *b == b'\n').enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
            let line = serde_json::from_slice(line).map_err(|_| Damaged { line: number + 1 })?;
            state.note(line);
        }
        Ok(state)
    }

    /// Takes note of a line.
    pub(super) fn note(&mut self, line: Line) {
        match line {
            Line::Started(block) => *self.started.entry(block).or_default() += 1,
            Line::Alone(index) => *self.alone.entry(index).or_default() += 1,
            Line::Survived(index) => drop(self.alone.remove(&index)),
            Line::Stopped(block) => drop(self.started.remove(&block)),
            Line::Finished { block, parts } => drop(self.finished.insert(block, parts)),
            Line::Complete => self.complete = true,
        }
    }

    /// Whether a block has been begun so often that something in it must be at fault.
    pub(super) fn is_suspect(&self, block: u64) -> bool {
        self.started
            .get(&block)
            .is_some_and(|tries| *tries >= BLOCK_TRIES)
    }

    /// What to do with a scenario of a suspect block.
    pub(super) fn care(&self, index: u64) -> Care {
        match self.alone.get(&index).copied().unwrap_or_default() {
            ALL_TRIES.. => Care::GivenUp,
            ALONE_TRIES.. => Care::Cold,
            _ => Care::Alone,
        }
    }

    /// The journal of a run that is over, the same whatever happened on the way.
    pub(super) fn settled(&self) -> Vec<Line> {
        let finished = self.finished.iter().map(|(block, parts)| Line::Finished {
            block: *block,
            parts: parts.clone(),
        });
        finished.chain([Line::Complete]).collect()
    }
}

/// A line as it stands in the file.
pub(super) fn text(line: &Line) -> Result<Vec<u8>, io::Error> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Adds a line and waits until it is on the disk.
///
/// Who was tried alone need only outlive the program, not the machine: when that goes down no scenario is to blame.
pub(super) fn append(file: &mut File, line: &Line) -> io::Result<()> {
    file.write_all(&text(line)?)?;
    match line {
        Line::Alone(_) | Line::Survived(_) => Ok(()),
        _ => file.sync_data(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(lines: &[Line]) -> Vec<u8> {
        lines.iter().flat_map(|line| text(line).unwrap()).collect()
    }

    fn finished(block: u64) -> Line {
        let parts = BTreeMap::from([("a".to_owned(), "0".to_owned())]);
        Line::Finished { block, parts }
    }

    #[test]
    fn a_torn_last_line_is_as_if_it_were_not_there() {
        let lines = [Line::Started(0), finished(0), Line::Started(1), finished(1)];
        let whole = journal(&lines);
        let three = State::read(&journal(&lines[..3])).unwrap();
        let start = journal(&lines[..3]).len();
        for end in start..whole.len() {
            assert_eq!(State::read(&whole[..end]).unwrap(), three, "{end}");
        }
        assert_eq!(State::read(&whole).unwrap().finished.len(), 2);
    }

    #[test]
    fn a_line_spoiled_in_the_middle_is_damage() {
        let mut bytes = journal(&[Line::Started(0), finished(0)]);
        bytes[2] = b'!';
        assert_eq!(State::read(&bytes), Err(Damaged { line: 1 }));
    }

    #[test]
    fn a_block_is_suspect_after_two_tries_and_a_scenario_after_four() {
        let mut state = State::read(&journal(&[Line::Started(4)])).unwrap();
        assert!(!state.is_suspect(4));
        state.note(Line::Started(4));
        assert!(state.is_suspect(4) && !state.is_suspect(5));
        for care in [
            Care::Alone,
            Care::Alone,
            Care::Alone,
            Care::Cold,
            Care::GivenUp,
        ] {
            assert_eq!(state.care(260), care);
            state.note(Line::Alone(260));
        }
        state.note(Line::Stopped(4));
        assert!(!state.is_suspect(4));
    }
}
