//! Whole things that cost a cent more, exactly, or a cent less than what there is: from one euro to ten billion, each against all
//! choices there are, added up in whole cents.

use super::random::Random;
use super::{ModelText, Solved, VALUE, common, exact, infeasible, rule, verified};

/// Sizes of the money, in cents.
const SIZES: [i64; 9] = [
    100,
    10_000,
    1_000_000,
    100_000_000,
    2_000_000_000,
    20_000_000_000,
    200_000_000_000,
    999_999_999_999,
    1_000_000_000_000,
];

fn euros(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn total(found: &Solved) -> i64 {
    found.paid("", "", "", "").cents()
}

/// Projects of one zone, and money for them.
fn projects(costs: &[i64], money: i64) -> ModelText {
    let rows: String = costs
        .iter()
        .enumerate()
        .map(|(k, cost)| format!("\nP{k},opere,a,unica,current,{}", euros(*cost)))
        .collect();
    ModelText::new()
        .toml(VALUE)
        .table("zones", "zone\na")
        .table("funds", "fund\nf")
        .table(
            "amounts",
            &format!("fund,year,euro\nf,2022,{}", euros(money)),
        )
        .table("actions", "action,kind\nopere,project")
        .table("eligibility", "fund,action\nf,opere")
        .table(
            "projects",
            &format!("project,action,zones,item,nature,euro{rows}"),
        )
}

/// The most that a choice of projects costs within the money, and what else there is to pay.
fn dearest(costs: &[i64], money: i64) -> i64 {
    let sums = (0_u32..1 << costs.len()).map(|choice| {
        let chosen = costs.iter().enumerate();
        let chosen = chosen.filter(|(k, _)| choice >> k & 1 == 1);
        chosen.map(|(_, cost)| cost).sum::<i64>()
    });
    sums.filter(|sum| *sum <= money).max().unwrap_or(0)
}

#[test]
fn one_project_a_cent_above_what_there_is_is_not_paid() {
    for size in SIZES {
        for (money, paid) in [(size - 1, 0), (size, size), (size + 1, size)] {
            let found = verified(&projects(&[size], money));
            assert_eq!(
                total(&found),
                paid,
                "a project of {size} cents, {money} there"
            );
        }
    }
}

#[test]
fn two_smaller_projects_take_the_place_of_one_that_is_a_cent_too_dear() {
    for size in SIZES {
        let costs = [size, size - 2, 1];
        for money in [size - 2, size - 1, size, size + 1] {
            let found = verified(&projects(&costs, money));
            assert_eq!(
                total(&found),
                dearest(&costs, money),
                "{size} cents, {money} there"
            );
        }
    }
}

#[test]
fn projects_are_chosen_to_the_cent_whatever_their_size() {
    let mut random = Random::new(10);
    for round in 0..60 {
        let size = *random.pick(&SIZES);
        let count = 2 + random.below(5);
        let costs: Vec<i64> = (0..count)
            .map(|_| match random.below(3) {
                0 => size / random.between(1, 4) + random.between(-1, 1),
                1 => random.between(1, size),
                _ => random.between(1, 3),
            })
            .map(|cost| cost.max(1))
            .collect();
        // What some of them cost together, a cent less or more.
        let some: i64 = costs.iter().filter(|_| random.chance(60)).sum();
        let money = (some + random.between(-1, 1)).max(1);
        let found = verified(&projects(&costs, money));
        assert_eq!(
            total(&found),
            dearest(&costs, money),
            "{round}: {costs:?}, {money} there"
        );
    }
}

#[test]
fn a_project_of_several_zones_is_dearer_than_what_there_is_by_the_sum_of_its_parts() {
    for size in SIZES.into_iter().skip(1) {
        let text = |money: i64| {
            ModelText::new()
                .toml(VALUE)
                .table("zones", "zone\na\nb\nc")
                .table("funds", "fund\nf\ng")
                .table(
                    "amounts",
                    &format!("fund,year,euro\nf,2022,{}\ng,2022,{}", euros(money), euros(size)),
                )
                .table("actions", "action,kind\nopere,project")
                .table("eligibility", "fund,action\nf,opere\ng,opere")
                .table(
                    "projects",
                    &format!("project,action,zones,item,nature,euro\nP,opere,a:1 b:1 c:1,unica,current,{}", euros(size * 3)),
                )
        };
        for (money, paid) in [
            (2 * size - 1, 0),
            (2 * size, 3 * size),
            (2 * size + 1, 3 * size),
        ] {
            assert_eq!(
                total(&verified(&text(money))),
                paid,
                "{size} cents, {money} there"
            );
        }
    }
}

/// Units of two costs, money, and something else that takes any cent, worth half as much.
fn units(costs: [i64; 2], counts: [i64; 2], money: i64, other: i64) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .table("zones", "zone\na")
        .table("funds", "fund\nf")
        .table(
            "amounts",
            &format!("fund,year,euro\nf,2022,{}", euros(money)),
        )
        .table(
            "actions",
            &format!(
                "action,kind,unit_cost,priority\nu,units,{},2\nv,units,{},2\nw,divisible,0.01,1",
                euros(costs[0]),
                euros(costs[1])
            ),
        )
        .table("eligibility", "fund,action\nf,u v w")
        .table(
            "needs",
            &format!(
                "action,zone,year,units\nu,a,2022,{}\nv,a,2022,{}\nw,a,2022,{other}",
                counts[0], counts[1]
            ),
        )
}

/// The most that units, at two each cent, and the rest, at one, are worth, in cents.
fn worth(costs: [i64; 2], counts: [i64; 2], money: i64, other: i64) -> i64 {
    let choices = (0..=counts[0]).flat_map(|u| (0..=counts[1]).map(move |v| (u, v)));
    let spent = choices.map(|(u, v)| u * costs[0] + v * costs[1]);
    let spent = spent.filter(|spent| *spent <= money);
    spent
        .map(|spent| 2 * spent + other.min(money - spent))
        .max()
        .unwrap_or(0)
}

#[test]
fn units_are_chosen_to_the_cent_whatever_they_cost() {
    let mut random = Random::new(21);
    for round in 0..60 {
        let size = *random.pick(&SIZES);
        let costs = [
            (size / random.between(1, 5) + random.between(-1, 1)).max(1),
            (size / random.between(1, 5) + random.between(-1, 1)).max(1),
        ];
        let counts = [random.between(0, 4), random.between(1, 4)];
        let bought =
            random.between(0, counts[0]) * costs[0] + random.between(0, counts[1]) * costs[1];
        let money = (bought + random.between(-1, 1)).max(1);
        let other = *random.pick(&[0, 1, 2, size / 3]);
        let found = verified(&units(costs, counts, money, other));
        let value = worth(costs, counts, money, other);
        assert_eq!(
            found.goal("value"),
            exact(&euros(value)),
            "{round}: {costs:?} x {counts:?}, {money} there, {other} else"
        );
    }
}

#[test]
fn a_project_that_must_be_paid_and_is_a_cent_too_dear_is_a_conflict_with_the_fund() {
    let one = rule(
        "almeno-uno",
        "plan",
        "measure = { projects = true, action = \"opere\" }\nat_least = { count = 1 }",
    );
    for size in SIZES {
        let found = infeasible(&projects(&[size], size - 1).toml(&one));
        assert_eq!(
            common::codes(&found),
            ["fund:f", "almeno-uno"],
            "{size} cents"
        );
        let found = verified(&projects(&[size], size).toml(&one));
        assert_eq!(total(&found), size);
    }
}
