//! Where the value of the goals changes slope: by hand, and by plans solved anew on both sides of every point.

use mappafondo::explain::change::{Purse, with_amount};
use mappafondo::explain::slope::{break_points, is_straight};
use mappafondo::explain::{BreakPoints, Curve, Ground, Moved};
use mappafondo::units::{Euro, Exact};
use num_traits::Signed;

use super::{TWO, exact, fund, ground};

fn of_fund(ground: &Ground, id: &str) -> BreakPoints {
    let moved = Moved::Fund {
        fund: fund(ground.model(), id),
        year: None,
        zone: None,
    };
    break_points(ground, &moved, TWO, &|| ()).unwrap().unwrap()
}

fn at(curve: &Curve) -> Vec<Exact> {
    curve.points.iter().map(|point| point.at).collect()
}

fn slopes(curve: &Curve) -> Vec<Exact> {
    curve
        .points
        .iter()
        .filter_map(|point| point.after)
        .collect()
}

#[test]
fn me21_the_first_hundred_euro_are_worth_three_each_and_the_next_nothing() {
    let ground = ground("micro/me21");
    let points = of_fund(&ground, "f1");
    assert_eq!(at(&points.curves[0]), ["0", "100", "200"].map(exact));
    assert_eq!(slopes(&points.curves[0]), ["3", "0"].map(exact));
    assert_eq!(points.no_plan, (false, false));
}

#[test]
fn me8_money_beyond_what_may_be_spent_is_worth_nothing() {
    let ground = ground("micro/me08");
    let points = of_fund(&ground, "fnps");
    assert_eq!(at(&points.curves[0]), ["0", "120", "400"].map(exact));
    assert_eq!(slopes(&points.curves[0]), ["1", "0"].map(exact));
}

#[test]
fn me1_the_value_of_a_euro_never_changes() {
    let ground = ground("micro/me01");
    let id = ground.model().funds[0].id.clone();
    let points = of_fund(&ground, &id);
    assert!(is_straight(&points));
    assert_eq!(slopes(&points.curves[0]), [exact("1.6")]);
}

#[test]
fn me1_the_share_of_a_floor_is_moved_like_money() {
    let ground = ground("micro/me01");
    let moved = Moved::Rule {
        rule: "as".to_owned(),
    };
    let points = break_points(&ground, &moved, TWO, &|| ()).unwrap().unwrap();
    // From 0 % to 80 %: every hundredth of the floor costs 1 % of 400,000 euro.
    assert!(is_straight(&points));
    assert_eq!(slopes(&points.curves[0]), [exact("-400000")]);
    assert_eq!(points.ends, (exact("0"), exact("2")));
}

#[test]
fn me4_a_whole_project_is_a_jump() {
    let ground = ground("micro/me04");
    let id = ground.model().funds[0].id.clone();
    let points = of_fund(&ground, &id);
    let curve = points.curves.last().unwrap();
    let jumps: Vec<_> = curve
        .points
        .iter()
        .filter(|point| point.jump.abs() > exact("0.01"))
        .collect();
    assert!(!jumps.is_empty(), "{curve:?}");
    for point in jumps {
        // Jumps are where one more of the three projects of 710,000 euro can be paid.
        let over = point.at / exact("710000");
        let near = (over - over.round()).abs() * exact("710000");
        assert!(near <= point.within + exact("0.02"), "{point:?}");
    }
}

#[test]
fn every_break_of_tiny_is_seen_by_plans_solved_anew_on_both_sides() {
    let ground = ground("tiny");
    let model = ground.model();
    let mut seen = 0;
    for &(fund, year) in model.money.keys() {
        let moved = Moved::Fund {
            fund,
            year: Some(year),
            zone: None,
        };
        let Some(points) = break_points(&ground, &moved, TWO, &|| ()).unwrap() else {
            continue;
        };
        let curve = &points.curves[0];
        let value = |euro: Exact| {
            let purse = Purse {
                fund,
                year,
                zone: None,
            };
            let amount = Euro::round_of(&euro).unwrap();
            let changed = with_amount(model, purse, amount).unwrap();
            ground.anew(&changed).unwrap()[0].value
        };
        for pair in curve.points.windows(2) {
            let slope = pair[0].after.unwrap();
            let wide = pair[1].at - pair[0].at;
            for part in [exact("0"), exact("1/3"), exact("2/3"), exact("1")] {
                let euro = pair[0].at + wide * part;
                let expected = pair[0].value + slope * wide * part;
                assert!((value(euro) - expected).abs() <= exact("0.05"), "{euro}");
            }
            seen += 1;
        }
    }
    assert!(seen > 2, "{seen}");
}
