//! One golden programme per family of rows, and in the family `rule` one per kind of bound: `tests/data/lp/<case>.lp`.
//!
//! Each case says in words what its rows must be, by the formula of the rule; the golden file was read against these words.
//! `MAPPAFONDO_BLESS=1 cargo test --test lp` writes the files anew: read the difference before you keep it.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use common::ModelText;
use mappafondo::lp::{
    Family, LinearProgram, Objective, append_level, build_to_choose, level_units, objectives,
    write::to_lp,
};
use mappafondo::model::{GoalKind, Model};

/// A case: the file without its ending, the family it is for, and its model.
type Case = (&'static str, Family, fn() -> ModelText);

const CASES: [Case; 39] = [
    ("fund", Family::Fund, fund),
    ("carry", Family::Carry, carry),
    ("carry-floor", Family::Carry, carry_floor),
    ("draw", Family::Draw, draw),
    ("need", Family::Need, need),
    ("max_share", Family::MaxShare, max_share),
    ("persistent", Family::Persistent, persistent),
    ("rule-euro", Family::Rule, rule_euro),
    ("rule-units", Family::Rule, rule_units),
    ("rule-assigned", Family::Rule, rule_assigned),
    ("rule-step-above", Family::Rule, rule_step_above),
    ("rule-step-from", Family::Rule, rule_step_from),
    ("rule-below", Family::Rule, rule_below),
    ("rule-allocated", Family::Rule, rule_allocated),
    ("rule-base", Family::Rule, rule_base),
    ("rule-demand", Family::Rule, rule_demand),
    ("rule-last_year", Family::Rule, rule_last_year),
    ("rule-equal", Family::Rule, rule_equal),
    ("rule-soft", Family::Rule, rule_soft),
    ("rule-waived", Family::Rule, rule_waived),
    ("rule-partition", Family::Rule, rule_partition),
    ("band", Family::Band, band),
    ("match-proportion", Family::Match, match_proportion),
    ("match-minimum", Family::Match, match_minimum),
    ("match-agreement", Family::Match, match_agreement),
    ("flat_rate", Family::FlatRate, flat_rate),
    ("claim", Family::Claim, claim),
    ("level", Family::Level, level),
    ("units", Family::Units, units),
    ("project", Family::Project, project),
    ("active", Family::Active, active),
    ("rule-count", Family::Rule, rule_count),
    ("rule-excludes", Family::Rule, rule_excludes),
    ("rule-requires", Family::Rule, rule_requires),
    ("income", Family::Income, income),
    ("goal-floor", Family::Goal, goal_floor),
    ("goal-bands", Family::Goal, goal_bands),
    ("goal-steady", Family::Goal, goal_steady),
    ("goal-open", Family::Goal, goal_open),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/lp")
}

/// The programme with the first goal of the model; of a leximin goal, with its first level.
fn programme(model: &Model) -> (LinearProgram, Objective) {
    let mut program = build_to_choose(model).unwrap();
    let goal = &model.goals[0];
    let objective = if let GoalKind::Leximin { per_year, .. } = goal.kind {
        let units = level_units(model, &program, goal, per_year).unwrap();
        append_level(model, &mut program, 0, 1, &units, &BTreeSet::new()).unwrap()
    } else {
        objectives(model, &program).unwrap().remove(0).unwrap()
    };
    (program, objective)
}

/// Whether the files are to be written anew.
fn blesses() -> bool {
    std::env::var_os("MAPPAFONDO_BLESS").is_some_and(|bless| bless == "1")
}

/// Compares a case with its file, or writes it.
#[track_caller]
fn check(name: &str) {
    let (_, family, text) = CASES.iter().find(|case| case.0 == name).unwrap();
    let (program, objective) = programme(&text().read());
    assert!(
        program.rows.iter().any(|row| row.family == *family),
        "`{name}` has no row of the family {}",
        family.word()
    );
    let found = to_lp(&program, &objective);
    let file = folder().join(format!("{name}.lp"));
    if blesses() {
        fs::write(&file, &found).unwrap();
        return;
    }
    let golden = fs::read_to_string(&file)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        golden == found,
        "{} says\n{golden}\nbut the programme is\n{found}",
        file.display()
    );
}

/// One zone, one fund of 1,000.00 for two actions whose need has no limit: what most rules need to be written.
fn two_actions() -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone,residenti\na,1000")
        .table("funds", "fund\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,1000.00")
        .table("actions", "action,priority\nadulti,1\nminori,2")
        .table("eligibility", "fund,action\nfnps,adulti minori")
        .table(
            "needs",
            "action,zone,year,units\nadulti,a,2022,unlimited\nminori,a,2022,unlimited",
        )
}

// ---------------------------------------------------------------------------------------------------------------------
// Money

/// `fnps` is one pool for both zones, `qsfp` belongs to the zones: three rows, spending <= amount.
fn fund() -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nfnps\nqsfp")
        .table(
            "amounts",
            "fund,year,zone,euro\nfnps,2022,,100.00\nqsfp,2022,a,60.00\nqsfp,2022,b,40.01",
        )
        .table("actions", "action\neducativa")
        .table("eligibility", "fund,action\nfnps,educativa\nqsfp,educativa")
        .table(
            "needs",
            "action,zone,year,units\neducativa,a,2022,unlimited\neducativa,b,2022,unlimited",
        )
}

#[test]
fn a_fund_pays_no_more_than_it_has_in_the_pool_and_in_each_zone() {
    check("fund");
}

/// `lento`: half of each year's money may move on, no deadline. Of 100.01 at most 50.00 leaves 2022 (down to the cent); of 2023 at
/// most 50.00 + 40.00; the row `carry` keeps what 2023 itself adds to 40.00. In 2024 there is no new money.
/// `scade`: all of it may move on, to the next year only. So 60.00 may leave 2022, 70.00 may leave 2023 (what came from 2022 is no
/// longer good), nothing leaves 2024.
fn carry() -> ModelText {
    let needs = [2022, 2023, 2024]
        .map(|year| format!("educativa,a,{year},unlimited"))
        .join("\n");
    ModelText::new()
        .years(2022, 3)
        .toml("[[goal]]\nkind = \"at_risk\"")
        .table("zones", "zone\na")
        .table("funds", "fund,carry_over,last_spend\nlento,50%,\nscade,,+1")
        .table(
            "amounts",
            "fund,year,euro\nlento,2022,100.01\nlento,2023,80.00\nscade,2022,60.00\nscade,2023,70.00",
        )
        .table("actions", "action\neducativa")
        .table("eligibility", "fund,action\nlento,educativa\nscade,educativa")
        .table("needs", &format!("action,zone,year,units\n{needs}"))
}

#[test]
fn money_moves_on_within_its_share_and_its_deadline() {
    check("carry");
}

/// 60.00 of 2022 belong to zone `a` and may move on; 2023 is a pool of 100.00 for both zones. In 2023 what `a` gets may come out
/// of its own money (`draw`, at most what is paid there): the pool pays the rest, and all of `b`.
fn draw() -> ModelText {
    ModelText::new()
        .years(2022, 2)
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na\nb")
        .table("funds", "fund,last_spend\nfnps,+1")
        .table(
            "amounts",
            "fund,year,zone,euro\nfnps,2022,a,60.00\nfnps,2023,,100.00",
        )
        .table("actions", "action\neducativa")
        .table("eligibility", "fund,action\nfnps,educativa")
        .table(
            "needs",
            "action,zone,year,units\neducativa,a,2022,unlimited\neducativa,a,2023,unlimited\neducativa,b,2023,unlimited",
        )
}

#[test]
fn money_of_a_zone_pays_for_that_zone_only_beside_a_pool() {
    check("draw");
}

/// Half of `fnps` to minors, 100.01 in each year: at least 50.01 (up to the cent). Money moves on for one year.
/// What 2022 leaves unmet (`carried_floor`) counts for 2022 and is due in 2023; it is at most half of what moves on:
/// 1 x carry - 2 x carried_floor >= 0. What is left after 2023, with a later deadline, takes its share along too.
fn carry_floor() -> ModelText {
    ModelText::new()
        .years(2022, 2)
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[rule]]
            id = "meta"
            law = { act = "Piano" }
            strength = "plan"
            for_each = ["year"]
            measure = { euro = true, action = "minori" }
            at_least = { share_of = "assigned", share = "50%" }
            "#,
        )
        .table("zones", "zone\na")
        .table("funds", "fund,last_spend\nfnps,+1")
        .table(
            "amounts",
            "fund,year,euro\nfnps,2022,100.01\nfnps,2023,100.01",
        )
        .table("actions", "action\nadulti\nminori")
        .table("eligibility", "fund,action\nfnps,adulti minori")
        .table(
            "needs",
            "action,zone,year,units
            adulti,a,2022,unlimited
            adulti,a,2023,unlimited
            minori,a,2022,unlimited
            minori,a,2023,unlimited",
        )
}

#[test]
fn carried_money_keeps_its_share_of_an_unmet_floor() {
    check("carry-floor");
}

// ---------------------------------------------------------------------------------------------------------------------
// Needs

/// 0.8 workers at 41,237.13 are 32,989.704, that is 32,989.70: both funds together pay no more. The project's two items are two
/// demands: the works (capital) only for `pnrr`, whose column's bound says it, the running (current) for both.
fn need() -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na")
        .table("funds", "fund,nature\nfnps,current\npnrr,both")
        .table(
            "amounts",
            "fund,year,euro\nfnps,2022,50000.00\npnrr,2022,60000.00",
        )
        .table(
            "actions",
            "action,unit_cost\nhousing,1000.00\nsociale,41237.13",
        )
        .table(
            "eligibility",
            "fund,action\nfnps,housing sociale\npnrr,housing sociale",
        )
        .table("needs", "action,zone,year,units\nsociale,a,2022,0.8")
        .table(
            "projects",
            "project,action,zones,item,nature,euro
            H11,housing,a,gestione,current,3000.00
            H11,housing,a,lavori,capital,7000.00",
        )
}

#[test]
fn all_funds_together_never_pay_a_cost_twice() {
    check("need");
}

/// `fse` may pay 40% of a cost of 100.01, that is 40.004: 40.00 down to the cent.
fn max_share() -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na")
        .table("funds", "fund\nfnps\nfse")
        .table(
            "amounts",
            "fund,year,euro\nfnps,2022,500.00\nfse,2022,500.00",
        )
        .table("actions", "action\ntirocini")
        .table(
            "eligibility",
            "fund,action,max_share\nfnps,tirocini,\nfse,tirocini,40%",
        )
        .table("needs", "action,zone,year,units\ntirocini,a,2022,100.01")
}

#[test]
fn a_fund_pays_no_more_than_its_share_of_a_cost() {
    check("max_share");
}

/// 40,000.00 a worker in 2022, 42,000.00 later: x23 / 42 >= x22 / 40, that is 20 x23 - 21 x22 >= 0; then x24 - x23 >= 0.
fn persistent() -> ModelText {
    ModelText::new()
        .years(2022, 3)
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na")
        .table("funds", "fund\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,90000.00\nfnps,2023,90000.00\nfnps,2024,90000.00")
        .table(
            "actions",
            "action,unit_cost_2022,unit_cost_2023,unit_cost_2024,persistent\nassistenti,40000.00,42000.00,42000.00,yes",
        )
        .table("eligibility", "fund,action\nfnps,assistenti")
        .table("needs", "action,zone,year,units\nassistenti,a,2022,2\nassistenti,a,2023,2\nassistenti,a,2024,2")
}

#[test]
fn what_is_hired_stays() {
    check("persistent");
}

// ---------------------------------------------------------------------------------------------------------------------
// Rules, by kind of bound

/// A constant floor on all, and a cap by an expression of the zone: 1,000 / 3 = 333.333.., down to 333.33; a floor by the same
/// expression goes up to 333.34.
fn rule_euro() -> ModelText {
    two_actions().toml(
        r#"
        [[rule]]
        id = "minimo"
        law = { act = "Piano" }
        strength = "law"
        measure = { euro = true, action = "minori" }
        at_least = { euro = "250.50" }

        [[rule]]
        id = "tetto"
        law = { act = "Piano" }
        strength = "plan"
        for_each = ["zone"]
        measure = { euro = true, action = "adulti" }
        at_most = { euro = "residenti / 3" }

        [[rule]]
        id = "pavimento"
        law = { act = "Piano" }
        strength = "plan"
        for_each = ["zone"]
        measure = { euro = true, action = "minori" }
        at_least = { euro = "residenti / 3" }
        "#,
    )
}

#[test]
fn a_cap_in_euro_goes_down_to_the_cent_and_a_floor_up() {
    check("rule-euro");
}

/// Two actions of 3,000.00 and 2,000.00 a unit: x / 3000 + y / 2000 >= 6.5, that is 2 x + 3 y >= 39,000.00.
fn rule_units() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[rule]]
            id = "persone"
            law = { act = "Piano" }
            strength = "plan"
            measure = { units = true, action = ["corsi", "tirocini"] }
            at_least = { units = "6.5" }
            "#,
        )
        .table("zones", "zone\na")
        .table("funds", "fund\nfse")
        .table("amounts", "fund,year,euro\nfse,2022,20000.00")
        .table(
            "actions",
            "action,unit_cost\ncorsi,3000.00\ntirocini,2000.00",
        )
        .table("eligibility", "fund,action\nfse,corsi tirocini")
        .table(
            "needs",
            "action,zone,year,units\ncorsi,a,2022,10\ntirocini,a,2022,10",
        )
}

#[test]
fn units_of_different_cost_get_their_common_multiple() {
    check("rule-units");
}

/// 40% of the 1,000.01 of `fnps` and of its 99.99 of 2023, without what 2022 carries: 400.004 up to 400.01, 39.996 up to 40.00.
/// A cap of 40% on the other action: down, 400.00 and 39.99.
fn rule_assigned() -> ModelText {
    ModelText::new()
        .years(2022, 2)
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[rule]]
            id = "minori-40"
            law = { act = "Piano" }
            strength = "plan"
            for_each = ["year"]
            measure = { euro = true, fund = "fnps", action = "minori" }
            at_least = { share_of = "assigned", share = "40%" }
            [[rule]]
            id = "adulti-40"
            law = { act = "Piano" }
            strength = "plan"
            for_each = ["year"]
            measure = { euro = true, fund = "fnps", action = "adulti" }
            at_most = { share_of = "assigned", share = "2/5" }
            "#,
        )
        .table("zones", "zone\na")
        .table("funds", "fund\nfnps\nqsfp")
        .table(
            "amounts",
            "fund,year,euro\nfnps,2022,1000.01\nfnps,2023,99.99\nqsfp,2022,500.00",
        )
        .table("actions", "action\nadulti\nminori")
        .table(
            "eligibility",
            "fund,action\nfnps,adulti minori\nqsfp,minori",
        )
        .table(
            "needs",
            "action,zone,year,units
            adulti,a,2022,unlimited
            adulti,a,2023,unlimited
            minori,a,2022,unlimited
            minori,a,2023,unlimited",
        )
}

#[test]
fn a_share_of_what_is_assigned_is_a_constant_in_cents() {
    check("rule-assigned");
}

/// Zones of 100,000 residents whose fund is theirs (C2-C5 of the rulebook).
fn bands(step: &str) -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"")
        .toml(&format!(
            r#"
            [[rule]]
            id = "as"
            law = {{ act = "Piano povertà" }}
            strength = "plan"
            for_each = ["zone", "year"]
            measure = {{ euro = true, fund = "qsfp", action = "as" }}
            at_least = {{ share_of = "assigned", step = {{ indicator = "residenti / as_in_servizio", {step} }} }}
            "#
        ))
        .table(
            "zones",
            "zone,residenti,as_in_servizio\nz1,100000,4.99\nz2,100000,5\nz3,100000,10\nz4,100000,20\nz5,100000,20.01",
        )
        .table("funds", "fund\nqsfp")
        .table(
            "amounts",
            "fund,year,zone,euro
            qsfp,2022,z1,100.01
            qsfp,2022,z2,100.01
            qsfp,2022,z3,100.01
            qsfp,2022,z4,100.01
            qsfp,2022,z5,100.01",
        )
        .table("actions", "action\naltro\nas")
        .table("eligibility", "fund,action\nqsfp,altro as")
        .table(
            "needs",
            &["z1", "z2", "z3", "z4", "z5"].iter().fold("action,zone,year,units".to_owned(), |text, zone| {
                format!("{text}\naltro,{zone},2022,unlimited\nas,{zone},2022,unlimited")
            }),
        )
}

/// Strict thresholds: one per 20,040 is above 20,000 (60%: 60.006 up to 60.01); exactly 20,000 is not (40%: 40.01); exactly
/// 10,000: 20% (20.002 up to 20.01); exactly 5,000: 0%; below: 0%.
fn rule_step_above() -> ModelText {
    bands(r#"above = [[20000, "60%"], [10000, "40%"], [5000, "20%"]], else = "0%""#)
}

#[test]
fn a_threshold_above_is_strict() {
    check("rule-step-above");
}

/// Reached thresholds: exactly 20,000 is in the band (60%), exactly 10,000: 40%, exactly 5,000: 20%; below: 0%.
fn rule_step_from() -> ModelText {
    bands(r#"from = [[20000, "60%"], [10000, "40%"], [5000, "20%"]], else = "0%""#)
}

#[test]
fn a_threshold_from_is_reached() {
    check("rule-step-from");
}

/// Strictly below 2% of what each zone has: of 1,000.00, 20.00 less a cent, 19.99; of 1,000.10, 20.002, 20.00. The pool's part
/// of a zone is that of the formula: 1,000.00 : 1,000.10.
fn rule_below() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[riparto]]
            fund = "qsfp"
            role = "baseline"
            weights = [{ indicator = "quota", weight = "100%" }]
            [[rule]]
            id = "sistemi"
            law = { act = "DI 30/12/2021", article = "art. 4 c. 1" }
            strength = "law"
            for_each = ["zone", "year"]
            measure = { euro = true, fund = "qsfp", action = "sistemi" }
            below = { share_of = "assigned", share = "2%" }
            "#,
        )
        .table("zones", "zone,quota\na,1000.00\nb,1000.10")
        .table("funds", "fund\nqsfp")
        .table("amounts", "fund,year,euro\nqsfp,2022,2000.10")
        .table("actions", "action\nsistemi")
        .table("eligibility", "fund,action\nqsfp,sistemi")
        .table(
            "needs",
            "action,zone,year,units\nsistemi,a,2022,unlimited\nsistemi,b,2022,unlimited",
        )
}

#[test]
fn strictly_below_is_the_largest_whole_cent_below() {
    check("rule-below");
}

/// At least 40% of what is allocated: x >= 0.4 (x + y), that is 3 x - 2 y >= 0 (ME1). And at most a third of what `adulti` get:
/// 3 x - y <= 0.
fn rule_allocated() -> ModelText {
    two_actions().toml(
        r#"
        [[rule]]
        id = "minori-40"
        law = { act = "Piano" }
        strength = "plan"
        for_each = ["year"]
        measure = { euro = true, action = "minori" }
        at_least = { share_of = "allocated", share = "40%" }
        [[rule]]
        id = "un-terzo"
        law = { act = "Piano" }
        strength = "plan"
        measure = { euro = true, action = "minori" }
        at_most = { share_of = "allocated", share = "1/3", action = "adulti" }
        "#,
    )
}

#[test]
fn a_share_of_what_is_allocated_is_written_in_whole_numbers() {
    check("rule-allocated");
}

/// Shares whose bound names what they are of. 40% of all zones' money in the South (ME22): s >= 0.4 (n + s) is 3 s - 2 n >= 0. In each
/// zone at least a tenth of what `stato` gives all of them: 10 x - (n + s of stato) >= 0. Of what `stato` was assigned, 1,000.00, at
/// most a fifth from `regione`: 200.00. Of all needs, 700.00, at least a seventh in the South: 100.00.
fn rule_base() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[rule]]
            id = "mezzogiorno"
            law = { act = "DL 77/2021", article = "art. 2 c. 6-bis" }
            strength = "law"
            measure = { euro = true, zone = "sud" }
            at_least = { share_of = "allocated", share = "40%", zone = "all" }
            [[rule]]
            id = "un-decimo"
            law = { act = "Piano" }
            strength = "plan"
            for_each = ["zone"]
            measure = { euro = true }
            at_least = { share_of = "allocated", share = "10%", fund = "stato", zone = ["nord", "sud"] }
            [[rule]]
            id = "un-quinto"
            law = { act = "Piano" }
            strength = "plan"
            measure = { euro = true, fund = "regione" }
            at_most = { share_of = "assigned", share = "20%", fund = "stato" }
            [[rule]]
            id = "un-settimo"
            law = { act = "Piano" }
            strength = "plan"
            measure = { euro = true, zone = "sud" }
            at_least = { share_of = "demand", share = "1/7", zone = "all" }
            "#,
        )
        .table("zones", "zone\nnord\nsud")
        .table("funds", "fund\nregione\nstato")
        .table(
            "amounts",
            "fund,year,euro\nregione,2022,500.00\nstato,2022,1000.00",
        )
        .table("actions", "action\nhousing")
        .table("eligibility", "fund,action\nregione,housing\nstato,housing")
        .table(
            "needs",
            "action,zone,year,units\nhousing,nord,2022,400\nhousing,sud,2022,300",
        )
}

#[test]
fn a_share_is_of_what_its_bound_names() {
    check("rule-base");
}

/// 20% of the need in each zone: of 100.01, 20.002 up to 20.01; of 300.00, 60.00.
fn rule_demand() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[rule]]
            id = "un-quinto"
            law = { act = "Piano" }
            strength = "plan"
            for_each = ["zone"]
            measure = { euro = true, action = "tirocini" }
            at_least = { share_of = "demand", share = "20%" }
            "#,
        )
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,200.00")
        .table("actions", "action\nmensa\ntirocini")
        .table("eligibility", "fund,action\nfnps,mensa tirocini")
        .table(
            "needs",
            "action,zone,year,units\nmensa,a,2022,50\ntirocini,a,2022,100.01\ntirocini,b,2022,300",
        )
}

#[test]
fn a_share_of_a_need_is_a_constant_in_cents() {
    check("rule-demand");
}

/// 95% of last year in each zone. 2022 looks at `previous`: 0.95 x (70.01 + 30.00) = 95.0095, up to 95.01, in zone a; nothing in
/// zone b. 2023 looks at what the plan gives in 2022: 20 x(2023) - 19 x(2022) >= 0, over all funds and actions.
fn rule_last_year() -> ModelText {
    ModelText::new()
        .years(2022, 2)
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[rule]]
            id = "storico"
            law = { act = "Piano" }
            strength = "plan"
            for_each = ["zone", "year"]
            measure = { euro = true }
            at_least = { share_of = "last_year", share = "95%" }
            "#,
        )
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,300.00\nfnps,2023,300.00")
        .table("actions", "action\nadulti\nminori")
        .table("eligibility", "fund,action\nfnps,adulti minori")
        .table(
            "needs",
            "action,zone,year,units
            adulti,a,2022,unlimited
            minori,a,2022,unlimited
            minori,a,2023,unlimited
            minori,b,2022,unlimited
            minori,b,2023,unlimited",
        )
        .table(
            "previous",
            "fund,action,zone,year,euro\nfnps,adulti,a,2021,30.00\nfnps,minori,a,2021,70.01\nfnps,minori,a,2020,999.00",
        )
}

#[test]
fn last_year_is_the_table_first_and_then_the_plan_itself() {
    check("rule-last_year");
}

/// Equal to a number of cents: one row, one bound. Equal to 333.333.. euro: whole cents on both sides, 333.33 to 333.34. Equal to
/// a share of what is allocated: 3 x - 2 y = 0, with the play of less than a cent kept in the sheet.
fn rule_equal() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[rule]]
            id = "tondo"
            law = { act = "Piano" }
            strength = "plan"
            measure = { euro = true, fund = "fnps" }
            equal = { euro = "500.00" }
            [[rule]]
            id = "terzo"
            law = { act = "Piano" }
            strength = "plan"
            for_each = ["zone"]
            measure = { euro = true, fund = "fras" }
            equal = { euro = "residenti / 3" }
            [[rule]]
            id = "quota"
            law = { act = "Piano" }
            strength = "plan"
            measure = { euro = true, action = "minori" }
            equal = { share_of = "allocated", share = "40%" }
            "#,
        )
        .table("zones", "zone,residenti\na,1000")
        .table("funds", "fund\nfnps\nfras")
        .table(
            "amounts",
            "fund,year,euro\nfnps,2022,1000.00\nfras,2022,1000.00",
        )
        .table("actions", "action\nadulti\nminori")
        .table(
            "eligibility",
            "fund,action\nfnps,adulti minori\nfras,adulti",
        )
        .table(
            "needs",
            "action,zone,year,units\nadulti,a,2022,unlimited\nminori,a,2022,unlimited",
        )
}

#[test]
fn equal_is_one_row_with_both_bounds() {
    check("rule-equal");
}

/// Six units at 3,000.00: x + shortfall >= 18,000.00, the shortfall costs 10^18 / 1,800,000 a cent, that is 1 for all of it.
/// A soft cap of 400.00: y - shortfall <= 400.00, 10^18 / 40,000 a cent. A soft share of what is allocated, 5 z >= 2 (x + y + z), that
/// is 3 z - 2 x - 2 y + shortfall >= 0: its bound is at most 2 x (30,000 + 900 + 700) = 63,200, 10^18 / 6,320,000 a cent. A wish is no
/// target: it costs nothing here.
fn rule_soft() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "targets"
            [[rule]]
            id = "sei"
            law = { act = "Piano" }
            strength = "target"
            measure = { units = true, action = "tirocini" }
            at_least = { units = "6" }
            [[rule]]
            id = "tetto"
            law = { act = "Piano" }
            strength = "target"
            measure = { euro = true, action = "mensa" }
            at_most = { euro = "400.00" }
            [[rule]]
            id = "quota"
            law = { act = "Piano" }
            strength = "target"
            measure = { euro = true, action = "educativa" }
            at_least = { share_of = "allocated", share = "40%" }
            [[rule]]
            id = "sogno"
            law = { act = "Piano" }
            strength = "wish"
            measure = { units = true, action = "tirocini" }
            at_least = { units = "8" }
            "#,
        )
        .table("zones", "zone\na")
        .table("funds", "fund\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,31000.00")
        .table(
            "actions",
            "action,unit_cost\neducativa,1.00\nmensa,1.00\ntirocini,3000.00",
        )
        .table("eligibility", "fund,action\nfnps,educativa mensa tirocini")
        .table(
            "needs",
            "action,zone,year,units\neducativa,a,2022,700\nmensa,a,2022,900\ntirocini,a,2022,10",
        )
}

#[test]
fn a_soft_rule_has_a_shortfall_that_costs_its_part_of_the_bound() {
    check("rule-soft");
}

/// The floor is for each zone and waived in b: one row, for a.
fn rule_waived() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[rule]]
            id = "accesso"
            law = { act = "Piano" }
            strength = "plan"
            for_each = ["zone"]
            measure = { euro = true }
            at_least = { euro = "10.00" }
            waived = { motive = "Altri punti di accesso", zones = ["b"] }
            "#,
        )
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nfnps")
        .table("amounts", "fund,year,euro\nfnps,2022,100.00")
        .table("actions", "action\naccesso")
        .table("eligibility", "fund,action\nfnps,accesso")
        .table(
            "needs",
            "action,zone,year,units\naccesso,a,2022,unlimited\naccesso,b,2022,unlimited",
        )
}

#[test]
fn a_waived_instance_has_no_row() {
    check("rule-waived");
}

/// 2022: 50%, 30%, 20% of 100.01 are 50.005, 30.003, 20.002. Each up to the cent they ask for 100.03: the two that rose most give
/// way a cent, 50.01 + 30.00 + 20.00. 2023: of 1,000.00 nothing is rounded.
/// `sola` and `altra` are 30% and 20% of another 100.01, no partition of it: 30.01 and 20.01, both up.
fn rule_partition() -> ModelText {
    let rule = |id: &str, fund: &str, action: &str, share: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nlaw = {{ act = \"Piano\" }}\nstrength = \"plan\"\nfor_each = [\"year\"]\n\
             measure = {{ euro = true, fund = \"{fund}\", action = \"{action}\" }}\n\
             at_least = {{ share_of = \"assigned\", share = \"{share}\" }}"
        )
    };
    ModelText::new()
        .years(2022, 2)
        .toml("[[goal]]\nkind = \"value\"")
        .toml(&rule("meta", "fnps", "minori", "50%"))
        .toml(&rule("tre-decimi", "fnps", "adulti", "30%"))
        .toml(&rule("un-quinto", "fnps", "anziani", "20%"))
        .toml(&rule("sola", "qsfp", "adulti", "30%"))
        .toml(&rule("altra", "qsfp", "anziani", "20%"))
        .table("zones", "zone\na")
        .table("funds", "fund\nfnps\nqsfp")
        .table("amounts", "fund,year,euro\nfnps,2022,100.01\nfnps,2023,1000.00\nqsfp,2022,100.01\nqsfp,2023,100.01")
        .table("actions", "action\nadulti\nanziani\nminori")
        .table("eligibility", "fund,action\nfnps,adulti anziani minori\nqsfp,adulti anziani minori")
        .table(
            "needs",
            "action,zone,year,units
            adulti,a,2022,unlimited
            adulti,a,2023,unlimited
            anziani,a,2022,unlimited
            anziani,a,2023,unlimited
            minori,a,2022,unlimited
            minori,a,2023,unlimited",
        )
}

#[test]
fn floors_that_share_out_one_total_give_way_a_cent_and_others_do_not() {
    check("rule-partition");
}

/// ME12: 10, 20 and 30 thousand heads, so the parts of the mean are 1/6, 1/3, 1/2 of the total; 10% around it:
/// 0.9/6 = 3/20 and 1.1/6 = 11/60; 3/10 and 11/30; 9/20 and 11/20.
fn band() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "value"
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
        .table("needs", "action,zone,year,units\nsociale,a,2022,unlimited\nsociale,b,2022,unlimited\nsociale,c,2022,unlimited")
}

#[test]
fn a_band_holds_each_zone_near_its_part_of_the_total() {
    check("band");
}

// ---------------------------------------------------------------------------------------------------------------------
// Funders

/// Three funders of one action in two zones.
fn fse() -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na\nb")
        .table(
            "funds",
            "fund,level\nfse-regione,region\nfse-stato,state\nfse-ue,eu",
        )
        .table(
            "amounts",
            "fund,year,euro\nfse-ue,2022,400.00\nfse-stato,2022,300.00\nfse-regione,2022,180.00",
        )
        .table("actions", "action\ninclusione")
        .table(
            "eligibility",
            "fund,action\nfse-ue,inclusione\nfse-stato,inclusione\nfse-regione,inclusione",
        )
        .table(
            "needs",
            "action,zone,year,units\ninclusione,a,2022,unlimited\ninclusione,b,2022,unlimited",
        )
}

/// ME3: each part is its share of what all three pay over both zones: 5 ue - 2 total = 0, 50 stato - 21 total = 0,
/// 50 regione - 9 total = 0.
fn match_proportion() -> ModelText {
    fse().toml(
        r#"
        [[match]]
        id = "quote"
        law = { act = "Decisione C(2022) 6089" }
        strength = "law"
        shares = { "fse-ue" = "40%", "fse-stato" = "42%", "fse-regione" = "18%" }
        per = "priority"
        "#,
    )
}

#[test]
fn a_proportion_holds_over_the_priority() {
    check("match-proportion");
}

/// The region pays at least 20% of what State and region pay together, in each zone: 4 regione - stato >= 0. The Union is not
/// among them.
fn match_minimum() -> ModelText {
    fse().toml(
        r#"
        [[match]]
        id = "un-quinto"
        law = { act = "Corte dei conti, del. 95/2024/G" }
        strength = "law"
        minimum = { "fse-regione" = "20%" }
        among = ["fse-stato", "fse-regione"]
        per = "operation"
        "#,
    )
}

#[test]
fn a_minimum_share_is_of_what_its_funders_pay_together() {
    check("match-minimum");
}

/// ME15 as an agreement, in zone a only: 4 fnps - pnrr >= 0 and pnrr - fnps >= 0.
fn match_agreement() -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nfnps\npnrr")
        .table("amounts", "fund,year,euro\nfnps,2022,15.00\npnrr,2022,100.00")
        .table("actions", "action\npippi")
        .table("eligibility", "fund,action\nfnps,pippi\npnrr,pippi")
        .table("needs", "action,zone,year,units\npippi,a,2022,100\npippi,b,2022,100")
        .table("agreements", "agreement,parties,actions,zones,min_share\npippi-a,fnps pnrr,pippi,a,fnps:20% pnrr:50%")
}

#[test]
fn an_agreement_holds_in_each_of_its_zones() {
    check("match-agreement");
}

/// Indirect costs at 15% of staff, in each zone: 20 indiretti - 3 personale = 0; their need follows, 15.03 and 6.00.
fn flat_rate() -> ModelText {
    ModelText::new()
        .toml(
            r#"
            [[goal]]
            kind = "value"
            [[flat_rate]]
            action = "indiretti"
            on = "personale"
            rate = "15%"
            law = { act = "Reg. (UE) 2021/1060", article = "art. 54" }
            "#,
        )
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nfse")
        .table("amounts", "fund,year,euro\nfse,2022,150.00")
        .table("actions", "action\nindiretti\npersonale")
        .table("eligibility", "fund,action\nfse,indiretti personale")
        .table(
            "needs",
            "action,zone,year,units\npersonale,a,2022,100.20\npersonale,b,2022,40",
        )
}

#[test]
fn a_flat_rate_cost_follows_what_is_paid_for_the_other() {
    check("flat_rate");
}

/// ME19: commitments of 100 in 2024, 2025, 2026, due three years later. By 2027: x27 + loss27 >= 100; by 2028: x27 + x28 + loss27 +
/// loss28 >= 200; by 2029: 300.
fn claim() -> ModelText {
    ModelText::new()
        .years(2026, 4)
        .toml(
            r#"
            [[goal]]
            kind = "at_risk"
            [[claim]]
            fund = "fse"
            commitments = { 2024 = "100.00", 2025 = "100.00", 2026 = "100.00" }
            after = 3
            prefinancing = "0.00"
            claimed = "0.00"
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
        )
}

#[test]
fn by_each_deadline_what_is_paid_and_lost_covers_what_was_committed() {
    check("claim");
}

/// ME2: needs 90 and 110; the level is a column of euro with 110 as reference. Zone a: covered / 90 >= level / 110, that is
/// 11 covered - 9 level >= 0; zone b: covered - level >= 0.
fn level() -> ModelText {
    level_with("kind = \"leximin\"")
}

fn level_with(goal: &str) -> ModelText {
    ModelText::new()
        .toml(&format!("[[goal]]\n{goal}"))
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
fn a_level_is_a_column_that_every_zone_reaches() {
    check("level");
}

/// Needs 90 and 110, a floor of 2/3: 60.00 and 73.34 (110 x 2/3 = 73.33.., up to the cent) of what is paid and missing.
fn goal_floor() -> ModelText {
    level_with("kind = \"floor\"\ncoverage = \"2/3\"")
}

#[test]
fn a_floor_counts_what_is_missing_in_each_zone() {
    check("goal-floor");
}

/// A need of 100.01 in bands of 50% and 80%: 50.00 and 30.00 wide (down to the cent). A euro is worth 0.2 beyond them, 0.8 more in the
/// first and 0.3 more in the second: 2, 8 and 3 tenths. What has no limit is worth as much as the first euro: 10.
fn goal_bands() -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"\nbands = [{ up_to = \"50%\", weight = 1 }, { up_to = \"80%\", weight = \"0.5\" }, { weight = \"0.2\" }]")
        .table("zones", "zone\na")
        .table("funds", "fund\nf\ng")
        .table("amounts", "fund,year,euro\nf,2022,60.00\ng,2022,40.00")
        .table("actions", "action\nx\ny")
        .table("eligibility", "fund,action\nf,x\ng,x y")
        .table(
            "needs",
            "action,zone,year,units\nx,a,2022,100.01\ny,a,2022,unlimited",
        )
}

#[test]
fn what_a_euro_is_worth_falls_from_band_to_band() {
    check("goal-bands");
}

fn two_years(goal: &str) -> ModelText {
    ModelText::new()
        .years(2022, 2)
        .toml(&format!("[[goal]]\nkind = \"{goal}\"\naction = \"x\""))
        .table("zones", "zone\na")
        .table("funds", "fund,carry_over\nf,0")
        .table("amounts", "fund,year,euro\nf,2022,60.00\nf,2023,40.00")
        .table(
            "actions",
            "action,unit_cost_2022,unit_cost_2023,unit_cost\nx,10.00,15.00,",
        )
        .table("eligibility", "fund,action\nf,x")
        .table("needs", "action,zone,year,units\nx,a,2022,5\nx,a,2023,5")
        .table("previous", "fund,action,zone,year,euro\nf,x,a,2021,30.00")
}

/// 30.00 in 2021: change >= paid - 30 and >= 30 - paid, then change >= 2023 - 2022 and the other way round.
fn goal_steady() -> ModelText {
    two_years("steady")
}

#[test]
fn what_changes_is_the_difference_either_way() {
    check("goal-steady");
}

/// A unit costs 10.00, then 15.00: paid / 15 + change / 15 >= paid before / 10, that is 2 paid + 2 change - 3 paid before >= 0.
fn goal_open() -> ModelText {
    two_years("open")
}

#[test]
fn what_closes_is_counted_at_the_cost_of_the_later_year() {
    check("goal-open");
}

// ---------------------------------------------------------------------------------------------------------------------
// What comes whole

/// Two funds, one action with a kind and a need, and rules.
fn whole(kind: &str, least: &str, rules: &str) -> ModelText {
    ModelText::new()
        .toml("[[goal]]\nkind = \"value\"")
        .toml(rules)
        .table("zones", "zone\na\nb")
        .table("funds", "fund\nf\ng")
        .table("amounts", "fund,year,euro\nf,2022,500.00\ng,2022,100.00")
        .table(
            "actions",
            &format!(
                "action,kind,unit_cost,min_active\nas,{kind},40.00,{least}\ncs,divisible,1.00,30.00"
            ),
        )
        .table("eligibility", "fund,action\nf,as cs\ng,as")
        .table(
            "needs",
            "action,zone,year,units\nas,a,2022,2.5\nas,b,2022,4\ncs,a,2022,70",
        )
}

/// Both funds together pay 40 euro a unit; of 2.5 units two at most are whole.
fn units() -> ModelText {
    whole("units", "", "")
}

#[test]
fn all_funds_together_pay_whole_units() {
    check("units");
}

/// Each need is a project of its own: 100.00 and 160.00, or nothing.
fn project() -> ModelText {
    whole("project", "", "").table(
        "projects",
        "project,action,zones,item,nature,euro\nP1,as,a b,lavori,current,90.00\nP1,as,b,arredi,current,5.00",
    )
}

#[test]
fn a_project_is_one_yes_or_no_over_all_its_items_and_zones() {
    check("project");
}

/// Nothing, or 50.00 at least; at most what is needed: 100.00, 160.00, 70.00 (from 30.00).
fn active() -> ModelText {
    whole("divisible", "50.00", "")
}

#[test]
fn what_is_paid_is_nothing_or_at_least_the_minimum() {
    check("active");
}

fn of_active(body: &str) -> ModelText {
    whole(
        "units",
        "",
        &format!("[[rule]]\nid = \"conta\"\nlaw = {{ act = \"Piano\" }}\n{body}"),
    )
}

/// Each active zone weighs 10^8 (a million in the file), and so does a zone that is missing to the target of two.
fn rule_count() -> ModelText {
    of_active(
        "strength = \"target\"\nmeasure = { active_zones = true, action = \"as\" }\nat_least = { count = 2 }",
    )
}

#[test]
fn a_count_weighs_each_zone_like_the_shortfall_of_one() {
    check("rule-count");
}

/// In zone a `as + cs <= 1`; in zone b only `as` can be paid: `as <= 1`.
fn rule_excludes() -> ModelText {
    of_active(
        "strength = \"law\"\nfor_each = [\"zone\"]\nmeasure = { active_zones = true, action = \"as\" }\nexcludes = { action = \"cs\" }",
    )
}

#[test]
fn what_excludes_adds_up_to_one_at_most() {
    check("rule-excludes");
}

/// In zone a `cs >= as`; in zone b nothing can be paid for `cs`: `0 >= as`.
fn rule_requires() -> ModelText {
    of_active(
        "strength = \"law\"\nfor_each = [\"zone\"]\nmeasure = { active_zones = true, action = \"as\" }\nrequires = { action = \"cs\" }",
    )
}

#[test]
fn what_requires_is_never_more_than_what_it_requires() {
    check("rule-requires");
}

/// Zone a has one worker, thresholds at 2, 4 and 5: with at most two more it is at 3 and earns 100.00. So the fund has 100.00 less
/// what is not earned; earned <= 100.00 x (anything earned), and with n units earned <= 100 n - 100 and
/// <= 50 n + 50 (the first plus 100 where nothing is earned). Zone b, four more units: from 1 to 5, 250.00.
fn income() -> ModelText {
    whole(
        "units",
        "",
        r#"
        [[income]]
        fund = "premio"
        units_of = "as"
        already = "1"
        bands = [{ from = "2", to = "4", euro = "100.00" }, { from = "4", to = "5", euro = "50.00" }]
        "#,
    )
    .table("funds", "fund\nf\ng\npremio")
    .table("eligibility", "fund,action\nf,as\npremio,cs")
}

#[test]
fn what_units_earn_is_nothing_below_the_first_threshold_and_less_and_less_above() {
    check("income");
}

// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn every_family_has_a_golden_file_and_every_file_a_case() {
    let files: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".lp").map(str::to_owned))
        .collect();
    let cases: BTreeSet<String> = CASES.iter().map(|case| case.0.to_owned()).collect();
    // While files are written, the other tests may not be done.
    assert!(
        blesses() || files == cases,
        "files and cases differ: {:?}",
        files.symmetric_difference(&cases)
    );
    for family in Family::ALL {
        let word = family.word();
        let of_family = |case: &&Case| {
            case.1 == family && (case.0 == word || case.0.starts_with(&format!("{word}-")))
        };
        assert!(
            CASES.iter().any(|case| of_family(&case)),
            "the family `{word}` has no golden file"
        );
    }
}
