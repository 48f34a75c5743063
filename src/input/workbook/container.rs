//! What a workbook is before anything reads it: a zip whose true size, parts and declarations stay within the limits.
//!
//! Nothing is unpacked to disk. Every part is decompressed once, counted byte by byte, before the reader of cells sees the
//! file, so that what the directory of the zip claims does not matter.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::damaged;
use crate::input::files::check_size;
use crate::problem::{FileProblem, ProblemKind, Shown, WorkbookProblem, WorkbookRemark};

/// Largest workbook once decompressed, in MB.
const UNZIPPED_MB: u64 = 256;
const UNZIPPED_BYTES: u64 = UNZIPPED_MB * 1_000_000;
/// Most parts inside.
const PARTS: usize = 10_000;
/// What begins a declaration that only a DTD has.
const DECLARATIONS: [&[u8]; 2] = [b"<!DOCTYPE", b"<!ENTITY"];
/// What a manifest says of a part behind a password.
const ENCRYPTED: &[u8] = b"encryption-data";
/// The longest of these.
const LONGEST: usize = 15;

/// Whether bytes look like a workbook, of a kind we read or not.
pub(crate) fn looks_like_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Whether a name is that of a workbook.
pub(crate) fn is_workbook_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"]
        .iter()
        .any(|end| lower.ends_with(end))
}

/// Whether a path is named like a workbook.
#[must_use]
pub fn is_workbook(path: &std::path::Path) -> bool {
    let name = path.file_name();
    name.is_some_and(|name| is_workbook_name(&name.to_string_lossy()))
}

/// A workbook that is within the limits.
#[derive(Debug)]
pub(super) struct Checked {
    /// An OpenDocument spreadsheet, else an Excel workbook.
    pub(super) is_open_document: bool,
    /// What a careful reader should know of it.
    pub(super) remarks: Vec<WorkbookRemark>,
}

/// Checks a workbook.
pub(super) fn check(bytes: &[u8]) -> Result<Checked, ProblemKind> {
    check_size(bytes)?;
    if bytes.is_empty() {
        return Err(FileProblem::Empty.into());
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(old(bytes).into());
    }
    if let Some(format) = other_format(bytes) {
        return Err(WorkbookProblem::OldFormat { format }.into());
    }
    if !bytes.starts_with(b"PK") {
        return Err(WorkbookProblem::NotAWorkbook.into());
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookProblem::NotWhole)?;
    let limit = u64::try_from(PARTS).unwrap_or(u64::MAX);
    if zip.len() > PARTS {
        return Err(WorkbookProblem::Parts { limit }.into());
    }
    let names = zip
        .file_names()
        .map(|name| name.map(std::borrow::Cow::into_owned));
    let names: Vec<String> = names
        .collect::<Result<_, _>>()
        .map_err(|_| WorkbookProblem::NotWhole)?;
    let start = usize::try_from(zip.central_directory_start()).unwrap_or(usize::MAX);
    check_names(&names, bytes.get(start..).unwrap_or_default())?;
    let is_open_document = check_kind(&names)?;
    let mut left = UNZIPPED_BYTES;
    for position in 0..zip.len() {
        let part = zip.by_index(position).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => WorkbookProblem::Encrypted,
            _ => WorkbookProblem::NotWhole,
        })?;
        if part.size() > left {
            return Err(too_large());
        }
        let name = part.name().map_err(|_| WorkbookProblem::NotWhole)?;
        let name = name.into_owned();
        let read = read_part(part, &name, left)?;
        left = left.saturating_sub(read.size);
        // What a password hides begins with anything but a tag.
        let is_hidden = name == "content.xml" && !matches!(read.first, Some(b'<' | 0xEF));
        if is_hidden || (name == "META-INF/manifest.xml" && read.is_encrypted) {
            return Err(WorkbookProblem::Encrypted.into());
        }
    }
    let mut remarks = Vec::new();
    if names.iter().any(|name| {
        name.ends_with("vbaProject.bin")
            || name.contains("macrosheets/")
            || name.starts_with("Basic/")
    }) {
        remarks.push(WorkbookRemark::Macros);
    }
    if names.iter().any(|name| name.contains("externalLinks/")) {
        remarks.push(WorkbookRemark::Links);
    }
    Ok(Checked {
        is_open_document,
        remarks,
    })
}

fn too_large() -> ProblemKind {
    WorkbookProblem::Unzipped { limit: UNZIPPED_MB }.into()
}

/// An old workbook, or a new one behind a password: both are compound files.
fn old(bytes: &[u8]) -> WorkbookProblem {
    let name: Vec<u8> = "EncryptedPackage"
        .bytes()
        .flat_map(|byte| [byte, 0])
        .collect();
    if find(bytes, &name) {
        WorkbookProblem::Encrypted
    } else {
        WorkbookProblem::OldFormat {
            format: Shown::new(".xls"),
        }
    }
}

/// What other programs write under the name of a workbook.
fn other_format(bytes: &[u8]) -> Option<Shown> {
    let start = bytes.get(..1024.min(bytes.len()))?;
    let text = String::from_utf8_lossy(start).to_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    // The first record of Excel 2, 3, 4 and 5 outside a compound file.
    let is_old = matches!(start, [0x09, 0x00 | 0x02 | 0x04 | 0x08, ..]);
    let found = if is_old {
        ".xls"
    } else if text.contains("progid=\"excel.sheet\"") || text.contains("office:spreadsheet\"") {
        "XML 2003"
    } else if text.contains("<office:document ") {
        ".fods"
    } else if text.starts_with("<!doctype html")
        || text.starts_with("<html")
        || text.starts_with("<table")
    {
        "HTML"
    } else if text.starts_with("%pdf") {
        "PDF"
    } else {
        return None;
    };
    Some(Shown::new(found))
}

/// No two parts have one name, and none leads out of the workbook. A directory of a zip may name a part twice where a list of its
/// parts does not.
fn check_names(names: &[String], directory: &[u8]) -> Result<(), WorkbookProblem> {
    let mut seen = BTreeSet::new();
    let mut check = |name: &str| {
        let part = || Shown::new(name);
        let path = name.replace('\\', "/");
        let drive = path.as_bytes().get(1) == Some(&b':');
        if path.starts_with('/') || drive || path.split('/').any(|step| step == "..") {
            return Err(WorkbookProblem::PartOutside { part: part() });
        }
        if !seen.insert(path.to_lowercase()) {
            return Err(WorkbookProblem::PartTwice { name: part() });
        }
        Ok(())
    };
    let raw = entries(directory);
    if raw.len() > names.len() {
        raw.iter().try_for_each(|name| check(name))
    } else {
        names.iter().try_for_each(|name| check(name))
    }
}

/// The names in the directory of a zip, as they stand there.
fn entries(directory: &[u8]) -> Vec<String> {
    const HEAD: usize = 46;
    let mut names = Vec::new();
    let mut rest = directory;
    while rest.starts_with(b"PK\x01\x02") && names.len() <= PARTS {
        let length = |at: usize| match rest.get(at..at.saturating_add(2)) {
            Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
            _ => 0,
        };
        let (name, extra, comment) = (length(28), length(30), length(32));
        let end = HEAD.saturating_add(name);
        let Some(name) = rest.get(HEAD..end) else {
            break;
        };
        names.push(String::from_utf8_lossy(name).into_owned());
        let next = end.saturating_add(extra).saturating_add(comment);
        rest = rest.get(next..).unwrap_or_default();
    }
    names
}

/// Whether it is an OpenDocument spreadsheet.
fn check_kind(names: &[String]) -> Result<bool, WorkbookProblem> {
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    let other = |format: &str| {
        Err(WorkbookProblem::OldFormat {
            format: Shown::new(format),
        })
    };
    if has("xl/workbook.xml") {
        Ok(false)
    } else if has("xl/workbook.bin") {
        other(".xlsb")
    } else if has("encrypted-package") {
        Err(WorkbookProblem::Encrypted)
    } else if has("content.xml") {
        Ok(true)
    } else {
        Err(WorkbookProblem::NotAWorkbook)
    }
}

/// A part that was decompressed and not kept.
struct PartRead {
    size: u64,
    first: Option<u8>,
    /// Whether it speaks of parts behind a password.
    is_encrypted: bool,
}

/// Decompresses a part without keeping it.
fn read_part(mut part: impl Read, name: &str, left: u64) -> Result<PartRead, ProblemKind> {
    let is_xml = [".xml", ".rels", ".vml"]
        .iter()
        .any(|end| name.to_lowercase().ends_with(end));
    let mut buffer = vec![0_u8; 1 << 16];
    let mut size: u64 = 0;
    let mut first = None;
    let mut is_encrypted = false;
    // The end of one block and the whole next one, so that nothing hides across the border.
    let mut window: Vec<u8> = Vec::new();
    loop {
        let read = part.read(&mut buffer).map_err(|_| damaged(name))?;
        if read == 0 {
            return Ok(PartRead {
                size,
                first,
                is_encrypted,
            });
        }
        let block = buffer.get(..read).unwrap_or_default();
        first = first.or_else(|| block.first().copied());
        if is_xml {
            let is_first = size == 0;
            window.extend_from_slice(block);
            let wide = [&b"\xFF\xFE"[..], b"\xFE\xFF", b"\0<", b"<\0"];
            let is_wide = is_first && wide.iter().any(|start| window.starts_with(start));
            if is_wide || DECLARATIONS.iter().any(|start| find(&window, start)) {
                let part = Shown::new(name);
                return Err(WorkbookProblem::Declarations { part }.into());
            }
            is_encrypted |= find(&window, ENCRYPTED);
            let keep = window.len().saturating_sub(LONGEST);
            window.drain(..keep);
        }
        size = size.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if size > left {
            return Err(too_large());
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    let Some(first) = wanted.first() else {
        return true;
    };
    let mut rest = bytes;
    while let Some(position) = rest.iter().position(|byte| byte == first) {
        let Some(from) = rest.get(position..) else {
            return false;
        };
        if from.starts_with(wanted) {
            return true;
        }
        rest = from.get(1..).unwrap_or_default();
    }
    false
}
