//! The JSON Schemas of `model.toml` and of sweep files, from the types that are read.

use schemars::Schema;
use serde_json::Value;

use super::model_file::ModelFile;
use super::scenario_file::ScenarioFile;
use super::sweep_file::SweepFile;

/// The JSON Schema of `model.toml`.
///
/// ```
/// assert!(mappafondo::input::schema().contains("\"priority_cut\""));
/// ```
#[must_use]
pub fn schema() -> String {
    text_of(schemars::schema_for!(ModelFile))
}

/// The JSON Schema of a sweep file.
///
/// ```
/// assert!(mappafondo::input::sweep_schema().contains("\"latin_hypercube\""));
/// ```
#[must_use]
pub fn sweep_schema() -> String {
    text_of(schemars::schema_for!(SweepFile))
}

/// The JSON Schema of a scenario file.
///
/// ```
/// assert!(mappafondo::input::scenario_schema().contains("\"merge_zones\""));
/// ```
#[must_use]
pub fn scenario_schema() -> String {
    text_of(schemars::schema_for!(ScenarioFile))
}

fn text_of(schema: Schema) -> String {
    let mut schema = schema.to_value();
    without_null(&mut schema);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// TOML has no null: what may be left out is left out.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for key in ["type", "enum", "anyOf"] {
                let Some(Value::Array(choices)) = object.get_mut(key) else {
                    continue;
                };
                choices.retain(|choice| !is_null(choice));
                if let ("type" | "anyOf", [only]) = (key, choices.as_slice()) {
                    let only = only.clone();
                    object.remove(key);
                    match only {
                        Value::Object(only) => object.extend(only),
                        word => drop(object.insert(key.to_owned(), word)),
                    }
                }
            }
            object.values_mut().for_each(without_null);
        }
        Value::Array(list) => list.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn is_null(choice: &Value) -> bool {
    choice.is_null() || choice == "null" || choice["type"] == "null"
}
