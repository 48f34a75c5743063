//! Each evaluator on small models and ledgers, worked out by hand.

use std::collections::BTreeMap;

use crate::input::read_model_from;
use crate::model::{Language, Model};
use crate::sheet::{DOSSIER_FORMAT, Sheet};
use crate::verify::codes::Codes;
use crate::verify::ledger;
use crate::verify::report::{Report, Tally, said};

use super::plan::Plan;
use super::{check_plan, exact};

/// Years 2022 to 2024, zones a and b, actions x and y at one euro a unit.
struct Case {
    toml: String,
    tables: BTreeMap<&'static str, String>,
}

impl Case {
    fn new() -> Self {
        let tables = [
            ("zones", "zone,name,heads\na,A,100\nb,B,300\n"),
            (
                "funds",
                "fund,name,level,nature,carry_over,last_spend\nf,F,state,current,,\n",
            ),
            (
                "amounts",
                "fund,year,zone,euro,act,confidence,source\nf,2022,,100.00,d,official,s\n",
            ),
            (
                "actions",
                "action,name,area,leps,kind,unit,unit_cost,priority,persistent\n\
                 x,X,Area,yes,divisible,euro,1.00,1,no\ny,Y,Area,no,divisible,euro,1.00,1,no\n",
            ),
            ("eligibility", "fund,action,max_share\nf,x,\nf,y,\n"),
            (
                "needs",
                "action,zone,year,units\nx,a,2022,90\nx,b,2022,unlimited\ny,a,2022,50\ny,b,2022,50\n\
                 x,a,2023,90\nx,a,2024,90\n",
            ),
        ];
        Self {
            toml: "[model]\nformat = 1\ntitle = \"T\"\nlanguage = \"it\"\n[plan]\nstart = 2022-01-01\nmonths = 36\n"
                .to_owned(),
            tables: tables.into_iter().map(|(name, text)| (name, text.to_owned())).collect(),
        }
    }

    fn toml(mut self, text: &str) -> Self {
        self.toml.push_str(text);
        self.toml.push('\n');
        self
    }

    /// A rule with a law and a strength of `plan`.
    fn rule(self, id: &str, text: &str) -> Self {
        let head = format!(
            "[[rule]]\nid = \"{id}\"\ntitle = \"R\"\nlaw = {{ act = \"L\" }}\nstrength = \"plan\"\n"
        );
        self.toml(&format!("{head}{text}"))
    }

    fn table(mut self, name: &'static str, text: &str) -> Self {
        self.tables.insert(name, text.to_owned());
        self
    }

    fn model(&self) -> Model {
        let mut files = BTreeMap::new();
        files.insert("model.toml".to_owned(), self.toml.clone().into_bytes());
        for (name, text) in &self.tables {
            files.insert(format!("{name}.csv"), text.clone().into_bytes());
        }
        read_model_from(&files)
            .unwrap_or_else(|invalid| panic!("{}", invalid.text(Language::English)))
    }

    /// Checks that fail for a ledger given as `fund,action,zone,year,euro` lines; goals are left aside.
    fn failing(&self, lines: &[&str]) -> Vec<String> {
        let report = self.report(lines);
        let failed = report
            .findings
            .iter()
            .filter(|f| f.failure && f.check != "goal_meaning");
        failed
            .map(|f| format!("{}: {} ({})", f.check, f.place, f.by))
            .collect()
    }

    fn report(&self, lines: &[&str]) -> Report {
        let model = self.model();
        let codes = Codes::new(&model);
        let mut tally = Tally::new("ledger", said!("", ""));
        let text = format!("fund,action,zone,year,euro\n{}\n", lines.join("\n"));
        let ledger = ledger::read("ledger.csv", text.as_bytes(), &codes, &mut tally);
        assert!(tally.passes(), "{tally:?}");
        let sheet = Sheet {
            format: DOSSIER_FORMAT,
            columns: Vec::new(),
            rows: Vec::new(),
            goals: Vec::new(),
        };
        let plan = Plan::new(&model, &codes, &ledger, &sheet, &[], &[], &[]);
        let mut report = Report::default();
        check_plan(&plan, &[], &mut report);
        report
    }

    fn check(&self, lines: &[&str], expected: &[&str]) {
        assert_eq!(self.failing(lines), expected, "{lines:?}");
    }
}

const SHARE_OF_ASSIGNED: &str = "measure = { euro = true, fund = \"f\", action = \"x\" }\n\
    at_least = { share_of = \"assigned\", share = \"40%\" }";

#[test]
fn a_fund_spends_what_it_has_when_it_may() {
    let case = Case::new();
    case.check(&["f,x,b,2022,100.00"], &[]);
    case.check(&["f,x,b,2022,100.01"], &["funds: f, 2022 (0.01 euro)"]);
    case.check(
        &["f,x,a,2022,50.00", "f,x,a,2023,0.01"],
        &["funds: f, 2023 (0.01 euro)"],
    );
}

#[test]
fn money_is_carried_up_to_its_share_and_its_deadline() {
    let funds = |carry: &str, last: &str| {
        let line = format!(
            "fund,name,level,nature,carry_over,last_spend\nf,F,state,current,{carry},{last}\n"
        );
        Case::new().table("funds", &line)
    };
    funds("30%", "").check(&["f,x,a,2023,10.00", "f,x,a,2024,20.00"], &[]);
    funds("30%", "").check(&["f,x,a,2024,30.01"], &["funds: f, 2024 (0.01 euro)"]);
    funds("30%", "+1").check(&["f,x,a,2023,30.00"], &[]);
    funds("30%", "+1").check(&["f,x,a,2024,0.01"], &["funds: f, 2024 (0.01 euro)"]);
    funds("", "2023-06-30").check(&["f,x,a,2023,90.00"], &[]);
    funds("", "2023-06-30").check(&["f,x,a,2024,0.01"], &["funds: f, 2024 (0.01 euro)"]);
    // Of the amount of 2023 only its own 30 % may move on, however little is left of that of 2022.
    let two = "fund,year,zone,euro,act,confidence,source\nf,2022,,100.00,d,official,s\nf,2023,,100.00,d,official,s\n";
    let case = funds("30%", "").table("amounts", two);
    case.check(
        &["f,x,a,2023,15.00", "f,x,a,2024,60.00", "f,x,b,2022,85.00"],
        &["funds: f, 2024 (15.00 euro)"],
    );
    case.check(
        &["f,x,a,2023,15.00", "f,x,a,2024,45.00", "f,x,b,2022,85.00"],
        &[],
    );
}

#[test]
fn money_of_a_zone_pays_for_that_zone() {
    let by_zone = "fund,year,zone,euro,act,confidence,source\nf,2022,a,60.00,d,official,s\nf,2022,b,40.00,d,official,s\n";
    let case = Case::new().table("amounts", by_zone);
    case.check(&["f,x,a,2022,60.00", "f,x,b,2022,40.00"], &[]);
    case.check(&["f,x,a,2022,60.01"], &["funds: f, a, 2022 (0.01 euro)"]);
}

#[test]
fn no_cost_is_paid_twice_and_the_matrix_is_kept() {
    let two_funds = "fund,name,level,nature\nf,F,state,current\ng,G,region,current\n";
    let case = Case::new()
        .table("funds", two_funds)
        .table(
            "amounts",
            "fund,year,euro,act,confidence,source\nf,2022,100.00,d,official,s\ng,2022,100.00,d,official,s\n",
        )
        .table("eligibility", "fund,action,max_share\nf,x,\nf,y,40%\ng,y,\n");
    case.check(&["f,y,a,2022,20.00", "g,y,a,2022,30.00"], &[]);
    case.check(
        &["f,y,a,2022,20.00", "g,y,a,2022,30.01"],
        &["needs: y, a, 2022 (0.01 euro)"],
    );
    case.check(
        &["f,y,a,2022,20.01"],
        &["max_share: f, y, a, 2022 (0.01 euro)"],
    );
    case.check(
        &["g,x,a,2022,1.00"],
        &["eligibility: g, x, a, 2022 (1.00 euro)"],
    );
    case.check(
        &["f,x,b,2023,1.00"],
        &[
            "eligibility: f, x, b, 2023 (1.00 euro)",
            "needs: x, b, 2023 (1.00 euro)",
            "funds: f, 2023 (1.00 euro)",
        ],
    );
}

#[test]
fn current_money_pays_current_items() {
    let case = Case::new()
        .table("funds", "fund,name,level,nature\nf,F,state,current\ng,G,state,both\n")
        .table(
            "amounts",
            "fund,year,euro,act,confidence,source\nf,2022,900.00,d,official,s\ng,2022,900.00,d,official,s\n",
        )
        .table("eligibility", "fund,action\nf,y\ng,y\n")
        .table("needs", "action,zone,year,units\nx,a,2022,1\n")
        .table(
            "projects",
            "project,action,zones,item,nature,euro,profile\n\
             P,y,a,staff,current,100.00,2022:100%\nP,y,a,works,capital,200.00,2022:100%\n",
        );
    case.check(&["f,y,a,2022,100.00", "g,y,a,2022,200.00"], &[]);
    case.check(
        &["f,y,a,2022,150.00", "g,y,a,2022,100.00"],
        &["needs: y, a, 2022 (50.00 euro)"],
    );
}

#[test]
fn what_is_hired_stays() {
    let actions = "action,name,area,leps,kind,unit,unit_cost_2022,unit_cost_2023,unit_cost_2024,priority,persistent\n\
        x,X,Area,yes,divisible,euro,1.00,2.00,2.00,1,yes\ny,Y,Area,no,divisible,euro,1.00,1.00,1.00,1,no\n";
    let amounts = "fund,year,zone,euro,act,confidence,source\nf,2022,,100.00,d,official,s\nf,2023,,100.00,d,official,s\n\
        f,2024,,100.00,d,official,s\n";
    let case = Case::new()
        .table("actions", actions)
        .table("amounts", amounts);
    case.check(
        &["f,x,a,2022,10.00", "f,x,a,2023,20.00", "f,x,a,2024,20.00"],
        &[],
    );
    case.check(
        &["f,x,a,2022,10.00", "f,x,a,2023,19.99", "f,x,a,2024,20.00"],
        &["persistent: x, a, 2023 (0.005)"],
    );
    case.check(&["f,x,a,2024,20.00", "f,y,a,2022,10.00"], &[]);
}

#[test]
fn floors_round_up_caps_round_down_and_below_is_strict() {
    let amounts = "fund,year,zone,euro,act,confidence,source\nf,2022,,100.01,d,official,s\n";
    let rule = |relation: &str| {
        Case::new().table("amounts", amounts).rule(
            "r",
            &format!("for_each = [\"year\"]\nyears = [2022]\nmeasure = {{ euro = true, fund = \"f\", action = \"x\" }}\n{relation}"),
        )
    };
    // 40 % of 100.01 is 40.004.
    let floor = rule("at_least = { share_of = \"assigned\", share = \"40%\" }");
    floor.check(&["f,x,a,2022,40.01"], &[]);
    floor.check(&["f,x,a,2022,40.00"], &["rules: r (2022) (0.01 euro)"]);
    let cap = rule("at_most = { share_of = \"assigned\", share = \"40%\" }");
    cap.check(&["f,x,a,2022,40.00"], &[]);
    cap.check(&["f,x,a,2022,40.01"], &["rules: r (2022) (0.006 euro)"]);
    let below = rule("below = { euro = \"40.00\" }");
    below.check(&["f,x,a,2022,39.99"], &[]);
    below.check(&["f,x,a,2022,40.00"], &["rules: r (2022) (0.00 euro)"]);
}

#[test]
fn a_share_of_what_is_allocated_is_compared_exactly() {
    let case = Case::new().rule(
        "r",
        "for_each = [\"zone\", \"year\"]\nmeasure = { euro = true, action = \"y\" }\n\
         at_most = { share_of = \"allocated\", share = \"1/3\" }",
    );
    case.check(&["f,x,a,2022,20.00", "f,y,a,2022,10.00"], &[]);
    case.check(
        &["f,x,a,2022,20.00", "f,y,a,2022,10.01"],
        &["rules: r (a, 2022) (~0.006667 euro)"],
    );
}

#[test]
fn a_rule_of_every_zone_reads_the_formula_of_a_pool() {
    let formula = "[[riparto]]\nfund = \"f\"\nrole = \"baseline\"\nweights = [{ indicator = \"heads\", weight = \"100%\" }]\n\
        round_amount = \"cent\"\nlaw = { act = \"L\" }";
    let case = Case::new().toml(formula).rule(
        "r",
        &format!("for_each = [\"zone\", \"year\"]\nyears = [2022]\n{SHARE_OF_ASSIGNED}"),
    );
    // 25.00 to a and 75.00 to b: 10.00 and 30.00.
    case.check(&["f,x,a,2022,10.00", "f,x,b,2022,30.00"], &[]);
    case.check(
        &["f,x,a,2022,40.00", "f,x,b,2022,29.99"],
        &["rules: r (b, 2022) (0.01 euro)"],
    );
}

#[test]
fn waived_and_soft_rules_do_not_fail() {
    let waived = format!(
        "for_each = [\"year\"]\nyears = [2022]\n{SHARE_OF_ASSIGNED}\nwaived = {{ motive = \"M\" }}"
    );
    Case::new()
        .rule("r", &waived)
        .check(&["f,y,a,2022,1.00"], &[]);
    let soft = format!("for_each = [\"year\"]\nyears = [2022]\n{SHARE_OF_ASSIGNED}");
    let mut case = Case::new().rule("r", &soft);
    case.check(&["f,y,a,2022,1.00"], &["rules: r (2022) (40.00 euro)"]);
    case.toml = case.toml.replace("\"plan\"\n", "\"target\"\n");
    case.check(&["f,y,a,2022,1.00"], &[]);
}

#[test]
fn the_unmet_part_of_a_floor_moves_on_with_its_share_of_carried_money() {
    let case = Case::new()
        .table("funds", "fund,name,level,nature,carry_over,last_spend\nf,F,state,current,50%,\n")
        .table(
            "amounts",
            "fund,year,zone,euro,act,confidence,source\nf,2022,,100.00,d,official,s\nf,2023,,100.00,d,official,s\n",
        )
        .table("needs", "action,zone,year,units\nx,a,2022,900\nx,a,2023,900\ny,a,2022,900\ny,a,2023,900\n")
        .rule("r", &format!("for_each = [\"year\"]\n{SHARE_OF_ASSIGNED}"));
    // 40.00 a year. In 2022 50.00 are carried: at most 20.00 of the floor may go with them.
    case.check(
        &[
            "f,x,a,2022,20.00",
            "f,x,a,2023,60.00",
            "f,y,a,2022,30.00",
            "f,y,a,2023,90.00",
        ],
        &[],
    );
    case.check(
        &[
            "f,x,a,2022,19.99",
            "f,x,a,2023,60.00",
            "f,y,a,2022,30.00",
            "f,y,a,2023,90.00",
        ],
        &["rules: r (2022) (0.01 euro)"],
    );
    // What moved on is due.
    case.check(
        &[
            "f,x,a,2022,20.00",
            "f,x,a,2023,59.99",
            "f,y,a,2022,30.00",
            "f,y,a,2023,90.01",
        ],
        &["rules: r (2023) (0.01 euro)"],
    );
}

#[test]
fn floors_that_share_out_a_total_give_way_a_cent_and_others_do_not() {
    let case = |percent: [&str; 2]| {
        let mut case = Case::new().table(
            "amounts",
            "fund,year,zone,euro,act,confidence,source\nf,2022,,100.01,d,official,s\n",
        );
        for (action, percent) in ["x", "y"].iter().zip(percent) {
            case = case.rule(
                &format!("r{action}"),
                &format!(
                    "for_each = [\"year\"]\nyears = [2022]\nmeasure = {{ euro = true, fund = \"f\", action = \"{action}\" }}\n\
                     at_least = {{ share_of = \"assigned\", share = \"{percent}\" }}"
                ),
            );
        }
        case
    };
    // 50.005 each, of 100.01.
    let halves = case(["50%", "50%"]);
    halves.check(&["f,x,a,2022,50.01", "f,y,a,2022,50.00"], &[]);
    halves.check(
        &["f,x,a,2022,50.00", "f,y,a,2022,50.00"],
        &["rules: ry (2022) (0.01 euro)"],
    );
    // 30.003 each: rounded up they are 60.02, which the fund has.
    let less = case(["30%", "30%"]);
    less.check(
        &["f,x,a,2022,30.01", "f,y,a,2022,30.00"],
        &["rules: ry (2022) (0.01 euro)"],
    );
}

#[test]
fn a_band_compares_each_zone_with_the_mean_per_head() {
    let case = Case::new().rule(
        "r",
        "for_each = [\"zone\"]\nmeasure = { euro = true }\nwithin = { share = \"10%\", per = \"heads\" }",
    );
    case.check(&["f,x,a,2022,25.00", "f,x,b,2022,75.00"], &[]);
    case.check(&["f,x,a,2022,27.50", "f,x,b,2022,72.50"], &[]);
    case.check(
        &["f,x,a,2022,27.51", "f,x,b,2022,72.49"],
        &["rules: r (a) (0.01 euro)"],
    );
}

#[test]
fn funders_keep_their_proportion_within_a_cent() {
    let case = Case::new()
        .table("funds", "fund,name,level,nature\nf,F,eu,current\ng,G,state,current\n")
        .table(
            "amounts",
            "fund,year,euro,act,confidence,source\nf,2022,900.00,d,official,s\ng,2022,900.00,d,official,s\n",
        )
        .table("eligibility", "fund,action\nf,x\ng,x\n")
        .toml("[[match]]\nid = \"m\"\ntitle = \"M\"\nlaw = { act = \"L\" }\nstrength = \"law\"\nshares = { f = \"2/3\", g = \"1/3\" }\nper = \"priority\"");
    case.check(&["f,x,b,2022,66.67", "g,x,b,2022,33.33"], &[]);
    case.check(&["f,x,b,2022,66.66", "g,x,b,2022,33.34"], &[]);
    case.check(
        &["f,x,b,2022,66.65", "g,x,b,2022,33.35"],
        &[
            "matches: m (f, 2022) (~0.016667 euro)",
            "matches: m (g, 2022) (~0.016667 euro)",
        ],
    );
}

#[test]
fn a_flat_rate_follows_within_a_cent() {
    let case = Case::new()
        .table("needs", "action,zone,year,units\nx,a,2022,90\n")
        .toml("[[flat_rate]]\naction = \"y\"\non = \"x\"\nrate = \"40%\"\nlaw = { act = \"L\" }");
    case.check(&["f,x,a,2022,10.01", "f,y,a,2022,4.01"], &[]);
    case.check(
        &["f,x,a,2022,10.01", "f,y,a,2022,4.02"],
        &["flat_rates: flat_rate:y (y, a, 2022) (0.016 euro)"],
    );
}

#[test]
fn exact_amounts_are_told_in_euro() {
    assert_eq!(exact::euro_text(&exact::whole(12_345)), "123.45");
}
