//! The short annex as a text document (`.docx`), to be pasted into an act: what each zone gets, from which fund, for what; the rules at
//! their limit; the assumptions.
//!
//! A file of Word is a zip of a few parts in XML; these are written here, since what is told is paragraphs and tables and nothing
//! else. The same document gives the same bytes. Every text is escaped; nothing in the file is active, and it leads nowhere.

mod body;

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::ReportError;
use super::document::Document;
use super::words::pdf as words;
use crate::model::Language;

const TYPES: &str = include_str!("types.xml");
const RELATIONS: &str = include_str!("relations.xml");
const PARTS: &str = include_str!("parts.xml");
const STYLES: &str = include_str!("styles.xml");
const FOOTER: &str = include_str!("footer.xml");

/// The short annex of a proposal.
///
/// # Errors
/// [`ReportError::Table`] if the file cannot be written in memory.
pub fn docx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let language = document.language;
    let code = match language {
        Language::Italian => "it-IT",
        Language::English => "en-GB",
    };
    let footer = FOOTER
        .replace("{title}", &body::escaped(&document.title))
        .replace("{page}", words::PAGE.say(language));
    zipped(&[
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/_rels/document.xml.rels", PARTS.to_owned()),
        ("word/document.xml", body::body(document)),
        ("word/styles.xml", STYLES.replace("{language}", code)),
        ("word/footer1.xml", footer),
    ])
    .map_err(|error| ReportError::Table {
        table: "docx",
        reason: error.to_string(),
    })
}

/// No clock: the same parts give the same bytes.
fn zipped(parts: &[(&str, String)]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
