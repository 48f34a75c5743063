//! How long a scenario takes on `models/toscana`: the files it makes, and the model read from them. A sweep does both ten
//! thousand times, from a base read once.

#![expect(clippy::expect_used, reason = "a bench without its model fails loudly")]

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use mappafondo::input::{read_model, read_model_from};
use mappafondo::scenario::{Base, read_scenario};

fn scenarios(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, inputs) = read_model(&root.join("models/toscana")).expect("a valid model and scenario");
    let base = Base::new(&inputs.files).expect("a valid model and scenario");
    criterion.bench_function("scenario/toscana/base", |bench| {
        bench.iter(|| Base::new(&inputs.files).expect("a valid model and scenario"));
    });
    criterion.bench_function("scenario/toscana/read", |bench| {
        bench.iter(|| read_model_from(&inputs.files).expect("a valid model and scenario"));
    });
    for name in ["qsfp-20", "leps-1-4000", "two-zones-merge", "month-18"] {
        let path = root.join(format!("scenarios/toscana/{name}.toml"));
        let (scenario, _) = read_scenario(&path).expect("a valid model and scenario");
        let scenarios = [scenario];
        let files = base.apply(&scenarios).expect("a valid model and scenario");
        assert_ne!(files, inputs.files);
        criterion.bench_function(&format!("scenario/toscana/apply/{name}"), |bench| {
            bench.iter(|| base.apply(&scenarios).expect("a valid model and scenario"));
        });
    }
}

criterion_group!(benches, scenarios);
criterion_main!(benches);
