//! Every text people read from the program, in Italian and English side by side, so that none can lack in one of them.
//!
//! The sentences about what is wrong with a model are with the problems, in [`problem`](crate::problem).

pub mod annex;
pub mod compare;
pub mod explain;
pub mod explain_conflict;
pub mod explain_places;
pub mod impossible;
pub mod page;
pub mod pdf;
pub mod program;
pub mod roll;
pub mod routes;
pub mod run;
pub mod scenario;
pub mod summary;
pub mod workbook;

use std::borrow::Cow;

use crate::model::Language;
use crate::problem::grammar::{agreed, with_article};

/// A text in both languages; `{name}` stands for a value. What stands beside a number agrees with it: `{il name}` is the number with its
/// Italian article (`l'80%`), `{name|one|many}` the word that goes with it (`1 zone`, `2 zones`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// In Italian.
    pub it: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Text {
    /// The text in a language.
    #[must_use]
    pub fn say(self, language: Language) -> &'static str {
        match language {
            Language::Italian => self.it,
            Language::English => self.en,
        }
    }

    /// The text in a language, with its values.
    ///
    /// ```
    /// use mappafondo::model::Language;
    /// use mappafondo::report::words::Text;
    /// let text = Text { it: "{n} zone", en: "{n} zones" };
    /// assert_eq!(text.fill(Language::Italian, &[("n", "28")]), "28 zone");
    /// let text = Text { it: "con {il n} in {m} {m|zona|zone}", en: "{n} in {m} {m|zone|zones}" };
    /// assert_eq!(text.fill(Language::Italian, &[("n", "80%"), ("m", "1")]), "con l'80% in 1 zona");
    /// ```
    #[must_use]
    pub fn fill(self, language: Language, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.say(language);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, next)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            let place = Place::read(name);
            match values.iter().find(|(known, _)| *known == place.name) {
                Some((_, value)) => filled.push_str(&place.filled(value)),
                None => {
                    debug_assert!(false, "no value for {{{name}}} in \"{}\"", self.en);
                }
            }
            rest = next;
        }
        filled.push_str(rest);
        filled
    }
}

/// Where a value stands in a text, and what agrees with it.
struct Place<'t> {
    name: &'t str,
    article: Option<&'t str>,
    words: Option<(&'t str, &'t str)>,
}

impl<'t> Place<'t> {
    /// `name`, `il name` or `name|one|many`.
    fn read(text: &'t str) -> Self {
        let (name, words) = match text.split_once('|') {
            Some((name, words)) => (name, words.split_once('|')),
            None => (text, None),
        };
        match name.split_once(' ') {
            Some((article, name)) => Self {
                name,
                article: Some(article),
                words,
            },
            None => Self {
                name,
                article: None,
                words,
            },
        }
    }

    fn filled<'v>(&self, value: &'v str) -> Cow<'v, str>
    where
        't: 'v,
    {
        match (self.words, self.article) {
            (Some((one, many)), _) => agreed(value, one, many).into(),
            (None, Some(article)) => with_article(article, value).into(),
            (None, None) => value.into(),
        }
    }
}

/// A text for one thing and for several; `{n}` is the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// For one.
    pub one: Text,
    /// For none or several.
    pub many: Text,
}

impl Counted {
    /// The text for `n` things.
    #[must_use]
    pub fn say(self, language: Language, n: usize) -> String {
        let text = if n == 1 { self.one } else { self.many };
        text.fill(language, &[("n", &super::number::count(language, n))])
    }
}

/// Declares texts, each with both languages, and the list `ALL` of them.
macro_rules! words {
    ($($name:ident { it: $it:literal, en: $en:literal $(,)? })*) => {
        $(
            #[doc = concat!("```text\n", $en, "\n```")]
            pub const $name: $crate::report::words::Text = $crate::report::words::Text { it: $it, en: $en };
        )*

        /// All of them, by name.
        pub const ALL: &[(&str, $crate::report::words::Text)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The texts of every file.
    fn every() -> impl Iterator<Item = &'static (&'static str, Text)> {
        let files = [
            annex::ALL,
            pdf::ALL,
            program::ALL,
            summary::ALL,
            roll::ALL,
            scenario::ALL,
            run::ALL,
            compare::ALL,
            explain::ALL,
            explain_conflict::ALL,
            explain_places::ALL,
            page::ALL,
            workbook::ALL,
        ];
        files.into_iter().flatten()
    }

    fn names(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| Place::read(name).name)
            .collect()
    }

    #[test]
    fn both_languages_name_the_same_values() {
        for (name, text) in every() {
            assert!(!text.it.is_empty() && !text.en.is_empty(), "{name}");
            assert_eq!(names(text.it), names(text.en), "{name}");
        }
    }

    #[test]
    fn a_value_is_not_read_as_a_place_for_another() {
        let text = Text {
            it: "{a}{b}",
            en: "{a}{b}",
        };
        assert_eq!(
            text.fill(Language::English, &[("a", "{b}"), ("b", "x")]),
            "{b}x"
        );
    }

    /// Words of the method that no officer has to know.
    #[test]
    fn no_text_speaks_of_the_method() {
        for (name, text) in every() {
            for word in [
                "dual",
                "slack",
                "basis",
                "simplex",
                "solver",
                "duale",
                "scarto di base",
                "simplesso",
            ] {
                let spoken = |s: &str| {
                    s.to_lowercase()
                        .split(|c: char| !c.is_alphabetic())
                        .any(|w| w == word)
                };
                let allowed =
                    name.starts_with("HELP") || name.starts_with("LOG") || name.starts_with("EXIT");
                assert!(
                    allowed || (!spoken(text.it) && !spoken(text.en)),
                    "{name}: {word}"
                );
            }
        }
    }
}
