//! What every Vega-Lite specification shares.

use serde_json::{Map, Value, json};

const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v6.json";

/// A specification with its title, size and data; `rest` are its mark and encoding, or its layers.
pub(super) fn spec(
    title: &str,
    (width, height): (i64, i64),
    data: Vec<Value>,
    rest: Value,
) -> Value {
    let mut all = Map::new();
    all.insert("$schema".to_owned(), json!(SCHEMA));
    all.insert("title".to_owned(), json!(title));
    all.insert("width".to_owned(), json!(width));
    all.insert("height".to_owned(), json!(height));
    if !data.is_empty() {
        all.insert("data".to_owned(), json!({ "values": data }));
    }
    if let Value::Object(rest) = rest {
        all.extend(rest);
    }
    Value::Object(all)
}

/// A place along an axis that is drawn where the data say, without ticks.
pub(super) fn place(field: &str, length: i64) -> Value {
    json!({ "field": field, "type": "quantitative", "axis": null,
            "scale": { "domain": [0, length], "nice": false, "zero": false } })
}

/// The same from the top down.
pub(super) fn down(field: &str, length: i64) -> Value {
    json!({ "field": field, "type": "quantitative", "axis": null,
            "scale": { "domain": [0, length], "nice": false, "zero": false, "reverse": true } })
}
