//! `mappafondo compare`: what changes from one plan to others, and where scenarios lie.

use std::path::Path;

use mappafondo::compare::{
    Against, CompareError, Held, Pair, Plan, SweepRun, csv, csv_of, json, json_of, of_held, of_pair,
};
use mappafondo::disk::replace_file;
use mappafondo::report::words::program;

use super::args::{Compare, Format};
use super::exit;
use super::failure::Failure;
use super::output::Output;

/// A folder that was given.
enum Given {
    Plan(Box<Plan>),
    Sweep(Box<SweepRun>),
}

impl Given {
    fn read(folder: &Path) -> Result<Self, CompareError> {
        if SweepRun::is_one(folder) {
            return Ok(Self::Sweep(Box::new(SweepRun::read(folder)?)));
        }
        Ok(Self::Plan(Box::new(Plan::read(folder)?)))
    }
}

/// A comparison with the first folder.
enum Comparison<'p> {
    Plans(Pair<'p>),
    Sweep(Held<'p>),
}

pub(crate) fn run(arguments: &Compare, output: &Output) -> Result<u8, Failure> {
    output.progress(program::READING_RESULTS);
    let given = arguments.results.iter().map(|dir| Given::read(dir));
    let given: Vec<Given> = given
        .collect::<Result<_, _>>()
        .map_err(|error| failure(&error, output))?;
    output.progress(program::COMPARING);
    let comparisons = compare(&given).map_err(|error| failure(&error, output))?;
    if !output.quiet && output.format == Format::Table {
        tell(&comparisons, output)?;
    }
    let (mut pairs, mut sweeps) = (Vec::new(), Vec::new());
    for comparison in comparisons {
        match comparison {
            Comparison::Plans(pair) => pairs.push(pair),
            Comparison::Sweep(held) => sweeps.push(held),
        }
    }
    if let Some(file) = &arguments.csv {
        let bytes = match sweeps.as_slice() {
            [] => csv(&pairs),
            sweeps => csv_of(&pairs, sweeps),
        };
        let bytes = bytes.map_err(|error| Failure::internal(&error, output))?;
        write(file, &bytes, output)?;
    }
    if output.format == Format::Json {
        match (given.first(), sweeps.as_slice()) {
            (Some(Given::Plan(first)), []) => output.print_json(&json(first, &pairs))?,
            (Some(Given::Plan(first)), sweeps) => {
                output.print_json(&json_of(Ok(first), &pairs, sweeps))?;
            }
            (Some(Given::Sweep(first)), sweeps) => {
                output.print_json(&json_of(Err(first), &pairs, sweeps))?;
            }
            (None, _) => {}
        }
    }
    let differs = pairs.iter().any(Pair::differs) || sweeps.iter().any(Held::differs);
    Ok(code(differs && arguments.fail_on_diff))
}

/// The first folder with each of the others; a sweep may stand alone.
fn compare(given: &[Given]) -> Result<Vec<Comparison<'_>>, CompareError> {
    let Some((first, others)) = given.split_first() else {
        return Err(CompareError::Alone);
    };
    match first {
        Given::Plan(_) if others.is_empty() => return Err(CompareError::Alone),
        Given::Sweep(sweep) if others.is_empty() => {
            return Ok(vec![Comparison::Sweep(Held::alone(sweep)?)]);
        }
        _ => {}
    }
    let mut comparisons = Vec::new();
    for other in others {
        comparisons.push(match (first, other) {
            (Given::Plan(first), Given::Plan(other)) => Comparison::Plans(Pair::new(first, other)),
            (Given::Plan(first), Given::Sweep(other)) => {
                Comparison::Sweep(Held::new(Against::Plan(first), other)?)
            }
            (Given::Sweep(first), Given::Sweep(other)) => {
                Comparison::Sweep(Held::of_sweeps(first, other)?)
            }
            (Given::Sweep(_), Given::Plan(plan)) => {
                return Err(CompareError::PlanAfterSweep {
                    folder: plan.folder.clone(),
                });
            }
        });
    }
    Ok(comparisons)
}

fn tell(comparisons: &[Comparison<'_>], output: &Output) -> Result<(), Failure> {
    for (position, comparison) in comparisons.iter().enumerate() {
        if position > 0 {
            output.print("\n")?;
        }
        let place = (position + 1, comparisons.len());
        let text = match comparison {
            Comparison::Plans(pair) => of_pair(pair, place, output.layout()),
            Comparison::Sweep(held) => of_held(held, place, output.layout()),
        };
        output.print_summary(&text)?;
    }
    Ok(())
}

fn code(fails: bool) -> u8 {
    if fails { exit::UNVERIFIED } else { exit::OK }
}

fn write(file: &Path, bytes: &[u8], output: &Output) -> Result<(), Failure> {
    replace_file(file, bytes).map_err(|error| Failure::io(file, &error, output))
}

pub(super) fn failure(error: &CompareError, output: &Output) -> Failure {
    if let CompareError::Io { path, error } = error {
        return Failure::io(path, error, output);
    }
    let code = match error {
        CompareError::NotOurs { .. }
        | CompareError::Unfinished { .. }
        | CompareError::IsShard { .. }
        | CompareError::PlanAfterSweep { .. }
        | CompareError::Alone => exit::USAGE,
        _ => exit::INVALID,
    };
    // Only the disk has no sentence of ours, and it was dealt with.
    Failure::new(code, error.sentence(output.language).unwrap_or_default())
}
