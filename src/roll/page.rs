//! The page beside the model that says what people have to fill in.

use super::{Rolled, listed};
use crate::report::text::terminal_text;
use crate::report::words::roll as words;

/// The page in the language of the model.
pub(super) fn page(rolled: &Rolled, title: &str) -> String {
    let language = rolled.language;
    let title = terminal_text(title);
    let values = [
        ("years", rolled.years.as_str()),
        ("from", &rolled.from),
        ("title", &title),
    ];
    let mut page = format!(
        "# {}\n\n{}\n",
        words::PAGE_TITLE.say(language),
        words::PAGE_INTRO.fill(language, &values)
    );
    if rolled.items.is_empty() {
        page.push_str(&format!("\n{}\n", words::NOTHING.say(language)));
    }
    page.push_str(&listed(
        &rolled.items,
        language,
        |heading| format!("\n## {heading}\n\n"),
        |line| format!("- [ ] {}\n", terminal_text(&line.replace('\n', " "))),
    ));
    page
}
