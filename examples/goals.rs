//! What the goals of many scenarios cost by the batched engine alone: no pick, no whole cents, no proof.
//!
//! One of the rows of `benches/peers`: `goals MODEL SWEEP.toml COUNT`. What is timed is building each programme from its model and
//! solving its goals, eight scenarios at once; reading is not. The result is one line of JSON: CPU seconds and values of each scenario.

#![expect(clippy::print_stdout, reason = "the result goes there")]

mod measure;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use mappafondo::input::read_model;
use mappafondo::lp::build;
use mappafondo::model::Model;
use mappafondo::run::{Source, SweepSource};
use mappafondo::solve::Options;
use mappafondo::solve::routes::{Base, Integers};
use mappafondo::sweep::Sweep;
use measure::{cpu_seconds, peak_mb};
use num_traits::ToPrimitive;
use serde_json::json;

/// Scenarios read at once: as many as there are lanes.
const AT_ONCE: u64 = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, sweep, count] = arguments.as_slice() else {
        return Err("goals MODEL SWEEP.toml COUNT".into());
    };
    let (_, inputs) = read_model(Path::new(model)).map_err(|_| "MODEL: see `mappafondo check`")?;
    let (sweep, _) =
        Sweep::read(Path::new(sweep)).map_err(|_| "SWEEP.toml: see `mappafondo sweep`")?;
    let source =
        SweepSource::new(sweep, &inputs.files).map_err(|_| "SWEEP.toml is of another model")?;
    let model = source
        .base()
        .map_err(|_| "the base of the sweep has no model")?;
    let before = cpu_seconds()?;
    let base = Base::new(&model, Integers::Fixed, &Options::default())?;
    // What the engine analyses once is found by the first who asks.
    let _ = base.reach_all(std::slice::from_ref(&model));
    let prepared = cpu_seconds()? - before;
    let (mut seconds, mut built, mut values) = (Vec::new(), 0.0, BTreeMap::new());
    let count: u64 = count.parse()?;
    for first in (0..count).step_by(usize::try_from(AT_ONCE)?) {
        let cases: Vec<_> = (first..count.min(first + AT_ONCE))
            .map(|k| source.case(k))
            .collect();
        let mut labels = Vec::new();
        let mut models: Vec<Model> = Vec::new();
        for case in cases {
            labels.push(case.label);
            models.push(*case.model.map_err(|why| why.to_string())?);
        }
        let before = cpu_seconds()?;
        for model in &models {
            build(model)?;
        }
        let between = cpu_seconds()?;
        let reached = base.reach_all(&models);
        let each = (cpu_seconds()? - between) / f64::from(u32::try_from(models.len())?);
        built += between - before;
        for (label, reached) in labels.into_iter().zip(reached) {
            let told = reached.map(|reached| {
                let goals = reached.goals.iter().filter(|goal| goal.kind != "wishes");
                goals.map(|goal| goal.value.to_f64()).collect::<Vec<_>>()
            });
            values.insert(
                label,
                told.map_or_else(|error| json!(error.to_string()), |told| json!(told)),
            );
            seconds.push(each);
        }
    }
    let note = format!(
        "of which {:.4} building the programme",
        built / seconds.len().to_f64().unwrap_or(1.0)
    );
    let result = json!({ "prepared": prepared, "seconds": seconds, "values": values, "peak_mb": peak_mb()?, "note": note });
    println!("{result}");
    Ok(())
}
