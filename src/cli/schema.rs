//! `mappafondo schema`: the JSON Schema of `model.toml`, of scenario files or of sweep files.

use super::args::{Schema, SchemaOf};
use super::exit;
use super::failure::Failure;
use super::output::Output;

pub(crate) fn run(arguments: &Schema, output: &Output) -> Result<u8, Failure> {
    let schema = match arguments.of {
        SchemaOf::Model => mappafondo::input::schema(),
        SchemaOf::Scenario => mappafondo::input::scenario_schema(),
        SchemaOf::Sweep => mappafondo::input::sweep_schema(),
        SchemaOf::Explanation => mappafondo::report::explanation::explanation_schema(),
    };
    output.print(&format!("{}\n", schema.trim_end()))?;
    Ok(exit::OK)
}
