//! The worked examples of two-sided prices, and prices against differences of plans solved anew.

use mappafondo::explain::price::{fund_prices, rule_prices};
use mappafondo::explain::{FundPrice, Ground, OnSide};

use super::{TWO, exact, first, fund, ground, plan};

fn price(ground: &Ground, id: &str) -> FundPrice {
    let funds = [fund(ground.model(), id)];
    let prices = fund_prices(ground, Some(&funds), TWO, &|| ()).unwrap();
    assert_eq!(prices.len(), 1);
    prices.into_iter().next().unwrap()
}

fn check(ground: &Ground, id: &str, more: &str, less: &str) {
    let price = price(ground, id);
    assert_eq!(first(&price.more), exact(more), "one euro more of {id}");
    assert_eq!(first(&price.less), exact(less), "one euro less of {id}");
}

#[test]
fn me1_a_euro_raises_the_floor_with_the_fund() {
    let ground = ground("micro/me01");
    let id = ground.model().funds[0].id.clone();
    check(&ground, &id, "1.6", "-1.6");
    let price = price(&ground, &id);
    // Linear from nothing to twice as much.
    assert!(price.more.rates[0].is_end && price.less.rates[0].is_end);
    assert_eq!(price.less.rates[0].holds, exact("1000000"));
}

#[test]
fn me1_the_floor_alone_costs_one() {
    let ground = ground("micro/me01");
    let lines = plan(&ground).rules;
    let prices = rule_prices(&ground, &lines, |_| true, TWO, &|| ()).unwrap();
    assert_eq!(prices.len(), 1);
    assert_eq!(prices[0].bound, exact("400000"));
    assert_eq!(first(&prices[0].relaxed), exact("1"));
    assert_eq!(first(&prices[0].tightened), exact("-1"));
}

#[test]
fn me8_where_money_is_left_another_euro_is_worth_nothing() {
    let ground = ground("micro/me08");
    check(&ground, "fnps", "0", "0");
    let price = price(&ground, "fnps");
    // Of 200 only 120 can be spent: 80 less costs nothing.
    assert_eq!(price.less.rates[0].holds, exact("80"));
}

#[test]
fn me18_all_three_prices_are_one_and_tight_rules_cost_nothing() {
    let ground = ground("micro/me18");
    for fund in &ground.model().funds {
        check(&ground, &fund.id, "1", "-1");
    }
    let lines = plan(&ground).rules;
    for price in rule_prices(&ground, &lines, |_| true, TWO, &|| ()).unwrap() {
        assert_eq!(first(&price.relaxed), exact("0"), "{}", price.rule);
        assert_eq!(first(&price.tightened), exact("0"), "{}", price.rule);
    }
}

#[test]
fn me21_a_spent_budget_has_two_prices() {
    let ground = ground("micro/me21");
    check(&ground, "f1", "0", "-3");
    check(&ground, "f2", "0", "-2");
}

#[test]
fn a_fund_with_nothing_has_no_price_below() {
    let ground = ground("micro/me21");
    let purse = mappafondo::explain::change::Purse {
        fund: fund(ground.model(), "f1"),
        year: 2022,
        zone: None,
    };
    let none = mappafondo::units::Euro::ZERO;
    let poor = mappafondo::explain::change::with_amount(ground.model(), purse, none).unwrap();
    let ground = Ground::new(&poor, &mappafondo::solve::Options::default()).unwrap();
    let price = price(&ground, "f1");
    assert_eq!(price.less.on, OnSide::Nothing);
    assert_eq!(first(&price.more), exact("3"));
}
