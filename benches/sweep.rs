//! Scenarios by each route: guards what a scenario of a sweep costs once its base is solved.

#![expect(clippy::expect_used, reason = "a bench without its model fails loudly")]

#[path = "../tests/common/perturbed.rs"]
mod perturbed;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use mappafondo::model::Model;
use mappafondo::solve::routes::{Base, Integers, Route};
use mappafondo::{input, solve};
use perturbed::{Spread, perturbed};

const SPREAD: Spread = Spread { funds: 5, needs: 0 };

fn sweep(c: &mut Criterion) {
    for (name, counts) in [("tiny", &[8, 64][..]), ("toscana", &[2][..])] {
        let folder = format!("{}/models/{name}", env!("CARGO_MANIFEST_DIR"));
        let (model, _) = input::read_model(folder.as_ref()).expect("a valid model");
        let options = solve::Options::default();
        let base = Base::new(&model, Integers::Fixed, &options).expect("a plan of the base");
        let mut group = c.benchmark_group(format!("sweep/{name}"));
        for &count in counts {
            let models: Vec<Model> = (1..=count).map(|k| perturbed(&model, k, SPREAD)).collect();
            group.throughput(Throughput::Elements(count));
            for route in [Route::Cold, Route::Hot, Route::Batch] {
                let id = BenchmarkId::new(route.word(), count);
                group.bench_function(id, |b| {
                    b.iter(|| {
                        let solved = base.solve(route, &models);
                        for answer in &solved {
                            let plan = answer.plan.as_ref().expect("a plan");
                            assert!(plan.complete && plan.picked.proved);
                        }
                        solved
                    });
                });
            }
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = sweep
}
criterion_main!(benches);
