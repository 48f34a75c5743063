//! Text of others in our output: it must not act on who opens it.

use std::borrow::Cow;

/// A text cell of a CSV table.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` (also in full width), a tab, a carriage return or a NUL for a
/// formula: such a text gets an apostrophe in front, which spreadsheets show as plain text.
///
/// ```
/// use mappafondo::report::text::csv_text;
/// assert_eq!(csv_text("=1+1"), "'=1+1");
/// assert_eq!(csv_text("L. 178/2020, art. 1"), "L. 178/2020, art. 1");
/// ```
#[must_use]
pub fn csv_text(text: &str) -> Cow<'_, str> {
    let acts = text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠',
    ]);
    if acts {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text for a terminal or a sheet, on one line: line breaks become blanks; other control characters and marks that reverse the
/// direction of writing are shown escaped.
///
/// ```
/// use mappafondo::report::text::terminal_text;
/// assert_eq!(terminal_text("a\u{1b}[31mb"), "a\\u{1b}[31mb");
/// assert_eq!(terminal_text("Fondo sociale\r\nregionale"), "Fondo sociale regionale");
/// ```
#[must_use]
pub fn terminal_text(text: &str) -> Cow<'_, str> {
    if !text.contains(is_active) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    for character in text.replace("\r\n", " ").chars() {
        if matches!(character, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') {
            shown.push(' ');
        } else if is_active(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

fn is_active(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_spreadsheet_would_run_starts_a_cell() {
        for text in [
            "=A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0", "＝1", "－1",
        ] {
            assert!(csv_text(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(csv_text(""), "");
        assert_eq!(csv_text("a=1"), "a=1");
    }

    #[test]
    fn nothing_that_a_terminal_would_obey_is_printed() {
        for text in ["\u{1b}]0;x\u{7}", "a\rb", "\u{9b}31m", "\u{202e}x", "a\nb"] {
            assert!(!terminal_text(text).contains(is_active), "{text:?}");
        }
        assert_eq!(terminal_text("Val d'Elsa, città"), "Val d'Elsa, città");
    }
}
