//! Conflicts between a rule and how many units or projects are needed: both are named.

use super::{ModelText, VALUE, common, infeasible, rule, verified};

fn hired(needed: &str, kind: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nf")
        .table("amounts", "fund,year,euro\nf,2022,900000.00")
        .table(
            "actions",
            &format!("action,kind,unit_cost\nas,{kind},40000.00"),
        )
        .table("eligibility", "fund,action\nf,as")
        .table(
            "needs",
            &format!("action,zone,year,units\nas,a,2022,{needed}\nas,b,2022,4"),
        )
}

fn kept(units: &str) -> String {
    rule(
        "resta",
        "plan",
        &format!(
            "measure = {{ units = true, action = \"as\", zone = \"a\" }}\nat_least = {{ units = \"{units}\" }}"
        ),
    )
}

#[test]
fn staff_kept_above_the_need_conflicts_with_the_need() {
    for kind in ["units", "divisible"] {
        let found = infeasible(&hired("3", kind).toml(&kept("5")));
        assert_eq!(common::codes(&found), ["need:as", "resta"], "{kind}");
        assert!(!found.whole, "{kind}: parts of a unit do not help");
        // Five units are 80,000 euro above three.
        assert_eq!(found.shortfall.map(|short| short.cents()), Some(8_000_000));
    }
    verified(&hired("5", "units").toml(&kept("5")));
}

#[test]
fn a_need_of_a_part_of_a_unit_conflicts_where_only_whole_ones_do_not_fit() {
    // Two units are less than two and a half, three are more than is needed; parts would do.
    let found = infeasible(&hired("2.6", "units").toml(&kept("2.5")));
    assert_eq!(common::codes(&found), ["need:as", "resta"]);
    assert!(found.whole);
    verified(&hired("2.6", "divisible").toml(&kept("2.5")));
}

#[test]
fn more_projects_than_there_are_conflict_with_the_need() {
    let text = |count: u32| {
        let three = rule(
            "tre",
            "plan",
            &format!(
                "measure = {{ projects = true, action = \"opere\" }}\nat_least = {{ count = {count} }}"
            ),
        );
        ModelText::new()
            .toml(VALUE)
            .toml(&three)
            .table("zones", "zone\na")
            .table("funds", "fund\nf")
            .table("amounts", "fund,year,euro\nf,2022,900.00")
            .table("actions", "action,kind\nopere,project")
            .table("eligibility", "fund,action\nf,opere")
            .table(
                "projects",
                "project,action,zones,item,nature,euro\nP,opere,a,unica,current,10.00\nQ,opere,a,unica,current,20.00",
            )
    };
    let found = infeasible(&text(3));
    assert_eq!(common::codes(&found), ["need:opere", "tre"]);
    verified(&text(2));
}
