//! The journal of a run: one line for each thing that happened, flushed to the disk before the next one begins.
//!
//! A line is JSON, a tab and a check: a hash of the check before it and of the JSON, the first of which is a hash of the manifest. So a line
//! that is changed, doubled, moved or taken out is seen. The last line may be torn by a crash; any other line that cannot be read, or whose
//! check is another, is a damaged journal. Journals of format 1 have no checks.

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

/// How often the base may be begun without an end before the run does without it: each scenario is then solved by itself.
const BASE_TRIES: u32 = 5;

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
    /// The base is being solved.
    BaseBegan,
    /// It is solved.
    BaseSolved,
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

/// Digits of a check.
const CHECK_DIGITS: usize = 16;

/// The check of the line before the next one; none in a journal without checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chain(Option<String>);

impl Chain {
    /// The chain of a journal beside a manifest.
    pub(super) fn of(manifest: &[u8], has_checks: bool) -> Self {
        Self(has_checks.then(|| blake3::hash(manifest).to_hex().to_string()))
    }

    /// A line as it stands in the file, after those before it.
    pub(super) fn text(&mut self, line: &Line) -> Result<Vec<u8>, io::Error> {
        let mut bytes = serde_json::to_vec(line)?;
        if let Some(before) = &mut self.0 {
            *before = check(before, &bytes);
            bytes.push(b'\t');
            bytes.extend_from_slice(before.as_bytes());
        }
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The line that a text is, if it is the next one.
    fn read(&mut self, text: &[u8]) -> Option<Line> {
        let Some(before) = &mut self.0 else {
            return serde_json::from_slice(text).ok();
        };
        let tab = text.iter().rposition(|byte| *byte == b'\t')?;
        let (json, found) = text.split_at(tab);
        let wanted = check(before, json);
        if found.get(1..)? != wanted.as_bytes() {
            return None;
        }
        *before = wanted;
        serde_json::from_slice(json).ok()
    }
}

fn check(before: &str, json: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before.as_bytes());
    hasher.update(json);
    let mut check = hasher.finalize().to_hex().to_string();
    check.truncate(CHECK_DIGITS);
    check
}

/// What a journal says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Finished blocks with the hashes of their parts.
    pub(super) finished: BTreeMap<u64, BTreeMap<String, String>>,
    /// Whether the run is over.
    pub(super) complete: bool,
    /// Where the next line goes on.
    pub(super) chain: Chain,
    base: u32,
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
    /// Nothing said yet.
    pub(super) fn begin(chain: Chain) -> Self {
        Self {
            chain,
            ..Self::default()
        }
    }

    /// Reads a journal; a torn last line is as if it were not there.
    pub(super) fn read(bytes: &[u8], chain: Chain) -> Result<Self, Damaged> {
        let mut state = Self::begin(chain);
        let whole = bytes
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |end| end + 1);
        let lines = bytes[..whole].split(|b| *b == b'\n').enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
            let damaged = Damaged { line: number + 1 };
            let line = state.chain.read(line).ok_or(damaged)?;
            state.note(line);
        }
        Ok(state)
    }

    /// Takes note of a line.
    pub(super) fn note(&mut self, line: Line) {
        match line {
            Line::BaseBegan => self.base = self.base.saturating_add(1),
            Line::BaseSolved => self.base = 0,
            Line::Started(block) => *self.started.entry(block).or_default() += 1,
            Line::Alone(index) => *self.alone.entry(index).or_default() += 1,
            Line::Survived(index) => drop(self.alone.remove(&index)),
            Line::Stopped(block) => drop(self.started.remove(&block)),
            Line::Finished { block, parts } => drop(self.finished.insert(block, parts)),
            Line::Complete => self.complete = true,
        }
    }

    /// Whether the base has been begun so often that it must be at fault.
    pub(super) fn is_base_suspect(&self) -> bool {
        self.base >= BASE_TRIES
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

/// Adds a line and waits until it is on the disk.
///
/// Who was tried alone need only outlive the program, not the machine: when that goes down no scenario is to blame.
pub(super) fn append(file: &mut File, chain: &mut Chain, line: &Line) -> io::Result<()> {
    let mut next = chain.clone();
    file.write_all(&next.text(line)?)?;
    *chain = next;
    match line {
        Line::Alone(_) | Line::Survived(_) => Ok(()),
        _ => file.sync_data(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Chain {
        Chain::of(b"the manifest", true)
    }

    fn journal(lines: &[Line]) -> Vec<u8> {
        let mut chain = chain();
        let texts = lines.iter().map(|line| chain.text(line).unwrap());
        texts.collect::<Vec<_>>().concat()
    }

    fn read(bytes: &[u8]) -> Result<State, Damaged> {
        State::read(bytes, chain())
    }

    fn finished(block: u64) -> Line {
        let parts = BTreeMap::from([("a".to_owned(), "0".to_owned())]);
        Line::Finished { block, parts }
    }

    #[test]
    fn a_torn_last_line_is_as_if_it_were_not_there() {
        let lines = [Line::Started(0), finished(0), Line::Started(1), finished(1)];
        let whole = journal(&lines);
        let three = read(&journal(&lines[..3])).unwrap();
        let start = journal(&lines[..3]).len();
        for end in start..whole.len() {
            assert_eq!(read(&whole[..end]).unwrap(), three, "{end}");
        }
        assert_eq!(read(&whole).unwrap().finished.len(), 2);
    }

    #[test]
    fn a_line_spoiled_in_the_middle_is_damage() {
        let mut bytes = journal(&[Line::Started(0), finished(0)]);
        bytes[2] = b'!';
        assert_eq!(read(&bytes), Err(Damaged { line: 1 }));
    }

    #[test]
    fn no_line_is_changed_doubled_moved_or_taken_out_unseen() {
        let lines = [Line::Started(0), finished(0), Line::Alone(9), finished(1)];
        let whole = journal(&lines);
        for at in 0..whole.len() - 1 {
            for bit in 0..8 {
                let mut other = whole.clone();
                other[at] ^= 1 << bit;
                assert!(read(&other).is_err(), "bit {bit} of byte {at}");
            }
        }
        let texts: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
        for order in [
            &[0, 0, 1, 2, 3][..],
            &[0, 2, 1, 3],
            &[0, 2, 3],
            &[1, 2, 3],
            &[0, 1, 2, 3, 3],
        ] {
            let other: Vec<&[u8]> = order.iter().map(|line| texts[*line]).collect();
            assert!(read(&other.concat()).is_err(), "{order:?}");
        }
        // Beside another manifest it says nothing.
        assert!(State::read(&whole, Chain::of(b"another", true)).is_err());
    }

    #[test]
    fn a_journal_without_checks_is_read_as_it_is() {
        let bytes = b"{\"started\":0}\n{\"started\":0}\n\"complete\"\n";
        let state = State::read(bytes, Chain::of(b"", false)).unwrap();
        assert!(state.complete && state.is_suspect(0));
    }

    #[test]
    fn a_block_is_suspect_after_two_tries_and_a_scenario_after_four() {
        let mut state = read(&journal(&[Line::Started(4)])).unwrap();
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
