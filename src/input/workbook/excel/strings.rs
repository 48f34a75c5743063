//! The texts that cells share, and texts with several looks.

use std::io::BufRead;

use quick_xml::events::Event;

use crate::input::workbook::xml::Xml;
use crate::problem::ProblemKind;

/// The shared texts of a workbook.
pub(super) fn read<R: BufRead>(xml: &mut Xml<R>) -> Result<Vec<Box<str>>, ProblemKind> {
    let mut texts = Vec::new();
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(start) if start.local_name().as_ref() == "si" => {
                texts.push(text(xml)?.into());
            }
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// The text of the element that has just begun: all its runs, without how they are pronounced.
pub(super) fn text<R: BufRead>(xml: &mut Xml<R>) -> Result<String, ProblemKind> {
    let outside = xml.depth().saturating_sub(1);
    let mut text = String::new();
    let mut is_text = false;
    let mut buffer = Vec::new();
    while xml.depth() > outside {
        let event = xml.next(&mut buffer)?;
        match &event {
            Event::Start(start) => match start.local_name().as_ref() {
                "rPh" => xml.skip()?,
                "t" => is_text = true,
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "t" => is_text = false,
            other if is_text => xml.push_text(other, &mut text)?,
            _ => {}
        }
    }
    Ok(unescaped(&text))
}

/// Control characters stand as `_x000D_`.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(position) = rest.find("_x") {
        let (before, from) = rest.split_at_checked(position).unwrap_or((rest, ""));
        plain.push_str(before);
        let hex = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let character = hex
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        match character {
            Some(character) => {
                plain.push(character);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                plain.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_texts_of_their_runs() {
        let sheet = "<sst><si><t>uno</t></si><si><r><rPr><b/></rPr><t xml:space=\"preserve\">due </t></r><r><t>tre &amp; &#233;</t></r>\
                     <rPh><t>no</t></rPh></si><si/></sst>";
        let texts = read(&mut Xml::new(sheet.as_bytes(), "part")).unwrap();
        assert_eq!(texts, ["uno".into(), "due tre & é".into(), Box::from("")]);
    }

    #[test]
    fn escaped_characters_are_the_characters() {
        assert_eq!(unescaped("a_x000D_b"), "a\rb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        for plain in ["", "as_x", "_xZZZZ_", "_x00", "_xD800_", "è_xé00__"] {
            assert_eq!(unescaped(plain), plain);
        }
    }
}
