//! Arguments to [`Arguments`], help in the user's language, and what is said of wrong ones.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches};
use mappafondo::model::Language;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{
    Text, annex, compare, explain, explain_conflict, program as words, roll, run as sweep, workbook,
};

use super::args::{Arguments, Wanted};
use super::{exit, output};

/// Reads the arguments; help and refusals are printed here.
///
/// # Errors
/// The exit code: 0 after help or the version, 2 after a refusal.
pub(crate) fn parse(arguments: &[OsString], language: Language) -> Result<Arguments, u8> {
    let mut command = command(language);
    let parsed = command
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::print_or_complain(&error.to_string(), language)
        }
        _ => {
            let sentence = format!(
                "{} {}",
                told(&error, language),
                words::TRY_HELP.say(language)
            );
            output::complain(language, &sentence);
            exit::USAGE
        }
    })
}

/// The command line with its help in a language.
pub(crate) fn command(language: Language) -> clap::Command {
    let say = |text: Text| text.say(language);
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version);
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help);
    let command = Arguments::command()
        .about(say(words::ABOUT))
        .after_help(say(words::EXIT_CODES))
        .arg(help.global(true))
        .arg(version)
        .mut_subcommands(|sub| {
            let about = about(sub.get_name()).map_or("", say);
            let sub = dress(sub.about(about), language);
            // `--out` is a folder of results, a file, or a model, as the command is.
            let out = match sub.get_name() {
                "export" => words::HELP_OUT_FILE,
                "explain" => explain::HELP_OUT,
                "roll" => roll::HELP_OUT,
                "report" => annex::HELP_REPORT_OUT,
                "sweep" => sweep::HELP_SWEEP_OUT,
                "merge" => sweep::HELP_MERGE_OUT,
                _ => return sub,
            };
            sub.mut_arg("out", |arg| arg.help(say(out)))
        });
    dress(command, language).subcommand_help_heading(say(words::COMMANDS))
}

fn dress(command: clap::Command, language: Language) -> clap::Command {
    let usage = words::USAGE.say(language);
    command
        .help_template(format!(
            "{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .subcommand_value_name("COMMAND")
        .mut_args(|arg| {
            let heading = if arg.is_positional() {
                words::ARGUMENTS
            } else {
                words::OPTIONS
            };
            let help = help(arg.get_id().as_str()).map_or("", |text| text.say(language));
            let arg = arg.help(help).help_heading(heading.say(language));
            // What clap would add here is English, and said in the help already.
            let takes_values = arg.get_action().takes_values();
            arg.hide_possible_values(takes_values)
                .hide_default_value(takes_values)
        })
}

fn about(command: &str) -> Option<Text> {
    Some(match command {
        "check" => words::HELP_CHECK,
        "solve" => words::HELP_SOLVE,
        "verify" => words::HELP_VERIFY,
        "compare" => compare::HELP,
        "report" => annex::HELP_REPORT,
        "sweep" => sweep::HELP_SWEEP,
        "merge" => sweep::HELP_MERGE,
        "explain" => explain::HELP,
        "roll" => roll::HELP,
        "export" => words::HELP_EXPORT,
        "convert" => workbook::HELP_CONVERT,
        "init" => workbook::HELP_INIT,
        "schema" => words::HELP_SCHEMA,
        "completions" => words::HELP_COMPLETIONS,
        _ => return None,
    })
}

fn help(argument: &str) -> Option<Text> {
    Some(match argument {
        "model" => words::HELP_MODEL,
        "scenario" => words::HELP_SCENARIO,
        "without_locks" => words::HELP_WITHOUT_LOCKS,
        "of" => words::HELP_SCHEMA_OF,
        "out" => words::HELP_OUT_DIR,
        "threads" => words::HELP_THREADS,
        "time_limit" => words::HELP_TIME_LIMIT,
        "dir" => words::HELP_DIR,
        "results" => compare::HELP_DIRS,
        "fail_on_diff" => compare::HELP_FAIL,
        "csv" => compare::HELP_CSV,
        "per_zone" => annex::HELP_PER_ZONE,
        "csv_dialect" => annex::HELP_DIALECT,
        "compare_with" => annex::HELP_COMPARE_WITH,
        "swept" => annex::HELP_REPORT_SWEEP,
        "explanations" => annex::HELP_EXPLANATIONS,
        "dirs" => sweep::HELP_DIRS,
        "sweep" => sweep::HELP_SWEEP_FILE,
        "shard" => sweep::HELP_SHARD,
        "resume" => sweep::HELP_RESUME,
        "ledger" => sweep::HELP_LEDGER,
        "route" => sweep::HELP_ROUTE,
        "list" => sweep::HELP_LIST,
        "explained" => explain::HELP_EXPLAINED,
        "price" => explain::HELP_PRICE,
        "why_not" => explain::HELP_WHY_NOT,
        "why" => explain::HELP_WHY,
        "law" => explain::HELP_LAW,
        "goals" => explain::HELP_GOALS,
        "shapley" => explain::HELP_SHAPLEY,
        "breakpoints" => explain::HELP_BREAKPOINTS,
        "at_risk" => explain::HELP_AT_RISK,
        "force" => explain_conflict::HELP_FORCE,
        "in_force" => explain_conflict::HELP_IN_FORCE,
        "to" => roll::HELP_TO,
        "actuals" => roll::HELP_ACTUALS,
        "target" => workbook::HELP_TARGET,
        "merge" => workbook::HELP_MERGE,
        "folder" => workbook::HELP_FOLDER,
        "xlsx" => workbook::HELP_XLSX,
        "goal" => words::HELP_GOAL,
        "shell" => words::HELP_SHELL,
        "format" => words::HELP_FORMAT,
        "locale" => words::HELP_LOCALE,
        "quiet" => words::HELP_QUIET,
        "verbose" => words::HELP_VERBOSE,
        "help" => words::HELP_HELP,
        "version" => words::HELP_VERSION,
        _ => return None,
    })
}

/// What is wrong with the arguments, in a language.
fn told(error: &clap::Error, language: Language) -> String {
    let text = |kind: ContextKind| error.get(kind).map(shown).unwrap_or_default();
    let what = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let mut sentence = match error.kind() {
        ErrorKind::UnknownArgument => words::USAGE_UNKNOWN.fill(language, &[("what", &what)]),
        ErrorKind::InvalidSubcommand => {
            words::USAGE_COMMAND.fill(language, &[("what", &text(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            words::USAGE_NO_COMMAND.say(language).to_owned()
        }
        ErrorKind::MissingRequiredArgument => {
            words::USAGE_MISSING.fill(language, &[("what", &what)])
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            words::USAGE_NO_VALUE.fill(language, &[("what", &what)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            words::USAGE_VALUE.fill(language, &[("what", &what), ("value", &value)])
        }
        ErrorKind::ArgumentConflict => words::USAGE_TWICE.fill(language, &[("what", &what)]),
        _ => words::USAGE_OTHER.say(language).to_owned(),
    };
    for part in remedies(error, language) {
        sentence.push(' ');
        sentence.push_str(&part);
    }
    sentence
}

fn remedies(error: &clap::Error, language: Language) -> Vec<String> {
    let choices = error.get(ContextKind::ValidValue).map(shown);
    let wanted = std::error::Error::source(error)
        .and_then(|source| source.downcast_ref::<Wanted>())
        .map(|wanted| {
            let text = match wanted {
                Wanted::Seconds => words::WANT_SECONDS,
                Wanted::Threads => words::WANT_THREADS,
                Wanted::Year => roll::WANT_YEAR,
                Wanted::Shard => sweep::WANT_SHARD,
                Wanted::Cell => explain::WANT_CELL,
            };
            text.say(language).to_owned()
        });
    let nearest = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .find_map(|kind| error.get(kind).map(shown));
    let mut parts = Vec::new();
    if let Some(choices) = choices.or(wanted).filter(|choices| !choices.is_empty()) {
        parts.push(words::USAGE_CHOICES.fill(language, &[("choices", &choices)]));
    }
    if let Some(nearest) = nearest.filter(|nearest| !nearest.is_empty()) {
        parts.push(words::USAGE_NEAREST.fill(language, &[("nearest", &nearest)]));
    }
    parts
}

fn shown(value: &ContextValue) -> String {
    let text = match value {
        ContextValue::Strings(words) => words.join(", "),
        ContextValue::String(word) => word.clone(),
        other => other.to_string(),
    };
    terminal_text(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_help_in_both_languages() {
        for language in [Language::Italian, Language::English] {
            let command = command(language);
            command.clone().debug_assert();
            for sub in command.get_subcommands() {
                assert!(about(sub.get_name()).is_some(), "{}", sub.get_name());
                for argument in sub.get_arguments().chain(command.get_arguments()) {
                    assert!(
                        help(argument.get_id().as_str()).is_some(),
                        "{}",
                        argument.get_id()
                    );
                }
            }
        }
    }

    fn refused(arguments: &[&str]) -> String {
        let error = command(Language::English)
            .try_get_matches_from(arguments)
            .unwrap_err();
        told(&error, Language::English)
    }

    #[test]
    fn wrong_arguments_are_told_with_what_to_do() {
        for (arguments, expected) in [
            (
                vec!["m", "solv"],
                "there is no command \"solv\". Did you mean solve?",
            ),
            (vec!["m"], "the command is missing."),
            (vec!["m", "solve", "x"], "--out <DIR> is missing."),
            (
                vec!["m", "solve", "x", "--outt", "y"],
                "there is no option \"--outt\". Did you mean --out?",
            ),
            (
                vec!["m", "check", "x", "--format", "xml"],
                "\"xml\" will not do for --format <FORMAT>. It may be: table, json.",
            ),
            (
                vec!["m", "solve", "x", "--out", "y", "--threads", "0"],
                "\"0\" will not do for --threads <N>. It may be: a whole number from 1 up.",
            ),
            (
                vec!["m", "solve", "x", "--out"],
                "--out <DIR> needs a value.",
            ),
        ] {
            assert_eq!(refused(&arguments), expected);
        }
    }
}
