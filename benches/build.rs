//! Model to rows and columns: guards that building stays far below solving.

#![expect(clippy::expect_used, reason = "a bench without its model fails loudly")]

use criterion::{Criterion, criterion_group, criterion_main};
use mappafondo::{input, lp};

fn build(c: &mut Criterion) {
    for name in ["tiny", "toscana"] {
        let folder = format!("{}/models/{name}", env!("CARGO_MANIFEST_DIR"));
        let (model, _) = input::read_model(folder.as_ref()).expect("a valid model");
        c.bench_function(&format!("build/{name}"), |b| {
            b.iter(|| {
                let program = lp::build(&model).expect("a programme");
                assert!(program.n_nonzeros() > 0);
                program
            });
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = build
}
criterion_main!(benches);
