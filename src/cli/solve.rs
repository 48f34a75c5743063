//! `mappafondo solve`: from a model to a checked plan in a folder.

use std::collections::BTreeSet;

use mappafondo::explain::{Conflict, why_no_plan};
use mappafondo::model::Model;
use mappafondo::proposal::{Outcome, propose};
use mappafondo::report::conflict::with_conflict;
use mappafondo::report::conflict_text::in_full;
use mappafondo::report::dossier::with_workbook;
use mappafondo::report::number::count;
use mappafondo::report::summary_text::{
    Layout, SummaryText, of_infeasible, of_proposal, with_scenario_names,
};
use mappafondo::report::words::{explain_conflict as explain, program as words};
use mappafondo::report::{Files, OutputFolder, infeasible_files, proposal_files, with_scenarios};
use mappafondo::solve::Options;
use mappafondo::verify::verify_files;

use super::args::{Format, Solve};
use super::exit;
use super::failure::Failure;
use super::output::Output;
use super::scenario::Read;

pub(crate) fn run(arguments: &Solve, output: &Output) -> Result<u8, Failure> {
    output.progress(words::READING);
    let read = super::scenario::read(&arguments.model, &arguments.scenario)
        .map_err(|invalid| Failure::invalid(&invalid, output))?;
    let model = &read.model;
    // Taken before solving, so that a folder that cannot be used is said at once.
    let folder =
        OutputFolder::open(&arguments.out).map_err(|error| Failure::folder(&error, output))?;
    output.progress(words::PLANNING);
    output.log(
        words::LOG_SOLVER,
        &[("solver", &mappafondo::solve::solver_name())],
    );
    let outcome =
        propose(model, &options(arguments)).map_err(|error| Failure::propose(&error, output))?;
    log_size(&outcome, output);
    let conflict = conflict(model, &outcome, output)?;
    let files = files(&read, &outcome, conflict.as_ref(), output)?;
    output.progress(words::CHECKING);
    check(&files, output)?;
    output.progress(words::WRITING);
    folder
        .stage(&files.files)
        .map_err(|error| Failure::folder(&error, output))?;
    folder
        .commit()
        .map_err(|error| Failure::folder(&error, output))?;
    let shown = arguments.out.display().to_string();
    tell(&read, (&outcome, conflict.as_ref()), &files, &shown, output)?;
    Ok(match outcome {
        Outcome::Proposal(proposal) if !proposal.complete => exit::LIMIT,
        Outcome::Proposal(_) => exit::OK,
        Outcome::Infeasible(_) => exit::INFEASIBLE,
    })
}

fn options(arguments: &Solve) -> Options {
    Options {
        time_limit: arguments.time_limit,
    }
}

fn log_size(outcome: &Outcome, output: &Output) {
    let sheet = match outcome {
        Outcome::Proposal(proposal) => &proposal.sheet,
        Outcome::Infeasible(infeasible) => &infeasible.sheet,
    };
    let nonzeros = sheet.rows.iter().map(|row| row.cells.len()).sum();
    let number = |n: usize| count(output.language, n);
    output.log(
        words::LOG_SIZE,
        &[
            ("columns", &number(sheet.columns.len())),
            ("rows", &number(sheet.rows.len())),
            ("nonzeros", &number(nonzeros)),
        ],
    );
}

/// Where there is no plan: every conflict, and what would mend it.
fn conflict(
    model: &Model,
    outcome: &Outcome,
    output: &Output,
) -> Result<Option<Conflict>, Failure> {
    match outcome {
        Outcome::Proposal(_) => Ok(None),
        Outcome::Infeasible(_) => {
            output.progress(explain::WHY_NO_PLAN);
            why_no_plan(model, &BTreeSet::new()).map_err(|error| Failure::internal(&error, output))
        }
    }
}

fn files(
    read: &Read,
    outcome: &Outcome,
    conflict: Option<&Conflict>,
    output: &Output,
) -> Result<Files, Failure> {
    let (model, inputs) = (&read.model, &read.inputs);
    let files = match outcome {
        Outcome::Proposal(proposal) => proposal_files(model, inputs, proposal),
        Outcome::Infeasible(infeasible) => infeasible_files(model, inputs, infeasible),
    };
    let files = match conflict {
        Some(conflict) => files.and_then(|files| with_conflict(files, model, conflict)),
        None => files,
    };
    let files = match &read.applied {
        Some(applied) => files.and_then(|files| with_scenarios(files, applied)),
        None => files,
    };
    let files = match &read.workbook {
        Some(bytes) => files.and_then(|files| with_workbook(files, bytes)),
        None => files,
    };
    files.map_err(|error| Failure::internal(&error, output))
}

/// Nothing is published that the independent check does not pass.
fn check(files: &Files, output: &Output) -> Result<(), Failure> {
    let report = verify_files(&files.files);
    if report.passed() {
        return Ok(());
    }
    let text = format!(
        "{}: {}\n{}",
        output.say(words::ERROR),
        output.say(words::SELF_CHECK_FAILED),
        super::verify::told(&report, output)
    );
    Err(Failure {
        told: true,
        ..Failure::new(exit::UNVERIFIED, text)
    })
}

fn tell(
    read: &Read,
    (outcome, conflict): (&Outcome, Option<&Conflict>),
    files: &Files,
    folder: &str,
    output: &Output,
) -> Result<(), Failure> {
    if output.format == Format::Json {
        return output.print_json(&files.summary);
    }
    let text = |layout: Layout| -> SummaryText {
        let text = match outcome {
            Outcome::Proposal(proposal) => of_proposal(&read.model, proposal, folder, layout),
            Outcome::Infeasible(infeasible) => {
                let text = of_infeasible(&read.model, infeasible, folder, layout);
                match conflict {
                    Some(conflict) => in_full(text, &read.model, conflict, folder, layout),
                    None => text,
                }
            }
        };
        match &read.applied {
            Some(applied) => with_scenario_names(text, &applied.told(), layout),
            None => text,
        }
    };
    match outcome {
        Outcome::Proposal(_) if output.quiet => Ok(()),
        _ => output.print_summary(&text(output.layout())),
    }
}
