//! Bytes to text: UTF-8, or Windows-1252 where declared; everything else is told apart and refused.

use crate::problem::{FileProblem, Shown};

/// How the bytes of a table are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// Windows-1252, only where declared.
    Windows1252,
}

/// A refusal, with the byte it is about.
pub(crate) type Refusal = (usize, FileProblem);

/// The text of a file without its byte order mark; `table` is its name where it is one.
pub(crate) fn decode(
    bytes: &[u8],
    encoding: Encoding,
    table: Option<&str>,
) -> Result<String, Refusal> {
    if let Some(problem) = recognise(bytes) {
        return Err((0, problem));
    }
    let (text_bytes, has_mark) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    if let Some(at) = text_bytes.iter().position(|byte| *byte == 0) {
        return Err((
            at,
            if looks_utf16(text_bytes) {
                FileProblem::Utf16
            } else {
                FileProblem::Nul
            },
        ));
    }
    let utf8 = std::str::from_utf8(text_bytes);
    match encoding {
        Encoding::Utf8 => match utf8 {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(not_utf8(text_bytes, error.valid_up_to(), table)),
        },
        Encoding::Windows1252 => {
            if has_mark || (utf8.is_ok() && !text_bytes.is_ascii()) {
                return Err((0, FileProblem::DeclaredWindowsIsUtf8));
            }
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(text_bytes);
            Ok(text.into_owned())
        }
    }
}

/// What the first bytes say the file is, when it is not text.
fn recognise(bytes: &[u8]) -> Option<FileProblem> {
    const SIGNATURES: [(&[u8], FileProblem); 7] = [
        (b"\xFF\xFE", FileProblem::Utf16),
        (b"\xFE\xFF", FileProblem::Utf16),
        (b"\x1F\x8B", FileProblem::Gzip),
        (b"PK\x03\x04", FileProblem::Zip),
        (b"PK\x05\x06", FileProblem::Zip),
        (b"\xD0\xCF\x11\xE0", FileProblem::OldWorkbook),
        (b"%PDF", FileProblem::Pdf),
    ];
    for (signature, problem) in SIGNATURES {
        if bytes.starts_with(signature) {
            return Some(problem);
        }
    }
    let text = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    if text.is_empty() {
        return Some(FileProblem::Empty);
    }
    let html = ["<!doctype", "<html", "<head", "<body", "<table", "<?xml"];
    let starts = |start: &&str| {
        let head = text.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    };
    html.iter().any(starts).then_some(FileProblem::Html)
}

/// Whether every second byte of the beginning is mostly NUL.
fn looks_utf16(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    let nul_at = |parity: usize| {
        let places = head.iter().enumerate().filter(|(i, _)| i % 2 == parity);
        places.filter(|(_, byte)| **byte == 0).count()
    };
    let most = head.len() / 4;
    (nul_at(0) > most) != (nul_at(1) > most)
}

fn not_utf8(bytes: &[u8], at: usize, table: Option<&str>) -> Refusal {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let byte = Shown::new(&format!("0x{byte:02X}"));
    let problem = match table {
        None => FileProblem::TomlNotUtf8 { byte },
        Some(table) => FileProblem::NotUtf8 {
            byte,
            table: Shown::new(table),
        },
    };
    (at, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8], expected: &FileProblem) {
        let (_, problem) = decode(bytes, Encoding::Utf8, Some("zones")).unwrap_err();
        assert_eq!(&problem, expected);
    }

    #[test]
    fn text_is_told_from_what_only_bears_its_name() {
        assert_eq!(
            decode(b"\xEF\xBB\xBFa,b", Encoding::Utf8, Some("zones")).unwrap(),
            "a,b"
        );
        refused(b"\xFF\xFEa\0", &FileProblem::Utf16);
        refused(b"a\0,\0b\0\n\0", &FileProblem::Utf16);
        refused(b"a,b\0c,d,e,f", &FileProblem::Nul);
        refused(b"\x1F\x8B\x08", &FileProblem::Gzip);
        refused(b"PK\x03\x04", &FileProblem::Zip);
        refused(b" \n<!DOCTYPE html>", &FileProblem::Html);
        refused(b" \r\n", &FileProblem::Empty);
        let (byte, table) = (Shown::new("0xE0"), Shown::new("zones"));
        refused(b"citt\xE0,b", &FileProblem::NotUtf8 { byte, table });
    }

    #[test]
    fn windows_1252_is_read_only_where_declared() {
        assert_eq!(
            decode(b"citt\xE0 \x80", Encoding::Windows1252, Some("zones")).unwrap(),
            "città €"
        );
        let (_, problem) =
            decode("città".as_bytes(), Encoding::Windows1252, Some("zones")).unwrap_err();
        assert_eq!(problem, FileProblem::DeclaredWindowsIsUtf8);
    }
}
