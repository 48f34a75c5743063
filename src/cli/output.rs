//! Where words go: results on standard output, progress and refusals on standard error.

use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;
use mappafondo::model::Language;
use mappafondo::report::summary_text::{Layout, SummaryText, WIDEST};
use mappafondo::report::words::{Text, program as words};
use serde::Serialize;

use super::args::{Common, Format};
use super::exit;
use super::failure::{Failure, reason};
use super::progress::{Bar, Progress};

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const PLAIN: &str = "\u{1b}[0m";

/// How the user wants to be told.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// Language of the words.
    pub(crate) language: Language,
    /// Form of the result.
    pub(crate) format: Format,
    /// No summary, no progress.
    pub(crate) quiet: bool,
    verbose: bool,
    progress: Progress,
}

impl Output {
    /// As the common arguments say.
    pub(crate) fn new(common: &Common, language: Language) -> Self {
        Self {
            language,
            format: common.format,
            quiet: common.quiet,
            verbose: common.verbose > 0,
            progress: Progress::new(language, common.quiet),
        }
    }

    /// A text in the user's language.
    pub(crate) fn say(&self, text: Text) -> &'static str {
        text.say(self.language)
    }

    /// A text with its values in the user's language.
    pub(crate) fn fill(&self, text: Text, values: &[(&str, &str)]) -> String {
        text.fill(self.language, values)
    }

    /// The width and language of a summary.
    pub(crate) fn layout(&self) -> Layout {
        let width = comfy_table::Table::new().width().unwrap_or(WIDEST);
        Layout {
            language: self.language,
            width: width.clamp(60, WIDEST),
            full: self.verbose,
        }
    }

    /// Prints a result.
    ///
    /// # Errors
    /// [`Failure`] when it cannot be written; a reader that has gone away is no failure.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        print(text).map_err(|error| {
            Failure::new(
                exit::IO,
                self.fill(
                    words::CANNOT_PRINT,
                    &[("reason", &reason(&error, self.language))],
                ),
            )
        })
    }

    /// Prints a result as JSON.
    ///
    /// # Errors
    /// As [`Output::print`].
    pub(crate) fn print_json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(value).map_err(|error| {
            Failure::new(
                exit::INTERNAL,
                self.fill(words::PANIC, &[("what", &error.to_string())]),
            )
        })?;
        self.print(&format!("{json}\n"))
    }

    /// Prints a summary, its headings in bold where that is wanted.
    ///
    /// # Errors
    /// As [`Output::print`].
    pub(crate) fn print_summary(&self, summary: &SummaryText) -> Result<(), Failure> {
        self.print(&summary.text(bold))
    }

    /// Says what is being done, on a terminal or when asked to.
    pub(crate) fn progress(&self, text: Text) {
        self.progress.begins(text);
        if !self.quiet && (self.verbose || io::stderr().is_terminal()) {
            tell(&format!("{}…", self.say(text)));
        }
    }

    /// A bar for things of which `done` of `all` are done already.
    pub(crate) fn bar(&self, text: Text, counted: (u64, u64)) -> Bar {
        let values = [
            ("bar", "{wide_bar}"),
            ("pos", "{human_pos}"),
            ("len", "{human_len}"),
            ("rate", "{per_sec}"),
            ("eta", "{eta}"),
        ];
        self.progress.bar(&self.fill(text, &values), counted)
    }

    /// Says more, when asked to.
    pub(crate) fn log(&self, text: Text, values: &[(&str, &str)]) {
        if !self.quiet && self.verbose {
            tell(&format!("  {}", self.fill(text, values)));
        }
    }

    /// Says why the command did not do what it was asked, and gives the exit code.
    pub(crate) fn refuse(&self, failure: &Failure) -> u8 {
        match (&failure.json, self.format) {
            (Some(json), Format::Json) => tell(json),
            _ if failure.told => tell(failure.text.trim_end()),
            _ => complain(self.language, &failure.text),
        }
        failure.code
    }
}

/// A heading, in bold; the stream drops the marks where they are not wanted.
pub(crate) fn bold(text: &str) -> String {
    format!("{BOLD}{text}{PLAIN}")
}

/// Writes to standard output. A closed pipe ends quietly.
fn print(text: &str) -> io::Result<()> {
    let mut stdout = AutoStream::auto(io::stdout()).lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes to standard output before there is an [`Output`]; gives the exit code.
pub(crate) fn print_or_complain(text: &str, language: Language) -> u8 {
    match print(text) {
        Ok(()) => exit::OK,
        Err(error) => {
            complain(
                language,
                &words::CANNOT_PRINT.fill(language, &[("reason", &reason(&error, language))]),
            );
            exit::IO
        }
    }
}

/// Says what is wrong on standard error.
pub(crate) fn complain(language: Language, sentence: &str) {
    tell(&format!(
        "{RED}{}{PLAIN}: {sentence}",
        words::ERROR.say(language)
    ));
}

/// A line on standard error; there is nobody left to tell if that fails.
pub(crate) fn tell(line: &str) {
    let mut stderr = AutoStream::auto(io::stderr()).lock();
    let _ = writeln!(stderr, "{line}");
}
