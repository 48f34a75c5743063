//! The estimates a model leans on.

use super::Layout;
use super::layout::entry;
use crate::model::Model;
use crate::report::text::terminal_text;
use crate::report::words::program as words;

/// The estimates, one entry each: what, its value, how it was obtained, its range, what would replace it.
#[must_use]
pub fn assumptions(model: &Model, layout: Layout) -> String {
    let mut text = String::new();
    for line in &model.assumptions {
        let mut sentence = format!("{}: {}.", line.what, trimmed(&line.value));
        for (word, said) in [
            (words::METHOD, &line.method),
            (words::RANGE, &line.range),
            (words::REPLACE, &line.replace),
        ] {
            if !said.is_empty() {
                sentence.push_str(&format!(
                    " {}: {}.",
                    word.say(layout.language),
                    trimmed(said)
                ));
            }
        }
        text.push_str(&entry("-", &terminal_text(&sentence), layout));
    }
    text
}

fn trimmed(text: &str) -> &str {
    text.trim_end_matches('.')
}
