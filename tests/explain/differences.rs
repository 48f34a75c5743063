//! Prices of random degenerate models, where everything fits exactly, against the differences of values that exact arithmetic finds.
//!
//! `MAPPAFONDO_CASES=1000 cargo test --release --test explain -- --ignored campaign` looks at more of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::num::NonZeroUsize;

use mappafondo::explain::change::{Purse, with_amount};
use mappafondo::explain::price::fund_prices;
use mappafondo::explain::{FundPrice, Ground, OnSide, Side};
use mappafondo::input::read_model_from;
use mappafondo::lp::{Family, LinearProgram, Origin, Place, Row, build, objectives};
use mappafondo::model::Model;
use mappafondo::solve::{Options, SolveError};
use mappafondo::units::{Euro, Exact};

use super::generator::exact as exact_rows;
use super::generator::random::Random;

/// A value is known to a thousandth of a cent.
const FINE: i64 = 1_000;

/// Round amounts and needs that meet each other again and again: nearly every plan is degenerate.
fn drawn(seed: u64) -> BTreeMap<String, Vec<u8>> {
    let mut random = Random::new(seed);
    let n_zones = random.between(1, 3);
    let n_funds = random.between(1, 4);
    let n_actions = random.between(1, 3);
    let zones: Vec<String> = (1..=n_zones).map(|n| format!("z{n}")).collect();
    let round = |random: &mut Random| 100 * random.between(1, 5);
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    let table = |files: &mut BTreeMap<&str, String>, name: &'static str, heading: &str| {
        files.insert(name, format!("{heading}\n"));
    };
    table(&mut files, "zones.csv", "zone,name,peso");
    table(&mut files, "funds.csv", "fund,name,level,nature");
    table(
        &mut files,
        "amounts.csv",
        "fund,year,zone,euro,act,confidence,source",
    );
    table(
        &mut files,
        "actions.csv",
        "action,name,area,leps,kind,unit,unit_cost,priority",
    );
    table(&mut files, "eligibility.csv", "fund,action");
    table(&mut files, "needs.csv", "action,zone,year,units");
    let mut add = |name: &str, line: String| {
        let text = files.get_mut(name).unwrap();
        writeln!(text, "{line}").unwrap();
    };
    for zone in &zones {
        add(
            "zones.csv",
            format!("{zone},Zona {zone},{}", random.between(1, 3)),
        );
    }
    for action in 1..=n_actions {
        let leps = if random.chance(40) { "yes" } else { "no" };
        let priority = random.between(1, 3);
        add(
            "actions.csv",
            format!("a{action},Azione {action},Sociale,{leps},divisible,euro,1.00,{priority}"),
        );
        for zone in &zones {
            let need = round(&mut random);
            add("needs.csv", format!("a{action},{zone},2022,{need}"));
        }
    }
    for fund in 1..=n_funds {
        add("funds.csv", format!("f{fund},Fondo {fund},state,current"));
        if random.chance(30) {
            for zone in &zones {
                let euro = round(&mut random);
                add(
                    "amounts.csv",
                    format!("f{fund},2022,{zone},{euro}.00,Atto,estimate,cifra inventata"),
                );
            }
        } else {
            let euro = round(&mut random) * n_zones;
            add(
                "amounts.csv",
                format!("f{fund},2022,,{euro}.00,Atto,estimate,cifra inventata"),
            );
        }
        let mut open: Vec<String> = (1..=n_actions)
            .filter(|_| random.chance(70))
            .map(|action| format!("a{action}"))
            .collect();
        if open.is_empty() {
            open.push("a1".to_owned());
        }
        add("eligibility.csv", format!("f{fund},{}", open.join(" ")));
    }
    let mut toml = String::from(
        "[model]\nformat = 1\ntitle = \"Prova\"\nlanguage = \"it\"\n\n[plan]\nstart = 2022-01-01\nmonths = 12\n\n",
    );
    for rule in 0..random.between(0, 2) {
        let (fund, action) = (random.between(1, n_funds), random.between(1, n_actions));
        let base = *random.pick(&["assigned", "allocated"]);
        let share = *random.pick(&["20%", "25%", "50%"]);
        let relation = *random.pick(&["at_least", "at_most"]);
        write!(
            toml,
            "[[rule]]\nid = \"r{rule}\"\ntitle = \"Regola {rule}\"\nlaw = {{ act = \"Atto {rule}\" }}\nstrength = \"plan\"\nfor_each = [\"year\"]\nmeasure = {{ euro = true, fund = \"f{fund}\", action = \"a{action}\" }}\n{relation} = {{ share_of = \"{base}\", share = \"{share}\" }}\n\n"
        )
        .unwrap();
    }
    if random.chance(50) {
        toml.push_str("[[goal]]\nkind = \"leps\"\n\n");
    }
    if random.chance(30) {
        toml.push_str("[[goal]]\nkind = \"leximin\"\nlevels = 1\n\n");
    }
    toml.push_str(
        "[[goal]]\nkind = \"value\"\nweights = [{ where = \"peso = 1\", weight = \"3\" }]\n",
    );
    let mut files: BTreeMap<String, Vec<u8>> = files
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect();
    files.insert("model.toml".to_owned(), toml.into_bytes());
    files
}

/// Whether the first goal of a model can reach so many thousandths of a cent, in exact fractions.
fn reaches(model: &Model, program: &LinearProgram, thousandths: i64) -> bool {
    let objective = objectives(model, program).unwrap().remove(0).unwrap();
    let mut program = program.clone();
    let scale = objective.scale;
    let cells = objective
        .cost
        .iter()
        .map(|&(column, cost)| (column, cost * FINE));
    let row = Row {
        name: "goal".to_owned(),
        family: Family::Level,
        origin: Origin::Goal(0),
        place: Place::default(),
        lower: Some(thousandths * scale),
        upper: None,
        play: 0,
        cells: cells.collect(),
    };
    program.add_row(row);
    exact_rows::can_hold(&program, |_| true)
}

/// That the first goal of a model comes to this, give or take so many thousandths of a cent.
fn comes_to(model: &Model, euro: Exact, play: i64) -> Result<(), String> {
    let program = build(model).map_err(|why| why.to_string())?;
    let thousandths = euro * Exact::from_integer(i128::from(100 * FINE));
    let thousandths = i64::try_from(thousandths.round().to_integer()).unwrap();
    if thousandths > play && !reaches(model, &program, thousandths - play) {
        return Err(format!("{euro} cannot be reached"));
    }
    if reaches(model, &program, thousandths + play) {
        return Err(format!("more than {euro} can be reached"));
    }
    Ok(())
}

/// The price of one side says what plans one euro and one step away come to.
fn check(ground: &Ground, price: &FundPrice, side: &Side, sign: i64) -> Result<bool, String> {
    if side.on != OnSide::Rates {
        return Ok(false);
    }
    let Some(rate) = side.rates.first().filter(|rate| rate.key.unit == "euro") else {
        return Ok(false);
    };
    let purse = Purse {
        fund: price.fund,
        year: price.year,
        zone: price.zone,
    };
    let now = ground.now()[0].value;
    let steps = [Exact::from_integer(1).min(side.step), side.step, rate.holds];
    for step in steps {
        let cents = (step * Exact::from_integer(100)).to_integer();
        let cents = i64::try_from(cents).unwrap() * sign;
        let amount = Euro::from_cents(price.amount.cents() + cents);
        let changed = with_amount(ground.model(), purse, amount).ok_or("no such amount")?;
        let parts = purse.parts(ground.model());
        let expected = now + rate.change * step;
        // A rate is told in millionths; an amount that is split among zones is off by a cent for each, three times over.
        let told = step * Exact::new(i128::from(100 * FINE), 2_000_000);
        let told = i64::try_from(told.ceil().to_integer()).unwrap();
        let split = if parts > 1 { parts * 9 * FINE } else { 0 };
        comes_to(&changed, expected, 2 + told + split).map_err(|why| {
            format!(
                "{} {sign:+}{step} at {} a euro: {why}",
                ground.model().fund(price.fund).id,
                rate.change
            )
        })?;
    }
    Ok(true)
}

/// Looks at models from a seed on; gives how many had a plan, and how many sides were compared.
fn look(first: u64, cases: u64) -> (u64, u64) {
    let (mut plans, mut sides, mut two_sided) = (0, 0, 0);
    for seed in first..first + cases {
        let files = drawn(seed);
        let model = read_model_from(&files).unwrap_or_else(|why| panic!("seed {seed}: {why:?}"));
        let ground = match Ground::new(&model, &Options::default()) {
            Ok(ground) => ground,
            Err(mappafondo::explain::ExplainError::Solve(SolveError::Infeasible)) => continue,
            Err(why) => panic!("seed {seed}: {why}"),
        };
        plans += 1;
        if ground.now()[0].key.unit == "euro" {
            comes_to(&model, ground.now()[0].value, 2)
                .unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        }
        for price in fund_prices(&ground, None, NonZeroUsize::MIN, &|| ()).unwrap() {
            for (side, sign) in [(&price.more, 1), (&price.less, -1)] {
                match check(&ground, &price, side, sign) {
                    Ok(compared) => sides += u64::from(compared),
                    Err(why) => panic!("seed {seed}: {why}"),
                }
            }
            let rate = |side: &Side| side.rates.first().map(|rate| rate.change);
            if let (Some(more), Some(less)) = (rate(&price.more), rate(&price.less)) {
                two_sided += u64::from(more != -less);
                // What is split to cents among zones may be off by as many cents on both sides.
                let parts = Purse {
                    fund: price.fund,
                    year: price.year,
                    zone: None,
                }
                .parts(&model);
                let cents = Exact::new(i128::from(parts - 1) * 6, 100);
                let off = Exact::new(1, 1_000_000) + cents / price.more.step.min(price.less.step);
                assert!(
                    more <= -less + off,
                    "seed {seed}: the first goal is concave"
                );
            }
        }
    }
    println!(
        "{plans} plans of {cases} models, {sides} sides compared, {two_sided} prices with two sides"
    );
    (plans, sides)
}

#[test]
fn prices_are_the_differences_of_plans_solved_in_exact_fractions() {
    let (plans, sides) = look(1, 20);
    assert!(plans >= 10 && sides >= 40, "{plans} plans, {sides} sides");
}

#[test]
#[ignore = "campaign: prices of random degenerate models against exact differences"]
fn campaign_prices() {
    let number = |name: &str, usual| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(usual)
    };
    let cases = number("MAPPAFONDO_CASES", 1_000);
    let (plans, _) = look(number("MAPPAFONDO_SEED", 1), cases.min(1_000));
    assert!(plans > 0);
}
