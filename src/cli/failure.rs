//! Why a command did not do what it was asked: an exit code and words for it.

use std::io;

use mappafondo::disk::DiskFault;
use mappafondo::lp::BuildError;
use mappafondo::model::Language;
use mappafondo::problem::InvalidModel;
use mappafondo::proposal::ProposeError;
use mappafondo::report::FolderError;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::program as words;
use mappafondo::solve::Fault;

use super::exit;
use super::output::Output;

/// A refusal.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) code: u8,
    /// What is said, in the user's language.
    pub(crate) text: String,
    /// Whether the text already says that it is an error.
    pub(crate) told: bool,
    /// The same for programs, where there is such a form.
    pub(crate) json: Option<String>,
}

impl Failure {
    /// A refusal with one sentence.
    pub(crate) fn new(code: u8, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
            told: false,
            json: None,
        }
    }

    /// A model that is not valid, with all its problems.
    pub(crate) fn invalid(invalid: &InvalidModel, output: &Output) -> Self {
        Self {
            code: code_of(invalid),
            text: invalid.text(output.language),
            told: true,
            json: serde_json::to_string_pretty(&invalid.report(output.language)).ok(),
        }
    }

    /// A folder that cannot be written.
    pub(crate) fn folder(error: &FolderError, output: &Output) -> Self {
        match error {
            FolderError::NotOurs { folder, found } => {
                let found = terminal_text(&found.join(", ")).into_owned();
                let folder = shown(folder);
                let values = [("folder", folder.as_str()), ("found", &found)];
                Self::new(exit::USAGE, output.fill(words::FOLDER_NOT_OURS, &values))
            }
            FolderError::Locked { folder } => Self::new(
                exit::USAGE,
                output.fill(words::FOLDER_LOCKED, &[("folder", &shown(folder))]),
            ),
            FolderError::Io { path, error } => Self::io(path, error, output),
        }
    }

    /// A file that cannot be read or written.
    pub(crate) fn io(path: &std::path::Path, error: &io::Error, output: &Output) -> Self {
        let values = [
            ("path", &*shown(path)),
            ("reason", &*reason(error, output.language)),
        ];
        Self::new(exit::IO, output.fill(words::CANNOT_WRITE, &values))
    }

    /// A model that cannot be written as a programme of whole numbers.
    pub(crate) fn build(error: &BuildError, output: &Output) -> Self {
        Self::new(exit::INVALID, build_sentence(error, output.language))
    }

    /// A proposal that was not made.
    pub(crate) fn propose(error: &ProposeError, output: &Output) -> Self {
        match error {
            ProposeError::Limit => Self::new(exit::LIMIT, output.say(words::LIMIT_REACHED)),
            ProposeError::Build(error) => Self::build(error, output),
            ProposeError::NoWholeNumbers(_) => {
                Self::new(exit::INTERNAL, output.say(words::NO_WHOLE_NUMBERS))
            }
            ProposeError::Solver(fault) => {
                let reason = fault_sentence(fault, output.language);
                Self::new(
                    exit::INTERNAL,
                    output.fill(words::SOLVER_FAILED, &[("reason", &reason)]),
                )
            }
        }
    }

    /// A fault of ours that did not panic.
    pub(crate) fn internal(error: &dyn std::error::Error, output: &Output) -> Self {
        let what = terminal_text(&error.to_string()).into_owned();
        Self::new(
            exit::INTERNAL,
            output.fill(words::PANIC, &[("what", &what)]),
        )
    }
}

/// The exit code of a refused model: the disk's fault or the user's.
pub(crate) fn code_of(invalid: &InvalidModel) -> u8 {
    if invalid.is_unreadable() {
        exit::IO
    } else {
        exit::INVALID
    }
}

/// What went wrong inside a calculation, in a language.
fn fault_sentence(fault: &Fault, language: Language) -> String {
    let words = match fault {
        Fault::NoPlanLeft | Fault::NoChoice => words::FAULT_NO_CHOICE,
        Fault::LockedGoal | Fault::OtherValue => words::FAULT_GOAL,
        Fault::Unproved | Fault::Unbounded | Fault::NoPoint => words::FAULT_UNPROVED,
        Fault::NoConflict => words::FAULT_NO_CONFLICT,
        Fault::OutOfRange => words::FAULT_OUT_OF_RANGE,
        Fault::Solver(said) => {
            return words::FAULT_SOLVER.fill(language, &[("said", &terminal_text(said))]);
        }
    };
    words.say(language).to_owned()
}

/// Why a model cannot be written as a programme, in a language.
pub(crate) fn build_sentence(error: &BuildError, language: Language) -> String {
    match error {
        BuildError::Overflow { what } => {
            words::BUILD_OVERFLOW.fill(language, &[("what", &terminal_text(what))])
        }
        BuildError::ZeroUnitCost { rule, action, year } => words::BUILD_ZERO_COST.fill(
            language,
            &[
                ("rule", rule),
                ("action", action),
                ("year", &year.to_string()),
            ],
        ),
        BuildError::BandOfUnits { rule } => {
            words::BUILD_BAND_OF_UNITS.fill(language, &[("rule", rule)])
        }
        BuildError::NoFormula { rule, fund, zone } => words::BUILD_NO_FORMULA
            .fill(language, &[("rule", rule), ("fund", fund), ("zone", zone)]),
    }
}

/// What the system said, in a language where the words are ours.
pub(crate) fn reason(error: &io::Error, language: Language) -> String {
    DiskFault::from(error).message(language)
}

fn shown(path: &std::path::Path) -> String {
    terminal_text(&path.display().to_string()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_in_a_calculation_is_told_in_both_languages() {
        for fault in [
            Fault::NoPlanLeft,
            Fault::LockedGoal,
            Fault::NoChoice,
            Fault::OtherValue,
            Fault::Unproved,
            Fault::Unbounded,
            Fault::NoPoint,
            Fault::NoConflict,
            Fault::OutOfRange,
            Fault::Solver("HiGHS: SolveError".to_owned()),
        ] {
            let [it, en] =
                [Language::Italian, Language::English].map(|l| fault_sentence(&fault, l));
            assert_ne!(it, en);
            let told = fault.to_string();
            assert!(
                !it.contains(&told) || matches!(fault, Fault::Solver(_)),
                "{it}"
            );
        }
    }
}
