//! `mappafondo schema`: the JSON Schema of `model.toml`.

use super::exit;
use super::failure::Failure;
use super::output::Output;

pub(crate) fn run(output: &Output) -> Result<u8, Failure> {
    let schema = mappafondo::input::schema();
    output.print(&format!("{}\n", schema.trim_end()))?;
    Ok(exit::OK)
}
