//! Long files: each row is read once, and what they say is summed to the cent.

use std::fmt::Write as _;

use mappafondo::input::read_model_from;
use mappafondo::model::Language;

use super::texts::files_of;

const ROWS: usize = 50_000;

fn amounts(row: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = "fund,year,zone,euro,act,confidence,source\n\
                    quota-servizi,2026,,94592.18,Decreto,official,prova\n"
        .to_owned();
    for k in 0..ROWS {
        let _ = writeln!(text, "{}", row(k));
    }
    text.into_bytes()
}

#[test]
fn a_fund_of_fifty_thousand_acts_is_their_sum() {
    let mut files = files_of("models/tiny");
    let table = amounts(|k| {
        format!(
            "fondo-sociale,{},,0.0{},Atto {k},official,prova",
            2026 + k % 2,
            1 + k % 9
        )
    });
    files.insert("amounts.csv".to_owned(), table);
    let model = read_model_from(&files).unwrap();
    let total = |year: i32| -> i64 {
        let fund = model
            .fund_indices()
            .find(|of| model.fund(*of).id == "fondo-sociale")
            .unwrap();
        model.money[&(fund, year)].total.cents()
    };
    for (year, odd) in [(2026, 0), (2027, 1)] {
        let sum: usize = (0..ROWS).filter(|k| k % 2 == odd).map(|k| 1 + k % 9).sum();
        assert_eq!(usize::try_from(total(year)).unwrap(), sum);
    }
}

#[test]
fn a_fund_that_is_a_pool_and_of_zones_fifty_thousand_times_is_refused() {
    let mut files = files_of("models/tiny");
    let table = amounts(|k| {
        let zone = if k % 2 == 0 { "" } else { "collina" };
        format!("fondo-sociale,2026,{zone},0.01,Atto {k},official,prova")
    });
    files.insert("amounts.csv".to_owned(), table);
    let invalid = read_model_from(&files).unwrap_err();
    assert!(invalid.n_errors() >= ROWS / 2);
    assert!(invalid.text(Language::Italian).lines().count() <= 51);
}

/// A guess at what was meant is looked for while somebody may read it.
#[test]
fn ten_thousand_unknown_zones_among_ten_thousand_are_counted() {
    let mut files = files_of("models/tiny");
    let (zones, needs) = (files.remove("zones.csv"), files.remove("needs.csv"));
    let mut zones = String::from_utf8(zones.unwrap()).unwrap();
    let mut needs = String::from_utf8(needs.unwrap()).unwrap();
    for k in 0..10_000 {
        let _ = writeln!(zones, "zona-{k:05},Z{k},1,1,1,1,0");
        let _ = writeln!(needs, "educativa,zone-{k:05},2026,1");
    }
    files.insert("zones.csv".to_owned(), zones.into_bytes());
    files.insert("needs.csv".to_owned(), needs.into_bytes());
    let invalid = read_model_from(&files).unwrap_err();
    assert!(invalid.n_errors() >= 10_000);
    let report = invalid.report(Language::English);
    let guess = |row: &mappafondo::problem::ProblemRow| {
        row.message.contains("zona-") || row.remedy.contains("zona-")
    };
    assert!(report.problems[..50].iter().all(guess));
    assert!(!report.problems[5_000..6_000].iter().any(guess));
}
