//! A plan of national size: 600 zones, 100,000 payments, made up.

use std::time::Instant;

use mappafondo::annex::{Beside, Source, document};
use mappafondo::model::{ActionIdx, FundIdx, Language, Zone, ZoneIdx};
use mappafondo::proposal::{LedgerLine, ZoneLine};
use mappafondo::report::xlsx::xlsx;
use mappafondo::units::Euro;

use crate::shared::{source, tiny};

/// `models/tiny` grown: the same funds and actions many times over, 600 zones, a payment wherever there is room.
fn national() -> Source {
    let mut plan = source(tiny());
    let model = &mut plan.model;
    let (fund, action, zone) = (
        model.funds[0].clone(),
        model.actions[0].clone(),
        model.zones[0].clone(),
    );
    let numbered = |n: usize, what: &str| format!("{what}-{n:03}");
    model.funds = (0..10)
        .map(|n| {
            let mut fund = fund.clone();
            fund.id = numbered(n, "fondo");
            fund
        })
        .collect();
    model.actions = (0..24)
        .map(|n| {
            let mut action = action.clone();
            action.id = numbered(n, "azione");
            action
        })
        .collect();
    model.zones = (0..600)
        .map(|n| Zone {
            id: numbered(n, "ambito"),
            name: format!("Ambito territoriale sociale n. {n}"),
            ..zone.clone()
        })
        .collect();
    model.demands.clear();
    model.eligibility.clear();
    let years = model.years.clone();
    plan.unmet.clear();
    plan.zones.clear();
    plan.ledger.clear();
    let mut cents = 0;
    'all: for fund in 0..10 {
        for action in 0..24 {
            for zone in 0..600 {
                for &year in &years {
                    cents = (cents + 7919) % 10_000_019;
                    if (fund * 31 + action * 17 + zone * 7) % 3 == 0 {
                        continue;
                    }
                    plan.ledger.push(LedgerLine {
                        fund: FundIdx::new(fund),
                        action: ActionIdx::new(action),
                        zone: ZoneIdx::new(zone),
                        year,
                        euro: Euro::from_cents(cents + 1),
                    });
                    if plan.ledger.len() == 100_000 {
                        break 'all;
                    }
                }
            }
        }
    }
    for zone in 0..600 {
        for &year in &years {
            plan.zones.push(ZoneLine {
                zone: ZoneIdx::new(zone),
                year,
                need: Euro::from_cents(100),
                covered: Euro::from_cents(50),
                coverage: None,
                euro: Euro::from_cents(50),
            });
        }
    }
    plan
}

/// Peak memory of this process in kB, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
#[ignore = "campaign: a workbook of national size within 10 s and 500 MB, in release"]
fn campaign_a_workbook_of_national_size_is_written_in_time() {
    let plan = national();
    assert_eq!(plan.ledger.len(), 100_000);
    let started = Instant::now();
    let told = document(&plan, Beside::default(), Language::Italian);
    let built = started.elapsed();
    let bytes = xlsx(&told).unwrap();
    let took = started.elapsed();
    let (mb, peak) = (bytes.len() / 1_000_000, peak().unwrap_or(0) / 1000);
    println!("tables {built:?}, with the workbook {took:?}, {mb} MB, peak memory {peak} MB");
    assert!(took.as_secs() < 10, "{took:?}");
    assert!(peak < 500, "{peak} MB");
}
