//! `mappafondo export`: the programme for a second solver.

use std::collections::BTreeSet;
use std::path::Path;

use mappafondo::disk::replace_file;
use mappafondo::lp::{self, LinearProgram, Objective};
use mappafondo::model::{GoalKind, Model};
use mappafondo::proposal::{Exported, Wanted, from_plan};
use mappafondo::report::number::count;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::program as words;
use mappafondo::solve::{Options, SolveError, solve};

use super::args::Export;
use super::exit;
use super::failure::Failure;
use super::output::{Output, tell as say_line};

/// The goal that is exported unless another is named.
const DEFAULT_GOAL: &str = "value";

/// What stands for the pick.
const PICK: &str = "pick";

/// Files that mark a folder as a model's or a result's.
const MARKS: [&str; 3] = ["model.toml", "summary.json", "manifest.json"];

pub(crate) fn run(arguments: &Export, output: &Output) -> Result<u8, Failure> {
    let write = writer(&arguments.out, output)?;
    output.progress(words::READING);
    let read = super::scenario::read(&arguments.model, &arguments.scenario);
    let model = read
        .map_err(|invalid| Failure::invalid(&invalid, output))?
        .model;
    let named = arguments.goal.as_deref().unwrap_or(DEFAULT_GOAL);
    let wanted = wanted(&model, named).ok_or_else(|| no_such_goal(&model, named, output))?;
    let is_first = wanted == Wanted::Goal(0, 1);
    let exported = if is_first || arguments.without_locks {
        alone(&model, wanted, output)?
    } else {
        kept(&model, wanted, output)?
    };
    let exported = exported.ok_or_else(|| no_such_goal(&model, named, output))?;
    replace_file(&arguments.out, write(&exported).as_bytes())
        .map_err(|error| Failure::io(&arguments.out, &error, output))?;
    if output.quiet {
        return Ok(exit::OK);
    }
    let file = terminal_text(&arguments.out.display().to_string()).into_owned();
    if is_beside(&arguments.out) {
        let sentence = output.fill(words::EXPORT_BESIDE, &[("file", &file)]);
        say_line(&format!("{}: {sentence}", output.say(words::WARNING)));
    }
    let (columns, rows) = exported.size();
    let locks = count(output.language, exported.n_locks());
    let kept = match (is_first, exported.n_locks()) {
        (true, _) => output.say(words::EXPORTED_FIRST).to_owned(),
        (false, 0) => output.say(words::EXPORTED_ALONE).to_owned(),
        (false, _) => output.fill(words::EXPORTED_KEPT, &[("n", &locks)]),
    };
    let values = [
        ("file", file.as_str()),
        ("columns", &count(output.language, columns)),
        ("rows", &count(output.language, rows)),
        ("goal", &name(&model, wanted)),
        ("kept", &kept),
    ];
    output.print(&format!("{}\n", output.fill(words::EXPORTED, &values)))?;
    Ok(exit::OK)
}

fn writer(file: &Path, output: &Output) -> Result<fn(&Exported) -> String, Failure> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("mps") => Ok(Exported::to_mps),
        Some("lp") => Ok(Exported::to_lp),
        _ => {
            let file = terminal_text(&file.display().to_string()).into_owned();
            Err(Failure::new(
                exit::USAGE,
                output.fill(words::EXPORT_EXTENSION, &[("file", &file)]),
            ))
        }
    }
}

/// Whether a file stands among those of a model or of a result.
fn is_beside(file: &Path) -> bool {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    MARKS.iter().any(|mark| folder.join(mark).is_file())
}

/// The goal at a position from 1, the first of a kind, a level of it, or the pick.
fn wanted(model: &Model, named: &str) -> Option<Wanted> {
    if named == PICK {
        return Some(Wanted::Pick);
    }
    if let Ok(position) = named.parse::<usize>() {
        let position = position.checked_sub(1)?;
        return (position < model.goals.len()).then_some(Wanted::Goal(position, 1));
    }
    let of_kind = |kind: &str| model.goals.iter().position(|goal| goal.word() == kind);
    let (kind, level) = match named.rsplit_once('-') {
        Some((kind, level)) => (kind, level.parse().ok().filter(|level| *level >= 1)?),
        None => (named, 1),
    };
    let position = of_kind(kind)?;
    let has_levels = matches!(model.goals[position].kind, GoalKind::Leximin { .. });
    (level == 1 || has_levels).then_some(Wanted::Goal(position, level))
}

fn name(model: &Model, wanted: Wanted) -> String {
    match wanted {
        Wanted::Pick => PICK.to_owned(),
        Wanted::Goal(position, 1) => model.goals[position].word().to_owned(),
        Wanted::Goal(position, level) => format!("{}-{level}", model.goals[position].word()),
    }
}

fn no_such_goal(model: &Model, named: &str, output: &Output) -> Failure {
    let goals = model.goals.iter().map(|goal| goal.word());
    let goals: Vec<&str> = goals.chain([PICK]).collect();
    let values = [
        ("goal", &*terminal_text(named)),
        ("goals", &*goals.join(", ")),
    ];
    Failure::new(exit::USAGE, output.fill(words::NO_SUCH_GOAL, &values))
}

/// What is wanted by itself; `None` for a later level, which there is only once the earlier ones are solved.
fn alone(model: &Model, wanted: Wanted, output: &Output) -> Result<Option<Exported>, Failure> {
    let mut program = lp::build_to_choose(model).map_err(|error| Failure::build(&error, output))?;
    let position = match wanted {
        Wanted::Pick => return Ok(Some(Exported::pick_alone(model, program))),
        Wanted::Goal(position, 1) => position,
        Wanted::Goal(..) => return Ok(None),
    };
    let objective =
        objective(model, &mut program, position).map_err(|error| Failure::build(&error, output))?;
    Ok(Some(Exported::alone(program, objective)))
}

/// What is wanted, with the goals before it at what a plan reaches.
fn kept(model: &Model, wanted: Wanted, output: &Output) -> Result<Option<Exported>, Failure> {
    output.progress(words::PLANNING);
    let plan = solve(model, &Options::default()).map_err(|error| match error {
        SolveError::Infeasible => {
            Failure::new(exit::INFEASIBLE, output.say(words::NO_PLAN_TO_KEEP))
        }
        error => Failure::propose(&error.into(), output),
    })?;
    let proposal = from_plan(model, &plan);
    Ok(Exported::kept(model, &plan, &proposal, wanted))
}

/// The objective of a goal; of a leximin goal, its first level, whose column and rows are added.
fn objective(
    model: &Model,
    program: &mut LinearProgram,
    position: usize,
) -> Result<Objective, lp::BuildError> {
    let goal = &model.goals[position];
    if let GoalKind::Leximin { per_year, .. } = goal.kind {
        let units = lp::level_units(model, program, goal, per_year)?;
        return lp::append_level(model, program, position, 1, &units, &BTreeSet::new());
    }
    let objectives = lp::objectives(model, program)?;
    objectives
        .into_iter()
        .nth(position)
        .flatten()
        .ok_or_else(|| lp::BuildError::Overflow {
            what: goal.word().to_owned(),
        })
}
