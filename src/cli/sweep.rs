//! `mappafondo sweep`: every scenario of a sweep, in tables.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{available_parallelism, sleep};
use std::time::Duration;

use mappafondo::input::read_model;
use mappafondo::model::Model;
use mappafondo::problem::InvalidModel;
use mappafondo::report::FolderError;
use mappafondo::report::number::count;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{program, run as words};
use mappafondo::run::{
    Digest, Ended, MANIFEST_FORMAT, Manifest, Route, Routes, RunError, RunFolder, RunNames, Status,
    SweepSource, Watch, digest, execute,
};
use mappafondo::solve::routes;
use mappafondo::sweep::{Integers, Sweep};

use super::args::{Format, RouteWord, Sweep as Arguments};
use super::catalogue::{self, Standing};
use super::exit;
use super::failure::{Failure, reason};
use super::output::{Output, tell as say_line};
use super::sweep_text;

/// How long a run told to stop may take to end by itself; what is written is safe at any moment.
const GRACE: Duration = Duration::from_millis(700);

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<u8, Failure> {
    let (Some(model), Some(file), Some(out)) = (&arguments.model, &arguments.sweep, &arguments.out)
    else {
        return list(output);
    };
    if arguments.list {
        return list(output);
    }
    output.progress(program::READING);
    let (sweep, (base, inputs), sweep_files) =
        read(model, file).map_err(|invalid| Failure::invalid(&invalid, output))?;
    let manifest = Manifest {
        shard: arguments.shard,
        ledger: arguments.ledger,
        names: RunNames::of(&base),
        ..Manifest::of(&sweep, &sweep_files, &inputs.files, route(arguments.route))
    };
    let integers = match sweep.integers() {
        Integers::Fixed => routes::Integers::Fixed,
        Integers::Resolve => routes::Integers::Resolve,
    };
    let source = SweepSource::new(sweep, &inputs.files)
        .map_err(|invalid| Failure::invalid(&invalid, output))?;
    if manifest.n_scenarios() == 0 {
        return Err(empty_shard(&manifest, output));
    }
    // Taken before solving, so that a folder that cannot be used is said at once.
    let mut folder = RunFolder::open(out, &manifest, arguments.resume)
        .map_err(|error| refusal(&error, output))?;
    let noted = catalogue::begin(folder.path(), &manifest);
    if let Err(why) = &noted {
        let why = terminal_text(why).into_owned();
        warn(
            &output.fill(words::NO_CATALOGUE, &[("reason", &why)]),
            output,
        );
    }
    let noted = noted.ok();
    let end = |standing, without_plan| {
        if let Some(noted) = &noted {
            noted.end(standing, without_plan);
        }
    };
    let stop = listen(output, noted.clone());
    let ended = solve(
        &mut folder,
        &manifest,
        (&source, integers),
        arguments,
        &stop,
        output,
    );
    let ended = ended.inspect_err(|_| end(Standing::Failed, None))?;
    if ended == Ended::Stopped {
        stop.over.store(true, Ordering::Relaxed);
        end(Standing::Stopped, None);
        say_line(output.say(words::INTERRUPTED));
        return Ok(exit::INTERRUPTED);
    }
    let mut digest = digest(folder.path()).map_err(|error| refusal(&error, output))?;
    // The tables are in English by contract; a person is told in the language asked for.
    if output.format == Format::Table {
        for scenario in &mut digest.without_plan {
            let index = u64::try_from(scenario.index).unwrap_or_default();
            let is_invalid = scenario.status == Status::Invalid.word();
            let why = is_invalid.then(|| source.why_invalid(index, output.language));
            if let Some(why) = why.flatten() {
                scenario.reason = why;
            }
        }
    }
    end(Standing::Complete, Some(without_plan(&digest)));
    drop(folder);
    tell(&digest, out, output)
}

/// A shard is made of whole parts: of more shards than there are parts, some would have none.
fn empty_shard(manifest: &Manifest, output: &Output) -> Failure {
    let (index, of) = manifest
        .shard
        .map_or((1, 1), |shard| (shard.index, shard.of));
    let number = |n: u64| count(output.language, usize::try_from(n).unwrap_or(usize::MAX));
    let values = [
        ("shard", format!("{index}/{of}")),
        ("scenarios", number(manifest.count)),
        ("block", number(manifest.block)),
        ("most", number(manifest.all_blocks())),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Failure::new(exit::USAGE, output.fill(words::EMPTY_SHARD, &values))
}

/// Solves what is missing, with a bar on a terminal.
fn solve(
    folder: &mut RunFolder,
    manifest: &Manifest,
    (source, integers): (&SweepSource, routes::Integers),
    arguments: &Arguments,
    stop: &Stop,
    output: &Output,
) -> Result<Ended, Failure> {
    let blocks = manifest.blocks();
    let finished: u64 = blocks
        .filter(|block| folder.is_finished(*block))
        .map(|block| {
            let scenarios = manifest.scenarios(block);
            scenarios.end.saturating_sub(scenarios.start)
        })
        .sum();
    let all = manifest.n_scenarios();
    let answerer = if finished == all {
        Routes::without_base(manifest.route, manifest.ledger)
    } else if folder
        .begin_base()
        .map_err(|error| refusal(&error, output))?
    {
        output.progress(words::SOLVING_BASE);
        let base = source
            .base()
            .map_err(|invalid| Failure::invalid(&invalid, output))?;
        let routes = Routes::new(&base, manifest.route, integers, manifest.ledger);
        folder.end_base().map_err(|error| refusal(&error, output))?;
        routes
    } else {
        warn(output.say(words::WITHOUT_BASE), output);
        Routes::without_base(manifest.route, manifest.ledger)
    };
    output.progress(words::SOLVING_SCENARIOS);
    let bar = output.bar(words::PROGRESS, (finished, all));
    let advanced = |n| bar.done(n);
    let watch = Watch {
        stop: &stop.asked,
        advanced: &advanced,
    };
    let all = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let threads = arguments.threads.unwrap_or(all);
    let ended = execute(folder, manifest, (source, &answerer), threads, watch);
    bar.end();
    ended.map_err(|error| refusal(&error, output))
}

/// The sweep and the model, or every problem of both.
fn read(
    model: &Path,
    file: &Path,
) -> Result<
    (
        Sweep,
        (Model, mappafondo::input::Inputs),
        mappafondo::scenario::Files,
    ),
    InvalidModel,
> {
    match (read_model(model), Sweep::read(file)) {
        (Ok(base), Ok((sweep, files))) => Ok((sweep, base, files)),
        (Err(mut invalid), Err(other)) => {
            invalid.problems.extend(other.problems);
            Err(invalid)
        }
        (Err(invalid), _) | (_, Err(invalid)) => Err(invalid),
    }
}

fn route(word: RouteWord) -> Route {
    match word {
        RouteWord::Cold => Route::Cold,
        RouteWord::Hot => Route::Hot,
        RouteWord::Batch => Route::Batch,
        RouteWord::Auto => Route::Auto,
    }
}

/// What an interruption does.
struct Stop {
    /// It was asked for.
    asked: Arc<AtomicBool>,
    /// It was done in good order.
    over: Arc<AtomicBool>,
}

/// Listens to Ctrl-C: the run is told to stop, and does not outlive the grace it has. What is written is safe at any moment.
fn listen(output: &Output, noted: Option<catalogue::Noted>) -> Stop {
    let (asked, over) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    let stop = Stop {
        asked: Arc::clone(&asked),
        over: Arc::clone(&over),
    };
    let sentence = output.say(words::INTERRUPTED);
    let listening = ctrlc::set_handler(move || {
        asked.store(true, Ordering::Relaxed);
        sleep(GRACE);
        if !over.load(Ordering::Relaxed) {
            if let Some(noted) = &noted {
                noted.end(Standing::Stopped, None);
            }
            say_line(sentence);
        }
        std::process::exit(exit::INTERRUPTED.into());
    });
    // Without a handler an interruption ends the program at once, which is safe too.
    drop(listening);
    stop
}

fn without_plan(digest: &Digest) -> u64 {
    let without = Status::ALL.into_iter().filter(|status| !status.has_plan());
    without.map(|status| digest.count(status)).sum()
}

/// Tells what a finished run comes to; gives the exit code.
pub(crate) fn tell(digest: &Digest, folder: &Path, output: &Output) -> Result<u8, Failure> {
    match output.format {
        Format::Json => output.print_json(digest)?,
        Format::Table if output.quiet => {}
        Format::Table => {
            let layout = output.layout();
            output.print_summary(&sweep_text::of_digest(digest, folder, layout))?;
        }
    }
    Ok(if without_plan(digest) > 0 {
        exit::SOME_FAILED
    } else if digest.count(Status::Limit) > 0 {
        exit::LIMIT
    } else {
        exit::OK
    })
}

fn list(output: &Output) -> Result<u8, Failure> {
    let runs = catalogue::list().map_err(|(path, why)| {
        let (path, why) = (shown(&path), terminal_text(&why).into_owned());
        let values = [("path", path.as_str()), ("reason", why.as_str())];
        Failure::new(exit::IO, output.fill(words::CANNOT_LIST, &values))
    })?;
    match output.format {
        Format::Json => output.print_json(&runs)?,
        Format::Table if runs.is_empty() => {
            output.print(&format!("{}\n", output.say(words::NO_RUNS)))?
        }
        Format::Table => output.print(&sweep_text::of_runs(&runs, output.layout()))?,
    }
    Ok(exit::OK)
}

fn warn(sentence: &str, output: &Output) {
    if !output.quiet {
        say_line(&format!("{}: {sentence}", output.say(program::WARNING)));
    }
}

/// Why a run does not begin, go on, or cannot be read, as a refusal.
pub(crate) fn refusal(error: &RunError, output: &Output) -> Failure {
    let usage = |sentence: String| Failure::new(exit::USAGE, sentence);
    match error {
        RunError::Folder(FolderError::Io { path, error }) => {
            let why = reason(error, output.language);
            let values = [("path", shown(path)), ("reason", why)];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Failure::new(exit::IO, output.fill(words::CANNOT_GO_ON, &values))
        }
        RunError::Folder(error) => Failure::folder(error, output),
        RunError::Exists { folder } => {
            usage(output.fill(words::EXISTS, &[("folder", &shown(folder))]))
        }
        RunError::NoRun { folder } => {
            usage(output.fill(words::NO_RUN, &[("folder", &shown(folder))]))
        }
        RunError::Changed { folder, what } => {
            let mut what: Vec<String> = what.iter().map(|field| changed(field, output)).collect();
            what.dedup();
            let values = [("folder", shown(folder)), ("what", what.join(", "))];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            usage(output.fill(words::CHANGED, &values))
        }
        RunError::Format { folder, found } => {
            let values = [
                ("folder", shown(folder)),
                ("found", found.to_string()),
                ("ours", MANIFEST_FORMAT.to_string()),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            usage(output.fill(words::FORMAT, &values))
        }
        RunError::Damaged { path, why } => {
            let values = [
                ("path", shown(path)),
                ("why", terminal_text(why).into_owned()),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Failure::new(exit::INVALID, output.fill(words::DAMAGED, &values))
        }
        RunError::Unfinished { folder, missing } => {
            let values = [("folder", shown(folder)), ("missing", missing.to_string())];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Failure::new(exit::INVALID, output.fill(words::UNFINISHED, &values))
        }
        RunError::Twice {
            scenario,
            one,
            other,
        } => {
            let values = [
                ("scenario", scenario.to_string()),
                ("one", shown(one)),
                ("other", shown(other)),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Failure::new(exit::INVALID, output.fill(words::TWICE, &values))
        }
        RunError::Gap { first, last } => {
            let values = [("first", first.to_string()), ("last", last.to_string())];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Failure::new(exit::INVALID, output.fill(words::GAP, &values))
        }
        RunError::Internal(_) => Failure::internal(error, output),
    }
}

/// A field of the manifest, for people.
fn changed(field: &str, output: &Output) -> String {
    match field {
        "model" => output.say(words::OF_MODEL).to_owned(),
        "program" | "solver" | "tables" | "format" => output.say(words::OF_PROGRAM).to_owned(),
        "ledger" | "route" | "shard" => output.fill(words::OF_OPTIONS, &[("option", field)]),
        _ => output.say(words::OF_FILES).to_owned(),
    }
}

fn shown(path: &Path) -> String {
    terminal_text(&path.display().to_string()).into_owned()
}
