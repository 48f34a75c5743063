//! Flat rates beside whole units: what is left of a cent does not stand between a unit and the money that is there for it.

use mappafondo::input::read_model_from;

use super::checked;
use super::common::ModelText;

/// What is paid of `a` (so many units needed at so many euro) and of `b`, 7% of it, out of a fund.
#[track_caller]
fn paid(cost: &str, units: &str, fund: &str) -> (i64, i64) {
    let files = ModelText::new()
        .toml("[[goal]]\nkind = \"value\"\n[[flat_rate]]\naction = \"b\"\non = \"a\"\nrate = \"7%\"\nlaw = { act = \"Atto\" }")
        .table("zones", "zone\nz")
        .table("funds", "fund\nf")
        .table("amounts", &format!("fund,year,euro\nf,2022,{fund}"))
        .table("actions", &format!("action,kind,unit_cost\na,units,{cost}\nb,divisible,1.00"))
        .table("eligibility", "fund,action\nf,a b")
        .table("needs", &format!("action,zone,year,units\na,z,2022,{units}"))
        .files();
    let model = read_model_from(&files).unwrap();
    let proposal =
        checked(&model, files).unwrap_or_else(|why| panic!("{cost} {units} {fund}: {why}"));
    assert!(proposal.excess.is_empty(), "{:?}", proposal.excess);
    let of = |id: &str| {
        let lines = proposal.ledger.iter();
        let own = lines.filter(|line| model.action(line.action).id == id);
        own.map(|line| line.euro.cents()).sum()
    };
    (of("a"), of("b"))
}

#[test]
fn every_unit_that_is_needed_is_paid_with_its_flat_rate() {
    // 7% is 21.0273, 7.0021, 0.7 cents, 700,000,000.0049: paid to the cent above, which is within a cent.
    assert_eq!(paid("100.13", "3", "1000.00"), (30_039, 2_103));
    assert_eq!(paid("100.03", "1", "1000.00"), (10_003, 701));
    assert_eq!(paid("0.10", "1", "1000.00"), (10, 1));
    assert_eq!(
        paid("10000000000.07", "1", "20000000000.00"),
        (1_000_000_000_007, 70_000_000_001)
    );
}

#[test]
fn a_unit_and_its_flat_rate_may_take_the_last_cent_of_a_fund() {
    // 8,484,536.2007 of which there are 8,484,536.20.
    assert_eq!(
        paid("121207660.01", "1.12", "129692196.21"),
        (12_120_766_001, 848_453_620)
    );
}
