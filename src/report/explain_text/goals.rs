//! What each goal costs those after it.

use num_traits::Zero;

use super::changes::{goal_in, goal_name, number};
use crate::explain::law::counts;
use crate::explain::{Explanation, GoalPrice, Proof};
use crate::report::summary_text::{Align, Grid, Layout, Section, paragraph};
use crate::report::words::explain as words;
use crate::units::Exact;

pub(super) fn section(of: &Explanation, layout: Layout) -> Option<Section> {
    if of.goal_prices.is_empty() {
        return None;
    }
    let language = layout.language;
    let mut body = paragraph(words::GOALS_HOW.say(language), layout);
    let columns = [
        (words::GOAL.say(language), Align::Left),
        (words::TO_GOAL.say(language), Align::Left),
        (words::COSTS.say(language), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for price in &of.goal_prices {
        let position = price.key.goal.saturating_add(1);
        let mut name = format!("{position}. {}", goal_name(price.key, language));
        if !price.solved {
            grid.row([name.as_str(), "", words::UNKNOWN.say(language)]);
            continue;
        }
        let told: Vec<_> = price.gains.iter().filter(|gain| counts(gain)).collect();
        if told.is_empty() {
            let nothing = if price.proof == Proof::WholeKept {
                words::NOTHING_KEPT
            } else {
                words::NOTHING
            };
            grid.row([name.as_str(), "", nothing.say(language)]);
        }
        for gain in told {
            let name = std::mem::take(&mut name);
            let mut costs = number(gain, language);
            if is_at_least(price, &gain.change) {
                costs = words::AT_LEAST.fill(language, &[("what", &costs)]);
            }
            let goal = goal_in(gain.key, words::POINTS, language);
            grid.row([name.as_str(), &goal, &costs]);
        }
    }
    body.push_str(&grid.text());
    Some(Section {
        heading: words::GOALS_COST.say(language).to_owned(),
        body,
    })
}

fn is_at_least(price: &GoalPrice, change: &Exact) -> bool {
    price.proof == Proof::WholeKept && *change > Exact::zero()
}
