//! Reading and validating a model: guards the time an officer waits before anything is solved.

#![expect(clippy::expect_used, reason = "a bench without its model fails loudly")]

use criterion::{Criterion, criterion_group, criterion_main};
use mappafondo::input;

fn load(c: &mut Criterion) {
    for model in ["tiny", "toscana"] {
        let folder = format!("{}/models/{model}", env!("CARGO_MANIFEST_DIR"));
        c.bench_function(&format!("load/{model}"), |b| {
            b.iter(|| {
                let (model, _) = input::read_model(folder.as_ref()).expect("a valid model");
                assert!(!model.zones.is_empty());
                model
            });
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = load
}
criterion_main!(benches);
