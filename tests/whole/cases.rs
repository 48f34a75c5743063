//! Models that once ended the program, each with what is owed.

use std::path::Path;

use mappafondo::input::read_model;

use super::{Options, Outcome, check, common, exact, infeasible_files, proposal_files, propose};

/// Solves and verifies a folder of `tests/data/cases`: the value of the first goal, or the codes of the conflict.
#[track_caller]
fn answer(name: &str) -> Result<mappafondo::units::Exact, Vec<String>> {
    let (model, inputs) = read_model(&Path::new("tests/data/cases").join(name)).unwrap();
    match propose(&model, &Options::default()).unwrap() {
        Outcome::Proposal(found) => {
            check(&proposal_files(&model, &inputs, &found).unwrap().files);
            Ok(found.goals[0].value)
        }
        Outcome::Infeasible(found) => {
            check(&infeasible_files(&model, &inputs, &found).unwrap().files);
            Err(common::codes(&found)
                .iter()
                .map(|code| (*code).to_owned())
                .collect())
        }
    }
}

#[test]
fn a_band_over_units_that_ended_the_program_is_a_conflict() {
    // 42 euro of funds that may pay nothing.
    assert_eq!(answer("band-over-units"), Err(vec!["r2".to_owned()]));
}

#[test]
fn a_part_of_a_cent_that_no_year_can_follow_is_a_conflict_with_its_proof() {
    // z0 had 0.02: at least a cent in 2026, so at least a tenth of one in 2027, so something in 2028, when nothing is needed.
    assert_eq!(answer("un-centesimo-che-resta"), Err(vec!["r3".to_owned()]));
}

#[test]
fn a_weight_of_a_hundred_billion_beside_a_minimum_has_its_plan() {
    // One euro at 99,999,999,999 and ninety at one: all that is needed.
    assert_eq!(answer("weight-1e11-min-active"), Ok(exact("100000000089")));
}

#[test]
fn a_minimum_a_cent_above_the_only_need_that_could_reach_it_is_a_conflict_that_is_proved() {
    // The need of 99,999,999.99 is a cent below the minimum of 100 million, and one zone at least has to be active.
    let conflict = answer("minimum-a-cent-above-the-need").unwrap_err();
    assert!(conflict.contains(&"r0".to_owned()), "{conflict:?}");
}

#[test]
fn projects_that_take_a_fund_to_its_last_cent_are_not_lost_to_narrow_tolerances() {
    // Two projects of 100,000.00 and 100,000.01 with weight 7: what both years have together is 200,000.01 euro.
    assert_eq!(
        answer("progetti-fino-all-ultimo-centesimo"),
        Ok(exact("140000007/100"))
    );
}

#[test]
fn a_conflict_names_a_rule_where_noise_would_do_without() {
    // 100 million of an action for which one zone alone could get 99,999,999.99, under a cap of two cents.
    let conflict = answer("minimo-e-un-centesimo").unwrap_err();
    assert!(conflict.contains(&"r1".to_owned()), "{conflict:?}");
}
