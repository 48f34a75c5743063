//! Scenarios whose goals want nothing: that there is no plan is seen all the same.

use mappafondo::explain::change::{Purse, with_amount};
use mappafondo::input::read_model;
use mappafondo::model::Model;
use mappafondo::solve::routes::Integers;
use mappafondo::solve::{Options, Reached, SolveError, reach};
use mappafondo::units::{Euro, Exact};

use super::base_of;

/// Half of the fund goes to one action, 90 euro at least to the other: 180 euro are enough, 179.99 are not.
fn with_euro(cents: i64) -> Model {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/cases/money-repair-share-floor"
    );
    let model = read_model(path.as_ref()).unwrap().0;
    let (fund, year) = *model.money.keys().next().unwrap();
    let purse = Purse {
        fund,
        year,
        zone: None,
    };
    with_amount(&model, purse, Euro::from_cents(cents)).unwrap()
}

#[test]
fn no_plan_is_no_plan_where_no_goal_wants_anything() {
    let cents = [17_999, 18_000, 10_000, 30_000];
    for keep in [true, false] {
        let models: Vec<Model> = cents
            .iter()
            .map(|&cents| {
                let mut model = with_euro(cents);
                model.goals.retain(|_| keep);
                model
            })
            .collect();
        let base = base_of(&models[1], Integers::Fixed);
        let found = base.reach_all(&models);
        for (model, found) in models.iter().zip(&found) {
            let alone = reach(model, &Options::default());
            let values = |goals: &[Reached]| goals.iter().map(|goal| goal.value).collect();
            let found: Option<Vec<Exact>> = found.as_ref().ok().map(|found| values(&found.goals));
            let alone: Option<Vec<Exact>> = alone.ok().as_deref().map(values);
            assert_eq!(found, alone);
        }
        let plans: Vec<bool> = found.iter().map(Result::is_ok).collect();
        assert_eq!(plans, [false, true, false, true]);
        assert_eq!(found[0].as_ref().unwrap_err(), &SolveError::Infeasible);
    }
}
