//! Proportions in many zones at once: funds made so that every need can be paid with each part within a cent of its share.
//!
//! `MAPPAFONDO_ZONES` says how many zones the largest has: 28 in the suite, 300 in a campaign.

use std::fmt::Write as _;

use mappafondo::units::{Euro, Exact};

use super::checked;
use super::common::ModelText;
use super::random::Random;

/// 40, 42 and 18 of a hundred.
const SHARES: [i64; 3] = [40, 42, 18];

/// Parts of an amount, each within a cent of its share: rounded down, and the missing cents to the largest remainders.
fn parts(cents: i64) -> [i64; 3] {
    let mut parts = SHARES.map(|share| cents * share / 100);
    let mut order = [0, 1, 2];
    order.sort_by_key(|&k| std::cmp::Reverse(cents * SHARES[k] % 100));
    let missing = cents - parts.iter().sum::<i64>();
    for k in order.into_iter().take(usize::try_from(missing).unwrap()) {
        parts[k] += 1;
    }
    parts
}

fn text(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn everything_is_paid(zones: usize, most: i64) {
    let mut random = Random::new(zones as u64);
    let mut funds = [0; 3];
    let (mut zone_table, mut needs) = ("zone".to_owned(), "action,zone,year,units".to_owned());
    let mut all = 0;
    for zone in 0..zones {
        let need = random.between(1_000, most);
        for (fund, part) in funds.iter_mut().zip(parts(need)) {
            *fund += part;
        }
        all += need;
        let _ = write!(zone_table, "\nz{zone:03}");
        let _ = write!(needs, "\nsis,z{zone:03},2022,{}", text(need));
    }
    let model = ModelText::new()
        .toml(
            "[[match]]\nid = \"m\"\nlaw = { act = \"Accordo\" }\nstrength = \"law\"\nshares = { ue = \"40%\", stato = \"42%\", regione = \"18%\" }\nper = \"operation\"\n[[goal]]\nkind = \"value\"",
        )
        .table("zones", &zone_table)
        .table("funds", "fund\nue\nstato\nregione")
        .table(
            "amounts",
            &format!(
                "fund,year,euro\nue,2022,{}\nstato,2022,{}\nregione,2022,{}",
                text(funds[0]),
                text(funds[1]),
                text(funds[2])
            ),
        )
        .table("actions", "action\nsis")
        .table("eligibility", "fund,action\nue,sis\nstato,sis\nregione,sis")
        .table("needs", &needs);
    let proposal = checked(&model.read(), model.files()).unwrap();
    assert!(proposal.excess.is_empty(), "{zones}: {:?}", proposal.excess);
    assert!(proposal.unmet.is_empty(), "{zones}: {:?}", proposal.unmet);
    let goal = &proposal.goals[0];
    assert_eq!(goal.value, Exact::new(i128::from(all), 100), "{zones}");
    // The needs alone prove it: no cent for the play of each proportion.
    assert!(goal.gap <= Exact::new(1, 100), "{zones}: {}", goal.gap);
    assert!(
        proposal.funds.iter().all(|line| line.lost == Euro::ZERO),
        "{zones}"
    );
}

#[test]
fn every_need_is_paid_in_full() {
    let most: usize = std::env::var("MAPPAFONDO_ZONES")
        .ok()
        .and_then(|zones| zones.parse().ok())
        .unwrap_or(28);
    for (zones, need) in [
        (3, 9_999),
        (7, 99_999),
        (28, 99_999_999),
        (100, 99_999_999),
        (300, 99_999_999),
    ] {
        if zones <= most {
            everything_is_paid(zones, need);
        }
    }
}
