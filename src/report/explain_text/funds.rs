//! What a euro of a fund is worth, in words.

use num_traits::Zero;

use super::Shown;
use super::changes::{Told, rates};
use crate::explain::{Explanation, FundPrice, OnSide, Rate, Side};
use crate::model::{Language, Model};
use crate::report::number::{Rounding, cents, money};
use crate::report::summary_text::{Layout, Section, entry};
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
    let cents = cents(&holds, Rounding::Down)?;
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
    let list = |prices: &mut dyn Iterator<Item = &FundPrice>, heading: Text| Section {
        heading: heading.say(layout.language).to_owned(),
        body: prices
            .map(|price| {
                entry(
                    "-",
                    &terminal_text(&sentence(model, price, layout.language)),
                    layout,
                )
            })
            .collect(),
    };
    if shown == Shown::All {
        return vec![list(&mut of.funds.iter(), words::FUNDS)];
    }
    let mut sorted: Vec<&FundPrice> = of
        .funds
        .iter()
        .filter(|price| price.more.on == OnSide::Rates)
        .collect();
    sorted.sort_by_key(|price| std::cmp::Reverse(worth(price)));
    let most = sorted.len().div_ceil(2).min(FIVE);
    let least = (sorted.len() - most).min(FIVE);
    let mut sections = vec![list(
        &mut sorted.iter().take(most).copied(),
        words::FUNDS_MOST,
    )];
    if least > 0 {
        sections.push(list(
            &mut sorted.iter().rev().take(least).copied(),
            words::FUNDS_LEAST,
        ));
    }
    sections
}
