//! Units, projects, minimum grants, active zones: small models with answers worked out by hand, each verified as `solve` would.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "highs")]

mod common;

#[path = "whole/cases.rs"]
mod cases;
#[path = "whole/cents.rs"]
mod cents;
#[path = "whole/independent.rs"]
mod independent;
#[path = "whole/needs.rs"]
mod needs;
#[expect(dead_code, reason = "each test uses the part it needs")]
#[path = "generator/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::time::Duration;

use common::{ModelText, Solved, euro, exact, infeasible, solved};
use mappafondo::input::Inputs;
use mappafondo::model::Language;
use mappafondo::proposal::{Outcome, RuleStatus, UnmetReason, propose};
use mappafondo::report::{infeasible_files, proposal_files};
use mappafondo::solve::Options;
use mappafondo::verify::verify_files;

const VALUE: &str = "[[goal]]\nkind = \"value\"";

/// Checks files as `solve` does before it publishes them.
#[track_caller]
fn check(files: &BTreeMap<String, Vec<u8>>) {
    let report = verify_files(files);
    let found: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| finding.failure)
        .map(|finding| finding.text(Language::English))
        .collect();
    assert!(report.passed(), "{found:#?}");
}

/// Solves and verifies.
#[track_caller]
fn verified(text: &ModelText) -> Solved {
    let found = solved(text);
    let inputs = Inputs {
        files: text.files(),
    };
    let files = proposal_files(&found.model, &inputs, &found.proposal).unwrap();
    check(&files.files);
    found
}

/// The chosen value of a column of the sheet.
#[track_caller]
fn chosen(found: &Solved, name: &str) -> i64 {
    let columns = &found.proposal.sheet.columns;
    let position = columns.iter().position(|column| column.name == name);
    let Some(position) = position else {
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        panic!("no column {name} among {names:?}");
    };
    assert_eq!(columns[position].lower, columns[position].upper, "fixed");
    found.proposal.values[position]
}

fn rule(id: &str, strength: &str, body: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nlaw = {{ act = \"Piano\" }}\nstrength = \"{strength}\"\n{body}"
    )
}

// ---------------------------------------------------------------------------------------------------------------------
// Units (T10)

fn hires(money: &str, units: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nf\ng")
        .table(
            "amounts",
            &format!("fund,year,euro\nf,2022,{money}\ng,2022,30.00"),
        )
        .table(
            "actions",
            "action,kind,unit_cost,priority\nas,units,100.00,2\naltro,divisible,1.00,1",
        )
        .table("eligibility", "fund,action\nf,as altro\ng,as")
        .table(
            "needs",
            &format!("action,zone,year,units\nas,a,2022,{units}\nas,b,2022,2\naltro,a,2022,500"),
        )
}

#[test]
fn units_are_bought_whole_by_all_funds_together() {
    // 270 + 30 = 300 buy three units; the thirty of g are of use only as part of one.
    let found = verified(&hires("270.00", "2"));
    assert_eq!(found.goal("value"), exact("600"));
    assert_eq!(found.paid("g", "as", "", ""), euro("30.00"));
    // Of equally good choices the first zone has the most.
    assert_eq!(chosen(&found, "units(as,a,2022)"), 2);
    assert_eq!(chosen(&found, "units(as,b,2022)"), 1);
    let whole = found.proposal.whole.as_ref().unwrap();
    assert_eq!((whole.units, whole.complete), (3, true));
    assert_eq!(whole.goals[0].bound, exact("600"));
}

#[test]
fn money_that_does_not_buy_a_unit_goes_where_it_can() {
    let found = verified(&hires("250.00", "2"));
    // Two units cost 200, of which g pays 30; the other 80 of f are worth one each.
    assert_eq!(found.goal("value"), exact("480"));
    assert_eq!(found.paid("", "altro", "", ""), euro("80.00"));
    assert_eq!(found.lost("g"), euro("0.00"));
}

#[test]
fn a_part_of_a_unit_is_never_paid_and_said_so() {
    let text = hires("1000.00", "2.6").table(
        "needs",
        "action,zone,year,units\nas,a,2022,2.6\nas,b,2022,2",
    );
    let found = verified(&text);
    assert_eq!(found.paid("", "as", "a", ""), euro("200.00"));
    let open = &found.proposal.unmet[0];
    assert_eq!(
        (open.euro, open.reason),
        (euro("60.00"), UnmetReason::Indivisible)
    );
    assert!(
        found
            .model
            .warnings
            .iter()
            .any(|w| w.code == "model::part_of_unit")
    );
}

#[test]
fn units_without_limit_are_whole_too() {
    let text = hires("250.00", "unlimited");
    let found = verified(&text);
    let paid = found.paid("", "as", "", "").cents();
    assert_eq!(paid % 10_000, 0);
    assert_eq!(found.goal("value"), exact("480"));
}

#[test]
fn what_is_hired_stays_in_whole_units() {
    let text = ModelText::new()
        .years(2022, 2)
        .toml(VALUE)
        .table("zones", "zone\na")
        .table("funds", "fund\nf")
        .table("amounts", "fund,year,euro\nf,2022,300.00\nf,2023,240.00")
        .table(
            "actions",
            "action,kind,unit_cost_2022,unit_cost_2023,priority,persistent\nas,units,100.00,120.00,1,yes",
        )
        .table("eligibility", "fund,action\nf,as")
        .table("needs", "action,zone,year,units\nas,a,2022,5\nas,a,2023,5");
    let found = verified(&text);
    // Three could be hired in 2022, but only two can be kept in 2023.
    assert_eq!(chosen(&found, "units(as,a,2022)"), 2);
    assert_eq!(chosen(&found, "units(as,a,2023)"), 2);
}

// ---------------------------------------------------------------------------------------------------------------------
// Projects (T7, T8)

fn joint(rules: &str, money: &str) -> ModelText {
    ModelText::new()
        .years(2022, 2)
        .toml(VALUE)
        .toml(rules)
        .table("zones", "zone\na\nb\nc")
        .table("funds", "fund,carry_over\nf,100%")
        .table("amounts", &format!("fund,year,euro\nf,2022,{money}"))
        .table("actions", "action,kind,priority\nlavori,project,1")
        .table("eligibility", "fund,action\nf,lavori")
        .table(
            "projects",
            "project,action,zones,item,nature,euro,profile
            P1,lavori,a b,intero,current,100.00,
            P2,lavori,b:1 c:2,opere,current,60.00,2022:100%
            P2,lavori,b c,arredi,current,30.00,2023:100%
            P3,lavori,c,intero,current,50.00,2023:100%",
        )
}

#[test]
fn a_project_is_paid_in_all_its_items_zones_and_years_or_not_at_all() {
    // 100 alone is worth more than 90, and 90 + 50 do not fit into 110.
    let found = verified(&joint("", "110.00"));
    assert_eq!(found.goal("value"), exact("100"));
    assert_eq!(
        ["P1", "P2", "P3"].map(|p| chosen(&found, &format!("project({p})"))),
        [1, 0, 0]
    );
    assert_eq!(found.paid("", "", "a", "2023"), euro("25.00"));
    let found = verified(&joint("", "140.00"));
    assert_eq!(
        ["P1", "P2", "P3"].map(|p| chosen(&found, &format!("project({p})"))),
        [0, 1, 1]
    );
    assert_eq!(found.paid("", "", "c", "2022"), euro("40.00"));
}

#[test]
fn every_zone_covered_by_a_project_is_a_rule_that_counts() {
    let cover = rule(
        "coperte",
        "plan",
        "for_each = [\"zone\"]\nmeasure = { projects = true, action = \"lavori\" }\nat_least = { count = 1 }",
    );
    // The dearest choice leaves c without a project: P1 and P3 cover all three zones for 150.
    let found = verified(&joint(&cover, "165.00"));
    assert_eq!(
        ["P1", "P2", "P3"].map(|p| chosen(&found, &format!("project({p})"))),
        [1, 0, 1]
    );
    assert!(
        found
            .proposal
            .rules
            .iter()
            .all(|line| line.value == exact("1"))
    );
    // With 140 no choice covers a (100 for P1) and c (50 at least).
    let found = infeasible(&joint(&cover, "140.00"));
    assert!(found.conflict.iter().any(|line| line.id == "coperte"));
}

#[test]
fn a_need_of_an_action_of_projects_is_all_or_nothing_by_itself() {
    let text = ModelText::new()
        .toml(VALUE)
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nf")
        .table("amounts", "fund,year,euro\nf,2022,100.00")
        .table("actions", "action,kind\nsede,project")
        .table("eligibility", "fund,action\nf,sede")
        .table(
            "needs",
            "action,zone,year,units\nsede,a,2022,60\nsede,b,2022,70",
        );
    let found = verified(&text);
    assert_eq!(found.paid("", "", "a", ""), euro("0.00"));
    assert_eq!(found.paid("", "", "b", ""), euro("70.00"));
    assert_eq!(chosen(&found, "project(sede,b,2022)"), 1);
}

// ---------------------------------------------------------------------------------------------------------------------
// Active zones (T5, T6, T9)

fn grants(rules: &str, money: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(rules)
        .table("zones", "zone\na\nb\nc")
        .table("funds", "fund\nf")
        .table("amounts", &format!("fund,year,euro\nf,2022,{money}"))
        .table("actions", "action,min_active,priority\nhf,40.00,1\ncs,30.00,2")
        .table("eligibility", "fund,action\nf,hf cs")
        .table(
            "needs",
            "action,zone,year,units\nhf,a,2022,50\nhf,b,2022,60\nhf,c,2022,70\ncs,a,2022,45\ncs,b,2022,45",
        )
}

#[test]
fn at_least_so_many_zones_are_active() {
    let found = verified(&grants("", "100.00"));
    assert_eq!(found.goal("value"), exact("180")); // cs 45 + 35, and 20 are less than any minimum: 45 + 45 and 10 lost
    let two = rule(
        "due",
        "plan",
        "measure = { active_zones = true, action = \"hf\" }\nat_least = { count = 2 }",
    );
    let found = verified(&grants(&two, "100.00"));
    let line = &found.proposal.rules[0];
    assert_eq!(
        (line.value, line.bound, line.unit, line.status),
        (exact("2"), exact("2"), "zones", RuleStatus::Binding)
    );
    // Two grants of 40 at least leave 20 for cs, less than its minimum.
    assert_eq!(found.goal("value"), exact("100"));
    let found = infeasible(&grants(&two, "79.99"));
    assert_eq!(common::codes(&found), ["fund:f", "due"]);
}

#[test]
fn a_forced_activation_is_a_count_of_one_in_each_zone() {
    let each = rule(
        "ovunque",
        "plan",
        "for_each = [\"zone\", \"year\"]\nwhere = \"year = 2022\"\nmeasure = { active_zones = true, action = \"hf\", zone = [\"a\", \"b\"] }\nat_least = { count = 1 }",
    );
    let found = verified(&grants(&each, "130.00"));
    assert_eq!(
        [
            chosen(&found, "active(hf,a,2022)"),
            chosen(&found, "active(hf,b,2022)")
        ],
        [1, 1]
    );
    assert!(found.paid("", "hf", "a", "") >= euro("40.00"));
    // 40 + 40 + 45, and 5 more for hf.
    assert_eq!(found.goal("value"), exact("175"));
}

#[test]
fn a_target_of_active_zones_falls_short_by_zones() {
    let three = rule(
        "tre",
        "target",
        "measure = { active_zones = true, action = \"hf\" }\nat_least = { count = 3 }",
    );
    let goals = "[[goal]]\nkind = \"targets\"\n[[goal]]\nkind = \"value\"";
    let found = verified(
        &grants(&three, "100.00")
            .toml("")
            .table("zones", "zone\na\nb\nc"),
    );
    assert_eq!(found.proposal.rules[0].value, exact("0"), "not a goal here");
    let text = ModelText::new().toml(goals).toml(&three);
    let base = grants("", "100.00").files();
    let mut text = text;
    for (name, content) in base {
        if let Some(table) = name.strip_suffix(".csv") {
            text = text.table(table, &String::from_utf8(content).unwrap());
        }
    }
    let found = verified(&text);
    let line = &found.proposal.rules[0];
    assert_eq!((line.value, line.status), (exact("2"), RuleStatus::Short));
    // A third, to as many digits as the costs of shortfalls have.
    assert_eq!(found.goal("targets"), exact("-0.3333333333"));
}

#[test]
fn a_zone_counts_once_over_years_and_actions() {
    let text = ModelText::new()
        .years(2022, 2)
        .toml(VALUE)
        .toml(&rule("due", "plan", "measure = { active_zones = true, action = [\"hf\", \"cs\"] }\nat_least = { count = 2 }"))
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nf")
        .table("amounts", "fund,year,euro\nf,2022,40.00\nf,2023,40.00")
        .table("actions", "action,min_active,priority\nhf,40.00,3\ncs,30.00,1")
        .table("eligibility", "fund,action\nf,hf cs")
        .table("needs", "action,zone,year,units\nhf,a,2022,40\nhf,a,2023,40\ncs,b,2023,40");
    let found = verified(&text);
    // Without the rule zone a takes both years; the rule sends the second to b.
    assert_eq!(found.paid("", "cs", "b", "2023"), euro("40.00"));
    assert_eq!(found.proposal.rules[0].value, exact("2"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Excludes and requires (T23, T34)

#[test]
fn what_excludes_is_never_active_with_the_other() {
    let not_both = rule(
        "o-l-uno",
        "law",
        "for_each = [\"zone\", \"year\"]\nmeasure = { active_zones = true, action = \"hf\" }\nexcludes = { action = \"cs\" }",
    );
    let found = verified(&grants(&not_both, "1000.00"));
    // cs is worth 90 in a, 90 in b; hf 50, 60, and 70 in c.
    assert_eq!(found.goal("value"), exact("250"));
    assert_eq!(found.paid("", "hf", "a", ""), euro("0.00"));
    assert_eq!(found.paid("", "hf", "c", ""), euro("70.00"));
}

#[test]
fn what_requires_is_active_only_with_the_other() {
    let first = rule(
        "prima-hf",
        "law",
        "for_each = [\"zone\", \"year\"]\nmeasure = { active_zones = true, action = \"cs\" }\nrequires = { action = \"hf\" }",
    );
    let found = verified(&grants(&first, "100.00"));
    // cs 45 in one zone asks for 40 of hf there: 55 are left for hf, or 85 and 15 more for either.
    assert_eq!(found.goal("value"), exact("145"));
    let lines = &found.proposal.rules;
    assert!(lines.iter().all(|line| line.value >= line.bound));
    // Without money for both in one zone, none.
    let found = verified(&grants(&first, "69.00"));
    assert_eq!(found.paid("", "cs", "", ""), euro("0.00"));
}

// ---------------------------------------------------------------------------------------------------------------------
// Money earned by units (T30)

/// 100,000 residents in each zone: thresholds at 15.384615, 20 and 25 workers.
fn contribution(workers: [u32; 2], money: &str, lag: u32, years: u16) -> ModelText {
    let amounts: String = (0..years)
        .map(|k| format!("\nf,{},{money}", 2022 + k))
        .collect();
    let needs: String = (0..years)
        .map(|k| {
            let year = 2022 + k;
            format!(
                "\nas,a,{year},8\nas,b,{year},8\naltro,a,{year},unlimited\naltro,b,{year},unlimited"
            )
        })
        .collect();
    ModelText::new()
        .years(2022, years)
        .toml(VALUE)
        .toml(&format!(
            r#"
            [[income]]
            fund = "contributo"
            units_of = "as"
            already = "workers"
            bands = [
                {{ from = "residenti / 6500", to = "residenti / 5000", euro = "40000.00" }},
                {{ from = "residenti / 5000", to = "residenti / 4000", euro = "20000.00" }},
            ]
            lag = {lag}
            law = {{ act = "L. 178/2020", article = "art. 1 c. 797" }}
            "#
        ))
        .table(
            "zones",
            &format!(
                "zone,residenti,workers\na,100000,{}\nb,100000,{}",
                workers[0], workers[1]
            ),
        )
        .table("funds", "fund\nf\ncontributo")
        .table("amounts", &format!("fund,year,euro{amounts}"))
        .table(
            "actions",
            "action,kind,unit_cost,priority\nas,units,30000.00,1\naltro,divisible,1.00,1",
        )
        .table("eligibility", "fund,action\nf,as\ncontributo,altro")
        .table("needs", &format!("action,zone,year,units{needs}"))
}

#[test]
fn a_hire_goes_where_it_earns() {
    // In a five hires stay below 1:6,500 and earn nothing; in b the first makes sixteen workers: 24,615.38.
    let found = verified(&contribution([10, 15], "30000.00", 0, 1));
    assert_eq!(chosen(&found, "units(as,b,2022)"), 1);
    assert_eq!(found.paid("contributo", "altro", "b", ""), euro("24615.38"));
    assert_eq!(found.goal("value"), exact("54615.38"));
    // Enough for six hires: three in b give eighteen workers and 104,615.38; six in a or b split no better than six in b.
    let found = verified(&contribution([10, 15], "180000.00", 0, 1));
    assert_eq!(chosen(&found, "units(as,b,2022)"), 6);
    // 4.615385 x 40,000 + 1 x 20,000.
    assert_eq!(found.paid("contributo", "", "b", ""), euro("204615.38"));
    let summary = proposal_files(
        &found.model,
        &Inputs {
            files: contribution([10, 15], "180000.00", 0, 1).files(),
        },
        &found.proposal,
    );
    let summary = String::from_utf8(summary.unwrap().files["summary.json"].clone()).unwrap();
    assert!(summary.contains("\"derived\": \"204615.38\""), "{summary}");
}

#[test]
fn what_is_earned_arrives_later_and_what_was_earned_before_the_plan_is_known() {
    let found = verified(&contribution([16, 5], "30000.00", 1, 2));
    // 2022: 16 workers of 2021 earned 24,615.38. 2023: 17 of 2022 earned 64,615.38.
    assert_eq!(found.paid("contributo", "", "a", "2022"), euro("24615.38"));
    assert_eq!(found.paid("contributo", "", "a", "2023"), euro("64615.38"));
    assert_eq!(chosen(&found, "units(as,a,2022)"), 1);
}

#[test]
fn a_band_that_no_hire_reaches_earns_nothing_and_the_top_is_enough() {
    let found = verified(&contribution([5, 5], "240000.00", 0, 1));
    assert_eq!(found.paid("contributo", "", "", ""), euro("0.00"));
    let found = verified(&contribution([24, 30], "60000.00", 0, 1));
    // b is saturated; a gains one more band unit: 284,615.38 each at the top.
    assert_eq!(found.paid("contributo", "", "a", ""), euro("284615.38"));
    assert_eq!(found.paid("contributo", "", "b", ""), euro("284615.38"));
}

#[test]
fn more_than_can_be_earned_is_asked_in_vain() {
    let too_much = rule(
        "troppo",
        "plan",
        "measure = { euro = true, fund = \"contributo\" }\nat_least = { euro = \"700000.00\" }",
    );
    let text = contribution([10, 15], "900000.00", 0, 1).toml(&too_much);
    let found = infeasible(&text);
    assert!(common::codes(&found).contains(&"troppo"));
    let inputs = Inputs {
        files: text.files(),
    };
    check(
        &infeasible_files(&text.read(), &inputs, &found)
            .unwrap()
            .files,
    );
    // The most of each zone could pay 500,000, but there is no money for all the hires: only whole numbers say so.
    let much = rule(
        "molto",
        "plan",
        "measure = { euro = true, fund = \"contributo\" }\nat_least = { euro = \"300000.00\" }",
    );
    let text = contribution([10, 15], "90000.00", 0, 1).toml(&much);
    let found = infeasible(&text);
    assert!(found.whole);
    check(
        &infeasible_files(
            &text.read(),
            &Inputs {
                files: text.files(),
            },
            &found,
        )
        .unwrap()
        .files,
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Leximin, limits, conflicts

#[test]
fn the_worst_zone_first_with_whole_units() {
    let text = ModelText::new()
        .toml("[[goal]]\nkind = \"leximin\"\nlevels = \"all\"\n[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na\nb\nc")
        .table("funds", "fund\nf")
        .table("amounts", "fund,year,euro\nf,2022,50.00")
        .table("actions", "action,kind,unit_cost\nas,units,10.00")
        .table("eligibility", "fund,action\nf,as")
        .table(
            "needs",
            "action,zone,year,units\nas,a,2022,2\nas,b,2022,3\nas,c,2022,4",
        );
    let found = verified(&text);
    // Five units on needs 2, 3, 4: 1/2, 2/3, 2/4 beats 1/2, 1/3, 3/4 and every other.
    let units = ["a", "b", "c"].map(|z| chosen(&found, &format!("units(as,{z},2022)")));
    assert_eq!(units, [1, 2, 2]);
    assert_eq!(found.goal("leximin"), exact("0.5"));
}

#[test]
fn a_conflict_of_whole_numbers_alone_is_told_as_the_solvers_word() {
    // 100 euro must all be spent, on units of 30: no number of units does it, though 3 1/3 would.
    let text = ModelText::new()
        .toml(VALUE)
        .toml(&rule(
            "tutto",
            "plan",
            "measure = { euro = true }\nat_least = { euro = \"100.00\" }",
        ))
        .toml(&rule(
            "altra",
            "plan",
            "measure = { euro = true }\nat_least = { euro = \"10.00\" }",
        ))
        .table("zones", "zone\na")
        .table("funds", "fund\nf")
        .table("amounts", "fund,year,euro\nf,2022,100.00")
        .table("actions", "action,kind,unit_cost\nas,units,30.00")
        .table("eligibility", "fund,action\nf,as")
        .table("needs", "action,zone,year,units\nas,a,2022,9");
    let found = infeasible(&text);
    assert!(found.whole);
    assert_eq!(common::codes(&found), ["fund:f", "tutto"]);
    let inputs = Inputs {
        files: text.files(),
    };
    let files = infeasible_files(&text.read(), &inputs, &found).unwrap();
    check(&files.files);
    let summary = String::from_utf8(files.files["summary.json"].clone()).unwrap();
    assert!(summary.contains("\"whole\": true"), "{summary}");
}

/// Found by brute force (seed 1621): without any column HiGHS does not look at the rows.
#[test]
fn a_rule_that_counts_where_nothing_can_be_paid_is_a_conflict() {
    let text = ModelText::new()
        .toml(VALUE)
        .toml(&rule(
            "uno",
            "law",
            "measure = { projects = true }\nat_least = { count = 1 }",
        ))
        .table("zones", "zone\na")
        .table("funds", "fund\nf\ng")
        .table("amounts", "fund,year,euro\nf,2022,2.00\ng,2022,0.00")
        .table("actions", "action,kind\nopera,project")
        .table("eligibility", "fund,action\ng,opera")
        .table(
            "projects",
            "project,action,zones,item,nature,euro\nP,opera,a,x,current,4.00",
        );
    let found = infeasible(&text);
    assert_eq!(common::codes(&found), ["uno"]);
    check(
        &infeasible_files(
            &text.read(),
            &Inputs {
                files: text.files(),
            },
            &found,
        )
        .unwrap()
        .files,
    );
}

#[test]
fn no_time_at_all_is_a_limit_and_not_a_plan() {
    let options = Options {
        time_limit: Some(Duration::ZERO),
    };
    let model = hires("270.00", "2").read();
    match propose(&model, &options) {
        Err(mappafondo::proposal::ProposeError::Limit) => {}
        Ok(Outcome::Proposal(found)) => assert!(!found.complete),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_model_without_anything_whole_says_nothing_of_whole_numbers() {
    let text = hires("270.00", "2").table(
        "actions",
        "action,kind,unit_cost,priority\nas,divisible,100.00,2\naltro,divisible,1.00,1",
    );
    let found = verified(&text);
    assert!(found.proposal.whole.is_none());
    let summary = proposal_files(
        &found.model,
        &Inputs {
            files: text.files(),
        },
        &found.proposal,
    )
    .unwrap();
    let summary = String::from_utf8(summary.files["summary.json"].clone()).unwrap();
    assert!(!summary.contains("whole"));
}
