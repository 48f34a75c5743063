//! `mappafondo export`: the programme for a second solver.

use std::collections::BTreeSet;
use std::path::Path;

use mappafondo::disk::replace_file;
use mappafondo::lp::{self, LinearProgram, Objective};
use mappafondo::model::{GoalKind, Model};
use mappafondo::report::number::count;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::program as words;

use super::args::Export;
use super::exit;
use super::failure::Failure;
use super::output::Output;

/// The goal that is exported unless another is named.
const DEFAULT_GOAL: &str = "value";

pub(crate) fn run(arguments: &Export, output: &Output) -> Result<u8, Failure> {
    let write = writer(&arguments.out, output)?;
    output.progress(words::READING);
    let read = super::scenario::read(&arguments.model, &arguments.scenario);
    let model = read
        .map_err(|invalid| Failure::invalid(&invalid, output))?
        .model;
    let position = goal(
        &model,
        arguments.goal.as_deref().unwrap_or(DEFAULT_GOAL),
        output,
    )?;
    let mut program =
        lp::build_to_choose(&model).map_err(|error| Failure::build(&error, output))?;
    let objective = objective(&model, &mut program, position)
        .map_err(|error| Failure::build(&error, output))?;
    let text = write(&program, &objective);
    replace_file(&arguments.out, text.as_bytes())
        .map_err(|error| Failure::io(&arguments.out, &error, output))?;
    if !output.quiet {
        let (columns, rows) = (program.columns.len(), program.rows.len());
        let values = [
            (
                "file",
                terminal_text(&arguments.out.display().to_string()).into_owned(),
            ),
            ("columns", count(output.language, columns)),
            ("rows", count(output.language, rows)),
            ("goal", objective.kind.to_owned()),
        ];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        output.print(&format!("{}\n", output.fill(words::EXPORTED, &values)))?;
    }
    Ok(exit::OK)
}

type Writer = fn(&LinearProgram, &Objective) -> String;

fn writer(file: &Path, output: &Output) -> Result<Writer, Failure> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("mps") => Ok(lp::write::to_mps),
        Some("lp") => Ok(lp::write::to_lp),
        _ => {
            let file = terminal_text(&file.display().to_string()).into_owned();
            Err(Failure::new(
                exit::USAGE,
                output.fill(words::EXPORT_EXTENSION, &[("file", &file)]),
            ))
        }
    }
}

/// The goal at a position from 1, or the first of a kind.
fn goal(model: &Model, wanted: &str, output: &Output) -> Result<usize, Failure> {
    let by_position = wanted.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let found = match by_position {
        Some(position) => Some(position).filter(|position| *position < model.goals.len()),
        None => model.goals.iter().position(|goal| goal.word() == wanted),
    };
    found.ok_or_else(|| {
        let goals: Vec<&str> = model.goals.iter().map(|goal| goal.word()).collect();
        let values = [
            ("goal", &*terminal_text(wanted)),
            ("goals", &*goals.join(", ")),
        ];
        Failure::new(exit::USAGE, output.fill(words::NO_SUCH_GOAL, &values))
    })
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
