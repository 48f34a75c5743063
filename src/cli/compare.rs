//! `mappafondo compare`: what changes from one plan to others.

use std::path::Path;

use mappafondo::compare::{CompareError, Pair, Plan, csv, json, of_pair};
use mappafondo::report::words::program;

use super::args::{Compare, Format};
use super::exit;
use super::export::replace;
use super::failure::Failure;
use super::output::Output;

pub(crate) fn run(arguments: &Compare, output: &Output) -> Result<u8, Failure> {
    output.progress(program::READING_RESULTS);
    let plans = arguments.results.iter().map(|dir| Plan::read(dir));
    let plans: Vec<Plan> = plans
        .collect::<Result<_, _>>()
        .map_err(|error| failure(&error, output))?;
    let Some((first, others)) = plans.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Err(failure(&CompareError::Alone, output));
    };
    let pairs: Vec<Pair<'_>> = others.iter().map(|other| Pair::new(first, other)).collect();
    if let Some(file) = &arguments.csv {
        let bytes = csv(&pairs).map_err(|error| Failure::internal(&error, output))?;
        write(file, &bytes, output)?;
    }
    match output.format {
        Format::Json => output.print_json(&json(first, &pairs))?,
        Format::Table if output.quiet => {}
        Format::Table => {
            for (position, pair) in pairs.iter().enumerate() {
                if position > 0 {
                    output.print("\n")?;
                }
                output.print_summary(&of_pair(
                    pair,
                    (position + 1, pairs.len()),
                    output.layout(),
                ))?;
            }
        }
    }
    let differs = pairs.iter().any(Pair::differs);
    Ok(code(differs && arguments.fail_on_diff))
}

fn code(fails: bool) -> u8 {
    if fails { exit::UNVERIFIED } else { exit::OK }
}

fn write(file: &Path, bytes: &[u8], output: &Output) -> Result<(), Failure> {
    replace(file, bytes).map_err(|error| Failure::io(file, &error, output))
}

fn failure(error: &CompareError, output: &Output) -> Failure {
    if let CompareError::Io { path, error } = error {
        return Failure::io(path, error, output);
    }
    let code = match error {
        CompareError::NotOurs { .. } | CompareError::IsSweep { .. } | CompareError::Alone => {
            exit::USAGE
        }
        _ => exit::INVALID,
    };
    // Only the disk has no sentence of ours, and it was dealt with.
    Failure::new(code, error.sentence(output.language).unwrap_or_default())
}
