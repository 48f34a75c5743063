//! What `check` remarks of the models of the repository: nothing that is not so.

use std::fs;
use std::path::Path;

use super::model;

/// Remarks that a model deserves, with the reason why it keeps them.
const DESERVED: [(&str, &str, &str); 4] = [
    (
        "micro/me11",
        "model::below_minimum",
        "the worked example is about a need below the minimum grant",
    ),
    (
        "piemonte",
        "model::below_minimum",
        "the last year has two months: in small ambiti a line costs less than the minimum of a year",
    ),
    (
        "piemonte",
        "model::idle_fund",
        "the plan names other programmes of the Union and no amount of theirs was found",
    ),
    (
        "piemonte",
        "model::part_years",
        "the plan runs from March to March, and its files are written for the months of 2018 and 2021 that it holds",
    ),
];

#[test]
fn the_models_of_the_repository_get_no_false_alarm() {
    let micro = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/micro");
    let mut folders: Vec<String> = ["tiny", "toscana", "piemonte", "toscana-2026"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    for entry in fs::read_dir(micro).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with("me") {
            folders.push(format!("micro/{name}"));
        }
    }
    assert_eq!(folders.len(), 29);
    let mut used = 0;
    for folder in &folders {
        for warning in &model(folder).warnings {
            // Estimates are told of every model that leans on them.
            if warning.code == "model::estimates" {
                continue;
            }
            let is_deserved = |(of, code, reason): &(&str, &str, &str)| {
                (of, code) == (&folder.as_str(), &warning.code) && !reason.is_empty()
            };
            assert!(
                DESERVED.iter().any(is_deserved),
                "{folder}: {} {}",
                warning.place,
                warning.english
            );
            used += 1;
        }
    }
    assert_eq!(used, DESERVED.len());
}
