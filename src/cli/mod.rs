//! The command line: arguments, one file per command, exit codes.
//!
//! Standard output carries results, standard error progress and refusals, in the language of the user.

mod args;
mod catalogue;
mod check;
mod checked;
mod compare;
mod completions;
mod convert;
mod exit;
mod explain;
mod explain_places;
mod export;
mod failure;
mod init;
mod locale;
mod merge;
mod output;
mod progress;
mod report;
mod roll;
mod scenario;
mod schema;
mod solve;
mod sweep;
mod sweep_text;
mod usage;
mod verify;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use mappafondo::model::Language;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::program as words;

use args::{Arguments, Command};
use failure::Failure;
use output::Output;

/// Runs the program with the arguments of the process.
pub(crate) fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let language = locale::language(&arguments, |name| std::env::var(name).ok());
    ExitCode::from(guarded(language, || run(&arguments, language)))
}

fn run(arguments: &[OsString], language: Language) -> u8 {
    let arguments = match usage::parse(arguments, language) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let output = Output::new(&arguments.common, language);
    match dispatch(&arguments, &output) {
        Ok(code) => code,
        Err(failure) => output.refuse(&failure),
    }
}

fn dispatch(arguments: &Arguments, output: &Output) -> Result<u8, Failure> {
    match &arguments.command {
        Command::Check(check) => check::run(check, output),
        Command::Solve(solve) => solve::run(solve, output),
        Command::Verify(verify) => verify::run(verify, output),
        Command::Compare(compare) => compare::run(compare, output),
        Command::Explain(explain) => explain::run(explain, output),
        Command::Report(report) => report::run(report, arguments.common.asked(), output),
        Command::Roll(roll) => roll::run(roll, output),
        Command::Sweep(sweep) => sweep::run(sweep, output),
        Command::Merge(merge) => merge::run(merge, output),
        Command::Export(export) => export::run(export, output),
        Command::Convert(convert) => convert::run(convert, output),
        Command::Init(init) => init::run(init, output),
        Command::Schema(schema) => schema::run(schema, output),
        Command::Completions(completions) => completions::run(completions, output),
    }
}

/// Runs something; a panic inside is told in one sentence and becomes an exit code.
fn guarded(language: Language, work: impl FnOnce() -> u8) -> u8 {
    let seen: Arc<Mutex<String>> = Arc::default();
    let noted = Arc::clone(&seen);
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or_else(String::new, |at| {
            format!(", {}:{}", source_name(at.file()), at.line())
        });
        let what = format!("{}{place}", panic.payload_as_str().unwrap_or("panic"));
        *noted.lock().unwrap_or_else(PoisonError::into_inner) = what;
    }));
    let code = panic::catch_unwind(AssertUnwindSafe(work));
    let _ = panic::take_hook();
    code.unwrap_or_else(|_| {
        let what = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let sentence = words::PANIC.fill(language, &[("what", &terminal_text(&what))]);
        output::complain(language, &sentence);
        exit::INTERNAL
    })
}

/// The name of a source file within its crate: where that lay on the machine that built the program is nobody's business.
fn source_name(file: &str) -> &str {
    let from = file.rfind("/src/").or_else(|| file.rfind("\\src\\"));
    from.and_then(|at| file.get(at..))
        .map_or(file, |name| name.get(1..).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_file_is_named_without_the_folders_above_its_crate() {
        assert_eq!(source_name("src/cli/mod.rs"), "src/cli/mod.rs");
        assert_eq!(
            source_name("/home/x/registry/src/index/jiff-0.2/src/span.rs"),
            "src/span.rs"
        );
        assert_eq!(source_name("C:\\x\\jiff\\src\\span.rs"), "src\\span.rs");
    }

    #[test]
    fn a_panic_becomes_an_exit_code() {
        assert_eq!(
            guarded(Language::English, || panic!("out of cheese")),
            exit::INTERNAL
        );
        assert_eq!(guarded(Language::English, || exit::LIMIT), exit::LIMIT);
    }
}
