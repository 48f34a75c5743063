//! `mappafondo completions`: what a shell needs to complete commands and options.

use super::args::Completions;
use super::failure::Failure;
use super::output::Output;
use super::{exit, usage};

pub(crate) fn run(arguments: &Completions, output: &Output) -> Result<u8, Failure> {
    let mut command = usage::command(output.language);
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "mappafondo", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(exit::OK)
}
