//! The synthetic country (600 zones): reading and building, which are to stay below three seconds; and solving a tenth of it.
//!
//! Solving all of it takes long: only when `MAPPAFONDO_ITALIA=solve` is set.

#![expect(clippy::expect_used, reason = "a bench without its model fails loudly")]

#[path = "../examples/italia/generate.rs"]
mod generate;

use std::collections::BTreeMap;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use generate::{Size, files};
use mappafondo::model::Model;
use mappafondo::{input, lp, solve};

type Files = BTreeMap<String, Vec<u8>>;

fn written(zones: u32) -> Files {
    files(Size {
        zones,
        ..Size::default()
    })
    .into_iter()
    .map(|(name, text)| (name, text.into_bytes()))
    .collect()
}

fn read(files: &Files) -> Model {
    input::read_model_from(files).expect("a valid model")
}

fn read_and_build(c: &mut Criterion) {
    let files = written(Size::default().zones);
    c.bench_function("italia/read", |b| b.iter(|| read(&files)));
    let model = read(&files);
    c.bench_function("italia/build", |b| {
        b.iter(|| {
            let program = lp::build(&model).expect("a programme");
            assert!(program.n_nonzeros() > 1_000_000);
            program
        });
    });
}

fn chain(c: &mut Criterion) {
    let all = std::env::var_os("MAPPAFONDO_ITALIA").is_some_and(|value| value == "solve");
    let zones = if all { Size::default().zones } else { 60 };
    let model = read(&written(zones));
    c.bench_function(&format!("italia/solve-{zones}"), |b| {
        b.iter(|| solve::solve(&model, &solve::Options::default()).expect("a plan"));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1));
    targets = read_and_build, chain
}
criterion_main!(benches);
