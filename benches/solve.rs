//! Goals and pick in floats: guards the solver chain, which should be most of the time of `mappafondo solve`.

#![expect(clippy::expect_used, reason = "a bench without its model fails loudly")]

use criterion::{Criterion, criterion_group, criterion_main};
use mappafondo::{input, solve};

fn chain(c: &mut Criterion) {
    for name in ["tiny", "toscana"] {
        let folder = format!("{}/models/{name}", env!("CARGO_MANIFEST_DIR"));
        let (model, _) = input::read_model(folder.as_ref()).expect("a valid model");
        c.bench_function(&format!("solve/{name}"), |b| {
            b.iter(|| {
                let plan = solve::solve(&model, &solve::Options::default()).expect("a plan");
                assert!(plan.complete);
                plan
            });
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = chain
}
criterion_main!(benches);
