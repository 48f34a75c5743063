//! Why not here: constructed cases of each reason, every zero of `tiny`, sampled cells of `toscana`; each against goals solved anew.

use mappafondo::explain::{Cell, Explanation, Forced, Ground, Planned, Reason, WhyNot, why_not};
use mappafondo::model::rule::ForEach;
use mappafondo::model::{
    Bound, Demand, FundIdx, Language, Law, Measure, Model, Quantity, Relation, Rule, Selection,
    Strength,
};
use mappafondo::proposal::Proposal;
use mappafondo::report::explain_text::{Shown, of_explanation};
use mappafondo::report::summary_text::Layout;
use mappafondo::solve::{Options, SolveError, reach};
use mappafondo::units::{Euro, Exact};

use super::mini::{Mini, by_zone, everywhere, pooled};
use super::{exact, model, plan};

/// A plan and what is asked about it.
struct Solved {
    ground: Ground,
    plan: Proposal,
}

impl Solved {
    fn of(model: &Model) -> Self {
        let ground = Ground::new(model, &Options::default()).unwrap();
        let plan = plan(&ground);
        Self { ground, plan }
    }

    fn model(&self) -> &Model {
        self.ground.model()
    }

    fn ask(&self, cell: Cell) -> WhyNot {
        let planned = Planned {
            ground: &self.ground,
            values: &self.plan.values,
        };
        why_not(planned, cell, None)
    }

    fn cell(&self, fund: &str, action: &str, zone: &str, year: i32) -> Cell {
        let model = self.model();
        Cell {
            fund: Some(super::fund(model, fund)),
            action: model
                .action_indices()
                .find(|of| model.action(*of).id == action),
            zone: model.zone_indices().find(|of| model.zone(*of).id == zone),
            year: Some(year),
        }
    }

    fn paid(&self, cell: &Cell) -> Euro {
        let is = |line: &&mappafondo::proposal::LedgerLine| {
            cell.fund.is_none_or(|of| of == line.fund)
                && cell.action.is_none_or(|of| of == line.action)
                && cell.zone.is_none_or(|of| of == line.zone)
                && cell.year.is_none_or(|of| of == line.year)
        };
        let lines = self.plan.ledger.iter().filter(is);
        lines.fold(Euro::ZERO, |sum, line| sum.checked_add(line.euro).unwrap())
    }
}

/// The model with a rule that asks for so much in a place.
fn with_more(model: &Model, cell: &Cell, euro: Exact) -> Model {
    let mut model = model.clone();
    let (zone, year) = (cell.zone.unwrap(), cell.year.unwrap());
    model.rules.push(Rule {
        id: "chiesto".to_owned(),
        title: String::new(),
        law: Law::default(),
        strength: Strength::Law,
        for_each: ForEach::default(),
        scope: vec![(zone, year)],
        years: vec![year],
        measure: Measure {
            quantity: Quantity::Euro,
            selection: Selection {
                funds: vec![cell.fund.unwrap()],
                actions: vec![cell.action.unwrap()],
                zones: vec![zone],
            },
        },
        relation: Relation::AtLeast,
        bound: Bound::Constant(euro),
        waived: None,
    });
    model
}

/// How exact two solved values agree: a hundredth of a cent.
fn near(a: &Exact, b: &Exact, unit: &str) -> bool {
    let apart = (a - b).max(b - a);
    apart
        <= if unit == "euro" {
            Exact::new(1, 10_000)
        } else {
            Exact::new(1, 1_000_000)
        }
}

/// The answer agrees with the model solved from nothing with the place forced.
fn check(solved: &Solved, cell: Cell, answer: &WhyNot) {
    let model = solved.model();
    let at = format!("{cell:?}: {answer:?}");
    assert_eq!(answer.paid, solved.paid(&cell), "{at}");
    let of = |demand: &&Demand| {
        Some(demand.action) == cell.action
            && Some(demand.zone) == cell.zone
            && Some(demand.year) == cell.year
    };
    let demands: Vec<&Demand> = model.demands.iter().filter(of).collect();
    let may = demands.iter().any(|d| model.may_pay(cell.fund.unwrap(), d));
    let first = &answer.obstacles[0];
    match first.reason {
        Reason::NoNeed => assert!(demands.is_empty(), "{at}"),
        Reason::NotEligible | Reason::Nature => assert!(!may && !demands.is_empty(), "{at}"),
        Reason::Deadline | Reason::NoMoney => assert!(may, "{at}"),
        Reason::Met => {
            let all = Cell { fund: None, ..cell };
            assert_eq!(Some(solved.paid(&all)), answer.need, "{at}");
        }
        _ => assert!(may, "{at}"),
    }
    let forced = answer.paid.to_exact() + answer.step;
    let goals = reach(&with_more(model, &cell, forced), &Options::default());
    match (&answer.forced, goals) {
        (Forced::Nothing, Err(SolveError::Infeasible)) => {
            assert!(first.reason <= Reason::NoMoney, "{at}");
        }
        (Forced::Impossible, Err(SolveError::Infeasible)) => {}
        (Forced::Costs(changes), Ok(goals)) => {
            let mut loses = None;
            for (change, after) in changes.iter().zip(&goals) {
                let before = solved.ground.now().iter().find(|now| now.key == change.key);
                let told = before.unwrap().value + change.change * answer.step;
                assert!(
                    near(&told, &after.value, change.key.unit),
                    "{at}: {after:?}"
                );
                let lost = !near(&before.unwrap().value, &after.value, change.key.unit);
                if lost && loses.is_none() {
                    loses = Some(change.key.goal);
                }
            }
            match first.reason {
                Reason::Equal => assert_eq!(loses, None, "{at}"),
                Reason::Outranked => assert_eq!(first.goal, loses, "{at}"),
                _ => {}
            }
        }
        (_, goals) => panic!("{at}: {goals:?}"),
    }
}

/// Every fund and need where a fund pays nothing.
fn zeros(solved: &Solved) -> Vec<Cell> {
    let model = solved.model();
    let mut cells = Vec::new();
    for demand in &model.demands {
        for fund in model.fund_indices() {
            let cell = Cell {
                fund: Some(fund),
                action: Some(demand.action),
                zone: Some(demand.zone),
                year: Some(demand.year),
            };
            if solved.paid(&cell) == Euro::ZERO && !cells.contains(&cell) {
                cells.push(cell);
            }
        }
    }
    cells
}

#[test]
fn every_zero_of_tiny_is_explained_as_solving_anew_says() {
    let solved = Solved::of(&model("tiny"));
    let cells = zeros(&solved);
    assert_eq!(cells.len(), 5);
    for cell in cells {
        check(&solved, cell, &solved.ask(cell));
    }
}

/// Four instances: each zone and year.
fn each(mini: &Mini, fund: &str, action: &str, look: impl Fn(&Solved, &WhyNot)) {
    let solved = Solved::of(&mini.model());
    for zone in ["a", "b"] {
        for year in [2026, 2027] {
            let cell = solved.cell(fund, action, zone, year);
            let answer = solved.ask(cell);
            check(&solved, cell, &answer);
            look(&solved, &answer);
        }
    }
}

/// As [`pooled`], the money by zone.
fn zoned() -> Mini {
    Mini {
        amounts: by_zone("f", "100.00"),
        ..pooled()
    }
}

#[test]
fn a_fund_that_the_law_does_not_open() {
    let mini = Mini {
        funds: "f,current,, g,current,,".to_owned(),
        amounts: format!("{} {}", by_zone("f", "10.00"), by_zone("g", "10.00")),
        eligibility: "f,x g,y".to_owned(),
        ..pooled()
    };
    each(&mini, "g", "x", |_, answer| {
        assert_eq!(answer.obstacles[0].reason, Reason::NotEligible);
        assert_eq!(answer.obstacles[0].law.as_deref(), Some("Norma g"));
        assert_eq!(answer.forced, Forced::Nothing);
    });
}

#[test]
fn a_fund_that_is_spent_names_who_has_it_and_what_a_euro_costs() {
    each(&zoned(), "f", "x", |solved, answer| {
        let first = &answer.obstacles[0];
        assert_eq!(first.reason, Reason::Exhausted);
        let (holder, euro) = first.holders[0];
        assert_eq!(solved.model().action(holder.action.unwrap()).id, "y");
        assert_eq!(euro.to_string(), "100.00");
        let Forced::Costs(costs) = &answer.forced else {
            panic!("{answer:?}");
        };
        // A euro for x takes a euro from y, which counts twice.
        assert_eq!(costs[0].change, exact("-1"));
    });
}

#[test]
fn a_rule_that_binds_is_named_with_its_law() {
    let mini = zoned().rule(
        "tetto",
        "plan",
        "action = \"x\"",
        "for_each = [\"zone\", \"year\"]\nat_most = { euro = \"10.00\" }",
    );
    let needs = everywhere(&["x"], "50");
    each(&Mini { needs, ..mini }, "f", "x", |_, answer| {
        let first = &answer.obstacles[0];
        assert_eq!(first.reason, Reason::Rule);
        assert_eq!(first.rule.as_deref(), Some("tetto"));
        assert_eq!(first.law.as_deref(), Some("Atto tetto, art. 1"));
        assert_eq!(answer.paid.to_string(), "10.00");
        assert_eq!(answer.forced, Forced::Impossible);
    });
}

#[test]
fn an_earlier_goal_that_keeps_the_money_is_named() {
    let mini = zoned().rule(
        "non-oltre",
        "target",
        "action = \"x\"",
        "for_each = [\"zone\", \"year\"]\nat_most = { euro = \"10.00\" }",
    );
    let mini = Mini {
        needs: everywhere(&["x"], "50"),
        toml: mini.toml.replace(
            "[[goal]]\nkind = \"value\"",
            "[[goal]]\nkind = \"targets\"\n[[goal]]\nkind = \"value\"",
        ),
        ..mini
    };
    each(&mini, "f", "x", |_, answer| {
        let first = &answer.obstacles[0];
        assert_eq!((first.reason, first.goal), (Reason::Outranked, Some(0)));
        let Forced::Costs(costs) = &answer.forced else {
            panic!("{answer:?}");
        };
        // A euro over a bound of ten is a tenth of it; the later goal gains the euro.
        assert_eq!(costs[0].change, exact("-0.1"));
        assert_eq!(costs[1].change, exact("1"));
    });
}

#[test]
fn money_that_expired_is_told_apart_from_money_that_never_was() {
    let mini = Mini {
        funds: "f,current,, h,current,,".to_owned(),
        amounts: format!("{} h,2026,,30.00", by_zone("f", "10.00")),
        eligibility: "f,x f,y h,x".to_owned(),
        ..pooled()
    };
    for mini in [
        mini.clone(),
        Mini {
            amounts: format!("{} h,2026,a,15.00 h,2026,b,15.00", by_zone("f", "10.00")),
            ..mini
        },
    ] {
        let solved = Solved::of(&mini.model());
        for zone in ["a", "b"] {
            let cell = solved.cell("h", "x", zone, 2027);
            let answer = solved.ask(cell);
            check(&solved, cell, &answer);
            assert_eq!(answer.obstacles[0].reason, Reason::Deadline);
        }
    }
    let later = Mini {
        funds: "f,current,, h,current,,".to_owned(),
        amounts: format!("{} h,2027,a,30.00", by_zone("f", "10.00")),
        eligibility: "f,x f,y h,x".to_owned(),
        ..pooled()
    };
    let solved = Solved::of(&later.model());
    for (zone, year) in [("a", 2026), ("b", 2026), ("b", 2027)] {
        let cell = solved.cell("h", "x", zone, year);
        assert_eq!(solved.ask(cell).obstacles[0].reason, Reason::NoMoney);
    }
}

#[test]
fn what_is_left_does_not_buy_another_unit() {
    let mini = Mini {
        amounts: by_zone("f", "50.00"),
        actions: "x,no,units,current,30.00,1".to_owned(),
        eligibility: "f,x".to_owned(),
        needs: everywhere(&["x"], "2"),
        ..pooled()
    };
    each(&mini, "f", "x", |_, answer| {
        assert_eq!(answer.obstacles[0].reason, Reason::Indivisible);
        assert_eq!(answer.paid.to_string(), "30.00");
        // Another unit costs 30, of which 20 are there.
        assert_eq!(answer.step, exact("30"));
        assert_eq!(answer.forced, Forced::Impossible);
        assert!(answer.whole_anew);
    });
}

/// Of 1,100,000 in 2026 a million stays where the project could be paid half, 800,000; its other half is of 2027, which has nothing.
#[test]
fn the_part_of_a_project_that_has_no_money_is_named_where_there_is_some() {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/cases/progetto-in-due-anni"
    );
    let (model, _) = mappafondo::input::read_model(folder.as_ref()).unwrap();
    let solved = Solved::of(&model);
    let here = solved.ask(solved.cell("pnrr", "stazione", "valle", 2026));
    let [obstacle] = here.obstacles.as_slice() else {
        panic!("{:?}", here.obstacles)
    };
    assert_eq!(obstacle.reason, Reason::Indivisible);
    let (place, euro) = obstacle.lacks.unwrap();
    assert_eq!(
        (place.year, euro.to_string()),
        (Some(2027), "800000.00".to_owned())
    );
    let made = Explanation {
        why_not: vec![here.clone()],
        ..Explanation::default()
    };
    for (language, amount) in [
        (Language::Italian, "800.000,00"),
        (Language::English, "800,000.00"),
    ] {
        let layout = Layout {
            language,
            width: 400,
            full: true,
        };
        let text = of_explanation(&model, &made, (Shown::All, false), layout);
        let text = text.text(str::to_owned);
        assert!(text.contains("2027") && text.contains(amount), "{text}");
    }
    // There the money of the year before has expired.
    let there = solved.ask(solved.cell("pnrr", "stazione", "valle", 2027));
    assert_eq!(there.obstacles[0].reason, Reason::Deadline);
}

#[test]
fn a_need_that_others_meet_and_a_plan_as_good() {
    let mini = Mini {
        funds: "f,current,, g,current,,".to_owned(),
        amounts: format!("{} {}", by_zone("f", "300.00"), by_zone("g", "300.00")),
        eligibility: "f,x f,y g,x".to_owned(),
        ..pooled()
    };
    each(&mini, "g", "x", |_, answer| {
        assert_eq!(answer.obstacles[0].reason, Reason::Met);
        assert!(!answer.obstacles[0].holders.is_empty());
    });
    // Alike actions: any split is as good, and the pick shares by need.
    let alike = Mini {
        actions: "x,no,divisible,current,1.00,1 y,no,divisible,current,1.00,1".to_owned(),
        ..zoned()
    };
    each(&alike, "f", "x", |_, answer| {
        assert_eq!(answer.obstacles[0].reason, Reason::Equal);
        assert_eq!(answer.paid.to_string(), "50.00");
    });
}

#[test]
fn a_fund_of_the_other_nature_and_a_place_without_need() {
    let mini = Mini {
        funds: "f,current,, k,capital,,".to_owned(),
        amounts: format!("{} {}", by_zone("f", "10.00"), by_zone("k", "10.00")),
        actions: "x,no,divisible,current,1.00,1 y,no,divisible,capital,1.00,2".to_owned(),
        eligibility: "f,x k,x k,y".to_owned(),
        needs: format!("{} y,a,2026,5", everywhere(&["x"], "100")),
        ..pooled()
    };
    each(&mini, "k", "x", |_, answer| {
        assert_eq!(answer.obstacles[0].reason, Reason::Nature);
    });
    let solved = Solved::of(&mini.model());
    let answer = solved.ask(solved.cell("k", "y", "b", 2026));
    assert_eq!(answer.obstacles[0].reason, Reason::NoNeed);
    assert_eq!(answer.forced, Forced::Nothing);
}

#[test]
fn a_whole_zone_is_asked_about_together() {
    let solved = Solved::of(&zoned().model());
    let cell = Cell {
        fund: None,
        action: None,
        year: None,
        ..solved.cell("f", "x", "a", 2026)
    };
    let answer = solved.ask(cell);
    assert_eq!(answer.paid.to_string(), "200.00");
    assert_eq!(answer.need.unwrap().to_string(), "400.00");
    // Its own money is all spent; y is met.
    let reasons: Vec<Reason> = answer.obstacles.iter().map(|o| o.reason).collect();
    assert_eq!(reasons, [Reason::Met, Reason::Exhausted]);
    assert_eq!(answer.obstacles[1].cases, 2);
}

#[test]
fn what_an_officer_reads() {
    let solved = Solved::of(&model("tiny"));
    let model = solved.model();
    let mut made = Explanation::default();
    for (fund, action, zone, year) in [
        ("quota-servizi", "educativa", "piana", 2026),
        ("quota-servizi", "tirocini", "piana", 2026),
        ("fondo-sociale", "educativa", "collina", 2027),
        ("fondo-sociale", "servizio-sociale", "piana", 2026),
    ] {
        made.why_not
            .push(solved.ask(solved.cell(fund, action, zone, year)));
    }
    made.worst = mappafondo::explain::worst_zones(&solved.plan, 2);
    let planned = Planned {
        ground: &solved.ground,
        values: &solved.plan.values,
    };
    let cell = Cell {
        action: None,
        ..solved.cell("quota-servizi", "tirocini", "piana", 2026)
    };
    made.traces.push(mappafondo::explain::trace(planned, cell));
    for (name, language) in [("it", Language::Italian), ("en", Language::English)] {
        let layout = Layout {
            language,
            width: 100,
            full: true,
        };
        let text = of_explanation(model, &made, (Shown::All, false), layout);
        insta::assert_snapshot!(format!("places_{name}"), text.text(str::to_owned));
    }
}

#[test]
#[ignore = "campaign: 200 cells of toscana against goals solved anew, some minutes in release"]
fn campaign_of_cells() {
    let solved = Solved::of(&model("toscana"));
    let cells = zeros(&solved);
    let wanted = super::generator::run::cases(200);
    let step = (cells.len() / usize::try_from(wanted).unwrap()).max(1);
    let start = std::time::Instant::now();
    let mut counted = std::collections::BTreeMap::<&str, usize>::new();
    let mut asking = 0.0;
    for &cell in cells.iter().step_by(step) {
        let before = start.elapsed().as_secs_f64();
        let answer = solved.ask(cell);
        asking += start.elapsed().as_secs_f64() - before;
        let forced = match answer.forced {
            Forced::Nothing => "forced: nothing",
            Forced::Impossible => "forced: impossible",
            Forced::Costs(_) => "forced: costs",
            Forced::Unknown => "forced: unknown",
        };
        *counted.entry(forced).or_default() += 1;
        *counted
            .entry(answer.obstacles[0].reason.word())
            .or_default() += 1;
        if !answer.whole_anew && matches!(answer.forced, Forced::Costs(_) | Forced::Impossible) {
            fixed(&solved, cell, &answer);
        } else if !matches!(answer.forced, Forced::Unknown) && answer.forced != Forced::Nothing {
            check(&solved, cell, &answer);
        }
    }
    println!(
        "{} zero cells, every {step}th asked; {:.1} s in all, {asking:.1} s asking: {counted:?}",
        cells.len(),
        start.elapsed().as_secs_f64()
    );
}

/// As [`check`], with the whole numbers of the plan: the same programme solved from nothing.
fn fixed(solved: &Solved, cell: Cell, answer: &WhyNot) {
    let fund: FundIdx = cell.fund.unwrap();
    assert!(solved.model().fund(fund).id.len() > 1);
    let least = answer.paid.to_exact() + answer.step;
    let least = Euro::ceil_of(&least).unwrap().cents();
    let goals = solved.ground.near_on(|program| {
        let cells: Vec<(usize, i64)> = program
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| {
                let place = column.place;
                column.name.starts_with("pay(")
                    && (place.fund, place.action, place.zone, place.year)
                        == (cell.fund, cell.action, cell.zone, cell.year)
            })
            .map(|(column, _)| (column, 1))
            .collect();
        program.add_row(mappafondo::lp::Row {
            name: "chiesto".to_owned(),
            family: mappafondo::lp::Family::Rule,
            origin: mappafondo::lp::Origin::Whole,
            place: mappafondo::lp::Place::default(),
            lower: Some(least),
            upper: None,
            play: 0,
            cells,
        });
    });
    match (&answer.forced, goals) {
        (Forced::Impossible, Err(SolveError::Infeasible)) => {}
        (Forced::Costs(changes), Ok(goals)) => {
            for (change, after) in changes.iter().zip(&goals) {
                let before = solved.ground.now().iter().find(|now| now.key == change.key);
                let told = before.unwrap().value + change.change * answer.step;
                assert!(near(&told, &after.value, change.key.unit), "{cell:?}");
            }
        }
        (forced, goals) => panic!("{cell:?}: {forced:?} {goals:?}"),
    }
}
