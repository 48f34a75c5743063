//! What has to hold of every answer, on models drawn at random. `MAPPAFONDO_CASES` says how many, `MAPPAFONDO_SEED` from which.

#![expect(clippy::print_stdout, reason = "counts are what a campaign is for")]

mod generator;
#[path = "properties/room.rs"]
mod room;

use std::sync::Mutex;

use generator::check::{Broken, broken};
use generator::draw::{Choice, draft, draft_of};
use generator::run::{self, Seen, answer, cases, many, read};
use generator::{Draft, shuffled, tiny};
use mappafondo::model::Model;
use mappafondo::proposal::{Outcome, Proposal};
use mappafondo::units::Exact;
use num_traits::Signed;

/// Each test uses all cores: one after the other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[test]
fn every_answer_about_a_random_model_holds() {
    let _alone = ONE_AT_A_TIME.lock();
    let seen = many("random models", cases(1_000), draft, run::one);
    assert!(
        seen.proposals > seen.cases / 2 && seen.infeasible > seen.cases / 50,
        "the models drawn are one-sided"
    );
}

#[test]
fn no_enumerated_plan_is_better_than_the_bounds_say() {
    let _alone = ONE_AT_A_TIME.lock();
    let mut seen = Seen::default();
    let first = run::first_seed();
    let n = cases(500);
    for seed in first..first + n {
        let model = tiny::tiny(seed);
        seen.cases += 1;
        if let Err(why) = tiny::against_all(&model, seed, &mut seen) {
            panic!(
                "seed {seed}: {}: {}\n{model:?}\n{}",
                why.what,
                why.how,
                model.draft().show()
            );
        }
    }
    println!("brute force: {seen:#?}");
}

#[test]
fn the_order_of_rows_and_columns_changes_nothing() {
    let _alone = ONE_AT_A_TIME.lock();
    many(
        "shuffled tables",
        cases(250),
        |seed| draft(seed + 1_000_000),
        |draft, seed, seen| {
            let files = draft.files();
            let (model, other) = (read(&files)?, read(&shuffled(&files, seed))?);
            let (Some(one), Some(two)) = (answer(&model, seen)?, answer(&other, seen)?) else {
                return Ok(());
            };
            match (one, two) {
                (Outcome::Proposal(one), Outcome::Proposal(two)) => {
                    seen.proposals += 1;
                    same("ledger", &one.ledger, &two.ledger)?;
                    same("rules", &one.rules, &two.rules)?;
                    same("unmet", &one.unmet, &two.unmet)?;
                    same("zones", &one.zones, &two.zones)?;
                    same("funds", &one.funds, &two.funds)?;
                    same("goals", &one.goals, &two.goals)?;
                    same("pick", &one.pick, &two.pick)?;
                    same("sheet", &one.sheet, &two.sheet)?;
                    same("certificate", &one.certificate, &two.certificate)
                }
                (Outcome::Infeasible(one), Outcome::Infeasible(two)) => {
                    seen.infeasible += 1;
                    same("conflict", &one.conflict, &two.conflict)?;
                    same("sheet", &one.sheet, &two.sheet)?;
                    same("certificate", &one.certificate, &two.certificate)
                }
                _ => broken("outcome", "another kind of answer"),
            }
        },
    );
}

fn same<T: PartialEq + std::fmt::Debug>(
    what: &'static str,
    one: &T,
    two: &T,
) -> Result<(), Broken> {
    if one == two {
        Ok(())
    } else {
        broken(what, format!("{one:?}\nbut then\n{two:?}"))
    }
}

/// Draws models whose feasible plans only grow with the money: no bound is a share of what is assigned.
fn growing(seed: u64) -> Draft {
    let choice = Choice {
        assigned: false,
        contradictions: 0,
    };
    draft_of(seed + 2_000_000, choice)
}

#[test]
fn more_money_in_a_pool_never_lowers_what_is_covered_of_the_essential_levels() {
    let _alone = ONE_AT_A_TIME.lock();
    many("more money", cases(250), growing, |draft, seed, seen| {
        let mut draft = draft.clone();
        draft
            .blocks
            .retain(|block| block.kind != generator::Kind::Goal); // leps first
        let pools: Vec<usize> = (0..draft.amounts.len())
            .filter(|&k| draft.amounts[k].zone.is_empty())
            .collect();
        let Some(&pool) = pools.get(seed as usize % pools.len().max(1)) else {
            return Ok(());
        };
        let model = read(&draft.files())?;
        let Some(Outcome::Proposal(before)) = answer(&model, seen)? else {
            return Ok(());
        };
        let is_assigned = |model: &Model| {
            let fund = model
                .funds
                .iter()
                .position(|fund| fund.id == draft.amounts[pool].fund);
            let money = model
                .money
                .iter()
                .find(|((f, y), _)| Some(f.index()) == fund && *y == draft.amounts[pool].year);
            money.is_some_and(|(_, money)| {
                matches!(money.assigned, mappafondo::model::Assigned::Zones(_))
            })
        };
        if is_assigned(&model) {
            return Ok(()); // more for all may be less for one, by largest remainder
        }
        let more = draft.amounts[pool].cents / 3 + 1 + (seed % 1_000) as i64;
        draft.amounts[pool].cents += more;
        let richer = read(&draft.files())?;
        let Some(Outcome::Proposal(after)) = answer(&richer, seen)? else {
            return broken("richer", format!("{more} cents more, and no plan"));
        };
        seen.proposals += 1;
        let leps = |proposal: &Proposal| {
            proposal
                .goals
                .iter()
                .find(|goal| goal.kind == "leps")
                .map(|g| (g.value, g.gap))
        };
        let (Some((old, _)), Some((new, gap))) = (leps(&before), leps(&after)) else {
            return Ok(());
        };
        if old > new {
            seen.count("lower within the gap of rounding", 1);
        }
        let cent = Exact::new(1, 100);
        if old > new + gap {
            return broken(
                "richer",
                format!("{more} cents more: from {old} to {new} within {gap}"),
            );
        }
        if before.excess.is_empty() && old > new + cent * Exact::from_integer(30) {
            return broken("poorer", format!("{more} cents more: from {old} to {new}"));
        }
        Ok(())
    });
}

/// Whether some rule asks for an exact share of what the plan decides, or some match divides it.
fn has_proportion(model: &Model) -> bool {
    let built = mappafondo::lp::build(model);
    built.is_ok_and(|program| program.rows.iter().any(|row| row.play > 0))
}

#[test]
fn ten_times_the_money_covers_the_same_part() {
    let _alone = ONE_AT_A_TIME.lock();
    many(
        "ten times",
        cases(250),
        |seed| draft(seed + 3_000_000),
        |draft, seed, seen| {
            let (model, ten) = (read(&draft.files())?, read(&draft.files_at(10))?);
            let (Some(one), Some(two)) = (answer(&model, seen)?, answer(&ten, seen)?) else {
                return Ok(());
            };
            match (one, two) {
                (Outcome::Proposal(one), Outcome::Proposal(two)) => {
                    seen.proposals += 1;
                    if !(one.excess.is_empty()
                        && two.excess.is_empty()
                        && one.pick.proved
                        && two.pick.proved)
                    {
                        return Ok(());
                    }
                    for (one, two) in one.zones.iter().zip(&two.zones) {
                        let (Some(a), Some(b)) = (one.coverage, two.coverage) else {
                            continue;
                        };
                        let apart = (a - b).abs() * one.need.to_exact();
                        let size = *apart.numer() as f64 / *apart.denom() as f64;
                        let worst = seen.worst.entry("coverage").or_default();
                        if size > worst.0 {
                            *worst = (size, seed);
                        }
                        if apart <= Exact::from_integer(1) {
                            continue;
                        }
                        // A proportion holds within a cent at every scale: what rests on that cent does not grow with the money.
                        if has_proportion(&model) {
                            seen.count("apart by the cent of a proportion", 1);
                            return Ok(());
                        }
                        return broken("coverage", format!("{one:?}\nbut ten times\n{two:?}"));
                    }
                    Ok(())
                }
                (Outcome::Infeasible(_), Outcome::Infeasible(_)) => {
                    seen.infeasible += 1;
                    Ok(())
                }
                // A cent that rounding asks for may be the one that is missing.
                _ => {
                    seen.count("feasible at one scale only", 1);
                    Ok(())
                }
            }
        },
    );
}

/// A model whose shares are of what their bounds name: other funds, actions, zones and years than the rule measures.
fn scoped(seed: u64) -> Draft {
    let mut draft = draft(seed + 4_000_000);
    let mut random = generator::random::Random::new(seed);
    let zones: Vec<String> = draft.zones.iter().map(|zone| zone.id.clone()).collect();
    let funds: Vec<String> = draft.funds.iter().map(|fund| fund.id.clone()).collect();
    let actions: Vec<String> = draft
        .actions
        .iter()
        .map(|action| action.id.clone())
        .collect();
    let years = draft.years.clone();
    for block in &mut draft.blocks {
        let (Some(at), false) = (
            block.text.find("share_of = \""),
            block.text.contains("step"),
        ) else {
            continue;
        };
        let Some(end) = block.text[at..].find(" }").map(|end| at + end) else {
            continue;
        };
        let had_action = block.text[at..end].contains("action");
        let mut base = block.text[at + 12..end]
            .split('"')
            .next()
            .unwrap_or("")
            .to_owned();
        if base == "allocated" && !had_action && random.chance(50) {
            let other = *random.pick(&["demand", "last_year"]);
            block.text = block
                .text
                .replacen("\"allocated\"", &format!("\"{other}\""), 1);
            other.clone_into(&mut base);
        }
        let Some(end) = block.text[at..].find(" }").map(|end| at + end) else {
            continue;
        };
        let mut own = String::new();
        let some = |ids: &[String], random: &mut generator::random::Random| {
            let mut ids = ids.to_vec();
            random.shuffle(&mut ids);
            ids.truncate(random.between(1, ids.len() as i64) as usize);
            format!("{ids:?}")
        };
        let all_or = |ids: &[String], random: &mut generator::random::Random| {
            if random.chance(60) {
                "\"all\"".to_owned()
            } else {
                some(ids, random)
            }
        };
        let other_fund = base != "demand" && random.chance(40);
        if other_fund {
            own.push_str(&format!(", fund = {}", all_or(&funds, &mut random)));
        }
        if base != "assigned" && !had_action && random.chance(30) {
            own.push_str(&format!(", action = {}", all_or(&actions, &mut random)));
        }
        if random.chance(60) || (other_fund && base == "assigned") {
            let zones = match base.as_str() {
                "assigned" => "\"all\"".to_owned(), // what some zones have of a pool may not be known
                _ => all_or(&zones, &mut random),
            };
            own.push_str(&format!(", zone = {zones}"));
        }
        if random.chance(25) {
            own.push_str(&format!(", years = [{}]", random.pick(&years)));
        }
        block.text.insert_str(end, &own);
    }
    draft
}

#[test]
fn a_share_is_of_what_its_bound_names() {
    let _alone = ONE_AT_A_TIME.lock();
    let seen = many("scopes", cases(250), scoped, run::one);
    assert!(
        seen.cases < 100 || (seen.proposals > 0 && seen.infeasible > 0),
        "{seen:?}"
    );
}

/// Models in which much is asked: one in two has rules that cannot hold together.
fn demanding(seed: u64) -> Draft {
    let choice = Choice {
        assigned: true,
        contradictions: 50,
    };
    if seed.is_multiple_of(2) {
        draft_of(seed + 5_000_000, choice)
    } else {
        scoped(seed + 1_000_000)
    }
}

#[test]
fn what_is_seen_to_have_no_plan_has_none() {
    let _alone = ONE_AT_A_TIME.lock();
    let seen = many("no plan", cases(400), demanding, |draft, seed, seen| {
        let model = read(&draft.files())?;
        let Ok(program) = mappafondo::lp::build(&model) else {
            return Ok(());
        };
        let found = mappafondo::lp::impossible(&model, &program);
        let older = [
            "model::floor_over_cap",
            "model::floor_over_need",
            "model::shares_over_all",
        ];
        let told = model.warnings.iter().filter(|of| older.contains(&of.code));
        let told: Vec<&str> = told.map(|of| of.english.as_str()).collect();
        let Some(outcome) = answer(&model, seen)? else {
            return Ok(());
        };
        let none = matches!(outcome, Outcome::Infeasible(_));
        seen.infeasible += u64::from(none);
        seen.count("without a plan, seen", u64::from(none && !found.is_empty()));
        seen.count(
            "without a plan, seen or told before",
            u64::from(none && !(found.is_empty() && told.is_empty())),
        );
        if none || (found.is_empty() && told.is_empty()) {
            return Ok(());
        }
        broken("a plan", format!("seed {seed}: {found:?} {told:?}"))
    });
    assert!(
        seen.cases < 100
            || seen
                .counted
                .get("without a plan, seen")
                .is_some_and(|n| *n > 0),
        "{seen:?}"
    );
}
