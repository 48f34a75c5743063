//! Random models: every route has the answer of the cold one, or hands over to it.

use mappafondo::model::Model;
use mappafondo::solve::Options;
use mappafondo::solve::routes::{Base, Integers, Route};

use crate::agreement::{bits, same_answer};
use crate::generator::Draft;
use crate::generator::check::{Broken, broken};
use crate::generator::draw::draft;
use crate::generator::room::with_room;
use crate::generator::run::{self, Seen, cases, many};
use crate::perturbed::{Spread, perturbed};

#[test]
fn hot_and_cold_agree_on_random_models() {
    let seen = agree_on_random_models(Route::Hot, 100);
    assert!(
        seen.counted
            .get("hot")
            .is_some_and(|hot| *hot >= seen.cases)
    );
}

#[test]
fn batch_and_cold_agree_on_random_models() {
    let seen = agree_on_random_models(Route::Batch, 200);
    assert!(
        seen.counted
            .get("batch")
            .is_some_and(|batch| 2 * *batch >= seen.cases)
    );
}

#[test]
fn the_routes_agree_on_goals_with_room() {
    for route in [Route::Hot, Route::Batch] {
        let drawn = |seed| with_room(draft(seed + first_seed(route)), seed);
        let seen = many("goals with room", cases(80), drawn, |draft, seed, seen| {
            agree_on(route, draft, seed, seen)
        });
        let own = seen.counted.get(route.word());
        assert!(own.is_some_and(|own| *own >= seen.cases), "{seen:?}");
    }
}

/// The seeds of random models begin here, by route.
fn first_seed(route: Route) -> u64 {
    if route == Route::Hot {
        5_000_000
    } else {
        6_000_000
    }
}

/// Three scenarios of each random model by a route: the same bits alone, the same answer as cold.
fn agree_on_random_models(route: Route, least: u64) -> Seen {
    many(
        &format!("random models, {} and cold", route.word()),
        cases(least),
        |seed| draft(seed + first_seed(route)),
        |draft, seed, seen: &mut Seen| agree_on(route, draft, seed, seen),
    )
}

fn agree_on(route: Route, draft: &Draft, seed: u64, seen: &mut Seen) -> Result<(), Broken> {
    let model = run::read(&draft.files())?;
    let Ok(base) = Base::new(&model, Integers::Fixed, &Options::default()) else {
        seen.infeasible += 1;
        return Ok(());
    };
    let spread = Spread {
        funds: 20,
        needs: 10,
    };
    let models: Vec<Model> = (0..3)
        .map(|k| perturbed(&model, 10 * seed + k, spread))
        .collect();
    let solved = base.solve(route, &models);
    let alone = base.solve(route, &models[2..]);
    if bits(&solved[2]) != bits(&alone[0]) {
        return broken("neighbours", "an answer depends on who is before it");
    }
    for (scenario, solved) in models.iter().zip(&solved) {
        match solved.handed_over {
            None => seen.count(route.word(), 1),
            Some(why) => seen.count(why.word(), 1),
        }
        let chooses = base.plan().whole.is_some() && solved.route == route;
        if !chooses {
            let cold = base.solve(Route::Cold, std::slice::from_ref(scenario));
            same_answer(scenario, &cold[0], solved)?;
        }
    }
    Ok(())
}

/// What campaigns of tens of thousands once found: levels settled by chance, amounts of a few cents in a unit of a million euro, a need
/// that a factor makes nothing, a lane that ended before it was done, a goal whose parts are 1e9 apart.
#[test]
fn models_that_once_had_two_answers_have_one() {
    let found = [
        (
            Route::Hot,
            &[1_403, 1_884, 20_907, 22_794, 23_718, 109_851, 508_028][..],
        ),
        (
            Route::Batch,
            &[1_347, 20_890, 21_330, 22_000, 23_035, 305_855],
        ),
    ];
    for (route, seeds) in found {
        for &seed in seeds {
            let draft = draft(seed + first_seed(route));
            if let Err(why) = agree_on(route, &draft, seed, &mut Seen::default()) {
                panic!("{} {seed}: {}: {}", route.word(), why.what, why.how);
            }
        }
    }
}
