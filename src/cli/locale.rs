//! The language of the terminal.

use std::ffi::{OsStr, OsString};

use mappafondo::model::Language;

/// Where the environment may say a language, in order.
const VARIABLES: [&str; 4] = ["MAPPAFONDO_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG"];

/// The language: `--locale`, else the first variable that is set; `it*` is Italian, anything else English.
///
/// Looks at the arguments by itself, so that a refusal of the arguments is in the right language too.
pub(crate) fn language(
    arguments: &[OsString],
    variable: impl Fn(&str) -> Option<String>,
) -> Language {
    of_arguments(arguments)
        .or_else(|| {
            let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
            VARIABLES.iter().find_map(set).map(|value| of_word(&value))
        })
        .unwrap_or(Language::English)
}

fn of_arguments(arguments: &[OsString]) -> Option<Language> {
    let mut found = None;
    let mut expects = false;
    for argument in arguments.iter().skip(1).map(OsString::as_os_str) {
        if expects {
            found = Some(of_word(&argument.to_string_lossy()));
            expects = false;
        } else if argument == OsStr::new("--") {
            break;
        } else if argument == OsStr::new("--locale") {
            expects = true;
        } else if let Some(word) = argument
            .to_str()
            .and_then(|text| text.strip_prefix("--locale="))
        {
            found = Some(of_word(word));
        }
    }
    found
}

fn of_word(word: &str) -> Language {
    if word.to_ascii_lowercase().starts_with("it") {
        Language::Italian
    } else {
        Language::English
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], variables: &[(&str, &str)], expected: Language) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let found = language(&arguments, |name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        });
        assert_eq!(found, expected, "{arguments:?} {variables:?}");
    }

    #[test]
    fn the_flag_goes_before_the_environment() {
        check(&["m"], &[], Language::English);
        check(&["m"], &[("LANG", "it_IT.UTF-8")], Language::Italian);
        check(
            &["m"],
            &[("LANG", "it_IT.UTF-8"), ("LC_ALL", "C")],
            Language::English,
        );
        check(
            &["m"],
            &[("LANG", "it_IT.UTF-8"), ("LC_ALL", "")],
            Language::Italian,
        );
        check(
            &["m"],
            &[("LC_ALL", "C"), ("MAPPAFONDO_LOCALE", "it")],
            Language::Italian,
        );
        check(
            &["m", "solve", "--locale", "it"],
            &[("LC_ALL", "C")],
            Language::Italian,
        );
        check(
            &["m", "--locale=en", "solve"],
            &[("LANG", "it_IT")],
            Language::English,
        );
        check(&["m", "--", "--locale=it"], &[], Language::English);
    }
}
