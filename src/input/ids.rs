//! Ids and free texts: normalised to NFC, without characters that deceive.

use unicode_normalization::UnicodeNormalization;

use crate::problem::{ProblemKind, Remark, Shown, TextProblem, is_bidirectional, is_invisible};

/// An id: letters, digits, `-`, `_` and `.`, in NFC, not starting like a formula.
pub(crate) fn id(text: &str) -> Result<String, TextProblem> {
    let value = || Shown::new(text);
    refuse_unseen(text)?;
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return Err(TextProblem::FormulaStart { value: value() });
    }
    let normal: String = text.nfc().collect();
    for character in normal.chars() {
        let code_point = || Shown::new(&format!("U+{:04X}", u32::from(character)));
        if let Some(latin) = looks_like(character) {
            return Err(TextProblem::LookAlike {
                value: value(),
                code_point: code_point(),
                latin: Shown::new(latin),
            });
        }
        if character.is_alphanumeric() && !is_latin(character) {
            return Err(TextProblem::OtherScript {
                value: value(),
                code_point: code_point(),
            });
        }
        if !character.is_alphanumeric() && !matches!(character, '-' | '_' | '.') {
            return Err(TextProblem::IdCharacter {
                value: value(),
                character: Shown::new(&character.to_string()),
            });
        }
    }
    Ok(normal)
}

/// A free text in NFC. Gives a remark where it holds an invisible character that may be meant.
pub(crate) fn free_text(text: &str) -> Result<(String, Option<Remark>), ProblemKind> {
    let mut remark = None;
    for character in text.chars() {
        let code_point = || Shown::new(&format!("U+{:04X}", u32::from(character)));
        let value = || Shown::new(text);
        if is_bidirectional(character) {
            return Err(TextProblem::Bidirectional {
                value: value(),
                code_point: code_point(),
            }
            .into());
        }
        if character.is_control() && !matches!(character, '\n' | '\r' | '\t') {
            return Err(TextProblem::Control {
                value: value(),
                code_point: code_point(),
            }
            .into());
        }
        // Blanks that only keep words together are meant.
        if is_invisible(character)
            && !matches!(character, '\u{A0}' | '\u{202F}' | '\u{2009}')
            && remark.is_none()
        {
            remark = Some(Remark::Invisible {
                value: value(),
                code_point: code_point(),
            });
        }
    }
    Ok((text.nfc().collect(), remark))
}

fn refuse_unseen(text: &str) -> Result<(), TextProblem> {
    let unseen = |character: &char| character.is_control() || is_invisible(*character);
    let Some(character) = text.chars().find(unseen) else {
        return Ok(());
    };
    let value = Shown::new(text);
    let code_point = Shown::new(&format!("U+{:04X}", u32::from(character)));
    Err(if is_bidirectional(character) {
        TextProblem::Bidirectional { value, code_point }
    } else if is_invisible(character) {
        TextProblem::Invisible { value, code_point }
    } else {
        TextProblem::Control { value, code_point }
    })
}

/// The Latin letter, digit or sign that a character of another script is easily taken for.
fn looks_like(character: char) -> Option<&'static str> {
    const PAIRS: &[(&str, &str)] = &[
        ("\u{0430}\u{03B1}", "a"),
        ("\u{0441}\u{03F2}", "c"),
        ("\u{0501}", "d"),
        ("\u{0435}", "e"),
        ("\u{04BB}", "h"),
        ("\u{0456}\u{03B9}", "i"),
        ("\u{0458}\u{03F3}", "j"),
        ("\u{043A}\u{03BA}", "k"),
        ("\u{03B7}", "n"),
        ("\u{043E}\u{03BF}\u{0585}", "o"),
        ("\u{0440}\u{03C1}", "p"),
        ("\u{051B}", "q"),
        ("\u{0455}", "s"),
        ("\u{03C5}", "u"),
        ("\u{03BD}", "v"),
        ("\u{051D}", "w"),
        ("\u{0445}\u{03C7}", "x"),
        ("\u{0443}\u{03B3}", "y"),
        ("\u{0410}\u{0391}", "A"),
        ("\u{0412}\u{0392}", "B"),
        ("\u{0421}", "C"),
        ("\u{0415}\u{0395}", "E"),
        ("\u{041D}\u{0397}", "H"),
        ("\u{0406}\u{0399}", "I"),
        ("\u{0408}", "J"),
        ("\u{041A}\u{039A}", "K"),
        ("\u{041C}\u{039C}", "M"),
        ("\u{039D}", "N"),
        ("\u{041E}\u{039F}", "O"),
        ("\u{0420}\u{03A1}", "P"),
        ("\u{0405}", "S"),
        ("\u{0422}\u{03A4}", "T"),
        ("\u{0425}\u{03A7}", "X"),
        ("\u{0423}\u{03A5}", "Y"),
        ("\u{0396}", "Z"),
        (
            "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}",
            "-",
        ),
        ("\u{2024}", "."),
        ("\u{FF3F}", "_"),
    ];
    if character.is_ascii() {
        return None;
    }
    let pair = PAIRS.iter().find(|(others, _)| others.contains(character));
    pair.map(|(_, latin)| *latin)
}

/// Latin letters, with or without accents, and the ten digits.
fn is_latin(character: char) -> bool {
    matches!(character,
        '0'..='9' | 'A'..='Z' | 'a'..='z' | 'ª' | 'º' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}'
        | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_normalised_or_refused() {
        assert_eq!(id("citta\u{300}").unwrap(), "città");
        assert_eq!(id("048017").unwrap(), "048017");
        for wrong in [
            "=a",
            "-1",
            "a b",
            "а",
            "a\u{200B}",
            "a\u{202E}b",
            "a\u{7}",
            "a–b",
            "Ω",
            "a/b",
        ] {
            assert!(id(wrong).is_err(), "{wrong:?}");
        }
    }
}
