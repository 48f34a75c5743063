//! The worked micro-examples of the domain rulebook (ME1-ME21), hand computed, as models of a few rows each.
//!
//! Where several plans are optimal, the value of the goal is compared and not the plan. Prices are no output of this version:
//! where an example states one, the model is solved again with a euro more or less, which is what a price says.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod common;

use common::{ModelText, Solved, codes, euro, exact, infeasible, solved};
use mappafondo::lp::ColumnKey;
use mappafondo::model::Model;
use mappafondo::proposal::{RuleStatus, UnmetReason};
use mappafondo::units::{Euro, Exact};

const VALUE: &str = "[[goal]]\nkind = \"value\"";

/// A change of a goal between two models.
#[track_caller]
fn gain(of: &str, from: &ModelText, to: &ModelText) -> Exact {
    solved(to).goal(of) - solved(from).goal(of)
}

/// Money of a fund in a zone and year, as the model assigns it.
fn assigned(model: &Model, fund: &str, zone: &str, year: i32) -> Euro {
    let fund = model
        .fund_indices()
        .find(|&index| model.fund(index).id == fund)
        .unwrap();
    let zone = model
        .zone_indices()
        .find(|&index| model.zone(index).id == zone)
        .unwrap();
    model.money[&(fund, year)].of_zone(zone).unwrap()
}

/// Whether the reader said something of a kind.
fn warned(model: &Model, code: &str) -> bool {
    model.warnings.iter().any(|warning| warning.code == code)
}

/// The bound of the instance of a rule in a zone.
fn bound(solved: &Solved, rule: &str, zone: &str, year: i32) -> Option<Exact> {
    let is_zone = |index: Option<_>| index.is_some_and(|index| solved.model.zone(index).id == zone);
    let mut lines = solved.proposal.rules.iter();
    lines
        .find(|line| line.rule == rule && is_zone(line.zone) && line.year == Some(year))
        .map(|line| line.bound)
}

// ---------------------------------------------------------------------------------------------------------------------
// ME1: a share floor, and what one more euro is worth

fn me1(amount: &str, floor: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(floor)
        .table("zones", "zone,residenti,as_in_servizio\na,75000,5")
        .table("funds", "fund\nqsfp")
        .table(
            "amounts",
            &format!("fund,year,zone,euro\nqsfp,2022,a,{amount}"),
        )
        .table("actions", "action,priority\naltro,2\nas,1")
        .table("eligibility", "fund,action\nqsfp,altro as")
        .table(
            "needs",
            "action,zone,year,units\naltro,a,2022,unlimited\nas,a,2022,unlimited",
        )
}

/// 75,000 / 5 = 15,000 residents for each worker: between 10,000 and 20,000, so 40%.
const AS_OF_ASSIGNED: &str = r#"
    [[rule]]
    id = "as"
    law = { act = "Piano povertà" }
    strength = "plan"
    for_each = ["zone", "year"]
    measure = { euro = true, action = "as" }
    at_least = { share_of = "assigned", step = { indicator = "residenti / as_in_servizio", above = [[20000, "60%"], [10000, "40%"], [5000, "20%"]], else = "0%" } }
"#;

const AS_OF_ALLOCATED: &str = r#"
    [[rule]]
    id = "as"
    law = { act = "Piano povertà" }
    strength = "plan"
    for_each = ["zone", "year"]
    measure = { euro = true, action = "as" }
    at_least = { share_of = "allocated", share = "40%" }
"#;

#[test]
fn me1_an_earmark_costs_what_the_plan_without_it_is_worth_more() {
    for floor in [AS_OF_ASSIGNED, AS_OF_ALLOCATED] {
        let found = solved(&me1("1000000.00", floor));
        assert_eq!(found.goal("value"), exact("1600000"));
        assert_eq!(found.paid("", "as", "", ""), euro("400000.00"));
        assert_eq!(found.paid("", "altro", "", ""), euro("600000.00"));
        assert_eq!(found.proposal.rules[0].status, RuleStatus::Binding);
    }
    assert_eq!(
        solved(&me1("1000000.00", "")).goal("value"),
        exact("2000000")
    );
}

#[test]
fn me1_one_more_euro_of_the_fund_raises_the_floor_too() {
    for floor in [AS_OF_ASSIGNED, AS_OF_ALLOCATED] {
        let (less, more) = (me1("1000000.00", floor), me1("1000001.00", floor));
        assert_eq!(gain("value", &less, &more), exact("1.6"));
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// ME2: two zones, two funds, eligibility

fn me2(goal: &str) -> ModelText {
    ModelText::new()
        .toml(goal)
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nfse\nqsfp")
        .table(
            "amounts",
            "fund,year,euro\nfse,2022,60.00\nqsfp,2022,100.00",
        )
        .table("actions", "action\nas\ntir")
        .table("eligibility", "fund,action\nfse,tir\nqsfp,as tir")
        .table(
            "needs",
            "action,zone,year,units\nas,a,2022,50\ntir,a,2022,40\nas,b,2022,70\ntir,b,2022,40",
        )
}

#[test]
fn me2_all_money_covers_need_and_the_worst_zone_gets_four_fifths() {
    assert_eq!(solved(&me2(VALUE)).goal("value"), exact("160"));
    let found = solved(&me2("[[goal]]\nkind = \"leximin\""));
    assert_eq!(found.goal("leximin"), exact("0.8"));
    assert_eq!(found.paid("", "", "a", ""), euro("72.00"));
    assert_eq!(found.paid("", "", "b", ""), euro("88.00"));
}

#[test]
fn me2_both_funds_are_worth_one() {
    for (fse, qsfp) in [("61.00", "100.00"), ("60.00", "101.00")] {
        let more = me2(VALUE).table(
            "amounts",
            &format!("fund,year,euro\nfse,2022,{fse}\nqsfp,2022,{qsfp}"),
        );
        assert_eq!(gain("value", &me2(VALUE), &more), exact("1"));
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// ME3: co-financing 40/42/18

fn me3(state: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(
            r#"
            [[match]]
            id = "quote"
            law = { act = "Decisione C(2022) 6089" }
            strength = "law"
            shares = { "fse-ue" = "40%", "fse-stato" = "42%", "fse-regione" = "18%" }
            per = "priority"
            "#,
        )
        .table("zones", "zone\na")
        .table("funds", "fund,level\nfse-regione,region\nfse-stato,state\nfse-ue,eu")
        .table("amounts", &format!("fund,year,euro\nfse-ue,2022,400000.00\nfse-stato,2022,{state}\nfse-regione,2022,180000.00"))
        .table("actions", "action\ninclusione")
        .table("eligibility", "fund,action\nfse-ue,inclusione\nfse-stato,inclusione\nfse-regione,inclusione")
        .table("needs", "action,zone,year,units\ninclusione,a,2022,unlimited")
}

#[test]
fn me3_the_scarcest_funder_decides_and_each_part_is_within_a_cent_of_its_share() {
    let found = solved(&me3("300000.00"));
    let total = found.paid("", "", "", "");
    // 714,285.714..; each funder's part is whole cents, and two of the three give up the rest of theirs.
    let off = total.to_exact() - exact("300000") / exact("0.42");
    assert!(off <= exact("0") && off > exact("-0.02"), "{total}");
    assert_eq!(found.paid("fse-stato", "", "", ""), euro("300000.00"));
    for (fund, share) in [
        ("fse-ue", "40%"),
        ("fse-stato", "42%"),
        ("fse-regione", "18%"),
    ] {
        let off = found.paid(fund, "", "", "").to_exact() - exact(share) * total.to_exact();
        assert!(
            off < exact("0.01") && off > exact("-0.01"),
            "{fund} is off its share by {off}"
        );
    }
    assert!(found.proposal.excess.is_empty());
}

#[test]
fn me3_a_hundred_euro_more_of_the_scarcest_funder_bring_238_and_of_another_nothing() {
    // 100 / 0.42 = 238.0952..; whole cents may give up some of a cent.
    let more = gain("value", &me3("300000.00"), &me3("300100.00"));
    assert!(more > exact("238.07") && more < exact("238.12"), "{more}");
}

// ---------------------------------------------------------------------------------------------------------------------
// ME4: indivisible projects, at least so many

fn me4(at_least: u32) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(&format!(
            r#"
            [[rule]]
            id = "almeno"
            title = "Almeno tanti progetti"
            law = {{ act = "Piano" }}
            strength = "plan"
            measure = {{ projects = true }}
            at_least = {{ count = {at_least} }}
            "#
        ))
        .table("zones", "zone\na\nb\nc")
        .table("funds", "fund\npnrr")
        .table("amounts", "fund,year,euro\npnrr,2022,1500000.00")
        .table(
            "actions",
            "action,kind,unit_cost,priority\nhf-a,project,710000.00,30\nhf-b,project,710000.00,25\nhf-c,project,710000.00,40",
        )
        .table("eligibility", "fund,action\npnrr,hf-a hf-b hf-c")
        .table(
            "projects",
            "project,action,zones,item,nature,euro
            H1,hf-a,a,intero,current,710000.00
            H2,hf-b,b,intero,current,710000.00
            H3,hf-c,c,intero,current,710000.00",
        )
}

#[test]
fn me4_two_whole_projects_fit_and_three_do_not_for_want_of_630_000() {
    let found = solved(&me4(2));
    // Worth per euro here, per project in the example: 710,000 euro of each.
    assert_eq!(found.goal("value") / exact("710000"), exact("70"));
    let paid = ["hf-a", "hf-b", "hf-c"].map(|action| found.paid("", action, "", ""));
    assert_eq!(paid, [euro("710000.00"), euro("0.00"), euro("710000.00")]);
    assert_eq!(found.lost("pnrr"), euro("80000.00"));
    // 80,000 euro are left, and would not buy the third project.
    let reasons: Vec<UnmetReason> = found.proposal.unmet.iter().map(|l| l.reason).collect();
    assert_eq!(reasons, [UnmetReason::Indivisible]);
    let line = &found.proposal.rules[0];
    assert_eq!((line.value, line.unit), (exact("2"), "projects"));

    let found = infeasible(&me4(3));
    assert_eq!(codes(&found), ["fund:pnrr", "almeno"]);
    assert_eq!(found.shortfall, Some(euro("630000.00")));
    assert!(!found.whole, "proved without whole numbers");
    assert_eq!(found.conflict[1].title, "Almeno tanti progetti");
    assert_eq!(found.conflict[1].law, "Piano");
}

// ---------------------------------------------------------------------------------------------------------------------
// ME5: access points

/// 230,000 residents need ceil(4.6) = 5 access points; there is one social worker per 5,000.
fn me5(points: u32, at_least: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(&format!(
            r#"
            [[rule]]
            id = "accesso"
            law = {{ act = "Piano povertà", article = "obiettivo 5b" }}
            strength = "plan"
            for_each = ["zone", "year"]
            where = "5000 * as_in_servizio >= residenti"
            measure = {{ euro = true, action = "accesso" }}
            at_least = {at_least}
            "#
        ))
        .table(
            "zones",
            &format!("zone,residenti,as_in_servizio,punti\na,230000,46,{points}"),
        )
        .table("funds", "fund\nqsfp")
        .table("amounts", "fund,year,zone,euro\nqsfp,2022,a,500000.00")
        .table("actions", "action,priority\naccesso,1\naltro,1.5")
        .table("eligibility", "fund,action\nqsfp,accesso altro")
        .table(
            "needs",
            "action,zone,year,units\naccesso,a,2022,unlimited\naltro,a,2022,unlimited",
        )
}

/// Reading (a), the default: a fifth until the points are there.
const A_FIFTH: &str = r#"{ share_of = "assigned", step = { indicator = "ceil(residenti / 50000) - punti", above = [[0, "1/5"]], else = "0%" } }"#;
/// Reading (b): no more than the points still missing cost.
const A_FIFTH_OR_THE_COST: &str =
    r#"{ euro = "min(500000 / 5, max(0, ceil(residenti / 50000) - punti) * 40000)" }"#;

#[test]
fn me5_a_zone_without_enough_access_points_owes_them_a_fifth() {
    let found = solved(&me5(3, A_FIFTH));
    assert_eq!(found.goal("value"), exact("700000"));
    assert_eq!(found.paid("", "accesso", "", ""), euro("100000.00"));
    assert_eq!(found.paid("", "altro", "", ""), euro("400000.00"));
    // One point short is short; once there are five, nothing is owed.
    assert_eq!(solved(&me5(4, A_FIFTH)).goal("value"), exact("700000"));
    assert_eq!(solved(&me5(5, A_FIFTH)).goal("value"), exact("750000"));
}

#[test]
fn me5_the_other_reading_stops_at_the_cost_of_the_points() {
    let found = solved(&me5(3, A_FIFTH_OR_THE_COST));
    assert_eq!(found.goal("value"), exact("710000"));
    assert_eq!(found.paid("", "accesso", "", ""), euro("80000.00"));
}

// ---------------------------------------------------------------------------------------------------------------------
// ME6: nobody below 95% of last year

fn me6(pool: &str, role: &str, floor: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(&format!(
            r#"
            [[riparto]]
            fund = "fnps"
            role = "{role}"
            weights = [{{ indicator = "quota", weight = "100%" }}]
            {floor}
            "#
        ))
        .table("zones", "zone,quota\na,25\nb,35\nc,40")
        .table("funds", "fund\nfnps")
        .table("amounts", &format!("fund,year,euro\nfnps,2022,{pool}"))
        .table("actions", "action\nsociale")
        .table("eligibility", "fund,action\nfnps,sociale")
        .table("needs", "action,zone,year,units\nsociale,a,2022,unlimited\nsociale,b,2022,unlimited\nsociale,c,2022,unlimited")
        .table(
            "previous",
            "fund,action,zone,year,euro\nfnps,sociale,a,2021,100.00\nfnps,sociale,b,2021,200.00\nfnps,sociale,c,2021,300.00",
        )
}

const STORICO: &str = r#"
    [[rule]]
    id = "storico"
    law = { act = "Delibera di esempio" }
    strength = "plan"
    for_each = ["zone", "year"]
    measure = { euro = true, fund = "fnps" }
    at_least = { share_of = "last_year", share = "95%" }
"#;

#[test]
fn me6_water_filling_fixes_the_floors_and_shares_out_the_rest() {
    let model = me6("580.00", "assign", "floor = { last_year = \"95%\" }").read();
    let shares = ["a", "b", "c"].map(|zone| assigned(&model, "fnps", zone, 2022));
    assert_eq!(shares, [euro("105.00"), euro("190.00"), euro("285.00")]);
    // The total deviation from the formula, 145 / 203 / 232, is the smallest there is: 106.
    let formula = me6("580.00", "assign", "").read();
    let deviation: i64 = ["a", "b", "c"]
        .iter()
        .zip(shares)
        .map(|(zone, share)| (share.cents() - assigned(&formula, "fnps", zone, 2022).cents()).abs())
        .sum();
    assert_eq!(deviation, 10_600);
}

#[test]
fn me6_floors_above_the_pool_are_refused_in_the_formula() {
    let invalid = me6("560.00", "assign", "floor = { last_year = \"95%\" }")
        .try_read()
        .unwrap_err();
    let text = invalid.text(mappafondo::model::Language::English);
    assert!(text.contains("10.00 euro are missing"), "{text}");
}

#[test]
fn me6_as_a_rule_the_floors_hold_and_the_pick_comes_nearest_to_the_formula() {
    let found = solved(&me6("580.00", "baseline", "").toml(STORICO));
    let shares = ["a", "b", "c"].map(|zone| found.paid("fnps", "", zone, ""));
    assert_eq!(shares, [euro("105.00"), euro("190.00"), euro("285.00")]);
    assert!(found.proposal.pick.proved);
}

#[test]
fn me6_as_a_rule_560_are_ten_too_few_and_the_conflict_says_so() {
    let found = infeasible(&me6("560.00", "baseline", "").toml(STORICO));
    assert_eq!(codes(&found), ["fund:fnps", "storico"]);
    assert_eq!(found.shortfall, Some(euro("10.00")));
}

// ---------------------------------------------------------------------------------------------------------------------
// ME7: a deadline and carry-over

/// PNRR 100, only good in the first year and for 70 of its need of 120; QSFP 50 and 50; in the second year a need of 80.
fn me7(carry_over: &str) -> ModelText {
    ModelText::new()
        .years(2022, 2)
        .toml("[[goal]]\nkind = \"value\"\nweights = [{ years = [2023], weight = \"1.1\" }]")
        .table("zones", "zone\na")
        .table(
            "funds",
            &format!("fund,carry_over\npnrr,\nqsfp,{carry_over}"),
        )
        .table(
            "amounts",
            "fund,year,euro\npnrr,2022,100.00\nqsfp,2022,50.00\nqsfp,2023,50.00",
        )
        .table("actions", "action\naltro\nprogetti")
        .table(
            "eligibility",
            "fund,action\npnrr,progetti\nqsfp,altro progetti",
        )
        .table(
            "needs",
            "action,zone,year,units\nprogetti,a,2022,70\naltro,a,2022,50\nprogetti,a,2023,80",
        )
}

#[test]
fn me7_money_that_may_move_on_goes_where_it_is_worth_more() {
    let found = solved(&me7("100%"));
    assert_eq!(found.goal("value"), exact("178"));
    assert_eq!(found.paid("pnrr", "", "", "2022"), euro("70.00"));
    assert_eq!(found.paid("qsfp", "", "", "2022"), euro("20.00"));
    assert_eq!(found.paid("qsfp", "", "", "2023"), euro("80.00"));
    let qsfp = found
        .proposal
        .funds
        .iter()
        .find(|line| line.year == 2022 && line.used == euro("20.00"))
        .unwrap();
    assert_eq!(qsfp.carried_out, euro("30.00"));
    assert_eq!(
        (found.lost("pnrr"), found.lost("qsfp")),
        (euro("30.00"), Euro::ZERO)
    );
}

#[test]
fn me7_without_carry_over_each_year_spends_its_own() {
    let found = solved(&me7("0%"));
    assert_eq!(found.goal("value"), exact("175"));
    assert_eq!(found.paid("qsfp", "", "", "2022"), euro("50.00"));
    assert_eq!(found.paid("qsfp", "", "", "2023"), euro("50.00"));
    assert_eq!(
        (found.lost("pnrr"), found.lost("qsfp")),
        (euro("30.00"), Euro::ZERO)
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// ME8: the base of the 50% rule

fn me8(base: &str, amount: &str, minors: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(&format!(
            r#"
            [[rule]]
            id = "fnps-minori"
            title = "Almeno il 50% ai minori"
            law = {{ act = "Piano sociale nazionale", article = "par. 2.5" }}
            strength = "plan"
            for_each = ["year"]
            measure = {{ euro = true, fund = "fnps", action = "minori" }}
            at_least = {{ share_of = "{base}", share = "50%" }}
            "#
        ))
        .table("zones", "zone\na")
        .table("funds", "fund\nfnps")
        .table("amounts", &format!("fund,year,euro\nfnps,2022,{amount}"))
        .table("actions", "action\nadulti\nminori")
        .table("eligibility", "fund,action\nfnps,adulti minori")
        .table(
            "needs",
            &format!("action,zone,year,units\nadulti,a,2022,200\nminori,a,2022,{minors}"),
        )
}

#[test]
fn me8_half_of_what_is_assigned_is_more_than_minors_need() {
    let found = infeasible(&me8("assigned", "200.00", "60"));
    assert_eq!(codes(&found), ["need:minori", "fnps-minori"]);
    assert_eq!(found.shortfall, Some(euro("40.00")));
    assert_eq!(found.conflict[1].law, "Piano sociale nazionale, par. 2.5");
}

#[test]
fn me8_half_of_what_is_spent_leaves_money_unspent() {
    let found = solved(&me8("allocated", "200.00", "60"));
    assert_eq!(found.goal("value"), exact("120"));
    assert_eq!(found.paid("", "minori", "", ""), euro("60.00"));
    assert_eq!(found.paid("", "adulti", "", ""), euro("60.00"));
    assert_eq!(found.lost("fnps"), euro("80.00"));
    // The fund's price is 0, that of the minors' need 2.
    assert_eq!(
        gain(
            "value",
            &me8("allocated", "200.00", "60"),
            &me8("allocated", "201.00", "60")
        ),
        exact("0")
    );
    assert_eq!(
        gain(
            "value",
            &me8("allocated", "200.00", "60"),
            &me8("allocated", "200.00", "61")
        ),
        exact("2")
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// ME9: no double funding

fn me9(items: &str, funds: &str, amounts: &str, rule: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(rule)
        .table("zones", "zone\na")
        .table("funds", &format!("fund,nature\n{funds}"))
        .table("amounts", &format!("fund,year,euro\n{amounts}"))
        .table("actions", "action\nhousing")
        .table("eligibility", "fund,action\nfse,housing\npnrr,housing")
        .table(
            "projects",
            &format!("project,action,zones,item,nature,euro\n{items}"),
        )
}

#[test]
fn me9_works_and_running_costs_are_paid_by_funds_of_their_nature() {
    let found = solved(&me9(
        "H11,housing,a,gestione,current,30.00\nH11,housing,a,lavori,capital,70.00",
        "fse,current\npnrr,capital",
        "fse,2022,80.00\npnrr,2022,60.00",
        "",
    ));
    assert_eq!(found.paid("pnrr", "", "", ""), euro("60.00"));
    assert_eq!(found.paid("fse", "", "", ""), euro("30.00"));
    assert_eq!(found.goal("value"), exact("90"));
}

#[test]
fn me9_two_funds_never_pay_one_cost_twice() {
    let item = "H11,housing,a,intero,current,100.00";
    let amounts = "fse,2022,80.00\npnrr,2022,80.00";
    let cap = r#"
        [[rule]]
        id = "pnrr-40"
        law = { act = "Circ. MEF-RGS 33/2021" }
        strength = "law"
        measure = { euro = true, fund = "pnrr" }
        at_most = { euro = "40.00" }
    "#;
    let found = solved(&me9(item, "fse,current\npnrr,both", amounts, ""));
    assert_eq!(found.paid("", "", "", ""), euro("100.00"));
    let found = solved(&me9(item, "fse,current\npnrr,both", amounts, cap));
    assert_eq!(found.paid("", "", "", ""), euro("100.00"));
    assert!(found.paid("pnrr", "", "", "") <= euro("40.00"));
}

// ---------------------------------------------------------------------------------------------------------------------
// ME10: essential levels first

fn me10(goals: &str) -> ModelText {
    ModelText::new()
        .toml(goals)
        .table("zones", "zone,prima\na,1\nb,0")
        .table("funds", "fund\nqsfp")
        .table("amounts", "fund,year,euro\nqsfp,2022,100.00")
        .table("actions", "action,leps,priority\naltro-a,no,5\naltro-b,no,1\nleps,yes,1")
        .table("eligibility", "fund,action\nqsfp,altro-a altro-b leps")
        .table("needs", "action,zone,year,units\nleps,a,2022,40\nleps,b,2022,50\naltro-a,a,2022,60\naltro-b,b,2022,30")
}

#[test]
fn me10_essential_levels_are_covered_before_anything_else_counts() {
    let found = solved(&me10(
        "[[goal]]\nkind = \"leps\"\n[[goal]]\nkind = \"value\"\naction = [\"altro-a\", \"altro-b\"]",
    ));
    assert_eq!(found.goal("leps"), exact("90"));
    assert_eq!(found.goal("value"), exact("50"));
    assert_eq!(found.paid("", "altro-a", "", ""), euro("10.00"));
}

#[test]
fn me10_one_weighted_sum_would_sacrifice_them() {
    let found = solved(&me10(VALUE));
    assert_eq!(found.goal("value"), exact("340"));
    assert_eq!(found.paid("", "altro-a", "", ""), euro("60.00"));
    assert!(found.paid("", "leps", "", "") <= euro("40.00"));
}

// ---------------------------------------------------------------------------------------------------------------------
// ME11: a minimum grant

fn me11(least: &str) -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"\nweights = [{ where = \"peso = 3\", weight = \"3\" }, { where = \"peso = 2\", weight = \"2\" }]")
        .table("zones", "zone,peso\na,3\nb,2\nc,1")
        .table("funds", "fund\nfras")
        .table("amounts", "fund,year,euro\nfras,2022,100.00")
        .table("actions", &format!("action,min_active\ncontributo,{least}"))
        .table("eligibility", "fund,action\nfras,contributo")
        .table("needs", "action,zone,year,units\ncontributo,a,2022,30\ncontributo,b,2022,60\ncontributo,c,2022,90")
}

#[test]
fn me11_a_minimum_grant_is_nothing_or_at_least_that() {
    let found = solved(&me11("40.00"));
    assert_eq!(found.goal("value"), exact("160"));
    let paid = ["a", "b", "c"].map(|zone| found.paid("", "", zone, ""));
    assert_eq!(paid, [euro("0.00"), euro("60.00"), euro("40.00")]);
    // Zone a needs less than the minimum: nobody can ever pay it, and `check` says so.
    assert_eq!(found.proposal.unmet[0].reason, UnmetReason::Indivisible);
    assert!(warned(&found.model, "model::below_minimum"));
    // Without the minimum, its relaxation.
    let relaxed = solved(&me11(""));
    assert_eq!(relaxed.goal("value"), exact("220"));
    assert!(relaxed.proposal.whole.is_none());
}

// ---------------------------------------------------------------------------------------------------------------------
// ME12: a band around the mean per head

#[test]
fn me12_a_band_per_head_moves_money_only_as_far_as_it_is_wide() {
    let found = solved(
        &ModelText::new()
            .toml(
                r#"
                [[goal]]
                kind = "value"
                weights = [{ where = "residenti = 10000", weight = "3" }, { where = "residenti = 20000", weight = "2" }]
                [[rule]]
                id = "fascia"
                law = { act = "Piano" }
                strength = "plan"
                for_each = ["zone"]
                measure = { euro = true }
                within = { share = "10%", per = "residenti" }
                "#,
            )
            .table("zones", "zone,residenti\na,10000\nb,20000\nc,30000")
            .table("funds", "fund\nfnps")
            .table("amounts", "fund,year,euro\nfnps,2022,600000.00")
            .table("actions", "action\nsociale")
            .table("eligibility", "fund,action\nfnps,sociale")
            .table("needs", "action,zone,year,units\nsociale,a,2022,unlimited\nsociale,b,2022,unlimited\nsociale,c,2022,unlimited"),
    );
    assert_eq!(found.goal("value"), exact("1040000"));
    let paid = ["a", "b", "c"].map(|zone| found.paid("", "", zone, ""));
    assert_eq!(
        paid,
        [euro("110000.00"), euro("220000.00"), euro("270000.00")]
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// ME13: rounding

fn me13(round_amount: &str) -> Model {
    ModelText::new()
        .toml(VALUE)
        .toml(&format!(
            r#"
            [[riparto]]
            fund = "fnps"
            role = "assign"
            weights = [{{ indicator = "quota", weight = "100%" }}]
            round_amount = "{round_amount}"
            "#
        ))
        .table("zones", "zone,quota\nc,1\na,1\nb,1")
        .table("funds", "fund\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,100.00")
        .table("actions", "action\nsociale")
        .table("eligibility", "fund,action\nfnps,sociale")
        .table("needs", "action,zone,year,units\nsociale,a,2022,unlimited\nsociale,b,2022,unlimited\nsociale,c,2022,unlimited")
        .read()
}

#[test]
fn me13_the_cent_left_over_goes_to_the_first_zone_by_code() {
    let model = me13("cent");
    let shares = ["a", "b", "c"].map(|zone| assigned(&model, "fnps", zone, 2022));
    assert_eq!(shares, [euro("33.34"), euro("33.33"), euro("33.33")]);
}

#[test]
fn me13_naive_rounding_loses_a_cent_and_says_so() {
    let model = me13("naive");
    let shares = ["a", "b", "c"].map(|zone| assigned(&model, "fnps", zone, 2022));
    assert_eq!(shares, [euro("33.33"); 3]);
    assert_eq!(model.money.values().next().unwrap().total, euro("99.99"));
    assert!(warned(&model, "model::naive_rounding"));
}

// ---------------------------------------------------------------------------------------------------------------------
// ME14: the contribution for social workers

#[test]
fn me14_the_contribution_grows_by_band_and_saturates() {
    let expected = [
        ("z15", "0.00"),
        ("z16", "24615.38"),
        ("z20", "184615.38"),
        ("z22", "224615.38"),
        ("z25", "284615.38"),
        ("z30", "284615.38"),
    ];
    let zones: String = expected
        .iter()
        .map(|(zone, _)| format!("\n{zone},100000,{}", &zone[1..]))
        .collect();
    let needs: String = expected
        .iter()
        .map(|(zone, _)| format!("\nas,{zone},2022,unlimited"))
        .collect();
    let model = ModelText::new()
        .toml(VALUE)
        .toml(
            r#"
            [[income]]
            fund = "contributo-as"
            euro = "40000 * max(0, min(as, residenti / 5000) - residenti / 6500) + 20000 * max(0, min(as, residenti / 4000) - residenti / 5000)"
            lag = 0
            law = { act = "L. 178/2020", article = "art. 1 c. 797" }
            "#,
        )
        .table("zones", &format!("zone,residenti,as{zones}"))
        .table("funds", "fund\ncontributo-as\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,1.00")
        .table("actions", "action\nas")
        .table("eligibility", "fund,action\ncontributo-as,as\nfnps,as")
        .table("needs", &format!("action,zone,year,units{needs}"))
        .read();
    for (zone, amount) in expected {
        assert_eq!(
            assigned(&model, "contributo-as", zone, 2022),
            euro(amount),
            "zone {zone}"
        );
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// ME15: two funders

fn me15(fnps: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .table("zones", "zone\na")
        .table("funds", "fund\nfnps\npnrr")
        .table(
            "amounts",
            &format!("fund,year,euro\nfnps,2022,{fnps}\npnrr,2022,100.00"),
        )
        .table("actions", "action\npippi")
        .table("eligibility", "fund,action\nfnps,pippi\npnrr,pippi")
        .table("needs", "action,zone,year,units\npippi,a,2022,100")
        .table(
            "agreements",
            "agreement,parties,actions,min_share\npippi,fnps pnrr,pippi,fnps:20% pnrr:50%",
        )
}

#[test]
fn me15_a_joint_action_is_as_large_as_its_poorer_funder_allows() {
    let found = solved(&me15("15.00"));
    assert_eq!(found.goal("value"), exact("75"));
    assert_eq!(found.paid("fnps", "", "", ""), euro("15.00"));
    assert_eq!(found.paid("pnrr", "", "", ""), euro("60.00"));
    assert_eq!(gain("value", &me15("15.00"), &me15("16.00")), exact("5"));
}

// ---------------------------------------------------------------------------------------------------------------------
// ME16: merged zones; ME17: boundaries

/// Zones whose QSFP is theirs, under the bands of the poverty plan (C2-C5).
fn plan(zones: &str, amounts: &str, needs: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(AS_OF_ASSIGNED)
        .table("zones", zones)
        .table("funds", "fund\nqsfp")
        .table("amounts", amounts)
        .table("actions", "action\naltro\nas")
        .table("eligibility", "fund,action\nqsfp,altro as")
        .table("needs", needs)
}

#[test]
fn me16_merging_two_zones_lowers_their_floor() {
    let found = solved(
        &plan(
            "zone,residenti,as_in_servizio,from,to,replaces\na,60000,4,,2022,\nb,40000,10,,2022,\nab,100000,14,2023,,a b",
            "fund,year,zone,euro\nqsfp,2022,a,600000.00\nqsfp,2022,b,400000.00\nqsfp,2023,ab,1000000.00",
            "action,zone,year,units
            altro,a,2022,unlimited
            as,a,2022,unlimited
            altro,b,2022,unlimited
            as,b,2022,unlimited
            altro,ab,2023,unlimited
            as,ab,2023,unlimited",
        )
        .years(2022, 2),
    );
    assert_eq!(bound(&found, "as", "a", 2022), Some(exact("240000")));
    assert_eq!(bound(&found, "as", "b", 2022), Some(exact("0")));
    assert_eq!(bound(&found, "as", "ab", 2023), Some(exact("200000")));
    assert_eq!(bound(&found, "as", "ab", 2022), None);
}

#[test]
fn me17_one_worker_or_one_resident_flips_the_band() {
    let share = |residents: u32, workers: &str| -> Exact {
        let found = solved(&plan(
            &format!("zone,residenti,as_in_servizio\na,{residents},{workers}"),
            "fund,year,zone,euro\nqsfp,2022,a,1000.00",
            "action,zone,year,units\naltro,a,2022,unlimited\nas,a,2022,unlimited",
        ));
        bound(&found, "as", "a", 2022).unwrap() / exact("1000")
    };
    for (workers, expected) in [
        ("4.99", "60%"),
        ("5", "40%"),
        ("9.99", "40%"),
        ("10", "20%"),
        ("19.99", "20%"),
        ("20", "0"),
    ] {
        assert_eq!(
            share(100_000, workers),
            exact(expected),
            "{workers} workers"
        );
    }
    for (residents, expected) in [(99_999, "40%"), (100_000, "40%"), (100_001, "60%")] {
        assert_eq!(
            share(residents, "5"),
            exact(expected),
            "{residents} residents"
        );
    }
    for (residents, expected) in [(99_999, "0"), (100_000, "0"), (100_001, "20%")] {
        assert_eq!(
            share(residents, "20"),
            exact(expected),
            "{residents} residents, 20 workers"
        );
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// ME18: combined

fn me18(qsfp_a: &str, qsfp_b: &str, fnps: &str) -> ModelText {
    ModelText::new()
        .toml(VALUE)
        .toml(
            r#"
            [[rule]]
            id = "as-a"
            law = { act = "Piano povertà" }
            strength = "plan"
            measure = { euro = true, fund = "qsfp", action = "as", zone = "a" }
            at_least = { euro = "240.00" }
            [[rule]]
            id = "as-b"
            law = { act = "Piano povertà" }
            strength = "plan"
            measure = { euro = true, fund = "qsfp", action = "as", zone = "b" }
            at_least = { euro = "80.00" }
            [[rule]]
            id = "fnps-minori"
            law = { act = "Piano sociale nazionale" }
            strength = "plan"
            for_each = ["year"]
            measure = { euro = true, fund = "fnps", action = "minori" }
            at_least = { share_of = "allocated", share = "50%" }
            "#,
        )
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nfnps\nqsfp")
        .table(
            "amounts",
            &format!(
                "fund,year,zone,euro\nqsfp,2022,a,{qsfp_a}\nqsfp,2022,b,{qsfp_b}\nfnps,2022,,{fnps}"
            ),
        )
        .table("actions", "action,priority\nas,1\nminori,1\ntirocini,2")
        .table(
            "eligibility",
            "fund,action\nqsfp,as tirocini\nfnps,minori tirocini",
        )
        .table(
            "needs",
            "action,zone,year,units
            as,a,2022,unlimited
            as,b,2022,unlimited
            minori,a,2022,unlimited
            minori,b,2022,unlimited
            tirocini,a,2022,400
            tirocini,b,2022,350",
        )
}

#[test]
fn me18_floors_may_be_tight_and_yet_cost_nothing() {
    let base = me18("600.00", "400.00", "300.00");
    let found = solved(&base);
    assert_eq!(found.goal("value"), exact("2050"));
    let rest = found
        .paid("", "as", "", "")
        .checked_add(found.paid("", "minori", "", ""));
    assert_eq!(rest, Some(euro("550.00")));
    assert_eq!(found.paid("", "tirocini", "", ""), euro("750.00"));
    for (a, b, fnps) in [
        ("601.00", "400.00", "300.00"),
        ("600.00", "401.00", "300.00"),
        ("600.00", "400.00", "301.00"),
    ] {
        assert_eq!(gain("value", &base, &me18(a, b, fnps)), exact("1"));
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// ME19: decommitment

/// The example counts claims and solves nothing; as a `[[claim]]` the plan's payments are the claims: 90, 120 and 90 by 2027, 2028,
/// 2029 against 100 a year committed in 2024-2026.
#[test]
fn me19_what_is_not_claimed_in_time_is_lost_once() {
    let found = solved(
        &ModelText::new()
            .years(2027, 3)
            .toml(
                r#"
                [[goal]]
                kind = "at_risk"
                [[claim]]
                fund = "fse"
                commitments = { 2024 = "100.00", 2025 = "100.00", 2026 = "100.00" }
                after = 3
                "#,
            )
            .table("zones", "zone\na")
            .table("funds", "fund\nfse")
            .table("amounts", "fund,year,euro\nfse,2027,90.00\nfse,2028,120.00\nfse,2029,90.00")
            .table("actions", "action\ninclusione")
            .table("eligibility", "fund,action\nfse,inclusione")
            .table(
                "needs",
                "action,zone,year,units\ninclusione,a,2027,unlimited\ninclusione,a,2028,unlimited\ninclusione,a,2029,unlimited",
            ),
    );
    assert_eq!(
        found.values(|key| matches!(key, ColumnKey::Loss { .. })),
        [10_00, 0, 0]
    );
    assert_eq!(found.paid("fse", "", "", ""), euro("300.00"));
    // Kept: what is paid less what is lost.
    assert_eq!(found.goal("at_risk"), exact("290"));
}

// ---------------------------------------------------------------------------------------------------------------------
// ME20: a cap with pro-rata cut

#[test]
fn me20_old_claims_are_paid_in_full_and_new_ones_pro_rata() {
    let model = ModelText::new()
        .toml(VALUE)
        .toml(
            r#"
            [[priority_cut]]
            fund = "contributo-as"
            year = 2022
            cap = "180.00"
            old = "vecchi"
            new = "nuovi"
            "#,
        )
        .table("zones", "zone,vecchi,nuovi\na,60,12\nb,40,108")
        .table("funds", "fund\ncontributo-as\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,1.00")
        .table("actions", "action\nas")
        .table("eligibility", "fund,action\ncontributo-as,as\nfnps,as")
        .table(
            "needs",
            "action,zone,year,units\nas,a,2022,unlimited\nas,b,2022,unlimited",
        )
        .read();
    assert_eq!(assigned(&model, "contributo-as", "a", 2022), euro("68.00"));
    assert_eq!(assigned(&model, "contributo-as", "b", 2022), euro("112.00"));
}

// ---------------------------------------------------------------------------------------------------------------------
// ME21: a spent budget has two prices

fn me21(f1: &str, f2: &str) -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"\nweights = [{ where = \"prima = 1\", weight = \"3\" }, { where = \"prima = 0\", weight = \"2\" }]")
        .table("zones", "zone,prima\nz1,1\nz2,0")
        .table("funds", "fund\nf1\nf2")
        .table("amounts", &format!("fund,year,euro\nf1,2022,{f1}\nf2,2022,{f2}"))
        .table("actions", "action\nsociale")
        .table("eligibility", "fund,action,where\nf1,sociale,\nf2,sociale,prima = 0")
        .table("needs", "action,zone,year,units\nsociale,z1,2022,100\nsociale,z2,2022,100")
}

#[test]
fn me21_one_euro_more_brings_nothing_and_one_less_costs_its_worth() {
    let base = me21("100.00", "100.00");
    assert_eq!(solved(&base).goal("value"), exact("500"));
    assert_eq!(gain("value", &base, &me21("101.00", "100.00")), exact("0"));
    assert_eq!(gain("value", &base, &me21("99.00", "100.00")), exact("-3"));
    assert_eq!(gain("value", &base, &me21("100.00", "101.00")), exact("0"));
    assert_eq!(gain("value", &base, &me21("100.00", "99.00")), exact("-2"));
}
