//! `--scenario`: a model changed by scenarios, in `check`, `solve` and `export`.

use std::path::{Path, PathBuf};

use mappafondo::disk::{LARGEST_FILE, read_file};
use mappafondo::input::{Inputs, read_model, scenario_named, sheet_scenarios};
use mappafondo::model::{Model, Warning};
use mappafondo::problem::InvalidModel;
use mappafondo::report::Applied;
use mappafondo::report::dossier::input_hashes;
use mappafondo::scenario::{Base, Difference, Scenario, difference, of_sheet, read_scenario};

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
    model
        .is_file()
        .then(|| read_file(model, LARGEST_FILE).ok())
        .flatten()
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
    let mut of_cells = Vec::new();
    // Where the model is a workbook, what is no file may be a name in its sheet of what-ifs.
    let named = if scenarios.iter().all(|scenario| scenario.exists()) {
        None
    } else {
        sheet_scenarios(path)?
    };
    for scenario in scenarios {
        let read = match &named {
            Some(named) if !scenario.exists() => {
                let name = scenario.to_string_lossy();
                let own = scenario_named(&name, named);
                own.and_then(|own| {
                    of_cells.push(own);
                    of_sheet(own)
                })
            }
            _ => read_scenario(scenario),
        };
        match read {
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
    let (mut model, files, remarks) = Base::new(&inputs.files)?.read(&only).map_err(|invalid| {
        of_cells
            .iter()
            .fold(invalid, |found, own| own.at_cells(found))
    })?;
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
