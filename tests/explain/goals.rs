//! What a goal costs those after it: by hand, and against models that have it not.

use mappafondo::explain::goal::goal_prices;
use mappafondo::explain::ground::changes;
use mappafondo::explain::law::{Proof, Wholes};
use mappafondo::explain::{GoalPrice, GoalValue, Ground};
use mappafondo::model::{GoalKind, Model};
use mappafondo::report::explanation::explanation;
use mappafondo::solve::Options;
use mappafondo::units::Exact;

use super::generator::check::{Broken, broken};
use super::generator::draw::draft;
use super::generator::room::with_room;
use super::generator::run::{cases, many, read};
use super::{TWO, exact, ground};

fn prices(ground: &Ground) -> Vec<GoalPrice> {
    goal_prices(ground, Wholes::Anew, TWO, &|| ()).unwrap()
}

#[test]
fn me23_equality_costs_fifty_of_value() {
    let ground = ground("micro/me23");
    let prices = prices(&ground);
    // 150 with it; without it all 100 go where a euro counts twice.
    assert_eq!(prices.len(), 1);
    assert_eq!(prices[0].key.kind, "leximin");
    assert_eq!(prices[0].gains[0].change, exact("50"));
    // With room it costs what the room leaves of that: 200 less 160.
    let mut roomy = ground.model().clone();
    if let GoalKind::Leximin { tolerance, .. } = &mut roomy.goals[0].kind {
        *tolerance = exact("0.1");
    }
    let roomy = Ground::new(&roomy, &Options::default()).unwrap();
    assert_eq!(self::prices(&roomy)[0].gains[0].change, exact("40"));
}

#[test]
fn me25_desks_that_stay_open_cost_ten_where_whole_numbers_are_chosen_anew() {
    let ground = ground("micro/me25");
    // 180 with the goal, 190 without it: but only with three desks in the first year.
    let anew = prices(&ground);
    assert_eq!(anew[0].key.kind, "open");
    assert_eq!(anew[0].gains[0].change, exact("10"));
    assert_eq!(anew[0].proof, Proof::WholeChosen);
    let kept = goal_prices(&ground, Wholes::Kept, TWO, &|| ()).unwrap();
    assert_eq!(kept[0].gains[0].change, exact("0"));
    assert_eq!(kept[0].proof, Proof::WholeKept);
}

#[test]
fn a_goal_price_has_its_place_in_json() {
    let ground = ground("micro/me23");
    let made = mappafondo::explain::Explanation {
        goal_prices: prices(&ground),
        ..Default::default()
    };
    let json = explanation(ground.model(), "hash", &made);
    let json = serde_json::to_value(&json).unwrap();
    assert_eq!(
        json["goal_prices"],
        serde_json::json!([{
            "goal": "leximin-1", "position": 1, "gains": [{"goal": "value", "unit": "euro", "change": "50"}],
            "within": json["goal_prices"][0]["within"], "proof": "bounded"
        }])
    );
}

/// The goals of the model without one of them, under the positions they have with it.
fn by_hand(model: &Model, goal: usize) -> Option<Vec<GoalValue>> {
    let mut without = model.clone();
    without.goals.remove(goal);
    let ground = Ground::new(&without, &Options::default()).ok()?;
    let shifted = |value: &GoalValue| {
        let mut value = *value;
        value.key.goal += usize::from(value.key.goal >= goal);
        value
    };
    Some(ground.now().iter().map(shifted).collect())
}

fn same(ground: &Ground, price: &GoalPrice) -> Result<(), Broken> {
    let Some(other) = by_hand(ground.model(), price.key.goal) else {
        return Ok(());
    };
    let after: Vec<GoalValue> = other
        .into_iter()
        .filter(|value| value.key.goal > price.key.goal)
        .collect();
    let expected = changes(ground.now(), &after);
    if expected.len() != price.gains.len() {
        return broken("gains", format!("{price:?} but {expected:?}"));
    }
    let pairs = price.gains.iter().zip(&expected).zip(&price.within);
    for (position, ((one, two), within)) in pairs.enumerate() {
        let (small, of_first) = if one.key.unit == "euro" {
            (Exact::new(1, 100), Exact::new(1, 1_000))
        } else {
            (Exact::new(1, 1_000_000), Exact::new(1, 1_000_000))
        };
        // Only the first is a number of the model alone: later ones hang on what faces leave of the ones before.
        let allowed = if position == 0 { of_first } else { small };
        let off = one.change - two.change;
        if one.key != two.key || off.max(-off) > allowed + within {
            return broken("price", format!("{one:?} but {two:?}"));
        }
    }
    Ok(())
}

#[test]
fn a_price_is_what_the_goals_are_without_the_goal() {
    for folder in ["tiny", "micro/me02", "micro/me10", "toscana-2026"] {
        let ground = ground(folder);
        if ground.whole_fixed() {
            continue;
        }
        for price in prices(&ground) {
            assert!(price.solved);
            if let Err(why) = same(&ground, &price) {
                panic!("{folder}: {} {}", why.what, why.how);
            }
        }
    }
}

#[test]
fn prices_of_goals_of_random_models_are_those_without_the_goal() {
    let drawn = |seed| with_room(draft(seed + 8_000_000), seed);
    let seen = many("prices of goals", cases(60), drawn, |draft, _, seen| {
        let model = read(&draft.files())?;
        let Ok(ground) = Ground::new(&model, &Options::default()) else {
            seen.infeasible += 1;
            return Ok(());
        };
        if ground.base().plan().whole.is_some() {
            return Ok(());
        }
        for price in prices(&ground) {
            seen.count("prices", 1);
            same(&ground, &price)?;
        }
        Ok(())
    });
    assert!(
        seen.counted.get("prices").is_some_and(|n| *n > 60),
        "{seen:?}"
    );
}
