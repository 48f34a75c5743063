//! The files of a plan, for commands that build on one: none is read before it passes its check.

use std::collections::BTreeMap;
use std::path::Path;

use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{Text, program};
use mappafondo::sheet::Manifest;
use mappafondo::verify::verify_and_take;

use super::exit;
use super::failure::Failure;
use super::output::Output;

type Files = BTreeMap<String, Vec<u8>>;

/// The files of a plan that passes its check; what it was found to lack goes to the user after `refused`.
pub(crate) fn checked(dir: &Path, refused: Text, output: &Output) -> Result<Files, Failure> {
    let (report, files) = verify_and_take(dir).map_err(|error| {
        let text = terminal_text(&error.message(output.language)).into_owned();
        Failure::new(error.exit_code(), text)
    })?;
    if report.passed() {
        return Ok(files);
    }
    let text = format!(
        "{}: {}\n{}",
        output.say(program::ERROR),
        output.say(refused),
        super::verify::told(&report, output)
    );
    Err(Failure {
        told: true,
        ..Failure::new(exit::UNVERIFIED, text)
    })
}

/// The files of the model of a checked plan, and the plan's manifest.
pub(crate) fn model_of(files: &Files, output: &Output) -> Result<(Files, Manifest), Failure> {
    let model = files
        .iter()
        .filter_map(|(name, bytes)| Some((name.strip_prefix("model/")?.to_owned(), bytes.clone())))
        .collect();
    let manifest = files.get("manifest.json").map_or(&[][..], Vec::as_slice);
    let manifest =
        serde_json::from_slice(manifest).map_err(|error| Failure::internal(&error, output))?;
    Ok((model, manifest))
}
