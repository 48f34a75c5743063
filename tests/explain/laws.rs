//! What laws cost: by hand, and the parts of acts add up.

use mappafondo::explain::law::{Wholes, acts, law_prices, rules, shapley};
use mappafondo::explain::{Ground, LawPrice};
use mappafondo::solve::Options;
use mappafondo::units::Exact;

use super::{TWO, exact, ground, model, plan};

fn prices(ground: &Ground) -> Vec<LawPrice> {
    let lines = plan(ground).rules;
    let all = rules(ground.model());
    law_prices(ground, &lines, (&all, Wholes::Anew), TWO, &|| ()).unwrap()
}

#[test]
fn me1_the_floor_costs_four_hundred_thousand() {
    let prices = prices(&ground("micro/me01"));
    assert_eq!(prices.len(), 1);
    assert_eq!(prices[0].gains[0].change, exact("400000"));
    assert_eq!(prices[0].binding, 1);
    assert!(prices[0].within[0] <= exact("0.01"));
}

#[test]
fn me8_half_to_minors_costs_what_adults_could_have() {
    let prices = prices(&ground("micro/me08"));
    // 60 + 60 with the rule; all 200 without it.
    assert_eq!(prices[0].gains[0].change, exact("80"));
}

#[test]
fn me18_tight_rules_cost_nothing() {
    for price in prices(&ground("micro/me18")) {
        assert_eq!(price.gains[0].change, exact("0"), "{:?}", price.rules);
    }
}

#[test]
fn the_dearest_rule_comes_first() {
    let prices = prices(&ground("tiny"));
    for pair in prices.windows(2) {
        let gains = |price: &LawPrice| -> Vec<Exact> {
            price.gains.iter().map(|gain| gain.change).collect()
        };
        assert!(gains(&pair[0])[0] + exact("0.01") >= gains(&pair[1])[0]);
    }
}

#[test]
fn what_acts_cost_is_what_they_cost_one_by_one_in_some_order_and_adds_up() {
    let model = model("tiny");
    let ground = Ground::new(&model, &Options::default()).unwrap();
    let split = shapley(&ground, &acts(&model), (16, 1), TWO, &|| ()).unwrap();
    assert!(split.is_exact);
    for (position, total) in split.total.iter().enumerate() {
        let parts: Exact = split
            .acts
            .iter()
            .map(|act| act.parts[position].change)
            .sum();
        let off = parts - total.change;
        assert!(
            off <= exact("0.000001") && off >= exact("-0.000001"),
            "{off}"
        );
    }
}

#[test]
fn orders_drawn_by_lot_add_up_and_say_how_sure_they_are() {
    // Nine acts, one rule each: more than are solved in all orders.
    let mut model = model("micro/me18");
    let mut rules = Vec::new();
    for number in 0..9 {
        let mut rule = model.rules[number % model.rules.len()].clone();
        rule.id = format!("r{number}");
        rule.law.act = format!("Atto {number}");
        rules.push(rule);
    }
    model.rules = rules;
    let ground = Ground::new(&model, &Options::default()).unwrap();
    let split = shapley(&ground, &acts(&model), (4, 7), TWO, &|| ()).unwrap();
    assert!(!split.is_exact && split.drawn == 4);
    let parts: Exact = split.acts.iter().map(|act| act.parts[0].change).sum();
    assert_eq!(parts, split.total[0].change);
    assert!(split.acts.iter().all(|act| act.errors[0] >= exact("0")));
}

#[test]
fn a_row_set_free_is_a_rule_left_out() {
    for folder in [
        "tiny",
        "micro/me01",
        "micro/me08",
        "micro/me18",
        "micro/me12",
        "micro/me02",
    ] {
        let ground = ground(folder);
        assert!(!ground.whole_fixed(), "{folder}");
        let now = ground.now();
        for price in prices(&ground) {
            let without = mappafondo::explain::change::without(ground.model(), &price.rules);
            let anew = ground.anew(&without).unwrap();
            for gain in &price.gains {
                let value = |of: &[mappafondo::explain::GoalValue]| {
                    of.iter().find(|of| of.key == gain.key).unwrap().value
                };
                let off = value(&anew) - value(now) - gain.change;
                assert!(
                    off <= exact("0.00001") && off >= exact("-0.00001"),
                    "{folder} {price:?}"
                );
            }
        }
    }
}
