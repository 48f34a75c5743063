//! Runs of a sweep, from the draw to the parts on the disk: scenarios x threads x route. Guards what a scenario of a sweep costs once
//! its base is solved. Every run must end with a plan for each scenario.

#![expect(clippy::expect_used, reason = "a bench without its model fails loudly")]

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use mappafondo::input;
use mappafondo::run::{
    Ended, Manifest, Route, Routes, RunFolder, Status, SweepSource, Watch, digest, execute,
};
use mappafondo::solve::routes::Integers;
use mappafondo::sweep::Sweep;

/// Funds up or down by a twentieth at most: every scenario has a plan.
fn sweep_of(fund: &str, count: u64) -> Sweep {
    let text = format!(
        "[sweep]\nformat = 1\nid = \"bench\"\ntitle = \"Bench\"\nkind = \"monte_carlo\"\nseed = 1\ndraws = {count}\n\n\
         [[axis]]\nid = \"fund\"\nchange = {{ target = \"amount\", fund = \"{fund}\", scale = \"$\" }}\n\
         distribution = {{ kind = \"uniform\", low = \"95%\", high = \"105%\" }}\n"
    );
    Sweep::parse("bench.toml", &text, &|_| None).expect("a valid sweep")
}

fn sweep(c: &mut Criterion) {
    let all = [
        ("cold", Route::Cold),
        ("hot", Route::Hot),
        ("batch", Route::Batch),
    ];
    let cases = [
        ("tiny", "quota-servizi", &[8, 64][..], &all[..]),
        ("toscana", "fnps", &[8][..], &all[1..]),
    ];
    for (name, fund, counts, routes) in cases {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("models")
            .join(name);
        let (_, inputs) = input::read_model(&folder).expect("a valid model");
        let mut group = c.benchmark_group(format!("sweep/{name}"));
        for (word, route) in routes {
            let source = SweepSource::new(sweep_of(fund, 1), &inputs.files).expect("a source");
            let base = source.base().expect("a valid base");
            let answerer = Routes::new(&base, *route, Integers::Fixed, false);
            for count in counts {
                let sweep = sweep_of(fund, *count);
                let manifest = Manifest::of(&sweep, &inputs.files, &inputs.files, *route);
                let source = SweepSource::new(sweep, &inputs.files).expect("a source");
                group.throughput(Throughput::Elements(*count));
                for threads in [1, 2] {
                    let id = BenchmarkId::new(format!("{word}/{threads} threads"), count);
                    let threads = NonZeroUsize::new(threads).expect("not zero");
                    group.bench_function(id, |b| {
                        b.iter(|| run(&manifest, (&source, &answerer), threads));
                    });
                }
            }
        }
        group.finish();
    }
}

/// A run into a folder of its own; every scenario has a plan.
fn run(manifest: &Manifest, (source, answerer): (&SweepSource, &Routes), threads: NonZeroUsize) {
    let home = tempfile::tempdir().expect("a folder");
    let mut folder = RunFolder::open(&home.path().join("run"), manifest, false).expect("ours");
    let watch = Watch {
        stop: &AtomicBool::new(false),
        advanced: &|_| {},
    };
    let ended = execute(&mut folder, manifest, (source, answerer), threads, watch);
    assert_eq!(ended.expect("a run"), Ended::Complete);
    let told = digest(folder.path()).expect("a digest");
    assert_eq!(told.count(Status::Optimal), manifest.n_scenarios());
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = sweep
}
criterion_main!(benches);
