//! What a verification found: checks passed and failed, each with its findings in Italian and English.

use crate::model::Language;

/// How many findings of a check are kept; all are counted.
pub const SHOWN_FINDINGS: usize = 50;

/// A sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) italian: String,
    pub(crate) english: String,
}

/// The same sentence in Italian and English, from two format strings.
macro_rules! said {
    ($italian:literal, $english:literal $(,)?) => {
        $crate::verify::report::Said {
            italian: format!($italian),
            english: format!($english),
        }
    };
}
pub(crate) use said;

/// The result of `verify`: whether what a dossier claims is true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What was checked, in order.
    pub checks: Vec<Check>,
    /// What was found, in the order of the checks: at most [`SHOWN_FINDINGS`] failures and as many remarks of each check.
    pub findings: Vec<Finding>,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Stable name, such as `rows`.
    pub name: &'static str,
    /// Whether everything looked at holds.
    pub passed: bool,
    /// What was checked and how it stands, in Italian.
    pub detail_it: String,
    /// What was checked and how it stands, in English.
    pub detail_en: String,
    /// How many things were looked at.
    pub count: usize,
    /// How many of them failed.
    pub failures: usize,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Name of the check.
    pub check: &'static str,
    /// Whether it makes the check fail; a remark does not.
    pub failure: bool,
    /// Where: a file, a row, a rule with its place.
    pub place: String,
    /// By how much, with its unit; empty where it is not a matter of size.
    pub by: String,
    /// What is wrong, in Italian.
    pub italian: String,
    /// What is wrong, in English.
    pub english: String,
}

impl Report {
    /// Whether every check passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(|check| check.passed)
    }

    /// Number of failures, those not shown included.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.checks.iter().map(|check| check.failures).sum()
    }

    /// The check of a name, if it was made.
    #[must_use]
    pub fn check(&self, name: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }

    pub(crate) fn add(&mut self, tally: Tally) {
        let passed = tally.failures == 0;
        let count = tally.count;
        let failures = tally.failures;
        let (mut it, mut en) = (tally.about.italian, tally.about.english);
        if !passed {
            it.push_str(&format!(": {failures} su {count} non reggono"));
            en.push_str(&format!(": {failures} of {count} do not hold"));
        }
        self.checks.push(Check {
            name: tally.name,
            passed,
            detail_it: it,
            detail_en: en,
            count,
            failures,
        });
        self.findings.extend(tally.findings);
    }
}

impl Check {
    /// The detail in a language.
    #[must_use]
    pub fn detail(&self, language: Language) -> &str {
        match language {
            Language::Italian => &self.detail_it,
            Language::English => &self.detail_en,
        }
    }
}

impl Finding {
    /// The whole sentence in a language: place, what is wrong, by how much.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let what = match language {
            Language::Italian => &self.italian,
            Language::English => &self.english,
        };
        let by = if self.by.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.by)
        };
        if self.place.is_empty() {
            format!("{what}{by}")
        } else {
            let place = match (language, self.place.strip_prefix("goal ")) {
                (Language::Italian, Some(goal)) => format!("obiettivo {goal}"),
                _ => self.place.clone(),
            };
            format!("{place}: {what}{by}")
        }
    }
}

/// A check while it is made.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    name: &'static str,
    about: Said,
    count: usize,
    failures: usize,
    remarks: usize,
    findings: Vec<Finding>,
}

impl Tally {
    /// A check that has looked at nothing yet; `about` says what holds when it passes.
    pub(crate) fn new(name: &'static str, about: Said) -> Self {
        Self {
            name,
            about,
            count: 0,
            failures: 0,
            remarks: 0,
            findings: Vec::new(),
        }
    }

    /// Counts things looked at.
    pub(crate) fn looked_at(&mut self, count: usize) {
        self.count = self.count.saturating_add(count);
    }

    /// Notes a failure.
    pub(crate) fn fail(&mut self, place: impl Into<String>, by: impl Into<String>, said: Said) {
        self.failures = self.failures.saturating_add(1);
        if self.failures <= SHOWN_FINDINGS {
            self.note(true, place.into(), by.into(), said);
        }
    }

    /// Notes something that a careful reader should know.
    pub(crate) fn remark(&mut self, place: impl Into<String>, by: impl Into<String>, said: Said) {
        self.remarks = self.remarks.saturating_add(1);
        if self.remarks <= SHOWN_FINDINGS {
            self.note(false, place.into(), by.into(), said);
        }
    }

    fn note(&mut self, failure: bool, place: String, by: String, said: Said) {
        self.findings.push(Finding {
            check: self.name,
            failure,
            place: shown(&place),
            by,
            italian: shown(&said.italian),
            english: shown(&said.english),
        });
    }

    /// Whether nothing failed so far.
    pub(crate) fn passes(&self) -> bool {
        self.failures == 0
    }
}

/// Text from a dossier as it may be shown: control and bidirectional characters escaped, at most 400 characters.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(400));
    for (position, character) in text.chars().enumerate() {
        if position >= 400 {
            out.push('…');
            break;
        }
        let hidden = matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{061c}');
        if character.is_control() || hidden {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_failures_are_shown_and_all_are_counted() {
        let mut tally = Tally::new("rows", said!("righe rispettate", "rows hold"));
        tally.looked_at(70);
        for row in 0..60 {
            tally.fail(format!("r{row}"), "1 cent", said!("rotta", "broken"));
        }
        let mut report = Report::default();
        report.add(tally);
        assert!(!report.passed());
        assert_eq!(report.failures(), 60);
        assert_eq!(report.findings.len(), 50);
        assert_eq!(
            report.check("rows").unwrap().detail_en,
            "rows hold: 60 of 70 do not hold"
        );
        assert_eq!(
            report.findings.first().unwrap().text(Language::English),
            "r0: broken (1 cent)"
        );
    }

    #[test]
    fn an_empty_report_does_not_pass() {
        assert!(!Report::default().passed());
    }

    #[test]
    fn hostile_text_is_shown_escaped() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}"), "a\\u{1b}[31m\\u{202e}");
    }
}
