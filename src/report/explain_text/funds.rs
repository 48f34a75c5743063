//! What a euro of a fund is worth: a table, and sentences of what was asked.

use num_traits::Zero;

use super::Shown;
use super::changes::{self, Told, goal_in, rates};
use crate::explain::{Explanation, FundPrice, GoalKey, OnSide, Rate, Side};
use crate::model::{Language, Model};
use crate::report::number::{Rounding, cents, money};
use crate::report::summary_text::{Align, Grid, Layout, Section, entry};
use crate::report::text::terminal_text;
use crate::report::words::{Text, explain as words};
use crate::units::Exact;

/// How many funds are told at each end where not all are.
const FIVE: usize = 5;

/// What one euro more brings and one less takes away, and how far that holds.
#[must_use]
pub fn sentence(model: &Model, price: &FundPrice, language: Language) -> String {
    let fund = model.fund(price.fund).name.as_str();
    let year = price.year.to_string();
    let mut values = vec![("fund", fund), ("year", year.as_str())];
    let place = match price.zone {
        None => words::FUND_YEAR.fill(language, &values),
        Some(zone) => {
            values.push(("zone", model.zone(zone).name.as_str()));
            words::FUND_ZONE.fill(language, &values)
        }
    };
    let mut sentences = vec![more(&price.more, &place, language)];
    sentences.extend(holds(&price.more, words::MORE_HOLDS, language));
    if let Some(less) = less(&price.less, language) {
        sentences.push(less);
        sentences.extend(holds(&price.less, words::LESS_HOLDS, language));
    }
    sentences.join(" ")
}

fn more(side: &Side, place: &str, language: Language) -> String {
    let text = match side.on {
        OnSide::Rates => None,
        OnSide::NoPlan => Some(words::MORE_NO_PLAN),
        OnSide::Nothing | OnSide::Unknown => Some(words::MORE_UNKNOWN),
    };
    if let Some(text) = text {
        return text.fill(language, &[("where", place)]);
    }
    let of = rates(&side.rates, language);
    let (any, what) = both(&of, words::AND_TAKES, language);
    let text = if any {
        words::MORE_BRINGS
    } else {
        words::MORE_NOTHING
    };
    let values = [("where", place), ("what", what.as_str())];
    text.fill(language, &values)
}

fn less(side: &Side, language: Language) -> Option<String> {
    match side.on {
        OnSide::Nothing => return None,
        OnSide::NoPlan => return Some(words::LESS_NO_PLAN.say(language).to_owned()),
        OnSide::Unknown => return Some(words::LESS_UNKNOWN.say(language).to_owned()),
        OnSide::Rates => {}
    }
    let of = rates(&side.rates, language);
    // With one euro less, what gets worse comes first.
    let turned = Told {
        better: of.worse,
        worse: of.better,
    };
    let (any, what) = both(&turned, words::AND_BRINGS, language);
    let text = if any {
        words::LESS_TAKES
    } else {
        words::LESS_NOTHING
    };
    Some(text.fill(language, &[("what", &what)]))
}

/// What comes first, and what comes with it; says whether there is anything.
fn both(of: &Told, and: Text, language: Language) -> (bool, String) {
    let mut what = of.better.clone();
    if !of.worse.is_empty() {
        if what.is_empty() {
            what.push_str(words::NOTHING.say(language));
        }
        what.push_str(&and.fill(language, &[("what", &of.worse)]));
    }
    (!what.is_empty(), what)
}

/// How far all rates of a side hold.
fn holds(side: &Side, text: Text, language: Language) -> Option<String> {
    let holds = side.rates.iter().map(|rate| rate.holds).min()?;
    let cents = cents(&holds, Rounding::Down).filter(|cents| *cents > 0)?;
    Some(text.fill(language, &[("euro", &money(language, cents))]))
}

/// By what one euro more brings, goal by goal.
fn worth(price: &FundPrice) -> Vec<Exact> {
    let worth = |rate: &Rate| {
        let million = rate.change * Exact::from_integer(1_000_000);
        // What is too small to be told decides nothing.
        if million.round().is_zero() {
            Exact::zero()
        } else {
            rate.change
        }
    };
    price.more.rates.iter().map(worth).collect()
}

pub(super) fn sections(
    model: &Model,
    of: &Explanation,
    shown: Shown,
    layout: Layout,
) -> Vec<Section> {
    if of.funds.is_empty() {
        return Vec::new();
    }
    let list = |prices: &[&FundPrice], heading: Text| {
        let mut body = table(model, prices, layout);
        // Sentences are for what was asked.
        if shown == Shown::All {
            body.push('\n');
            for price in prices {
                let sentence = sentence(model, price, layout.language);
                body.push_str(&entry("-", &terminal_text(&sentence), layout));
            }
        }
        Section {
            heading: heading.say(layout.language).to_owned(),
            body,
        }
    };
    if shown == Shown::All {
        let all: Vec<&FundPrice> = of.funds.iter().collect();
        return vec![list(&all, words::FUNDS)];
    }
    let mut sorted: Vec<&FundPrice> = of
        .funds
        .iter()
        .filter(|price| price.more.on == OnSide::Rates)
        .collect();
    sorted.sort_by_key(|price| std::cmp::Reverse(worth(price)));
    let most = sorted.len().div_ceil(2).min(FIVE);
    let least = (sorted.len() - most).min(FIVE);
    let mut sections = vec![list(&sorted[..most], words::FUNDS_MOST)];
    if least > 0 {
        sorted.reverse();
        sections.push(list(&sorted[..least], words::FUNDS_LEAST));
    }
    sections
}

/// A row for each goal that a euro of a fund and year moves, on either side.
fn table(model: &Model, prices: &[&FundPrice], layout: Layout) -> String {
    let language = layout.language;
    let say = |text: Text| text.say(language);
    let columns = [
        (say(words::FUND), Align::Left),
        (say(words::YEAR), Align::Left),
        (say(words::GOAL), Align::Left),
        (say(words::EURO_MORE), Align::Right),
        (say(words::UP_TO), Align::Right),
        (say(words::EURO_LESS), Align::Right),
        (say(words::UP_TO), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for price in prices {
        let zone = price.zone.map(|zone| model.zone(zone).name.as_str());
        let fund = model.fund(price.fund).name.as_str();
        let mut name = zone.map_or_else(|| fund.to_owned(), |zone| format!("{fund}, {zone}"));
        let mut year = price.year.to_string();
        for (goal, more, less) in rows(price, language) {
            // Said once for all its goals.
            let name = std::mem::take(&mut name);
            let year = std::mem::take(&mut year);
            grid.row([
                name.as_str(),
                year.as_str(),
                &goal,
                &more.0,
                &more.1,
                &less.0,
                &less.1,
            ]);
        }
    }
    grid.text()
}

/// What is in two cells: a rate, and for how many euro it holds.
type Cells = (String, String);

/// Goal, more, less; goals that neither side moves are left out, and where there is none, one row says so.
fn rows(price: &FundPrice, language: Language) -> Vec<(String, Cells, Cells)> {
    let sides = [&price.more, &price.less];
    let keys = sides.iter().find(|side| !side.rates.is_empty());
    let keys = keys.map_or(&[][..], |side| side.rates.as_slice());
    let moves = |key: GoalKey| {
        let mut rates = sides.iter().flat_map(|side| &side.rates);
        rates.any(|rate| rate.key == key && changes::rate(rate, language).is_some())
    };
    let mut rows: Vec<(String, Cells, Cells)> = keys
        .iter()
        .filter(|rate| moves(rate.key))
        .map(|rate| {
            let goal = goal_in(rate.key, words::POINTS_PER_MILLION, language);
            let [more, less] = sides.map(|side| cells(side, Some(rate.key), language));
            (goal, more, less)
        })
        .collect();
    if rows.is_empty() {
        let [more, less] = sides.map(|side| cells(side, None, language));
        rows.push((words::ALL_GOALS.say(language).to_owned(), more, less));
    }
    rows
}

fn cells(side: &Side, key: Option<GoalKey>, language: Language) -> Cells {
    let text = match side.on {
        OnSide::Rates => None,
        OnSide::NoPlan => Some(words::NO_PLAN.say(language)),
        OnSide::Unknown => Some(words::UNKNOWN.say(language)),
        OnSide::Nothing => Some("–"),
    };
    if let Some(text) = text {
        return (text.to_owned(), String::new());
    }
    let of = |rate: &&Rate| key.is_none_or(|key| rate.key == key);
    let holds = side.rates.iter().filter(of).map(|rate| rate.holds).min();
    let holds = holds.and_then(|holds| cents(&holds, Rounding::Down));
    let holds = match holds {
        // What a whole euro brings, that bends within it.
        Some(0) => "–".to_owned(),
        holds => holds.map_or_else(String::new, |cents| money(language, cents)),
    };
    let rate = side.rates.iter().find(|rate| key == Some(rate.key));
    let rate = rate.and_then(|rate| changes::rate(rate, language));
    (rate.unwrap_or_else(|| "0".to_owned()), holds)
}
