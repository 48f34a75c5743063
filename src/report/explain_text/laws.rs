//! What rules and acts cost, in words.

use num_traits::Zero;

use super::Shown;
use super::changes::{goal_in, goal_name, number, told};
use crate::explain::law::counts;
use crate::explain::{Explanation, LawPrice, Proof, Shapley};
use crate::model::{Language, Model, Strength};
use crate::report::number::{Rounding, count, decimal};
use crate::report::summary_text::{Align, Grid, Layout, Section, entry, paragraph};
use crate::report::text::terminal_text;
use crate::report::words::{Counted, explain as words};
use crate::units::Exact;

/// How many rules are told where not all are.
const TEN: usize = 10;

/// What one rule, or all rules of an act, costs, as a sentence.
#[must_use]
pub fn sentence(model: &Model, price: &LawPrice, language: Language) -> String {
    let zone = price
        .place
        .zone
        .map_or("", |zone| model.zone(zone).name.as_str());
    let kind = match price.strength {
        Strength::Law | Strength::Plan => words::KIND_RULE,
        Strength::Target => words::KIND_TARGET,
        Strength::Wish => words::KIND_WISH,
    };
    let mut values = vec![
        ("title", price.title.as_str()),
        ("law", price.law.as_str()),
        ("kind", kind.say(language)),
    ];
    if price.gains.is_empty() {
        return words::LAW_UNKNOWN.fill(language, &values);
    }
    let of = told(&price.gains, language);
    let mut what = of.better;
    if price.proof == Proof::WholeKept && !what.is_empty() {
        what = words::AT_LEAST.fill(language, &[("what", &what)]);
    }
    if what.is_empty() {
        let text = if price.is_act {
            words::ACT_COSTS_NOTHING
        } else {
            words::LAW_COSTS_NOTHING
        };
        let place = match price.place.zone {
            Some(_) => words::IN_ZONE.fill(language, &[("zone", zone)]),
            None => String::new(),
        };
        values.push(("where", &place));
        return text.fill(language, &values);
    }
    if !of.worse.is_empty() {
        what.push_str(&words::IN_RETURN.fill(language, &[("what", &of.worse)]));
    }
    let text = match (price.is_act, price.place.zone) {
        (true, _) => words::ACT_COSTS,
        (false, Some(_)) => words::LAW_COSTS_HERE,
        (false, None) => words::LAW_COSTS,
    };
    values.extend([("what", what.as_str()), ("zone", zone)]);
    text.fill(language, &values)
}

fn costs(price: &LawPrice) -> bool {
    let gain = |gain: &crate::explain::GoalChange| {
        counts(gain) && gain.change > crate::units::Exact::from_integer(0)
    };
    price.gains.is_empty() || price.gains.iter().any(gain)
}

pub(super) fn section(
    model: &Model,
    of: &Explanation,
    shown: Shown,
    layout: Layout,
) -> Option<Section> {
    if of.laws.is_empty() {
        return None;
    }
    let language = layout.language;
    let mut body = paragraph(words::LAWS_HOW.say(language), layout);
    let (dear, free): (Vec<&LawPrice>, Vec<&LawPrice>) =
        of.laws.iter().partition(|price| costs(price));
    let (told, heading) = match shown {
        Shown::Best => (TEN, words::LAWS_TEN),
        Shown::All => (usize::MAX, words::LAWS),
    };
    match shown {
        Shown::Best => {
            let dear: Vec<&LawPrice> = dear.iter().take(told).copied().collect();
            body.push_str(&table(&dear, layout));
        }
        Shown::All => {
            for (position, price) in dear.iter().chain(&free).enumerate() {
                let mark = format!("{}.", position + 1);
                let sentence = sentence(model, price, language);
                body.push_str(&entry(&mark, &terminal_text(&sentence), layout));
            }
        }
    }
    let more = Counted {
        one: words::ONE_MORE,
        many: words::MANY_MORE,
    };
    let nothing = Counted {
        one: words::ONE_FREE,
        many: words::MANY_FREE,
    };
    let rest = dear.len().saturating_sub(told);
    if rest > 0 {
        body.push_str(&paragraph(&more.say(language, rest), layout));
    }
    if shown == Shown::Best && !free.is_empty() {
        body.push_str(&paragraph(&nothing.say(language, free.len()), layout));
    }
    Some(Section {
        heading: heading.say(language).to_owned(),
        body,
    })
}

/// A row for each goal that a rule costs something, or gives something in return.
fn table(prices: &[&LawPrice], layout: Layout) -> String {
    let language = layout.language;
    let columns = [
        (words::RULE.say(language), Align::Left),
        (words::GOAL.say(language), Align::Left),
        (words::COSTS.say(language), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for (position, price) in prices.iter().enumerate() {
        let mut name = format!("{}. {} ({})", position + 1, price.title, price.law);
        if price.gains.is_empty() {
            grid.row([name.as_str(), "", words::UNKNOWN.say(language)]);
        }
        for gain in price.gains.iter().filter(|gain| counts(gain)) {
            let name = std::mem::take(&mut name);
            let mut costs = number(gain, language);
            if price.proof == Proof::WholeKept && gain.change > Exact::zero() {
                costs = words::AT_LEAST.fill(language, &[("what", &costs)]);
            }
            let goal = goal_in(gain.key, words::POINTS, language);
            grid.row([name.as_str(), &goal, &costs]);
        }
    }
    grid.text()
}

pub(super) fn shapley(of: &Shapley, layout: Layout) -> Section {
    let language = layout.language;
    let all = told(&of.total, language).better;
    let mut body = paragraph(
        &words::SHAPLEY_ALL.fill(language, &[("what", &all)]),
        layout,
    );
    let how = if of.is_exact {
        words::SHAPLEY_EXACT.say(language).to_owned()
    } else {
        let (n, seed) = (count(language, of.drawn), of.seed.to_string());
        words::SHAPLEY_DRAWN.fill(language, &[("n", &n), ("seed", &seed)])
    };
    body.push_str(&paragraph(&how, layout));
    let columns = [
        (words::ACT.say(language), Align::Left),
        (words::GOAL.say(language), Align::Left),
        (words::PART.say(language), Align::Right),
        (words::ERROR_OF.say(language), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for act in &of.acts {
        for (part, error) in act.parts.iter().zip(&act.errors) {
            if counts(part) {
                let digits = if part.key.unit == "euro" { 2 } else { 6 };
                grid.row([
                    act.act.as_str(),
                    &goal_name(part.key, language),
                    &decimal(language, &part.change, digits, Rounding::HalfUp),
                    &decimal(language, error, digits, Rounding::Up),
                ]);
            }
        }
    }
    body.push_str(&grid.text());
    Section {
        heading: words::SHAPLEY.say(language).to_owned(),
        body,
    }
}
