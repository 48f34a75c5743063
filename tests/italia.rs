//! The synthetic national model at a tenth of its size: it is valid, becomes a programme, and the same seed gives the same bytes.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

#[path = "../examples/italia/generate.rs"]
mod generate;

use std::collections::{BTreeMap, BTreeSet};

use generate::{Size, files};
use mappafondo::input::read_model_from;
use mappafondo::lp::{Family, build, objectives, write};
use mappafondo::model::{Assigned, Language, Model};

const TENTH: Size = Size { zones: 60, seed: 0 };

fn read(size: Size) -> Model {
    let bytes: BTreeMap<String, Vec<u8>> = files(size)
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    match read_model_from(&bytes) {
        Ok(model) => model,
        Err(invalid) => panic!("{}", invalid.text(Language::English)),
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(files(TENTH), files(TENTH));
    let hash = |size| {
        let mut hasher = blake3::Hasher::new();
        for (name, text) in files(size) {
            hasher.update(name.as_bytes()).update(text.as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    };
    // On every machine, in every version: who measures with it compares with others.
    assert_eq!(hash(TENTH), "2f67e27ae186e3b2");
    assert_ne!(hash(TENTH), hash(Size { seed: 1, ..TENTH }));
}

#[test]
fn every_seed_gives_a_valid_model_with_nothing_to_remark_but_estimates() {
    for seed in 0..8 {
        let model = read(Size { zones: 12, seed });
        let codes: BTreeSet<&str> = model.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, BTreeSet::from(["model::estimates"]), "seed {seed}");
        assert!(build(&model).is_ok(), "seed {seed}");
    }
}

#[test]
fn money_given_to_the_zones_is_all_there_is_to_the_cent() {
    let model = read(TENTH);
    assert_eq!(
        (model.funds.len(), model.actions.len(), model.years.len()),
        (10, 24, 3)
    );
    assert_eq!((model.zones.len(), model.demands.len()), (60, 60 * 24 * 3));
    let mut shared = 0;
    for money in model.money.values() {
        if let Assigned::Zones(zones) = &money.assigned {
            let parts: i64 = zones.values().map(|euro| euro.cents()).sum();
            assert_eq!((zones.len(), parts), (60, money.total.cents()));
            shared += 1;
        }
    }
    assert_eq!((shared, model.money.len()), (15, 30));
}

#[test]
fn a_tenth_of_the_country_becomes_a_programme_and_its_text() {
    let model = read(TENTH);
    let program = build(&model).unwrap();
    let count = |family| {
        program
            .rows
            .iter()
            .filter(|row| row.family == family)
            .count()
    };
    // Floors of every fund and ceilings of half of them, targets, in every zone: and a band with its total.
    assert!(count(Family::Rule) > 16 * 60 * 3);
    assert_eq!(count(Family::Band), 1 + 2 * 60);
    assert!(count(Family::Match) > 0 && count(Family::Carry) > 0 && count(Family::MaxShare) > 0);
    let objectives = objectives(&model, &program).unwrap();
    assert_eq!(objectives.len(), 5);
    let text = write::to_mps(&program, objectives[0].as_ref().unwrap());
    let lines = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(lines("ROWS") + lines("COLUMNS") + lines("ENDATA"), 3);
    assert!(text.len() > 1_000_000);
}
