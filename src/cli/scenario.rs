//! `--scenario`: a model changed by scenarios, in `check`, `solve` and `export`.

use std::path::{Path, PathBuf};

use mappafondo::input::{Inputs, read_model};
use mappafondo::model::{Model, Warning};
use mappafondo::problem::InvalidModel;
use mappafondo::report::Applied;
use mappafondo::report::dossier::input_hashes;
use mappafondo::scenario::{Base, Difference, Scenario, difference, read_scenario};

/// A model as the command means it.
pub(crate) struct Read {
    /// The model, scenarios applied.
    pub(crate) model: Model,
    /// Its files, scenarios applied.
    pub(crate) inputs: Inputs,
    /// The scenarios, if there are any.
    pub(crate) applied: Option<Applied>,
    /// What they change.
    pub(crate) difference: Difference,
    /// The workbook the model was read from, where it was one.
    pub(crate) workbook: Option<Vec<u8>>,
}

/// The bytes of a model that is a file.
fn workbook(model: &Path) -> Option<Vec<u8>> {
    model.is_file().then(|| std::fs::read(model).ok()).flatten()
}

/// Reads a model and applies scenarios to it.
pub(crate) fn read(path: &Path, scenarios: &[PathBuf]) -> Result<Read, InvalidModel> {
    if scenarios.is_empty() {
        let (model, inputs) = read_model(path)?;
        return Ok(Read {
            model,
            inputs,
            applied: None,
            difference: Difference::default(),
            workbook: workbook(path),
        });
    }
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for scenario in scenarios {
        match read_scenario(scenario) {
            Ok(scenario) => found.push(scenario),
            Err(invalid) => problems.extend(invalid.problems),
        }
    }
    let (before, inputs) = match read_model(path) {
        Ok(read) => read,
        Err(mut invalid) => {
            invalid.problems.extend(problems);
            return Err(invalid);
        }
    };
    if !problems.is_empty() {
        return Err(InvalidModel { problems });
    }
    let only: Vec<Scenario> = found.iter().map(|(scenario, _)| scenario.clone()).collect();
    let base_hash = input_hashes(&inputs).model;
    let (mut model, files, remarks) = Base::new(&inputs.files)?.read(&only)?;
    model
        .warnings
        .splice(0..0, remarks.iter().map(Warning::from));
    let difference = difference((&before, &inputs.files), (&model, &files));
    Ok(Read {
        model,
        inputs: Inputs { files },
        applied: Some(Applied {
            scenarios: found,
            base_hash,
        }),
        difference,
        workbook: workbook(path),
    })
}
