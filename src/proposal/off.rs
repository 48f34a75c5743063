//! What a solver says a little wrong is mended, or told as far from its bound as it may be: it is never called the optimum.

use super::from_plan;
use crate::input::read_model;
use crate::solve::{Options, Wrong, solve, solve_off};

#[test]
fn an_answer_a_few_millionths_off_is_mended_or_its_gap_is_told() {
    let micro = std::fs::read_dir("models/micro").unwrap();
    let micro = micro.map(|entry| entry.unwrap().path());
    let folders = micro.filter(|path| path.is_dir());
    let mut told = 0;
    for folder in folders.chain(["models/tiny".into()]) {
        let (model, _) = read_model(&folder).unwrap();
        // Some models have no plan, or no goal.
        let Ok(plan) = solve(&model, &Options::default()) else {
            continue;
        };
        let right = from_plan(&model, &plan);
        let Some(optimum) = right.goals.first().map(|goal| goal.value) else {
            continue;
        };
        for wrong in [
            Wrong::Point,
            Wrong::Multipliers,
            Wrong::Both,
            Wrong::Unproved,
        ] {
            // No answer is no lie either.
            let Ok(plan) = solve_off(&model, wrong) else {
                continue;
            };
            let found = from_plan(&model, &plan);
            let (value, gap) = (found.goals[0].value, found.goals[0].gap);
            assert!(
                value + gap >= optimum,
                "{folder:?}, {wrong:?}: {value} and a gap of {gap} are less than {optimum}"
            );
            told += usize::from(value < optimum);
        }
    }
    assert!(told > 0, "in none of them anything was off");
}
