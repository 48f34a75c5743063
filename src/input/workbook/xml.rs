//! The XML of a workbook, piece by piece: what is cut short, nested too deep or no XML is a damaged part.

use std::io::{BufRead, BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::problem::{ProblemKind, Shown, WorkbookProblem};

/// Most elements inside each other; sheets have about ten.
const DEEPEST: u32 = 200;

/// A workbook as a zip.
pub(super) type Zip<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// One part being read.
pub(super) struct Xml<R: BufRead> {
    reader: Reader<R>,
    part: String,
    depth: u32,
}

/// Opens a part by its name; parts are named without regard to case.
pub(super) fn open<'z, 'b>(
    zip: &'z mut Zip<'b>,
    name: &str,
) -> Result<Option<Xml<BufReader<ZipFile<'z, Cursor<&'b [u8]>>>>>, ProblemKind> {
    let own = zip
        .file_names()
        .filter_map(Result::ok)
        .position(|own| own.eq_ignore_ascii_case(name));
    let Some(position) = own else {
        return Ok(None);
    };
    let part = zip.by_index(position).map_err(|_| damaged(name))?;
    Ok(Some(Xml::new(BufReader::new(part), name)))
}

/// A part that cannot be read.
pub(super) fn damaged(part: &str) -> ProblemKind {
    let part = Shown::new(part);
    WorkbookProblem::Damaged { part }.into()
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(source: R, part: &str) -> Self {
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            part: part.to_owned(),
            depth: 0,
        }
    }

    /// This part cannot be read.
    pub(super) fn damaged(&self) -> ProblemKind {
        damaged(&self.part)
    }

    /// The next piece; the end of the file is one, where no element is open.
    pub(super) fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, ProblemKind> {
        buffer.clear();
        let event = self
            .reader
            .read_event_into(buffer)
            .map_err(|_| damaged(&self.part))?;
        match &event {
            Event::Start(_) => self.depth = self.depth.saturating_add(1),
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(damaged(&self.part)),
            _ => {}
        }
        if self.depth > DEEPEST {
            let part = Shown::new(&self.part);
            return Err(WorkbookProblem::Nested {
                part,
                limit: DEEPEST,
            }
            .into());
        }
        Ok(event)
    }

    /// An attribute by its whole name.
    pub(super) fn attribute(
        &self,
        start: &BytesStart<'_>,
        name: &str,
    ) -> Result<Option<String>, ProblemKind> {
        let found = start
            .try_get_attribute(name)
            .map_err(|_| self.damaged())?
            .map(|found| found.normalized_value(quick_xml::XmlVersion::Implicit1_0));
        let value = found.transpose().map_err(|_| self.damaged())?;
        Ok(value.map(std::borrow::Cow::into_owned))
    }

    /// Leaves the element that has just begun, with all that is in it.
    pub(super) fn skip(&mut self) -> Result<(), ProblemKind> {
        let outside = self.depth.saturating_sub(1);
        let mut buffer = Vec::new();
        while self.depth > outside {
            self.next(&mut buffer)?;
        }
        Ok(())
    }

    /// How deep the element that has just begun lies.
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    /// The characters of a piece of text, added to a text.
    pub(super) fn push_text(
        &self,
        event: &Event<'_>,
        text: &mut String,
    ) -> Result<(), ProblemKind> {
        match event {
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(part) => match part.resolve_char_ref() {
                Ok(Some(character)) => text.push(character),
                Ok(None) => {
                    let entity = quick_xml::escape::resolve_predefined_entity(part.as_ref());
                    text.push_str(entity.ok_or_else(|| self.damaged())?);
                }
                Err(_) => return Err(self.damaged()),
            },
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nested_without_end_or_cut_short_is_refused() {
        let read = |text: &str| {
            let mut xml = Xml::new(text.as_bytes(), "part");
            let mut buffer = Vec::new();
            loop {
                match xml.next(&mut buffer) {
                    Ok(Event::Eof) => return None,
                    Ok(_) => {}
                    Err(kind) => return Some(kind.code()),
                }
            }
        };
        let nested = |n: usize| "<a>".repeat(n) + &"</a>".repeat(n);
        assert_eq!(read(&nested(200)), None);
        assert_eq!(read(&nested(201)), Some("model::workbook"));
        assert_eq!(read(&"<a>".repeat(100_000)), Some("model::workbook"));
        assert_eq!(read("<a><b></b>"), Some("model::workbook"));
        assert_eq!(read("<a></b>"), Some("model::workbook"));
    }
}
