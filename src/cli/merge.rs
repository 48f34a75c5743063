//! `mappafondo merge`: shards of one sweep to one result.

use mappafondo::run::{digest, merge};

use super::args::Merge;
use super::failure::Failure;
use super::output::Output;
use super::sweep;

pub(crate) fn run(arguments: &Merge, output: &Output) -> Result<u8, Failure> {
    merge(&arguments.dirs, &arguments.out).map_err(|error| sweep::refusal(&error, output))?;
    let digest = digest(&arguments.out).map_err(|error| sweep::refusal(&error, output))?;
    sweep::tell(&digest, &arguments.out, output)
}
