//! From files to a proposal with its proof: guards the sum of all stages but writing.

#![expect(clippy::expect_used, reason = "a bench without its model fails loudly")]

use criterion::{Criterion, criterion_group, criterion_main};
use mappafondo::proposal::{Outcome, propose};
use mappafondo::{input, solve};

fn end_to_end(c: &mut Criterion) {
    for name in ["tiny", "toscana"] {
        let folder = format!("{}/models/{name}", env!("CARGO_MANIFEST_DIR"));
        c.bench_function(&format!("end_to_end/{name}"), |b| {
            b.iter(|| {
                let (model, _) = input::read_model(folder.as_ref()).expect("a valid model");
                let outcome = propose(&model, &solve::Options::default()).expect("an outcome");
                assert!(matches!(outcome, Outcome::Proposal(_)));
                outcome
            });
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = end_to_end
}
criterion_main!(benches);
