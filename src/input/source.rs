//! A file's name and text, and which line a byte is on.

use std::sync::Arc;

use crate::problem::Place;

/// A text file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its name.
    pub(crate) name: Arc<str>,
    /// Its text, without a byte order mark.
    pub(crate) text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// A file from its name and text. A line ends with LF, CRLF or a lone CR.
    pub(crate) fn new(name: &str, text: String) -> Self {
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        for (position, byte) in bytes.iter().enumerate() {
            let next = position.saturating_add(1);
            let lone_return = *byte == b'\r' && bytes.get(next) != Some(&b'\n');
            if *byte == b'\n' || lone_return {
                line_starts.push(next);
            }
        }
        Self {
            name: name.into(),
            text,
            line_starts,
        }
    }

    /// The line, from 1, on which a byte is.
    pub(crate) fn line_of(&self, byte: usize) -> u32 {
        let before = self.line_starts.partition_point(|start| *start <= byte);
        u32::try_from(before.max(1)).unwrap_or(u32::MAX)
    }

    /// The place of a byte.
    pub(crate) fn place_of(&self, byte: usize) -> Place {
        Place::line(Arc::clone(&self.name), self.line_of(byte))
    }
}
