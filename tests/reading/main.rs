//! What the reader makes of `tests/data/invalid/full`, which has every table and key of the format: figures by hand.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod riparto;
mod riparto_limits;
mod small;

use std::path::Path;

use mappafondo::input::read_model;
use mappafondo::model::{Assigned, Bound, Deadline, GoalKind, Model, Share, Strength};
use mappafondo::units::{Exact, Year};

fn full() -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/invalid/full");
    read_model(&folder).unwrap().0
}

fn zones_of(model: &Model, fund: &str, year: Year) -> Vec<String> {
    let fund = model
        .fund_indices()
        .find(|at| model.fund(*at).id == fund)
        .unwrap();
    match &model.money[&(fund, year)].assigned {
        Assigned::Pool(_) => Vec::new(),
        Assigned::Zones(zones) => zones.values().map(ToString::to_string).collect(),
    }
}

fn formula_of(model: &Model, fund: &str, year: Year) -> Vec<String> {
    let fund = model
        .fund_indices()
        .find(|at| model.fund(*at).id == fund)
        .unwrap();
    let rows = model
        .formula
        .iter()
        .filter(|((of, _, when), _)| (*of, *when) == (fund, year));
    rows.map(|(_, euro)| euro.to_string()).collect()
}

/// Demands of an action: zone, year, label, units, euro.
fn demands_of(model: &Model, action: &str) -> Vec<String> {
    let of_action = model
        .demands
        .iter()
        .filter(|demand| model.action(demand.action).id == action);
    let told = of_action.map(|demand| {
        let euro = demand
            .euro
            .map_or("unlimited".to_owned(), |euro| euro.to_string());
        format!(
            "{} {} {} {euro}",
            model.zone(demand.zone).id,
            demand.year,
            demand.label
        )
    });
    told.collect()
}

#[test]
fn an_assigned_riparto_gives_each_zone_its_rounded_share() {
    // 60% x 420/1000 + 40% x 62001/92001 = 52.157%, rounded to 52.16% of 600,000.00.
    assert_eq!(zones_of(&full(), "qsfp", 2022), ["312960.00", "287040.00"]);
}

#[test]
fn a_baseline_riparto_leaves_the_pool_free() {
    assert!(zones_of(&full(), "fnps", 2022).is_empty());
    assert_eq!(formula_of(&full(), "fnps", 2022), ["202174.98", "97825.02"]);
}

#[test]
fn a_riparto_with_every_key_takes_off_first_and_gives_the_rest_to_the_largest() {
    // Of 420,000.00 less 20,000.00 a tenth of the whole goes by residents, 28,304.50 and 13,695.50; 358,000.00 are left, of which
    // 60% and 30% are 214,800.00 and 107,400.00, and the largest gets the 35,800.00 that the shares leave.
    assert_eq!(
        formula_of(&full(), "fse-stato", 2022),
        ["278904.50", "121095.50"]
    );
}

#[test]
fn income_is_earned_by_each_zone_and_cut_where_a_cap_says_so() {
    // 2022: old 10,500 and 4,000 in full, new 42,000 and 16,000 share the 15,500 left.
    assert_eq!(
        zones_of(&full(), "contributo-as", 2022),
        ["21724.14", "8275.86"]
    );
    // 2023: 40,000 x (10.5 - 63,000/6,500); the other zone is below its first band.
    assert_eq!(
        zones_of(&full(), "contributo-as", 2023),
        ["32307.69", "0.00"]
    );
}

#[test]
fn a_gate_that_is_reached_releases_the_money() {
    let model = full();
    let fnps = model
        .fund_indices()
        .find(|at| model.fund(*at).id == "fnps")
        .unwrap();
    assert_eq!(model.money[&(fnps, 2022)].total.to_string(), "300000.00");
    assert!(
        model
            .warnings
            .iter()
            .all(|warning| warning.code != "model::gate_closed")
    );
}

#[test]
fn needs_come_from_rows_and_formulas() {
    let model = full();
    assert_eq!(
        demands_of(&model, "pippi"),
        ["mare 2022  6253125.00", "monte 2022  125000.00"]
    );
    assert_eq!(
        demands_of(&model, "educativa"),
        ["mare 2023  unlimited", "monte 2023  61250.00"]
    );
    let workers = [
        "mare 2024  138000.00",
        "monte 2022  90000.00",
        "monte 2023  90000.00",
    ];
    assert_eq!(demands_of(&model, "assistenti"), workers);
}

#[test]
fn a_flat_rate_has_the_rate_on_the_other_need() {
    assert_eq!(
        demands_of(&full(), "costi-indiretti"),
        ["mare 2022  36000.00", "monte 2022  30000.00"]
    );
}

#[test]
fn a_project_is_split_by_years_and_zones_to_the_cent() {
    let expected = [
        "mare 2022 B11D22000010001/arredi 10000.00",
        "mare 2022 B11D22000010001/lavori 78675.68",
        "mare 2023 B11D22000010001/arredi 10000.00",
        "mare 2023 B11D22000010001/lavori 314702.71",
        "mare 2024 B11D22000010001/arredi 10000.00",
        "monte 2022 B11D22000010001/lavori 63324.32",
        "monte 2023 B11D22000010001/lavori 253297.30",
    ];
    assert_eq!(demands_of(&full(), "sede"), expected);
}

#[test]
fn money_of_a_merged_zone_counts_for_its_heir() {
    let model = full();
    let previous: Vec<String> = model.previous.values().map(ToString::to_string).collect();
    assert_eq!(previous, ["200010.50", "150000.00"]);
    let ids: Vec<&str> = model.zones.iter().map(|zone| zone.id.as_str()).collect();
    assert_eq!(ids, ["mare", "monte"]);
}

#[test]
fn deadlines_and_carry_over_are_filled_in() {
    let model = full();
    let funds: Vec<_> = model
        .funds
        .iter()
        .map(|fund| (fund.id.as_str(), fund.deadline, fund.carry_over))
        .collect();
    let (none, fifth, all) = (Exact::new(0, 1), Exact::new(1, 5), Exact::new(1, 1));
    let expected = [
        ("contributo-as", Deadline::YearsAfter(0), none),
        ("fnps", Deadline::Never, fifth),
        ("fse-regione", Deadline::LastYear(2024), all),
        ("fse-stato", Deadline::LastYear(2024), all),
        ("fse-ue", Deadline::LastYear(2024), all),
        ("premio-unita", Deadline::YearsAfter(0), none),
        ("qsfp", Deadline::YearsAfter(1), all),
    ];
    assert_eq!(funds, expected);
}

#[test]
fn bands_are_decided_for_each_zone_and_year() {
    let model = full();
    let rule = model
        .rules
        .iter()
        .find(|rule| rule.id == "as-floor")
        .unwrap();
    let Bound::ShareOf {
        share: Share::ByZone(shares),
        ..
    } = &rule.bound
    else {
        panic!("{:?}", rule.bound);
    };
    // 62,001 / 10.5 and 30,000 / 4 are both between 5,000 and 10,000.
    assert_eq!(shares.len(), 4);
    assert!(shares.values().all(|share| *share == Exact::new(1, 5)));
    assert!(
        rule.waived
            .as_ref()
            .unwrap()
            .covers(Some(rule.scope[0].0), Some(2022))
    );
}

#[test]
fn wishes_are_the_last_goal_without_being_written() {
    let model = full();
    assert!(
        model
            .rules
            .iter()
            .any(|rule| rule.strength == Strength::Wish)
    );
    assert_eq!(model.goals.last().unwrap().kind, GoalKind::Wishes);
    assert_eq!(model.goals.len(), 9);
}

#[test]
fn agreements_follow_the_matches() {
    let ids: Vec<String> = full().matches.into_iter().map(|found| found.id).collect();
    assert_eq!(ids, ["fse-40-42-18", "care-leavers-20", "pippi-2022"]);
}
