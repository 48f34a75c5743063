//! The published JSON Schema of `model.toml` is the one the reader follows, and a full example uses every key of it.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_stored_schema_is_the_current_one() {
    let path = at("schemas/model.schema.json");
    let current = mappafondo::input::schema();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap();
    assert_eq!(stored, current, "UPDATE_GOLDEN=1 cargo test --test schema");
}

#[test]
fn a_full_example_has_every_key_of_the_schema_and_no_other() {
    let schema: Value = serde_json::from_str(&mappafondo::input::schema()).unwrap();
    let text = fs::read_to_string(at("tests/data/invalid/full/model.toml")).unwrap();
    let example: Value = toml::from_str(&text).unwrap();
    let mut used = BTreeSet::new();
    walk(&schema, &schema, &example, "model.toml", &mut used);
    let mut known = BTreeSet::new();
    let definitions = schema["$defs"].as_object().unwrap();
    for (name, table) in definitions
        .iter()
        .chain([(&"model.toml".to_owned(), &schema)])
    {
        let keys = table["properties"].as_object().into_iter().flatten();
        known.extend(keys.map(|(key, _)| format!("{name}: {key}")));
    }
    // A band has thresholds that are reached or strict, never both: the example has the strict ones.
    known.remove("StepEntry: from");
    let missing: Vec<_> = known.difference(&used).collect();
    assert!(missing.is_empty(), "not in the example: {missing:?}");
}

/// Follows an example through the schema and notes each key it uses.
fn walk(root: &Value, schema: &Value, example: &Value, name: &str, used: &mut BTreeSet<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return walk(root, &root["$defs"][name], example, name, used);
    }
    for key in ["anyOf", "allOf"] {
        for branch in schema[key].as_array().into_iter().flatten() {
            walk(root, branch, example, name, used);
        }
    }
    for element in example.as_array().into_iter().flatten() {
        walk(root, &schema["items"], element, name, used);
    }
    for (key, value) in example.as_object().into_iter().flatten() {
        if let Some(property) = schema["properties"].get(key) {
            used.insert(format!("{name}: {key}"));
            walk(root, property, value, name, used);
        } else if schema["additionalProperties"].is_object() {
            walk(root, &schema["additionalProperties"], value, name, used);
        } else {
            assert!(
                schema["properties"].is_null(),
                "{name}: {key} is not in the schema"
            );
        }
    }
}
